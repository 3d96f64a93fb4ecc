"""A workspace as it was in a closed period: with that period's settings and plan."""

from dataclasses import replace
from pathlib import Path

from generator.app.plans import last_plan_of, read_current_plan
from generator.app.session import Session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.domain.base.rule import N_
from generator.domain.base.settings import Settings
from generator.domain.plan.plan_reading import PlanReading
from generator.errors import SettingsError, UsageError
from generator.store.archive import MissingBytesError
from generator.workspace.folders import SETTINGS_FILE, Workspace
from generator.workspace.settings_file import decode_settings


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


def settings_of(session: Session, period: str) -> Settings | None:
    """Returns the last settings that were in use in a period; None if they are not known any more."""
    for used in reversed(session.store.history.settings_used()):
        try:
            settings = decode_settings(session.store.archive.read(used.digest), Path(SETTINGS_FILE))
        except (MissingBytesError, SettingsError):
            continue
        if settings.period.id == period:
            return settings
    return None


_NOT_HELD = N_("Nothing is held of the period {period}.")
_SEE_LIST = N_("The periods: seuranta period list")
