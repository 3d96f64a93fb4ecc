"""`seuranta ring`: watches the folders of many workspaces, and rings for each in which something changes."""

import asyncio
import os
from pathlib import Path
from queue import SimpleQueue

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.hosted.jobs import hosted_app, ring
from generator.hosted.registry import HostedWorkspace, open_registry
from generator.store.postgres.connection import DATABASE_VARIABLE
from generator.workspace.folders import is_submission_name

# Seconds. Changes within this time are one ring.
_GATHER = 0.5


class _Bell(FileSystemEventHandler):
    """Notes that something changed in a workspace."""

    def __init__(self, workspace: HostedWorkspace, rung: "SimpleQueue[HostedWorkspace | None]") -> None:
        self._workspace = workspace
        self._rung = rung

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Notes it, unless the file was only read, or is one that no person saves."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        if is_submission_name(Path(os.fsdecode(event.src_path)).name):
            self._rung.put(self._workspace)


def watch_and_ring(stop: "SimpleQueue[HostedWorkspace | None] | None" = None) -> None:
    """Rings once for every workspace, and then whenever something changes in an inbox.

    Args:
        stop: the queue of what has rung; None in it ends the watch.
    """
    rung = stop or SimpleQueue()
    with open_registry() as registry:
        workspaces = registry.all()
    observer = Observer()
    for workspace in workspaces:
        observer.schedule(_Bell(workspace, rung), str(workspace.root / "inbox"), recursive=True)
        rung.put(workspace)
    observer.start()
    try:
        asyncio.run(_ring_all(rung))
    finally:
        observer.stop()
        observer.join()


async def _ring_all(rung: "SimpleQueue[HostedWorkspace | None]") -> None:
    app = hosted_app(os.environ.get(DATABASE_VARIABLE, ""))
    async with app.open_async():
        while True:
            first = await asyncio.to_thread(rung.get)
            await asyncio.sleep(_GATHER)
            changed = [first]
            while not rung.empty():
                changed.append(rung.get())
            for workspace in dict.fromkeys(changed):
                if workspace is None:
                    return
                await ring(app, workspace)
