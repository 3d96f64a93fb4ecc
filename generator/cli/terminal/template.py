"""What `seuranta template check` prints."""

from collections.abc import Iterable
from pathlib import Path

import typer

from generator.app.folded_faults import ToldFault, fold, tell_document_faults, tell_faults
from generator.app.template_check import TemplateFaults
from generator.domain.base.rule import N_
from generator.formats.docx_accessibility.checker import DocumentFault
from generator.i18n.words import Words

# Of faults alike so many places are told: who mends these finds the rest.
MOST_PLACES = 3
NOTHING_FOUND = N_("{path}: nothing to mend was found.")


def print_template_faults(faults: TemplateFaults, path: Path, words: Words) -> None:
    """The faults of the tags, the questions, then the faults of accessibility, each with what to do."""
    if not faults.errors and not faults.questions and not faults.document:
        typer.echo(words(NOTHING_FOUND, path=path))
        return
    typer.echo(f"{path}:")
    _print_folded(tell_faults(faults.tags, words), words)
    if faults.printed:
        typer.echo(words(N_("Found by printing a sample report; the goals in it are invented:")))
        _print_folded(tell_faults(faults.printed, words), words)
    if faults.questions:
        typer.echo(words(N_("To be looked at; a report is made all the same:")))
        _print_folded(tell_faults(faults.questions, words), words)
    print_document_faults(faults.document, words)


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
