"""Reads an .xlsx or .xlsm that anyone may have saved: one pass over its XML, bounded in time and memory."""

import math
import posixpath
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import TypeAlias, TypeVar, cast

from lxml import etree

from generator.domain.submission import Cell, CellKind, Sheet, SheetState, Unreadable, Workbook

T = TypeVar("T")
Element: TypeAlias = etree._Element
Events: TypeAlias = list[tuple[str, Element]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one workbook may hold, all its parts together, before it is refused as too large."""

    members: int = 2_000  # entries of the zip directory, and sheets
    inflated_bytes: int = 200 * 2**20  # claimed by all members; met in those that are read
    ratio: int = 200  # inflated bytes for one stored byte of a member, looked at past its first 4 MiB
    elements: int = 5_000_000  # XML elements, blank cells too: about a second of work for each million
    cells: int = 400_000  # filled cells kept
    characters: int = 40_000_000  # of shared strings and properties, and again of each cell's text and formula
    marks: int = 1_500_000  # merges, hidden rows and hidden columns kept


DEFAULT_LIMITS = Limits()


def read_workbook(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Workbook | Unreadable:
    """Read what a saved workbook holds: filled cells, merges, hidden rows and columns, properties.

    Args:
        data: The whole file. Nothing in it is trusted: no claimed size, no XML entity, no link, no macro.
        limits: Counts, bytes and characters (code points) after which reading stops.

    Returns:
        The worksheets in tab order, hidden ones too (chart, dialog and macro sheets hold no table and are left out).
        Rows and columns are 1-based, up to XFD1048576; cells come row by row. Texts are whole: rich text joined
        without its phonetic guide, `_xHHHH_` undone, no lone surrogate. A date cell (`t="d"`, in strict workbooks) is
        a TEXT in ISO form. Where nothing can be read, what stands in the way: `empty-file` (its bytes),
        `not-a-workbook` (what was met), `save-as-xlsx` (xls, xlsb, ods, fods, xml, html, csv), `encrypted-workbook`,
        `damaged-workbook` (the part), `too-large-workbook` (the limit and its number). No content raises.

    Source: ECMA-376 part 1 §18.2.19 sheet, §18.3.1.4 c, §18.3.1.13 col, §18.3.1.55 mergeCell, §18.3.1.73 row, §18.4.8
        si, §18.8.30 numFmt, §18.18.11 ST_CellType, §22.3.2 custom properties, §22.9.2.19 ST_Xstring; part 2 §6
        (part names, relationships). Namespaces: part 1 (strict) and part 4 (transitional).
    """
    try:
        _refuse_other_formats(data)
        return _workbook(_Package(data, _Meter(limits)))
    except _RefusalError as refusal:
        return refusal.answer


class _RefusalError(Exception):
    """Reading stops, for the reason in `answer`. Never leaves this module."""

    def __init__(self, rule: str, value: str) -> None:
        super().__init__(rule, value)
        self.answer = Unreadable(rule, value)


class _Meter:
    """Adds up what was met under the name of its limit, and refuses when it is more."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._met: Counter[str] = Counter()

    def add(self, what: str, amount: int) -> None:
        self._met[what] += amount
        self.check(what, self._met[what])

    def check(self, what: str, amount: float) -> None:
        if amount > (limit := getattr(self._limits, what)):
            raise _RefusalError("too-large-workbook", f"{what} {limit}")

    def text(self, text: str) -> str:
        self.add("characters", len(text))
        return text


_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_TEXT_MARKS = {_ODS: "fods", b"com:office:spreadsheet": "xml", b"<html": "html", b"<table": "html"}
_CONTROLS = bytes(set(range(32)) - set(b"\t\r\n\f"))


def _refuse_other_formats(data: bytes) -> None:
    if not data.strip(b"\0"):  # a save cut short by a crash or a full disk can leave nothing but zeros
        raise _RefusalError("empty-file", str(len(data)))
    if data.startswith(_COMPOUND_FILE):
        raise _compound_file(data)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise _loose_file(data[:4096])
    if _ODS in data[:512]:  # OpenDocument files store their type first, not deflated
        raise _RefusalError("save-as-xlsx", "ods")


def _compound_file(data: bytes) -> _RefusalError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _RefusalError("encrypted-workbook", "EncryptedPackage")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book\0")):
        return _RefusalError("save-as-xlsx", "xls")
    return _RefusalError("not-a-workbook", "compound file")


def _loose_file(head: bytes) -> _RefusalError:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's own "Unicode text" is UTF-16
    text = head.replace(b"\0", b"") if wide else head
    for mark, name in _TEXT_MARKS.items():
        if mark in text.lower():
            return _RefusalError("save-as-xlsx", name)
    if text.translate(None, _CONTROLS) == text and any(separator in text for separator in b";,\t"):
        return _RefusalError("save-as-xlsx", "csv")
    return _RefusalError("not-a-workbook", repr(head[:8])[2:-1])


def _workbook(package: "_Package") -> Workbook:
    outer = package.links("")
    part = _target(outer, "officedocument")
    if not part:
        raise _RefusalError("not-a-workbook", "zip")
    if part.lower().endswith(".bin"):
        raise _RefusalError("save-as-xlsx", "xlsb")
    inner = package.links(part)
    people = package.each(_target(outer, "coreproperties"), "lastModifiedBy", lambda who: package.meter.text(_all(who)))
    return Workbook(
        sheets=_sheets(package, part, inner),
        properties=package.each(_target(outer, "customproperties"), "property", lambda one: _property(one, package)),
        last_modified_by=people[0] if people else "",
        has_macros=any(link.kind in {"vbaproject", "xlmacrosheet"} for link in inner) or "xl/vbaProject.bin" in package,
    )


def _property(element: Element, package: "_Package") -> tuple[str, str]:
    value = _all(element[0]) if len(element) else ""
    return package.meter.text(element.get("name", "")), package.meter.text(value)


def _all(element: Element) -> str:
    return "".join(cast(Iterator[str], element.itertext()))


def _sheets(package: "_Package", part: str, links: "tuple[_Link, ...]") -> tuple[Sheet, ...]:
    """Read the worksheets that the workbook part names, in its order."""
    by_id = {link.id: link for link in links}
    package.must_hold(part)
    tabs = package.each(part, "sheet", lambda sheet: (sheet, by_id[_link_id(sheet)]))
    if not tabs:  # the main part of a text document, say
        raise _RefusalError("not-a-workbook", part)
    package.meter.check("members", len(tabs))
    book = _book(package, links)
    return tuple(
        package.read(link.target, _Grid(sheet, book).read) for sheet, link in tabs if link.kind == "worksheet"
    )
