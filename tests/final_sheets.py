"""The sheet on which the report is made final, as a secretary fills it in and reads it."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.follow_up.final_sheet import FINAL_CELLS, NAMES, PERIOD, FinalColumn
from generator.formats.xlsx.final_sheet import HEADING_ROW

FINAL_SHEET = "Lopullinen"
_COLUMNS = {column: number for number, column in enumerate(FinalColumn, start=1)}
ANSWER, REMARK, KEY = (_COLUMNS[column] for column in (FinalColumn.ANSWER, FinalColumn.REMARK, FinalColumn.KEY))


def fill_final(
    path: Path,
    reason: str = "Valtuusto kokoontuu.",
    *,
    period: str = "2026-1",
    names: str = "kyllä",
    reasons: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Fills in all cells of the sheet: the same reason for all that is open, but for the kinds that have another."""
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "Siiri Sihteeri"
    sheet = book[FINAL_SHEET]
    for name, row in final_rows(sheet).items():
        value = {PERIOD: period, NAMES: names}.get(name, reasons.get(name, reason))
        sheet.cell(row, ANSWER).value = value or None
    book.save(path)


def final_rows(sheet: Worksheet) -> dict[str, int]:
    """The row of each cell to fill, by the cell's name."""
    keys = ((str(sheet.cell(row, KEY).value), row) for row in range(HEADING_ROW + 1, sheet.max_row + 1))
    return {key.split(" ")[0]: row for key, row in keys if key.split(" ")[0] in FINAL_CELLS}


def remarks(path: Path) -> dict[str, str]:
    """What the sheet tells of each cell (an empty name: the whole sheet), where it tells something."""
    sheet = openpyxl.load_workbook(path)[FINAL_SHEET]
    told = {name: sheet.cell(row, REMARK).value for name, row in final_rows(sheet).items()}
    told[""] = sheet.cell(HEADING_ROW - 1, 1).value
    return {name: str(text) for name, text in told.items() if text}


def typed(path: Path) -> dict[str, str]:
    """What stands in each cell to fill."""
    sheet = openpyxl.load_workbook(path)[FINAL_SHEET]
    return {name: str(sheet.cell(row, ANSWER).value or "") for name, row in final_rows(sheet).items()}
