"""Reads an .ods in the child process: its package, who saved it, its custom properties.

Source: OpenDocument 1.3 part 2, packages and their manifest; part 3 §4.3 metadata.
"""

import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Protocol, TypeAlias
from xml.parsers import expat

from generator.domain.submission.workbook import Workbook
from generator.formats.legacy.tables import Tables
from generator.formats.opc.meter import Meter, RefusedError

Attributes: TypeAlias = dict[str, str]

_STYLES, _CONTENT, _META, _MANIFEST = "styles.xml", "content.xml", "meta.xml", "META-INF/manifest.xml"
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
_LARGEST_PART = 200 * 2**20  # bytes, inflated
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, OverflowError)


def read_open_document(data: bytes, meter: Meter) -> Workbook:
    """The tables of an OpenDocument spreadsheet, with its custom properties.

    Raises:
        RefusedError: It cannot be read, or holds more than the meter allows.
    """
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (*_ZIP_FAULTS, ValueError) as fault:
        raise RefusedError("damaged-workbook", "zip") from fault
    names = set(package.namelist())
    if "encrypted-package" in names or b"encryption-data" in b"".join(_chunks(package, _MANIFEST)):
        raise RefusedError("encrypted-workbook", "ods")
    tables, meta = Tables(meter), _Meta(meter)
    for part in (_STYLES, _CONTENT):
        if part != _STYLES or part in names:
            _read(package, part, tables)
    if _META in names:
        _read(package, _META, meta)
    has_macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
    return Workbook(tuple(tables.sheets), tuple(meta.properties), meta.saver, has_macros)


class _Reader(Protocol):
    """Receives a part's elements as they are parsed, by their names in the specification."""

    def start(self, name: str, attributes: Attributes) -> None: ...
    def end(self) -> None: ...
    def text(self, text: str) -> None: ...


def _read(package: zipfile.ZipFile, part: str, reader: _Reader) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = lambda name, attributes: reader.start(
        _known(name), {_known(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda _: reader.end()
    parser.CharacterDataHandler = reader.text
    try:
        for chunk in _chunks(package, part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        if fault.code == _NO_MEMORY:
            raise MemoryError from fault
        raise RefusedError("damaged-workbook", part) from fault
    except (ValueError, LookupError) as fault:
        raise RefusedError("damaged-workbook", part) from fault


def _refuse_document_type(*_: object) -> None:
    raise ValueError("a document type, which no part needs")


@lru_cache(maxsize=1024)
def _known(name: str) -> str:
    """Returns `table:name` for `urn:oasis:names:tc:opendocument:xmlns:table:1.0 name`."""
    space, _, local = name.rpartition(" ")
    return f"{space.split(':')[-2]}:{local}" if space.startswith("urn:") else f"{_SHORT.get(space, '')}:{local}"


_SHORT = {"http://purl.org/dc/elements/1.1/": "dc"}


def _chunks(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Unpacks a part and counts its real bytes, since sizes in the directory are only claims."""
    met = 0
    try:
        with package.open(part) as stream:
            while chunk := stream.read(2**16):
                met += len(chunk)
                if met > _LARGEST_PART:
                    raise RefusedError("too-large-workbook", f"inflated_bytes {_LARGEST_PART}")
                yield chunk
    except RuntimeError as fault:  # zipfile's word for a member that needs a password
        raise RefusedError("encrypted-workbook", "ods") from fault
    except (*_ZIP_FAULTS, KeyError) as fault:
        raise RefusedError("damaged-workbook", part) from fault


class _Meta:
    """Reads custom properties, and who saved the document last."""

    def __init__(self, meter: Meter) -> None:
        self.properties: list[tuple[str, str]] = []
        self.saver = ""
        self._meter = meter
        self._texts: list[str] = []
        self._names: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._meter.check("depth", len(self._names))
        self._names.append(attributes.get("meta:name", "") if name == "meta:user-defined" else f"/{name}")
        self._texts.append("")

    def end(self) -> None:
        name, text = self._names.pop(), self._texts.pop()
        if name == "/dc:creator":
            self.saver = text
        elif not name.startswith("/"):
            self._meter.add("properties", 1)
            self.properties.append((name, text))

    def text(self, text: str) -> None:
        self._texts[-1] += self._meter.text(text)
