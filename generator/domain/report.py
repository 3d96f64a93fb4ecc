"""The report as values: what the council's document says, before any words of a language are put to it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.domain.merge import FollowUp, GoalFollowUp, GoalState
from generator.domain.period import Period
from generator.domain.plan import Goal, Plan, owns
from generator.domain.scale import OverallStatus, OverallStatuses, Scale
from generator.domain.submission import Answer
from generator.domain.text import same_name


class ScopeKind(StrEnum):
    WHOLE = "whole"
    OFFICER = "officer"
    DIVISION = "division"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the document covers: all, or an extract of one officer or division by its name."""

    kind: ScopeKind = ScopeKind.WHOLE
    name: str = ""


WHOLE = Scope()


class Change(StrEnum):
    """How a degree moved since the previous period."""

    ADVANCED = "advanced"
    FELL_BACK = "fell_back"
    UNCHANGED = "unchanged"
    NO_EARLIER = "no_earlier"


@dataclass(frozen=True, slots=True)
class Movement:
    """A degree then and now; None on a side that has no single degree."""

    before: int | None
    now: int | None

    @property
    def change(self) -> Change:
        if self.before is None or self.now is None:
            return Change.NO_EARLIER
        if self.before == self.now:
            return Change.UNCHANGED
        return Change.ADVANCED if self.before < self.now else Change.FELL_BACK


@dataclass(frozen=True, slots=True)
class Voice:
    """Words of one officer; the name is an empty string where one officer speaks alone."""

    officer: str
    text: str


@dataclass(frozen=True, slots=True)
class DegreeVoice:
    """A degree (None: not assessable) and who gave it; an empty string where all agree."""

    officer: str
    degree: int | None


@dataclass(frozen=True, slots=True)
class StatusVoice:
    officer: str
    status: OverallStatus


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One goal's row. Tuples are () where nothing stands; `movement` is None where no previous period is held."""

    goal: Goal
    state: GoalState
    main_risks: tuple[Voice, ...]
    statuses: tuple[StatusVoice, ...]
    degrees: tuple[DegreeVoice, ...]
    narratives: tuple[Voice, ...]
    waiting: tuple[str, ...]
    movement: Movement | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One council-term goal with all that is under it; the goal's own row is the first."""

    goal: Goal
    rows: tuple[ReportRow, ...]


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
class Summary:
    """Counts over the document's rows; each row is counted in exactly one of them."""

    degrees: tuple[DegreeCount, ...]
    not_assessable: Count
    disputed: Count
    not_reported: Count
    without_officer: Count
    total: Count


@dataclass(frozen=True, slots=True)
class Frame:
    """What the document says of itself: whose it is, of what period, on what scale."""

    municipality: str
    organ: str
    period: Period
    scale: Scale
    statuses: OverallStatuses
    is_draft: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    frame: Frame
    scope: Scope
    sections: tuple[Section, ...]
    summary: Summary
    has_previous: bool

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def not_reported(self) -> tuple[ReportRow, ...]:
        """The rows whose officers, all or some, have not reported."""
        return tuple(row for row in self.rows if row.waiting)


def make_report(
    frame: Frame, plan: Plan, follow_up: FollowUp, *, previous: FollowUp | None = None, scope: Scope = WHOLE
) -> Report:
    """The whole document, or an extract: its scope's rows and their ancestors, with the values of the whole.

    Args:
        previous: the follow-up of the period before; None where none is held.
    """
    shown = _codes_in(scope, plan)
    items = tuple(item for item in follow_up.goals if item.goal.code in shown)
    sections = tuple(
        Section(root, tuple(_row(item, previous, frame) for item in items if item.goal.code[:2] == root.code))
        for root in plan.children(None)
        if root.code in shown
    )
    return Report(frame, scope, sections, _summarise(items, frame.scale), previous is not None)


def _codes_in(scope: Scope, plan: Plan) -> frozenset[str]:
    own = tuple(goal for goal in plan.goals if _is_in(goal, scope, plan))
    return frozenset(code for goal in own for code in (*goal.ancestors, goal.code))


def _is_in(goal: Goal, scope: Scope, plan: Plan) -> bool:
    if scope.kind is ScopeKind.OFFICER:
        return owns(goal, scope.name)
    return scope.kind is ScopeKind.WHOLE or same_name(plan.division_of(goal), scope.name)


def _row(item: GoalFollowUp, previous: FollowUp | None, frame: Frame) -> ReportRow:
    return ReportRow(
        goal=item.goal,
        state=item.state,
        main_risks=_risks(item),
        statuses=_statuses(item, frame.statuses),
        degrees=_degrees(item),
        narratives=_narratives(item),
        waiting=item.waiting,
        movement=_movement(item, previous) if previous else None,
    )


def _movement(item: GoalFollowUp, previous: FollowUp) -> Movement:
    before = previous.by_code.get(item.goal.code)
    return Movement(before.degree if before else None, item.degree)


def _risks(item: GoalFollowUp) -> tuple[Voice, ...]:
    if not item.answers:
        return (Voice("", item.goal.main_risks),) if item.goal.main_risks.strip() else ()
    return _voices((answer, answer.entry.main_risks) for answer in item.answers)


def _narratives(item: GoalFollowUp) -> tuple[Voice, ...]:
    return _voices((answer, answer.entry.narrative) for answer in item.answers)


def _voices(said: Iterable[tuple[Answer, str]]) -> tuple[Voice, ...]:
    """Each officer's words under the officer's name; what several say alike, and what one says alone, without one."""
    spoken = tuple((answer, text) for answer, text in said if text.strip())
    texts = dict.fromkeys(text for _, text in spoken)
    if len(texts) == 1:
        return (Voice("", next(iter(texts))),)
    return tuple(Voice(answer.entry.officer, text) for answer, text in spoken)


def _degrees(item: GoalFollowUp) -> tuple[DegreeVoice, ...]:
    degrees = {answer.entry.degree for answer in item.answers}
    if len(degrees) > 1:
        return tuple(DegreeVoice(answer.entry.officer, answer.entry.degree) for answer in item.answers)
    if degrees:
        return (DegreeVoice("", degrees.pop()),)
    return () if item.computed is None else (DegreeVoice("", item.computed),)


def _statuses(item: GoalFollowUp, statuses: OverallStatuses) -> tuple[StatusVoice, ...]:
    given = tuple((answer.entry.officer, statuses.get(answer.entry.overall_status)) for answer in item.answers)
    found = tuple(StatusVoice(officer, status) for officer, status in given if status)
    if len({voice.status.id for voice in found}) > 1:
        return found
    return tuple(StatusVoice("", voice.status) for voice in found[:1])


def _summarise(items: tuple[GoalFollowUp, ...], scale: Scale) -> Summary:
    kinds = Counter((_kind(item), item.goal.level) for item in items)

    def count(kind: int | str) -> Count:
        return Count((kinds[kind, 1], kinds[kind, 2], kinds[kind, 3]))

    levels = Counter(item.goal.level for item in items)
    return Summary(
        degrees=tuple(DegreeCount(degree.value, count(degree.value)) for degree in scale.degrees),
        not_assessable=count("not_assessable"),
        disputed=count("disputed"),
        not_reported=count("not_reported"),
        without_officer=count("without_officer"),
        total=Count((levels[1], levels[2], levels[3])),
    )


def _kind(item: GoalFollowUp) -> int | str:
    if len(_degrees(item)) > 1:
        return "disputed"
    if item.degree is not None:
        return item.degree
    if item.is_not_assessable:
        return "not_assessable"
    return "not_reported" if item.goal.officers else "without_officer"
