"""The secretary's workbook between rounds: what somebody saved in it, what it asks for, and its new content."""

from pathlib import Path

from generator.app.decisions import (
    DECISIONS_FILE,
    FinalRequest,
    Questions,
    TakenChoices,
    choices_workbook,
    final_request,
    open_questions,
    take_choices,
)
from generator.app.session import Session
from generator.app.snapshot import Snapshot


class ChoicesFile:
    """Reads the secretary's workbook, and makes it again when its content changes.

    `request` is the request to make the report final that is still to be done; None if there is none.
    """

    def __init__(self) -> None:
        self._taken = TakenChoices()
        self._shown: Questions | None = None
        self.request: FinalRequest | None = None

    @property
    def is_readable(self) -> bool:
        """False if the file is no workbook of ours."""
        return self._taken.is_readable

    @property
    def rejected(self) -> int:
        """The number of choices and requests that could not be carried out."""
        return self._shown.rejected if self._shown else 0

    def take(self, session: Session, snapshot: Snapshot, now: str) -> None:
        """Enters the choices that somebody saved in the workbook.

        Raises:
            FolderError: it cannot be read now.
        """
        self._taken = take_choices(session, snapshot, now)

    def read_request(self, session: Session, snapshot: Snapshot) -> None:
        """Reads the request to make the report final; the snapshot is made after the choices were entered."""
        self.request = final_request(session, snapshot, self._taken)

    def write(self, session: Session, snapshot: Snapshot) -> tuple[Path, bytes | None]:
        """Returns the workbook's path and new content; None if the one in the outbox has the same content."""
        asked = open_questions(session, snapshot)
        path = session.workspace.outbox / DECISIONS_FILE
        if self._taken.saved is None and asked == self._shown and session.placer.is_ours(path):
            return path, None
        self._shown = asked
        return path, choices_workbook(session, asked, self._taken)
