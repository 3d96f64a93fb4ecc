"""Reads the parts of an Office package (.docx, .xlsx) that anyone may have made, within bounds."""

import struct
import zipfile
import zlib
from io import BytesIO

# All parts together, inflated. A report of 10,000 goals has 25 MiB.
MOST_BYTES = 64 * 2**20
MOST_PARTS = 2_000
_BOUNDED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


def read_parts(package: bytes) -> dict[str, bytes] | None:
    """The parts by their names, in the order of the package.

    Returns:
        None where it is no zip, damaged, protected, holds a name twice, or more than `MOST_PARTS` or `MOST_BYTES`.

    Source: ECMA-376 part 2, §6 and §7.
    """
    try:
        with zipfile.ZipFile(BytesIO(package)) as archive:
            members = archive.infolist()
            if _is_too_much(members) or len({member.filename for member in members}) < len(members):
                return None
            return {member.filename: _read(archive, member) for member in members}
    except _FAULTS:
        return None


def _is_too_much(members: list[zipfile.ZipInfo]) -> bool:
    size = sum(member.file_size for member in members)
    unbounded = any(member.compress_type not in _BOUNDED for member in members)
    return unbounded or len(members) > MOST_PARTS or size > MOST_BYTES


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Inflates no more than the size that the member claims: without an amount, `read` would inflate all of a bomb."""
    with archive.open(member) as stream:
        return stream.read(member.file_size + 1)
