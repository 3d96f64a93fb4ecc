"""Measures many municipalities in one database: reports and PDFs with one or more workers, and the cost of crashes.

    python -m benchmarks.hosted --case reports --municipalities 300 --workers 1 2 4
    python -m benchmarks.hosted --case large --municipalities 300 --large 300 --workers 2
    python -m benchmarks.hosted --case pdfs --municipalities 20 --seconds 30 --workers 1 2 4
    python -m benchmarks.hosted --case roles
    python -m benchmarks.hosted --case crashes --municipalities 300 --kills 100 --restarts 10 --crash-seconds 300

Each municipality has twelve officers with four goals each; all save within a minute. A worker machine is a
process with a disk of its own. Exit code 1: a save was lost or journaled twice, a document is missing or has other
bytes than the one that `seuranta run` makes, or a job was left undone.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

import psycopg
from psycopg import sql

from benchmarks.data import SEED
from benchmarks.municipalities import Machine, Municipality, Office, move_into_database
from generator.store.postgres.connection import connect_as
from generator.store.postgres.machine_settings import DATABASE_VARIABLE
from generator.store.postgres.schema import add_role
from tools.postgres_server import PostgresServer, postgres_server

OFFICERS = 12
LOOK_SECONDS = 0.5
# Seconds without a new report, or with a job left, after which the benchmark no longer waits.
PATIENCE = 300.0
# Seconds that workers and ring get to start.
_SETTLE = 5.0
# The number of the large municipality.
LARGE = 9999


@dataclass(frozen=True, slots=True)
class Evening:
    """A deadline evening: how many municipalities and worker machines, and within how many seconds all save."""

    municipalities: int
    workers: int
    seconds: float = 60.0
    large: int = 0
    pdf: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds from each municipality's last save to its report, and what all of it cost.

    `first_to_last` is from the first save of all to the last report of all; `cpu` are the processor seconds of workers
    and ring; `sizes` are the MiB of the database's largest tables; `faults`: what was lost, doubled or left undone.
    """

    waits: tuple[float, ...]
    first_to_last: float
    cpu: float
    sizes: tuple[tuple[str, float], ...]
    faults: tuple[str, ...]


Disturb = Callable[[PostgresServer, list[Machine]], None]


def play(evening: Evening, folder: Path, disturb: Disturb | None = None) -> Outcome:
    """Runs a deadline evening on a new server with new workspaces.

    Args:
        folder: keeps model workspaces and documents to compare with for other evenings.
        disturb: called once in a thread during the evening, to kill machines and restart the server.
    """
    with tempfile.TemporaryDirectory() as temporary, postgres_server() as server, ExitStack() as left:
        municipalities = tuple(_municipalities(evening, folder, Path(temporary, "share")))
        move_into_database(server, municipalities)
        used = _cpu_of_children()
        machines = [Machine(server, Path(temporary, f"machine {n}"), "worker") for n in range(evening.workers)]
        ring = Machine(server, Path(temporary, "ring"), "ring")
        for machine in (ring, *machines):
            left.callback(machine.stop)
        time.sleep(_SETTLE)
        wait_until(lambda: not jobs_in(server))
        disturbing = Thread(target=disturb or (lambda *_: None), args=(server, machines))
        disturbing.start()
        saved_at, ready_at = _evening(municipalities, evening)
        disturbing.join()
        wait_until(lambda: not jobs_in(server))
        faults, sizes = tuple(_faults(server, municipalities, evening)), _sizes(server)
        left.close()
        if faults:
            print(*(machine.log_end() for machine in (ring, *machines)), sep="\n", file=sys.stderr)
        waits = tuple(ready_at[key] - saved_at[key] for key in ready_at)
        lasted = max(ready_at.values(), default=0.0) - min(saved_at.values())
        return Outcome(waits, lasted, _cpu_of_children() - used, sizes, faults)


def _municipalities(evening: Evening, folder: Path, share: Path) -> Iterator[Municipality]:
    """Yields the municipalities, the large one last."""
    office = Office(folder, OFFICERS)
    for number in range(1, evening.municipalities + 1):
        yield office.municipality(number, share, pdf=evening.pdf)
    if evening.large:
        yield Office(folder, evening.large).municipality(LARGE, share, pdf=evening.pdf)


def _evening(municipalities: Sequence[Municipality], evening: Evening) -> tuple[dict[str, float], dict[str, float]]:
    """Saves all files; returns when each municipality's last save was made, and when its report was there."""
    saved_at: dict[str, float] = {}
    officers = Thread(target=_save_all, args=(municipalities, evening.seconds, saved_at))
    officers.start()
    ready_at = _ready_times(municipalities, evening)
    officers.join()
    return saved_at, ready_at


def _save_all(municipalities: Sequence[Municipality], seconds: float, saved_at: dict[str, float]) -> None:
    """Writes all saves at random moments, evenly spread; the same ones in each run."""
    chance = random.Random(SEED)
    saves = [(chance.uniform(0, seconds), each.workspace.key, save) for each in municipalities for save in each.saves]
    begin = time.monotonic()
    for moment, key, save in sorted(saves, key=lambda each: each[0]):
        time.sleep(max(0.0, begin + moment - time.monotonic()))
        save.write()
        saved_at[key] = time.monotonic()


def _ready_times(municipalities: Sequence[Municipality], evening: Evening) -> dict[str, float]:
    """Waits for the reports, and for their PDFs where they are made; a municipality without one is left out."""
    ready_at: dict[str, float] = {}
    latest = time.monotonic()
    while len(ready_at) < len(municipalities) and time.monotonic() < latest + PATIENCE:
        for each in municipalities:
            if each.workspace.key not in ready_at and each.has_report(pdf=evening.pdf):
                ready_at[each.workspace.key] = latest = time.monotonic()
        time.sleep(LOOK_SECONDS)
    return ready_at


def _faults(server: PostgresServer, municipalities: Sequence[Municipality], evening: Evening) -> Iterator[str]:
    """Yields what was lost, doubled, or left undone."""
    for each in municipalities:
        if not each.has_all():
            yield f"{each.workspace.key}: documents are missing or are others"
        if not each.has_report(pdf=evening.pdf):
            yield f"{each.workspace.key}: no PDF"
        yield from (f"{path.name} was left in {path.parent}" for path in each.workspace.root.rglob(".seuranta-*.part"))
    with psycopg.connect(server.as_admin) as connection:
        found = connection.execute(_JOURNALED).fetchall()
        journaled = Counter({(str(key), str(path), str(digest)): int(count) for key, path, digest, count in found})
        left = connection.execute("SELECT task_name, status::text FROM seuranta_jobs.procrastinate_jobs").fetchall()
    saved = Counter(
        (each.workspace.key, save.path.name, sha256(save.data).hexdigest())
        for each in municipalities
        for save in each.saves
    )
    yield from (f"lost: {save}" for save in saved - journaled)
    yield from (f"doubled: {save}" for save in journaled - saved)
    yield from (f"left: {task} {status}" for task, status in left)


def _sizes(server: PostgresServer) -> tuple[tuple[str, float], ...]:
    """Returns the MiB of the largest tables with their indexes, and of the archive's contents before compression."""
    with psycopg.connect(server.as_admin) as connection:
        found = [*connection.execute(_TABLE_SIZES), *connection.execute(_ARCHIVE_SIZE)]
    return tuple((str(name), float(str(size)) / 2**20) for name, size in found)


def jobs_in(server: PostgresServer) -> int:
    """Returns how many jobs wait or are being done; 1 if the server is down."""
    try:
        with psycopg.connect(server.as_admin) as connection:
            row = connection.execute(_UNDONE).fetchone()
            return int(row[0]) if row else 0
    except psycopg.OperationalError:
        return 1


def crashes(kills: int, restarts: int, seconds: float) -> Disturb:
    """Returns a function that kills machines and restarts the database at random moments within these seconds."""

    def disturb(server: PostgresServer, machines: list[Machine]) -> None:
        chance = random.Random(SEED)
        acts = ["kill"] * kills + ["restart"] * restarts
        moments = sorted((chance.uniform(0, seconds), act) for act in acts)
        begin = time.monotonic()
        for moment, act in moments:
            time.sleep(max(0.0, begin + moment - time.monotonic()))
            if act == "restart":
                server.stop()
                server.start()
            else:
                machine = chance.choice(machines)
                machine.kill()
                machine.start()

    return disturb


def wait_until(done: Callable[[], bool]) -> None:
    """Waits until something is true, at most `PATIENCE` seconds."""
    end = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < end:
        time.sleep(LOOK_SECONDS)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def percentile(values: Sequence[float], share: int) -> float:
    """Returns the value below which this share (1 to 99, in hundredths) of the values lie."""
    return quantiles(values, n=100, method="inclusive")[share - 1]


def show(what: str, outcome: Outcome, first: Outcome) -> bool:
    """Prints a line of the table, with the time as a ratio to the first line's; True if nothing was at fault."""
    waits = outcome.waits
    ratio = first.first_to_last / outcome.first_to_last
    print(
        f"{what:44} {percentile(waits, 50):8.1f} {percentile(waits, 99):8.1f} {max(waits):8.1f}"
        f" {outcome.first_to_last:9.1f} {ratio:6.2f} {outcome.cpu:8.1f} {len(outcome.faults):7}",
        flush=True,
    )
    print("  MiB:", ", ".join(f"{name} {size:.1f}" for name, size in outcome.sizes), flush=True)
    if outcome.faults:
        print(*(f"  {fault}" for fault in outcome.faults[:10]), sep="\n", file=sys.stderr)
    return not outcome.faults


def main() -> None:
    chosen = _arguments()
    print("from the last save of a municipality to its report: median, 99 of 100, longest; seconds")
    print(f"{'':44} {'p50':>8} {'p99':>8} {'longest':>8} {'in all s':>9} {'ratio':>6} {'CPU s':>8} {'faults':>7}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        good = [_CASES[name](chosen, folder) for name in ([chosen.case] if chosen.case else _CASES)]
    sys.exit(0 if all(good) else 1)


def _reports(chosen: argparse.Namespace, folder: Path) -> bool:
    return _over_workers(chosen, folder, pdf=False)


def _pdfs(chosen: argparse.Namespace, folder: Path) -> bool:
    return _over_workers(chosen, folder, pdf=True)


def _over_workers(chosen: argparse.Namespace, folder: Path, *, pdf: bool) -> bool:
    good, first = True, None
    for workers in chosen.workers:
        outcome = play(Evening(chosen.municipalities, workers, chosen.seconds, pdf=pdf), folder)
        first = first or outcome
        made = "PDFs" if pdf else "reports"
        good &= show(f"{chosen.municipalities} municipalities, {made}, {workers} workers", outcome, first)
    return good


def _large(chosen: argparse.Namespace, folder: Path) -> bool:
    workers = chosen.workers[-1]
    without = play(Evening(chosen.municipalities, workers, chosen.seconds), folder)
    beside = play(Evening(chosen.municipalities, workers, chosen.seconds, chosen.large), folder)
    good = show(f"{chosen.municipalities} municipalities, {workers} workers", without, without)
    return show(f"the same beside one of {chosen.large} workbooks", beside, without) and good


def _crashes(chosen: argparse.Namespace, folder: Path) -> bool:
    evening = Evening(chosen.municipalities, chosen.workers[-1], chosen.seconds)
    outcome = play(evening, folder, crashes(chosen.kills, chosen.restarts, chosen.crash_seconds))
    return show(f"{chosen.kills} kills, {chosen.restarts} restarts of the database", outcome, outcome)


def _roles(chosen: argparse.Namespace, folder: Path) -> bool:
    """Prints what a connection as one workspace costs, by how many workspaces there are."""
    with postgres_server() as server, psycopg.connect(server.as_admin, autocommit=True) as connection:
        os.environ[DATABASE_VARIABLE] = server.as_worker
        made = 0
        for count in chosen.roles:
            for number in range(made, count):
                add_role(connection, f"kunta{number:05d}")
            made = count
            times = [_seconds_to_connect(f"kunta{number:05d}") for number in range(20)]
            print(f"{count} roles: a connection takes {median(times) * 1000:.1f} ms", flush=True)
    return True


def _seconds_to_connect(key: str) -> float:
    begin = time.perf_counter()
    with closing(connect_as(key)):
        return time.perf_counter() - begin


_CASES = {"roles": _roles, "reports": _reports, "large": _large, "pdfs": _pdfs, "crashes": _crashes}
_UNDONE = (
    "SELECT count(*) FROM seuranta_jobs.procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name <> 'revive'"
)
_TABLE_SIZES = sql.SQL(
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'seuranta'::regnamespace ORDER BY 2 DESC LIMIT 6"
)
_ARCHIVE_SIZE = sql.SQL("SELECT 'archive as saved', sum(octet_length(data)) FROM seuranta.archive")
_JOURNALED = (
    "SELECT substr(workspace::text, 10), line::json->>'path', line::json->>'digest', count(*) FROM seuranta.journal"
    " WHERE line::json->>'record' = 'save' GROUP BY 1, 2, 3"
)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", choices=list(_CASES))
    parser.add_argument("--municipalities", type=int, default=30)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=60.0, help="within which all officers save")
    parser.add_argument("--large", type=int, default=300, help="workbooks of the large municipality")
    parser.add_argument("--roles", type=int, nargs="+", default=[300, 1000, 3000])
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--restarts", type=int, default=2)
    parser.add_argument("--crash-seconds", type=float, default=60.0, help="within which machines are killed")
    parser.add_argument("--folder", type=Path, help="keeps the offices in this folder, and uses what is there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
