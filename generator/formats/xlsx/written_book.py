"""Writes workbooks with openpyxl: rows, page setup, and the file, whose bytes are the same for the same workbook."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime, time
from functools import cache
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

from generator.domain.base.cells import column_letter
from generator.formats.opc.editing import Package
from generator.formats.xlsx.cell_style import PLAIN, CellStyle, SheetContent, cell_text
from generator.formats.xlsx.repack import WrittenParts, as_excel_writes
from generator.formats.xlsx.workbook_mark import MARK_PROPERTY, marked_bytes

AS_TEXT = "@"
_A4 = 9
_CM = 1 / 2.54


def put_row(sheet: Worksheet, row: int, cells: Iterable[tuple[str, CellStyle]]) -> None:
    """Writes a row from column A on. Every cell is text, never a formula or a number, whatever it begins with."""
    for column, (text, look) in enumerate(cells, start=1):
        cell = sheet.cell(row, column, cell_text(text) or None)
        cell.data_type = "s" if text else "n"
        _dress(cell, look)


def put_content(sheet: Worksheet, content: SheetContent) -> None:
    """Writes a sheet's content with openpyxl."""
    for row in content.rows:
        put_row(sheet, row.number, row.cells)
        if row.height is not None:
            sheet.row_dimensions[row.number].height = row.height
    for number, width in enumerate(content.widths or (), start=1):
        sheet.column_dimensions[column_letter(number)].width = width


def dress_column(column: ColumnDimension, width: float, look: CellStyle = PLAIN) -> None:
    """Sets the width (in characters) and the look of a whole column."""
    column.width = width
    _dress(column, look)


def print_on_a4(
    sheet: Worksheet, orientation: Literal["portrait", "landscape"], footer: str, heading_row: int | None = None
) -> None:
    """Sets A4 pages, one page wide and as many as needed; the heading row (1-based) is repeated on each page."""
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
    """Returns the same as `workbook_bytes` with our mark, which shows that nobody has saved the file since."""
    return marked_bytes(Package(workbook_bytes(book, day)))


def workbook_bytes(book: Workbook, day: date) -> bytes:
    """Returns the workbook as a file dated on the given day. No clock is read: the same workbook gives the same bytes.

    Args:
        book: the workbook; our mark is removed if it has one.
        day: the date of creation and modification, at 00:00.
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


# For each workbook that is being written: openpyxl's style numbers of its looks.
_DRESSED: WeakKeyDictionary[object, dict[CellStyle, StyleArray]] = WeakKeyDictionary()


def _dress(cell: Cell | MergedCell | ColumnDimension, look: CellStyle) -> None:
    """Copies a look's style numbers: if fonts, fills and borders are set anew, openpyxl searches all others."""
    dressed = _DRESSED.setdefault(cell.parent.parent, {})
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
