"""Takes out of a template what tells of people and their computers: a report is published.

Titles, authors and company fields, thumbnails, data that other programs attached, links to files, names of pictures'
files, and people who may edit. What stands in the text stays.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.formats.docx.package import parse_xml
from generator.formats.opc.package import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    in_order,
    parts_of_type,
    read_parts,
)
from generator.formats.opc.relationships import RELATIONSHIP, link_kind, read_link, relationships_part
from generator.formats.opc.wordml import SETTINGS_TYPE, TEXT_TYPES, w
from generator.formats.opc.xml import Element, PackageError, to_xml
from generator.formats.opc.zip_writer import write_parts

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# All that a package itself leads to, but for the document: properties, thumbnails, labels, custom data.
_MAIN_KIND = "officedocument"
_PASSING_KINDS = frozenset(
    {"customxml", "glossarydocument", "printersettings", "recipientdata", "keymapcustomizations", "attachedtoolbars"}
)
_WEB = ("http", "https", "mailto")
_PATH = re.compile(r"(?i)^(?:file:|[a-z]:[\\/]|\\\\|/)")
_FIELD_TARGET = re.compile(r'^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OLD_PICTURE, _OLD_TITLE = "{urn:schemas-microsoft-com:vml}imagedata", "{urn:schemas-microsoft-com:office:office}title"
_PASSING = tuple(map(w, ("permStart", "permEnd", "docVars", "mailMerge")))
# Where a workbook was last saved, and by whom it is reserved.
_OF_WORKBOOKS = ("{*}absPath", "{*}fileSharing")
_FIELD_CHAR, _FIELD_CODE, _RUN = w("fldChar"), w("instrText"), w("r")


def without_traces(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template without personal traces; a part without any keeps its bytes.

    Raises:
        TemplateError: a part is not well-formed.
    """
    kept, lost = _without_links(parts)
    texts = set(parts_of_type(kept, *TEXT_TYPES, SETTINGS_TYPE))
    for name in texts | lost.keys():
        if name in kept:
            kept[name] = _cleaned(kept[name], lost.get(name, frozenset()))
    embedded = {name: _cleaned_package(part) for name, part in kept.items() if part.startswith(b"PK\x03\x04")}
    return _reachable({**kept, **embedded})


def _without_links(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, frozenset[str]]]:
    """The parts without relationships that must not stay, and for each part the ids of those that it lost."""
    kept, lost = dict(parts), dict[str, frozenset[str]]()
    for name in parts:
        if name.endswith(".rels"):
            root = parse_xml(parts[name])
            passing = [each for each in root.iter(RELATIONSHIP) if not _may_stay(each, name)]
            for element in passing:
                root.remove(element)
            if passing:
                kept[name] = to_xml(root)
                lost[_owner(name)] = frozenset(element.get("Id", "") for element in passing)
    return kept, lost


def _may_stay(relation: Element, name: str) -> bool:
    kind = link_kind(relation)
    if name == PACKAGE_RELATIONS:
        return kind == _MAIN_KIND
    if kind == "hyperlink" and relation.get("TargetMode") == "External":
        return _is_web(relation.get("Target", ""))
    return kind not in _PASSING_KINDS


def _is_web(target: str) -> bool:
    """True if a link leads to the web, to an address or within the document, and to no file.

    One with a tag stays: its author is told that no tag is filled there.
    """
    if "{" in unquote(target):
        return True
    try:
        return target.startswith("#") or urlsplit(target.strip()).scheme.lower() in _WEB
    except ValueError:
        return False


def _owner(relations: str) -> str:
    """The part whose relationships a part holds: `word/document.xml` of `word/_rels/document.xml.rels`."""
    folder, _, file = relations.rpartition("_rels/")
    return f"{folder}{file.removesuffix('.rels')}"


def _cleaned(part: bytes, lost: frozenset[str]) -> bytes:
    root = parse_xml(part)
    before = to_xml(root)
    for link in [each for each in root.iter() if each.get(_RELATION_ID) in lost]:
        _unlink(link)
    for field in list(root.iter(w("fldSimple"))):
        if _is_file_link(field.get(w("instr"), "")):
            _unwrap(field)
    for element in tuple(_file_fields(root)):
        _remove(element)
    _remove_names(root)
    after = to_xml(root)
    return part if before == after else after


def _unlink(link: Element) -> None:
    """Takes a link away, and leaves what it stood on."""
    if link.tag == w("hyperlink"):
        _unwrap(link)
    elif str(link.tag).rpartition("}")[2].startswith("hlink"):
        _remove(link)
    else:
        del link.attrib[_RELATION_ID]


def _is_file_link(code: str) -> bool:
    found = _FIELD_TARGET.match(code)
    return found is not None and not _is_web(found[1] or found[2] or "")


@dataclass(slots=True)
class _LinkField:
    """A field while it is read: its code, and the elements that make it a field."""

    code: str
    elements: list[Element]


def _file_fields(root: Element) -> Iterator[Element]:
    """The elements that make a link to a file of what is printed between them."""
    fields: list[_LinkField] = []
    for element in root.iter(_FIELD_CHAR, _FIELD_CODE):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            fields.append(_LinkField("", []))
        if fields:
            fields[-1].elements.append(element)
            fields[-1].code += element.text or "" if element.tag == _FIELD_CODE else ""
        if fields and kind == "end":
            field = fields.pop()
            yield from field.elements if _is_file_link(field.code) else ()


def _remove_names(root: Element) -> None:
    for element in list(root.iter(*_PASSING)):
        _remove(element)
    for picture in root.iter(_PICTURE):
        picture.set("name", "")
    for old in root.iter(_OLD_PICTURE):
        old.attrib.pop(_OLD_TITLE, "")
    for drawing in root.iter(_DRAWING, _PICTURE):
        # Older versions of Word wrote the path of the picture's file as its description.
        if _PATH.match(drawing.get("descr", "")):
            del drawing.attrib["descr"]


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def _remove(element: Element) -> None:
    """Removes an element, and its run with it where nothing else stands there."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag == _RUN and all(child.tag == w("rPr") for child in parent):
        _remove(parent)


def _reachable(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts to which relationships lead, with the list of content types brought up to them."""
    names = {name.casefold(): name for name in parts}
    reached, waiting = set[str](), [""]
    while waiting:
        relations = relationships_part(waiting.pop())
        if relations not in parts or relations in reached:
            continue
        reached.add(relations)
        for target in _targets(parts[relations], _owner(relations)):
            name = names.get(target.casefold())
            if name and name not in reached:
                reached.add(name)
                waiting.append(name)
    # A part with text stays, wherever it hangs: its faults are told.
    gone = parts.keys() - reached - {CONTENT_TYPES, *parts_of_type(parts, *TEXT_TYPES)}
    kept = {name: part for name, part in parts.items() if name not in gone}
    return {**kept, CONTENT_TYPES: _content_types(parts[CONTENT_TYPES], gone)} if gone else kept


def _targets(relations: bytes, owner: str) -> Iterable[str]:
    internal = (each for each in parse_xml(relations).iter(RELATIONSHIP) if each.get("TargetMode") != "External")
    return [unquote(read_link(each, owner).target) for each in internal]


def _content_types(content: bytes, gone: Iterable[str]) -> bytes:
    root, names = parse_xml(content), {f"/{name}".casefold() for name in gone}
    for item in [item for item in root if str(item.get("PartName")).casefold() in names]:
        root.remove(item)
    return to_xml(root)


def _cleaned_package(package: bytes) -> bytes:
    """An Office file inside the template, such as a chart's workbook; one that cannot be read stays as it is."""
    try:
        parts = read_parts(package)
        kept, _ = _without_links(parts)
        for name in kept:
            if name.endswith("workbook.xml"):
                kept[name] = _without(kept[name], *_OF_WORKBOOKS)
        cleaned = _reachable(kept)
    except (PackageError, LookupError):
        return package
    return package if cleaned == parts else write_parts((name, (cleaned[name],)) for name in in_order(cleaned))


def _without(part: bytes, *tags: str) -> bytes:
    root = parse_xml(part)
    found = [element for tag in tags for element in root.iter(tag)]
    for element in found:
        _remove(element)
    return to_xml(root) if found else part
