"""How the programme has changed since the previous period: which goals are new, ended, retitled, split or moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.domain.base.text import name_key, same_text
from generator.domain.plan.goals import Goal, Plan
from generator.domain.plan.succession import Ancestry, Origin, Succession, is_renumbered


class ProgrammeChangeKind(StrEnum):
    """The kinds of changes, in the order in which they are listed."""

    NEW = "new"
    REMOVED = "removed"
    RETITLED = "retitled"
    SPLIT = "split"
    JOINED = "joined"
    RENUMBERED = "renumbered"
    OFFICER = "officer"
    DIVISION = "division"


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """One change of one goal; `earlier` are the goals of the earlier plan that it concerns, () for a new goal.

    `goal` is the goal as it is now, of a removed goal as it was. `before` and `now` are the divisions of a goal that
    moved to another division, else empty strings.
    """

    kind: ProgrammeChangeKind
    goal: Goal
    earlier: tuple[Goal, ...] = ()
    before: str = ""
    now: str = ""


def programme_changes(found: Succession) -> tuple[ProgrammeChange, ...]:
    """Returns all changes, those of one kind together, in the order of the plans.

    A goal may have several changes. A split or joined goal has no other change.
    """
    changes = [change for goal in found.now.goals for change in _changes(goal, found)]
    changes += (ProgrammeChange(ProgrammeChangeKind.REMOVED, goal, (goal,)) for goal in found.ended)
    kinds = list(ProgrammeChangeKind)
    return tuple(sorted(changes, key=lambda change: kinds.index(change.kind)))


_OF_ORIGIN = {
    Origin.NEW: ProgrammeChangeKind.NEW,
    Origin.SPLIT: ProgrammeChangeKind.SPLIT,
    Origin.JOINED: ProgrammeChangeKind.JOINED,
}


def _changes(goal: Goal, found: Succession) -> Iterator[ProgrammeChange]:
    own = found.ancestry[goal.code]
    if own.origin in _OF_ORIGIN:
        yield ProgrammeChange(_OF_ORIGIN[own.origin], goal, own.earlier)
        return
    yield from _changes_of_continued(goal, own, found.now)


def _changes_of_continued(goal: Goal, own: Ancestry, plan: Plan) -> Iterator[ProgrammeChange]:
    (before,) = own.earlier
    if same_text(before.title) != same_text(goal.title):
        yield ProgrammeChange(ProgrammeChangeKind.RETITLED, goal, own.earlier)
    if is_renumbered(goal, before):
        yield ProgrammeChange(ProgrammeChangeKind.RENUMBERED, goal, own.earlier)
    if set(map(name_key, before.officers)) != set(map(name_key, goal.officers)):
        yield ProgrammeChange(ProgrammeChangeKind.OFFICER, goal, own.earlier)
    # A stored plan has no officers' sheet, so both divisions are looked up in the present one.
    then, now = plan.division_of(before), plan.division_of(goal)
    if name_key(then) != name_key(now):
        yield ProgrammeChange(ProgrammeChangeKind.DIVISION, goal, own.earlier, then, now)
