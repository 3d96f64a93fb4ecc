"""The PostgreSQL server of the tests, and how a test finds it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from generator.store.postgres.machine_settings import DATABASE_VARIABLE
from tools.postgres_server import FAST, PostgresServer, postgres_server


@contextmanager
def server_for_tests() -> Iterator[PostgresServer]:
    """Starts a server with the tables of this version, and stops it afterwards."""
    with postgres_server(*FAST) as server:
        yield server


def point_to(server: PostgresServer, patch: pytest.MonkeyPatch) -> None:
    """Lets this process find the server as a worker finds it."""
    patch.setenv(DATABASE_VARIABLE, server.as_worker)
