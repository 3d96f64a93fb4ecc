"""Reads a Word document for the checks, in one pass over each part.

Left out: what has been deleted, hidden text, and the copy of an object that only older programs show.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeAlias

from generator.formats.docx_accessibility.colours import AUTO, page_colour, read_theme
from generator.formats.docx_accessibility.conditions import Shape, read_shape
from generator.formats.docx_accessibility.model import (
    DocumentContent,
    DocumentParagraph,
    DocumentTable,
    Location,
    Row,
    Run,
    TableCell,
    root_of,
)
from generator.formats.docx_accessibility.run_format import (
    CHARACTER,
    PARAGRAPH,
    DocumentStyles,
    RunFormat,
    combine,
    is_on,
    read_format,
)
from generator.formats.docx_accessibility.text import ContentReader, DocumentObject, TextPiece
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import MAIN_TYPE, SETTINGS_TYPE, STYLES_TYPE, TAG, TEXT_TYPES, w
from generator.formats.opc.xml import Element, parse_xml

_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
_MARGIN_TYPES = tuple(kind for kind in TEXT_TYPES if kind.endswith(("header+xml", "footer+xml")))
_Said: TypeAlias = Mapping[object, Element]
_SMALL_NUMBER = re.compile("[0-9]{1,4}")
_ROW_TAG = re.compile(r"\{%-?tr\b")


def read_document(parts: Mapping[str, bytes]) -> DocumentContent:
    """Reads the parts of a .docx.

    Raises:
        PackageError: a part is not well-formed, or declares entities.
    """
    settings = root_of(parts, SETTINGS_TYPE)
    styles = DocumentStyles(root_of(parts, STYLES_TYPE), read_theme(root_of(parts, _THEME_TYPE), settings))
    roots = {name: parse_xml(parts[name]) for name in parts_of_type(parts, *TEXT_TYPES)}
    paper = page_colour(roots[parts_of_type(parts, MAIN_TYPE)[0]], settings, styles.theme)
    margins = parts_of_type(parts, *_MARGIN_TYPES)
    readers = tuple(_PartReader(_location(name, margins), styles, paper) for name in roots)
    for reader, root in zip(readers, roots.values(), strict=True):
        reader.read(root)
    return DocumentContent(
        paragraphs=tuple(paragraph for reader in readers for paragraph in reader.paragraphs),
        tables=tuple(table for reader in readers for table in reader.tables),
        objects=tuple(item for reader in readers for item in reader.objects),
        styles=styles,
        parts=parts,
        is_template=_is_template(readers),
    )


def _location(name: str, margins: tuple[str, ...]) -> Location:
    return Location(PurePosixPath(name).stem, in_margin=name in margins)


@dataclass(frozen=True, slots=True)
class _TextContext:
    """The surroundings of a paragraph: the format that it inherits, and the colour behind it."""

    location: Location
    text_format: RunFormat
    background: str | None


class _PartReader:
    """Reads one part; its lists collect the content in the order of the document."""

    def __init__(self, location: Location, styles: DocumentStyles, paper: str) -> None:
        self.paragraphs: list[DocumentParagraph] = []
        self.tables: list[DocumentTable] = []
        self.objects: list[tuple[Location, DocumentObject]] = []
        self.content = ContentReader()
        self._styles = styles
        self._around = _TextContext(location, styles.defaults, paper)
        self._tables = self._numbered = 0

    def read(self, root: Element) -> None:
        notes = [note for note in root.iterchildren(w("footnote"), w("endnote")) if note.get(w("type")) is None]
        body = root.find(w("body"))
        for holder in notes or [root if body is None else body]:
            self._read_blocks(holder, self._around)

    def _read_blocks(self, holder: Element, context: _TextContext) -> None:
        blocks = tuple(_blocks(holder))
        solid = [block for block in blocks if block.tag in (_P, _TBL)]
        last = solid[-1] if len(solid) == 1 or (solid and solid[-2].tag == _TBL) else None
        for block in blocks:
            if block.tag == _P:
                self._read_paragraph(block, context, is_needed=block is last)
            elif block.tag == _TBL:
                self._read_table(block, context)
            else:
                self.content.read_mark(block)

    def _read_paragraph(self, paragraph: Element, context: _TextContext, *, is_needed: bool) -> None:
        properties, content = paragraph.find(_P_PR), self.content.read(paragraph)
        style, text_format = self._paragraph_format(properties, context.text_format)
        runs = tuple(self._runs(content.pieces, text_format, context.background))
        location = context.location if context.location.place else self._next_location()
        self.paragraphs.append(
            DocumentParagraph(
                location,
                style=self._styles.name(PARAGRAPH, style),
                text_format=text_format,
                runs=runs,
                links=tuple(content.links),
                is_text_only=content.is_text_only,
                may_be_blank=is_needed
                or content.is_own
                or len(runs) < len(content.pieces)
                or _ends_section(properties),
            )
        )
        self.objects += ((location, item) for item in content.objects)
        for box in content.boxes:
            self._read_blocks(box, _TextContext(location, self._styles.defaults, None))

    def _next_location(self) -> Location:
        self._numbered += 1
        return replace(self._around.location, place=f"paragraph {self._numbered}")

    def _paragraph_format(self, properties: Element | None, context: RunFormat) -> tuple[str | None, RunFormat]:
        style = None if properties is None else _value(properties.find(_P_STYLE))
        text_format = combine(self._styles.text_format(PARAGRAPH, style), context)
        if properties is None or (style is not None and len(properties) == 1):
            return style, text_format
        return style, combine(read_format(properties, self._styles.theme), text_format)

    def _runs(self, pieces: list[TextPiece], paragraph: RunFormat, background: str | None) -> Iterator[Run]:
        for piece in pieces:
            text_format = paragraph if piece.properties is None else self._run_format(piece.properties, paragraph)
            if not text_format.is_hidden:
                yield Run(
                    piece.text,
                    piece.is_own,
                    text_format.colour or AUTO,
                    text_format.background(background),
                    text_format.is_large,
                )

    def _run_format(self, properties: Element, paragraph: RunFormat) -> RunFormat:
        style = _value(properties.find(_R_STYLE))
        own = read_format(properties, self._styles.theme)
        return combine(own, combine(self._styles.text_format(CHARACTER, style), paragraph) if style else paragraph)

    def _read_table(self, table: Element, context: _TextContext) -> None:
        self._tables += 1
        rows = tuple(_inner(table, _TR))
        columns = max(len(table.findall(f"{w('tblGrid')}/{w('gridCol')}")), *(len(row) for row in rows), 1)
        location, place = replace(self._around.location, place=f"table {self._tables}"), len(self.tables)
        inside = replace(context, location=location)
        shape = read_shape(table, len(rows), columns)
        read = tuple(self._read_row(row, number, shape, inside) for number, row in enumerate(rows))
        self.tables.insert(
            place,
            DocumentTable(
                location,
                read,
                is_nested=context.location.in_cell,
                is_floating=table.find(f"{_TBL_PR}/{w('tblpPr')}") is not None,
                is_described=any(
                    _value(table.find(f"{_TBL_PR}/{w(name)}")) for name in ("tblCaption", "tblDescription")
                ),
            ),
        )

    def _read_row(self, row: Element, number: int, shape: Shape, table: _TextContext) -> Row:
        cells: list[TableCell] = []
        column = 0
        for cell in _inner(row, _TC):
            properties = cell.find(_TC_PR)
            said: _Said = {} if properties is None else {child.tag: child for child in properties}
            text_format = self._cell_format(properties if _SHD in said else None, shape, (number, column))
            place = f"{table.location.place}, row {number + 1}, cell {len(cells) + 1}"
            location = Location(table.location.part, place, table.location.in_margin, in_cell=True)
            cells.append(
                self._read_cell(
                    cell, said, _TextContext(location, text_format, text_format.background(table.background))
                )
            )
            column += _span(said)
        is_header = bool(is_on(row.find(f"{_TR_PR}/{_TBL_HEADER}")))
        return Row(tuple(cells), is_header, any(_ROW_TAG.search(cell.text) for cell in cells))

    def _cell_format(self, properties: Element | None, shape: Shape, at: tuple[int, int]) -> RunFormat:
        styled = self._styles.cell(shape.style, shape.conditions(*at))
        return styled if properties is None else combine(read_format(properties, self._styles.theme), styled)

    def _read_cell(self, cell: Element, said: _Said, context: _TextContext) -> TableCell:
        first = len(self.paragraphs)
        self._read_blocks(cell, context)
        read = self.paragraphs[first:]
        merges = [said[tag] for tag in _MERGES if tag in said]
        return TableCell(
            context.location,
            text=" ".join([paragraph.text for paragraph in read]),
            is_blank=all(paragraph.is_blank for paragraph in read),
            is_merged=bool(merges) or _span(said) > 1,
            is_continued=any(mark.get(_VAL) != "restart" for mark in merges),
        )


def _is_template(readers: tuple[_PartReader, ...]) -> bool:
    """True if tags are still to be filled in; in a report of ours, which has bookmarks, they are plain text."""
    if any(reader.content.has_our_marks for reader in readers):
        return False
    return any(TAG.search(paragraph.text) for reader in readers for paragraph in reader.paragraphs)


def _blocks(holder: Element) -> Iterator[Element]:
    """Yields paragraphs, tables and bookmarks, also those in content controls and insertions."""
    for child in holder:
        if child.tag in _BLOCKS:
            yield child
        elif child.tag in _THROUGH:
            yield from _blocks(child)


def _inner(holder: Element, tag: str) -> Iterator[Element]:
    """Yields a table's rows or a row's cells."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _inner(child, tag)


def _ends_section(properties: Element | None) -> bool:
    return properties is not None and properties.find(_SECTION) is not None


def _span(said: _Said) -> int:
    written = _value(said.get(_GRID_SPAN)) or "1"
    return int(written) if _SMALL_NUMBER.fullmatch(written) else 1


def _value(element: Element | None) -> str | None:
    return None if element is None else (element.get(_VAL) or "").strip() or None


_P, _TBL, _TR, _TC = w("p"), w("tbl"), w("tr"), w("tc")
_P_PR, _TBL_PR, _TR_PR, _TC_PR = w("pPr"), w("tblPr"), w("trPr"), w("tcPr")
_SHD, _GRID_SPAN, _MERGES = w("shd"), w("gridSpan"), (w("vMerge"), w("hMerge"))
_P_STYLE, _R_STYLE, _SECTION = w("pStyle"), w("rStyle"), w("sectPr")
_TBL_HEADER, _VAL = w("tblHeader"), w("val")
_BLOCKS = frozenset({_P, _TBL, w("bookmarkStart"), w("bookmarkEnd")})
_THROUGH = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo")))
