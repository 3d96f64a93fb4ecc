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
    """Watches many workspaces; `changed` is called with the owner of each in which something changed.

    Workspaces in one folder are watched together: the system allows only some hundred watchers, but many folders. A
    workspace or inbox that is a link is watched where it leads: the system tells nothing of what is behind a link.
    """

    def __init__(
        self,
        changed: Callable[[T], None],
        *,
        needs_polling: Callable[[Path], bool] = is_network_path,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._changed = changed
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
        for folder in path.parents:
            if folder in places:
                owner, within = places[folder]
                if _is_of_a_person(within / path.relative_to(folder)):
                    self._changed(owner)
                return


def _is_of_a_person(path: Path) -> bool:
    """True if a person may have changed this file; paths are relative to the workspace."""
    if not is_submission_name(path.name):
        return False
    return path.parts[0] == _INBOX.name or path.suffix.lower() in _ENDINGS
