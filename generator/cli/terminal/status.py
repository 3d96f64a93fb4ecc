"""What `seuranta status` prints."""

from pathlib import Path

import typer

from generator.app.status import PeriodStatus
from generator.cli.terminal.common import finding_line, print_goals, print_list, print_problems
from generator.domain.base.heading import Headings
from generator.domain.base.rule import N_
from generator.domain.follow_up.merge import FarParent
from generator.domain.follow_up.status import EditedReport, FinalReport, OfficerState, ReportFile
from generator.i18n.difference_lines import DIFFERENCES_UNKNOWN, REPLACED_EDIT
from generator.i18n.words import Words

_OFFICER_STATES = {
    OfficerState.NEEDS_CORRECTION: N_("needs correction"),
    OfficerState.WAITING: N_("waiting for a check of the sender"),
    OfficerState.MISSING: N_("not reported"),
    OfficerState.PARTIAL: N_("partly reported"),
    OfficerState.COMPLETE: N_("complete"),
}


def print_status(stand: PeriodStatus, words: Words) -> None:
    """Prints who has reported, what needs correction, what is broken, and where the report lies."""
    status = stand.status
    deadline = words.date(status.period.deadline)
    typer.echo(words(N_("{period}, due day {deadline}"), period=status.period.label, deadline=deadline))
    print_goals(status.follow_up, words)
    for officer in status.officers:
        state = words(_OFFICER_STATES[officer.state])
        typer.echo(f"  {officer.officer}: {officer.reported}/{officer.expected}, {state}")
    print_list(
        words(N_("To be corrected:")),
        (f"{fault.file}: {finding_line(fault.finding, words)}" for fault in status.to_correct),
    )
    print_list(words(N_("Files of unknown senders, not taken:")), (fault.file for fault in status.refused))
    print_list(words(N_("Officers disagree on:")), (f"{i.goal.code} {i.goal.title}" for i in status.follow_up.disputed))
    print_list(
        words(N_("A whole step or more from the goals under them:")),
        (_far_line(far, words) for far in status.far_parents),
    )
    print_list(
        words(N_("Replies to questions:")),
        (f"{reply.file}: {words.finding(reply.question)} – {reply.text}" for reply in status.replies),
    )
    if stand.final:
        _print_final(stand.final, stand.final_path, words)
    if stand.report:
        _print_edited(stand.report, stand.headings, words)
    if stand.open_edits:
        typer.echo(words.waiting_edits(len(stand.open_edits)))
    if stand.rejected:
        typer.echo(words.rejected_choices(stand.rejected))
    print_list("", (words.lapsed_settlement(f"{goal.code} {goal.title}") for goal in stand.lapsed))
    print_problems(stand.problems, words)
    typer.echo(stand.report_path or words(N_("No report has been made yet.")))


def _far_line(far: FarParent, words: Words) -> str:
    median = words.number(far.median)
    return words(_FAR_PARENT, code=far.goal.code, title=far.goal.title, degree=far.degree, median=median)


_FAR_PARENT = N_("{code} {title}: degree {degree}, median of the goals under it {median}")


def _print_final(final: FinalReport, path: Path | None, words: Words) -> None:
    message = N_("The final report, version {version}, was made {time}:")
    typer.echo(words(message, version=final.version, time=words.moment(final.time)))
    typer.echo(f"  {path or words(_GONE)}")
    if not final.is_current:
        typer.echo(words(N_("What is held has changed since the report was made final; the draft is newer.")))


_GONE = N_("Its document does not lie where it was placed.")


def _print_edited(report: ReportFile, headings: Headings, words: Words) -> None:
    beside = N_("{name} is open or edited, so the new report lies beside it:")
    final = N_("{name} has been edited, and stands beside the final report:")
    if report.replaced_edit:
        typer.echo(words(REPLACED_EDIT, time=words.moment(report.replaced_edit)))
    for edited in report.edited:
        typer.echo(words(final if report.is_final else beside, name=edited.name))
        _print_differences(edited, headings, words)
    for copy in report.edited_copies:
        typer.echo(words(_EDITED_COPY, name=copy.name))
        _print_differences(copy, headings, words)


_EDITED_COPY = N_("{name} has been edited, and its edits are not carried on.")


def _print_differences(edited: EditedReport, headings: Headings, words: Words) -> None:
    if edited.differences is None:
        typer.echo(words(DIFFERENCES_UNKNOWN, name=edited.name))
    else:
        print_list(words(N_("They differ in:")), (words.difference(d, headings) for d in edited.differences))
