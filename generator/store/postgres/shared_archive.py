"""The bytes of a workspace's saves in a folder that all machines share, instead of the database."""

from collections.abc import Iterator

from generator.store.archive_folder import ArchiveFolder
from generator.store.state import Archive


class SharedArchive:
    """Stores new bytes in a folder, and reads also those stored earlier in the database; methods as `Archive`.

    Bytes are on the disk before the journal names them, as on one machine.
    """

    def __init__(self, folder: ArchiveFolder, before: Archive) -> None:
        self._folder = folder
        self._before = before

    def keep(self, data: bytes) -> str:
        """Stores the bytes in the folder, once, and returns their digest."""
        return self._folder.keep(data)

    def has(self, digest: str) -> bool:
        """True if bytes are stored under this digest, in the folder or the database."""
        return self._folder.has(digest) or self._before.has(digest)

    def digests(self) -> Iterator[str]:
        """Yields the digests of all bytes."""
        yield from sorted({*self._folder.digests(), *self._before.digests()})

    def read(self, digest: str) -> bytes:
        """Reads the bytes stored under a digest."""
        if self._folder.has(digest) or not self._before.has(digest):
            return self._folder.read(digest)
        return self._before.read(digest)
