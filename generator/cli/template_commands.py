"""The commands `seuranta template …`: faults of the report's Word template, and how it looks when it is filled."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli.options import HERE, LangOption, WorkspaceOption, exit_if, opened_with_words

if TYPE_CHECKING:
    from generator.workspace.folders import Workspace

template_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The report's Word template.")
FileArgument = Annotated[Path | None, typer.Argument(metavar="FILE", help="The template (default: the workspace's).")]


@template_app.command("check")
def template_check(
    file: FileArgument = None,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Show what is wrong with the report's template, and with those of languages that have one of their own. Exit code
    1: errors found."""
    from generator.app.template_check import check_template
    from generator.cli.terminal.template import print_misnamed, print_template_faults
    from generator.workspace.templates import misnamed_templates, template_file, template_files

    opened, words = opened_with_words(workspace, lang)
    files = (template_file(opened, file),) if file else template_files(opened)
    are_errors = []
    for each in files:
        faults = check_template(each.path, opened.settings, each.languages)
        print_template_faults(faults, _template_name(each.path, opened), words)
        are_errors.append(faults.are_errors)
    for misnamed in () if file else misnamed_templates(opened):
        print_misnamed(misnamed, _template_name(misnamed.path, opened), words)
    exit_if(any(are_errors))


@template_app.command("preview")
def template_preview(
    file: FileArgument = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Another folder than the template's.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Fill the report's template with sample data, every state of a row in it, as .docx and PDF. Exit code 1: errors
    found, as `template check` tells them, and nothing written."""
    from generator.app.template_preview import Preview, preview_template
    from generator.cli.terminal.template import print_template_faults
    from generator.cli.terminal.template_files import print_preview
    from generator.i18n.words import Words
    from generator.workspace.templates import template_file, template_of

    opened, words = opened_with_words(workspace, lang)
    template = template_file(opened, file) if file else template_of(opened, words.language)
    printed = words if lang or not file else Words(template.languages[0])
    made = preview_template(template, opened.settings, printed, out)
    if isinstance(made, Preview):
        print_preview(made, words)
    else:
        print_template_faults(made, _template_name(template.path, opened), words)
    exit_if(not isinstance(made, Preview))


@template_app.command("comments")
def template_comments(
    file: FileArgument = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to write the copy.")] = None,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Write a copy of the report's template with a Word comment at each fault that `template check` tells. Exit code 1:
    errors found."""
    from generator.app.template_comments import comment_template
    from generator.cli.terminal.template_files import print_copy
    from generator.workspace.templates import template_file

    opened, words = opened_with_words(workspace, lang)
    template = template_file(opened, file or opened.template)
    copy = comment_template(template, opened.settings, words, out)
    print_copy(copy, _template_name(template.path, opened), words)
    exit_if(copy.faults.are_errors)


@template_app.command("fields")
def template_fields(workspace: WorkspaceOption = HERE, lang: LangOption = None) -> None:
    """Show what the report's template may print, and the tag to write for it."""
    from generator.formats.docx.fields import list_fields

    _, words = opened_with_words(workspace, lang)
    for field in list_fields():
        typer.echo(f"{field.tag}    {words(field.meaning)}")


def _template_name(file: Path, workspace: "Workspace") -> Path:
    """Returns the path as it is printed: the workspace's own templates by their folder and name."""
    return file.relative_to(workspace.root) if file.is_relative_to(workspace.root) else file
