"""Which goals the summary names: achieved since the compared report, at the lowest degrees, needing attention."""

from dataclasses import replace

import pytest

from generator.domain.base.scale import OverallStatus, OverallStatuses
from generator.domain.base.settings import Rollup
from generator.domain.follow_up.comparison import Beginning
from generator.domain.follow_up.merge import merge
from generator.domain.output.matters import ChangedDegrees, Matters, matters_of
from generator.domain.output.report import ReportRow, make_report
from generator.domain.plan.goals import Plan
from tests.builders import CLERK, answer, entry, goal
from tests.domain.output.test_movement import FRAME, compared, held, renamed


def codes(rows: tuple[ReportRow, ...]) -> list[str]:
    return [row.goal.code for row in rows]


def moved(then: Plan, now: Plan, /, beginning: Beginning = Beginning.PERIOD, **degrees: int) -> ChangedDegrees:
    """What is told of the degrees now, where every goal of an officer had the degree 3."""
    before = held(then, **{_name(each.code): 3 for each in then.goals if each.officers})
    found = matters_of(compared(then, before, now, held(now, **degrees), beginning=beginning)).moved
    assert found
    return found


def _name(code: str) -> str:
    return f"g{code.replace('.', '_')}"


ONE = Plan((goal("01", CLERK), goal("02", CLERK)))


def test_new_goals_that_are_achieved_are_told_among_the_achieved_and_not_among_the_others() -> None:
    now = Plan((*ONE.goals, goal("03", CLERK), goal("04", CLERK)))
    found = moved(ONE, now, g01=5, g02=3, g03=5, g04=2)
    assert (codes(found.achieved), codes(found.others)) == (["01", "03"], ["02", "04"])


def test_goals_made_of_others_are_achieved_unless_those_were_achieved_before() -> None:
    earlier = Plan((goal("01", CLERK), goal("02", CLERK)))
    now = Plan((renamed(goal("03", CLERK), "01"), renamed(goal("04", CLERK), "01"), renamed(goal("05", CLERK), "02")))
    report = compared(earlier, held(earlier, g01=5, g02=3), now, held(now, g03=5, g04=5, g05=5))
    found = matters_of(report).moved
    assert found and (codes(found.achieved), codes(found.others)) == (["05"], ["03", "04"])


def test_annual_goals_that_begin_afresh_are_told_when_they_are_achieved() -> None:
    plan = Plan((goal("01", CLERK), goal("01.01", CLERK)))
    found = moved(plan, plan, Beginning.YEAR, g01=3, g01_01=5)
    assert (codes(found.achieved), codes(found.others)) == (["01.01"], ["01"])


def test_every_compared_goal_is_told_once() -> None:
    plan = Plan((goal("01"), goal("01.01", CLERK), goal("02", CLERK), goal("03", CLERK), goal("04", CLERK)))
    now = Plan((*plan.goals, goal("05", CLERK)))
    found = moved(plan, now, g01_01=4, g02=2, g03=5, g04=3)
    told = [*found.fell, *found.rose, *found.achieved, *found.others]
    assert sorted(row.goal.code for row in told) == [each.code for each in now.goals]
    assert codes(found.others) == ["01", "04", "05"]  # computed, unchanged, new


def given(*statuses: str) -> Matters:
    """What is told of goals at the lowest degree, each with a status (an empty string: none)."""
    plan = Plan(tuple(goal(f"{number:02}", CLERK) for number in range(1, len(statuses) + 1)))
    entries = (
        entry(each.code, CLERK, 1, overall_status=status) for each, status in zip(plan.goals, statuses, strict=True)
    )
    return matters_of(make_report(FRAME, plan, merge(plan, map(answer, entries), Rollup.MEDIAN)))


def test_the_settings_say_which_statuses_need_attention() -> None:
    plan = Plan(tuple(goal(f"{number:02}", CLERK) for number in (1, 2, 3)))
    words = ("valmis", "suunnitelman mukaan", "viivästynyt")
    statuses = tuple(OverallStatus("o", "000000", {"fi": word}, word == "viivästynyt") for word in words)
    entries = (entry(each.code, CLERK, 1, overall_status=word) for each, word in zip(plan.goals, words, strict=True))
    frame = replace(FRAME, statuses=OverallStatuses(statuses))
    found = matters_of(make_report(frame, plan, merge(plan, map(answer, entries), Rollup.MEDIAN)))
    assert (codes(found.needing_attention), codes(found.lowest)) == (["03"], [])


ON_PLAN, LATE = "suunnitelman mukaan", "viivästynyt"


@pytest.mark.parametrize(
    ("statuses", "lowest", "attention"),
    [
        (("", ""), ["01", "02"], ["01", "02"]),
        ((ON_PLAN, ""), ["02"], ["02"]),
        ((LATE, ""), ["02"], ["01", "02"]),
        ((ON_PLAN, ON_PLAN), [], []),
    ],
)
def test_a_goal_without_a_status_is_told_by_its_degree_whatever_the_others_have(
    statuses: tuple[str, ...], lowest: list[str], attention: list[str]
) -> None:
    found = given(*statuses)
    assert (codes(found.lowest), codes(found.needing_attention)) == (lowest, attention)
