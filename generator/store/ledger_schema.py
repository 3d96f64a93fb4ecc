"""The ledger's tables, the migration of older ledgers, and the meaning of SQLite's errors."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.domain.base.rule import N_
from generator.domain.follow_up.whose_answer import Contested, FileState, entry_key
from generator.domain.submission.row_checks import Standing
from generator.errors import FolderError
from generator.store.database import Row
from generator.store.ledger_rows import BrokenRowError, StateChange, original, read_answer, state_row, unsealed

SCHEMA_VERSION = 3


class LedgerDamagedError(FolderError):
    """The ledger's file is damaged, or has content that this program cannot have written; it can be rebuilt."""


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Creates missing tables, and migrates those of earlier versions, in one transaction.

    Raises:
        FolderError: a newer version of this program made the ledger.
    """
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted, such as a plan with addresses that an earlier version kept, leaves no bytes behind.
    connection.execute("PRAGMA secure_delete = ON")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        tables = f"{_FIRST_TABLES}{_CURRENT_TABLES}{_STANDING_TABLES}"
        connection.executescript(f"BEGIN IMMEDIATE;{tables}{_VERSION}COMMIT;")
    elif version in (1, 2):
        _migrate(connection, version)
    elif version != SCHEMA_VERSION:
        raise FolderError(_NEWER, _USE_NEWER, path=path, version=version, known=SCHEMA_VERSION)


def is_up_to_date(connection: sqlite3.Connection) -> bool:
    """True if the tables are those of this version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version == SCHEMA_VERSION)


def count_as_current(connection: sqlite3.Connection, sequence: int) -> None:
    """Makes a save's replies and file the current ones. Call it in the journal's order."""
    for statement in _COUNT_AS_CURRENT:
        connection.execute(statement, (sequence,))


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's errors about the file or the disk into ours; a programming error passes unchanged."""
    try:
        yield
    except sqlite3.ProgrammingError:  # it has no error code, and is a fault of ours
        raise
    except UnicodeDecodeError as error:  # a text whose bytes flipped, or SQLite's own words about one
        raise damaged(path, error) from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _DAMAGE:
            raise LedgerDamagedError(_DAMAGED, _MADE_ANEW, path=path, error=error) from error
        if code in _REFUSALS:
            raise FolderError(_REFUSED, _CHECK, path=path, error=error) from error
        raise


def damaged(path: Path, error: object) -> LedgerDamagedError:
    """The error for a row that was changed since it was written."""
    return LedgerDamagedError(_DAMAGED, _MADE_ANEW, path=path, error=error)


_NEWER = N_("{path}: the ledger is of another version of this program ({version}; this one knows {known}).")
_USE_NEWER = N_(
    "Use the newer version of the program. Or make the ledger anew from the archive: remove the file and run again."
)
_DAMAGED = N_("{path}: the ledger is damaged: {error}")
_MADE_ANEW = N_("The next run makes it anew from the archive.")
_REFUSED = N_("{path}: the ledger cannot be read or written: {error}")
_CHECK = N_("Check that no other run is going on, that you may write in the folder, and that the disk is not full.")

# A page that was flipped may also look like a missing table or column (SQLITE_ERROR) or a broken rule of a table.
_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_FORMAT,
    }
)
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

# `seal` is a digest over the row's other columns: a byte that flipped on the disk must not reach the council.
_FIRST_TABLES = """
CREATE TABLE submissions (
    sequence INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    time TEXT NOT NULL,
    period TEXT NOT NULL,
    officer TEXT,
    verdict TEXT NOT NULL,
    taken INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0,
    reread INTEGER NOT NULL DEFAULT 0,
    officer_key TEXT,
    seal TEXT NOT NULL DEFAULT ''
);
CREATE TABLE entries (
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
    officer_key TEXT NOT NULL DEFAULT '',
    seal TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (sequence, position)
);
CREATE TABLE findings (
    sequence INTEGER NOT NULL REFERENCES submissions (sequence),
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    sheet TEXT,
    cell TEXT,
    code TEXT,
    value TEXT NOT NULL,
    allowed TEXT NOT NULL,
    question_key TEXT NOT NULL,
    seal TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (sequence, position)
);
CREATE TABLE replies (
    sequence INTEGER NOT NULL REFERENCES submissions (sequence),
    question_key TEXT NOT NULL,
    reply TEXT NOT NULL,
    seal TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (sequence, question_key)
);
CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    name TEXT NOT NULL,
    inputs TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    time TEXT NOT NULL,
    seal TEXT NOT NULL DEFAULT ''
);
CREATE INDEX submissions_of_period ON submissions (period, sequence);
CREATE INDEX submissions_of_file ON submissions (file, sequence);
CREATE INDEX reports_of_period ON reports (period, name);
"""
_CURRENT_TABLES = """
CREATE TABLE current_files (
    period TEXT NOT NULL,
    file TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (period, file)
);
CREATE TABLE current_officers (
    period TEXT NOT NULL,
    officer_key TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (period, officer_key)
);
CREATE TABLE current_replies (
    period TEXT NOT NULL,
    question_key TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (period, question_key)
);
CREATE TABLE typed (
    sequence INTEGER PRIMARY KEY REFERENCES submissions (sequence),
    record TEXT NOT NULL,
    seal TEXT NOT NULL
);
CREATE TABLE plans (digest TEXT PRIMARY KEY, record TEXT NOT NULL, seal TEXT NOT NULL);
CREATE TABLE problems (
    position INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    message TEXT NOT NULL,
    advice TEXT NOT NULL,
    details TEXT NOT NULL,
    seal TEXT NOT NULL
);
CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal TEXT NOT NULL);
CREATE INDEX reread_saves ON submissions (period, sequence) WHERE reread = 1;
CREATE INDEX findings_of_question ON findings (question_key, sequence) WHERE question_key <> '';
"""
# `since` is the sequence of the save, or of the act by which the answer came into force or was withdrawn.
_STANDING_TABLES = """
CREATE TABLE current_answers (
    period TEXT NOT NULL,
    code TEXT NOT NULL,
    officer_key TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL,
    since INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (period, code, officer_key)
);
CREATE TABLE file_states (
    period TEXT NOT NULL,
    file TEXT NOT NULL,
    event INTEGER NOT NULL,
    record TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (period, file, event)
);
CREATE TABLE receipts (page TEXT PRIMARY KEY, digest TEXT NOT NULL, seal TEXT NOT NULL);
"""
_VERSION = f"PRAGMA user_version = {SCHEMA_VERSION};"

_COUNT_AS_CURRENT = (
    "INSERT OR REPLACE INTO current_files (period, file, sequence, seal)"
    " SELECT period, file, sequence, seal(period, file, sequence) FROM submissions WHERE sequence = ?",
    "INSERT OR REPLACE INTO current_officers (period, officer_key, sequence, seal)"
    " SELECT period, officer_key, sequence, seal(period, officer_key, sequence) FROM submissions"
    " WHERE sequence = ? AND officer_key IS NOT NULL",
    "INSERT OR REPLACE INTO current_replies (period, question_key, sequence, seal)"
    " SELECT s.period, r.question_key, r.sequence, seal(s.period, r.question_key, r.sequence)"
    " FROM replies AS r JOIN submissions AS s ON s.sequence = r.sequence WHERE r.sequence = ?",
)
_ADDED_COLUMNS = (
    "ALTER TABLE submissions ADD COLUMN reread INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE submissions ADD COLUMN officer_key TEXT",
    "ALTER TABLE submissions ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE entries ADD COLUMN officer_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE entries ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE findings ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE replies ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE reports ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
)
# Tables whose rows are read with their seal, and the columns that it is over.
SEALED = {
    "submissions": "sequence, file, digest, time, period, officer, verdict, taken",
    "entries": (
        "sequence, position, code, officer, degree, overall_status, main_risks, narrative, signed,"
        " main_risks_cell, overall_status_cell, degree_cell, narrative_cell"
    ),
    "findings": "sequence, position, rule, sheet, cell, code, value, allowed, question_key",
}
# A flipped byte in these tables could hide a row from a query, so all their seals are compared at opening.
_REPLY = "sequence, question_key, reply"
_COMPARED = {
    "current_answers": "period, code, officer_key, sequence, position, since, withdrawn",
    "current_files": "period, file, sequence",
    "current_officers": "period, officer_key, sequence",
    "current_replies": "period, question_key, sequence",
    "marks": "name, value",
    "plans": "digest, record",
    "problems": "place, message, advice, details",
    "receipts": "page, digest",
    "reports": "period, name, inputs, sha256, time",
}


def refuse_broken_seals(connection: sqlite3.Connection, path: Path) -> None:
    """Raises LedgerDamagedError where a row of the small tables does not match its seal."""
    for table, columns in _COMPARED.items():
        (broken,) = connection.execute(f"SELECT COUNT(*) FROM {table} WHERE seal IS NOT seal({columns})").fetchone()
        if broken:
            raise damaged(path, "a row does not keep to its seal")


def refuse_broken_rows(path: Path, rows_of: Callable[[str], Iterable[Row]]) -> None:
    """Raises LedgerDamagedError as `refuse_broken_seals`, where the database cannot compute a seal.

    Args:
        rows_of: returns the rows of a query.
    """
    try:
        for table, columns in _COMPARED.items():
            for row in rows_of(f"SELECT {columns}, seal FROM {table}"):
                unsealed(row)
    except BrokenRowError as error:
        raise damaged(path, error) from error


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Gives a ledger of an earlier version the columns and tables of this one; no save is read or judged again."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        if version == 1:
            _add_current_tables(connection)
        connection.execute("DROP TABLE IF EXISTS current_answers")
        for statement in filter(str.strip, _STANDING_TABLES.split(";")):
            connection.execute(statement)
        connection.execute(_STAND_AS_PRINTED)
        _migrate_states(connection)
        connection.execute(_VERSION)


def _add_current_tables(connection: sqlite3.Connection) -> None:
    for statement in (*_ADDED_COLUMNS, *filter(str.strip, _CURRENT_TABLES.split(";"))):
        connection.execute(statement)
    connection.execute("UPDATE submissions SET officer_key = name_key(officer) WHERE officer IS NOT NULL")
    connection.execute("UPDATE entries SET officer_key = name_key(officer)")
    for table, columns in {**SEALED, "replies": _REPLY, "reports": _COMPARED["reports"]}.items():
        connection.execute(f"UPDATE {table} SET seal = seal({columns})")
    for (sequence,) in connection.execute("SELECT sequence FROM submissions ORDER BY sequence").fetchall():
        count_as_current(connection, sequence)


def _migrate_states(connection: sqlite3.Connection) -> None:
    """What each file said: the rows that were taken from its last save."""
    signed = set(connection.execute(_SIGNED))
    files = connection.execute("SELECT period, file, sequence FROM current_files").fetchall()
    for period, file, sequence in files:
        rows = connection.execute(_ENTRIES_OF, (sequence,)).fetchall()
        answers = [read_answer(tuple(row)) for row in rows]
        said = {entry_key(answer.entry): answer.entry for answer in answers}
        open_rows = {
            key: Contested(Standing.UNSIGNED, entry.value)
            for key, entry in said.items()
            if not entry.signed and (period, *key) in signed
        }
        signer = next((entry.officer for entry in said.values() if entry.signed), None)
        state = FileState(
            sequence,
            signer,
            said={key: entry.value for key, entry in said.items() if key not in open_rows},
            contested=open_rows,
            seen=dict.fromkeys(said, sequence),
        )
        connection.execute(_STORE_STATE, state_row(StateChange(period, original(file), sequence, state)))


# Before version 3 an officer's last answer counted, from whatever file; a signed one before any unsigned one.
_STAND_AS_PRINTED = (
    "INSERT INTO current_answers (period, code, officer_key, sequence, position, since, withdrawn, seal)"
    " SELECT period, code, officer_key, sequence, position, sequence, 0,"
    " seal(period, code, officer_key, sequence, position, sequence, 0) FROM ("
    " SELECT s.period, e.code, e.officer_key, e.sequence, e.position, ROW_NUMBER() OVER ("
    "  PARTITION BY s.period, e.code, e.officer_key ORDER BY e.signed DESC, e.sequence DESC, e.position DESC) AS place"
    " FROM entries AS e JOIN submissions AS s ON s.sequence = e.sequence) WHERE place = 1"
)
_SIGNED = (
    "SELECT DISTINCT s.period, e.code, e.officer_key FROM entries AS e"
    " JOIN submissions AS s ON s.sequence = e.sequence WHERE e.signed = 1"
)
_ENTRIES_OF = (
    f"SELECT s.file, s.time, {', '.join('e.' + column.strip() for column in SEALED['entries'].split(','))}, e.seal"
    " FROM entries AS e JOIN submissions AS s ON s.sequence = e.sequence WHERE e.sequence = ? ORDER BY e.position"
)
_STORE_STATE = "INSERT INTO file_states (period, file, event, record, seal) VALUES (?, ?, ?, ?, ?)"
