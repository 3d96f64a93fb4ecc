"""Every broken template is told at its place, and none gives a document that says less than it must."""

import re
from io import BytesIO

import docx
import pytest

from generator.app.template_check import faults_of
from generator.domain.output.report import frame_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.errors import TemplateError
from generator.formats.docx.document import render
from generator.formats.docx.required_content import require_whole_content
from generator.formats.opc.xml import PackageError
from tests.builders import SETTINGS
from tests.formats.docx.broken_templates import BODY, Broken, broken, mangled, package, portrait
from tests.formats.docx.reports import FINNISH, edited, opened, parts, template_of, write

BROKEN = tuple(broken())


def told(template: bytes) -> list[str]:
    try:
        faults = faults_of(template, SETTINGS).errors
    except TemplateError as error:
        faults = (error,)
    return [str(fault) for fault in faults]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_broken_template_is_told_at_its_place_and_gives_no_document(case: Broken) -> None:
    messages = told(case.template)
    assert any(case.message in message and case.place in message for message in messages), messages
    with pytest.raises((TemplateError, PackageError)):
        for kind in SampleKind:
            report = sample_report(kind, frame_of(SETTINGS, SETTINGS.language))
            require_whole_content(render(report, case.template, SETTINGS.headings, FINNISH), report)


def test_the_broken_templates_are_many_and_each_is_another() -> None:
    assert len({case.name for case in BROKEN}) == len(BROKEN) >= 80
    assert len({case.template for case in BROKEN}) == len(BROKEN)


def test_a_block_that_begins_in_a_heading_and_ends_behind_it_is_printed() -> None:
    document = docx.Document()
    document.add_heading("{% if is_draft %}Luonnos", 2)
    document.add_paragraph("Teksti{% endif %}")
    buffer = BytesIO()
    document.save(buffer)
    assert [each.text for each in opened(write(template=buffer.getvalue())).paragraphs] == ["Luonnos", "Teksti"]


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (["{{ 1 / 0 }}"], "leipäteksti: merkintää ei voi tulostaa (jako nollalla)"),
        (["{{ title|uper }}"], "leipäteksti: muunninta ”uper” ei ole"),
        (["{{ title"], "leipäteksti: merkintä ei ala ja pääty samassa kappaleessa"),
        (["{% unless x %}"], "leipäteksti: mikään merkintä ei ala sanalla ”unless”"),
        (["{{ title ! }}"], "leipäteksti: ”!” ei voi olla merkinnässä"),
    ],
)
def test_faults_are_told_in_finnish(paragraphs: list[str], told: str) -> None:
    with pytest.raises(TemplateError) as caught:
        write(template=template_of(*paragraphs))
    assert FINNISH(caught.value.message, **caught.value.values).startswith(told)


def test_widths_are_written_as_the_language_writes_them() -> None:
    (error, *_) = faults_of(mangled(portrait), SETTINGS).errors
    assert "26,7 cm" in FINNISH(error.message, **error.values)


@pytest.mark.parametrize(
    ("styles", "run_look", "is_lost"),
    [
        ("<w:rPrDefault><w:rPr><w:vanish/>", "", True),
        ("<w:rPrDefault><w:rPr><w:vanish/>", '<w:vanish w:val="0"/>', False),
        ('<w:rPrDefault><w:rPr><w:vanish w:val="false"/>', "", False),
    ],
)
def test_text_that_all_styles_hide_is_lost_but_where_its_run_shows_it(
    styles: str,
    run_look: str,
    is_lost: bool,  # noqa: FBT001
) -> None:
    hidden = edited("<w:rPrDefault><w:rPr>", styles, "word/styles.xml")
    whole = parts(hidden)
    look = f"<w:r><w:rPr>{run_look}</w:rPr>"
    body = re.sub(rb"<w:r>(?:<w:rPr>.*?</w:rPr>)?(?=<w:t[ >])", look.encode(), whole[BODY])
    messages = told(package({**whole, BODY: body}))
    assert any("does not print the rows" in message for message in messages) == is_lost
