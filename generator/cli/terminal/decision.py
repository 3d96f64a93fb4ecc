"""What `seuranta decide` prints."""

import typer

from generator.domain.base.rule import N_
from generator.domain.follow_up.merge import Decision
from generator.i18n.words import Words


def print_decision(decision: Decision | None, code: str, words: Words) -> None:
    """Whose answer the report prints, or that nobody disagrees."""
    if decision is None:
        typer.echo(words(N_("Officers do not disagree about the goal {code}."), code=code))
    else:
        message = N_("The report prints the answer of {officer} for the goal {code}, until an officer saves another.")
        typer.echo(words(message, officer=decision.officer, code=decision.code))
