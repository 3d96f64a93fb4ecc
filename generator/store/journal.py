"""The journal: an append-only file of JSON lines in one numbered sequence. The ledger is derived from it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TypeAlias

from generator.disk.digests import sha256_of
from generator.disk.locks import ProgramLock
from generator.disk.safe_write import append_records, broken_line, folder_errors
from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.store.history import History
from generator.store.records import JournalEntry, Record, from_line, to_line

# The lock is held while lines are written, and while a save's bytes are put on the disk.
# Lock order: the workspace's lock (`Store.sole_writer`) before this one. The thread that keeps saves takes only this
# one, so a save never waits for a document.
LOCK_SECONDS = 60.0
Write: TypeAlias = Callable[..., tuple[JournalEntry, ...]]


class JournalReplacedError(FolderError):
    """The journal is no longer the file that was read: it was cut off, or replaced by a backup."""


class Journal:
    """Reads the journal, notices what others append, and appends to it.

    One instance serves one thread. `history` holds all entries read so far; `broken` are the numbers (1-based) of
    lines that cannot be read; new sequences are above `floor`.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = ProgramLock(file.with_name("journal.lock"), LOCK_SECONDS)
        self.floor = 0
        self._lines = 0
        # Broken lines since the last entry: each had a sequence of its own, which must stay free until it is repaired.
        self._broken_at_end = 0
        self._length = 0
        self._last_line = b""
        self._sha = hashlib.sha256()
        self.history = History()
        self.broken: tuple[int, ...] = ()

    def copy(self) -> "Journal":
        """A copy for another thread, with all that was read so far."""
        other = copy(self)
        other._lock = ProgramLock(self._file.with_name("journal.lock"), LOCK_SECONDS)
        other._sha, other.history = self._sha.copy(), self.history.copy()
        return other

    @property
    def length(self) -> int:
        """The number of bytes read so far; only whole lines are read."""
        return self._length

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes read so far."""
        return self._sha.hexdigest()

    def digest_up_to(self, length: int) -> str:
        """SHA-256 of the file's first `length` bytes; an empty string where the file is shorter."""
        with folder_errors(self._file):
            data = self._file.read_bytes()[:length] if self._file.exists() else b""
        return sha256_of(data) if len(data) == length else ""

    def read(self) -> tuple[JournalEntry, ...]:
        """Reads the lines appended since the last call. A last line without a line end is left for the next call.

        Raises:
            JournalReplacedError: the file is shorter than what was read, or its last line is another one.
            FolderError: the file cannot be read.
        """
        with folder_errors(self._file):
            data = self._new_bytes()
        lines = data.split(b"\n")[:-1]
        entries = tuple(entry for line in lines if (entry := self._parse(line)))
        if lines:
            self._length += sum(len(line) + 1 for line in lines)
            self._last_line = lines[-1] + b"\n"
            self._sha.update(b"".join(line + b"\n" for line in lines))
        self.history.add(entries)
        return entries

    def refuse_broken(self) -> None:
        """Raises FolderError where a line cannot be read: without it the state is not known."""
        if self.broken:
            raise broken_line(self._file, self.broken[0])

    def raise_floor(self, sequence: int) -> None:
        """Makes all new sequences higher than this one."""
        self.floor = max(self.floor, sequence)

    @contextmanager
    def writing(self) -> Iterator[Write]:
        """Holds the journal's lock and yields a function that appends records; other programs' entries are read first.

        Appended records are on the disk when the function returns. An incomplete last line, left by a crash, is moved
        to `journal.torn`.

        Raises:
            FolderError: the journal cannot be read or written, or another program holds the lock for a minute.
        """
        with folder_errors(self._file):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock.held(FolderError(_BUSY, _WAIT, path=self._file)):
            self.read()
            yield self._append

    def append(self, *records: Record) -> tuple[JournalEntry, ...]:
        """Appends records with the next sequences; without records nothing is written."""
        if not records:
            return ()
        with self.writing() as write:
            return write(*records)

    def _append(self, *records: Record) -> tuple[JournalEntry, ...]:
        first = max(self.history.last_sequence + self._broken_at_end, self.floor) + 1
        entries = tuple(JournalEntry(sequence, record) for sequence, record in enumerate(records, start=first))
        with folder_errors(self._file):
            append_records(self._file, map(to_line, entries))
        self.read()
        return entries

    def _new_bytes(self) -> bytes:
        if not self._file.exists():
            if self._length:
                raise JournalReplacedError(_REPLACED, _READ_AGAIN, path=self._file)
            return b""
        with self._file.open("rb") as file:
            # The last line is read again: if it has changed, this is another file.
            file.seek(self._length - len(self._last_line))
            data = file.read()
        if not data.startswith(self._last_line):
            raise JournalReplacedError(_REPLACED, _READ_AGAIN, path=self._file)
        return data[len(self._last_line) :]

    def _parse(self, line: bytes) -> JournalEntry | None:
        """The entry of a line; None for one that cannot be read, which is remembered as broken."""
        self._lines += 1
        try:
            entry = from_line(json.loads(line.decode("utf-8")))
            if entry.sequence <= self.history.last_sequence:
                raise ValueError("the sequence goes back")
        except (LookupError, TypeError, ValueError):
            self.broken += (self._lines,)
            self._broken_at_end += 1
            return None
        self._broken_at_end = 0
        self.history.last_sequence = entry.sequence
        return entry


_BUSY = N_("{path}: another program writes the journal.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")
_REPLACED = N_("{path}: the journal is not the one that was read before.")
_READ_AGAIN = N_("It is read again from the beginning. If it was put back from a backup, nothing else need be done.")
