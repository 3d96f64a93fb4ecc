"""The server that all tests of the hosted form share."""

from collections.abc import Iterator

import psycopg
import pytest

from generator.hosted.registry import Registry
from tests.postgres import point_to, server_for_tests
from tools.postgres_server import PostgresServer


@pytest.fixture(scope="session")
def running() -> Iterator[PostgresServer]:
    with server_for_tests() as server, psycopg.connect(server.as_admin, autocommit=True) as connection:
        Registry(connection).prepare()
        yield server


@pytest.fixture
def server(running: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> PostgresServer:
    """The server, as workers find it."""
    point_to(running, monkeypatch)
    return running
