"""Rings become rounds, rounds become reports and PDFs, whoever does them; what a dead worker left another does."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import procrastinate
import psycopg
import pytest

from generator.hosted.exchange import move_to_database, move_to_folder
from generator.hosted.jobs import (
    QUEUES,
    WorkspaceChange,
    _enqueue,
    _enqueue_pdf,
    enqueue_jobs,
    procrastinate_app,
    revive_jobs,
)
from generator.hosted.registry import HostedWorkspace, Registry
from generator.hosted.round import WantedPdf, keep_saves, make_round
from generator.store.postgres.connection import only_for
from generator.workspace.settings_edit import with_state
from tests.builders import CLERK, DIRECTOR
from tests.flow.test_watch import wait_until
from tests.hosted.test_exchange import documents
from tests.workspaces import command, files_in, fill, make_workspace_with_forms
from tools.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres


# Once a year: the look at all workspaces every ten minutes would come into the midst of a test.
_SELDOM = "0 0 1 1 *"


@pytest.fixture(autouse=True)
def empty(server: PostgresServer) -> None:
    """No workspaces and no jobs from the tests before."""
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("DELETE FROM seuranta.workspaces")
        connection.execute("SET search_path TO seuranta_jobs")
        connection.execute("DELETE FROM procrastinate_jobs")


def hosted(server: PostgresServer, root: Path, key: str) -> HostedWorkspace:
    """A workspace whose state is in the database."""
    root.mkdir()
    make_workspace_with_forms(root, pdf=False, quiet_seconds=0)
    workspace = HostedWorkspace(key, root)
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        Registry(connection).add(workspace)
    move_to_database(root, root / ".seuranta", key)
    return workspace


def saved(root: Path, degree: int = 3) -> None:
    for officer in (CLERK, DIRECTOR):
        fill(root / "inbox" / f"{officer}.xlsx", {"01.10": {"degree": degree, "narrative": "Etenee."}})


def in_queues(server: PostgresServer, act: Callable[[procrastinate.App], Awaitable[object]]) -> object:
    async def run() -> object:
        app = procrastinate_app(server.as_worker, rescan_at=_SELDOM)
        async with app.open_async():
            return await act(app)

    return asyncio.run(run())


def work(server: PostgresServer) -> None:
    """Does all jobs that wait, and those that they ask for."""
    in_queues(server, lambda app: app.run_worker_async(queues=list(QUEUES), wait=False, install_signal_handlers=False))


def rung(server: PostgresServer, *workspaces: HostedWorkspace) -> None:
    async def act(app: procrastinate.App) -> None:
        await enqueue_jobs(app, *(WorkspaceChange(workspace, "saves") for workspace in workspaces))

    in_queues(server, act)


@contextmanager
def worker_until_killed(code: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker as a process of its own; it is killed when the block ends, if it has not ended by itself."""
    worker = subprocess.Popen([sys.executable, "-c", code], env=os.environ)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def waiting(server: PostgresServer) -> list[tuple[object, ...]]:
    """The workspaces' jobs that wait or are being done; those that come by the clock are none of them."""
    with psycopg.connect(server.as_admin) as connection:
        asked = "SELECT task_name, status::text FROM seuranta_jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')"
        return [row for row in connection.execute(asked).fetchall() if row[0] in QUEUES]


def test_a_hundred_rings_are_one_look_and_one_report(server: PostgresServer, tmp_path: Path) -> None:
    workspace = hosted(server, tmp_path / "hosted", "satakello")
    alone = tmp_path / "alone"
    alone.mkdir()
    make_workspace_with_forms(alone, pdf=False, quiet_seconds=0)
    saved(workspace.root), saved(alone)
    rung(server, *[workspace] * 100)
    assert waiting(server) == [("saves", "todo")]
    work(server)
    command(alone, "run")
    assert documents(workspace.root) == documents(alone) != {}
    assert waiting(server) == []


def test_a_round_goes_before_a_pdf_that_waits_longer(server: PostgresServer, tmp_path: Path) -> None:
    async def act(app: procrastinate.App) -> list[str]:
        await _enqueue_pdf(app, HostedWorkspace("eka", tmp_path), WantedPdf("X.docx", "0"))
        await _enqueue(app, "rounds", HostedWorkspace("toka", tmp_path))
        worker = await app.job_manager.register_worker()
        jobs = [await app.job_manager.fetch_job(["rounds", "pdfs"], worker) for _ in range(2)]
        return [job.queue for job in jobs if job]

    assert in_queues(server, act) == ["rounds", "pdfs"]


def test_more_saves_than_one_job_takes_go_on_in_others(server: PostgresServer, tmp_path: Path) -> None:
    workspace = hosted(server, tmp_path / "hosted", "suuri")
    with only_for("suuri"):
        saved(workspace.root)
        rung(server, workspace)
        keep_saves(workspace.root)
        assert make_round(workspace.root, most=1).is_unfinished and documents(workspace.root) == {}
    in_queues(server, lambda app: _enqueue(app, "rounds", workspace))
    work(server)
    assert len(documents(workspace.root)) == 5 and waiting(server) == []


def test_a_workspace_whose_settings_name_another_gets_nothing_of_it(server: PostgresServer, tmp_path: Path) -> None:
    one, other = (hosted(server, tmp_path / key, key) for key in ("omansa", "vieras"))
    saved(one.root), saved(other.root)
    settings = one.root / "seuranta.toml"
    settings.write_text(with_state(settings.read_text(encoding="utf-8"), "postgresql:vieras"), encoding="utf-8")
    rung(server, one, other)
    work(server)
    assert documents(one.root) == {} and documents(other.root) != {}
    assert waiting(server) == []


def _renamed(root: Path) -> None:
    root.rename(root.with_name("muualla"))


def _left(root: Path) -> None:
    move_to_folder(root, root.name)


def _without_state(root: Path) -> None:
    (root / "seuranta.toml").write_text("[period", encoding="utf-8")


@pytest.mark.parametrize("change", [_renamed, _left, _without_state])
@pytest.mark.parametrize("queue", ["saves", "rounds"])
def test_nothing_is_made_in_a_folder_whose_settings_do_not_name_the_database(
    queue: str, change: Callable[[Path], None], server: PostgresServer, tmp_path: Path
) -> None:
    """It has left, or is no workspace: a second state would lie beside that of the municipality."""
    key = f"{queue}{change.__name__}".replace("_", "-")
    workspace = hosted(server, tmp_path / key, key)
    saved(workspace.root)
    change(workspace.root)
    before = files_in(tmp_path)
    in_queues(server, lambda app: _enqueue(app, queue, workspace))
    work(server)
    assert files_in(tmp_path) == before
    # Without its folder it is tried again: the share may not be mounted.
    assert waiting(server) == ([(queue, "todo")] if change is _renamed else [])
    with psycopg.connect(server.as_admin) as connection:
        failed = "SELECT count(*) FROM seuranta_jobs.procrastinate_jobs WHERE status = 'failed'"
        assert connection.execute(failed).fetchone() == (0,)


def test_a_job_is_due_by_the_clock_of_the_database(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker whose clock is an hour ahead would hold all later rings up for that hour."""
    workspace = HostedWorkspace("kello", tmp_path)
    monkeypatch.setattr(procrastinate.utils, "utcnow", lambda: datetime.now(UTC) + timedelta(hours=1))
    in_queues(server, lambda app: _enqueue(app, "saves", workspace, after=30))
    with psycopg.connect(server.as_admin) as connection:
        due = "SELECT scheduled_at - now() < interval '31 s' FROM seuranta_jobs.procrastinate_jobs"
        assert connection.execute(due).fetchone() == (True,)


def test_what_a_killed_worker_was_doing_another_does(server: PostgresServer, tmp_path: Path) -> None:
    workspace = hosted(server, tmp_path / "hosted", "kuollut")
    saved(workspace.root)
    rung(server, workspace)
    with worker_until_killed(_SERVES_AND_HANGS):
        wait_until(lambda: ("rounds", "doing") in waiting(server))
    work(server)
    assert documents(workspace.root) == {}
    assert in_queues(server, lambda app: revive_jobs(app, dead_after=0.0)) == 1
    work(server)
    assert documents(workspace.root) != {} and waiting(server) == []


def test_a_worker_that_dies_after_keeping_saves_leaves_their_round_to_others(
    server: PostgresServer, tmp_path: Path
) -> None:
    workspace = hosted(server, tmp_path / "hosted", "kesken")
    saved(workspace.root)
    rung(server, workspace)
    kept = tmp_path / "kept"
    with worker_until_killed(_KEEPS_AND_HANGS.format(kept=str(kept))):
        wait_until(kept.exists)
    in_queues(server, lambda app: revive_jobs(app, dead_after=0.0))
    work(server)
    assert documents(workspace.root) != {} and waiting(server) == []


def test_a_dead_workers_job_is_dropped_where_the_same_one_waits(server: PostgresServer, tmp_path: Path) -> None:
    workspace = hosted(server, tmp_path / "hosted", "kahdesti")
    saved(workspace.root)
    rung(server, workspace)
    with worker_until_killed(_SERVES_AND_HANGS):
        wait_until(lambda: ("rounds", "doing") in waiting(server))
        in_queues(server, lambda app: _enqueue(app, "rounds", workspace))
    in_queues(server, lambda app: revive_jobs(app, dead_after=0.0))
    assert waiting(server).count(("rounds", "todo")) == 1 and ("rounds", "doing") not in waiting(server)
    work(server)
    assert documents(workspace.root) != {}


@pytest.mark.parametrize("queue", QUEUES)
def test_a_job_that_cannot_be_done_now_leaves_no_lock_where_the_same_one_waits(
    queue: str, server: PostgresServer, tmp_path: Path
) -> None:
    """The library's own retry would leave it in progress, and nothing more would be done for its workspace."""
    workspace = hosted(server, tmp_path / "hosted", f"kansiotta-{queue}")
    values = {"draft_name": "X.docx", "sha256": "0"} if queue == "pdfs" else {}
    lock = f"{queue}:{workspace.key}" + (":X.docx" if values else "")
    queueing_lock = f"{lock}:0" if values else lock

    async def put(app: procrastinate.App) -> None:
        job = app.configure_task(queue, lock=lock, queueing_lock=queueing_lock)
        await job.defer_async(key=workspace.key, root=str(workspace.root), **values)

    in_queues(server, put)
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    with worker_until_killed(_FAILS.format(begun=str(begun), ended=str(ended))):
        wait_until(begun.exists)
        in_queues(server, put)
        ended.touch()
        wait_until(lambda: not [status for _, status in waiting(server) if status == "doing"])
        assert waiting(server) == [(queue, "todo")]


def test_a_worker_that_is_asked_twice_to_end_finishes_its_job(server: PostgresServer, tmp_path: Path) -> None:
    """systemd asks every process of a service, and our own parent asks its children."""
    workspace = hosted(server, tmp_path / "hosted", "pyydetty")
    in_queues(server, lambda app: _enqueue(app, "rounds", workspace))
    begun, ended, done = (tmp_path / name for name in ("begun", "ended", "done"))
    with worker_until_killed(_WORKS_LONG.format(*map(str, (begun, ended, done)))) as worker:
        wait_until(begun.exists)
        for _ in range(2):
            worker.send_signal(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                worker.wait(1)
        ended.touch()
        assert worker.wait(60) == 0 and done.exists()
    assert "rounds" not in [task for task, _ in waiting(server)]


_WORKS_LONG = """
from pathlib import Path
from generator.hosted import jobs, worker
from generator.hosted.round import RoundDone
from tests.flow.test_watch import wait_until
def work(root):
    Path({!r}).touch()
    wait_until(Path({!r}).exists)
    Path({!r}).touch()
    return RoundDone(is_unfinished=False)
jobs.make_round = work
worker.serve(("rounds",), 1)
"""
_KEEPS_AND_HANGS = """
from pathlib import Path
from threading import Event
from generator.hosted import jobs, worker
keep = jobs.keep_saves
def keep_and_hang(root):
    keep(root)
    Path({kept!r}).touch()
    Event().wait()
jobs.keep_saves = keep_and_hang
worker.serve(jobs.QUEUES, 1)
"""
_FAILS = """
from pathlib import Path
from generator.errors import FolderError
from generator.hosted import jobs, worker
from tests.flow.test_watch import wait_until
def fail(*_):
    Path({begun!r}).touch()
    wait_until(Path({ended!r}).exists)
    raise FolderError("away")
jobs.keep_saves = jobs.make_round = jobs.make_pdf = fail
worker.serve(jobs.QUEUES, 1, "0 0 1 1 *")
"""
_SERVES_AND_HANGS = """
from threading import Event
from generator.hosted import jobs, worker
jobs.make_round = lambda root: Event().wait()
worker.serve(jobs.QUEUES, 1, "0 0 1 1 *")
"""
