"""Finds which goals of an earlier plan each goal continues: by its earlier codes, or by code and title."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.text import heading_key
from generator.domain.plan.codes import code_numbers
from generator.domain.plan.goals import Goal, Plan, has_near_title

# A year such as 2027, but not as part of a longer number.
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


class Origin(StrEnum):
    """How a goal relates to the earlier plan."""

    CONTINUED = "continued"
    NEW = "new"
    JOINED = "joined"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The goals of the earlier plan that a goal continues, in the earlier plan's words.

    `earlier` is () for a new goal, one goal for a continued one, several for a joined one. A split goal shares an
    earlier goal with another goal of the present plan. `is_named`: the plan names them in its column of earlier codes.
    """

    origin: Origin
    earlier: tuple[Goal, ...] = ()
    is_named: bool = False


@dataclass(frozen=True)
class Succession:
    """How a plan follows an earlier one: by code, where each of its goals comes from, and which goals ended."""

    earlier: Plan
    now: Plan
    ancestry: Mapping[str, Ancestry]

    @cached_property
    def ended(self) -> tuple[Goal, ...]:
        """The goals of the earlier plan that no goal continues."""
        continued = {goal.code for each in self.ancestry.values() for goal in each.earlier}
        return tuple(goal for goal in self.earlier.goals if goal.code not in continued)

    def successors(self, code: str) -> tuple[str, ...]:
        """Returns the codes of the goals that continue an earlier goal, by its code then."""
        return self._successors.get(code, ())

    @cached_property
    def _successors(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for code, each in self.ancestry.items():
            for goal in each.earlier:
                found.setdefault(goal.code, []).append(code)
        return MappingProxyType({code: tuple(codes) for code, codes in found.items()})


def succession(earlier: Plan, now: Plan) -> Succession:
    """Finds out for each goal which goals of the earlier plan it continues.

    A goal names them by its `earlier_codes`. Without these it continues the goal with its own code, if that has the
    same title or nearly the same one. Titles that name different years are of different goals. Posts that were renamed
    have their present names in the earlier plan too.

    Source: DESIGN 5, What moved.
    """
    earlier = earlier.with_names(now.post_names)
    now = Plan(tuple(_without_old_statement(goal, earlier) for goal in now.goals), now.officers)
    sources = {goal.code: _sources(goal, earlier, now) for goal in now.goals}
    uses = Counter(source.code for found in sources.values() for source in found)
    ancestry = {
        code: Ancestry(_origin(found, uses), found, bool(now.by_code[code].earlier_codes))
        for code, found in sources.items()
    }
    return Succession(earlier, now, MappingProxyType(ancestry))


def by_code_alone(earlier: Plan, now: Plan) -> Succession:
    """Compares a plan with an earlier one of the same period by codes alone, since answers belong to codes."""
    found = {goal.code: earlier.by_code.get(goal.code) for goal in now.goals}
    ancestry = {
        code: Ancestry(Origin.CONTINUED, (before,)) if before else Ancestry(Origin.NEW)
        for code, before in found.items()
    }
    return Succession(earlier, now, MappingProxyType(ancestry))


def succession_questions(found: Succession) -> tuple[Finding, ...]:
    """Returns what the plan's author is asked: goals that may be earlier ones under another code or with another year,
    and earlier codes that the earlier plan does not have."""
    return tuple(question for goal in found.now.goals for question in _questions(goal, found))


def is_renumbered(goal: Goal, before: Goal) -> bool:
    """True if a goal's code is another number than before."""
    return goal.code != before.code and code_numbers(goal.code) != code_numbers(before.code)


def _without_old_statement(goal: Goal, earlier: Plan) -> Goal:
    """Returns the goal without earlier codes that the earlier plan had for it too: they were left in the column.

    They are about an older period. A goal's own code as its earlier code is kept: it may be true in each period.
    """
    before, said = earlier.find(goal.code), (goal.earlier_codes, goal.is_new)
    if before is None or not any(said) or (before.earlier_codes, before.is_new) != said:
        return goal
    names_itself = tuple(map(code_numbers, goal.earlier_codes)) == (code_numbers(goal.code),)
    return goal if names_itself or not has_near_title(before, goal) else replace(goal, earlier_codes=(), is_new=False)


def _sources(goal: Goal, earlier: Plan, now: Plan) -> tuple[Goal, ...]:
    if goal.is_new:
        return ()
    if goal.earlier_codes:
        return tuple(found for code in goal.earlier_codes if (found := earlier.find(code)))
    before = earlier.find(goal.code)
    return (before,) if before is not None and _is_continued(before, goal, earlier, now) else ()


def _is_continued(before: Goal, goal: Goal, earlier: Plan, now: Plan) -> bool:
    """True if a goal continues the earlier goal with its code."""
    if _same_title(before, goal):
        return True
    if _years(before) != _years(goal) or not has_near_title(before, goal):
        return False
    # Two goals that exchanged codes may have similar titles. The exact title tells them apart.
    return not (_stands_elsewhere(before, now, earlier) or _stands_elsewhere(goal, earlier, now))


def _stands_elsewhere(goal: Goal, other: Plan, own: Plan) -> bool:
    """True if the other plan has exactly this title under a code that has another title in the goal's own plan."""
    for found in other.titled(goal.title):
        same_code = own.find(found.code)
        if is_renumbered(found, goal) and (same_code is None or not _same_title(same_code, found)):
            return True
    return False


def _same_title(one: Goal, other: Goal) -> bool:
    return one.title == other.title or (heading_key(one.title) == heading_key(other.title) != "")


def _years(goal: Goal) -> frozenset[str]:
    return frozenset(_YEAR.findall(goal.title))


def _origin(sources: tuple[Goal, ...], uses: Counter[str]) -> Origin:
    if not sources:
        return Origin.NEW
    if any(uses[source.code] > 1 for source in sources):
        return Origin.SPLIT
    return Origin.JOINED if len(sources) > 1 else Origin.CONTINUED


def _questions(goal: Goal, found: Succession) -> Iterator[Finding]:
    place = Place(cell=goal.cell or None)
    for code in goal.earlier_codes:
        if found.earlier.find(code) is None:
            yield Finding("plan-earlier-code-unknown", place, goal.code, code)
        elif _continues_unsaid(found, code, goal):
            yield Finding("plan-earlier-code-shared", place, goal.code, code)
    if goal.earlier_codes or goal.is_new or found.ancestry[goal.code].origin is not Origin.NEW:
        return
    ended = {each.code for each in found.ended}
    codes = tuple(each.code for each in found.earlier.titled(goal.title) if each.code in ended)
    if codes:
        yield Finding("plan-goal-under-another-code", place, goal.code, ", ".join(codes))
        return
    before = found.earlier.find(goal.code)
    if before and before.code in ended and _is_year_unclear(before, goal):
        yield Finding("plan-goal-with-another-year", place, goal.code, shown(before.title))


def _continues_unsaid(found: Succession, code: str, claimed_by: Goal) -> bool:
    """True if another goal continues an earlier goal by code and title alone, which this goal claims for itself."""
    other = found.now.find(code)
    if other is None or other.code == claimed_by.code or other.earlier_codes:
        return False
    return any(is_same_code(before.code, code) for before in found.ancestry[other.code].earlier)


def is_same_code(one: str, other: str) -> bool:
    """True if two codes are the same numbers, with leading noughts or without."""
    return one == other or code_numbers(one) == code_numbers(other)


def _is_year_unclear(before: Goal, goal: Goal) -> bool:
    """True if only one of two similar titles names a year: the year may have been added or left out."""
    return has_near_title(before, goal) and not (_years(before) and _years(goal))
