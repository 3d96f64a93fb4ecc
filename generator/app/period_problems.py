"""The problems of a closed period's files that could not be put away, and of forms that have no place."""

from pathlib import Path

from generator.app.forms import FormOutcome
from generator.app.owned_files import Placement
from generator.app.problems import problem
from generator.app.put_away import PutAwayResult
from generator.domain.base.rule import N_
from generator.domain.follow_up.status import Problem


def staying_problems(inbox: Path, files: PutAwayResult, forms: tuple[FormOutcome, ...]) -> tuple[Problem, ...]:
    """Returns the problems of files that stay in the inbox, each with whose it is, and of forms not written."""
    staying = (
        problem(_STAYS, _CLOSE_IT, path=inbox / file.file, officer=file.officer or "–") for file in files.staying
    )
    left = (form for form in forms if form.state.value != Placement.WRITTEN.value)
    return (*staying, *(problem(_NO_FORM, _FREE_PLACE, path=form.path, officer=form.officer) for form in left))


_STAYS = N_("{path}: the file of a closed period is open, or has just been changed, so it was not put away: {officer}.")
_CLOSE_IT = N_("Ask for it to be closed. It follows by itself.")
_NO_FORM = N_("{path}: another file lies there, so {officer} has no form of this period yet.")
_FREE_PLACE = N_("When the place is free, the form is written by itself.")
