"""The chapter on changes to the programme, the report that is compared with, and the guard of both."""

from dataclasses import replace
from datetime import date

import pytest

from generator.app.template_check import faults_of
from generator.domain.base.settings import Language, Rollup
from generator.domain.follow_up.comparison import Basis, Beginning, ComparedReport, comparison_with_held
from generator.domain.follow_up.merge import merge
from generator.domain.output.frame import frame_of
from generator.domain.output.movement import Movement
from generator.domain.output.report import Report, make_report
from generator.domain.output.sample import SampleKind, sample_report
from generator.domain.plan.goals import Goal, Plan
from generator.domain.plan.succession import Origin
from generator.errors import TemplateError
from generator.formats.docx.document_language import document_language
from generator.formats.docx.movement_words import compared_text, movement_text
from generator.formats.docx.required_content import require_content, require_whole_content
from generator.formats.docx_accessibility.checker import check_document
from generator.i18n.words import Words
from tests.builders import SETTINGS
from tests.formats.docx.reports import FINNISH, TEMPLATE, edited, opened, outline, write

SWEDISH, ENGLISH = Words(Language.SWEDISH), Words(Language.ENGLISH)
HEADING = "Muutokset toteutusohjelmaan"


def sample(language: Language = Language.FINNISH, kind: SampleKind = SampleKind.EVERY_STATE) -> Report:
    return sample_report(kind, frame_of(SETTINGS, language))


def test_the_chapter_tells_each_kind_of_change_with_what_was_before() -> None:
    text = outline(opened(write(sample())))
    chapter = text.partition(f"[Heading 2] {HEADING}\n")[2].partition("[Heading 2]")[0]
    assert chapter.splitlines()[1:] == [
        "| Tavoite | Muutos | Aiemmin |",
        "| 03.01 Kosteikkoja rakennetaan | uusi tavoite | – |",
        "| 02.03 Perhekeskus avataan | poistunut ohjelmasta | viimeinen aste: 3 Toteutus on aloitettu, ei vielä "
        "valmis |",
        "| 02.04 Päiväkoti laajennetaan | poistunut ohjelmasta | viimeinen aste: arviot erosivat |",
        "| 02.05 Perhepäivähoitajia palkataan | poistunut ohjelmasta | viimeinen aste: ei astetta |",
        "| 02.02.01 Omatoimikirjasto avataan | nimi muuttunut | 02.02.01 Omatoimikirjasto avataan kesään mennessä |",
        "| 03.03 Järvien vedenlaatu paranee | jaettu tavoitteesta | 03.04 Vesien laatu paranee / viimeinen aste: "
        "3 Toteutus on aloitettu, ei vielä valmis |",
        "| 03.04 Jokien vedenlaatu paranee | jaettu tavoitteesta | 03.04 Vesien laatu paranee / viimeinen aste: "
        "3 Toteutus on aloitettu, ei vielä valmis |",
        "| 03.02 Puistoja ja metsiä hoidetaan yhdessä | yhdistetty tavoitteista | 03.02 Puistoja hoidetaan / viimeinen "
        "aste: 3 Toteutus on aloitettu, ei vielä valmis / 03.03 Metsiä hoidetaan / viimeinen aste: "
        "2 Suunnitteluvaiheessa, on edetty hieman |",
        "| 03.05 Luontopolut kunnostetaan | koodi muuttunut | 03.06 Luontopolut kunnostetaan |",
        "| 02.02 Kirjasto ja museo palvelevat kahdella kielellä | vastuuhenkilö nyt: Kulttuurijohtaja | "
        "Sivistysjohtaja |",
        "| 03.05 Luontopolut kunnostetaan | toimialue nyt: Tekniset palvelut | Sivistyspalvelut |",
    ]


@pytest.mark.parametrize("kind", [SampleKind.FIRST_PERIOD, SampleKind.SMALLEST, SampleKind.ALL_WELL])
def test_without_a_previous_period_there_is_no_chapter(kind: SampleKind) -> None:
    assert HEADING not in outline(opened(write(sample(kind=kind))))


@pytest.mark.parametrize("words", [FINNISH, SWEDISH, ENGLISH], ids=lambda words: words.language.value)
def test_the_chapter_passes_the_guard_and_is_accessible_in_each_language(words: Words) -> None:
    made = sample(words.language)
    docx = write(made, words=words)
    require_whole_content(docx, made)
    assert check_document(docx) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("item in programme.rows", "item in programme.rows[:2]"),
        ("{{p item.earlier }}", "{{ item.change }}"),
        ("{{ item.title }}", "{{ item.change }}"),
    ],
)
def test_a_template_that_prints_only_some_changes_is_refused(old: str, new: str) -> None:
    template = edited(old, new)
    with pytest.raises(TemplateError, match="does not print all changes"):
        require_content(write(sample(), template), sample())
    assert any("all changes to the programme" in str(fault) for fault in faults_of(template, SETTINGS).errors)


def test_a_template_without_the_chapter_is_asked_about_and_makes_reports() -> None:
    template = edited("{%p if programme.rows %}", "{%p if is_draft and not is_draft %}")
    found = faults_of(template, SETTINGS)
    assert found.errors == () and any("programme.rows" in str(question) for question in found.questions)
    require_whole_content(write(sample(), template), sample())
    assert not any("programme.rows" in str(question) for question in faults_of(TEMPLATE, SETTINGS).questions)


@pytest.mark.parametrize("title", ["Kysely {{ vuosi }}", "Kysely {% if %} & <muut>"])
def test_earlier_words_of_the_plan_are_not_taken_for_tags(title: str) -> None:
    then = Plan((Goal("01", title, "", (title,), title, "A2"), Goal("02", title, "", (title,), "", "A3")))
    now = Plan((Goal("01", f"{title} uudestaan", "", ("Talousjohtaja",), "", "A2"),))
    comparison = comparison_with_held(merge(then, (), Rollup.MEDIAN), then, ComparedReport(Basis.FINAL, 1, None, title))
    frame = replace(frame_of(SETTINGS, Language.FINNISH), plan_decision=title)
    made = make_report(frame, now, merge(now, (), Rollup.MEDIAN), comparison=comparison)
    require_whole_content(write(made), made)


@pytest.mark.parametrize(
    ("compared", "told"),
    [
        (
            ComparedReport(Basis.FINAL, 1, date(2026, 11, 9), "§ 85", periods=(("fi", "tammi–kesäkuu 2026"),)),
            "Vertailukohta: edellisen raportointikauden (tammi–kesäkuu 2026) raportin versio 1, "
            "jonka valtuusto käsitteli 9.11.2026 (§ 85).",
        ),
        (
            ComparedReport(Basis.FINAL, 2, date(2026, 11, 9)),
            "Vertailukohta: edellisen raportointikauden raportin versio 2, jonka valtuusto käsitteli 9.11.2026.",
        ),
        (ComparedReport(Basis.FINAL, 2), "Vertailukohta: edellisen raportointikauden lopullinen raportti, versio 2."),
        (
            ComparedReport(Basis.HELD),
            "Vertailukohta: edellisen raportointikauden viimeisimmät tiedot; kautta ei ole vahvistettu lopulliseksi.",
        ),
        (
            ComparedReport(Basis.FINAL, 1, beginning=Beginning.TERM),
            "Valtuustokausi on vaihtunut: mitään ei verrata edelliseen valtuustokauteen.",
        ),
    ],
)
def test_the_document_says_with_what_it_is_compared(compared: ComparedReport, told: str) -> None:
    assert compared_text(compared, FINNISH).replace("\u00a0", " ") == told
    assert len({compared_text(compared, words) for words in (FINNISH, SWEDISH, ENGLISH)}) == 3


@pytest.mark.parametrize(
    ("movement", "told"),
    [
        (Movement(3, 3), ""),
        (Movement(3, 2, has_other_sources=True), "3 → 2, laskentaperuste muuttui"),
        (Movement(3, 4, Origin.JOINED, earlier=("01", "02")), "yhdistetty tavoitteista 01 ja 02; 3 → 4, nousi"),
        (Movement(None, 4, Origin.JOINED, earlier=("01", "02")), "yhdistetty tavoitteista 01 ja 02"),
        (Movement(3, 5, Origin.SPLIT, earlier=("01",)), "jaettu tavoitteesta 01; edellisellä kaudella 3"),
        (Movement(None, 5, Origin.SPLIT, earlier=("01",)), "jaettu tavoitteesta 01"),
        (Movement(None, 2, Origin.NEW), "uusi tavoite"),
        (Movement(None, 2, differed=True), "aiemmat arviot erosivat"),
    ],
)
def test_a_movement_in_words(movement: Movement, told: str) -> None:
    lang = document_language(frame_of(SETTINGS, Language.FINNISH), FINNISH)
    assert movement_text(movement, lang).replace("\u00a0", " ") == told
