"""The rules of accessible Word documents, and faults as values.

Sources: act 306/2019, EN 301 549 clause 10, WCAG 2.1 AA as it applies to documents, PDF/UA for what the PDF takes over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from generator.formats.opc.part_labels import part_label

LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0


class Translate(Protocol):
    """Returns a message in a language, with its values filled in."""

    def __call__(self, message: str, **values: object) -> str: ...


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for a message that is translated later
    """Marks a message for the catalogue."""
    return message


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A rule of accessible documents: its name, whether breaking it is an error, what it says and what to do."""

    name: str
    is_error: bool
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One fault of a document.

    `rule` is a word of `DOCUMENT_RULES`. `part` is a part's name as in the template's errors (`document`, `header1`).
    `place` is where in it, the same in every language: `table 4, row 12, cell 7`, `paragraph 3`, `style Title`, all
    1-based; None where it is the whole part. `value` is what was read there.
    """

    rule: str
    part: str
    place: str | None
    value: str


@dataclass(frozen=True, slots=True)
class DescribedFault:
    """A fault in words: where it is, what is wrong, and what to do."""

    where: str
    message: str
    advice: str


def describe(fault: DocumentFault, words: Translate) -> DescribedFault:
    """Puts a fault into words of a language."""
    rule = DOCUMENT_RULES[fault.rule]
    value = _RATIO.sub(lambda found: words(_RATIO_IN_WORDS, ratio=float(found[1])), fault.value)
    steps = (_step(step, words) for step in fault.place.split(", ")) if fault.place else ()
    return DescribedFault(
        where=", ".join((words(part_label(fault.part)), *steps)),
        message=words(rule.message, value=value),
        advice=words(rule.advice, value=value),
    )


_RATIO = re.compile(r"([0-9]+\.[0-9]) : 1")
_RATIO_IN_WORDS = N_("{ratio} : 1")


def _step(step: str, words: Translate) -> str:
    kind, _, name = step.partition(" ")
    return words(_STEPS[kind], name=name)


_STEPS = {
    "paragraph": N_("paragraph {name}"),
    "table": N_("table {name}"),
    "row": N_("row {name}"),
    "cell": N_("cell {name}"),
    "style": N_("style {name}"),
    "list": N_("list {name}"),
    "level": N_("level {name}"),
}

_RULES = (
    DocumentRule(
        "title-missing",
        True,
        N_("The document's properties have no title."),
        N_("Write the title in the properties: File, Info, Title."),
    ),
    DocumentRule(
        "language-missing",
        True,
        N_("The document does not tell its language."),
        N_("Select all text and choose its language: Review, Language."),
    ),
    DocumentRule(
        "property-missing",
        True,
        N_("The document's properties lack this one: {value}."),
        N_("Fill in the property: File, Info, Properties."),
    ),
    DocumentRule(
        "heading-missing",
        True,
        N_("The document has no Heading 1."),
        N_("Give the title at the beginning of the text the style Heading 1."),
    ),
    DocumentRule(
        "heading-skipped",
        True,
        N_("The levels of the headings do not follow one another: {value}."),
        N_("Have one Heading 1, at the beginning, and go down one level at a time."),
    ),
    DocumentRule(
        "table-without-header-row",
        True,
        N_("The table has no heading row."),
        N_("Mark the table's first row: Table Properties, Row, Repeat as header row."),
    ),
    DocumentRule(
        "header-row-not-repeated",
        True,
        N_("A row is marked as a heading row, but not the rows above it, so the mark has no effect: {value}."),
        N_("Mark the table's first row, and only rows from the first on, to be repeated as header rows."),
    ),
    DocumentRule(
        "cells-merged",
        True,
        N_("Cells have been merged: “{value}”."),
        N_("Split the cell, and write in each cell what belongs there."),
    ),
    DocumentRule(
        "table-nested",
        True,
        N_("A table stands inside a cell of another table."),
        N_("Move the inner table out of the cell, or write what it tells as text."),
    ),
    DocumentRule(
        "cell-blank",
        True,
        N_("The cell is blank."),
        N_("Write in the cell what it tells. A dash tells that there is nothing."),
    ),
    DocumentRule(
        "table-description-missing",
        False,
        N_("The table has no alternative text."),
        N_("Write what the table tells: Table Properties, Alt Text."),
    ),
    DocumentRule(
        "alt-text-missing",
        True,
        N_("A picture or another object has no alternative text: {value}."),
        N_("Write as its alternative text what it tells, or mark it as decorative."),
    ),
    DocumentRule(
        "object-floating",
        True,
        N_("Something does not stand in line with the text, so when it is read aloud is not certain: {value}."),
        N_("Choose In Line with Text for a picture, no text wrapping for a table, and no frame for a paragraph."),
    ),
    DocumentRule(
        "paragraph-empty",
        True,
        N_("The paragraph after “{value}” is empty."),
        N_("Remove the paragraph, and set the space before or after in the style."),
    ),
    DocumentRule(
        "blanks-repeated",
        True,
        N_("Repeated blanks, tabs or line ends set out the text: “{value}”."),
        N_("Leave one blank between words, and use indents, tab stops, spacing or a table for the layout."),
    ),
    DocumentRule(
        "contrast-low",
        True,
        N_("The text does not stand out from its background: {value}."),
        N_("Choose other colours: the contrast must be 4.5 : 1 or more, in large text 3 : 1 or more."),
    ),
    DocumentRule(
        "colour-alone",
        True,
        N_("A coloured sign stands without words: “{value}”."),
        N_("Write beside the sign what it means."),
    ),
    DocumentRule(
        "case-number-only-in-header",
        True,
        N_("The case number does not stand in the body of the document: {value}."),
        N_("Write the case number in the body, below the title; headers are not read aloud."),
    ),
    DocumentRule(
        "list-bullet-symbol-font",
        True,
        N_("The bullet of the list is not a character of a text font: {value}."),
        N_("Choose a bullet such as • or – in the font of the text."),
    ),
    DocumentRule(
        "title-style-border",
        True,
        N_("The style {value} has a border, which makes the PDF inaccessible."),
        N_("Remove the border from the style."),
    ),
    DocumentRule(
        "link-without-words",
        True,
        N_("The text of a link does not tell where it leads: “{value}”."),
        N_("Write as the link's text the name of the page or the document."),
    ),
)

DOCUMENT_RULES: Mapping[str, DocumentRule] = MappingProxyType({rule.name: rule for rule in _RULES})
