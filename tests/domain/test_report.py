from dataclasses import replace

from generator.domain.merge import Rollup, merge
from generator.domain.plan import Plan
from generator.domain.report import Change, Movement, Report, Scope, ScopeKind, Voice, make_report
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, answer, entry, goal

ANSWERS = (
    answer(entry("01.01", CLERK, 3, main_risks="Uusi riski")),
    answer(entry("01.10", CLERK, 2, narrative="Yksi.", main_risks="Sama", overall_status="viivästynyt")),
    answer(entry("01.10", DIRECTOR, 3, narrative="Kaksi.", main_risks="Sama")),
    answer(entry("02", DIRECTOR, None, narrative="Tiedot puuttuvat.", overall_status="")),
)
FOLLOW_UP = merge(PLAN, ANSWERS, Rollup.MEDIAN)


def report(scope: Scope | None = None) -> Report:
    return make_report(SETTINGS.frame, PLAN, FOLLOW_UP, scope=scope or Scope())


def test_the_whole_plan_stands_in_one_section_for_each_council_term_goal() -> None:
    sections = report().sections
    assert [[row.goal.code for row in section.rows] for section in sections] == [
        ["01", "01.01", "01.01.01", "01.01.02", "01.10"],
        ["02"],
    ]


def test_an_extract_holds_the_officers_rows_and_their_ancestors_with_the_wholes_values() -> None:
    whole = {row.goal.code: row for row in report().rows}
    extract = report(Scope(ScopeKind.OFFICER, DIRECTOR)).rows
    assert [row.goal.code for row in extract] == ["01", "01.01", "01.01.02", "01.10", "02"]
    assert all(row == whole[row.goal.code] for row in extract)
    division = report(Scope(ScopeKind.DIVISION, "sivistys")).rows
    assert [row.goal.code for row in division] == ["01", "01.01", "01.01.02", "02"]


def test_different_words_stand_under_their_officers_and_what_is_alike_stands_once() -> None:
    row = {row.goal.code: row for row in report().rows}["01.10"]
    assert row.narratives == (Voice(CLERK, "Yksi.", "fi"), Voice(DIRECTOR, "Kaksi.", "sv"))
    assert row.main_risks == (Voice("", "Sama", "fi"),)
    assert [(voice.officer, voice.degree) for voice in row.degrees] == [(CLERK, 2), (DIRECTOR, 3)]
    assert [(voice.officer, voice.status.id) for voice in row.statuses] == [
        (CLERK, "viivästynyt"),
        (DIRECTOR, "suunnitelman mukaan"),
    ]


def test_a_row_nobody_reported_keeps_the_plans_risks() -> None:
    plan = Plan((goal("01", CLERK, risks="Riski"), goal("02", CLERK, risks=" ")))
    rows = make_report(SETTINGS.frame, plan, merge(plan, (), Rollup.MEDIAN)).rows
    assert [(row.main_risks, row.waiting) for row in rows] == [((Voice("", "Riski"),), (CLERK,)), ((), (CLERK,))]


def test_every_row_is_counted_once() -> None:
    summary = report().summary
    counts = [item.count for item in summary.degrees]
    others = [summary.not_assessable, summary.disputed, summary.not_reported, summary.without_officer]
    assert [count.by_level for count in counts] == [(0, 0, 0), (0, 0, 0), (1, 1, 0), (0, 0, 0), (0, 0, 0)]
    assert [count.by_level for count in others] == [(1, 0, 0), (0, 1, 0), (0, 0, 2), (0, 0, 0)]
    assert sum(count.total for count in counts + others) == summary.total.total == 6


def test_an_unowned_goal_without_children_is_counted_as_having_no_officer() -> None:
    plan = Plan((goal("01"),))
    summary = make_report(SETTINGS.frame, plan, merge(plan, (), Rollup.MEDIAN)).summary
    assert summary.without_officer.by_level == (1, 0, 0)


def test_what_moved_is_told_only_where_a_previous_period_is_held() -> None:
    assert all(row.movement is None for row in report().rows)
    before = merge(PLAN, (answer(entry("01.01", CLERK, 2)), answer(entry("01.10", CLERK, 5))), Rollup.NONE)
    now = merge(PLAN, ANSWERS, Rollup.NONE)
    made = make_report(SETTINGS.frame, PLAN, now, previous=before)
    moved = {row.goal.code: row.movement for row in made.rows if row.movement}
    assert moved["01.01"] == Movement(2, 3) and moved["01.01"].change is Change.ADVANCED
    assert moved["02"].change is Change.NO_EARLIER and moved["01.10"] == Movement(5, None)
    assert Movement(3, 3).change is Change.UNCHANGED and Movement(3, 2).change is Change.FELL_BACK


def test_a_status_that_the_settings_lost_is_not_printed() -> None:
    made = merge(PLAN, (answer(entry("02", DIRECTOR, 3, overall_status="poistettu")),), Rollup.NONE)
    assert make_report(SETTINGS.frame, PLAN, made).rows[-1].statuses == ()


def test_who_has_not_reported_is_listed_with_the_row() -> None:
    assert [(row.goal.code, row.waiting) for row in report().not_reported] == [
        ("01.01.01", (CLERK,)),
        ("01.01.02", (DIRECTOR,)),
    ]


def test_an_earlier_disagreement_is_no_lack_of_an_assessment() -> None:
    before = merge(PLAN, (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 4))), Rollup.NONE)
    made = make_report(SETTINGS.frame, PLAN, FOLLOW_UP, previous=before)
    moved = {row.goal.code: row.movement for row in made.rows if row.movement}
    assert moved["01.10"] and moved["01.10"].differed and moved["01.10"].before is None
    assert moved["01.01"] and not moved["01.01"].differed


def test_a_goal_that_the_earlier_plan_lacked_is_new() -> None:
    before = merge(PLAN, (answer(entry("01.01", CLERK, 2)),), Rollup.NONE)
    earlier = replace(before, goals=tuple(item for item in before.goals if item.goal.code in ("01", "01.01")))
    made = make_report(SETTINGS.frame, PLAN, FOLLOW_UP, previous=earlier)
    changes = {row.goal.code: row.movement.change for row in made.rows if row.movement}
    assert changes["02"] is Change.NEW_GOAL and changes["01.01"] is Change.ADVANCED
    assert changes["01"] is Change.NO_EARLIER


def test_every_row_is_counted_in_one_division() -> None:
    divisions = report().summary.divisions
    counted = {each.division: (each.degrees, each.disputed, each.not_reported, each.total) for each in divisions}
    assert counted == {
        "Konsernipalvelut": ((0, 0, 1, 0, 0), 1, 1, 3),
        "Sivistys": ((0, 0, 0, 0, 0), 0, 1, 2),
        "": ((0, 0, 1, 0, 0), 0, 0, 1),
    }
    assert sum(each.total for each in divisions) == report().summary.total.total
    plan = Plan((goal("01", CLERK),))
    assert make_report(SETTINGS.frame, plan, merge(plan, (), Rollup.NONE)).summary.divisions == ()


def test_the_lowest_are_those_in_the_lower_half_of_the_scale_and_the_disputed_are_not_among_them() -> None:
    low = (answer(entry("01.01", CLERK, 2)), answer(entry("01.01.01", CLERK, 1)), answer(entry("02", DIRECTOR, 3)))
    made = make_report(SETTINGS.frame, PLAN, merge(PLAN, (*ANSWERS[1:3], *low), Rollup.NONE))
    assert [row.goal.code for row in made.lowest] == ["01.01.01", "01.01"]


def test_a_disagreement_holds_what_each_officer_gave() -> None:
    (row,) = report().disagreements
    assert row.goal.code == "01.10" and row.degree is None
    given = [(each.officer, each.degree, each.status and each.status.id) for each in row.disagreement]
    assert given == [(CLERK, 2, "viivästynyt"), (DIRECTOR, 3, "suunnitelman mukaan")]
