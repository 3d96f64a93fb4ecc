"""`seuranta ring`: watches the inboxes of many workspaces, and rings for each in which something changes."""

import asyncio
import os
from queue import SimpleQueue
from typing import TypeAlias

from generator.hosted.jobs import hosted_app, ring
from generator.hosted.registry import HostedWorkspace, open_registry
from generator.store.postgres.connection import DATABASE_VARIABLE
from generator.workspace.many_inboxes import watch_inboxes

# What has changed; None ends the watch.
Changes: TypeAlias = "SimpleQueue[HostedWorkspace | None]"

# Seconds. Changes within this time are one ring.
_GATHER = 0.5


def watch_and_ring(changes: Changes) -> None:
    """Rings once for every workspace, and then whenever something changes in an inbox, until None is in `changes`."""
    with open_registry() as registry:
        workspaces = registry.all()
    with watch_inboxes({workspace.root / "inbox": workspace for workspace in workspaces}, changes.put):
        for workspace in workspaces:
            changes.put(workspace)
        asyncio.run(_ring_all(changes))


async def _ring_all(changes: Changes) -> None:
    app = hosted_app(os.environ.get(DATABASE_VARIABLE, ""))
    async with app.open_async():
        while True:
            changed = [await asyncio.to_thread(changes.get)]
            await asyncio.sleep(_GATHER)
            while not changes.empty():
                changed.append(changes.get())
            for workspace in dict.fromkeys(changed):
                if workspace is None:
                    return
                await ring(app, workspace)
