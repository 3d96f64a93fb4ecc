"""Tells which words of a workbook's first sheet LibreOffice Calc breaks, with the fonts that are there.

`calc.py` runs it. Looks at the cells of the columns (0-based) from the row (0-based) down. A word alone in its cell
that makes the row higher than a single letter does is broken.
"""

from collections.abc import Iterator
from typing import Any

LETTER = "i"


def broken(document: Any, first: int, columns: list[int]) -> list[str]:
    sheet = document.Sheets.getByIndex(0)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress.EndRow
    cells = [sheet.getCellByPosition(column, row) for row in range(first, last + 1) for column in columns]
    return [word for cell in cells for word in broken_of(sheet, cell, last + 9)]


def broken_of(sheet: Any, cell: Any, free_row: int) -> Iterator[str]:
    """Tries each of the cell's words in a copy of the cell on a row that is free."""
    trial = sheet.getCellByPosition(cell.CellAddress.Column, free_row)
    sheet.copyRange(trial.CellAddress, cell.RangeAddress)
    for word in cell.getString().split():
        if height(sheet, trial, word) > height(sheet, trial, LETTER):
            yield word
    trial.setString("")


def height(sheet: Any, trial: Any, text: str) -> int:
    trial.setString(text)
    row = sheet.Rows.getByIndex(trial.CellAddress.Row)
    row.OptimalHeight = True
    return int(row.Height)
