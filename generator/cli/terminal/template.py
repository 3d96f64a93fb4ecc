"""What `seuranta template check` prints."""

from collections.abc import Iterable
from pathlib import Path

import typer

from generator.app.folded_faults import ToldFault, fold, tell_document_faults, tell_faults
from generator.app.template_check import TemplateFaults
from generator.domain.base.rule import N_
from generator.formats.docx_accessibility.checker import DocumentFault
from generator.i18n.words import Words
from generator.workspace.templates import MisnamedTemplate

# The most places that are printed for the same fault: whoever corrects these finds the rest.
MOST_PLACES = 3
NOTHING_FOUND = N_("{path}: nothing to mend was found.")


def print_template_faults(faults: TemplateFaults, path: Path, words: Words) -> None:
    """What stops the report first, then the questions, then the faults of accessibility, each with what to do."""
    if not faults.errors and not faults.questions and not faults.document and not faults.sample:
        typer.echo(words(NOTHING_FOUND, path=path))
        return
    typer.echo(f"{path}:")
    _print_group(N_("No report is made until this is mended:"), tell_faults(faults.tags, words), words)
    _print_group(
        N_("No report is made until this is mended. It was found by printing a sample report with invented goals:"),
        tell_faults(faults.printed, words),
        words,
    )
    _print_group(N_("To be looked at; a report is made all the same:"), tell_faults(faults.questions, words), words)
    _print_group(
        N_("Not accessible; this does not stop the report:"),
        tell_document_faults(faults.document, words),
        words,
    )
    _print_group(
        N_("Not accessible in a sample report, see seuranta template preview; this does not stop the report:"),
        tell_document_faults(faults.sample, words),
        words,
    )


def print_misnamed(misnamed: MisnamedTemplate, path: Path, words: Words) -> None:
    """A file that no report uses, and the name that it would have to have."""
    typer.echo(words(N_("{path}: no report uses this file."), path=path))
    advice = N_("If it is the template of a language, name it {name}. Otherwise leave it, or move it elsewhere.")
    typer.echo(f"    {words(advice, name=misnamed.usual.name)}")


def _print_group(heading: str, faults: Iterable[ToldFault], words: Words) -> None:
    """Faults below their heading; nothing where there are none."""
    told = tuple(faults)
    if told:
        typer.echo(words(heading))
        _print_folded(told, words)


def print_document_faults(faults: tuple[DocumentFault, ...], words: Words) -> None:
    """What keeps a document from being accessible, rule by rule, each with what to do."""
    _print_folded(tell_document_faults(faults, words), words)


def _print_folded(faults: Iterable[ToldFault], words: Words) -> None:
    """Faults alike one below the other: the first places, how many more there are, and once what to do."""
    for alike in fold(faults):
        for fault in alike[:MOST_PLACES]:
            typer.echo(fault.sentence)
        if len(alike) > MOST_PLACES:
            rest = len(alike) - MOST_PLACES
            typer.echo(words.plural("… and {count} more place", "… and {count} more places", rest))
        typer.echo(f"    {alike[0].advice}")
