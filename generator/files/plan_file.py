"""plan.xlsx: the goal hierarchy as an official edits it in Excel."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from io import BytesIO
from itertools import chain, repeat
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 — its own name says nothing

from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.finding import Finding
from generator.domain.heading import TITLE_FIELDS, Field, Headings
from generator.domain.plan import Goal, Officer, Plan, PlanReading, PlanRow, PlanSheet, TitleCell, read_plan
from generator.domain.rules import N_
from generator.domain.submission import column_letter
from generator.domain.text import clean_text, heading_key, is_blank, name_key
from generator.errors import FolderError, PlanError
from generator.files.excel.look import (
    HEADING,
    LINE_POINTS,
    PLAIN,
    Look,
    dress_column,
    fitting_height,
    print_on_a4,
    put_row,
    workbook_bytes,
)
from generator.language import Language, Words

SHEET = N_("Programme")
OFFICERS_SHEET = N_("Responsible officers")


class Detail(StrEnum):
    """The plan's columns that no progress table has, by their headings."""

    DIVISION = N_("Division")
    EMAIL = N_("E-mail")
    LANGUAGE = N_("Language")


PLAN_COLUMNS = (*TITLE_FIELDS, Field.MAIN_RISKS, Field.OFFICER, Detail.DIVISION)
OFFICER_COLUMNS = (Field.OFFICER, Detail.EMAIL, Detail.DIVISION, Detail.LANGUAGE)


def read_plan_file(path: Path, headings: Headings) -> PlanReading:
    """Reads the plan and finds all that is wrong with it.

    The plan is the first sheet with a row that holds the heading of a level and that of the responsible officer, in any
    of the languages, on any row, in any order; columns that are not there read as blank. The officers' sheet is the
    first one with a row that holds the responsible officer's heading and another of its own, but of no level.

    Args:
        path: plan.xlsx.
        headings: the eight columns' headings in every language.

    Returns:
        The plan and its findings, each at its cell (`C12`, rows 1-based). An officer's language is fi, sv or en, an
        empty string where the cell names none of them.

    Raises:
        PlanError: there is no such file, it is not an Excel workbook, or no row holds the headings.
        FolderError: the file cannot be read from the disk.

    Source: DESIGN, section 4, Plan.
    """
    grids = _read_grids(path)
    if not grids:
        raise PlanError(_NO_SHEETS, _SAVE_AGAIN, path=path)
    table = _first_table(grids, headings, _is_plan)
    if table is None:
        wanted = ", ".join(_labels(PLAN_COLUMNS, headings, Words(Language.FINNISH)))
        raise PlanError(_NO_HEADINGS, _WRITE_HEADINGS, path=path, headings=wanted)
    return read_plan(_plan_sheet(table, headings), _officers(_first_table(grids, headings, _is_officers)))


def load_plan(path: Path, headings: Headings) -> PlanReading:
    """The plan and its findings, if it can be worked with.

    Raises:
        PlanError: as `read_plan_file`, and where a code stands twice or a parent is unknown; the message lists the
            cells.
        FolderError: as `read_plan_file`.
    """
    reading = read_plan_file(path, headings)
    if reading.unusable:
        faults = "\n".join(f"  {_fault(finding)}" for finding in reading.unusable)
        raise PlanError(_UNUSABLE, _CHECK, path=path, faults=faults)
    return reading


def plan_bytes(plan: Plan, headings: Headings, words: Words) -> bytes:
    """A plan as an Excel workbook to edit: the goals' sheet and the officers' sheet, in one language.

    Cells are text, so that Excel leaves the codes as they are typed. The same plan gives the same bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    goals, officers = book.create_sheet(words(SHEET)), book.create_sheet(words(OFFICERS_SHEET))
    _write_table(goals, PLAN_COLUMNS, _labels(PLAN_COLUMNS, headings, words), map(_goal_texts, plan.goals))
    _write_table(
        officers, OFFICER_COLUMNS, _labels(OFFICER_COLUMNS, headings, words), map(_officer_texts, plan.officers)
    )
    _help(goals, officers, words)
    book.properties.title = words(SHEET)
    book.properties.creator = "seuranta"
    book.properties.language = words.language.value
    return workbook_bytes(book, _MADE)


_NO_FILE = N_("{path}: there is no plan.")
_ADD_FILE = N_("Put the plan there, or make it from an old report: seuranta plan import FILE")
_NOT_READ = N_("{path}: the plan cannot be read: {error}")
_CLOSE_FILE = N_("Check that the file is there and that you may read it.")
_NO_WORKBOOK = N_("{path}: the plan is not an Excel workbook, or it is damaged ({error}).")
_SAVE_AGAIN = N_("Open the plan in Excel and save it as an Excel workbook (.xlsx).")
_NO_SHEETS = N_("{path}: no sheet can be read; the plan may be saved as Strict Open XML.")
_NO_HEADINGS = N_("{path}: no sheet has the plan's heading row.")
_WRITE_HEADINGS = N_("Write these headings on one row, above the goals: {headings}")
_UNUSABLE = N_("{path}: the plan cannot be used:\n{faults}")
_CHECK = N_("Mend the cells; seuranta plan check says what is wrong with each.")

# What openpyxl lets through of a package that is damaged or no workbook; an XML parser's error is a SyntaxError.
_BROKEN_PACKAGE = (BadZipFile, ZlibError, EOFError, OSError, RuntimeError)
_BROKEN_PARTS = (SyntaxError, LookupError, ValueError, TypeError, AttributeError)
# Properties must hold a date; that of no edition of the plan would be true.
_MADE = date(2000, 1, 1)

_ColumnName: TypeAlias = Field | Detail
_LEVELS: dict[_ColumnName, int] = {field: level for level, field in enumerate(TITLE_FIELDS, start=1)}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a sheet, 1-based, with its values from column A on."""

    row: int
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """A sheet's rows that hold something."""

    name: str
    lines: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A heading that was found: the 1-based column, whose it is, and how it is written."""

    column: int
    name: _ColumnName
    heading: str

    @property
    def letter(self) -> str:
        return column_letter(self.column)

    def value(self, line: _Line) -> object:
        return line.values[self.column - 1] if self.column <= len(line.values) else None


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet's headings and the rows below them."""

    sheet: str
    columns: tuple[_Column, ...]
    lines: tuple[_Line, ...]

    def named(self, *names: _ColumnName) -> tuple[_Column, ...]:
        return tuple(column for column in self.columns if column.name in names)

    def text(self, line: _Line, name: _ColumnName) -> str:
        """The first filled cell of the row under a heading of the name."""
        texts = (_text(column.value(line)) for column in self.named(name))
        return next((text for text in texts if not is_blank(text)), "")


def _read_grids(path: Path) -> tuple[_Grid, ...]:
    data = _read_file(path)
    try:
        with warnings.catch_warnings():
            # What openpyxl warns of, extensions and styles that it leaves out, is nothing that a plan says.
            warnings.simplefilter("ignore")
            return tuple(_grids(data))
    except (*_BROKEN_PACKAGE, *_BROKEN_PARTS) as error:
        raise PlanError(_NO_WORKBOOK, _SAVE_AGAIN, path=path, error=error) from error


def _read_file(path: Path) -> BytesIO:
    try:
        return BytesIO(path.read_bytes())
    except FileNotFoundError:
        raise PlanError(_NO_FILE, _ADD_FILE, path=path) from None
    except OSError as error:
        raise FolderError(_NOT_READ, _CLOSE_FILE, path=path, error=error.strerror) from error


def _grids(data: BytesIO) -> Iterator[_Grid]:
    book = load_workbook(data, read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its size need not be so
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        yield _Grid(sheet.title, tuple(_Line(row, values) for row, values in rows if any(map(_is_filled, values))))


def _is_filled(value: object) -> bool:
    return not is_blank(value) if isinstance(value, str) else value is not None


def _first_table(
    grids: tuple[_Grid, ...], headings: Headings, fits: Callable[[frozenset[_ColumnName]], bool]
) -> _Table | None:
    return next(chain.from_iterable(_tables(grid, headings, fits) for grid in grids), None)


def _tables(grid: _Grid, headings: Headings, fits: Callable[[frozenset[_ColumnName]], bool]) -> Iterator[_Table]:
    for index, line in enumerate(grid.lines):
        columns = tuple(_columns(line, headings))
        if fits(frozenset(column.name for column in columns)):
            yield _Table(grid.name, columns, grid.lines[index + 1 :])


def _columns(line: _Line, headings: Headings) -> Iterator[_Column]:
    for column, value in enumerate(line.values, start=1):
        if isinstance(value, str) and (name := headings.match(value) or _details().get(heading_key(value))):
            yield _Column(column, name, " ".join(value.split()))


@cache
def _details() -> dict[str, Detail]:
    return {heading_key(Words(language)(detail)): detail for detail in Detail for language in Language}


def _is_plan(names: frozenset[_ColumnName]) -> bool:
    return Field.OFFICER in names and not names.isdisjoint(TITLE_FIELDS)


def _is_officers(names: frozenset[_ColumnName]) -> bool:
    return Field.OFFICER in names and not names.isdisjoint(Detail) and names.isdisjoint(TITLE_FIELDS)


def _plan_sheet(table: _Table, headings: Headings) -> PlanSheet:
    found = {column.name: column.heading for column in reversed(table.columns)}
    levels = tuple(found.get(field) or headings.label(field, "fi") for field in TITLE_FIELDS)
    rows = tuple(row for line in table.lines if (row := _plan_row(line, table)))
    return PlanSheet(table.sheet, levels, table.named(Field.OFFICER)[0].letter, rows)


def _plan_row(line: _Line, table: _Table) -> PlanRow | None:
    if not any(_is_filled(column.value(line)) for column in table.columns):
        return None
    columns = (column for column in table.named(*TITLE_FIELDS) if _is_filled(column.value(line)))
    return PlanRow(
        row=line.row,
        titles=tuple(_title_cell(column, line) for column in columns),
        main_risks=table.text(line, Field.MAIN_RISKS).strip(),
        officers=table.text(line, Field.OFFICER),
        division=table.text(line, Detail.DIVISION),
    )


def _title_cell(column: _Column, line: _Line) -> TitleCell:
    value = column.value(line)
    return TitleCell(
        cell=f"{column.letter}{line.row}",
        heading=column.heading,
        level=_LEVELS[column.name],
        text=" ".join(_text(value).split()),
        is_text=isinstance(value, str),
    )


def _text(value: object) -> str:
    """A cell's value as words: a date as Finns write it, a number as the file holds it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(unescape(value))
    if isinstance(value, date):
        clock = f" {value:%H.%M}" if isinstance(value, datetime) and (value.hour or value.minute) else ""
        return f"{value.day}.{value.month}.{value.year}{clock}"
    return str(value)


def _officers(table: _Table | None) -> tuple[Officer, ...]:
    if table is None:
        return ()
    rows = ((table.text(line, Field.OFFICER), line) for line in table.lines)
    return tuple(_officer(" ".join(name.split()), line, table) for name, line in rows if name)


def _officer(name: str, line: _Line, table: _Table) -> Officer:
    return Officer(
        name=name,
        email=table.text(line, Detail.EMAIL).strip(),
        division=table.text(line, Detail.DIVISION).strip(),
        language=_LANGUAGES.get(name_key(table.text(line, Detail.LANGUAGE)), ""),
    )


_LANGUAGES = {
    **{language.value: language.value for language in Language},
    **dict.fromkeys(("suomi", "finska", "finnish"), Language.FINNISH.value),
    **dict.fromkeys(("ruotsi", "svenska", "swedish"), Language.SWEDISH.value),
    **dict.fromkeys(("englanti", "engelska", "english"), Language.ENGLISH.value),
}


def _fault(finding: Finding) -> str:
    return f"{finding.place.sheet}!{finding.place.cell} {finding.code}: {finding.rule} ({finding.value})"


_WIDTHS: dict[_ColumnName, float] = {
    Field.COUNCIL_TERM_GOAL: 30,
    Field.ANNUAL_GOAL: 30,
    Field.ACTION: 30,
    Field.MAIN_RISKS: 40,
    Field.OFFICER: 24,
    Detail.EMAIL: 40,
    Detail.DIVISION: 26,
    Detail.LANGUAGE: 10,
}
_FIRST = Look(bold=True)
_LAST_ROW = 2000
_TITLE_PROMPT = N_("Code and title, for example “01.02 Title”. One goal on a row, in the column of its level.")
_OFFICER_PROMPT = N_("A post, not a person's name. Several are parted by a semicolon; the first one leads.")


def _labels(columns: tuple[_ColumnName, ...], headings: Headings, words: Words) -> tuple[str, ...]:
    language = words.language.value
    return tuple(headings.label(name, language) if isinstance(name, Field) else words(name) for name in columns)


def _goal_texts(goal: Goal) -> tuple[str, ...]:
    titles = (f"{goal.code} {goal.title}" if level == goal.level else "" for level in _LEVELS.values())
    return (*titles, goal.main_risks, "; ".join(goal.officers), goal.division)


def _officer_texts(officer: Officer) -> tuple[str, ...]:
    return officer.name, officer.email, officer.division, officer.language


def _write_table(
    sheet: Worksheet, columns: tuple[_ColumnName, ...], labels: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    """Headings and rows; the columns are text however far down the official goes on."""
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
    """A word beside the cell that is being filled in, and the languages to choose from."""
    for column, prompt in (("A2:C", _TITLE_PROMPT), ("E2:E", _OFFICER_PROMPT)):
        note = DataValidation(showInputMessage=True, prompt=words(prompt))
        note.add(f"{column}{_LAST_ROW}")
        goals.add_data_validation(note)
    languages = DataValidation(type="list", formula1=f'"{",".join(Language)}"', allow_blank=True)
    languages.add(f"D2:D{_LAST_ROW}")
    officers.add_data_validation(languages)
