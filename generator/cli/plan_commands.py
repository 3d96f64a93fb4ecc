"""The commands `seuranta plan …`: the faults of plan.xlsx, and how a changed plan affects the stored answers."""

from typing import Annotated

import typer

from generator.cli.options import (
    HERE,
    JsonOption,
    LangOption,
    WorkspaceOption,
    exit_if,
    opened_with_words,
)

plan_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The goal hierarchy in plan.xlsx.")


@plan_app.command("check")
def plan_check(workspace: WorkspaceOption = HERE, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """Show what is wrong with the plan. Exit code 1: errors found."""
    from generator.app.plan_questions import check_plan_with_previous
    from generator.app.settings_questions import questions_of
    from generator.cli.terminal.common import print_findings, print_problems
    from generator.domain.base.finding import errors

    opened, words = opened_with_words(workspace, lang)
    findings, questions = check_plan_with_previous(opened).findings, questions_of(opened)
    if as_json:
        from generator.cli.json_output import findings_form, to_json

        typer.echo(to_json(findings_form(findings, questions, words)))
    else:
        print_findings(findings, words)
        print_problems(questions, words)
    exit_if(errors(findings))


@plan_app.command("diff")
def plan_diff(
    period: Annotated[
        str | None, typer.Option("--period", metavar="ID", help="Compare with the plan of an earlier period.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the changed plan.xlsx does to what is held; changes nothing."""
    from generator.app.plan_diff import diff_plan
    from generator.cli.terminal.plan import print_plan_diff

    opened, words = opened_with_words(workspace, lang)
    diff = diff_plan(opened, period)
    if as_json:
        from generator.cli.json_output import to_json
        from generator.cli.plan_json import plan_diff_form

        typer.echo(to_json(plan_diff_form(diff)))
    else:
        print_plan_diff(diff, words)
