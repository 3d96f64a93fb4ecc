"""Finishes the opening of a period that was interrupted before seuranta.toml was rewritten."""

from generator.app.session import Session
from generator.disk.digests import digest_of
from generator.disk.safe_write import folder_errors, replace_file
from generator.store.records import PeriodOpened
from generator.workspace.folders import SETTINGS_FILE, open_workspace


def finish_opening(session: Session) -> Session:
    """Writes the settings of the period opened last if that was interrupted; returns the session with them.

    Settings that somebody has changed since are left alone.

    Raises:
        FolderError: they cannot be written, or the archive does not have them.
    """
    opened, history = session.store.history.last_opening, session.store.history
    if opened is None or any(used.digest == opened.settings for used in history.settings_used()):
        return session
    if not _is_cut_off(session, opened):
        return session
    path = session.workspace.root / SETTINGS_FILE
    with folder_errors(path):
        replace_file(path, session.store.archive.read(opened.settings))
    return session.with_workspace(open_workspace(session.workspace.root))


def _is_cut_off(session: Session, opened: PeriodOpened) -> bool:
    """True if the settings are still those before the opening."""
    return digest_of(session.workspace.root / SETTINGS_FILE) == opened.before != opened.settings
