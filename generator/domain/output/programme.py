"""Makes the values of the chapter on programme changes, and of last year's goals when a new year begins."""

from collections import Counter
from dataclasses import dataclass

from generator.domain.base.finding import Finding
from generator.domain.follow_up.comparison import Beginning, Comparison, PrintedGoal
from generator.domain.output.movement import begins_afresh
from generator.domain.plan.goals import Goal, Plan
from generator.domain.plan.programme import ProgrammeChange, ProgrammeChangeKind, programme_changes
from generator.domain.plan.succession import Succession, succession, succession_questions


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A change to the programme, with the earlier goals as they were last printed."""

    change: ProgrammeChange
    printed: tuple[PrintedGoal, ...] = ()


@dataclass(frozen=True, slots=True)
class EndedYear:
    """How many of last year's annual goals and actions had each degree, the highest first, when a new year begins.

    `without` is the number of those that had no single degree.
    """

    degrees: tuple[tuple[int, int], ...]
    without: int

    @property
    def total(self) -> int:
        """The number of all these goals and actions."""
        return self.without + sum(count for _, count in self.degrees)


def programme_rows(comparison: Comparison, found: Succession) -> tuple[ProgrammeRow, ...]:
    """Returns the changes to the programme, without goals that begin or end with a year or a term."""
    changes = (change for change in programme_changes(found) if not _is_of_beginning(change, comparison, found))
    return tuple(_row(change, comparison) for change in changes)


def programme_questions(plan: Plan, comparison: Comparison | None) -> tuple[Finding, ...]:
    """Returns the questions for the plan's author about goals of the previous period, without those that begin afresh.

    Args:
        comparison: the previous period; None if nothing is known of it.
    """
    if comparison is None:
        return ()
    found = succession(comparison.plan, plan)
    asked = succession_questions(found)
    return tuple(each for each in asked if not begins_afresh(plan.by_code[each.code or ""], comparison, found))


def ended_year(comparison: Comparison, found: Succession) -> EndedYear | None:
    """Returns last year's annual goals and actions; None unless a new year begins, and they had any."""
    if comparison.report.beginning is not Beginning.YEAR:
        return None
    ended = [comparison.by_code[goal.code].degree for goal in _ended_with_year(comparison, found)]
    counts = Counter(degree for degree in ended if degree is not None)
    return EndedYear(tuple(sorted(counts.items(), reverse=True)), ended.count(None)) if ended else None


def _ended_with_year(comparison: Comparison, found: Succession) -> tuple[Goal, ...]:
    return tuple(
        goal
        for goal in comparison.plan.goals
        if goal.level > 1 and goal.code in comparison.by_code and not _is_named(goal, found)
    )


def _is_named(goal: Goal, found: Succession) -> bool:
    """True if the present plan names an earlier goal in its column of earlier codes."""
    return any(found.ancestry[code].is_named for code in found.successors(goal.code))


def _is_of_beginning(change: ProgrammeChange, comparison: Comparison, found: Succession) -> bool:
    """True if the goal is left out of the list of changes, because all such goals begin anew with the year or term."""
    match comparison.report.beginning:
        case Beginning.TERM:
            return True
        case Beginning.YEAR if change.kind is ProgrammeChangeKind.REMOVED:
            return change.goal.level > 1
        case Beginning.YEAR:
            return begins_afresh(change.goal, comparison, found)
        case Beginning.PERIOD:
            return False


def _row(change: ProgrammeChange, comparison: Comparison) -> ProgrammeRow:
    found = (comparison.by_code.get(goal.code) for goal in change.earlier)
    return ProgrammeRow(change, tuple(printed for printed in found if printed))
