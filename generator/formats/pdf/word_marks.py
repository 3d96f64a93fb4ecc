"""Reads what a Word document tells screen readers about its tables and pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.formats.opc.package import part_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, read_value_bookmark, w
from generator.formats.opc.xml import Element, PackageError, parse_xml

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_OLDER_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DASH, _TITLE = "–", "title"


@dataclass(frozen=True, slots=True)
class WordCell:
    """`dashes` are the paragraphs that hold only a dash, 0-based, out of `paragraphs`."""

    paragraphs: int
    dashes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WordRow:
    """The cells of a row; `heading` is the cell that names the row, 0-based (None: no cell does)."""

    cells: tuple[WordCell, ...]
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class WordTable:
    """`summary` is the table's title and description; the first `heading_rows` rows are marked as headings."""

    summary: str
    heading_rows: int
    rows: tuple[WordRow, ...] = ()


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
    return WordMarks(tuple(map(_table, body.iter(w("tbl")))), tuple(_pictures(body)))


def tables_in(body: Element) -> Iterator[Element]:
    """Yields the tables of a document's body, each once: Word keeps an older copy of what a text box holds."""
    return (table for table in body.iter(w("tbl")) if next(table.iterancestors(_OLDER_COPY), None) is None)


def rows_in(table: Element) -> list[Element]:
    """Returns a table's rows: also those in content controls, not those of nested tables."""
    return _own(table, "tr", "tbl")


def cells_in(row: Element) -> list[Element]:
    """Returns a row's cells: also those in content controls, not those of nested tables."""
    return _own(row, "tc", "tr")


def _own(holder: Element, name: str, ended: str) -> list[Element]:
    return [each for each in holder.iter(w(name)) if next(each.iterancestors(w(ended)), None) is holder]


def _table(table: Element) -> WordTable:
    cells = [cells_in(row) for row in rows_in(table)]
    titles = [next((index for index, cell in enumerate(row) if _has_title(cell)), None) for row in cells]
    headings = _heading_rows(table)
    # Word marks the first column of each new table, so the mark alone does not tell a table of data.
    is_named = (headings and _marks_first_column(table)) or any(title is not None for title in titles)
    first = 0 if is_named else None
    rows = (
        WordRow(tuple(map(_cell, row)), first if title is None else title)
        for row, title in zip(cells, titles, strict=True)
    )
    return WordTable(_summary(table), headings, tuple(rows))


def _has_title(cell: Element) -> bool:
    """True if the cell has a goal's title, which a bookmark of ours encloses."""
    found = (read_value_bookmark(str(mark.get(w("name")))) for mark in cell.iter(w("bookmarkStart")))
    return any(value is not None and value[1] == _TITLE for value in found)


def _marks_first_column(table: Element) -> bool:
    """True if the table's look makes its first column a heading. Source: ISO/IEC 29500-1, 17.4.55, 17.7.6 (tblLook)."""
    look = table.find(f"{w('tblPr')}/{w('tblLook')}")
    if look is None:
        return False
    mark = look.get(w("firstColumn"))
    if mark is not None:
        return _is_on(mark)
    value = str(look.get(w("val"), "0"))
    return bool(int(value, 16) & _FIRST_COLUMN) if _HEX.fullmatch(value) else False


_HEX, _FIRST_COLUMN = re.compile("[0-9A-Fa-f]{1,4}"), 0x0080


def _cell(cell: Element) -> WordCell:
    paragraphs = _own(cell, "p", "tc")
    texts = ("".join(text.text or "" for text in paragraph.iter(w("t"))).strip() for paragraph in paragraphs)
    return WordCell(len(paragraphs), tuple(index for index, text in enumerate(texts) if text == _DASH))


def _summary(table: Element) -> str:
    marks = (table.find(f"{w('tblPr')}/{w(name)}") for name in ("tblCaption", "tblDescription"))
    texts = [str(mark.get(w("val"))).strip() for mark in marks if mark is not None]
    return ". ".join(text.rstrip(".") for text in texts if text)


def _heading_rows(table: Element) -> int:
    """Counts the heading rows: Word repeats only marked rows from the top on, without a gap."""
    rows = rows_in(table)
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
