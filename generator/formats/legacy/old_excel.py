"""Reads an .xls (Excel 5 to 2003) with xlrd, in the child process.

Source: [MS-XLS] 2.4 records, 2.5.10 Bes (errors).
"""

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from struct import error as StructError  # noqa: N812 — its own name says nothing
from typing import Any

import xlrd

from generator.domain.base.cells import Area
from generator.domain.base.number_format import usable_format
from generator.domain.base.text import struck_words
from generator.domain.submission.workbook import (
    MOST_READ_ROWS,
    Cell,
    CellKind,
    CellNote,
    Sheet,
    SheetState,
    Workbook,
    cell_note,
)
from generator.formats.opc.meter import Meter, RefusedError

# xlrd checks little of what it reads: a damaged file meets whatever comes next.
_FAULTS = (
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    StructError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)
_ENCRYPTED = "Workbook is encrypted"
_STATES = (SheetState.VISIBLE, SheetState.HIDDEN, SheetState.VERY_HIDDEN)
_DAYS_TO_1904 = 1462  # some workbooks of Excel for Mac count days from 1 January 1904


def read_old_excel(data: bytes, meter: Meter) -> Workbook:
    """The worksheets of an .xls, hidden ones too.

    Raises:
        RefusedError: It is protected with a password, damaged, or holds more than the meter allows.
    """
    xlrd.book.unicode = xlrd.biffh.unicode = _decoded
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as log:
            book = xlrd.open_workbook(
                file_contents=data,
                logfile=log,
                formatting_info=True,
                ragged_rows=True,
                ignore_workbook_corruption=True,  # Excel opens what some programs save so
            )
        sheets = tuple(_OldSheet(book, sheet, meter).read() for sheet in book.sheets())
    except _FAULTS as fault:
        encrypted = str(fault) == _ENCRYPTED
        raise RefusedError("encrypted-workbook" if encrypted else "damaged-workbook", "xls") from fault
    has_macros = "_VBA_PROJECT_CUR".encode("utf-16-le") in data
    return Workbook(sheets, last_modified_by=meter.text(book.user_name.strip()), has_macros=has_macros)


def _decoded(raw: bytes, encoding: str, errors: str = "strict") -> str:
    """Decodes a record's text. xlrd refuses a record that ends in the middle of an emoji; this does not."""
    return raw.decode(encoding, "surrogatepass" if encoding == "utf_16_le" else errors)


class _OldSheet:
    """One worksheet of xlrd's; its rows and columns are 0-based."""

    def __init__(self, book: Any, sheet: Any, meter: Meter) -> None:
        self._book, self._sheet, self._meter = book, sheet, meter

    def read(self) -> Sheet:
        sheet, meter = self._sheet, self._meter
        cells, is_cut = self._cells()
        meter.add("marks", len(sheet.merged_cells))
        merges = (Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
        rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
        columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
        return Sheet(
            meter.text(sheet.name),
            _STATES[sheet.visibility],
            cells,
            tuple(map(str, merges)),
            frozenset(rows.intersection(cell.row for cell in cells)),
            frozenset(columns.intersection(cell.column for cell in cells)),
            is_cut,
            tuple(self._notes()),
        )

    def _notes(self) -> Iterator[CellNote]:
        for (row, column), note in sorted(self._sheet.cell_note_map.items()):
            self._meter.add("cells", 1)
            yield cell_note(row + 1, column + 1, self._meter.text(note.text), note.author or "")

    def _cells(self) -> tuple[tuple[Cell, ...], bool]:
        """Returns the filled cells of the first rows that have some, and whether there are more."""
        cells: list[Cell] = []
        filled = 0
        for row in range(self._sheet.nrows):
            in_row = tuple(self._cells_in(row))
            filled += bool(in_row)
            if filled > MOST_READ_ROWS:
                return tuple(cells), True
            cells += in_row
        return tuple(cells), False

    def _cells_in(self, row: int) -> Iterator[Cell]:
        for column, kind in enumerate(self._sheet.row_types(row)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and (cell := self._cell(row, column)).raw:
                self._meter.add("cells", 1)
                self._meter.add("characters", len(cell.raw))
                yield cell

    def _cell(self, row: int, column: int) -> Cell:
        read = self._sheet.cell(row, column)
        style = self._book.xf_list[read.xf_index]
        number_format = usable_format(self._book.format_map[style.format_key].format_str)
        place, is_struck = (row + 1, column + 1), bool(self._book.font_list[style.font_index].struck_out)
        if read.ctype == xlrd.XL_CELL_TEXT:
            runs = self._runs(row, column, read.value, is_struck=is_struck)
            text = "".join(part for part, _ in runs)
            return Cell(*place, CellKind.TEXT, text, number_format, struck=struck_words(runs))
        kind, raw = self._value(read)
        return Cell(*place, kind, raw, number_format, struck=raw if is_struck else None)

    def _value(self, read: Any) -> tuple[CellKind, str]:
        if read.ctype == xlrd.XL_CELL_ERROR:
            return CellKind.ERROR, xlrd.error_text_from_code.get(read.value, f"#{read.value}")
        if read.ctype == xlrd.XL_CELL_BOOLEAN:
            return CellKind.BOOLEAN, "TRUE" if read.value else "FALSE"
        later = _DAYS_TO_1904 if read.ctype == xlrd.XL_CELL_DATE and self._book.datemode else 0
        return CellKind.NUMBER, repr(read.value + later).removesuffix(".0")

    def _runs(self, row: int, column: int, text: str, *, is_struck: bool) -> tuple[tuple[str, bool], ...]:
        """Returns the text's runs, each with whether it is struck through. Runs begin at UTF-16 units of the text."""
        fonts = self._book.font_list
        later = self._sheet.rich_text_runlist_map.get((row, column), [])
        runs = [(0, is_struck), *((start, bool(fonts[font].struck_out)) for start, font in later)]
        units = text.encode("utf-16-le", "surrogatepass")
        ends = pairwise((*runs, (len(units), False)))
        return tuple(
            (units[2 * start : 2 * end].decode("utf-16-le", "replace"), struck) for (start, struck), (end, _) in ends
        )
