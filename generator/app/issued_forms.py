"""Finds an officer's form as it was issued, so that a check can see what the officer wrote in it."""

from dataclasses import replace

from generator.domain.submission.check_rules import Sender
from generator.domain.submission.workbook import Workbook
from generator.errors import FolderError
from generator.formats.xlsx.reader import read_workbook
from generator.store.history import History
from generator.store.store import Store


def with_issued_form(sender: Sender, store: Store) -> Sender:
    """Returns the workbook's sender together with the form as issued; unchanged if that form is not known.

    A form that has lost its signature, or its hidden sheet, is known by what it says of itself or by its path.
    """
    digests = _digests(sender, store.history)
    found = (_read(store, digest) for digest in digests)
    return replace(sender, issued=tuple(workbook for workbook in found if workbook is not None))


def _digests(sender: Sender, history: History) -> tuple[str, ...]:
    if sender.claim is None:
        return history.forms_issued_at(sender.file) if sender.file else ()
    identity = sender.claim.identity
    return history.issued_forms(identity.officer, identity.period, identity.base)


def _read(store: Store, digest: str) -> Workbook | None:
    try:
        workbook = read_workbook(store.archive.read(digest))
    except FolderError:
        return None
    return workbook if isinstance(workbook, Workbook) else None
