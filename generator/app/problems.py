"""Problems: what could not be done, as values for `status`, tilanne.html and the next process."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator.app.edited_copies import edited_copies
from generator.app.edited_finals import ChangedFinal, changed_finals
from generator.app.lost_texts import lost_texts
from generator.app.session import Session
from generator.app.settings_questions import settings_questions
from generator.app.unread_copies import unread_copies
from generator.app.unread_words import told_unread
from generator.domain.base.rule import N_, Severity
from generator.domain.follow_up.status import EditedParts, Problem
from generator.domain.plan.goals import Plan
from generator.errors import FolderError, SeurantaError
from generator.workspace.folders import DECISIONS_FILE, Workspace

_FIRST_YEAR = 2020


def problem_of(error: SeurantaError, place: Path | None = None) -> Problem:
    """Turns an error into a problem; `place` is used where the error has no path."""
    return Problem(str(error.values.get("path", place or "")), error.message, error.advice, _details(error.values))


def problems_of(error: SeurantaError) -> tuple[Problem, ...]:
    """Returns one problem for each fault of an error."""
    return tuple(map(problem_of, error.each))


def problem(message: str, advice: str, *, severity: Severity = Severity.ERROR, **details: object) -> Problem:
    """Makes a problem from catalogue messages and their values; `path` is its place."""
    return Problem(str(details.get("path", "")), message, advice, _details(details), severity)


def remembered(problem: Problem) -> Problem:
    """Returns the problem as one that a file keeps, so that no ledger needs to."""
    return replace(problem, is_remembered=True)


def _details(values: Mapping[str, object]) -> tuple[tuple[str, str | float], ...]:
    return tuple((name, value if isinstance(value, float) else str(value)) for name, value in values.items())


def place_taken_problem(path: Path) -> Problem:
    """Returns the problem that a person's file, or a changed file of ours, is where our file should go."""
    return problem(_TOUCHED, _MOVE, path=path)


def within(workspace: Workspace, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Returns each problem once, with paths relative to the workspace."""
    start = f"{workspace.root}{os.sep}"

    def short(problem: Problem) -> Problem:
        texts = {name: value.replace(start, "") for name, value in problem.details if isinstance(value, str)}
        details = tuple((name, texts.get(name, value)) for name, value in problem.details)
        return replace(problem, place=problem.place.replace(start, ""), details=details)

    shown: dict[Problem, Problem] = {}
    for each in map(short, problems):
        if each not in shown or each.edited:  # those of the last round are kept without their differences
            shown[each] = each
    return tuple(shown.values())


def lasting_problems(
    session: Session, plan: Plan | None, settings_error: SeurantaError | None = None
) -> tuple[Problem, ...]:
    """Returns problems that stay from round to round: faults in the settings or questions about them, a plan without
    goals, ledgers moved aside, edited finals and extracts, texts that the archive has lost, copies that nobody reads,
    words in the secretary's workbook that nobody reads, saves that now read differently.

    Args:
        plan: None where no plan is known.
        settings_error: why the last good settings are used; None where the present ones are.
    """
    about_settings = problems_of(settings_error) if settings_error else settings_questions(session)
    empty = (problem(_EMPTY_PLAN, _ADD_GOALS, path=session.workspace.plan),) if plan and not plan.goals else ()
    aside = (problem(_ASIDE, _LOOK_AT, path=path) for path in session.store.state.asides())
    changed = changed_finals(session, plan)
    copies = edited_copies(session, plan) if plan else ()
    finals = (_edited(session, each, problem(_EDITED_FINAL, _NOT_PUBLISHED, path=each.path)) for each in changed)
    lost = (problem(_LOST_TEXT, _WRITE_AGAIN, path=text.file) for text in lost_texts(session))
    reread = session.store.ledger.reread(session.period)
    return (
        *about_settings,
        *empty,
        *aside,
        *finals,
        *(problem(_EDITED_COPY, _NOT_CARRIED_ON, severity=Severity.QUESTION, path=copy.path) for copy in copies),
        *lost,
        *unread_copy_problems(session),
        *unread_word_problems(session),
        *(problem(_REREAD, _COMPARE, path=held.file, time=held.time) for held in reread),
    )


def _edited(session: Session, final: ChangedFinal, told: Problem) -> Problem:
    """Returns the problem with where the edited document differs, if it is one that has words."""
    headings = session.settings.headings
    return replace(told, edited=EditedParts(final.differences, headings)) if final.has_words else told


def unread_copy_problems(session: Session) -> Iterator[Problem]:
    """Yields the question about each copy of the draft or of the workbook that nobody reads."""
    with suppress(OSError, FolderError):  # a file that goes or cannot be opened now is told when it can be
        for copy in unread_copies(session):
            yield problem(copy.message, copy.advice, severity=Severity.QUESTION, path=copy.path, name=copy.name)


def unread_word_problems(session: Session) -> Iterator[Problem]:
    """Yields the question about words that a person wrote into the secretary's workbook where nobody reads them."""
    if text := told_unread(session):
        path = session.workspace.outbox / DECISIONS_FILE
        yield problem(_UNREAD_WORDS, _WRITE_INTO_CELL, severity=Severity.QUESTION, path=path, text=text)


def clock_problems(now: datetime) -> tuple[Problem, ...]:
    """Returns the problem of a computer that has lost its date; empty if the date can be right."""
    return (problem(_CLOCK, _SET_CLOCK, path=""),) if clock_is_wrong(now) else ()


def clock_is_wrong(now: datetime) -> bool:
    """True if the clock shows a time before this program existed: the computer has lost its date.

    A computer whose CMOS battery is empty starts in 1970, 1980 or the year in which its mainboard was made.
    """
    return now.year < _FIRST_YEAR


_EMPTY_PLAN = N_("{path}: the plan has no goals, so the report has none.")
_ADD_GOALS = N_("Write the goals into the plan; seuranta plan check tells what of it is read.")
_TOUCHED = N_("{path}: somebody has changed this file, or put another in its place, so it was not written anew.")
_MOVE = N_("Move it elsewhere. The next run writes a new one.")
_ASIDE = N_(
    "{path}: this ledger was put aside: damaged, of another archive, or on request. The next run makes it anew."
)
_LOOK_AT = N_("Compare the report with the one before. Then move the file away or remove it.")
_EDITED_FINAL = N_("{path}: somebody has changed this file since the report was made final.")
_NOT_PUBLISHED = N_(
    "Do not publish it. Put it back from a backup, or move it elsewhere and make the report final again as a new "
    "version."
)
_EDITED_COPY = N_("{path}: somebody has edited this document. It stays as it is, and its edits are not carried on.")
_NOT_CARRIED_ON = N_(
    "Correct the text in the draft of the whole report in the first language, or ask the officer to correct it. Then "
    "move this file elsewhere."
)
_LOST_TEXT = N_(
    "{path}: the archive lacks this file, or it is damaged. It had a text of the report, which is printed without it."
)
_WRITE_AGAIN = N_(
    "Take the file from a backup. Otherwise ratkaistavat.xlsx tells which text it is: write it again, or choose that "
    "it is left out."
)
_REREAD = N_("{path}: read again, the save came to another result than before. Its receipt has been written again.")
_COMPARE = N_("Look at the receipt, and compare what the report prints of it with the report before.")
_UNREAD_WORDS = N_("{path}: these words were not read, since they stood in no yellow cell: {text}")
_WRITE_INTO_CELL = N_(
    "Write them into a yellow cell if they belong to the report or are a reason. The workbook that was saved is in the "
    "archive. This line goes when the workbook is saved the next time."
)
_CLOCK = N_("This computer's clock is wrong, so the times in receipts and reports are wrong too.")
_SET_CLOCK = N_("Set the clock. Nothing else depends on it.")
