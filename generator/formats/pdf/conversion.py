"""Makes the accessible PDF of a finished Word document; it claims only what a validator has confirmed."""

import re
from pathlib import Path
from threading import Event

from generator.formats.opc.package import parts_of_type, read_parts
from generator.formats.opc.wordml import STYLES_TYPE, w
from generator.formats.opc.xml import Element, PackageError, parse_xml, to_xml
from generator.formats.opc.zip_writer import write_parts
from generator.formats.pdf.libreoffice import convert
from generator.formats.pdf.outcome import Conformance, Judgement, NoPdf, Pdf, PdfFacts
from generator.formats.pdf.soffice import find_soffice

__all__ = ["Conformance", "Judgement", "NoPdf", "Pdf", "PdfFacts", "find_soffice", "make_pdf"]


def make_pdf(
    docx: bytes,
    facts: PdfFacts,
    *,
    soffice: Path | None,
    seconds: float = 120.0,
    cancelled: Event | None = None,
) -> Pdf | NoPdf | None:
    """Returns the document as PDF/UA-1 and PDF/A-2a, the reason if there is none, or None if the caller gave up.

    LibreOffice lays the pages out. What it leaves out of the PDF is put in: the summaries of tables, the texts of
    charts, the description of `pdfuaid`, language, case number and dates. Then a validator reads it. A claim that it
    rejects is withdrawn (PDF/A-2a becomes 2b first), and a PDF that may claim nothing is not given out. The
    same arguments give the same bytes with one LibreOffice and its fonts: no clock, path or name of this computer
    enters them. It works in any thread.

    Args:
        docx: a finished document of ours.
        facts: what the PDF says of itself; empty texts are left out.
        soffice: the program, as `find_soffice` gives it; None where there is none.
        seconds: how long LibreOffice may take, and after it each round of validation (one, where nothing is refused).
        cancelled: Set by another thread when the PDF is no longer needed. LibreOffice or the validator is then killed
            with all its children within 0.2 s, and the result is None. Ctrl-C does not interrupt a thread: whoever ends
            the program sets the event and joins the thread, or LibreOffice runs on.

    Source: ISO 14289-1:2014, 5 (claim), 7.1 (title), 7.2 (language), 7.3 (pictures), 7.5 (tables), 7.18.3 (order of
    Tab); ISO 19005-2:2011, 6.6.2.3 (extension schemas), 6.6.4 (claim), 6.7 (what level A adds to B).
    """
    made = convert(_with_other_style_names(docx), soffice, seconds=seconds, cancelled=cancelled)
    if not isinstance(made, bytes):
        return made
    # pikepdf takes 70 ms to import, and most commands make no PDF.
    from generator.formats.pdf.conformance import make_conformant

    return make_conformant(made, docx, facts, seconds=seconds, cancelled=cancelled)


# The structure types of PDF. Source: ISO 32000-1:2008, 14.8.4.
_STRUCTURE_TYPE = re.compile(
    "Document|Part|Art|Sect|Div|BlockQuote|Caption|TOC|TOCI|Index|NonStruct|Private|P|H[1-6]?|L|LI|Lbl|LBody|Table|TR|"
    "TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|Ruby|Warichu|RB|RT|RP|WT|WP|Figure|"
    "Formula|Form"
)


def _with_other_style_names(document: bytes) -> bytes:
    """Renames styles of the .docx that are named like a structure type of PDF; it looks the same.

    LibreOffice makes a structure type of each paragraph style, and one that is called `Quote` would change what
    `Quote` means, which no PDF may. A document that we cannot read stays as it is.

    Source: ISO 14289-1:2014, 7.1 (standard structure types are not remapped).
    """
    try:
        parts = read_parts(document)
    except PackageError:
        return document
    changed = {name: _renamed(parse_xml(parts[name])) for name in parts_of_type(parts, STYLES_TYPE)}
    return write_parts((name, (changed.get(name, part),)) for name, part in parts.items())


def _renamed(styles: Element) -> bytes:
    for name in styles.iterfind(f"{w('style')}/{w('name')}"):
        if _STRUCTURE_TYPE.fullmatch(str(name.get(w("val")))):
            name.set(w("val"), f"{name.get(w('val'))} (style)")
    return to_xml(styles)
