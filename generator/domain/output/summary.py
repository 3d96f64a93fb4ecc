"""The counts of a report: how many goals have each degree and each overall status, by level and by division."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.domain.base.scale import OverallStatuses, Scale
from generator.domain.base.text import name_key
from generator.domain.plan.goals import Goal, Plan


class NoDegree(StrEnum):
    """The reason why a goal has no degree to be counted by."""

    NOT_ASSESSABLE = "not_assessable"
    DISPUTED = "disputed"
    NOT_REPORTED = "not_reported"
    WITHOUT_OFFICER = "without_officer"
    NOT_EXPECTED = "not_expected"
    """Its officers report nothing, and nothing could be computed."""


class NoStatus(StrEnum):
    """The reason why a goal has no overall status to be counted by."""

    DISPUTED = "disputed"
    NOT_GIVEN = "not_given"


@dataclass(frozen=True, slots=True)
class Counted:
    """A goal with its degree and the id of its overall status, or the reason why it has none."""

    goal: Goal
    degree: int | NoDegree
    status: str = NoStatus.NOT_GIVEN


@dataclass(frozen=True, slots=True)
class Count:
    """The number of goals with a degree: `by_level` counts council-term goals, annual goals and actions."""

    by_level: tuple[int, int, int]

    @property
    def total(self) -> int:
        """The goals of all levels."""
        return sum(self.by_level)


@dataclass(frozen=True, slots=True)
class DegreeCount:
    """The number of goals with a degree."""

    degree: int
    count: Count


@dataclass(frozen=True, slots=True)
class DivisionCount:
    """The goals of a division (an empty string: of none) by degree, in the scale's order, and without a degree."""

    division: str
    degrees: tuple[int, ...]
    not_assessable: int
    disputed: int
    not_reported: int
    without_officer: int
    not_expected: int = 0

    @property
    def total(self) -> int:
        """All goals of the division."""
        without_degree = self.not_assessable, self.disputed, self.not_reported, self.without_officer, self.not_expected
        return sum(self.degrees) + sum(without_degree)


@dataclass(frozen=True, slots=True)
class StatusCount:
    """The goals of a division (an empty string: of none) by overall status, in the settings' order, and without one."""

    division: str
    statuses: tuple[int, ...]
    disputed: int
    not_given: int

    @property
    def total(self) -> int:
        """All goals of the division."""
        return sum(self.statuses) + self.disputed + self.not_given


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of the document's rows; each row counts once by degree and once by division.

    `statuses` are those of the divisions, () if there are none; `all_statuses` are those of all goals.
    """

    degrees: tuple[DegreeCount, ...]
    not_assessable: Count
    disputed: Count
    not_reported: Count
    without_officer: Count
    total: Count
    divisions: tuple[DivisionCount, ...] = ()
    not_expected: Count = Count((0, 0, 0))
    statuses: tuple[StatusCount, ...] = ()
    all_statuses: StatusCount = StatusCount("", (), 0, 0)


def summarise(goals: tuple[Counted, ...], scale: Scale, statuses: OverallStatuses, plan: Plan) -> Summary:
    """Counts goals by degree, by overall status, or by the reason why they have none, by level and by division."""
    counts = Counter((counted.degree, counted.goal.level) for counted in goals)

    def count(degree: int | NoDegree) -> Count:
        """How many goals of each level have this degree, or none."""
        return Count((counts[degree, 1], counts[degree, 2], counts[degree, 3]))

    levels = Counter(counted.goal.level for counted in goals)
    return Summary(
        degrees=tuple(DegreeCount(degree.value, count(degree.value)) for degree in scale.degrees),
        not_assessable=count(NoDegree.NOT_ASSESSABLE),
        disputed=count(NoDegree.DISPUTED),
        not_reported=count(NoDegree.NOT_REPORTED),
        without_officer=count(NoDegree.WITHOUT_OFFICER),
        total=Count((levels[1], levels[2], levels[3])),
        divisions=_divisions(goals, scale, plan),
        not_expected=count(NoDegree.NOT_EXPECTED),
        statuses=tuple(_statuses(name, own, statuses) for name, own in _by_division(goals, plan)),
        all_statuses=_statuses("", goals, statuses),
    )


def _divisions(goals: Iterable[Counted], scale: Scale, plan: Plan) -> tuple[DivisionCount, ...]:
    by_division = _by_division(goals, plan)
    return tuple(_division(name, Counter(each.degree for each in own), scale) for name, own in by_division)


def _by_division(goals: Iterable[Counted], plan: Plan) -> Iterator[tuple[str, tuple[Counted, ...]]]:
    """Yields the divisions in the plan's order, then none for goals without one; nothing if no goal has a division."""
    found: dict[str, list[Counted]] = {}
    for counted in goals:
        found.setdefault(name_key(plan.division_of(counted.goal)), []).append(counted)
    for name in (*plan.divisions, "") if plan.divisions else ():
        if own := found.get(name_key(name)):
            yield name, tuple(own)


def _statuses(division: str, goals: Iterable[Counted], statuses: OverallStatuses) -> StatusCount:
    counts = Counter(counted.status for counted in goals)
    given = tuple(counts[status.id] for status in statuses.statuses)
    return StatusCount(division, given, counts[NoStatus.DISPUTED], counts[NoStatus.NOT_GIVEN])


def _division(name: str, counts: Counter[int | NoDegree], scale: Scale) -> DivisionCount:
    return DivisionCount(
        division=name,
        degrees=tuple(counts[degree.value] for degree in scale.degrees),
        not_assessable=counts[NoDegree.NOT_ASSESSABLE],
        disputed=counts[NoDegree.DISPUTED],
        not_reported=counts[NoDegree.NOT_REPORTED],
        without_officer=counts[NoDegree.WITHOUT_OFFICER],
        not_expected=counts[NoDegree.NOT_EXPECTED],
    )
