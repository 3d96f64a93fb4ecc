"""A .docx as its parts: opened within bounds, closed so that the same parts always give the same bytes."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import TypeAlias

from lxml import etree

from generator.errors import TemplateError
from generator.formats.docx.faults import FETCHES, NOT_A_DOCUMENT, TOO_LARGE

Element: TypeAlias = etree._Element
MEGABYTE = 2**20
LARGEST = 100  # MB, all parts together
LARGEST_TEXT = 5  # MB of a part with tags: docxtpl's regexes go over each many times
MOST_MEMBERS = 2_000

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONS = "_rels/.rels"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{_WORD}document.main+xml"
STYLES_TYPE = f"{_WORD}styles+xml"
SETTINGS_TYPE = f"{_WORD}settings+xml"
TEXT_TYPES = (MAIN_TYPE, *(f"{_WORD}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes")))

_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_WORD_NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Windows and Linux would write different bytes here.
_UNIX = 3
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError)


def read_package(content: bytes) -> dict[str, bytes]:
    """The parts of a Word document by their names (`word/document.xml`).

    Raises:
        TemplateError: it is no .docx, it is damaged or protected, or it is larger than `LARGEST`.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _bound(sum(member.file_size for member in members), LARGEST)
            parts = {member.filename: archive.read(member) for member in members[:MOST_MEMBERS]}
    except _UNREADABLE as error:
        raise TemplateError(*NOT_A_DOCUMENT) from error
    _require_document(parts)
    return parts


def write_package(members: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """Zips parts, each in pieces, in the order given."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in members:
            member = zipfile.ZipInfo(name, _FIRST_DATE)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, _UNIX
            with archive.open(member, "w") as stream:
                for piece in pieces:
                    stream.write(piece)
    return buffer.getvalue()


def in_order(names: Iterable[str]) -> list[str]:
    """The order of a package's members: first what tells what the others are."""
    return sorted(names, key=lambda name: (name != CONTENT_TYPES, name != PACKAGE_RELATIONS, name))


def parts_of_type(parts: Mapping[str, bytes], *types: str) -> tuple[str, ...]:
    """The names of the parts that hold something of the types, in the order of the package."""
    listed = parse_xml(parts[CONTENT_TYPES]).iter(f"{_TYPES_NS}Override")
    found = {str(item.get("PartName")).lstrip("/") for item in listed if item.get("ContentType") in types}
    return tuple(name for name in in_order(parts) if name in found)


def parse_xml(content: bytes) -> Element:
    """Parses a part of an untrusted document.

    Raises:
        TemplateError: it is not well-formed, or it declares entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateError(*NOT_A_DOCUMENT) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise TemplateError(*NOT_A_DOCUMENT)
    return root


def parse_text_part(content: bytes) -> Element:
    """Parses a part with tags; raises TemplateError also where it is larger than `LARGEST_TEXT`."""
    _bound(len(content), LARGEST_TEXT)
    return parse_xml(content)


def to_xml(root: Element) -> bytes:
    """A whole part, as it is kept."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def to_text(element: Element) -> str:
    """An element as XML, without a declaration and without what follows it."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def add_element(parent: Element, name: str, attributes: Mapping[str, str] = MappingProxyType({})) -> Element:
    """Adds an element (`{namespace}name`) as the parent's last."""
    return etree.SubElement(parent, name, dict(attributes))


def without_attached_template(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts without the link to the .dotx they were made from: it is a path on somebody's computer."""
    kept = dict(parts)
    for name in parts_of_type(parts, SETTINGS_TYPE):
        root = parse_xml(parts[name])
        for element in list(root.iter(f"{_WORD_NS}attachedTemplate")):
            root.remove(element)
            kept[name] = to_xml(root)
    for name, relation in _external(parts):
        if _kind(relation) == "attachedTemplate":
            root = parse_xml(kept[name])
            for own in [own for own in root if own.get("Id") == relation.get("Id")]:
                root.remove(own)
            kept[name] = to_xml(root)
    return kept


def fetch_faults(parts: Mapping[str, bytes]) -> Iterator[TemplateError]:
    """What Word would fetch from another file or the net when it opens the document; links are not fetched."""
    for name, relation in _external(parts):
        if _kind(relation) not in ("hyperlink", "attachedTemplate"):
            yield TemplateError(*FETCHES, part=name, target=str(relation.get("Target")))


def _external(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    for name in in_order(parts):
        if name.endswith(".rels"):
            for relation in parse_xml(parts[name]).iter(f"{_RELATIONS_NS}Relationship"):
                if relation.get("TargetMode") == "External":
                    yield name, relation


def _kind(relation: Element) -> str:
    return str(relation.get("Type")).rpartition("/")[2]


def _bound(size: int, limit: int) -> None:
    if size > limit * MEGABYTE:
        raise TemplateError(*TOO_LARGE, size=size // MEGABYTE, limit=limit)


def _require_document(parts: Mapping[str, bytes]) -> None:
    if CONTENT_TYPES not in parts or not parts_of_type(parts, MAIN_TYPE) or PACKAGE_RELATIONS not in parts:
        raise TemplateError(*NOT_A_DOCUMENT)
