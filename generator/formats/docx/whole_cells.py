"""Finds the values that a person typed beside their bookmarks: a paragraph added to a cell, or a whole cell typed anew.

Word and LibreOffice delete a bookmark when all that it encloses is typed over, and leave what is typed behind it out.
The draft that the document was made from tells where each value stood, and what is no part of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, dropwhile

from generator.formats.opc.wordml import own_text, read_value_bookmark, w
from generator.formats.opc.xml import Element, add_element

_START, _END, _NAME, _ID = map(w, ("bookmarkStart", "bookmarkEnd", "name", "id"))
_TABLE, _ROW, _CELL, _PARAGRAPH, _PROPERTIES = map(w, ("tbl", "tr", "tc", "p", "pPr"))


@dataclass(frozen=True, slots=True)
class ValueCell:
    """A cell with one value in a draft: the bookmark's name, and the texts and styles of its other paragraphs."""

    name: str
    texts: frozenset[str]
    styles: frozenset[str]

    def has_remark(self, paragraph: Element) -> bool:
        """True if the paragraph is no part of the value."""
        return own_text(paragraph) in self.texts or _style(paragraph) in self.styles


@dataclass(frozen=True, slots=True)
class ValueCells:
    """The cells of a draft's values: by name, and by the goal's code, the row's number of cells and the place in it."""

    by_name: Mapping[str, ValueCell]
    by_place: Mapping[tuple[str, int, int], ValueCell]


def value_cells(root: Element) -> ValueCells:
    """Returns the cells of the values of a draft, as this program made it."""
    by_name, by_place = dict[str, ValueCell](), dict[tuple[str, int, int], ValueCell]()
    for code, cells in _goal_rows(root):
        for at, cell in enumerate(cells):
            names = _names(cell)
            if len(names) == 1 and cell.find(_TABLE) is None:
                found = _value_cell(names[0], cell)
                by_name[found.name] = by_place[code, len(cells), at] = found
    return ValueCells(by_name, by_place)


def enclose_cells(root: Element, base: ValueCells) -> None:
    """Lets the bookmark of each value enclose its whole cell, without what is no part of it, and sets a lost one.

    Args:
        base: the cells of the draft that the document was made from.
    """
    ends = _ends(root)
    for value, cell in _cells_of_values(root, base):
        if paragraphs := _without_marks(value, cell, ends):
            for at, paragraph in enumerate(paragraphs):
                _enclose(value.name, paragraph, paragraph, f"cell-{value.name}-{at}")


def mend_bookmarks(root: Element, base: ValueCells) -> None:
    """Sets the bookmark of each value anew around all its paragraphs, as this program prints it.

    LibreOffice writes a bookmark of several paragraphs twice, and leaves out what was typed over.
    """
    used, ends = {str(start.get(_ID)) for start in root.iter(_START)}, _ends(root)
    free = (str(number) for number in count(1) if str(number) not in used)
    for value, cell in _cells_of_values(root, base):
        if paragraphs := _without_marks(value, cell, ends):
            _enclose(value.name, paragraphs[0], paragraphs[-1], next(free))


def _cells_of_values(root: Element, base: ValueCells) -> tuple[tuple[ValueCell, Element], ...]:
    """Returns each cell that has one value with the value's cell in the draft; also where the bookmark is lost."""
    standing, found = {str(start.get(_NAME)) for start in root.iter(_START)}, list[tuple[ValueCell, Element]]()
    for code, cells in _goal_rows(root):
        for at, cell in enumerate(cells):
            own, lost = _names(cell), base.by_place.get((code, len(cells), at))
            if len(own) == 1 and own[0] in base.by_name:
                found.append((base.by_name[own[0]], cell))
            elif not own and lost is not None and lost.name not in standing:
                found.append((lost, cell))
    return tuple(found)


def _goal_rows(root: Element) -> Iterator[tuple[str, tuple[Element, ...]]]:
    """Yields the cells of each table row that has values of one goal, with the goal's code."""
    for row in root.iter(_ROW):
        cells = tuple(row.iterchildren(_CELL))
        codes = {found[0] for cell in cells for name in _names(cell) if (found := read_value_bookmark(name))}
        if len(codes) == 1:
            yield codes.pop(), cells


def _value_cell(name: str, cell: Element) -> ValueCell:
    numbers = {str(start.get(_ID)) for start in cell.iter(_START) if start.get(_NAME) == name}
    remarks, own, is_inside = list[Element](), list[Element](), False
    for paragraph in cell.iterchildren(_PARAGRAPH):
        is_inside = is_inside or any(str(start.get(_ID)) in numbers for start in paragraph.iter(_START))
        (own if is_inside else remarks).append(paragraph)
        is_inside = is_inside and not any(str(end.get(_ID)) in numbers for end in paragraph.iter(_END))
    styles = frozenset(map(_style, remarks)) - frozenset(map(_style, own))
    return ValueCell(name, frozenset(map(own_text, remarks)), styles)


def _without_marks(base: ValueCell, cell: Element, ends: Mapping[str, list[Element]]) -> tuple[Element, ...]:
    """Removes the value's bookmarks from a cell; returns the paragraphs of the value, up to the last with a text.

    A cell that has a table, or no paragraph of the value, stays as it is: none are returned.
    """
    own = tuple(each for each in cell.iterchildren(_PARAGRAPH) if not base.has_remark(each))
    filled = tuple(dropwhile(lambda each: not own_text(each).strip(), reversed(own)))[::-1] or own[:1]
    if not filled or cell.find(_TABLE) is not None:
        return ()
    for start in [each for each in cell.iter(_START) if each.get(_NAME) == base.name]:
        for mark in (start, *ends.get(str(start.get(_ID)), ())):
            if (parent := mark.getparent()) is not None:
                parent.remove(mark)
    return filled


def _enclose(name: str, first: Element, last: Element, number: str) -> None:
    place = 1 if first.find(_PROPERTIES) is not None else 0
    first.insert(place, add_element(first, _START, {_ID: number, _NAME: name}))
    add_element(last, _END, {_ID: number})


def _ends(root: Element) -> dict[str, list[Element]]:
    """Returns the ends of all bookmarks by their number."""
    ends: dict[str, list[Element]] = {}
    for end in root.iter(_END):
        ends.setdefault(str(end.get(_ID)), []).append(end)
    return ends


def _names(cell: Element) -> tuple[str, ...]:
    names = (str(start.get(_NAME)) for start in cell.iter(_START))
    return tuple(dict.fromkeys(name for name in names if read_value_bookmark(name)))


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_PROPERTIES}/{w('pStyle')}")
    return "" if style is None else str(style.get(w("val")))
