"""What could not be done, as values that `status`, tilanne.html and the next process can tell."""

import os
from collections.abc import Iterable
from dataclasses import replace

from generator.app.session import Session, state_paths
from generator.domain.rule import N_
from generator.domain.status import Held, Problem
from generator.errors import SeurantaError
from generator.files.folders import Workspace
from generator.store.store import put_aside


def problem_of(error: SeurantaError, place: object = "") -> Problem:
    """An error that stopped one thing, as a problem; `place` is where, if the error does not tell."""
    details = tuple((name, str(value)) for name, value in error.values.items())
    return Problem(str(error.values.get("path", place)), error.message, error.advice, details)


def problem(message: str, advice: str, **details: object) -> Problem:
    """A problem from messages of the catalogue and their values; `path` is where it is."""
    return Problem(str(details.get("path", "")), message, advice, tuple((k, str(v)) for k, v in details.items()))


def within(workspace: Workspace, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, each once, with paths as a person in the workspace names them."""
    start = f"{workspace.root}{os.sep}"

    def short(problem: Problem) -> Problem:
        details = tuple((name, value.replace(start, "")) for name, value in problem.details)
        return replace(problem, place=problem.place.replace(start, ""), details=details)

    return tuple(dict.fromkeys(map(short, problems)))


def lasting_problems(session: Session) -> tuple[Problem, ...]:
    """What a person must look at: ledgers that were put aside, and saves that read otherwise than before."""
    aside = (problem(_ASIDE, _LOOK_AT, path=path) for path in put_aside(state_paths(session.workspace)))
    reread = (_reread(held) for held in session.store.ledger.reread(session.period))
    return (*aside, *reread)


def _reread(held: Held) -> Problem:
    return problem(_REREAD, _COMPARE, path=held.file, time=held.time)


_ASIDE = N_("{path}: a damaged ledger, or one of another archive, was put aside, and the ledger was made anew.")
_LOOK_AT = N_("Compare the report with the one before. Then move the file away or remove it.")
_REREAD = N_("{path}: read again, the save came to another result than before. Its receipt has been written again.")
_COMPARE = N_("Look at the receipt, and compare what the report prints of it with the report before.")
