"""The jobs of the queues in the database. After a change, saves are kept, then a round is made, then its PDFs.

In the queues `saves` and `rounds` at most one job of a workspace waits and at most one runs, so a hundred changes make
one job. In `pdfs` that holds for each document.
"""

import logging
from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TypeVar

import procrastinate
from procrastinate import exceptions
from procrastinate.jobs import JobDeferrer, Status

from generator.errors import FolderError, SettingsError, SeurantaError
from generator.hosted.queue_tables import DEAD_AFTER
from generator.hosted.registry import HostedWorkspace, open_registry
from generator.hosted.round import WantedPdf, keep_saves, make_pdf, make_round, refuse_state_elsewhere
from generator.store.postgres.connection import PREFIX, only_for
from generator.workspace.folders import SETTINGS_FILE

log = logging.getLogger(__name__)

T = TypeVar("T")

SAVES, ROUNDS, PDFS = QUEUES = ("saves", "rounds", "pdfs")
# Seconds until the next try of a job whose folder or database is out of reach. It is enqueued anew: the library's own
# retry leaves a job in progress for ever if another one of the workspace waits (its issues 1446 and 1543).
_TRY_AGAIN = 30
# What is raised if the database or the folder is out of reach: without its folder a workspace has no settings file.
_UNREACHABLE = (FolderError, SettingsError)
# Hours that a failed job is kept, so that `seuranta hosted list` can count it.
_KEEP_FAILED = 7 * 24
# Saves that are still being written are looked at again after this many seconds.
_LOOK_AGAIN = 3
# Saves and rounds of all workspaces come before PDFs, whose priority is 0.
_BEFORE_PDFS = 1
# Cron times; the sixth field is seconds. Jobs of dead workers are looked for every fifteen seconds, and every workspace
# is looked at every ten minutes, even if no change was noticed.
_REVIVE, RESCAN = "* * * * * */15", "*/10 * * * *"


def procrastinate_app(database: str, rescan_at: str = RESCAN) -> procrastinate.App:
    """Returns procrastinate's app for the queues of a database.

    Args:
        database: a connection string of libpq.
        rescan_at: when workers look at all workspaces, as a cron time.
    """
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=database, min_size=1, max_size=4))
    for queue, work in ((SAVES, saves), (ROUNDS, rounds), (PDFS, pdfs)):
        app.task(name=queue, queue=queue, pass_context=True)(work)
    for cron, act in ((_REVIVE, revive), (rescan_at, rescan)):
        task = app.task(name=act.__name__, queue=SAVES, queueing_lock=act.__name__, pass_context=True)(act)
        app.periodic(cron=cron)(task)
    return app


@dataclass(frozen=True, slots=True)
class WorkspaceChange:
    """A file of a workspace has changed: SAVES is the queue for a file of the inbox, ROUNDS for any other."""

    workspace: HostedWorkspace
    queue: str


async def enqueue_jobs(app: procrastinate.App, *changes: WorkspaceChange) -> None:
    """Puts the job for each change into its queue, unless the same job waits there already."""
    for each in changes:
        await _enqueue(app, each.queue, each.workspace)


async def saves(context: procrastinate.JobContext, key: str, root: str) -> None:
    """Keeps a workspace's saves, and enqueues a round if there is anything new."""
    workspace = HostedWorkspace(key, Path(root))
    try:
        look = await _run_in_thread(workspace, keep_saves)
    except _UNREACHABLE as error:
        log.warning("%s: saves could not be kept, tried again in %s s: %s", key, _TRY_AGAIN, error)
        return await _enqueue(context.app, SAVES, workspace, after=_TRY_AGAIN)
    if look is None:
        return
    log.info("%s: looked at the inbox; files kept: %s, not yet: %s", key, len(look.kept), len(look.unsettled))
    if look.kept or look.left or look.unreadable:
        await _enqueue(context.app, ROUNDS, workspace)
    if look.waiting or look.missing:
        await _enqueue(context.app, SAVES, workspace, after=_LOOK_AGAIN)


async def rounds(context: procrastinate.JobContext, key: str, root: str) -> None:
    """Makes a round over a workspace, and enqueues the next one and the PDFs that are needed."""
    workspace, begun = HostedWorkspace(key, Path(root)), monotonic()
    try:
        done = await _run_in_thread(workspace, make_round)
    except _UNREACHABLE as error:
        log.warning("%s: no round could be made, tried again in %s s: %s", key, _TRY_AGAIN, error)
        return await _enqueue(context.app, ROUNDS, workspace, after=_TRY_AGAIN)
    if done is None:
        return
    told = "round done in %.1f s%s; saves read: %s, PDFs to make: %s"
    more = ", and more to do" if done.is_unfinished else ""
    log.info(f"%s: {told}", key, monotonic() - begun, more, done.saves, len(done.pdfs))
    if done.is_unfinished:
        await _enqueue(context.app, ROUNDS, workspace)
    for wanted in done.pdfs:
        await _enqueue_pdf(context.app, workspace, wanted)


async def pdfs(context: procrastinate.JobContext, key: str, root: str, *, draft_name: str, sha256: str) -> None:
    """Makes the PDF of a document, unless the document has changed since."""
    workspace, wanted, begun = HostedWorkspace(key, Path(root)), WantedPdf(draft_name, sha256), monotonic()
    try:
        is_made = await _run_in_thread(workspace, lambda root: make_pdf(root, wanted))
    except _UNREACHABLE as error:
        log.warning("%s: the PDF of %s could not be made, tried again in %s s: %s", key, draft_name, _TRY_AGAIN, error)
        return await _enqueue_pdf(context.app, workspace, wanted, after=_TRY_AGAIN)
    told = "PDF made" if is_made else "no PDF made (there is one, or a newer document, or a problem in tilanne.html)"
    log.info("%s: %s in %.1f s: %s", key, told, monotonic() - begun, draft_name)


async def revive(context: procrastinate.JobContext, timestamp: int) -> None:
    """Gives the jobs of dead workers to others."""
    await revive_jobs(context.app, DEAD_AFTER)


async def rescan(context: procrastinate.JobContext, timestamp: int) -> None:
    """Enqueues jobs for every workspace, since a change may have been missed, and deletes old failed jobs."""
    await context.app.job_manager.delete_old_jobs(nb_hours=_KEEP_FAILED, include_failed=True)
    for workspace in await to_thread(_all_workspaces):
        await enqueue_jobs(context.app, *all_changes(workspace))


def all_changes(workspace: HostedWorkspace) -> tuple[WorkspaceChange, ...]:
    """Returns a change for each queue of a workspace, for when it is not known what has changed."""
    return WorkspaceChange(workspace, SAVES), WorkspaceChange(workspace, ROUNDS)


async def revive_jobs(app: procrastinate.App, dead_after: float) -> int:
    """Gives the jobs of dead workers to others; returns how many.

    Args:
        dead_after: seconds without a sign of life.
    """
    dead = tuple(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=dead_after))
    for job in dead:
        log.warning("job %s (%s) is given to another worker", job.id, job.task_name)
        try:
            await app.job_manager.retry_job(job)
        except exceptions.UniqueViolation:  # the same job of its workspace waits already
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        if job.queue == SAVES and "key" in job.task_kwargs:
            # It may have kept saves and not enqueued their round.
            await _enqueue(
                app, ROUNDS, HostedWorkspace(str(job.task_kwargs["key"]), Path(str(job.task_kwargs["root"])))
            )
    return len(dead)


def _all_workspaces() -> tuple[HostedWorkspace, ...]:
    with open_registry() as registry:
        return registry.all()


async def _run_in_thread(workspace: HostedWorkspace, act: Callable[[Path], T]) -> T | None:
    """Does the work of a job in a thread; returns None if a fault in the municipality's own files prevents it.

    Raises:
        FolderError: the database is out of reach.
        SettingsError: the workspace's folder is out of reach.
    """
    with only_for(workspace.key):
        return await to_thread(_run_or_warn, workspace, act)


def _run_or_warn(workspace: HostedWorkspace, act: Callable[[Path], T]) -> T | None:
    try:
        refuse_state_elsewhere(workspace.root, PREFIX + workspace.key)
        return act(workspace.root)
    except SeurantaError as error:
        if isinstance(error, FolderError) or not (workspace.root / SETTINGS_FILE).exists():
            raise
        # tilanne.html tells it too, if there is a workspace; the next change or rescan tries again.
        log.warning("%s: %s", workspace.key, error)
        return None


async def _enqueue(app: procrastinate.App, queue: str, workspace: HostedWorkspace, after: int = 0) -> None:
    lock = f"{queue}:{workspace.key}"
    due = await _due_time(app, after)
    job = app.configure_task(queue, lock=lock, queueing_lock=lock, schedule_at=due, priority=_BEFORE_PDFS)
    await _defer(job, workspace)


async def _due_time(app: procrastinate.App, after: int) -> datetime | None:
    """Returns the time in `after` seconds by the database's clock, which decides when a job is due; None for now."""
    if not after:
        return None
    row = await app.connector.execute_query_one_async("SELECT now() AS now")
    return datetime.fromisoformat(str(row["now"])) + timedelta(seconds=after)


async def _enqueue_pdf(app: procrastinate.App, workspace: HostedWorkspace, wanted: WantedPdf, after: int = 0) -> None:
    lock = f"{PDFS}:{workspace.key}:{wanted.draft_name}"
    values = {"draft_name": wanted.draft_name, "sha256": wanted.sha256}
    due = await _due_time(app, after)
    job = app.configure_task(PDFS, lock=lock, queueing_lock=f"{lock}:{wanted.sha256}", schedule_at=due)
    await _defer(job, workspace, **values)


async def _defer(job: JobDeferrer, workspace: HostedWorkspace, **values: str) -> None:
    """Puts a job into its queue, unless the same job waits there already."""
    try:
        await job.defer_async(key=workspace.key, root=str(workspace.root), **values)
    except exceptions.AlreadyEnqueued:
        log.debug("%s is waiting already", job.job.queueing_lock)
