"""Finds the place of an element in a Word document, with text that its author can search for in Word."""

from functools import cached_property
from itertools import chain

from generator.formats.docx.faults import TemplatePlace
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element

_PARAGRAPH, _TABLE, _ROW, _CELL = map(w, ("p", "tbl", "tr", "tc"))
_HOLDERS = (_CELL, _ROW, _TABLE)
_NUMBER = "seuranta-number"


def number_paragraphs(root: Element) -> None:
    """Numbers the paragraphs of a part from 1, in an attribute: a number stays right when others are removed."""
    for number, paragraph in enumerate(root.iter(_PARAGRAPH), 1):
        paragraph.set(_NUMBER, str(number))


def remove_numbers(root: Element) -> None:
    """Removes the numbers that `number_paragraphs` wrote."""
    for paragraph in root.iter(_PARAGRAPH):
        paragraph.attrib.pop(_NUMBER, "")


class Places:
    """Finds places in one part; `part` is its name without folder and ending (`document`, `header1`)."""

    def __init__(self, root: Element, part: str) -> None:
        self.part = part
        self._root = root
        self._tables = {table: number for number, table in enumerate(root.iter(_TABLE), 1)}

    def of(self, element: Element) -> TemplatePlace:
        """Returns the place of an element: its cell, else its paragraph; for a row or a table, its first cell."""
        around = element if element.tag in _HOLDERS else next(element.iterancestors(*_HOLDERS), None)
        cell = None if around is None else next(around.iter(_CELL), None)
        return self._outside(element) if cell is None else self._in_cell(cell, element)

    def text_after(self, element: Element) -> str:
        """The text of the next paragraph that has one; an empty string where there is none."""
        later = (sibling for each in (element, *element.iterancestors()) for sibling in each.itersiblings())
        return next(filter(None, map(_text, later)), "")

    def _outside(self, element: Element) -> TemplatePlace:
        paragraph = element if element.tag == _PARAGRAPH else next(element.iterancestors(_PARAGRAPH), None)
        near = _text(element if paragraph is None else paragraph)
        near = near or " ".join(text for text in map(str, element.attrib.values()) if "{" in text)
        return TemplatePlace(self.part, near, paragraph=self._paragraph(element))

    def _in_cell(self, cell: Element, element: Element) -> TemplatePlace:
        row = next(cell.iterancestors(_ROW))
        table = next(row.iterancestors(_TABLE))
        near = " ".join(own_text(paragraph) for paragraph in cell.iter(_PARAGRAPH))
        numbers = self._tables[table], _number(row, table), _number(cell, row)
        return TemplatePlace(self.part, near, *numbers, paragraph=self._paragraph(element, cell))

    def _paragraph(self, element: Element, cell: Element | None = None) -> int:
        """Returns the number of the paragraph around an element, else of the first one in it, its cell, or after it."""
        around = element if element.tag == _PARAGRAPH else next(element.iterancestors(_PARAGRAPH), None)
        inside = (each for holder in (element, cell) if holder is not None for each in holder.iter(_PARAGRAPH))
        near = chain(inside, element.itersiblings(_PARAGRAPH))
        paragraph = around if around is not None else next(near, None)
        if paragraph is None:
            return 0
        written = paragraph.get(_NUMBER)
        return int(str(written)) if written else self._numbers[paragraph]

    @cached_property
    def _numbers(self) -> dict[Element, int]:
        return {paragraph: number for number, paragraph in enumerate(self._root.iter(_PARAGRAPH), 1)}


def _text(element: Element) -> str:
    """Returns the text of the first paragraph that is not empty; deleted text if there is no other."""
    texts = (own_text(each) for each in element.iter(_PARAGRAPH))
    return next(filter(None, texts), "".join(deleted.text or "" for deleted in element.iter(w("delText"))))


def _number(element: Element, within: Element) -> int:
    return list(within.iter(str(element.tag))).index(element) + 1
