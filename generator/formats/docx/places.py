"""Where something stands in a part of a Word document, in words that its author can search for."""

from generator.formats.docx.faults import TemplatePlace
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element

_PARAGRAPH, _TABLE, _ROW, _CELL = map(w, ("p", "tbl", "tr", "tc"))
_HOLDERS = (_CELL, _ROW, _TABLE)


class Places:
    """The places of one part; `part` is its name without folder and ending (`document`, `header1`)."""

    def __init__(self, root: Element, part: str) -> None:
        self.part = part
        self._tables = {table: number for number, table in enumerate(root.iter(_TABLE), 1)}

    def of(self, element: Element) -> TemplatePlace:
        """The place of an element: its cell's, else its paragraph's; of a row or a table, that of its first cell."""
        around = element if element.tag in _HOLDERS else next(element.iterancestors(*_HOLDERS), None)
        cell = None if around is None else next(around.iter(_CELL), None)
        return self._outside(element) if cell is None else self._in_cell(cell)

    def _outside(self, element: Element) -> TemplatePlace:
        paragraph = element if element.tag == _PARAGRAPH else next(element.iterancestors(_PARAGRAPH), None)
        near = _text(element if paragraph is None else paragraph)
        return TemplatePlace(
            self.part, near or " ".join(text for text in map(str, element.attrib.values()) if "{" in text)
        )

    def _in_cell(self, cell: Element) -> TemplatePlace:
        row = next(cell.iterancestors(_ROW))
        table = next(row.iterancestors(_TABLE))
        near = " ".join(own_text(paragraph) for paragraph in cell.iter(_PARAGRAPH))
        return TemplatePlace(self.part, near, self._tables[table], _number(row, table), _number(cell, row))


def _text(element: Element) -> str:
    """The text of the first paragraph that has one, deleted text where there is no other."""
    texts = (own_text(each) for each in element.iter(_PARAGRAPH))
    return next(filter(None, texts), "".join(deleted.text or "" for deleted in element.iter(w("delText"))))


def _number(element: Element, within: Element) -> int:
    return list(within.iter(str(element.tag))).index(element) + 1
