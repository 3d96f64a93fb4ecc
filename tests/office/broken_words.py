"""Tells which words of a workbook's first sheet LibreOffice Calc breaks, with the fonts that are there.

Run by an interpreter that has `uno`, as `fill_form.py` is:

    python3 broken_words.py IN FIRST_ROW COLUMN...

Looks at the cells of the columns (0-based) from the row (0-based) down, and prints a JSON list of the broken words. A
word alone in its cell that makes the row higher than a single letter does is broken.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fill_form import open_document, running_office

LETTER = "i"


def broken(source: Path, first: int, columns: list[int]) -> list[str]:
    with running_office() as desktop, open_document(desktop, source) as document:
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


if __name__ == "__main__":
    print(json.dumps(broken(Path(sys.argv[1]), int(sys.argv[2]), [int(column) for column in sys.argv[3:]])))
