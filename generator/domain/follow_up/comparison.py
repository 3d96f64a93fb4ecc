"""The previous period's goals and degrees as a report printed them, with which a period is compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.canonical import HasDigest
from generator.domain.follow_up.merge import FollowUp, GoalFollowUp, GoalState, degrees_of
from generator.domain.plan.goals import Goal, Plan


class Beginning(StrEnum):
    """What begins with a period.

    With a YEAR, annual goals and actions begin afresh, unless the plan names their earlier codes. With a TERM of the
    council everything does: nothing is compared.
    """

    PERIOD = "period"
    YEAR = "year"
    TERM = "term"


class Basis(StrEnum):
    """Where the degrees of the comparison come from.

    FINAL: a final version, as printed. HELD: the stored answers, because the previous period has no final. UNRECORDED:
    the stored answers, because there is no record of what the final printed.
    """

    FINAL = "final"
    HELD = "held"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """Which report the present one is compared with, as the document says it.

    `version` is the number of the final version (0: none). `day` is when the council dealt with it (None: not told),
    `section` the section of those minutes, for example `85 §` (an empty string: not told). `has_other_scale`: it used
    another scale, so no degrees are compared. `has_other_rollup`: it computed degrees in another way. `periods` are the
    labels of its reporting period: pairs of a language (fi, sv, en) and the label.
    """

    basis: Basis
    version: int = 0
    day: date | None = None
    section: str = ""
    beginning: Beginning = Beginning.PERIOD
    has_other_scale: bool = False
    has_other_rollup: bool = False
    periods: tuple[tuple[str, str], ...] = ()

    def period(self, language: str) -> str:
        """Returns the label of its reporting period in a language; an empty string if it is not known."""
        return dict(self.periods).get(language, "")


@dataclass(frozen=True, slots=True)
class PrintedGoal:
    """A goal as a report printed it.

    `degree` is the one degree (1–5), None where there was none or officers disagreed; `differed`: several degrees were
    printed. `counts`: the degree is used to compute the degree of the goal above.
    """

    goal: Goal
    degree: int | None
    differed: bool = False
    is_computed: bool = False
    counts: bool = False


@dataclass(frozen=True)
class Comparison(HasDigest):
    """The previous period: its plan, and its goals as they were printed."""

    report: ComparedReport
    plan: Plan
    goals: tuple[PrintedGoal, ...]

    @cached_property
    def by_code(self) -> Mapping[str, PrintedGoal]:
        """The goals by their codes then."""
        return MappingProxyType({printed.goal.code: printed for printed in self.goals})

    @cached_property
    def sources(self) -> Mapping[str, frozenset[str]]:
        """For each goal, by its code then: the codes of the goals from whose reported degrees its degree comes."""
        return degree_sources(self.plan, self.by_code)


def comparison_with_held(follow_up: FollowUp, plan: Plan, report: ComparedReport) -> Comparison:
    """Makes the comparison with the stored answers of the previous period.

    Args:
        follow_up: that of the previous period, merged under its own plan.
        plan: the previous period's plan.
    """
    return Comparison(report, plan, printed_goals(follow_up))


def printed_goals(follow_up: FollowUp) -> tuple[PrintedGoal, ...]:
    """Returns the goals of a follow-up as a report prints them."""
    return tuple(map(printed_goal, follow_up.goals))


def printed_goal(item: GoalFollowUp) -> PrintedGoal:
    """Returns a goal as a report prints it."""
    return PrintedGoal(
        item.goal,
        item.degree,
        differed=len(degrees_of(item.printed)) > 1,
        is_computed=item.state is GoalState.COMPUTED,
        counts=item.degree is not None and not item.is_disputed,
    )


def degree_sources(plan: Plan, printed: Mapping[str, PrintedGoal]) -> Mapping[str, frozenset[str]]:
    """Returns for each goal the codes of the goals from whose reported degrees its degree comes.

    For a reported degree that is its own code. For a computed one it is the codes of the reporting goals under it.
    """
    found: dict[str, frozenset[str]] = {}
    for goal in sorted(plan.goals, key=lambda goal: -goal.level):
        own = printed.get(goal.code)
        if own is None or not own.is_computed:
            found[goal.code] = frozenset((goal.code,))
            continue
        below = (child.code for child in plan.children(goal.code) if _counts(printed.get(child.code)))
        found[goal.code] = _union(found[code] for code in below)
    return MappingProxyType(found)


def _counts(printed: PrintedGoal | None) -> bool:
    return printed is not None and printed.counts


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
