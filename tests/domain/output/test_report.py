from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.period import Period
from generator.domain.base.scale import Degree, OverallStatus, OverallStatuses, Scale
from generator.domain.base.settings import Rollup, ScopeKind
from generator.domain.follow_up.comparison import PrintedGoal
from generator.domain.follow_up.merge import FollowUp, merge
from generator.domain.output.frame import WHOLE, Frame, Scope, frame_of
from generator.domain.output.movement import Change, Movement
from generator.domain.output.programme import EndedYear, ProgrammeRow
from generator.domain.output.report import EarlierReport, Report, Voice, extract_of, in_frame, make_report
from generator.domain.output.report_contents import contents_digest, contents_digests
from generator.domain.output.revision import ReplacedVersion
from generator.domain.output.summary import summarise
from generator.domain.output.written_texts import PlacedText, WrittenTexts
from generator.domain.plan.goals import Goal, Officer, Plan, Translation
from generator.domain.plan.programme import ProgrammeChange, ProgrammeChangeKind
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, answer, compared_with, entry, goal

ANSWERS = (
    answer(entry("01.01", CLERK, 3, main_risks="Uusi riski")),
    answer(entry("01.10", CLERK, 2, narrative="Yksi.", main_risks="Sama", overall_status="viivästynyt")),
    answer(entry("01.10", DIRECTOR, 3, narrative="Kaksi.", main_risks="Sama")),
    answer(entry("02", DIRECTOR, None, narrative="Tiedot puuttuvat.", overall_status="")),
)
FOLLOW_UP = merge(PLAN, ANSWERS, Rollup.MEDIAN)

FRAME = frame_of(SETTINGS, SETTINGS.language)


def report(scope: Scope | None = None) -> Report:
    return make_report(FRAME, PLAN, FOLLOW_UP, scope=scope or Scope())


LATER_PLAN = Plan(tuple(replace(each, title=f"{each.title}.") for each in PLAN.goals), PLAN.officers)
LATER_FRAMES = (FRAME, replace(FRAME, is_draft=False), replace(FRAME, scale=Scale(FRAME.scale.degrees[:4])))


@given(
    st.sets(st.integers(0, len(ANSWERS) - 1)),
    st.sampled_from((PLAN, LATER_PLAN)),
    st.sampled_from(LATER_FRAMES),
    st.sampled_from((None, FOLLOW_UP)),
)
def test_a_report_is_the_same_whether_unchanged_rows_are_taken_from_the_earlier_one(
    changed: set[int], plan: Plan, frame: Frame, previous: FollowUp | None
) -> None:
    earlier = EarlierReport(report(), PLAN, FOLLOW_UP)
    spoken = enumerate(ANSWERS)
    answers = [replace(a, entry=replace(a.entry, narrative="Muu.")) if n in changed else a for n, a in spoken]
    follow_up = merge(plan, answers, Rollup.MEDIAN, earlier=FOLLOW_UP)
    made = make_report(frame, plan, follow_up, comparison=compared_with(previous), earlier=earlier)
    anew = make_report(frame, plan, merge(plan, answers, Rollup.MEDIAN), comparison=compared_with(previous))
    assert made == anew and made.digest == anew.digest and follow_up == merge(plan, answers, Rollup.MEDIAN)
    is_alike = plan is PLAN and previous is None and frame.scale == FRAME.scale
    kept = [row for row in made.rows if any(row is old for old in earlier.report.rows)]
    assert len(kept) == (len(made.rows) - len({ANSWERS[n].entry.code for n in changed}) if is_alike else 0)


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
    rows = make_report(FRAME, plan, merge(plan, (), Rollup.MEDIAN)).rows
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
    summary = make_report(FRAME, plan, merge(plan, (), Rollup.MEDIAN)).summary
    assert summary.without_officer.by_level == (1, 0, 0)


def test_what_moved_is_told_only_where_a_previous_period_is_held() -> None:
    assert all(row.movement is None for row in report().rows)
    before = merge(PLAN, (answer(entry("01.01", CLERK, 2)), answer(entry("01.10", CLERK, 5))), Rollup.NONE)
    now = merge(PLAN, ANSWERS, Rollup.NONE)
    made = make_report(FRAME, PLAN, now, comparison=compared_with(before))
    moved = {row.goal.code: row.movement for row in made.rows if row.movement}
    assert moved["01.01"] == Movement(2, 3) and moved["01.01"].change is Change.ADVANCED
    assert moved["02"].change is Change.NO_EARLIER and moved["01.10"] == Movement(5, None)
    assert Movement(3, 3).change is Change.UNCHANGED and Movement(3, 2).change is Change.FELL_BACK


def test_a_status_that_the_settings_lost_is_not_printed() -> None:
    made = merge(PLAN, (answer(entry("02", DIRECTOR, 3, overall_status="poistettu")),), Rollup.NONE)
    assert make_report(FRAME, PLAN, made).rows[-1].statuses == ()


def test_who_has_not_reported_is_listed_with_the_row() -> None:
    assert [(row.goal.code, row.waiting) for row in report().not_reported] == [
        ("01.01.01", (CLERK,)),
        ("01.01.02", (DIRECTOR,)),
    ]


def test_an_earlier_disagreement_is_no_lack_of_an_assessment() -> None:
    before = merge(PLAN, (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 4))), Rollup.NONE)
    made = make_report(FRAME, PLAN, FOLLOW_UP, comparison=compared_with(before))
    moved = {row.goal.code: row.movement for row in made.rows if row.movement}
    assert moved["01.10"] and moved["01.10"].differed and moved["01.10"].before is None
    assert moved["01.01"] and not moved["01.01"].differed


def test_a_goal_that_the_earlier_plan_lacked_is_new() -> None:
    before = merge(PLAN, (answer(entry("01.01", CLERK, 2)),), Rollup.NONE)
    earlier = replace(before, goals=tuple(item for item in before.goals if item.goal.code in ("01", "01.01")))
    made = make_report(FRAME, PLAN, FOLLOW_UP, comparison=compared_with(earlier))
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
    assert make_report(FRAME, plan, merge(plan, (), Rollup.NONE)).summary.divisions == ()


def test_the_lowest_are_those_in_the_lower_half_of_the_scale_and_the_disputed_are_not_among_them() -> None:
    low = (answer(entry("01.01", CLERK, 2)), answer(entry("01.01.01", CLERK, 1)), answer(entry("02", DIRECTOR, 3)))
    made = make_report(FRAME, PLAN, merge(PLAN, (*ANSWERS[1:3], *low), Rollup.NONE))
    assert [row.goal.code for row in made.lowest] == ["01.01.01", "01.01"]


def test_a_disagreement_holds_what_each_officer_gave() -> None:
    (row,) = report().disagreements
    assert row.goal.code == "01.10" and row.degree is None
    given = [(each.officer, each.degree, each.status and each.status.id) for each in row.disagreement]
    assert given == [(CLERK, 2, "viivästynyt"), (DIRECTOR, 3, "suunnitelman mukaan")]


# Extracts and other languages of a whole report


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to three goals on each level under each parent, each of nobody, one officer or two."""
    officers = st.sampled_from([(), (CLERK,), (DIRECTOR,), (CLERK, DIRECTOR), ("Kunnanjohtaja",)])
    divisions = st.sampled_from(["", "Sivistys", "Tekniset"])
    found: list[Goal] = []
    parents = [""]
    for _ in range(3):
        codes = [f"{parent}{number:02}" for parent in parents for number in range(1, draw(st.integers(0, 3)) + 1)]
        found += [goal(code, *draw(officers), division=draw(divisions)) for code in codes]
        parents = [f"{code}." for code in codes]
    return Plan(tuple(found), PLAN.officers)


@st.composite
def follow_ups(draw: st.DrawFn, plan: Plan) -> FollowUp:
    """Any officers' answers to any goals of a plan."""
    given_answers = st.builds(
        entry,
        st.sampled_from([item.code for item in plan.goals] or ["01"]),
        st.sampled_from([CLERK, DIRECTOR]),
        st.none() | st.integers(1, 5),
        overall_status=st.sampled_from(["", "suunnitelman mukaan", "viivästynyt"]),
        main_risks=st.sampled_from(["", "Riski"]),
        narrative=st.sampled_from(["", "Etenee.", "Valmistuu."]),
    )
    found = draw(st.lists(given_answers, max_size=10))
    return merge(
        plan, (answer(each, number) for number, each in enumerate(found, start=1)), draw(st.sampled_from(Rollup))
    )


def scopes(plan: Plan) -> tuple[Scope, ...]:
    officers = (Scope(ScopeKind.OFFICER, name) for name in (*plan.officer_names, "Ei kukaan"))
    return (WHOLE, *officers, *(Scope(ScopeKind.DIVISION, name) for name in plan.divisions))


@given(plans().flatmap(lambda plan: st.tuples(st.just(plan), follow_ups(plan), st.none() | follow_ups(plan))))
def test_an_extract_is_made_of_the_very_rows_of_the_whole(made: tuple[Plan, FollowUp, FollowUp | None]) -> None:
    plan, follow_up, previous = made
    whole = make_report(FRAME, plan, follow_up, comparison=compared_with(previous))
    for scope in scopes(plan):
        extract = extract_of(whole, scope, plan)
        assert extract == make_report(FRAME, plan, follow_up, comparison=compared_with(previous), scope=scope)
        shown = codes_shown(scope, plan)
        expected = [row for row in whole.rows if row.goal.code in shown]
        assert len(extract.rows) == len(expected)
        assert all(row is same for row, same in zip(extract.rows, expected, strict=True))
        counted = tuple(row.counted for row in expected)
        assert extract.summary == summarise(counted, FRAME.scale, FRAME.statuses, plan)
        assert extract.summary.total.total == len(expected)


def codes_shown(scope: Scope, plan: Plan) -> set[str]:
    """The codes of the scope's goals and of all goals above them."""
    if scope.kind is ScopeKind.OFFICER:
        wanted = [item for item in plan.goals if scope.name in item.officers]
    else:
        wanted = [item for item in plan.goals if scope == WHOLE or plan.division_of(item) == scope.name]
    return {code for item in wanted for code in (*item.ancestors, item.code)}


def test_an_extract_is_not_made_of_an_extract() -> None:
    with pytest.raises(ValueError, match="whole"):
        extract_of(report(Scope(ScopeKind.OFFICER, CLERK)), Scope(ScopeKind.OFFICER, DIRECTOR), PLAN)


def test_another_language_changes_the_frame_alone() -> None:
    whole, frame = report(), replace(FRAME, municipality="Havulax", attachment="")
    other = in_frame(whole, frame)
    assert other == make_report(frame, PLAN, FOLLOW_UP)
    assert all(row is same for row, same in zip(other.rows, whole.rows, strict=True))


@pytest.mark.parametrize(
    "change", [{"scale": Scale(SETTINGS.degree_scale.degrees[:2])}, {"statuses": OverallStatuses(())}]
)
def test_a_frame_with_another_scale_does_not_fit_the_rows(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="another scale"):
        in_frame(report(), replace(FRAME, **change))


# Digests

SAMPLE_PLAN = Plan(
    (
        Goal("01", "Elinvoima", "", (), "", "A2"),
        Goal(
            "01.01",
            'Lapsen "oma" koti',
            "Väki\nei riitä",
            (CLERK, DIRECTOR),
            "Sivistys",
            "B3",
            (Translation("sv", "Barnets 'eget' hem"),),
        ),
        Goal("01.01.01", "Åäö\u00a0\u200b", "", (DIRECTOR,), "", "C4"),
    ),
    (Officer(CLERK, "hallinto@kunta.example", "Konsernipalvelut", "fi"),),
)
SAMPLE_FRAME = Frame(
    "Havulahti",
    "Kunnanvaltuusto",
    Period("2026-1", "tammi–kesäkuu 2026", date(2026, 6, 30), date(2026, 8, 14), date(2026, 8, 24), "HAV/412"),
    Scale(tuple(Degree(value, {"sv": f"Steg {value}", "fi": f"Aste {value}"}) for value in (1, 2, 3))),
    OverallStatuses((OverallStatus("▲", "C00000", {"fi": "viivästynyt", "sv": "försenat"}),)),
    attachment="3",
    section="85 §",
)
SAMPLE_ANSWERS = (
    answer(entry("01.01", CLERK, 2, overall_status="viivästynyt", main_risks="Riski"), 1),
    answer(entry("01.01", DIRECTOR.upper(), None, overall_status="", main_risks="Riski"), 2),
)
SAMPLE = make_report(
    SAMPLE_FRAME,
    SAMPLE_PLAN,
    merge(SAMPLE_PLAN, SAMPLE_ANSWERS, Rollup.MEDIAN),
    comparison=compared_with(
        merge(SAMPLE_PLAN, (answer(entry("01.01.01", DIRECTOR, 1, overall_status="")),), Rollup.NONE)
    ),
)


def test_the_digests_of_a_reports_contents_stay_the_same_in_every_version() -> None:
    """The second of each pair is what version 0.1.0 wrote into its finals."""
    assert contents_digests(SAMPLE) == (
        "30f7c6d99a478b417e26813a5692a95b0ad8f7dd13aeda7c28a0e13c822b4a65",
        "7a52861f9e5c1af41d809e7e8d77a1e326e4d8faf15d2b45a7914750f5f8d79f",
    )
    without_previous = make_report(SAMPLE_FRAME, SAMPLE_PLAN, merge(SAMPLE_PLAN, SAMPLE_ANSWERS, Rollup.MEDIAN))
    assert contents_digests(without_previous) == (
        "e8be4af5b4044492bc54d12a2dad1e9c2564654954e773bbd64907c7eca28a7e",
        "0c19d5ac94fd4c7e174d7d74b654274cfcde5f65453b4ddf2b126563275399cd",
    )


def test_a_draft_and_a_final_have_the_same_contents() -> None:
    final = in_frame(SAMPLE, replace(SAMPLE_FRAME, is_draft=False))
    late = in_frame(SAMPLE, replace(SAMPLE_FRAME, is_late=True))
    assert contents_digest(final) == contents_digest(late) == contents_digests(SAMPLE)[0]
    assert len({final.digest, late.digest, SAMPLE.digest}) == 3


# Where a goal's title stands in plan.xlsx is printed nowhere.
NOT_PRINTED = {"Goal.cell"}


def test_every_field_of_a_report_changes_its_digest() -> None:
    """A field that is added to one of the classes has to be in the digest, or be listed above as not printed."""
    removed = Goal("02", "Asuminen", "", (CLERK,), "Sivistys", "A5")
    change = ProgrammeChange(ProgrammeChangeKind.REMOVED, removed, (removed,))
    programme = (ProgrammeRow(change, (PrintedGoal(removed, 3),)),)
    replaced = ReplacedVersion(1, date(2026, 8, 24), {"g_01_narrative": "Työ on alkanut."})
    texts = WrittenTexts((PlacedText("foreword", "fi", "Aluksi."),))
    whole = replace(SAMPLE, programme=programme, ended_year=EndedYear(((5, 2),), 1), replaced=replaced, texts=texts)
    found = list(variants(whole))
    assert {name for name, other in found if other.digest == whole.digest} == NOT_PRINTED
    assert {name for name, _ in found} == {
        f"{kind.__name__}.{each.name}" for kind in dataclasses_in(Report) for each in fields(kind)
    }
    told = [other.digest for name, other in found if name not in NOT_PRINTED]
    assert len(set(told)) == len(told)


def variants(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The value with one thing in it changed at a time, and the field it is in, as `Goal.title`.

    Goes through dataclasses and tuples down to the innermost fields.
    """
    if is_dataclass(value):
        for each in fields(value):
            own = f"{type(value).__name__}.{each.name}"
            yield own, replace(value, **{each.name: _changed(getattr(value, each.name))})  # type: ignore[type-var]
            for inner, other in variants(getattr(value, each.name), own):
                if inner != own:
                    yield inner, replace(value, **{each.name: other})  # type: ignore[type-var]
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            for inner, other in variants(part, name):
                yield inner, (*value[:place], other, *value[place + 1 :])


def _changed(value: Any) -> Any:
    """Another value of the same kind, or a placeholder where there is none."""
    match value:
        case bool():
            return not value
        case Enum():
            return next(other for other in type(value) if other is not value)
        case str():
            return f"{value}x"
        case int():
            return value + 100
        case date():
            return value + timedelta(days=1)
        case tuple():
            return (*value, "x")
        case Mapping():
            return {**value, "en": "x"}
    return None if value is not None else "x"


def dataclasses_in(kind: Any) -> set[Any]:
    """A dataclass and all that are in its fields, by their annotations."""
    if get_args(kind):
        return {found for part in get_args(kind) for found in dataclasses_in(part)}
    if not is_dataclass(kind):
        return set()
    hints = get_type_hints(kind)
    return {kind}.union(*(dataclasses_in(hints[each.name]) for each in fields(kind)))


reports_of_one_plan = plans().flatmap(
    lambda plan: st.tuples(
        st.just(plan), follow_ups(plan), follow_ups(plan), st.none() | follow_ups(plan), st.none() | follow_ups(plan)
    )
)


@given(reports_of_one_plan)
def test_reports_are_equal_where_their_digests_are(
    made: tuple[Plan, FollowUp, FollowUp, FollowUp | None, FollowUp | None],
) -> None:
    plan, *follow_up, one_before, other_before = made
    one = make_report(FRAME, plan, follow_up[0], comparison=compared_with(one_before))
    other = make_report(FRAME, plan, follow_up[1], comparison=compared_with(other_before))
    again = make_report(FRAME, plan, follow_up[0], comparison=compared_with(one_before))
    assert again == one and again.digest == one.digest
    assert (one == other) is (one.digest == other.digest)
    for mine, theirs in zip(one.rows, other.rows, strict=True):
        assert (mine == theirs) is (mine.digest == theirs.digest)


@given(plans().flatmap(lambda plan: st.tuples(st.just(plan), follow_ups(plan))), st.data())
def test_a_changed_value_changes_its_own_row_section_and_report_alone(
    made: tuple[Plan, FollowUp], data: st.DataObject
) -> None:
    one = make_report(FRAME, *made)
    if not one.sections:
        return
    place = data.draw(st.integers(0, len(one.sections) - 1))
    line = data.draw(st.integers(0, len(one.sections[place].rows) - 1))
    told = [(name, row) for name, row in variants(one.sections[place].rows[line]) if name not in NOT_PRINTED]
    other = with_row(one, place, line, data.draw(st.sampled_from(told))[1])
    assert one.digest != other.digest
    assert _differing(one.sections, other.sections) == [place]
    assert _differing(one.sections[place].rows, other.sections[place].rows) == [line]


def with_row(one: Report, place: int, line: int, row: Any) -> Report:
    """The report made anew with another row."""
    rows = tuple(replace(old) if number != line else row for number, old in enumerate(one.sections[place].rows))
    sections = [replace(section) for section in one.sections]
    sections[place] = replace(sections[place], rows=rows)
    return replace(one, sections=tuple(sections))


def _differing(these: tuple[Any, ...], those: tuple[Any, ...]) -> list[int]:
    pairs = zip(these, those, strict=True)
    return [number for number, (one, other) in enumerate(pairs) if one.digest != other.digest]
