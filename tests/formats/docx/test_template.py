import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st

from generator.app.template_check import check_template
from generator.errors import TemplateError
from generator.formats.docx.package import LARGEST_TEXT
from generator.formats.docx.template import find_faults, open_template
from generator.formats.opc.package import MEGABYTE, MOST_BYTES, in_order
from generator.formats.opc.zip_writer import write_parts
from tests.builders import SETTINGS
from tests.formats.docx.reports import (
    PREVIOUS,
    TEMPLATE,
    edited,
    follow_up,
    opened,
    outline,
    parts,
    report,
    template_of,
    write,
)

ROW = "{{p row.narrative }}"


def fault_of(template: bytes) -> TemplateError:
    """The error that printing with the template ends in; its message and advice in English."""
    with pytest.raises(TemplateError) as caught:
        write(template=template)
    error = caught.value
    assert error.exit_code == 3
    assert error.advice.format(**error.values)
    return error


def advice(error: TemplateError) -> str:
    return error.advice.format(**error.values)


def table_of(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def changed(name: str, part: bytes, template: bytes = TEMPLATE) -> bytes:
    whole = {**parts(template), name: part}
    return write_parts((name, (whole[name],)) for name in in_order(whole))


def test_our_own_template_has_no_faults() -> None:
    assert find_faults(TEMPLATE) == ()


def test_a_misspelt_field_is_named_with_its_cell_and_the_fields_near_it() -> None:
    error = fault_of(edited(ROW, "{{p row.narative }}"))
    assert str(error) == (
        "body text, table 9, row 4, cell 7: there is no field “row.narative”. The cell reads: {{p row.narative }}"
    )
    assert advice(error).startswith("Write row.narrative")


def test_a_misspelt_field_is_found_where_this_report_would_not_print_it() -> None:
    error = fault_of(template_of("{% if is_extract %}{{ titel }}{% endif %}"))
    assert "body text: there is no field “titel”" in str(error) and "title" in advice(error)


def test_a_misspelt_field_in_the_header_or_in_an_alternative_text_is_found_too() -> None:
    header = edited("municipality", "municipalty", "word/header1.xml")
    assert str(fault_of(header)).startswith("header: there is no field “municipalty”")
    caption = edited("{{ summary.caption }}", "{{ summary.captoin }}")
    assert "“summary.captoin”" in str(fault_of(caption))


def test_every_fault_is_found_in_one_pass() -> None:
    faults = find_faults(
        edited(ROW, "{{p row.narative }}", template=edited("{{ labels.page }}", "{{ labels.pag }}", "word/footer1.xml"))
    )
    assert [str(fault).partition(". ")[0] for fault in faults] == [
        "body text, table 9, row 4, cell 7: there is no field “row.narative”",
        "footer: there is no field “labels.pag”",
    ]


@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (["{{ title"], "body text: a tag does not begin and end in the paragraph. The paragraph reads: {{ title"),
        (["{{ title }"], "a tag does not begin and end"),
        (["{{ title + }}"], "body text: the tag ends too early"),
        (["{% unless x %}"], "no tag begins with “unless”"),
        (["{{ title|safe }}"], "there is no filter “safe”"),
        (["{%p for section in sections %}", "x"], "“{%p for section in sections %}” has no pair"),
        (["x", "{%p endif %}"], "“{%p endif %}” has no pair"),
        (["{%p if is_draft %}", "{%p endfor %}"], "“{%p endfor %}” has no pair"),
        (["{%p if is_draft %}", "{% endif %}"], "“{% endif %}” does not stand at the same level as its pair"),
        (["{%p if is_draft %}", "x", "{% else %}", "{%p endif %}"], "“{% else %}” does not stand at the same level"),
        (["Otsikko {%p if is_draft %}", "{%p endif %}"], "the text beside “{%p if is_draft %}” would be lost"),
        (["{% for section in sections %}{{ section.goal.narrative }}{% endfor %}"], "is whole paragraphs"),
        (["{{ ''.__class__ }}"], "a template may not use “''.__class__”"),
        (["{{ ''.__class__.__mro__[1].__subclasses__() }}"], "a template may not use"),
        (["{{ title.upper() }}"], "a template may not use “title.upper()”"),
        (["{{ self.__init__ }}"], "there is no field “self”"),
        (["{{ [1].append(2) }}"], "a template may not use"),
        (["{{ range(9) }}"], "there is no field “range”"),
        (["{% for s in sections[:9] %}{% endfor %}"], "a template may not use “sections[…]”"),
        (["{% for s in sections %}{% for r in s.rows[1:50] %}{% endfor %}{% endfor %}"], "may not use “s.rows[…]”"),
        (["{% for s in sections %}{% for r in (s.all_rows|list)[:5] %}{% endfor %}{% endfor %}"], "may not use “…[…]”"),
        (["{% include 'x' %}"], "a template may not use “include”"),
        (["{% import 'x' as y %}"], "a template may not use “import”"),
        (["{% autoescape false %}{{ title }}{% endautoescape %}"], "a template may not use “autoescape”"),
        (["{{ title|_printed(0) }}"], "a template may not use “{{ title|_printed(0) }}”"),
        (["{{ title|_printed_runs(0) }}"], "a template may not use “{{ title|_printed_runs(0) }}”"),
        (["{{ labels }}"], "there is no field “labels”"),
        (["{{ scale }}"], "there is no field “scale”"),
        (["{{ (sections|first).goal if is_draft }}"], "the tag cannot be printed (a list or a group of fields)"),
        (["{{ sections.heading }}"], "there is no field “sections.heading”"),
        (["{{ title.narrative }}"], "there is no field “title.narrative”"),
        (["{% for a, b in sections %}{{ c }}{% endfor %}"], "there is no field “c”"),
        (["{{ " + "(" * 2000 + " }}"], "the tag"),
        (["{{ 1/0 }}"], "the tag cannot be printed (division by zero)"),
        (["{{ title() }}"], "the tag cannot be printed (parentheses cannot stand behind it)"),
        (["{{ (sections|first).heading.x }}"], "there is no field"),
        (["{% macro m(x) %}{{ m(x) }}{% endmacro %}{{ m(1) }}"], "the tag cannot be printed (too deep)"),
        (["{{ (sections|map('narative')|list) }}"], "there is no filter “narative”"),
        (["{% for section in sections %}{{ section.goal.narrative if is_draft }}{% endfor %}"], "cannot be printed"),
        (["{{ sections[0]['titel'] }}"], "there is no field “sections.titel”"),
    ],
)
def test_what_an_author_can_do_wrongly_is_said_with_its_place(paragraphs: list[str], message: str) -> None:
    error = fault_of(template_of(*paragraphs))
    assert message in str(error)
    assert str(error).startswith("body text") and "reads: " in str(error)


def test_rows_that_begin_in_one_table_and_cells_that_are_merged_are_refused() -> None:
    loose = table_of(("{%tr for section in sections %}", ""), ("{{ section.heading }} {%p endfor %}", ""))
    assert "body text, table 1, row 2, cell 1: the text beside “{%p endfor %}” would be lost" in str(fault_of(loose))
    crossing = table_of(("{% for section in sections %}", "x"), ("{% endfor %}", "x"))
    assert "body text, table 1, row 2, cell 1: “{% endfor %}” does not stand at the same level" in str(
        fault_of(crossing)
    )
    merged = table_of(("{% vm %}x", "y"))
    assert "table 1, row 1, cell 1: “{% vm %}” stands in no {%tr for … %}" in str(fault_of(merged))


def test_tags_that_would_leave_the_document_in_pieces_are_refused() -> None:
    start, end = "{% if not is_draft %}", "{% endif %}"
    link = (
        f'<w:p><w:hyperlink w:anchor="a"><w:r><w:t>{start}</w:t></w:r></w:hyperlink><w:r><w:t>{end}</w:t></w:r></w:p>'
    )
    crossing = changed("word/document.xml", word().replace(b"<w:body>", b"<w:body>" + link.encode()))
    error = fault_of(crossing)
    assert str(error).startswith("body text: “{% endif %}” does not stand at the same level as its pair")


pieces_of_templates = st.sampled_from(
    (
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{%p",
            "{{p ",
            "{%-",
            "-%}",
            "p ",
            "tr ",
            " ",
            "\u00a0",
            "“",
            "<",
            "&",
            "😀",
        ),
        *(
            "{%p if is_draft %}",
            "{%p endif %}",
            "{% if is_draft %}",
            "{% endif %}",
            "{%p else %}",
            "{% raw %}",
            "{% vm %}",
        ),
        *("{%p for section in sections %}", "{%p for row in section.rows %}", "{%p endfor %}", "{%tr endfor %}"),
        *(
            "{{ title }}",
            "{{ titel }}",
            "{{p row.narrative }}",
            "{{p section.goal.degree }}",
            "{{r title }}",
            "{{ 7*7 }}",
        ),
        *(
            "{% set a = title %}",
            "{% block b %}",
            "{% endblock %}",
            "{% extends a %}",
            "{% call x() %}",
            "{% endcall %}",
        ),
        *(
            "title",
            "section.goal",
            ".__class__",
            "|safe",
            "|first",
            "|map",
            "(",
            ")",
            "[0]",
            "'",
            '"',
            "loop.index",
            "if",
            "1/0",
        ),
        *(
            "{% colspan 2 %}",
            "{% cellbg 'FF0000' %}",
            "{% filter upper %}",
            "{% endfilter %}",
            "{%p set row = section.goal %}",
        ),
    )
)


@given(st.lists(st.lists(pieces_of_templates, max_size=6).map("".join), max_size=6), st.booleans())
def test_whatever_an_author_writes_gives_a_document_or_an_error_with_advice(texts: list[str], in_table: bool) -> None:  # noqa: FBT001
    template = table_of(*((text, "x") for text in texts)) if in_table and texts else template_of(*texts)
    try:
        opened(write(template=template))
    except TemplateError as error:
        assert error.message.format(**error.values) and advice(error)


def word(name: str = "word/document.xml") -> bytes:
    return parts(TEMPLATE)[name]


@pytest.mark.parametrize(
    "template",
    [
        b"",
        b"%PDF-1.7",
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096),
        TEMPLATE[:3000],
        write_parts([("mimetype", (b"application/vnd.oasis.opendocument.text",))]),
        changed(
            "[Content_Types].xml", parts(TEMPLATE)["[Content_Types].xml"].replace(b"document.main", b"template.main")
        ),
        changed("[Content_Types].xml", b"<Types/>"),
        changed("word/document.xml", b"<w:document"),
        changed("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>' + word().partition(b"?>")[2]),
    ],
    ids=["empty", "pdf", "encrypted", "cut", "odt", "dotx", "no types", "not xml", "entities"],
)
def test_what_is_no_word_document_is_refused_with_advice(template: bytes) -> None:
    error = fault_of(template)
    assert str(error) == "The template is not a Word document (.docx), or it is damaged or protected with a password."
    assert "choose Word document (.docx)" in advice(error)
    assert find_faults(template) and str(find_faults(template)[0]) == str(error)


def test_a_template_that_is_too_large_is_refused() -> None:
    padded = word().replace(b"<w:body>", b"<w:body>" + b" " * (LARGEST_TEXT * MEGABYTE))
    assert (
        str(fault_of(changed("word/document.xml", padded)))
        == "The template is too large: 5 MB. At most 5 MB can be used."
    )
    bomb = changed("word/media/a.png", bytes((MOST_BYTES // MEGABYTE + 1) * MEGABYTE))
    assert "At most 100 MB" in str(fault_of(bomb))


def test_a_template_that_is_too_large_is_checked_as_such(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(changed("word/media/a.png", bytes(MOST_BYTES + MEGABYTE)))
    with pytest.raises(TemplateError, match="At most 100 MB"):
        check_template(path, SETTINGS)
    path.write_bytes(b"no zip")
    with pytest.raises(TemplateError, match="not a Word document"):
        check_template(path, SETTINGS)


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(name: str, kind: str, target: str, template: bytes = TEMPLATE) -> bytes:
    whole = parts(template)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    relation = f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
    part = whole.get(name, empty).replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    return changed(name, part, template)


def test_a_template_that_fetches_from_outside_is_refused_and_a_link_is_not() -> None:
    error = fault_of(related("word/_rels/document.xml.rels", "image", "http://example.org/logo.png"))
    assert str(error).endswith("the template fetches something from outside: http://example.org/logo.png")
    write(template=related("word/_rels/document.xml.rels", "hyperlink", "https://example.org/"))


def test_the_path_of_the_template_that_the_template_was_made_from_does_not_leave_the_house() -> None:
    linked = related("word/_rels/settings.xml.rels", "attachedTemplate", "file:///C:/Users/someone/Normal.dotm")
    own = word("word/settings.xml").replace(
        b"<w:zoom", f'<w:attachedTemplate xmlns:r="{RELATIONS}" r:id="rId99"/><w:zoom'.encode(), 1
    )
    made = parts(write(template=changed("word/settings.xml", own, linked)))
    assert all(b"someone" not in part for part in made.values())
    assert b"attachedTemplate" not in made["word/settings.xml"]


def test_a_value_looks_like_its_tag() -> None:
    document = docx.Document()
    document.add_paragraph("{%p for section in sections %}")
    tag = document.add_paragraph(style="Quote")
    tag.paragraph_format.space_after = Pt(1)
    run = tag.add_run("{{p section.goal.narrative }}")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(7), RGBColor(1, 2, 3)
    document.add_paragraph("{%p endfor %}")
    buffer = BytesIO()
    document.save(buffer)
    printed = opened(write(template=buffer.getvalue())).paragraphs[0]
    assert (printed.text, printed.style.name) == ("Budjetti on tasapainossa.", "Quote")  # type: ignore[union-attr]
    assert printed.paragraph_format.space_after == Pt(1)
    (run,) = printed.runs
    assert (run.bold, run.font.size, run.font.color.rgb) == (True, Pt(7), RGBColor(1, 2, 3))


def test_a_section_break_is_not_repeated_with_a_values_paragraphs() -> None:
    document = docx.Document()
    document.add_paragraph("{{p closing }}")._p.get_or_add_pPr().append(OxmlElement("w:sectPr"))
    buffer = BytesIO()
    document.save(buffer)
    assert len(document.sections) == 2
    assert len(opened(write(template=buffer.getvalue())).sections) == 1


def test_a_status_keeps_the_tags_look_but_for_its_colour() -> None:
    document = docx.Document()
    document.add_paragraph("{%p for section in sections %}")
    run = document.add_paragraph().add_run("{{p section.goal.overall_status }}")
    run.italic, run.font.size, run.font.color.rgb = True, Pt(7), RGBColor(1, 2, 3)
    document.add_paragraph("{%p endfor %}")
    buffer = BytesIO()
    document.save(buffer)
    (printed,) = opened(write(template=buffer.getvalue())).paragraphs[0].runs
    assert (printed.text, printed.italic, str(printed.font.color.rgb)) == ("● suunnitelman mukaan", True, "1B6E3C")


def test_a_tag_that_word_has_cut_into_runs_is_still_one_tag() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ tit", "le }", "} – {% if is_draft ", "%}“{{ state }}”{% end", "if %}"):
        paragraph.add_run(piece)
    values = document.add_paragraph()
    for piece in ("{{", "p clos", "ing }}"):
        values.add_run(piece)
    buffer = BytesIO()
    document.save(buffer)
    assert outline(opened(write(template=buffer.getvalue()))) == (
        "[Normal] Toteutusohjelman seurantaraportti, tammi–kesäkuu 2026 – “Luonnos”\n"
        "[Normal] Raportti on koottu vastuuhenkilöiden antamista vastauksista."
    )


def test_sets_macros_filters_and_conditions_of_jinja_work() -> None:
    template = template_of(
        "{%p set goal = (sections|first).goal %}",
        "{{ goal.title|upper }} {{ sections|length }} {{ scale|join('; ')|length > 9 }}",
        "{% macro twice(text) %}{{ text }} {{ text }}{% endmacro %}{{ twice('<&>') }}",
        "{% with a = title %}{{ a|length }}{% endwith %}{% set b %}x{% endset %}{{ b }}",
        "{%p for section in sections|reverse if section.rows %}",
        "{{ loop.index }} {{ section.heading }}",
        "{%p else %}",
        "{%p endfor %}",
        "{{ 'yes' if sections[0].goal['level'] == 1 else 'no' }} {{ scale[:1]|length }}",
        "{%p if not is_draft %}",
        "final",
        "{%p elif is_draft %}",
        "draft",
        "{%p endif %}",
    )
    assert [paragraph.text for paragraph in opened(write(template=template)).paragraphs] == [
        "01 TALOUS ON TASAPAINOSSA 3 True",
        "<&> <&>",
        "53x",
        "1 02 Luonto voi hyvin",
        "2 01 Talous on tasapainossa",
        "yes 1",
        "draft",
    ]


def test_a_template_without_tags_is_printed_as_it_is() -> None:
    assert outline(opened(write(template=template_of("Ei mitään.")))) == "[Normal] Ei mitään."


def test_words_own_bookmarks_are_not_repeated_and_others_keep_their_numbers() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/>'
    xml = word().decode()
    marked = xml.replace("<w:r>", mark.format(7, "_GoBack") + "<w:r>", 1).replace(
        "</w:body>", mark.format(90, "Loppu") + "</w:body>"
    )
    made = parts(write(template=changed("word/document.xml", marked.encode())))["word/document.xml"].decode()
    assert "_GoBack" not in made and made.count('w:id="90"') == 2
    assert '<w:bookmarkStart w:id="91" w:name="_Toc000000001"/>' in made


def test_a_template_is_opened_once_for_many_documents() -> None:
    assert open_template(TEMPLATE) is open_template(TEMPLATE)


def table_with(cell: tuple[str, ...], *, template: bytes | None = None) -> bytes:
    """A template whose table's first cell holds these paragraphs."""
    document = docx.Document(BytesIO(template or table_of(("", "x"))))
    first = document.tables[0].rows[0].cells[0]
    for text in cell:
        first.add_paragraph(text)
    first._tc.remove(first.paragraphs[0]._p)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (("{%p if is_extract %}", "Ote", "{%p endif %}"), "–"),
        (("{%p if is_draft %}", "Luonnos", "{%p endif %}"), "Luonnos"),
        (("{%p for row in changes.rows %}", "{{p row.officer }}", "{%p endfor %}"), "–"),
        (
            ("{%p set a = title %}", "{%p if is_extract %}", "{%p else %}", "{{ a }}", "{%p endif %}", "Aina"),
            "report\nAina",
        ),
    ],
)
def test_a_cell_whose_tags_print_nothing_holds_a_dash(cell: tuple[str, ...], printed: str) -> None:
    text = opened(write(template=table_with(cell))).tables[0].rows[0].cells[0].text
    assert text.replace("Toteutusohjelman seurantaraportti, tammi–kesäkuu 2026", "report") == printed


def test_a_cell_without_properties_of_its_own_holds_a_dash_too() -> None:
    whole = parts(table_with(("{%p if is_extract %}", "Ote", "{%p endif %}")))["word/document.xml"].decode()
    bare = re.sub("<w:tcPr>.*?</w:tcPr>", "", whole, flags=re.DOTALL)
    template = changed("word/document.xml", bare.encode(), table_of(("", "x")))
    assert [cell.text for cell in opened(write(template=template)).tables[0].rows[0].cells] == ["–", "x"]


def test_a_table_whose_tags_print_no_row_is_left_out() -> None:
    rows = (("{%tr for row in changes.rows %}", ""), ("{{ row.title }}", "x"), ("{%tr endfor %}", ""))
    alone = table_of(*rows)
    body = parts(alone)["word/document.xml"].replace(b"<w:tbl>", b"<w:p><w:r><w:t>Muutokset</w:t></w:r></w:p><w:tbl>")
    template = changed("word/document.xml", body, alone)
    assert opened(write(template=template)).tables == []
    changed_goals = opened(write(report(previous=follow_up(*PREVIOUS)), template)).tables[0].rows
    assert [row.cells[0].text.partition(" ")[0] for row in changed_goals] == ["01.02", "02", "02.10"]
