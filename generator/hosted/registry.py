"""The list of workspaces in the database: key, and the folder in which officers and the secretary work."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.hosted.queues import make_queues
from generator.store.postgres.connection import DATABASE_VARIABLE, PREFIX, SCHEMA, postgres_errors, role_of
from generator.store.postgres.schema import add_role, migrate


@dataclass(frozen=True, slots=True)
class HostedWorkspace:
    """A workspace whose state is in the database; `root` is its folder, on a share that every worker has."""

    key: str
    root: Path


class Registry:
    """The list of workspaces, on one connection."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._connection = connection

    def prepare(self) -> int:
        """Makes or renews tables, queues and roles, as the owner; returns how many steps were taken."""
        with self._connection.transaction():
            done = migrate(self._connection)
            make_queues(self._connection)
        return done

    def add(self, workspace: HostedWorkspace) -> None:
        """Adds a workspace and its role.

        Raises:
            FolderError: the key or the folder is that of another workspace.
        """
        role_of(workspace.key)
        with self._connection.transaction():
            try:
                insert = f"INSERT INTO {SCHEMA}.workspaces (key, root) VALUES (%s, %s)"
                self._connection.execute(insert, (workspace.key, str(workspace.root)))
            except psycopg.errors.UniqueViolation:
                raise FolderError(_TAKEN, _CHOOSE, path=workspace.root, key=workspace.key) from None
            add_role(self._connection, workspace.key)

    def all(self) -> tuple[HostedWorkspace, ...]:
        """Returns all workspaces by their keys."""
        rows = self._connection.execute(f"SELECT key, root FROM {SCHEMA}.workspaces ORDER BY key").fetchall()
        return tuple(HostedWorkspace(str(key), Path(str(root))) for key, root in rows)

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
    """Connects to the database that SEURANTA_DATABASE names.

    Raises:
        FolderError: the database cannot be reached.
    """
    with (
        postgres_errors(Path(PREFIX)),
        psycopg.connect(os.environ.get(DATABASE_VARIABLE, ""), autocommit=True) as connection,
    ):
        yield Registry(connection)


_TAKEN = N_("{path}: another workspace has the key {key} or this folder.")
_CHOOSE = N_("Choose another key, or look with seuranta hosted list which workspace it is.")
_NONE = N_("{path}: the database has no such workspace.")
_ADD = N_("Add it with seuranta hosted add.")
