"""The child program: `python -m generator.formats.legacy.calamine_child xls|ods MEGABYTES SECONDS`; answers in JSON.

It may die at any time. calamine panics on some damaged files, and calls for all the memory between the first and the
last cell of a sheet.
"""

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TypeAlias

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from generator.domain.base.cells import Area
from generator.domain.submission.answers import Cell, CellKind, Sheet, SheetState, Unreadable, Workbook
from generator.formats.legacy.binary_marks import BinaryMarks, has_macros, read_marks
from generator.formats.legacy.limits import READY, LegacyLimits, limit_process
from generator.formats.legacy.open_document import read_open_document
from generator.formats.legacy.wire import to_json
from generator.formats.opc.meter import Meter, RefusedError

Value: TypeAlias = int | float | str | bool | time | date | datetime | timedelta


def main(kind: str, megabytes: str, seconds: str) -> None:
    """Says that it is ready, reads all of the standard input, and answers.

    calamine and the interpreter may say something of their own in between; the answer is the last line.
    """
    limit_process(int(megabytes), int(seconds))
    out = sys.stdout.buffer
    out.write(READY)
    out.flush()
    out.write(b"\n" + to_json(read(kind, sys.stdin.buffer.read(), LegacyLimits())))


def read(kind: str, data: bytes, limits: LegacyLimits) -> Workbook | Unreadable:
    """A workbook of the one kind or the other (`xls`, `ods`), or why there is none. May die of it."""
    try:
        return (read_open_document if kind == "ods" else _read_xls)(data, Meter(limits))
    except RefusedError as refused:
        return Unreadable(refused.rule, refused.value[:255])
    except MemoryError:
        return Unreadable("too-large-workbook", "memory")


def _read_xls(data: bytes, meter: Meter) -> Workbook:
    """What calamine reads, and what it leaves out: errors, number formats, hidden rows and columns."""
    try:
        marks = read_marks(data)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
    except (CalamineError, ValueError) as fault:
        raise RefusedError("damaged-workbook", "xls") from fault
    if len(marks) != len(book.sheets_metadata):
        raise RefusedError("damaged-workbook", "xls")
    return Workbook(tuple(_sheets(book, marks, meter)), has_macros=has_macros(data))


_STATES = (
    (SheetVisibleEnum.Visible, SheetState.VISIBLE),
    (SheetVisibleEnum.Hidden, SheetState.HIDDEN),
    (SheetVisibleEnum.VeryHidden, SheetState.VERY_HIDDEN),
)


def _sheets(book: CalamineWorkbook, marks: tuple[BinaryMarks, ...], meter: Meter) -> Iterator[Sheet]:
    for index, (tab, mark) in enumerate(zip(book.sheets_metadata, marks, strict=True)):
        if tab.typ == SheetTypeEnum.WorkSheet:
            state = next(state for known, state in _STATES if tab.visible == known)
            yield _sheet(Sheet(tab.name, state, ()), book.get_sheet_by_index(index), mark, meter)


def _sheet(sheet: Sheet, read: CalamineSheet, marks: BinaryMarks, meter: Meter) -> Sheet:
    cells = tuple(_cells(read, marks, meter))
    merges = tuple(_area(*first, *last) for first, last in read.merged_cell_ranges or ())
    rows = frozenset(cell.row for cell in cells) & marks.hidden_rows
    columns = frozenset(cell.column for cell in cells) & marks.hidden_columns
    return Sheet(sheet.name, sheet.state, cells, merges, rows, columns)


def _area(top: int, left: int, bottom: int, right: int) -> str:
    """`B8:C9`, from 0-based corners."""
    return str(Area(top + 1, left + 1, bottom + 1, right + 1))


def _cells(read: CalamineSheet, marks: BinaryMarks, meter: Meter) -> Iterator[Cell]:
    """The filled cells. calamine gives all rows from the sheet's first, but columns only from the first filled one."""
    first_column = read.start[1] + 1 if read.start else 1
    for row, values in enumerate(read.iter_rows(), start=1):
        for column, value in enumerate(values, start=first_column):
            error = marks.errors.get((row, column)) if value == "" else None
            if error or value != "":
                meter.add("cells", 1)
                kind, raw, number_format = (CellKind.ERROR, error, "General") if error else _value(value)
                yield Cell(row, column, kind, meter.text(raw), marks.formats.get((row, column), number_format))


def _value(value: Value) -> tuple[CellKind, str, str]:
    """Kind, raw value and number format; a moment or a length of time is a number of days, shown as what it is."""
    if isinstance(value, bool):
        return CellKind.BOOLEAN, str(value).upper(), "General"
    if isinstance(value, int | float):
        return CellKind.NUMBER, repr(value).removesuffix(".0"), "General"
    if isinstance(value, str):
        return CellKind.TEXT, value, "General"
    if isinstance(value, timedelta):
        return CellKind.NUMBER, _length(value), "[h]:mm:ss"
    return CellKind.NUMBER, value.isoformat(), _MOMENTS[type(value)]


_MOMENTS = {date: "dd.mm.yyyy", datetime: "dd.mm.yyyy hh:mm", time: "hh:mm:ss"}


def _length(value: timedelta) -> str:
    """`36:30:00`; a length below zero as the number of days that it is."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 0 else repr(value / timedelta(days=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
