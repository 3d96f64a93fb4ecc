"""A PostgreSQL server for tests and benchmarks: a cluster in a temporary folder, removed when the block ends.

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

from generator.store.postgres.connection import WORKER_ROLE
from generator.store.postgres.schema import add_role, migrate

# Tests need no data after a crash of the machine.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_ALWAYS = ("listen_addresses=", "max_connections=100")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server: the folder of its socket and data, its settings, and the database that is used."""

    folder: Path
    settings: tuple[str, ...]
    database: str = "postgres"

    @property
    def as_admin(self) -> str:
        """The connection string of the database's owner."""
        return f"host={self.folder} dbname={self.database} user=postgres"

    @property
    def as_worker(self) -> str:
        """The connection string of a worker."""
        return f"host={self.folder} dbname={self.database} user={WORKER_ROLE}"

    def add(self, key: str) -> None:
        """Adds the role of a workspace."""
        with psycopg.connect(self.as_admin, autocommit=True) as connection:
            add_role(connection, key)

    def start(self) -> None:
        """Starts the server, and waits until it answers."""
        settings = (*self.settings, *_ALWAYS, f"unix_socket_directories={self.folder}")
        options = " ".join(f"-c {setting}" for setting in settings)
        self._control("--log", self.folder / "log", "--wait", "--options", options, "start")

    def stop(self) -> None:
        """Stops the server at once, as a crash does. What was committed stays, unless its settings are `FAST`."""
        self._control("--mode=immediate", "stop")

    def run(self, program: str, *arguments: str | Path) -> None:
        """Runs a client program of PostgreSQL, such as `pg_dump`, as the owner of the database."""
        command = [str(_programs() / program), "--host", str(self.folder), "--username", "postgres"]
        subprocess.run([*command, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)

    def _control(self, *arguments: str | Path) -> None:
        _run("pg_ctl", "--pgdata", self.folder / "data", *arguments)


@contextmanager
def postgres_server(*settings: str) -> Iterator[PostgresServer]:
    """Starts a server with the tables of this version, and stops it afterwards.

    Args:
        settings: such as `fsync=off`; without any, PostgreSQL's own defaults.
    """
    folder = Path(mkdtemp(prefix="seuranta-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = PostgresServer(folder, settings)
    try:
        data = folder / "data"
        _run("initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        server.start()
        with psycopg.connect(server.as_admin, autocommit=True) as connection:
            migrate(connection)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _programs() -> Path:
    """Returns the folder of `initdb`: on the path, or where Debian puts it."""
    on_path = shutil.which("initdb")
    return (Path(on_path) if on_path else max(Path("/usr/lib/postgresql").glob("*/bin/initdb"))).resolve().parent


def _run(program: str, *arguments: str | Path) -> None:
    command = [str(_programs() / program), *map(str, arguments)]
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd="/")
