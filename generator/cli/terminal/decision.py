"""What `seuranta decide`, `confirm` and `withdraw` print."""

import typer

from generator.domain.base.rule import N_
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.merge import Decision
from generator.i18n.words import Words


def print_decision(decision: Decision | ChosenFile | None, code: str, words: Words) -> None:
    """Prints whose answer the report has, or that nobody differs."""
    if decision is None:
        typer.echo(words(N_("Officers do not disagree about the goal {code}."), code=code))
    elif isinstance(decision, ChosenFile):
        message = N_("Of the goal {code} the answer of {officer} in the file {file} counts.")
        typer.echo(words(message, code=decision.code, officer=decision.officer, file=decision.file))
    else:
        message = N_("The report prints the answer of {officer} for the goal {code}, until an officer saves another.")
        typer.echo(words(message, officer=decision.officer, code=decision.code))


def print_accepted(accepted: tuple[AcceptedSender, ...], file: str, words: Words) -> None:
    """Prints in whose names the file's answers count from now on, or that nothing of it waits."""
    if not accepted:
        typer.echo(words(N_("No answers in {file} wait for a check of their sender."), file=file))
    for act in accepted:
        typer.echo(words(N_("The answers in {file} count as those of {officer}."), file=act.file, officer=act.officer))


def print_withdrawn(withdrawn: WithdrawnAnswer | None, code: str, officer: str, words: Words) -> None:
    """Prints that the answer was withdrawn, or that there is none."""
    message = N_("{officer} has no answer in force to the goal {code}.")
    if withdrawn:
        message = N_("The answer of {officer} to the goal {code} was withdrawn.")
    typer.echo(words(message, officer=withdrawn.officer if withdrawn else officer, code=code))
