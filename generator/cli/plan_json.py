"""The JSON form of `seuranta plan diff`."""

from generator.app.plan_diff import PlanDiff
from generator.cli.json_forms import (
    GoalForm,
    MissingRowsForm,
    OfficerChangeForm,
    PlanDiffForm,
    ProgrammeChangeForm,
    UnprintedForm,
)
from generator.domain.follow_up.plan_difference import PlanDifference
from generator.domain.plan.goals import Goal
from generator.domain.plan.programme import ProgrammeChange, ProgrammeChangeKind


def plan_diff_form(diff: PlanDiff) -> PlanDiffForm:
    """Makes the JSON form of `seuranta plan diff`."""
    found = diff.difference
    return PlanDiffForm(
        period=diff.period,
        changes=tuple(_change(change, found) for change in found.changes),
        unprinted=tuple(
            UnprintedForm(code=answer.entry.code, officer=answer.entry.officer, file=answer.file)
            for answer in found.unprinted
        ),
        officers=tuple(
            OfficerChangeForm(officer=each.officer, kind=each.kind, before=each.before, after=each.after)
            for each in found.officers
        ),
        forms=tuple(
            MissingRowsForm(officer=each.officer, codes=tuple(goal.code for goal in each.goals)) for each in found.forms
        ),
    )


def _change(change: ProgrammeChange, found: PlanDifference) -> ProgrammeChangeForm:
    return ProgrammeChangeForm(
        kind=change.kind,
        goal=_goal(change.goal),
        earlier=tuple(map(_goal, change.earlier)),
        answered=found.answered(change.goal) if change.kind is ProgrammeChangeKind.REMOVED else (),
    )


def _goal(goal: Goal) -> GoalForm:
    return GoalForm(code=goal.code, title=goal.title, officers=goal.officers)
