"""What the workbooks that we make have in common: how cells look, how pages print, how bytes are made."""

import textwrap
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Literal
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from generator.domain.base.text import clean_text
from generator.formats.opc.editing import Package
from generator.formats.xlsx.escapes import escaped
from generator.formats.xlsx.repack import WrittenParts, as_excel_writes
from generator.formats.xlsx.workbook_mark import MARK_PROPERTY, marked_bytes

LINE_POINTS = 15.0
# Excel's own limit is 409 points; a row higher than a screen cannot be scrolled past in Excel.
MOST_POINTS = 390.0
AS_TEXT = "@"
# A column's width is counted in digits; Finnish in Calibri takes less of it than digits do.
_LETTERS_PER_DIGIT = 1.15
_A4 = 9
_CM = 1 / 2.54


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


def put_row(sheet: Worksheet, row: int, cells: Iterable[tuple[str, CellStyle]]) -> None:
    """Writes a row from column A on; words stay words, neither formula nor number, whatever they begin with."""
    for column, (text, look) in enumerate(cells, start=1):
        cell = sheet.cell(row, column, cell_text(text) or None)
        cell.data_type = "s" if text else "n"
        _dress(cell, look)


def cell_text(text: str) -> str:
    """Returns a text as a cell holds it: without characters that no document can hold, underscores escaped."""
    return escaped(clean_text(text))


def dress_column(column: ColumnDimension, width: float, look: CellStyle = PLAIN) -> None:
    """How a whole column looks; the width is in characters."""
    column.width = width
    _dress(column, look)


def fitting_height(cells: Iterable[tuple[str, float]], least: float = LINE_POINTS) -> float:
    """The height in points at which texts, each in a column of a width in characters, can be read whole."""
    lines = max((_line_count(text, width) for text, width in cells), default=1)
    return min(MOST_POINTS, max(least, lines * LINE_POINTS))


def print_on_a4(
    sheet: Worksheet, orientation: Literal["portrait", "landscape"], footer: str, heading_row: int | None = None
) -> None:
    """As wide as the page, as long as it takes; the heading row (1-based) is repeated on each page."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 1 * _CM
    margins.top, margins.bottom, margins.footer = 1.2 * _CM, 1.5 * _CM, 0.7 * _CM
    sheet.HeaderFooter.oddFooter = _footer(footer)
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"


def marked_workbook_bytes(book: Workbook, day: date) -> bytes:
    """As `workbook_bytes`, with our mark, by which the file is known as ours until somebody saves it."""
    return marked_bytes(Package(workbook_bytes(book, day)))


def workbook_bytes(book: Workbook, day: date) -> bytes:
    """The workbook as a file, made on the given day: no clock enters it, so the same workbook gives the same bytes.

    Args:
        book: the workbook; a mark of ours that it was loaded with goes.
        day: stands for both created and modified, at 00:00.
    """
    if MARK_PROPERTY in book.custom_doc_props.names:  # type: ignore[attr-defined]
        del book.custom_doc_props[MARK_PROPERTY]  # type: ignore[attr-defined]
    book.properties.created = book.properties.modified = datetime.combine(day, time())
    parts = WrittenParts()
    # Not Workbook.save, which writes the clock into the properties.
    ExcelWriter(book, parts).save()  # type: ignore[arg-type]
    return as_excel_writes(parts)


def _footer(text: str) -> HeaderFooterItem:
    footer = HeaderFooterItem()
    footer.left.text = text.replace("&", "&&")
    footer.right.text = "&P / &N"
    return footer


@lru_cache(maxsize=1_000)  # the instructions are the same in all forms
def _line_count(text: str, width: float) -> int:
    letters = int(width * _LETTERS_PER_DIGIT)
    return sum(_wrapped_lines(line, letters) for line in text.split("\n"))


def _wrapped_lines(line: str, letters: int) -> int:
    if len(line) <= letters and "\t" not in line:  # a tab counts as several letters
        return 1
    return max(1, len(textwrap.wrap(line, letters)))


# The looks of each sheet that is being written, by their numbers.
_DRESSED: WeakKeyDictionary[object, dict[CellStyle, StyleArray]] = WeakKeyDictionary()


def _dress(cell: Cell | MergedCell | ColumnDimension, look: CellStyle) -> None:
    """Copies the numbers of a look. openpyxl compares each font, fill and border with all others: once is enough."""
    dressed = _DRESSED.setdefault(cell.parent, {})
    if look not in dressed:
        cell.font, cell.fill, cell.border, cell.alignment = _styles(look)
        cell.number_format = AS_TEXT
        dressed[look] = cell._style  # type: ignore[union-attr]
    cell._style = copy(dressed[look])  # type: ignore[union-attr]


@cache
def _styles(look: CellStyle) -> tuple[Font, PatternFill, Border, Alignment]:
    side = Side(style="thin", color=look.lines) if look.lines else Side()
    return (
        Font(name="Calibri", size=look.points, bold=look.bold, color=look.ink),
        PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        Border(left=side, right=side, top=side, bottom=side),
        Alignment(horizontal="left", vertical="center" if look.middle else "top", wrap_text=look.wrap),
    )
