"""Watches the folders of many workspaces, and tells in which of them a person may have changed a file."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from generator.errors import FolderError
from generator.workspace.folders import is_network_path, is_submission_name
from generator.workspace.watcher import FolderWatcher

log = logging.getLogger(__name__)

T = TypeVar("T")

# Seconds between two looks at folders of a file server, whose changes send no events.
POLL_SECONDS = 30.0
_INBOX = Path("inbox")
# Files outside the inbox that a person changes: settings, plan, template, choices and edited documents.
_ENDINGS = frozenset({".toml", ".xlsx", ".docx"})


class WorkspacesWatcher(Generic[T]):
    """Watches many workspaces; calls a function with the owner of each in which a person may have changed something.

    Workspaces in one folder are watched together: the system allows only some hundred watchers, but many folders. A
    workspace or inbox that is a link is watched where it leads: the system tells nothing of what is behind a link.
    """

    def __init__(
        self,
        *,
        saved: Callable[[T], None],
        edited: Callable[[T], None],
        needs_polling: Callable[[Path], bool] = is_network_path,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        """Prepares watching; `follow` starts it.

        Args:
            saved: called in another thread for a change in an inbox.
            edited: called for one of another file: settings, plan, template, choices, an edited document.
            needs_polling: if a folder's changes send no events.
        """
        self._saved = saved
        self._edited = edited
        self._needs_polling = needs_polling
        self._poll_seconds = poll_seconds
        self._places: Mapping[Path, tuple[T, Path]] = {}
        self._watchers: dict[Path, FolderWatcher] = {}

    def follow(self, owners: Mapping[Path, T]) -> None:
        """Watches these workspaces from now on, and no others. A folder that is not there is tried at the next call.

        Args:
            owners: whose each workspace's folder is.
        """
        roots = {root.resolve(): (owner, Path()) for root, owner in owners.items()}
        linked = {
            inbox: (owner, _INBOX)
            for root, (owner, _) in roots.items()
            if not (inbox := (root / _INBOX).resolve()).is_relative_to(root)
        }
        self._places = {**linked, **roots}
        folders = {*(root.parent for root in roots), *linked}
        for folder in self._watchers.keys() - folders:
            self._watchers.pop(folder).close()
        for folder in folders:
            self._watch(folder)

    def close(self) -> None:
        """Stops watching."""
        for watcher in self._watchers.values():
            watcher.close()

    def _watch(self, folder: Path) -> None:
        try:
            if folder in self._watchers:
                self._watchers[folder].restart_if_replaced()
            else:
                self._watchers[folder] = self._started(folder)
        except FolderError as error:
            log.warning("%s", error)
            self._watchers.pop(folder, None)

    def _started(self, folder: Path) -> FolderWatcher:
        polling = self._needs_polling(folder)
        return FolderWatcher(folder, self._note, polling=polling, poll_seconds=self._poll_seconds).__enter__()

    def _note(self, path: Path) -> None:
        places = self._places  # another thread may replace it
        folder = next((each for each in path.parents if each in places), None)
        if folder:
            owner, within = places[folder]
            tell = self._function_for(within / path.relative_to(folder))
            if tell:
                tell(owner)

    def _function_for(self, path: Path) -> Callable[[T], None] | None:
        """Returns what to call for a change of a file, by its path in the workspace; None if no person makes it."""
        if not is_submission_name(path.name):
            return None
        if path.parts[0] == _INBOX.name:
            return self._saved
        return self._edited if path.suffix.lower() in _ENDINGS else None
