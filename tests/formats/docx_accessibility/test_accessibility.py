"""Each rule by a document that breaks it and nothing else; what is no fault; documents that others have saved."""

import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from hypothesis import given

from generator.domain.base.settings import Language, ScopeKind
from generator.domain.output.frame import Scope
from generator.formats.docx_accessibility.checker import DOCUMENT_RULES, DocumentFault, check_document, describe
from generator.formats.docx_accessibility.colours import contrast
from generator.formats.docx_accessibility.conditions import read_shape
from generator.formats.opc.package import in_order
from generator.formats.opc.xml import PackageError
from generator.formats.opc.zip_writer import write_parts
from generator.i18n.words import Words
from tests.formats.docx.reports import (
    ENGLISH,
    PREVIOUS,
    TEMPLATE,
    answer,
    follow_up,
    opened,
    parts,
    report,
    template_of,
    with_parts,
    write,
)
from tests.formats.docx.test_document import ONE_GOAL, officers_texts

WHOLE = report(previous=follow_up(*PREVIOUS), draft=False)
BASE = write(WHOLE)
Edit = Callable[[Document], object]


def changed(edit: Edit, document: bytes = BASE) -> bytes:
    """The document after an edit as somebody would make it in Word."""
    made = opened(document)
    edit(made)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def part_changed(part: str, old: str, new: str, document: bytes = BASE) -> bytes:
    """The document with all places in a part's XML that match a pattern changed."""
    whole = parts(document)
    text, count = re.subn(old, new, whole[part].decode(), flags=re.DOTALL)
    assert count, old
    whole[part] = text.encode()
    return write_parts((name, (whole[name],)) for name in in_order(whole))


def found(document: bytes) -> list[str]:
    return [fault.rule for fault in check_document(document)]


def paragraph_of(document: Document, beginning: str) -> Paragraph:
    return next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith(beginning))


def add(document: Document, text: str, *xml: str, style: str = "Body Text") -> Paragraph:
    """A paragraph before the first section's heading, with elements of WordprocessingML behind its text."""
    paragraph = paragraph_of(document, "01 ").insert_paragraph_before(text, style)
    for element in xml:
        paragraph._p.append(parse(element))
    return paragraph


def parse(xml: str) -> BaseOxmlElement:
    name = re.match(r"<[\w:]+", xml)
    assert name
    spaces = nsdecls("w", "wp", "a", "r") + ' xmlns:v="urn:schemas-microsoft-com:vml"'
    spaces += ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    spaces += ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    spaces += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    spaces += ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    element: BaseOxmlElement = parse_xml(f"{name[0]} {spaces}{xml[name.end() :]}")
    return element


def last_cell(document: Document) -> _Cell:
    return document.tables[-1].rows[-1].cells[-1]


def picture() -> BytesIO:
    """A PNG of one white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return BytesIO(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b""))


def add_picture(document: Document, alternative: str = "", paragraph: Paragraph | None = None) -> BaseOxmlElement:
    """Adds a picture in line with the text, and gives its w:drawing."""
    run = (paragraph or add(document, "Kuva: ")).add_run()
    about = run.add_picture(picture())._inline.docPr
    about.set("descr", alternative)
    drawing: BaseOxmlElement = run._r.find(qn("w:drawing"))
    return drawing


def float_picture(document: Document) -> None:
    drawing = add_picture(document, "Vaakuna")
    (inline,) = drawing
    inline.tag = qn("wp:anchor")


def coloured(document: Document, colour: str, text: str = "Väri") -> Run:
    run = add(document, "").add_run(text)
    run.font.color.rgb = RGBColor.from_string(colour)
    return run


def shade(element: BaseOxmlElement, fill: str, *, pattern: str = "clear", colour: str = "auto") -> None:
    element.append(parse(f'<w:shd w:val="{pattern}" w:color="{colour}" w:fill="{fill}"/>'))


def link(text: str) -> str:
    return f'<w:hyperlink w:anchor="g_01_title"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:hyperlink>'


def field(code: str, result: str) -> tuple[str, ...]:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        f"<w:r><w:instrText> {code} </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        f"<w:r><w:t>{result}</w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )


def set_style(beginning: str, style: str) -> Edit:
    return lambda document: setattr(paragraph_of(document, beginning), "style", style)


def set_property(name: str) -> Edit:
    return lambda document: setattr(document.core_properties, name, "")


def remove(element: BaseOxmlElement) -> None:
    element.getparent().remove(element)


def unmark_heading_row(document: Document) -> None:
    remove(document.tables[0]._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")))


def mark_second_row(document: Document) -> None:
    unmark_heading_row(document)
    document.tables[0]._tbl.tr_lst[1].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def merge_old_fashioned(document: Document) -> None:
    """As Word 97 merged cells of a row; what the second holds is not seen."""
    first, second = document.tables[-1].rows[1].cells[:2]
    first._tc.get_or_add_tcPr().append(parse('<w:hMerge w:val="restart"/>'))
    second._tc.get_or_add_tcPr().append(parse("<w:hMerge/>"))


def nest_table(document: Document) -> None:
    inner = last_cell(document).add_table(1, 1)
    inner.cell(0, 0).text = "Sisempi"
    inner.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    inner._tbl.tblPr.append(parse('<w:tblCaption w:val="Sisempi taulukko"/>'))


def clear(text: str = "") -> Edit:
    return lambda document: setattr(last_cell(document), "text", text)


def untell_table(document: Document) -> None:
    properties = document.tables[0]._tbl.tblPr
    remove(properties.find(qn("w:tblCaption")))


def float_table(document: Document) -> None:
    document.tables[0]._tbl.tblPr.append(parse('<w:tblpPr w:vertAnchor="text" w:tblpY="10"/>'))


def frame(document: Document) -> None:
    add(document, "Kehys")._p.get_or_add_pPr().append(parse('<w:framePr w:w="2000" w:wrap="around"/>'))


def vml(attributes: str, inner: str = "") -> Edit:
    return lambda document: add(
        document, "Kuva", f'<w:r><w:pict><v:shape id="kuva" {attributes}>{inner}</v:shape></w:pict></w:r>'
    )


def lone_sign(document: Document) -> None:
    paragraph = last_cell(document).paragraphs[0]
    paragraph.clear()
    paragraph.add_run("▲").font.color.rgb = RGBColor.from_string("9A5B00")


def unlit_status(document: Document) -> None:
    last_cell(document).text = "\U0001f534"


def colour_in_theme(document: Document) -> None:
    run = add(document, "").add_run("Teema")
    run._r.get_or_add_rPr().append(parse('<w:color w:val="000000" w:themeColor="accent1" w:themeTint="66"/>'))


def white_heading_on_white(document: Document) -> None:
    for table in document.tables:
        table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstRow"), "0")


def pale_style(document: Document) -> None:
    document.styles["Puhuja"].font.color.rgb = RGBColor.from_string("9A9A9A")


def dark_cell(document: Document) -> None:
    shade(last_cell(document)._tc.get_or_add_tcPr(), "1F3864")
    last_cell(document).paragraphs[0].runs[0].font.color.rgb = RGBColor(0, 0, 0)


def dark_paragraph(document: Document) -> None:
    shade(add(document, "Teksti", style="Muutos")._p.get_or_add_pPr(), "1F3864")


def dark_pattern(document: Document) -> None:
    shade(coloured(document, "FFFFFF")._r.get_or_add_rPr(), "FFFFFF", pattern="pct25", colour="000000")


def yellow_on_yellow(document: Document) -> None:
    coloured(document, "C0A000")._r.get_or_add_rPr().append(parse('<w:highlight w:val="yellow"/>'))


def nearly_large(document: Document) -> None:
    coloured(document, "8A8A8A").font.size = Pt(17.5)


def coloured_paper(document: Document) -> None:
    document.element.insert(0, parse('<w:background w:color="5B5B5B"/>'))
    document.settings.element.insert(0, parse("<w:displayBackgroundShape/>"))


def border_title(document: Document) -> None:
    xml = (
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr><w:pBdr>'
        '<w:bottom w:val="single" w:sz="8" w:color="4F81BD"/></w:pBdr></w:pPr></w:style>'
    )
    document.styles.element.append(parse(xml))


def bullets(old: str, new: str) -> bytes:
    return part_changed("word/numbering.xml", old, new)


BREACHES: tuple[tuple[str, str, Edit | bytes], ...] = (
    ("title-missing", "no title", set_property("title")),
    ("language-missing", "none in the styles", part_changed("word/styles.xml", "<w:lang [^>]*>", "")),
    ("language-missing", "none in particular", part_changed("word/styles.xml", 'lang w:val="[^"]*"', 'lang w:val=""')),
    ("language-missing", "none in the properties", set_property("language")),
    ("property-missing", "no subject", set_property("subject")),
    ("property-missing", "no creator", set_property("author")),
    ("property-missing", "no category", set_property("category")),
    ("property-missing", "no status", set_property("content_status")),
    ("property-missing", "no case number", set_property("identifier")),
    ("property-missing", "no status of its own", part_changed("docProps/custom.xml", "Lopullinen", " ")),
    ("heading-missing", "title in body text", set_style("Toteutusohjelman", "Body Text")),
    ("heading-skipped", "from 1 to 3", set_style("Yhteenveto", "Heading 3")),
    ("heading-skipped", "a second title", set_style("Yhteenveto", "Heading 1")),
    (
        "heading-skipped",
        "title not first",
        lambda document: document.paragraphs[0].insert_paragraph_before("Alku", "Heading 2"),
    ),
    ("table-without-header-row", "no mark", unmark_heading_row),
    ("header-row-not-repeated", "second row", mark_second_row),
    (
        "cells-merged",
        "down",
        lambda document: document.tables[-1].cell(0, 3).merge(document.tables[-1].cell(1, 3)),
    ),
    (
        "cells-merged",
        "across",
        lambda document: document.tables[-1].cell(1, 3).merge(document.tables[-1].cell(1, 4)),
    ),
    ("cells-merged", "across, as before", merge_old_fashioned),
    ("table-nested", "a table in a cell", nest_table),
    ("cell-blank", "nothing", clear()),
    ("cell-blank", "a no-break space", clear("\u00a0")),
    ("cell-blank", "a zero-width space", clear("\u200b")),
    ("table-description-missing", "no alternative text", untell_table),
    ("alt-text-missing", "picture", add_picture),
    ("alt-text-missing", "VML", vml('style="width:10pt;height:10pt"')),
    (
        "alt-text-missing",
        "embedded object",
        lambda document: add(document, "Kaavio", '<w:r><w:object><v:shape id="kaavio"/></w:object></w:r>'),
    ),
    ("object-floating", "picture", float_picture),
    ("object-floating", "VML", vml('alt="Vaakuna" style="position: absolute; width:10pt"')),
    ("object-floating", "table", float_table),
    ("object-floating", "frame", frame),
    ("paragraph-empty", "between paragraphs", lambda document: add(document, "")),
    ("paragraph-empty", "a blank", lambda document: add(document, " ")),
    ("paragraph-empty", "in a cell", lambda document: last_cell(document).add_paragraph("")),
    ("blanks-repeated", "blanks", lambda document: add(document, "Kaksi  väliä")),
    ("blanks-repeated", "no-break spaces", lambda document: add(document, "Kaksi\u00a0\u00a0väliä")),
    ("blanks-repeated", "over runs", lambda document: add(document, "Kaksi ").add_run(" väliä")),
    ("blanks-repeated", "tab as an indent", lambda document: add(document, "\tSisennys", style="Tunnistetiedot")),
    ("blanks-repeated", "tab without a stop", lambda document: add(document, "Nimi\tArvo")),
    ("blanks-repeated", "columns of tabs", lambda document: add(document, "1\t2\t3", style="Tunnistetiedot")),
    ("blanks-repeated", "line ends", lambda document: add(document, "Rivi\n\nToinen")),
    (
        "blanks-repeated",
        "in a header",
        lambda document: document.sections[0].header.paragraphs[0].add_run("   LUONNOS"),
    ),
    ("contrast-low", "direct colour", lambda document: coloured(document, "9A9A9A")),
    ("contrast-low", "colour of the theme", colour_in_theme),
    ("contrast-low", "paragraph style", pale_style),
    ("contrast-low", "shaded cell", dark_cell),
    ("contrast-low", "shaded paragraph", dark_paragraph),
    ("contrast-low", "shaded run", dark_pattern),
    ("contrast-low", "highlighted run", yellow_on_yellow),
    ("contrast-low", "heading row without its shading", white_heading_on_white),
    ("contrast-low", "nearly large", nearly_large),
    ("contrast-low", "coloured paper", coloured_paper),
    ("colour-alone", "a sign in a cell", lone_sign),
    ("colour-alone", "a traffic light", unlit_status),
    (
        "case-number-only-in-header",
        "not in the body",
        lambda document: remove(paragraph_of(document, "Diaarinumero")._p),
    ),
    ("list-bullet-symbol-font", "font", bullets('w:ascii="Arial" w:hAnsi="Arial"', 'w:ascii="Symbol"')),
    ("list-bullet-symbol-font", "private use", bullets("•", "\uf0b7")),
    ("list-bullet-symbol-font", "picture", bullets("<w:lvlJc", '<w:lvlPicBulletId w:val="0"/><w:lvlJc')),
    ("title-style-border", "style Title", border_title),
    ("link-without-words", "address", lambda document: add(document, "Ks. ", link("https://kunta.example/a?b=c"))),
    ("link-without-words", "here", lambda document: add(document, "Lue raportti ", link("Tästä."))),
    ("link-without-words", "nothing", lambda document: add(document, "Ks. raportti", link(""))),
    (
        "link-without-words",
        "field",
        lambda document: add(document, "Raportti on ", *field('HYPERLINK "https://kunta.example"', "täällä")),
    ),
    (
        "link-without-words",
        "simple field",
        lambda document: add(
            document,
            "Ks. ",
            '<w:fldSimple w:instr="HYPERLINK x"><w:r><w:t>www.kunta.example</w:t></w:r></w:fldSimple>',
        ),
    ),
)


@pytest.mark.parametrize(
    ("rule", "breach"), [(rule, breach) for rule, _, breach in BREACHES], ids=[f"{b[0]}: {b[1]}" for b in BREACHES]
)
def test_a_breach_is_caught_by_its_name_and_by_nothing_else(rule: str, breach: Edit | bytes) -> None:
    document = breach if isinstance(breach, bytes) else changed(breach)
    assert set(found(document)) == {rule}


def test_there_is_a_breach_of_every_rule() -> None:
    assert {rule for rule, _, _ in BREACHES} == set(DOCUMENT_RULES)


@pytest.mark.parametrize(
    "document",
    [
        TEMPLATE,
        BASE,
        write(report(previous=follow_up(*PREVIOUS))),
        write(report(scope=Scope(ScopeKind.OFFICER, "Ympäristöpäällikkö"))),
        write(report(scope=Scope(ScopeKind.DIVISION, "Tekninen"))),
        write(words=Words(Language.SWEDISH)),
        write(words=ENGLISH),
    ],
    ids=["template", "final", "draft", "officer's extract", "division's extract", "swedish", "english"],
)
def test_what_we_make_has_no_fault(document: bytes) -> None:
    assert check_document(document) == ()


@pytest.mark.parametrize("draft", [True, False])
def test_a_report_without_a_case_number_lacks_nothing(draft: bool) -> None:  # noqa: FBT001
    made = report(draft=draft)
    frame = replace(made.frame, period=replace(made.frame.period, case_number=""))
    assert check_document(write(replace(made, frame=frame))) == ()


@given(narrative=officers_texts, risks=officers_texts)
def test_what_an_officer_wrote_is_never_a_fault_of_the_document(narrative: str, risks: str) -> None:
    made = report(answer("01", "Talousjohtaja", 3, narrative, risks=risks), plan=ONE_GOAL, draft=False)
    seen = [text.replace("\u00ad", "").strip() for text in (narrative, risks)]
    assert found(write(made)) == ["cell-blank"] * seen.count("")


def decorate(document: Document) -> None:
    namespace = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    mark = parse(f'<a:extLst><a:ext uri="x"><d:decorative xmlns:d="{namespace}" val="1"/></a:ext></a:extLst>')
    add_picture(document).find(".//" + qn("wp:docPr")).append(mark)


def picture_in_cell(document: Document) -> None:
    paragraph = last_cell(document).paragraphs[0]
    paragraph.clear()
    add_picture(document, "Vaakuna", paragraph)


def link_picture(document: Document) -> None:
    drawing = add_picture(document, "Kunnan verkkosivut")
    run = drawing.getparent()
    linked = parse('<w:hyperlink w:anchor="g_01_title"/>')
    run.addprevious(linked)
    linked.append(run)


def logo_in_header(document: Document) -> None:
    document.sections[0].header.is_linked_to_previous = False
    paragraph = document.sections[0].header.add_paragraph("")
    (inline,) = add_picture(document, "Vaakuna", paragraph)
    inline.tag = qn("wp:anchor")


def table_in_header(document: Document) -> None:
    document.sections[0].header.add_table(1, 2, Pt(300))


def hide(document: Document) -> None:
    coloured(document, "FAFAFA").font.hidden = True
    for paragraph in document.paragraphs[1:4]:
        paragraph.add_run("  piilossa").font.hidden = True


def dark_table_end(document: Document) -> None:
    """Word does not let the paragraph behind a table at the end of its cell or text be removed."""
    document.element.body.append(OxmlElement("w:p"))
    remove(paragraph_of(document, "Raportti on koottu")._p)
    section = document.element.body.find(qn("w:sectPr"))
    document.element.body.append(section)


def section_break(document: Document) -> None:
    add(document, "")._p.get_or_add_pPr().append(OxmlElement("w:sectPr"))


def spoken(document: Document) -> None:
    """What was written between bookmarks that stand around whole paragraphs."""
    paragraph = add(document, "Vapaa  teksti\t\tja sarkain")
    paragraph._p.addprevious(parse('<w:bookmarkStart w:id="900" w:name="g_99_narrative"/>'))
    paragraph._p.addnext(parse('<w:bookmarkEnd w:id="900"/>'))
    paragraph.insert_paragraph_before("")


def text_box(document: Document) -> None:
    """A box of text with the copy that older programs show; its colours cannot be told, its text can be read."""
    box = (
        "<w:txbxContent><w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>Laatikko</w:t></w:r></w:p>"
        "</w:txbxContent>"
    )
    xml = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wp:docPr id='77' name='Laatikko'/>"
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style='position:absolute'/></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    add(document, "Laatikko", xml)


def unused_symbol_level(document: Document) -> None:
    level = (
        '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>'
        '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'
    )
    next(document.part.numbering_part.element.iter(qn("w:abstractNum"))).append(parse(level))


def contents(document: Document) -> None:
    document.styles.element.append(
        parse('<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>')
    )
    add(document, "Yhteenveto\t2")._p.get_or_add_pPr().style = "TOC1"


def numbered_list(document: Document) -> None:
    """A list of numbers that one of the document's list styles defines."""
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse('<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Luettelo"/></w:abstractNum>'))
    numbering.append(parse('<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'))
    document.styles.element.append(
        parse(
            '<w:style w:type="numbering" w:styleId="Luettelo"><w:name w:val="Luettelo"/>'
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
    )
    for number in ("7", "8", "0"):
        properties = add(document, "Kohta")._p.get_or_add_pPr()
        properties.append(parse(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))


def status_in_words(document: Document) -> None:
    lone_sign(document)
    last_cell(document).paragraphs[0].add_run(" viivästynyt")


def plain_sign(document: Document) -> None:
    last_cell(document).text = "✓"


def coloured_dash(document: Document) -> None:
    last_cell(document).text = ""
    last_cell(document).paragraphs[0].add_run("–").font.color.rgb = RGBColor.from_string("9A1010")


def wrapped_row(document: Document) -> None:
    """Rows and paragraphs in content controls and insertions are read as any others."""
    row = document.tables[-1].rows[-1]._tr
    for element in (row, add(document, "Ohjaus")._p):
        control = parse("<w:sdt><w:sdtContent/></w:sdt>")
        element.addprevious(control)
        control[0].append(element)


INNOCENT: tuple[tuple[str, Edit], ...] = (
    ("a picture with its text", lambda document: add_picture(document, "Kunnan vaakuna")),
    ("a picture for decoration", decorate),
    ("a cell that holds a picture", picture_in_cell),
    ("a picture that is a link", link_picture),
    ("a line drawn across", vml('o:hr="t"')),
    ("a floating logo in a header", logo_in_header),
    ("a table in a header", table_in_header),
    ("large grey text", lambda document: setattr(coloured(document, "8A8A8A").font, "size", Pt(18))),
    ("automatic colour on dark", lambda document: shade(last_cell(document)._tc.get_or_add_tcPr(), "1F3864")),
    ("grey paper that the settings do not show", lambda document: document.element.insert(0, parse(GREY_PAPER))),
    ("text that is hidden", hide),
    ("the paragraph behind a last table", dark_table_end),
    ("the paragraph of a section", section_break),
    ("a page break", lambda document: add(document, "").add_run().add_break(WD_BREAK.PAGE)),
    ("a formula", lambda document: add(document, "", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>")),
    ("an officer's words", spoken),
    ("a box of text", text_box),
    ("a level of a list that is not used", unused_symbol_level),
    ("a list of another list's style", numbered_list),
    ("a table of contents", contents),
    ("a status in words", status_in_words),
    ("a sign without a colour", plain_sign),
    ("a dash in a colour", coloured_dash),
    ("a link with words", lambda document: add(document, "Ks. ", link("kunnan strategia"))),
    ("a field that is no link", lambda document: add(document, "Sivu ", *field("PAGE", "1"))),
    ("one tab to a stop", lambda document: add(document, "Nimi\tArvo", style="Tunnistetiedot")),
    ("content controls", wrapped_row),
    ("an em dash made of a symbol", lambda document: add(document, "a", '<w:r><w:sym w:char="F0BE"/></w:r>')),
)
GREY_PAPER = '<w:background w:color="5B5B5B"/>'


@pytest.mark.parametrize("edit", [edit for _, edit in INNOCENT], ids=[name for name, _ in INNOCENT])
def test_what_does_no_harm_is_no_fault(edit: Edit) -> None:
    assert check_document(changed(edit)) == ()


def fault_of(edit: Edit) -> DocumentFault:
    (fault,) = check_document(changed(edit))
    return fault


def test_a_fault_says_where_it_is_and_what_was_read() -> None:
    last = opened(BASE).tables
    rows = len(last[-1].rows)
    assert fault_of(clear()) == DocumentFault("cell-blank", "document", f"table {len(last)}, row {rows}, cell 8", "")
    assert fault_of(mark_second_row).value.startswith("Konserni 1")
    assert fault_of(set_style("Yhteenveto", "Heading 3")).value == "1 → 3 Yhteenveto"
    assert fault_of(lambda document: coloured(document, "9A9A9A")).value == "#9A9A9A / #FFFFFF, 2.8 : 1, Väri"
    assert fault_of(border_title).place == "style Title"
    (bullet,) = check_document(bullets('w:ascii="Arial" w:hAnsi="Arial"', 'w:ascii="Symbol"'))
    assert (bullet.part, bullet.place, bullet.value) == ("numbering", "list 1, level 1", "Symbol U+2022")
    assert fault_of(lambda document: document.paragraphs[1].insert_paragraph_before("")) == DocumentFault(
        "paragraph-empty", "document", "paragraph 2", opened(BASE).paragraphs[0].text
    )


def test_a_fault_is_told_in_words() -> None:
    fault = DocumentFault("cells-merged", "document", "table 4, row 12, cell 7", "Menot")
    told = describe(fault, ENGLISH)
    assert told.where == "body text, table 4, row 12, cell 7"
    assert told.message == "Cells have been merged: “Menot”."
    assert told.advice == "Split the cell, and write in each cell what belongs there."
    assert describe(fault_of(set_property("title")), ENGLISH).where == "core"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("rule", DOCUMENT_RULES)
def test_every_fault_can_be_told_in_every_language(rule: str, language: Language) -> None:
    told = describe(DocumentFault(rule, "document", "paragraph 3", "Menot"), Words(language))
    part = {"fi": "leipäteksti", "sv": "brödtext", "en": "body text"}[language.value]
    assert told.where.startswith(f"{part}, ") and told.where.endswith(" 3")
    assert told.message and told.advice and "{" not in f"{told.message}{told.advice}"


def test_one_pair_of_colours_in_one_style_is_one_fault() -> None:
    assert found(changed(pale_style)) == ["contrast-low"]


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("000000", "FFFFFF", 21.0), ("767676", "FFFFFF", 4.54), ("777777", "FFFFFF", 4.48), ("FF0000", "0000FF", 2.15)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == contrast(second, first) == pytest.approx(ratio, abs=0.005)


def template(edit: Edit) -> list[str]:
    """What an edit adds to the template's faults."""
    before = check_document(TEMPLATE)
    return [fault.rule for fault in check_document(changed(edit, TEMPLATE)) if fault not in before]


def test_a_template_answers_for_no_property_and_its_tags_are_text() -> None:
    assert template(set_property("title")) == []
    assert (
        template(lambda document: add_before(document, "{{ title }} {% if is_draft %}{{ state }} {% endif %}.")) == []
    )


def test_a_template_answers_for_what_it_prints_in_every_report() -> None:
    assert template(lambda document: add_before(document, "{{ title }}  {{ organ }}")) == ["blanks-repeated"]
    assert template(lambda document: add_before(document, "{{ title }} {% if is_draft %} x{% endif %}")) == [
        "blanks-repeated"
    ]
    assert template(lambda document: add_before(document, "")) == ["paragraph-empty"]
    assert template(lambda document: unmark_heading_row(document)) == ["table-without-header-row"]
    assert template(lambda document: clear()(document)) == []  # the row of {%tr endfor %}: it goes away
    assert template(clear_printed_row) == ["cell-blank"]
    assert template(pale_printed_row) == ["contrast-low"]


def add_before(document: Document, text: str) -> Paragraph:
    return document.paragraphs[-1].insert_paragraph_before(text, "Body Text")


def clear_printed_row(document: Document) -> None:
    document.tables[-1].rows[-2].cells[-1].text = ""


def pale_printed_row(document: Document) -> None:
    """The look of a tag that prints nothing does not count."""
    for row in document.tables[-1].rows[-2:]:
        row.cells[0].paragraphs[0].runs[0].font.color.rgb = RGBColor.from_string("BBBBBB")


def test_what_looks_like_a_tag_in_a_report_makes_no_template_of_it() -> None:
    made = report(answer("01", "Talousjohtaja", 3, "{{ title }}"), plan=ONE_GOAL, draft=False)
    assert found(changed(set_property("title"), write(made))) == ["title-missing"]
    assert "title-missing" not in found(template_of("{{ title }}"))


def test_a_case_number_is_missed_only_where_the_document_has_one() -> None:
    def unnumbered(document: Document) -> None:
        set_property("identifier")(document)
        remove(paragraph_of(document, "Diaarinumero")._p)

    assert found(changed(unnumbered)) == []
    other = report(answer("01", "Talousjohtaja", 3, "Ks. TUUDno-2021-594."), plan=ONE_GOAL, draft=False)
    assert found(changed(unnumbered, write(other))) == []


def test_a_document_that_tells_nothing_of_itself_lacks_it_all() -> None:
    bare = {name: part for name, part in parts(BASE).items() if not name.startswith("docProps/")}
    bare.pop("word/styles.xml")
    bare.pop("word/settings.xml")
    bare.pop("word/theme/theme1.xml")
    bare.pop("word/numbering.xml")
    faults = set(found(write_parts((name, (bare[name],)) for name in in_order(bare))))
    assert {"title-missing", "language-missing", "property-missing", "heading-missing"} <= faults


def test_a_table_without_rows_has_no_heading_row() -> None:
    def empty(document: Document) -> None:
        table = document.tables[0]._tbl
        table.tblPr.append(parse('<w:tblpPr w:tblpY="1"/>'))
        for row in table.tr_lst:
            remove(row)

    assert found(changed(empty)) == ["table-without-header-row", "object-floating"]


def test_footnotes_are_read_as_the_text_is() -> None:
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve">  Viite</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    override = (
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.footnotes+xml"/></Types>'
    )
    document = part_changed("[Content_Types].xml", "</Types>", override)
    (fault,) = check_document(with_parts(document, word__footnotes_xml=notes.encode()))
    assert (fault.rule, fault.part, fault.place) == ("blanks-repeated", "footnotes", "paragraph 1")


@pytest.mark.parametrize(
    "document",
    [b"", b"PK", part_changed("word/document.xml", "<w:document", '<!DOCTYPE w [<!ENTITY a "b">]><w:document')],
    ids=["nothing", "no package", "entities"],
)
def test_what_is_no_document_of_word_is_refused(document: bytes) -> None:
    with pytest.raises(PackageError):
        check_document(document)


def test_the_parts_of_a_table_style_hold_where_they_are_asked_for() -> None:
    table = "<w:tbl><w:tblPr>{}</w:tblPr></w:tbl>"
    corners = read_shape(parse(table.format('<w:tblStyle w:val="x"/><w:tblLook w:val="01E0"/>')), 3, 4)
    assert corners.conditions(0, 0) == ("firstRow", "firstCol", "nwCell")
    assert corners.conditions(0, 3) == ("firstRow", "lastCol", "neCell")
    assert corners.conditions(2, 0) == ("lastRow", "firstCol", "swCell")
    assert corners.conditions(2, 3) == ("lastRow", "lastCol", "seCell")
    assert corners.conditions(1, 1) == ("band1Vert", "band1Horz")
    banded = read_shape(parse(table.format('<w:tblLook w:val="0000"/>')), 3, 4)
    assert [banded.conditions(row, 1) for row in (0, 1)] == [("band2Vert", "band1Horz"), ("band2Vert", "band2Horz")]
    unclear = read_shape(parse(table.format('<w:tblLook w:val="x" w:noHBand="1" w:noVBand="1"/>')), 3, 4)
    assert unclear.conditions(0, 0) == ()


def override_level(font: str) -> Edit:
    """A list of its own levels over the definition's."""

    def edit(document: Document) -> None:
        level = f'<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:rPr>{font}</w:rPr></w:lvl>'
        number = parse(
            '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"/>'
            f'<w:lvlOverride w:ilvl="1">{level}</w:lvlOverride></w:num>'
        )
        document.part.numbering_part.element.append(number)
        properties = add(document, "Kohta")._p.get_or_add_pPr()
        properties.append(parse('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="9"/></w:numPr>'))

    return edit


def test_a_bullet_that_a_list_sets_for_itself_is_the_one_that_is_seen() -> None:
    fault = fault_of(override_level('<w:rFonts w:hAnsi="Wingdings 2"/>'))
    assert (fault.place, fault.value) == ("list 9, level 2", "Wingdings 2 U+2022")
    assert check_document(changed(override_level(""))) == ()


def test_numbers_are_no_bullets() -> None:
    assert check_document(bullets('w:val="bullet"', 'w:val="decimal"')) == ()


def test_styles_that_rest_on_one_another_in_a_circle_are_read_once() -> None:
    def circle(document: Document) -> None:
        for style, base in (("Puhuja", "Selite"), ("Selite", "Puhuja")):
            document.styles[style].base_style = document.styles[base]

    assert "title-missing" not in found(changed(circle))


def test_fields_that_end_without_a_beginning_are_passed_over() -> None:
    xml = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end", "begin", "other")]
    stray = "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
    assert check_document(changed(lambda document: add(document, "Kenttä", stray, *xml))) == ()


def test_a_chart_in_an_embedded_object_is_seen() -> None:
    drawing = '<w:drawing><wp:inline><wp:docPr id="7" name="Kaavio 1"/></wp:inline></w:drawing>'
    fault = fault_of(lambda document: add(document, "Kaavio", f"<w:r><w:object>{drawing}</w:object></w:r>"))
    assert (fault.rule, fault.value) == ("alt-text-missing", "Kaavio 1")
