"""Reads the sheet on which a person makes the report final, and checks what was filled in.

A cell to fill is known by its key and its label, so that a value filled down, sorted or copied counts nowhere else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from generator.domain.base.rule import N_
from generator.domain.base.text import clean_text, heading_key, words_in
from generator.domain.follow_up.open_by_kind import OpenKind, Reason
from generator.domain.follow_up.open_items import Obstacle
from generator.domain.submission.shown_values import shown_cell
from generator.domain.submission.workbook import Cell, CellKind, Sheet, Workbook

# The cells to fill beside one reason for each open kind.
PERIOD, NAMES = "period", "names"
FINAL_CELLS = (*(kind.value for kind in OpenKind), PERIOD, NAMES)
# A cell that stands on the same sheet, and is no part of the request.
VERSION = "version"
_LEAST_LETTERS = 3


class FinalColumn(StrEnum):
    """The columns of the sheet from left to right, by the messages that are their headings."""

    QUESTION = N_("To be filled in")
    DETAILS = N_("Details")
    ANSWER = N_("Your answer")
    REMARK = N_("Why it was not carried out")
    KEY = N_("Identifier")


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell that a person must fill in, as it was saved.

    `name` is one of `FINAL_CELLS` or `VERSION`, an empty string where its key cannot be read; `key` is of the report
    that the sheet was written about; `is_labelled`: the label beside it is the one that was written there.
    """

    name: str
    key: str
    value: str
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The cells to fill in, in the order of the sheet; `versions` are those with the version of the previous period."""

    cells: tuple[FilledCell, ...]
    versions: tuple[FilledCell, ...] = ()

    @property
    def key(self) -> str:
        """The key of the report that the cells belong to; an empty string if they belong to different reports."""
        keys = {cell.key for cell in self.cells}
        return keys.pop() if len(keys) == 1 else ""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The names and values of the cells that are not empty."""
        return tuple((cell.name, cell.value) for cell in self.cells if cell.value)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as it was read; `obstacle` is an `Obstacle`, an empty string where the value is as it should be.

    `name` is one of `FINAL_CELLS`, an empty string for the sheet as a whole.
    """

    name: str
    value: str
    obstacle: str = ""


def read_final_sheet(
    workbook: Workbook, headings: tuple[tuple[str, ...], ...], labels: Mapping[str, frozenset[str]], language: str
) -> FilledSheet | None:
    """Returns the cells to fill in on all sheets that have the headings; None if there is no such sheet.

    A copy of the sheet gives each cell twice.

    Args:
        headings: the headings in every language, each in the order of `FinalColumn`.
        labels: for each of `FINAL_CELLS` and `VERSION` its labels in every language, as `heading_key` gives them.
        language: in which a number or a date is shown (fi, sv, en).
    """
    columns = {heading_key(label): column for each in headings for column, label in zip(FinalColumn, each, strict=True)}
    found = [cells for sheet in workbook.sheets if (cells := _cells(sheet, columns, labels, language)) is not None]
    if not found:
        return None
    cells = tuple(cell for cells in found for cell in cells)
    versions = tuple(cell for cell in cells if cell.name == VERSION)
    return FilledSheet(tuple(cell for cell in cells if cell.name != VERSION), versions)


def check_filled(
    sheet: FilledSheet, kinds: Iterable[OpenKind], period: str, yes: frozenset[str]
) -> tuple[ReadCell, ...]:
    """Returns each cell that must be filled in, with what is wrong with it.

    Args:
        kinds: the kinds of which something is open: each needs a reason.
        period: the period's id, which must have been typed.
        yes: the words for yes, case-folded.
    """
    return tuple(_check(name, sheet, period, yes) for name in (*(kind.value for kind in kinds), PERIOD, NAMES))


def reasons_of(cells: Iterable[ReadCell]) -> tuple[Reason, ...]:
    """Returns the reasons that were filled in."""
    return tuple(Reason(cell.name, cell.value) for cell in cells if cell.name in list(OpenKind))


def cell_key(name: str, report: str) -> str:
    """Returns the text for the key column: the cell's name and the report's key."""
    return f"{name} {report}"


def _check(name: str, sheet: FilledSheet, period: str, yes: frozenset[str]) -> ReadCell:
    own = [cell for cell in sheet.cells if cell.name == name]
    value = "; ".join(dict.fromkeys(cell.value for cell in own if cell.value))
    if len(own) > 1:
        return ReadCell(name, value, Obstacle.STANDS_TWICE)
    if own and value and not own[0].is_labelled:
        return ReadCell(name, value, Obstacle.MOVED)
    return ReadCell(name, value, _obstacle(name, value, period, yes))


def _obstacle(name: str, value: str, period: str, yes: frozenset[str]) -> str:
    if name == PERIOD:
        return "" if value == period else Obstacle.WRONG_PERIOD
    if name == NAMES:
        return "" if value.casefold() in yes else Obstacle.NAMES_NOT_READ
    # What belongs into the cells below, filled upwards, is no reason, and no formula is one.
    is_other = value == period or value.casefold() in yes or value.startswith("=")
    letters = (len(word) for word in words_in(value) if not word.isdigit())
    return "" if not is_other and max(letters, default=0) >= _LEAST_LETTERS else Obstacle.NO_REASON


def _cells(
    sheet: Sheet, columns: Mapping[str, FinalColumn], labels: Mapping[str, frozenset[str]], language: str
) -> tuple[FilledCell, ...] | None:
    """The cells below the sheet's headings; None where it has none, or one of them twice."""
    places: dict[FinalColumn, int] = {}
    found: list[FilledCell] = []
    for _, each in groupby(sheet.cells, key=attrgetter("row")):
        row = {cell.column: cell for cell in each}
        if not places:
            places = _heading_places(row, columns)
        elif cell := _cell(row, places, labels, language):
            found.append(cell)
    return tuple(found) if places else None


def _heading_places(row: Mapping[int, Cell], columns: Mapping[str, FinalColumn]) -> dict[FinalColumn, int]:
    """Returns the columns of a heading row by heading; empty if one is missing or is there twice."""
    named = [(columns[key], column) for column, cell in row.items() if (key := heading_key(_text(cell))) in columns]
    needed = {FinalColumn.QUESTION, FinalColumn.ANSWER, FinalColumn.KEY}
    is_whole = needed <= {name for name, _ in named} and len(dict(named)) == len(named)
    return dict(named) if is_whole else {}


def _cell(
    row: Mapping[int, Cell], places: Mapping[FinalColumn, int], labels: Mapping[str, frozenset[str]], language: str
) -> FilledCell | None:
    """The cell of a row; None where neither a key nor an answer stands there."""
    texts = dict(_texts(row, places, language))
    name, _, key = texts.get(FinalColumn.KEY, "").partition(" ")
    value = texts.get(FinalColumn.ANSWER, "")
    if name not in (*FINAL_CELLS, VERSION):
        return FilledCell("", "", value, is_labelled=False) if value else None
    label = heading_key(texts.get(FinalColumn.QUESTION, ""))
    return FilledCell(name, key, value, is_labelled=label in labels[name])


def _texts(
    row: Mapping[int, Cell], places: Mapping[FinalColumn, int], language: str
) -> Iterator[tuple[FinalColumn, str]]:
    for name, column in places.items():
        cell = row.get(column)
        if cell:
            yield name, _value(cell, language)


def _value(cell: Cell, language: str) -> str:
    """The cell's text. What was not typed as text is told as the person sees it; a formula is no answer."""
    if cell.formula is not None:
        return f"={cell.formula}"
    return _text(cell) if cell.kind is CellKind.TEXT else shown_cell(cell, language)


def _text(cell: Cell) -> str:
    return "" if cell.kind is CellKind.ERROR else clean_text(cell.raw).strip()
