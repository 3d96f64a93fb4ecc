"""Templates that docxtpl itself prints: the same XML where both ways can print, and no way around the limits."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from generator.app.template_check import faults_of
from generator.domain.base.settings import Language
from generator.domain.output.frame import frame_of
from generator.domain.output.report import Report
from generator.domain.output.sample import SampleKind, sample_report
from generator.errors import StoppedTemplateError
from generator.formats.docx.document import print_document, render
from generator.formats.docx.document_mark import is_document_unchanged
from generator.formats.docx.printed_rows import KeptRows
from generator.formats.docx.rendering import RenderJob, render_apart
from generator.formats.docx.required_content import require_whole_content
from generator.formats.docx.template import open_template
from generator.formats.opc.package import read_parts
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element, parse_xml
from tests.builders import SETTINGS
from tests.formats.docx.broken_templates import BODY, NARRATIVE, cell_with, mangled, run, with_text, without_text, xml
from tests.formats.docx.hostile import TRICKS
from tests.formats.docx.reports import FINNISH, TEMPLATE, answer, edited, report
from tests.formats.docx.test_right_templates import RIGHT, portrait_cover

WAITING, FIRST_COLUMN = "{{ row.waiting }}", "{{p row.council_term_goal }}"


def sample() -> Report:
    return sample_report(SampleKind.EVERY_STATE, frame_of(SETTINGS, SETTINGS.language))


def printed(template: bytes, what: Report | None = None) -> bytes:
    made = render(what or sample(), template, SETTINGS.headings, FINNISH)
    require_whole_content(made, what or sample())
    return made


def body(made: bytes) -> Element:
    return parse_xml(read_parts(made)[BODY])


def told(template: bytes) -> list[str]:
    return [str(fault) for fault in faults_of(template, SETTINGS).errors]


def _inner_loop(root: Element) -> None:
    """A table in a table, with a loop of its own."""
    rows = ("{%tr for line in scale %}", "{{ line }}", "{%tr endfor %}")
    cells = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr><w:p>{run(text)}</w:p></w:tc></w:tr>'
        for text in rows
    )
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="900" w:type="dxa"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>{cells}</w:tbl>'
    )
    cell_with(root, NARRATIVE).insert(1, xml(table))


SAME: dict[str, Callable[[], bytes]] = {
    **{name: RIGHT[name] for name in ("as shipped", "logo with alternative text", "column added", "letterhead")},
    **{name: RIGHT[name] for name in ("comment", "portrait cover", "content control", "footnote", "note in Jinja")},
    "a table in a table": lambda: mangled(_inner_loop),
}


def _canonical(part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part), method="c14n")


@pytest.mark.parametrize("make", SAME.values(), ids=SAME)
def test_both_ways_print_the_same(make: Callable[[], bytes]) -> None:
    opened = open_template(make())
    ways = (opened, replace(opened, needs_docxtpl=True))
    fast, whole = (
        read_parts(print_document(way, sample(), SETTINGS.headings, FINNISH, kept=KeptRows()).docx) for way in ways
    )
    assert fast.keys() == whole.keys()
    for name, part in fast.items():
        if name.endswith(".xml") and not name.startswith("["):
            assert _canonical(part) == _canonical(whole[name]), name


def test_a_table_in_a_table_has_loops_of_its_own() -> None:
    made = body(printed(mangled(_inner_loop)))
    inner = [table for table in made.iter(w("tbl")) if next(table.iterancestors(w("tc")), None) is not None]
    assert inner and {len(table.findall(w("tr"))) for table in inner} == {5}


def test_a_value_stands_among_other_words_in_its_own_look() -> None:
    look = "<w:rPr><w:i/></w:rPr>"
    template = edited(
        f"<w:r><w:t>{NARRATIVE}</w:t></w:r>",
        f'<w:r>{look}<w:t xml:space="preserve">Näin: {{{{r row.narrative }}}} – loppu</w:t></w:r>',
    )
    texts = {own_text(paragraph): paragraph for paragraph in body(printed(template)).iter(w("p"))}
    paragraph = texts["Näin: Kaksi kiinteistöä on myyty.Ei vielä raportoinut: Talousjohtaja – loppu"]
    runs = [each for each in paragraph.iter(w("r")) if "".join(text.text or "" for text in each.iter(w("t")))]
    assert all(each.find(f"{w('rPr')}/{w('i')}") is not None for each in runs)


def test_a_field_of_words_and_two_tags_in_one_run() -> None:
    made = body(printed(without_text("{{ closing }}", "{{r organ }}, {{r municipality }}!")))
    assert own_text(with_text(made, "Kunnanvaltuusto,")) == "Kunnanvaltuusto, Havulahti!"


def test_cells_are_merged_downwards_over_the_rows_of_a_loop() -> None:
    made = body(printed(without_text(FIRST_COLUMN, "{% vm %}{{ section.heading }}")))
    table = next(with_text(made, "Budjetti on tasapainossa").iterancestors(w("tbl")))
    assert [mark.get(w("val")) for mark in table.iter(w("vMerge"))] == ["restart", *["continue"] * 4]


def _merge_heading(root: Element) -> None:
    """One heading over the columns of the degrees, in the table of levels: the second with such columns."""
    cells = (next(each.iterancestors(w("tc")), None) for each in root.iter(w("p")) if own_text(each) == "{{ degree }}")
    first = [cell for cell in cells if cell is not None][2]
    for text in first.iter(w("t")):
        text.text = "{% hm %}Aste"


def test_cells_are_merged_sideways_over_the_columns_of_a_loop() -> None:
    made = body(printed(mangled(_merge_heading)))
    spans = [span.get(w("val")) for span in made.iter(w("gridSpan"))]
    assert spans and set(spans) == {str(len(sample().frame.scale.degrees) + 4)}


@pytest.mark.parametrize(
    ("tag", "mark"),
    [
        ("{% colspan 2 - 1 %}", '<w:gridSpan w:val="1"/>'),
        ("{% cellbg 'DDEEFF' %}", 'w:fill="DDEEFF"'),
    ],
)
def test_a_cell_is_widened_or_coloured(tag: str, mark: str) -> None:
    template = without_text(WAITING, f"{tag}{WAITING}")
    assert told(template) == []
    assert mark in read_parts(printed(template))[BODY].decode()


@pytest.mark.parametrize(
    "template",
    [
        without_text("{{ closing }}", "x {{r closing }} y"),
        without_text(NARRATIVE, "x {{r row.narrative }} y"),
        without_text(FIRST_COLUMN, "{% vm %}{{ section.heading }}"),
        mangled(_merge_heading),
        without_text(WAITING, f"{{% colspan 1 %}}{WAITING}"),
        without_text(WAITING, f"{{% cellbg 'DDEEFF' %}}{WAITING}"),
    ],
    ids=["field among words", "paragraphs among words", "vm", "hm", "colspan", "cellbg"],
)
def test_what_docxtpl_prints_keeps_to_its_format(template: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(printed(template))
    assert OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(tmp_path / "report.docx").errors == []


def test_merged_cells_are_told_as_a_fault_of_accessibility() -> None:
    found = faults_of(without_text(FIRST_COLUMN, "{% vm %}{{ section.heading }}"), SETTINGS)
    assert found.errors == () and {fault.rule for fault in found.sample} == {"cells-merged"}


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (without_text("{{ closing }}", "{% vm %}{{ closing }}"), "“{% vm %}” can stand only in a table’s cell"),
        (without_text("{{ closing }}", "{% colspan 2 %}{{ closing }}"), "can stand only in a table’s cell"),
        (without_text(WAITING, f"{{% hm %}}{WAITING}"), "“{% hm %}” stands in no {%tc for … %}"),
        (without_text("{{p section.goal.degree }}", "{% vm %}{{ section.heading }}"), "stands in no {%tr for … %}"),
        (without_text(WAITING, f"{{% colspan nimi %}}{WAITING}"), "row 3, cell 2: there is no field “nimi”"),
        (without_text(WAITING, "{% colspan 'x' %}x"), "The parts of the template do not make a whole document"),
        (without_text(WAITING, "{{tr row.waiting }}"), "no field gives whole rows or cells"),
        (without_text(WAITING, "{{tc row.waiting }}"), "no field gives whole rows or cells"),
        (without_text("{{ closing }}", "{{r closin }}"), "there is no field “closin”"),
        (without_text("{{ closing }}", "{{r sections }}"), "cannot be printed (a list or a group of fields)"),
        (without_text("{{ closing }}", "{{r summary.chart }}"), "cannot be printed (whole paragraphs)"),
        (without_text(NARRATIVE, "{{r row.narrative[:5] }}"), "the tag cannot be printed"),
        (without_text(NARRATIVE, "{% vm %}{{r row.narrative }}"), "What officers wrote would be lost"),
    ],
)
def test_what_cannot_be_offered_is_refused_with_the_reason(template: bytes, message: str) -> None:
    assert any(message in each for each in told(template)), told(template)


def test_officers_words_are_printed_as_they_are_and_never_as_tags() -> None:
    words = "{{ organ }} {_{ x }_} {% if %} & < > \" ' {# #}\nrivi\tsarake"
    what = report(answer("01", "Talousjohtaja", 4, words))
    template = edited(
        "{{ closing }}",
        "{{ closing }} {%r for section in sections %}{{r section.goal.narrative }}{%r endfor %}",
        template=RIGHT["footnote"](),
    )
    made = render(what, template, SETTINGS.headings, FINNISH)
    plain = render(what, TEMPLATE, SETTINGS.headings, FINNISH)
    texts = [
        "\n".join(own_text(paragraph) for paragraph in body(each).iter(w("p")) if "{_{" in own_text(paragraph))
        for each in (made, plain)
    ]
    assert texts[1] and texts[0].count("{{ organ }} {_{ x }_} {% if %} & < > \" ' {# #}") == 2


def test_a_footnote_is_printed_once_however_many_sections_there_are() -> None:
    what = replace(sample(), frame=replace(sample().frame, organ="{{ municipality }}"))
    noted = edited("{{ statuses }}", "{{ organ }}", "word/footnotes.xml", RIGHT["footnote"]())
    template = mangled(portrait_cover, template=edited("{{ closing }}", "{{r closing }}", template=noted))
    made = read_parts(render(what, template, SETTINGS.headings, FINNISH))
    assert made[BODY].count(b"<w:sectPr") == 2
    assert b"{{ municipality }}" in made["word/footnotes.xml"]


def test_the_same_arguments_give_the_same_bytes_with_our_mark() -> None:
    template = without_text("{{ closing }}", "{{r closing }}")
    once, twice = (printed(template) for _ in range(2))
    assert once == twice and is_document_unchanged(once)


@pytest.mark.parametrize("trick", ["ten loops over a literal list", "nine loops over a text", "text repeated"])
@pytest.mark.parametrize("part", [BODY, "word/header1.xml"])
def test_the_limits_hold(trick: str, part: str) -> None:
    template = without_text("{{ closing }}", "{{r closing }}")
    hostile = edited("</w:p>", f"<w:r><w:t>{TRICKS[trick]}</w:t></w:r></w:p>", part, template)
    with pytest.raises(Exception) as ended:
        render_apart(RenderJob(report(), hostile, SETTINGS.headings, Language.FINNISH))
    assert type(ended.value).__name__ in ("StoppedTemplateError", "TemplateError")
    assert trick == "text repeated" or isinstance(ended.value, StoppedTemplateError)
