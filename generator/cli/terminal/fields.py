"""What `seuranta template fields` prints."""

import typer

from generator.formats.docx.fields import list_fields
from generator.i18n.words import Words


def print_fields(words: Words) -> None:
    """Prints each field's tag, and what it stands for."""
    for field in list_fields():
        typer.echo(f"{field.tag}    {words(field.meaning)}")
