"""What `seuranta template check` prints."""

import typer

from generator.app.template_check import TemplateFaults
from generator.domain.base.rule import N_
from generator.formats.docx_accessibility.checker import DocumentFault, describe
from generator.i18n.words import Words


def print_template_faults(faults: TemplateFaults, words: Words) -> None:
    """Prints the faults of the tags, then those of accessibility, each with its advice."""
    for error in faults.tags:
        typer.echo(words(error.message, **error.values))
        typer.echo(f"    {words(error.advice, **error.values)}")
    print_document_faults(faults.document, words)
    if not faults.tags and not faults.document:
        typer.echo(words(N_("Nothing to mend was found.")))


def print_document_faults(faults: tuple[DocumentFault, ...], words: Words) -> None:
    """Prints what keeps a document from being accessible, each with its advice."""
    for fault in faults:
        said = describe(fault, words)
        typer.echo(f"{said.where}: {said.message}" if said.where else said.message)
        typer.echo(f"    {said.advice}")
