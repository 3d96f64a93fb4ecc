"""Finds the texts of the person who makes the report whose words the archive no longer has."""

from collections.abc import Iterator

from generator.app.session import Session
from generator.disk.digests import sha256_of
from generator.domain.follow_up.edit_acts import DraftEdit, WrittenText
from generator.domain.follow_up.open_items import LostText
from generator.errors import FolderError

_EMPTY = sha256_of(b"")


def read_text(session: Session, digest: str) -> str:
    """Returns a text of the archive.

    Raises:
        FolderError: the archive does not have it, or it cannot be read.
    """
    return "" if digest == _EMPTY else session.store.archive.read(digest).decode("utf-8", "replace")


def lost_texts(session: Session) -> tuple[LostText, ...]:
    """Returns the texts that are in force and cannot be read, so that the report is printed without them."""
    return tuple(_lost_texts(session))


def _lost_texts(session: Session) -> Iterator[LostText]:
    for entry in session.store.history.acts.in_force(session.period):
        act = entry.record
        if isinstance(act, DraftEdit | WrittenText):
            digests = (act.after, act.before) if isinstance(act, DraftEdit) else (act.text,)
            found = [_found(session, digest) for digest in digests]
            file = next((each for each in found if isinstance(each, FolderError)), None)
            if file is not None:
                words = found[0] if isinstance(found[0], str) else ""
                yield LostText(entry.sequence, act, str(file.values.get("path", "")), words)


def _found(session: Session, digest: str) -> str | FolderError:
    try:
        return read_text(session, digest)
    except FolderError as error:
        return error
