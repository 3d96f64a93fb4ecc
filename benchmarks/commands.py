"""The single commands: reading and checking a form, --help, status, and writing everybody's forms."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import openpyxl

from benchmarks.case import Aim, Bench, Line
from benchmarks.data import forms_in, make_plan, make_workspace
from benchmarks.measure import Cost, Sample, Subject, cpu, interleaved, measured, run_process
from benchmarks.passes import EXTRACTS, RUN, Office
from generator.app.plans import read_current_plan
from generator.app.rules import Rules, examine, read_saved
from generator.app.session import Session, ask
from generator.workspace.folders import open_workspace

FORMS = 10  # read in one measurement
SEURANTA = ("-m", "generator")
# Names and bytes of workbooks.
Saved = list[tuple[str, bytes]]


def read_form(bench: Bench) -> Iterator[Line]:
    """Reads and checks 40-row forms in this process, beside openpyxl's and calamine's reading alone."""
    for officers in bench.sizes:
        root = Office(bench.folder, officers).filled
        saved = [(path.name, path.read_bytes()) for path in forms_in(root / "inbox")[:FORMS]]
        what = f"read and check a 40-row form of {officers} officers, CPU"
        samples = ask(open_workspace(root), partial(_read_beside, saved, bench.repeats))
        for peer, aim in zip(samples[1:], (Aim(3, 8), Aim()), strict=False):
            yield Line(what, samples[0], peer, aim, "ms")


def _read_beside(saved: Saved, repeats: int, session: Session) -> tuple[Sample, ...]:
    """Returns the milliseconds a form of ours and of the other readers."""
    rules = Rules(session, read_current_plan(session).plan)

    def check(name: str, data: bytes) -> None:
        examine(session, rules.of_today, read_saved(data), name, standings=rules.standings)

    readers = {"read and check": check, "openpyxl": _read_with_openpyxl}
    if find_spec("python_calamine"):
        readers["calamine"] = _read_with_calamine
    for read in readers.values():
        _each(saved, read)  # what is made once is made by now
    subjects = (Subject(name, partial(measured, partial(_each, saved, read))) for name, read in readers.items())
    return tuple(map(partial(_a_form, len(saved)), readers, interleaved(repeats, *subjects)))


def _a_form(forms: int, name: str, costs: Sequence[Cost]) -> Sample:
    return Sample(name, tuple(cost.cpu * 1000 / forms for cost in costs))


def start(bench: Bench) -> Iterator[Line]:
    """--help, and status of an office of 12, beside a Python that does nothing.

    What the last run says of the status holds for its own language; in another one all is made anew.
    """
    for officers in bench.sizes:
        root = Office(bench.folder, officers).passed(EXTRACTS)
        run_process(RUN, root)  # finds nothing to do, so that its answer is known
        names = "--help", "status", "status anew", "bare Python"
        status_anew = (*SEURANTA, "status", "--lang", "sv")
        commands = (*SEURANTA, "--help"), (*SEURANTA, "status"), status_anew, ("-c", "pass")
        subjects = (Subject(name, partial(run_process, each, root)) for name, each in zip(names, commands, strict=True))
        help_, status, anew, bare = map(cpu, names, interleaved(bench.repeats, *subjects))
        yield Line("--help, CPU", help_, bare, Aim(0.15, 0.08, "s"))
        yield Line(f"status, {officers} workbooks, CPU", status, bare, Aim(0.35, 0.2, "s"))
        yield Line(f"status, {officers} workbooks, after news, CPU", anew, bare)


def forms(bench: Bench) -> Iterator[Line]:
    """Writes the forms of a whole municipality, and once more with nothing to do."""
    for officers in bench.sizes:
        root, blank = (bench.folder / f"{officers} {what}" for what in ("with forms", "without forms"))
        shutil.rmtree(blank, ignore_errors=True)
        make_workspace(blank, make_plan(officers))
        subjects = Subject("new", partial(_new_forms, blank, root)), Subject("again", partial(_forms, root))
        new, again = map(cpu, ("new", "again"), interleaved(bench.repeats, *subjects))
        aims = (Aim(4, 1.5, "s"), Aim(0.5, 0.2, "s")) if officers == 300 else (Aim(), Aim())
        yield Line(f"forms, {officers} officers, all new, CPU", new, None, aims[0])
        yield Line(f"forms, {officers} officers, nothing to do, CPU", again, None, aims[1])


def _new_forms(blank: Path, root: Path) -> Cost:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(blank, root)
    return _forms(root)


def _forms(root: Path) -> Cost:
    return run_process((*SEURANTA, "forms"), root)


def _each(saved: Saved, read: Callable[[str, bytes], None]) -> None:
    for name, data in saved:
        read(name, data)


def _read_with_openpyxl(_: str, data: bytes) -> None:
    list(openpyxl.load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True))


def _read_with_calamine(_: str, data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
