"""The look and the text of cells in our workbooks, independent of the library that writes them."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.domain.base.text import clean_text
from generator.formats.xlsx.escapes import escaped

LINE_POINTS = 15.0
# Excel's own limit is 409 points; a row higher than a screen cannot be scrolled past in Excel.
MOST_POINTS = 390.0
# A column's width is counted in digits; Finnish in Calibri takes less of it than digits do.
_LETTERS_PER_DIGIT = 1.15


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks: colours are six hex digits; without a fill or lines where they are None."""

    fill: str | None = None
    ink: str = "000000"
    lines: str | None = "BFBFBF"
    bold: bool = False
    points: int = 11
    wrap: bool = True
    middle: bool = False


HEADING = CellStyle(fill="1F3864", ink="FFFFFF", lines="FFFFFF", bold=True, middle=True)
TITLE = CellStyle(lines=None, bold=True, points=14, wrap=False)
PLAIN = CellStyle()


@dataclass(frozen=True, slots=True)
class StyledRow:
    """A row from column A on: its number (1-based), texts with their looks, and its height in points.

    `height` is None where the program that shows the row decides.
    """

    number: int
    cells: tuple[tuple[str, CellStyle], ...]
    height: float | None = None


@dataclass(frozen=True, slots=True)
class SheetContent:
    """The content of one sheet in a workbook: its rows, and the widths of its columns in characters.

    `widths` is None if the sheet has the widths of the model.
    """

    rows: tuple[StyledRow, ...]
    widths: tuple[float, ...] | None = None


def cell_text(text: str) -> str:
    """Returns a text as a cell stores it: without characters that XML forbids, and with `_xHHHH_` escaped."""
    return escaped(clean_text(text))


def fitting_height(cells: Iterable[tuple[str, float]], least: float = LINE_POINTS) -> float:
    """Returns the row height in points that shows all texts whole, each with its column's width in characters."""
    lines = max((_line_count(text, width) for text, width in cells), default=1)
    return min(MOST_POINTS, max(least, lines * LINE_POINTS))


@lru_cache(maxsize=1_000)  # the instructions are the same in all forms
def _line_count(text: str, width: float) -> int:
    letters = int(width * _LETTERS_PER_DIGIT)
    return sum(_wrapped_lines(line, letters) for line in text.split("\n"))


def _wrapped_lines(line: str, letters: int) -> int:
    if len(line) <= letters and "\t" not in line:  # a tab counts as several letters
        return 1
    return max(1, len(textwrap.wrap(line, letters)))
