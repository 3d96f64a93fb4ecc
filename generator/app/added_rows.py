"""Makes an extra form with the goals that were added to the plan after an officer filled the first form."""

from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from generator.app.issued_forms import issued_codes
from generator.app.rules import read_saved
from generator.app.session import Session
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.plan.form import Form
from generator.domain.plan.goals import Plan
from generator.domain.submission.answers import Submission, find_submission
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.code_reading import fitting_goals, read_codes
from generator.domain.submission.workbook import Workbook
from generator.i18n.words import Words

ADDED_ROWS = N_("added rows")


@dataclass(frozen=True, slots=True)
class AddedRows:
    """A form with only the goals that an officer's other forms lack, and the path where it belongs."""

    form: Form
    path: Path


def added_rows(session: Session, plan: Plan, form: Form, path: Path) -> AddedRows | None:
    """Returns a form with the goals that the filled form at a path lacks; None if it lacks none or is unreadable.

    A goal that stood in the form as it was issued is not missing: the officer has removed its row.

    Args:
        form: the officer's whole form, as it would be issued now.
    """
    known = _codes(session, plan, path)
    suffix = Words(Language(form.language))(ADDED_ROWS)
    numbered = (f"{suffix} {number}" for number in count(2))
    for name in chain([suffix], numbered) if known else ():
        place = path.with_name(f"{path.stem} ({name}){path.suffix}")
        missing = tuple(row for row in form.rows if row.goal.code not in known)
        if not missing:
            return None
        if not place.exists() or session.placer.is_ours(place):
            return AddedRows(replace(form, rows=missing, is_part=True), place)
        known |= _codes(session, plan, place)
    return None


def _codes(session: Session, plan: Plan, path: Path) -> frozenset[str]:
    """Returns the codes of the goals in a workbook, and of those it had when it was issued as a form."""
    workbook, headings = read_saved(path.read_bytes()), session.settings.headings
    table = (
        find_submission(workbook, headings, session.settings.language.value) if isinstance(workbook, Workbook) else None
    )
    if not isinstance(table, Submission):
        return frozenset()
    sender, place = read_sender(workbook, path.name, session.key), session.workspace.relative(path)
    issued = map(plan.spelling, issued_codes(sender, place, session.store, headings))
    titles = (read_codes(title) for row in table.rows for title in row.titles)
    return frozenset((*issued, *(goal.code for reading in titles for goal in fitting_goals(reading, plan)[:1])))
