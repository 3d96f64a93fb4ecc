"""The boxes in which a worksheet's notes are shown: a drawing in VML, a language that only Office has left.

Source: ECMA-376 part 4, §14.1 (VML) and §14.4.2.12 to 14.4.2.65 (ClientData of a note).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from generator.formats.opc.xml import Element, add_element, children, make_root, parse_xml_whole
from generator.formats.xlsx.book import Columns
from generator.formats.xlsx.elements import TRUE
from generator.formats.xlsx.sheet_xml import M

_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_SHAPE, _TYPE, _DATA = f"{{{_V}}}shape", f"{{{_V}}}shapetype", f"{{{_X}}}ClientData"
_BOX = "_x0000_t202"
_FIRST_SHAPE = 1025
_WIDTH, _LINE, _LETTERS, _MOST_LINES = 320, 17, 46, 24  # pixels, and letters of a line
_GAP = 15
_DEFAULT_WIDTH, _DEFAULT_POINTS = 8.43, 15.0
# From there on a box of common columns and rows still lies within the sheet.
_LAST_LEFT, _LAST_TOP = 16_384 - 8, 1_048_576 - 32
# No box is as wide or high as this many columns or rows that can be seen; hidden ones have no size.
_MOST_STEPS = 500


class Boxes:
    """The drawing of one worksheet. Shapes that are no notes of ours, such as buttons, are kept."""

    def __init__(self, root: Element, sheet: Element) -> None:
        self._root, self._ruler = root, _Ruler(sheet)
        self._notes = {place: shape for shape in children(root, _SHAPE) if (place := _place(shape))}
        self._ids = count(max(map(_number, root.iter(_SHAPE)), default=_FIRST_SHAPE - 1) + 1)

    def ensure(self, row: int, column: int, text: str) -> None:
        """Makes a box for the note of a cell (1-based), beside it and as high as its text, unless it has one."""
        if (row, column) not in self._notes:
            self._ensure_type()
            shape = add_element(self._root, _SHAPE, {"id": f"_x0000_s{next(self._ids)}", **_LOOK})
            _fill_shape(shape, self._ruler.anchor(row, column, text), (row, column))
            self._notes[row, column] = shape

    def remove(self, row: int, column: int) -> None:
        shape = self._notes.pop((row, column), None)
        if shape is not None:
            self._root.remove(shape)

    def _ensure_type(self) -> None:
        if all(one.get("id") != _BOX for one in children(self._root, _TYPE)):
            attributes = {"id": _BOX, "coordsize": "21600,21600", "path": "m,l,21600r21600,l21600,xe"}
            made = add_element(self._root, _TYPE, attributes | {f"{{{_O}}}spt": "202"})
            add_element(made, f"{{{_V}}}stroke", {"joinstyle": "miter"})
            add_element(made, f"{{{_V}}}path", {"gradientshapeok": "t", f"{{{_O}}}connecttype": "rect"})


def new_boxes() -> Element:
    """A drawing without a shape."""
    root = make_root("xml", v=_V, o=_O, x=_X)
    layout = add_element(root, f"{{{_O}}}shapelayout", {f"{{{_V}}}ext": "edit"})
    add_element(layout, f"{{{_O}}}idmap", {f"{{{_V}}}ext": "edit", "data": "1"})
    return root


def parse_boxes(content: bytes) -> Element:
    """Excel ends a line in a button's label as HTML does, which is no XML."""
    return parse_xml_whole(content.replace(b"<br>", b"<br/>"))


def _place(shape: Element) -> tuple[int, int] | None:
    """The cell (1-based) whose note a shape shows; None for what is no note."""
    for data in children(shape, _DATA):
        row, column = _word(data, "Row"), _word(data, "Column")
        if data.get("ObjectType") == "Note" and row.isdecimal() and column.isdecimal():
            return int(row) + 1, int(column) + 1
    return None


def _word(data: Element, name: str) -> str:
    return next((one.text or "" for one in children(data, f"{{{_X}}}{name}")), "").strip()


def _number(shape: Element) -> int:
    number = shape.get("id", "").rpartition("_x0000_s")[2]
    return int(number) if number.isdecimal() else _FIRST_SHAPE - 1


_LOOK = {
    "type": f"#{_BOX}",
    "style": "position:absolute;visibility:hidden",
    "fillcolor": "#ffffe1",
    f"{{{_O}}}insetmode": "auto",
}


def _fill_shape(shape: Element, anchor: str, place: tuple[int, int]) -> None:
    row, column = place
    add_element(shape, f"{{{_V}}}fill", {"color2": "#ffffe1"})
    add_element(shape, f"{{{_V}}}shadow", {"on": "t", "color": "black", "obscured": "t"})
    add_element(shape, f"{{{_V}}}path", {f"{{{_O}}}connecttype": "none"})
    words = add_element(shape, f"{{{_V}}}textbox", {"style": "mso-direction-alt:auto"})
    add_element(words, "div", {"style": "text-align:left"})
    data = add_element(shape, _DATA, {"ObjectType": "Note"})
    add_element(data, f"{{{_X}}}MoveWithCells")
    add_element(data, f"{{{_X}}}SizeWithCells")
    for name, text in (("Anchor", anchor), ("AutoFill", "False"), ("Row", str(row - 1)), ("Column", str(column - 1))):
        add_element(data, f"{{{_X}}}{name}", text=text)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A column or row, 0-based, and pixels from its start."""

    index: int
    pixels: int


class _Ruler:
    """How wide a worksheet's columns and how high its rows are, in pixels."""

    def __init__(self, sheet: Element) -> None:
        defaults = {str(key): value for one in children(sheet, f"{M}sheetFormatPr") for key, value in one.items()}
        self._width = _column_pixels(float(defaults.get("defaultColWidth", _DEFAULT_WIDTH)))
        self._height = _row_pixels(float(defaults.get("defaultRowHeight", _DEFAULT_POINTS)))
        self._columns = Columns(sheet)
        self._rows = {row.get("r"): row for row in sheet.iter(f"{M}row")}

    def anchor(self, row: int, column: int, text: str) -> str:
        """Where a note's box begins and ends: columns and rows, 0-based, each with pixels into it."""
        lines = min(_MOST_LINES, 1 + sum(1 + len(line) // _LETTERS for line in text.split("\n")))
        left, right = _span(_Edge(min(column, _LAST_LEFT), _GAP), _WIDTH, self._column_size)
        top, bottom = _span(_Edge(min(max(row - 2, 0), _LAST_TOP), 2), lines * _LINE, self._row_size)
        return ", ".join(f"{edge.index}, {edge.pixels}" for edge in (left, top, right, bottom))

    def _column_size(self, index: int) -> int:
        if self._columns.attribute(index + 1, "hidden", "0") in TRUE:
            return 0
        width = self._columns.attribute(index + 1, "width", "")
        return _column_pixels(float(width)) if width else self._width

    def _row_size(self, index: int) -> int:
        row = self._rows.get(str(index + 1))
        if row is None:
            return self._height
        if row.get("hidden") in TRUE:
            return 0
        return _row_pixels(float(row.get("ht", 0))) or self._height


def _span(start: _Edge, pixels: int, size_of: Callable[[int], int]) -> tuple[_Edge, _Edge]:
    """From an edge on as many pixels, over as many columns or rows as it takes."""
    index, rest = start.index, start.pixels + pixels
    for _ in range(_MOST_STEPS):
        size = size_of(index)
        if rest <= size:
            break
        index, rest = index + 1, rest - size
    return start, _Edge(index, rest)


def _column_pixels(width: float) -> int:
    """Seven pixels a digit and five beside them, as Excel draws Calibri 11."""
    return int(width * 7 + 5)


def _row_pixels(points: float) -> int:
    return int(points * 4 / 3)
