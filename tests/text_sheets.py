"""The sheet of texts as a secretary fills it in and reads it."""

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.settings import Language
from generator.domain.output.text_rows import LANGUAGE_COLUMNS, TextColumn
from generator.formats.xlsx.texts_sheet import HEADING_ROW
from generator.i18n.words import Words

TEXTS_SHEET = "Tekstit"
WORDS = Words(Language.FINNISH)


def column_of(sheet: Worksheet, column: TextColumn) -> int:
    """The number of a column, by its Finnish heading."""
    return next(cell.column for cell in sheet[HEADING_ROW] if cell.value == WORDS(column))


def row_of(sheet: Worksheet, place: str) -> int:
    """The number of the row whose first cell begins with a text."""
    return next(row for row in range(HEADING_ROW + 1, sheet.max_row + 1) if _begins(sheet, row, place))


def write_text(path: Path, place: str, text: str | None, language: str = "fi", *, who: str = "Siiri Sihteeri") -> None:
    """Writes a text into its cell and saves the workbook."""
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = who
    sheet = book[TEXTS_SHEET]
    sheet.cell(row_of(sheet, place), column_of(sheet, LANGUAGE_COLUMNS[language])).value = text
    book.save(path)


def text_of(path: Path, place: str, column: TextColumn | str = "fi") -> str:
    """What stands in a cell: in a column, or in that of a language."""
    sheet = openpyxl.load_workbook(path)[TEXTS_SHEET]
    found = LANGUAGE_COLUMNS.get(str(column), TextColumn.REMARK if column not in list(TextColumn) else column)
    return str(sheet.cell(row_of(sheet, place), column_of(sheet, TextColumn(found))).value or "")


def remark_of(path: Path, place: str) -> str:
    """Why a text of the row was not entered; an empty string if all were."""
    return text_of(path, place, TextColumn.REMARK)


def _begins(sheet: Worksheet, row: int, place: str) -> bool:
    return str(sheet.cell(row, 1).value or "").startswith(place)
