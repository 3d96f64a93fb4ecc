"""What she puts into the draft beside words: marked words, shapes, equations, the chart's numbers, Word's own signs.

The next draft cannot print it. So her file stays, ours lies beside it, and tilanne.html says what it lacks.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx.document import Document as Docx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, RGBColor
from docx.text.paragraph import Paragraph

from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import (
    HERS,
    NARRATIVE,
    OFFICERS,
    archived,
    aside,
    draft,
    edit,
    foreword,
    paragraphs,
    printed,
    replacing,
    run,
    save,
    workspace,
)
from tests.workspaces import command

__all__ = ["workspace"]

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
FOREWORD = "Kunnanjohtajan alkusanat."
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def officers(document: Docx) -> Paragraph:
    return next(each for each in paragraphs(document) if each.text == OFFICERS)


def highlight(document: Docx) -> None:
    officers(document).runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


def bold_word(document: Docx) -> None:
    paragraph = officers(document)
    first, last = OFFICERS.split(" ", 1)
    paragraph.runs[0].text = f"{first} "
    paragraph.add_run(last).bold = True


def red(document: Docx) -> None:
    officers(document).runs[0].font.color.rgb = RGBColor(0xC0, 0, 0)


def listed(document: Docx) -> None:
    properties = officers(document)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))


def linked(document: Docx) -> None:
    link(document, OFFICERS)


def link(document: Docx, words: str) -> None:
    """Makes the officer's text a link, as Word writes it."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    number = document.part.relate_to("https://havula.fi/kaava", kind, is_external=True)
    run = officers(document).runs[0]
    run.text = words
    made = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{number}"/>')
    run._r.addprevious(made)
    made.append(run._r)


def highlight_outside(document: Docx) -> None:
    introduction = next(each for each in document.paragraphs if len(each.text) > 80)
    introduction.runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


@pytest.mark.parametrize("change", [highlight, bold_word, red, listed, linked, highlight_outside])
def test_marked_words_keep_the_file_and_are_told(workspace: Workspace, change: Callable[[Docx], None]) -> None:
    hers = edit(workspace, change)
    run(workspace)
    assert draft(workspace).read_bytes() == hers and archived(workspace, hers)
    assert printed(workspace, aside(workspace))[NARRATIVE] == OFFICERS
    assert "korostettu tai muotoiltu teksti, vain muokatussa: ”" in page(workspace)


def test_a_highlighted_line_of_her_own_is_told_once(workspace: Workspace) -> None:
    def write(document: Docx) -> None:
        foreword(document)
        line = next(each for each in document.paragraphs if each.text == FOREWORD)
        line.runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW

    edit(workspace, write)
    run(workspace)
    told = [line for line in command(workspace.root, "status").out.splitlines() if FOREWORD in line]
    assert told == [f"  muu teksti, vain muokatussa: ”{FOREWORD}”"]


def page(workspace: Workspace) -> str:
    return (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def off_and_black(document: Docx) -> None:
    replacing(OFFICERS, HERS)(document)
    run = next(each for each in paragraphs(document) if each.text == HERS).runs[0]
    run.bold, run.font.color.rgb = False, RGBColor(0x21, 0x25, 0x29)


def test_a_format_that_is_off_and_pasted_near_black_are_no_marks(workspace: Workspace) -> None:
    edit(workspace, off_and_black)
    run(workspace)
    assert printed(workspace)[NARRATIVE] == HERS and not aside(workspace).exists()


def test_an_address_that_word_made_a_link_is_carried_on(workspace: Workspace) -> None:
    edit(workspace, lambda document: link(document, "havula.fi/kaava"))
    run(workspace)
    assert printed(workspace)[NARRATIVE] == "havula.fi/kaava" and not aside(workspace).exists()


def shape(document: Docx) -> None:
    append(document, f'<w:r {nsdecls("w")}><w:pict {VML}><v:oval style="width:9pt;height:9pt"/></w:pict></w:r>')


def equation(document: Docx) -> None:
    append(document, f"<m:oMath {MATH}><m:r><m:t>x=5</m:t></m:r></m:oMath>")


def symbol(document: Docx) -> None:
    append(document, f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>')


def append(document: Docx, xml: str) -> None:
    officers(document).runs[-1]._r.addnext(parse_xml(xml))


def chart_number(document: Docx) -> None:
    (chart,) = (each.target_part for each in document.part.rels.values() if each.reltype.endswith("/chart"))
    chart._blob = chart.blob.replace(b"<c:v>1</c:v>", b"<c:v>7</c:v>")


@pytest.mark.parametrize("change", [shape, equation, symbol, chart_number])
def test_what_is_shown_without_words_keeps_the_file_and_is_told(
    workspace: Workspace, change: Callable[[Docx], None]
) -> None:
    hers = edit(workspace, change)
    run(workspace)
    assert draft(workspace).read_bytes() == hers and aside(workspace).exists()
    assert "kuvat, kuviot, kaavat tai symbolit" in page(workspace)


@pytest.mark.parametrize(
    ("element", "character"), [("noBreakHyphen", "\u2011"), ("softHyphen", "\u00ad"), ("cr", "\n")]
)
def test_a_character_that_word_writes_as_an_element_is_carried_on(
    workspace: Workspace, element: str, character: str
) -> None:
    def change(document: Docx) -> None:
        replacing(OFFICERS, "Mukana on EU")(document)
        run = next(each for each in paragraphs(document) if each.text == "Mukana on EU").runs[0]._r
        run.append(parse_xml(f"<w:{element} {nsdecls('w')}/>"))
        run.append(parse_xml(f"<w:t {nsdecls('w')}>rahoitus.</w:t>"))

    edit(workspace, change)
    run(workspace)
    assert printed(workspace)[NARRATIVE] == f"Mukana on EU{character}rahoitus."


def test_paragraphs_joined_by_a_tracked_change_are_one(workspace: Workspace) -> None:
    def change(document: Docx) -> None:
        paragraph = officers(document)
        following = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t> Lausuntoja tuli viisi.</w:t></w:r></w:p>")
        paragraph._p.addnext(following)
        deleted = '<w:del w:id="900" w:author="S" w:date="2026-08-01T10:00:00Z"/>'
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}>{deleted}</w:rPr>"))

    edit(workspace, change)
    run(workspace)
    assert printed(workspace)[NARRATIVE] == f"{OFFICERS} Lausuntoja tuli viisi."


def remove_introduction(document: Docx) -> None:
    introduction = next(each for each in document.paragraphs if len(each.text) > 80)
    introduction._p.getparent().remove(introduction._p)


def strike_another(document: Docx) -> None:
    next(each for each in paragraphs(document) if each.text == "Johdon teksti.").runs[0].font.strike = True


def highlight_another(document: Docx) -> None:
    other = next(each for each in paragraphs(document) if each.text == "Johdon teksti.")
    other.runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


def in_a_session_of_word(document: Docx) -> None:
    document.settings.element.append(
        parse_xml(f'<w:rsids {nsdecls("w")}><w:rsidRoot w:val="00A77B3E"/><w:rsid w:val="00F31C55"/></w:rsids>')
    )


@pytest.mark.parametrize("also", [remove_introduction, strike_another, highlight_another, in_a_session_of_word])
def test_an_edit_taken_back_in_the_same_file_is_gone(workspace: Workspace, also: Callable[[Docx], None]) -> None:
    """Also where our next draft took the file's place while she had it open in Word, whose sessions have numbers."""

    def change(document: Docx) -> None:
        replacing(OFFICERS, HERS)(document)
        also(document)

    hers = edit(workspace, change)
    run(workspace)
    assert HERS in (printed(workspace)[NARRATIVE], printed(workspace, aside_or_draft(workspace))[NARRATIVE])
    draft(workspace).write_bytes(hers)
    edit(workspace, replacing(HERS, OFFICERS))
    run(workspace)
    assert printed(workspace, aside_or_draft(workspace))[NARRATIVE] == OFFICERS


def aside_or_draft(workspace: Workspace) -> Path:
    return aside(workspace) if aside(workspace).exists() else draft(workspace)


def test_looks_alone_are_not_carried_on_and_that_is_told(workspace: Workspace) -> None:
    def widen(document: Docx) -> None:
        document.tables[-1].columns[0].width = Cm(6)

    edit(workspace, widen)
    run(workspace)
    assert not aside(workspace).exists()
    told = "Vain tekstit siirtyvät: fontit, sarakkeiden leveydet ja sivunvaihdot muutetaan mallipohjassa."
    assert told in page(workspace) and told in command(workspace.root, "status").out
    assert command(workspace.root, "finalize", "--because", "Kokous.").code == 0
    save(workspace, HERS)
    assert draft(workspace).exists() and told not in page(workspace)
