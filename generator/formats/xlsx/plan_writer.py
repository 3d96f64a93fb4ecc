"""Writes plan.xlsx: a sheet of goals and a sheet of officers, for an official to edit in Excel."""

from collections.abc import Iterable
from datetime import date
from itertools import chain, repeat

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.heading import Field, Headings
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.plan.goals import Goal, Plan
from generator.formats.xlsx.cell_style import HEADING, LINE_POINTS, PLAIN, CellStyle, fitting_height
from generator.formats.xlsx.plan_columns import (
    LEVELS,
    OFFICER_COLUMNS,
    PLAN_COLUMNS,
    TITLES,
    ColumnName,
    Detail,
    column_labels,
)
from generator.formats.xlsx.written_book import dress_column, print_on_a4, put_row, workbook_bytes
from generator.i18n.words import Words

SHEET = N_("Programme")
OFFICERS_SHEET = N_("Responsible officers")


def plan_bytes(plan: Plan, headings: Headings, words: Words) -> bytes:
    """Writes a plan as an Excel workbook to edit: the goals' sheet and the officers' sheet, in one language.

    Cells are text, so that Excel leaves the codes as they are typed. A language in which some goal has a title has a
    column for it. The same plan gives the same bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    goals, officers = book.create_sheet(words(SHEET)), book.create_sheet(words(OFFICERS_SHEET))
    languages = tuple(language for language in TITLES if any(goal.title_in(language) for goal in plan.goals))
    columns: tuple[ColumnName, ...] = (*PLAN_COLUMNS, *(TITLES[language] for language in languages))
    _write_table(
        goals, columns, column_labels(columns, headings, words), (_goal_texts(goal, languages) for goal in plan.goals)
    )
    listed = ((officer.name, officer.email, officer.division, officer.language) for officer in plan.officers)
    _write_table(officers, OFFICER_COLUMNS, column_labels(OFFICER_COLUMNS, headings, words), listed)
    _help(goals, officers, words)
    book.properties.title = words(SHEET)
    book.properties.creator = "seuranta"
    book.properties.language = words.language.value
    return workbook_bytes(book, _MADE)


# Properties must hold a date; that of no edition of the plan would be true.
_MADE = date(2000, 1, 1)

_WIDTHS: dict[ColumnName, float] = {
    Field.COUNCIL_TERM_GOAL: 30,
    Field.ANNUAL_GOAL: 30,
    Field.ACTION: 30,
    Field.MAIN_RISKS: 40,
    Field.OFFICER: 24,
    Detail.EMAIL: 40,
    Detail.DIVISION: 26,
    Detail.LANGUAGE: 10,
    **dict.fromkeys(TITLES.values(), 40),
}
_FIRST = CellStyle(bold=True)
_LAST_ROW = 2000
_TITLE_PROMPT = N_("Code and title, for example “01.02 Title”. One goal on a row, in the column of its level.")
_OFFICER_PROMPT = N_("A post, not a person's name. Several are parted by a semicolon; the first one leads.")


def _goal_texts(goal: Goal, languages: tuple[str, ...]) -> tuple[str, ...]:
    titles = (f"{goal.code} {goal.title}" if level == goal.level else "" for level in LEVELS.values())
    translations = (goal.title_in(language) for language in languages)
    return (*titles, goal.main_risks, "; ".join(goal.officers), goal.division, *translations)


def _write_table(
    sheet: Worksheet, columns: tuple[ColumnName, ...], labels: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    """Writes headings and rows; the columns are text even below the last row."""
    widths = [_WIDTHS[name] for name in columns]
    for number, width in enumerate(widths, start=1):
        dress_column(sheet.column_dimensions[column_letter(number)], width)
    put_row(sheet, 1, ((label, HEADING) for label in labels))
    for row, texts in enumerate(rows, start=2):
        put_row(sheet, row, zip(texts, chain([_FIRST], repeat(PLAIN)), strict=False))
        sheet.row_dimensions[row].height = fitting_height(zip(texts, widths, strict=True))
    sheet.row_dimensions[1].height = 2 * LINE_POINTS
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    print_on_a4(sheet, "landscape", sheet.title, heading_row=1)


def _help(goals: Worksheet, officers: Worksheet, words: Words) -> None:
    """Adds a hint beside the cell that is being filled in, and the languages to choose from."""
    for column, prompt in (("A2:C", _TITLE_PROMPT), ("E2:E", _OFFICER_PROMPT)):
        note = DataValidation(showInputMessage=True, prompt=words(prompt))
        note.add(f"{column}{_LAST_ROW}")
        goals.add_data_validation(note)
    languages = DataValidation(type="list", formula1=f'"{",".join(Language)}"', allow_blank=True)
    languages.add(f"D2:D{_LAST_ROW}")
    officers.add_data_validation(languages)
