"""The counts of a report: how many goals have each degree, by level and by division."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.merge import GoalFollowUp
from generator.domain.plan import Plan
from generator.domain.scale import Scale
from generator.domain.text import name_key


@dataclass(frozen=True, slots=True)
class Count:
    """How many goals have a degree: `by_level` counts council-term goals, annual goals and actions."""

    by_level: tuple[int, int, int]

    @property
    def total(self) -> int:
        return sum(self.by_level)


@dataclass(frozen=True, slots=True)
class DegreeCount:
    degree: int
    count: Count


@dataclass(frozen=True, slots=True)
class DivisionCount:
    """How many goals of a division (an empty string: of none) have each degree of the scale, in its order, or none."""

    division: str
    degrees: tuple[int, ...]
    not_assessable: int
    disputed: int
    not_reported: int
    without_officer: int

    @property
    def total(self) -> int:
        return sum(self.degrees) + self.not_assessable + self.disputed + self.not_reported + self.without_officer


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over the document's rows; each row is counted in exactly one of them, and in one division."""

    degrees: tuple[DegreeCount, ...]
    not_assessable: Count
    disputed: Count
    not_reported: Count
    without_officer: Count
    total: Count
    divisions: tuple[DivisionCount, ...] = ()


def summarise(items: tuple[GoalFollowUp, ...], scale: Scale, plan: Plan) -> Summary:
    """Counts goals, each in exactly one state and one division."""
    kinds = tuple(map(_kind, items))
    counts = Counter((kind, item.goal.level) for kind, item in zip(kinds, items, strict=True))

    def count(kind: int | str) -> Count:
        return Count((counts[kind, 1], counts[kind, 2], counts[kind, 3]))

    levels = Counter(item.goal.level for item in items)
    return Summary(
        degrees=tuple(DegreeCount(degree.value, count(degree.value)) for degree in scale.degrees),
        not_assessable=count("not_assessable"),
        disputed=count("disputed"),
        not_reported=count("not_reported"),
        without_officer=count("without_officer"),
        total=Count((levels[1], levels[2], levels[3])),
        divisions=_divisions(zip(items, kinds, strict=True), scale, plan),
    )


def _divisions(kinds: Iterable[tuple[GoalFollowUp, int | str]], scale: Scale, plan: Plan) -> tuple[DivisionCount, ...]:
    """The divisions in the plan's order, then the goals of none; () where the plan names no division."""
    found: dict[str, Counter[int | str]] = {}
    for item, kind in kinds:
        found.setdefault(name_key(plan.division_of(item.goal)), Counter())[kind] += 1
    named = plan.divisions
    in_order = (*named, "") if named else ()
    return tuple(_division(name, found[key], scale) for name in in_order if (key := name_key(name)) in found)


def _division(name: str, kinds: Counter[int | str], scale: Scale) -> DivisionCount:
    return DivisionCount(
        division=name,
        degrees=tuple(kinds[degree.value] for degree in scale.degrees),
        not_assessable=kinds["not_assessable"],
        disputed=kinds["disputed"],
        not_reported=kinds["not_reported"],
        without_officer=kinds["without_officer"],
    )


def _kind(item: GoalFollowUp) -> int | str:
    if len({answer.entry.degree for answer in item.printed}) > 1:
        return "disputed"
    if item.degree is not None:
        return item.degree
    if item.is_not_assessable:
        return "not_assessable"
    return "not_reported" if item.goal.officers else "without_officer"
