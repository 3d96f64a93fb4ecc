"""Templates as people make them: what is no fault stays clean, and what is safely mended is mended."""

from collections.abc import Callable
from copy import deepcopy
from io import BytesIO

import docx
import pytest
from docx.shared import Mm

from generator.app.template_check import faults_of
from generator.domain.output.frame import frame_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.formats.docx.document import render
from generator.formats.docx.list_numbering import read_numbering
from generator.formats.docx.required_content import require_whole_content
from generator.formats.docx.template_questions import find_questions
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element
from tests.builders import ROOT, SETTINGS
from tests.formats.docx.broken_templates import (
    BODY,
    NARRATIVE,
    WORD,
    before_body,
    divide,
    mangled,
    paragraph,
    run,
    table_with,
    with_part,
    with_text,
    xml,
)
from tests.formats.docx.reports import FINNISH, TEMPLATE, edited, opened, outline, parts

COMMENT = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="3" '
    'w:author="Nimi Kirjoittaja" w:date="2026-01-01T00:00:00Z">{}</w:comment></w:comments>'
)


def printed(template: bytes, kind: SampleKind = SampleKind.EVERY_STATE) -> bytes:
    """The sample report in a template."""
    report = sample_report(kind, frame_of(SETTINGS, SETTINGS.language))
    made = render(report, template, SETTINGS.headings, FINNISH)
    require_whole_content(made, report)
    return made


def logo(template: bytes = TEMPLATE) -> bytes:
    document = docx.Document(BytesIO(template))
    shape = (
        document.paragraphs[0]
        .insert_paragraph_before()
        .add_run()
        .add_picture(str(next((ROOT / "docs" / "pictures").glob("*.png"))), Mm(40))
    )
    shape._inline.docPr.set("descr", "Kunnan vaakuna")
    return _saved(document)


def _saved(document: docx.document.Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def other_column(root: Element) -> None:
    """A column more, within the margins: the level of the goal."""
    table = table_with(root, NARRATIVE)
    for number, row in enumerate(table.iter(w("tr"))):
        cells = list(row.iter(w("tc")))
        added = deepcopy(cells[-1])
        for each in (cells[-1], added):
            each.find(f"{w('tcPr')}/{w('tcW')}").set(w("w"), "875")  # type: ignore[union-attr]
        for piece in added.iter(w("t")):
            piece.text = ("Taso", "{{ section.goal.level }}", "", "{{ row.level }}", "")[number]
        cells[-1].addnext(added)
    columns = list(table.iter(w("gridCol")))
    for column in (columns[-1], deepcopy(columns[-1])):
        column.set(w("w"), "875")
        columns[-1].addnext(column) if column is not columns[-1] else None


def _reordered(root: Element) -> None:
    for row in table_with(root, NARRATIVE).iter(w("tr")):
        cells = list(row.iterchildren(w("tc")))
        if len(cells) == 8:
            cells[3].addprevious(cells[6])


def portrait_cover(root: Element) -> None:
    """A cover in portrait before the landscape pages."""
    own = next(root.iter(w("sectPr")))
    cover = paragraph(run("Havulahti"))
    holder = xml("<w:pPr></w:pPr>")
    section = deepcopy(own)
    size = section.find(w("pgSz"))
    assert size is not None
    size.set(w("w"), "11906"), size.set(w("h"), "16838"), size.attrib.pop(w("orient"))
    holder.append(section)
    cover.insert(0, holder)
    root.find(w("body")).insert(0, cover)  # type: ignore[union-attr]


def _control(root: Element) -> None:
    """A tag in a content control, bound to a property of the template."""
    own = next(with_text(root, "{{ closing }}").iter(w("r")))
    control = xml(
        '<w:sdt><w:sdtPr><w:id w:val="7"/><w:showingPlcHdr/><w:dataBinding w:xpath="/x" w:storeItemID="x"/></w:sdtPr>'
        "<w:sdtContent></w:sdtContent></w:sdt>"
    )
    parent = own.getparent()
    assert parent is not None
    parent.replace(own, control)
    control[-1].append(own)


def _commented() -> bytes:
    marks = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
    reference = '<w:r><w:commentReference w:id="3"/></w:r>'
    whole = edited("{{p row.narrative }}</w:t></w:r>", f"{{{{p row.narrative }}}}</w:t></w:r>{marks[1]}{reference}")
    settings = edited("<w:zoom", "<w:trackRevisions/><w:zoom", "word/settings.xml", whole)
    noted = with_part("word/comments.xml", COMMENT.format("<w:p/>"), f"{WORD}.comments+xml", settings)
    return with_part("word/people.xml", "<people>Nimi Kirjoittaja</people>", f"{WORD}.people+xml", noted)


def _without_contents(root: Element) -> None:
    for each in list(root.iter(w("p"))):
        if own_text(each) in ("{{ labels.contents }}", "{{p contents }}"):
            each.getparent().remove(each)  # type: ignore[union-attr]


def _bookmarked(root: Element) -> None:
    own = with_text(root, NARRATIVE)
    own.insert(1, xml('<w:bookmarkStart w:id="50" w:name="OLE_LINK1"/>'))
    own.append(xml('<w:bookmarkEnd w:id="50"/>'))


def footnote(template: bytes = TEMPLATE) -> bytes:
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f'<w:footnotes {spaces}><w:footnote w:id="2"><w:p>{run("{{ statuses }}")}</w:p></w:footnote></w:footnotes>'
    reference = '{{ closing }}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    noted = edited("{{ closing }}</w:t></w:r>", reference, template=template)
    return with_part("word/footnotes.xml", notes, f"{WORD}.footnotes+xml", noted)


def letterhead(template: bytes = TEMPLATE) -> bytes:
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="15138" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="15138"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="15138" w:type="dxa"/></w:tcPr><w:p>{run("{{ organ }}")}</w:p></w:tc></w:tr>'
        "</w:tbl>"
    )
    return edited("<w:p>", f"{table}<w:p>{number}</w:p><w:p>", "word/header1.xml", template)


RIGHT: dict[str, Callable[[], bytes]] = {
    "as shipped": lambda: TEMPLATE,
    "logo with alternative text": logo,
    "column added": lambda: mangled(other_column),
    "columns in another order": lambda: mangled(_reordered),
    "fields in the header": lambda: edited("{{ municipality }}", "{{ organ }}, {{ period }}", "word/header1.xml"),
    "foreword": lambda: before_body(run("Kunnanjohtajan katsaus: {hyvä} vuosi")),
    "letterhead": letterhead,
    "smart tag": lambda: mangled(divide(NARRATIVE, '<w:smartTag w:uri="x" w:element="place"></w:smartTag>')),
    "custom XML": lambda: mangled(divide("{{ closing }}", '<w:customXml w:uri="x" w:element="place"></w:customXml>')),
    "divided by a link": lambda: mangled(divide("{{ closing }}", '<w:hyperlink w:anchor="x"></w:hyperlink>')),
    "divided by a field": lambda: mangled(divide("{{ closing }}", '<w:fldSimple w:instr=" TITLE "></w:fldSimple>')),
    "divided by a control": lambda: mangled(
        divide("{{ closing }}", "<w:sdt><w:sdtPr></w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>")
    ),
    "divided in its loop": lambda: mangled(divide("{%tr for row in section.rows %}", "", 9)),
    "comment": _commented,
    "link in the text": lambda: before_body(f'<w:hyperlink w:anchor="x">{run("{{ organ }}")}</w:hyperlink>'),
    "portrait cover": lambda: mangled(portrait_cover),
    "content control": lambda: mangled(_control),
    "footnote": footnote,
    "bookmark in a loop": lambda: mangled(_bookmarked),
    "no-break blank in a tag": lambda: edited("{%p endfor %}", "{%p\u00a0endfor\u00a0%}"),
    "note in Jinja": lambda: before_body(run("{# kuka tätä muuttaa #}")),
    "without the list of contents": lambda: mangled(_without_contents),
}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_a_right_template_stays_clean_and_is_printed(make: Callable[[], bytes]) -> None:
    template = make()
    found = faults_of(template, SETTINGS)
    assert ([str(fault) for fault in found.errors], found.document, found.sample) == ([], (), ())
    for kind in SampleKind:
        opened(printed(template, kind))


def body(made: bytes) -> str:
    return parts(made)[BODY].decode()


@pytest.mark.parametrize("wrapper", ["smart tag", "custom XML", "divided by a control", "divided in its loop"])
def test_a_divided_tag_prints_what_the_whole_one_prints(wrapper: str) -> None:
    assert outline(opened(printed(RIGHT[wrapper]()))) == outline(opened(printed(TEMPLATE)))


def test_comments_their_authors_and_the_tracking_of_changes_leave_no_trace() -> None:
    made = parts(printed(RIGHT["comment"]()))
    assert not [name for name in made if "comment" in name or "people" in name]
    for part in made.values():
        assert not any(trace in part for trace in (b"Kirjoittaja", b"omment", b"people", b"trackRevisions"))


def test_a_bookmark_in_a_loop_is_left_out_and_one_outside_stays() -> None:
    assert "OLE_LINK1" not in body(printed(RIGHT["bookmark in a loop"]()))
    mark = '<w:bookmarkStart w:id="60" w:name="Loppu"/><w:bookmarkEnd w:id="60"/>'
    assert "Loppu" in body(printed(before_body(f"{mark}{run('x')}")))


def test_what_a_content_control_would_print_by_itself_is_left_out() -> None:
    made = body(printed(RIGHT["content control"]()))
    assert "<w:sdt>" in made
    assert not any(trace in made for trace in ("dataBinding", "showingPlcHdr", 'w:id w:val="7"'))


def test_a_note_in_jinja_alone_in_its_paragraph_leaves_no_empty_paragraph() -> None:
    noted, plain = (opened(printed(template)).paragraphs for template in (RIGHT["note in Jinja"](), TEMPLATE))
    assert len(noted) == len(plain)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda root: _blank(root, "degree"), "row.degree"),
        (lambda root: _blank(root, "overall_status"), "row.overall_status"),
        (lambda root: _blank(root, "officer"), "row.officer"),
        (lambda root: [_blank(root, name) for name in ("council_term_goal", "annual_goal", "action")], "row.title"),
        (lambda root: _retag(root, "{{p section.goal.degree }}", "–"), "section.goal.degree"),
        (lambda root: _retag(root, "{{p foreword }}", "–"), "foreword"),
        (lambda root: _retag(root, "{{p assessment }}", "–"), "assessment"),
        (lambda root: _retag(root, "{{p closing_words }}", "–"), "closing_words"),
        (lambda root: _retag(root, "{{p section.remark }}", "–"), "section.remark"),
    ],
)
def test_a_field_that_is_never_printed_is_asked_and_stops_nothing(
    change: Callable[[Element], object], named: str
) -> None:
    found = faults_of(mangled(change), SETTINGS)
    assert not found.errors
    assert [named in str(question) for question in found.questions] == [True]


@pytest.mark.parametrize(
    ("field", "condition"),
    [("degree", "not row.change"), ("overall_status", "not is_draft"), ("overall_status", "not is_extract")],
)
def test_a_field_that_some_rows_or_documents_lack_is_asked(field: str, condition: str) -> None:
    tag = f"{{{{p row.{field} }}}}"

    def change(root: Element) -> None:
        own = [each for each in root.iter(w("p")) if own_text(each) == tag][-1]
        for word, add in ((f"{{%p if {condition} %}}", own.addprevious), ("{%p endif %}", own.addnext)):
            add(paragraph(run(word)))

    found = faults_of(mangled(change), SETTINGS)
    assert (found.errors, [field in str(question) for question in found.questions]) == ((), [True])


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        (f'<w:fldSimple w:instr=" TITLE ">{run("Muistio 2019")}</w:fldSimple>', "the field TITLE shows a property"),
        (f'<w:fldSimple w:instr=" AUTHOR ">{run("Nimi")}</w:fldSimple>', "the field AUTHOR shows a property"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            f"{run('[Asiakirjan otsikko]')}</w:sdtContent></w:sdt>",
            "the content control’s text “[Asiakirjan otsikko]”",
        ),
    ],
)
def test_what_word_would_have_filled_in_is_asked(inner: str, told: str) -> None:
    found = faults_of(before_body(inner), SETTINGS)
    assert (found.errors, [told in str(question) for question in found.questions]) == ((), [True])


@pytest.mark.parametrize("switch", ["updateFields", "documentProtection", "writeProtection"])
def test_a_report_asks_its_readers_nothing_and_is_not_locked(switch: str) -> None:
    made = printed(edited("<w:zoom", f"<w:{switch}/><w:zoom", "word/settings.xml"))
    assert switch not in parts(made)["word/settings.xml"].decode()


def test_a_thousand_styles_based_on_each_other_are_followed_in_time() -> None:
    style = '<w:style w:type="paragraph" w:styleId="S{0}"><w:name w:val="S{0}"/><w:basedOn w:val="S{1}"/></w:style>'
    styles = "".join(style.format(number, number + 1) for number in range(1_000))
    template = edited("</w:styles>", f"{styles}</w:styles>", "word/styles.xml")
    assert faults_of(template, SETTINGS).errors == ()


def test_each_of_two_styles_based_on_each_other_has_what_the_other_says_of_its_list() -> None:
    style = '<w:style w:styleId="{}"><w:basedOn w:val="{}"/><w:pPr><w:numPr>{}</w:numPr></w:pPr></w:style>'
    styles = style.format("One", "Other", '<w:numId w:val="7"/>') + style.format("Other", "One", '<w:ilvl w:val="2"/>')
    numbering = read_numbering(parts(edited("</w:styles>", f"{styles}</w:styles>", "word/styles.xml")))
    assert (numbering.styles["One"], numbering.styles["Other"]) == (("7", "2"), ("7", "2"))


def test_a_table_inside_a_row_that_may_not_break_is_printed_and_may_break() -> None:
    def change(root: Element) -> None:
        own = table_with(root, NARRATIVE)
        width = '<w:tcW w:w="15138" w:type="dxa"/>'
        outer = xml(
            '<w:tbl><w:tblPr><w:tblW w:w="15138" w:type="dxa"/></w:tblPr>'
            '<w:tblGrid><w:gridCol w:w="15138"/></w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>{width}</w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
        )
        own.addprevious(outer)
        outer[-1][-1].insert(1, own)

    template = mangled(change)
    assert faults_of(template, SETTINGS).errors == ()
    assert '<w:trPr><w:cantSplit w:val="0"/></w:trPr>' in body(printed(template))


def _blank(root: Element, field: str) -> None:
    for piece in root.iter(w("t")):
        for row in ("row", "section.goal"):
            piece.text = (piece.text or "").replace(f"{{{{p {row}.{field} }}}}", "–")


def test_titles_and_officers_on_one_line_count_as_printed() -> None:
    def change(root: Element) -> None:
        for row in ("row", "section.goal"):
            for field, line in (("officer", "officers"), ("action", "title"), ("council_term_goal", "title")):
                _retag(root, f"{{{{p {row}.{field} }}}}", f"{{{{ {row}.{line} }}}}")

    assert faults_of(mangled(change), SETTINGS).questions == ()


def _retag(root: Element, old: str, new: str) -> None:
    for piece in root.iter(w("t")):
        piece.text = (piece.text or "").replace(old, new)


def test_a_date_that_word_fills_in_and_tags_that_are_left_out_are_asked() -> None:
    core = '<x xmlns:dc="y"><dc:title>{{ title }}</dc:title></x>'
    template = with_part("docProps/core.xml", core, "application/xml", before_body(_date()))
    noted = with_part("word/comments.xml", COMMENT.format("<w:p/>{{ organ }}"), f"{WORD}.comments+xml", template)
    found = faults_of(noted, SETTINGS)
    assert found.errors == ()
    assert [str(question).partition(" ")[0] for question in found.questions] == ["body", "A", "A"]


def _date() -> str:
    return f'<w:fldSimple w:instr=" DATE ">{run("1.1.2026")}</w:fldSimple>'


END = "{%p endfor %}"


@pytest.mark.parametrize(
    ("style", "loops", "is_asked"),
    [
        ("List Number", ("{%p for s in sections %}", "x", "x", END), True),
        (
            "List Number",
            ("{%p for s in sections %}", "{%p for r in s.rows %}", "x", END, END),
            True,
        ),
        ("List Number", ("{%p for s in sections %}", "x", END), False),  # it counts the sections
        ("List Number", ("x", "x", "{%p for s in sections %}", "y", END), False),
        ("List Bullet", ("{%p for s in sections %}", "x", "x", END), False),
    ],
)
def test_a_numbering_that_runs_on_over_repeated_sections_is_asked(
    style: str,
    loops: tuple[str, ...],
    is_asked: bool,  # noqa: FBT001
) -> None:
    document = docx.Document()
    for text in loops:
        document.add_paragraph(text, style)
    asked = [str(question) for question in find_questions(_saved(document))]
    told = "body text: the numbering goes on from one repeated part of the report to the next. The paragraph reads: x"
    assert asked == [told] * is_asked


@pytest.mark.parametrize(("above", "is_asked"), [("List Number", False), ("Normal", True)])
def test_a_second_level_begins_anew_below_each_section_that_has_the_first(
    above: str,
    is_asked: bool,  # noqa: FBT001
) -> None:
    document = docx.Document()
    for level in list(document.part.numbering_part.element.iter(w("lvl"))):
        second = deepcopy(level)
        second.set(w("ilvl"), "1")
        level.addnext(second)
    document.add_paragraph("{%p for s in sections %}")
    document.add_paragraph("x", above)
    for text in ("y", "z"):
        document.add_paragraph(text, "List Number")._p.get_or_add_pPr().get_or_add_numPr().get_or_add_ilvl().val = 1
    document.add_paragraph("{%p endfor %}")
    assert [str(question)[-1] for question in find_questions(_saved(document))] == ["y"] * is_asked
