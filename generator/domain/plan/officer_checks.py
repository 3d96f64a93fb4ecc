"""Asks about officers' names in plan.xlsx: several in one cell, misspelt ones, and former titles."""

import re
from collections.abc import Iterator
from itertools import pairwise
from string import ascii_uppercase

from generator.domain.base.finding import Finding, Place
from generator.domain.base.text import name_key
from generator.domain.plan.goals import Goal, Plan
from generator.domain.plan.plan_rows import PlanSheet

# What separates two officers in a cell; not after a hyphen: `Sivistys- ja hyvinvointijohtaja` is one officer.
_PARTED = re.compile(r"(?<=[^\s\-–,/&])\s*(?:[,/&+]|(?<=\s)(?:ja|och|and|sekä|samt)(?=\s))\s*(?=\w)", re.IGNORECASE)
# At most two wrong letters, and at most one in four: in a short name two would be half of it.
_MOST_SLIPS, _LETTERS_A_SLIP = 2, 4


def unclear_officers(plan: Plan, sheet: PlanSheet) -> Iterator[Finding]:
    """Yields one question for each officer's name that may be wrong, at its first goal.

    The names that are only missing from the officers' sheet are asked about together.
    """
    unlisted: list[str] = []
    for name in plan.officer_names:
        if plan.officer(name) is not None:
            continue
        found = _question(name, plan)
        if found is None:
            unlisted.append(name)
            continue
        rule, allowed = found
        first = plan.goals_of(name)[0]
        yield Finding(rule, officer_place(first, sheet), first.code, name, allowed)
    if plan.officers and unlisted:
        first = plan.goals_of(unlisted[0])[0]
        listed = tuple(officer.name for officer in plan.officers)
        yield Finding("plan-officer-not-listed", officer_place(first, sheet), first.code, "; ".join(unlisted), listed)


def _question(name: str, plan: Plan) -> tuple[str, tuple[str, ...]] | None:
    """Returns the rule of the question about a name and the likely names; None if the name itself raises none."""
    parts, like = _parts(name), _almost_same(name, plan)
    if len(parts) > 1:
        return "plan-officers-parted", ("; ".join(parts),)
    return ("plan-officer-like-another", (like,)) if like else None


def officer_place(goal: Goal, sheet: PlanSheet) -> Place:
    """Returns the place of a goal's cell of officers."""
    return Place(sheet.name, sheet.officer_column + goal.cell.lstrip(ascii_uppercase))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _PARTED.split(name) if part.strip())


def _almost_same(name: str, plan: Plan) -> str | None:
    """Returns another officer's name that differs by a letter or two: a listed one, or one with more goals."""
    by_goals = sorted(plan.officer_names, key=lambda other: -len(plan.goals_of(other)))
    others = (*(officer.name for officer in plan.officers), *by_goals[: by_goals.index(name)])
    return next((other for other in others if _differ_by_slips(name_key(name), name_key(other))), None)


def _differ_by_slips(one: str, other: str) -> bool:
    most = min(_MOST_SLIPS, min(len(one), len(other)) // _LETTERS_A_SLIP)
    are_words = not any(map(str.isdigit, one + other))
    return are_words and abs(len(one) - len(other)) <= most and 0 < _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """Returns how many letters must be added, left out or changed to make one text of the other."""
    row = list(range(len(other) + 1))
    for letter in one:
        costs = [row[0] + 1]
        for index, (before, above) in enumerate(pairwise(row)):
            costs.append(min(before + (letter != other[index]), above + 1, costs[-1] + 1))
        row = costs
    return row[-1]
