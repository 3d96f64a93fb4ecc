"""Judges documents as they lie in an outbox: is the .docx valid and accessible, does the PDF keep what it claims."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator

from generator.formats.docx_accessibility.checker import DOCUMENT_RULES, check_document
from generator.formats.pdf.word_marks import read_marks

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
    """The claims that the PDF beside a document lacks, and its headings of columns and rows that are not marked.

    A claim stands in a PDF only if the validator has confirmed it (`make_conformant`), so it is not asked again.
    """
    pdf = path.with_suffix(".pdf")
    headings = _headings(path)
    with pikepdf.open(pdf) as opened:
        said = opened.open_metadata()
        claims = (said.get(f"{_UA}part"), said.get(f"{_A}part"), said.get(f"{_A}conformance"))
        marked = Counter(scope for item in opened.objects if (scope := heading_scope(item)))
    if claims != ("1", "2", "A"):
        yield f"{pdf.name}: it does not claim both PDF/UA-1 and PDF/A-2a: {claims}"
    if marked != headings:
        yield f"{pdf.name}: {dict(marked)} heading cells are marked, the document has {dict(headings)}"


def _headings(path: Path) -> Counter[str]:
    """Counts the headings that a PDF of the document must have: those of columns, and one for each row that has one."""
    tables = Document(str(path)).tables
    named = (row.heading for table in read_marks(path.read_bytes()).tables for row in table.rows[table.heading_rows :])
    rows = sum(heading is not None for heading in named)
    return Counter({"/Column": sum(len(table.rows[0].cells) for table in tables), "/Row": rows})


@cache
def _validator() -> OpenXmlValidator:
    """One for all documents: to make it takes as long as to judge one."""
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)


def heading_scope(item: pikepdf.Object) -> str | None:
    """Returns what a heading cell is the heading of (`/Column`, `/Row`); None for anything else."""
    if not isinstance(item, pikepdf.Dictionary) or item.get("/S") != pikepdf.Name.TH:
        return None
    held = item.get("/A", pikepdf.Array())
    owners = held if isinstance(held, pikepdf.Array) else [held]
    return next((str(owner["/Scope"]) for owner in owners if "/Scope" in owner), "")
