"""A workspace as it was in a closed period: with that period's settings and plan."""

from dataclasses import replace

from generator.app.kept_settings import settings_of
from generator.app.plans import last_plan_of, read_current_plan
from generator.app.session import Session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.domain.base.rule import N_
from generator.domain.plan.goals import Officer
from generator.domain.plan.plan_reading import PlanReading
from generator.errors import UsageError
from generator.store.plan_record import read_officers_record
from generator.workspace.folders import Workspace


def session_of(session: Session, period: str) -> tuple[Session, Snapshot]:
    """Returns the session and the snapshot of a period that has stored data, the present one or a closed one.

    Raises:
        UsageError: nothing is stored for the period.
    """
    settings, plan = settings_of(session, period), last_plan_of(session, period)
    if settings is None or plan is None:
        raise UsageError(_NOT_HELD, _SEE_LIST, period=period)
    then = session.with_workspace(Workspace(session.workspace.root, settings))
    return then, make_snapshot(then, PlanReading(replace(plan, officers=_officers_of(session, period)), ()))


def _officers_of(session: Session, period: str) -> tuple[Officer, ...]:
    """Returns the officers' sheet as it was when a period was closed; the present one if it was not kept then."""
    closing = session.store.history.closing_of(period)
    if closing is None or not closing.officers:
        return read_current_plan(session).plan.officers
    return read_officers_record(session.store.archive.read(closing.officers))


_NOT_HELD = N_("Nothing is held of the period {period}.")
_SEE_LIST = N_("The periods: seuranta period list")
