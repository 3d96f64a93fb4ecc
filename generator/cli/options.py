"""What the commands share: their options, the language of the answer, and the exit code 1."""

from pathlib import Path
from typing import Annotated

import typer

from generator.domain.base.settings import Language
from generator.i18n.words import Words
from generator.workspace.folders import Workspace

WorkspaceOption = Annotated[Path, typer.Option("--workspace", metavar="DIR", help="The workspace (default: here).")]
LangOption = Annotated[Language | None, typer.Option("--lang", metavar="fi|sv|en", help="The language of the answer.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
HERE = Path()


def words_of(workspace: Workspace, lang: Language | None) -> Words:
    """The language that was asked for, else the municipality's first."""
    return Words(lang) if lang else Words(workspace.settings.language)


def exit_if(faulty: object) -> None:
    """Ends the command with the exit code 1 where there is something faulty."""
    if faulty:
        raise typer.Exit(1)
