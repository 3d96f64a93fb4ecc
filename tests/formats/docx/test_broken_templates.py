"""Every broken template is told at its place, and none gives a document that says less than it must."""

import pytest

from generator.app.template_check import faults_of
from generator.domain.output.report import frame_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.errors import TemplateError
from generator.formats.docx.document import render
from generator.formats.docx.required_content import require_whole_content
from generator.formats.opc.xml import PackageError
from tests.builders import SETTINGS
from tests.formats.docx.broken_templates import Broken, broken
from tests.formats.docx.reports import FINNISH

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
