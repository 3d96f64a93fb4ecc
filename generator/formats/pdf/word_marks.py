"""Reads what a Word document tells screen readers about its tables and pictures."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.formats.opc.package import part_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, w
from generator.formats.opc.xml import Element, PackageError, parse_xml

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(frozen=True, slots=True)
class WordTable:
    """`summary` is the table's title and description; the first `heading_rows` rows are marked as headings."""

    summary: str
    heading_rows: int


@dataclass(frozen=True, slots=True)
class WordMarks:
    """Tables, and the alternative texts of pictures and charts (empty where one has none), in reading order.

    A table inside another comes after it. Decorative pictures are left out.
    """

    tables: tuple[WordTable, ...] = ()
    pictures: tuple[str, ...] = ()


def read_marks(document: bytes) -> WordMarks:
    """Reads the marks of a .docx's body; none for a document that LibreOffice can read and we cannot (too large)."""
    try:
        body = parse_xml(part_of_type(read_parts(document), MAIN_TYPE))
    except PackageError:
        return WordMarks()
    tables = (WordTable(_summary(table), _heading_rows(table)) for table in body.iter(w("tbl")))
    return WordMarks(tuple(tables), tuple(_pictures(body)))


def _summary(table: Element) -> str:
    marks = (table.find(f"{w('tblPr')}/{w(name)}") for name in ("tblCaption", "tblDescription"))
    texts = [str(mark.get(w("val"))).strip() for mark in marks if mark is not None]
    return ". ".join(text.rstrip(".") for text in texts if text)


def _heading_rows(table: Element) -> int:
    """Counts the heading rows: Word repeats only marked rows from the top on, without a gap."""
    rows = list(table.iterchildren(w("tr")))
    plain = (index for index, row in enumerate(rows) if not _is_heading(row))
    return next(plain, len(rows))


def _is_heading(row: Element) -> bool:
    mark = row.find(f"{w('trPr')}/{w('tblHeader')}")
    return mark is not None and _is_on(mark.get(w("val")))


def _pictures(body: Element) -> Iterator[str]:
    for drawing in body.iter(_DRAWING):
        if not any(_is_on(mark.get("val")) for mark in drawing.iter(_DECORATIVE)):
            yield str(drawing.get("descr") or drawing.get("title") or "").strip()


def _is_on(value: str | bytes | None) -> bool:
    return value not in ("0", "false", "off")
