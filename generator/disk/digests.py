"""SHA-256 of bytes and files, as 64 hexadecimal digits."""

from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path


class DigestedBytes(bytes):
    """Bytes whose SHA-256 is computed only once: a document's is needed a dozen times before it is published."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return sha256(self).hexdigest()


def sha256_of(*parts: bytes) -> str:
    """Returns the SHA-256 of bytes; several parts count as one sequence."""
    if len(parts) == 1 and isinstance(parts[0], DigestedBytes):
        return parts[0].digest
    made = sha256()
    for part in parts:
        made.update(part)
    return made.hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file; an empty string where there is none, or it cannot be read now."""
    try:
        return sha256_of(path.read_bytes())
    except OSError:
        return ""


def remembered_digest_of(path: Path) -> str:
    """Returns `digest_of` a file, which is read again only if its size or its time of change is another."""
    try:
        state = path.stat()
        return _digest_at(path, state.st_size, state.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=4096)
def _digest_at(path: Path, _size: int, _changed: int) -> str:
    return sha256_of(path.read_bytes())
