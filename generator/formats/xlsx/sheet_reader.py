"""Reads one worksheet, and the texts that all sheets share, while they are parsed."""

import re
from dataclasses import dataclass, replace

from generator.domain.base.cells import MOST_COLUMNS, MOST_ROWS, split_address
from generator.domain.base.number_format import counted_from_1900
from generator.domain.submission.workbook import MOST_FILLS, MOST_READ_ROWS, Cell, CellFill, CellKind, Sheet
from generator.formats.opc.meter import Meter
from generator.formats.xlsx.elements import TRUE
from generator.formats.xlsx.escapes import unescaped
from generator.formats.xlsx.part_parser import EnoughError, PartHandler
from generator.formats.xlsx.shared_values import CellText, SheetStyle, words_of

_KINDS = {"n": CellKind.NUMBER, "b": CellKind.BOOLEAN, "e": CellKind.ERROR}
_KINDS |= dict.fromkeys(("s", "str", "inlineStr", "d"), CellKind.TEXT)
_NO_HEIGHT = re.compile(r"0+(?:\.0*)?")
_BOOLEANS = {"": "", "0": "FALSE", "false": "FALSE", "1": "TRUE", "true": "TRUE"}
_NUMBER = re.compile(r"(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)?")
_PLAIN_NUMBER = re.compile("[0-9]{1,7}")
_NO_STYLE = SheetStyle()
_CELL_PARTS = frozenset({"v", "f", "is"})
_IN_CELLS = frozenset({"c", "t", *_CELL_PARTS})


@dataclass(frozen=True, slots=True)
class Book:
    """The data that the cells of all sheets share: texts and formats, which cells name by index."""

    meter: Meter
    texts: tuple[CellText, ...]
    styles: tuple[SheetStyle, ...]
    from_1904: bool


class SharedTexts(PartHandler):
    """Reads the texts that all sheets share, in their order."""

    item = "si"

    def __init__(self, meter: Meter) -> None:
        super().__init__(meter)
        self.found: list[CellText] = []

    def take_text(self, text: CellText) -> None:
        """Adds a text."""
        self.found.append(text)


class SheetReader(PartHandler):
    """Reads one worksheet: the present position, the present cell's values, and the cells kept so far."""

    item = "is"

    def __init__(self, sheet: Sheet, book: Book) -> None:
        super().__init__(book.meter)
        self._sheet, self._book = sheet, book
        self._row, self._column, self._reached = 0, 0, (0, 0)
        self._row_text, self._columns = "", dict[str, int]()
        # Of the present cell: its attributes, the names of its elements, and what they hold.
        self._cell: dict[str, str] = {}
        self._parts: list[str] = []
        self._value = self._formula = ""
        self._words: CellText = ""
        self._cut_short: str | None = None
        self._last = ""
        self._cells: list[Cell] = []
        self._merges: list[str] = []
        self._row_is_hidden = self._row_is_struck = False
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._struck_columns: set[int] = set()
        self._filled_rows, self._last_filled = 0, 0
        self._fills: list[CellFill] = []
        self._new_cells = 0  # not yet added to the meter
        self._known_styles: dict[str, SheetStyle] = {}

    def result(self) -> Sheet:
        """Returns the sheet; raises ValueError if its part is no worksheet."""
        is_cut = self._filled_rows > MOST_READ_ROWS
        if not is_cut and self._last != "worksheet":  # the root ends last
            raise ValueError(self._last)
        return replace(
            self._sheet,
            cells=tuple(self._cells),
            merges=tuple(self._merges),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            is_cut=is_cut,
            fills=tuple(self._fills),
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Is called by the parser where an element begins; what is in cells, as most is, is taken without detours."""
        parent, name = self._open[-1], self._names[tag]
        if parent == "row" and name == "c":
            self._cell = attributes
            self._parts.clear()
        elif parent == "c" and name in _CELL_PARTS:
            self._begin_part(name)
            if name == "is":
                self._item_tag, self._plain = tag, None
        elif parent == "is" and name == "t" and self._plain is None and self._rich is None:
            self._text_tag = tag
            self.texts.clear()
        else:
            super().start(tag, attributes)
            return
        self.elements += 1
        self._open.append(name)

    def end(self, tag: str) -> None:
        """Is called by the parser where an element ends."""
        name = self._open[-1]
        if self._rich is not None or name not in _IN_CELLS or (name == "t" and not self._item_tag):
            super().end(tag)
            return
        self._open.pop()
        if name == "c":
            self._take_cell()
        elif name == "t":
            self._plain = "".join(self.texts)
        elif name == "is":
            self.take_text(self._finished_text())
            self._item_tag = ""
        else:
            self._take_value(name)

    def begin(self, name: str, attributes: dict[str, str], parent: str) -> None:
        """Takes the beginning of an element."""
        if parent == "c":
            self._begin_part(name)
        elif name == "row":
            self._take_row(attributes)
        elif name == "col":
            self._take_column(attributes)
        elif name == "mergeCell":
            self._take_merge(attributes)
        elif parent in {"v", "f"} and self._cut_short is None:
            self._cut_short = "".join(self.texts)

    def _begin_part(self, name: str) -> None:
        """Begins a value, formula or text of a cell, or something unknown in it."""
        if name in self._parts:
            raise ValueError("a value or a formula twice in one cell")
        self._parts.append(name)
        self._cut_short = None
        self.texts.clear()

    def finish(self, name: str) -> None:
        """Takes the end of an element."""
        if name and name not in _IN_CELLS and name != "row":
            self._last = name

    def take_text(self, text: CellText) -> None:
        """Takes the text in a cell."""
        self._words = text

    def count(self) -> None:
        """Adds to the meter what has been met since the last call."""
        super().count()
        self.meter.add("cells", self._new_cells)
        self._new_cells = 0

    def _take_value(self, name: str) -> None:
        """Takes a value or a formula: its text before any element in it."""
        text = "".join(self.texts) if self._cut_short is None else self._cut_short
        if name == "v":
            self._value = text
        else:
            self._formula = text

    def _take_row(self, row: dict[str, str]) -> None:
        number = row.get("r", str(self._row + 1))
        self._row, self._column = _within(int(number), 1, MOST_ROWS), 0
        self._row_text = number if _PLAIN_NUMBER.fullmatch(number) else ""
        self._row_is_hidden = row.get("hidden") in TRUE or _NO_HEIGHT.fullmatch(row.get("ht", "")) is not None
        self._row_is_struck = row.get("customFormat") in TRUE and self._style(row.get("s", "0")).is_struck

    def _take_cell(self) -> None:
        address = self._cell.get("r")
        place = self._place(address) if address else (self._row, _within(self._column + 1, 1, MOST_COLUMNS))
        if place <= self._reached:
            raise ValueError("out of order, or which of two values counts nobody can say")
        self._reached, self._column = place, place[1]
        style = self._own_style()
        if style.colour and len(self._fills) < MOST_FILLS:
            self._fills.append(CellFill(*place, style.colour))
        if self._parts:
            self._take_content(style)

    def _take_content(self, style: SheetStyle) -> None:
        kind, text = self._content()
        formula = self._formula if "f" in self._parts else None
        raw, struck = (text, None) if type(text) is str and not style.is_struck else words_of(text, style)
        if self._book.from_1904 and kind is CellKind.NUMBER:
            raw = counted_from_1900(raw, style.number_format)
        if raw or formula is not None:
            self._keep(Cell(*self._reached, kind, raw, style.number_format, formula, struck))

    def _content(self) -> tuple[CellKind, CellText]:
        declared, parts = self._cell.get("t", "n"), self._parts
        kind, value = _KINDS[declared], self._value if "v" in parts else ""
        if (declared == "inlineStr") != ("is" in parts) or (value and "is" in parts):
            raise ValueError("a text in the cell that its type does not speak of: programs differ on what they show")
        if "is" in parts:
            return kind, self._words
        if declared == "s" and value:
            return kind, self._book.texts[_within(int(value), 0, len(self._book.texts) - 1)]
        if kind is CellKind.TEXT:
            return kind, unescaped([value])
        if kind is CellKind.NUMBER and not _NUMBER.fullmatch(value.strip()):
            raise ValueError(value)
        return kind, _BOOLEANS[value.strip()] if kind is CellKind.BOOLEAN else value.strip()

    def _keep(self, cell: Cell) -> None:
        self._new_cells += 1
        self.characters += len(cell.raw) + len(cell.formula or "")
        self._cells.append(cell)
        if cell.row != self._last_filled:
            self._last_filled, self._filled_rows = cell.row, self._filled_rows + 1
            if self._row_is_hidden:
                self._hidden_rows.add(cell.row)
            if self._filled_rows > MOST_READ_ROWS:
                raise EnoughError

    def _place(self, address: str) -> tuple[int, int]:
        """Returns row and column of an address; the columns of a table come again in each row."""
        text = self._row_text
        if not text or not address.endswith(text):
            return _place_of(address)
        letters = address[: -len(text)]
        column = self._columns.get(letters)
        if column:
            return self._row, column
        place = _place_of(address)
        if place[0] == self._row:  # not `A11` in row 1
            self._columns[letters] = place[1]
        return place

    def _own_style(self) -> SheetStyle:
        """Returns the cell's style. Without one, some programs strike it through like its row or column."""
        number = self._cell.get("s")
        style = self._known_styles.get(number or "0") or self._style(number or "0")
        if number is None and (self._row_is_struck or self._column in self._struck_columns):
            return replace(style, is_struck=True)
        return style

    def _style(self, number: str) -> SheetStyle:
        index, styles = int(number), self._book.styles
        if not 0 <= index < len(styles):
            return _NO_STYLE
        self._known_styles[number] = styles[index]
        return styles[index]

    def _take_column(self, column: dict[str, str]) -> None:
        is_hidden = column.get("hidden") in TRUE or column.get("width") == "0"
        is_struck = self._style(column.get("style", "0")).is_struck
        if is_hidden or is_struck:
            named = range(max(int(column.get("min", "")), 1), min(int(column.get("max", "")), MOST_COLUMNS) + 1)
            self.meter.add("marks", len(named))
            self._hidden_columns.update(named if is_hidden else ())
            self._struck_columns.update(named if is_struck else ())

    def _take_merge(self, merge: dict[str, str]) -> None:
        self.meter.add("merges", 1)
        corners = merge.get("ref", "").upper().split(":", 1)
        self._merges.append(":".join(corner for corner in corners if _place_of(corner)))


def _place_of(address: str) -> tuple[int, int]:
    """Returns row and column of a cell's address; raises ValueError if it is none."""
    place = split_address(address) or split_address(address.upper())
    if place is None:
        raise ValueError(address)
    return _within(place[0], 1, MOST_ROWS), _within(place[1], 1, MOST_COLUMNS)


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(number)
    return number
