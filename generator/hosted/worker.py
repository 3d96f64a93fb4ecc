"""`seuranta worker`: processes that do the jobs of the queues, and a health page.

Each process makes one round or PDF at a time. Keeping saves is mostly waiting until a file stands unchanged, so one
process keeps those of many workspaces at once.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context, parent_process
from socket import gethostname
from threading import Event, Thread
from time import monotonic

from procrastinate.exceptions import ConnectorException

from generator.domain.base.rule import N_
from generator.errors import UsageError
from generator.hosted.jobs import PDFS, RESCAN, ROUNDS, SAVES, procrastinate_app
from generator.hosted.logs import reason_of, start_log
from generator.hosted.queue_tables import DEAD_AFTER
from generator.hosted.registry import wait_for_database
from generator.store.postgres.connection import database, database_in_words
from generator.store.postgres.machine_settings import machine_settings, settings_file

log = logging.getLogger(__name__)

# How many workspaces' saves one process keeps at once.
SAVES_AT_ONCE = 40
# Seconds: between signs of life of a process, between two looks at the processes, and between two requests to end.
_HEARTBEAT = 5.0
_LOOK = 1.0
_ASK_AGAIN = 5.0
# Threads beside those of the jobs, for the list of workspaces.
_SPARE_THREADS = 2


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How a worker works: the queues that it serves, its processes, and the port of its health page (None: none).

    `time_to_finish` are the seconds that jobs have to finish when the worker ends.
    """

    queues: tuple[str, ...] = (SAVES, ROUNDS, PDFS)
    processes: int = 1
    health_port: int | None = None
    time_to_finish: float = 120.0


def work(settings: WorkerSettings) -> None:
    """Serves the queues until the process is asked to end; a process that dies is replaced.

    A job that is being done when the worker ends is finished first, if that does not take too long; else another worker
    does it again.
    """
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    _log_start(settings)
    children: list[_WorkerProcess] = []
    health = _serve_health(settings.health_port, children) if settings.health_port else None
    try:
        wait_for_database(stop)
        children += [_WorkerProcess(queues, at_once) for queues, at_once in _parts(settings) if not stop.is_set()]
        while not stop.wait(_LOOK):
            for child in children:
                child.restart_if_dead()
    finally:
        log.info("ending; jobs that are being done are finished first")
        until = monotonic() + settings.time_to_finish
        for child in children:
            child.ask_to_end()
        for child in children:
            child.end(until)
        if health:
            health.shutdown()
        log.info("the worker has ended")


def _log_start(settings: WorkerSettings) -> None:
    port = settings.health_port
    log.info(
        "worker of %s; settings file: %s; queues: %s; rounds and PDFs at once: %s; archive: %s; health page: %s",
        database_in_words(),
        settings_file() or "none",
        ", ".join(settings.queues),
        settings.processes,
        machine_settings().archive or "in the database",
        f"http://127.0.0.1:{port}" if port else "none",
    )


def _parts(settings: WorkerSettings) -> Iterable[tuple[tuple[str, ...], int]]:
    """Yields for each process its queues, and how many of its jobs run at once."""
    if SAVES in settings.queues:
        yield (SAVES,), SAVES_AT_ONCE
    others = tuple(queue for queue in settings.queues if queue != SAVES)
    yield from [(others, 1)] * settings.processes if others else []


class _WorkerProcess:
    """A process that serves some queues."""

    def __init__(self, queues: tuple[str, ...], at_once: int) -> None:
        self._arguments = (queues, at_once)
        self._start()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def restart_if_dead(self) -> None:
        if not self.is_alive and monotonic() - self._since > _LOOK:
            queues, code = ", ".join(self._arguments[0]), self._process.exitcode
            log.warning("a process that served %s has ended (exit code %s); another takes its place", queues, code)
            self._start()

    def ask_to_end(self) -> None:
        if self.is_alive:
            self._process.terminate()

    def end(self, until: float) -> None:
        """Waits for its job to finish, and kills it after that time of the monotonic clock.

        It is asked again to end, since it may have been starting the first time.
        """
        while self.is_alive and (left := until - monotonic()) > 0:
            self._process.terminate()
            self._process.join(min(_ASK_AGAIN, left))
        if self.is_alive:
            log.warning("a job of %s did not finish in time; another worker does it", ", ".join(self._arguments[0]))
            self._process.kill()
            self._process.join()

    def _start(self) -> None:
        self._since = monotonic()
        self._process = get_context("spawn").Process(target=serve, args=self._arguments)
        self._process.start()


def serve(queues: tuple[str, ...], at_once: int, rescan_at: str = RESCAN) -> None:
    """Does the jobs of some queues in this process until it is asked to end.

    Args:
        at_once: how many jobs run at the same time, each in a thread of its own.
        rescan_at: when every workspace is looked at, as a cron time.
    """
    start_log()
    Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        asyncio.run(_serve(queues, at_once, rescan_at))
    except ConnectorException as error:
        log.warning("the database cannot be used now: %s", reason_of(error))


def _end_with_parent() -> None:
    """Waits until the parent process has ended, then ends this one after its job: nothing else would end it."""
    if parent := parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


async def _serve(queues: tuple[str, ...], at_once: int, rescan_at: str) -> None:
    app = procrastinate_app(database(), rescan_at)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(at_once + _SPARE_THREADS))
    async with app.open_async():
        _finish_though_asked_again()
        await app.run_worker_async(
            queues=list(queues),
            concurrency=at_once,
            name=f"{gethostname()}:{os.getpid()}",
            update_heartbeat_interval=_HEARTBEAT,
            stalled_worker_timeout=DEAD_AFTER,
            delete_jobs="successful",
        )


def _finish_though_asked_again() -> None:
    """Makes a second SIGINT or SIGTERM do nothing, so that the job is finished.

    There are two, since systemd and a terminal send the signal to each process, and our parent to its children. The
    library handles the first and then restores the handlers set here. They are functions and not SIG_IGN, since child
    processes such as LibreOffice would inherit an ignored signal.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)


def _serve_health(port: int, children: list[_WorkerProcess]) -> ThreadingHTTPServer:
    """Answers 200 at each path while all processes live, else 503.

    Raises:
        UsageError: another program has the port, or it may not be used.
    """

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            lives = bool(children) and all(child.is_alive for child in children)
            self.send_response(200 if lives else 503)
            self.end_headers()
            self.wfile.write(b"ok\n" if lives else b"a process has ended, or none has begun\n")

        def log_message(self, format: str, *args: object) -> None:
            log.debug(format, *args)

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Health)
    except OSError as error:
        raise UsageError(_NO_PORT, _ANOTHER_PORT, port=port, error=error) from error
    Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server


_NO_PORT = N_("Port {port} cannot be used: {error}")
_ANOTHER_PORT = N_("Choose another with --health-port, or stop the program that uses it.")
