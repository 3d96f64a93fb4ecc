"""Whether a run costs more where many old saves are held: 10 officers with 1, 20 and 200 old saves each.

    python -m benchmarks.bench_old_saves [--saves 1 20 200] [--repeats 5]

Prints CPU seconds (median, runs interleaved) of the whole process `seuranta run` and of a warm round inside one
process, each with nothing new and with one changed workbook, and the ratio to the smallest. Exit code 1: a ratio is
above 1.10.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.intake import Officer, make_workspace
from generator.app.rounds import Rounds
from generator.app.run import make_keeper, opened, settle, system_clock
from generator.app.run import run as run_once
from generator.workspace.folders import Workspace

OFFICERS = 10
LARGEST_RATIO = 1.10


@dataclass(slots=True)
class Prepared:
    """A workspace with old saves; `next_version` is the number of the next version that somebody saves."""

    workspace: Workspace
    officers: list[Officer]
    next_version: int = 0

    def save_one(self, officer: Officer) -> None:
        (self.workspace.inbox / officer.file).write_bytes(officer.version(self.next_version))
        self.next_version += 1


def prepare(root: Path, saves: int) -> Prepared:
    """Every officer saves and a run follows, as often as told."""
    workspace = make_workspace(root, OFFICERS, quiet_seconds=0, pdf=False, extracts=[])
    made = Prepared(workspace, [Officer(workspace, number) for number in range(OFFICERS)])
    for _ in range(saves):
        for officer in made.officers:
            made.save_one(officer)
        run_once(root, system_clock())
    return made


def process_seconds(prepared: Prepared) -> float:
    """CPU seconds, user and system, of `python -m generator run`."""
    before = _children()
    done = subprocess.run(
        [sys.executable, "-m", "generator", "run"], cwd=prepared.workspace.root, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class WarmRounds:
    """Rounds on a workspace that stays open, as `watch` makes them."""

    def __init__(self, prepared: Prepared, stack: ExitStack) -> None:
        self._clock = system_clock()
        self._keeper = make_keeper(prepared.workspace.root, self._clock)
        self._keeper.journal.read()
        session, broken = stack.enter_context(opened(prepared.workspace.root, self._keeper, self._clock))
        self._rounds = Rounds(session, self._clock.now, broken.settings_error)

    def seconds(self) -> float:
        """CPU seconds of a take and of publishing the documents; keeping the saves before it is not counted."""
        settle(self._keeper, self._clock)
        self._rounds.begin_result()
        begin = time.process_time()
        assert self._rounds.take()
        for edition in self._rounds.editions():
            self._rounds.publish(edition)
        return time.process_time() - begin


def measure(all_prepared: list[Prepared], repeats: int) -> dict[str, list[float]]:
    """The median seconds of each measurement, for each workspace."""
    found: dict[str, list[list[float]]] = {}
    _repeat("process", tuple((each, _process(each)) for each in all_prepared), repeats, found)
    with ExitStack() as stack:
        warm = tuple((each, WarmRounds(each, stack)) for each in all_prepared)
        for _, rounds in warm:
            rounds.seconds()
        _repeat("warm", tuple((each, rounds.seconds) for each, rounds in warm), repeats, found)
    return {name: [median(values) for values in each] for name, each in found.items()}


def _process(prepared: Prepared) -> Callable[[], float]:
    return lambda: process_seconds(prepared)


def _repeat(
    name: str,
    timed: tuple[tuple[Prepared, Callable[[], float]], ...],
    repeats: int,
    found: dict[str, list[list[float]]],
) -> None:
    kinds = f"{name}, nothing new", f"{name}, one changed"
    for kind in kinds:
        found[kind] = [[] for _ in timed]
    for turn in range(repeats):
        for number, (prepared, seconds) in enumerate(timed):
            found[kinds[0]][number].append(seconds())
            prepared.save_one(prepared.officers[turn % OFFICERS])
            found[kinds[1]][number].append(seconds())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saves", type=int, nargs="+", default=[1, 20, 200])
    parser.add_argument("--repeats", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepared = [prepare(Path(folder) / f"kunta-{saves}", saves) for saves in chosen.saves]
        measured = measure(prepared, chosen.repeats)
    print(f"{'CPU s (median)':24}" + "".join(f"{saves:>8} saves  ratio" for saves in chosen.saves))
    worst = 0.0
    for name, values in measured.items():
        ratios = [value / values[0] for value in values]
        worst = max(worst, *ratios)
        print(f"{name:24}" + "".join(f"{v:14.4f} {r:6.2f}" for v, r in zip(values, ratios, strict=True)))
    sys.exit(1 if worst > LARGEST_RATIO else 0)


if __name__ == "__main__":
    main()
