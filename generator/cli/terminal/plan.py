"""Prints what a changed plan does: its changes, answers that would not be printed, and forms that lack rows."""

from collections.abc import Iterator

import typer

from generator.app.plan_diff import ComparedPlan, PlanDiff
from generator.cli.terminal.common import print_list
from generator.domain.base.rule import N_
from generator.domain.follow_up.plan_difference import OfficerChange, OfficerChangeKind
from generator.domain.plan.programme import ProgrammeChange, ProgrammeChangeKind
from generator.domain.submission.answers import Answer
from generator.i18n.programme_kinds import change_words
from generator.i18n.words import Words


def print_plan_diff(diff: PlanDiff, words: Words) -> None:
    """Prints how plan.xlsx differs from the plan in use."""
    found = diff.difference
    typer.echo(words(_TITLES[diff.compared], period=diff.period))
    if not found.changes:
        typer.echo(f"  {words(_NOTHING)}")
    print_list("", (line for change in found.changes for line in _change_lines(diff, change, words)))
    print_list(words(N_("Posts that change:")), (_officer_line(change, words) for change in found.officers))
    print_list(words(_UNPRINTED[diff.compared]), map(_answer_line, found.unprinted))
    missing = (f"{each.officer}: {', '.join(goal.code for goal in each.goals)}" for each in found.forms)
    print_list(words(N_("Officers whose form lacks rows:")), missing)


_COMPARED = N_("plan.xlsx compared with the plan of the period {period}:")
_TITLES = {
    ComparedPlan.NONE: N_("No plan is in use in the period {period} yet, so every goal of plan.xlsx is new:"),
    ComparedPlan.IN_USE: _COMPARED,
    ComparedPlan.EARLIER: _COMPARED,
}
_WOULD_GO = N_("Answers that the report would no longer print:")
_UNPRINTED = {
    ComparedPlan.NONE: _WOULD_GO,
    ComparedPlan.IN_USE: _WOULD_GO,
    ComparedPlan.EARLIER: N_("Answers of that period to goals that are removed (its report does not change):"),
}


def _change_lines(diff: PlanDiff, change: ProgrammeChange, words: Words) -> Iterator[str]:
    yield f"{change.goal.code} {change.goal.title}: {change_words(change, words)}"
    before = ", ".join(_before(change))
    if before:
        yield f"    {words(_BEFORE, before=before)}"
    answered = diff.difference.answered(change.goal) if change.kind is ProgrammeChangeKind.REMOVED else ()
    if answered:
        yield f"    {words(_ANSWERED, officers=words.list(answered))}"


def _officer_line(change: OfficerChange, words: Words) -> str:
    before, after = (text or "–" for text in (change.before, change.after))
    return words(_OFFICER_CHANGES[change.kind], officer=change.officer, before=before, after=after)


_OFFICER_CHANGES = {
    OfficerChangeKind.RENAMED: N_("{officer}, before {before}"),
    OfficerChangeKind.SILENT: N_("{officer}: is printed, but reports no more"),
    OfficerChangeKind.REPORTING: N_("{officer}: reports again"),
    OfficerChangeKind.DEPUTY: N_("{officer}: deputy {before} → {after}"),
    OfficerChangeKind.DIVISION: N_("{officer}: division {before} → {after}"),
}
_NOTHING = N_("No goal differs.")
_BEFORE = N_("before: {before}")
_ANSWERED = N_("answered by: {officers}")


def _before(change: ProgrammeChange) -> Iterator[str]:
    match change.kind:
        case ProgrammeChangeKind.OFFICER:
            yield from (name for goal in change.earlier for name in goal.officers)
        case ProgrammeChangeKind.DIVISION:
            yield change.before or "–"
        case ProgrammeChangeKind.NEW | ProgrammeChangeKind.REMOVED:
            return
        case _:
            yield from (f"{goal.code} {goal.title}" for goal in change.earlier)


def _answer_line(answer: Answer) -> str:
    return f"{answer.entry.code} {answer.entry.officer} ({answer.file})"
