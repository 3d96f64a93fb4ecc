"""SHA-256 of bytes and files, as 64 hexadecimal digits."""

from hashlib import sha256
from pathlib import Path


def sha256_of(data: bytes) -> str:
    """SHA-256 of bytes."""
    return sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file; an empty string where there is none, or it cannot be read now."""
    try:
        return sha256_of(path.read_bytes())
    except OSError:
        return ""
