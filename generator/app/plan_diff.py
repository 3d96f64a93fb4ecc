"""`seuranta plan diff`: how plan.xlsx, as it is now, affects the stored answers. Nothing is stored."""

import sys
from dataclasses import dataclass
from enum import StrEnum

from generator.app.plan_questions import take_untaken
from generator.app.plans import last_good_plan, last_officers_of, last_plan_of, read_current_plan
from generator.app.session import Session, ask
from generator.domain.base.rule import N_
from generator.domain.follow_up.plan_difference import PlanDifference, difference_from_period, difference_in_period
from generator.domain.plan.form import reporters
from generator.domain.plan.goals import Plan
from generator.domain.plan.succession import succession
from generator.errors import UsageError
from generator.workspace.folders import Workspace


class ComparedPlan(StrEnum):
    """Which plan plan.xlsx is compared with: none yet, the one in use, or that of an earlier period."""

    NONE = "none"
    IN_USE = "in-use"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """How plan.xlsx differs from the plan last in use in a period."""

    period: str
    compared: ComparedPlan
    difference: PlanDifference


def diff_plan(workspace: Workspace, period: str | None = None) -> PlanDiff:
    """Compares plan.xlsx with the plan last in use.

    Args:
        period: the id of an earlier period, with whose plan it is compared; None: the present period, the previous one
            as long as nobody has saved in the present one.

    Raises:
        PlanError: plan.xlsx cannot be used.
        UsageError: no plan of the period is stored.
    """
    return ask(workspace, lambda session: _diff(session, period or _usual_period(session)))


def _usual_period(session: Session) -> str:
    period = session.settings.period
    is_begun = session.store.history.first_save_of(period.id) is not None
    return period.id if is_begun or not session.store.history.plans(period.previous) else period.previous


def _diff(session: Session, period: str) -> PlanDiff:
    now = read_current_plan(session).plan
    used = last_good_plan(session)
    take_untaken(session, used or now)
    if period == session.period:
        compared = ComparedPlan.IN_USE if used else ComparedPlan.NONE
        return PlanDiff(period, compared, _in_period(session, used or Plan(()), now))
    earlier = last_plan_of(session, period)
    if earlier is None:
        raise UsageError(_NO_PLAN, _NAME_A_PERIOD, period=period)
    answers = session.store.ledger.current_answers(period)
    sheet = last_officers_of(session, period)
    difference = difference_from_period(earlier, succession(earlier, now), answers, sheet)
    return PlanDiff(period, ComparedPlan.EARLIER, difference)


def _in_period(session: Session, used: Plan, now: Plan) -> PlanDifference:
    unowned_reporter, history = session.settings.unowned_reporter, session.store.history
    everyone = reporters(now, unowned_reporter)
    return difference_in_period(
        used,
        now,
        session.store.ledger.current_answers(session.period),
        with_form=(name for name in everyone if history.issued_forms(name, session.period, sys.maxsize)),
        unowned_reporter=unowned_reporter,
        sheet=last_officers_of(session, session.period),
    )


_NO_PLAN = N_("No plan of the period {period} is held.")
_NAME_A_PERIOD = N_("Give the id of an earlier period, as it was in seuranta.toml then.")
