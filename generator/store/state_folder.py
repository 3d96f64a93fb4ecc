"""The state folder of a workspace on one machine: archive, journal, ledger, key and drafts as files."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.disk.digests import sha256_of
from generator.disk.leftovers import remove_leftovers
from generator.disk.locks import ProgramLock
from generator.disk.safe_write import folder_errors, replace_file
from generator.store.archive_folder import ArchiveFolder
from generator.store.journal_file import JournalFile
from generator.store.key_file import make_key, read_key, write_key
from generator.store.ledger import Ledger
from generator.store.old_records import old_records, put_old_records_aside
from generator.store.records import Record
from generator.store.sqlite_ledger import highest_sequence, open_ledger, read_ledger
from generator.store.state import MOST_DRAFTS, printed_key

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StateFolder:
    """The state in a folder; the methods are those of `State`."""

    folder: Path

    @property
    def place(self) -> Path:
        """The folder."""
        return self.folder

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
    def key_place(self) -> Path:
        """The file of the key that signs the forms."""
        return self.folder / "key"

    @property
    def lock(self) -> Path:
        """The workspace's lock file, see `Store.sole_writer`."""
        return self.folder / "lock"

    def prepare(self) -> None:
        """Makes the folders."""
        with folder_errors(self.folder):
            self.archive.mkdir(parents=True, exist_ok=True)

    def journal_lines(self) -> JournalFile:
        """Returns the journal's file."""
        return JournalFile(self.journal)

    def bytes_archive(self) -> ArchiveFolder:
        """Returns the archive."""
        return ArchiveFolder(self.archive)

    def program_lock(self, seconds: float) -> ProgramLock:
        """Returns the workspace's lock."""
        return ProgramLock(self.lock, seconds)

    def open_ledger(self) -> Ledger:
        """Opens the ledger, and creates it if there is none."""
        return open_ledger(self.ledger)

    def empty_ledger(self, reason: str) -> Ledger:
        """Keeps the old ledger under another name, and opens an empty one."""
        aside = self._free_name()
        log.warning("%s: the ledger is put aside as %s and made anew: %s", self.ledger, aside.name, reason)
        with folder_errors(self.ledger):
            self.ledger.rename(aside)
            for ending in ("-journal", "-wal", "-shm"):
                self.ledger.with_name(self.ledger.name + ending).unlink(missing_ok=True)
        return open_ledger(self.ledger)

    def read_ledger(self) -> Ledger | None:
        """Returns a copy of the ledger in memory; None if there is none that can be used."""
        return read_ledger(self.ledger)

    def highest_sequence(self) -> int:
        """Returns the highest journal sequence that the ledger knows; 0 if it cannot be read."""
        return highest_sequence(self.ledger)

    def old_records(self) -> tuple[Record, ...]:
        """Returns the records in the files of version 0.1.0."""
        return old_records(self.archive, self.folder)

    def put_old_records_aside(self) -> None:
        """Renames the files of version 0.1.0."""
        put_old_records_aside(self.archive, self.folder)

    def make_key(self) -> bytes:
        """Returns the secret that signs the workspace's forms; it is made at the first call."""
        return make_key(self.key_place)

    def read_key(self) -> bytes | None:
        """Returns the secret that signs the workspace's forms; None if none has been made."""
        return read_key(self.key_place)

    def take_key(self, key: bytes) -> None:
        """Stores the secret of a workspace that was elsewhere before."""
        write_key(self.key_place, key)

    def drafts(self) -> Iterator[tuple[str, bytes]]:
        """Yields the kept drafts with the keys of their values, the latest last."""
        with folder_errors(self._drafts):
            for path in sorted(self._drafts.glob("*.docx"), key=_age):
                yield path.name.partition("-")[0], path.read_bytes()

    def keep_draft(self, values: str, docx: bytes) -> None:
        """Keeps a placed draft under the digest of its values; old ones are removed."""
        path = self._drafts / f"{printed_key(values)}-{sha256_of(docx)[:16]}.docx"
        with folder_errors(path):
            if path.exists():
                path.touch()
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, docx)
            for old in sorted(path.parent.glob("*.docx"), key=_age)[:-MOST_DRAFTS]:
                old.unlink(missing_ok=True)

    def kept_drafts(self, values: str) -> tuple[bytes, ...]:
        """Returns the kept drafts that printed these values, the latest first."""
        with folder_errors(self._drafts):
            found = sorted(self._drafts.glob(f"{printed_key(values)}-*.docx"), key=_age, reverse=True)
            return tuple(path.read_bytes() for path in found)

    def asides(self) -> tuple[Path, ...]:
        """Returns the ledgers that were put aside and are still in the folder."""
        return tuple(sorted(self.folder.glob(f"{self.ledger.name}.aside-*")))

    def remove_leftovers(self) -> None:
        """Removes our temporary files."""
        remove_leftovers(self.folder)

    def close(self) -> None:
        """Does nothing: each file is closed after it is read or written."""

    @property
    def _drafts(self) -> Path:
        return self.folder / "drafts"

    def _free_name(self) -> Path:
        number = 1
        while (aside := self.ledger.with_name(f"{self.ledger.name}.aside-{number}")).exists():
            number += 1
        return aside


def _age(path: Path) -> float:
    return path.stat().st_mtime
