"""The PDF that real LibreOffice makes of a report: what it claims, what a screen reader finds, and what stays out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pikepdf
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from PIL import Image

from generator.files.pdf import Claim, NoPdf, Pdf, find_soffice, make_pdf
from generator.files.pdf_parts.libreoffice import NOTHING, convert
from generator.files.pdf_parts.word_marks import read_marks
from generator.language import Language, Words
from tests.files.pdfs import FACTS, attribute, structure
from tests.files.reports import PREVIOUS, follow_up, opened, report, write

pytestmark = pytest.mark.libreoffice

SOFFICE = find_soffice()
REPORT = write(report(previous=follow_up(*PREVIOUS)))
MARKS = read_marks(REPORT)
BOTH = (Claim.UA_1, Claim.A_2A)


def made(document: bytes = REPORT, language: str = "fi-FI") -> Pdf:
    outcome = make_pdf(document, replace(FACTS, language=language), soffice=SOFFICE)
    assert isinstance(outcome, Pdf), outcome
    return outcome


def saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_picture(words: str) -> Document:
    document, picture = opened(REPORT), BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)._inline.docPr.set("descr", words)
    return document


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(made().data)) as opened_pdf:
        yield opened_pdf


@pytest.mark.parametrize(
    ("document", "language"),
    [(REPORT, "fi-FI"), (write(report(draft=False), words=Words(Language.SWEDISH)), "sv-FI")],
    ids=["draft", "final in Swedish"],
)
def test_a_report_is_pdf_ua_and_pdf_a_at_once(document: bytes, language: str) -> None:
    outcome = made(document, language)
    assert (outcome.claims, outcome.is_accessible) == (BOTH, True)
    assert all(judgement.said.endswith(" rules kept, 0 faults") for judgement in outcome.verdict)


def test_each_table_has_its_headings_its_rows_and_its_summary(pdf: pikepdf.Pdf) -> None:
    document = opened(REPORT)
    assert len(structure(pdf, "TH")) == sum(len(table.columns) for table in document.tables)
    assert {attribute(cell, "Scope") for cell in structure(pdf, "TH")} == {"/Column"}
    assert len(structure(pdf, "TR")) == sum(len(table.rows) for table in document.tables)
    summaries = [attribute(table, "Summary") for table in structure(pdf, "Table")]
    assert summaries == [table.summary for table in MARKS.tables] and all(summaries)


def test_headings_and_bookmarks_are_those_of_the_document(pdf: pikepdf.Pdf) -> None:
    headings = [p for p in opened(REPORT).paragraphs if p.style and str(p.style.name).startswith("Heading")]
    styles = Counter(str(heading.style.name) for heading in headings if heading.style)
    assert {name: len(structure(pdf, f"H{name[-1]}")) for name in styles} == styles
    with pdf.open_outline() as outline:
        assert list(titles(outline.root)) == [heading.text for heading in headings]


def titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from titles(item.children)


def test_the_pages_are_as_libreoffice_laid_them_out(pdf: pikepdf.Pdf) -> None:
    assert SOFFICE is not None
    plain = convert(REPORT, SOFFICE, 120)
    assert isinstance(plain, bytes)
    with pikepdf.open(BytesIO(plain)) as before:
        pages = [page.obj.Contents.read_bytes() for page in before.pages]
    assert [page.obj.Contents.read_bytes() for page in pdf.pages] == pages


def test_the_same_document_gives_the_same_bytes_at_another_time_and_in_another_zone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = made()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "C")
    assert made().data == first.data


def test_what_a_picture_shows_is_told() -> None:
    document = saved(with_picture("Havulahden vaakuna"))
    with pikepdf.open(BytesIO(made(document).data)) as pdf:
        told = [str(figure.Alt) for figure in structure(pdf, "Figure")]
    assert told == list(read_marks(document).pictures) and told[-1] == "Havulahden vaakuna"


def test_a_picture_that_is_not_told_costs_the_claim() -> None:
    outcome = made(saved(with_picture("")))
    assert (outcome.claims, outcome.is_accessible) == ((Claim.A_2A,), False)
    assert outcome.verdict[0].first_fault.startswith("PDFUA1-FIGURE-ALTERNATIVE-TEXT-001 (1): ")


def test_a_style_may_have_the_name_of_a_kind_of_structure() -> None:
    document = opened(REPORT)
    for name in ("Quote", "Table", "Figure", "H1"):
        document.add_paragraph("Lainaus", document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    outcome = made(saved(document))
    assert outcome.claims == BOTH
    with pikepdf.open(BytesIO(outcome.data)) as opened_pdf:
        assert len(structure(opened_pdf, "Table")) == len(document.tables)


def test_what_libreoffice_cannot_read_is_not_taken_for_plain_text() -> None:
    outcome = make_pdf(b"junk", FACTS, soffice=SOFFICE)
    assert outcome == NoPdf(*NOTHING, value="Error: source file could not be loaded")


def test_nothing_is_fetched_for_a_document() -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append("asked")

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        document = with_picture("Kuva muualta")
        target = f"http://127.0.0.1:{server.server_port}/kuva.png"
        *_, blip = document.element.body.iter(qn("a:blip"))
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), document.part.relate_to(target, RELATIONSHIP_TYPE.IMAGE, is_external=True))
        made(saved(document))
        server.shutdown()
        thread.join()
    assert asked == []


def test_libreoffice_is_found_without_a_search_path() -> None:
    found = find_soffice({})
    assert found is not None and found.is_file()
