"""What `seuranta template preview` and `template comments` print: the files that they wrote."""

from pathlib import Path

import typer

from generator.app.template_comments import CommentedCopy
from generator.app.template_preview import Preview
from generator.cli.terminal.run import print_missing_pdf
from generator.cli.terminal.template import NOTHING_FOUND
from generator.formats.pdf.conversion import NoPdf
from generator.i18n.words import Words


def print_preview(preview: Preview, words: Words) -> None:
    """The paths of the sample documents, and why there is no PDF where there is none."""
    typer.echo(str(preview.docx))
    if isinstance(preview.pdf, NoPdf):
        print_missing_pdf(preview.pdf, words)
    else:
        typer.echo(str(preview.pdf))


def print_copy(copy: CommentedCopy, template: Path, words: Words) -> None:
    """The path of the commented copy, or that there is nothing to comment."""
    typer.echo(str(copy.path) if copy.path else words(NOTHING_FOUND, path=template))
