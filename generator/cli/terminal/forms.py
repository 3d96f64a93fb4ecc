"""What `seuranta forms` prints."""

import typer

from generator.app.forms import FormOutcome, FormState
from generator.domain.base.rule import N_
from generator.i18n.words import Words

_FORM_STATES = {
    FormState.WRITTEN: N_("written"),
    FormState.UNCHANGED: N_("stands unchanged"),
    FormState.TOUCHED: N_("left alone: somebody has filled or changed it"),
    FormState.LOCKED: N_("left alone: it is open"),
    FormState.OTHER_PERIOD: N_(
        "left alone: it is a form of another period. The command “seuranta period open” puts it away"
    ),
}
_ADDED = N_("The form that {officer} has begun lacks these goals; they are in this file: {codes}")


def print_forms(outcomes: tuple[FormOutcome, ...], words: Words) -> None:
    """Prints each form's path, and what was done with it."""
    for outcome in outcomes:
        typer.echo(f"{outcome.path}: {words(_FORM_STATES[outcome.state])}")
        if outcome.added:
            typer.echo(f"  {words(_ADDED, officer=outcome.officer, codes=words.list(outcome.added))}")
