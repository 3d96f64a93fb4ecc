"""Finishes the work on closed periods: moves files that were open then, and writes forms whose path was in use."""

from generator.app.forms import write_owed_forms
from generator.app.owned_files import Placement
from generator.app.problems import problem, problem_of
from generator.app.put_away import put_away
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.domain.base.rule import N_
from generator.domain.follow_up.status import Problem
from generator.errors import FolderError


def follow_closed_periods(session: Session, snapshot: Snapshot, now: str) -> tuple[Problem, ...]:
    """Moves the remaining files of closed periods and writes the missing forms; returns what could not be done yet.

    Call it after the saves have been answered: a late file is moved together with our answers to it.

    Args:
        now: this moment, ISO 8601.
    """
    try:
        files = put_away(session, snapshot, now)
        forms = write_owed_forms(session, snapshot, now, vacated=files.moved)
    except FolderError as error:
        return (problem_of(error),)
    inbox = session.workspace.inbox
    staying = (
        problem(_STAYS, _CLOSE_IT, path=inbox / file.file, officer=file.officer or "–") for file in files.staying
    )
    left = (form for form in forms if form.state.value != Placement.WRITTEN.value)
    return (*staying, *(problem(_NO_FORM, _FREE_PLACE, path=form.path, officer=form.officer) for form in left))


_STAYS = N_("{path}: the file of a closed period is open, or has just been changed, so it was not put away: {officer}.")
_CLOSE_IT = N_("Ask for it to be closed. It follows by itself.")
_NO_FORM = N_("{path}: another file lies there, so {officer} has no form of this period yet.")
_FREE_PLACE = N_("When the place is free, the form is written by itself.")
