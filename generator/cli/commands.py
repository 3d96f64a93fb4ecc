"""The command `seuranta`: each command parses, makes one call, prints, and gives the exit code.

A command imports what it needs when it runs: a quick question does not wait for the parts that make documents.
"""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from generator.cli.error_messages import WrongUsage, error_words, print_error, print_usage_error
from generator.cli.hosted_commands import hosted_app, ring, worker
from generator.cli.options import (
    HERE,
    JsonOption,
    LangOption,
    WorkspaceOption,
    exit_if,
    now,
    opened_with_words,
    signature,
    words_of,
)
from generator.cli.period_commands import period_app
from generator.cli.plan_commands import plan_app
from generator.cli.start import form_of
from generator.cli.template_commands import template_app
from generator.domain.base.language import Language
from generator.domain.base.rule import N_
from generator.errors import SeurantaError, UsageError

if TYPE_CHECKING:
    from generator.app.run import RunResult
    from generator.app.status import PeriodStatus
    from generator.i18n.words import Words

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
app.add_typer(template_app, name="template")
app.add_typer(plan_app, name="plan")


def _print_version(asked: bool) -> None:  # noqa: FBT001 — typer calls it with the option's value
    if asked:
        from importlib.metadata import version

        typer.echo(f"seuranta {version('seuranta')}")
        raise typer.Exit


app.add_typer(period_app, name="period")
app.add_typer(hosted_app, name="hosted")
app.command()(worker)
app.command()(ring)


@app.callback()
def seuranta(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the program's version.")
    ] = False,
) -> None:
    """Officers' progress workbooks become the council's official follow-up document."""
    import logging

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new workspace.")],
    example: Annotated[bool, typer.Option("--example", help="With the example municipality's plan.")] = False,
    lang: LangOption = None,
) -> None:
    """Make a new workspace: settings, an empty plan, the report's template and the folders."""
    from generator.app import maintenance
    from generator.i18n.words import Words

    state = maintenance.init_example(folder) if example else maintenance.init(folder)
    words = Words(lang or Language.FINNISH)
    typer.echo(words(N_("The workspace is ready: {folder}"), folder=folder))
    if state:
        message = N_("The folder is on a network path, so the archive and the ledger lie on this computer: {state}")
        typer.echo(words(message, state=state))
    if not example:
        typer.echo(words(N_("Next: fill in seuranta.toml and plan.xlsx in it, and run there: seuranta plan check")))


@app.command()
def forms(
    officer: Annotated[str | None, typer.Option("--officer", metavar="NAME", help="One officer's form only.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Another folder than the inbox.")] = None,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Write the officers' workbooks into the inbox. A file that somebody has touched is left alone. Exit code 1: a form
    of another period lies in the way."""
    from generator.app.forms import FormState, write_forms
    from generator.cli.terminal.forms import print_forms

    opened, words = opened_with_words(workspace, lang)
    outcomes = write_forms(opened, officer, out)
    print_forms(outcomes, words)
    if not outcomes:
        typer.echo(words("No officer has a goal to report, so there is no form."))
    exit_if(any(outcome.state is FormState.OTHER_PERIOD for outcome in outcomes))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Workbooks to check.")],
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what would be taken from workbooks and what is wrong; changes nothing. Exit code 1: a file has an error."""
    from generator.app.check import check_files
    from generator.cli.terminal.common import print_file

    opened, words = opened_with_words(workspace, lang)
    checked = check_files(opened, tuple(files))
    if as_json:
        from generator.cli.json_output import check_form, to_json

        typer.echo(to_json(check_form(checked, words)))
    else:
        for file in checked:
            print_file(str(file.path), file.checked, words)
    exit_if(any(file.has_errors for file in checked))


@app.command()
def run(workspace: WorkspaceOption = HERE, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """One pass: take what is new in the inbox, answer it, merge it, and write the outbox."""
    from generator.app.nothing_new import keep_answers, look_at_inputs
    from generator.app.run import run as run_once
    from generator.app.run import system_clock

    before, result = look_at_inputs(workspace), run_once(workspace, system_clock())
    _, words = opened_with_words(workspace, lang)
    answer = _printed(lambda: _print_run(result, words, as_json=as_json))
    typer.echo(answer, nl=False)
    if before and result.stand:
        stand, form = result.stand, form_of(lang, as_json=as_json)
        status_answer = _printed(lambda: _print_status(stand, words, as_json=as_json))
        keep_answers(before, {f"run {form}": answer, f"status {form}": status_answer})
    if result.has_program_faults:
        raise typer.Exit(SeurantaError.exit_code)


def _printed(show: Callable[[], None]) -> str:
    """Returns what a function prints."""
    with redirect_stdout(StringIO()) as text:
        show()
    return text.getvalue()


def _print_run(result: "RunResult", words: "Words", *, as_json: bool) -> None:
    if as_json:
        from generator.cli.json_output import run_form, to_json

        typer.echo(to_json(run_form(result, words)))
    else:
        from generator.cli.terminal.run import print_pass

        print_pass(result, words)


def _print_status(stand: "PeriodStatus", words: "Words", *, as_json: bool) -> None:
    if as_json:
        from generator.cli.json_output import status_form, to_json

        typer.echo(to_json(status_form(stand, words)))
    else:
        from generator.cli.terminal.status import print_status

        print_status(stand, words)


@app.command()
def watch(workspace: WorkspaceOption = HERE, lang: LangOption = None) -> None:
    """Run the same pass at each change in the inbox, until stopped with Ctrl-C or SIGTERM."""
    import signal

    from generator.app.run import system_clock
    from generator.app.watch import Announcer, Watch
    from generator.cli.terminal.run import print_pass
    from generator.i18n.words import Words

    words = Words(lang) if lang else _first_language(workspace)
    said = Announcer(lambda result: print_pass(result, words), lambda error: print_error(error, words))
    running = Watch(workspace, system_clock(), said)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: running.stop())
    typer.echo(words(N_("Watching {inbox}. Stop with Ctrl-C."), inbox=workspace.absolute() / "inbox"))
    running.run()
    typer.echo(words(N_("The watch has ended.")))


@app.command()
def status(workspace: WorkspaceOption = HERE, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """Show who has reported, what needs correction, and where the report lies."""
    from generator.app.status import current_status

    stand = current_status(workspace)
    _print_status(stand, words_of(stand.workspace, lang), as_json=as_json)


@app.command()
def rebuild(workspace: WorkspaceOption = HERE, lang: LangOption = None) -> None:
    """Make the ledger anew from archive and journal at the next run; the old one is kept beside it."""
    from generator.app import maintenance
    from generator.app.opening import local_now

    opened, words = opened_with_words(workspace, lang)
    count = maintenance.rebuild(opened, local_now())
    message = N_("The ledger was put aside. The next run makes it anew from {count} saves.")
    typer.echo(words(message, count=count))


@app.command()
def report(
    *,
    officer: Annotated[str | None, typer.Option("--officer", metavar="NAME", help="An officer's extract.")] = None,
    division: Annotated[str | None, typer.Option("--division", metavar="NAME", help="A division's extract.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to write the document.")] = None,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Make one document now: the whole report, or an extract of an officer or a division."""
    from generator.app.report import DocumentOrder, extract, whole_report
    from generator.domain.base.settings import ScopeKind
    from generator.domain.output.frame import Scope
    from generator.workspace.folders import open_workspace

    opened = open_workspace(workspace)
    if officer and division:
        raise UsageError(_ONE_EXTRACT, _ONE_OPTION)
    order = DocumentOrder(now(), lang, out)
    if officer:
        path = extract(opened, Scope(ScopeKind.OFFICER, officer), order)
    elif division:
        path = extract(opened, Scope(ScopeKind.DIVISION, division), order)
    else:
        path = whole_report(opened, order)
    typer.echo(path)


@app.command()
def decide(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The goal on which officers or files differ.")],
    take: Annotated[str, typer.Option("--take", metavar="OFFICER", help="Whose answer counts; or which file's.")],
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Settle a disagreement between officers, or between two files of one. Exit code 1: nobody differs on the goal."""
    from generator.app.decisions import decide as decide_goal
    from generator.cli.terminal.decision import print_decision

    opened, words = opened_with_words(workspace, lang)
    decision = decide_goal(opened, code, take, signature())
    print_decision(decision, code, words)
    exit_if(decision is None)


@app.command()
def confirm(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A workbook in the inbox.")],
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="How the sender was checked.")] = "",
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Accept the sender of a workbook that is no form, for the period. Exit code 1: nothing of it waits."""
    from generator.app.decisions import confirm as confirm_sender
    from generator.cli.terminal.decision import print_accepted

    opened, words = opened_with_words(workspace, lang)
    accepted = confirm_sender(opened, file, signature(because))
    print_accepted(accepted, file, words)
    exit_if(not accepted)


@app.command()
def withdraw(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The goal.")],
    officer: Annotated[str, typer.Option("--officer", metavar="NAME", help="Whose answer is withdrawn.")],
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why.")],
    *,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Take an officer's answer back. Exit code 1: the officer has no answer in force."""
    from generator.app.decisions import withdraw as withdraw_answer
    from generator.cli.terminal.decision import print_withdrawn

    opened, words = opened_with_words(workspace, lang)
    withdrawn = withdraw_answer(opened, code, officer, signature(because))
    print_withdrawn(withdrawn, code, officer, words)
    exit_if(withdrawn is None)


@app.command()
def finalize(
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="One reason for all that is open.")] = "",
    period: Annotated[
        str | None, typer.Option("--period", metavar="ID", help="A closed period, made final again.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="An edited draft that is to be the report.")
    ] = None,
    *,
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Make the report final. Exit code 1: refused, with what is open."""
    from generator.app.finalize import Refused, make_final
    from generator.app.waiting_saves import waiting_saves
    from generator.cli.terminal.common import print_list
    from generator.cli.terminal.run import print_final

    opened, words = opened_with_words(workspace, lang)
    waiting = () if period else waiting_saves(opened)
    made = make_final(opened, signature(because), period, source)
    print_final(made, words)
    print_list(words(N_("Saves in the inbox that no run has read yet; they are not in the report:")), waiting)
    exit_if(isinstance(made, Refused))


_ONE_EXTRACT = N_("An extract is of an officer or of a division, not of both.")
_ONE_OPTION = N_("Give either --officer or --division.")


def run_command() -> NoReturn:
    """Runs the command; errors that stop it are printed on stderr, and for a fault of ours its trace."""
    try:
        code = app(standalone_mode=False)
    except SeurantaError as error:
        print_error(error, error_words())
        sys.exit(error.exit_code)
    except WrongUsage as error:
        print_usage_error(error)
        sys.exit(UsageError.exit_code)
    except Exception:
        import logging

        logging.getLogger(__name__).exception("the program failed")
        sys.exit(SeurantaError.exit_code)
    sys.exit(code)


def _first_language(workspace: Path) -> "Words":
    """The municipality's first language; Finnish where the settings cannot be read."""
    from generator.i18n.words import Words
    from generator.workspace.folders import open_workspace

    try:
        return Words(open_workspace(workspace).settings.language)
    except SeurantaError:
        return Words(Language.FINNISH)
