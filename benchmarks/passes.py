"""Whole runs over 12, 50 and 200 workbooks: the first pass, one changed workbook, and nothing new."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.case import Aim, Bench, Line, growth
from benchmarks.data import Changes, change_settings, make_office, make_plan
from benchmarks.measure import Cost, Sample, Subject, cpu, interleaved, peak_memory, run_process, wall
from benchmarks.peers import CALAMINE, NAIVE, naive_command
from benchmarks.warm import WarmRounds

RUN = ("-m", "generator", "run")
# With the whole report alone, and with an extract for each officer and division.
WHOLE, EXTRACTS = "whole report", "with extracts"
_SETTINGS = {WHOLE: "[]", EXTRACTS: '["officer", "division"]'}


@dataclass(frozen=True, slots=True)
class Office:
    """The workspaces of an office: one with filled forms, and copies of it. What is there is used again."""

    folder: Path
    officers: int

    @property
    def filled(self) -> Path:
        """A workspace in which every officer has saved, and nothing has been read."""
        root = self.folder / f"{self.officers} filled"
        if not root.exists():
            shutil.rmtree(making := self.folder / "making", ignore_errors=True)
            make_office(making, make_plan(self.officers))
            making.rename(root)
        return root

    def fresh(self, kind: str) -> Path:
        """A new copy of it, with or without extracts."""
        return self._copy(kind, self.folder / f"{self.officers} fresh, {kind}")

    def passed(self, kind: str) -> Path:
        """A copy in which all has been read and published."""
        root = self.folder / f"{self.officers} passed, {kind}"
        if not root.exists():
            making = self._copy(kind, self.folder / "making")
            run_process(RUN, making)
            making.rename(root)
        run_process(RUN, root)  # what a moved folder costs is not counted
        return root

    def naive(self, program: str) -> Cost:
        """Runs a naive program over the same workbooks."""
        return run_process(naive_command(self.filled / "inbox", self.folder, program), self.folder)

    def _copy(self, kind: str, root: Path) -> Path:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.filled, root)
        change_settings(root, extracts=_SETTINGS[kind])
        return root


# Makes what is to be done once, in an office with or without extracts.
Once = Callable[[Office, str, ExitStack], Callable[[], Cost]]


def first_pass(bench: Bench) -> Iterator[Line]:
    """From a full inbox to the whole report, and to the last extract, in place: archived, checked, answered."""
    aims = {
        (WHOLE, 200): Aim(1.5, 5),
        (EXTRACTS, 200): Aim(1, 2),
        (WHOLE, 12): Aim(1, 2),
        (EXTRACTS, 12): Aim(1, 2),
    }
    yield from _beside_naive(bench, "first pass", _first_pass, aims)
    yield from _memory(Office(bench.folder, max(bench.sizes)))


def one_changed_fresh(bench: Bench) -> Iterator[Line]:
    """One changed workbook, by a new process of `seuranta run`."""
    aims = {(WHOLE, 200): Aim(12, 40)}
    yield from _beside_naive(bench, "one changed, fresh process", _one_changed_fresh, aims)


def one_changed_same(bench: Bench) -> Iterator[Line]:
    """One changed workbook in a watch: from the end of the quiet window to the whole report in place."""
    aims = {(kind, 200): Aim(40, 100) for kind in _SETTINGS}
    yield from _beside_naive(bench, "one changed, same process", _one_changed_same, aims)


def nothing_new(bench: Bench) -> Iterator[Line]:
    """A new process of `seuranta run` that finds nothing to do."""
    aims = {(kind, officers): aim for kind in _SETTINGS for officers, aim in ((200, Aim(30, 60)), (12, Aim(4, 6)))}
    yield from _beside_naive(bench, "nothing new, fresh process", _nothing_new, aims)


def _first_pass(office: Office, kind: str, _: ExitStack) -> Callable[[], Cost]:
    return lambda: run_process(RUN, office.fresh(kind))


def _one_changed_fresh(office: Office, kind: str, _: ExitStack) -> Callable[[], Cost]:
    changes = Changes(office.passed(kind))

    def once() -> Cost:
        changes.save()
        return run_process(RUN, changes.root)

    return once


def _one_changed_same(office: Office, kind: str, stack: ExitStack) -> Callable[[], Cost]:
    changes = Changes(office.passed(kind))
    rounds = WarmRounds(changes.root, stack)

    def once() -> Cost:
        changes.save()
        return rounds.round()

    once()  # the first change pays for what is then kept
    return once


def _nothing_new(office: Office, kind: str, _: ExitStack) -> Callable[[], Cost]:
    root = office.passed(kind)
    return lambda: run_process(RUN, root)


def _beside_naive(bench: Bench, what: str, once: Once, aims: Mapping[tuple[str, int], Aim]) -> Iterator[Line]:
    """Yields processor seconds and the clock's, with and without extracts, beside the naive programs' whole runs."""
    ours: dict[str, list[Sample]] = {kind: [] for kind in _SETTINGS}
    naive: list[Sample] = []
    for officers in bench.sizes:
        measured = _costs(Office(bench.folder, officers), once, bench.repeats)
        naive.append(cpu(NAIVE, measured[NAIVE]))
        for kind, samples in ours.items():
            where = f"{what}, {officers} workbooks, {kind}"
            samples.append(cpu(kind, measured[kind]))
            yield Line(f"{where}, CPU", samples[-1], naive[-1], aims.get((kind, officers), Aim()))
            yield Line(f"{where}, clock", wall(kind, measured[kind]), wall(NAIVE, measured[NAIVE]))
            if CALAMINE in measured:
                yield Line(f"{where}, CPU", samples[-1], cpu(CALAMINE, measured[CALAMINE]))
    if len(bench.sizes) > 1:
        for kind, samples in ours.items():
            yield growth(f"{what}, {kind}", bench.sizes, samples, naive)


def _costs(office: Office, once: Once, repeats: int) -> dict[str, tuple[Cost, ...]]:
    """Measures ours and the naive programs in turn; the costs by their names."""
    readers = (NAIVE, CALAMINE) if find_spec("python_calamine") else (NAIVE,)
    office.naive(NAIVE)  # its modules are compiled by now
    with ExitStack() as stack:
        ours = [Subject(kind, once(office, kind, stack)) for kind in _SETTINGS]
        subjects = [*ours, *(Subject(reader, partial(office.naive, reader)) for reader in readers)]
        costs = interleaved(repeats, *subjects)
    return dict(zip((subject.name for subject in subjects), costs, strict=True))


def _memory(office: Office) -> Iterator[Line]:
    naive = peak_memory(naive_command(office.filled / "inbox", office.folder, NAIVE), office.folder)
    for kind in _SETTINGS:
        ours = Sample(kind, (peak_memory(RUN, office.fresh(kind)),))
        what = f"first pass, {office.officers} workbooks, {kind}, peak memory"
        aim = Aim(150, 80, "MiB") if office.officers == 200 else Aim()
        yield Line(what, ours, Sample(NAIVE, (naive,)), aim, "MiB")
