"""People's acts in the order of the journal: which are in force, and which were undone or replaced."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.domain.base.text import name_key
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, CouncilVersion, WithdrawnAnswer
from generator.domain.follow_up.edit_acts import DraftEdit, EditedDraft, UndoneAct, WrittenText
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.domain.follow_up.open_items import OpenItemKind, RejectedChoice, act_subject
from generator.domain.follow_up.settlements import PastAct, SettledAct, undo_subject
from generator.store.records import Act, AppliedWorkbook, JournalEntry, Record


class Acts:
    """All acts of people, with their numbers in the journal."""

    def __init__(self, entries: Iterable[JournalEntry] = ()) -> None:
        self._entries = list(entries)

    def add(self, entry: JournalEntry) -> None:
        """Adds an entry if it is an act."""
        if isinstance(entry.record, Act):
            self._entries.append(entry)

    @property
    def last_number(self) -> int:
        """The number in the journal of the last act; 0 if there is none."""
        return self._entries[-1].sequence if self._entries else 0

    def copy(self) -> "Acts":
        """Returns an independent copy, for another thread."""
        return Acts(self._entries)

    def of(self, period: str) -> tuple[JournalEntry, ...]:
        """Returns the acts of a period, also those that were undone."""
        return tuple(entry for entry in self._entries if getattr(entry.record, "period", "") == period)

    def in_force(self, period: str) -> tuple[JournalEntry, ...]:
        """Returns the last act about each subject of a period, unless it was undone.

        An undone act does not bring back an earlier one on the same subject: that is open again.
        """
        found: dict[tuple[str, ...], JournalEntry] = {}
        for entry in self.of(period):
            if isinstance(entry.record, UndoneAct):
                found = {key: act for key, act in found.items() if act.sequence != entry.record.act}
            elif (subject := subject_of(entry.record)) is not None:
                found.pop(subject, None)
                found[subject] = entry
        return tuple(found.values())

    def before(self, act: Record) -> "Acts":
        """Returns the acts before a record of the journal; all of them if it is not among them."""
        last = next((entry.sequence for entry in self._entries if entry.record == act), self.last_number + 1)
        return Acts(entry for entry in self._entries if entry.sequence < last)

    def past(self, period: str) -> tuple[PastAct, ...]:
        """Returns what was settled and undone in a period, in the order of the journal."""
        entries = self.of(period)
        acts = {entry.sequence: entry.record for entry in entries}
        in_force = {entry.sequence for entry in self.in_force(period)}
        undone = {entry.record.act for entry in entries if isinstance(entry.record, UndoneAct)}
        return tuple(
            PastAct(number, _item_subject(act, acts), act, base, number in in_force, number in undone)
            for number, act, base in _with_bases(entries)
            if isinstance(act, SettledAct)
        )

    def rejected(self, period: str) -> tuple[RejectedChoice, ...]:
        """Returns the choices that could not be carried out, unless a later act on the same subject replaced them."""
        entries = self.of(period)
        acts = {entry.sequence: entry.record for entry in entries}
        found: list[RejectedChoice] = []
        for entry in entries:
            act = entry.record
            about = _open_item_of(act)
            subject = act.subject if isinstance(act, RejectedChoice) else _item_subject(act, acts)
            if subject:
                found = [each for each in found if each.subject != subject]
            if isinstance(act, UndoneAct):
                found = [each for each in found if each.subject != undo_subject(act.act)]
            if about:
                found = [e for e in found if e.subject or e.code != about.code or e.kind not in ("", about.kind)]
            found += [act] if isinstance(act, RejectedChoice) else []
        return tuple(found)

    def last_edited_draft(self, period: str, path: str) -> EditedDraft | None:
        """Returns the last edited draft that was read at a path (relative to the outbox); None if there is none."""
        found = (entry.record for entry in reversed(self.of(period)))
        return next((each for each in found if isinstance(each, EditedDraft) and each.path == path), None)

    def path_of_draft(self, digest: str) -> str:
        """Returns the path (relative to the outbox) of the edited draft with these bytes; empty if there is none."""
        acts = (entry.record for entry in self._entries)
        return next((each.path for each in acts if isinstance(each, EditedDraft) and each.digest == digest), "")

    def last_council_version(self, closed: str) -> JournalEntry | None:
        """Returns the last act that tells which final of a closed period the council dealt with; None if there is
        none.
        """
        acts = (entry for entry in reversed(self._entries) if isinstance(entry.record, CouncilVersion))
        return next((act for act in acts if getattr(act.record, "closed", "") == closed), None)

    def has_read_draft(self, digest: str) -> bool:
        """True if an edited draft with these bytes was read before."""
        return any(isinstance(entry.record, EditedDraft) and entry.record.digest == digest for entry in self._entries)


def _with_bases(entries: tuple[JournalEntry, ...]) -> Iterator[tuple[int, Record, int | None]]:
    """The acts with their numbers, and the base of the workbook in which each was chosen (None: in no workbook)."""
    bases: dict[int, int] = {}
    before = 0
    for entry in entries:
        if isinstance(applied := entry.record, AppliedWorkbook):
            first = applied.first or before + 1  # records of earlier versions do not tell
            own = (each.sequence for each in entries if first <= each.sequence < entry.sequence)
            bases |= dict.fromkeys(own, applied.base)
            before = entry.sequence
    for entry in entries:
        # Undoing is known to no workbook that was written before it, not even to the one it was asked in.
        base = None if isinstance(entry.record, UndoneAct) else bases.get(entry.sequence)
        yield entry.sequence, entry.record, base


def _item_subject(act: Record, acts: Mapping[int, Record]) -> str:
    """Returns the subject of the open item that an act settles; that of an undoing is that of the undone act."""
    if isinstance(act, UndoneAct) and act.act in acts:
        return act_subject(acts[act.act]) or ""
    return act_subject(act) or ""


def subject_of(record: Record) -> tuple[str, ...] | None:
    """Returns what an act is about: a later act about the same subject replaces it. None: nothing replaces it."""
    match record:
        case Decision():
            return type(record).__name__, record.code
        case Acceptance():
            return type(record).__name__, record.code, name_key(record.officer)
        case DraftEdit():
            return "edit", record.code, name_key(record.officer), record.field, record.conflict
        case WrittenText():
            return "text", record.place, record.language
        case ChosenFile() | WithdrawnAnswer():
            return type(record).__name__, record.code, name_key(record.officer)
        case CouncilVersion():
            return "version", record.closed
        case AcceptedSender():
            return "sender", record.file, name_key(record.officer)
    return None


@dataclass(frozen=True, slots=True)
class _About:
    """The goal (an empty string: none) and the kind of open item that an act is about."""

    code: str
    kind: str


def _open_item_of(record: Record) -> _About | None:
    """The open item that a person's act is about; None for all other records."""
    if isinstance(record, RejectedChoice):
        return _About(record.code, record.kind)
    if isinstance(record, Decision):
        return _About(record.code, OpenItemKind.DISAGREEMENT.value)
    if isinstance(record, Acceptance):
        return _About(record.code, OpenItemKind.MISSING.value)
    return None
