"""A ledger in a SQLite file: opened, created, copied into memory."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from generator.domain.base.text import name_key
from generator.errors import FolderError
from generator.store.database import Row, Writer
from generator.store.ledger import Ledger
from generator.store.ledger_rows import seal_of
from generator.store.ledger_schema import database_errors, is_up_to_date, prepare, refuse_broken_seals

log = logging.getLogger(__name__)

_BUSY_SECONDS = 20.0


class SqliteDatabase:
    """The tables of a ledger in a SQLite database."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def rows(self, statement: str, values: Row) -> list[Row]:
        """Returns all rows of a query."""
        with database_errors(self.path):
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Makes all writes of the block one transaction: all of them are kept, or none if the block fails."""
        with database_errors(self.path), self._connection as connection:
            yield connection

    def changes_of_others(self) -> int:
        """Returns SQLite's number of the data's version, which no change of this connection raises."""
        ((version,),) = self.rows("PRAGMA data_version", ())
        return int(version)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


def open_ledger(path: Path) -> Ledger:
    """Opens the ledger, and creates it where there is none; its folder must exist.

    Raises:
        LedgerDamagedError: the file is no ledger, or is damaged.
        FolderError: it is of a newer version of this program, or cannot be read or written.
    """
    with database_errors(path):
        connection = _connect(str(path))
        try:
            prepare(connection, path)
            refuse_broken_seals(connection, path)
        except (sqlite3.DatabaseError, FolderError, UnicodeDecodeError):
            connection.close()
            raise
    return Ledger(SqliteDatabase(connection, path))


def ledger_in_memory(path: Path) -> Ledger:
    """An empty ledger that writes nothing to the disk; `path` is only for error messages."""
    return Ledger(SqliteDatabase(_in_memory(path), path))


def read_ledger(path: Path) -> Ledger | None:
    """A copy of the ledger in memory; nothing is written to the disk.

    None where the ledger is missing, damaged, of another version, or was left in the middle of a transaction.
    """
    if not path.is_file():
        return None
    memory = _in_memory(path)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            if is_up_to_date(connection):
                connection.backup(memory)
                refuse_broken_seals(memory, path)
                return Ledger(SqliteDatabase(memory, path))
    except (sqlite3.DatabaseError, FolderError, UnicodeDecodeError):
        log.info("%s: the ledger cannot be used as it stands", path)
    memory.close()
    return None


def ledger_with(path: Path, tables: Iterable[str], rows_of: Callable[[str, tuple[str, ...]], Iterable[Row]]) -> Ledger:
    """A ledger in memory with the rows of another database.

    Args:
        tables: their names; a table comes before those that refer to it.
        rows_of: gives a table's rows with these columns.

    Raises:
        LedgerDamagedError: a row does not match its seal.
    """
    connection = _in_memory(path)
    for table in tables:
        info = connection.execute(f"PRAGMA table_info({table})")
        columns = tuple(name for _, name, *_ in info if name != "number")
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        connection.executemany(statement, rows_of(table, columns))
    connection.commit()
    refuse_broken_seals(connection, path)
    return Ledger(SqliteDatabase(connection, path))


def highest_sequence(path: Path) -> int:
    """The highest journal sequence in a ledger; 0 where the ledger cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            ledger = Ledger(SqliteDatabase(connection, path))
            mark = ledger.journal_mark() if is_up_to_date(connection) else None
            return max(ledger.last_sequence(), mark.last if mark else 0)
    except (sqlite3.DatabaseError, FolderError, ValueError, TypeError):
        return 0


def _in_memory(path: Path) -> sqlite3.Connection:
    connection = _connect(":memory:")
    prepare(connection, path)
    return connection


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_BUSY_SECONDS)
    connection.create_function("name_key", 1, name_key, deterministic=True)
    connection.create_function("seal", -1, lambda *row: seal_of(row), deterministic=True)
    return connection
