"""The saved data of a workspace, in a folder or in a database: archive, journal, ledger, key and last drafts."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from generator.errors import FolderError
from generator.store.journal import JournalLines
from generator.store.ledger import Ledger
from generator.store.records import Record

# A person may edit a draft for days while saves arrive. Older ones are removed: their values stay in the archive.
MOST_DRAFTS = 200


def printed_key(values: str) -> str:
    """Returns the beginning of the digest of a draft's values, under which the draft is kept."""
    return values[:16]


class MissingBytesError(FolderError):
    """The archive has no bytes for a digest, or they are damaged."""


class Lock(Protocol):
    """A lock between programs. The thread that holds it may take it again."""

    def held(self, busy: FolderError, /) -> AbstractContextManager[None]:
        """Holds the lock during the block.

        Raises:
            FolderError: `busy`, if another program still holds the lock after the longest wait.
        """
        ...


class Archive(Protocol):
    """The bytes of every save, each content once, under its SHA-256 in hex. Nothing is ever removed from it."""

    def keep(self, data: bytes, /) -> str:
        """Stores the bytes, once, and returns their digest. Raises FolderError if they cannot be stored."""
        ...

    def has(self, digest: str, /) -> bool:
        """True if bytes are stored under this digest."""
        ...

    def digests(self) -> Iterator[str]:
        """Yields the digests of all bytes."""
        ...

    def read(self, digest: str, /) -> bytes:
        """Reads the bytes stored under a digest. Raises MissingBytesError if they are missing or damaged."""
        ...


class State(Protocol):
    """The place of a workspace's saved data: a folder, or a database that many machines share.

    Each instance serves one thread. Each method raises FolderError where the place cannot be read or written.
    """

    @property
    def place(self) -> Path:
        """The place, for messages."""
        ...

    @property
    def key_place(self) -> Path:
        """The place of the key, for messages."""
        ...

    def prepare(self) -> None:
        """Makes the place ready to be written."""
        ...

    def journal_lines(self) -> JournalLines:
        """Returns the lines of the journal."""
        ...

    def bytes_archive(self) -> Archive:
        """Returns the archive; bytes that are kept while the journal's lock is held last once the lock is given up."""
        ...

    def program_lock(self, seconds: float, /) -> Lock:
        """Returns the workspace's lock, see `Store.sole_writer`.

        Args:
            seconds: how long it waits for another program.
        """
        ...

    def open_ledger(self) -> Ledger:
        """Opens the ledger, and creates it if there is none. Raises LedgerDamagedError if it is damaged."""
        ...

    def empty_ledger(self, reason: str, /) -> Ledger:
        """Opens an empty ledger in place of the present one, which nobody has open; `reason` is for the log."""
        ...

    def read_ledger(self) -> Ledger | None:
        """Returns a copy of the ledger in memory; None if there is none that can be used."""
        ...

    def highest_sequence(self) -> int:
        """Returns the highest journal sequence that the ledger knows; 0 if it cannot be read."""
        ...

    def old_records(self) -> tuple[Record, ...]:
        """Returns the records of version 0.1.0 that have not been taken over into the journal."""
        ...

    def put_old_records_aside(self) -> None:
        """Makes `old_records` return none from now on."""
        ...

    def make_key(self) -> bytes:
        """Returns the secret that signs the workspace's forms; it is made at the first call."""
        ...

    def read_key(self) -> bytes | None:
        """Returns the secret that signs the workspace's forms; None if none has been made."""
        ...

    def take_key(self, key: bytes, /) -> None:
        """Stores the secret of a workspace that was elsewhere before."""
        ...

    def drafts(self) -> Iterator[tuple[str, bytes]]:
        """Yields the kept drafts with the keys of their values (`printed_key`), the latest last."""
        ...

    def keep_draft(self, values: str, docx: bytes, /) -> None:
        """Keeps a placed draft under the digest of its values; old ones are removed."""
        ...

    def kept_drafts(self, values: str, /) -> tuple[bytes, ...]:
        """Returns the kept drafts that printed these values, the latest first."""
        ...

    def asides(self) -> tuple[Path, ...]:
        """Returns the ledgers that were put aside and are still there."""
        ...

    def remove_leftovers(self) -> None:
        """Removes what an interrupted program left behind; the caller holds the journal's lock."""
        ...

    def close(self) -> None:
        """Ends the connection to the place, if there is one."""
        ...
