"""Reads the zip packages of Office files (.docx, .xlsx) within bounds; `zip_writer` writes them."""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO

from generator.formats.opc.xml import PackageError, parse_xml

MEGABYTE = 2**20
# All parts together, inflated. A report of 10,000 goals has 25 MB; a template may have large pictures.
MOST_BYTES = 100 * MEGABYTE
MOST_PARTS = 2_000
CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "_rels/.rels"

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# zipfile inflates other methods without a bound.
_BOUNDED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


class TooLargeError(PackageError):
    """The parts are larger than allowed; `size` is in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def read_parts(package: bytes) -> dict[str, bytes]:
    """Reads the parts by name, in the order of the package.

    Raises:
        TooLargeError: all parts together are larger than `MOST_BYTES`.
        PackageError: it is no zip, damaged, protected, holds a name twice, or more than `MOST_PARTS`.

    Source: ECMA-376 part 2, §6 and §7.
    """
    try:
        with zipfile.ZipFile(BytesIO(package)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse_unsafe(members)
            return {member.filename: _read(archive, member) for member in members}
    except PackageError:
        raise
    except FAULTS as error:
        raise PackageError(str(error)) from error


def same_parts(one: bytes, other: bytes) -> bool:
    """True if two packages of ours hold the same; their zips may differ, for not every zlib packs alike.

    Raises:
        PackageError: as `read_parts`.
    """
    return one == other or read_parts(one) == read_parts(other)


def in_order(names: Iterable[str]) -> list[str]:
    """Returns the names in the order in which Office writes parts: content types and relationships first."""
    return sorted(names, key=lambda name: (name != CONTENT_TYPES, name != PACKAGE_RELATIONS, name))


def parts_of_type(parts: Mapping[str, bytes], *types: str) -> tuple[str, ...]:
    """Returns the names of the parts with these content types, in the order of `in_order`.

    Raises:
        PackageError: the list of content types is missing or no XML.
    """
    if CONTENT_TYPES not in parts:
        raise PackageError(CONTENT_TYPES)
    listed = parse_xml(parts[CONTENT_TYPES]).iter(f"{_TYPES}Override")
    found = {str(item.get("PartName")).lstrip("/") for item in listed if item.get("ContentType") in types}
    return tuple(name for name in in_order(parts) if name in found)


def part_of_type(parts: Mapping[str, bytes], content_type: str) -> bytes:
    """Returns the first part with a content type.

    Raises:
        PackageError: there is none.
    """
    found = parts_of_type(parts, content_type)
    if not found:
        raise PackageError(content_type)
    return parts[found[0]]


def _refuse_unsafe(members: list[zipfile.ZipInfo]) -> None:
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES:
        raise TooLargeError(size)
    has_unbounded = any(member.compress_type not in _BOUNDED for member in members)
    has_double = len({member.filename for member in members}) < len(members)
    if has_unbounded or has_double or len(members) > MOST_PARTS:
        raise PackageError("a method that inflates without a bound, a name twice, or too many parts")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Reads at most one byte more than the size that the member claims: a plain `read()` could unpack a zip bomb."""
    with archive.open(member) as stream:
        return stream.read(member.file_size + 1)
