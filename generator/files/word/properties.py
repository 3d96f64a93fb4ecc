"""What a document says of itself to programs: title, case number, language, date, state; no clock, no path."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.files.word.package import (
    CONTENT_TYPES,
    PACKAGE_RELATIONS,
    STYLES_TYPE,
    add_element,
    parse_xml,
    parts_of_type,
    to_xml,
)
from generator.files.word.runs import escape_text
from generator.files.word.tags import w

_CORE, _APP, _CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATION_TYPES = {
    _CORE: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    _APP: f"{_OFFICE}/relationships/extended-properties",
    _CUSTOM: f"{_OFFICE}/relationships/custom-properties",
}
_CONTENT_TYPES = {
    _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    _APP: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    _CUSTOM: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True, slots=True)
class Properties:
    """`language` is a BCP 47 tag (fi-FI); the day stands for both created and modified, at 00:00:00Z."""

    title: str
    subject: str
    creator: str
    case_number: str
    category: str
    language: str
    state: str
    day: date


def with_properties(parts: Mapping[str, bytes], properties: Properties) -> dict[str, bytes]:
    """The parts with these properties instead of the template's own, and with the language of the document."""
    kept = {name: part for name, part in parts.items() if not name.startswith("docProps/")}
    own = {_CORE: _core(properties), _APP: _app(), _CUSTOM: _custom(properties)}
    return {
        **kept,
        **{name: xml.encode() for name, xml in own.items()},
        CONTENT_TYPES: _content_types(parts[CONTENT_TYPES]),
        PACKAGE_RELATIONS: _relations(parts[PACKAGE_RELATIONS]),
        **{name: _in_language(parts[name], properties.language) for name in parts_of_type(parts, STYLES_TYPE)},
    }


def _core(properties: Properties) -> str:
    moment = f"{properties.day.isoformat()}T00:00:00Z"
    texts = (
        ("dc:title", properties.title),
        ("dc:subject", properties.subject),
        ("dc:creator", properties.creator),
        ("cp:lastModifiedBy", properties.creator),
        ("dc:identifier", properties.case_number),
        ("cp:category", properties.category),
        ("dc:language", properties.language),
        ("cp:contentStatus", properties.state),
    )
    elements = "".join(f"<{name}>{escape_text(text)}</{name}>" for name, text in texts if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{elements}{dates}</cp:coreProperties>'
    )


def _app() -> str:
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>Seuranta</Application></Properties>"
    )


def _custom(properties: Properties) -> str:
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{_CUSTOM_SET}" pid="2" name="status"><vt:lpwstr>{escape_text(properties.state)}'
        "</vt:lpwstr></property></Properties>"
    )


def _content_types(content: bytes) -> bytes:
    root = parse_xml(content)
    for item in [item for item in root if str(item.get("PartName")).startswith("/docProps/")]:
        root.remove(item)
    for name, kind in _CONTENT_TYPES.items():
        add_element(root, f"{_TYPES_NS}Override", {"PartName": f"/{name}", "ContentType": kind})
    return to_xml(root)


def _relations(content: bytes) -> bytes:
    root = parse_xml(content)
    for relation in [relation for relation in root if "docProps/" in str(relation.get("Target"))]:
        root.remove(relation)
    for number, (name, kind) in enumerate(_RELATION_TYPES.items(), 1):
        attributes = {"Id": f"rIdProperties{number}", "Type": kind, "Target": name}
        add_element(root, f"{_RELATIONS_NS}Relationship", attributes)
    return to_xml(root)


def _in_language(styles: bytes, language: str) -> bytes:
    """The styles with the language as every text's default: Word and screen readers go by it."""
    root = parse_xml(styles)
    for default in root.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"):
        default.set(w("val"), language)
    return to_xml(root)
