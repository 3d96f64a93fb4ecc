"""Watches the inboxes of many workspaces at once."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.workspace.folders import is_submission_name

T = TypeVar("T")


class _Bell(FileSystemEventHandler, Generic[T]):
    """Tells of each change in one inbox that a person may have made."""

    def __init__(self, owner: T, changed: Callable[[T], None]) -> None:
        self._owner = owner
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tells of it, unless the file was only read, or has a name that no person saves."""
        is_reading = event.event_type in ("opened", "closed_no_write")
        if not is_reading and is_submission_name(Path(os.fsdecode(event.src_path)).name):
            self._changed(self._owner)


@contextmanager
def watch_inboxes(inboxes: Mapping[Path, T], changed: Callable[[T], None]) -> Iterator[None]:
    """Calls `changed` with an inbox's owner at each change, in a thread of its own, until the block ends.

    Args:
        inboxes: whose each inbox is.
    """
    observer = Observer()
    for inbox, owner in inboxes.items():
        observer.schedule(_Bell(owner, changed), str(inbox), recursive=True)
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
