"""The sheets of open matters and of settlements, as a secretary fills them in and reads them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.settings import Language
from generator.domain.follow_up.open_items import ChoiceColumn
from generator.domain.follow_up.settlements import SettlementColumn
from generator.i18n.words import Words

OPEN_SHEET, SETTLED_SHEET = "Ratkaistavat", "Tehdyt ratkaisut"
WORDS = Words(Language.FINNISH)


def columns_of(sheet: Worksheet, kinds: type[ChoiceColumn] | type[SettlementColumn]) -> dict[str, int]:
    """The numbers of the columns by their message."""
    places = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
    return {column.value: places[WORDS(column)] for column in kinds if WORDS(column) in places}


def rows_of(path: Path, sheet_name: str = OPEN_SHEET) -> list[dict[str, str]]:
    """The rows below the headings, each as its texts by the column's message."""
    sheet = openpyxl.load_workbook(path)[sheet_name]
    columns = columns_of(sheet, ChoiceColumn if sheet_name == OPEN_SHEET else SettlementColumn)
    rows = ({name: str(sheet.cell(row, at).value or "") for name, at in columns.items()} for row in _body(sheet))
    return [row for row in rows if any(row.values())]


def row_about(path: Path, place: str, sheet_name: str = OPEN_SHEET) -> dict[str, str]:
    """The first row about a goal, an officer or a file."""
    return next(row for row in rows_of(path, sheet_name) if row["Concerns"].startswith(place))


def fill_rows(path: Path, choices: dict[str, str], because: str = "", *, who: str = "Siiri Sihteeri") -> None:
    """Writes choices on the rows about goals, officers or files, by how the row's place begins."""
    _fill(
        path,
        OPEN_SHEET,
        {place: {ChoiceColumn.CHOICE: choice, ChoiceColumn.BECAUSE: because} for place, choice in choices.items()},
        who,
    )


def choose_where(path: Path, details: str, pick: Callable[[list[int]], int], choice: str) -> None:
    """Writes a choice on one of the rows whose details hold a text."""
    book = openpyxl.load_workbook(path)
    sheet = book[OPEN_SHEET]
    columns = columns_of(sheet, ChoiceColumn)
    rows = [row for row in _body(sheet) if details in str(sheet.cell(row, columns["Details"]).value)]
    if rows:
        sheet.cell(pick(rows), columns["Settlement"]).value = choice
        book.save(path)


def undo_rows(path: Path, *places: str, text: str = "kyllä", who: str = "Siiri Sihteeri") -> None:
    """Writes into the cells that undo the first settlements about goals, officers or files."""
    _fill(path, SETTLED_SHEET, {place: {SettlementColumn.UNDO: text} for place in places}, who)


def _fill(path: Path, name: str, texts: dict[str, dict[str, str]], who: str) -> None:
    """Writes texts into the columns of the rows whose place begins so; an empty reason leaves the cell as it is."""
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = who
    sheet = book[name]
    columns = columns_of(sheet, ChoiceColumn if name == OPEN_SHEET else SettlementColumn)
    for place, cells in texts.items():
        row = next(r for r in _body(sheet) if str(sheet.cell(r, columns["Concerns"]).value).startswith(place))
        for column, text in cells.items():
            if text or column != ChoiceColumn.BECAUSE:
                sheet.cell(row, columns[column]).value = text or None
    book.save(path)


def _body(sheet: Worksheet) -> Iterator[int]:
    heading = next(row for row in range(1, 12) if WORDS(ChoiceColumn.KEY) in [cell.value for cell in sheet[row]])
    return iter(range(heading + 1, sheet.max_row + 1))
