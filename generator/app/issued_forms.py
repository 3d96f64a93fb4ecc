"""Finds an officer's form as it was issued, so that a check can see what the officer wrote in it."""

from dataclasses import replace

from generator.domain.base.heading import Headings
from generator.domain.submission.check_rules import Sender
from generator.domain.submission.issued_form import IssuedForm, issued_form
from generator.domain.submission.workbook import Workbook
from generator.errors import FolderError
from generator.store.history import History
from generator.store.state import Archive
from generator.store.store import Store

MOST_KEPT = 128  # forms that are kept in memory, since an officer saves more than once


class IssuedForms:
    """The forms that were read last, by their digests; a form is read again where the headings have changed since.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._kept: dict[str, tuple[Headings, IssuedForm]] = {}

    def read(self, archive: Archive, digest: str, headings: Headings) -> IssuedForm | None:
        """Returns the form with this digest; None if the archive does not have it, or it cannot be read."""
        known, form = self._kept.pop(digest, (headings, None))
        if form is None or known != headings:
            form = _read(archive, digest, headings)
        if form is not None:
            self._kept[digest] = headings, form
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return form


_FORMS = IssuedForms()


def with_issued_form(sender: Sender, store: Store, headings: Headings) -> Sender:
    """Returns the workbook's sender together with the form as issued; unchanged if that form is not known.

    A form that has lost its signature, or its hidden sheet, is known by what it says of itself or by its path.
    """
    found = (_FORMS.read(store.archive, digest, headings) for digest in _digests(sender, store.history))
    return replace(sender, issued=tuple(form for form in found if form is not None))


def issued_codes(sender: Sender, path: str, store: Store, headings: Headings) -> frozenset[str]:
    """Returns the goals' codes in the issued form (path relative to the workspace) that was filled as this workbook.

    Other forms of the officer, made at the same time, are left out. No codes where the form is not known.
    """
    at_path = store.history.forms_issued_at(path)
    own = (digest for digest in _digests(sender, store.history) if digest in at_path)
    forms = (_FORMS.read(store.archive, digest, headings) for digest in own)
    return frozenset(code for form in forms if form for code in form.beside)


def _digests(sender: Sender, history: History) -> tuple[str, ...]:
    if sender.claim is None:
        return history.forms_issued_at(sender.file) if sender.file else ()
    identity = sender.claim.identity
    return history.issued_forms(identity.officer, identity.period, identity.base)


def _read(archive: Archive, digest: str, headings: Headings) -> IssuedForm | None:
    from generator.formats.xlsx.reader import read_workbook

    try:
        workbook = read_workbook(archive.read(digest))
    except FolderError:
        return None
    return issued_form(workbook, headings) if isinstance(workbook, Workbook) else None
