"""What `seuranta period open` and `period list` print."""

from datetime import date

import typer

from generator.app.forms import FormState
from generator.app.periods import ListedPeriod, OpenedPeriod, PeriodRefused
from generator.cli.terminal.common import print_list
from generator.cli.terminal.forms import print_forms
from generator.domain.base.rule import N_
from generator.i18n.open_kinds import KIND_NAMES, kind_lines
from generator.i18n.words import Words


def print_opened(done: OpenedPeriod, words: Words) -> None:
    """Prints the new period, what it is compared with, what was moved, and what could not be done yet."""
    typer.echo(words(N_("The period {closed} is closed, and {period} is open: {label}."), **_named(done)))
    if done.version:
        typer.echo(words(N_("It is compared with the final version {version}."), version=done.version))
    else:
        typer.echo(words(N_("There is no final version to compare with; it is compared with what was last answered.")))
    moved = N_("Files put away into {folder}: {count}")
    typer.echo(words(moved, folder=f"inbox/arkisto/{done.closed}", count=len(done.files.moved)))
    print_list(words(N_("Edited drafts of the closed period, left where they are:")), done.edited)
    print_list(
        words(N_("Open or just changed, put away later by itself:")),
        tuple(f"{file.file} ({file.officer})" if file.officer else file.file for file in done.files.staying),
    )
    written = tuple(form for form in done.forms if form.state is FormState.WRITTEN)
    typer.echo(words(N_("New forms: {count}"), count=len(written)))
    print_forms(tuple(form for form in done.forms if form not in written), words)
    typer.echo(words(N_("tilanne.html and the new draft follow with the next run, with watch within a minute.")))
    if not done.period.case_number:
        typer.echo(words(N_("The new report has no case number yet. When it is known, write it into seuranta.toml.")))


def print_refused(refused: PeriodRefused, words: Words) -> None:
    """Prints why the period stays open."""
    if not refused.has_final:
        typer.echo(words(N_("The period {period} was not closed: its report is not final."), period=refused.period))
    else:
        message = N_("The period {period} was not closed: answers have changed since its report was made final.")
        typer.echo(words(message, period=refused.period))
    typer.echo(words(N_("Make the report final (seuranta finalize), or give a reason with --because TEXT.")))
    for kind in refused.open.kinds:
        print_list(f"{words(KIND_NAMES[kind])}:", kind_lines(refused.open, kind, words))


def print_periods(periods: tuple[ListedPeriod, ...], words: Words) -> None:
    """Prints a line for each period, and under it its finals."""
    for period in periods:
        state = words(_OPEN if period.is_present else _CLOSED if period.closed_by else _LEFT)
        typer.echo(f"{period.id}  {period.label}: {state}")
        for number, final in enumerate(period.finals, start=1):
            version = final.version or number
            dealt = period.dealt_with == version
            said = words(N_("final version {version}, {time}"), version=version, time=words.moment(final.time))
            typer.echo(f"    {said}{_dealt_with(period, words) if dealt else ''}")


def _dealt_with(period: ListedPeriod, words: Words) -> str:
    """Returns `(tämän valtuusto käsitteli 9.11.2026, 85 §)`."""
    closed = period.closed_by
    day = words.date(date.fromisoformat(closed.meeting)) if closed and closed.meeting else ""
    told = ", ".join(filter(None, (day, closed.section if closed else "")))
    return words(_DEALT_WITH_AT, told=told) if told else words(_DEALT_WITH)


def _named(done: OpenedPeriod) -> dict[str, str]:
    return {"closed": done.closed, "period": done.period.id, "label": done.period.label}


_OPEN, _CLOSED, _LEFT = N_("open"), N_("closed"), N_("left without being closed")
_DEALT_WITH_AT = N_(" (the council dealt with this one: {told})")
_DEALT_WITH = N_(" (the council dealt with this one)")
