"""Watches a folder and wakes a thread when something changes there; a scan finds what has changed."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserverVFS

from generator.disk.safe_write import folder_errors

log = logging.getLogger(__name__)

# A folder's own change says nothing that its files do not, and opening or closing a file changes nothing.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
# Windows hands a thread its signals only between waits.
_LONGEST_WAIT = 0.5


class WakeSignal:
    """Wakes another thread that waits; several signals while nobody waits count as one."""

    def __init__(self) -> None:
        # Not threading.Event: a signal handler that sets one while it is being waited on may wait for itself.
        self._rings: SimpleQueue[None] = SimpleQueue()

    def ring(self) -> None:
        """Ends the present wait, or the next one; a signal handler may call it."""
        self._rings.put(None)

    def wait(self, timeout: float) -> bool:
        """Waits for a signal, at most so many seconds; True if there was one since the last wait."""
        end = time.monotonic() + timeout
        while True:
            left = max(0.0, end - time.monotonic())
            if self._hear(min(left, _LONGEST_WAIT)):
                return True
            if left <= _LONGEST_WAIT:
                return False

    def _hear(self, seconds: float) -> bool:
        try:
            self._rings.get(timeout=seconds)
        except Empty:
            return False
        while not self._rings.empty():
            self._rings.get_nowait()
        return True


class InboxWatcher(WakeSignal):
    """Sends a signal when a relevant file or folder is made, changed, moved or removed in a folder or below it.

    Rings that come while nobody waits are one ring. Network paths need `polling`, for the native events of Linux and
    Windows do not see what other computers do; and any bell needs a timed look beside it, for every kind can miss a
    change.
    """

    def __init__(
        self, folder: Path, heeds: Callable[[Path], bool], *, polling: bool = False, poll_seconds: float = 2.0
    ) -> None:
        """Prepares watching; `with` starts it.

        Args:
            heeds: whether a change of this path may ring; called in another thread, also for paths that are gone.
        """
        super().__init__()
        self._folder = folder
        self._heeds = heeds
        self._polling = polling
        self._poll_seconds = poll_seconds
        self._listened_to: tuple[int, int] | None = None
        self._observer: BaseObserver | None = None

    def __enter__(self) -> Self:
        """Starts watching.

        Raises:
            FolderError: the folder cannot be read.
        """
        self._observer = self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stops watching."""
        if self._observer:
            _stop(self._observer)
            self._observer = None

    def listen_again(self) -> bool:
        """Starts watching again if the folder was renamed away or replaced; True if it was.

        Raises:
            FolderError: the folder cannot be read.
        """
        if self._listened_to is not None and self._listened_to == _identity(self._folder):
            return False
        if self._observer:
            _stop(self._observer)
            self._observer = None
        self._observer = self._listen()
        return True

    def _listen(self) -> BaseObserver:
        self._listened_to = _identity(self._folder)
        if not self._polling:
            try:
                return self._start(Observer)
            except OSError as error:
                log.warning("%s: no native events (%s); looked at each %s s", self._folder, error, self._poll_seconds)
        with folder_errors(self._folder):
            return self._start(self._polling_observer)

    def _polling_observer(self) -> BaseObserver:
        # lstat: a symbolic link to a folder above would be walked without end.
        return PollingObserverVFS(os.lstat, _entries, polling_interval=self._poll_seconds)

    def _start(self, make_observer: Callable[[], BaseObserver]) -> BaseObserver:
        observer = make_observer()
        try:
            handler = _Handler(self._heeds, self.ring)
            observer.schedule(handler, str(self._folder), recursive=True, event_filter=_CHANGES)
            observer.start()
        except OSError:
            _stop(observer)
            raise
        return observer


class _Handler(FileSystemEventHandler):
    def __init__(self, heeds: Callable[[Path], bool], ring: Callable[[], None]) -> None:
        self._heeds = heeds
        self._ring = ring

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
        if any(self._heeds(Path(path)) for path in paths):
            self._ring()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Returns what distinguishes a folder from another of the same name; None if there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _stop(observer: BaseObserver) -> None:
    observer.stop()
    if observer.is_alive():
        observer.join()


def _entries(folder: str | None) -> Iterator[os.DirEntry[str]]:
    return os.scandir(folder)
