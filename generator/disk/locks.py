"""Locks between programs: files that one of them holds at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.disk.safe_write import folder_errors
from generator.errors import FolderError

if TYPE_CHECKING:
    from filelock import FileLock


class ProgramLock:
    """A file lock between programs. The thread that holds it may take it again.

    Questions take no lock, so the library is imported when a lock is first taken.
    """

    def __init__(self, path: Path, seconds: float) -> None:
        self._path = path
        self._seconds = seconds

    @contextmanager
    def held(self, busy: FolderError) -> Iterator[None]:
        """Holds the lock.

        Raises:
            FolderError: `busy` where another program holds it for longer than this one waits; another where the lock's
                file cannot be written.
        """
        try:
            with folder_errors(self._path):
                self._acquire(busy)
            yield
        finally:
            self._lock.release()

    @cached_property
    def _lock(self) -> "FileLock":
        from filelock import FileLock

        return FileLock(self._path, timeout=self._seconds)

    def _acquire(self, busy: FolderError) -> None:
        from filelock import Timeout

        try:
            self._lock.acquire()
        except Timeout:  # an OSError too, but not of the file
            raise busy from None
