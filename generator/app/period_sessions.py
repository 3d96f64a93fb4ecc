"""A workspace as it was in a closed period: with that period's settings and plan."""

from dataclasses import replace

from generator.app.kept_settings import settings_of
from generator.app.plans import last_plan_of, read_current_plan
from generator.app.session import Session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.domain.base.rule import N_
from generator.domain.plan.plan_reading import PlanReading
from generator.errors import UsageError
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
    # Kept plans have no officers' sheet, which names people's addresses: divisions and languages are the present ones.
    officers = read_current_plan(session).plan.officers
    return then, make_snapshot(then, PlanReading(replace(plan, officers=officers), ()))


_NOT_HELD = N_("Nothing is held of the period {period}.")
_SEE_LIST = N_("The periods: seuranta period list")
