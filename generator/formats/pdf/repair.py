"""Adds to a PDF what LibreOffice leaves out, and sets the given claims."""

import struct
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Stream

from generator.domain.base.rule import N_
from generator.formats.pdf.metadata import make_info, make_xmp
from generator.formats.pdf.outcome import Conformance, NoPdf, PdfFacts
from generator.formats.pdf.structure import repair_structure
from generator.formats.pdf.word_marks import WordMarks

NOT_A_PDF = (
    N_("What LibreOffice made cannot be read as a PDF: {value}"),
    N_("Run again. If it happens again, open the Word document in LibreOffice and see what it says."),
)


@dataclass(frozen=True, slots=True)
class RepairedPdf:
    """A repaired PDF; `without_headings` are the tables without a heading cell, by their order in the PDF, 1-based."""

    data: bytes
    without_headings: tuple[int, ...]


def repair(made: bytes, facts: PdfFacts, marks: WordMarks, claims: tuple[Conformance, ...]) -> RepairedPdf | NoPdf:
    """Returns the PDF with structure, language, properties and dates corrected; page contents stay unchanged."""
    try:
        with pikepdf.open(BytesIO(made)) as pdf:
            without_headings = repair_structure(pdf, marks, facts.nothing)
            _repair_catalogue(pdf, facts.language)
            _describe(pdf, facts, claims)
            _take_clocks_out(pdf, facts.day)
            return RepairedPdf(_save(pdf), without_headings)
    except (pikepdf.PdfError, UnicodeDecodeError) as error:
        return NoPdf(*NOT_A_PDF, value=str(error))


def _repair_catalogue(pdf: pikepdf.Pdf, language: str) -> None:
    """Sets language, window title and Tab order. Source: ISO 14289-1:2014, 7.1, 7.2, 7.18.3."""
    pdf.Root.Lang = pikepdf.String(language)
    if Name.ViewerPreferences not in pdf.Root:
        pdf.Root.ViewerPreferences = Dictionary()
    pdf.Root.ViewerPreferences.DisplayDocTitle = True
    for page in pdf.pages:
        page.obj.Tabs = Name.S


def _describe(pdf: pikepdf.Pdf, facts: PdfFacts, claims: tuple[Conformance, ...]) -> None:
    producer = str(pdf.docinfo.get(Name.Producer, "LibreOffice"))
    pdf.trailer.Info = pdf.make_indirect(Dictionary(make_info(facts, producer)))
    packet = Stream(pdf, make_xmp(facts, producer, claims))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)


def _take_clocks_out(pdf: pikepdf.Pdf, day: date) -> None:
    """Removes clock times, also from the colour profile, so that the same document gives the same bytes.

    Source: ICC.1:2010, 7.2 (bytes 24 to 35: year, month, day, hour, minute, second).
    """
    for clocked in ("/ID", "/DocChecksum"):
        if clocked in pdf.trailer:
            del pdf.trailer[clocked]
    for intent in pdf.Root.get(Name.OutputIntents, []):
        profile = intent.get(Name.DestOutputProfile)
        if isinstance(profile, Stream):
            content = profile.read_bytes()
            profile.write(content[:24] + struct.pack(">6H", day.year, day.month, day.day, 0, 0, 0) + content[36:])


def _save(pdf: pikepdf.Pdf) -> bytes:
    """Saves the PDF; after a stream that happens to end in a carriage return, qpdf writes a line feed.

    page-validation 0.11.0 takes the two for one end of line, and the stream for shorter than it says it is. A
    carriage return is an end of line too (ISO 32000-1:2008, 7.2.3).
    """
    buffer = BytesIO()
    packed = pikepdf.ObjectStreamMode.generate
    pdf.save(buffer, deterministic_id=True, object_stream_mode=packed, fix_metadata_version=False)
    return buffer.getvalue().replace(b"\r\nendstream", b"\r\rendstream")
