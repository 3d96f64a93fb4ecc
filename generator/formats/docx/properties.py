"""A document's properties for programs: title, case number, language, date, state; no clock, no path."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.formats.docx.package import parse_xml
from generator.formats.docx.runs import escape_text
from generator.formats.opc.package import CONTENT_TYPES, PACKAGE_RELATIONS, parts_of_type
from generator.formats.opc.wordml import STYLES_TYPE, w
from generator.formats.opc.xml import add_element, to_xml

APPLICATION = "Seuranta"
# The custom property that holds the digest of the values printed in the document.
VALUES_PROPERTY = "seuranta_values"
CUSTOM_PROPERTIES = "docProps/custom.xml"
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATION_TYPES = {
    _CORE: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    _APP: f"{_OFFICE}/relationships/extended-properties",
    CUSTOM_PROPERTIES: f"{_OFFICE}/relationships/custom-properties",
}
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CONTENT_TYPES = {
    _CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    _APP: APP_TYPE,
    CUSTOM_PROPERTIES: CUSTOM_TYPE,
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True, slots=True)
class Properties:
    """`language` is a BCP 47 tag (fi-FI); the day is both created and modified, at 00:00:00Z."""

    title: str
    subject: str
    creator: str
    case_number: str
    category: str
    language: str
    state: str
    day: date


def with_properties(parts: Mapping[str, bytes], properties: Properties) -> dict[str, bytes]:
    """Returns the parts with these properties in place of the template's, and with the language of the document.

    `CUSTOM_PROPERTIES` is announced and not among them: what it says is known when the values are printed.
    """
    kept = {name: part for name, part in parts.items() if not name.startswith("docProps/")}
    own = {_CORE: _core(properties), _APP: _app()}
    return {
        **kept,
        **{name: xml.encode() for name, xml in own.items()},
        CONTENT_TYPES: _content_types(parts[CONTENT_TYPES]),
        PACKAGE_RELATIONS: _relations(parts[PACKAGE_RELATIONS]),
        **{name: _in_language(parts[name], properties.language) for name in parts_of_type(parts, STYLES_TYPE)},
    }


def with_properties_of(parts: Mapping[str, bytes], document: Mapping[str, bytes]) -> dict[str, bytes]:
    """Returns the parts of a document with the properties of another document of ours."""
    kept = {name: part for name, part in parts.items() if not name.startswith("docProps/")}
    own = {name: document[name] for name in (_CORE, _APP, CUSTOM_PROPERTIES)}
    announced = {
        CONTENT_TYPES: _content_types(parts[CONTENT_TYPES]),
        PACKAGE_RELATIONS: _relations(parts[PACKAGE_RELATIONS]),
    }
    return {**kept, **own, **announced}


def custom_properties(properties: Properties, digest: str) -> bytes:
    """Makes the part `CUSTOM_PROPERTIES`: the document's state, and the digest of its printed values."""
    texts = (("status", escape_text(properties.state)), (VALUES_PROPERTY, digest))
    items = "".join(
        f'<property fmtid="{_CUSTOM_SET}" pid="{number}" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>'
        for number, (name, text) in enumerate(texts, 2)
    )
    namespaces = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"{_DECLARATION}<Properties {namespaces}>{items}</Properties>".encode()


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
        f"<Application>{APPLICATION}</Application></Properties>"
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
    """Sets the default language of the styles, which Word and screen readers follow."""
    root = parse_xml(styles)
    for default in root.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"):
        default.set(w("val"), language)
    return to_xml(root)
