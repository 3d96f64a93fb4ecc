"""The ledger: a database with each save's answers and findings. It is rebuilt from archive and journal."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, TypeVar

from generator.domain.base.finding import Finding
from generator.domain.follow_up.status import Problem, StoredReply, StoredSave
from generator.domain.follow_up.whose_answer import FileState, InForce, Key
from generator.domain.plan.posts import SAME_NAMES, PostNames
from generator.domain.submission.answers import Answer
from generator.domain.submission.typed import TypedSheet
from generator.store import ledger_statements as statements
from generator.store.database import Database, Row, Writer
from generator.store.ledger_names import answer_now, in_force_now, last_saved_now, save_now, state_now
from generator.store.ledger_rows import (
    InForceChange,
    RowReader,
    StandingChanges,
    Stored,
    current_file_rows,
    current_officer_rows,
    current_reply_rows,
    entry_rows,
    finding_rows,
    in_force_row,
    original,
    read_answer,
    read_finding,
    read_held,
    read_reply,
    read_state,
    read_typed,
    reply_rows,
    sealed,
    state_row,
    storable,
    submission_row,
    typed_rows,
    unsealed,
)
from generator.store.ledger_schema import damaged

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A document as it was last written to the outbox.

    `name` is its path in the outbox, `inputs` the digest of its sources, `sha256` its own, `time` ISO 8601.
    """

    period: str
    name: str
    inputs: str
    sha256: str
    time: str


@dataclass(frozen=True, slots=True)
class JournalMark:
    """The part of the journal that the ledger was made from: length in bytes, their SHA-256, and last sequence."""

    length: int
    digest: str
    last: int = 0


class Ledger:
    """Reads and writes the ledger. Each call that writes is one transaction.

    Raises LedgerDamagedError where the data is damaged, or a row is not as it was written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read_answer = RowReader(read_answer)
        self._read_state = RowReader(lambda row: (original(row[1]), read_state(unsealed(row)[3])))
        self._read_finding = RowReader(read_finding)
        self._in_force: dict[str, tuple[tuple[int, int], Mapping[Key, InForce]]] = {}
        # Cache for each period, by the rows of `IN_FORCE_PLACES`: the content of a save never changes.
        self._known_in_force: dict[str, dict[tuple[Any, ...], InForce]] = {}
        self._stored = self._others_version = 0  # calls of `store`; the version of other programs' changes
        self._answers: dict[int, tuple[Answer, ...]] = {}
        self.names = SAME_NAMES

    def read_with(self, names: PostNames) -> None:
        """Sets the names of posts: from now on officers are read by their present name, not by that of a save."""
        if names != self.names:
            self.names, self._in_force, self._answers = names, {}, {}

    def last_sequence(self) -> int:
        """The journal sequence of the last save stored; 0 where there is none."""
        (sequence,) = self._one("SELECT COALESCE(MAX(sequence), 0) FROM submissions")
        return int(sequence)

    def saves(self) -> frozenset[tuple[int, str, str]]:
        """Sequence, file (as `storable` gives it) and digest of every stored save."""
        return frozenset(self._rows("SELECT sequence, file, digest FROM submissions"))

    def taken_up_to(self) -> int:
        """Returns the journal sequence of the last save or act that was processed; 0 if there is none."""
        row = self._one("SELECT value FROM marks WHERE name = 'taken'")
        return max(int(row[0]) if row else 0, self.last_sequence())

    def store(self, saves: tuple[Stored, ...], changes: StandingChanges, journal: JournalMark) -> None:
        """Stores saves in the journal's order, the answers that they brought into force, and the states of their files.

        Everything is written in one transaction.

        Args:
            changes: what is in force, and what files said, after these saves and after people's acts between them.
            journal: how far the journal had been read.
        """
        marks = (("journal", json.dumps(astuple(journal))), ("taken", str(changes.up_to)))
        with self._database.writing() as writer:
            for statement, rows_of in _ROWS_OF_A_SAVE:
                writer.executemany(statement, (row for save in saves for row in rows_of(save)))
            self._put_in_force(writer, changes.in_force)
            writer.executemany(statements.STORE_STATE, map(state_row, changes.states))
            writer.executemany(statements.SET_MARK, map(sealed, marks))
        for save in saves:
            self._answers.pop(save.sequence, None)
        self._stored += 1

    def _put_in_force(self, writer: Writer, changes: tuple[InForceChange, ...]) -> None:
        """Stores the answers in force, each with the place of its entry, which may have a former name of the post."""
        places: dict[tuple[int, str, str], int] = {}
        for sequence in {change.in_force.answer.sequence for change in changes}:
            for position, code, officer in self._rows(statements.ENTRIES_OF_SAVE, sequence):
                places[sequence, code, officer] = places[sequence, code, self.names.key(officer)] = position
        rows = (in_force_row(change, places) for change in changes)
        writer.executemany(statements.PUT_IN_FORCE, (row for row in rows if row))

    def save(self, sequence: int) -> StoredSave | None:
        """One save with its findings; None where it is not stored."""
        held = self._held("WHERE s.sequence = ?", sequence)
        return held[0] if held else None

    def journal_mark(self) -> JournalMark | None:
        """The part of the journal that the ledger was made from; None where nothing is stored yet."""
        row = self._one("SELECT value FROM marks WHERE name = 'journal'")
        with self._broken_rows():
            return JournalMark(*json.loads(row[0])) if row else None

    def current_files(self, period: str) -> tuple[StoredSave, ...]:
        """The last save of each file in a period, with its findings, in the journal's order."""
        files = self._held(statements.OF_CURRENT_FILES, period)
        (count,) = self._one("SELECT COUNT(*) FROM current_files WHERE period = ?", period)
        if len(files) != count:
            raise damaged(self._database.path, "a save is missing")
        return files

    def last_saved(self, period: str) -> dict[str, str]:
        """When (ISO 8601) each officer last saved in a period, by the key of the officer's name."""
        return last_saved_now(sorted(self._rows(statements.LAST_SAVED, period)), self.names)

    def in_force(self, period: str) -> Mapping[Key, InForce]:
        """The answers in force in a period, and those withdrawn last, in the journal's order of their saves."""
        version = self._changes_of_others(), self._stored
        if period not in self._in_force or self._in_force[period][0] != version:
            self._in_force[period] = version, self._read_in_force(period)
        return self._in_force[period][1]

    def _read_in_force(self, period: str) -> Mapping[Key, InForce]:
        places = self._rows(statements.IN_FORCE_PLACES, period)
        with self._broken_rows():
            known = self._known_in_force.get(period, {})
            new = [place[2] for place in places if place not in known]
            rows = self._rows(statements.IN_FORCE, period, min(new)) if new else []
            for since, withdrawn, file, time, *row in rows:
                answer = self._read_answer((file, time, *row))
                known[since, withdrawn, row[0], row[1]] = InForce(answer, since, bool(withdrawn))
            found = self._known_in_force[period] = {place: known[place] for place in places}
        return MappingProxyType(in_force_now(found.values(), self.names))

    def _changes_of_others(self) -> int:
        """Returns a number that changes when another program changes the database; then everything is read again."""
        version = self._database.changes_of_others()
        if version != self._others_version:
            self._answers, self._known_in_force, self._others_version = {}, {}, version
        return version

    def current_answers(self, period: str) -> tuple[Answer, ...]:
        """Each officer's answer in force to each goal of a period, in the journal's order."""
        return tuple(each.answer for each in self.in_force(period).values() if not each.is_withdrawn)

    def answers_of(self, sequence: int) -> tuple[Answer, ...]:
        """The rows of one save that had no error, whether they count or not, in their order."""
        self._changes_of_others()
        if sequence not in self._answers:
            held = self._read(self._read_answer, self._rows(statements.ANSWERS_OF, sequence))
            self._answers[sequence] = tuple(answer_now(answer, self.names) for answer in held)
        return self._answers[sequence]

    def file_states(self, period: str) -> dict[str, FileState]:
        """What each file of a period said last, by its path relative to the inbox."""
        with self._broken_rows():
            states = map(self._read_state, sorted(self._rows(statements.LAST_STATES, period)))
            return {file: state_now(state, self.names) for file, state in states}

    def file_state_at(self, period: str, file: str, event: int) -> FileState | None:
        """What a file said right after the event with this journal sequence; None where that was not about it."""
        row = self._one(statements.STATE_AT, period, storable(file), event)
        with self._broken_rows():
            return state_now(read_state(unsealed(row)[3]), self.names) if row else None

    def typed_of(self, sequence: int) -> TypedSheet | None:
        """Returns the cells that the officer typed in a save; None if the receipt did not need them."""
        row = self._one("SELECT sequence, record, seal FROM typed WHERE sequence = ?", sequence)
        with self._broken_rows():
            return read_typed(row) if row else None

    def receipts(self) -> dict[str, str]:
        """Returns the digest of each receipt's content as last written, by the receipt's path relative to the inbox."""
        return {original(page): digest for page, digest in sorted(self._rows("SELECT page, digest FROM receipts"))}

    def record_receipts(self, digests: Mapping[str, str]) -> None:
        """Stores the digests of receipts in place of earlier ones; an empty text if a receipt is missing now."""
        if digests:
            with self._database.writing() as writer:
                rows = (sealed((storable(page), digest)) for page, digest in digests.items())
                writer.executemany(statements.RECORD_RECEIPT, rows)

    def reread(self, period: str) -> tuple[StoredSave, ...]:
        """Returns the saves that read differently than an earlier ledger had them, unless the file was saved since."""
        return self._held(statements.OF_REREAD, period)

    def replied(self) -> frozenset[str]:
        """The keys of all questions that were answered, in any period."""
        return frozenset(key for (key,) in self._rows("SELECT DISTINCT question_key FROM current_replies"))

    def replies(self, period: str) -> tuple[StoredReply, ...]:
        """The replies of a period, the latest to each question, with the question as it was asked last."""
        return self._read(read_reply, self._rows(statements.REPLIES, period))

    def record_reports(self, *records: ReportRecord) -> None:
        """Stores the records of documents, each in place of its earlier one, in one transaction."""
        if records:
            with self._database.writing() as writer:
                writer.executemany(statements.FORGET_REPORT, ((record.period, record.name) for record in records))
                writer.executemany(statements.STORE_REPORT, (sealed(astuple(record)) for record in records))

    def reports(self, period: str) -> dict[str, ReportRecord]:
        """The records of a period's documents, by their paths in the outbox."""
        rows = self._rows("SELECT period, name, inputs, sha256, time FROM reports WHERE period = ?", period)
        return {row[1]: ReportRecord(*row) for row in sorted(rows)}

    def forget_reports(self, period: str, *names: str) -> None:
        """Deletes the records of documents that are no longer wanted, in one transaction."""
        if names:
            with self._database.writing() as writer:
                writer.executemany(statements.FORGET_REPORT, ((period, name) for name in names))

    def problems(self) -> tuple[Problem, ...]:
        """The problems of the last round."""
        rows = self._rows("SELECT place, message, advice, details FROM problems ORDER BY position")
        with self._broken_rows():
            return tuple(
                Problem(place, message, advice, tuple(json.loads(details).items()))
                for place, message, advice, details in rows
            )

    def replace_problems(self, problems: tuple[Problem, ...]) -> None:
        """Stores the problems of this round, in place of the last round's."""
        rows = ((p.place, p.message, p.advice, json.dumps(dict(p.details))) for p in problems)
        with self._database.writing() as writer:
            writer.execute("DELETE FROM problems")
            writer.executemany(
                statements.STORE_PROBLEM, ((number, *sealed(row)) for number, row in enumerate(rows, start=1))
            )

    def parsed_plan(self, digest: str) -> str | None:
        """The record of a parsed plan, by the digest of its sources; None where it was not parsed before."""
        row = self._one("SELECT record FROM plans WHERE digest = ?", digest)
        return str(row[0]) if row else None

    def keep_parsed_plan(self, digest: str, record: str) -> None:
        """Stores the record of a parsed plan, in place of the earlier one."""
        with self._database.writing() as writer:
            writer.execute("DELETE FROM plans")
            writer.execute(statements.STORE_PLAN, sealed((digest, record)))

    def close(self) -> None:
        """Closes the database."""
        self._database.close()

    def _held(self, which: str, *values: Any) -> tuple[StoredSave, ...]:
        # Saves before findings: a save that another process stores in between is then left out whole.
        saves = self._rows(f"SELECT {statements.SUBMISSION} FROM submissions AS s {which} ORDER BY s.sequence", *values)
        rows = self._rows(statements.FINDINGS.format(which=which), *values)
        with self._broken_rows():
            findings: dict[int, tuple[Finding, ...]] = {
                sequence: tuple(map(self._read_finding, found)) for sequence, found in groupby(rows, itemgetter(0))
            }
            return tuple(save_now(read_held(row, findings.get(row[0], ())), self.names) for row in saves)

    def _read(self, read: Any, rows: Iterable[Row]) -> tuple[Any, ...]:
        with self._broken_rows():
            return tuple(map(read, rows))

    @contextmanager
    def _broken_rows(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError, LookupError) as error:
            raise damaged(self._database.path, error) from error

    def _rows(self, statement: str, *values: Any) -> list[Row]:
        return self._database.rows(statement, values)

    def _one(self, statement: str, *values: Any) -> Row:
        rows = self._rows(statement, *values)
        return rows[0] if rows else ()


# Each table's statement, with the rows of a save. Rows of what is current replace those of earlier saves.
_ROWS_OF_A_SAVE: tuple[tuple[str, Callable[[Stored], Iterable[Row]]], ...] = (
    (statements.STORE_SUBMISSION, lambda save: (submission_row(save),)),
    (statements.STORE_ENTRY, entry_rows),
    (statements.STORE_FINDING, finding_rows),
    (statements.STORE_REPLY, reply_rows),
    (statements.STORE_TYPED, typed_rows),
    (statements.COUNT_FILE, current_file_rows),
    (statements.COUNT_OFFICER, current_officer_rows),
    (statements.COUNT_REPLY, current_reply_rows),
)
