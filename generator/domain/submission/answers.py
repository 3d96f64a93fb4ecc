"""The table of progress in a saved workbook: its cells, found by their headings and grouped into rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from math import inf
from operator import attrgetter
from types import MappingProxyType

from generator.domain.base.canonical import digest
from generator.domain.base.cells import CellRef, column_letter
from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.heading import TITLE_FIELDS, Field, Headings
from generator.domain.base.text import heading_key, is_blank, is_dash, same_text
from generator.domain.submission.renamed import gap, has_neighbours, is_like, is_longer
from generator.domain.submission.workbook import MOST_ROWS, Cell, CellKind, Sheet, SheetState, Workbook

# A row counts as a heading row when it names a goal's level and two other columns besides.
HEADINGS_OF_A_TABLE = 3
REQUIRED_FIELDS = (Field.DEGREE, Field.NARRATIVE)
# Text above the headings is a row of the table only if it begins with a number, as codes do.
_NUMBERED = re.compile(r"\s*[0-9]{1,2}(?![0-9])")


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
        """Returns the cell of a field; None if it is blank."""
        cell: Cell | None = getattr(self, field)
        return cell

    @property
    def is_answered(self) -> bool:
        """True if a degree, a status or a text was given; a dash as the status is none."""
        if self.degree is not None or self.narrative is not None:
            return True
        return self.overall_status is not None and not is_dash(self.overall_status.raw)

    @property
    def titles(self) -> tuple[Cell, ...]:
        """The filled title cells; a cell with only a dash counts as empty."""
        cells = self.council_term_goal, self.annual_goal, self.action
        return tuple(cell for cell in cells if cell and not _is_dash(cell))


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that was found: its field and its 1-based column."""

    field: Field
    column: int


@dataclass(frozen=True)
class Submission:
    """The table of progress in a saved workbook: its sheet, columns, and filled rows from top to bottom.

    `merges` are those of the sheet (`F3:F5`); rows and columns are 1-based. `headings` are all its heading row's texts.
    `other_tables` are heading rows of tables that have no answer but those of this one, and are not read.
    """

    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[SubmittedRow, ...]
    merges: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    heading_row: int = 1
    headings: tuple[Cell, ...] = ()
    other_tables: tuple[Place, ...] = ()

    def column(self, field: Field) -> int | None:
        """Returns the 1-based column of a field; None if the workbook has no such column."""
        return self._columns_by_field.get(field)

    @cached_property
    def _columns_by_field(self) -> Mapping[Field, int]:
        return MappingProxyType({found.field: found.column for found in reversed(self.columns)})

    def letter(self, field: Field) -> str | None:
        """Returns the letter of a field's column; None if the workbook has no such column."""
        column = self.column(field)
        return column_letter(column) if column else None

    @cached_property
    def answer_columns(self) -> tuple[str, ...]:
        """The columns of the fields in `EntryCells`, as `Sheet!F`; an empty string for one that is not there."""
        letters = map(self.letter, (Field.MAIN_RISKS, Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE))
        return tuple(f"{self.sheet}!{letter}" if letter else "" for letter in letters)

    def place(self, row: int, field: Field) -> Place:
        """Returns the cell of a row's field; without that column, the row's first known column."""
        return Place(self.sheet, f"{self.letter(field) or column_letter(self.columns[0].column)}{row}")


@dataclass(frozen=True, slots=True)
class EntryCells:
    """The cells of an entry's values, as `Sheet!F12`; an empty string if the workbook has no such column."""

    main_risks: str
    overall_status: str
    degree: str
    narrative: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One officer's valid answer to one goal, as read from a workbook.

    `degree` is a value of the scale, or None for `Ei arvioitavissa`; `overall_status` is a status's Finnish word, or an
    empty string; `signed`: whether a form of this workspace says who answers.
    """

    code: str
    officer: str
    degree: int | None
    overall_status: str
    main_risks: str
    narrative: str
    signed: bool
    cells: EntryCells

    @property
    def value(self) -> str:
        """The digest (hex) of the values alone, without author and place.

        Unicode forms, kinds of line ends and blanks, and blanks at the ends of lines make no difference.

        Source: DESIGN, section 6, Values.
        """
        return _value_digest(self.degree, self.overall_status, self.main_risks, self.narrative)

    def says_the_same(self, other: "Entry") -> bool:
        """True if both entries have the same values, whoever wrote them and wherever."""
        return self.value == other.value


# The answers of a municipality are compared with each other at every round.
@lru_cache(maxsize=50_000)
def _value_digest(degree: int | None, overall_status: str, main_risks: str, narrative: str) -> str:
    return digest((degree, overall_status, same_text(main_risks), same_text(narrative)))


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text that is printed in place of an officer's: the field, the text, who edited it in a draft, and when."""

    field: str
    text: str
    who: str
    time: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry in the ledger: the journal sequence, file (relative to the inbox) and time (ISO 8601) of its save.

    `edits` are texts that are printed in place of the entry's.
    """

    entry: Entry
    sequence: int
    file: str
    time: str
    edits: tuple[EditedText, ...] = ()

    def text(self, field: str) -> str:
        """Returns the text of a field as it is printed."""
        own: str = getattr(self.entry, field)
        return next((edit.text for edit in self.edits if edit.field == field), own) if self.edits else own


def degree_place(entry: Entry) -> Place:
    """Returns the cell of an entry's degree, to which findings about the whole answer point."""
    sheet, _, cell = entry.cells.degree.rpartition("!")
    return Place(sheet, cell)


def find_submission(workbook: Workbook, headings: Headings, language: str) -> Submission | Finding:
    """Finds the one table of progress by its headings, on any visible sheet and on any row.

    Returns:
        The table with its filled rows, or the one finding that says why there is none.
    """
    tables = tuple(table for sheet in workbook.sheets for table in _tables(sheet, headings))
    seen = tuple(table for table in tables if table.sheet.state is SheetState.VISIBLE)
    cut = [sheet for sheet in workbook.sheets if sheet.is_cut and sheet.state is SheetState.VISIBLE]
    if cut and all(table.sheet in cut for table in seen):
        return too_many_rows(cut[0].name)
    if not seen:
        place = Place(tables[0].sheet.name) if tables else Place()
        return Finding("wrong-workbook", place, allowed=headings.labels(language))
    chosen = _table_with_all_answers(seen)
    if chosen is None:
        places = ", ".join(f"{table.sheet.name}!A{table.row}" for table in seen)
        return Finding("two-tables", seen[1].place, value=shown(places))
    others = tuple(table.place for table in seen if table is not chosen)
    return _faulty_headings(chosen, headings, language) or _submission(chosen, others)


def _table_with_all_answers(tables: tuple["_Table", ...]) -> "_Table | None":
    """Returns the first table that has every answer of the others too; None if there is no such table."""
    if len(tables) == 1:
        return tables[0]
    answers = [frozenset(map(_typed, (row for row in _rows(table) if row.is_answered))) for table in tables]
    everything = frozenset[tuple[str, ...]]().union(*answers)
    return next((table for table, found in zip(tables, answers, strict=True) if found == everything), None)


def _typed(row: SubmittedRow) -> tuple[str, ...]:
    """Returns a row's values by field in a comparable form: without column places, blanks and case."""
    return tuple(" ".join(cell.raw.split()) if (cell := row.cell(field)) else "" for field in Field)


def too_many_rows(sheet: str) -> Finding:
    """Makes the finding that a sheet has more rows than are read."""
    return Finding("too-many-rows", Place(sheet), allowed=(str(MOST_ROWS),))


@dataclass(frozen=True, slots=True)
class _Table:
    """A heading row: its cells with our headings, and all its texts.

    `above` and `below` are the rows of the nearest other heading rows on the sheet, where its own rows end.
    """

    sheet: Sheet
    row: int
    headings: tuple[tuple[Cell, Field], ...]
    texts: tuple[Cell, ...]
    above: float = 0
    below: float = inf

    @property
    def place(self) -> Place:
        """The place of the table's headings."""
        return Place(self.sheet.name, f"A{self.row}")


def _tables(sheet: Sheet, headings: Headings) -> tuple[_Table, ...]:
    """Finds the sheet's tables from top to bottom. Rows above the first may be its own, moved there by sorting."""
    found = tuple(_heading_rows(sheet, headings))
    rows = (0, *(table.row for table in found), inf)
    return tuple(
        replace(table, above=above, below=below) for table, above, below in zip(found, rows, rows[2:], strict=False)
    )


def _heading_rows(sheet: Sheet, headings: Headings) -> Iterator[_Table]:
    for row, cells in groupby(sheet.cells, key=attrgetter("row")):
        texts = [cell for cell in cells if cell.kind is CellKind.TEXT]
        if len(texts) < HEADINGS_OF_A_TABLE:
            continue
        found = tuple((cell, field) for cell in texts if (field := headings.match(cell.raw)))
        if found and _is_heading_row({field for _, field in found}):
            yield _Table(sheet, row, found, tuple(cell for cell in texts if not is_blank(cell.raw)))


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
            missing = column_missing if _is_deleted(field, table, headings) else heading_missing
            return missing(place, (headings.label(field, language),), table.texts)
    return None


def _is_deleted(field: Field, table: _Table, headings: Headings) -> bool:
    """True if a heading's column was deleted: its neighbours touch, and no other heading may be its new name."""
    columns = {found: cell.column for cell, found in table.headings}
    strange = (
        cell for cell in table.texts if cell.column not in columns.values() and not headings.is_previous(cell.raw)
    )
    is_longest = all(is_longer(cell.raw, headings) for cell in strange)
    return has_neighbours(field, columns) and not any(_free_columns(field, table, headings)) and is_longest


def _free_columns(field: Field, table: _Table, headings: Headings) -> Iterator[int]:
    """Returns the columns between a missing field's neighbours that have no answers of the previous period.

    Renamed to the lost heading, a column of the previous period would give its answers anew.
    """
    grey = {cell.column for cell in table.texts if headings.is_previous(cell.raw)}
    between = gap(field, {found: cell.column for cell, found in table.headings})
    return (column for column in between if column not in grey)


def column_missing(place: Place, label: tuple[str, ...], read: Iterable[Cell]) -> Finding:
    """Makes the finding that a whole column is missing, with the headings that were found."""
    return replace(heading_missing(place, label, read), rule="column-missing")


def heading_missing(place: Place, label: tuple[str, ...], read: Iterable[Cell]) -> Finding:
    """Makes the finding that a heading is missing, at its likely place, with the headings that were found."""
    texts = ", ".join(" ".join(cell.raw.split()) for cell in read)
    return Finding("heading-missing", place, value=shown(texts), allowed=label)


def _place_of_lost(field: Field, table: _Table, headings: Headings) -> str:
    """Returns the place of a missing heading: a similar heading's cell, else between its neighbours, else the row."""
    known = {cell.column for cell, _ in table.headings}
    strange = (cell for cell in table.texts if cell.column not in known)
    like = next((cell for cell in strange if is_like(cell.raw, field, headings)), None)
    if like:
        return cell_name(like)
    return str(CellRef(table.row, next(_free_columns(field, table, headings), 1)))


def _rows(table: _Table) -> tuple[SubmittedRow, ...]:
    fields = {cell.column: str(field.value) for cell, field in table.headings}
    cells = (cell for cell in table.sheet.cells if table.above < cell.row < table.below and cell.row != table.row)
    filled = (cell for cell in cells if not _shows_nothing(cell))
    rows = (_row(row, cells, fields) for row, cells in groupby(filled, key=attrgetter("row")))
    # Above a second heading row lie the rows of the first.
    return tuple(row for row in rows if row and (row.row > table.row or (not table.above and _is_answer_above(row))))


def _columns(table: _Table) -> tuple[Column, ...]:
    return tuple(Column(field, cell.column) for cell, field in table.headings)


def _submission(table: _Table, others: tuple[Place, ...]) -> Submission:
    sheet = table.sheet
    return Submission(
        sheet=sheet.name,
        columns=_columns(table),
        rows=_rows(table),
        merges=sheet.merges,
        hidden_rows=sheet.hidden_rows,
        hidden_columns=sheet.hidden_columns,
        heading_row=table.row,
        headings=table.texts,
        other_tables=others,
    )


def _row(row: int, cells: Iterable[Cell], fields: Mapping[int, str]) -> SubmittedRow | None:
    """Makes a row from its cells; `fields` are the names of the fields by column."""
    found: dict[str, Cell] = {}
    others: list[Cell] = []
    for cell in cells:
        if field := fields.get(cell.column):
            found[field] = cell
        elif cell.kind is CellKind.TEXT:
            others.append(cell)
    return SubmittedRow(row, **found, others=tuple(others)) if found else None


def _is_answer_above(row: SubmittedRow) -> bool:
    """True for a row above the headings that sorting may have moved there; other words above them are no rows."""
    return bool(row.degree or row.narrative) and any(map(_begins_with_number, row.titles))


def _begins_with_number(cell: Cell) -> bool:
    return cell.kind is CellKind.NUMBER or _NUMBERED.match(cell.raw) is not None


def _shows_nothing(cell: Cell) -> bool:
    """True for a formula with an empty text as its result; a formula without any result was never computed."""
    return cell.kind is CellKind.TEXT and is_blank(cell.raw)


def _is_dash(cell: Cell) -> bool:
    if cell.raw[:1].isalnum():
        return False
    return cell.kind is CellKind.TEXT and cell.raw != "" and heading_key(cell.raw) == ""


def cell_name(cell: Cell) -> str:
    """Returns a cell's letter and number, `F12`."""
    return str(CellRef(cell.row, cell.column))
