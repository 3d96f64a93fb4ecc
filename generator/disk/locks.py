"""Locks between programs: files that one of them holds at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.disk.safe_write import folder_errors
from generator.errors import FolderError


@contextmanager
def locked(lock: FileLock, busy: FolderError) -> Iterator[None]:
    """Holds a lock.

    Raises:
        FolderError: `busy` where another program holds it too long; another where the lock's file cannot be written.
    """
    path = Path(lock.lock_file)
    try:
        with folder_errors(path):
            _acquire(lock, busy)
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, busy: FolderError) -> None:
    try:
        lock.acquire()
    except Timeout:  # an OSError too, but not of the file
        raise busy from None
