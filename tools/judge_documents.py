"""Judges documents as they lie in an outbox: is the .docx valid and accessible, does the PDF keep what it claims."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator

from generator.formats.docx_accessibility.checker import DOCUMENT_RULES, check_document

_UA = "{http://www.aiim.org/pdfua/ns/id/}"
_A = "{http://www.aiim.org/pdfa/ns/id/}"


def documents_to_judge(outbox: Path) -> tuple[Path, ...]:
    """Returns every whole report below an outbox, and the largest and smallest extract of each folder.

    The other extracts are left out to save time: they print rows of the whole report.
    """
    documents = sorted(outbox.rglob("*.docx"))
    wholes = (path for path in documents if path.parent.name != "otteet")
    folders = dict.fromkeys(path.parent for path in documents if path.parent.name == "otteet")
    extracts = (sorted(folder.glob("*.docx"), key=lambda path: path.stat().st_size) for folder in folders)
    return (*wholes, *(path for paths in extracts for path in dict.fromkeys((paths[0], paths[-1]))))


def document_faults(path: Path) -> Iterator[str]:
    """What is found in a document, and in its PDF if it has one."""
    yield from docx_faults(path)
    if path.with_suffix(".pdf").exists():
        yield from pdf_faults(path)


def docx_faults(path: Path) -> Iterator[str]:
    """What openxml-audit finds in a document, and what keeps somebody from reading it."""
    for error in _validator().validate(path).errors:
        yield f"{path.name}: openxml-audit: {error.description}"
    for fault in check_document(path.read_bytes()):
        if DOCUMENT_RULES[fault.rule].is_error:
            yield f"{path.name}: {fault.rule}, {fault.part} {fault.place or ''}: {fault.value}"


def pdf_faults(path: Path) -> Iterator[str]:
    """The claims that the PDF beside a document lacks, and its headings of tables that are not marked.

    A claim stands in a PDF only if the validator has confirmed it (`make_conformant`), so it is not asked again.
    """
    pdf = path.with_suffix(".pdf")
    headings = sum(len(table.rows[0].cells) for table in Document(str(path)).tables)
    with pikepdf.open(pdf) as opened:
        said = opened.open_metadata()
        claims = (said.get(f"{_UA}part"), said.get(f"{_A}part"), said.get(f"{_A}conformance"))
        marked = sum(is_heading_cell(item) for item in opened.objects)
    if claims != ("1", "2", "A"):
        yield f"{pdf.name}: it does not claim both PDF/UA-1 and PDF/A-2a: {claims}"
    if marked != headings:
        yield f"{pdf.name}: {marked} heading cells are marked, the document has {headings}"


@cache
def _validator() -> OpenXmlValidator:
    """One for all documents: to make it takes as long as to judge one."""
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)


def is_heading_cell(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.TH
