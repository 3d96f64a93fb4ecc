"""Finds numbered lists that would run on from one repeated section of a report to the next.

Word begins a level of a list anew only below a paragraph of a higher level of the same list; so does LibreOffice.
Source: ISO/IEC 29500-1, 17.9.10 (lvlRestart), 17.9.18 (numId).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import Fault, make_error
from generator.formats.docx.package import parse_xml
from generator.formats.docx.places import Places
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import NUMBERING_TYPE, STYLES_TYPE, own_text, w
from generator.formats.opc.xml import Element

_LOOP = re.compile(r"\{%-?\s*(p|tr|tc)?\s*(end)?for\b")
_UNCOUNTED = ("bullet", "none")
_NO_LIST = "0"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A template's lists: the number properties of each style by its id, and each counted level (list, level)."""

    styles: Mapping[str, tuple[str, str]]
    counted: frozenset[tuple[str, str]]

    def level_of(self, paragraph: Element) -> tuple[str, str] | None:
        """The list and the level by which a paragraph is counted; None where it has no number."""
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        inherited = self.styles.get("" if style is None else str(style.get(w("val"))), (_NO_LIST, "0"))
        number, step = _number_properties(paragraph)
        level = inherited[0] if number is None else number, inherited[1] if step is None else step
        return level if level in self.counted else None


@dataclass(frozen=True, slots=True)
class _Style:
    """A style's own list and level, and the id of the style that it is based on."""

    number: str | None
    level: str | None
    base: str | None


def read_numbering(parts: Mapping[str, bytes]) -> Numbering:
    """Reads the lists of a template's package."""
    roots = [parse_xml(parts[name]) for name in parts_of_type(parts, STYLES_TYPE, NUMBERING_TYPE)]
    styles = {str(style.get(w("styleId"))): _read_style(style) for root in roots for style in root.iter(w("style"))}
    return Numbering(
        {name: _of_style(name, styles) for name in styles},
        frozenset(level for root in roots for level in _counted_levels(root)),
    )


def numbering_questions(root: Element, part: str, numbering: Numbering) -> Iterator[TemplateError]:
    """One question for each list that runs on, at its first paragraph in the loop."""
    places = Places(root, part)
    lists = defaultdict[tuple[int, str], list[tuple[str, int, Element]]](list)
    for loop, depth, paragraph in _repeated(root):
        if level := numbering.level_of(paragraph):
            lists[loop, level[0]].append((level[1], depth, paragraph))
    for members in lists.values():
        highest = min(level for level, _, _ in members)
        first, *more = [(depth, paragraph) for level, depth, paragraph in members if level == highest]
        if more or first[0] > 1:  # one paragraph a section counts the sections, which is meant
            yield make_error(RUNS_ON, places.of(first[1]))


def _repeated(root: Element) -> Iterator[tuple[int, int, Element]]:
    """Each paragraph inside a loop: the number of its outermost loop, how many loops are open, and the paragraph."""
    loop = depth = 0
    for paragraph in root.iter(w("p")):
        marks = list(_LOOP.finditer(own_text(paragraph)))
        if depth and not any(mark[1] for mark in marks):  # {%p for %} goes with its paragraph
            yield loop, depth, paragraph
        for mark in marks:
            loop += 1 if not depth and not mark[2] else 0
            depth += -1 if mark[2] else 1


def _number_properties(holder: Element) -> tuple[str | None, str | None]:
    """Returns the own list and level of a paragraph or style; None for each that it does not have."""
    number, level = (holder.find(f"{w('pPr')}/{w('numPr')}/{w(name)}") for name in ("numId", "ilvl"))
    return _value(number), _value(level)


def _read_style(style: Element) -> _Style:
    return _Style(*_number_properties(style), _value(style.find(w("basedOn"))))


def _value(element: Element | None) -> str | None:
    return None if element is None else str(element.get(w("val")))


def _of_style(name: str, styles: Mapping[str, _Style]) -> tuple[str, str]:
    """Returns the list and level of a style: its own, else those of the nearest style that it is based on."""
    line: dict[str, _Style] = {}
    base: str | None = name
    while base is not None and base not in line and base in styles:
        line[base] = styles[base]
        base = styles[base].base
    number = next((style.number for style in line.values() if style.number is not None), _NO_LIST)
    level = next((style.level for style in line.values() if style.level is not None), "0")
    return number, level


def _counted_levels(numbering: Element) -> Iterator[tuple[str, str]]:
    kinds = {str(kind.get(w("abstractNumId"))): kind for kind in numbering.iter(w("abstractNum"))}
    for number in numbering.iter(w("num")):
        kind = number.find(w("abstractNumId"))
        for level in () if kind is None else kinds.get(str(kind.get(w("val"))), kind).iter(w("lvl")):
            form = level.find(w("numFmt"))
            if form is None or form.get(w("val")) not in _UNCOUNTED:
                yield str(number.get(w("numId"))), str(level.get(w("ilvl")))


_ADVICE = N_(
    "Nothing needs to be done, if one numbering is meant. Else use bullets, or a multilevel list whose first level is "
    "the section’s heading: Word begins the second level anew below each heading."
)
RUNS_ON = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the numbering goes on from one repeated part of the report "
        "to the next. The cell reads: {near}"
    ),
    N_("{part}: the numbering goes on from one repeated part of the report to the next. The paragraph reads: {near}"),
    _ADVICE,
)
