"""Reads an .xlsx or .xlsm that anyone may have saved: one pass over its XML, bounded in time and memory."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from operator import attrgetter
from typing import Any, TypeVar

from lxml import etree

from generator.domain.base.cells import MOST_COLUMNS, MOST_ROWS, split_address
from generator.domain.submission.answers import (
    Cell,
    CellFill,
    CellKind,
    CellNote,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
    cell_note,
)
from generator.formats.opc.meter import Meter, RefusedError
from generator.formats.opc.relationships import Link, read_link, relationships_part
from generator.formats.opc.xml import Element
from generator.formats.xlsx.elements import Elements, is_inside, local_name
from generator.formats.xlsx.escapes import unescaped
from generator.formats.xlsx.style_reader import Fills, read_styles

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one workbook may hold, all its parts together, before it is refused as too large."""

    members: int = 2_000  # entries of the zip directory, and sheets
    inflated_bytes: int = 200 * 2**20  # claimed by all members; met in those that are read
    ratio: int = 200  # inflated bytes for one stored byte of a member, looked at past its first 4 MiB
    elements: int = 3_000_000  # XML elements, blank cells too: two to four seconds of work for each million
    cells: int = 400_000  # filled cells kept
    characters: int = 40_000_000  # of shared strings and properties, and again of each cell's text and formula
    marks: int = 1_500_000  # merges, notes, hidden rows and hidden columns kept


def read_workbook(data: bytes, limits: Limits = Limits()) -> Workbook | Unreadable:
    """Read what a saved workbook holds: filled cells, merges, hidden rows and columns, notes, fills, properties.

    Args:
        data: The whole file. Nothing in it is trusted: no claimed size, no XML entity, no link, no macro.
        limits: Counts, bytes and characters (code points) after which reading stops.

    Returns:
        The worksheets in tab order, hidden ones too; chart, dialog and macro sheets hold no table and are left out.
        Rows and columns are 1-based, up to XFD1048576. Texts are whole: rich text joined without its phonetic guide,
        `_xHHHH_` undone, no lone surrogate; a date cell (`t="d"`) is a TEXT in ISO form. Or what stands in the way, on
        any content, instead of an exception: `empty-file` (its bytes), `not-a-workbook` (what was met), `save-as-xlsx`
        (xls, xlsb, ods, xml, html, csv), `encrypted-workbook`, `damaged-workbook` (the part), `too-large-workbook`.

    Source: ECMA-376 part 1 §18.2.19 sheet, §18.3.1.4 c, §18.3.1.13 col, §18.3.1.55 mergeCell, §18.3.1.73 row, §18.4.8
        si, §18.8.30 numFmt, §18.18.11 ST_CellType, §22.3.2 custom properties, §22.9.2.19 ST_Xstring; part 2 §6.
    """
    try:
        _refuse_other_formats(data)
        return _workbook(_WorkbookPackage(data, Meter(limits)))
    except RefusedError as refusal:
        return Unreadable(*(word[:255] for word in refusal.args))


_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED, _XLS, _OLD_XLS = (name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book\0"))
_SEPARATED = re.compile(rb"(?!%pdf|\{\\rtf)[^\x01-\x08\x0e-\x1f]*[;,\t][^\x01-\x08\x0e-\x1f]*")


def _refuse_other_formats(data: bytes) -> None:
    """Let through what begins as a zip does: one that stands behind the head of another format is not looked for."""
    loose = not data.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    compound = data.startswith(bytes.fromhex("D0CF11E0A1B11AE1"))
    text = data[:4096].replace(b"\0", b"").lower()  # UTF-16, as in Excel's "Unicode text", becomes readable thereby
    for met, rule, value in (
        (not data.strip(b"\0"), "empty-file", str(len(data))),  # a crash or a full disk can leave nothing but zeros
        (compound and _ENCRYPTED in data, "encrypted-workbook", "EncryptedPackage"),
        (compound and (_XLS in data or _OLD_XLS in data), "save-as-xlsx", "xls"),
        (_OPEN_DOCUMENT in (text if loose else data[:512]), "save-as-xlsx", "ods"),  # its type stands near the top
        (loose and b"com:office:spreadsheet" in text, "save-as-xlsx", "xml"),
        (loose and (b"<html" in text or b"<table" in text), "save-as-xlsx", "html"),
        (loose and _SEPARATED.fullmatch(text), "save-as-xlsx", "csv"),
        (loose, "not-a-workbook", repr(data[:8])),
    ):
        if met:
            raise RefusedError(rule, value)


def _workbook(package: "_WorkbookPackage") -> Workbook:
    outer, text = package.links(""), package.meter.text
    main, core, custom = (_target(outer, kind) for kind in ("officedocument", "coreproperties", "customproperties"))
    if not main:
        raise RefusedError("not-a-workbook", "zip")
    if main.lower().endswith(".bin"):
        raise RefusedError("save-as-xlsx", "xlsb")
    inner = package.links(main)
    properties = package.each(custom, "property", lambda one: (one.get("name", ""), text(str(one.xpath("string(*)")))))
    savers = package.each(core, "lastModifiedBy", lambda saver: text(saver.text or ""))
    has_macros = any(link.kind in {"vbaproject", "xlmacrosheet"} for link in inner)
    return Workbook(_sheets(package, main, inner), properties, "".join(savers), has_macros)


def _target(links: tuple[Link, ...], kind: str) -> str:
    return next((link.target for link in links if link.kind == kind), "")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets share; they name strings and formats by index."""

    meter: Meter
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    fills: Fills


def _sheets(package: "_WorkbookPackage", main: str, links: tuple[Link, ...]) -> tuple[Sheet, ...]:
    by_id, meter, styles = {link.id: link for link in links}, package.meter, _target(links, "styles")
    tabs = package.read(main, lambda found: [_tab(element, by_id) for name, element in found if name == "sheet"])
    if not tabs:  # the main part of a text document, say
        raise RefusedError("not-a-workbook", main)
    meter.check("members", len(tabs))
    strings = package.each(_target(links, "sharedstrings"), "si", lambda item: meter.text(_text(item)))
    formats, fills = package.read(styles, read_styles) if styles else ((), {})
    book = _Book(meter, strings, formats, Fills(fills))
    return tuple(
        replace(package.read(link.target, _SheetReader(sheet, book).read), notes=_notes(package, link.target))
        for sheet, link in tabs
        if link.kind == "worksheet"
    )


def _notes(package: "_WorkbookPackage", sheet: str) -> tuple[CellNote, ...]:
    """The notes on a worksheet's cells; none where their part is broken, for the answers beside them count."""
    try:
        part = _target(package.links(sheet), "comments")
        return package.read(part, lambda found: _read_notes(found, package.meter)) if part else ()
    except RefusedError as refusal:
        if refusal.rule == "too-large-workbook":
            raise
        return ()


def _read_notes(found: Elements, meter: Meter) -> tuple[CellNote, ...]:
    authors: list[str] = []
    notes: list[CellNote] = []
    for name, element in found:
        if name == "author":
            authors.append(element.text or "")
        elif name == "comment":
            meter.add("marks", 1)
            runs = (run.text or "" for run in element.iter("{*}t") if not is_inside(run, "rPh"))
            text, number = meter.text(unescaped([*runs])), int(element.get("authorId", "0"))
            author = authors[number] if 0 <= number < len(authors) else ""
            notes.append(cell_note(*_place(element.get("ref", "")), text, author))
    return tuple(sorted(notes, key=attrgetter("row", "column")))


def _tab(element: Element, links: dict[str, Link]) -> tuple[Sheet, Link]:
    """Give a sheet, still without its cells, and where they are."""
    tabs = element.getparent()
    if tabs is None or not (is_inside(element, "sheets") and is_inside(tabs, "workbook")):
        raise ValueError("a sheet outside the workbook's sheets, where programs do not look for it")
    link_id = "".join(str(value) for key, value in element.items() if str(key).endswith("/relationships}id"))
    return Sheet(element.get("name", ""), SheetState(element.get("state", "visible")), ()), links[link_id]


_TRUE = {"1", "true"}


class _SheetReader:
    """One worksheet as it streams by: the place that was reached, and what was kept."""

    def __init__(self, sheet: Sheet, book: _Book) -> None:
        self._sheet, self._book = sheet, book
        self._row, self._column, self._reached = 0, 0, (0, 0)
        self._cells: list[Cell] = []
        self._merges: list[str] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._fills: list[CellFill] = []

    def read(self, found: Elements) -> Sheet:
        takers = {"row": self._take_row, "c": self._take_cell, "col": self._take_column, "mergeCell": self._take_merge}
        name = ""
        for name, element in found:
            if taker := takers.get(name):
                taker(element)
        if name != "worksheet":  # the root ends last
            raise ValueError(name)
        rows, columns = frozenset(self._hidden_rows), frozenset(self._hidden_columns)
        cells, merges, fills = tuple(self._cells), tuple(self._merges), tuple(self._fills)
        return Sheet(self._sheet.name, self._sheet.state, cells, merges, rows, columns, fills=fills)

    def _take_row(self, row: Element) -> None:
        self._row, self._column = _within(int(row.get("r", self._row + 1)), 1, MOST_ROWS), 0
        if row.get("hidden") in _TRUE:
            self._book.meter.add("marks", 1)
            self._hidden_rows.add(self._row)

    def _take_cell(self, element: Element) -> None:
        address = element.get("r")
        row, self._column = _place(address) if address else (self._row, _within(self._column + 1, 1, MOST_COLUMNS))
        if (row, self._column) <= self._reached:
            raise ValueError("out of order, or which of two values counts nobody can say")
        self._reached = (row, self._column)
        if colour := self._book.fills.of(element.get("s", "0")):
            self._fills.append(CellFill(row, self._column, colour))
        cell = _cell(element, (row, self._column), self._book) if len(element) else None
        if cell and (cell.raw or cell.formula is not None):
            self._book.meter.add("cells", 1)
            self._book.meter.add("characters", len(cell.raw) + len(cell.formula or ""))
            self._cells.append(cell)

    def _take_column(self, column: Element) -> None:
        if column.get("hidden") in _TRUE:
            hidden = range(max(int(column.get("min", "")), 1), min(int(column.get("max", "")), MOST_COLUMNS) + 1)
            self._book.meter.add("marks", len(hidden))
            self._hidden_columns.update(hidden)

    def _take_merge(self, merge: Element) -> None:
        self._book.meter.add("marks", 1)
        corners = merge.get("ref", "").split(":", 1)
        self._merges.append(":".join(corner for corner in corners if _place(corner)))


_KINDS = {"n": CellKind.NUMBER, "b": CellKind.BOOLEAN, "e": CellKind.ERROR}
_KINDS |= dict.fromkeys(("s", "str", "inlineStr", "d"), CellKind.TEXT)
_BOOLEANS = {"": "", "0": "FALSE", "false": "FALSE", "1": "TRUE", "true": "TRUE"}
_NUMBER = re.compile(r"(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)?")


def _cell(element: Element, place: tuple[int, int], book: _Book) -> Cell:
    parts = {local_name(child.tag): child for child in element}
    if len(parts) < len(element):
        raise ValueError("a value or a formula twice in one cell")
    kind, raw = _value(element.get("t", "n"), parts, book)
    style = int(element.get("s", "0"))
    code = book.formats[style] if 0 <= style < len(book.formats) else "General"
    return Cell(*place, kind, raw, code, (parts["f"].text or "") if "f" in parts else None)


def _value(declared: str, parts: dict[str, Element], book: _Book) -> tuple[CellKind, str]:
    kind, value = _KINDS[declared], (parts["v"].text or "") if "v" in parts else ""
    if (declared == "inlineStr") != ("is" in parts) or (value and "is" in parts):
        raise ValueError("a text in the cell that its type does not speak of: programs differ on what they show")
    if "is" in parts:
        return kind, _text(parts["is"])
    if declared == "s" and value:
        return kind, book.strings[_within(int(value), 0, len(book.strings) - 1)]
    if kind is CellKind.TEXT:
        return kind, unescaped([value])
    if kind is CellKind.NUMBER and not _NUMBER.fullmatch(value.strip()):
        raise ValueError(value)
    return kind, _BOOLEANS[value.strip()] if kind is CellKind.BOOLEAN else value.strip()


def _text(element: Element) -> str:
    """Join the runs of a rich text; `rPh` holds how it is pronounced, not what it says."""
    runs = [t for t in element.iter("{*}t") if not is_inside(t, "rPh")]
    parents = {run.getparent() for run in runs}
    rich = {child for child in element if local_name(child.tag) == "r"}
    if len(parents) < len(runs) or not parents <= (rich or {element}):
        raise ValueError("two texts where one may stand: programs differ on which of them they show")
    return unescaped([run.text or "" for run in runs])


def _place(address: str) -> tuple[int, int]:
    place = split_address(address)
    if place is None:
        raise ValueError(address)
    return _within(place[0], 1, MOST_ROWS), _within(place[1], 1, MOST_COLUMNS)


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(number)
    return number


_CHUNK, _RATIO_FREE = 32 * 2**10, 4 * 2**20  # bytes
_PARENTS = {"sheetData": "worksheet", "row": "sheetData", "c": "row", "v": "c", "f": "c", "is": "c", "si": "sst"}
_KEPT_WHOLE = {"c", "si", "property", "comment"}
_LARGEST_ITEM = 100_000  # elements in one cell, string or property: far more runs than a text has
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, OverflowError)
_FAULTS = (*_ZIP_FAULTS, etree.XMLSyntaxError, ValueError, KeyError)  # KeyError: a word or name nothing stands for


class _WorkbookPackage:
    """The zip and its parts, whose names differ in more than case."""

    def __init__(self, data: bytes, meter: Meter) -> None:
        self.meter = meter
        meter.check("members", data.count(b"PK\x01\x02"))  # before zipfile makes an object of each
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _FAULTS as fault:
            raise RefusedError("damaged-workbook", "zip") from fault
        members = self._zip.infolist()
        meter.check("inflated_bytes", sum(member.file_size for member in members))
        self.members = {member.filename.replace("\\", "/").lower(): member for member in members}
        if len(self.members) < len(members):
            raise RefusedError("damaged-workbook", "zip")

    def links(self, part: str) -> tuple[Link, ...]:
        return self.each(relationships_part(part), "Relationship", lambda element: read_link(element, part))

    def each(self, part: str, name: str, make: Callable[[Element], T]) -> tuple[T, ...]:
        """Make a value of each element of that name; a part that is not there has none."""
        if part.lower() not in self.members:
            return ()
        return self.read(part, lambda found: tuple(make(element) for known, element in found if known == name))

    def read(self, part: str, reader: Callable[[Elements], T]) -> T:
        """Hand a part's elements to `reader`. What goes wrong on the way lies in the part, which is then damaged."""
        try:
            return reader(self._elements(part))
        except _FAULTS as fault:
            raise RefusedError("damaged-workbook", part) from fault

    def _elements(self, part: str) -> Elements:
        """Yield rows as they begin and all else as it ends; of the tree no more stands than a chunk's worth."""
        safe: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
        parser: Any = etree.XMLPullParser(events=("start", "end"), remove_comments=True, remove_pis=True, **safe)
        top = None
        for chunk in self._chunks(part):
            parser.feed(chunk)
            events = list(parser.read_events())
            self.meter.add("elements", len(events) // 2)
            top = _top(events) if top is None else top
            for event, element in events:
                name = local_name(element.tag)
                if name and (event == "start") == (name == "row"):
                    if not is_inside(element, _PARENTS.get(name, "")) and name in _PARENTS:
                        raise ValueError("an element where other programs do not look for it")
                    yield name, element
            _prune(top)
        parser.close()

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Inflate a part, counting what really comes out: sizes in the directory are only claims."""
        member = self.members[part.lower()]
        if member.flag_bits & 1 or member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError("encrypted, or a method that zipfile inflates without a bound")
        with self._zip.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                self.meter.add("inflated_bytes", len(chunk))
                if stream.tell() > _RATIO_FREE:
                    self.meter.check("ratio", stream.tell() / max(member.compress_size, 1))
                yield chunk


def _top(events: list[tuple[str, Element]]) -> Element:
    """Give the root; it opens in the first chunk, so that no prolog of entities can grow before it."""
    if not events or events[0][1].getroottree().docinfo.internalDTD is not None:
        raise ValueError("no root, or a document type, which no part needs")
    return events[0][1]


def _prune(top: Element) -> None:
    """Drop all that has ended, along the path that is still open: nobody will ask for it again."""
    node = top
    while len(node) and local_name(node.tag) not in _KEPT_WHOLE:
        del node[:-1]
        node = node[-1]
    if sum(1 for _ in node.iter()) > _LARGEST_ITEM:
        raise ValueError("an item larger than any is")
