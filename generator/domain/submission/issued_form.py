"""What a form said when it was issued, as far as a check compares a save with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.domain.base.heading import Headings
from generator.domain.base.settings import Language
from generator.domain.base.text import text_key
from generator.domain.plan.form import IDENTITY_SHEET
from generator.domain.submission.answers import Submission, find_submission
from generator.domain.submission.workbook import Workbook


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """The texts of a form, as `text_key` gives them, and its colours.

    `texts` are those of all sheets but the one with the identity; `beside` are those beside the table, by the code of
    their row's goal.
    """

    texts: frozenset[str]
    beside: Mapping[str, tuple[str, ...]]
    colours: frozenset[str]


def issued_form(workbook: Workbook, headings: Headings) -> IssuedForm:
    """Makes the form of its workbook as it was issued."""
    sheets = (sheet for sheet in workbook.sheets if sheet.name != IDENTITY_SHEET)
    return IssuedForm(
        texts=frozenset(map(text_key, {cell.raw for sheet in sheets for cell in sheet.cells})),
        beside=MappingProxyType(_beside(workbook, headings)),
        colours=frozenset(fill.colour for sheet in workbook.sheets for fill in sheet.fills),
    )


def _beside(workbook: Workbook, headings: Headings) -> dict[str, tuple[str, ...]]:
    given: dict[str, tuple[str, ...]] = {}
    table = find_submission(workbook, headings, Language.FINNISH.value)
    for row in table.rows if isinstance(table, Submission) else ():
        code = row.titles[0].raw.split()[0] if row.titles else ""
        officers = (text_key(row.officer.raw),) if row.officer else ()
        given[code] = (*given.get(code, ()), *(text_key(cell.raw) for cell in row.others), *officers)
    return given
