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
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.formats.xlsx.cell_style import HEADING, LINE_POINTS, PLAIN, CellStyle, fitting_height
from generator.formats.xlsx.plan_columns import (
    DIVISIONS,
    LEVELS,
    OFFICER_COLUMNS,
    PLAN_COLUMNS,
    POSTS,
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

    Cells are text, so that Excel keeps the codes as they are typed. There is a column for each language in which a goal
    has a title or an officer a name, and for earlier codes and details of officers if there are any. The same plan
    gives the same bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    goals, officers = book.create_sheet(words(SHEET)), book.create_sheet(words(OFFICERS_SHEET))
    columns = _goal_columns(plan)
    rows = (tuple(_goal_text(goal, column, words) for column in columns) for goal in plan.goals)
    _write_table(goals, columns, column_labels(columns, headings, words), rows)
    details = _officer_columns(plan)
    listed = (tuple(_officer_text(officer, column, words) for column in details) for officer in plan.officers)
    _write_table(officers, details, column_labels(details, headings, words), listed)
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
    Detail.EARLIER_CODES: 16,
    Detail.FORMER_NAMES: 26,
    Detail.REPORTS: 12,
    Detail.DEPUTY: 24,
    **dict.fromkeys(TITLES.values(), 40),
    **dict.fromkeys((*POSTS.values(), *DIVISIONS.values()), 26),
}
_NEW, _NO = N_("new"), N_("no")
_FIRST = CellStyle(bold=True)
_LAST_ROW = 2000
_TITLE_PROMPT = N_("Code and title, for example “01.02 Title”. One goal on a row, in the column of its level.")
_OFFICER_PROMPT = N_("A post, not a person's name. Several are parted by a semicolon; the first one leads.")


def _goal_columns(plan: Plan) -> tuple[ColumnName, ...]:
    has_earlier_codes = any(goal.earlier_codes or goal.is_new for goal in plan.goals)
    titles = (name for language, name in TITLES.items() if any(goal.title_in(language) for goal in plan.goals))
    return (*PLAN_COLUMNS, *((Detail.EARLIER_CODES,) if has_earlier_codes else ()), *titles)


def _goal_text(goal: Goal, column: ColumnName, words: Words) -> str:
    """Returns the text of a goal's cell in a column of the plan."""
    if column in LEVELS:
        return f"{goal.code} {goal.title}" if LEVELS[column] == goal.level else ""
    if column is Detail.EARLIER_CODES:
        return words(_NEW) if goal.is_new else "; ".join(goal.earlier_codes)
    texts: dict[ColumnName, str] = {
        Field.MAIN_RISKS: goal.main_risks,
        Field.OFFICER: "; ".join(goal.officers),
        Detail.DIVISION: goal.division,
        **{name: goal.title_in(language) for language, name in TITLES.items()},
    }
    return texts[column]


def _officer_columns(plan: Plan) -> tuple[ColumnName, ...]:
    filled = (
        (Detail.FORMER_NAMES, any(officer.former_names for officer in plan.officers)),
        (Detail.REPORTS, any(officer.is_silent for officer in plan.officers)),
        (Detail.DEPUTY, any(officer.deputy for officer in plan.officers)),
    )
    posts = (column for language, column in POSTS.items() if plan.posts_in(language))
    divisions = (column for language, column in DIVISIONS.items() if plan.divisions_in(language))
    return (*OFFICER_COLUMNS, *(column for column, is_filled in filled if is_filled), *posts, *divisions)


def _officer_text(officer: Officer, column: ColumnName, words: Words) -> str:
    """Returns the text of an officer's cell in a column of the officers' sheet."""
    texts: dict[ColumnName, str] = {
        Field.OFFICER: officer.name,
        Detail.EMAIL: officer.email,
        Detail.DIVISION: officer.division,
        Detail.LANGUAGE: officer.language,
        Detail.FORMER_NAMES: "; ".join(officer.former_names),
        Detail.REPORTS: words(_NO) if officer.is_silent else "",
        Detail.DEPUTY: officer.deputy,
        **{POSTS[other.language]: other.title for other in officer.translations},
        **{DIVISIONS[other.language]: other.title for other in officer.division_translations},
    }
    return texts.get(column, "")


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
