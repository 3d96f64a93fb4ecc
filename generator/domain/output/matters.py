"""What a council asks first: which goals will not be achieved, are late, fell, rose, were achieved or not reported."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.base.scale import OverallStatus
from generator.domain.output.movement import Change
from generator.domain.output.report import Report, ReportRow
from generator.domain.output.summary import NoDegree


@dataclass(frozen=True, slots=True)
class StatusMatter:
    """The goals with one overall status that needs attention."""

    status: OverallStatus
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class ChangedDegrees:
    """The goals of a report that is compared with an earlier one, by how their degrees changed; each is in one tuple.

    `achieved` are at the highest degree, and were not in the earlier report, as far as it tells: new goals too, and
    those that begin afresh. `others` are all other compared goals, and among them every computed degree.
    """

    fell: tuple[ReportRow, ...]
    rose: tuple[ReportRow, ...]
    achieved: tuple[ReportRow, ...]
    others: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class Matters:
    """The groups of goals that the summary names, each in the order of the report.

    `statuses` are those with goals that need attention, the worst first; `has_statuses`: some goal has a status.
    `lowest` are the goals without a status to which officers gave the lowest degrees: of computed ones the goals below
    tell. `moved` is None if nothing is compared. `achieved` are all goals at the highest degree; `computed` counts the
    degrees that are computed.
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
    return Matters(
        statuses=tuple(_status_matters(report)),
        has_statuses=any(row.statuses for row in report.rows),
        lowest=tuple(row for row in report.lowest if not row.is_computed and not row.statuses),
        moved=_moved(report),
        achieved=tuple(row for row in report.rows if row.degree == _highest(report)),
        unreported=tuple(row for row in report.rows if row.counted.degree is NoDegree.NOT_REPORTED),
        partly_reported=tuple(row for row in report.not_reported if row.counted.degree is not NoDegree.NOT_REPORTED),
        differing=report.disagreements,
        computed=sum(row.is_computed for row in report.rows),
    )


def _status_matters(report: Report) -> Iterable[StatusMatter]:
    for status in reversed(report.frame.statuses.statuses):
        rows = tuple(row for row in report.rows if row.counted.status == status.id)
        if rows and status.needs_attention:
            yield StatusMatter(status, rows)


def _moved(report: Report) -> ChangedDegrees | None:
    compared = tuple(row for row in report.rows if row.movement)
    if not compared:
        return None
    achieved = tuple(row for row in report.rows if _is_newly_achieved(row, report))
    own = tuple(row for row in compared if not row.is_computed and not _is_newly_achieved(row, report))
    fell, rose = _with(Change.FELL_BACK, own), _with(Change.ADVANCED, own)
    told = {row.goal.code for row in (*fell, *rose, *achieved)}
    return ChangedDegrees(fell, rose, achieved, others=tuple(row for row in compared if row.goal.code not in told))


def _is_newly_achieved(row: ReportRow, report: Report) -> bool:
    is_achieved = row.degree == _highest(report) and not row.is_computed
    return is_achieved and not (row.movement and row.movement.before == row.degree)


def _with(change: Change, rows: Iterable[ReportRow]) -> tuple[ReportRow, ...]:
    return tuple(row for row in rows if row.movement and row.movement.change is change)


def _highest(report: Report) -> int:
    return report.frame.scale.degrees[-1].value
