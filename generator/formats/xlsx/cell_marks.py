"""The cell styles of an answer workbook: officers' cells with our colour, and the cells of our own sheet."""

import re
from copy import deepcopy

from generator.domain.base.rule import Severity
from generator.formats.opc.editing import UnpatchableError
from generator.formats.opc.xml import Element, add_element, canonical_xml, children, make_root
from generator.formats.xlsx.cell_style import CellStyle
from generator.formats.xlsx.sheet_xml import M, first_child

# Fill colours that nobody else is expected to use: a cell that we marked is known by them.
MARKS = {Severity.ERROR: "FFC8C4", Severity.QUESTION: "D8D4F6"}
_AS_TEXT = "49"
_LISTS = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_NO_FILL = "0"
_SIDES = ("left", "right", "top", "bottom")
_COLOUR = re.compile(r"(?:rgb=[0-9A-Fa-f]{8}|(?:theme|indexed)=[0-9]{1,2}|tint=-?[0-9.]+(?:E-[0-9]+)?)")


class StyleTable:
    """The part of a workbook with its numbered cell styles; new styles are added at the end."""

    def __init__(self, root: Element) -> None:
        self._parents = {name: first_child(root, f"{M}{name}") for name in _LISTS}
        self._lists = {name: children(self._parents[name], f"{M}{item}") for name, item in _LISTS.items()}
        self._numbers: dict[str, dict[bytes, int]] = {}
        self._own: dict[tuple[CellStyle, bool], int] = {}

    def mark(self, style: int, severity: Severity) -> int:
        """Returns the number of this style with the severity's fill, which is added if it is new."""
        return self._filled(style, self._number("fills", _solid({"rgb": f"FF{MARKS[severity]}"})))

    def marked(self) -> frozenset[int]:
        """Returns the numbers of the styles that have one of our fills."""
        colours = {f"FF{colour}" for colour in MARKS.values()}
        fills = enumerate(self._lists["fills"])
        ours = {str(index) for index, fill in fills if _colour(fill).get("rgb", "").upper() in colours}
        return frozenset(index for index, look in enumerate(self._lists["cellXfs"]) if look.get("fillId") in ours)

    def fill_of(self, style: int) -> str:
        """Returns a style's fill as text for `refill`; an empty string for none, or a pattern."""
        number = int(_at(self._lists["cellXfs"], style).get("fillId", _NO_FILL))
        fill = _at(self._lists["fills"], number)
        return " ".join(f"{name}={value}" for name, value in _colour(fill).items())

    def refill(self, style: int, fill: str) -> int:
        """Returns the style with a fill from `fill_of`; any other text means no fill."""
        words = fill.split()
        if not words or not all(map(_COLOUR.fullmatch, words)):
            return self._filled(style, int(_NO_FILL))
        colour = dict(word.split("=", 1) for word in words)
        same = (index for index, one in enumerate(self._lists["fills"]) if _colour(one) == colour)
        number = next(same, None)
        return self._filled(style, self._number("fills", _solid(colour)) if number is None else number)

    def add_text_style(self, look: CellStyle, *, is_link: bool = False) -> int:
        """Adds a style of our own for text, and returns its number."""
        if (look, is_link) not in self._own:
            self._own[look, is_link] = self._add_text_style(look, is_link=is_link)
        return self._own[look, is_link]

    def _add_text_style(self, look: CellStyle, *, is_link: bool) -> int:
        fill = self._number("fills", _solid({"rgb": f"FF{look.fill}"})) if look.fill else int(_NO_FILL)
        made = make_root(f"{M}xf")
        parts = {"fontId": self._number("fonts", _font(look, is_link=is_link)), "fillId": fill}
        parts |= {"borderId": self._number("borders", _border(look))}
        made.attrib.update({"numFmtId": _AS_TEXT, **{name: str(number) for name, number in parts.items()}, "xfId": "0"})
        made.attrib.update(dict.fromkeys(("applyNumberFormat", "applyFont", "applyFill", "applyBorder"), "1"))
        made.set("applyAlignment", "1")
        across = {"horizontal": "left", "vertical": "center" if look.middle else "top"}
        add_element(made, f"{M}alignment", across | ({"wrapText": "1"} if look.wrap else {}))
        return self._number("cellXfs", made)

    def _filled(self, style: int, fill: int) -> int:
        made = deepcopy(_at(self._lists["cellXfs"], style))
        made.set("fillId", str(fill))
        made.set("applyFill", "1")
        made.tail = None
        return self._number("cellXfs", made)

    def _number(self, name: str, made: Element) -> int:
        """Returns the number of an element in its list, to which it is added unless an equal one is there."""
        listed = self._lists[name]
        if name not in self._numbers:
            self._numbers[name] = {canonical_xml(one): index for index, one in reversed([*enumerate(listed)])}
        numbers = self._numbers[name]
        content = canonical_xml(made)
        if content not in numbers:
            numbers[content] = len(listed)
            listed.append(made)
            self._parents[name].append(made)
            self._parents[name].set("count", str(len(listed)))
        return numbers[content]


def _at(found: list[Element], index: int) -> Element:
    if not 0 <= index < len(found):
        raise UnpatchableError("a look that the workbook does not have")
    return found[index]


def _solid(colour: dict[str, str]) -> Element:
    fill = make_root(f"{M}fill")
    pattern = add_element(fill, f"{M}patternFill", {"patternType": "solid"})
    add_element(pattern, f"{M}fgColor", colour)
    add_element(pattern, f"{M}bgColor", {"indexed": "64"})
    return fill


def _colour(fill: Element) -> dict[str, str]:
    """Returns the attributes of a solid fill's colour; empty for other fills."""
    for pattern in children(fill, f"{M}patternFill"):
        if pattern.get("patternType") == "solid":
            return {str(key): str(value) for one in children(pattern, f"{M}fgColor") for key, value in one.items()}
    return {}


def _font(look: CellStyle, *, is_link: bool) -> Element:
    """Makes a font in Office's order of its parts, which its SDK requires (ECMA-376 part 1, §18.8.22)."""
    font = make_root(f"{M}font")
    if look.bold:
        add_element(font, f"{M}b")
    if is_link:
        add_element(font, f"{M}u")
    add_element(font, f"{M}sz", {"val": str(look.points)})
    add_element(font, f"{M}color", {"rgb": f"FF{look.ink}"})
    add_element(font, f"{M}name", {"val": "Calibri"})
    add_element(font, f"{M}family", {"val": "2"})
    return font


def _border(look: CellStyle) -> Element:
    border = make_root(f"{M}border")
    for side in _SIDES:
        line = add_element(border, f"{M}{side}", {"style": "thin"} if look.lines else {})
        if look.lines:
            add_element(line, f"{M}color", {"rgb": f"FF{look.lines}"})
    add_element(border, f"{M}diagonal")
    return border
