"""Reads an .xlsx or .xlsm that anyone may have saved: one pass over its XML, bounded in time and memory."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from time import thread_time
from typing import Any, TypeVar

from lxml import etree

from generator.domain.base.cells import MOST_COLUMNS, MOST_ROWS, split_address
from generator.domain.base.file_kind import FileKind
from generator.domain.base.number_format import counted_from_1900
from generator.domain.submission.workbook import (
    MOST_FILLS,
    MOST_READ_ROWS,
    Cell,
    CellFill,
    CellKind,
    CellNote,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
)
from generator.formats.opc.meter import Meter, RefusedError
from generator.formats.opc.relationships import Link, read_link, relationships_part
from generator.formats.opc.xml import Element
from generator.formats.xlsx.elements import TRUE, Elements, is_inside, local_name, read_tabs
from generator.formats.xlsx.escapes import unescaped
from generator.formats.xlsx.file_kinds import is_encrypted, kind_of_package, other_kind
from generator.formats.xlsx.note_reader import read_notes
from generator.formats.xlsx.shared_values import RichText, SheetStyle, plain_text, read_rich_text, read_styles

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one workbook may hold, all its parts together, before it is refused as too large."""

    members: int = 2_000  # entries of the zip directory, and sheets
    inflated_bytes: int = 200 * 2**20  # claimed by all members; met in those that are read
    ratio: int = 200  # inflated bytes for one stored byte of a member, looked at past its first 4 MiB
    elements: int = 1_500_000  # XML elements, blank cells too
    cells: int = 400_000  # filled cells kept
    characters: int = 10_000_000  # of shared strings and properties, and again of each cell's text and formula
    marks: int = 1_000_000  # columns that are hidden or struck through, each time they are named
    merges: int = 50_000
    properties: int = 1_000
    seconds: float = 2.0  # of work, for what no count foresaw


def read_workbook(data: bytes, limits: Limits = Limits()) -> Workbook | Unreadable:
    """Reads a saved workbook: filled cells, merges, hidden rows and columns, properties.

    Args:
        data: The whole file. Nothing in it is trusted: no claimed size, no XML entity, no link, no macro.
        limits: Counts, bytes and characters (code points) after which reading stops.

    Returns:
        The worksheets in tab order, hidden ones too; chart, dialog and macro sheets hold no table and are left out.
        Rows and columns are 1-based, up to XFD1048576; hidden rows are those that hold cells. Texts are whole: rich
        text joined without its phonetic guide, `_xHHHH_` undone, no lone surrogate; a date cell (`t="d"`) is a TEXT in
        ISO form. Or the reason why not, on any content, instead of an exception: `empty-file` (its bytes),
        `not-a-workbook` and `save-as-xlsx` (its `FileKind`), `encrypted-workbook`, `damaged-workbook` (the part),
        `too-large-workbook` (the limit).

    Source: ECMA-376 part 1 §18.2.19 sheet, §18.3.1.4 c, §18.3.1.13 col, §18.3.1.55 mergeCell, §18.3.1.73 row, §18.4.8
        si, §18.8.30 numFmt, §18.18.11 ST_CellType, §22.3.2 custom properties, §22.9.2.19 ST_Xstring; part 2 §6.
    """
    try:
        _refuse_other_formats(data)
        return _workbook(_WorkbookPackage(data, Meter(limits)))
    except RefusedError as refusal:
        return Unreadable(*(word[:255] for word in refusal.args))


_READABLE_ELSEWHERE = {FileKind.XLS, FileKind.XLSB, FileKind.ODS, FileKind.FODS, FileKind.XML, FileKind.CSV}
_READABLE_ELSEWHERE |= {FileKind.HTML}


def _refuse_other_formats(data: bytes) -> None:
    """Refuses files that begin like another format, even if a zip comes after that."""
    if not data.strip(b"\0"):  # a crash or a full disk can leave nothing but zeros
        raise RefusedError("empty-file", str(len(data)))
    if is_encrypted(data):
        raise RefusedError("encrypted-workbook", "EncryptedPackage")
    if kind := other_kind(data):
        raise _refusal(kind)


def _refusal(kind: FileKind) -> RefusedError:
    return RefusedError("save-as-xlsx" if kind in _READABLE_ELSEWHERE else "not-a-workbook", kind.value)


def _workbook(package: "_WorkbookPackage") -> Workbook:
    outer, text = package.links(""), package.meter.text
    main, core, custom = (_target(outer, kind) for kind in ("officedocument", "coreproperties", "customproperties"))
    if main.lower().endswith(".bin"):
        raise _refusal(FileKind.XLSB)
    if not main:
        raise _refusal(package.kind())
    inner = package.links(main)
    properties = package.each(custom, "property", lambda one: _property(one, package.meter))
    savers = package.each(core, "lastModifiedBy", lambda saver: text(saver.text or ""))
    has_macros = any(link.kind in {"vbaproject", "xlmacrosheet"} for link in inner)
    return Workbook(_sheets(package, main, inner), properties, "".join(savers), has_macros)


def _property(element: Element, meter: Meter) -> tuple[str, str]:
    meter.add("properties", 1)
    return element.get("name", ""), meter.text(str(element.xpath("string(*)")))


def _target(links: tuple[Link, ...], kind: str) -> str:
    return next((link.target for link in links if link.kind == kind), "")


@dataclass(frozen=True, slots=True)
class _Book:
    """The data that the cells of all sheets share: strings and formats, which cells name by index."""

    meter: Meter
    strings: tuple[RichText, ...]
    styles: tuple[SheetStyle, ...]
    from_1904: bool


def _sheets(package: "_WorkbookPackage", main: str, links: tuple[Link, ...]) -> tuple[Sheet, ...]:
    by_id, meter, styles = {link.id: link for link in links}, package.meter, _target(links, "styles")
    tabs, from_1904 = package.read(main, lambda found: read_tabs(found, lambda element: _tab(element, by_id)))
    if not tabs:  # the main part of a text document, say
        raise _refusal(package.kind())
    meter.check("members", len(tabs))
    strings = package.each(_target(links, "sharedstrings"), "si", lambda item: read_rich_text(item, meter))
    known = package.read(styles, read_styles) if styles.lower() in package.members else ()
    book = _Book(meter, strings, known, from_1904)
    return tuple(
        replace(package.read(link.target, _SheetReader(sheet, book).read), notes=_notes(package, link.target))
        for sheet, link in tabs
        if link and link.kind == "worksheet"
    )


def _notes(package: "_WorkbookPackage", sheet: str) -> tuple[CellNote, ...]:
    """Reads the notes on a worksheet's cells; none if their part is broken, since the answers still count."""
    try:
        part = _target(package.links(sheet), "comments")
        return package.read(part, lambda found: read_notes(found, package.meter)) if part else ()
    except RefusedError as refusal:
        if refusal.rule == "too-large-workbook":
            raise
        return ()


def _tab(element: Element, links: dict[str, Link]) -> tuple[Sheet, Link | None]:
    """Returns a sheet without its cells, and the part with them; an old macro sheet (`r:id=""`) has no part."""
    tabs = element.getparent()
    if tabs is None or not (is_inside(element, "sheets") and is_inside(tabs, "workbook")):
        raise ValueError("a sheet outside the workbook's sheets, where programs do not look for it")
    link_id = "".join(str(value) for key, value in element.items() if str(key).endswith("/relationships}id"))
    sheet = Sheet(element.get("name", ""), SheetState(element.get("state", "visible")), ())
    return sheet, links[link_id] if link_id else None


class _SheetReader:
    """Reads one worksheet while it is parsed: the present position, and the cells kept so far."""

    def __init__(self, sheet: Sheet, book: _Book) -> None:
        self._sheet, self._book = sheet, book
        self._row, self._column, self._reached = 0, 0, (0, 0)
        self._cells: list[Cell] = []
        self._merges: list[str] = []
        self._row_is_hidden = self._row_is_struck = False
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._struck_columns: set[int] = set()
        self._filled_rows, self._last_filled = 0, 0
        self._fills: list[CellFill] = []

    def read(self, found: Elements) -> Sheet:
        takers = {"row": self._take_row, "c": self._take_cell, "col": self._take_column, "mergeCell": self._take_merge}
        name = ""
        for name, element in found:
            if taker := takers.get(name):
                taker(element)
            if self._filled_rows > MOST_READ_ROWS:
                break
        else:
            if name != "worksheet":  # the root ends last
                raise ValueError(name)
        return replace(
            self._sheet,
            cells=tuple(self._cells),
            merges=tuple(self._merges),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            is_cut=self._filled_rows > MOST_READ_ROWS,
            fills=tuple(self._fills),
        )

    def _take_row(self, row: Element) -> None:
        self._row, self._column = _within(int(row.get("r", self._row + 1)), 1, MOST_ROWS), 0
        self._row_is_hidden = row.get("hidden") in TRUE or _NO_HEIGHT.fullmatch(row.get("ht", "")) is not None
        self._row_is_struck = row.get("customFormat") in TRUE and self._style(row.get("s", "0")).is_struck

    def _take_cell(self, element: Element) -> None:
        address = element.get("r")
        row, self._column = _place(address) if address else (self._row, _within(self._column + 1, 1, MOST_COLUMNS))
        if (row, self._column) <= self._reached:
            raise ValueError("out of order, or which of two values counts nobody can say")
        self._reached = (row, self._column)
        style = self._own_style(element)
        if style.colour and len(self._fills) < MOST_FILLS:
            self._fills.append(CellFill(row, self._column, style.colour))
        cell = _cell(element, self._reached, style, self._book) if len(element) else None
        if cell and (cell.raw or cell.formula is not None):
            self._keep(cell)

    def _keep(self, cell: Cell) -> None:
        self._book.meter.add("cells", 1)
        self._book.meter.add("characters", len(cell.raw) + len(cell.formula or ""))
        self._cells.append(cell)
        if cell.row != self._last_filled:
            self._last_filled, self._filled_rows = cell.row, self._filled_rows + 1
            if self._row_is_hidden:
                self._hidden_rows.add(cell.row)

    def _own_style(self, cell: Element) -> SheetStyle:
        """Returns the cell's style. Without one, some programs strike it through like its row or column."""
        number = cell.get("s")
        style = self._style(number or "0")
        is_struck = number is None and (self._row_is_struck or self._column in self._struck_columns)
        return replace(style, is_struck=True) if is_struck else style

    def _style(self, number: str) -> SheetStyle:
        index, styles = int(number), self._book.styles
        return styles[index] if 0 <= index < len(styles) else SheetStyle()

    def _take_column(self, column: Element) -> None:
        is_hidden = column.get("hidden") in TRUE or column.get("width") == "0"
        is_struck = self._style(column.get("style", "0")).is_struck
        if is_hidden or is_struck:
            named = range(max(int(column.get("min", "")), 1), min(int(column.get("max", "")), MOST_COLUMNS) + 1)
            self._book.meter.add("marks", len(named))
            self._hidden_columns.update(named if is_hidden else ())
            self._struck_columns.update(named if is_struck else ())

    def _take_merge(self, merge: Element) -> None:
        self._book.meter.add("merges", 1)
        corners = merge.get("ref", "").upper().split(":", 1)
        self._merges.append(":".join(corner for corner in corners if _place(corner)))


_KINDS = {"n": CellKind.NUMBER, "b": CellKind.BOOLEAN, "e": CellKind.ERROR}
_KINDS |= dict.fromkeys(("s", "str", "inlineStr", "d"), CellKind.TEXT)
_NO_HEIGHT = re.compile(r"0+(?:\.0*)?")
_BOOLEANS = {"": "", "0": "FALSE", "false": "FALSE", "1": "TRUE", "true": "TRUE"}
_NUMBER = re.compile(r"(?:[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)?")


def _cell(element: Element, place: tuple[int, int], style: SheetStyle, book: _Book) -> Cell:
    parts = {local_name(child.tag): child for child in element}
    if len(parts) < len(element):
        raise ValueError("a value or a formula twice in one cell")
    kind, text = _value(element.get("t", "n"), parts, book)
    formula = (parts["f"].text or "") if "f" in parts else None
    struck = text.struck_by_font if style.is_struck else text.struck
    is_later = book.from_1904 and kind is CellKind.NUMBER
    raw = counted_from_1900(text.text, style.number_format) if is_later else text.text
    return Cell(*place, kind, raw, style.number_format, formula, struck)


def _value(declared: str, parts: dict[str, Element], book: _Book) -> tuple[CellKind, RichText]:
    kind, value = _KINDS[declared], (parts["v"].text or "") if "v" in parts else ""
    if (declared == "inlineStr") != ("is" in parts) or (value and "is" in parts):
        raise ValueError("a text in the cell that its type does not speak of: programs differ on what they show")
    if "is" in parts:
        return kind, read_rich_text(parts["is"], book.meter)
    if declared == "s" and value:
        return kind, book.strings[_within(int(value), 0, len(book.strings) - 1)]
    if kind is CellKind.TEXT:
        return kind, plain_text(unescaped([value]))
    if kind is CellKind.NUMBER and not _NUMBER.fullmatch(value.strip()):
        raise ValueError(value)
    return kind, plain_text(_BOOLEANS[value.strip()] if kind is CellKind.BOOLEAN else value.strip())


def _place(address: str) -> tuple[int, int]:
    place = split_address(address) or split_address(address.upper())
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
_FAULTS = (*_ZIP_FAULTS, etree.XMLSyntaxError, ValueError, KeyError)  # KeyError: an unknown word or name


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
        self._start = thread_time()
        self.members = {member.filename.replace("\\", "/").lower(): member for member in members}
        if len(self.members) < len(members):
            raise RefusedError("damaged-workbook", "zip")

    def kind(self) -> FileKind:
        """Returns the kind of a package that holds no workbook."""
        return kind_of_package(self._zip)

    def links(self, part: str) -> tuple[Link, ...]:
        return self.each(relationships_part(part), "Relationship", lambda element: read_link(element, part))

    def each(self, part: str, name: str, make: Callable[[Element], T]) -> tuple[T, ...]:
        """Makes a value of each element of that name; none if the part is missing."""
        if part.lower() not in self.members:
            return ()
        return self.read(part, lambda found: tuple(make(element) for known, element in found if known == name))

    def read(self, part: str, reader: Callable[[Elements], T]) -> T:
        """Passes a part's elements to `reader`; an error on the way means that the part is damaged."""
        try:
            return reader(self._elements(part))
        except _FAULTS as fault:
            raise RefusedError("damaged-workbook", part) from fault

    def _elements(self, part: str) -> Elements:
        """Yields rows as they begin and all else as it ends; keeps at most a chunk of the tree."""
        safe: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
        parser: Any = etree.XMLPullParser(events=("start", "end"), remove_comments=True, remove_pis=True, **safe)
        top = None
        for chunk in self._chunks(part):
            parser.feed(chunk)
            events = list(parser.read_events())
            self.meter.add("elements", len(events) // 2)
            self.meter.check("seconds", thread_time() - self._start)
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
        """Unpacks a part and counts its real bytes, since sizes in the directory are only claims."""
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
    """Returns the root, which must begin in the first chunk, so that no prolog of entities can grow before it."""
    if not events or events[0][1].getroottree().docinfo.internalDTD is not None:
        raise ValueError("no root, or a document type, which no part needs")
    return events[0][1]


def _prune(top: Element) -> None:
    """Removes all finished elements along the path that is still open, to save memory."""
    node = top
    while len(node) and local_name(node.tag) not in _KEPT_WHOLE:
        del node[:-1]
        node = node[-1]
    if sum(1 for _ in node.iter()) > _LARGEST_ITEM:
        raise ValueError("an item larger than any is")
