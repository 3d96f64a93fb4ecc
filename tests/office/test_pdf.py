"""The PDF that real LibreOffice makes of a report: what it claims, what a screen reader finds, and what stays out."""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from PIL import Image

from generator.domain.base.settings import Language
from generator.formats.pdf.contents_pages import ContentsPages
from generator.formats.pdf.conversion import Conformance, NoPdf, Pdf, find_soffice, make_pdf
from generator.formats.pdf.libreoffice import NOTHING, convert, sockets_of
from generator.formats.pdf.word_marks import read_marks
from generator.i18n.words import Words
from tests.formats.docx.reports import PREVIOUS, follow_up, opened, report, write
from tests.formats.pdf.pdfs import FACTS, attribute, structure

pytestmark = pytest.mark.libreoffice

SOFFICE = find_soffice()
REPORT = write(report(previous=follow_up(*PREVIOUS)))
MARKS = read_marks(REPORT)
BOTH = (Conformance.UA_1, Conformance.A_2A)


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
def draft() -> Pdf:
    return made()


@pytest.fixture(scope="module")
def pdf(draft: Pdf) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(draft.data)) as opened_pdf:
        yield opened_pdf


def test_a_report_is_pdf_ua_and_pdf_a_at_once(draft: Pdf) -> None:
    for outcome in (draft, made(write(report(draft=False), words=Words(Language.SWEDISH)), "sv-FI")):
        assert (outcome.claims, outcome.is_accessible) == (BOTH, True)
        assert all(judgement.said.endswith(" rules kept, 0 faults") for judgement in outcome.verdict)


def test_each_table_has_its_headings_its_rows_and_its_summary(pdf: pikepdf.Pdf) -> None:
    document = opened(REPORT)
    columns = sum(len(table.columns) for table in document.tables)
    rows = sum(len(table.rows) - 1 for table in document.tables)
    assert Counter(attribute(cell, "Scope") for cell in structure(pdf, "TH")) == {"/Column": columns, "/Row": rows}
    assert len(structure(pdf, "TR")) == sum(len(table.rows) for table in document.tables)
    summaries = [attribute(table, "Summary") for table in structure(pdf, "Table")]
    assert summaries == [table.summary for table in MARKS.tables] and all(summaries)


def test_a_dash_is_heard_as_words(pdf: pikepdf.Pdf) -> None:
    cells = (cell for table in opened(REPORT).tables for row in table.rows[1:] for cell in row.cells)
    dashes = sum(paragraph.text == "–" for cell in cells for paragraph in cell.paragraphs)
    elements = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    assert dashes == sum(str(each.get("/ActualText", "")) == "ei tietoa" for each in elements) > 0


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
    assert pages_by_libreoffice(pdf) == pages_of(pdf)


def pages_by_libreoffice(pdf: pikepdf.Pdf) -> list[bytes]:
    contents = ContentsPages.of(REPORT)
    plain = convert(contents.numbered(printed_numbers(pdf)), SOFFICE, seconds=120, cancelled=None)
    assert isinstance(plain, bytes), plain
    with pikepdf.open(BytesIO(plain)) as opened_pdf:
        return pages_of(opened_pdf)


def printed_numbers(pdf: pikepdf.Pdf) -> list[str]:
    """The page of each entry of the list of contents, by the target of its link."""
    pages = {page.obj.objgen: str(page.index + 1) for page in pdf.pages}
    links = sorted(pdf.pages[0].obj.Annots, key=lambda link: -link.Rect[1])
    return [pages[(link.get("/Dest") or link.A.D)[0].objgen] for link in links]


def test_the_contents_tell_the_page_of_each_heading(draft: Pdf, pdf: pikepdf.Pdf) -> None:
    entries = ContentsPages.of(REPORT).entries
    numbers = printed_numbers(pdf)
    assert len(entries) == len(numbers) == len(structure(pdf, "TOCI")) > 5 and numbers[-1] != numbers[0]
    said = subprocess.run(["pdftotext", "-raw", "-l", "1", "-", "-"], input=draft.data, capture_output=True, check=True)
    lines = said.stdout.decode().splitlines()
    for entry, number in zip(entries, numbers, strict=True):
        assert any(re.fullmatch(rf"{re.escape(entry)}\.*\s?{number}", line) for line in lines), (entry, number)


def test_a_document_without_contents_is_laid_out_as_it_is() -> None:
    plain = saved(with_picture("Kuva"))
    assert ContentsPages.of(plain).numbered(["1"] * len(ContentsPages.of(plain).entries)) != plain
    document = opened(plain)
    for paragraph in [each for each in document.paragraphs if str(each.style.name).startswith("toc")]:  # type: ignore[union-attr]
        paragraph._p.getparent().remove(paragraph._p)
    without = saved(document)
    assert ContentsPages.of(without) == ContentsPages(without, ()) and ContentsPages.of(without).numbered(()) == without
    assert ContentsPages.of(b"junk").entries == ()


def pages_of(pdf: pikepdf.Pdf) -> list[bytes]:
    return [page.obj.Contents.read_bytes() for page in pdf.pages]


def test_the_pages_are_the_same_whatever_environment_the_caller_has(
    pdf: pikepdf.Pdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these alone has spoiled a PDF; none of them may reach LibreOffice, so one conversion tells."""
    libraries_that_stop_a_program(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("VIRTUAL_ENV", sys.prefix)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "missing"))
    for name in ("PYTHONHOME", "PYTHONPATH", "HOME", "LD_LIBRARY_PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    assert pages_by_libreoffice(pdf) == pages_of(pdf)


def libraries_that_stop_a_program(folder: Path) -> None:
    """Puts a broken C library and a broken hyphenation module where a program would find them before its own."""
    (folder / "libc.so.6").write_text("broken", encoding="utf-8")
    sites = [folder / ".local" / "lib" / f"python3.{minor}" / "site-packages" for minor in range(6, 20)]
    for site in (folder, *sites):
        site.mkdir(parents=True, exist_ok=True)
        (site / "libvoikko.py").write_text("raise ImportError", encoding="utf-8")


def test_libreoffice_that_is_given_up_leaves_no_process_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cancelled = threading.Event()
    with ThreadPoolExecutor(1) as background:
        outcome = background.submit(make_pdf, REPORT, FACTS, soffice=SOFFICE, cancelled=cancelled)
        wait_until(lambda: any(map(sockets_of, tmp_path.glob("*/profile"))))
        (profile,) = tmp_path.glob("*/profile")
        assert processes_of(profile)
        cancelled.set()
        assert outcome.result(timeout=30) is None
    wait_until(lambda: not processes_of(profile))
    assert not sockets_of(profile) and not list(tmp_path.iterdir())


def wait_until(condition: Callable[[], bool]) -> None:
    end, never = time.monotonic() + 60, threading.Event()
    while not condition():
        assert time.monotonic() < end
        never.wait(0.01)


def processes_of(profile: Path) -> list[Path]:
    """The processes of the LibreOffice with this profile that have not ended."""
    return [process for process in Path("/proc").glob("[0-9]*") if profile.as_uri().encode() in command_of(process)]


def command_of(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # it has just ended
        return b""


def test_the_same_document_gives_the_same_bytes_at_another_time_and_in_another_zone(
    draft: Pdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "C")
    assert made().data == draft.data


def test_what_a_picture_shows_is_told() -> None:
    document = saved(with_picture("Havulahden vaakuna"))
    with pikepdf.open(BytesIO(made(document).data)) as pdf:
        told = [str(figure.Alt) for figure in structure(pdf, "Figure")]
    assert told == list(read_marks(document).pictures) and told[-1] == "Havulahden vaakuna"


def test_a_picture_that_is_not_told_costs_the_claim() -> None:
    outcome = made(saved(with_picture("")))
    assert (outcome.claims, outcome.is_accessible) == ((Conformance.A_2A,), False)
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
        thread = threading.Thread(target=server.serve_forever)
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
