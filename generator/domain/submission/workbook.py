"""A saved workbook as values: its sheets, cells, notes and fills, or why it could not be read."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

# No programme has so many goals, and each row is compared with all of them.
MOST_ROWS = 5_000
# Filled rows of a sheet that are read: a table, and the rows above it.
MOST_READ_ROWS = MOST_ROWS + 100
# Coloured cells of a sheet that are kept: a person colours some.
MOST_FILLS = 5_000


class CellKind(StrEnum):
    """The type of a cell's value in the file."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ERROR = "error"


class SheetState(StrEnum):
    """Whether a person can see the sheet's tab; a very hidden one is in no menu."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


class Cell(NamedTuple):
    """One filled cell as the file holds it; a tuple, since thousands are made.

    `row` and `column` are 1-based (column A is 1). `raw` is the stored value as text: the text itself with
    `_xHHHH_` undone, a number as written in the XML (`3`, `1.1`), `TRUE`/`FALSE`, or an error such as `#N/A`.
    A formula without a stored result has an empty `raw`. `struck` are the words that are struck through, None where
    none are.
    """

    row: int
    column: int
    kind: CellKind
    raw: str
    number_format: str = "General"
    formula: str | None = None
    struck: str | None = None


@dataclass(frozen=True, slots=True)
class CellNote:
    """A note on a cell (row and column 1-based), as `cell_note` makes it."""

    row: int
    column: int
    text: str


class CellFill(NamedTuple):
    """A cell's own fill (row and column 1-based): `FFF6CC`, or the file's description of a theme colour."""

    row: int
    column: int
    colour: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its filled cells row by row, left to right; rows and columns 1-based.

    `is_cut` is true where the sheet has more filled rows than are read (`MOST_READ_ROWS`).
    `fills` are those of the first cells that have one, blank cells too; conditional formats give none.
    """

    name: str
    state: SheetState
    cells: tuple[Cell, ...]
    merges: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_cut: bool = False
    notes: tuple[CellNote, ...] = ()
    fills: tuple[CellFill, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """Everything that the reader found in one file; `properties` are the custom document properties."""

    sheets: tuple[Sheet, ...]
    properties: tuple[tuple[str, str], ...] = ()
    last_modified_by: str = ""
    has_macros: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file without a readable workbook: the rule's name, and the value found (a size, a format, a part's name)."""

    rule: str
    value: str


def cell_note(row: int, column: int, text: str, author: str) -> CellNote:
    """Makes a note on a cell, without the author's name and the sentence about comments that Excel writes first.

    Excel writes a conversation into a note for older programs: `[Comments]`, a sentence, `Comment:`.
    """
    words = _CONVERSATION.sub("", text.strip(), count=1)
    if author.strip():
        words = words.removeprefix(f"{author.strip()}:")
    return CellNote(row, column, words.strip())


_CONVERSATION = re.compile(r"\A\[[^\]\n]{1,80}\]\s*\n\s*\n.{1,1000}?\n\s*\n[^\n]{1,80}:[^\S\n]*\n", re.DOTALL)
