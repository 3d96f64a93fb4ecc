"""Watches the folders of many workspaces, and tells in which of them a person may have changed a file."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from generator.errors import FolderError
from generator.workspace.folders import is_network_path, is_submission_name
from generator.workspace.watcher import FolderWatcher

log = logging.getLogger(__name__)

T = TypeVar("T")

# Seconds between two looks at folders of a file server, whose changes send no events.
POLL_SECONDS = 30.0
# Files outside the inbox that a person changes: settings, plan, template, choices and edited documents.
_ENDINGS = frozenset({".toml", ".xlsx", ".docx"})


class WorkspacesWatcher(Generic[T]):
    """Watches many workspaces; `changed` is called with the owner of each in which something changed.

    Workspaces in one folder are watched together: the system allows only some hundred watchers, but many folders.
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
        self._owners: Mapping[Path, T] = {}
        self._watchers: dict[Path, FolderWatcher] = {}

    def follow(self, owners: Mapping[Path, T]) -> None:
        """Watches these workspaces from now on, and no others. A folder that is not there is tried at the next call.

        Args:
            owners: whose each workspace's folder is.
        """
        self._owners = owners
        parents = {root.parent for root in owners}
        for parent in self._watchers.keys() - parents:
            self._watchers.pop(parent).close()
        for parent in parents:
            self._watch(parent)

    def close(self) -> None:
        """Stops watching."""
        for watcher in self._watchers.values():
            watcher.close()

    def _watch(self, parent: Path) -> None:
        try:
            if parent in self._watchers:
                self._watchers[parent].restart_if_replaced()
            else:
                self._watchers[parent] = self._started(parent)
        except FolderError as error:
            log.warning("%s", error)
            self._watchers.pop(parent, None)

    def _started(self, parent: Path) -> FolderWatcher:
        polling = self._needs_polling(parent)
        return FolderWatcher(parent, self._note, polling=polling, poll_seconds=self._poll_seconds).__enter__()

    def _note(self, path: Path) -> None:
        for root in path.parents:
            if root in self._owners:
                if _is_of_a_person(path.relative_to(root)):
                    with suppress(KeyError):  # the workspace has just left the list
                        self._changed(self._owners[root])
                return


def _is_of_a_person(path: Path) -> bool:
    """True if a person may have changed this file; paths are relative to the workspace."""
    if not is_submission_name(path.name):
        return False
    return path.parts[0] == "inbox" or path.suffix.lower() in _ENDINGS
