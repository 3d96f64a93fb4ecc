"""Converts values to rows of the ledger and back. Each row has a seal: a digest of its other columns."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
from typing import Any, Generic, TypeVar

from generator.disk.digests import sha256_of
from generator.domain.base.finding import Finding, Place
from generator.domain.base.heading import Field
from generator.domain.base.text import name_key
from generator.domain.follow_up.status import StoredReply, StoredSave
from generator.domain.follow_up.whose_answer import Contested, FileState, InForce
from generator.domain.plan.form import Typed
from generator.domain.submission.answers import Answer, Column, Entry, EntryCells
from generator.domain.submission.checks import Checked, Verdict
from generator.domain.submission.row_checks import Standing
from generator.domain.submission.typed import TypedRow, TypedSheet
from generator.store.kept_words import present_rule

T = TypeVar("T")
_SEAL_LENGTH = 16


class BrokenRowError(ValueError):
    """A row was changed since it was written, or holds an unknown word."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A save with its result, to be stored in the ledger.

    `sequence`, `file`, `digest` and `time` are the journal's; `period` is the id of the period it was read for;
    `is_reread`: an earlier reading gave another result. `typed` are the officer's own cells, where the receipt needs
    them.
    """

    sequence: int
    file: str
    digest: str
    time: str
    period: str
    checked: Checked
    typed: TypedSheet | None = None
    is_reread: bool = False


@dataclass(frozen=True, slots=True)
class InForceChange:
    """A change of the answer in force in a period, or of the one that was withdrawn last."""

    period: str
    in_force: InForce


@dataclass(frozen=True, slots=True)
class StateChange:
    """A file's state (its path relative to the inbox) in a period after the event with this journal sequence."""

    period: str
    file: str
    event: int
    state: FileState


@dataclass(frozen=True, slots=True)
class StandingChanges:
    """The changes by saves and acts, in order, up to the journal sequence `up_to`."""

    in_force: tuple[InForceChange, ...]
    states: tuple[StateChange, ...]
    up_to: int


def state_row(change: StateChange) -> tuple[Any, ...]:
    """The row of the table `file_states`."""
    state = change.state
    record = {
        "sequence": state.sequence,
        "officer": state.officer,
        "said": [[*key, value] for key, value in sorted(state.said.items())],
        "emptied": sorted(state.emptied),
        "contested": [[*key, each.why.value, each.value] for key, each in sorted(state.contested.items())],
        "seen": [[*key, since] for key, since in sorted(state.seen.items())],
        "floor": state.floor,
        "replies": sorted(state.replies),
        "under_replies": [[*key, value] for key, value in sorted(state.under_replies.items())],
        "answers": state.answers,
    }
    return sealed((change.period, storable(change.file), change.event, json.dumps(record)))


def read_state(record: str) -> FileState:
    """A file's state from its record."""
    values = json.loads(record)
    return FileState(
        values["sequence"],
        values["officer"],
        said={(code, name): value for code, name, value in values["said"]},
        emptied=frozenset((code, name) for code, name in values["emptied"]),
        contested={(code, name): Contested(Standing(why), value) for code, name, why, value in values["contested"]},
        seen={(code, name): since for code, name, since in values["seen"]},
        floor=values["floor"],
        replies=frozenset(values.get("replies", ())),
        under_replies={(code, name): value for code, name, value in values.get("under_replies", ())},
        answers=values.get("answers", 0),
    )


def in_force_row(change: InForceChange, places: Mapping[tuple[int, str, str], int]) -> tuple[Any, ...] | None:
    """The row of the table `current_answers`; None if the save has no such entry.

    Args:
        places: the positions of entries by save, code, and key of the officer's name.
    """
    answer, since, withdrawn = change.in_force.answer, change.in_force.since, int(change.in_force.is_withdrawn)
    code, officer = answer.entry.code, name_key(answer.entry.officer)
    position = places.get((answer.sequence, code, officer))
    if position is None:
        return None
    return sealed((change.period, code, officer, answer.sequence, position, since, withdrawn))


def current_file_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    """The row of the table `current_files`: this save is the latest one of its file."""
    yield sealed((save.period, storable(save.file), save.sequence))


def current_officer_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    """The row of the table `current_officers`: this save is its officer's latest; none if it has no officer."""
    if save.checked.officer is not None:
        yield sealed((save.period, name_key(save.checked.officer), save.sequence))


def current_reply_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    """The rows of the table `current_replies`: for each question that the save answers, its latest reply."""
    for _, key, *_ in reply_rows(save):
        yield sealed((save.period, key, save.sequence))


def seal_of(row: Sequence[Any]) -> str:
    """The seal of a row: a digest of its columns, as `json.dumps` writes a list of them."""
    return sha256_of(f"[{', '.join(map(_column_text, row))}]".encode("ascii"))[:_SEAL_LENGTH]


def _column_text(column: Any) -> str:
    """Returns the same as `json.dumps`, quicker for texts and whole numbers: there are thousands of rows."""
    kind = type(column)
    if kind is str:
        return encode_basestring_ascii(column)
    return str(column) if kind is int else json.dumps(column)


def unsealed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row without its seal, the last column.

    Raises:
        BrokenRowError: the seal is not that of the row.
    """
    *columns, seal = row
    if seal != seal_of(columns):
        raise BrokenRowError("a row does not keep to its seal")
    return tuple(columns)


def submission_row(save: Stored) -> tuple[Any, ...]:
    """The save's row of the table `submissions`."""
    checked = save.checked
    row = (
        save.sequence,
        storable(save.file),
        save.digest,
        save.time,
        save.period,
        checked.officer,
        checked.verdict.value,
        checked.taken,
    )
    key = name_key(checked.officer) if checked.officer is not None else None
    return (*row, seal_of(row), int(save.is_reread), key)


def entry_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    """The save's rows of the table `entries`, one for each row without an error, whether it counts or not."""
    for position, entry in enumerate(save.checked.entries):
        cells = entry.cells
        row = (
            save.sequence,
            position,
            entry.code,
            entry.officer,
            entry.degree,
            entry.overall_status,
            entry.main_risks,
            entry.narrative,
            int(entry.signed),
            cells.main_risks,
            cells.overall_status,
            cells.degree,
            cells.narrative,
        )
        yield (*row, seal_of(row), name_key(entry.officer))


def finding_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    """The save's rows of the table `findings`."""
    for position, finding in enumerate(save.checked.findings):
        place, value, allowed = finding.place, storable(finding.value), json.dumps(finding.allowed)
        row = (
            save.sequence,
            position,
            finding.rule,
            place.sheet,
            place.cell,
            finding.code,
            value,
            allowed,
            finding.key,
        )
        yield (*row, seal_of(row))


def reply_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    """The save's rows of the table `replies`; of two replies to a question the last one counts."""
    for key, text in {reply.key: reply.text for reply in save.checked.replies}.items():
        yield sealed((save.sequence, key, text))


def typed_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    """The save's row of the table `typed`, where it has one."""
    if save.typed:
        columns = [[column.field.value, column.column] for column in save.typed.columns]
        rows = [
            [row.row, row.code, row.typed.main_risks, row.typed.overall_status, row.typed.degree, row.typed.narrative]
            for row in save.typed.rows
        ]
        yield sealed((save.sequence, json.dumps({"columns": columns, "rows": rows})))


def sealed(row: Sequence[Any]) -> tuple[Any, ...]:
    """Returns a row with its seal behind it."""
    return (*row, seal_of(row))


def outcome_of(checked: Checked) -> str:
    """The digest of a save's result: officer, verdict, answers, findings and replies."""
    save = Stored(0, "", "", "", "", checked)
    rows = [submission_row(save)[5:8], *entry_rows(save), *finding_rows(save), *reply_rows(save)]
    return sha256_of(json.dumps(rows).encode("ascii"))


def read_typed(row: tuple[Any, ...]) -> TypedSheet:
    """The typed cells from their row."""
    values = json.loads(unsealed(row)[1])
    columns = tuple(Column(Field(field), column) for field, column in values["columns"])
    return TypedSheet(columns, tuple(TypedRow(row, code, Typed(*texts)) for row, code, *texts in values["rows"]))


def read_held(row: tuple[Any, ...], findings: tuple[Finding, ...]) -> StoredSave:
    """Reads a save from its row and its findings."""
    sequence, file, digest, time, _, officer, verdict, taken = unsealed(row)
    return StoredSave(sequence, original(file), time, officer, Verdict(verdict), findings, taken, digest)


def read_reply(row: tuple[Any, ...]) -> StoredReply:
    """A reply from its row, followed by the save's file, officer and time and by the row of the question's finding."""
    (_, _, text), (file, officer, time, *finding) = unsealed(row[:4]), row[4:]
    return StoredReply(original(file), officer, time, read_finding(tuple(finding)), text)


def read_finding(row: tuple[Any, ...]) -> Finding:
    """A finding from its row."""
    _, _, kept, sheet, cell, code, value, allowed, key = unsealed(row)
    rule = present_rule(kept)
    if rule is None:
        raise BrokenRowError(f"there is no rule {kept}")
    return Finding(rule, Place(sheet, cell), code, original(value), tuple(json.loads(allowed)), key)


def read_answer(row: tuple[Any, ...]) -> Answer:
    """An answer from the save's file and time, followed by the entry's row."""
    file, time, *rest = row
    sequence, _, code, officer, degree, status, risks, narrative, signed, *cells = unsealed(tuple(rest))
    entry = Entry(code, officer, degree, status, risks, narrative, bool(signed), EntryCells(*cells))
    return Answer(entry, sequence, original(file), time)


_UNSTORABLE = re.compile("[\x00\\\\\ud800-\udfff]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def storable(text: str) -> str:
    """Escapes what a database cannot hold: lone surrogates of a file name that is not UTF-8 on the disk, and NUL.

    PostgreSQL stores no NUL; in a workbook a cell may have one, written as `_x0000_`.
    """
    return _UNSTORABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def original(text: str) -> str:
    """Undoes `storable`."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


class RowReader(Generic[T]):
    """Reads rows of one kind. A row that is the same as one read before gives the same value, which is not made again.

    Raises:
        ValueError, TypeError, LookupError: the row is not as it was written.
    """

    def __init__(self, read: Callable[[tuple[Any, ...]], T]) -> None:
        self._read = read
        self._known: dict[tuple[Any, ...], T] = {}

    def __call__(self, row: tuple[Any, ...]) -> T:
        known = self._known.get(row)
        if known is None:
            known = self._read(row)
            if len(self._known) == _MOST_KNOWN:
                self._known.clear()
            self._known[row] = known
        return known


_MOST_KNOWN = 50_000
