"""Reads an .xlsx or .xlsm that anyone may have saved: one pass over its XML, bounded in time and memory."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from time import thread_time
from typing import Any, TypeVar, cast
from xml.parsers.expat import ExpatError

from lxml import etree

from generator.domain.base.file_kind import FileKind
from generator.domain.submission.workbook import (
    CellNote,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
)
from generator.formats.opc.meter import Meter, RefusedError
from generator.formats.opc.relationships import Link, read_link, relationships_part
from generator.formats.opc.xml import Element
from generator.formats.xlsx.elements import Elements, is_inside, local_name, read_tabs
from generator.formats.xlsx.file_kinds import is_encrypted, kind_of_package, other_kind
from generator.formats.xlsx.note_reader import read_notes
from generator.formats.xlsx.part_parser import PARENTS, PartHandler, parse_part
from generator.formats.xlsx.plain_cells import around_plain_cells, around_plain_texts
from generator.formats.xlsx.shared_values import CellText, read_styles
from generator.formats.xlsx.sheet_reader import Book, SharedTexts, SheetReader

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


def _sheets(package: "_WorkbookPackage", main: str, links: tuple[Link, ...]) -> tuple[Sheet, ...]:
    by_id, meter, styles = {link.id: link for link in links}, package.meter, _target(links, "styles")
    tabs, from_1904 = package.known(main, _read_tabs)
    if any(link_id and link_id not in by_id for _, link_id in tabs):
        raise RefusedError("damaged-workbook", main)
    if not tabs:  # the main part of a text document, say
        raise _refusal(package.kind())
    meter.check("members", len(tabs))
    texts = package.shared_texts(_target(links, "sharedstrings"))
    known = package.known(styles, read_styles) if styles.lower() in package.members else ()
    book = Book(meter, texts, known, from_1904)
    return tuple(
        replace(package.sheet(link.target, SheetReader(sheet, book)), notes=_notes(package, link.target))
        for sheet, link_id in tabs
        if link_id and (link := by_id[link_id]).kind == "worksheet"
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


def _read_tabs(found: Elements) -> tuple[tuple[tuple[Sheet, str], ...], bool]:
    return read_tabs(found, _tab)


def _tab(element: Element) -> tuple[Sheet, str]:
    """Returns a sheet without its cells, and the id of their part; an old macro sheet (`r:id=""`) has no part."""
    tabs = element.getparent()
    if tabs is None or not (is_inside(element, "sheets") and is_inside(tabs, "workbook")):
        raise ValueError("a sheet outside the workbook's sheets, where programs do not look for it")
    link_id = "".join(str(value) for key, value in element.items() if str(key).endswith("/relationships}id"))
    sheet = Sheet(element.get("name", ""), SheetState(element.get("state", "visible")), ())
    return sheet, link_id


_CHUNK, _RATIO_FREE = 32 * 2**10, 4 * 2**20  # bytes
_SMALL = _CHUNK
_KEPT_WHOLE = {"property", "comment"}
_LARGEST_ITEM = 100_000  # elements in one property or note: far more runs than a text has
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, OverflowError)
_FAULTS = (*_ZIP_FAULTS, etree.XMLSyntaxError, ExpatError, ValueError, KeyError)  # KeyError: an unknown word or name


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
        name = relationships_part(part)
        return self.known(name, _read_links, part) if name.lower() in self.members else ()

    def each(self, part: str, name: str, make: Callable[[Element], T]) -> tuple[T, ...]:
        """Makes a value of each element of that name; none if the part is missing."""
        if part.lower() not in self.members:
            return ()
        return self.read(part, lambda found: tuple(make(element) for known, element in found if known == name))

    def read(self, part: str, reader: Callable[[Elements], T]) -> T:
        """Passes a part's elements to `reader`; an error on the way means that the part is damaged."""
        try:
            return reader(_elements(self._chunks(part), self.meter))
        except _FAULTS as fault:
            raise RefusedError("damaged-workbook", part) from fault

    def known(self, part: str, reader: Callable[..., T], *more: str) -> T:
        """Reads a part as `read` does; caches small ones, since most are the same in an organization's workbooks."""
        member = self.members.get(part.lower())
        if member is None or member.file_size > _SMALL:
            return self.read(part, lambda found: reader(found, *more))
        try:
            value, elements = _read_small(reader, b"".join(self._chunks(part)), *more)
        except _FAULTS as fault:
            raise RefusedError("damaged-workbook", part) from fault
        self.meter.add("elements", elements)
        return cast(T, value)

    def shared_texts(self, part: str) -> tuple[CellText, ...]:
        """Reads the texts that all sheets share; none if their part is missing."""
        texts = SharedTexts(self.meter)
        if part.lower() in self.members:
            self._parse(part, texts, around_plain_texts(self._chunks(part), texts))
        return tuple(texts.found)

    def sheet(self, part: str, reader: SheetReader) -> Sheet:
        """Reads a worksheet; an error on the way means that the part is damaged."""
        self._parse(part, reader, around_plain_cells(self._chunks(part), reader))
        try:
            return reader.result()
        except ValueError as fault:
            raise RefusedError("damaged-workbook", part) from fault

    def _parse(self, part: str, handler: PartHandler, chunks: Iterable[bytes]) -> None:
        try:
            parse_part(chunks, handler)
        except _FAULTS as fault:
            raise RefusedError("damaged-workbook", part) from fault

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
                self.meter.check("seconds", thread_time() - self._start)


def _elements(chunks: Iterable[bytes], meter: Meter) -> Elements:
    """Yields the elements of a small part as they end; keeps at most one chunk of the tree in memory."""
    safe: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    parser: Any = etree.XMLPullParser(events=("start", "end"), remove_comments=True, remove_pis=True, **safe)
    top = None
    for chunk in chunks:
        parser.feed(chunk)
        events = list(parser.read_events())
        meter.add("elements", len(events) // 2)
        top = _top(events) if top is None else top
        for event, element in events:
            name = local_name(element.tag)
            if name in PARENTS and not is_inside(element, PARENTS[name]):
                raise ValueError("an element where other programs do not look for it")
            if name and event == "end":
                yield name, element
        _prune(top)
    parser.close()


@lru_cache(maxsize=64)
def _read_small(reader: Callable[..., object], data: bytes, *more: str) -> tuple[object, int]:
    """Returns what `reader` makes of a part's elements, and their number."""
    meter = Meter(Limits())
    return reader(_elements((data,), meter), *more), meter.met("elements")


def _read_links(found: Elements, part: str) -> tuple[Link, ...]:
    return tuple(read_link(element, part) for name, element in found if name == "Relationship")


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
