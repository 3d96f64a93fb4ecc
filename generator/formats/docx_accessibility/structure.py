"""Checks a document's structure: headings, tables, pictures and other objects."""

from collections.abc import Iterator
from itertools import dropwhile

from generator.formats.docx_accessibility.faults import DocumentFault
from generator.formats.docx_accessibility.model import (
    DocumentContent,
    DocumentParagraph,
    DocumentTable,
    Location,
    TableCell,
)

_LOWEST = 9


def check_headings(reading: DocumentContent) -> Iterator[DocumentFault]:
    headings = tuple(paragraph for paragraph in reading.body if _level(paragraph) and not paragraph.is_blank)
    above = 0
    if not any(_level(heading) == 1 for heading in headings):
        yield Location("document").fault("heading-missing")
        above = _level(headings[0]) - 1 if headings else 0
    for heading in headings:
        level = _level(heading)
        if level > above + 1 or (level == 1 and above):
            steps = f"{above} → {level}" if above else str(level)
            yield heading.location.fault("heading-skipped", f"{steps} {heading.text}")
        above = level


def check_heading_rows(reading: DocumentContent) -> Iterator[DocumentFault]:
    for table in _read_aloud(reading):
        marks = [row.is_header for row in table.rows]
        late = any(dropwhile(bool, marks))
        if not any(marks):
            yield table.location.fault("table-without-header-row")
        elif late:
            row = table.rows[len(marks) - 1 - marks[::-1].index(True)]
            yield table.location.fault("header-row-not-repeated", " ".join(cell.text for cell in row.cells))


def check_cells(reading: DocumentContent) -> Iterator[DocumentFault]:
    for table in _read_aloud(reading):
        for row in table.rows:
            if not (row.is_tag and reading.is_template):
                yield from (fault for cell in row.cells for fault in _cell_faults(cell))


def _cell_faults(cell: TableCell) -> Iterator[DocumentFault]:
    if cell.is_continued:
        return
    if cell.is_merged:
        yield cell.location.fault("cells-merged", cell.text)
    if cell.is_blank:
        yield cell.location.fault("cell-blank")


def check_tables(reading: DocumentContent) -> Iterator[DocumentFault]:
    for table in _read_aloud(reading):
        if table.is_nested:
            yield table.location.fault("table-nested")
        if not table.is_described:
            yield table.location.fault("table-description-missing")


def check_alternative_texts(reading: DocumentContent) -> Iterator[DocumentFault]:
    for location, item in reading.objects:
        if not item.is_described:
            yield location.fault("alt-text-missing", item.name)


def check_floating(reading: DocumentContent) -> Iterator[DocumentFault]:
    """Checks floating objects; in a header or footer they do no harm, since it has no reading order."""
    objects = ((location, item.name) for location, item in reading.objects if item.is_floating)
    tables = ((table.location, table.beginning) for table in reading.tables if table.is_floating)
    frames = ((paragraph.location, paragraph.text) for paragraph in reading.body if paragraph.text_format.is_framed)
    for location, name in (*objects, *tables, *frames):
        if not location.in_margin:
            yield location.fault("object-floating", name)


def _level(paragraph: DocumentParagraph) -> int:
    """Returns a heading's level, 1 to 9; 0 for a paragraph that is no heading."""
    level = paragraph.text_format.level or 0
    return level if level <= _LOWEST else 0


def _read_aloud(reading: DocumentContent) -> Iterator[DocumentTable]:
    return (table for table in reading.tables if not table.location.in_margin)
