"""The list of workspaces in the database: key, and the folder in which officers and the secretary work."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psycopg
from psycopg import sql

from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.hosted.queue_tables import JOBS_SCHEMA, prepare_queues
from generator.store.postgres.connection import DATABASE, PREFIX, SCHEMA, connect, postgres_errors, role_of
from generator.store.postgres.schema import add_role, migrate

log = logging.getLogger(__name__)

# Seconds until the next try while the database is out of reach.
_TRY_AGAIN = 3.0


@dataclass(frozen=True, slots=True)
class HostedWorkspace:
    """A workspace whose state is in the database; `root` is its folder, on a share that every worker mounts."""

    key: str
    root: Path


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs of a workspace wait or are being done, and how many failed by a fault of the program."""

    waiting: int = 0
    failed: int = 0


class Registry:
    """The list of workspaces, on one connection."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._connection = connection

    def prepare(self) -> int:
        """Creates or migrates tables and queues, as the database's owner; returns the number of migrations applied.

        Roles and rights are always given again, since a backup may not have them.
        """
        with self._connection.transaction():
            done = migrate(self._connection)
            for workspace in self.all():
                add_role(self._connection, workspace.key)
            return done + prepare_queues(self._connection)

    def add(self, workspace: HostedWorkspace) -> None:
        """Adds a workspace to the list, with its role; does nothing if it is there already.

        Raises:
            FolderError: the key or the folder is that of another workspace.
        """
        role_of(workspace.key)
        if workspace in self.all():
            return
        with self._connection.transaction():
            try:
                insert = f"INSERT INTO {SCHEMA}.workspaces (key, root) VALUES (%s, %s)"
                self._connection.execute(insert, (workspace.key, str(workspace.root)))
            except psycopg.errors.UniqueViolation:
                raise FolderError(_TAKEN, _CHOOSE, path=workspace.root, key=workspace.key) from None
            except UnicodeEncodeError:
                raise FolderError(_NO_NAME, _RENAME, path=ascii(str(workspace.root))) from None
            add_role(self._connection, workspace.key)

    def add_again(self, workspace: HostedWorkspace) -> None:
        """Adds a workspace whose state is in the database already; its folder may have been renamed.

        Raises:
            FolderError: the key is that of a folder that is still there, or the folder is that of another workspace.
        """
        with self._connection.transaction():
            for known in self.all():
                if known.key == workspace.key and not known.root.exists():
                    self._connection.execute(f"DELETE FROM {SCHEMA}.workspaces WHERE key = %s", (known.key,))
            self.add(workspace)

    def all(self) -> tuple[HostedWorkspace, ...]:
        """Returns all workspaces by their keys."""
        rows = self._connection.execute(f"SELECT key, root FROM {SCHEMA}.workspaces ORDER BY key").fetchall()
        return tuple(HostedWorkspace(str(key), Path(str(root))) for key, root in rows)

    def with_jobs(self) -> tuple[tuple[HostedWorkspace, JobCounts], ...]:
        """Returns all workspaces by their keys, with the numbers of their jobs."""
        rows = self._connection.execute(_COUNT_JOBS).fetchall()
        counts = {str(key): JobCounts(int(str(waiting)), int(str(failed))) for key, waiting, failed in rows}
        return tuple((each, counts.get(each.key, JobCounts())) for each in self.all())

    def find(self, key: str) -> HostedWorkspace:
        """Returns the workspace with a key.

        Raises:
            FolderError: there is none.
        """
        found = next((each for each in self.all() if each.key == key), None)
        if found is None:
            raise FolderError(_NONE, _ADD, path=PREFIX + key)
        return found


@contextmanager
def open_registry() -> Iterator[Registry]:
    """Connects to the database that the settings of this machine name.

    Raises:
        FolderError: the database cannot be reached.
    """
    with postgres_errors(DATABASE), connect() as connection:
        yield Registry(connection)


def wait_for_database(stop: Event) -> None:
    """Waits until the database answers and has our tables, or until `stop`; logs why it waits."""
    while not stop.is_set():
        try:
            with open_registry() as registry:
                log.info("workspaces in the database: %s", len(registry.all()))
            return
        except FolderError as error:
            log.warning("waiting for the database, tried again in %s s: %s %s", _TRY_AGAIN, error, error.advice)
            stop.wait(_TRY_AGAIN)


_COUNT_JOBS = sql.SQL(
    "SELECT args->>'key', count(*) FILTER (WHERE status IN ('todo', 'doing')),"
    f" count(*) FILTER (WHERE status = 'failed') FROM {JOBS_SCHEMA}.procrastinate_jobs GROUP BY 1"
)

_TAKEN = N_("{path}: another workspace has the key {key} or this folder.")
_CHOOSE = N_("Choose another key, or see with seuranta hosted list which workspace it is.")
_NO_NAME = N_("{path}: the name of the folder is not UTF-8.")
_RENAME = N_("Rename the folder.")
_NONE = N_("{path}: the database has no such workspace.")
_ADD = N_("Add it with seuranta hosted add.")
