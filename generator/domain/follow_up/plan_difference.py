"""How a changed plan affects the stored answers: changed goals, answers no longer printed, rows missing from forms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from generator.domain.base.settings import Rollup
from generator.domain.base.text import name_key
from generator.domain.follow_up.merge import merge
from generator.domain.plan.form import reported_goals, reporters
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.domain.plan.programme import ProgrammeChange, programme_changes
from generator.domain.plan.succession import Succession, by_code_alone
from generator.domain.submission.answers import Answer

# An earlier officers' sheet; None: it is not known.
Sheet: TypeAlias = tuple[Officer, ...] | None


@dataclass(frozen=True, slots=True)
class MissingRows:
    """An officer whose form lacks rows, and the goals of these rows."""

    officer: str
    goals: tuple[Goal, ...]


class OfficerChangeKind(StrEnum):
    """What a change on the officers' sheet does."""

    RENAMED = "renamed"
    SILENT = "silent"
    REPORTING = "reporting"
    DEPUTY = "deputy"
    DIVISION = "division"


@dataclass(frozen=True, slots=True)
class OfficerChange:
    """A change on the officers' sheet.

    `before` is the former name of a renamed post; of a deputy or a division it is the one before, and `after` the
    present one (an empty string: none).
    """

    officer: str
    kind: OfficerChangeKind
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """How a plan differs from an earlier one.

    `unprinted` are the answers in force that the report would no longer print; `forms` the officers whose issued form
    would lack goals; `officers` the changes of posts: of names, of who reports, of deputies and divisions.
    """

    changes: tuple[ProgrammeChange, ...]
    unprinted: tuple[Answer, ...] = ()
    forms: tuple[MissingRows, ...] = ()
    officers: tuple[OfficerChange, ...] = ()

    def answered(self, goal: Goal) -> tuple[str, ...]:
        """Returns the officers whose answers to a goal would no longer be printed."""
        return tuple(answer.entry.officer for answer in self.unprinted if answer.entry.code == goal.code)


def difference_in_period(
    earlier: Plan,
    now: Plan,
    answers: tuple[Answer, ...],
    *,
    with_form: Iterable[str],
    unowned_reporter: str,
    sheet: Sheet = None,
) -> PlanDifference:
    """Compares the present plan with the one in use in the same period.

    Args:
        answers: those in force in the period.
        with_form: the officers who have a form of the period.
        unowned_reporter: who reports the goals that nobody owns (an empty string: nobody).
        sheet: the officers' sheet of the plan in use; None if it is not known.
    """
    officers = officer_changes(earlier, now, sheet)
    earlier = earlier.with_names(now.post_names)  # a renamed post is the same officer
    lost = _printed_keys(earlier, answers) - _printed_keys(now, answers)
    unprinted = tuple(each for each in answers if (each.entry.code, name_key(each.entry.officer)) in lost)
    names = {name_key(name) for name in with_form}
    rows = (
        MissingRows(officer, _added(earlier, now, officer, unowned_reporter))
        for officer in reporters(now, unowned_reporter)
        if name_key(officer) in names
    )
    changes = programme_changes(by_code_alone(earlier, now))
    return PlanDifference(changes, unprinted, tuple(each for each in rows if each.goals), officers)


def difference_from_period(
    earlier: Plan, found: Succession, answers: tuple[Answer, ...], sheet: Sheet = None
) -> PlanDifference:
    """Compares the present plan with that of an earlier period.

    Args:
        earlier: the plan of that period, with the officers' names of then.
        found: how the present plan follows it.
        answers: those in force in that period.
        sheet: the officers' sheet of then; None if it is not known.
    """
    ended = {goal.code for goal in found.ended}
    unprinted = tuple(each for each in answers if each.entry.code in ended)
    return PlanDifference(programme_changes(found), unprinted, officers=officer_changes(earlier, found.now, sheet))


def officer_changes(earlier: Plan, now: Plan, sheet: Sheet = None) -> tuple[OfficerChange, ...]:
    """Returns the posts whose names or duties differ, and, where the earlier officers' sheet is known, those whose
    deputies or divisions do.
    """
    before = {name_key(name): name for name in earlier.officer_names}
    renamed = (
        OfficerChange(officer.name, OfficerChangeKind.RENAMED, before[name_key(former)])
        for officer in now.officers
        for former in officer.former_names
        if name_key(former) in before and name_key(officer.name) not in before
    )
    silent, was_silent = _silent(now), _silent(earlier.with_names(now.post_names))
    stopped = (OfficerChange(silent[key], OfficerChangeKind.SILENT) for key in silent if key not in was_silent)
    begun = (OfficerChange(was_silent[key], OfficerChangeKind.REPORTING) for key in was_silent if key not in silent)
    goals = (*renamed, *stopped, *begun)
    if sheet is None:
        return goals
    known = {(name_key(change.officer), change.kind) for change in goals}
    rows = (change for change in _sheet_changes(sheet, now) if (name_key(change.officer), change.kind) not in known)
    return (*goals, *rows)


def _sheet_changes(sheet: tuple[Officer, ...], now: Plan) -> Iterator[OfficerChange]:
    """Yields what differs in the rows of the officers' sheet; a post without a row has an empty one."""
    before = {now.post_names.key(name_key(officer.name)): officer for officer in sheet}
    after = {name_key(officer.name): officer for officer in now.officers}
    for key in dict.fromkeys((*after, *before)):
        name = (after.get(key) or before[key]).name
        old, new = (rows.get(key) or Officer(name, "", "", "") for rows in (before, after))
        if old.is_silent != new.is_silent:
            kind = OfficerChangeKind.SILENT if new.is_silent else OfficerChangeKind.REPORTING
            yield OfficerChange(name, kind)
        if name_key(old.deputy) != name_key(new.deputy):
            yield OfficerChange(name, OfficerChangeKind.DEPUTY, old.deputy, new.deputy)
        if name_key(old.division) != name_key(new.division):
            yield OfficerChange(name, OfficerChangeKind.DIVISION, old.division, new.division)


def _silent(plan: Plan) -> dict[str, str]:
    """Returns the officers who report nothing, by the keys of their names."""
    return {name_key(name): name for goal in plan.goals for name in goal.not_reporting}


def _printed_keys(plan: Plan, answers: tuple[Answer, ...]) -> frozenset[tuple[str, str]]:
    """Returns the goals' codes and the officers' keys of the answers that a report under a plan prints."""
    items = merge(plan, answers, Rollup.NONE).goals
    return frozenset((item.goal.code, name_key(answer.entry.officer)) for item in items for answer in item.answers)


def _added(earlier: Plan, now: Plan, officer: str, unowned_reporter: str) -> tuple[Goal, ...]:
    before = {goal.code for goal in reported_goals(earlier, officer, unowned_reporter)}
    return tuple(goal for goal in reported_goals(now, officer, unowned_reporter) if goal.code not in before)
