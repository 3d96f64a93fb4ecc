"""The summary's chart, the list of contents, the divisions' table and whose words are in which language."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from generator.domain.base.scale import Scale
from generator.domain.base.settings import Language
from generator.domain.output.frame import frame_of
from generator.domain.output.report import Report, make_report
from generator.domain.plan.goals import Goal, Officer, Plan, Translation
from generator.domain.submission.answers import Answer
from generator.formats.docx.chart import column
from generator.i18n.words import Words
from tests.builders import SETTINGS, compared_with
from tests.formats.docx.reports import (
    ANSWERS,
    ENGLISH,
    PLAN,
    PREVIOUS,
    TEMPLATE,
    answer,
    bookmarked,
    edited,
    follow_up,
    opened,
    outline,
    parts,
    report,
    template_of,
    write,
)

CHART, BOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CHART_TAG = "{{p summary.chart }}"
FIRST = "Talousjohtaja"
ONE_GOAL = Plan((Goal("01", "Tavoite", "", ("Talousjohtaja",), "", "A2"),))
LOOP, END = "{%tc for degree in summary.columns %}", "{%tc endfor %}"


def faults(document: bytes, folder: Path) -> list[object]:
    path = folder / "document.docx"
    path.write_bytes(document)
    return list(OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors)


def shown(document: bytes) -> list[list[object]]:
    """The chart as it is drawn: the bars' names, then each series' name and numbers."""
    root = etree.fromstring(parts(document)[CHART])
    series = list(root.iter(f"{C}ser"))
    texts = [[value.text for value in part.iter(f"{C}v")] for part in series[0].iter(f"{C}cat")]
    numbers = [[v.text for v in one.iter(f"{C}v")] for one in series]
    bars = len(texts[0])
    return [list(texts[0]), *([row[0], *map(int, row[1 + bars :])] for row in numbers)]  # type: ignore[list-item]


def test_the_chart_and_the_workbook_behind_it_hold_the_numbers_of_the_table() -> None:
    drawn = shown(write())
    assert drawn[0] == ["Konserni (1)", "Tekninen (3)", "Ei toimialuetta (4)", "Kaikki tavoitteet (8)"]
    assert ["■ ei toteudu", 0, 1, 0, 1] in drawn and ["Ei tietoa", 0, 2, 3, 5] in drawn
    (table, *_) = opened(write()).tables
    assert [[cell.text for cell in column.cells] for column in table.columns][2:4] == [
        ["▲ viivästynyt", "0", "0", "0", "0"],
        ["■ ei toteudu", "0", "1", "0", "1"],
    ]
    book = openpyxl.load_workbook(BytesIO(parts(write())[BOOK]))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert rows[0][1:] == tuple(series[0] for series in drawn[1:])
    assert [row[0] for row in rows[1:]] == drawn[0]
    assert [list(numbers) for numbers in zip(*(row[1:] for row in rows[1:]), strict=True)] == [s[1:] for s in drawn[1:]]


WITHOUT_STATUSES = tuple(replace(each, entry=replace(each.entry, overall_status="")) for each in ANSWERS)


def test_without_statuses_the_chart_shows_degrees_by_level_and_the_lowest_are_told() -> None:
    document = write(report(*WITHOUT_STATUSES))
    drawn = shown(document)
    assert drawn[0] == ["Valtuustokauden tavoite (3)", "Vuositavoite (4)", "Toimenpide (1)", "Yhteensä (8)"]
    assert ["Aste 2", 1, 1, 0, 2] in drawn and ["Ei vastuuhenkilöä", 1, 0, 0, 1] in drawn
    text = outline(opened(document))
    assert "Alimmat asteet 1 ja 2 (1)\t02.10 Kosteikkoja rakennetaan\n" in text
    assert "| 02.10 Kosteikkoja rakennetaan | 2 Suunnitteluvaiheessa, on edetty hieman | – |" in text
    assert "kokonaistilanteittain" not in text


def test_the_chart_says_in_words_what_it_shows() -> None:
    (drawing,) = opened(write()).element.body.xpath(".//wp:docPr")
    assert drawing.get("title") == "Tavoitteet kokonaistilanteittain"
    assert "Tekninen: ■ ei toteudu: 1, Ei tietoa: 2." in drawing.get("descr")
    (drawing,) = opened(write(report(*WITHOUT_STATUSES))).element.body.xpath(".//wp:docPr")
    assert drawing.get("title") == "Tavoitteiden määrät etenemisasteittain ja tasoittain"
    assert "Toimenpide: Ei arvioitavissa: 1." in drawing.get("descr")
    empty = write(report(answer("01", "Talousjohtaja", 3, status=""), plan=Plan(PLAN.goals[:1])))
    assert "Toimenpide: 0." in opened(empty).element.body.xpath(".//wp:docPr")[0].get("descr")


@pytest.mark.parametrize("divisions", [1, 8, 9, 20])
def test_the_chart_and_the_table_of_levels_give_way_to_many_divisions(divisions: int) -> None:
    """With more than eight the table of levels stands behind the summary; the chart has as many bars as have room."""
    names = [f"Toimiala {number}" for number in range(1, divisions + 1)]
    numbered = enumerate(names, start=1)
    goals = tuple(Goal(f"{n:02}", f"Tavoite {n}", "", (name,), name, f"A{n}") for n, name in numbered)
    answers = [answer(goal.code, goal.officers[0], 3) for goal in goals]
    document = write(report(*answers, plan=Plan(goals)))
    text = outline(opened(document))
    assert len(shown(document)[0]) == {1: 2, 8: 9, 9: 10, 20: 1}[divisions]
    assert ("[Heading 2] Tavoitteiden määrät etenemisasteittain ja tasoittain\n| Taso |" in text) == (divisions > 8)
    assert "Huomiota vaativat" not in text


@pytest.mark.parametrize(("divisions", "bars"), [(1, 4), (8, 4), (24, 1)])
def test_without_statuses_the_chart_gives_way_to_many_divisions_too(divisions: int, bars: int) -> None:
    goals = tuple(Goal(f"{n:02}", f"Tavoite {n}", "", (FIRST,), f"Toimiala {n}", "A2") for n in range(1, divisions + 1))
    drawn = shown(write(report(*(answer(goal.code, FIRST, 3, status="") for goal in goals), plan=Plan(goals))))
    assert (len(drawn[0]), drawn[0][-1]) == (bars, f"Yhteensä ({divisions})")
    assert ["Aste 3", *[divisions, 0, 0, divisions][-bars:]] in drawn


def test_the_chart_is_as_wide_as_a_line_and_in_the_templates_font() -> None:
    (extent,) = opened(write()).element.body.xpath(".//wp:extent")
    assert int(extent.get("cx")) == 15138 * 635
    assert b'<a:latin typeface="Arial"/>' in parts(write())[CHART]
    bare = write(template=edited('w:ascii="Arial" ', "", "word/styles.xml"))
    assert b"a:latin" not in parts(bare)[CHART]


def test_a_template_without_the_chart_has_no_part_of_it() -> None:
    assert CHART not in parts(write(template=template_of("{{ title }}")))


def test_a_chart_stands_in_any_template_beside_its_own_pictures(tmp_path: Path) -> None:
    document = docx.Document(BytesIO(template_of("{{ title }}", CHART_TAG)))
    document.sections[0].footer.paragraphs[0].text = CHART_TAG
    buffer = BytesIO()
    document.save(buffer)
    made = write(template=buffer.getvalue())
    assert b"chart1.xml" in parts(made)["word/_rels/footer1.xml.rels"]
    assert len(re.findall(b"<c:chart ", parts(made)["word/document.xml"])) == 1
    again = write(template=edited(CHART_TAG, "{{p summary.chart}}", template=made_with_own_chart()))
    assert {"word/charts/chart1.xml", "word/charts/chart2.xml"} <= set(parts(again))


def made_with_own_chart() -> bytes:
    """A template that has a chart of its author's, which is the one of an earlier report."""
    document = docx.Document(BytesIO(write()))
    document.add_paragraph(CHART_TAG)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_columns_have_letters_as_in_workbooks() -> None:
    assert [column(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def links(document: bytes) -> list[tuple[str, str]]:
    """The list of contents: each entry's text and the text of the heading that it leads to."""
    made = opened(document)
    entries = list(made.element.body.iter(qn("w:hyperlink")))
    found = [("".join(t.text for t in e.iter(qn("w:t"))), str(e.get(qn("w:anchor")))) for e in entries]
    return [(text, bookmarked(made, anchor)) for text, anchor in found]


def test_the_list_of_contents_is_a_field_whose_entries_lead_to_the_headings() -> None:
    document = write(report(previous=follow_up(*PREVIOUS)))
    found = links(document)
    assert [text for text, _ in found] == [heading for _, heading in found]
    headings = [p.text for p in opened(document).paragraphs if p.style.name in ("Heading 2", "Heading 3")]  # type: ignore[union-attr]
    assert [text for text, _ in found] == headings
    xml = parts(document)["word/document.xml"].decode()
    assert re.findall('fldCharType="(.*?)"', xml) == ["begin", "separate", "end"]
    assert "updateFields" not in parts(document)["word/settings.xml"].decode() and "w:dirty" not in xml


def test_headings_of_any_template_are_listed_once_and_blank_ones_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("{{p contents }}")
    document.add_heading("Johdanto & {{ municipality }}", 2)
    document.add_heading("{% if is_extract %}Ote{% endif %}", 2)
    document.add_heading("{%p for section in sections %}", 3)
    document.add_heading("{{ section.heading }}", 3)
    document.add_heading("{%p endfor %}", 3)
    buffer = BytesIO()
    document.save(buffer)
    made = write(template=buffer.getvalue())
    assert [text for text, _ in links(made)] == ["Johdanto & Havulahti", *(f"{g.code} {g.title}" for g in roots())]
    assert links(write(template=template_of("{{p contents }}", "Ei otsikoita"))) == []


def roots() -> list[Goal]:
    return [goal for goal in PLAN.goals if goal.level == 1]


def on_scale(steps: int, *answers: Answer) -> Report:
    degrees = SETTINGS.degree_scale.degrees
    made = tuple(replace(degrees[0], value=value) for value in range(1, steps + 1))
    frame = replace(frame_of(SETTINGS, SETTINGS.language), scale=Scale(made))
    return make_report(frame, PLAN, follow_up(*(answers or ANSWERS)))


@pytest.mark.parametrize("steps", [2, 5, 12])
def test_the_divisions_table_has_a_column_for_each_degree_of_any_scale(steps: int, tmp_path: Path) -> None:
    document = write(on_scale(steps, *WITHOUT_STATUSES))
    table = opened(document).tables[0]
    heads = [cell.text for cell in table.rows[0].cells]
    assert heads[: steps + 1] == ["Toimialue", *map(str, range(1, steps + 1))]
    assert [row.cells[0].text for row in table.rows[1:]] == ["Konserni", "Tekninen", "Ei toimialuetta"]
    widths = [int(width) for width in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")]
    assert len(widths) == len(heads) and 15138 - len(heads) <= sum(widths) <= 15138
    assert faults(document, tmp_path) == []


def test_a_degree_that_the_scale_has_lost_is_printed_by_its_number() -> None:
    assert "| Korjausvelka kasvaa | Arviot eroavat / Talousjohtaja" in outline(opened(write(on_scale(2))))
    assert bookmarked(opened(write(on_scale(2))), "g_01_degree") == "4"


@pytest.mark.parametrize("measure", ["", '<w:tcW w:type="auto" w:w="0"/>', '<w:tcW w:type="dxa" w:w="900"/>'])
def test_a_loop_over_columns_stands_in_any_table(measure: str) -> None:
    """Without widths, without a grid and with a loop over something that has no length, nothing is shared."""
    loop = "{%tc for degree in scale if degree %}" if "900" in measure else LOOP
    cells = "".join(
        f"<w:tc><w:tcPr>{measure}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        for text in (loop, "{{ degree }}", END)
    )
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl><w:sectPr"
    made = opened(write(template=edited("<w:sectPr", table, template=template_of("x")))).tables[0]
    assert len(made._tbl.xpath("./w:tr/w:tc")) in (5, 9)


def test_a_loop_over_columns_of_a_table_without_a_grid_for_them_keeps_the_grid() -> None:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="900"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'
        for text in (LOOP, "{{ degree }}", END)
    )
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl><w:sectPr"
    made = opened(write(template=edited("<w:sectPr", table, template=template_of("x")))).tables[0]
    assert made._tbl.xpath("./w:tr/w:tc/w:tcPr/w:tcW/@w:w") == ["300"] * 9


def test_without_divisions_there_is_no_table_of_them() -> None:
    text = outline(opened(write(report(answer("01", "Talousjohtaja", 3), plan=ONE_GOAL))))
    assert "Toimialue" not in text and "eri tavoin" not in text


def test_a_template_of_before_still_tells_the_lowest_in_words() -> None:
    template = template_of("{{ lowest.text }}", "{{ unreported.text }}", "{{ summary.text }}")
    text = outline(opened(write(report(answer("01", "Talousjohtaja", 3), plan=ONE_GOAL), template=template)))
    assert "Yksikään tavoite ei ole asteikon alimmilla asteilla (1 ja 2)." in text
    assert "Kaikki tavoitteet, joilla on vastuuhenkilö, on raportoitu." in text
    assert "Asiakirjassa on yksi tavoite. Etenemisasteittain: aste 1: 0, aste 2: 0, aste 3: 1" in text


def test_what_needs_attention_is_listed_with_risks_and_the_bookmarks_stay_in_the_tables() -> None:
    late = answer("01", "Talousjohtaja", 1, risks="Riski", status="viivästynyt")
    made = opened(write(report(late)))
    (table,) = (table for table in made.tables if table.rows[0].cells[1].text == "Syy")
    assert [cell.text for cell in table.rows[1].cells][1:] == ["▲ viivästynyt", "Riski", "Talousjohtaja"]
    assert not table._tbl.xpath(".//w:bookmarkStart") and bookmarked(made, "g_01_main_risks") == "Riski"


def test_a_new_goal_is_called_new_where_the_earlier_plan_is_known() -> None:
    earlier = Plan(tuple(goal for goal in PLAN.goals if goal.code != "02.11"))
    before = follow_up(*PREVIOUS, plan=earlier)
    made = make_report(
        frame_of(SETTINGS, SETTINGS.language), PLAN, follow_up(*ANSWERS), comparison=compared_with(before)
    )
    text = outline(opened(write(made)))
    assert "uusia tavoitteita 1" in text and "| Ei raportoitu / uusi tavoite |" in text


def test_section_and_attachment_stand_in_the_title_block_and_the_header() -> None:
    made = report(draft=False)
    document = opened(write(replace(made, frame=replace(made.frame, attachment="3", section="45 §"))))
    text = outline(document)
    assert "[Tunnistetiedot] Pykälä\t45 §\n[Tunnistetiedot] Liite\t3\n" in text
    assert document.sections[0].header.paragraphs[0].text == "Havulahti\tHAV/412/00.01.02/2026, Liite 3"


@pytest.mark.parametrize("words", [Words(Language.SWEDISH), ENGLISH])
def test_the_officers_words_keep_their_language_in_a_document_of_another(words: Words) -> None:
    marked = '<w:rPr><w:lang w:val="fi-FI"/></w:rPr><w:t xml:space="preserve">Budjetti on tasapainossa.'
    assert marked in parts(write(words=words))["word/document.xml"].decode()
    assert "<w:lang " not in parts(write())["word/document.xml"].decode()


def test_words_tell_the_language_of_the_officer_who_wrote_them() -> None:
    officers = (Officer("Talousjohtaja", "", "", "sv"), Officer("Tekninen johtaja", "", "Tekninen", ""))
    made = parts(write(report(plan=replace(PLAN, officers=officers))))["word/document.xml"].decode()
    assert '<w:lang w:val="sv-FI"/></w:rPr><w:t xml:space="preserve">Budjetti on tasapainossa.' in made
    assert '<w:r><w:t xml:space="preserve">Tilojen menot ylittyvät.' in made


def test_titles_tell_their_language_where_the_plan_has_them_in_no_other() -> None:
    swedish = replace(PLAN.goals[4], translations=(Translation("sv", "Naturen mår bra"),))
    plan = replace(PLAN, goals=(*PLAN.goals[:4], swedish, *PLAN.goals[5:]))
    document = opened(write(report(plan=plan), words=Words(Language.SWEDISH)))
    languages = {
        "".join(run.xpath("string(.)") for run in holder.xpath(".//w:r")): set(holder.xpath(".//w:lang/@w:val"))
        for holder in document.element.body.iter(qn("w:p"), qn("w:hyperlink"))
    }
    assert languages["01 Talous on tasapainossa"] == {"fi-FI"} and languages["02 Naturen mår bra"] == set()
    entries = [link.xpath(".//w:lang/@w:val") for link in document.element.body.iter(qn("w:hyperlink"))]
    assert entries[-3:] == [["fi-FI"], [], ["fi-FI"]] and not any(entries[:-3])


def test_the_language_takes_its_place_in_a_tags_own_look(tmp_path: Path) -> None:
    own = f'<w:rPr><w:b/><w:lang w:val="sv-FI"/><w:oMath/></w:rPr><w:t>{"{{p row.narrative }}"}'
    template = edited("<w:t>{{p row.narrative }}", own, template=TEMPLATE)
    document = write(words=ENGLISH, template=template)
    assert b'<w:rPr><w:b/><w:lang w:val="fi-FI"/><w:oMath/></w:rPr>' in parts(document)["word/document.xml"]
    assert (
        b'<w:rPr><w:b/><w:lang w:val="sv-FI"/><w:oMath/></w:rPr>'
        in parts(write(template=template))["word/document.xml"]
    )
    assert faults(document, tmp_path) == []


def test_when_every_goal_can_be_compared_none_is_said_to_be_left_out() -> None:
    before = follow_up(answer("01", "Talousjohtaja", 3), plan=ONE_GOAL)
    text = outline(opened(write(report(answer("01", "Talousjohtaja", 3), plan=ONE_GOAL, previous=before))))
    assert "Muut etenemisasteet\tennallaan 1\n" in text
    assert "Laski" not in text and "Nousi" not in text
