"""The state of one workspace in the database: journal, archive, ledger, key and drafts, on one connection.

All use the same connection: if it is lost, its locks are lost too, and nothing more can be written under them.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
from psycopg import sql

from generator.disk.digests import sha256_of
from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.store.archive_folder import ArchiveFolder
from generator.store.database import Row, Writer
from generator.store.key_file import KEY_BYTES, key_exists
from generator.store.ledger import Ledger
from generator.store.ledger_schema import LedgerDamagedError, refuse_broken_rows
from generator.store.postgres.connection import PREFIX, connect_as, postgres_errors
from generator.store.postgres.machine_settings import machine_settings
from generator.store.postgres.schema import LEDGER_TABLES
from generator.store.postgres.shared_archive import SharedArchive
from generator.store.records import Record
from generator.store.sqlite_ledger import ledger_with
from generator.store.state import MOST_DRAFTS, Archive, MissingBytesError, printed_key

log = logging.getLogger(__name__)

_JOURNAL_SECONDS = 60.0


class PostgresState:
    """The state of a workspace in the database; the methods are those of `State`."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.place = self.key_place = Path(PREFIX + key)
        self._connection: psycopg.Connection[Row] | None = None
        self._locks = 0

    @property
    def connection(self) -> "psycopg.Connection[Row]":
        """The connection; a lost one is replaced, unless a lock was lost with it: then each statement fails."""
        if self._connection is None or (self._connection.closed and not self._locks):
            self._connection = connect_as(self._key)
        return self._connection

    @contextmanager
    def same_connection(self) -> Iterator["psycopg.Connection[Row]"]:
        """Yields the connection on which a lock is taken. If it is lost during the block, it is not replaced."""
        connection = self.connection
        self._locks += 1
        try:
            yield connection
        finally:
            self._locks -= 1

    def prepare(self) -> None:
        """Connects, so that a missing database is reported before anything else."""
        self.connection  # noqa: B018 — it connects

    def journal_lines(self) -> "JournalTable":
        """Returns the lines of the journal."""
        return JournalTable(self)

    def bytes_archive(self) -> Archive:
        """Returns the archive, in the database or in the folder that this machine's settings name.

        Raises:
            FolderError: that folder is not there.
        """
        folder, table = machine_settings().archive, ArchiveTable(self)
        if folder and not folder.is_dir():  # never made here: it would hide a share that is not mounted
            raise FolderError(_NO_ARCHIVE, _MOUNT, path=folder)
        return SharedArchive(ArchiveFolder(folder / self._key), table) if folder else table

    def program_lock(self, seconds: float) -> "SessionLock":
        """Returns the workspace's lock, which the database gives up if the connection is lost."""
        return SessionLock(self, seconds)

    def open_ledger(self) -> Ledger:
        """Returns the ledger."""
        tables = LedgerTables(self)
        refuse_broken_rows(self.place, lambda statement: tables.rows(statement, ()))
        return Ledger(tables)

    def empty_ledger(self, reason: str) -> Ledger:
        """Deletes all rows of the ledger: it is derived from the journal, which stays."""
        log.warning("%s: the ledger is made anew: %s", self.place, reason)
        with LedgerTables(self).writing() as writer:
            for table in LEDGER_TABLES:
                writer.execute(f"DELETE FROM {table}")
        return Ledger(LedgerTables(self))

    def read_ledger(self) -> Ledger | None:
        """Returns a copy of the ledger in memory; None if it is damaged."""
        tables = LedgerTables(self)
        connection = self.connection

        def rows_of(table: str, columns: tuple[str, ...]) -> list[Row]:
            return tables.rows(f"SELECT {', '.join(columns)} FROM {table}", ())

        with postgres_errors(self.place), connection.transaction():
            # A snapshot of all tables at one moment, since others may write meanwhile.
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            try:
                return ledger_with(self.place, reversed(LEDGER_TABLES), rows_of)
            except LedgerDamagedError:
                return None

    def highest_sequence(self) -> int:
        """Returns the highest journal sequence that the ledger knows."""
        ledger = Ledger(LedgerTables(self))
        try:
            mark = ledger.journal_mark()
        except LedgerDamagedError:
            return 0
        return max(ledger.last_sequence(), mark.last if mark else 0)

    def old_records(self) -> tuple[Record, ...]:
        """Returns none: version 0.1.0 knew no database."""
        return ()

    def put_old_records_aside(self) -> None:
        """Does nothing: there are none."""

    def make_key(self) -> bytes:
        """Returns the secret that signs the workspace's forms; it is made at the first call."""
        with postgres_errors(self.place):
            made = token_hex(KEY_BYTES)
            self.connection.execute("INSERT INTO keys (secret) VALUES (%s) ON CONFLICT DO NOTHING", (made,))
        return self.read_key() or b""

    def read_key(self) -> bytes | None:
        """Returns the secret that signs the workspace's forms; None if none has been made."""
        with postgres_errors(self.place):
            row = self.connection.execute("SELECT secret FROM keys").fetchone()
        return bytes.fromhex(row[0]) if row else None

    def take_key(self, key: bytes) -> None:
        """Stores the secret of a workspace that was elsewhere before."""
        insert = "INSERT INTO keys (secret) VALUES (%s) ON CONFLICT DO NOTHING"
        with postgres_errors(self.place):
            if not self.connection.execute(insert, (key.hex(),)).rowcount:
                raise key_exists(self.key_place)

    def drafts(self) -> Iterator[tuple[str, bytes]]:
        """Yields the kept drafts with the digests of their values, the latest last."""
        with postgres_errors(self.place):
            found = self.connection.execute("SELECT printed, docx FROM drafts ORDER BY kept, digest", binary=True)
            yield from ((printed, bytes(docx)) for printed, docx in found)

    def keep_draft(self, values: str, docx: bytes) -> None:
        """Keeps a placed draft under the digest of its values; old ones are removed."""
        with postgres_errors(self.place), self.connection.transaction():
            self.connection.execute(_KEEP_DRAFT, (printed_key(values), sha256_of(docx), docx))
            self.connection.execute(_REMOVE_OLD_DRAFTS, (MOST_DRAFTS,))

    def kept_drafts(self, values: str) -> tuple[bytes, ...]:
        """Returns the kept drafts that printed these values, the latest first."""
        key = printed_key(values)
        with postgres_errors(self.place):
            found = self.connection.execute(_DRAFTS_OF, (key,), binary=True)
            return tuple(bytes(row[0]) for row in found)

    def asides(self) -> tuple[Path, ...]:
        """Returns none: a ledger that is made anew leaves nothing."""
        return ()

    def remove_leftovers(self) -> None:
        """Does nothing: an interrupted transaction leaves nothing."""

    def close(self) -> None:
        """Ends the connection."""
        if self._connection is not None:
            self._connection.close()


class JournalTable:
    """The lines of a workspace's journal in the database; the methods are those of `JournalLines`."""

    def __init__(self, state: PostgresState) -> None:
        self._state = state
        self.place = state.place

    def read_from(self, _offset: int, last_line: bytes) -> bytes | None:
        """Returns the last line that was read and all after it; None if there are none."""
        with postgres_errors(self.place):
            lines = self._state.connection.execute(_LINES_FROM, (self._sequence_of(last_line),))
            data = b"".join(row[0].encode("utf-8") + b"\n" for row in lines)
        return data or None

    def _sequence_of(self, line: bytes) -> int:
        try:
            return int(json.loads(line)["sequence"]) if line else 0
        except (LookupError, TypeError, ValueError):  # somebody has changed the line
            text = line.decode("utf-8").removesuffix("\n")
            found = self._state.connection.execute("SELECT max(sequence) FROM journal WHERE line = %s", (text,))
            return int((found.fetchone() or (0,))[0] or 0)

    def first(self, length: int) -> bytes:
        """Returns the first bytes; fewer where there are no more."""
        data = self.read_from(0, b"") if length else None
        return (data or b"")[:length]

    def append(self, lines: Iterable[bytes]) -> None:
        """Appends lines; they are committed when the journal's lock is released."""
        rows = [(json.loads(line)["sequence"], line.decode("utf-8").removesuffix("\n")) for line in lines]
        with postgres_errors(self.place), self._state.connection.cursor() as cursor:
            cursor.executemany("INSERT INTO journal (sequence, line) VALUES (%s, %s)", rows)

    @contextmanager
    def locked(self, busy: FolderError) -> Iterator[None]:
        """Holds the journal's lock during the block, which is one transaction; raises `busy` after a minute."""
        with (
            postgres_errors(self.place),
            self._state.same_connection() as connection,
            connection.transaction(),
        ):
            _wait_at_most(connection, _JOURNAL_SECONDS)
            try:
                connection.execute(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})", ("journal",))
            except psycopg.errors.LockNotAvailable:
                raise busy from None
            yield


class ArchiveTable:
    """The bytes of a workspace's saves in the database; the methods are those of `Archive`."""

    def __init__(self, state: PostgresState) -> None:
        self._state = state

    def keep(self, data: bytes) -> str:
        """Stores the bytes, once, and returns their digest."""
        digest = sha256_of(data)
        with postgres_errors(self._state.place):
            self._state.connection.execute(_KEEP_BYTES, (digest, data))
        return digest

    def has(self, digest: str) -> bool:
        """True if bytes are stored under this digest."""
        with postgres_errors(self._state.place):
            found = self._state.connection.execute("SELECT 1 FROM archive WHERE digest = %s", (digest,))
            return found.fetchone() is not None

    def digests(self) -> Iterator[str]:
        """Yields the digests of all bytes."""
        with postgres_errors(self._state.place):
            yield from (row[0] for row in self._state.connection.execute("SELECT digest FROM archive ORDER BY digest"))

    def read(self, digest: str) -> bytes:
        """Reads the bytes stored under a digest."""
        with postgres_errors(self._state.place):
            row = self._state.connection.execute(_READ_BYTES, (digest,), binary=True).fetchone()
        if row is None:
            raise MissingBytesError(_MISSING, _RESTORE, path=self._state.place, digest=digest)
        if sha256_of(data := bytes(row[0])) != digest:
            raise MissingBytesError(_DAMAGED, _RESTORE, path=self._state.place, digest=digest)
        return data


class SessionLock:
    """A workspace's lock in the database. The connection that holds it may take it again."""

    def __init__(self, state: PostgresState, seconds: float) -> None:
        self._state = state
        self._seconds = seconds

    @contextmanager
    def held(self, busy: FolderError) -> Iterator[None]:
        """Holds the lock during the block; raises `busy` if another program does not release it in time."""
        with self._state.same_connection() as connection:
            self._take(connection, busy)
            try:
                yield
            finally:
                if not connection.closed:
                    with postgres_errors(self._state.place):
                        connection.execute(f"SELECT pg_advisory_unlock({_LOCK_NUMBER})", ("workspace",))

    def _take(self, connection: "psycopg.Connection[Row]", busy: FolderError) -> None:
        with postgres_errors(self._state.place), connection.transaction():
            _wait_at_most(connection, self._seconds)
            try:
                connection.execute(f"SELECT pg_advisory_lock({_LOCK_NUMBER})", ("workspace",))
            except psycopg.errors.LockNotAvailable:
                raise busy from None


class LedgerTables:
    """The tables of a workspace's ledger in the database; the methods are those of `Database`."""

    def __init__(self, state: PostgresState) -> None:
        self._state = state
        self.path = state.place
        self._own_changes = 0

    def rows(self, statement: str, values: Row) -> list[Row]:
        """Returns all rows of a query."""
        with postgres_errors(self.path):
            return self._state.connection.execute(_for_postgres(statement), values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Makes all writes of the block one transaction: all of them are kept, or none if the block fails."""
        with (
            postgres_errors(self.path),
            self._state.connection.transaction(),
            self._state.connection.cursor() as cursor,
        ):
            yield _Cursor(cursor)
            cursor.execute(_COUNT_CHANGE)
        self._own_changes += 1

    def changes_of_others(self) -> int:
        """Returns how many transactions of others have changed the ledger."""
        found = self.rows("SELECT number FROM ledger_changes", ())
        return (int(found[0][0]) if found else 0) - self._own_changes

    def close(self) -> None:
        """Does nothing: the state ends the connection."""


class _Cursor:
    """Runs the ledger's statements in PostgreSQL's dialect of SQL."""

    def __init__(self, cursor: "psycopg.Cursor[Row]") -> None:
        self._cursor = cursor

    def execute(self, statement: str, values: Row = ()) -> object:
        return self._cursor.execute(_for_postgres(statement), values)

    def executemany(self, statement: str, rows: Iterable[Row]) -> None:
        self._cursor.executemany(_for_postgres(statement), rows)


@lru_cache
def _for_postgres(statement: str) -> Any:
    """Returns a statement of the ledger in PostgreSQL's dialect; its primary keys begin with the workspace."""
    return sql.SQL(statement.replace("?", "%s").replace("ON CONFLICT (", "ON CONFLICT (workspace, "))


def _wait_at_most(connection: "psycopg.Connection[Row]", seconds: float) -> None:
    connection.execute("SELECT set_config('lock_timeout', %s, true)", (f"{int(seconds * 1000)}ms",))


_LOCK_NUMBER = "hashtextextended(current_user || ' ' || %s, 0)"
_LINES_FROM = "SELECT line FROM journal WHERE sequence >= %s ORDER BY sequence"
_COUNT_CHANGE = (
    "INSERT INTO ledger_changes (number) VALUES (1)"
    " ON CONFLICT (workspace) DO UPDATE SET number = ledger_changes.number + 1"
)
# `%b` sends bytes as they are: as text they would take several times their size, and minutes.
_KEEP_BYTES = "INSERT INTO archive (digest, data) VALUES (%s, %b) ON CONFLICT DO NOTHING"
_READ_BYTES = "SELECT data FROM archive WHERE digest = %s"
_DRAFTS_OF = "SELECT docx FROM drafts WHERE printed = %s ORDER BY kept DESC"
_KEEP_DRAFT = (
    "INSERT INTO drafts (printed, digest, docx, kept) VALUES (%s, %s, %b, clock_timestamp())"
    " ON CONFLICT (workspace, printed, digest) DO UPDATE SET kept = excluded.kept"
)
_REMOVE_OLD_DRAFTS = (
    "DELETE FROM drafts WHERE (printed, digest) IN (SELECT printed, digest FROM drafts ORDER BY kept DESC OFFSET %s)"
)
_MISSING = N_("{path}: the archive does not hold the save {digest}.")
_DAMAGED = N_("{path}: the save {digest} is damaged in the archive.")
_RESTORE = N_("Restore the database from a backup.")
_NO_ARCHIVE = N_("{path}: the shared folder of the archive is not there.")
_MOUNT = N_("Mount the share, or create the folder if it is new.")
