"""The server that all tests of the hosted form share."""

from collections.abc import Iterator

import psycopg
import pytest

from generator.hosted.registry import Registry
from tests.postgres import PostgresServer, point_to, postgres_server


@pytest.fixture(scope="session")
def running() -> Iterator[PostgresServer]:
    with postgres_server() as server, psycopg.connect(server.as_admin, autocommit=True) as connection:
        Registry(connection).prepare()
        yield server


@pytest.fixture
def server(running: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> PostgresServer:
    """The server, as workers find it."""
    point_to(running, monkeypatch)
    return running
