"""What a changed plan would do to what is held in the period."""

from dataclasses import replace

import pytest

from generator.domain.follow_up.plan_difference import (
    OfficerChange,
    OfficerChangeKind,
    PlanDifference,
    difference_in_period,
)
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.domain.submission.answers import Answer
from tests.builders import CLERK, DIRECTOR, PLAN, answer, entry, goal


def difference(now: Plan, *answers: Answer, forms: tuple[str, ...] = (CLERK, DIRECTOR)) -> PlanDifference:
    return difference_in_period(PLAN, now, answers, with_form=forms, unowned_reporter="")


def changed(**officers: tuple[str, ...]) -> Plan:
    """The plan with other officers on goals, codes as `g01_02=(CLERK,)`."""
    codes = {name[1:].replace("_", "."): names for name, names in officers.items()}
    return Plan(
        tuple(replace(each, officers=codes.get(each.code, each.officers)) for each in PLAN.goals), PLAN.officers
    )


def test_the_same_plan_changes_nothing() -> None:
    assert difference(PLAN, answer(entry("01.01", CLERK))) == PlanDifference(())


def test_an_answer_is_lost_only_where_the_report_printed_it_and_would_not() -> None:
    shared = (answer(entry("01.10", CLERK)), answer(entry("01.10", DIRECTOR)))
    assert difference(changed(g01_10=(DIRECTOR,)), *shared).unprinted == shared[:1]
    # An answer stands under the name of who gave it until the new officer reports.
    assert difference(changed(g01_10=(DIRECTOR,)), shared[0]).unprinted == ()


@pytest.mark.parametrize(("forms", "rows"), [((CLERK, DIRECTOR), {CLERK: ["02"]}), ((DIRECTOR,), {})])
def test_a_form_lacks_rows_only_if_the_officer_has_one(forms: tuple[str, ...], rows: dict[str, list[str]]) -> None:
    found = difference(changed(g02=(CLERK,)), forms=forms).forms
    assert {each.officer: [goal.code for goal in each.goals] for each in found} == rows


def test_a_title_under_the_same_code_is_told_however_far_it_is() -> None:
    now = Plan((*PLAN.goals[:-1], goal("02", DIRECTOR, title="Aivan muuta")), PLAN.officers)
    assert [(each.kind, each.goal.title) for each in difference(now).changes] == [("retitled", "Aivan muuta")]


def test_a_renamed_post_is_no_other_officer() -> None:
    name = "Hallinto- ja talousjohtaja"
    goals: tuple[Goal, ...] = tuple(
        replace(each, officers=tuple(name if own == CLERK else own for own in each.officers)) for each in PLAN.goals
    )
    now = Plan(goals, (Officer(name, "", "Konsernipalvelut", "fi", former_names=(CLERK,)), PLAN.officers[1]))
    assert difference(now, answer(entry("01.01", name)), forms=(name,)) == PlanDifference(
        (), officers=(OfficerChange(name, OfficerChangeKind.RENAMED, CLERK),)
    )
