"""Reads plan.xlsx: the goal hierarchy that an official edits in Excel."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from string import ascii_uppercase
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812 — its own name says nothing

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from generator.domain.base.cells import column_letter
from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.heading import TITLE_FIELDS, Field, Headings
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import clean_name, clean_text, heading_key, is_blank, name_key
from generator.domain.plan.goals import Officer, Plan, Translation, split_officers
from generator.domain.plan.plan_reading import PlanReading, read_plan
from generator.domain.plan.plan_rows import EarlierCodesCell, PlanRow, PlanSheet, TitleCell, TranslationCell
from generator.domain.submission.answers import cell_name
from generator.domain.submission.workbook import Workbook
from generator.errors import FolderError, PlanError
from generator.formats.xlsx.plan_columns import (
    DIVISIONS,
    LEVELS,
    PLAN_COLUMNS,
    POSTS,
    TITLES,
    ColumnName,
    Detail,
    column_labels,
)
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words


def read_plan_file(path: Path, headings: Headings) -> PlanReading:
    """Reads the plan and finds everything that is wrong with it.

    The plan is the first sheet with a row that holds the heading of a level and that of the responsible officer, in any
    of the languages, on any row, in any order; columns that are not there read as blank. Columns of earlier codes and
    of titles in another language (`Title in Swedish`) may stand beside them. The officers' sheet is the first one with
    a row that holds the responsible officer's heading and another of its own, but of no level.

    On it a post and a division may have names in other languages (`Post in Swedish`, `Division in Swedish`).

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
    return parse_plan(_read_file(path), path, headings)


def parse_plan(data: bytes, path: Path, headings: Headings) -> PlanReading:
    """Reads the plan from the bytes of a workbook, like `read_plan_file`; `path` is named in errors."""
    grids = _read_grids(data, path)
    if not grids:
        raise PlanError(_NO_SHEETS, _SAVE_AGAIN, path=path)
    table = _first_table(grids, headings, _is_plan)
    if table is None:
        wanted = ", ".join(column_labels(PLAN_COLUMNS, headings, Words(Language.FINNISH)))
        raise PlanError(_NO_HEADINGS, _WRITE_HEADINGS, path=path, headings=wanted)
    officers = _first_table(grids, headings, _is_officers)
    reading = read_plan(_plan_sheet(table, headings), _officers(officers))
    tables = (table, officers) if officers else (table,)
    unclear = _unclear_details(officers, reading.plan) if officers else ()
    return replace(reading, findings=(*_struck_through(data, tables, reading.plan), *reading.findings, *unclear))


def load_plan(path: Path, headings: Headings) -> PlanReading:
    """Returns the plan and its findings, if it is usable.

    Raises:
        PlanError: as `read_plan_file`, and if a code is there twice, a parent is unknown or text is struck through;
            the message lists the cells.
        FolderError: as `read_plan_file`.
    """
    reading = read_plan_file(path, headings)
    refuse_unusable(reading, path)
    return reading


def refuse_unusable(reading: PlanReading, path: Path) -> None:
    """Raises PlanError if the plan is not usable (`PlanReading.unusable`); the message lists the cells."""
    if reading.unusable:
        faults = "\n".join(f"  {_fault(finding)}" for finding in reading.unusable)
        raise PlanError(_UNUSABLE, _CHECK, path=path, faults=faults)


_NO_FILE = N_("{path}: there is no plan.")
_ADD_FILE = N_("Put the plan there. An empty one to begin with comes with a new workspace: seuranta init DIR")
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


@dataclass(frozen=True, slots=True)
class _SheetRow:
    """A row of a sheet, 1-based, with its values from column A on."""

    row: int
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _PlanCells:
    """The filled rows of a sheet."""

    name: str
    lines: tuple[_SheetRow, ...]


@dataclass(frozen=True, slots=True)
class _PlanColumn:
    """A heading that was found: the 1-based column, its field, and its text."""

    column: int
    name: ColumnName
    heading: str

    @property
    def letter(self) -> str:
        return column_letter(self.column)

    def value(self, line: _SheetRow) -> object:
        return line.values[self.column - 1] if self.column <= len(line.values) else None


@dataclass(frozen=True, slots=True)
class _PlanTable:
    """A sheet's headings and the rows below them."""

    sheet: str
    columns: tuple[_PlanColumn, ...]
    lines: tuple[_SheetRow, ...]

    def named(self, *names: ColumnName) -> tuple[_PlanColumn, ...]:
        return tuple(column for column in self.columns if column.name in names)

    def text(self, line: _SheetRow, name: ColumnName) -> str:
        """Returns the first filled cell of the row under a heading of the name."""
        texts = (_text(column.value(line)) for column in self.named(name))
        return next((text for text in texts if not is_blank(text)), "")


def _read_grids(data: bytes, path: Path) -> tuple[_PlanCells, ...]:
    try:
        with warnings.catch_warnings():
            # What openpyxl warns of, extensions and styles that it leaves out, is nothing that a plan says.
            warnings.simplefilter("ignore")
            return tuple(_grids(BytesIO(data)))
    except (*_BROKEN_PACKAGE, *_BROKEN_PARTS) as error:
        raise PlanError(_NO_WORKBOOK, _SAVE_AGAIN, path=path, error=error) from error


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise PlanError(_NO_FILE, _ADD_FILE, path=path) from None
    except OSError as error:
        raise FolderError(_NOT_READ, _CLOSE_FILE, path=path, error=error.strerror) from error


def _grids(data: BytesIO) -> Iterator[_PlanCells]:
    book = load_workbook(data, read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its size need not be so
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        yield _PlanCells(
            sheet.title, tuple(_SheetRow(row, values) for row, values in rows if any(map(_is_filled, values)))
        )


def _struck_through(data: bytes, tables: tuple[_PlanTable, ...], plan: Plan) -> Iterator[Finding]:
    """Returns a finding for each row of the tables with struck-through text under one of our headings."""
    workbook = read_workbook(data)
    sheets = workbook.sheets if isinstance(workbook, Workbook) else ()
    codes = {goal.cell.lstrip(ascii_uppercase): goal.code for goal in plan.goals}
    for table in tables:
        columns, rows = {found.column for found in table.columns}, {line.row for line in table.lines}
        cells = (cell for sheet in sheets if sheet.name == table.sheet for cell in sheet.cells)
        struck = (cell for cell in cells if cell.struck and cell.column in columns and cell.row in rows)
        for row, found in groupby(struck, attrgetter("row")):
            first, *others = found
            words = shown(" / ".join(str(cell.struck) for cell in (first, *others)))
            code = codes.get(str(row)) if table is tables[0] else None
            yield Finding("plan-struck-through-text", Place(table.sheet, cell_name(first)), code, words)


def _is_filled(value: object) -> bool:
    return not is_blank(value) if isinstance(value, str) else value is not None


def _first_table(
    grids: tuple[_PlanCells, ...], headings: Headings, fits: Callable[[frozenset[ColumnName]], bool]
) -> _PlanTable | None:
    return next(chain.from_iterable(_tables(grid, headings, fits) for grid in grids), None)


def _tables(
    grid: _PlanCells, headings: Headings, fits: Callable[[frozenset[ColumnName]], bool]
) -> Iterator[_PlanTable]:
    for index, line in enumerate(grid.lines):
        columns = tuple(_columns(line, headings))
        if fits(frozenset(column.name for column in columns)):
            yield _PlanTable(grid.name, columns, grid.lines[index + 1 :])


def _columns(line: _SheetRow, headings: Headings) -> Iterator[_PlanColumn]:
    for column, value in enumerate(line.values, start=1):
        if isinstance(value, str) and (name := headings.match(value) or _details().get(heading_key(value))):
            yield _PlanColumn(column, name, " ".join(value.split()))


@cache
def _details() -> dict[str, Detail]:
    return {heading_key(Words(language)(detail)): detail for detail in Detail for language in Language}


def _is_plan(names: frozenset[ColumnName]) -> bool:
    return Field.OFFICER in names and not names.isdisjoint(TITLE_FIELDS)


def _is_officers(names: frozenset[ColumnName]) -> bool:
    return Field.OFFICER in names and not names.isdisjoint(Detail) and names.isdisjoint(TITLE_FIELDS)


def _plan_sheet(table: _PlanTable, headings: Headings) -> PlanSheet:
    found = {column.name: column.heading for column in reversed(table.columns)}
    levels = tuple(found.get(field) or headings.label(field, "fi") for field in TITLE_FIELDS)
    rows = tuple(row for line in table.lines if (row := _plan_row(line, table)))
    return PlanSheet(table.sheet, levels, table.named(Field.OFFICER)[0].letter, rows)


def _plan_row(line: _SheetRow, table: _PlanTable) -> PlanRow | None:
    if not any(_is_filled(column.value(line)) for column in table.columns):
        return None
    columns = (column for column in table.named(*TITLE_FIELDS) if _is_filled(column.value(line)))
    return PlanRow(
        row=line.row,
        titles=tuple(_title_cell(column, line) for column in columns),
        main_risks=table.text(line, Field.MAIN_RISKS).strip(),
        officers=table.text(line, Field.OFFICER),
        division=table.text(line, Detail.DIVISION),
        translations=tuple(_translations(line, table)),
        earlier_codes=_earlier_codes(line, table),
    )


def _earlier_codes(line: _SheetRow, table: _PlanTable) -> EarlierCodesCell | None:
    for column in table.named(Detail.EARLIER_CODES):
        value = column.value(line)
        if _is_filled(value):
            return EarlierCodesCell(f"{column.letter}{line.row}", _text(value).strip(), isinstance(value, str))
    return None


def _translations(line: _SheetRow, table: _PlanTable) -> Iterator[TranslationCell]:
    for language, name in TITLES.items():
        for column in table.named(name):
            text = " ".join(_text(column.value(line)).split())
            if not is_blank(text):
                yield TranslationCell(f"{column.letter}{line.row}", language, text)


def _title_cell(column: _PlanColumn, line: _SheetRow) -> TitleCell:
    value = column.value(line)
    return TitleCell(
        cell=f"{column.letter}{line.row}",
        heading=column.heading,
        level=LEVELS[column.name],
        text=" ".join(_text(value).split()),
        is_text=isinstance(value, str),
    )


def _text(value: object) -> str:
    """Returns a cell's value as words: a date in Finnish form, a number as the file has it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(unescape(value))
    if isinstance(value, date):
        clock = f" {value:%H.%M}" if isinstance(value, datetime) and (value.hour or value.minute) else ""
        return f"{value.day}.{value.month}.{value.year}{clock}"
    return str(value)


def _officers(table: _PlanTable | None) -> tuple[Officer, ...]:
    if table is None:
        return ()
    rows = ((table.text(line, Field.OFFICER), line) for line in table.lines)
    return tuple(_officer(clean_name(name), line, table) for name, line in rows if name)


def _officer(name: str, line: _SheetRow, table: _PlanTable) -> Officer:
    return Officer(
        name=name,
        email=table.text(line, Detail.EMAIL).strip(),
        division=table.text(line, Detail.DIVISION).strip(),
        language=_LANGUAGES.get(name_key(table.text(line, Detail.LANGUAGE)), ""),
        former_names=split_officers(table.text(line, Detail.FORMER_NAMES)),
        is_silent=name_key(table.text(line, Detail.REPORTS)) in _NO,
        deputy=clean_name(table.text(line, Detail.DEPUTY)),
        translations=tuple(_names(line, table, POSTS, TITLES)),
        division_translations=tuple(_names(line, table, DIVISIONS)),
    )


def _names(line: _SheetRow, table: _PlanTable, *columns: dict[str, Detail]) -> Iterator[Translation]:
    """Yields a row's names in each language, from the first of the columns for it that is filled."""
    for language in Language:
        texts = (clean_name(table.text(line, names[language])) for names in columns)
        if text := next(filter(None, texts), ""):
            yield Translation(language.value, text)


def _unclear_details(table: _PlanTable, plan: Plan) -> Iterator[Finding]:
    """Yields a finding for each former title that no single post has, and each `Reports` that is not yes or no."""
    for column in table.named(Detail.FORMER_NAMES, Detail.REPORTS):
        for line in table.lines:
            text, place = _text(column.value(line)), Place(table.sheet, f"{column.letter}{line.row}")
            if column.name is Detail.REPORTS and not is_blank(text) and name_key(text) not in _YES | _NO:
                yield Finding("plan-reports-unclear", place, value=shown(text))
            if column.name is Detail.FORMER_NAMES:
                unclear = (name for name in split_officers(text) if name_key(name) not in plan.post_names.present)
                yield from (Finding("plan-former-title-unclear", place, value=shown(name)) for name in unclear)


_YES, _NO = frozenset({"kyllä", "ja", "yes", "x"}), frozenset({"ei", "nej", "no"})
_LANGUAGES = {
    **{language.value: language.value for language in Language},
    **dict.fromkeys(("suomi", "finska", "finnish"), Language.FINNISH.value),
    **dict.fromkeys(("ruotsi", "svenska", "swedish"), Language.SWEDISH.value),
    **dict.fromkeys(("englanti", "engelska", "english"), Language.ENGLISH.value),
}


def _fault(finding: Finding) -> str:
    code = f" {finding.code}" if finding.code else ""
    return f"{finding.place.sheet}!{finding.place.cell}{code}: {finding.rule} ({finding.value})"
