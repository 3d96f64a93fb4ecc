"""Reads one worksheet, and the texts that all sheets share, while they are parsed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.domain.base.cells import MOST_COLUMNS, MOST_ROWS, split_address
from generator.domain.base.number_format import counted_from_1900
from generator.domain.submission.workbook import MOST_FILLS, MOST_READ_ROWS, Cell, CellFill, CellKind, Sheet
from generator.formats.opc.meter import Meter
from generator.formats.xlsx.elements import TRUE
from generator.formats.xlsx.escapes import unescaped
from generator.formats.xlsx.part_parser import EnoughError, PartHandler
from generator.formats.xlsx.plain_cells import RowLook, unescape
from generator.formats.xlsx.shared_values import CellText, SheetStyle, words_of

_KINDS = {"n": CellKind.NUMBER, "b": CellKind.BOOLEAN, "e": CellKind.ERROR}
_KINDS |= dict.fromkeys(("s", "str", "inlineStr", "d"), CellKind.TEXT)
_NO_HEIGHT = re.compile(r"0+(?:\.0*)?")
_BOOLEANS = {"": "", "0": "FALSE", "false": "FALSE", "1": "TRUE", "true": "TRUE"}
_NUMBER = re.compile(r"(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)?")
_PLAIN_NUMBER = re.compile("[0-9]{1,7}")
_PLAIN_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?'
    r'(?: t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]+)</t></is></c>'
    r'|(?: t="(s|n|str|b|e)")?(?:/>|>(?:<v>([^<]+)</v>)?</c>))|([\s\S]+)'
)
_NO_STYLE = SheetStyle()
# A cell's row and column, the number of its style, its kind (None: it is blank), its text, and its formula.
_RawCell: TypeAlias = tuple[tuple[int, int], str | None, CellKind | None, CellText, str | None]
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

    def is_among_texts(self) -> bool:
        """True if the texts begin here."""
        return self._open[-1] == "sst"

    def take_plain(self, text: str) -> None:
        """Adds a text that the parser has not seen."""
        self.elements += 2
        text = unescaped([text]) if "_x" in text else text
        self.characters += len(text)
        self.found.append(text)


class SheetReader(PartHandler):
    """Reads one worksheet: the present position, the present cell's values, and the cells kept so far."""

    item = "is"

    def __init__(self, sheet: Sheet, book: Book) -> None:
        super().__init__(book.meter)
        self._sheet, self._book = sheet, book
        self._row, self._column, self._reached = 0, 0, (0, 0)
        self.rows = 0  # begun so far
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
        self.look = RowLook(is_hidden=False, is_struck=False)
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

    def next_row(self, number: str, look: RowLook) -> None:
        """Begins a row with this number (digits), without an end of the one before it."""
        self.elements += 1
        self.rows += 1
        self._row, self._column = _within(int(number), 1, MOST_ROWS), 0
        self._row_text, self.look = number, look

    def take_plain(self, row: str, start: int) -> bool:
        """Reads all cells of the current row from its XML text, starting at a position in it.

        False, and nothing is taken, if a cell is not plain or no row is open.
        """
        found = _PLAIN_CELL.findall(row, start)
        if self._open[-1] != "row" or not found or found[-1][-1]:
            return False
        self.elements += len(found)
        self._take_cells(self._plain_cells(found))
        return True

    def _plain_cells(self, found: list[tuple[str, ...]]) -> Iterator[_RawCell]:
        row, row_text, columns = self._row, self._row_text, self._columns
        for letters, digits, number, words, declared, value, _ in found:
            column = columns.get(letters) if digits == row_text else None
            place = (row, column) if column else self._place(letters + digits)
            if words:
                self.elements += 2
                text = unescape(words) if "&" in words else words
                text = unescaped([text]) if "_x" in text else text
                self.characters += len(text)
                yield place, number or None, CellKind.TEXT, text, None
            elif value:
                self.elements += 1
                kind, content = self._valued(declared or "n", unescape(value) if "&" in value else value)
                yield place, number or None, kind, content, None
            else:
                yield place, number or None, None, "", None

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
        self.rows += 1
        number = row.get("r", str(self._row + 1))
        self._row, self._column = _within(int(number), 1, MOST_ROWS), 0
        self._row_text = number if _PLAIN_NUMBER.fullmatch(number) else ""
        self.look = RowLook(
            is_hidden=row.get("hidden") in TRUE or _NO_HEIGHT.fullmatch(row.get("ht", "")) is not None,
            is_struck=row.get("customFormat") in TRUE and self._style(row.get("s", "0")).is_struck,
        )

    def _take_cell(self) -> None:
        address = self._cell.get("r")
        place = self._place(address) if address else (self._row, _within(self._column + 1, 1, MOST_COLUMNS))
        kind, text = self._content() if self._parts else (None, "")
        self._take_cells(((place, self._cell.get("s"), kind, text, self._formula if "f" in self._parts else None),))

    def _take_cells(self, cells: Iterable[_RawCell]) -> None:
        """Takes cells of the present row, in their order."""
        styles, fills, is_from_1904 = self._known_styles, self._fills, self._book.from_1904
        reached = self._reached
        for place, number, kind, text, formula in cells:
            if place <= reached:
                raise ValueError("out of order, or which of two values counts nobody can say")
            reached = place
            style = (styles.get(number) or self._style(number)) if number else self._style_of_row(place[1])
            if style.colour and len(fills) < MOST_FILLS:
                fills.append(CellFill(place[0], place[1], style.colour))
            if kind is None:
                continue
            raw, struck = (text, None) if type(text) is str and not style.is_struck else words_of(text, style)
            if is_from_1904 and kind is CellKind.NUMBER:
                raw = counted_from_1900(raw, style.number_format)
            if raw or formula is not None:
                self._keep(Cell(place[0], place[1], kind, raw, style.number_format, formula, struck))
        self._reached, self._column = reached, reached[1]

    def _content(self) -> tuple[CellKind, CellText]:
        declared, parts = self._cell.get("t", "n"), self._parts
        value = self._value if "v" in parts else ""
        if (declared == "inlineStr") != ("is" in parts) or (value and "is" in parts):
            raise ValueError("a text in the cell that its type does not speak of: programs differ on what they show")
        return (_KINDS[declared], self._words) if "is" in parts else self._valued(declared, value)

    def _valued(self, declared: str, value: str) -> tuple[CellKind, CellText]:
        """Returns what a cell's value means by the type that the cell declares."""
        kind = _KINDS[declared]
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
            if self.look.is_hidden:
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

    def _style_of_row(self, column: int) -> SheetStyle:
        """Returns the style of a cell that names none. Some programs strike it through like its row or column."""
        style = self._known_styles.get("0") or self._style("0")
        is_struck = self.look.is_struck or column in self._struck_columns
        return replace(style, is_struck=True) if is_struck else style

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
