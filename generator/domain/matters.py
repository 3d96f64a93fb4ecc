"""What is open before the report can be final, and what a person chose about it in the workbook of decisions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from generator.domain.merge import Acceptance, Decision, FollowUp, GoalFollowUp
from generator.domain.plan import split_title
from generator.domain.rule import N_
from generator.domain.submission import CellKind, Sheet, Workbook
from generator.domain.text import clean_text, heading_key, same_name

KEY_LENGTH = 16
# Who decided where the workbook does not say who saved it.
UNKNOWN = "?"


class MatterKind(StrEnum):
    DISAGREEMENT = "disagreement"
    MISSING = "missing"
    FINALIZE = "finalize"


class MatterColumn(StrEnum):
    """The columns of the workbook of decisions from left to right, by the messages that are their headings."""

    MATTER = N_("Matter")
    GOAL = N_("Goal")
    DETAILS = N_("Details")
    CHOICE = N_("Decision")
    BECAUSE = N_("Because")
    KEY = N_("Identifier")


class Obstacle(StrEnum):
    """Why a choice could not be carried out."""

    NO_SUCH_OFFICER = "no-such-officer"
    NOT_YES = "not-yes"
    OUTDATED = "outdated"
    NO_REASON = "no-reason"


@dataclass(frozen=True, slots=True)
class Unheard:
    """A choice that could not be carried out: about which goal (an empty string: the report), and an `Obstacle`."""

    period: str
    code: str
    choice: str
    obstacle: str
    who: str
    time: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open; `item` is the goal that it is about, None for making the report final.

    `key` changes with what is decided about, so that a choice about values that have changed since is none.
    `needs_reason`: it is only done for a reason, since something else is open. `unheard` is what somebody chose last
    and could not be carried out.
    """

    kind: MatterKind
    key: str
    item: GoalFollowUp | None = None
    needs_reason: bool = False
    unheard: Unheard | None = None

    @property
    def code(self) -> str:
        """The goal's code; an empty string where it is about the report."""
        return self.item.goal.code if self.item else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wrote on a matter's row: the decision, and why; `code` is the row's goal, if it is about one."""

    key: str
    choice: str
    because: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What choices come to: acts to record, and the choice to make the report final, if there is one."""

    acts: tuple[Decision | Acceptance | Unheard, ...]
    finalize: Choice | None


def open_matters(follow_up: FollowUp, inputs: str, unheard: Mapping[str, Unheard] | None = None) -> tuple[Matter, ...]:
    """Disagreements, what is missing, and last the report itself.

    Args:
        inputs: the digest of what the report was made from.
        unheard: the choices that could not be carried out, by their goals' codes.
    """
    last = unheard or {}
    disputed, awaited = follow_up.disputed, follow_up.awaited
    return (
        *(
            Matter(MatterKind.DISAGREEMENT, _key(item.answers_digest), item, unheard=last.get(item.goal.code))
            for item in disputed
        ),
        *(
            Matter(MatterKind.MISSING, _key(item.waiting_digest), item, unheard=last.get(item.goal.code))
            for item in awaited
        ),
        Matter(MatterKind.FINALIZE, _key(inputs), needs_reason=bool(disputed or awaited), unheard=last.get("")),
    )


def read_choices(workbook: Workbook, headings: tuple[tuple[str, ...], ...]) -> tuple[Choice, ...]:
    """The rows that somebody decided on, by the headings in any language (in the order of `MatterColumn`)."""
    columns = {
        heading_key(label): column for labels in headings for column, label in zip(MatterColumn, labels, strict=True)
    }
    return tuple(choice for sheet in workbook.sheets for choice in _choices(sheet, columns))


def hear(choices: Iterable[Choice], matters: tuple[Matter, ...], made: Unheard, yes: frozenset[str]) -> Heard:
    """What each choice comes to; one about other values than today's decides nothing, and is remembered as unheard.

    Args:
        made: the period, who chose and when.
        yes: the words for yes, case-folded.
    """
    by_key = {matter.key: matter for matter in matters}
    acts: list[Decision | Acceptance | Unheard] = []
    finalize: Choice | None = None
    for choice in choices:
        matter = by_key.get(choice.key)
        if (matter is None or matter.kind is MatterKind.FINALIZE) and not choice.code and _is_yes(choice, yes):
            finalize = choice
        else:
            acts.append(_act(choice, matter, made, yes))
    return Heard(tuple(acts), finalize)


def is_about(choice: Choice, inputs: str) -> bool:
    """Whether the choice to make the report final was about the report that is made from these inputs."""
    return choice.key == _key(inputs)


def unheard_choice(choice: Choice, obstacle: Obstacle, made: Unheard) -> Unheard:
    return Unheard(made.period, choice.code, choice.choice, obstacle.value, made.who, made.time)


def _act(choice: Choice, matter: Matter | None, made: Unheard, yes: frozenset[str]) -> Decision | Acceptance | Unheard:
    if matter is None:
        return unheard_choice(choice, Obstacle.OUTDATED, made)
    if matter.item is None:
        return unheard_choice(choice, Obstacle.NOT_YES, made)
    signed = (made.who, made.time, choice.because)
    if matter.kind is MatterKind.MISSING:
        accepted = Acceptance(made.period, matter.code, matter.item.waiting_digest, *signed)
        return accepted if _is_yes(choice, yes) else unheard_choice(choice, Obstacle.NOT_YES, made)
    officer = _officer(matter.item, choice.choice)
    if officer is None:
        return unheard_choice(choice, Obstacle.NO_SUCH_OFFICER, made)
    return Decision(made.period, matter.code, officer, matter.item.answers_digest, *signed)


def _key(digest: str) -> str:
    return digest[:KEY_LENGTH]


def _is_yes(choice: Choice, yes: frozenset[str]) -> bool:
    return choice.choice.casefold() in yes


def _officer(item: GoalFollowUp, name: str) -> str | None:
    return next((a.entry.officer for a in item.answers if same_name(a.entry.officer, name)), None)


def _choices(sheet: Sheet, columns: Mapping[str, MatterColumn]) -> Iterator[Choice]:
    places: dict[int, MatterColumn] = {}
    for _, cells in groupby(sheet.cells, key=attrgetter("row")):
        texts = {cell.column: clean_text(cell.raw).strip() for cell in cells if cell.kind is not CellKind.ERROR}
        found = {column: columns[key] for column, text in texts.items() if (key := heading_key(text)) in columns}
        if {MatterColumn.CHOICE, MatterColumn.KEY} <= set(found.values()):
            places = found
            continue
        row = {places[column]: text for column, text in texts.items() if column in places}
        if row.get(MatterColumn.CHOICE) and row.get(MatterColumn.KEY):
            coded = split_title(row.get(MatterColumn.GOAL, ""))
            because = row.get(MatterColumn.BECAUSE, "")
            yield Choice(row[MatterColumn.KEY], row[MatterColumn.CHOICE], because, coded[0] if coded else "")
