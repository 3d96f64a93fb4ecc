"""Extracts fit to their size: no contents and no summary where a goal or three say all of it."""

import pytest
from docx.oxml.ns import qn

from generator.domain.base.settings import Language, ScopeKind
from generator.domain.output.frame import WHOLE, Scope, extract_frame, frame_of
from generator.domain.output.report import BRIEF, FEW_GOALS, Report, in_frame
from generator.domain.plan.goals import Goal, Plan
from tests.builders import SETTINGS
from tests.formats.docx.reports import PREVIOUS, answer, follow_up, opened, report, write

OFFICER, OTHER = "Arkistopäällikkö", "Talousjohtaja"


OF_OFFICER = Scope(ScopeKind.OFFICER, OFFICER)


def extract(goals: int, scope: Scope = OF_OFFICER) -> Report:
    """An extract of so many actions under one council-term goal and one annual goal of another officer."""
    above = (Goal("01", "Talous", "", (OTHER,), "", "A2"), Goal("01.01", "Menot", "", (OTHER,), "", "B3"))
    own = (
        Goal(f"01.01.{number:02}", f"Toimi {number}", "", (OFFICER,), "Konserni", f"C{number + 3}")
        for number in range(1, goals + 1)
    )
    plan = Plan((*above, *own))
    answers = (answer(goal.code, goal.officers[0], 3, f"Etenee {goal.code}.") for goal in plan.goals)
    made = report(*answers, plan=plan, scope=scope)
    return in_frame(made, extract_frame(frame_of(SETTINGS, Language.FINNISH), scope, SETTINGS))


def headings(made: Report) -> list[str]:
    paragraphs = opened(write(made)).paragraphs
    return [each.text for each in paragraphs if each.style and str(each.style.name).startswith(("Head", "TOC"))]


def charts(made: Report) -> int:
    return len(list(opened(write(made)).element.body.iter(qn("w:drawing"))))


@pytest.mark.parametrize("goals", [1, 2, BRIEF])
def test_an_extract_of_a_goal_or_three_has_only_their_table(goals: int) -> None:
    made = extract(goals)
    assert headings(made)[1:] == ["01 Talous"] and charts(made) == 0
    document = opened(write(made))
    assert [len(table.rows) for table in document.tables] == [1 + 2 + goals]


@pytest.mark.parametrize("goals", [BRIEF + 1, FEW_GOALS])
def test_an_extract_of_few_goals_has_a_summary_and_no_contents(goals: int) -> None:
    told = headings(extract(goals))
    assert "Yhteenveto" in told and "Sisällys" not in told and charts(extract(goals)) == 1


def test_an_extract_of_many_goals_has_all() -> None:
    assert {"Yhteenveto", "Sisällys"} <= set(headings(extract(FEW_GOALS + 1)))


def test_the_whole_report_has_all_however_small() -> None:
    assert {"Yhteenveto", "Sisällys"} <= set(headings(extract(1, WHOLE)))


def test_what_the_summary_told_of_the_scale_and_the_comparison_is_told_in_short() -> None:
    scope = Scope(ScopeKind.OFFICER, "Ympäristöpäällikkö")
    made = report(previous=follow_up(*PREVIOUS), scope=scope)
    assert made.own_goals == 2 and made.is_brief
    text = "\n".join(paragraph.text for paragraph in opened(write(made)).paragraphs)
    for label in SETTINGS.degree_scale.options("fi"):
        assert text.count(label) == 1
    assert "Vertailukohta" in text or "edelli" in text
    assert "Vastuuhenkilöt ovat arvioineet" in text


@pytest.mark.parametrize(
    ("scope", "named"),
    [(OF_OFFICER, OFFICER), (Scope(ScopeKind.DIVISION, "Konserni"), "Konserni")],
)
def test_an_extract_is_headed_with_whose_it_is_and_names_no_organ_or_case_of_the_council(
    scope: Scope, named: str
) -> None:
    document = opened(write(extract(1, scope)))
    head = [paragraph.text for paragraph in document.paragraphs[:8]]
    assert f"{SETTINGS.municipality}, {named}" in head
    assert not any(SETTINGS.organ in line or SETTINGS.period.case_number in line for line in head)
    assert SETTINGS.period.case_number not in document.sections[0].header.paragraphs[0].text
