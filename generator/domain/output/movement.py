"""How each goal's degree has changed since the report that the council dealt with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.domain.follow_up.comparison import Beginning, Comparison, PrintedGoal, degree_sources
from generator.domain.plan.goals import Goal
from generator.domain.plan.succession import Origin, Succession

Printed = Mapping[str, PrintedGoal]


class Change(StrEnum):
    """How a degree changed since the previous period."""

    ADVANCED = "advanced"
    FELL_BACK = "fell_back"
    UNCHANGED = "unchanged"
    NEW_GOAL = "new_goal"
    JOINED = "joined"
    SPLIT = "split"
    OTHER_SOURCES = "other_sources"
    NO_EARLIER = "no_earlier"


@dataclass(frozen=True, slots=True)
class Movement:
    """A degree then and now, None where there is no single one.

    `origin` tells how the goal relates to the earlier plan, and `earlier` are the codes of the earlier goals where it
    is joined or split. `differed`: the officers' assessments differed then. `has_other_sources`: a computed degree
    comes from other goals than then, so that the two degrees cannot be compared.
    """

    before: int | None
    now: int | None
    origin: Origin = Origin.CONTINUED
    differed: bool = False
    has_other_sources: bool = False
    earlier: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """How the degree has changed since the previous period."""
        if self.origin is Origin.NEW:
            return Change.NEW_GOAL
        if self.origin is Origin.SPLIT:
            return Change.SPLIT
        if self.before is None or self.now is None:
            return Change.JOINED if self.origin is Origin.JOINED else Change.NO_EARLIER
        if self.has_other_sources:
            return Change.OTHER_SOURCES
        if self.before == self.now:
            return Change.UNCHANGED
        return Change.ADVANCED if self.before < self.now else Change.FELL_BACK


def movements(comparison: Comparison, found: Succession, now: Printed) -> Mapping[str, Movement]:
    """Returns each goal's movement by its code; goals that begin afresh have none, nor any under another scale.

    Args:
        comparison: the previous period.
        found: how the present plan follows that of the previous period.
        now: the present goals as printed, by their codes.
    """
    if comparison.report.has_other_scale:
        return {}
    periods = _TwoPeriods(comparison, found, now, degree_sources(found.now, now))
    compared = (goal for goal in found.now.goals if goal.code in now and not begins_afresh(goal, comparison, found))
    return {goal.code: periods.movement(goal.code) for goal in compared}


def begins_afresh(goal: Goal, comparison: Comparison, found: Succession) -> bool:
    """True if the goal is not compared, because a new year or council term begins.

    Source: DESIGN 5, What moved.
    """
    match comparison.report.beginning:
        case Beginning.TERM:
            return True
        case Beginning.YEAR:
            return goal.level > 1 and not found.ancestry[goal.code].is_named
        case Beginning.PERIOD:
            return False


@dataclass(frozen=True, slots=True)
class _TwoPeriods:
    """The goals of both periods, and for each present goal the goals from whose reported degrees its degree comes."""

    comparison: Comparison
    found: Succession
    now: Printed
    sources: Mapping[str, frozenset[str]]

    def movement(self, code: str) -> Movement:
        """How a goal's degree has changed."""
        own, now, then = self.found.ancestry[code], self.now[code], self.comparison.by_code
        before = tuple(then[goal.code] for goal in own.earlier if goal.code in then)
        degrees = {printed.degree for printed in before}
        is_computed = now.is_computed or any(printed.is_computed for printed in before)
        return Movement(
            degrees.pop() if len(degrees) == 1 else None,
            now.degree,
            own.origin,
            differed=any(printed.differed for printed in before),
            has_other_sources=is_computed and not self._is_computed_alike(code),
            earlier=tuple(goal.code for goal in own.earlier) if own.origin in (Origin.JOINED, Origin.SPLIT) else (),
        )

    def _is_computed_alike(self, code: str) -> bool:
        """True if a degree is computed as in the previous period: from the same goals, each continued by just one."""
        if self.comparison.report.has_other_rollup:
            return False
        earlier = self.found.ancestry[code].earlier
        then = {source for goal in earlier for source in self.comparison.sources.get(goal.code, ())}
        continued = [self._one_earlier(source) for source in self.sources[code]]
        return None not in continued and set(continued) == then

    def _one_earlier(self, code: str) -> str | None:
        """Returns the code then of the one goal that a goal continues; None if it is new, split or joined."""
        own = self.found.ancestry[code]
        is_afresh = begins_afresh(self.found.now.by_code[code], self.comparison, self.found)
        return own.earlier[0].code if own.origin is Origin.CONTINUED and not is_afresh else None
