"""What an operator meets: the log's lines, a folder or database that is away, an owner who is no superuser."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from generator.errors import FolderError, SettingsError
from generator.hosted.exchange import move_to_database, move_to_folder
from generator.hosted.logs import without_connection_trace
from generator.hosted.registry import HostedWorkspace, Registry, open_registry, wait_for_database
from generator.store.postgres.connection import database_in_words
from generator.store.postgres.state import PostgresState
from tests.flow.test_watch import wait_until
from tests.hosted.test_exchange import documents
from tests.hosted.test_jobs import empty, hosted, rung, saved, waiting, work
from tests.workspaces import make_workspace_with_forms
from tools.postgres_server import PostgresServer

__all__ = ["empty"]

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def log_of_jobs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "generator.hosted")


def test_the_log_has_a_line_for_each_job_and_no_text_of_officers(
    server: PostgresServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    workspace = hosted(server, tmp_path / "hosted", "lokilla")
    saved(workspace.root)
    rung(server, workspace)
    work(server)
    assert "lokilla: looked at the inbox; files kept: 2, not yet: 0" in caplog.messages
    assert any("saves read: 2, PDFs to make: 0" in line for line in caplog.messages)
    assert "Etenee." not in caplog.text


def test_a_municipality_that_has_left_is_left_alone(
    server: PostgresServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    workspace = hosted(server, tmp_path / "hosted", "lahtenyt")
    move_to_folder(workspace.root, workspace.key)
    saved(workspace.root)
    rung(server, workspace)
    work(server)
    assert documents(workspace.root) == {} and waiting(server) == []
    assert any(
        "skipped, because the settings do not name the state postgresql:lahtenyt" in line for line in caplog.messages
    )


def test_a_workspace_without_its_folder_waits(server: PostgresServer, tmp_path: Path) -> None:
    """The share is not mounted: that is no fault of the program, and no job fails."""
    workspace = hosted(server, tmp_path / "hosted", "irti")
    workspace.root.rename(tmp_path / "away")
    rung(server, workspace)
    work(server)
    assert waiting(server) == [("saves", "todo")]


def test_an_archive_folder_that_is_not_there_is_told_and_never_made(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEURANTA_ARCHIVE", str(tmp_path / "unmounted"))
    with pytest.raises(FolderError, match="unmounted"):
        PostgresState("any").bytes_archive()
    assert not (tmp_path / "unmounted").exists()


def test_an_owner_who_may_make_roles_needs_no_superuser(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("CREATE ROLE omistaja LOGIN CREATEROLE")
        connection.execute("CREATE DATABASE omistajan OWNER omistaja")
    monkeypatch.setenv("SEURANTA_DATABASE", f"host={server.folder} dbname=omistajan user=omistaja")
    make_workspace_with_forms(tmp_path)
    with open_registry() as registry:
        registry.prepare()
        registry.add(HostedWorkspace("oma", tmp_path))
    assert move_to_database(tmp_path, tmp_path / ".seuranta", "oma") > 0


def test_an_attempt_to_add_can_be_repeated(server: PostgresServer, tmp_path: Path) -> None:
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        registry, first = Registry(connection), HostedWorkspace("toistettu", tmp_path)
        registry.add(first)
        registry.add(first)
        for other in (HostedWorkspace("toistettu", tmp_path / "x"), HostedWorkspace("toinen", tmp_path)):
            with pytest.raises(FolderError, match="another workspace"):
                registry.add(other)
        assert registry.all() == (first,)


@pytest.mark.parametrize(
    ("user", "name", "advice"),
    [("postgres", "template1", "hosted init"), ("seuranta_worker", "postgres", "CREATEROLE")],
)
def test_what_an_administrator_forgot_is_told(
    user: str, name: str, advice: str, *, server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEURANTA_DATABASE", f"host={server.folder} dbname={name} user={user}")
    with pytest.raises(FolderError) as caught, open_registry() as registry:
        registry.add(HostedWorkspace("unohdettu", tmp_path))
    assert advice in caught.value.advice


def test_a_misspelt_setting_of_the_database_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEURANTA_DATABASE", "host=a dbnme=b")
    with pytest.raises(SettingsError, match="cannot be read"), open_registry():
        pass


def test_the_log_names_the_database_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEURANTA_DATABASE", "postgresql://seuranta_worker:salasana@db.example.fi/kunnat")
    assert database_in_words() == "kunnat at db.example.fi as seuranta_worker"


class _StopsAtFirstWait(Event):
    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        return True


def test_a_worker_waits_for_the_database_and_says_so(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wait_for_database(Event())
    assert caplog.messages[-1].startswith("workspaces in the database: ")
    monkeypatch.setenv("SEURANTA_DATABASE", "host=/nowhere")
    wait_for_database(_StopsAtFirstWait())
    assert caplog.messages[-1].startswith("waiting for the database")


def test_a_lost_connection_is_one_line() -> None:
    error = ConnectorException("Database error.")
    error.__cause__ = psycopg.OperationalError("connection failed:\n  no such host")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "listener error: %r", (error,), (type(error), error, None))
    assert without_connection_trace(record)
    assert record.getMessage() == "the database cannot be used now: connection failed: no such host"
    assert record.exc_info is None


def test_no_process_outlives_a_killed_worker(server: PostgresServer) -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], env=os.environ, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = Path("/proc") / parent.stdout.readline().strip()
    wait_until(lambda: bool(_workers(server)))
    parent.kill()
    parent.wait()
    wait_until(lambda: not child.exists() or not (child / "cmdline").read_bytes())
    parent.stdout.close()


def test_a_job_on_a_share_that_does_not_answer_does_not_keep_a_worker_from_ending(
    server: PostgresServer, tmp_path: Path
) -> None:
    workspace = hosted(server, tmp_path / "hosted", "vastaamaton")
    rung(server, workspace)
    settings = workspace.root / "seuranta.toml"
    settings.unlink()
    os.mkfifo(settings)  # who reads it waits for a writer that never comes
    worker = subprocess.Popen([sys.executable, "-c", _IMPATIENT], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: waiting(server) == [("saves", "doing")])
    worker.terminate()
    _, told = worker.communicate(timeout=60)
    assert worker.returncode == 0 and "did not finish in time" in told
    assert waiting(server) == [("saves", "doing")]  # until it is seen that its worker is dead


def _workers(server: PostgresServer) -> list[tuple[object, ...]]:
    with psycopg.connect(server.as_admin) as connection:
        return connection.execute("SELECT id FROM seuranta_jobs.procrastinate_workers").fetchall()


_IMPATIENT = """
from generator.hosted.logs import start_log
from generator.hosted.worker import WorkerSettings, work
start_log()
work(WorkerSettings(time_to_finish=1.0))
"""
_PARENT = """
from multiprocessing import get_context
from generator.hosted.worker import serve
child = get_context("spawn").Process(target=serve, args=(("rounds",), 1))
child.start()
print(child.pid, flush=True)
child.join()
"""
