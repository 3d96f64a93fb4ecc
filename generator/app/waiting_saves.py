"""Files in the inbox that no run has read yet, so that they are in no report."""

from contextlib import closing
from datetime import UTC, datetime
from time import monotonic, sleep

from generator.app.intake import Clock, Keeper
from generator.app.session import state_of
from generator.workspace.folders import Workspace


def waiting_saves(workspace: Workspace) -> tuple[str, ...]:
    """Returns the paths (relative to the inbox) of new and changed files that are not in the archive yet.

    Raises:
        FolderError: the inbox cannot be read.
    """
    clock = Clock(now=lambda: datetime.now(UTC).astimezone(), ticks=monotonic, wait=sleep)
    with closing(Keeper(workspace.inbox, state_of(workspace), clock)) as keeper:
        return keeper.look().unsettled
