"""The journal's records, one class for each kind of event, and their JSON lines."""

import re
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, CouncilVersion, WithdrawnAnswer
from generator.domain.follow_up.edit_acts import DraftEdit, EditedCopy, EditedDraft, UndoneAct, WrittenText
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.domain.follow_up.open_items import RejectedChoice

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Save:
    """A file of the inbox that stood unchanged, with its bytes in the archive.

    `path` is relative to the inbox, with `/`, spelt as on disk; `digest` is SHA-256 in hex; `time` is ISO 8601 with its
    offset, the same for all saves of one look; `period` is the id of the period in which it was saved (an empty string:
    the settings could not be read then).
    """

    path: str
    digest: str
    time: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """A saved file is no longer in the inbox."""

    path: str
    time: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A saved file is gone, and the same bytes were saved at another path."""

    path: str
    to: str
    time: str


@dataclass(frozen=True, slots=True)
class Back:
    """A file that was gone is in the inbox again, with the bytes that it had."""

    path: str
    time: str


@dataclass(frozen=True, slots=True)
class FormIssued:
    """A form that was written for an officer; the archive keeps its bytes by their digest.

    `base` is the journal sequence that the form was made from. `is_part`: it has only the goals that another form of
    the officer lacks. `inputs` is the digest of everything that it was made from, an empty string in records of earlier
    versions. A form is entered again when other inputs give the same form.
    """

    path: str
    digest: str
    officer: str
    period: str
    base: int
    time: str
    is_part: bool = False
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class PlacedFiles:
    """Files that this program put into people's folders: pairs of path (relative to the workspace) and SHA-256."""

    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SaveReading:
    """The result of reading one save: its journal sequence, its period, and the digest of answers and findings."""

    save: int
    period: str
    outcome: str


@dataclass(frozen=True, slots=True)
class TakenSaves:
    """The saves that were read and checked together."""

    saves: tuple[SaveReading, ...]


@dataclass(frozen=True, slots=True)
class SettingsInUse:
    """The settings in use from now on; the archive keeps the file's bytes by their digest."""

    digest: str
    time: str


@dataclass(frozen=True, slots=True)
class TemplateInUse:
    """The report's template in use from now on; the archive keeps the file's bytes by their digest.

    `language` (fi, sv, en) is that of a language's own template, an empty string for the common one. An empty digest
    means that the language's own template was removed.
    """

    digest: str
    time: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class PlanInUse:
    """The plan in use for a period from now on; the archive keeps its record by its digest.

    `first` is the journal sequence of the first save that is checked against it; `previous` is the id of the period
    before (an empty string: none). `officers` is the digest of the record of the officers' sheet (an empty string in
    earlier records).
    """

    period: str
    digest: str
    time: str
    first: int
    previous: str
    officers: str = ""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The ledger was rebuilt from the journal: why, and the highest sequence used before (0: none)."""

    reason: str
    above: int
    time: str


@dataclass(frozen=True, slots=True)
class Final:
    """A final report: of which period, by whom, when (ISO 8601) and why; `contents` is the digest of its content.

    `because` is the reason given while something was open, an empty string where nothing was, and `reasons` are pairs
    of the kind of what was open and its reason (none in 0.2.0, which kept one for all kinds); `key` is that of the
    request in the workbook of decisions, an empty string where it was made by command; `version` counts the period's
    finals from 1 (0 in the records of 0.2.0). `printed` and `plan` are the SHA-256 of the record of its printed
    degrees and of its plan's record, which the archive keeps (empty strings in the records of 0.2.0). `texts` are
    pairs of a language and the SHA-256 of the record of what the whole report printed in it (none in earlier records).
    """

    period: str
    contents: str
    who: str
    time: str
    because: str
    key: str = ""
    version: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    printed: str = ""
    plan: str = ""
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedFinal:
    """A request to make the report final was not carried out; `key` is that of the report that it was about.

    `cells` are triples: a cell of the sheet (an empty string: the whole sheet), what was read in it, and the
    `Obstacle`, an empty string where that is as it should be.
    """

    period: str
    key: str
    who: str
    time: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RequestedFinal:
    """A request to make the report final was read; `inputs` is the digest of that report's sources."""

    period: str
    key: str
    inputs: str
    time: str


@dataclass(frozen=True, slots=True)
class AppliedWorkbook:
    """The choices in the secretary's workbook were entered; `digest` is that of the workbook's bytes.

    `base` is the number of the last act that the workbook knew (0 in workbooks of earlier versions). The acts that were
    chosen in it have numbers from `first` on (0 in records of earlier versions). `unread` is the digest of the texts in
    it that were not read, a JSON list in the archive (an empty string: there are none).
    """

    period: str
    digest: str
    time: str
    base: int = 0
    first: int = 0
    unread: str = ""


@dataclass(frozen=True, slots=True)
class PeriodOpened:
    """A reporting period was opened, and the one before it closed; the other files follow from this record.

    `version` is the number of the closed period's final that the council dealt with (0: none), `meeting` the day of
    that meeting (ISO 8601) and `section` its section (empty strings: not told). `beginning` is a `Beginning`. `before`
    and `settings` are the SHA-256 of seuranta.toml as it was and as it is to be; the archive keeps the latter, and by
    `officers` the closed period's officers' sheet (an empty string in earlier records).
    `because` is the reason given while something was open, an empty string where nothing was.
    """

    period: str
    closed: str
    version: int
    meeting: str
    section: str
    beginning: str
    before: str
    settings: str
    who: str
    time: str
    because: str = ""
    officers: str = ""


@dataclass(frozen=True, slots=True)
class PutAway:
    """Files of a closed period that were moved: triples of the path before, the path now, and SHA-256.

    Both paths are relative to the inbox.
    """

    period: str
    files: tuple[tuple[str, str, str], ...]
    time: str


AnswerAct: TypeAlias = ChosenFile | WithdrawnAnswer | AcceptedSender
Act: TypeAlias = (
    AnswerAct
    | Decision
    | Acceptance
    | RejectedChoice
    | AppliedWorkbook
    | RequestedFinal
    | RejectedFinal
    | Final
    | PeriodOpened
    | DraftEdit
    | EditedDraft
    | WrittenText
    | UndoneAct
    | CouncilVersion
)
InUse: TypeAlias = PlanInUse | SettingsInUse | TemplateInUse
FileRecord: TypeAlias = Save | Gone | Moved | Back | PutAway | FormIssued | PlacedFiles | EditedCopy
Record: TypeAlias = FileRecord | TakenSaves | InUse | Rebuilt | Act


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A record with its number in the journal; `sequence` counts from 1 and is the only order of events."""

    sequence: int
    record: Record


@dataclass(frozen=True, slots=True)
class JournaledSave:
    """A save with its journal sequence."""

    sequence: int
    path: str
    digest: str
    time: str
    period: str


KINDS: dict[str, type[Record]] = {
    "save": Save,
    "gone": Gone,
    "moved": Moved,
    "back": Back,
    "form": FormIssued,
    "placed": PlacedFiles,
    "taken": TakenSaves,
    "plan": PlanInUse,
    "settings": SettingsInUse,
    "template": TemplateInUse,
    "rebuilt": Rebuilt,
    "decide": Decision,
    "accept": Acceptance,
    "unheard": RejectedChoice,
    "heard": AppliedWorkbook,
    "wish": RequestedFinal,
    "finalize": Final,
    "refuse-final": RejectedFinal,
    "choose-file": ChosenFile,
    "withdraw": WithdrawnAnswer,
    "accept-sender": AcceptedSender,
    "open-period": PeriodOpened,
    "put-away": PutAway,
    "edit": DraftEdit,
    "edited-draft": EditedDraft,
    "edited-copy": EditedCopy,
    "text": WrittenText,
    "undo": UndoneAct,
    "council-version": CouncilVersion,
}
_NAMES = {kind: name for name, kind in KINDS.items()}
_NUMBERS = frozenset({"first", "base", "above", "seen", "version", "act"})
_TUPLES = frozenset({"reasons", "cells", "files", "texts"})
_TRUTHS = frozenset({"is_part"})


def to_line(entry: JournalEntry) -> dict[str, object]:
    """The entry as the values of a JSON line."""
    return {"sequence": entry.sequence, "record": _NAMES[type(entry.record)], **_values(entry.record)}


def from_line(line: Any) -> JournalEntry:
    """The entry of a JSON line; a line without a kind is a save of version 0.1.0.

    Raises:
        LookupError, TypeError, ValueError: it is no entry.
    """
    values = dict(line)
    sequence, kind = values.pop("sequence"), values.pop("record", "save")
    if type(sequence) is not int or sequence < 1:
        raise ValueError("not an entry of the journal")
    return JournalEntry(sequence, record_of(kind, values))


def record_of(kind: str, values: dict[str, Any]) -> Record:
    """A record from its kind and its values; raises LookupError, TypeError or ValueError where it is none."""
    if kind == "placed":
        return PlacedFiles(tuple((_text(path), _text(digest)) for path, digest in values["files"]))
    if kind == "taken":
        return TakenSaves(
            tuple(SaveReading(save, _text(period), _text(said)) for save, period, said in values["saves"])
        )
    if kind == "finalize":
        pairs = {name: _tuples(values.get(name, []), 2) for name in ("reasons", "texts")}
        values = {**values, **pairs}
    if kind == "refuse-final":
        values = {**values, "cells": _tuples(values["cells"], 3)}
    if kind == "put-away":
        values = {**values, "files": _tuples(values["files"], 3)}
    if not all(isinstance(value, _type_of(name)) for name, value in values.items()):
        raise TypeError("not a record")
    if kind == "save" and not _DIGEST.fullmatch(values["digest"]):
        raise ValueError("not a save")
    return KINDS[kind](**values)


def _values(record: Record) -> dict[str, object]:
    if isinstance(record, TakenSaves):
        return {"saves": [[judged.save, judged.period, judged.outcome] for judged in record.saves]}
    return asdict(record)


def _type_of(name: str) -> type:
    return int if name in _NUMBERS else tuple if name in _TUPLES else bool if name in _TRUTHS else str


def _tuples(lists: Any, length: int) -> tuple[tuple[str, ...], ...]:
    """Lists of texts as tuples; raises TypeError or ValueError where they are none, or of another length."""
    made = tuple(tuple(map(_text, each)) for each in lists)
    if any(len(each) != length for each in made):
        raise ValueError("not a record")
    return made


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
