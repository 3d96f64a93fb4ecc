"""The journal: JSON lines in one numbered sequence, to which is only appended. The ledger is derived from it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from pathlib import Path
from typing import Protocol, TypeAlias

from generator.disk.digests import sha256_of
from generator.disk.safe_write import broken_line, record_line
from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.store.history import History
from generator.store.records import JournalEntry, Record, from_line, to_line

# The lock is held while lines are written, and while a save's bytes are put on the disk.
# Lock order: the workspace's lock (`Store.sole_writer`) before this one. The thread that keeps saves takes only this
# one, so a save never waits for a document.
Write: TypeAlias = Callable[..., tuple[JournalEntry, ...]]


class JournalReplacedError(FolderError):
    """The journal is no longer the file that was read: it was cut off, or replaced by a backup."""


class JournalLines(Protocol):
    """The bytes of a journal's lines, in a file or a database. Each method raises FolderError if they are out of reach.

    One instance serves one thread.
    """

    @property
    def place(self) -> Path:
        """The place of the journal, for messages."""
        ...

    def read_from(self, offset: int, last_line: bytes, /) -> bytes | None:
        """Returns all bytes from an offset on; None if there is no journal.

        Args:
            offset: where the last line that was read begins; 0 where none was read.
            last_line: that line, with its end.
        """
        ...

    def first(self, length: int, /) -> bytes:
        """Returns the first bytes; fewer where there are no more."""
        ...

    def append(self, lines: Iterable[bytes], /) -> None:
        """Appends lines, each with its end; the caller holds the lock."""
        ...

    def locked(self, busy: FolderError, /) -> AbstractContextManager[None]:
        """Holds the journal's lock; raises `busy` if another program holds it for too long."""
        ...


class Journal:
    """Reads the journal, notices what others append, and appends to it.

    One instance serves one thread. `history` holds all entries read so far; `broken` are the numbers (1-based) of
    lines that cannot be read; new sequences are above `floor`.
    """

    def __init__(self, lines: JournalLines) -> None:
        self.lines = lines
        self.floor = 0
        self._count = 0
        # Broken lines since the last entry: each had a sequence of its own, which must stay free until it is repaired.
        self._broken_at_end = 0
        self._length = 0
        self._last_line = b""
        self._sha = hashlib.sha256()
        self.history = History()
        self.broken: tuple[int, ...] = ()

    def copy(self, lines: JournalLines) -> "Journal":
        """A copy for another thread, with all that was read so far.

        Args:
            lines: the same lines, as the other thread has them.
        """
        other = copy(self)
        other.lines, other._sha, other.history = lines, self._sha.copy(), self.history.copy()
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
        """SHA-256 of the first `length` bytes; an empty string where there are fewer."""
        data = self.lines.first(length)
        return sha256_of(data) if len(data) == length else ""

    def read(self) -> tuple[JournalEntry, ...]:
        """Reads the lines appended since the last call. A last line without a line end is left for the next call.

        Raises:
            JournalReplacedError: the file is shorter than what was read, or its last line is another one.
            FolderError: the file cannot be read.
        """
        lines = self._new_bytes().split(b"\n")[:-1]
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
            raise broken_line(self.lines.place, self.broken[0])

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
        with self.lines.locked(FolderError(_BUSY, _WAIT, path=self.lines.place)):
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
        self.lines.append([record_line(to_line(entry)) for entry in entries])
        self.read()
        return entries

    def _new_bytes(self) -> bytes:
        # The last line is read again: if it has changed, this is another journal.
        data = self.lines.read_from(self._length - len(self._last_line), self._last_line)
        if data is None and not self._length:
            return b""
        if data is None or not data.startswith(self._last_line):
            raise JournalReplacedError(_REPLACED, _READ_AGAIN, path=self.lines.place)
        return data[len(self._last_line) :]

    def _parse(self, line: bytes) -> JournalEntry | None:
        """The entry of a line; None for one that cannot be read, which is remembered as broken."""
        self._count += 1
        try:
            entry = from_line(json.loads(line.decode("utf-8")))
            if entry.sequence <= self.history.last_sequence:
                raise ValueError("the sequence goes back")
        except (LookupError, TypeError, ValueError):
            self.broken += (self._count,)
            self._broken_at_end += 1
            return None
        self._broken_at_end = 0
        self.history.last_sequence = entry.sequence
        return entry


_BUSY = N_("{path}: another program writes the journal.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")
_REPLACED = N_("{path}: the journal is not the one that was read before.")
_READ_AGAIN = N_("It is read again from the beginning. If it was put back from a backup, nothing else need be done.")
