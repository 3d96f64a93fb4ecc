"""Reads a template's package, reports its faults to its author, and removes links to other files."""

from collections.abc import Iterator, Mapping

from generator.errors import TemplateError
from generator.formats.docx.faults import FETCHES, MACROS, NOT_A_DOCUMENT, TOO_LARGE
from generator.formats.opc import xml
from generator.formats.opc.package import (
    MEGABYTE,
    MOST_BYTES,
    PACKAGE_RELATIONS,
    TooLargeError,
    in_order,
    parts_of_type,
    read_parts,
)
from generator.formats.opc.part_labels import part_label
from generator.formats.opc.relationships import RELATIONSHIP, link_kind
from generator.formats.opc.wordml import MACRO_TYPES, MAIN_TYPE, SETTINGS_TYPE, part_stem, w
from generator.formats.opc.xml import Element, PackageError, to_xml

LARGEST_TEXT = 5  # MB of a part with tags: docxtpl's regexes go over each many times


def read_package(content: bytes) -> dict[str, bytes]:
    """The parts of a Word document by their names (`word/document.xml`).

    Raises:
        TemplateError: it is no .docx, it is damaged or protected, or it is larger than `MOST_BYTES`.
    """
    try:
        parts = read_parts(content)
        if parts_of_type(parts, MAIN_TYPE) and PACKAGE_RELATIONS in parts:
            return parts
        is_with_macros = bool(parts_of_type(parts, *MACRO_TYPES))
    except TooLargeError as error:
        raise _too_large(error.size, MOST_BYTES // MEGABYTE) from error
    except PackageError as error:
        raise TemplateError(*NOT_A_DOCUMENT) from error
    raise TemplateError(*(MACROS if is_with_macros else NOT_A_DOCUMENT))


def parse_xml(content: bytes) -> Element:
    """Parses a part of a template, without its XML comments.

    Raises:
        TemplateError: it is not well-formed, or it declares entities.
    """
    try:
        return xml.parse_xml(content)
    except PackageError as error:
        raise TemplateError(*NOT_A_DOCUMENT) from error


def parse_text_part(content: bytes) -> Element:
    """Parses a part with tags; raises TemplateError also where it is larger than `LARGEST_TEXT`."""
    if len(content) > LARGEST_TEXT * MEGABYTE:
        raise _too_large(len(content), LARGEST_TEXT)
    return parse_xml(content)


def without_attached_template(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Returns the parts without the link to the template's own .dotx, which is a path on somebody's computer."""
    kept = dict(parts)
    for name in parts_of_type(parts, SETTINGS_TYPE):
        root = parse_xml(parts[name])
        for element in list(root.iter(w("attachedTemplate"))):
            root.remove(element)
            kept[name] = to_xml(root)
    for name, relation in _external(parts):
        if link_kind(relation) == "attachedtemplate":
            root = parse_xml(kept[name])
            for own in [own for own in root if own.get("Id") == relation.get("Id")]:
                root.remove(own)
            kept[name] = to_xml(root)
    return kept


def fetch_faults(parts: Mapping[str, bytes]) -> Iterator[TemplateError]:
    """Finds what Word would load from another file or the net when it opens the document; plain links do no harm."""
    for name, relation in _external(parts):
        if link_kind(relation) not in ("hyperlink", "attachedtemplate"):
            yield TemplateError(*FETCHES, part=part_label(_owner(name)), target=str(relation.get("Target")))


def _owner(relations: str) -> str:
    """The part whose relationships a part holds: `document` of `word/_rels/document.xml.rels`."""
    return part_stem(part_stem(relations))


def _external(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    for name in in_order(parts):
        if name.endswith(".rels"):
            for relation in parse_xml(parts[name]).iter(RELATIONSHIP):
                if relation.get("TargetMode") == "External":
                    yield name, relation


def _too_large(size: int, limit: int) -> TemplateError:
    return TemplateError(*TOO_LARGE, size=size // MEGABYTE, limit=limit)
