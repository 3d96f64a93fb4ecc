"""The journal's lines in a file that only grows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.disk.locks import ProgramLock
from generator.disk.safe_write import append_lines, folder_errors
from generator.errors import FolderError

LOCK_SECONDS = 60.0


class JournalFile:
    """The lines of a journal in a file; the methods are those of `JournalLines`."""

    def __init__(self, file: Path) -> None:
        self.place = file
        self._lock = ProgramLock(file.with_name("journal.lock"), LOCK_SECONDS)

    def read_from(self, offset: int, _last_line: bytes) -> bytes | None:
        """Returns all bytes from an offset on; None if there is no file."""
        with folder_errors(self.place):
            if not self.place.exists():
                return None
            with self.place.open("rb") as file:
                file.seek(offset)
                return file.read()

    def first(self, length: int) -> bytes:
        """Returns the first bytes; fewer where the file is shorter."""
        with folder_errors(self.place):
            return self.place.read_bytes()[:length] if self.place.exists() else b""

    def append(self, lines: Iterable[bytes]) -> None:
        """Appends lines; they are on the disk when this returns."""
        with folder_errors(self.place):
            append_lines(self.place, lines)

    @contextmanager
    def locked(self, busy: FolderError) -> Iterator[None]:
        """Holds the lock that guards the files of archive and journal."""
        with folder_errors(self.place):
            self.place.parent.mkdir(parents=True, exist_ok=True)
        with self._lock.held(busy):
            yield
