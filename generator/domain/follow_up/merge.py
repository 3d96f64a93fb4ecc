"""Merges all officers' answers goal by goal: the council's follow-up.

What it holds depends on the answers in force alone, not on the order in which files were taken.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from statistics import median
from types import MappingProxyType

from generator.domain.base.canonical import Canonical, HasDigest, digest, old_digest
from generator.domain.base.settings import Rollup
from generator.domain.base.text import name_key, same_name
from generator.domain.plan.form import PreviousAnswer
from generator.domain.plan.goals import Goal, Plan, owns
from generator.domain.plan.posts import PostNames
from generator.domain.plan.succession import Succession
from generator.domain.submission.answers import Answer


class GoalState(StrEnum):
    """How many of a goal's officers have reported."""

    REPORTED = "reported"
    PARTLY_REPORTED = "partly_reported"
    NOT_REPORTED = "not_reported"
    COMPUTED = "computed"
    UNOWNED = "unowned"


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision whose answer is printed if officers disagree: by whom, when (ISO 8601) and why, if given.

    `answers` is the digest of the answers that were decided between; the decision lapses when they change.
    """

    period: str
    code: str
    officer: str
    answers: str
    who: str
    time: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The acceptance that officers of a goal have not answered: by whom, when (ISO 8601) and why, if given.

    `officer` is whose answer is not waited for. Of an empty string are the records of earlier versions: they hold for
    all officers whom the goal waited for, and lapse when these change; `waiting` is the digest of these officers.
    """

    period: str
    code: str
    waiting: str
    who: str
    time: str
    because: str = ""
    officer: str = ""


@dataclass(frozen=True)
class GoalFollowUp(HasDigest):
    """One goal with its answers, decisions and degree of the previous period.

    `answers` are those that count now, in the plan's order of officers; `computed` is the degree computed from the
    children, None where none is; `waiting` are the officers who have not reported, `unchecked` those of them whose
    answer waits for a check of its sender; `decision` settles a disagreement. The report need not wait for the officers
    in `accepted`; `acceptance` is the last act by which it need wait for none.
    """

    goal: Goal
    answers: tuple[Answer, ...] = ()
    waiting: tuple[str, ...] = ()
    computed: int | None = None
    decision: Decision | None = None
    acceptance: Acceptance | None = None
    unchecked: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """That of the code: the texts of thousands of goals take long to go over."""
        return hash(self.goal.code)

    @property
    def state(self) -> GoalState:
        """How many of the goal's officers have reported."""
        if self.answers:
            return GoalState.PARTLY_REPORTED if self.waiting else GoalState.REPORTED
        if self.computed is not None:
            return GoalState.COMPUTED
        return GoalState.NOT_REPORTED if self.goal.reporters else GoalState.UNOWNED

    @cached_property
    def differs(self) -> bool:
        """True if officers gave different degrees or different overall statuses."""
        return len(degrees_of(self.answers)) > 1 or len(_statuses(self.answers)) > 1

    @property
    def is_disputed(self) -> bool:
        """True if officers differ and nobody has decided between them."""
        return self.differs and self.decision is None

    @property
    def awaited_officers(self) -> tuple[str, ...]:
        """The officers who have not reported, and nobody has accepted that."""
        return tuple(name for name in self.waiting if name not in self.accepted)

    @property
    def printed(self) -> tuple[Answer, ...]:
        """The answers whose degree and status are printed: all, or the one that was chosen by a decision."""
        if self.decision is None:
            return self.answers
        return tuple(answer for answer in self.answers if same_name(answer.entry.officer, self.decision.officer))

    @property
    def degree(self) -> int | None:
        """The one degree as printed; None if there is none, or if officers disagree."""
        degrees = degrees_of(self.printed)
        if len(degrees) == 1:
            return next(iter(degrees))
        return None if self.answers else self.computed

    @property
    def answers_digest(self) -> str:
        """SHA-256 (hex) of the degree and status that each officer gave, by which a decision knows its answers."""
        return digest(self._assessments)

    @property
    def answers_digests(self) -> tuple[str, str]:
        """`answers_digest`, then the digest that version 0.1.0 wrote into its decisions."""
        return self.answers_digest, old_digest(self._assessments)

    @property
    def waiting_digest(self) -> str:
        """SHA-256 (hex) of the officers who have not answered, by which an acceptance knows them."""
        return digest(self._awaited)

    @property
    def waiting_digests(self) -> tuple[str, str]:
        """`waiting_digest`, then the digest that version 0.1.0 wrote into its acceptances."""
        return self.waiting_digest, old_digest(self._awaited)

    @property
    def _assessments(self) -> Canonical:
        said = sorted((name_key(a.entry.officer), str(a.entry.degree), a.entry.overall_status) for a in self.answers)
        return self.goal.code, said

    @property
    def _awaited(self) -> Canonical:
        return self.goal.code, sorted(map(name_key, self.waiting))


def degrees_of(answers: Iterable[Answer]) -> set[int | None]:
    """Returns the different degrees of the answers; None: progress cannot be assessed."""
    return {answer.entry.degree for answer in answers}


def _statuses(answers: Iterable[Answer]) -> set[str]:
    return {answer.entry.overall_status for answer in answers if answer.entry.overall_status}


@dataclass(frozen=True)
class FollowUp(HasDigest):
    """The follow-up of all goals, each council-term goal followed by everything under it."""

    goals: tuple[GoalFollowUp, ...]

    @cached_property
    def by_code(self) -> Mapping[str, GoalFollowUp]:
        """The goals by their codes."""
        return MappingProxyType({item.goal.code: item for item in self.goals})

    @cached_property
    def expected(self) -> tuple[GoalFollowUp, ...]:
        """The goals that somebody must report, each once."""
        return tuple(item for item in self.goals if item.goal.reporters)

    @cached_property
    def reported(self) -> tuple[GoalFollowUp, ...]:
        """The goals that all their officers have reported."""
        return tuple(item for item in self.expected if item.state is GoalState.REPORTED)

    @cached_property
    def missing(self) -> tuple[GoalFollowUp, ...]:
        """The goals that one or more of their officers have not reported."""
        return tuple(item for item in self.expected if item.state is not GoalState.REPORTED)

    @cached_property
    def awaited(self) -> tuple[GoalFollowUp, ...]:
        """The unreported goals that the final report must wait for: nobody has accepted that they are missing."""
        return tuple(item for item in self.missing if item.acceptance is None)

    @cached_property
    def _waiting(self) -> Mapping[str, tuple[Goal, ...]]:
        found: dict[str, list[Goal]] = {}
        for item in self.goals:
            for name in item.waiting:
                found.setdefault(name_key(name), []).append(item.goal)
        return MappingProxyType({name: tuple(goals) for name, goals in found.items()})

    @cached_property
    def _in_check(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for item in self.goals:
            for name in item.unchecked:
                found.setdefault(name_key(name), set()).add(item.goal.code)
        return MappingProxyType({name: frozenset(codes) for name, codes in found.items()})

    def in_check(self, officer: str) -> frozenset[str]:
        """Returns the codes of an officer's goals with an answer that waits for a check of its sender."""
        return self._in_check.get(name_key(officer), frozenset())

    def waits_for(self, officer: str) -> tuple[Goal, ...]:
        """Returns the goals that an officer has not reported yet, in the plan's order."""
        return self._waiting.get(name_key(officer), ())

    @cached_property
    def disputed(self) -> tuple[GoalFollowUp, ...]:
        """The goals on which officers differ and nobody has decided."""
        return tuple(item for item in self.goals if item.is_disputed)


def merge(
    plan: Plan,
    answers: Iterable[Answer],
    rollup: Rollup,
    decisions: Iterable[Decision | Acceptance] = (),
    *,
    unchecked: Container[tuple[str, str]] = frozenset(),
    earlier: FollowUp | None = None,
) -> FollowUp:
    """Merges the answers of one period under the plan's goals.

    Args:
        answers: those in force in the period, one of each goal and officer, in any order; those to goals that the plan
            lacks are left out.
        rollup: how goals that nobody owns or reports get their degree.
        unchecked: goals' codes and officers' keys (`name_key`) whose answers wait for a check of their sender.
        earlier: an earlier follow-up of the period. Its objects are used again for goals that have not changed, because
            their digests are computed already.
        decisions: those of the period, the latest of a goal last. A decision lapses when the answers, or the officers
            waited for, are no longer those that it was about.
    """
    held: dict[str, list[Answer]] = {}
    for answer in answers:
        held.setdefault(answer.entry.code, []).append(answer)
    settled: dict[str, list[Decision | Acceptance]] = {}
    for decision in decisions:
        settled.setdefault(decision.code, []).append(decision)
    known = earlier.by_code if earlier else {}
    items = tuple(
        old
        if (old := known.get(goal.code)) and _has_only(old, goal, held.get(goal.code, []))
        else _decide(_gather(goal, held.get(goal.code, []), unchecked), settled.get(goal.code, []), plan.post_names)
        for goal in plan.in_order
    )
    return FollowUp(tuple(_unchanged(item, known) for item in _compute_unowned(items, plan, rollup)))


def continued(previous: FollowUp, found: Succession) -> FollowUp:
    """Returns an earlier follow-up for the goals that continue one of its goals, under the goals as they are now.

    A goal that joins several is left out: it has no single earlier answer.
    """
    known = ((goal, found.ancestry[goal.code].earlier) for goal in found.now.goals)
    kept = ((goal, previous.by_code.get(earlier[0].code)) for goal, earlier in known if len(earlier) == 1)
    return FollowUp(tuple(replace(item, goal=goal) for goal, item in kept if item))


@dataclass(frozen=True, slots=True)
class FarParent:
    """A reported goal whose degree is a whole step or more from the median of its children's (2.5 stays 2.5)."""

    goal: Goal
    degree: int
    median: float


def far_parents(follow_up: FollowUp, plan: Plan) -> tuple[FarParent, ...]:
    """Returns the goals to ask about because of other officers' answers: for the secretary, no fault of a save."""
    return tuple(far for item in follow_up.goals if (far := _far_parent(item, follow_up, plan)))


def _far_parent(item: GoalFollowUp, follow_up: FollowUp, plan: Plan) -> FarParent | None:
    degrees = tuple(_printed_degrees(follow_up.by_code[child.code] for child in plan.children(item.goal.code)))
    if not item.answers or item.degree is None or not degrees:
        return None
    middle = median(degrees)
    return FarParent(item.goal, item.degree, middle) if abs(item.degree - middle) >= 1 else None


def previous_answers(follow_up: FollowUp, officer: str) -> tuple[PreviousAnswer, ...]:
    """Returns the previous period's answers for an officer's form: the officer's own, else the merged ones."""
    return tuple(answer for item in follow_up.goals if (answer := _previous_answer(item, officer)))


def _has_only(item: GoalFollowUp, goal: Goal, held: list[Answer]) -> bool:
    """True if a goal still has the same single answer and waits for no other, so that no decision or check applies."""
    is_whole = item.goal is goal and len(item.answers) == len(held) == 1 and not item.waiting
    return is_whole and item.answers[0] is held[0]


def _unchanged(item: GoalFollowUp, known: Mapping[str, GoalFollowUp]) -> GoalFollowUp:
    old = known.get(item.goal.code)
    return old if old is not None and (old is item or old == item) else item


def _gather(goal: Goal, held: list[Answer], unchecked: Container[tuple[str, str]]) -> GoalFollowUp:
    own = tuple(answer for answer in held if owns(goal, answer.entry.officer))
    counted = own or tuple(held)
    waiting = tuple(name for name in goal.reporters if not any(same_name(name, a.entry.officer) for a in counted))
    if counted and not own:
        # DESIGN 6: an answer stays valid when its goal moves, until the new officer reports.
        waiting = ()
    in_check = tuple(name for name in waiting if (goal.code, name_key(name)) in unchecked)
    ordered = counted if len(counted) < 2 else tuple(sorted(counted, key=lambda answer: _voice_order(goal, answer)))
    return GoalFollowUp(goal, ordered, waiting, unchecked=in_check)


def _decide(item: GoalFollowUp, settled: list[Decision | Acceptance], names: PostNames) -> GoalFollowUp:
    if not settled:
        return item
    before = _under_former_names(item, names) if names.present else item
    decision = next((act for act in reversed(settled) if isinstance(act, Decision)), None)
    if decision and item.differs and _is_about(decision.answers, item, before):
        item = replace(item, decision=replace(decision, officer=names.of(decision.officer)))
    acceptances = tuple(
        act for act in settled if isinstance(act, Acceptance) and (act.officer or _awaits(act.waiting, item, before))
    )
    accepted = tuple(name for name in item.waiting if any(_accepts(act, name, names) for act in acceptances))
    is_whole = bool(item.waiting) and accepted == item.waiting
    return replace(item, accepted=accepted, acceptance=acceptances[-1] if is_whole else None)


def _accepts(act: Acceptance, name: str, names: PostNames) -> bool:
    return not act.officer or same_name(names.of(act.officer), name)


def _is_about(answers: str, item: GoalFollowUp, before: GoalFollowUp) -> bool:
    return answers in item.answers_digests or answers in before.answers_digests


def _awaits(waiting: str, item: GoalFollowUp, before: GoalFollowUp) -> bool:
    return waiting in item.waiting_digests or waiting in before.waiting_digests


def _under_former_names(item: GoalFollowUp, names: PostNames) -> GoalFollowUp:
    """Returns the goal with the former names of its officers' posts, because older decisions name these."""

    def former(name: str) -> str:
        """Returns the post's latest former name; the present one if it had no other."""
        return next(iter(names.former(name)), name)

    entries = ((answer, replace(answer.entry, officer=former(answer.entry.officer))) for answer in item.answers)
    answers = tuple(replace(answer, entry=entry) for answer, entry in entries)
    return replace(item, answers=answers, waiting=tuple(map(former, item.waiting)))


def _voice_order(goal: Goal, answer: Answer) -> tuple[int, str]:
    keys = [name_key(name) for name in goal.officers]
    key = name_key(answer.entry.officer)
    return keys.index(key) if key in keys else len(keys), key


def _compute_unowned(items: tuple[GoalFollowUp, ...], plan: Plan, rollup: Rollup) -> tuple[GoalFollowUp, ...]:
    """Computes degrees of goals that nobody owns, deepest level first, so that computed children count too."""
    by_code = {item.goal.code: item for item in items}
    unowned = [item for item in items if item.state is GoalState.UNOWNED]
    for item in sorted(unowned, key=lambda item: -item.goal.level):
        children = (by_code[child.code] for child in plan.children(item.goal.code))
        by_code[item.goal.code] = GoalFollowUp(item.goal, computed=_roll_up(children, rollup))
    return tuple(by_code[item.goal.code] for item in items)


def _roll_up(children: Iterable[GoalFollowUp], rollup: Rollup) -> int | None:
    degrees = sorted(_printed_degrees(children))
    if not degrees or rollup is Rollup.NONE:
        return None
    return degrees[0] if rollup is Rollup.LOWEST else degrees[(len(degrees) - 1) // 2]


def _printed_degrees(items: Iterable[GoalFollowUp]) -> Iterator[int]:
    for item in items:
        if item.degree is not None and not item.is_disputed:
            yield item.degree


def _previous_answer(item: GoalFollowUp, officer: str) -> PreviousAnswer | None:
    own = tuple(answer for answer in item.answers if same_name(answer.entry.officer, officer))
    answers = own or item.answers
    if not answers:
        return None
    narrative = "\n".join(answer.entry.narrative for answer in answers)
    degree = answers[0].entry.degree if own else item.degree
    return PreviousAnswer(item.goal.code, degree, narrative)
