"""Addresses in a worksheet as people write them: the cell `F12`, the area `F3:G5`. Rows and columns are 1-based."""

import re
from dataclasses import dataclass
from functools import lru_cache

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # ECMA-376: the last cell is XFD1048576
_CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """The address of a cell; as text `F12`. Sorted row by row, left to right."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"{column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both ends in it; as text `F3:G5`."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def first(self) -> CellRef:
        """The cell at the top left, whose value a merged area shows."""
        return CellRef(self.top, self.left)

    def __contains__(self, cell: CellRef) -> bool:
        return self.top <= cell.row <= self.bottom and self.left <= cell.column <= self.right

    def __str__(self) -> str:
        return f"{self.first}:{CellRef(self.bottom, self.right)}"


def read_cell(address: str) -> CellRef | None:
    """Reads an address like `F12`; None if it is none."""
    place = split_address(address)
    return CellRef(*place) if place else None


def read_area(reference: str) -> Area | None:
    """Reads an area like `F3:G5` or `$F$3:$G$5`; None if it is none."""
    match = _AREA.fullmatch(reference)
    if match is None:
        return None
    return Area(int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3]))


def split_address(address: str) -> tuple[int, int] | None:
    """Returns row and column of `F12`, without making an object for each of many cells; None if it is no address."""
    match = _CELL.fullmatch(address)
    return (int(match[2]), column_number(match[1])) if match else None


@lru_cache(maxsize=MOST_COLUMNS)
def column_letter(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=MOST_COLUMNS)
def column_number(letters: str) -> int:
    """1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
