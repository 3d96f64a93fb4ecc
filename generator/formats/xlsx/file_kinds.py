"""Recognises by its first bytes a file that is no .xlsx."""

import re
import zipfile

from generator.domain.base.file_kind import FileKind
from generator.formats.opc.open_document import OPEN_SPREADSHEET, ZIP_HEADS, is_open_spreadsheet

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_LOOKED_AT = 4096  # bytes of a text
_HEADS = (
    (FileKind.PDF, (b"%pdf",)),
    (FileKind.PICTURE, (b"\x89png", b"\xff\xd8\xff", b"gif8", b"ii*\0", b"mm\0*", b"<svg")),
    (FileKind.RTF, (b"{\\rtf",)),
    (FileKind.ZIP, (b"7z\xbc\xaf", b"rar!", b"\x1f\x8b")),
    (FileKind.LINK, (b"[internetshortcut]",)),
    (FileKind.MESSAGE, (b"from: ", b"return-path:", b"received: ", b"mime-version:")),
)
# Names of streams in any letters' case; the first one in the file decides the kind.
_STREAMS = (
    (FileKind.XLS, ("workbook", "book\0")),
    (FileKind.WORD, ("worddocument",)),
    (FileKind.POWERPOINT, ("powerpoint document",)),
    (FileKind.MESSAGE, ("__properties_version1.0",)),
)
_FOLDERS = (
    (FileKind.WORD, "word/"),
    (FileKind.POWERPOINT, "ppt/"),
    (FileKind.NUMBERS, "index/"),
    (FileKind.ODT, "content.xml"),
)
_LEAST_SEPARATORS = {b";": 1, b"\t": 1, b",": 2}  # on a line
_TEXT = re.compile(rb"[^\x01-\x08\x0e-\x1f]*")


def other_kind(data: bytes) -> FileKind | None:
    """Returns the kind of a file that is no zip, or an OpenDocument spreadsheet; None for any other zip."""
    if data.startswith(ZIP_HEADS):
        return FileKind.ODS if is_open_spreadsheet(data) else None
    if data.startswith(_COMPOUND):
        return _by_streams(data.lower())
    return _by_head(data[:_LOOKED_AT].lower())


def is_encrypted(data: bytes) -> bool:
    """True for an Excel workbook that needs a password to open."""
    return data.startswith(_COMPOUND) and "EncryptedPackage".encode("utf-16-le") in data


def kind_of_package(archive: zipfile.ZipFile) -> FileKind:
    """Returns the kind of a zip that is no workbook, by the folders in it."""
    names = [name.lower() for name in archive.namelist()]
    found = (kind for kind, folder in _FOLDERS if any(name.startswith(folder) for name in names))
    return next(found, FileKind.ZIP)


def _by_streams(data: bytes) -> FileKind:
    found = (kind for kind, names in _STREAMS if any(name.encode("utf-16-le") in data for name in names))
    return next(found, FileKind.OTHER)


def _by_head(head: bytes) -> FileKind:
    known = next((kind for kind, heads in _HEADS if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(heads)), None)
    if known:
        return known
    text = head.replace(b"\0", b"")  # UTF-16, as in Excel's "Unicode text", becomes readable thereby
    for is_it, kind in (
        (OPEN_SPREADSHEET in text, FileKind.FODS),
        (b"com:office:spreadsheet" in text, FileKind.XML),
        (b"<html" in text or b"<table" in text, FileKind.HTML),
        (b"docs.google.com" in text and text.startswith(b"{"), FileKind.GOOGLE_LINK),
        (_TEXT.fullmatch(text) and _is_table(text), FileKind.CSV),
        (_TEXT.fullmatch(text), FileKind.TEXT),
    ):
        if is_it:
            return kind
    return FileKind.OTHER


def _is_table(text: bytes) -> bool:
    """True if the first two lines have the same separators; a single comma in each makes no table."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    counts = [(least, {line.count(separator) for line in lines}) for separator, least in _LEAST_SEPARATORS.items()]
    return len(lines) == 2 and any(len(found) == 1 and found.pop() >= least for least, found in counts)
