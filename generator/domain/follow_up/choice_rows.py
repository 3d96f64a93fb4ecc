"""Reads the rows of the secretary's workbook: what a person changed in them since the workbook was written.

The key of a row tells what the row was about and what was written in it. So a row that was sorted, filled down, copied
or saved from an old workbook is known as such.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from generator.domain.base.canonical import digest
from generator.domain.base.text import clean_text, heading_key
from generator.domain.follow_up.open_items import Choice, ChoiceColumn, Obstacle
from generator.domain.plan.goals import split_title
from generator.domain.submission.shown_values import shown_cell
from generator.domain.submission.workbook import Cell, CellKind, Sheet, Workbook

C = TypeVar("C", bound=StrEnum)
_KEY = re.compile(
    r"(?P<item>\S{16}) (?P<subject>\S{12}) (?P<base>\d{1,12}) (?P<written>[0-9a-f]{6}|-) (?P<check>\S{6})"
)
_CHECK_LENGTH = 6
NOTHING_WRITTEN = "-"


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """What a row was about when it was written.

    `item` is the open item's key, `subject` the digest of its subject; `base` is the number in the journal of the last
    act that the workbook knows; `written` is the digest of what stood in the cells to fill, `-` if they were empty.
    """

    item: str
    subject: str
    base: int
    written: str = NOTHING_WRITTEN

    def text(self, matter: str, goal: str) -> str:
        """Returns the text for the key column of the row with these labels."""
        return f"{self.item} {self.subject} {self.base} {self.written} {self._check(matter, goal)}"

    def _check(self, matter: str, goal: str) -> str:
        parts = (self.item, self.subject, self.base, self.written, _folded(matter), _folded(goal))
        return digest(parts)[:_CHECK_LENGTH]


def written_digest(choice: str, because: str) -> str:
    """Returns the digest of what stands in the cells to fill of a row; `-` if they are empty."""
    return digest((_folded(choice), _folded(because)))[:_CHECK_LENGTH] if choice or because else NOTHING_WRITTEN


def read_choices(
    workbook: Workbook, headings: tuple[tuple[str, ...], ...], language: str = "fi"
) -> tuple[Choice, ...] | None:
    """Reads the rows that a person changed, by their headings in any language.

    Args:
        headings: in the order of `ChoiceColumn`.
        language: in which a number, a date or a truth value is told (fi, sv, en).

    Returns:
        The choices; one that cannot be its row's has an obstacle. None where no sheet has the headings.
    """
    needed = frozenset({ChoiceColumn.CHOICE, ChoiceColumn.KEY})
    columns = heading_columns(headings, tuple(ChoiceColumn))
    rows = read_rows(workbook, columns, needed, language)
    if rows is None:
        return None
    counts = Counter(row.get(ChoiceColumn.KEY, "") for row in rows)
    found = ((row, _choice(row)) for row in rows)
    return tuple(
        replace(choice, obstacle=Obstacle.STANDS_TWICE) if counts[row.get(ChoiceColumn.KEY, "")] > 1 else choice
        for row, choice in found
        if choice
    )


def heading_columns(headings: tuple[tuple[str, ...], ...], columns: tuple[C, ...]) -> dict[str, C]:
    """Returns the column of each heading in every language, by the heading as `heading_key` gives it."""
    return {heading_key(label): column for labels in headings for column, label in zip(columns, labels, strict=True)}


def read_rows(
    workbook: Workbook, columns: Mapping[str, C], needed: frozenset[C], language: str
) -> tuple[dict[C, str], ...] | None:
    """Returns the texts of the rows below headings, on all sheets that have the headings.

    Returns:
        The rows; None where no sheet has the needed headings.
    """
    tables = [rows for sheet in workbook.sheets if (rows := _table(sheet, columns, needed, language)) is not None]
    return tuple(row for rows in tables for row in rows) if tables else None


def _table(
    sheet: Sheet, columns: Mapping[str, C], needed: frozenset[C], language: str
) -> tuple[dict[C, str], ...] | None:
    places: dict[int, C] = {}
    found: list[dict[C, str]] = []
    for _, each in groupby(sheet.cells, key=attrgetter("row")):
        cells = tuple(each)
        named = {cell.column: columns[key] for cell in cells if (key := heading_key(clean_text(cell.raw))) in columns}
        if needed <= set(named.values()):
            places = named if len(set(named.values())) == len(named) else {}
        elif row := dict(_texts(cells, places, language)):
            found.append(row)
    return tuple(found) if places else None


def _texts(cells: tuple[Cell, ...], places: Mapping[int, C], language: str) -> Iterator[tuple[C, str]]:
    for cell in cells:
        if cell.column in places and (text := filled_text(cell, language)):
            yield places[cell.column], text


def filled_text(cell: Cell, language: str) -> str:
    """Returns what a person sees in a cell. A formula is told as such: it is no answer."""
    if cell.formula is not None:
        return f"={cell.formula}"
    return clean_text(cell.raw).strip() if cell.kind is CellKind.TEXT else shown_cell(cell, language)


def _choice(row: Mapping[ChoiceColumn, str]) -> Choice | None:
    """Returns what a person changed on a row; None if nothing was changed."""
    matter, goal = row.get(ChoiceColumn.MATTER, ""), row.get(ChoiceColumn.GOAL, "")
    text, because = row.get(ChoiceColumn.CHOICE, ""), row.get(ChoiceColumn.BECAUSE, "")
    written, coded = row.get(ChoiceColumn.KEY, ""), split_title(goal)
    choice = Choice(written, text, because, coded[0] if coded else "", matter)
    key = _row_key(written)
    if key is None:
        is_old = re.fullmatch(r"[0-9a-f]{16}", written) is not None
        return replace(choice, obstacle=None if is_old else Obstacle.MOVED) if text else None
    if written_digest(text, because) == key.written:
        return None
    obstacle = None if key.text(matter, goal) == written else Obstacle.MOVED
    return replace(choice, key=key.item, subject=key.subject, base=key.base, obstacle=obstacle)


def _row_key(text: str) -> ChoiceKey | None:
    found = _KEY.fullmatch(text)
    return ChoiceKey(found["item"], found["subject"], int(found["base"]), found["written"]) if found else None


def _folded(text: str) -> str:
    return " ".join(clean_text(text).split())
