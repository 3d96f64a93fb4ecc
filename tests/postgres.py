"""A PostgreSQL server for tests: a cluster in a temporary folder, gone when the tests end.

PostgreSQL refuses to run as root; there it runs as the user `postgres` that its package makes.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from generator.store.postgres.connection import DATABASE_VARIABLE
from generator.store.postgres.schema import WORKER_ROLE, add_role, migrate

_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=100")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server: where its socket lies."""

    folder: Path

    @property
    def as_admin(self) -> str:
        """How the owner of the database connects."""
        return f"host={self.folder} dbname=postgres user=postgres"

    @property
    def as_worker(self) -> str:
        """How a worker connects."""
        return f"host={self.folder} dbname=postgres user={WORKER_ROLE}"

    def add(self, key: str) -> None:
        """Adds the role of a workspace."""
        with psycopg.connect(self.as_admin, autocommit=True) as connection:
            add_role(connection, key)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Starts a server with the tables of this version, and stops it afterwards."""
    folder = Path(mkdtemp(prefix="seuranta-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    try:
        _run("initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        options = " ".join(f"-c {setting}" for setting in (*_SETTINGS, f"unix_socket_directories={folder}"))
        _run("pg_ctl", "--pgdata", data, "--log", folder / "log", "--wait", "--options", options, "start")
        server = PostgresServer(folder)
        with psycopg.connect(server.as_admin, autocommit=True) as connection:
            migrate(connection)
        yield server
    finally:
        _run("pg_ctl", "--pgdata", data, "--mode=immediate", "stop")
        shutil.rmtree(folder)


def point_to(server: PostgresServer, patch: pytest.MonkeyPatch) -> None:
    """Lets this process find the server as a worker finds it."""
    patch.setenv(DATABASE_VARIABLE, server.as_worker)


def _programs() -> Path:
    """The folder of `initdb`, on the path or where Debian has it."""
    on_path = shutil.which("initdb")
    return (Path(on_path) if on_path else max(Path("/usr/lib/postgresql").glob("*/bin/initdb"))).resolve().parent


def _run(program: str, *arguments: str | Path) -> None:
    command = [str(_programs() / program), *map(str, arguments)]
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd="/")
