"""A workspace's state: archive and journal are the truth, and the ledger is derived from them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from generator.domain.base.moments import write_moment
from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.store.history import History
from generator.store.journal import Journal
from generator.store.ledger import JournalMark, Ledger
from generator.store.ledger_rows import storable
from generator.store.ledger_schema import LedgerDamagedError
from generator.store.records import JournalEntry, Rebuilt, Record
from generator.store.sqlite_ledger import ledger_in_memory
from generator.store.state import State

LOCK_SECONDS = 120.0
# Why a ledger was put aside.
DAMAGED, OTHER_JOURNAL, ON_REQUEST = "damaged", "another journal", "on request"


class Store:
    """A workspace's archive, journal and ledger, open for one thread."""

    def __init__(self, state: State, journal: Journal, ledger: Ledger, lock_seconds: float = LOCK_SECONDS) -> None:
        self.state = state
        self.archive = state.bytes_archive()
        self._journal = journal
        self.ledger = ledger
        self._lock = state.program_lock(lock_seconds)

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
        with self._lock.held(FolderError(_BUSY, _WAIT, path=self.state.place)):
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
        self.ledger = _empty_ledger(self.state, self._journal, reason, now)
        self.ledger.read_with(names)

    def close(self) -> None:
        """Closes the ledger and the state."""
        self.ledger.close()
        self.state.close()


@contextmanager
def open_store(state: State, journal: Journal, now: datetime, lock_seconds: float = LOCK_SECONDS) -> Iterator[Store]:
    """Opens a workspace's state for writing; the files of version 0.1.0 are taken over.

    A ledger that is damaged, or was not made from this journal, is put aside, and an empty one takes its place: the
    next take fills it from journal and archive.

    Args:
        lock_seconds: how long `Store.sole_writer` waits for another program.

    Raises:
        FolderError: a line of the journal cannot be read, or the folder cannot be read or written.
    """
    state.prepare()
    journal.read()
    journal.refuse_broken()
    prepare_journal(state, journal)
    store = Store(state, journal, _agreeing_ledger(state, journal, now), lock_seconds)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def read_store(state: State) -> Iterator["ReadOnlyStore"]:
    """Opens a workspace's state in memory; nothing is ever written to the disk.

    Raises:
        FolderError: a line of the journal cannot be read, or the folder cannot be read.
    """
    journal = Journal(state.journal_lines())
    journal.read()
    journal.refuse_broken()
    journal.history.add(_numbered(state.old_records(), journal.history))
    ledger = state.read_ledger()
    if ledger is None or not _agrees(ledger, journal):
        ledger = ledger_in_memory(state.place)
    store = ReadOnlyStore(state, journal, ledger)
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
        self.ledger = ledger_in_memory(self.state.place)
        self.ledger.read_with(names)


def _numbered(records: tuple[Record, ...], history: History) -> list[JournalEntry]:
    return [JournalEntry(number, record) for number, record in enumerate(records, start=history.last_sequence + 1)]


def prepare_journal(state: State, journal: Journal) -> None:
    """Takes over the records of version 0.1.0, and keeps new sequences above all that the ledger knows.

    If it is interrupted, the next call takes over the rest.
    """
    # A journal from a backup ends earlier: a number used again would make the ledger take a new save for an old one.
    journal.raise_floor(state.highest_sequence())
    if not state.old_records():
        return
    with journal.writing() as write:
        write(*(record for record in state.old_records() if not journal.history.has(record)))
        state.put_old_records_aside()


def _agreeing_ledger(state: State, journal: Journal, now: datetime) -> Ledger:
    try:
        ledger = state.open_ledger()
    except LedgerDamagedError:
        return _empty_ledger(state, journal, DAMAGED, now)
    try:
        if _agrees(ledger, journal):
            return ledger
    except LedgerDamagedError:
        ledger.close()
        return _empty_ledger(state, journal, DAMAGED, now)
    ledger.close()
    return _empty_ledger(state, journal, OTHER_JOURNAL, now)


def _agrees(ledger: Ledger, journal: Journal) -> bool:
    """True if the ledger was made from the beginning of this journal."""
    mark = ledger.journal_mark()
    if mark is not None:
        return journal.digest_up_to(mark.length) == mark.digest
    held = {(save.sequence, storable(save.path), save.digest) for save in journal.history.saves}
    return ledger.saves() <= held


def _empty_ledger(state: State, journal: Journal, reason: str, now: datetime) -> Ledger:
    """Opens an empty ledger in place of the old one, and says so in the journal."""
    ledger = state.empty_ledger(reason)
    journal.append(Rebuilt(reason, max(journal.history.last_sequence, journal.floor), write_moment(now)))
    return ledger


_BUSY = N_("{path}: another program works in the workspace.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")
