"""What `seuranta run`, `watch` and `finalize` print."""

import typer

from generator.app.documents import pdf_faults
from generator.app.finalize import Finalized, FinalOutcome, Outdated, Refused, Unchanged
from generator.app.publish import Published
from generator.app.run import RunResult
from generator.cli.refusals import refusal_lines
from generator.cli.terminal.common import print_file, print_goals, print_list, print_problems
from generator.cli.terminal.template import print_document_faults
from generator.domain.base.heading import Headings
from generator.domain.base.rule import N_
from generator.domain.follow_up.status import EditedReport
from generator.formats.docx_accessibility.checker import DocumentFault
from generator.formats.pdf.conversion import NoPdf, Pdf
from generator.i18n.difference_lines import difference_lines
from generator.i18n.open_kinds import KIND_NAMES, kind_lines
from generator.i18n.words import Words


def print_pass(result: RunResult, words: Words) -> None:
    """Prints what a run processed, what it could not, and where the report lies."""
    if result.reread:
        typer.echo(words(N_("The ledger was made anew: saves read again: {count}."), count=result.reread))
    for file in result.files:
        print_file(file.file, file.checked, words)
    print_list(words(N_("Still changing or not readable, taken in a later pass:")), result.unsettled)
    print_list(words(N_("The receipt could not be placed beside:")), result.unanswered)
    print_goals(result.status.follow_up, words)
    if result.final:
        print_final(result.final, words)
    print_document_faults(_faults_of(result.documents), words)
    _print_others(result.documents[1:], words)
    print_problems(result.problems, words)
    if result.refused:
        typer.echo(words.rejected_choices(len(result.refused)))
        print_list("", refusal_lines(result, words))
    _print_published(result.published, words)


def print_final(made: FinalOutcome, words: Words) -> None:
    """Where the final report lies, or why there is none."""
    match made:
        case Outdated():
            typer.echo(
                words(N_("The report was not made final: it has changed since. Look at it and settle it again."))
            )
        case Finalized():
            _print_pdf(made.pdf, words)
            print_document_faults(made.faults, words)
            for kind in made.open.kinds:
                count = len(kind_lines(made.open, kind, words))
                typer.echo(words(N_("Accepted as open: {kind} ({count})"), kind=words(KIND_NAMES[kind]), count=count))
            print_list(words(_RESTORED), made.restored)
            if made.ends:
                typer.echo(words(N_("The period ends only on {end}."), end=words.date(made.ends)))
            typer.echo(words(N_("Read the document before it is published: no person may be named in it.")))
            typer.echo(words(N_("The report is final, version {version}:"), version=made.version))
            typer.echo(str(made.docx))
        case Unchanged():
            message = N_("Nothing has changed since version {version}, which stands:")
            typer.echo(words(message, version=made.version))
            typer.echo(str(made.docx))
        case Refused():
            _print_refused(made, words)


def _print_refused(refused: Refused, words: Words) -> None:
    if refused.edited:
        typer.echo(
            words(N_("The report was not made final: somebody has edited the draft, and the final would lack it."))
        )
        typer.echo(words(N_("Move the edited files elsewhere, run again, and make the report final then:")))
        for edit in refused.edits:
            _print_edit(edit, refused.headings, words)
        # Extracts and further languages, in folders of their own, are always made from the data.
        if any("/" not in edit.name and not edit.has_only_comments for edit in refused.edits):
            typer.echo(words(_FROM_FILE))
        return
    message = N_("The report was not made final: something is open. Give a reason with --because TEXT.")
    if refused.cells:
        message = N_("The report was not made final: the sheet “Final” of the workbook of open matters tells why.")
    typer.echo(words(message))
    for kind in refused.open.kinds:
        print_list(f"{words(KIND_NAMES[kind])}:", kind_lines(refused.open, kind, words))


def _print_edit(edit: EditedReport, headings: Headings | None, words: Words) -> None:
    """Prints an edited draft, where it differs from the final that would be made, and what to do with comments."""
    typer.echo(f"  {edit.name}")
    if edit.differences and headings:
        print_list("", (f"  {line}" for line in difference_lines(edit.differences, headings, words)))
    if edit.has_only_comments:
        typer.echo(f"    {words(_ONLY_COMMENTS)}")


_ONLY_COMMENTS = N_("It has comments, and nothing else of it differs. You may delete them in Word instead.")


def print_missing_pdf(pdf: NoPdf, words: Words) -> None:
    """Why there is no PDF, and what to do."""
    typer.echo(words(pdf.reason, value=pdf.value))
    typer.echo(f"    {words(pdf.advice, value=pdf.value)}")


def _print_pdf(pdf: Pdf | NoPdf | None, words: Words) -> None:
    """Prints why a final has no PDF, or what its PDF lacks; one that was made lies beside the document."""
    for fault in pdf_faults(pdf) if pdf else ():
        typer.echo(words(fault.message, value=fault.value))
        if fault.advice:
            typer.echo(f"    {words(fault.advice, value=fault.value)}")


def _faults_of(documents: tuple[Published, ...]) -> tuple[DocumentFault, ...]:
    """Returns the first document's fault of each rule: the others have the same, in other places."""
    found: dict[str, list[DocumentFault]] = {}
    for document in documents:
        own = {fault.rule for fault in document.faults} - found.keys()
        found |= {rule: [fault for fault in document.faults if fault.rule == rule] for rule in sorted(own)}
    return tuple(fault for faults in found.values() for fault in faults)


def _print_others(documents: tuple[Published, ...], words: Words) -> None:
    """Prints only those of the other languages and extracts that lie beside their usual place."""
    for document in documents:
        if document.aside:
            _print_published(document, words)


def _print_published(published: Published, words: Words) -> None:
    if published.aside:
        message = N_("{name} is open or edited, so the new report lies beside it:")
        typer.echo(words(message, name=published.path.name))
    elif published.is_final:
        typer.echo(words(N_("The final report says all that is held, so there is no draft beside it:")))
    elif not published.changed:
        typer.echo(words(N_("The report is up to date:")))
    else:
        typer.echo(words(N_("The draft has been updated:")))
    typer.echo(str(published.aside or published.path))


_RESTORED = N_("The program that saved the file had lost these alternative texts; they were put back from the draft:")
_FROM_FILE = N_(
    "Or make the edited draft of the whole report itself the final: seuranta finalize --because TEXT --from FILE"
)
