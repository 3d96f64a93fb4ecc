"""The commands `seuranta period …`: opening the next reporting period, and the list of all periods."""

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.cli.options import (
    HERE,
    JsonOption,
    LangOption,
    WorkspaceOption,
    exit_if,
    opened_with_words,
    signature,
)
from generator.domain.base.rule import N_

if TYPE_CHECKING:
    from generator.i18n.words import Words
    from generator.workspace.folders import Workspace

period_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The reporting periods.")


def _day(name: str, text: str) -> Any:
    return typer.Option(name, metavar="DATE", formats=["%Y-%m-%d", "%d.%m.%Y"], help=text)


@period_app.command("open")
def period_open(  # noqa: PLR0913 — a parameter for each option
    period: Annotated[str, typer.Argument(metavar="ID", help="The id of the new period, such as 2026-2.")],
    *,
    end: Annotated[datetime, _day("--end", "The period's last day.")],
    deadline: Annotated[datetime, _day("--deadline", "The day by which officers answer.")],
    label: Annotated[
        str, typer.Option("--label", metavar="TEXT", help="The period's name in the report (default: by its months).")
    ] = "",
    report_date: Annotated[datetime | None, _day("--report-date", "The report's date (default: the last day).")] = None,
    case_number: Annotated[str, typer.Option("--case-number", metavar="TEXT", help="The report's case number.")] = "",
    new_year: Annotated[
        bool, typer.Option("--new-year", help="A new budget year: annual goals and actions begin afresh.")
    ] = False,
    new_term: Annotated[
        bool, typer.Option("--new-term", help="A new council term: nothing is compared with the period before.")
    ] = False,
    dealt_with: Annotated[
        int | None,
        typer.Option(
            "--dealt-with", metavar="N", help="The final version that the council dealt with (default: last)."
        ),
    ] = None,
    meeting: Annotated[datetime | None, _day("--meeting", "The day on which the council dealt with it.")] = None,
    section: Annotated[str, typer.Option("--section", metavar="TEXT", help="The section of that meeting.")] = "",
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help="Why the period is closed though something is open.")
    ] = "",
    workspace: WorkspaceOption = HERE,
    lang: LangOption = None,
) -> None:
    """Close the present period, put its files away, and write the forms of the next one. Exit code 1: refused, with
    what is open."""
    from generator.app.comparison import DealtWith
    from generator.app.periods import PeriodOrder, PeriodRefused, open_period
    from generator.cli.terminal.period import print_opened, print_refused
    from generator.domain.follow_up.comparison import Beginning
    from generator.workspace.settings_edit import NewPeriod

    opened, words = opened_with_words(workspace, lang)
    version = dealt_with or _asked_version(opened, words)
    beginning = Beginning.TERM if new_term else Beginning.YEAR if new_year else Beginning.PERIOD
    new = NewPeriod(period, label, end.date(), deadline.date(), _date(report_date), case_number)
    order = PeriodOrder(new, DealtWith(version, _date(meeting), section, beginning))
    done = open_period(opened, order, signature(because))
    if isinstance(done, PeriodRefused):
        print_refused(done, words)
    else:
        print_opened(done, words)
    exit_if(isinstance(done, PeriodRefused))


@period_app.command("list")
def period_list(workspace: WorkspaceOption = HERE, lang: LangOption = None, as_json: JsonOption = False) -> None:
    """Show all periods: which is open, which are closed, and their finals."""
    from generator.app.periods import held_periods
    from generator.app.session import ask
    from generator.cli.terminal.period import print_periods

    opened, words = opened_with_words(workspace, lang)
    periods = ask(opened, held_periods)
    if as_json:
        from generator.cli.json_output import periods_form, to_json

        typer.echo(to_json(periods_form(periods)))
    else:
        print_periods(periods, words)


def _asked_version(workspace: "Workspace", words: "Words") -> int:
    """Asks which final the council dealt with, where there are several and a person sits before the terminal."""
    from generator.app.periods import final_versions
    from generator.app.session import ask

    versions = ask(workspace, final_versions)
    if len(versions) < 2 or not sys.stdin.isatty():
        return 0
    question = N_("Which version did the council deal with ({versions})?")
    answer: int = typer.prompt(words(question, versions=", ".join(map(str, versions))), default=versions[-1], type=int)
    return answer


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
