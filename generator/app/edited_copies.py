"""Edited drafts whose edits are not carried on: extracts, and the report in further languages. They are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.app.draft_places import files_at_places
from generator.app.editions import Edition, editions, whole_edition
from generator.app.owned_files import is_locked
from generator.app.session import Session
from generator.disk.digests import remembered_digest_of, sha256_of
from generator.domain.follow_up.edit_acts import EditedCopy
from generator.domain.plan.goals import Plan
from generator.errors import FolderError
from generator.workspace.folders import read_file


@dataclass(frozen=True, slots=True)
class EditedFile:
    """A document that a person has edited: which document of the period it is, and where it lies."""

    edition: Edition
    path: Path


def edited_copies(session: Session, plan: Plan) -> Iterator[EditedFile]:
    """Yields such drafts that somebody has edited, in their usual places or beside them."""
    whole, outbox = whole_edition(session.settings, session.words).draft_name, session.workspace.outbox
    others = {outbox / each.draft_name: each for each in editions(plan, session.settings) if each.draft_name != whole}
    for usual, path in files_at_places(*others):
        if path.is_file() and session.placer.is_foreign(path):
            yield EditedFile(others[usual], path)


def keep_edited_copies(session: Session, plan: Plan, now: str) -> None:
    """Keeps such drafts in the archive, each saved version once; one that is open waits until it is closed.

    Raises:
        FolderError: one of them cannot be read now, or the archive cannot be written. The others are kept.
    """
    failed: FolderError | None = None
    for edited in edited_copies(session, plan):
        try:
            if not is_locked(edited.path):
                _keep(session, edited.path, now)
        except FolderError as error:
            failed = failed or error
    if failed:
        raise failed


def _keep(session: Session, path: Path, now: str) -> None:
    if session.store.history.has_kept_copy(remembered_digest_of(path)):
        return
    data = read_file(path)
    session.store.archive.keep(data)
    name = path.relative_to(session.workspace.outbox).as_posix()
    session.store.append(EditedCopy(session.period, name, sha256_of(data), now))
