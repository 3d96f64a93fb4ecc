"""A workspace's state: archive and journal are the truth, and the ledger is derived from them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.disk.locks import ProgramLock
from generator.disk.safe_write import folder_errors
from generator.domain.base.moments import write_moment
from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.store.archive import Archive
from generator.store.history import History
from generator.store.journal import Journal
from generator.store.ledger import (
    JournalMark,
    Ledger,
    highest_sequence,
    ledger_in_memory,
    open_ledger,
    read_ledger,
)
from generator.store.ledger_rows import storable
from generator.store.ledger_schema import LedgerDamagedError
from generator.store.old_records import old_records, put_old_records_aside
from generator.store.records import JournalEntry, Rebuilt, Record

log = logging.getLogger(__name__)

LOCK_SECONDS = 120.0
# Why a ledger was put aside.
DAMAGED, OTHER_JOURNAL, ON_REQUEST = "damaged", "another journal", "on request"


@dataclass(frozen=True, slots=True)
class StatePaths:
    """The paths in a workspace's state folder."""

    folder: Path

    @property
    def archive(self) -> Path:
        """The folder with the bytes of every save."""
        return self.folder / "archive"

    @property
    def journal(self) -> Path:
        """The journal. It lies in the archive, so that a backup of one folder has both."""
        return self.archive / "journal.jsonl"

    @property
    def ledger(self) -> Path:
        """The SQLite database, which can be rebuilt."""
        return self.folder / "ledger.sqlite3"

    @property
    def key(self) -> Path:
        """The key that signs the forms."""
        return self.folder / "key"

    @property
    def lock(self) -> Path:
        """The workspace's lock file, see `Store.sole_writer`."""
        return self.folder / "lock"


class Store:
    """A workspace's archive, journal and ledger, open for one thread."""

    def __init__(self, paths: StatePaths, journal: Journal, ledger: Ledger, lock_seconds: float = LOCK_SECONDS) -> None:
        self.paths = paths
        self.archive = Archive(paths.archive)
        self._journal = journal
        self.ledger = ledger
        self._lock = ProgramLock(paths.lock, lock_seconds)

    @property
    def history(self) -> History:
        """The journal's entries that were read so far."""
        return self._journal.history

    @property
    def journal_mark(self) -> JournalMark:
        """The part of the journal that was read so far."""
        return JournalMark(self._journal.length, self._journal.digest, self._journal.history.last_sequence)

    def read_journal(self) -> tuple[JournalEntry, ...]:
        """Reads the entries that were appended since the last call.

        Raises:
            JournalReplacedError: the journal was cut or put back from a backup; the store must be opened again.
            FolderError: a line cannot be read.
        """
        entries = self._journal.read()
        self._journal.refuse_broken()
        return entries

    def append(self, *records: Record) -> None:
        """Appends records to the journal; they are on the disk when this returns."""
        self._journal.append(*records)

    def raise_floor(self, sequence: int) -> None:
        """Makes every later sequence higher than this one."""
        self._journal.raise_floor(sequence)

    @contextmanager
    def sole_writer(self) -> Iterator[None]:
        """Holds the workspace's lock: one program at a time writes into inbox, outbox and ledger.

        It may append to the journal meanwhile, which has a lock of its own; never take the two in the other order.

        Raises:
            FolderError: another program holds it for longer than the store waits.
        """
        with self._lock.held(FolderError(_BUSY, _WAIT, path=self.paths.lock)):
            yield

    @contextmanager
    def journal_lock(self) -> Iterator[None]:
        """Holds the journal's lock, which guards the files of archive and journal."""
        with self._journal.writing():
            yield

    def renew_ledger(self, reason: str, now: datetime) -> None:
        """Puts the ledger aside, and opens an empty one in its place."""
        names = self.ledger.names
        self.ledger.close()
        self.ledger = _put_aside(self.paths, self._journal, reason, now)
        self.ledger.read_with(names)

    def close(self) -> None:
        """Closes the ledger."""
        self.ledger.close()


@contextmanager
def open_store(
    paths: StatePaths, journal: Journal, now: datetime, lock_seconds: float = LOCK_SECONDS
) -> Iterator[Store]:
    """Opens a workspace's state for writing; the files of version 0.1.0 are taken over.

    A ledger that is damaged, or was not made from this journal, is put aside, and an empty one takes its place: the
    next take fills it from journal and archive.

    Args:
        lock_seconds: how long `Store.sole_writer` waits for another program.

    Raises:
        FolderError: a line of the journal cannot be read, or the folder cannot be read or written.
    """
    with folder_errors(paths.folder):
        paths.archive.mkdir(parents=True, exist_ok=True)
    journal.read()
    journal.refuse_broken()
    prepare_journal(paths, journal)
    store = Store(paths, journal, _agreeing_ledger(paths, journal, now), lock_seconds)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def read_store(paths: StatePaths) -> Iterator["ReadOnlyStore"]:
    """Opens a workspace's state in memory; nothing is ever written to the disk.

    Raises:
        FolderError: a line of the journal cannot be read, or the folder cannot be read.
    """
    journal = Journal(paths.journal)
    journal.read()
    journal.refuse_broken()
    journal.history.add(_numbered(old_records(paths.archive, paths.folder), journal.history))
    ledger = read_ledger(paths.ledger)
    if ledger is None or not _agrees(ledger, journal):
        ledger = ledger_in_memory(paths.ledger)
    store = ReadOnlyStore(paths, journal, ledger)
    try:
        yield store
    finally:
        store.close()


class ReadOnlyStore(Store):
    """A store whose ledger is in memory and whose journal grows in memory alone."""

    def append(self, *records: Record) -> None:
        """Adds records to the history in memory."""
        self.history.add(_numbered(records, self.history))

    @contextmanager
    def sole_writer(self) -> Iterator[None]:
        """Takes no lock, since nothing is written to the disk."""
        yield

    def forget_ledger(self) -> None:
        """Continues with an empty ledger in memory, because the one on the disk is damaged."""
        names = self.ledger.names
        self.ledger.close()
        self.ledger = ledger_in_memory(self.paths.ledger)
        self.ledger.read_with(names)


def _numbered(records: tuple[Record, ...], history: History) -> list[JournalEntry]:
    return [JournalEntry(number, record) for number, record in enumerate(records, start=history.last_sequence + 1)]


def prepare_journal(paths: StatePaths, journal: Journal) -> None:
    """Takes over the files of version 0.1.0, and keeps new sequences above all that the ledger knows.

    If it is interrupted, the next call takes over the rest.
    """
    # A journal from a backup ends earlier: a number used again would make the ledger take a new save for an old one.
    journal.raise_floor(highest_sequence(paths.ledger))
    if not old_records(paths.archive, paths.folder):
        return
    with journal.writing() as write:
        records = old_records(paths.archive, paths.folder)
        write(*(record for record in records if not journal.history.has(record)))
        put_old_records_aside(paths.archive, paths.folder)


def _agreeing_ledger(paths: StatePaths, journal: Journal, now: datetime) -> Ledger:
    try:
        ledger = open_ledger(paths.ledger)
    except LedgerDamagedError:
        return _put_aside(paths, journal, DAMAGED, now)
    try:
        if _agrees(ledger, journal):
            return ledger
    except LedgerDamagedError:
        ledger.close()
        return _put_aside(paths, journal, DAMAGED, now)
    ledger.close()
    return _put_aside(paths, journal, OTHER_JOURNAL, now)


def _agrees(ledger: Ledger, journal: Journal) -> bool:
    """True if the ledger was made from the beginning of this journal."""
    mark = ledger.journal_mark()
    if mark is not None:
        return journal.digest_up_to(mark.length) == mark.digest
    held = {(save.sequence, storable(save.path), save.digest) for save in journal.history.saves}
    return ledger.saves() <= held


def _put_aside(paths: StatePaths, journal: Journal, reason: str, now: datetime) -> Ledger:
    """Keeps the old ledger under another name, says so in the journal, and opens an empty one."""
    aside = _free_name(paths.ledger)
    log.warning("%s: the ledger is put aside as %s and made anew: %s", paths.ledger, aside.name, reason)
    with folder_errors(paths.ledger):
        paths.ledger.rename(aside)
        for ending in ("-journal", "-wal", "-shm"):
            paths.ledger.with_name(paths.ledger.name + ending).unlink(missing_ok=True)
    journal.append(Rebuilt(reason, max(journal.history.last_sequence, journal.floor), write_moment(now)))
    return open_ledger(paths.ledger)


def _free_name(ledger: Path) -> Path:
    number = 1
    while (aside := ledger.with_name(f"{ledger.name}.aside-{number}")).exists():
        number += 1
    return aside


def put_aside(paths: StatePaths) -> tuple[Path, ...]:
    """The ledgers that were put aside and are still in the state folder."""
    return tuple(sorted(paths.folder.glob(f"{paths.ledger.name}.aside-*")))


_BUSY = N_("{path}: another program works in the workspace.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")
