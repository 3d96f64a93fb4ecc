"""Prints lines that several commands share: short, in the user's language, one item a line."""

from collections.abc import Iterable

import typer

from generator.domain.base.finding import Finding, errors
from generator.domain.base.rule import N_, Severity
from generator.domain.follow_up.merge import FollowUp
from generator.domain.follow_up.status import Problem
from generator.domain.submission.checks import Checked, Verdict
from generator.i18n.difference_lines import edited_lines
from generator.i18n.words import Words

_SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.QUESTION: N_("question"),
    Severity.NOTE: N_("note"),
}
_VERDICTS = {
    Verdict.ACCEPTED: N_("taken"),
    Verdict.NEEDS_CORRECTION: N_("needs correction"),
    Verdict.UNREADABLE: N_("unreadable"),
}


def print_findings(findings: tuple[Finding, ...], words: Words) -> None:
    """Prints each finding on a line of its own, with the advice under it, and says so if none needs mending."""
    for finding in findings:
        typer.echo(finding_line(finding, words))
        typer.echo(f"    {words.advice(finding)}")
    if all(finding.severity is Severity.NOTE for finding in findings):
        typer.echo(words(N_("Nothing to mend was found.")))


def print_file(name: str, checked: Checked, words: Words) -> None:
    """Prints what was accepted from a workbook, and its findings under it."""
    taken = words.plural("{count} answer", "{count} answers", len(checked.entries))
    typer.echo(f"{name}: {words(_VERDICTS[checked.verdict])}, {taken}")
    for finding in checked.findings:
        typer.echo(f"  {finding_line(finding, words)}")
        if finding in errors((finding,)):
            typer.echo(f"    {words.advice(finding)}")


def print_goals(merged: FollowUp, words: Words) -> None:
    """Prints how many goals have been reported."""
    message = N_("Reported: {reported} of {expected} goals")
    typer.echo(words(message, reported=len(merged.reported), expected=len(merged.expected)))


def print_problems(problems: tuple[Problem, ...], words: Words) -> None:
    """Prints every problem with the advice under it, then the questions."""
    questions = tuple(problem for problem in problems if problem.severity is Severity.QUESTION)
    _print_problems(words(N_("Something is wrong:")), [each for each in problems if each not in questions], words)
    _print_problems(words(N_("Check these:")), questions, words)


def _print_problems(heading: str, problems: Iterable[Problem], words: Words) -> None:
    for place, problem in enumerate(problems):
        if not place:
            typer.echo(heading)
        said = words(problem.message, **dict(problem.details))
        typer.echo(f"  {said}" if problem.place in said else f"  {problem.place}: {said}")
        if problem.advice:
            advice = words(problem.advice, **dict(problem.details))
            typer.echo("\n".join(f"    {line}" for line in advice.split("\n")))
        for line in edited_lines(problem, words):
            typer.echo(f"    {line}")


def print_list(heading: str, items: Iterable[str]) -> None:
    """Prints a heading and the items under it; nothing if there are no items."""
    lines = tuple(items)
    if lines and heading:
        typer.echo(heading)
    for line in lines:
        typer.echo(f"  {line}")


def finding_line(finding: Finding, words: Words) -> str:
    """Returns a finding's place, severity and message as one line."""
    place = "!".join(filter(None, (finding.place.sheet, finding.place.cell)))
    where = " ".join(filter(None, (place, finding.code)))
    says = f"{words(_SEVERITIES[finding.severity])}: {words.finding(finding)}"
    return f"{where}: {says}" if where else says
