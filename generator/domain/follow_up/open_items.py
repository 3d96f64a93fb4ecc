"""What waits for a person's choice, and what a person chose about it in the workbook of decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from generator.domain.base.canonical import digest
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import N_
from generator.domain.base.text import clean_text, heading_key, name_key, same_name
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile
from generator.domain.follow_up.merge import Acceptance, Decision, FollowUp, GoalFollowUp
from generator.domain.follow_up.standing import ContestedRow, WaitingSender
from generator.domain.plan.goals import split_title
from generator.domain.submission.workbook import CellKind, Sheet, Workbook

KEY_LENGTH = 16
# Who decided where the workbook does not say who saved it.
UNKNOWN = "?"


class OpenItemKind(StrEnum):
    """What the secretary is asked about; earlier versions asked on a row whether the report is final."""

    DISAGREEMENT = "disagreement"
    FILES = "files"
    SENDER = "sender"
    MISSING = "missing"
    FINALIZE = "finalize"


class ChoiceColumn(StrEnum):
    """The columns of the workbook of decisions from left to right, by the messages that are their headings."""

    MATTER = N_("Matter")
    GOAL = N_("Goal")
    DETAILS = N_("Details")
    CHOICE = N_("Settlement")
    BECAUSE = N_("Because")
    KEY = N_("Identifier")


class Obstacle(StrEnum):
    """The reason why a choice could not be carried out."""

    NO_SUCH_OFFICER = "no-such-officer"
    NO_SUCH_FILE = "no-such-file"
    NOT_YES = "not-yes"
    OUTDATED = "outdated"
    NO_REASON = "no-reason"
    EDITED = "edited"
    WRONG_PERIOD = "wrong-period"
    NAMES_NOT_READ = "names-not-read"
    STANDS_TWICE = "stands-twice"
    MOVED = "moved"
    OTHER_SHEET = "other-sheet"


@dataclass(frozen=True, slots=True)
class RejectedChoice:
    """A choice that could not be carried out: about which goal (an empty string: the report), and an `Obstacle`.

    `kind` is the item's, an empty string where it was about an item that is open no more.
    """

    period: str
    code: str
    kind: str
    choice: str
    obstacle: str
    who: str
    time: str


ChoiceAct: TypeAlias = Decision | Acceptance | ChosenFile | AcceptedSender | RejectedChoice


@dataclass(frozen=True, slots=True)
class Signature:
    """Who acts, when (ISO 8601), and why, an empty string where no reason was given."""

    who: str
    time: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """What all acts of one saved workbook share: the period, who saved it, and when (ISO 8601).

    `seen` is the journal sequence up to which saves had been taken when the workbook was read.
    """

    period: str
    who: str
    time: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something open; `follow_up` is of the goal that it is about, None for files and senders.

    `contested` is a row of two files of one officer that differ, `sender` a sender to check.
    `key` changes with the values that are decided about, so a choice about older values no longer matches.
    `rejected` is what somebody chose last and could not be carried out.
    """

    kind: OpenItemKind
    key: str
    follow_up: GoalFollowUp | None = None
    rejected: RejectedChoice | None = None
    contested: ContestedRow | None = None
    sender: WaitingSender | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """`key`, then the key that version 0.1.0 wrote into its workbooks."""
        if self.follow_up is None:
            return (self.key,)
        is_missing = self.kind is OpenItemKind.MISSING
        digests = self.follow_up.waiting_digests if is_missing else self.follow_up.answers_digests
        return self.key, *map(decision_key, digests)

    @property
    def code(self) -> str:
        """The goal's code; an empty string where it is about a sender."""
        if self.contested:
            return self.contested.key[0]
        return self.follow_up.goal.code if self.follow_up else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wrote on an item's row: the decision, and why; `code` is the row's goal, if it is about one.

    `matter` is what the row says that it is about.
    """

    key: str
    choice: str
    because: str
    code: str = ""
    matter: str = ""


def list_open_items(
    follow_up: FollowUp,
    *,
    rejected: tuple[RejectedChoice, ...] = (),
    contested: tuple[ContestedRow, ...] = (),
    senders: tuple[WaitingSender, ...] = (),
) -> tuple[OpenItem, ...]:
    """Disagreements, officers' files that differ, senders to check, and last what is missing.

    Args:
        rejected: the choices that could not be carried out and that no later act replaced.
    """
    disputed = follow_up.disputed
    # If an answer waits for a check of its sender, the sender's row says so.
    awaited = tuple(item for item in follow_up.awaited if set(item.waiting) - set(item.unchecked))
    items = (
        *(OpenItem(OpenItemKind.DISAGREEMENT, decision_key(item.answers_digest), item) for item in disputed),
        *(OpenItem(OpenItemKind.FILES, decision_key(_files_digest(row)), contested=row) for row in contested),
        *(OpenItem(OpenItemKind.SENDER, decision_key(_sender_digest(each)), sender=each) for each in senders),
        *(OpenItem(OpenItemKind.MISSING, decision_key(item.waiting_digest), item) for item in awaited),
    )
    return tuple(replace(item, rejected=_last_rejected(item, rejected)) for item in items)


def decision_key(of: str) -> str:
    """Returns the key of an item in the workbook, made from the item's digest."""
    return of[:KEY_LENGTH]


def _files_digest(row: ContestedRow) -> str:
    value = row.answer.entry.value if row.answer else ""
    return digest((*row.key, row.file, value, row.standing.since))


def _sender_digest(sender: WaitingSender) -> str:
    return digest((sender.file, name_key(sender.officer)))


def read_choices(workbook: Workbook, headings: tuple[tuple[str, ...], ...]) -> tuple[Choice, ...] | None:
    """Reads the rows with a choice, by their headings in any language (in the order of `ChoiceColumn`).

    None where the headings are not there.
    """
    columns = {
        heading_key(label): column for labels in headings for column, label in zip(ChoiceColumn, labels, strict=True)
    }
    tables = [choices for sheet in workbook.sheets if (choices := _choices(sheet, columns)) is not None]
    return tuple(choice for choices in tables for choice in choices) if tables else None


def apply_choices(
    choices: Iterable[Choice], items: tuple[OpenItem, ...], signed: Signed, yes: frozenset[str]
) -> tuple[ChoiceAct, ...]:
    """Turns choices into the records to journal; one about older values becomes a `RejectedChoice`.

    Args:
        yes: the words for yes, case-folded.
    """
    by_key = {key: item for item in items for key in item.keys}
    return tuple(_act(choice, by_key.get(choice.key), signed, yes) for choice in choices)


def _rejected(choice: Choice, item: OpenItem | None, obstacle: Obstacle, signed: Signed) -> RejectedChoice:
    kind = item.kind.value if item else ""
    return RejectedChoice(signed.period, choice.code, kind, choice.choice, obstacle.value, signed.who, signed.time)


def _last_rejected(item: OpenItem, rejected: tuple[RejectedChoice, ...]) -> RejectedChoice | None:
    own = (each for each in rejected if each.code == item.code and each.kind in ("", item.kind.value))
    return max(own, key=lambda each: read_moment(each.time), default=None)


def _act(choice: Choice, item: OpenItem | None, signed: Signed, yes: frozenset[str]) -> ChoiceAct:
    if item is None:
        return _rejected(choice, None, Obstacle.OUTDATED, signed)
    made = (signed.who, signed.time, choice.because)
    if item.contested:
        chosen = chosen_file(item.contested, choice.choice, signed)
        return (
            replace(chosen, because=choice.because)
            if chosen
            else _rejected(choice, item, Obstacle.NO_SUCH_FILE, signed)
        )
    if item.sender and _is_yes(choice, yes):
        return AcceptedSender(signed.period, item.sender.file, item.sender.officer, *made)
    if item.sender:
        return _rejected(choice, item, Obstacle.NOT_YES, signed)
    if item.follow_up and item.kind is OpenItemKind.MISSING and _is_yes(choice, yes):
        return Acceptance(signed.period, item.code, item.follow_up.waiting_digest, *made)
    if item.follow_up is None or item.kind is OpenItemKind.MISSING:
        return _rejected(choice, item, Obstacle.NOT_YES, signed)
    officer = _officer(item.follow_up, choice.choice)
    if officer is None:
        return _rejected(choice, item, Obstacle.NO_SUCH_OFFICER, signed)
    return Decision(signed.period, item.code, officer, item.follow_up.answers_digest, *made)


def chosen_file(row: ContestedRow, name: str, signed: Signed) -> ChosenFile | None:
    """Makes the act that chooses one of a contested row's two files by name; None if the name is neither's."""
    files = row.file, row.standing.answer.file
    found = [
        file for file, label in zip(files, row.names, strict=True) if name_key(name) in map(name_key, (file, label))
    ]
    if not found:
        return None
    other = next(file for file in files if file != found[0])
    officer = row.standing.answer.entry.officer
    return ChosenFile(signed.period, row.key[0], officer, found[0], other, signed.who, signed.time, signed.seen)


def _is_yes(choice: Choice, yes: frozenset[str]) -> bool:
    return choice.choice.casefold() in yes


def _officer(item: GoalFollowUp, name: str) -> str | None:
    return next((a.entry.officer for a in item.answers if same_name(a.entry.officer, name)), None)


def _choices(sheet: Sheet, columns: Mapping[str, ChoiceColumn]) -> tuple[Choice, ...] | None:
    """Reads the choices below the headings; None if the sheet has no such headings."""
    places: dict[int, ChoiceColumn] = {}
    found: list[Choice] = []
    for _, cells in groupby(sheet.cells, key=attrgetter("row")):
        texts = {cell.column: clean_text(cell.raw).strip() for cell in cells if cell.kind is not CellKind.ERROR}
        named = {column: columns[key] for column, text in texts.items() if (key := heading_key(text)) in columns}
        if {ChoiceColumn.CHOICE, ChoiceColumn.KEY} <= set(named.values()):
            places = named
        elif choice := _choice({places[column]: text for column, text in texts.items() if column in places}):
            found.append(choice)
    return tuple(found) if places else None


def _choice(row: Mapping[ChoiceColumn, str]) -> Choice | None:
    """Reads the choice on a row; None if there is none. Without its key it is about no known item."""
    if not row.get(ChoiceColumn.CHOICE):
        return None
    coded = split_title(row.get(ChoiceColumn.GOAL, ""))
    because = row.get(ChoiceColumn.BECAUSE, "")
    code, matter = coded[0] if coded else "", row.get(ChoiceColumn.MATTER, "")
    return Choice(row.get(ChoiceColumn.KEY, ""), row[ChoiceColumn.CHOICE], because, code, matter)
