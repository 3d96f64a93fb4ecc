"""What stands in the records of an .xls beside calamine's values, in files put together by hand."""

import struct
from collections.abc import Sequence

import pytest

from generator.formats.legacy.binary_marks import BinaryMarks, has_macros, read_marks
from generator.formats.opc.meter import RefusedError

END, FREE, FAT, DIFAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC
SECTOR = 512
BIFF5, BIFF8 = 0x500, 0x600
WORKSHEET, CHART = 0x10, 0x20


# Records


def record(kind: int, layout: str = "", *values: object) -> bytes:
    body = struct.pack(f"<{layout}", *values)
    return struct.pack("<HH", kind, len(body)) + body


def substream(what: int, *records: bytes, version: int = BIFF8) -> bytes:
    return record(0x809, "HH12x", version, what) + b"".join(records) + record(0x0A)


def book(*sheets: bytes, records: Sequence[bytes] = (), version: int = BIFF8) -> bytes:
    """The stream of a workbook; styles 0 to 3 are General, 0%, a date of the program's own and the format 164."""
    styles = [record(0xE0, "HH16x", 0, number) for number in (0, 9, 14, 164)]
    names = [record(0x85, "IBB6s", 0, 0, 0, b"\x01\x00N") for _ in sheets]
    at = len(substream(5, *records, *styles, *names))
    tabs = []
    for sheet in sheets:
        tabs.append(record(0x85, "IBB6s", at, 0, 0, b"\x01\x00N"))
        at += len(sheet)
    return substream(5, *records, *styles, *tabs, version=version) + b"".join(sheets)


def marks(*records: bytes, globals_: Sequence[bytes] = (), version: int = BIFF8) -> BinaryMarks:
    sheet = substream(WORKSHEET, *records, version=version)
    (made,) = read_marks(compound(book(sheet, records=globals_, version=version)))
    return made


# The file around them


def compound(stream: bytes, name: str = "Workbook", *, tables: int = 1) -> bytes:
    """A compound file of one stream, in 64-byte sectors where it is small; `tables` are the sectors of its FAT."""
    is_small = len(stream) < 4096
    parts = [_directory(name, stream), stream]
    if is_small:
        used = -(-len(stream) // 64)
        following = [*range(1, used), END]
        parts.append(struct.pack(f"<{used}I", *following))
    chains, body = [], b""
    for part in parts:
        first, count = len(body) // SECTOR, -(-len(part) // SECTOR)
        chains.append((first, count))
        body += part.ljust(count * SECTOR, b"\0")
    return _header(chains, len(body) // SECTOR, tables) + body + _tables(chains, len(body) // SECTOR, tables)


def _directory(name: str, stream: bytes) -> bytes:
    """The root, whose own stream holds small ones, and the stream; both begin at sector 1, behind this one."""
    is_small = len(stream) < 4096
    root = _entry("Root Entry", 5, 1, len(stream) if is_small else 0)
    return root + _entry("Muu", 2, 0, 0) + _entry(name, 2, 0 if is_small else 1, len(stream)) + _entry("", 0, 0, 0)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = f"{name}\0".encode("utf-16-le")
    return struct.pack("<64sHB49xIQ", raw, len(raw), kind, start, size)


def _header(chains: list[tuple[int, int]], after: int, tables: int) -> bytes:
    small = chains[2][0] if len(chains) > 2 else END
    listed = [after + number for number in range(min(tables, 109))]
    more = after + tables if tables > 109 else END
    head = struct.pack(
        "<8s16xHHHHH6xIII4xIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        tables,
        0,
        4096,
        small,
        1,
        more,
        int(tables > 109),
    )
    return head + struct.pack("<109I", *listed, *[FREE] * (109 - len(listed)))


def _tables(chains: list[tuple[int, int]], after: int, tables: int) -> bytes:
    """The FAT, and where the header cannot list all of its sectors, one sector that lists the rest."""
    numbers = []
    for first, count in chains:
        numbers += [*range(first + 1, first + count), END]
    numbers += [FAT] * tables
    fat = struct.pack(f"<{tables * 128}I", *numbers, *[FREE] * (tables * 128 - len(numbers)))
    if tables <= 109:
        return fat
    rest = [after + number for number in range(109, tables)]
    return fat + struct.pack("<128I", *rest, *[FREE] * (127 - len(rest)), END)


def test_number_formats_of_values_of_every_record() -> None:
    made = marks(
        record(0x203, "HHHd", 0, 0, 1, 3.0),
        record(0x203, "HHHd", 0, 1, 0, 3.0),
        record(0x27E, "HHHI", 1, 2, 3, 0),
        record(0xBD, "HHHIHIHIH", 2, 3, 0, 0, 1, 0, 2, 0, 5),
        record(0x06, "HHHd", 3, 0, 1, 0.5),
        record(0xFD, "HHHI", 3, 1, 3, 0),
        record(0x203, "HHHd", 4, 0, 99, 3.0),
        globals_=[record(0x41E, "HHB4s", 164, 4, 0, b"0 \xb0C")],
    )
    assert made == BinaryMarks(formats={(1, 1): "0%", (2, 3): "0 °C", (3, 5): "0%", (4, 1): "0%", (4, 2): "0 °C"})


@pytest.mark.parametrize(
    ("body", "version", "code"),
    [
        (struct.pack("<HHB6s", 164, 3, 1, "0 €".encode("utf-16-le")), BIFF8, "0 €"),
        (struct.pack("<HB3s", 164, 3, b"0 \xb0"), BIFF5, "0 °"),
    ],
)
def test_a_number_format_is_read_as_its_version_writes_it(body: bytes, version: int, code: str) -> None:
    written = record(0x41E, f"{len(body)}s", body)
    made = marks(record(0x203, "HHHd", 0, 0, 3, 1.0), globals_=[written], version=version)
    assert made.formats == {(1, 1): code}


def test_errors_are_those_of_cells_and_of_formulas() -> None:
    made = marks(
        record(0x205, "HHHBB", 0, 0, 0, 42, 1),
        record(0x205, "HHHBB", 0, 1, 0, 1, 0),
        record(0x205, "HHHBB", 0, 2, 0, 99, 1),
        record(0x06, "HHHBBBBBBH", 1, 0, 0, 2, 0, 7, 0, 0, 0, 0xFFFF),
        record(0x06, "HHHBBBBBBH", 1, 1, 0, 0, 0, 7, 0, 0, 0, 0xFFFF),
        record(0x06, "HHHBBBBBBH", 1, 2, 0, 2, 0, 7, 0, 0, 0, 0x4000),
    )
    assert made == BinaryMarks(errors={(1, 1): "#N/A", (1, 3): "#99", (2, 1): "#DIV/0!"})


def test_hidden_rows_and_columns() -> None:
    made = marks(
        record(0x208, "HHHHHHHH", 4, 0, 3, 255, 0, 0, 0x120, 15),
        record(0x208, "HHHHHHHH", 5, 0, 3, 255, 0, 0, 0x100, 15),
        record(0x7D, "HHHHHH", 1, 2, 2000, 15, 1, 0),
        record(0x7D, "HHHHHH", 3, 3, 2000, 15, 0, 0),
        record(0x7D, "HHHHHH", 255, 256, 2000, 15, 1, 0),
    )
    assert made == BinaryMarks(hidden_rows={5}, hidden_columns={2, 3, 256})


def test_what_stands_in_charts_is_not_the_sheets() -> None:
    error = record(0x205, "HHHBB", 8, 8, 0, 42, 1)
    inner = substream(CHART, error)
    sheet = substream(WORKSHEET, inner, record(0x205, "HHHBB", 0, 0, 0, 42, 1))
    read = read_marks(compound(book(sheet, substream(CHART), substream(WORKSHEET))))
    assert read == (BinaryMarks(errors={(1, 1): "#N/A"}), BinaryMarks(), BinaryMarks())


@pytest.mark.parametrize("name", ["Workbook", "Book"])
@pytest.mark.parametrize("tables", [1, 109, 110, 200])
@pytest.mark.parametrize("size", [0, 20_000])
def test_the_stream_is_found_wherever_it_lies(name: str, tables: int, size: int) -> None:
    sheet = substream(
        WORKSHEET, *[record(0x3C, "8s", b"\xff" * 8)] * (size // 12), record(0x205, "HHHBB", 0, 0, 0, 42, 1)
    )
    assert read_marks(compound(book(sheet), name, tables=tables)) == (BinaryMarks(errors={(1, 1): "#N/A"}),)


def test_a_password_is_said() -> None:
    locked = substream(5, record(0x2F, "HH", 1, 1), record(0xE1, "H", 0x4321))
    with pytest.raises(RefusedError) as refused:
        read_marks(compound(locked))
    assert (refused.value.rule, refused.value.value) == ("encrypted-workbook", "xls")


def changed(at: int, layout: str, value: int) -> bytes:
    """A file of one empty sheet whose header has another value at a place."""
    data = bytearray(compound(book(substream(WORKSHEET))))
    struct.pack_into(layout, data, at, value)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        compound(book(substream(WORKSHEET)), "Document"),
        changed(30, "<H", 31),
        changed(32, "<H", 0),
        changed(48, "<I", 1_000_000),
        changed(60, "<I", END),
        changed(68, "<I", 1_000_000),
        changed(68, "<I", 0),
        changed(76, "<I", FREE),
        compound(book(substream(WORKSHEET, record(0x205, "H", 1)))),
        compound(book(substream(WORKSHEET, record(0xBD, "HHHH", 1, 1, 1, 1)))),
    ],
)
def test_what_does_not_hold_together_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_marks(data)


def test_chains_that_turn_back_end() -> None:
    data = bytearray(compound(book(substream(WORKSHEET, record(0x3C, "4000s", b"")))))
    fat = len(data) - SECTOR
    struct.pack_into("<I", data, fat + 4, 1)
    with pytest.raises(ValueError, match="endless"):
        read_marks(bytes(data))


def test_macros_show_by_the_storage_they_lie_in() -> None:
    assert has_macros("_VBA_PROJECT_CUR".encode("utf-16-le"))
    assert not has_macros(compound(book(substream(WORKSHEET))))
