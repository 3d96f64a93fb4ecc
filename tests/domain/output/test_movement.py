"""How degrees moved between two periods: against what was printed, under a programme that has changed."""

from dataclasses import replace

import pytest

from generator.domain.base.settings import Rollup
from generator.domain.follow_up.comparison import Basis, Beginning, ComparedReport, Comparison, comparison_with_held
from generator.domain.follow_up.merge import FollowUp, merge
from generator.domain.output.frame import Scope, frame_of
from generator.domain.output.movement import Change, Movement
from generator.domain.output.programme import EndedYear
from generator.domain.output.report import Report, ScopeKind, make_report
from generator.domain.plan.goals import Goal, Plan
from tests.builders import CLERK, DIRECTOR, SETTINGS, answer, entry, goal

FRAME = frame_of(SETTINGS, SETTINGS.language)
FINAL = ComparedReport(Basis.FINAL, 1)


def held(plan: Plan, **degrees: int | None) -> FollowUp:
    """A period in which the officers of each goal gave its degree; codes as `g01_02=3`."""
    codes = {name.removeprefix("g").replace("_", "."): degree for name, degree in degrees.items()}
    given = (answer(entry(code, name, value)) for code, value in codes.items() for name in plan.by_code[code].officers)
    return merge(plan, given, Rollup.MEDIAN)


def compared(
    earlier: Plan, then: FollowUp, now: Plan, follow_up: FollowUp, *, beginning: Beginning = Beginning.PERIOD
) -> Report:
    comparison = comparison_with_held(then, earlier, replace(FINAL, beginning=beginning))
    return make_report(FRAME, now, follow_up, comparison=comparison)


def moved(report: Report) -> dict[str, Movement]:
    return {row.goal.code: row.movement for row in report.rows if row.movement}


def renamed(made: Goal, *earlier: str, **changes: object) -> Goal:
    return replace(made, earlier_codes=earlier, **changes)  # type: ignore[arg-type]


COMPUTED = Plan((goal("01"), goal("01.01", CLERK), goal("01.02", CLERK), goal("01.03", DIRECTOR)))


@pytest.mark.parametrize(
    "now",
    [
        Plan(COMPUTED.goals[:3]),
        Plan((*COMPUTED.goals, goal("01.04", CLERK))),
        Plan((*COMPUTED.goals[:3], goal("01.03", DIRECTOR, title="Aivan muuta"))),
    ],
    ids=["a goal ended", "a goal is new", "a code is another goal's"],
)
def test_a_computed_degree_of_other_goals_neither_rose_nor_fell(now: Plan) -> None:
    then = held(COMPUTED, g01_01=3, g01_02=2, g01_03=5)
    degrees = {f"g{each.code.replace('.', '_')}": 4 for each in now.goals if each.officers}
    movement = moved(compared(COMPUTED, then, now, held(now, **degrees)))["01"]
    assert (movement.before, movement.now, movement.change) == (3, 4, Change.OTHER_SOURCES)


def test_a_computed_degree_of_the_same_goals_moves_like_any_other() -> None:
    now = Plan(
        (
            goal("01"),
            goal("01.01", CLERK),
            goal("01.02", DIRECTOR, title="Tavoite 01.02 uusin sanoin"),
            goal("01.03", CLERK),
        )
    )
    made = compared(
        COMPUTED, held(COMPUTED, g01_01=3, g01_02=3, g01_03=3), now, held(now, g01_01=4, g01_02=4, g01_03=4)
    )
    assert moved(made)["01"].change is Change.ADVANCED


def test_a_degree_that_is_computed_through_another_computed_one_knows_the_goals_under_that() -> None:
    deep = Plan((goal("01"), goal("01.01"), goal("01.01.01", CLERK), goal("01.01.02", CLERK)))
    shallow = Plan(deep.goals[:3])
    made = moved(compared(deep, held(deep, g01_01_01=4, g01_01_02=2), shallow, held(shallow, g01_01_01=5)))
    assert made["01"].change is made["01.01"].change is Change.OTHER_SOURCES
    assert made["01.01.01"].change is Change.ADVANCED


def test_a_child_that_nobody_reported_then_makes_the_computed_degree_another_one() -> None:
    made = compared(
        COMPUTED, held(COMPUTED, g01_01=3, g01_02=3), COMPUTED, held(COMPUTED, g01_01=3, g01_02=3, g01_03=1)
    )
    assert moved(made)["01"].change is Change.OTHER_SOURCES


@pytest.mark.parametrize(
    ("first", "second", "change"), [(3, 3, Change.ADVANCED), (3, 2, Change.JOINED), (3, None, Change.JOINED)]
)
def test_a_joined_goal_is_compared_only_if_the_earlier_degrees_were_equal(
    first: int, second: int | None, change: Change
) -> None:
    earlier = Plan((goal("01", CLERK), goal("02", CLERK)))
    now = Plan((renamed(goal("01", CLERK, title="Yhdessä"), "01", "02"),))
    movement = moved(compared(earlier, held(earlier, g01=first, g02=second), now, held(now, g01=4)))["01"]
    assert movement.change is change and movement.earlier == ("01", "02")


def test_the_parts_of_a_split_goal_neither_rise_nor_fall() -> None:
    earlier, now = Plan((goal("01", CLERK),)), Plan((goal("01", CLERK), renamed(goal("02", CLERK), "01")))
    made = moved(compared(earlier, held(earlier, g01=3), now, held(now, g01=5, g02=1)))
    assert {code: each.change for code, each in made.items()} == {"01": Change.SPLIT, "02": Change.SPLIT}


@pytest.mark.parametrize("officer", [CLERK, DIRECTOR])
def test_a_renumbered_goal_keeps_its_history(officer: str) -> None:
    earlier, now = Plan((goal("01", CLERK),)), Plan((renamed(goal("07", officer, title="Tavoite 01"), "01"),))
    assert moved(compared(earlier, held(earlier, g01=3), now, held(now, g07=4)))["07"] == Movement(3, 4)


def test_next_years_goal_under_the_same_title_begins_afresh() -> None:
    year = Plan((goal("01", CLERK), goal("01.01", CLERK, title="Asukaskysely on tehty"), goal("01.02", CLERK)))
    now = Plan((*year.goals[:2], renamed(year.goals[2], "01.02"), goal("01.03", CLERK)))
    made = compared(
        year, held(year, g01=3, g01_01=5, g01_02=2), now, held(now, g01=4, g01_01=1, g01_02=3), beginning=Beginning.YEAR
    )
    assert {code: each.change for code, each in moved(made).items()} == {
        "01": Change.ADVANCED,
        "01.02": Change.ADVANCED,
    }
    assert made.ended_year == EndedYear(((5, 1),), 0) and made.programme == ()


def test_a_goal_of_several_years_names_its_own_code_in_each_of_them() -> None:
    plan = Plan((goal("01"), renamed(goal("01.01", CLERK), "01.01"), renamed(goal("01.02", CLERK), "01.03")))
    made = compared(
        plan, held(plan, g01_01=3, g01_02=3), plan, held(plan, g01_01=4, g01_02=4), beginning=Beginning.YEAR
    )
    assert [code for code, each in moved(made).items() if each.change is Change.ADVANCED] == ["01.01"]


def test_a_new_years_computed_degree_comes_from_other_goals() -> None:
    made = compared(COMPUTED, held(COMPUTED, g01_01=3), COMPUTED, held(COMPUTED, g01_01=1), beginning=Beginning.YEAR)
    assert {code: each.change for code, each in moved(made).items()} == {"01": Change.OTHER_SOURCES}
    assert made.ended_year == EndedYear(((3, 1),), 2)


def test_a_new_term_is_compared_with_nothing() -> None:
    now = Plan((goal("01", CLERK, title="Aivan uusi ohjelma"),))
    made = compared(COMPUTED, held(COMPUTED, g01_01=3), now, held(now, g01=1), beginning=Beginning.TERM)
    assert moved(made) == {} and made.programme == () and made.ended_year is None
    assert made.compared and made.compared.beginning is Beginning.TERM


def test_what_ended_is_told_with_its_last_degree_also_in_the_extract_of_who_had_it() -> None:
    now = Plan(COMPUTED.goals[:3])
    whole = compared(COMPUTED, held(COMPUTED, g01_03=5), now, held(now, g01_01=1))
    (row,) = whole.programme
    assert (row.change.kind, row.change.goal.code, row.printed[0].degree) == ("removed", "01.03", 5)
    comparison = comparison_with_held(held(COMPUTED, g01_03=5), COMPUTED, FINAL)
    for name, rows in ((DIRECTOR, (row,)), (CLERK, ())):
        extract = make_report(FRAME, now, held(now), comparison=comparison, scope=Scope(ScopeKind.OFFICER, name))
        assert extract.programme == rows


def test_a_comparison_is_the_same_for_the_same_report() -> None:
    one = comparison_with_held(held(COMPUTED, g01_01=3), COMPUTED, FINAL)
    assert (
        isinstance(one, Comparison)
        and one.digest == comparison_with_held(held(COMPUTED, g01_01=3), COMPUTED, FINAL).digest
    )
