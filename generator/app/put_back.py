"""Answers an answer workbook of a closed period that a person has put back: it was not read, and lies where it lay."""

from pathlib import PurePosixPath

from generator.app.kept_settings import settings_of
from generator.app.rules import words_of
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.domain.base.finding import Finding
from generator.domain.base.text import name_key
from generator.domain.follow_up.status import StoredSave
from generator.domain.output.receipt import RECEIPT_ENDING, Receipt, receipt_name
from generator.domain.submission.checks import Verdict


def answer_put_back(session: Session, snapshot: Snapshot, moved: StoredSave, period: str) -> None:
    """Places a receipt beside the workbook in the folder of its closed period.

    Args:
        moved: the workbook at its new path, see `put_back_save`.
        period: the closed period.

    Raises:
        FolderError: the folder cannot be written.
    """
    from generator.formats.html.receipt_page import receipt_page

    settings = settings_of(session, period) or session.settings
    words = words_of(snapshot.plan, moved.officer, session.words)
    page = session.workspace.inbox / PurePosixPath(moved.file).with_suffix(RECEIPT_ENDING)
    session.placer.place(page, receipt_page(Receipt(moved, (), (), False), settings, words))


def put_back_save(session: Session, to: str, digest: str, period: str, *, now: str) -> StoredSave:
    """Returns the workbook as a save that came too late.

    Args:
        to: its path (relative to the inbox) in the folder of the closed period.
        digest: SHA-256 of its bytes.
        period: the closed period.
        now: this moment, ISO 8601.
    """
    officer = _officer(session, digest, period)
    forms = session.store.history.form_paths((name_key(officer),)) if officer else ()
    form = forms[0].removeprefix("inbox/") if forms else session.period
    finding = Finding("period-closed", value=period, allowed=(form,))
    return StoredSave(0, to, now, officer, Verdict.UNREADABLE, (finding,), 0, digest)


def _officer(session: Session, digest: str, period: str) -> str | None:
    """Returns whose save the workbook answers; None if that is not known."""
    names = {receipt_name(path) for _, path, own in session.store.history.put_away_from if own == digest}
    saves = session.store.ledger.current_files(period)
    return next((save.officer for save in saves if receipt_name(save.file) in names), None)
