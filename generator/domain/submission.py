"""What an officer saved: a workbook's cells, found by their headings and gathered into rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from generator.domain.finding import Finding, Place, shown
from generator.domain.heading import TITLE_FIELDS, Field, Headings
from generator.domain.text import is_blank

# A row is taken for a heading row when it names a goal's level and two other columns besides.
HEADINGS_OF_A_TABLE = 3
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
REQUIRED_FIELDS = (Field.DEGREE, Field.NARRATIVE)


class CellKind(StrEnum):
    """How the file itself types a cell's value."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ERROR = "error"


class SheetState(StrEnum):
    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell as the file holds it.

    `row` and `column` are 1-based (column A is 1). `raw` is the stored value as text: the text itself with
    `_xHHHH_` undone, a number as written in the XML (`3`, `1.1`), `TRUE`/`FALSE`, or an error such as `#N/A`.
    A formula without a stored result has an empty `raw`.
    """

    row: int
    column: int
    kind: CellKind
    raw: str
    number_format: str = "General"
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its filled cells row by row, left to right; rows and columns 1-based."""

    name: str
    state: SheetState
    cells: tuple[Cell, ...]
    merges: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Workbook:
    """All that the reader saw in one file; `properties` are the custom document properties."""

    sheets: tuple[Sheet, ...]
    properties: tuple[tuple[str, str], ...] = ()
    last_modified_by: str = ""
    has_macros: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gave no workbook: the rule's word, and what was met (a size, a format, a part's name)."""

    rule: str
    value: str


@dataclass(frozen=True, slots=True)
class SubmittedRow:
    """One filled row below the headings (row 1-based): the cell under each heading, None where it is blank.

    `others` are the texts in columns that have none of our headings.
    """

    row: int
    council_term_goal: Cell | None = None
    annual_goal: Cell | None = None
    action: Cell | None = None
    main_risks: Cell | None = None
    overall_status: Cell | None = None
    degree: Cell | None = None
    narrative: Cell | None = None
    officer: Cell | None = None
    others: tuple[str, ...] = ()

    def cell(self, field: Field) -> Cell | None:
        cell: Cell | None = getattr(self, field.value)
        return cell

    @property
    def titles(self) -> tuple[Cell, ...]:
        return tuple(cell for field in TITLE_FIELDS if (cell := self.cell(field)))


@dataclass(frozen=True, slots=True)
class Column:
    """Where a heading was found: its field and its 1-based column."""

    field: Field
    column: int


@dataclass(frozen=True, slots=True)
class Submission:
    """The table of progress in a saved workbook: its sheet, columns, and filled rows from top to bottom.

    `merges` are those of the sheet (`F3:F5`); `hidden_rows` are 1-based.
    """

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[SubmittedRow, ...]
    merges: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()

    def letter(self, field: Field) -> str | None:
        """The letter of a field's column; None where the workbook has no such column."""
        return next((column_letter(found.column) for found in self.columns if found.field is field), None)

    def place(self, row: int, field: Field) -> Place:
        letter = self.letter(field)
        return Place(self.sheet, f"{letter or column_letter(self.columns[0].column)}{row}")


@dataclass(frozen=True, slots=True)
class EntryCells:
    """Where an entry's values were read, as `Sheet!F12`; an empty string where the workbook has no such column."""

    main_risks: str
    overall_status: str
    degree: str
    narrative: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One officer's answer for one goal, as taken.

    `degree` is a value of the scale, or None for `Ei arvioitavissa`; `overall_status` is a status's Finnish word, or an
    empty string; `signed` tells whether a form of this workspace said who answers.
    """

    code: str
    officer: str
    degree: int | None
    overall_status: str
    main_risks: str
    narrative: str
    signed: bool
    cells: EntryCells

    def says_the_same(self, other: "Entry") -> bool:
        return _said(self) == _said(other)


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry that is held: the journal sequence, file (relative to the inbox) and time (ISO 8601) of its save."""

    entry: Entry
    sequence: int
    file: str
    time: str


def column_letter(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def degree_place(entry: Entry) -> Place:
    """The cell of an entry's degree: where a finding about the whole answer points."""
    sheet, _, cell = entry.cells.degree.rpartition("!")
    return Place(sheet, cell)


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, rows and columns 1-based, both ends in it."""

    top: int
    left: int
    bottom: int
    right: int


def read_area(reference: str) -> Area | None:
    """`F3:G5` as an area; None where it is none."""
    match = _AREA.fullmatch(reference)
    if match is None:
        return None
    return Area(int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3]))


def column_number(letters: str) -> int:
    """1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def find_submission(workbook: Workbook, headings: Headings, language: str) -> Submission | Finding:
    """Finds the one table of progress by its headings, on whatever sheet and row it stands.

    Returns:
        The table with its filled rows, or the one finding that says why there is none.
    """
    tables = tuple(table for sheet in workbook.sheets for table in _tables(sheet, headings))
    if not tables:
        return Finding("wrong-workbook", allowed=headings.labels(language))
    if len(tables) > 1:
        places = ", ".join(f"{table.sheet.name}!A{table.row}" for table in tables)
        return Finding("two-tables", Place(tables[1].sheet.name, f"A{tables[1].row}"), value=places)
    return _faulty_headings(tables[0], headings, language) or _submission(tables[0])


def _said(entry: Entry) -> tuple[int | None, str, str, str]:
    return entry.degree, entry.overall_status, entry.main_risks.strip(), entry.narrative.strip()


@dataclass(frozen=True, slots=True)
class _Table:
    sheet: Sheet
    row: int
    headings: tuple[tuple[Cell, Field], ...]


def _tables(sheet: Sheet, headings: Headings) -> Iterator[_Table]:
    for row, cells in groupby(sheet.cells, key=attrgetter("row")):
        matched = ((cell, headings.match(cell.raw)) for cell in cells if cell.kind is CellKind.TEXT)
        found = tuple((cell, field) for cell, field in matched if field)
        if _is_heading_row({field for _, field in found}):
            yield _Table(sheet, row, found)


def _is_heading_row(fields: set[Field]) -> bool:
    return len(fields) >= HEADINGS_OF_A_TABLE and not fields.isdisjoint(TITLE_FIELDS)


def _faulty_headings(table: _Table, headings: Headings, language: str) -> Finding | None:
    counts = Counter(field for _, field in table.headings)
    for cell, field in table.headings:
        if counts[field] > 1:
            return Finding("double-heading", Place(table.sheet.name, cell_name(cell)), value=shown(cell.raw))
    for field in REQUIRED_FIELDS:
        if field not in counts:
            read = ", ".join(shown(cell.raw) for cell in table.sheet.cells if cell.row == table.row)
            place = Place(table.sheet.name, f"A{table.row}")
            return Finding("heading-missing", place, value=read, allowed=(headings.label(field, language),))
    return None


def _submission(table: _Table) -> Submission:
    columns = tuple(Column(field, cell.column) for cell, field in table.headings)
    below = (cell for cell in table.sheet.cells if cell.row > table.row and not _shows_nothing(cell))
    rows = (_row(row, cells, columns) for row, cells in groupby(below, key=attrgetter("row")))
    found = tuple(row for row in rows if row)
    return Submission(table.sheet.name, columns, found, table.sheet.merges, table.sheet.hidden_rows)


def _row(row: int, cells: Iterable[Cell], columns: tuple[Column, ...]) -> SubmittedRow | None:
    by_column = {cell.column: cell for cell in cells}
    found = {column.field.value: by_column.pop(column.column) for column in columns if column.column in by_column}
    others = tuple(cell.raw for cell in by_column.values() if cell.kind is CellKind.TEXT)
    return SubmittedRow(row, **found, others=others) if found else None


def _shows_nothing(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and cell.formula is None and is_blank(cell.raw)


def cell_name(cell: Cell) -> str:
    """A cell's letter and number, `F12`."""
    return f"{column_letter(cell.column)}{cell.row}"
