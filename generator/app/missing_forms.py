"""Asks about officers whose form is gone from the inbox, though they have not saved anything."""

from collections.abc import Iterable, Iterator

from generator.app.problems import problem
from generator.app.session import Session
from generator.domain.base.rule import N_, Severity
from generator.domain.base.text import name_key
from generator.domain.follow_up.status import Problem
from generator.domain.plan.form import reporters
from generator.domain.plan.goals import Plan
from generator.store.records import FormIssued


def missing_form_questions(session: Session, plan: Plan) -> tuple[Problem, ...]:
    """Returns a question for each officer who has neither a form nor a saved file in the inbox.

    Only forms that this program wrote into the inbox are missed; a person may have moved one within it.
    """
    forms = [form for form in session.store.history.forms_of(session.period) if form.path.startswith("inbox/")]
    if not forms:
        return ()
    return tuple(
        problem(_NO_FORM, _WRITE_FORM, severity=Severity.QUESTION, path="inbox", officer=officer)
        for officer in _without_files(session, plan)
        if (own := _own(forms, officer, plan)) and not any(_lies_there(form, session) for form in own)
    )


def _without_files(session: Session, plan: Plan) -> Iterator[str]:
    """Yields the officers of whom no saved file is in the inbox."""
    is_gone = session.store.history.is_gone
    files = session.store.ledger.current_files(session.period)
    present = {name_key(save.officer or "") for save in files if not is_gone(save.file)}
    for officer in reporters(plan, session.settings.unowned_reporter):
        if name_key(officer) not in present:
            yield officer


def _own(forms: Iterable[FormIssued], officer: str, plan: Plan) -> tuple[FormIssued, ...]:
    keys = (name_key(officer), *plan.post_names.former(officer))
    return tuple(form for form in forms if name_key(form.officer) in keys)


def _lies_there(form: FormIssued, session: Session) -> bool:
    """True if a form, or a file that took its place, is at its path or where somebody moved it."""
    places = (form.path, *session.store.history.placed_at(form.digest))
    return any((session.workspace.root / place).exists() for place in places)


_NO_FORM = N_("{officer} has not saved anything, and there is no form for {officer} in the inbox any more.")
_WRITE_FORM = N_("If the form is not being filled in elsewhere, write it again: seuranta forms --officer “{officer}”")
