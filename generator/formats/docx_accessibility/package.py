"""Checks a document's properties for programs: title, language, case number and others."""

import re
from collections.abc import Iterator, Mapping

from generator.formats.docx_accessibility.faults import DocumentFault
from generator.formats.docx_accessibility.model import DocumentContent, Location, root_of

_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_TITLE, _LANGUAGE, _IDENTIFIER = f"{_DC}title", f"{_DC}language", f"{_DC}identifier"
_NEEDED = {
    "creator": f"{_DC}creator",
    "subject": f"{_DC}subject",
    "category": f"{_CP}category",
    "status": f"{_CP}contentStatus",
}
# HAV/412/00.01.02/2026, 412/00.01.02/2026, TUUDno-2021-594
_CASE_NUMBER = re.compile(r"\b(\w+/)?\d+/\d\d(\.\d\d){1,3}/\d{4}\b|\b[A-ZÅÄÖ]{2,}(Dno)?-\d{4}-\d+\b")


def check_title(reading: DocumentContent) -> Iterator[DocumentFault]:
    """Checks the title, except of a template: each report gets its own."""
    if not reading.is_template and not _core(reading).get(_TITLE):
        yield Location("core").fault("title-missing")


def check_language(reading: DocumentContent) -> Iterator[DocumentFault]:
    if not reading.styles.language:
        yield Location("styles").fault("language-missing")
    if not reading.is_template and not _core(reading).get(_LANGUAGE):
        yield Location("core").fault("language-missing")


def check_properties(reading: DocumentContent) -> Iterator[DocumentFault]:
    if reading.is_template:
        return
    core = _core(reading)
    yield from (Location("core").fault("property-missing", name) for name, tag in _NEEDED.items() if not core.get(tag))
    if not core.get(_IDENTIFIER) and _tells_case_number(reading):
        yield Location("core").fault("property-missing", "identifier")
    if not _has_custom_status(reading):
        yield Location("custom").fault("property-missing", "status")


def check_case_number(reading: DocumentContent) -> Iterator[DocumentFault]:
    number = _core(reading).get(_IDENTIFIER)
    if number and not reading.is_template and not any(number in _line(p.text) for p in reading.body):
        yield Location("document").fault("case-number-only-in-header", number)


def check_title_style(reading: DocumentContent) -> Iterator[DocumentFault]:
    for name in reading.styles.bordered_titles():
        yield Location("styles", f"style {name}").fault("title-style-border", name)


def _core(reading: DocumentContent) -> Mapping[str, str]:
    root = root_of(reading.parts, _CORE_TYPE)
    return {} if root is None else {str(item.tag): _line(item.text or "") for item in root}


def _has_custom_status(reading: DocumentContent) -> bool:
    root = root_of(reading.parts, _CUSTOM_TYPE)
    properties = () if root is None else root.iterchildren(f"{_CUSTOM}property")
    return any(item.get("name") == "status" and "".join(map(str, item.itertext())).strip() for item in properties)


def _tells_case_number(reading: DocumentContent) -> bool:
    """True if the document itself has a case number; officers' texts may name other cases."""
    return any(_CASE_NUMBER.search(paragraph.text) for paragraph in reading.body if not paragraph.location.in_cell)


def _line(text: str) -> str:
    return " ".join(text.split())
