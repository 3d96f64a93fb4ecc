"""The archive as a folder that only grows. It keeps the bytes of every save in a file named by their SHA-256."""

from collections.abc import Iterator
from pathlib import Path

from generator.disk.digests import sha256_of
from generator.disk.safe_write import folder_errors, replace_file
from generator.domain.base.rule import N_
from generator.store.state import MissingBytesError


class ArchiveFolder:
    """Stores each content once, as `ab/abcd….bin`.

    Bytes are stored before the journal names their digest: after a crash the journal names no missing file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        """Writes the bytes to the disk, once, and returns their digest (SHA-256 in hex).

        A file of another size under the digest is damaged, and is written again.

        Raises:
            FolderError: the archive cannot be written.
        """
        digest = sha256_of(data)
        path = self._path(digest)
        with folder_errors(path):
            if not _has_size(path, len(data)):
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, data)
        return digest

    def has(self, digest: str) -> bool:
        """True if bytes are stored under this digest."""
        return self._path(digest).is_file()

    def digests(self) -> Iterator[str]:
        """Yields the digests of all bytes."""
        with folder_errors(self._folder):
            yield from (path.stem for path in sorted(self._folder.glob("??/*.bin")))

    def read(self, digest: str) -> bytes:
        """Reads the bytes stored under a digest.

        Raises:
            MissingBytesError: there is no file, or its bytes have another digest.
            FolderError: the file cannot be read.
        """
        path = self._path(digest)
        with folder_errors(path):
            if not path.is_file():
                raise MissingBytesError(_MISSING, _RESTORE, path=path)
            data = path.read_bytes()
        if sha256_of(data) != digest:
            raise MissingBytesError(_DAMAGED, _RESTORE, path=path)
        return data

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.bin"


_MISSING = N_("{path}: the archive does not hold this save.")
_DAMAGED = N_("{path}: the save is damaged in the archive.")
_RESTORE = N_("Take the file from a backup of the archive.")


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
