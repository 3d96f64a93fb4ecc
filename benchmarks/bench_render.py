"""How long the document takes to write, beside docxtpl alone with the same template and the same values.

python benchmarks/bench_render.py [--rows 500 2000 10000]
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path

import jinja2
from docxtpl import DocxTemplate
from markupsafe import Markup

from generator.domain.base.settings import Rollup, Settings
from generator.domain.follow_up.merge import merge
from generator.domain.output.report import Report, frame_of, make_report
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answers import Answer, Entry, EntryCells
from generator.formats.docx.chart import Chart
from generator.formats.docx.contents import Contents
from generator.formats.docx.document import render
from generator.formats.docx.runs import PLAIN, Paragraphs, paragraphs_xml
from generator.formats.docx.template import open_template
from generator.formats.docx.values import make_fields
from generator.i18n.words import Words
from generator.workspace.settings_file import read_settings

ROOT = Path(__file__).parent.parent
ACTIONS = 3  # to an annual goal
NARRATIVE = "Työ on edennyt suunnitelman mukaan, ja palvelut & tilat otetaan käyttöön syksyllä <2026>. " * 4


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, nargs="+", default=[500, 2_000, 10_000])
    settings = read_settings(ROOT / "generator" / "example" / "seuranta.toml")
    template = (ROOT / "templates" / "report.docx").read_bytes()
    print(f"{'rows':>7} {'seuranta, s':>12} {'rows/s':>9} {'docxtpl, s':>11} {'rows/s':>9} {'times faster':>13}")
    render_with_docxtpl(example(25, settings), template, settings)  # the catalogues are read once in a process
    for rows in arguments.parse_args().rows:
        report = example(rows, settings)
        open_template.cache_clear()
        ours = _seconds(partial(render, report, template, settings.headings, Words(settings.language)))
        theirs = _seconds(partial(render_with_docxtpl, report, template, settings))
        line = f"{rows:>7} {ours:>12.2f} {rows / ours:>9.0f} {theirs:>11.2f} {rows / theirs:>9.0f}"
        print(f"{line} {theirs / ours:>13.1f}", flush=True)


def example(rows: int, settings: Settings) -> Report:
    """A report of as many goals, all reported, with a narrative of about 350 characters each."""
    goals = tuple(Goal(code, f"Tavoite {code}", "Riski", ("Kunnanjohtaja",), "", "A2") for code in _codes(rows))
    cells = EntryCells("", "", "", "")
    answers = (
        Answer(Entry(goal.code, "Kunnanjohtaja", 3, "viivästynyt", "Riski", NARRATIVE, True, cells), number, "", "")
        for number, goal in enumerate(goals, 1)
    )
    plan = Plan(goals)
    return make_report(frame_of(settings, settings.language), plan, merge(plan, answers, Rollup.MEDIAN))


def render_with_docxtpl(report: Report, template: bytes, settings: Settings) -> bytes:
    """docxtpl as its users call it, given each value ready for printing."""
    values = make_fields(report, settings.headings, Words(settings.language))
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, finalize=_ready)
    document = DocxTemplate(BytesIO(template))
    document.render({field.name: getattr(values, field.name) for field in fields(values)}, environment, autoescape=True)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _ready(value: object) -> object:
    """docxtpl has no chart and no list of contents: it is spared them."""
    if isinstance(value, Chart | Contents):
        return Markup("<w:p/>")
    return Markup(paragraphs_xml(value, PLAIN)) if isinstance(value, Paragraphs) else value


def _codes(rows: int) -> Iterator[str]:
    """As many codes as asked for, under at most 99 council-term goals, about 25 to each while they last."""
    roots = max(1, min(99, rows // 25))
    for root in range(1, roots + 1):
        size = rows // roots + (root <= rows % roots)
        yield from islice(_branch(f"{root:02}"), size)


def _branch(root: str) -> Iterator[str]:
    yield root
    for annual in range(1, 100):
        yield f"{root}.{annual:02}"
        yield from (f"{root}.{annual:02}.{action:02}" for action in range(1, ACTIONS + 1))


def _seconds(work: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
