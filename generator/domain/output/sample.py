"""A sample report: invented goals in every state that a row can have, to try a template with before it is used."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum

from generator.domain.base.settings import Rollup, ScopeKind
from generator.domain.base.text import name_key
from generator.domain.follow_up.comparison import Basis, ComparedReport, Comparison, comparison_with_held
from generator.domain.follow_up.edit_acts import TEXT_PLACES
from generator.domain.follow_up.merge import FollowUp, merge
from generator.domain.output.frame import WHOLE, Frame, Scope
from generator.domain.output.report import Report, make_report
from generator.domain.output.sample_content import (
    CULTURE,
    EARLIER_GOALS,
    FINANCE,
    GOALS,
    LANGUAGES,
    REMARKS,
    TEXTS,
    SampleAnswer,
    SampleGoal,
    Step,
)
from generator.domain.output.written_texts import PlacedText, WrittenTexts
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.domain.submission.answers import Answer, Entry, EntryCells

_TIME = "2026-08-14T09:00:00+03:00"
_DEALT_WITH = date(2026, 2, 16)
_NOWHERE = EntryCells("", "", "", "")


class SampleKind(StrEnum):
    """Which sample: each has something that the others lack.

    EVERY_STATE is a draft with a previous period and all that a frame can name; FIRST_PERIOD a final without a previous
    period; EXTRACT one officer's goals, BRIEF those of another who has few; SMALLEST a plan of one goal that nobody
    owns, with nothing else to print;
    ALL_WELL has one officer a goal, all at the highest degree, so that no list behind the summary has a row.
    """

    EVERY_STATE = "every_state"
    FIRST_PERIOD = "first_period"
    EXTRACT = "extract"
    BRIEF = "brief"
    SMALLEST = "smallest"
    ALL_WELL = "all_well"


def sample_report(kind: SampleKind, frame: Frame) -> Report:
    """The sample in a frame: a municipality's own names, scale and statuses, as its report has them."""
    if kind is SampleKind.SMALLEST:
        return _smallest(frame)
    if kind is SampleKind.ALL_WELL:
        return _all_well(replace(frame, is_draft=False))
    plan, now = _plan(GOALS), _follow_up(GOALS, frame)
    if kind is SampleKind.FIRST_PERIOD:
        return make_report(replace(frame, is_draft=False), plan, now)
    scope = _SCOPES.get(kind, WHOLE)
    report = make_report(_filled(frame), plan, now, comparison=_comparison(frame), scope=scope)
    return replace(report, texts=_texts(frame)) if kind is SampleKind.EVERY_STATE else report


_SCOPES = {
    SampleKind.EXTRACT: Scope(ScopeKind.OFFICER, FINANCE),
    SampleKind.BRIEF: Scope(ScopeKind.OFFICER, CULTURE),
}


def _filled(frame: Frame) -> Frame:
    """The frame as a draft, with a case number, a section and an attachment, where it has none of its own."""
    period = frame.period
    numbered = replace(period, case_number=period.case_number or "1/00.01.02/2026")
    return replace(
        frame,
        period=numbered,
        is_draft=True,
        section=frame.section or "1 §",
        attachment=frame.attachment or "1",
        plan_decision=frame.plan_decision or "KV 15.12.2025 § 120",
    )


def _texts(frame: Frame) -> WrittenTexts:
    """A text in each place of the report; the first two have several paragraphs."""
    said = (*zip(TEXT_PLACES, TEXTS, strict=True), *((code, text) for code, text in REMARKS.items()))
    return WrittenTexts(tuple(PlacedText(place, frame.language, text) for place, text in said))


def _smallest(frame: Frame) -> Report:
    period = replace(frame.period, case_number="")
    plan = _plan((replace(GOALS[-1], code="01"),))
    bare = replace(frame, period=period, is_draft=True, is_late=False, section="", attachment="", plan_decision="")
    return make_report(bare, plan, merge(plan, (), Rollup.NONE))


def _all_well(frame: Frame) -> Report:
    return make_report(frame, _plan(ALL_WELL), _follow_up(ALL_WELL, frame))


def _alone(goal: SampleGoal) -> SampleGoal:
    """A goal with an officer of its own, who has reported the highest degree."""
    officer = f"{FINANCE} {goal.code}"
    said = SampleAnswer(officer, Step.HIGHEST, f"{goal.title}.", f"{goal.code} {goal.title}?")
    return replace(goal, officers=(officer,), answers=(said,))


ALL_WELL = tuple(_alone(goal) for goal in GOALS)


def _plan(goals: tuple[SampleGoal, ...]) -> Plan:
    rows = tuple(
        Goal(
            goal.code,
            goal.title,
            goal.main_risks,
            goal.officers,
            goal.division,
            f"A{row}",
            earlier_codes=goal.earlier_codes,
        )
        for row, goal in enumerate(goals, 2)
    )
    return Plan(rows, tuple(Officer(name, "", "", language) for name, language in LANGUAGES.items()))


def _follow_up(goals: tuple[SampleGoal, ...], frame: Frame) -> FollowUp:
    said = [(goal, given) for goal in goals for given in goal.answers]
    answers = (_answer(goal, given, frame) for goal, given in said if not given.is_unchecked)
    unchecked = frozenset((goal.code, name_key(given.officer)) for goal, given in said if given.is_unchecked)
    return merge(_plan(goals), answers, Rollup.MEDIAN, unchecked=unchecked)


def _comparison(frame: Frame) -> Comparison:
    """Makes the sample's previous period: present goals as they were then, and goals that have ended since."""
    known = tuple(_as_before(goal) for goal in GOALS if goal.before is not None)
    goals = tuple(sorted((*known, *EARLIER_GOALS), key=lambda goal: goal.code))
    plan = _plan(goals)
    follow_up = merge(plan, (answer for goal in goals for answer in _earlier(goal, frame)), Rollup.MEDIAN)
    return comparison_with_held(follow_up, plan, ComparedReport(Basis.FINAL, 1, _DEALT_WITH, "85 §"))


def _as_before(goal: SampleGoal) -> SampleGoal:
    return replace(goal, title=goal.title_before or goal.title, officers=goal.officers_before or goal.officers)


def _earlier(goal: SampleGoal, frame: Frame) -> Iterator[Answer]:
    for officer, step in zip(goal.officers, goal.before or (), strict=False):
        yield _answer(goal, SampleAnswer(officer, step, goal.title), frame)


def _answer(goal: SampleGoal, given: SampleAnswer, frame: Frame) -> Answer:
    statuses = frame.statuses.statuses
    status = statuses[min(given.status, len(statuses) - 1)].id if statuses and given.status is not None else ""
    degree = _degree(given.step, frame)
    said = (given.main_risks, given.narrative)
    entry = Entry(goal.code, given.officer, degree, status, *said, signed=True, cells=_NOWHERE)
    return Answer(entry, 1, f"{given.officer}.xlsx", _TIME)


def _degree(step: Step, frame: Frame) -> int | None:
    """A step as a degree of the frame's scale; None where it cannot be assessed."""
    degrees = frame.scale.degrees
    return None if step.value is None else degrees[round(step.value * (len(degrees) - 1))].value
