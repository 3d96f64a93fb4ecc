"""The settlements of a period: every act of the secretary, its state, and which of them a person undoes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeAlias

from generator.domain.base.canonical import digest
from generator.domain.base.rule import N_
from generator.domain.base.text import clean_text, name_key
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.edit_acts import TEXT_PLACES, DraftEdit, UndoneAct, WrittenText
from generator.domain.follow_up.merge import Acceptance, Decision, FollowUp
from generator.domain.follow_up.open_items import Obstacle, RejectedChoice, Signed
from generator.domain.plan.posts import PostNames

_CHECK_LENGTH = 6
_UNDO = "undo"


class SettlementColumn(StrEnum):
    """The columns of the sheet of settlements from left to right, by the messages that are their headings."""

    MATTER = N_("Matter")
    GOAL = N_("Concerns")
    SAID = N_("Settled as")
    WHO = N_("Who settled it")
    TIME = N_("Settled at")
    BECAUSE = N_("Because")
    STATE = N_("State")
    UNDO = N_("Undo")
    KEY = N_("Identifier")


class SettlementState(StrEnum):
    """Whether a settlement counts, and why not."""

    IN_FORCE = "in-force"
    OTHER_VALUES = "other-values"
    AGREED = "agreed"
    REPORTED = "reported"
    NO_GOAL = "no-goal"
    REPLACED = "replaced"
    UNDONE = "undone"

    @property
    def is_lapsed(self) -> bool:
        """True if it ended by itself: nobody undid or replaced it."""
        return self in (self.OTHER_VALUES, self.AGREED, self.REPORTED, self.NO_GOAL)


SettledAct: TypeAlias = (
    Decision | Acceptance | ChosenFile | AcceptedSender | WithdrawnAnswer | DraftEdit | WrittenText | UndoneAct
)


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act of the period with its number in the journal.

    `subject` is that of the open item that it settles, an empty string if it settles none. `base` is that of the
    workbook in which it was chosen, None if it came another way. `is_in_force` is False if it was undone or replaced.
    """

    number: int
    subject: str
    act: SettledAct
    base: int | None = None
    is_in_force: bool = True
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Settlement:
    """A row of the sheet of settlements: the acts of one choice, their state, and an undoing that was refused."""

    acts: tuple[PastAct, ...]
    state: SettlementState
    rejected: RejectedChoice | None = None

    @property
    def number(self) -> int:
        """The number of the first act, by which the row is known."""
        return self.acts[0].number

    @property
    def act(self) -> SettledAct:
        """The first act."""
        return self.acts[0].act

    @property
    def can_be_undone(self) -> bool:
        """True if a person can undo it on the sheet.

        A chosen file, an accepted sender and a withdrawn answer have changed which answers count since; only a save
        can change that.
        """
        is_possible = isinstance(self.act, Decision | Acceptance | DraftEdit | WrittenText)
        return is_possible and self.state not in (SettlementState.UNDONE, SettlementState.REPLACED)


@dataclass(frozen=True, slots=True)
class UndoChoice:
    """What a person wrote into the cell that undoes a settlement, by its number (None: the row's key is not whole)."""

    number: int | None
    text: str
    obstacle: Obstacle | None = None


def list_settlements(
    past: Iterable[PastAct], follow_up: FollowUp, names: PostNames, rejected: Iterable[RejectedChoice] = ()
) -> tuple[Settlement, ...]:
    """Returns the period's settlements, the latest first; what was accepted in one choice is one row.

    Args:
        names: the posts' present names: an act keeps the name of its time.
    """
    refused = {each.subject: each for each in rejected}
    made = [each for each in past if not isinstance(each.act, UndoneAct)]
    groups = (tuple(act for _, act in group) for _, group in groupby(enumerate(made), key=_choice_of))
    rows = (
        Settlement(acts, _state(acts, follow_up, names), refused.get(undo_subject(acts[0].number))) for acts in groups
    )
    return tuple(rows)[::-1]


def undo_subject(number: int) -> str:
    """Returns the subject of an undoing that was refused."""
    return f"{_UNDO} {number}"


def is_undo(subject: str) -> bool:
    """True if a refused choice was the undoing of a settlement."""
    return subject.startswith(f"{_UNDO} ")


def settlement_key(number: int, matter: str, goal: str) -> str:
    """Returns the text for the key column of a row with these labels."""
    return f"{number} {digest((number, *map(_folded, (matter, goal))))[:_CHECK_LENGTH]}"


def read_undo_choices(rows: Iterable[Mapping[SettlementColumn, str]]) -> tuple[UndoChoice, ...]:
    """Reads the rows in which something stands in the cell that undoes a settlement."""
    kept = tuple(row for row in rows if row.get(SettlementColumn.UNDO))
    keys = [row.get(SettlementColumn.KEY, "") for row in kept]
    return tuple(_undo_choice(row, is_twice=keys.count(key) > 1) for row, key in zip(kept, keys, strict=True))


def undo(
    choices: Iterable[UndoChoice], settlements: Iterable[Settlement], signed: Signed, yes: frozenset[str]
) -> tuple[UndoneAct | RejectedChoice, ...]:
    """Returns the acts that undo settlements, and a `RejectedChoice` for each that cannot be undone.

    A settlement that was undone already gives nothing.

    Args:
        yes: the words for yes, case-folded.
    """
    by_number = {settlement.number: settlement for settlement in settlements}
    return tuple(act for choice in choices for act in _undo(choice, by_number, signed, yes))


def _undo(
    choice: UndoChoice, by_number: Mapping[int, Settlement], signed: Signed, yes: frozenset[str]
) -> Iterator[UndoneAct | RejectedChoice]:
    found = by_number.get(choice.number) if choice.number else None
    obstacle = choice.obstacle or _undo_obstacle(choice, found, yes)
    if obstacle:
        subject = undo_subject(choice.number or 0)
        yield RejectedChoice(signed.period, "", "", choice.text, obstacle, signed.who, signed.time, "", subject)
    elif found and found.state is not SettlementState.UNDONE:
        for past in found.acts:
            if past.is_in_force:
                yield UndoneAct(signed.period, past.number, signed.who, signed.time)


def _undo_obstacle(choice: UndoChoice, found: Settlement | None, yes: frozenset[str]) -> Obstacle | None:
    if choice.text.casefold() not in yes:
        return Obstacle.NOT_YES
    if found is None or found.state is SettlementState.REPLACED:
        return Obstacle.OUTDATED
    is_done = found.state is SettlementState.UNDONE
    return None if is_done or found.can_be_undone else Obstacle.NO_UNDOING


def _undo_choice(row: Mapping[SettlementColumn, str], *, is_twice: bool) -> UndoChoice:
    key, text = row.get(SettlementColumn.KEY, ""), row[SettlementColumn.UNDO]
    first = key.partition(" ")[0]
    number = int(first) if first.isascii() and first.isdigit() and len(first) < 12 else None
    matter, goal = row.get(SettlementColumn.MATTER, ""), row.get(SettlementColumn.GOAL, "")
    if number is None or settlement_key(number, matter, goal) != key:
        return UndoChoice(number, text, Obstacle.MOVED)
    return UndoChoice(number, text, Obstacle.STANDS_TWICE if is_twice else None)


def _choice_of(listed: tuple[int, PastAct]) -> tuple[object, ...]:
    """Returns what the acts of one choice share: answers of an officer that are accepted as missing together.

    They stand one after the other in the journal. Their time alone could be that of a later choice, too.
    """
    position, past = listed
    act = past.act
    if isinstance(act, Acceptance) and act.officer:
        return "missing", name_key(act.officer), act.who, act.time, past.number - position
    return (past.number,)


def _state(acts: tuple[PastAct, ...], follow_up: FollowUp, names: PostNames) -> SettlementState:
    in_force = tuple(past for past in acts if past.is_in_force)
    if not in_force:
        return SettlementState.UNDONE if any(past.is_undone for past in acts) else SettlementState.REPLACED
    states = [_present_state(past.act, follow_up, names) for past in in_force]
    return SettlementState.IN_FORCE if SettlementState.IN_FORCE in states else states[0]


def _present_state(act: SettledAct, follow_up: FollowUp, names: PostNames) -> SettlementState:
    if isinstance(act, WrittenText):
        is_printed = act.place in TEXT_PLACES or act.place in follow_up.by_code
        return SettlementState.IN_FORCE if is_printed else SettlementState.NO_GOAL
    if not isinstance(act, Decision | Acceptance):
        return SettlementState.IN_FORCE
    item = follow_up.by_code.get(act.code)
    if item is None:
        return SettlementState.NO_GOAL
    if isinstance(act, Decision):
        if item.decision is not None:
            return SettlementState.IN_FORCE
        return SettlementState.OTHER_VALUES if item.differs else SettlementState.AGREED
    is_accepted = (
        name_key(names.of(act.officer)) in map(name_key, item.accepted) if act.officer else bool(item.acceptance)
    )
    return SettlementState.IN_FORCE if is_accepted else SettlementState.REPORTED


def _folded(text: str) -> str:
    return " ".join(clean_text(text).split())
