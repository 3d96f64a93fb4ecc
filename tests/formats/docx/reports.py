"""Reports for the tests of documents, and documents read back as text."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from generator.domain.base.settings import Language, Rollup
from generator.domain.follow_up.merge import FollowUp, merge
from generator.domain.output.frame import WHOLE, Scope, frame_of
from generator.domain.output.report import Report, make_report
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.domain.submission.answers import Answer, Entry
from generator.formats.docx.document import render
from generator.formats.opc.package import in_order
from generator.formats.opc.zip_writer import write_parts
from generator.i18n.words import Words
from tests.builders import NOWHERE, ROOT, SETTINGS, compared_with

TEMPLATE = (ROOT / "templates" / "report.docx").read_bytes()
FINNISH, ENGLISH = Words(Language.FINNISH), Words(Language.ENGLISH)

# One goal of each kind: reported, shared and disputed, half reported, not reported, without an officer and computed.
PLAN = Plan(
    (
        Goal("01", "Talous on tasapainossa", "Tulot vähenevät", ("Talousjohtaja",), "Konserni", "A2"),
        Goal("01.01", "Menot sovitetaan tuloihin", "", ("Talousjohtaja", "Tekninen johtaja"), "", "B3"),
        Goal("01.01.02", "Tilat tiivistetään", "Tilat jäävät tyhjiksi", ("Tekninen johtaja",), "", "C4"),
        Goal("01.02", "Hankinnat suunnitellaan", "", ("Talousjohtaja", "Tekninen johtaja"), "", "B5"),
        Goal("02", "Luonto voi hyvin", "", (), "", "A6"),
        Goal("02.10", "Kosteikkoja rakennetaan", "", ("Ympäristöpäällikkö",), "Tekninen", "B7"),
        Goal("02.11", "Vesistöjä tutkitaan", "Avustus jää saamatta", ("Ympäristöpäällikkö",), "Tekninen", "B8"),
        Goal("03", "Palvelut löytyvät", "", (), "", "A9"),
    ),
    (Officer("Tekninen johtaja", "", "Tekninen", "fi"),),
)


def answer(code: str, officer: str, degree: int | None, narrative: str = "Etenee.", **given: str) -> Answer:
    entry = Entry(
        code,
        officer,
        degree,
        given.get("status", "suunnitelman mukaan"),
        given.get("risks", ""),
        narrative,
        signed=True,
        cells=NOWHERE,
    )
    return Answer(entry, 1, f"{officer}.xlsx", "2026-06-01T09:00:00+03:00")


ANSWERS = (
    answer("01", "Talousjohtaja", 4, "Budjetti on tasapainossa.", risks="Tulot vähenevät"),
    answer("01.01", "Talousjohtaja", 3, "Menot ovat kehyksessä.", status="viivästynyt"),
    answer("01.01", "Tekninen johtaja", 2, "Tilojen menot ylittyvät.", risks="Korjausvelka kasvaa"),
    answer("01.01.02", "Tekninen johtaja", None, "Laskenta valmistuu syksyllä.", status=""),
    answer("01.02", "Tekninen johtaja", 5, "Kalenteri on julkaistu.", status=""),
    answer("02.10", "Ympäristöpäällikkö", 2, "Rahoitus puuttuu.", status="ei toteudu"),
)
PREVIOUS = (
    answer("01", "Talousjohtaja", 4),
    answer("01.02", "Tekninen johtaja", 3),
    answer("01.02", "Talousjohtaja", 3),
    answer("01.01.02", "Tekninen johtaja", 1),
    answer("02.10", "Ympäristöpäällikkö", 3),
)


def follow_up(*answers: Answer, plan: Plan = PLAN) -> FollowUp:
    return merge(plan, answers, Rollup.MEDIAN)


def report(
    *answers: Answer, plan: Plan = PLAN, draft: bool = True, previous: FollowUp | None = None, scope: Scope = WHOLE
) -> Report:
    frame = replace(frame_of(SETTINGS, SETTINGS.language), is_draft=draft)
    now = follow_up(*(answers or ANSWERS), plan=plan)
    return make_report(frame, plan, now, comparison=compared_with(previous), scope=scope)


def write(made: Report | None = None, template: bytes = TEMPLATE, words: Words = FINNISH) -> bytes:
    return render(made or report(), template, SETTINGS.headings, words)


def opened(document: bytes) -> Document:
    return docx.Document(BytesIO(document))


def parts(document: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(document: bytes, **changed: bytes) -> bytes:
    """The document with parts changed or added; a part's name has __ for / and _ for . (`word__document_xml`)."""
    named = {name.replace("__", "/")[::-1].replace("_", ".", 1)[::-1]: part for name, part in changed.items()}
    whole = {**parts(document), **named}
    return write_parts((name, (whole[name],)) for name in in_order(whole))


def edited(old: str, new: str, part: str = "word/document.xml", template: bytes = TEMPLATE) -> bytes:
    """The template with a text changed, as its author would."""
    whole = parts(template)
    assert old.encode() in whole[part], old
    whole[part] = whole[part].replace(old.encode(), new.encode(), 1)
    return write_parts((name, (whole[name],)) for name in in_order(whole))


def template_of(*texts: str) -> bytes:
    """A template of these paragraphs alone."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def bookmarked(document: Document, name: str) -> str:
    """The text of the paragraphs that a bookmark encloses."""
    (start,) = (mark for mark in document.element.body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == name)
    (end,) = (
        mark
        for mark in document.element.body.iter(qn("w:bookmarkEnd"))
        if mark.get(qn("w:id")) == start.get(qn("w:id"))
    )
    paragraphs = list(start.getparent().getparent().iter(qn("w:p")))
    first, last = paragraphs.index(start.getparent()), paragraphs.index(end.getparent())
    return "\n".join(Paragraph(paragraph, None).text for paragraph in paragraphs[first : last + 1])  # type: ignore[arg-type]


def outline(document: Document) -> str:
    """`[Heading 2] …` for a paragraph, `| cell | cell |` for a row; paragraphs of a cell are parted by ` / `.

    A drawing reads as its alternative text.
    """
    return "\n".join(line for item in document.iter_inner_content() for line in _lines(item))


def _lines(item: Paragraph | Table) -> Iterator[str]:
    if isinstance(item, Paragraph):
        drawn = "".join(str(text) for text in item._p.xpath(".//wp:docPr/@descr"))
        yield f"[{item.style.name if item.style else ''}] {item.text}{drawn}"
        return
    for row in item.rows:
        cells = (" / ".join(paragraph.text for paragraph in cell.paragraphs) for cell in row.cells)
        yield f"| {' | '.join(cells)} |"
