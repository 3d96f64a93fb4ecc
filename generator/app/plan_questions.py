"""Questions about a plan that follow from the previous period's: whether goals are the same ones under another code."""

from dataclasses import replace

from generator.app.comparison import make_comparison
from generator.app.plan_names import name_questions
from generator.app.plans import check_plan, previous_period
from generator.app.rules import Rules
from generator.app.session import Session, ask
from generator.app.taking import take_new
from generator.app.untaken import has_untaken
from generator.domain.base.finding import Finding
from generator.domain.output.programme import programme_questions
from generator.domain.plan.goals import Plan
from generator.domain.plan.plan_reading import PlanReading
from generator.workspace.folders import Workspace


def check_plan_with_previous(workspace: Workspace) -> PlanReading:
    """Returns the plan with its findings and with the questions on names and on the previous period's plan.

    Raises:
        PlanError: the file has no table of goals.
    """
    reading = check_plan(workspace)
    names = name_questions(reading.plan, workspace.settings)
    reading = replace(reading, findings=(*reading.findings, *names))
    if not workspace.settings.period.previous:
        return reading
    asked = ask(workspace, lambda session: _questions_of(session, reading.plan))
    return replace(reading, findings=(*reading.findings, *reading.placed(asked)))


def take_untaken(session: Session, plan: Plan) -> None:
    """Processes in memory what was saved since the last run, for a command that must not change anything."""
    if session.key and has_untaken(session):
        take_new(session, Rules(session, plan))


def _questions_of(session: Session, plan: Plan) -> tuple[Finding, ...]:
    take_untaken(session, plan)
    return programme_questions(plan, make_comparison(session, previous_period(session, plan)))
