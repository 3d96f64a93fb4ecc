"""What can make a Word document hard to read for somebody: the rules, and a fault as a value.

Sources: act 306/2019, EN 301 549 clause 10, WCAG 2.1 AA as it applies to documents, PDF/UA for what the PDF takes over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.domain.base.rule import N_, Rule, Severity
from generator.i18n.words import Words

LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3.0


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One fault of a document.

    `rule` is a word of `DOCUMENT_RULES`. `part` is a part's name as in the template's errors (`document`, `header1`).
    `place` is where in it, the same in every language: `table 4, row 12, cell 7`, `paragraph 3`, `style Title`, all
    1-based; an empty string where it is the whole part. `value` is what was read there.
    """

    rule: str
    part: str
    place: str
    value: str


@dataclass(frozen=True, slots=True)
class DescribedFault:
    """A fault in words: where it is, what is wrong, and what to do."""

    where: str
    message: str
    advice: str


def describe(fault: DocumentFault, words: Words) -> DescribedFault:
    rule = DOCUMENT_RULES[fault.rule]
    steps = (_step(step, words) for step in fault.place.split(", ") if step)
    return DescribedFault(
        where=", ".join((fault.part, *steps)),
        message=words(rule.message, value=fault.value),
        advice=words(rule.advice, value=fault.value),
    )


def _step(step: str, words: Words) -> str:
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
    Rule(
        "title-missing",
        Severity.ERROR,
        N_("The document's properties have no title."),
        N_("Write the title in the properties: File, Info, Title."),
    ),
    Rule(
        "language-missing",
        Severity.ERROR,
        N_("The document does not tell its language."),
        N_("Select all text and choose its language: Review, Language."),
    ),
    Rule(
        "property-missing",
        Severity.ERROR,
        N_("The document's properties lack this one: {value}."),
        N_("Fill in the property: File, Info, Properties."),
    ),
    Rule(
        "heading-missing",
        Severity.ERROR,
        N_("The document has no Heading 1."),
        N_("Give the title at the beginning of the text the style Heading 1."),
    ),
    Rule(
        "heading-skipped",
        Severity.ERROR,
        N_("The levels of the headings do not follow one another: {value}."),
        N_("Have one Heading 1, at the beginning, and go down one level at a time."),
    ),
    Rule(
        "table-without-header-row",
        Severity.ERROR,
        N_("The table has no heading row."),
        N_("Mark the table's first row: Table Properties, Row, Repeat as header row."),
    ),
    Rule(
        "header-row-not-repeated",
        Severity.ERROR,
        N_("A row is marked as a heading row, but not the rows above it, so the mark has no effect: {value}."),
        N_("Mark the table's first row, and only rows from the first on, to be repeated as header rows."),
    ),
    Rule(
        "cells-merged",
        Severity.ERROR,
        N_("Cells have been merged: “{value}”."),
        N_("Split the cell, and write in each cell what belongs there."),
    ),
    Rule(
        "table-nested",
        Severity.ERROR,
        N_("A table stands inside a cell of another table."),
        N_("Move the inner table out of the cell, or write what it tells as text."),
    ),
    Rule(
        "cell-blank",
        Severity.ERROR,
        N_("The cell is blank."),
        N_("Write in the cell what it tells. A dash tells that there is nothing."),
    ),
    Rule(
        "table-description-missing",
        Severity.NOTE,
        N_("The table has no alternative text."),
        N_("Write what the table tells: Table Properties, Alt Text."),
    ),
    Rule(
        "alt-text-missing",
        Severity.ERROR,
        N_("A picture or another object has no alternative text: {value}."),
        N_("Write as its alternative text what it tells, or mark it as decorative."),
    ),
    Rule(
        "object-floating",
        Severity.ERROR,
        N_("Something does not stand in line with the text, so when it is read aloud is not certain: {value}."),
        N_("Choose In Line with Text for a picture, no text wrapping for a table, and no frame for a paragraph."),
    ),
    Rule(
        "paragraph-empty",
        Severity.ERROR,
        N_("The paragraph after “{value}” is empty."),
        N_("Remove the paragraph, and set the space before or after in the style."),
    ),
    Rule(
        "blanks-repeated",
        Severity.ERROR,
        N_("Repeated blanks, tabs or line ends set out the text: “{value}”."),
        N_("Leave one blank between words, and use indents, tab stops, spacing or a table for the layout."),
    ),
    Rule(
        "contrast-low",
        Severity.ERROR,
        N_("The text does not stand out from its background: {value}."),
        N_("Choose other colours: the contrast must be 4.5 : 1 or more, in large text 3 : 1 or more."),
    ),
    Rule(
        "colour-alone",
        Severity.ERROR,
        N_("A coloured sign stands without words: “{value}”."),
        N_("Write beside the sign what it means."),
    ),
    Rule(
        "case-number-only-in-header",
        Severity.ERROR,
        N_("The case number does not stand in the body of the document: {value}."),
        N_("Write the case number in the body, below the title; headers are not read aloud."),
    ),
    Rule(
        "list-bullet-symbol-font",
        Severity.ERROR,
        N_("The bullet of the list is not a character of a text font: {value}."),
        N_("Choose a bullet such as • or – in the font of the text."),
    ),
    Rule(
        "title-style-border",
        Severity.ERROR,
        N_("The style {value} has a border, which makes the PDF inaccessible."),
        N_("Remove the border from the style."),
    ),
    Rule(
        "link-without-words",
        Severity.ERROR,
        N_("The text of a link does not tell where it leads: “{value}”."),
        N_("Write as the link's text the name of the page or the document."),
    ),
)

DOCUMENT_RULES: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in _RULES})
