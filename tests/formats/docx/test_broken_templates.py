"""Every broken template is told at its place, and none gives a document that says less than it must."""

import re
from io import BytesIO

import docx
import jinja2
import pytest

from generator.app.problems import problem_of
from generator.app.template_check import faults_of
from generator.domain.base.settings import Language
from generator.domain.output.frame import frame_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.errors import TemplateError
from generator.formats.docx.document import render
from generator.formats.docx.faults import TemplatePlace
from generator.formats.docx.forbidden_content import COMMENT
from generator.formats.docx.jinja_reasons import printing_error, syntax_error
from generator.formats.docx.required_content import require_whole_content
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import PackageError, parse_xml
from generator.i18n.words import Words
from tests.builders import SETTINGS
from tests.formats.docx.broken_templates import BODY, Broken, broken, mangled, package, portrait, xml
from tests.formats.docx.reports import FINNISH, edited, opened, parts, template_of, write

BROKEN, SWEDISH = tuple(broken()), Words(Language.SWEDISH)


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
    ("paragraph", "told"),
    [
        ("{{ title|uper }}", "muunninta ”uper” ei ole"),
        ("{{ sections|map('uper')|list }}", "muunninta ”uper” ei ole"),
        ("{{ title", "merkintä ei ala ja pääty samassa kappaleessa"),
        ("{% unless x %}", "mikään merkintä ei ala sanalla ”unless”"),
        ("{{ title ! }}", "”!” ei voi olla merkinnässä"),
        ("{% for 1 in scale %}{% endfor %}", "merkintää ei voi lukea (kenttää ei voi muuttaa)"),
        ("{{ 1 is odd is even }}", "merkintää ei voi lukea (sen sanat eivät ole niin kuin pitää)"),
        ("{% block x %}{% endblock %}{% block x %}{% endblock %}", "merkintää ei voi lukea (kahdella lohkolla"),
    ],
)
def test_faults_are_told_in_finnish(paragraph: str, told: str) -> None:
    assert finnish_fault(paragraph).startswith(f"leipäteksti: {told}")


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ 1 / 0 }}", "jako nollalla"),
        ("{{ 1 % 0 }}", "jako nollalla"),
        ("{{ 9 ** 9 ** 9 }}", "tulos on liian suuri"),
        ("{{ title + 1 }}", "teksti, luku tai luettelo on kohdassa, johon tarvitaan toinen niistä"),
        ("{{ title < 3 }}", "teksti, luku tai luettelo on kohdassa, johon tarvitaan toinen niistä"),
        ("{{ title|round }}", "teksti, luku tai luettelo on kohdassa, johon tarvitaan toinen niistä"),
        ("{{ '%d %d' % 1 }}", "teksti, jossa on %-merkkejä, ei sovi arvoihinsa"),
        ("{{ title[100] }}", "sitä, mitä merkintä hakee, ei ole"),
        ("{{ {'a': 1}['b'] }}", "sitä, mitä merkintä hakee, ei ole"),
        ("{% for s in sections %}{{ loop.foo }}{% endfor %}", "sitä, mitä merkintä hakee, ei ole"),
        ("{{ []|first }}", "luettelo on tyhjä"),
        ("{{ title() }}", "sen perässä ei voi olla sulkeita"),
        ("{{ 5|length }}", "siinä pitää olla luettelo"),
        ("{% for x in 5 %}x{% endfor %}", "siinä pitää olla luettelo"),
        ("{% for a, b in scale %}x{% endfor %}", "nimiä on enemmän tai vähemmän kuin arvoja"),
        ("{{ title|join(1, 2, 3) }}", "suluissa on liian monta tai liian vähän arvoja"),
        ("{% set title.x = 1 %}", "kenttää ei voi muuttaa"),
        ("{{ 3|round(2, 'x') }}", "arvo ei ole niitä, jotka siinä sallitaan"),
        ("{{ [title]|map(attribute='__class__')|first }}", "sitä ei saa käyttää mallipohjassa"),
    ],
)
def test_why_a_tag_cannot_be_printed_is_told_in_finnish(tag: str, reason: str) -> None:
    assert finnish_fault(tag).startswith(f"leipäteksti: merkintää ei voi tulostaa ({reason}). Kappaleessa lukee")


def finnish_fault(paragraph: str) -> str:
    with pytest.raises(TemplateError) as caught:
        write(template=template_of(paragraph))
    return FINNISH(caught.value.message, **caught.value.values)


def test_what_has_no_translation_is_quoted_behind_a_finnish_word() -> None:
    for error in (
        syntax_error("odd thing", TemplatePlace("document")),
        printing_error(jinja2.TemplateRuntimeError("odd thing"), TemplatePlace("document")),
    ):
        assert "(englanniksi: odd thing)" in FINNISH(error.message, **error.values)


def test_a_kept_problem_writes_widths_as_the_language_does() -> None:
    (error, *_) = faults_of(mangled(portrait), SETTINGS).errors
    kept = problem_of(error)
    assert "26,7 cm" in FINNISH(kept.message, **dict(kept.details))


def test_a_comment_is_called_what_word_calls_it() -> None:
    assert (FINNISH(COMMENT.in_paragraph), SWEDISH(COMMENT.in_paragraph)) == (
        "{part}: kommentti. Kappaleessa lukee: {near}",
        "{part}: en kommentar. I stycket står: {near}",
    )


def test_an_object_in_an_empty_paragraph_is_told_by_the_text_behind_it() -> None:
    template = mangled(lambda root: root.find(w("body")).insert(2, xml('<w:altChunk r:id="rId9"/>')))  # type: ignore[union-attr]
    behind = next(own_text(each) for each in list(parse_xml(parts(template)[BODY])[0])[3:] if own_text(each))
    assert f"body text: an embedded object or another file stands before the paragraph that reads: {behind}" in told(
        template
    )


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
