"""A change in a workspace becomes a job, whatever the database and the list of workspaces do meanwhile."""

from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import psycopg
import pytest

from generator.hosted.registry import HostedWorkspace, Registry
from generator.hosted.rings import Changes, watch_and_ring
from tests.flow.test_watch import wait_until
from tests.postgres import point_to
from tools.postgres_server import PostgresServer, postgres_server

pytestmark = pytest.mark.postgres


def add(server: PostgresServer, root: Path) -> None:
    (root / "inbox").mkdir(parents=True)
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        registry = Registry(connection)
        registry.prepare()
        registry.add(HostedWorkspace(root.name, root))


def jobs(server: PostgresServer) -> list[str]:
    """The jobs that wait, such as `saves:ahola`."""
    with psycopg.connect(server.as_admin) as connection:
        found = connection.execute("SELECT lock FROM seuranta_jobs.procrastinate_jobs WHERE status = 'todo'")
        return sorted(str(lock) for (lock,) in found)


def take_all(server: PostgresServer) -> None:
    with psycopg.connect(server.as_admin) as connection:
        connection.execute("SET search_path TO seuranta_jobs")
        connection.execute("DELETE FROM seuranta_jobs.procrastinate_jobs")


def test_a_ring_waits_for_the_database_and_follows_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes: Changes = SimpleQueue()
    with postgres_server() as server:  # not the fast one: it loses what was committed just before it stops
        point_to(server, monkeypatch)
        add(server, tmp_path / "ahola")
        ringing = Thread(target=watch_and_ring, args=(changes, 1.0))
        ringing.start()
        try:
            wait_until(lambda: jobs(server) == ["rounds:ahola", "saves:ahola"])
            take_all(server)
            (tmp_path / "ahola" / "plan.xlsx").write_bytes(b"1")
            wait_until(lambda: jobs(server) == ["rounds:ahola"])
            take_all(server)
            add(server, tmp_path / "bergby")
            wait_until(lambda: jobs(server) == ["rounds:bergby", "saves:bergby"])
            take_all(server)
            server.stop()
            (tmp_path / "bergby" / "inbox" / "X.xlsx").write_bytes(b"1")
            server.start()
            wait_until(lambda: jobs(server) == ["saves:bergby"])
        finally:
            changes.put(None)
            ringing.join(60)
        assert not ringing.is_alive()
