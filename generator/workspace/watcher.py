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

# A folder's own change adds nothing to those of its files, and opening or closing a file changes nothing.
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
        # Not threading.Event: a signal handler that sets one during its wait may deadlock.
        self._signals: SimpleQueue[None] = SimpleQueue()

    def send(self) -> None:
        """Ends the present wait, or the next one; a signal handler may call it."""
        self._signals.put(None)

    def wait(self, timeout: float) -> bool:
        """Waits for a signal, at most the given seconds; True if there was one since the last wait."""
        end = time.monotonic() + timeout
        while True:
            left = max(0.0, end - time.monotonic())
            if self._next_signal(min(left, _LONGEST_WAIT)):
                return True
            if left <= _LONGEST_WAIT:
                return False

    def _next_signal(self, seconds: float) -> bool:
        try:
            self._signals.get(timeout=seconds)
        except Empty:
            return False
        while not self._signals.empty():
            self._signals.get_nowait()
        return True


class FolderWatcher:
    """Calls a function, in another thread, for each change of a file or folder in a folder or below it.

    Network paths need `polling`: the native events of Linux and Windows do not see what other computers do. Any watcher
    needs a timed scan beside it, since every kind can miss a change.
    """

    def __init__(
        self, folder: Path, changed: Callable[[Path], None], *, polling: bool = False, poll_seconds: float = 2.0
    ) -> None:
        """Prepares watching; `with` starts it.

        Args:
            changed: gets the path of each change, which may be gone; of a move, both paths.
        """
        self._folder = folder
        self._changed = changed
        self._polling = polling
        self._poll_seconds = poll_seconds
        self._watched: tuple[int, int] | None = None
        self._observer: BaseObserver | None = None

    def __enter__(self) -> Self:
        """Starts watching.

        Raises:
            FolderError: the folder cannot be read.
        """
        self._observer = self._watch()
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

    def restart_if_replaced(self) -> bool:
        """Starts watching again if the folder was renamed away or replaced; True if it was.

        Raises:
            FolderError: the folder cannot be read.
        """
        if self._watched is not None and self._watched == _identity(self._folder):
            return False
        if self._observer:
            _stop(self._observer)
            self._observer = None
        self._observer = self._watch()
        return True

    def _watch(self) -> BaseObserver:
        self._watched = _identity(self._folder)
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
            handler = _Handler(self._changed)
            observer.schedule(handler, str(self._folder), recursive=True, event_filter=_CHANGES)
            observer.start()
        except OSError:
            _stop(observer)
            raise
        return observer


class InboxWatcher(WakeSignal, FolderWatcher):
    """Sends a signal when a relevant file or folder is made, changed, moved or removed in a folder or below it."""

    def __init__(
        self, folder: Path, is_relevant: Callable[[Path], bool], *, polling: bool = False, poll_seconds: float = 2.0
    ) -> None:
        """Prepares watching; `with` starts it.

        Args:
            is_relevant: if a change of a path, which may be gone, sends a signal; called in another thread.
        """
        WakeSignal.__init__(self)
        FolderWatcher.__init__(self, folder, self._note, polling=polling, poll_seconds=poll_seconds)
        self._is_relevant = is_relevant

    def _note(self, path: Path) -> None:
        if self._is_relevant(path):
            self.send()


class _Handler(FileSystemEventHandler):
    def __init__(self, changed: Callable[[Path], None]) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._changed(Path(os.fsdecode(path)))


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
