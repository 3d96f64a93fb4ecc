"""`seuranta ring`: watches the folders of many workspaces, and enqueues a job for each in which something changes."""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from contextlib import closing
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import TypeAlias

import psycopg
from procrastinate.exceptions import ConnectorException

from generator.errors import FolderError
from generator.hosted.jobs import ROUNDS, SAVES, WorkspaceChange, all_changes, enqueue_jobs, procrastinate_app
from generator.hosted.registry import HostedWorkspace, open_registry
from generator.store.postgres.connection import database, database_in_words
from generator.workspace.workspaces_watcher import WorkspacesWatcher

log = logging.getLogger(__name__)

# What has changed; None ends the watch.
Changes: TypeAlias = "SimpleQueue[WorkspaceChange | None]"

# Seconds. Changes within this time are enqueued together.
_GATHER = 0.5
# Seconds until the list of workspaces is read again.
READ_LIST = 60.0
# Seconds until the next try while the database is out of reach.
_TRY_AGAIN = 3.0


def watch_and_ring(changes: Changes, read_list: float = READ_LIST) -> None:
    """Enqueues jobs for every workspace, then for each in which something changes, until None is in `changes`.

    Changes wait while the database is out of reach.

    Args:
        read_list: seconds until the list of workspaces is read again.
    """
    log.info("ring of %s", database_in_words())
    with closing(_watcher(changes)) as watcher:
        enqueuer = _Enqueuer(watcher, read_list)
        while True:
            changed = tuple(_gathered(changes, enqueuer.attempt()))
            if None in changed:
                return
            enqueuer.due.update(dict.fromkeys(filter(None, changed)))


def _watcher(changes: Changes) -> WorkspacesWatcher[HostedWorkspace]:
    return WorkspacesWatcher(
        saved=lambda workspace: changes.put(WorkspaceChange(workspace, SAVES)),
        edited=lambda workspace: changes.put(WorkspaceChange(workspace, ROUNDS)),
    )


class _Enqueuer:
    """Enqueues jobs for changes, and follows the list of workspaces; `due` has the changes to enqueue, in order."""

    def __init__(self, watcher: WorkspacesWatcher[HostedWorkspace], read_list: float) -> None:
        self._watcher = watcher
        self._read_list = read_list
        self._watched: frozenset[HostedWorkspace] = frozenset()
        self._read_at = 0.0
        self.due: dict[WorkspaceChange, None] = {}

    def attempt(self) -> float:
        """Enqueues jobs for what is due; returns the seconds until the next attempt, if nothing changes before."""
        try:
            if monotonic() >= self._read_at:
                self._follow()
            if self.due:
                asyncio.run(_enqueue(tuple(self.due)))
                log.info("asked for: %s", ", ".join(f"{each.queue} of {each.workspace.key}" for each in self.due))
                self.due.clear()
        except (FolderError, ConnectorException, psycopg.OperationalError) as error:
            log.warning("the database cannot be reached, tried again in %s s: %s", _TRY_AGAIN, error)
            return _TRY_AGAIN
        return max(0.0, self._read_at - monotonic())

    def _follow(self) -> None:
        """Reads the list of workspaces and watches them; a new one gets jobs at once: it may have changed earlier."""
        with open_registry() as registry:
            listed = registry.all()
        self._watcher.follow({workspace.root: workspace for workspace in listed})
        for workspace in listed:
            if workspace not in self._watched:
                self.due.update(dict.fromkeys(all_changes(workspace)))
        if frozenset(listed) != self._watched:
            log.info("workspaces watched: %s", len(listed))
        self._watched = frozenset(listed)
        self._read_at = monotonic() + self._read_list


async def _enqueue(changes: Iterable[WorkspaceChange]) -> None:
    app = procrastinate_app(database())
    async with app.open_async():
        await enqueue_jobs(app, *changes)


def _gathered(changes: Changes, seconds: float) -> Iterator[WorkspaceChange | None]:
    """Waits for a change, at most the given seconds, and for those that come soon after it."""
    try:
        yield changes.get(timeout=seconds)
    except Empty:
        return
    sleep(_GATHER)
    while not changes.empty():
        yield changes.get()
