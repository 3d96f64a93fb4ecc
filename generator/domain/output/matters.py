"""What a council asks first: which goals will not be achieved, are late, fell, rose, were achieved or not reported."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.base.scale import OverallStatus
from generator.domain.follow_up.merge import GoalState
from generator.domain.output.movement import Change
from generator.domain.output.report import Report, ReportRow
from generator.domain.output.summary import NoDegree


@dataclass(frozen=True, slots=True)
class StatusMatter:
    """The goals with one overall status, which is not the best one."""

    status: OverallStatus
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class ChangedDegrees:
    """The officers' degrees by how they changed; `achieved` reached the highest degree, and are not among the risen.

    `computed` counts the changes of computed degrees, which are in none of the tuples.
    """

    fell: tuple[ReportRow, ...]
    rose: tuple[ReportRow, ...]
    achieved: tuple[ReportRow, ...]
    unchanged: int
    new: int
    split_or_joined: int
    computed_otherwise: int
    computed_rose: int
    computed_fell: int


@dataclass(frozen=True, slots=True)
class Matters:
    """The groups of goals that the summary names, each in the order of the report.

    `statuses` are those with goals that need attention, the worst first; `has_statuses`: some goal has a status.
    `lowest` are the goals at the lowest degrees, () where statuses are given. `moved` is None if nothing is compared.
    `achieved` are all goals at the highest degree; `computed` counts those whose degree is computed.
    """

    statuses: tuple[StatusMatter, ...]
    has_statuses: bool
    lowest: tuple[ReportRow, ...]
    moved: ChangedDegrees | None
    achieved: tuple[ReportRow, ...]
    unreported: tuple[ReportRow, ...]
    partly_reported: tuple[ReportRow, ...]
    differing: tuple[ReportRow, ...]
    computed: int

    @property
    def needing_attention(self) -> tuple[ReportRow, ...]:
        """Returns each goal once: by status, the worst first, then those that fell, then the lowest."""
        by_status = (row for matter in self.statuses for row in matter.rows)
        fell = self.moved.fell if self.moved else ()
        found = {row.goal.code: row for row in (*by_status, *fell, *self.lowest)}
        return tuple(found.values())


def matters_of(report: Report) -> Matters:
    """Returns the groups of goals that a summary names."""
    has_statuses = any(row.statuses for row in report.rows)
    return Matters(
        statuses=tuple(_status_matters(report)),
        has_statuses=has_statuses,
        lowest=() if has_statuses else report.lowest,
        moved=_moved(report),
        achieved=tuple(row for row in report.rows if row.degree == _highest(report)),
        unreported=tuple(row for row in report.rows if row.counted.degree is NoDegree.NOT_REPORTED),
        partly_reported=tuple(row for row in report.not_reported if row.counted.degree is not NoDegree.NOT_REPORTED),
        differing=report.disagreements,
        computed=sum(row.state is GoalState.COMPUTED for row in report.rows),
    )


def _status_matters(report: Report) -> Iterable[StatusMatter]:
    _best, *others = report.frame.statuses.statuses
    for status in reversed(others):
        rows = tuple(row for row in report.rows if row.counted.status == status.id)
        if rows:
            yield StatusMatter(status, rows)


def _moved(report: Report) -> ChangedDegrees | None:
    compared = [(row, row.movement.change) for row in report.rows if row.movement]
    if not compared:
        return None
    own = [(row, change) for row, change in compared if row.state is not GoalState.COMPUTED]
    counts = Counter(change for _, change in compared)
    computed = Counter(change for row, change in compared if row.state is GoalState.COMPUTED)
    rose = tuple(row for row, change in own if change is Change.ADVANCED)
    achieved = tuple(row for row in rose if row.degree == _highest(report))
    return ChangedDegrees(
        fell=tuple(row for row, change in own if change is Change.FELL_BACK),
        rose=tuple(row for row in rose if row not in achieved),
        achieved=achieved,
        unchanged=counts[Change.UNCHANGED],
        new=counts[Change.NEW_GOAL],
        split_or_joined=counts[Change.SPLIT] + counts[Change.JOINED],
        computed_otherwise=counts[Change.OTHER_SOURCES],
        computed_rose=computed[Change.ADVANCED],
        computed_fell=computed[Change.FELL_BACK],
    )


def _highest(report: Report) -> int:
    return report.frame.scale.degrees[-1].value
