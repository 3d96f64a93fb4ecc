"""The edits of drafts that are in force, and the path of the draft whose edits are carried on."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.app.editions import whole_edition
from generator.app.lost_texts import read_text
from generator.app.session import Session
from generator.domain.follow_up.draft_edits import KeptEdit
from generator.domain.follow_up.edit_acts import DraftEdit
from generator.errors import FolderError


def draft_edits(session: Session) -> tuple[KeptEdit, ...]:
    """Returns the edits that are in force, with their texts. An edit is left out if the archive has lost its text."""
    return tuple(_kept_edits(session))


def draft_path(session: Session) -> Path:
    """Returns the path of the draft whose edits are carried on: the whole report in the first language."""
    return session.workspace.outbox / whole_edition(session.settings, session.words).draft_name


def _kept_edits(session: Session) -> Iterator[KeptEdit]:
    for entry in session.store.history.acts.in_force(session.period):
        act = entry.record
        if isinstance(act, DraftEdit):
            with suppress(FolderError):
                yield KeptEdit(entry.sequence, act, read_text(session, act.before), read_text(session, act.after))
