"""What is open before the report can be final, and what a person chose about it in the workbook of decisions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from generator.domain.merge import Decision, FollowUp, GoalFollowUp
from generator.domain.rule import N_
from generator.domain.submission import CellKind, Sheet, Workbook
from generator.domain.text import clean_text, heading_key, same_name

KEY_LENGTH = 16


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


@dataclass(frozen=True, slots=True)
class Matter:
    """Something open; `item` is the goal that it is about, None for making the report final.

    `needs_reason`: it is only done for a reason, since something else is open.

    `key` changes with what is decided about, so that a choice about values that have changed since is none.
    """

    kind: MatterKind
    key: str
    item: GoalFollowUp | None = None
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wrote on a matter's row: the decision, and why."""

    key: str
    choice: str
    because: str


def open_matters(follow_up: FollowUp, inputs: str) -> tuple[Matter, ...]:
    """Disagreements, what is missing, and last the report itself, whose inputs' digest is given."""
    return (
        *(Matter(MatterKind.DISAGREEMENT, _key(item), item) for item in follow_up.disputed),
        *(Matter(MatterKind.MISSING, "", item) for item in follow_up.missing),
        Matter(MatterKind.FINALIZE, final_key(inputs), needs_reason=bool(follow_up.disputed or follow_up.missing)),
    )


def final_key(inputs: str) -> str:
    """The key of making a report final, from the digest of what it was made from."""
    return inputs[:KEY_LENGTH]


def read_choices(workbook: Workbook, headings: tuple[tuple[str, ...], ...]) -> tuple[Choice, ...]:
    """The rows that somebody decided on, by the headings in any language (in the order of `MatterColumn`)."""
    columns = {
        heading_key(label): column for labels in headings for column, label in zip(MatterColumn, labels, strict=True)
    }
    return tuple(choice for sheet in workbook.sheets for choice in _choices(sheet, columns))


def decide(choices: Iterable[Choice], follow_up: FollowUp, made: Decision) -> tuple[Decision, ...]:
    """The decisions that choices make on today's disagreements; `made` gives the period, who and when.

    A choice that names none of the goal's officers, or is about other values than today's, decides nothing.
    """
    by_key = {choice.key: choice.choice for choice in choices}
    decided = ((item, _officer(item, by_key.get(_key(item), ""))) for item in follow_up.disputed)
    return tuple(
        Decision(made.period, item.goal.code, officer, item.answers_digest, made.who, made.time)
        for item, officer in decided
        if officer
    )


def _key(item: GoalFollowUp) -> str:
    return item.answers_digest[:KEY_LENGTH]


def _officer(item: GoalFollowUp, name: str) -> str | None:
    return next((a.entry.officer for a in item.answers if name and same_name(a.entry.officer, name)), None)


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
            yield Choice(row[MatterColumn.KEY], row[MatterColumn.CHOICE], row.get(MatterColumn.BECAUSE, ""))
