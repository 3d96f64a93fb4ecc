"""People's acts in the order of the journal: which are in force, and which were undone or replaced."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.base.text import name_key
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.edit_acts import DraftEdit, EditedDraft, UndoneAct, WrittenText
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.domain.follow_up.open_items import OpenItemKind, RejectedChoice
from generator.store.records import Act, JournalEntry, Record


class Acts:
    """All acts of people, with their numbers in the journal."""

    def __init__(self, entries: Iterable[JournalEntry] = ()) -> None:
        self._entries = list(entries)

    def add(self, entry: JournalEntry) -> None:
        """Adds an entry if it is an act."""
        if isinstance(entry.record, Act):
            self._entries.append(entry)

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

    def last_edited_draft(self, period: str, path: str) -> EditedDraft | None:
        """Returns the last edited draft that was read at a path (relative to the outbox); None if there is none."""
        found = (entry.record for entry in reversed(self.of(period)))
        return next((each for each in found if isinstance(each, EditedDraft) and each.path == path), None)

    def has_read_draft(self, digest: str) -> bool:
        """True if an edited draft with these bytes was read before."""
        return any(isinstance(entry.record, EditedDraft) and entry.record.digest == digest for entry in self._entries)


def subject_of(record: Record) -> tuple[str, ...] | None:
    """Returns what an act is about: a later act about the same subject replaces it. None: nothing replaces it."""
    match record:
        case Decision() | Acceptance():
            return type(record).__name__, record.code
        case DraftEdit():
            return "edit", record.code, name_key(record.officer), record.field
        case WrittenText():
            return "text", record.place, record.language
        case ChosenFile() | WithdrawnAnswer():
            return type(record).__name__, record.code, name_key(record.officer)
        case AcceptedSender():
            return "sender", record.file, name_key(record.officer)
    return None


@dataclass(frozen=True, slots=True)
class About:
    """The goal (an empty string: none) and the kind of open item that an act is about."""

    code: str
    kind: str


def open_item_of(record: Record) -> About | None:
    """The open item that a person's act is about; None for all other records."""
    if isinstance(record, RejectedChoice):
        return About(record.code, record.kind)
    if isinstance(record, Decision):
        return About(record.code, OpenItemKind.DISAGREEMENT.value)
    if isinstance(record, Acceptance):
        return About(record.code, OpenItemKind.MISSING.value)
    return None
