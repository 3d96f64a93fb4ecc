"""Makes the accessible PDF of a finished Word document; it claims only what a validator has confirmed."""

from dataclasses import replace
from pathlib import Path
from threading import Event

from generator.formats.pdf.contents_pages import ContentsPages
from generator.formats.pdf.layout_copies import with_breaking_rows, with_other_style_names
from generator.formats.pdf.libreoffice import convert
from generator.formats.pdf.outcome import NOT_ACCESSIBLE, NOT_HYPHENATED, Conformance, Judgement, NoPdf, Pdf, PdfFacts
from generator.formats.pdf.soffice import find_soffice

__all__ = [
    "NOT_ACCESSIBLE",
    "NOT_HYPHENATED",
    "Conformance",
    "Judgement",
    "NoPdf",
    "Pdf",
    "PdfFacts",
    "find_soffice",
    "make_pdf",
]


def make_pdf(
    docx: bytes,
    facts: PdfFacts,
    *,
    soffice: Path | None,
    seconds: float = 120.0,
    cancelled: Event | None = None,
) -> Pdf | NoPdf | None:
    """Returns the document as PDF/UA-1 and PDF/A-2a, the reason if there is none, or None if the caller gave up.

    LibreOffice makes the pages. What it leaves out of the PDF is added: the summaries of tables, the texts of charts,
    the description of `pdfuaid`, language, case number and dates. Then a validator reads it. A claim that it rejects is
    withdrawn (PDF/A-2a becomes 2b first), and a PDF that may claim nothing is not returned. Nor is one that lacks rows
    or cells of a table: LibreOffice 7.4 can lose them, and is tried again with rows that may break. The same arguments
    give the same bytes with one LibreOffice and its fonts: no clock, path or name of this computer enters them. It
    works in any thread.

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
    made = _convert_whole(docx, soffice, seconds=seconds, cancelled=cancelled)
    if not isinstance(made, bytes):
        return made
    from generator.formats.pdf.conformance import make_conformant
    from generator.formats.pdf.hyphenation import lacks_hyphens

    outcome = make_conformant(made, docx, facts, seconds=seconds, cancelled=cancelled)
    return replace(outcome, lacks_hyphens=lacks_hyphens(made, docx)) if isinstance(outcome, Pdf) else outcome


def _convert_whole(
    docx: bytes, soffice: Path | None, *, seconds: float, cancelled: Event | None
) -> bytes | NoPdf | None:
    """Converts the document; if LibreOffice loses a table's row, once more from a copy with another layout."""
    copy, lacking = with_other_style_names(docx), None
    for _ in range(2):
        made = _convert_numbered(ContentsPages.of(copy), soffice, seconds=seconds, cancelled=cancelled)
        if not isinstance(made, bytes):
            return made
        # pikepdf takes 70 ms to import, and most commands make no PDF.
        from generator.formats.pdf.completeness import find_lacking

        lacking = find_lacking(made, docx)
        if lacking is None:
            return made
        copy = with_breaking_rows(copy)
    return lacking


def _convert_numbered(
    contents: ContentsPages, soffice: Path | None, *, seconds: float, cancelled: Event | None
) -> bytes | NoPdf | None:
    """Converts the document until its list of contents has the numbers of the pages that the headings stand on."""
    numbers = contents.unknown
    for _ in range(_MOST_CONVERSIONS):
        made = convert(contents.numbered(numbers), soffice, seconds=seconds, cancelled=cancelled)
        found = contents.numbers_in(made) if isinstance(made, bytes) else numbers
        if found == numbers:
            break
        numbers = found
    return made


# The numbers do not change the pages: the second conversion has the right ones.
_MOST_CONVERSIONS = 3
