"""Writes docs/performance.md and its picture: what was measured, on which machine, with which versions."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from html import escape
from importlib.metadata import PackageNotFoundError, version
from math import log10
from pathlib import Path

from benchmarks.case import Line, value_text
from benchmarks.measure import Sample

DOCS = Path(__file__).parent.parent / "docs"
LIBRARIES = ("openpyxl", "pydantic", "docxtpl", "python-docx", "lxml", "Jinja2", "python-calamine")
INTRODUCTION = """# How fast

<!-- Made by `make bench`; run it again, do not change this page. -->

`make bench` writes this page and its picture; `make bench-quick` runs every case once on small offices. Nothing on
this page fails a test. A case and its peers take turns in one run. What stands here are medians, ± the distance between
the largest and the smallest value as a share of the median. CPU: the processor's seconds, user and system, of whole
processes with their children. Memory: what all processes of a case held together at most.

**The peers.** *naive*: `benchmarks/naive.py`, openpyxl, pydantic and docxtpl in about a hundred lines, reads all
workbooks and prints everything each time; it keeps nothing, answers nobody and checks no document. *naive, calamine*:
the same, read by calamine. *docxtpl*: the same values in the same template by docxtpl alone. *bound*: the finished XML
of the rows joined and deflated by zlib, level 6. *×* is the peer's median divided by ours: 2 × is twice as fast.

**The data.** 40 goals a workbook, texts of 425 characters on average, Finnish-like and all different, from one seed. No
PDF is made. *whole report*: `extracts = []`; *with extracts*: one for each officer and division too. *same process*:
from the end of the quiet window to the whole report in place; *fresh process*: all of `seuranta run`.

"""


def write_page(lines: Sequence[Line]) -> None:
    """Writes the page and the picture for the lines that were measured."""
    aimed = [line for line in lines if line.aim.least is not None]
    parts = (
        INTRODUCTION,
        f"**The machine.** {_machine()}\n\n**Versions.** {_versions()}\n\n",
        "## What is hoped for\n\n![How many times as fast as its peer each case is](pictures/performance.svg)\n\n",
        _table(aimed),
        "\n## All figures\n\n",
        _table(lines),
    )
    (DOCS / "performance.md").write_text("".join(parts), encoding="utf-8")
    (DOCS / "pictures" / "performance.svg").write_text(picture(aimed), encoding="utf-8")


def _table(lines: Iterable[Line]) -> str:
    head = "| what | ours | peer | × | at least | wanted |\n|---|---|---|---|---|---|\n"
    return head + "".join(map(_row, lines))


def _row(line: Line) -> str:
    peer = f"{line.peer.name}: {_measured(line.peer, line.unit)}" if line.peer else ""
    ratio = f"{line.ratio:.2f}" if line.ratio else ""
    return f"| {' | '.join((line.what, _measured(line.ours, line.unit), peer, ratio, *line.aim.texts))} |\n"


def _measured(sample: Sample, unit: str) -> str:
    spread = f" ± {sample.spread:.0%}" if len(sample.values) > 1 else ""
    return value_text(sample.median, unit) + spread


def _machine() -> str:
    cpus, memory = Path("/proc/cpuinfo"), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    named = re.search(r"model name\s*:\s*(.+)", cpus.read_text()) if cpus.exists() else None
    model = named[1] if named else platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()}."


def _versions() -> str:
    return ", ".join((f"Python {platform.python_version()}", *map(_version, LIBRARIES))) + "."


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"no {library}"


LEFT, WIDTH, LINE_HEIGHT = 460, 440, 24  # of the picture, in pixels
LOWEST, HIGHEST = 0.05, 200.0  # times as fast


def picture(lines: Sequence[Line]) -> str:
    """Returns an SVG picture with a bar for each line that is compared; ticks show what is hoped for."""
    compared = [line for line in lines if line.aim.unit == "×" and line.ratio]
    height = LINE_HEIGHT * (len(compared) + 1)
    marks = "".join(_scale_mark(value, height) for value in (0.1, 1, 10, 100))
    bars = "".join(_bar(line, LINE_HEIGHT * number) for number, line in enumerate(compared))
    title = "<title>How many times as fast as its peer each case is, and what is hoped for</title>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 20} {height}" role="img" '
        f'font-family="sans-serif" font-size="12">{title}'
        f'<rect width="100%" height="100%" fill="#fff"/>{marks}{bars}</svg>\n'
    )


def _bar(line: Line, top: int) -> str:
    ratio = line.ratio or LOWEST
    ticks = "".join(
        f'<rect x="{_x(value):.0f}" y="{top}" width="2" height="20" fill="{colour}"/>'
        for value, colour in ((line.aim.least, "#a4262c"), (line.aim.wanted, "#1b6e3c"))
        if value
    )
    name = f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end">{escape(line.what)}</text>'
    bar = f'<rect x="{LEFT}" y="{top + 4}" width="{_x(ratio) - LEFT:.0f}" height="12" fill="#3b6ea5"/>'
    return f'{name}{bar}{ticks}<text x="{_x(ratio) + 4:.0f}" y="{top + 14}">{ratio:.2g} ×</text>'


def _scale_mark(value: float, height: int) -> str:
    return (
        f'<path d="M{_x(value):.0f} 0V{height - 16}" stroke="#bbb"/>'
        f'<text x="{_x(value):.0f}" y="{height - 4}" text-anchor="middle" fill="#555">{value:g} ×</text>'
    )


def _x(ratio: float) -> float:
    """The place of a ratio on a scale of logarithms."""
    share = log10(min(max(ratio, LOWEST), HIGHEST) / LOWEST) / log10(HIGHEST / LOWEST)
    return LEFT + WIDTH * share
