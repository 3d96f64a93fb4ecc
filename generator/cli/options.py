"""What the commands share: their options, the language of the answer, and the exit code 1."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.domain.base.language import Language

if TYPE_CHECKING:
    from generator.domain.follow_up.open_items import Signature
    from generator.i18n.words import Words
    from generator.workspace.folders import Workspace

WorkspaceOption = Annotated[Path, typer.Option("--workspace", metavar="DIR", help="The workspace (default: here).")]
LangOption = Annotated[Language | None, typer.Option("--lang", metavar="fi|sv|en", help="The language of the answer.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
HERE = Path()


def opened_with_words(root: Path, lang: Language | None) -> "tuple[Workspace, Words]":
    """Opens the workspace; the words are of the language that was asked for, else of the municipality's first.

    Raises:
        SettingsError: the folder is no workspace, or its settings are not allowed.
    """
    from generator.workspace.folders import open_workspace

    workspace = open_workspace(root)
    return workspace, words_of(workspace, lang)


def words_of(workspace: "Workspace", lang: Language | None) -> "Words":
    """The language that was asked for, else the municipality's first."""
    from generator.i18n.words import Words

    return Words(lang or workspace.settings.language)


def exit_if(faulty: object) -> None:
    """Ends the command with the exit code 1 where there is something faulty."""
    if faulty:
        raise typer.Exit(1)


def signature(because: str = "") -> "Signature":
    """Returns the user account that runs the command, the time, and the reason given."""
    import getpass

    from generator.domain.follow_up.open_items import Signature

    return Signature(getpass.getuser(), now(), because)


def now() -> str:
    """This moment as records keep it (ISO 8601)."""
    from generator.app.opening import local_now
    from generator.domain.base.moments import write_moment

    return write_moment(local_now())
