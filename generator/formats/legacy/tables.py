"""Reads the content of an .ods while it is parsed.

Source: OpenDocument 1.3 part 3 §6.1 text, §9.1 tables; attributes office:value-type and its values, table:number-…,
    table:visibility, table:display.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from generator.domain.base.cells import Area
from generator.domain.base.heading import Field
from generator.domain.base.number_format import usable_format
from generator.domain.base.text import struck_words
from generator.domain.submission.workbook import (
    MOST_FILLS,
    MOST_READ_ROWS,
    Cell,
    CellFill,
    CellKind,
    CellNote,
    Sheet,
    SheetState,
    cell_note,
)
from generator.formats.legacy.strikes import PARAGRAPH, TEXT, Strikes
from generator.formats.opc.meter import Meter

Attributes: TypeAlias = dict[str, str]

_ROWS = {"table:table-row", "table:table-rows", "table:table-row-group", "table:table-header-rows"}
_COLUMNS = {"table:table-column", "table:table-columns", "table:table-column-group", "table:table-header-columns"}
_CELLS = {"table:table-cell", "table:covered-table-cell"}
# What is looked into. All else is passed over with everything inside it: shapes, tracked changes.
_INSIDE = {
    "": {"office:document-content", "office:document-styles"},
    "office:document-styles": {"office:styles"},
    "office:styles": {"style:style", "style:default-style"},
    "office:document-content": {"office:automatic-styles", "office:body"},
    "office:automatic-styles": {"style:style"},
    "style:style": {"style:table-properties", "style:table-cell-properties", "style:text-properties"},
    "style:default-style": {"style:text-properties"},
    "office:body": {"office:spreadsheet"},
    "office:spreadsheet": {"table:table"},
    "table:table": _ROWS | _COLUMNS,
    "table:table-row": _CELLS,
    **dict.fromkeys(_ROWS - {"table:table-row"}, _ROWS),
    **dict.fromkeys(_COLUMNS - {"table:table-column"}, _COLUMNS),
    **{cell: {"text:p", "office:annotation"} for cell in _CELLS},
    "office:annotation": {"dc:creator", "text:p"},
}
_SPOKEN = {"text:p", "spoken"}  # a paragraph, and everything in it …
_SPEECHLESS = {"office:annotation", "text:note", "text:ruby-text"}  # … but these


class Tables:
    """All tables of a document; `sheets` are the finished ones.

    Its methods raise ValueError or LookupError for what no document holds, RefusedError for more than the meter allows.
    """

    def __init__(self, meter: Meter) -> None:
        self.sheets: list[Sheet] = []
        self._strikes = Strikes(meter)
        self._fills: dict[str, str] = {}
        self._table = _TableReader(Sheet("", SheetState.VISIBLE, ()), self._strikes, meter, self._fills)
        self._meter = meter
        self._path = [""]
        self._style = ""
        self._hidden_styles: set[str] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        self._meter.check("depth", len(self._path))
        if self._path[-1] in _SPOKEN and name not in _SPEECHLESS:
            self._path.append("spoken")
            self._table.start_words(name, attributes)
        elif name in _INSIDE.get(self._path[-1], ()) and (name == "table:table" or not self._table.is_cut):
            self._path.append(name)
            self._take(name, attributes)
        else:
            self._path.append("passed over")

    def end(self) -> None:
        name = self._path.pop()
        if name in _SPOKEN:
            self._table.end_words()
        elif name == "office:annotation":
            self._table.end_note()
        elif name in _CELLS:
            self._table.end_cell()
        elif name == "table:table-row":
            self._table.end_row()
        elif name == "table:table":
            self.sheets.append(self._table.sheet())

    def text(self, text: str) -> None:
        if self._path[-1] in _SPOKEN:
            self._table.say(text)
        elif self._path[-1] == "dc:creator":
            self._table.name_author(text)

    def _take(self, name: str, attributes: Attributes) -> None:
        if name in ("style:style", "style:default-style"):
            self._style = attributes.get("style:name", "")
            self._strikes.start_style(attributes)
        elif name == "style:text-properties":
            self._strikes.take_text(attributes)
        elif name == "style:table-cell-properties":
            self._fills[self._style] = _colour(attributes.get("xsl-fo-compatible:background-color", ""))
        elif name == "style:table-properties":
            self._hidden_styles |= {self._style} if attributes.get("table:display") == "false" else set()
        elif name == "table:table":
            hidden = attributes.get("table:style-name") in self._hidden_styles
            state = SheetState.HIDDEN if hidden else SheetState.VISIBLE
            sheet = Sheet(self._meter.text(attributes.get("table:name", "")), state, ())
            self._table = _TableReader(sheet, self._strikes, self._meter, self._fills)
        elif taker := self._table.takers.get(name):
            taker(attributes)


_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_BLANKS = {"text:tab": "\t", "text:line-break": "\n"}
_UNSEEN = {"collapse", "filter"}


class _TableReader:
    """Reads one table: the present position and row, and the cells kept so far. Numbers are 1-based."""

    def __init__(self, sheet: Sheet, strikes: Strikes, meter: Meter, fills: Mapping[str, str]) -> None:
        self._sheet, self._strikes, self._meter, self._fill_of = sheet, strikes, meter, fills
        self._row = self._column = self._next_column = 1
        self._times = 1
        self._row_is_hidden = False
        self._in_row: list[Cell] = []
        self._cell: Attributes = {}
        self._said: list[tuple[str, bool]] = []
        self._notes: list[CellNote] = []
        self._author = ""
        self._fills: list[CellFill] = []
        self._said_by_cell: list[tuple[str, bool]] = []
        self._is_struck = [False]  # the cell, its paragraph, and the words in it that are open
        self._row_style = ""
        self._column_styles: list[str] = []
        self._filled_rows = 0
        self._cells: list[Cell] = []
        self._merges: list[str] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self.takers: dict[str, Callable[[Attributes], None]] = {
            "table:table-column": self._take_column,
            "table:table-row": self._start_row,
            **dict.fromkeys(_CELLS, self._start_cell),
            "text:p": self._start_paragraph,
            "office:annotation": self._start_note,
        }

    def start_words(self, name: str, attributes: Attributes) -> None:
        """Begins any element in a paragraph: words that may have a style of their own, or a blank."""
        self._start_words(TEXT, attributes)
        if name == "text:s":
            self._meter.add("characters", count := _count(attributes, "text:c"))
            self._said.append((" " * count, self._is_struck[-1]))
        elif name in _BLANKS:
            self.say(_BLANKS[name])

    def sheet(self) -> Sheet:
        columns = self._hidden_columns.intersection(cell.column for cell in self._cells)
        return replace(
            self._sheet,
            cells=tuple(self._cells),
            merges=tuple(self._merges),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(columns),
            is_cut=self.is_cut,
            notes=tuple(self._notes),
            fills=tuple(self._fills),
        )

    @property
    def is_cut(self) -> bool:
        """True if there are more filled rows than are read."""
        return self._filled_rows > MOST_READ_ROWS

    def say(self, text: str) -> None:
        self._said.append((self._meter.text(text), self._is_struck[-1]))

    def end_note(self) -> None:
        self._meter.add("cells", 1)
        words = "".join(text for text, _ in self._said)
        self._notes.append(cell_note(self._row, self._column, words, self._author))
        self._said = self._said_by_cell

    def name_author(self, text: str) -> None:
        self._author += self._meter.text(text)

    def end_words(self) -> None:
        self._is_struck.pop()

    def end_cell(self) -> None:
        times = _count(self._cell, "table:number-columns-repeated")
        made = _cell(self._cell, self._said, (self._row, self._column), is_struck=self._is_struck[0])
        if made:
            _within(self._column + times - 1, _LAST_COLUMN)
            self._count([made], times)
            self._in_row += [made._replace(column=self._column + more) for more in range(times)]
        self._take_merge()
        self._take_fill(times)
        self._column += times

    def end_row(self) -> None:
        if self._in_row:
            _within(self._row + self._times - 1, _LAST_ROW)
            self._filled_rows += self._times
            if self._filled_rows <= MOST_READ_ROWS:
                self._keep_row()
        self._row += self._times

    def _keep_row(self) -> None:
        self._count(self._in_row, self._times - 1)
        rows = range(self._row, self._row + self._times)
        self._cells += [cell._replace(row=row) for row in rows for cell in self._in_row]
        self._hidden_rows |= set(rows) if self._row_is_hidden else set()

    def _count(self, cells: list[Cell], times: int) -> None:
        """Counts repeated cells before they are made."""
        self._meter.add("cells", len(cells) * times)
        self._meter.add("characters", sum(len(cell.raw) + len(cell.formula or "") for cell in cells) * times)

    def _take_column(self, column: Attributes) -> None:
        after = self._next_column + _count(column, "table:number-columns-repeated")
        taken = range(self._next_column, min(after, _LAST_COLUMN + 1))
        if column.get("table:visibility") in _UNSEEN:
            self._hidden_columns.update(taken)
        self._column_styles += [column.get("table:default-cell-style-name", "")] * len(taken)
        self._next_column = after

    def _start_row(self, row: Attributes) -> None:
        self._times = _count(row, "table:number-rows-repeated")
        self._row_is_hidden = row.get("table:visibility") in _UNSEEN
        self._row_style = row.get("table:default-cell-style-name", "")
        self._column, self._in_row = 1, []

    def _start_cell(self, cell: Attributes) -> None:
        of_column = self._column_styles[self._column - 1] if self._column <= len(self._column_styles) else ""
        style = cell.get("table:style-name") or self._row_style or of_column
        self._cell, self._said, self._is_struck = cell, [], [self._strikes.of_cell(style)]

    def _start_note(self, _: Attributes) -> None:
        self._said_by_cell, self._said, self._author = self._said, [], ""

    def _start_paragraph(self, paragraph: Attributes) -> None:
        self._start_words(PARAGRAPH, paragraph)
        self._said.append(("\n" if self._said else "", self._is_struck[-1]))

    def _start_words(self, family: str, attributes: Attributes) -> None:
        own = self._strikes.of_text(family, attributes.get("text:style-name", ""))
        self._is_struck.append(self._is_struck[-1] if own is None else own)

    def _take_fill(self, times: int) -> None:
        colour = self._fill_of.get(self._cell.get("table:style-name", ""), "")
        if colour and len(self._fills) < MOST_FILLS:
            columns = range(self._column, self._column + min(times, len(Field) + 2))
            self._fills += [CellFill(self._row, column, colour) for column in columns]

    def _take_merge(self) -> None:
        rows, columns = (_count(self._cell, f"table:number-{what}-spanned") for what in ("rows", "columns"))
        if rows > 1 or columns > 1:
            bottom, right = self._row + rows - 1, self._column + columns - 1
            self._meter.add("marks", 1)
            corners = str(Area(self._row, self._column, bottom, right))
            self._merges.append(self._meter.text(corners))


def _colour(value: str) -> str:
    """Returns `FFF6CC` for `#fff6cc`; an empty string for `transparent`."""
    return value.removeprefix("#").upper() if value.startswith("#") else ""


def _count(attributes: Attributes, name: str) -> int:
    """Reads how often a thing is repeated; raises ValueError for an impossible number."""
    return _within(int(attributes.get(name, "1")), 2**31)


def _within(number: int, most: int) -> int:
    if not 1 <= number <= most:
        raise ValueError(number)
    return number


_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DURATION = re.compile(r"PT([0-9]+)H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]+)?S")
# OpenOffice and Excel give an error no type of its own; it shows itself as the result of a formula.
_ERROR = re.compile(r"#(?:N/A|\S+[!?])|(?:Err|Virhe|Fel):[0-9]{3}")
_Read: TypeAlias = tuple[CellKind, str, str]  # kind, raw value, number format
_ATTRIBUTES = {"boolean": "boolean-value", "date": "date-value", "time": "time-value", "string": "string-value"}
_ATTRIBUTES |= dict.fromkeys(("float", "percentage", "currency"), "value")


def _cell(
    attributes: Attributes, said: list[tuple[str, bool]], place: tuple[int, int], *, is_struck: bool
) -> Cell | None:
    """Makes the cell at (row, column); `said` are the parts of its shown text, none without a paragraph."""
    formula = attributes.get("table:formula")
    shown, what = "".join(text for text, _ in said), attributes.get("office:value-type", "string")
    value = attributes.get(f"office:{_ATTRIBUTES.get(what, 'string-value')}", "")
    formula_text = None if formula is None else formula.partition("=")[2]
    struck = struck_words(said if shown else [(value, is_struck)])
    if attributes.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(shown)):
        return Cell(*place, CellKind.ERROR, shown or "?", formula=formula_text, struck=struck)
    if value and what != "string":
        kind, raw, number_format = _VALUES[what](value, shown)
        return Cell(*place, kind, raw, number_format, formula_text, struck)
    if value or shown or (formula and not said and "office:string-value" not in attributes):
        return Cell(*place, CellKind.TEXT, value or shown, formula=formula_text, struck=struck)
    return None


def _number(value: str, shown: str) -> _Read:
    if not _NUMBER.fullmatch(value):
        raise ValueError(value)
    number = float(value)
    if number in (0, 1) and shown and not any(letter.isdigit() for letter in shown):  # `TRUE` is saved so, too
        return CellKind.BOOLEAN, "TRUE" if number else "FALSE", "General"
    raw = repr(number).removesuffix(".0")
    return CellKind.NUMBER, raw, "General" if shown in ("", raw) else _format_showing(shown)


def _format_showing(shown: str) -> str:
    """Makes a number format that shows just this text; the original format does not matter then."""
    dotted = shown.replace(",", ".")
    text = dotted if _NUMBER.fullmatch(dotted) else shown
    return usable_format("".join(f"\\{letter}" for letter in text))


def _percentage(value: str, _: str) -> _Read:
    return *_number(value, "")[:2], "0%"


def _boolean(value: str, _: str) -> _Read:
    return CellKind.BOOLEAN, {"true": "TRUE", "false": "FALSE"}[value], "General"


def _date(value: str, _: str) -> _Read:
    return CellKind.NUMBER, value, "dd.mm.yyyy hh:mm" if "T" in value else "dd.mm.yyyy"


def _time(value: str, _: str) -> _Read:
    """Returns `36:30:00` for `PT36H30M00S`; any other length of time unchanged."""
    parts = _DURATION.fullmatch(value)
    return CellKind.NUMBER, f"{int(parts[1])}:{parts[2]:0>2}:{parts[3]:0>2}" if parts else value, "[h]:mm:ss"


_VALUES: dict[str, Callable[[str, str], _Read]] = {"boolean": _boolean, "date": _date, "time": _time}
_VALUES |= {"float": _number, "currency": _number, "percentage": _percentage}
