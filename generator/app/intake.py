"""Keeps every save: scans the inbox, waits until a file stays unchanged, stores it in archive and journal.

Nothing else is needed for it: no plan, no template, no ledger, no outbox, and of the settings only what
`read_intake_settings` gives. Each file waits by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.app.file_marks import is_unchanged
from generator.disk.digests import sha256_of
from generator.domain.base.moments import write_moment
from generator.store.history import History
from generator.store.journal import Journal, JournalReplacedError, Write
from generator.store.records import Back, Gone, Moved, PlacedFiles, PutAway, Record, Save
from generator.store.state import State
from generator.workspace.folders import Found, Stamp, is_put_away, put_away_period, read_stamped, scan


@dataclass(frozen=True, slots=True)
class Clock:
    """The time as the program needs it: the present moment with its offset, steady seconds, and a way to wait."""

    now: Callable[[], datetime]
    ticks: Callable[[], float]
    wait: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class InboxLook:
    """The result of one look at the inbox; paths are relative to the inbox.

    `kept` were archived and journaled now; `waiting` are new or changed and have not stood long enough; `unreadable`
    cannot be read now (open in another program, too large, no permission); `left` are gone by now, `missing` may be.
    """

    kept: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def unsettled(self) -> tuple[str, ...]:
        """The files that could not be kept yet, sorted."""
        return tuple(sorted((*self.waiting, *self.unreadable)))


@dataclass(slots=True)
class _Pending:
    """A new or changed file version: since when (ticks) it has been unchanged, and its digest (None: unreadable)."""

    stamp: Stamp | None
    digest: str | None
    since: float


@dataclass(frozen=True, slots=True)
class _Settled:
    """A file that stayed unchanged long enough, and its bytes."""

    path: str
    data: bytes
    stamp: Stamp


class Keeper:
    """Keeps the inbox's saves, one look at a time. Each instance belongs to one thread."""

    def __init__(self, inbox: Path, state: State, clock: Clock) -> None:
        self._inbox = inbox
        self._state = state
        self._clock = clock
        self.journal = Journal(state.journal_lines())
        self.archive = state.bytes_archive()
        self.quiet_seconds = 2.0
        self.period = ""
        # The stamps of files whose content is known: journaled before, or our own.
        self._known: dict[str, Stamp] = {}
        self._pending: dict[str, _Pending] = {}
        self._missing: dict[str, float] = {}

    def close(self) -> None:
        """Ends the connection to where the saves are kept."""
        self._state.close()

    def look(self) -> InboxLook:
        """Looks at the inbox once, and keeps each file that has not changed for `quiet_seconds`.

        Raises:
            FolderError: the inbox cannot be read, or archive or journal cannot be written; what is waiting goes on
                waiting.
        """
        tick = self._clock.ticks()
        found = scan(self._inbox)
        try:
            self.journal.read()
        except JournalReplacedError:
            self.journal, self._known = Journal(self._state.journal_lines()), {}
            self.journal.read()
        due = tuple(file.path for file in found if self._is_due(file, tick))
        for file in found:
            if file.path not in due:
                self._notice(file, tick)
        self._forget_vanished({file.path for file in found})
        gone = self._gone(found, tick)
        kept = self._keep(due, gone)
        return InboxLook(kept, *self._unsettled(), gone, tuple(self._missing))

    def forget_stamps(self) -> None:
        """Makes the next look read every file: a stamp may stay the same though the content has changed."""
        self._known.clear()

    def seconds_to_wait(self) -> float | None:
        """Seconds until the next file may be kept; None where no file is waiting."""
        tick = self._clock.ticks()
        since = (*(pending.since for pending in self._pending.values()), *self._missing.values())
        return max(0.0, min(since) + self.quiet_seconds - tick) if since else None

    @property
    def _history(self) -> History:
        return self.journal.history

    def _is_due(self, file: Found, tick: float) -> bool:
        pending = self._pending.get(file.path)
        if pending is None or pending.digest is None or pending.stamp != file.stamp:
            return False
        return tick - pending.since >= self.quiet_seconds

    def _notice(self, file: Found, tick: float) -> None:
        """Finds out whether a file is new, changed, known or ours; an unchanged file is not read again."""
        pending = self._pending.get(file.path)
        if file.stamp is not None and self._known.get(file.path) == file.stamp and not self._history.is_gone(file.path):
            return
        if pending and pending.digest is not None and pending.stamp == file.stamp:
            return
        read = read_stamped(self._inbox, file.path) if file.stamp else None
        if read is None:
            self._pending[file.path] = _Pending(file.stamp, None, tick)
        elif self._is_known(file.path, read[0]):
            self._known[file.path] = read[1]
            self._pending.pop(file.path, None)
        else:
            self._pending[file.path] = _Pending(read[1], sha256_of(read[0]), tick)

    def _is_known(self, path: str, data: bytes) -> bool:
        """True if the file is ours, or has the bytes of its last save. A file that has come back is journaled."""
        digest, name = sha256_of(data), f"inbox/{path}"
        if self._history.has_placed(name, digest) or self._is_put_away(path, digest):
            return True
        latest = self._history.latest(path)
        # If the archive lost the bytes, they are stored again as a separate save, so that they are read again.
        if latest and latest.digest == digest and self.archive.has(digest):
            if self._history.is_gone(path):
                self.journal.append(Back(path, self._now()))
            return True
        if is_unchanged(path.rpartition("/")[2], data):
            self.journal.append(PlacedFiles(((name, digest),)))
            return True
        return False

    def _is_put_away(self, path: str, digest: str) -> bool:
        """True if a closed period's file was moved here; a move that was interrupted is now journaled."""
        if self._history.has_put_away(path, digest):
            return True
        period = put_away_period(path)
        if period not in self._history.closed_periods:
            return False
        same = (save.path for save in self._history.present if save.digest == digest and not is_put_away(save.path))
        before = next((each for each in same if not (self._inbox / each).exists()), None)
        if before is None:
            return False
        self.journal.append(PutAway(period, ((before, path, digest),), self._now()))
        return True

    def _forget_vanished(self, found: set[str]) -> None:
        for path in [path for path in self._pending if path not in found]:
            del self._pending[path]

    def _keep(self, due: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
        """Archives and journals the files that are due, unless another program has done so meanwhile."""
        if not due and not gone:
            return ()
        with self.journal.writing() as write:
            settled = tuple(self._settled(due))
            lost = {file.path for file in settled if not self.archive.has(sha256_of(file.data))}
            # The bytes before the journal's entry: a digest in the journal always has its bytes in the archive.
            saves = tuple((file.path, self.archive.keep(file.data)) for file in settled)
            kept = self._enter(write, [save for save in saves if save[0] in lost or self._is_news(*save)], gone)
        # Only now: what could not be written is tried again.
        for path in due:
            del self._pending[path]
        self._known.update((file.path, file.stamp) for file in settled)
        return kept

    def _settled(self, due: Iterable[str]) -> Iterator[_Settled]:
        """Returns the files that are still unchanged; the others begin to wait again at the next look."""
        for path in due:
            read = read_stamped(self._inbox, path)
            if read and sha256_of(read[0]) == self._pending[path].digest:
                yield _Settled(path, *read)

    def _is_news(self, path: str, digest: str) -> bool:
        """True unless these bytes are the path's last save in the journal: another program may have entered them."""
        latest = self._history.latest(path)
        return latest is None or latest.digest != digest

    def _enter(self, write: Write, saves: list[tuple[str, str]], gone: tuple[str, ...]) -> tuple[str, ...]:
        now = self._now()
        new = tuple(Save(path, digest, now, self.period) for path, digest in saves)
        left = tuple(self._leaving(path, new, now) for path in gone if not self._history.is_gone(path))
        # Removed files first: a form at a new path continues one that is known to be gone.
        if new or left:
            write(*left, *new)
        return tuple(save.path for save in new)

    def _leaving(self, path: str, new: tuple[Save, ...], now: str) -> Record:
        """Returns the record for a missing file: gone, or moved if its bytes were saved at another path."""
        latest = self._history.latest(path)
        to = next((save.path for save in new if latest and save.digest == latest.digest), None)
        return Moved(path, to, now) if to else Gone(path, now)

    def _gone(self, found: tuple[Found, ...], tick: float) -> tuple[str, ...]:
        """Returns the saved files that have been missing for a while: saving may remove a file for a moment."""
        seen = {file.path for file in found}
        closed = tuple(f"{file.path}/" for file in found if file.stamp is None)
        missing = [
            save.path for save in self._history.present if save.path not in seen and not save.path.startswith(closed)
        ]
        self._missing = {path: self._missing.get(path, tick) for path in missing}
        gone = tuple(
            path for path, since in self._missing.items() if since < tick and tick - since >= self.quiet_seconds
        )
        for path in gone:
            del self._missing[path]
            self._known.pop(path, None)
        return gone

    def _unsettled(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        waiting = tuple(path for path, pending in self._pending.items() if pending.digest is not None)
        unreadable = tuple(path for path, pending in self._pending.items() if pending.digest is None)
        return tuple(sorted(waiting)), tuple(sorted(unreadable))

    def _now(self) -> str:
        return write_moment(self._clock.now())
