"""Rendering alone: a report of many rows into the shipped template, beside docxtpl and the bound, without intake.

Each rendering is done by a process of its own, with its template's compiled form where the program keeps one:

    python -m benchmarks.rendering REPORT ours|docxtpl
    python -m benchmarks.rendering PIECES bound
"""

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.case import Aim, Bench, Line, growth
from benchmarks.data import SEED, STATUSES, Texts
from benchmarks.measure import Cost, Sample, Subject, cpu, interleaved, measured, peak_memory, said_by
from benchmarks.peers import TEMPLATE, bound, rows_of
from generator.disk.user_cache import open_user_cache
from generator.domain.base.settings import Settings
from generator.domain.follow_up.merge import merge
from generator.domain.output.frame import frame_of
from generator.domain.output.report import Report, make_report
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answers import Answer, Entry, EntryCells
from generator.formats.docx.document import render
from generator.formats.process.limits import collect_garbage_rarely
from generator.i18n.words import Words
from generator.workspace.settings_file import read_settings

EXAMPLE = TEMPLATE.parent.parent / "generator" / "example" / "seuranta.toml"
OURS, DOCXTPL, BOUND = "ours", "docxtpl", "bound"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Two files: a pickled report, and the pieces of XML that ours prints of it."""

    report: Path
    pieces: Path


def rendering(bench: Bench) -> Iterator[Line]:
    """Renders 500, 2,000 and 10,000 rows."""
    aims = {(DOCXTPL, 500): Aim(4, 6.5), (DOCXTPL, 10_000): Aim(8, 14)}
    aims |= {(BOUND, rows): Aim(1.8, 1.2, "× the bound") for rows in (500, 10_000)}
    ours, docxtpl = list[Sample](), list[Sample]()
    for rows in bench.sizes:
        prepared = _prepare(bench.folder, rows)
        _once(prepared, OURS)  # whatever is kept of the template is kept by now
        names = OURS, DOCXTPL, BOUND
        costs = interleaved(bench.repeats, *(Subject(name, partial(_once, prepared, name)) for name in names))
        samples = [cpu(name, each) for name, each in zip(names, costs, strict=True)]
        for peer in samples[1:]:
            yield Line(f"render alone, {rows} rows, CPU", samples[0], peer, aims.get((peer.name, rows), Aim()))
        ours.append(samples[0])
        docxtpl.append(samples[1])
    if len(bench.sizes) > 1:
        yield growth("render alone", bench.sizes, ours, docxtpl, aim=Aim(1.02, unit=""))
    yield _memory(prepared, max(bench.sizes))


def _memory(prepared: Prepared, rows: int) -> Line:
    folder = prepared.report.parent
    ours, docxtpl = (Sample(name, (peak_memory(_command(prepared, name), folder),)) for name in (OURS, DOCXTPL))
    aim = Aim(100, 60, "MiB") if rows == 10_000 else Aim()
    return Line(f"render alone, {rows} rows, peak memory", ours, docxtpl, aim, "MiB")


def _prepare(folder: Path, rows: int) -> Prepared:
    prepared, settings = (
        Prepared(folder / f"{rows} rows.report", folder / f"{rows} rows.pieces"),
        read_settings(EXAMPLE),
    )
    report = example(rows, settings)
    made = render(report, TEMPLATE.read_bytes(), settings.headings, Words(settings.language))
    prepared.report.write_bytes(pickle.dumps(report))
    prepared.pieces.write_bytes(pickle.dumps(rows_of(made)))
    return prepared


def _command(prepared: Prepared, name: str) -> tuple[str | Path, ...]:
    return "-m", "benchmarks.rendering", prepared.pieces if name == BOUND else prepared.report, name


def _once(prepared: Prepared, name: str) -> Cost:
    return Cost(**json.loads(said_by(_command(prepared, name), prepared.report.parent)))


def example(rows: int, settings: Settings) -> Report:
    """Returns a report of as many goals, all reported, with narratives of 425 characters on average."""
    texts = Texts(SEED)
    goals = tuple(Goal(code, texts.title(), texts.sentences(60), ("Johtaja",), "", "A2") for code in _codes(rows))
    answers = (
        Answer(_entry(goal, texts, EntryCells("", "", "", "")), number, "", "") for number, goal in enumerate(goals, 1)
    )
    plan = Plan(goals)
    return make_report(frame_of(settings, settings.language), plan, merge(plan, answers, settings.rollup))


def _entry(goal: Goal, texts: Texts, cells: EntryCells) -> Entry:
    status, degree = texts.choose(*STATUSES), texts.degree(goal.code)
    return Entry(goal.code, goal.officers[0], degree, status, goal.main_risks, texts.narrative(), True, cells)


def _codes(rows: int) -> Iterator[str]:
    """Yields as many codes as asked for, under at most 99 council-term goals, some 25 to each while they last."""
    roots = max(1, min(99, rows // 25))
    for root in range(1, roots + 1):
        yield from islice(_branch(f"{root:02}"), rows // roots + (root <= rows % roots))


def _branch(root: str) -> Iterator[str]:
    yield root
    for annual in range(1, 100):
        yield f"{root}.{annual:02}"
        yield from (f"{root}.{annual:02}.{action:02}" for action in range(1, 4))


def _renderer(name: str, content: Any) -> Callable[[], bytes]:
    """Returns what is measured; all that it imports and reads is there by then."""
    if name == BOUND:
        return partial(bound, content)
    settings, template = read_settings(EXAMPLE), TEMPLATE.read_bytes()
    if name == DOCXTPL:
        return _docxtpl_renderer(content, template, settings)
    collect_garbage_rarely()  # as the process does that prints
    return partial(render, content, template, settings.headings, Words(settings.language), cache=open_user_cache())


def _docxtpl_renderer(report: Report, template: bytes, settings: Settings) -> Callable[[], bytes]:
    """docxtpl as its users call it, with the values that ours prints in the shipped template.

    They are paragraphs that are made into XML when they are printed. It has no chart and no list of contents.
    """
    import jinja2
    from docxtpl import DocxTemplate
    from markupsafe import Markup

    from generator.formats.docx.chart import Chart
    from generator.formats.docx.contents import Contents
    from generator.formats.docx.runs import PLAIN, Paragraphs, paragraphs_xml
    from generator.formats.docx.values import make_fields

    def ready(value: object) -> object:
        if isinstance(value, Chart | Contents):
            return Markup("<w:p/>")
        return Markup(paragraphs_xml(value, PLAIN)) if isinstance(value, Paragraphs) else value

    def print_it() -> bytes:
        values = make_fields(report, settings.headings, Words(settings.language))
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, finalize=ready)
        document, made = DocxTemplate(BytesIO(template)), BytesIO()
        context = {field.name: getattr(values, field.name) for field in fields(values)}
        document.render(context, environment, autoescape=True)
        document.save(made)
        return made.getvalue()

    return print_it


def main() -> None:
    path, name = sys.argv[1:]
    cost = measured(_renderer(name, pickle.loads(Path(path).read_bytes())))
    print(json.dumps({"cpu": cost.cpu, "wall": cost.wall}))


if __name__ == "__main__":
    main()
