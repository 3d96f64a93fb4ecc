"""What calamine leaves out of an .xls: its errors, number formats, hidden rows and columns.

Source: [MS-CFB] 2.2 header, 2.3 FAT, 2.4 mini FAT, 2.5 DIFAT, 2.6 directory; [MS-XLS] 2.4, the records BOF, BoolErr,
    BoundSheet8, ColInfo, Format, Formula, Label, LabelSst, MulRk, Number, RK, Row and XF; 2.5.10 Bes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from struct import error, iter_unpack, unpack, unpack_from
from typing import TypeAlias

from generator.formats.opc.meter import RefusedError

Place: TypeAlias = tuple[int, int]  # row and column, 1-based
Record: TypeAlias = tuple[int, bytes]  # its type and what it holds


@dataclass(slots=True)
class BinaryMarks:
    """Of one sheet: each error's text, number formats that are not `General`, hidden rows and columns (1-based)."""

    errors: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def has_macros(data: bytes) -> bool:
    return "_VBA_PROJECT_CUR".encode("utf-16-le") in data


def read_marks(data: bytes) -> tuple[BinaryMarks, ...]:
    """The marks of each sheet of a workbook, charts and modules too, in tab order.

    Raises:
        ValueError: The file is not what it says.
        RefusedError: It is protected with a password.
    """
    try:
        stream = _Compound(data).workbook()
        book = _globals(stream)
        return tuple(_SheetMarks(book.formats).read(_substream(stream, start)) for start in book.sheets)
    except (error, LookupError, StopIteration) as fault:
        raise ValueError("xls") from fault


_NO_SECTOR = 0xFFFFFFFA  # from here on, numbers stand for the end of a chain and the like
_STREAM, _ROOT = 2, 5
_SMALL_SHIFT = 6
_NAMES = ("Workbook", "Book")  # of Excel 97 and later, of Excel 95


class _Compound:
    """The file system in the file: sectors in chains, and a stream of their own for the sectors of small streams."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._shift, small_shift = unpack_from("<HH", data, 30)
        if self._shift not in (9, 12) or small_shift != _SMALL_SHIFT:
            raise ValueError("sector size")
        self._fat = self._numbers(self._fat_sectors())

    def workbook(self) -> bytes:
        directory, least, small_fat = (unpack_from("<I", self._data, at)[0] for at in (48, 56, 60))
        entries = [_DirectoryEntry(*found) for found in iter_unpack("<64sHB49xII4x", self._stream(directory))]
        found = next(entry for name in _NAMES for entry in entries if entry.is_stream(name))
        if found.size >= least:
            return self._stream(found.start)[: found.size]
        root = next(entry for entry in entries if entry.kind == _ROOT)
        sectors = _chain(found.start, self._numbers(_chain(small_fat, self._fat)))
        return _joined(self._stream(root.start), _SMALL_SHIFT, sectors)[: found.size]

    def _fat_sectors(self) -> list[int]:
        """The sectors of the table of chains: 109 in the header, more in a chain whose sectors end in the next."""
        sectors, following = list(unpack_from("<109I", self._data, 76)), unpack_from("<I", self._data, 68)[0]
        while following < _NO_SECTOR:
            *more, following = self._numbers([following])
            sectors += more
            if len(sectors) > len(self._data):
                raise ValueError("endless")
        return [sector for sector in sectors if sector < _NO_SECTOR]

    def _numbers(self, sectors: Sequence[int]) -> tuple[int, ...]:
        joined = _joined(self._data, self._shift, [sector + 1 for sector in sectors])
        return unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def _stream(self, start: int) -> bytes:
        return _joined(self._data, self._shift, [sector + 1 for sector in _chain(start, self._fat)])


@dataclass(frozen=True, slots=True)
class _DirectoryEntry:
    """A line of the directory: the name with its length in bytes, its closing zero counted, and where the stream is."""

    name: bytes
    length: int
    kind: int
    start: int
    size: int

    def is_stream(self, name: str) -> bool:
        return self.kind == _STREAM and self.name[: self.length] == f"{name}\0".encode("utf-16-le")


def _chain(start: int, following: Sequence[int]) -> list[int]:
    sectors: list[int] = []
    while start < _NO_SECTOR:
        sectors.append(start)
        start = following[start]
        if len(sectors) > len(following):
            raise ValueError("endless")
    return sectors


def _joined(data: bytes, shift: int, sectors: Sequence[int]) -> bytes:
    return b"".join(data[sector << shift : (sector + 1) << shift] for sector in sectors)


_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF, _FILE_PASS = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x2F
_BIFF8 = 0x600


def _substream(stream: bytes, at: int) -> Iterator[Record]:
    """The records of what begins at `at`, but not those of the charts inside it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if not depth:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


# The built-in formats but for dates, which calamine knows itself, and currencies, which differ between countries.
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 49: "@"}
_BUILT_IN |= {13: "# ??/??", 48: "##0.0E+0"}


@dataclass(frozen=True, slots=True)
class _Globals:
    """What the sheets share: where each begins, and the number format of each cell style."""

    sheets: tuple[int, ...]
    formats: tuple[str, ...]


def _globals(stream: bytes) -> _Globals:
    sheets, styles, codes, version = [], [], dict(_BUILT_IN), 0
    for kind, body in _substream(stream, 0):
        if kind == _BOF:
            version = unpack_from("<H", body)[0]
        elif kind == _FILE_PASS:
            raise RefusedError("encrypted-workbook", "xls")
        elif kind == _BOUNDSHEET:
            sheets.append(unpack_from("<I", body)[0])
        elif kind == _FORMAT:
            codes[unpack_from("<H", body)[0]] = _code(body, version)
        elif kind == _XF:
            styles.append(unpack_from("<H", body, 2)[0])
    return _Globals(tuple(sheets), tuple(codes.get(number, "General") for number in styles))


def _code(body: bytes, version: int) -> str:
    if version < _BIFF8:
        return body[3:].decode("latin-1")
    return body[5:].decode("utf-16-le", "replace") if body[4] & 1 else body[5:].decode("latin-1")


_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ERROR_RESULT = 2


class _SheetMarks:
    """Collects one sheet's marks, record by record."""

    def __init__(self, formats: Sequence[str]) -> None:
        self._formats, self._marks = formats, BinaryMarks()

    def read(self, records: Iterator[Record]) -> BinaryMarks:
        takers = {0x06: self._take_formula, 0xBD: self._take_numbers, 0x205: self._take_error}
        takers |= dict.fromkeys((0x203, 0x27E, 0xFD, 0x204, 0xD6), self._take_value)  # numbers, texts
        takers |= {0x208: self._take_row, 0x7D: self._take_columns}
        for kind, body in records:
            if taker := takers.get(kind):
                taker(body)
        return self._marks

    def _take_value(self, body: bytes) -> None:
        self._format(*unpack_from("<HHH", body))

    def _take_numbers(self, body: bytes) -> None:
        row, first = unpack_from("<HH", body)
        for column, (style,) in enumerate(iter_unpack("<H4x", body[4:-2]), start=first):
            self._format(row, column, style)

    def _take_formula(self, body: bytes) -> None:
        row, column, style, kind, code, marker = unpack_from("<HHHBxBx2xH", body)
        self._format(row, column, style)
        if marker == 0xFFFF and kind == _ERROR_RESULT:
            self._error(row, column, code)

    def _take_error(self, body: bytes) -> None:
        row, column, code, is_error = unpack_from("<HH2xBB", body)
        if is_error:
            self._error(row, column, code)

    def _take_row(self, body: bytes) -> None:
        row, flags = unpack_from("<H10xH", body)
        if flags & 0x20:
            self._marks.hidden_rows.add(row + 1)

    def _take_columns(self, body: bytes) -> None:
        first, last, flags = unpack_from("<HH4xH", body)
        if flags & 1:
            self._marks.hidden_columns.update(range(first + 1, min(last, 255) + 2))

    def _error(self, row: int, column: int, code: int) -> None:
        self._marks.errors[row + 1, column + 1] = _ERRORS.get(code, f"#{code}")

    def _format(self, row: int, column: int, style: int) -> None:
        if style < len(self._formats) and (code := self._formats[style]) != "General":
            self._marks.formats[row + 1, column + 1] = code
