"""What waits for a person's choice: the rows of the sheet of open items, and what a person chose on one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from generator.domain.base.canonical import digest
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import N_
from generator.domain.base.text import name_key
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, CouncilVersion
from generator.domain.follow_up.edit_acts import DraftEdit, UndoneAct, WrittenText
from generator.domain.follow_up.merge import Acceptance, Decision, FollowUp, GoalFollowUp
from generator.domain.follow_up.standing import ContestedRow, WaitingSender

KEY_LENGTH = 16
SUBJECT_LENGTH = 12
# Who settled it where the workbook does not say who saved it.
UNKNOWN = "?"
# The fields of a draft whose edited text is printed; any other edited value is only an open item.
TEXT_FIELDS = frozenset({"narrative", "main_risks"})


class OpenItemKind(StrEnum):
    """What the secretary is asked about; earlier versions asked on a row whether the report is final."""

    DISAGREEMENT = "disagreement"
    FILES = "files"
    SENDER = "sender"
    EDIT = "edit"
    VALUE = "value"
    MISSING = "missing"
    LOST = "lost"
    FINALIZE = "finalize"


class ChoiceColumn(StrEnum):
    """The columns of the sheet of open items from left to right, by the messages that are their headings."""

    MATTER = N_("Matter")
    GOAL = N_("Concerns")
    DETAILS = N_("Details")
    CHOICE = N_("Settlement")
    BECAUSE = N_("Because")
    REMARK = N_("Why it was not carried out")
    KEY = N_("Identifier")


class Obstacle(StrEnum):
    """The reason why a choice could not be carried out."""

    NO_SUCH_OFFICER = "no-such-officer"
    NO_SUCH_FILE = "no-such-file"
    NO_SUCH_TEXT = "no-such-text"
    NO_SUCH_VERSION = "no-such-version"
    NOT_YES = "not-yes"
    NO_CHOICE = "no-choice"
    OUTDATED = "outdated"
    SETTLED_SINCE = "settled-since"
    TAKEN_BACK = "taken-back"
    NO_UNDOING = "no-undoing"
    NO_REASON = "no-reason"
    EDITED = "edited"
    COMMENTED = "commented"
    WRONG_PERIOD = "wrong-period"
    NAMES_NOT_READ = "names-not-read"
    STANDS_TWICE = "stands-twice"
    MOVED = "moved"
    OTHER_SHEET = "other-sheet"
    FORMULA = "formula"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class RejectedChoice:
    """A choice that could not be carried out: about which goal (an empty string: none), and an `Obstacle`.

    `kind` is the item's, an empty string where it was about an item that is open no more. `subject` is the digest of
    the item's subject (an empty string: not known); `because` is the reason beside the choice.
    """

    period: str
    code: str
    kind: str
    choice: str
    obstacle: str
    who: str
    time: str
    because: str = ""
    subject: str = ""


ChoiceAct: TypeAlias = Decision | Acceptance | ChosenFile | AcceptedSender | DraftEdit | UndoneAct | RejectedChoice


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
class OpenEdit:
    """A value that a person edited in a draft and that is not printed: the act's number in the journal, and the act.

    `present` is what is printed in its place, and `edited` what the person wrote, both as a reader sees them; `title`
    is the goal's. `officer_text` is the officer's present text, of which a choice of the edited text is then an edit,
    and `before` its digest; both are empty where the officer has no answer any more. `value_of` are the officers whose
    value it is and `answers` the digest of the goal's answers, for a choice between them (nothing for a text).
    """

    number: int
    act: DraftEdit
    title: str
    present: str
    edited: str
    officer_text: str = ""
    before: str = ""
    value_of: tuple[str, ...] = ()
    answers: str = ""

    @property
    def is_text(self) -> bool:
        """True if the value is a text of an officer."""
        return self.act.field in TEXT_FIELDS

    @property
    def can_be_printed(self) -> bool:
        """True if the value may be printed as edited: a text in the place of its officer's present one."""
        return self.is_text and bool(self.before)


@dataclass(frozen=True, slots=True)
class LostText:
    """A text of the person who makes the report that cannot be read: the act's number in the journal, and the act.

    `file` is the file of the archive that lacks or cannot be read. `edited` are the words where only the text that was
    edited is lost, else an empty string.
    """

    number: int
    act: DraftEdit | WrittenText
    file: str
    edited: str = ""

    @property
    def place(self) -> str:
        """The goal's code, or the place of the text in the report."""
        return self.act.code if isinstance(self.act, DraftEdit) else self.act.place


@dataclass(frozen=True, slots=True)
class MissingAnswers:
    """The goals that wait for an officer's answer, in the plan's order."""

    officer: str
    goals: tuple[GoalFollowUp, ...]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something open; one field tells what it is about, the others are None.

    `follow_up` is a goal on which officers differ, `contested` a row of two files of one officer that differ, `sender`
    a sender to check, `edit` a value edited in a draft, `missing` an officer's missing answers, `lost` a text that
    cannot be read. `key` changes with the values that are settled, so a choice about older values no longer matches.
    `rejected` is what somebody chose last and could not be carried out.
    """

    kind: OpenItemKind
    key: str
    follow_up: GoalFollowUp | None = None
    rejected: RejectedChoice | None = None
    contested: ContestedRow | None = None
    sender: WaitingSender | None = None
    edit: OpenEdit | None = None
    missing: MissingAnswers | None = None
    lost: LostText | None = None

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
        """The goal's code; an empty string where it is about no single goal."""
        if self.contested:
            return self.contested.key[0]
        if self.edit:
            return self.edit.act.code
        if self.lost:
            return self.lost.place
        return self.follow_up.goal.code if self.follow_up else ""

    @property
    def subject(self) -> str:
        """The digest of what the item is about; the same for all values, and that of the act that settles it."""
        if self.contested:
            return subject_digest("files", *self.contested.key)
        if self.sender:
            return subject_digest("sender", self.sender.file, name_key(self.sender.officer))
        if self.edit:
            return str(act_subject(self.edit.act))
        if self.lost:
            return str(act_subject(self.lost.act))
        if self.missing:
            return subject_digest("missing", name_key(self.missing.officer))
        return subject_digest(self.kind.value, self.code)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wrote on an item's row: the choice, and why; `code` is the row's goal, if it is about one.

    `matter` is what the row says that it is about. `subject` and `base` are those of the row's key: of an empty string
    and 0 in workbooks of earlier versions. `obstacle` is why it cannot be the row's choice; None if it can.
    """

    key: str
    choice: str
    because: str
    code: str = ""
    matter: str = ""
    subject: str = ""
    base: int = 0
    obstacle: Obstacle | None = None


def subject_digest(*parts: str) -> str:
    """Returns the digest by which a row and an act name the same subject."""
    return digest(parts)[:SUBJECT_LENGTH]


VERSION_SUBJECT = subject_digest("version")


def act_subject(act: object) -> str | None:
    """Returns the subject of the item that an act settles; None if it settles none."""
    match act:
        case Decision():
            return subject_digest("disagreement", act.code)
        case Acceptance():
            return subject_digest("missing", name_key(act.officer) if act.officer else act.code)
        case ChosenFile():
            return subject_digest("files", act.code, name_key(act.officer))
        case AcceptedSender():
            return subject_digest("sender", act.file, name_key(act.officer))
        case DraftEdit():
            conflict = (act.conflict,) if act.conflict else ()
            return subject_digest("edit", act.code, name_key(act.officer), act.field, *conflict)
        case WrittenText():
            return subject_digest("text", act.place, act.language)
        case CouncilVersion():
            return VERSION_SUBJECT
    return None


def list_open_items(
    follow_up: FollowUp,
    *,
    rejected: tuple[RejectedChoice, ...] = (),
    contested: tuple[ContestedRow, ...] = (),
    senders: tuple[WaitingSender, ...] = (),
    edits: tuple[OpenEdit, ...] = (),
    lost: tuple[LostText, ...] = (),
) -> tuple[OpenItem, ...]:
    """Returns disagreements, officers' files that differ, senders, edits in conflict, lost texts, and what is missing.

    Args:
        rejected: the choices that could not be carried out and that no later act replaced.
    """
    items = (
        *(OpenItem(OpenItemKind.DISAGREEMENT, decision_key(i.answers_digest), i) for i in follow_up.disputed),
        *(OpenItem(OpenItemKind.FILES, decision_key(_files_digest(row)), contested=row) for row in contested),
        *(OpenItem(OpenItemKind.SENDER, decision_key(_sender_digest(each)), sender=each) for each in senders),
        *map(_edit_item, edits),
        *(OpenItem(OpenItemKind.LOST, decision_key(digest((text.number, text.file))), lost=text) for text in lost),
        *(
            OpenItem(OpenItemKind.MISSING, decision_key(_missing_digest(m)), missing=m)
            for m in missing_answers(follow_up)
        ),
    )
    return tuple(replace(item, rejected=last_rejected(item, rejected)) for item in items)


def missing_answers(follow_up: FollowUp) -> Iterator[MissingAnswers]:
    """Returns for each officer the goals that wait for an answer, unless somebody accepted that it is missing."""
    found: dict[str, tuple[str, list[GoalFollowUp]]] = {}
    for item in follow_up.missing:
        for officer in item.awaited_officers:
            # If an answer waits for a check of its sender, the sender's row says so.
            if officer not in item.unchecked:
                found.setdefault(name_key(officer), (officer, []))[1].append(item)
    yield from (MissingAnswers(officer, tuple(goals)) for officer, goals in found.values())


def earlier_items(follow_up: FollowUp) -> tuple[OpenItem, ...]:
    """Returns the rows of earlier versions for missing answers: one a goal."""
    awaited = (item for item in follow_up.awaited if set(item.waiting) - set(item.unchecked))
    return tuple(OpenItem(OpenItemKind.MISSING, decision_key(item.waiting_digest), item) for item in awaited)


def decision_key(of: str) -> str:
    """Returns the key of an item in the workbook, made from the item's digest."""
    return of[:KEY_LENGTH]


def last_rejected(item: OpenItem, rejected: Iterable[RejectedChoice]) -> RejectedChoice | None:
    """Returns the last choice about an item that could not be carried out; None if there is none to tell."""
    last = max((each for each in rejected if is_about(each, item)), key=lambda e: read_moment(e.time), default=None)
    return None if last is None or last.obstacle == Obstacle.TAKEN_BACK else last


def is_about(rejected: RejectedChoice, item: OpenItem) -> bool:
    """True if a choice was about an item, whatever its values were then."""
    if rejected.subject:
        return rejected.subject == item.subject
    return bool(item.code) and rejected.code == item.code and rejected.kind in ("", item.kind.value)


def _edit_item(edit: OpenEdit) -> OpenItem:
    kind = OpenItemKind.EDIT if edit.is_text else OpenItemKind.VALUE
    return OpenItem(kind, decision_key(digest((edit.number, edit.present, *edit.value_of))), edit=edit)


def _files_digest(row: ContestedRow) -> str:
    value = row.answer.entry.value if row.answer else ""
    return digest((*row.key, row.file, value, row.standing.since))


def _sender_digest(sender: WaitingSender) -> str:
    return digest((sender.file, name_key(sender.officer)))


def _missing_digest(missing: MissingAnswers) -> str:
    return digest((name_key(missing.officer), tuple(item.goal.code for item in missing.goals)))
