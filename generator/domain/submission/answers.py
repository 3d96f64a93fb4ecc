"""What an officer saved: a workbook's cells, found by their headings and gathered into rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from generator.domain.base.cells import CellRef, column_letter
from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.heading import TITLE_FIELDS, Field, Headings
from generator.domain.base.text import heading_key, is_blank
from generator.domain.submission.renamed import gap, is_like

# A row is taken for a heading row when it names a goal's level and two other columns besides.
HEADINGS_OF_A_TABLE = 3
REQUIRED_FIELDS = (Field.DEGREE, Field.NARRATIVE)
# What stands above the headings is a row of the table only where it begins with a number, as codes do.
_NUMBERED = re.compile(r"\s*[0-9]{1,2}(?![0-9])")


class CellKind(StrEnum):
    """How the file itself types a cell's value."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ERROR = "error"


class SheetState(StrEnum):
    """Whether a person sees the sheet's tab; a very hidden one is shown by no menu."""

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
class CellNote:
    """A note on a cell (row and column 1-based), as `cell_note` makes it."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class CellFill:
    """A cell's own fill (row and column 1-based): `FFF6CC`, or the file's word for a colour of its theme."""

    row: int
    column: int
    colour: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its filled cells row by row, left to right; rows and columns 1-based.

    `fills` are those of the first cells that have one, blank cells too; conditional formats give none.
    """

    name: str
    state: SheetState
    cells: tuple[Cell, ...]
    merges: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: tuple[CellNote, ...] = ()
    fills: tuple[CellFill, ...] = ()


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
    """One filled row of a table (row 1-based): the cell under each heading, None where it is blank.

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
    others: tuple[Cell, ...] = ()

    def cell(self, field: Field) -> Cell | None:
        """The cell of a field; None where it is blank."""
        cell: Cell | None = getattr(self, field.value)
        return cell

    @property
    def titles(self) -> tuple[Cell, ...]:
        """The filled title cells; a dash says that nothing stands there."""
        cells = (self.cell(field) for field in TITLE_FIELDS)
        return tuple(cell for cell in cells if cell and not _is_dash(cell))


@dataclass(frozen=True, slots=True)
class Column:
    """Where a heading was found: its field and its 1-based column."""

    field: Field
    column: int


@dataclass(frozen=True, slots=True)
class Submission:
    """The table of progress in a saved workbook: its sheet, columns, and filled rows from top to bottom.

    `merges` are those of the sheet (`F3:F5`); rows and columns are 1-based. `headings` are all its heading row's texts.
    """

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[SubmittedRow, ...]
    merges: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    heading_row: int = 1
    headings: tuple[Cell, ...] = ()

    def column(self, field: Field) -> int | None:
        """The 1-based column of a field; None where the workbook has no such column."""
        return next((found.column for found in self.columns if found.field is field), None)

    def letter(self, field: Field) -> str | None:
        """The letter of a field's column; None where the workbook has no such column."""
        column = self.column(field)
        return column_letter(column) if column else None

    def place(self, row: int, field: Field) -> Place:
        """Where a row's value of a field is; the row's first column of ours where the workbook has none for it."""
        return Place(self.sheet, str(CellRef(row, self.column(field) or self.columns[0].column)))


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
        """True if both entries say the same, whoever wrote them and wherever."""
        return _said(self) == _said(other)


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry that is held: the journal sequence, file (relative to the inbox) and time (ISO 8601) of its save."""

    entry: Entry
    sequence: int
    file: str
    time: str


def degree_place(entry: Entry) -> Place:
    """The cell of an entry's degree: where a finding about the whole answer points."""
    sheet, _, cell = entry.cells.degree.rpartition("!")
    return Place(sheet, cell)


def cell_note(row: int, column: int, text: str, author: str) -> CellNote:
    """A note on a cell, without its author's name, which Excel writes first, and without what it says of comments.

    Excel writes a conversation into a note for older programs: `[Comments]`, a sentence, `Comment:`.
    """
    words = _CONVERSATION.sub("", text.strip(), count=1)
    if author.strip():
        words = words.removeprefix(f"{author.strip()}:")
    return CellNote(row, column, words.strip())


_CONVERSATION = re.compile(r"\A\[[^\]\n]{1,80}\]\s*\n\s*\n.{1,1000}?\n\s*\n[^\n]{1,80}:[^\S\n]*\n", re.DOTALL)


def find_submission(workbook: Workbook, headings: Headings, language: str) -> Submission | Finding:
    """Finds the one table of progress by its headings, on whatever sheet that can be seen, and on whatever row.

    Returns:
        The table with its filled rows, or the one finding that says why there is none.
    """
    tables = tuple(table for sheet in workbook.sheets for table in _tables(sheet, headings))
    seen = tuple(table for table in tables if table.sheet.state is SheetState.VISIBLE)
    if not seen:
        place = Place(tables[0].sheet.name) if tables else Place()
        return Finding("wrong-workbook", place, allowed=headings.labels(language))
    if len(seen) > 1:
        places = ", ".join(f"{table.sheet.name}!A{table.row}" for table in seen)
        return Finding("two-tables", Place(seen[1].sheet.name, f"A{seen[1].row}"), value=shown(places))
    return _faulty_headings(seen[0], headings, language) or _submission(seen[0])


def _said(entry: Entry) -> tuple[int | None, str, str, str]:
    return entry.degree, entry.overall_status, entry.main_risks.strip(), entry.narrative.strip()


@dataclass(frozen=True, slots=True)
class _Table:
    """A heading row: its cells with our headings, and all its texts."""

    sheet: Sheet
    row: int
    headings: tuple[tuple[Cell, Field], ...]
    texts: tuple[Cell, ...]


def _tables(sheet: Sheet, headings: Headings) -> Iterator[_Table]:
    for row, cells in groupby(sheet.cells, key=attrgetter("row")):
        matched = [(cell, headings.match(cell.raw)) for cell in cells if cell.kind is CellKind.TEXT]
        found = tuple((cell, field) for cell, field in matched if field)
        if _is_heading_row({field for _, field in found}):
            yield _Table(sheet, row, found, tuple(cell for cell, _ in matched if not is_blank(cell.raw)))


def _is_heading_row(fields: set[Field]) -> bool:
    return len(fields) >= HEADINGS_OF_A_TABLE and not fields.isdisjoint(TITLE_FIELDS)


def _faulty_headings(table: _Table, headings: Headings, language: str) -> Finding | None:
    counts = Counter(field for _, field in table.headings)
    for cell, field in table.headings:
        if counts[field] > 1:
            return Finding("double-heading", Place(table.sheet.name, cell_name(cell)), value=shown(cell.raw))
    for field in REQUIRED_FIELDS:
        if field not in counts:
            place = Place(table.sheet.name, _place_of_lost(field, table, headings))
            return heading_missing(place, (headings.label(field, language),), table.texts)
    return None


def heading_missing(place: Place, label: tuple[str, ...], read: Iterable[Cell]) -> Finding:
    """The finding that a heading is not there, where it is likely to have stood, with the headings that are."""
    texts = ", ".join(" ".join(cell.raw.split()) for cell in read)
    return Finding("heading-missing", place, value=shown(texts), allowed=label)


def _place_of_lost(field: Field, table: _Table, headings: Headings) -> str:
    """The cell of a heading like the one that is missing, else its place between its neighbours, else the row."""
    known = {cell.column for cell, _ in table.headings}
    strange = (cell for cell in table.texts if cell.column not in known)
    like = next((cell for cell in strange if is_like(cell.raw, field, headings)), None)
    if like:
        return cell_name(like)
    between = gap(field, {found: cell.column for cell, found in table.headings})
    return str(CellRef(table.row, between[0] if between else 1))


def _submission(table: _Table) -> Submission:
    columns = tuple(Column(field, cell.column) for cell, field in table.headings)
    filled = (cell for cell in table.sheet.cells if cell.row != table.row and not _shows_nothing(cell))
    rows = (_row(row, cells, columns) for row, cells in groupby(filled, key=attrgetter("row")))
    found = tuple(row for row in rows if row and (row.row > table.row or _is_answer_above(row)))
    sheet = table.sheet
    return Submission(
        sheet=sheet.name,
        columns=columns,
        rows=found,
        merges=sheet.merges,
        hidden_rows=sheet.hidden_rows,
        hidden_columns=sheet.hidden_columns,
        heading_row=table.row,
        headings=table.texts,
    )


def _row(row: int, cells: Iterable[Cell], columns: tuple[Column, ...]) -> SubmittedRow | None:
    by_column = {cell.column: cell for cell in cells}
    found = {column.field.value: by_column.pop(column.column) for column in columns if column.column in by_column}
    others = tuple(cell for cell in by_column.values() if cell.kind is CellKind.TEXT)
    return SubmittedRow(row, **found, others=others) if found else None


def _is_answer_above(row: SubmittedRow) -> bool:
    """Sorting can carry rows above their headings; other words above them are no rows."""
    return bool(row.degree or row.narrative) and any(map(_begins_with_number, row.titles))


def _begins_with_number(cell: Cell) -> bool:
    return cell.kind is CellKind.NUMBER or _NUMBERED.match(cell.raw) is not None


def _shows_nothing(cell: Cell) -> bool:
    """A formula that gave an empty text shows nothing; one that gave nothing at all was never computed."""
    return cell.kind is CellKind.TEXT and is_blank(cell.raw)


def _is_dash(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and cell.raw != "" and heading_key(cell.raw) == ""


def cell_name(cell: Cell) -> str:
    """A cell's letter and number, `F12`."""
    return str(CellRef(cell.row, cell.column))
