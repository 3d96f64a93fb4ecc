"""What the commands say on the terminal: short, in the person's language, one thing a line."""

from collections.abc import Iterable

import typer

from generator.app.finalize import Finalized, Outdated, Refused
from generator.app.forms import FormOutcome, FormState
from generator.app.publish import Published
from generator.app.run import RunResult
from generator.app.status import CheckedFile, Stand, TemplateFaults
from generator.domain.base.finding import Finding, errors
from generator.domain.base.heading import Headings
from generator.domain.base.rule import N_, Severity
from generator.domain.follow_up.merge import Decision, FollowUp
from generator.domain.follow_up.status import EditedReport, OfficerState, Problem
from generator.domain.submission.checks import Checked, Verdict
from generator.formats.docx.fields import list_fields
from generator.formats.docx_accessibility.checker import DocumentFault, describe
from generator.formats.html.pages import difference_words
from generator.formats.pdf.conversion import NoPdf, Pdf
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
_FORM_STATES = {
    FormState.WRITTEN: N_("written"),
    FormState.UNCHANGED: N_("stands unchanged"),
    FormState.TOUCHED: N_("left alone: somebody has filled or changed it"),
    FormState.LOCKED: N_("left alone: it is open"),
    FormState.OTHER_PERIOD: N_("left alone: it is a form of another period. Move it elsewhere to get a new one"),
}
_OFFICER_STATES = {
    OfficerState.NEEDS_CORRECTION: N_("needs correction"),
    OfficerState.MISSING: N_("not reported"),
    OfficerState.PARTIAL: N_("partly reported"),
    OfficerState.COMPLETE: N_("complete"),
}


def print_findings(findings: tuple[Finding, ...], words: Words) -> None:
    """Each finding on a line of its own, with what to do under it."""
    for finding in findings:
        typer.echo(_line(finding, words))
        typer.echo(f"    {words.advice(finding)}")
    if not findings:
        typer.echo(words(N_("Nothing to mend was found.")))


def print_forms(outcomes: tuple[FormOutcome, ...], words: Words) -> None:
    for outcome in outcomes:
        typer.echo(f"{outcome.path}: {words(_FORM_STATES[outcome.state])}")


def print_checked(files: tuple[CheckedFile, ...], words: Words) -> None:
    for file in files:
        _print_file(str(file.path), file.checked, words)


def print_pass(result: RunResult, words: Words) -> None:
    """What a pass took, what it could not, and where the report lies."""
    for file in result.files:
        _print_file(file.file, file.checked, words)
    _print_list(words(N_("Still changing or not readable, taken in a later pass:")), result.unsettled)
    _print_list(words(N_("The receipt could not be placed beside:")), result.unanswered)
    _print_goals(result.status.follow_up, words)
    if result.final:
        print_final(result.final, words)
    for document in result.documents:
        _print_pdf(document.pdf, words)
    _print_document_faults(_faults_of(result.documents), words)
    _print_others(result.documents[1:], words)
    _print_problems(result.problems, words)
    _print_published(result.published, words)


def print_status(stand: Stand, words: Words) -> None:
    status = stand.status
    deadline = words.date(status.period.deadline)
    typer.echo(words(N_("{period}, deadline {deadline}"), period=status.period.label, deadline=deadline))
    _print_goals(status.follow_up, words)
    for officer in status.officers:
        state = words(_OFFICER_STATES[officer.state])
        typer.echo(f"  {officer.officer}: {officer.reported}/{officer.expected}, {state}")
    _print_list(
        words(N_("To be corrected:")), (f"{fault.file}: {_line(fault.finding, words)}" for fault in status.faults)
    )
    _print_list(
        words(N_("Officers disagree on:")), (f"{i.goal.code} {i.goal.title}" for i in status.follow_up.disputed)
    )
    _print_list(
        words(N_("A whole step or more from the goals under them:")),
        (f"{far.goal.code} {far.goal.title}: {far.degree} ({words.number(far.median)})" for far in status.far_parents),
    )
    _print_list(
        words(N_("Replies to questions:")),
        (f"{reply.file}: {words.finding(reply.question)} – {reply.text}" for reply in status.replies),
    )
    if stand.final and not stand.final.is_current:
        typer.echo(words(N_("What is held has changed since the report was made final; the draft is newer.")))
    if stand.report and stand.report.edited:
        _print_edited(stand.report.edited, stand.headings, words)
    _print_problems(stand.problems, words)
    typer.echo(stand.report_path or words(N_("No report has been made yet.")))


def _print_problems(problems: tuple[Problem, ...], words: Words) -> None:
    """Everything that is broken, with what to do under it."""
    if problems:
        typer.echo(words(N_("Something is wrong:")))
    for problem in problems:
        said = words(problem.message, **dict(problem.details))
        typer.echo(f"  {said}" if problem.place in said else f"  {problem.place}: {said}")
        if problem.advice:
            typer.echo(f"    {words(problem.advice, **dict(problem.details))}")


def _print_edited(edited: EditedReport, headings: Headings, words: Words) -> None:
    typer.echo(words(N_("{name} is open or edited, so the new report lies beside it:"), name=edited.name))
    if edited.differences is None:
        typer.echo(words(N_("{name} has been edited, and what differs in it cannot be told."), name=edited.name))
    else:
        _print_list(words(N_("They differ in:")), (difference_words(d, headings, words) for d in edited.differences))


def print_decision(decision: Decision | None, code: str, words: Words) -> None:
    if decision is None:
        typer.echo(words(N_("Officers do not disagree about the goal {code}."), code=code))
    else:
        message = N_("The report prints the answer of {officer} for the goal {code}, until an officer saves another.")
        typer.echo(words(message, officer=decision.officer, code=decision.code))


def print_final(made: Finalized | Refused | Outdated, words: Words) -> None:
    """Where the final report lies, or why there is none."""
    if isinstance(made, Outdated):
        message = N_("The report was not made final: it has changed since. Look at it and decide again.")
        typer.echo(words(message))
        return
    if isinstance(made, Finalized):
        _print_pdf(made.pdf, words)
        typer.echo(words(N_("The report is final:")))
        typer.echo(str(made.docx))
        return
    if made.edited:
        typer.echo(
            words(N_("The report was not made final: somebody has edited the draft, and the final would lack it."))
        )
        typer.echo(words(N_("Move the edited files elsewhere, run again, and make the report final then:")))
        _print_list("", made.edited)
        return
    typer.echo(words(N_("The report was not made final: something is open. Give a reason with --because TEXT.")))
    _print_list(words(N_("Not reported:")), (f"{i.goal.code} {i.goal.title}" for i in made.missing))
    _print_list(words(N_("Officers disagree on:")), (f"{i.goal.code} {i.goal.title}" for i in made.disputed))
    _print_list(
        words(N_("To be corrected:")), (f"{fault.file}: {_line(fault.finding, words)}" for fault in made.faults)
    )


def print_template_faults(faults: TemplateFaults, words: Words) -> None:
    for error in faults.tags:
        typer.echo(words(error.message, **error.values))
        typer.echo(f"    {words(error.advice, **error.values)}")
    _print_document_faults(faults.document, words)
    if not faults.tags and not faults.document:
        typer.echo(words(N_("Nothing to mend was found.")))


def print_fields(words: Words) -> None:
    for field in list_fields():
        typer.echo(f"{field.tag}    {words(field.meaning)}")


def _print_document_faults(faults: tuple[DocumentFault, ...], words: Words) -> None:
    for fault in faults:
        said = describe(fault, words)
        typer.echo(f"{said.where}: {said.message}" if said.where else said.message)
        typer.echo(f"    {said.advice}")


def _print_pdf(pdf: Pdf | NoPdf | None, words: Words) -> None:
    """Why there is no PDF, or none that everybody can read; one that was made lies beside the document."""
    if isinstance(pdf, NoPdf):
        typer.echo(words(pdf.reason, value=pdf.value))
        typer.echo(f"    {words(pdf.advice, value=pdf.value)}")
    elif pdf and not pdf.is_accessible:
        reason = pdf.verdict[0].first_fault
        typer.echo(words(N_("The PDF does not keep to PDF/UA-1, so it is not accessible: {value}"), value=reason))


def _print_file(name: str, checked: Checked, words: Words) -> None:
    taken = words.plural("{count} answer", "{count} answers", len(checked.entries))
    typer.echo(f"{name}: {words(_VERDICTS[checked.verdict])}, {taken}")
    for finding in checked.findings:
        typer.echo(f"  {_line(finding, words)}")
        if finding in errors((finding,)):
            typer.echo(f"    {words.advice(finding)}")


def _line(finding: Finding, words: Words) -> str:
    place = "!".join(filter(None, (finding.place.sheet, finding.place.cell)))
    where = " ".join(filter(None, (place, finding.code)))
    says = f"{words(_SEVERITIES[finding.severity])}: {words.finding(finding)}"
    return f"{where}: {says}" if where else says


def _print_list(heading: str, items: Iterable[str]) -> None:
    lines = tuple(items)
    if lines and heading:
        typer.echo(heading)
    for line in lines:
        typer.echo(f"  {line}")


def _print_goals(merged: FollowUp, words: Words) -> None:
    message = N_("Reported: {reported} of {expected} goals")
    typer.echo(words(message, reported=len(merged.reported), expected=len(merged.expected)))


def _faults_of(documents: tuple[Published, ...]) -> tuple[DocumentFault, ...]:
    """The first document's of each rule: the same template gives the others the same faults in other places."""
    found: dict[str, list[DocumentFault]] = {}
    for document in documents:
        own = {fault.rule for fault in document.faults} - found.keys()
        found |= {rule: [fault for fault in document.faults if fault.rule == rule] for rule in sorted(own)}
    return tuple(fault for faults in found.values() for fault in faults)


def _print_others(documents: tuple[Published, ...], words: Words) -> None:
    """The other languages and extracts have their folders; only one that lies beside its usual place is named."""
    for document in documents:
        if document.aside:
            _print_published(document, words)


def _print_published(published: Published, words: Words) -> None:
    if published.aside:
        message = N_("{name} is open or edited, so the new report lies beside it:")
        typer.echo(words(message, name=published.path.name))
    elif not published.changed:
        typer.echo(words(N_("The report is up to date:")))
    else:
        typer.echo(words(N_("The report is ready:")))
    typer.echo(str(published.aside or published.path))
