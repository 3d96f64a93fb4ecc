"""Judges documents as they lie in an outbox: is the .docx valid and accessible, does the PDF keep what it claims."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator

from generator.formats.docx_accessibility.checker import DOCUMENT_RULES, check_document
from generator.formats.pdf.conformance import validate
from generator.formats.pdf.conversion import Conformance, NoPdf

SECONDS = 120.0


def docx_faults(path: Path) -> Iterator[str]:
    """What openxml-audit finds in a document, and what keeps somebody from reading it."""
    for error in _validator().validate(path).errors:
        yield f"{path.name}: openxml-audit: {error.description}"
    for fault in check_document(path.read_bytes()):
        if DOCUMENT_RULES[fault.rule].is_error:
            yield f"{path.name}: {fault.rule}, {fault.part} {fault.place or ''}: {fault.value}"


def pdf_faults(path: Path) -> Iterator[str]:
    """What keeps the PDF beside a document from PDF/UA-1 and PDF/A-2a, and headings of tables that are not marked."""
    pdf = path.with_suffix(".pdf")
    opinions = validate(pdf.read_bytes(), (Conformance.UA_1, Conformance.A_2A), SECONDS)
    if isinstance(opinions, NoPdf):
        yield f"{pdf.name}: {opinions.reason}"
        return
    yield from (f"{pdf.name}: {opinion.said}" for opinion in opinions if not opinion.agrees)
    headings = sum(len(table.rows[0].cells) for table in Document(str(path)).tables)
    with pikepdf.open(pdf) as opened:
        marked = sum(is_heading_cell(item) for item in opened.objects)
    if marked != headings:
        yield f"{pdf.name}: {marked} heading cells are marked, the document has {headings}"


@cache
def _validator() -> OpenXmlValidator:
    """One for all documents: to make it takes as long as to judge one."""
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)


def is_heading_cell(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.TH
