"""Recognises OpenDocument packages by their own declaration, anywhere in the zip."""

import zipfile
from io import BytesIO

from generator.formats.opc.package import FAULTS, MOST_PARTS

OPEN_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")
_SAYING = ("mimetype", "META-INF/manifest.xml")
_MOST_READ = 2**16  # bytes of a part; a manifest names the document itself first


def is_open_spreadsheet(data: bytes) -> bool:
    """True if the file is an OpenDocument spreadsheet, readable or not.

    Source: OpenDocument 1.3 part 2 §3.3: `mimetype` should be the first entry; some programs put it elsewhere.
    """
    if not data.startswith(ZIP_HEADS):
        return False
    return OPEN_SPREADSHEET in data[:512] or OPEN_SPREADSHEET in _said(data)


def _said(data: bytes) -> bytes:
    if data.count(b"PK\x01\x02") > MOST_PARTS:  # before zipfile makes an object of each
        return b""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return b"".join(archive.open(name).read(_MOST_READ) for name in _SAYING if name in archive.namelist())
    except FAULTS:
        return b""
