"""Reads a workbook's cell styles: how each shows a number, and its fill."""

from generator.formats.opc.xml import Element
from generator.formats.xlsx.elements import Elements, is_inside
from generator.formats.xlsx.number_formats import BUILT_IN_FORMATS


def read_styles(found: Elements) -> tuple[tuple[str, ...], dict[str, str]]:
    """Give the number format of each cell style, and the fill of those that have one; `s` of a cell is its index."""
    codes, styles = {str(number): code for number, code in enumerate(BUILT_IN_FORMATS)}, []
    colour, colours, filled = "", [], []
    for name, element in found:
        if name == "numFmt" and is_inside(element, "numFmts"):  # conditional formats have some, too
            codes[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif name == "xf" and is_inside(element, "cellXfs"):
            styles.append(element.get("numFmtId", "0"))
            filled.append(element.get("fillId", "0"))
        elif name == "fgColor" and is_inside(element, "patternFill"):
            colour = _colour(element)
        elif name == "fill" and is_inside(element, "fills"):
            colours.append(colour)
            colour = ""
    by_number = {str(number): found_colour for number, found_colour in enumerate(colours) if found_colour}
    fills = {str(index): by_number[number] for index, number in enumerate(filled) if number in by_number}
    return tuple(codes.get(number, "General") for number in styles), fills


def _colour(element: Element) -> str:
    """`FFF6CC` of a solid fill, or the attributes of another colour; other patterns and fully clear ones give none."""
    pattern = element.getparent()
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    if rgb := element.get("rgb", ""):
        return rgb[-6:].upper()
    return " ".join(f"{key!s}={value!s}" for key, value in sorted(element.attrib.items()))


# A person colours some cells; what a program colours for the whole sheet is known by its first ones.
_MOST_FILLS = 20_000


class Fills:
    """The colours of cell styles by their numbers, and how many fills of one workbook are kept still."""

    def __init__(self, by_style: dict[str, str]) -> None:
        self._by_style, self._left = by_style, _MOST_FILLS

    def of(self, style: str) -> str:
        """The colour of a cell with a style; an empty string for none, and where enough are kept."""
        colour = self._by_style.get(style, "") if self._left else ""
        self._left -= bool(colour)
        return colour
