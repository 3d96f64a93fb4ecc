"""The ledger: what every save was read as, in SQLite. Derived from archive and journal, and made anew from them."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from generator.domain.checks import Checked, Verdict
from generator.domain.finding import Finding, Place
from generator.domain.rule import N_
from generator.domain.status import Held, HeldReply
from generator.domain.submission import Answer, Entry, EntryCells
from generator.errors import FolderError

SCHEMA_VERSION = 1
_BUSY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Stored:
    """One save as it goes into the ledger.

    `sequence`, `file`, `digest` and `time` are the journal's; `period` is the id of the period it was read for.
    """

    sequence: int
    file: str
    digest: str
    time: str
    period: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report that was written.

    `name` is its file name, `inputs` the digest of all it was made from, `sha256` its own, `time` ISO 8601.
    """

    period: str
    name: str
    inputs: str
    sha256: str
    time: str


class Ledger:
    """One door to all that is held; made by `open_ledger`. Each call that writes is a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def last_sequence(self) -> int:
        """The journal sequence of the last save stored; 0 where there is none."""
        (sequence,) = self._connection.execute("SELECT COALESCE(MAX(sequence), 0) FROM submissions").fetchone()
        return int(sequence)

    def store(self, saves: tuple[Stored, ...]) -> None:
        """Stores saves with their findings and those of their answers that count: all of them or none."""
        with self._connection as connection:
            connection.executemany(_STORE_SUBMISSION, map(_submission_row, saves))
            connection.executemany(_STORE_ENTRY, (row for save in saves for row in _entry_rows(save)))
            connection.executemany(_STORE_FINDING, (row for save in saves for row in _finding_rows(save)))
            connection.executemany(_STORE_REPLY, (row for save in saves for row in _reply_rows(save)))

    def held(self, period: str) -> tuple[Held, ...]:
        """Every save of a period with its findings, in the journal's order."""
        return self._held("s.period = ?", period)

    def answers(self, period: str) -> tuple[Answer, ...]:
        """Every answer that was taken in a period, in the journal's order and that of the rows."""
        return self._answers("s.period = ?", period)

    def answers_of(self, sequence: int) -> tuple[Answer, ...]:
        """The answers that were taken from one save, in the order of its rows."""
        return self._answers("s.sequence = ?", sequence)

    def unanswered(self, period: str) -> tuple[Held, ...]:
        """Of each file its latest save of all, if that is of the period and has had no receipt yet."""
        return self._held(_UNANSWERED, period)

    def mark_answered(self, *sequences: int) -> None:
        """Notes that the receipts of these saves have been written."""
        with self._connection as connection:
            connection.executemany(_MARK_ANSWERED, ((sequence,) for sequence in sequences))

    def replied(self) -> frozenset[str]:
        """The keys of all questions that have been answered."""
        return frozenset(key for (key,) in self._connection.execute("SELECT DISTINCT question_key FROM replies"))

    def replies(self, period: str) -> tuple[HeldReply, ...]:
        """The replies of a period, the latest to each question, with the question as it was asked."""
        rows = self._connection.execute(_REPLIES, (period,))
        latest = {row[0]: row for row in rows}
        return tuple(_held_reply(row) for row in latest.values())

    def periods(self) -> tuple[str, ...]:
        """The ids of all periods that hold a save, in the order of their first ones."""
        rows = self._connection.execute("SELECT period FROM submissions GROUP BY period ORDER BY MIN(sequence)")
        return tuple(period for (period,) in rows)

    def record_report(self, record: ReportRecord) -> None:
        values = record.period, record.name, record.inputs, record.sha256, record.time
        with self._connection as connection:
            connection.execute(_RECORD_REPORT, values)

    def last_report(self, period: str, name: str) -> ReportRecord | None:
        """The latest record of a report by its file name; None where it was never written."""
        row = self._connection.execute(_LAST_REPORT, (period, name)).fetchone()
        return ReportRecord(*row) if row else None

    def report_names(self, period: str) -> tuple[str, ...]:
        """The file names of all reports that were ever written of a period."""
        return tuple(name for (name,) in self._connection.execute(_REPORT_NAMES, (period,)))

    def forget_report(self, period: str, name: str) -> None:
        """Takes a report that is no longer wanted out of the records."""
        with self._connection:
            self._connection.execute(_FORGET_REPORT, (period, name))

    def _held(self, which: str, *values: Any) -> tuple[Held, ...]:
        # Saves before findings: a save that another process stores in between is then left out whole.
        saves = self._connection.execute(_SUBMISSIONS.format(which=which), values).fetchall()
        rows = self._connection.execute(_FINDINGS.format(which=which), values)
        findings = {sequence: tuple(map(_finding, found)) for sequence, found in groupby(rows, itemgetter(0))}
        return tuple(
            Held(sequence, _original(file), time, officer, Verdict(verdict), findings.get(sequence, ()), taken)
            for sequence, file, time, officer, verdict, taken in saves
        )

    def _answers(self, which: str, value: Any) -> tuple[Answer, ...]:
        return tuple(map(_answer, self._connection.execute(_ANSWERS.format(which=which), (value,))))


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Opens the ledger, and makes it where there is none; its folder must exist.

    Raises:
        FolderError: the file is no ledger, is damaged (found at once or while it is used), is of a newer version of
            this program, or cannot be read or written.
    """
    with _database_errors(path), closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
        _prepare(connection, path)
        yield Ledger(connection)


# Texts and numbers only, and no words of SQLite alone, so that another database can follow.
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS submissions (
    sequence INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    time TEXT NOT NULL,
    period TEXT NOT NULL,
    officer TEXT,
    verdict TEXT NOT NULL,
    taken INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS entries (
    sequence INTEGER NOT NULL REFERENCES submissions (sequence),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    officer TEXT NOT NULL,
    degree INTEGER,
    overall_status TEXT NOT NULL,
    main_risks TEXT NOT NULL,
    narrative TEXT NOT NULL,
    signed INTEGER NOT NULL,
    main_risks_cell TEXT NOT NULL,
    overall_status_cell TEXT NOT NULL,
    degree_cell TEXT NOT NULL,
    narrative_cell TEXT NOT NULL,
    PRIMARY KEY (sequence, position)
);
CREATE TABLE IF NOT EXISTS findings (
    sequence INTEGER NOT NULL REFERENCES submissions (sequence),
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    sheet TEXT,
    cell TEXT,
    code TEXT,
    value TEXT NOT NULL,
    allowed TEXT NOT NULL,
    question_key TEXT NOT NULL,
    PRIMARY KEY (sequence, position)
);
CREATE TABLE IF NOT EXISTS replies (
    sequence INTEGER NOT NULL REFERENCES submissions (sequence),
    question_key TEXT NOT NULL,
    reply TEXT NOT NULL,
    PRIMARY KEY (sequence, question_key)
);
CREATE TABLE IF NOT EXISTS reports (
    number INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    inputs TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    time TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS submissions_of_period ON submissions (period, sequence);
CREATE INDEX IF NOT EXISTS submissions_of_file ON submissions (file, sequence);
CREATE INDEX IF NOT EXISTS reports_of_period ON reports (period, name);
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""
_STORE_SUBMISSION = (
    "INSERT INTO submissions (sequence, file, digest, time, period, officer, verdict, taken)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_ENTRY_COLUMNS = (
    "code, officer, degree, overall_status, main_risks, narrative, signed,"
    " main_risks_cell, overall_status_cell, degree_cell, narrative_cell"
)
_STORE_ENTRY = (
    f"INSERT INTO entries (sequence, position, {_ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_FINDING_COLUMNS = "rule, sheet, cell, code, value, allowed, question_key"
_STORE_FINDING = f"INSERT INTO findings (sequence, position, {_FINDING_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_STORE_REPLY = "INSERT INTO replies (sequence, question_key, reply) VALUES (?, ?, ?)"
_MARK_ANSWERED = "UPDATE submissions SET answered = 1 WHERE sequence = ?"
_RECORD_REPORT = "INSERT INTO reports (period, name, inputs, sha256, time) VALUES (?, ?, ?, ?, ?)"

_SUBMISSIONS = (
    "SELECT s.sequence, s.file, s.time, s.officer, s.verdict, s.taken"
    " FROM submissions AS s WHERE {which} ORDER BY s.sequence"
)
_ANSWERS = (
    "SELECT s.sequence, s.file, s.time, "
    + ", ".join(f"e.{column}" for column in _ENTRY_COLUMNS.split(", "))
    + " FROM submissions AS s JOIN entries AS e ON e.sequence = s.sequence"
    " WHERE {which} ORDER BY s.sequence, e.position"
)
_FINDINGS = (
    "SELECT f.sequence, "
    + ", ".join(f"f.{column}" for column in _FINDING_COLUMNS.split(", "))
    + " FROM submissions AS s JOIN findings AS f ON f.sequence = s.sequence"
    " WHERE {which} ORDER BY s.sequence, f.position"
)
_REPLIES = (
    "SELECT r.question_key, r.reply, s.file, s.officer, s.time, f.sequence, "
    + ", ".join(f"f.{column}" for column in _FINDING_COLUMNS.split(", "))
    + " FROM replies AS r JOIN submissions AS s ON s.sequence = r.sequence"
    " JOIN findings AS f ON f.question_key = r.question_key"
    " WHERE s.period = ? ORDER BY r.sequence, f.sequence"
)
_UNANSWERED = (
    "s.answered = 0 AND s.period = ?"
    " AND s.sequence = (SELECT MAX(later.sequence) FROM submissions AS later WHERE later.file = s.file)"
)
_FORGET_REPORT = "DELETE FROM reports WHERE period = ? AND name = ?"
_REPORT_NAMES = "SELECT DISTINCT name FROM reports WHERE period = ? ORDER BY name"
_LAST_REPORT = (
    "SELECT period, name, inputs, sha256, time FROM reports WHERE period = ? AND name = ? ORDER BY number DESC LIMIT 1"
)

_NEWER = N_("{path}: the ledger is of another version of this program ({version}; this one knows {known}).")
_USE_NEWER = N_(
    "Use the newer version of the program. Or make the ledger anew from the archive: remove the file and run again."
)
_DAMAGED = N_("{path}: the ledger is damaged: {error}")
_MAKE_ANEW = N_("The ledger can be made anew from the archive: remove the file and run again.")
_REFUSED = N_("{path}: the ledger cannot be read or written: {error}")
_CHECK = N_("Check that no other run is going on, that you may write in the folder, and that the disk is not full.")

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REFUSALS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


@contextmanager
def _database_errors(path: Path) -> Iterator[None]:
    """Tells what is wrong with the file or the disk from what would be a fault of ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _DAMAGE:
            raise FolderError(_DAMAGED, _MAKE_ANEW, path=path, error=error) from error
        if code in _REFUSALS:
            raise FolderError(_REFUSED, _CHECK, path=path, error=error) from error
        raise


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.executescript(_SCHEMA)
    elif version != SCHEMA_VERSION:
        raise FolderError(_NEWER, _USE_NEWER, path=path, version=version, known=SCHEMA_VERSION)


def _submission_row(save: Stored) -> tuple[Any, ...]:
    checked = save.checked
    return (
        save.sequence,
        _storable(save.file),
        save.digest,
        save.time,
        save.period,
        checked.officer,
        checked.verdict.value,
        len(checked.entries),
    )


def _entry_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    for position, entry in enumerate(save.checked.entries):
        cells = entry.cells
        yield (
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


def _finding_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    for position, finding in enumerate(save.checked.findings):
        place = finding.place
        value, allowed = _storable(finding.value), json.dumps(finding.allowed)
        yield save.sequence, position, finding.rule, place.sheet, place.cell, finding.code, value, allowed, finding.key


def _reply_rows(save: Stored) -> Iterator[tuple[Any, ...]]:
    for key, text in {reply.key: reply.text for reply in save.checked.replies}.items():
        yield save.sequence, key, text


def _held_reply(row: tuple[Any, ...]) -> HeldReply:
    _, text, file, officer, time, *finding = row
    return HeldReply(_original(file), officer, time, _finding(tuple(finding)), text)


def _finding(row: tuple[Any, ...]) -> Finding:
    _, rule, sheet, cell, code, value, allowed, key = row
    return Finding(rule, Place(sheet, cell), code, _original(value), tuple(json.loads(allowed)), key)


def _answer(row: tuple[Any, ...]) -> Answer:
    sequence, file, time, code, officer, degree, status, risks, narrative, signed, *cells = row
    entry = Entry(code, officer, degree, status, risks, narrative, bool(signed), EntryCells(*cells))
    return Answer(entry, sequence, _original(file), time)


_UNSTORABLE = re.compile("[\\\\\ud800-\udfff]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def _storable(text: str) -> str:
    """A file's name as UTF-8 can hold it: one that is not UTF-8 on disk has lone surrogates in it."""
    return _UNSTORABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _original(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
