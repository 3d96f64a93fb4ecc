"""The lines of the summary and the chapters behind it: what they count, in which language, under which heading."""

from dataclasses import replace

import pytest

from generator.domain.base.settings import Language, Rollup
from generator.domain.base.text import name_key
from generator.domain.follow_up.comparison import Basis, Beginning, ComparedReport, comparison_with_held
from generator.domain.follow_up.merge import merge
from generator.domain.output.frame import frame_of
from generator.domain.output.report import Report, make_report
from generator.domain.plan.goals import Goal, Plan, Translation
from generator.formats.docx.fields import DocumentFields
from generator.formats.docx.values import make_fields
from generator.i18n.words import Words
from tests.builders import SETTINGS
from tests.formats.docx.reports import answer, follow_up, opened, outline, report, write

FINNISH, SWEDISH, ENGLISH = (Words(language) for language in Language)
FIRST, SECOND = "Talousjohtaja", "Tekninen johtaja"
YEARLY = Plan((Goal("01", "Talous", "", (FIRST,), "", "A2"), Goal("01.01", "Vuoden työ", "", (FIRST,), "", "B3")))
COMPUTED = Plan((Goal("01", "Talous", "", (), "", "A2"), Goal("01.01", "Työ", "", (FIRST,), "", "B3")))


def fields(made: Report, words: Words = FINNISH) -> DocumentFields:
    return make_fields(made, SETTINGS.headings, words)


def lines(made: Report, words: Words = FINNISH) -> dict[str, str]:
    return {matter.label: matter.text for matter in fields(made, words).summary.matters}


def compared(earlier: Plan, now: Plan, how: ComparedReport, *, before: int, degree: int) -> Report:
    """A report on all goals of an officer at one degree, compared with one where they had another."""
    then, given = (
        follow_up(*(answer(each.code, FIRST, value) for each in plan.goals if each.officers), plan=plan)
        for plan, value in ((earlier, before), (now, degree))
    )
    comparison = comparison_with_held(then, earlier, how)
    return make_report(frame_of(SETTINGS, SETTINGS.language), now, given, comparison=comparison)


HELD = ComparedReport(Basis.HELD)


@pytest.mark.parametrize(
    ("words", "label", "told"),
    [
        (FINNISH, "✓ Toteutui (1)", "01.01 Työ (yhteensä 2, niistä laskettuja 1)"),
        (SWEDISH, "✓ Uppnåddes (1)", "01.01 Työ (totalt 2, av dem beräknade 1)"),
        (ENGLISH, "✓ Newly achieved (1)", "01.01 Työ (in all 2, of them computed 1)"),
    ],
)
def test_achieved_goals_say_how_many_of_their_degrees_are_computed(words: Words, label: str, told: str) -> None:
    assert lines(compared(COMPUTED, COMPUTED, HELD, before=3, degree=5), words)[label] == told
    assert (
        lines(compared(COMPUTED, COMPUTED, HELD, before=5, degree=5))["✓ Toteutunut"]
        == "yhteensä 2, niistä laskettuja 1"
    )


def test_of_the_lowest_degrees_those_of_officers_are_told_and_not_those_computed_from_them() -> None:
    made = report(answer("01.01", FIRST, 1, status=""), plan=COMPUTED)
    assert lines(made)["Alimmat asteet 1 ja 2 (1)"] == "01.01 Työ"
    assert [row.title for row in fields(made).attention.rows] == ["01.01 Työ"]


def test_last_years_goals_are_told_in_one_sentence_of_the_summary() -> None:
    made = compared(YEARLY, YEARLY, replace(HELD, beginning=Beginning.YEAR), before=3, degree=5)
    text = outline(opened(write(made)))
    assert text.count("Viime vuoden vuositavoitteista ja toimenpiteistä (yhteensä 1) oli asteella 3: 1.") == 1
    assert "✓ Toteutui (2)\t01 Talous · 01.01 Vuoden työ (yhteensä 2)" in text


def test_the_decision_on_the_programme_ends_with_one_full_stop() -> None:
    made = report(plan=YEARLY)
    decided = replace(made, frame=replace(made.frame, plan_decision="KV 15.12.2025 § 120."))
    assert fields(decided).summary.basis == "Toteutusohjelma: KV 15.12.2025 § 120."


@pytest.mark.parametrize(
    ("how", "told"), [(replace(HELD, has_other_scale=True), "3 aiemmalla asteikolla"), (HELD, "3 Toteutus on")]
)
def test_a_removed_goal_has_its_last_degree_without_the_label_of_another_scale(how: ComparedReport, told: str) -> None:
    (row,) = fields(compared(YEARLY, Plan(YEARLY.goals[:1]), how, before=3, degree=3)).programme.rows
    (line,) = row.earlier.value
    assert line.text.startswith(f"viimeinen aste: {told}")


def test_a_shared_goal_that_nobody_reported_is_counted_once() -> None:
    shared = Plan((Goal("01", "Talous", "", (FIRST, SECOND), "", "A2"), Goal("02", "Luonto", "", (FIRST,), "", "A3")))
    made = make_report(frame_of(SETTINGS, SETTINGS.language), shared, follow_up(plan=shared))
    assert lines(made)["Ei raportoitu (2)"] == "Talousjohtaja; Tekninen johtaja 1 · Talousjohtaja 1"


def test_an_answer_whose_sender_is_to_be_checked_is_not_told_as_if_nobody_had_answered() -> None:
    shared = Plan((Goal("01", "Talous", "", (FIRST, SECOND), "", "A2"), Goal("02", "Luonto", "", (FIRST,), "", "A3")))
    merged = merge(shared, (), Rollup.MEDIAN, unchecked={("01", name_key(SECOND))})
    made = make_report(frame_of(SETTINGS, SETTINGS.language), shared, merged)
    assert lines(made)["Ei raportoitu (2)"].endswith("Talousjohtaja 1 (niistä odottaa lähettäjän tarkistusta 1)")
    (row, _) = fields(made).unreported.rows
    assert row.waiting == "Talousjohtaja; Tekninen johtaja (odottaa lähettäjän tarkistusta)"


@pytest.mark.parametrize(("titles", "language"), [((Translation("sv", "Ekonomi"),), ""), ((), "fi-FI")])
def test_a_line_tells_the_language_of_its_titles(titles: tuple[Translation, ...], language: str) -> None:
    plan = Plan((Goal("01", "Talous", "", (FIRST,), "", "A2", translations=titles),))
    (line, *_) = fields(report(answer("01", FIRST, 1, status=""), plan=plan), SWEDISH).summary.matters
    assert line.language == language


def test_what_rose_has_a_chapter_of_its_own_apart_from_what_needs_attention() -> None:
    title = "Vuoden työ, jonka nimi on niin pitkä, ettei rivillä ole tilaa"
    goals = tuple(Goal(f"{n:02}", f"{title} {n}", "", (FIRST,), "", f"A{n}") for n in (1, 2))
    text = outline(opened(write(compared(Plan(goals), Plan(goals), HELD, before=3, degree=4))))
    told = f"↑ Nousi (2): 01 {title} 1: 3 → 4 · 02 {title} 2: 3 → 4.\n"
    assert f"[Heading 2] Nousseet ja toteutuneet tavoitteet\n[Tiivistelmä] {told}" in text
    assert "Huomiota vaativat" not in text


def test_achieved_goals_for_which_the_summary_has_room_are_not_told_again_behind_it() -> None:
    goals = tuple(Goal(f"{n:02}", "x" * 52, "", (FIRST,), "", f"A{n}") for n in (1, 2))
    made = compared(Plan(goals), Plan(goals), HELD, before=3, degree=5)
    assert len(lines(made)["✓ Toteutui (2)"].split(" · ")) == 2 and fields(made).attention.risen == ""
