"""A council-term goal's title stands in its heading alone; without such a heading its row prints it."""

from collections.abc import Callable
from io import BytesIO

import docx
from docx.document import Document

from generator.formats.docx.document import render
from generator.formats.docx.printed_values import printed_values
from generator.formats.docx.required_content import check_content
from tests.builders import SETTINGS
from tests.formats.docx.reports import FINNISH, TEMPLATE, opened, report

TITLE = "01 Talous on tasapainossa"


def printed(change: Callable[[Document], None]) -> bytes:
    """The report printed by the template after a change in it."""
    template, saved = docx.Document(BytesIO(TEMPLATE)), BytesIO()
    change(template)
    template.save(saved)
    return render(report(), saved.getvalue(), SETTINGS.headings, FINNISH)


def own_row(document: bytes) -> list[str]:
    table = next(table for table in opened(document).tables if len(table.columns) == 8)
    return [cell.text for cell in table.rows[1].cells]


def heading_of(template: Document) -> docx.text.paragraph.Paragraph:
    return next(each for each in template.paragraphs if each.text == "{{ section.heading }}")


def test_the_title_stands_in_the_heading_and_the_row_has_the_code_alone() -> None:
    document = printed(lambda template: None)
    assert own_row(document)[:3] == ["01", "–", "–"]
    assert dict(printed_values(document))["g_01_title"] == TITLE
    assert not check_content(document, report()).faults


def test_a_template_without_such_a_heading_prints_the_title_in_the_row() -> None:
    def without(template: Document) -> None:
        heading_of(template)._p.getparent().remove(heading_of(template)._p)

    document = printed(without)
    assert own_row(document)[0] == TITLE
    assert dict(printed_values(document))["g_01_title"] == TITLE


def test_a_line_that_is_no_heading_does_not_take_the_title_from_the_row() -> None:
    def as_text(template: Document) -> None:
        heading_of(template).style = "Body Text"

    document = printed(as_text)
    assert own_row(document)[0] == TITLE
    assert dict(printed_values(document))["g_01_title"] == TITLE


def test_a_heading_that_a_condition_leaves_out_does_not_take_the_title_from_the_row() -> None:
    def sometimes(template: Document) -> None:
        heading = heading_of(template)
        heading.insert_paragraph_before("{%p if section.remark %}", "Body Text")
        after = heading.insert_paragraph_before("{%p endif %}", "Body Text")
        after._p.addprevious(heading._p)

    document = printed(sometimes)
    assert own_row(document)[0] == TITLE


def test_words_beside_the_title_belong_to_the_heading_and_the_document_is_whole() -> None:
    def longer(template: Document) -> None:
        heading = heading_of(template)
        heading.runs[0].text = "Tavoite {{ section.heading }}"
        heading.add_run(" (valtuusto)")

    document = printed(longer)
    assert own_row(document)[0] == "01"
    assert dict(printed_values(document))["g_01_title"] == f"Tavoite {TITLE} (valtuusto)"
    assert not check_content(document, report()).faults


def test_a_heading_that_is_printed_twice_has_one_bookmark() -> None:
    def twice(template: Document) -> None:
        heading_of(template).insert_paragraph_before("{{ section.heading }}", "Heading 2")

    document = printed(twice)
    assert own_row(document)[0] == "01"
    assert dict(printed_values(document))["g_01_title"] == TITLE


def test_all_rows_in_one_loop_follow_the_heading_too() -> None:
    def one_loop(template: Document) -> None:
        table = next(table for table in template.tables if len(table.columns) == 8)
        own, start = table.rows[1]._tr, table.rows[2]._tr
        own.getparent().remove(own)
        start.xpath(".//w:t")[0].text = "{%tr for row in section.all_rows %}"

    document = printed(one_loop)
    assert own_row(document)[0] == "01"
    assert [value.text for value in printed_values(document) if value.name == "g_01_title"] == [TITLE]
