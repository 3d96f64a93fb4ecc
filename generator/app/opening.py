"""Opens a workspace for a command that writes; all saves in the journal are processed first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from generator.app.plans import keep_plan, read_current_plan
from generator.app.rules import Rules
from generator.app.session import Session, open_session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.app.taking import take_new
from generator.app.unfinished_opening import finish_opening
from generator.domain.base.moments import write_moment
from generator.workspace.folders import Workspace


@contextmanager
def opened_with_saves_taken(workspace: Workspace, now: datetime) -> Iterator[tuple[Session, Snapshot]]:
    """Opens the workspace for writing, processes all saves in the journal, and returns the state after them.

    Raises:
        PlanError, FolderError: the plan, the key or the state folder cannot be used.
    """
    with open_session(workspace, now) as session:
        with session.store.sole_writer():
            session.require_key()
            session.store.read_journal()
            session = finish_opening(session)
            reading = read_current_plan(session)
            keep_plan(session, reading.plan, write_moment(now))
            take_new(session, Rules(session, reading.plan))
            snapshot = make_snapshot(session, reading)
        # Outside the lock: documents and PDFs take long, and the watch must be able to work meanwhile.
        yield session, snapshot


def local_now() -> datetime:
    """Returns this moment in the computer's time zone."""
    return datetime.now(UTC).astimezone()
