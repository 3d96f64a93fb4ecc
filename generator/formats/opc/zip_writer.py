"""Writes a zip package whose members may hold stretches that are deflated already, and so cost nothing again.

zipfile deflates all that it writes. The bytes are those that zipfile writes for the same members.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

# The system that a member says it was made on. It is fixed: Windows and Linux would write different bytes.
FAT, UNIX = 0, 3

_MEMBER = struct.Struct("<4s5H3L2H")
_LISTED = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _DEFLATE = 20, 0x800, 8
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01, the first day that a zip knows
_OWN_FILE = 0o600 << 16


@dataclass(frozen=True, eq=False)
class Deflated:
    """A stretch of a member in deflated form: its bytes, and the CRC-32 and size of what they inflate to."""

    data: bytes
    crc: int
    size: int

    @cached_property
    def shift(self) -> int:
        """The factor for the CRC-32 of the bytes before this stretch, see `_crc_of_both`."""
        return _power_of_x(self.size * 8)


def deflate(content: bytes) -> Deflated:
    """Deflates a stretch so that others can stand before and after it."""
    packer = _packer()
    data = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    return Deflated(data, zlib.crc32(content), len(content))


def inflate(stretch: Deflated, size: int = 0) -> bytes:
    """Returns the inflated bytes; only the first `size` bytes, if `size` is given."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(stretch.data, size)


def write_parts(members: Iterable[tuple[str, Iterable[bytes | Deflated]]], system: int = UNIX) -> bytes:
    """Zips members in the order given, each in pieces; every member is dated 1980-01-01.

    Source: APPNOTE.TXT 6.3.10, 4.3 and 4.4.
    """
    written, listed = bytearray(), bytearray()
    count = 0
    for name, pieces in members:
        count += 1
        encoded, member = name.encode(), _joined(pieces)
        flags = 0 if name.isascii() else _UTF8
        about = (flags, _DEFLATE, _MIDNIGHT, _FIRST_DAY, member.crc, len(member.data), member.size, len(encoded), 0)
        head = (b"PK\x01\x02", _VERSION, system, _VERSION, 0, *about)
        listed += _LISTED.pack(*head, 0, 0, 0, _OWN_FILE, len(written)) + encoded
        written += _MEMBER.pack(b"PK\x03\x04", _VERSION, *about) + encoded
        written += member.data
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), len(written), 0)
    return bytes(written + listed + end)


def _joined(pieces: Iterable[bytes | Deflated]) -> Deflated:
    """One deflated stretch of all pieces; what is not deflated yet is deflated together, up to the next that is."""
    packer, data, crc, size = _packer(), bytearray(), 0, 0
    for piece in pieces:
        if isinstance(piece, Deflated):
            data += packer.flush(zlib.Z_FULL_FLUSH) + piece.data
            crc, size = _crc_of_both(crc, piece), size + piece.size
        else:
            data += packer.compress(piece)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
    return Deflated(bytes(data + packer.flush()), crc, size)


def _packer() -> "zlib._Compress":
    return zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)


def _crc_of_both(crc: int, after: Deflated) -> int:
    """The CRC-32 of two stretches, of which the first has this one.

    A CRC is a polynomial over bits, modulo another; what follows shifts it. Source: zlib's `crc32_combine`.
    """
    return _product(after.shift, crc) ^ after.crc


def _power_of_x(exponent: int) -> int:
    power = 1 << 31  # the highest bit is the coefficient of 1, the next one of x
    for bit in range(exponent.bit_length()):
        power = _product(_square(bit), power) if exponent >> bit & 1 else power
    return power


@cache
def _square(times: int) -> int:
    """Returns the polynomial x, squared `times` times."""
    return 1 << 30 if times == 0 else _product(_square(times - 1), _square(times - 1))


def _product(one: int, other: int) -> int:
    """Multiplies two polynomials, modulo that of CRC-32."""
    product = 0
    for bit in range(31, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = other >> 1 ^ (0xEDB88320 if other & 1 else 0)
    return product
