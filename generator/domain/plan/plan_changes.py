"""What differs between two plans: goals that are new, removed, or have another title."""

from dataclasses import dataclass
from enum import StrEnum

from generator.domain.base.text import same_text
from generator.domain.plan.goals import Plan


class PlanChangeKind(StrEnum):
    """How a goal differs from the earlier plan."""

    NEW = "new"
    REMOVED = "removed"
    RETITLED = "retitled"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One goal that differs; the title is the one of the later plan, of a removed goal that of the earlier one."""

    kind: PlanChangeKind
    code: str
    title: str


def plan_changes(earlier: Plan, now: Plan) -> tuple[PlanChange, ...]:
    """The goals of a plan that differ from an earlier one, by their codes: new, removed, retitled."""
    new = (goal for goal in now.goals if goal.code not in earlier.by_code)
    kept = ((earlier.by_code[goal.code], goal) for goal in now.goals if goal.code in earlier.by_code)
    retitled = (goal for before, goal in kept if same_text(before.title) != same_text(goal.title))
    gone = (goal for goal in earlier.goals if goal.code not in now.by_code)
    found = zip(PlanChangeKind, (new, gone, retitled), strict=True)
    return tuple(PlanChange(kind, goal.code, goal.title) for kind, goals in found for goal in goals)
