"""The mark in a .docx of ours: the digest of its printed values, and whether the file is still unchanged."""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from generator.formats.docx.printed_values import document_text, values_digest
from generator.formats.docx.properties import APP_TYPE, APPLICATION, CUSTOM_TYPE, VALUES_PROPERTY
from generator.formats.opc.package import CONTENT_TYPES, parts_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE
from generator.formats.opc.xml import Element, PackageError, parse_xml
from generator.formats.opc.zip_writer import write_parts

# A tree takes some hundred bytes an element. A report of 10,000 goals has a million.
_MOST_ELEMENTS = 4_000_000
_LARGEST = 2**20  # bytes of a part that says what the document is, not what it prints
_DIGEST = re.compile(r"[0-9a-f]{64}")


def mark_of(docx: bytes) -> str | None:
    """Returns the mark of a document, even if somebody has saved it since; None if it has none.

    An edited copy keeps the digest of the draft that it was made from.
    """
    parts = _read(docx)
    try:
        return _mark(parts) if parts else None
    except PackageError:
        return None


def is_document_unchanged(docx: bytes) -> bool:
    """True if the document carries our mark and no program has saved it since we wrote it.

    The mark covers the values. Everything else is covered by the container: Word, LibreOffice and python-docx each
    write another one.
    """
    parts = _read(docx)
    if not parts or _container(docx) != _container(write_parts((name, ()) for name in parts)):
        return False
    try:
        return _is_ours(parts)
    except PackageError:
        return False


def _read(docx: bytes) -> dict[str, bytes] | None:
    """Reads the parts; None if there is no list of content types, or it is larger than any of ours."""
    try:
        parts = read_parts(docx)
    except PackageError:
        return None
    return parts if 0 < len(parts.get(CONTENT_TYPES, b"")) < _LARGEST else None


def _is_ours(parts: Mapping[str, bytes]) -> bool:
    main = parts_of_type(parts, MAIN_TYPE)
    if not main or parts[main[0]].count(b"<") > _MOST_ELEMENTS or _application(parts) != APPLICATION:
        return False
    return _mark(parts) == values_digest(document_text(parts).values)


def _container(docx: bytes) -> tuple[object, ...]:
    """Returns everything in the zip except its members' contents: names, order, dates, flags, comments, other bytes.

    The compressed bytes stay out: another build of zlib makes other ones of the same part.
    """
    with ZipFile(BytesIO(docx)) as archive:
        members = archive.infolist()
        heads = tuple(tuple(getattr(member, name) for name in _HEAD) for member in members)
        return heads, archive.comment, len(docx) - sum(member.compress_size for member in members)


_HEAD = (
    *("filename", "date_time", "compress_type", "create_system", "create_version", "extract_version"),
    *("flag_bits", "internal_attr", "external_attr", "extra", "comment"),
)


def _mark(parts: Mapping[str, bytes]) -> str | None:
    for root in _roots(parts, CUSTOM_TYPE):
        for item in root:
            text = "".join(map(str, item.itertext())) if item.get("name") == VALUES_PROPERTY else ""
            if _DIGEST.fullmatch(text):
                return text
    return None


def _application(parts: Mapping[str, bytes]) -> str | None:
    found = (item.text for root in _roots(parts, APP_TYPE) for item in root.iterfind("{*}Application"))
    return next(found, None)


def _roots(parts: Mapping[str, bytes], content_type: str) -> list[Element]:
    return [parse_xml(parts[name]) for name in parts_of_type(parts, content_type) if len(parts[name]) < _LARGEST]
