"""What is held already: a round costs the same after many saves and after many periods as after one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks.case import Aim, Bench, Line
from benchmarks.data import (
    SEED,
    Changes,
    change_settings,
    fill_all,
    forms_in,
    make_plan,
    make_small_plan,
    make_workspace,
)
from benchmarks.intake import Officer
from benchmarks.measure import Cost, Subject, cpu, interleaved, run_process
from benchmarks.warm import WarmRounds
from generator.app.forms import write_forms
from generator.app.run import run as run_once
from generator.app.run import system_clock

OFFICERS = 10  # whose saves grow in number
RUN = ("-m", "generator", "run")
_SAME = Aim(0.91)  # within 10 %


def old_saves(bench: Bench) -> Iterator[Line]:
    """Ten officers who have each saved 1, 20 and 200 times."""
    return _beside_the_least(bench, "old saves of each of 10 officers", _with_old_saves)


def periods(bench: Bench) -> Iterator[Line]:
    """1 and 20 periods held, in each of which every officer has reported 40 goals."""
    return _beside_the_least(bench, f"periods of {bench.officers} officers", partial(_with_periods, bench.officers))


def _with_old_saves(root: Path, saves: int) -> None:
    """Every officer saves and a run follows, as often as told."""
    workspace = make_workspace(root, make_small_plan(OFFICERS))
    write_forms(workspace, None, None)
    people = [Officer(form) for form in forms_in(workspace.inbox)]
    for turn in range(saves):
        for person in people:
            (workspace.inbox / person.file).write_bytes(person.version(turn))
        run_once(root, system_clock())


def _with_periods(officers: int, root: Path, count: int) -> None:
    """As many periods, one after the other: forms, answers, and a run."""
    workspace = make_workspace(root, make_plan(officers))
    change_settings(root, extracts="[]")
    names = [f"{2001 + number // 2}-{number % 2 + 1}" for number in range(count)]
    for number, name in enumerate(names):
        workspace = change_settings(root, id=f'"{name}"', previous=f'"{names[max(0, number - 1)]}"')
        for path in workspace.inbox.iterdir():
            path.unlink()
        write_forms(workspace, None, None)
        fill_all(workspace, SEED + 1000 * number)
        run_once(root, system_clock())


def _beside_the_least(bench: Bench, what: str, prepare: Callable[[Path, int], None]) -> Iterator[Line]:
    """Yields lines that compare a changed workbook and nothing new at each size with those at the smallest."""
    roots = [bench.folder / f"{size} {what}" for size in bench.sizes]
    for root, size in zip(roots, bench.sizes, strict=True):
        if not root.exists():
            prepare(root, size)
    names = [str(size) for size in bench.sizes]
    with ExitStack() as stack:
        for kind, acts in (
            ("one changed, fresh process", [_changed_fresh(root) for root in roots]),
            ("nothing new, fresh process", [_nothing_new(root) for root in roots]),
            ("one changed, same process", [_changed_same(root, stack) for root in roots]),
        ):
            subjects = (Subject(name, act) for name, act in zip(names, acts, strict=True))
            least, *others = map(cpu, names, interleaved(bench.repeats, *subjects))
            for more in others:
                yield Line(f"{more.name} {what}, {kind}, CPU", more, least, _SAME)


def _changed_fresh(root: Path) -> Callable[[], Cost]:
    changes = Changes(root)

    def once() -> Cost:
        changes.save()
        return run_process(RUN, root)

    return once


def _nothing_new(root: Path) -> Callable[[], Cost]:
    run_process(RUN, root)
    return partial(run_process, RUN, root)


def _changed_same(root: Path, stack: ExitStack) -> Callable[[], Cost]:
    changes, rounds = Changes(root), WarmRounds(root, stack)

    def once() -> Cost:
        changes.save()
        return rounds.round()

    return once
