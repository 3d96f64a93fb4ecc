"""Reads an .xlsx or .xlsm that anyone may have saved: one pass over its XML, bounded in time and memory."""

import math
import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import TypeAlias, TypeVar

from lxml import etree

from generator.domain.submission import Cell, CellKind, Sheet, SheetState, Unreadable, Workbook

T = TypeVar("T")
Elements: TypeAlias = Iterator[tuple[str, etree._Element]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one workbook may hold, all its parts together, before it is refused as too large."""

    members: int = 2_000  # entries of the zip directory, and sheets
    inflated_bytes: int = 200 * 2**20  # declared by all members, and met in those read
    ratio: int = 200  # inflated bytes for one stored byte of a member, looked at past its first 4 MiB
    elements: int = 5_000_000  # XML elements, blank cells too: about a second of work for each million
    cells: int = 400_000  # filled cells kept
    characters: int = 40_000_000  # of shared strings and properties, and once more of each cell's text and formula
    marks: int = 1_500_000  # merges, hidden rows and hidden columns kept


DEFAULT_LIMITS = Limits()


def read_workbook(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Workbook | Unreadable:
    """Read what a saved workbook holds: filled cells, merges, hidden rows and columns, properties.

    Args:
        data: The whole file. Nothing in it is trusted: no declared size, no XML entity, no link, no macro.
        limits: Counts, bytes (2**20 to a MiB) and characters (code points) after which reading stops.

    Returns:
        The worksheets in tab order, hidden ones too (chart, dialog and macro sheets hold no table and are left out),
        or why there are none; any bytes give one of the two, and no content raises. Rows and columns are 1-based, up
        to XFD1048576. Texts are whole: rich text joined without its phonetic guide, `_xHHHH_` undone, no lone
        surrogate. A date cell (`t="d"`, strict workbooks only) is a TEXT in ISO form. Cells come row by row.
        `Unreadable.rule` is one of `empty-file` (value: bytes), `not-a-workbook` (what was met), `save-as-xlsx` (xls,
        xlsb, ods, fods, xml, html, csv), `encrypted-workbook`, `damaged-workbook` (the part), `too-large-workbook`
        (the name of the limit and its number).

    Source: ECMA-376 part 1 §18.2 (workbook), §18.3.1.4 c, §18.3.1.13 col, §18.3.1.55 mergeCell, §18.3.1.73 row,
        §18.4.8 si, §18.8.30 numFmt (built-in codes), §18.18.11 ST_CellType, §22.3.2 (custom properties), §22.9.2.19
        ST_Xstring; part 2 §6.2 (part names), §6.5 (relationships); part 1 annex D and part 4 for the namespaces.
    """
    try:
        _refuse_other_formats(data)
        return _workbook(_Package(data, _Meter(limits)))
    except _Refusal as refusal:
        return refusal.answer


class _Refusal(Exception):
    """Reading stops here; `answer` says why. Never leaves this module."""

    def __init__(self, rule: str, value: str) -> None:
        super().__init__(rule, value)
        self.answer = Unreadable(rule, value)


class _Meter:
    """Adds up what was met under the name of its limit, and refuses when there is more."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._met: Counter[str] = Counter()

    def add(self, what: str, amount: int) -> None:
        self._met[what] += amount
        self.check(what, self._met[what])

    def check(self, what: str, amount: float) -> None:
        if amount > (limit := getattr(self.limits, what)):
            raise _Refusal("too-large-workbook", f"{what} {limit}")


_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_NOT_WORKBOOKS = {b"%PDF": "pdf", b"{\\rtf": "rtf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}
_TEXT_FORMATS = {
    _ODS: "fods",
    b"urn:schemas-microsoft-com:office:spreadsheet": "xml",
    b"<html": "html",
    b"<table": "html",
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\r\n\f"))


def _refuse_other_formats(data: bytes) -> None:
    """Leave only what begins as a zip does, so that a zip hidden behind another format is not read."""
    if not data.strip(b"\0"):  # a save cut short by a crash or a full disk leaves zeros
        raise _Refusal("empty-file", str(len(data)))
    if data.startswith(_COMPOUND_FILE):
        raise _compound_file(data)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise _other_file(data[:4096])
    if _ODS in data[:512]:  # OpenDocument stores its type uncompressed, first
        raise _Refusal("save-as-xlsx", "ods")


def _compound_file(data: bytes) -> _Refusal:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _Refusal("encrypted-workbook", "EncryptedPackage")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book\0")):
        return _Refusal("save-as-xlsx", "xls")
    return _Refusal("not-a-workbook", "compound file")


def _other_file(head: bytes) -> _Refusal:
    for start, name in _NOT_WORKBOOKS.items():
        if head.startswith(start):
            return _Refusal("not-a-workbook", name)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's own "Unicode text" is UTF-16
    text = head.replace(b"\0", b"") if wide else head
    for mark, name in _TEXT_FORMATS.items():
        if mark in text.lower():
            return _Refusal("save-as-xlsx", name)
    if text.translate(None, _CONTROLS) == text and any(separator in text for separator in b";,\t"):
        return _Refusal("save-as-xlsx", "csv")
    return _Refusal("not-a-workbook", "unknown format")


def _workbook(package: "_Package") -> Workbook:
    outer = package.relationships("")
    part = _target(outer, "officedocument")
    if not part:
        raise _Refusal("not-a-workbook", "zip")
    if part.lower().endswith(".bin"):
        raise _Refusal("save-as-xlsx", "xlsb")
    inner = package.relationships(part)
    return Workbook(
        sheets=_sheets(package, part, inner),
        properties=_properties(package, _target(outer, "customproperties")),
        last_modified_by=_last_modified_by(package, _target(outer, "coreproperties")),
        has_macros=package.has_macros or any(link.kind in {"vbaproject", "xlmacrosheet"} for link in inner),
    )


def _sheets(package: "_Package", part: str, links: "tuple[_Link, ...]") -> tuple[Sheet, ...]:
    """Read the worksheets that the workbook part names, in its order."""
    tabs = package.read(part, "workbook", _read_tabs)
    package.meter.check("members", len(tabs))
    by_id = {link.id: link for link in links}
    book = _book(package, links)
    sheets = []
    for tab in tabs:
        if tab.link not in by_id:
            raise _Refusal("damaged-workbook", part)
        if by_id[tab.link].kind == "worksheet":
            sheets.append(package.read(by_id[tab.link].target, "worksheet", _Grid(tab, book).read))
    return tuple(sheets)


@dataclass(frozen=True, slots=True)
class _Tab:
    name: str
    state: SheetState
    link: str  # id of the relationship to the sheet's part


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to by index."""

    meter: _Meter
    strings: list[str]
    formats: list[str]


def _read_tabs(found: Elements) -> list[_Tab]:
    return [
        _Tab(sheet.get("name", ""), SheetState(sheet.get("state", "visible")), _link_id(sheet))
        for name, sheet in found
        if name == "sheet"
    ]


def _link_id(sheet: etree._Element) -> str:
    return next(
        (sheet.get(f"{{{namespace}}}id", "") for namespace in _LINKS if f"{{{namespace}}}id" in sheet.attrib), ""
    )


def _book(package: "_Package", links: "tuple[_Link, ...]") -> _Book:
    def read_strings(found: Elements) -> list[str]:
        return [_charged(_text(item), package.meter) for name, item in found if name == "si"]

    strings, styles = _target(links, "sharedstrings"), _target(links, "styles")
    return _Book(
        meter=package.meter,
        strings=package.read(strings, "sst", read_strings) if strings else [],
        formats=package.read(styles, "styleSheet", _read_formats) if styles else [],
    )


def _charged(text: str, meter: _Meter) -> str:
    meter.add("characters", len(text))
    return text


# Ids 23 to 36 are left to each language; the codes are those of en-US, which every program shows in its own way.
_FIRST_FORMATS = (
    'General|0|0.00|#,##0|#,##0.00|"$"#,##0_);("$"#,##0)|"$"#,##0_);[Red]("$"#,##0)|"$"#,##0.00_);("$"#,##0.00)|'
    '"$"#,##0.00_);[Red]("$"#,##0.00)|0%|0.00%|0.00E+00|# ?/?|# ??/??|mm-dd-yy|d-mmm-yy|d-mmm|mmm-yy|h:mm AM/PM|'
    "h:mm:ss AM/PM|h:mm|h:mm:ss|m/d/yy h:mm"
)
_FORMATS_FROM_37 = (
    "#,##0_);(#,##0)|#,##0_);[Red](#,##0)|#,##0.00_);(#,##0.00)|#,##0.00_);[Red](#,##0.00)|"
    '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)|_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)|'
    '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)|_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)|'
    "mm:ss|[h]:mm:ss|mmss.0|##0.0E+0|@"
)
_BUILT_IN_FORMATS = {
    str(number): code
    for first, codes in ((0, _FIRST_FORMATS), (37, _FORMATS_FROM_37))
    for number, code in enumerate(codes.split("|"), first)
}


def _read_formats(found: Elements) -> list[str]:
    """Give the number format of each cell style (`s` of a cell)."""
    codes, styles = dict(_BUILT_IN_FORMATS), []
    for name, element in found:
        if name == "numFmt" and _inside(element, "numFmts"):  # not those of conditional formats
            codes[element.get("numFmtId", "")] = element.get("formatCode", "General")
        elif name == "xf" and _inside(element, "cellXfs"):
            styles.append(element.get("numFmtId", "0"))
    return [codes.get(number, "General") for number in styles]


def _inside(element: etree._Element, name: str) -> bool:
    parent = element.getparent()
    return parent is not None and _local(parent.tag) == name


_ROWS, _COLUMNS = 1_048_576, 16_384
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_KINDS: Mapping[str, CellKind] = {
    "n": CellKind.NUMBER,
    "b": CellKind.BOOLEAN,
    "e": CellKind.ERROR,
    "s": CellKind.TEXT,
    "str": CellKind.TEXT,
    "inlineStr": CellKind.TEXT,
    "d": CellKind.TEXT,
}
_BOOLEANS = {"": "", "0": "FALSE", "1": "TRUE", "false": "FALSE", "true": "TRUE"}


class _Grid:
    """One worksheet as it streams by: the place that was reached, and what was kept."""

    def __init__(self, tab: _Tab, book: _Book) -> None:
        self._tab, self._book = tab, book
        self._row = self._column = 0
        self._cells: list[Cell] = []
        self._merges: list[str] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()

    def read(self, found: Elements) -> Sheet:
        takers = {"row": self._take_row, "c": self._take_cell, "col": self._take_column, "mergeCell": self._take_merge}
        for name, element in found:
            if taker := takers.get(name):
                taker(element)
        return Sheet(
            name=self._tab.name,
            state=self._tab.state,
            cells=_ordered(self._cells),
            merges=tuple(self._merges),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
        )

    def _take_row(self, row: etree._Element) -> None:
        self._row = _whole(row.get("r", str(self._row + 1)), 1, _ROWS)
        self._column = 0
        if _is_true(row.get("hidden")):
            self._book.meter.add("marks", 1)
            self._hidden_rows.add(self._row)

    def _take_cell(self, element: etree._Element) -> None:
        address = element.get("r")
        row, self._column = _position(address) if address else (self._row, _within(self._column + 1, 1, _COLUMNS))
        if not len(element):
            return
        cell = _cell(element, (row, self._column), self._book)
        if cell.raw or cell.formula is not None:
            self._book.meter.add("cells", 1)
            self._book.meter.add("characters", len(cell.raw) + len(cell.formula or ""))
            self._cells.append(cell)

    def _take_column(self, column: etree._Element) -> None:
        if _is_true(column.get("hidden")):
            first = _whole(column.get("min", ""), 1, _COLUMNS)
            last = min(_whole(column.get("max", ""), first, 2**31), _COLUMNS)
            self._book.meter.add("marks", last - first + 1)
            self._hidden_columns.update(range(first, last + 1))

    def _take_merge(self, merge: etree._Element) -> None:
        self._book.meter.add("marks", 1)
        corners = merge.get("ref", "").split(":", 2)
        for corner in corners:
            _position(corner)
        self._merges.append(":".join(corners))


def _ordered(cells: list[Cell]) -> tuple[Cell, ...]:
    """Sort the cells as they are read; two values for one place leave no way to know which was meant."""
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    if any(left.row == right.row and left.column == right.column for left, right in pairwise(ordered)):
        raise ValueError("two cells in one place")
    return tuple(ordered)


def _cell(element: etree._Element, position: tuple[int, int], book: _Book) -> Cell:
    parts = {_local(child.tag): child for child in element}
    kind, raw = _value(element.get("t", "n"), parts, book)
    style = _whole(element.get("s", "0"), 0, 2**31)
    return Cell(
        row=position[0],
        column=position[1],
        kind=kind,
        raw=raw,
        number_format=book.formats[style] if style < len(book.formats) else "General",
        formula=(parts["f"].text or "") if "f" in parts else None,
    )


def _value(declared: str, parts: dict[str, etree._Element], book: _Book) -> tuple[CellKind, str]:
    if "is" in parts and "v" not in parts:
        return CellKind.TEXT, _text(parts["is"])
    value = (parts["v"].text or "") if "v" in parts else ""
    if declared not in _KINDS or (declared == "b" and value.strip() not in _BOOLEANS):
        raise ValueError(declared)
    kind = _KINDS[declared]
    if declared == "s" and value.strip():
        return kind, book.strings[_whole(value.strip(), 0, len(book.strings) - 1)]
    if kind is CellKind.TEXT:
        return kind, _unescaped([value])
    if kind is CellKind.BOOLEAN:
        return kind, _BOOLEANS[value.strip()]
    return kind, value.strip() if kind is CellKind.ERROR else _number(value.strip())


def _number(text: str) -> str:
    if text and not (_NUMBER.fullmatch(text) and math.isfinite(float(text))):
        raise ValueError("no number")
    return text


def _position(address: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise ValueError("no cell address")
    return _whole(match[2], 1, _ROWS), _column_number(match[1])


@lru_cache(maxsize=_COLUMNS)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return _within(number, 1, _COLUMNS)


def _whole(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("no whole number")
    return _within(int(text), least, most)


def _within(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError("out of range")
    return number


def _is_true(flag: str | None) -> bool:
    return flag in {"1", "true"}


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def _text(element: etree._Element) -> str:
    """Join the runs of a rich text; `rPh` holds how it is pronounced, not what it says."""
    return _unescaped([t.text or "" for t in element.iter(*_TEXT_TAGS) if not _inside(t, "rPh")])


def _unescaped(runs: list[str]) -> str:
    text = "".join(runs)
    if "_x" not in text:
        return text
    units = "".join(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), run) for run in runs)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _properties(package: "_Package", part: str) -> tuple[tuple[str, str], ...]:
    def read(found: Elements) -> list[tuple[str, str]]:
        return [_property(element, package.meter) for name, element in found if name == "property"]

    return tuple(package.read(part, "Properties", read)) if part in package else ()


def _property(element: etree._Element, meter: _Meter) -> tuple[str, str]:
    typed = next(iter(element), None)
    value = "" if typed is None else "".join(typed.itertext())
    return _charged(element.get("name", ""), meter), _charged(value, meter)


def _last_modified_by(package: "_Package", part: str) -> str:
    def read(found: Elements) -> str:
        return next((element.text or "" for name, element in found if name == "lastModifiedBy"), "")

    return package.read(part, "coreProperties", read) if part in package else ""


_CHUNK = 32 * 2**10
_RATIO_FREE = 4 * 2**20
_LARGEST_ITEM = 100_000  # elements in one cell, string or property: tens of thousands of runs of rich text
_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_NAMESPACES = {
    *_MAIN,
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
}
_TEXT_TAGS = tuple(f"{{{namespace}}}t" for namespace in _MAIN)
_GIVEN_AT_START = {"row"}
_KEPT_WHOLE = {"c", "si", "property"}
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.XMLSyntaxError,
    NotImplementedError,
    ValueError,
    OverflowError,
    EOFError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A relationship: its kind is the last word of its type, its target a part's name without the leading slash."""

    id: str
    kind: str
    target: str


def _target(links: tuple[_Link, ...], kind: str) -> str:
    return next((link.target for link in links if link.kind == kind), "")


class _Package:
    """The zip and its parts, by names that differ in more than case."""

    def __init__(self, data: bytes, meter: _Meter) -> None:
        self.meter = meter
        meter.check("members", data.count(b"PK\x01\x02"))  # before zipfile makes an object of each
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _FAULTS as fault:
            raise _Refusal("damaged-workbook", "zip") from fault
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in self._zip.infolist():
            name = member.filename.replace("\\", "/").lower()
            if name in self._members:
                raise _Refusal("damaged-workbook", member.filename)
            self._members[name] = member
        meter.check("inflated_bytes", sum(member.file_size for member in self._members.values()))

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._members

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self._members)

    def relationships(self, part: str) -> tuple[_Link, ...]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")

        def read(found: Elements) -> list[_Link]:
            return [
                _link(element, folder)
                for name, element in found
                if name == "Relationship" and element.get("TargetMode") != "External"
            ]

        return tuple(self.read(rels, "Relationships", read)) if rels in self else ()

    def read(self, part: str, root: str, reader: Callable[[Elements], T]) -> T:
        """Hand a part's elements to `reader`. What goes wrong on the way lies in the part, which is then damaged."""
        try:
            return reader(self._elements(part, root))
        except _FAULTS as fault:
            raise _Refusal("damaged-workbook", part) from fault

    def _elements(self, part: str, root: str) -> Elements:
        """Yield the elements of the namespaces we know by local name; of the tree only a chunk's worth ever stands."""
        top: etree._Element | None = None
        for count, events in enumerate(self._events(part)):
            self.meter.add("elements", len(events) // 2)
            if top is None and events:
                top = _root(events[0][1], root, part)
            if top is None and count:
                raise ValueError("a prolog longer than a chunk")
            for event, element in events:
                name = _local(element.tag)
                if name and (event == "start") == (name in _GIVEN_AT_START):
                    yield name, element
            if top is not None:
                _prune(top)

    def _events(self, part: str) -> Iterator[list[tuple[str, etree._Element]]]:
        parser = etree.XMLPullParser(
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for chunk in self._chunks(part):
            parser.feed(chunk)
            yield list(parser.read_events())
        parser.close()
        yield list(parser.read_events())

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Inflate a part, counting what really comes out: sizes in the directory are only claims."""
        member = self._members.get(part.lower())
        if member is None:
            raise _Refusal("damaged-workbook", part)
        if member.flag_bits & 1:
            raise _Refusal("encrypted-workbook", part)
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotImplementedError("zipfile inflates the other methods without a bound")
        inflated = 0
        with self._zip.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                inflated += len(chunk)
                self.meter.add("inflated_bytes", len(chunk))
                if inflated > _RATIO_FREE:
                    self.meter.check("ratio", inflated / max(member.compress_size, 1))
                yield chunk


def _link(element: etree._Element, folder: str) -> _Link:
    kind = element.get("Type", "").rpartition("/")[2].replace("-", "").lower()  # strict types have no hyphens
    target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
    return _Link(element.get("Id", ""), kind, target.lstrip("/"))


def _root(element: etree._Element, name: str, part: str) -> etree._Element:
    if element.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a document type, which no part needs and which may hold entities")
    if _local(element.tag) != name:
        raise _Refusal("not-a-workbook" if name == "workbook" else "damaged-workbook", part)
    return element


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    return name if namespace[1:] in _NAMESPACES else ""


def _prune(top: etree._Element) -> None:
    """Drop all that is finished, down the path that is still open: nobody will ask for it again."""
    node = top
    while len(node):
        del node[:-1]
        node = node[-1]
        if _local(node.tag) in _KEPT_WHOLE:
            if sum(1 for _ in node.iter()) > _LARGEST_ITEM:
                raise ValueError("an item too large to be one")
            return
