"""The file with the secret that signs a workspace's forms."""

import re
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes

from generator.disk.safe_write import create_file, folder_errors
from generator.domain.base.rule import N_
from generator.errors import FolderError

KEY_BYTES = 32


def make_key(path: Path) -> bytes:
    """Returns the secret that signs the workspace's forms, `KEY_BYTES` bytes; it is made at the first call.

    Raises:
        FolderError: the key cannot be read or made, or its file is damaged.
    """
    with folder_errors(path):
        if not path.exists():
            with suppress(FileExistsError):
                write_key(path, token_bytes(KEY_BYTES))
    return read_key(path) or b""


def write_key(path: Path, key: bytes) -> None:
    """Writes the secret into a new file.

    Raises:
        FileExistsError: there is one already.
    """
    create_file(path, key.hex().encode("ascii"), private=True)


def read_key(path: Path) -> bytes | None:
    """Returns the secret that signs the workspace's forms; None if none has been made.

    Raises:
        FolderError: the key cannot be read, or its file is damaged.
    """
    with folder_errors(path):
        if not path.exists():
            return None
        data = path.read_bytes()
    if not re.fullmatch(rb"[0-9a-f]{%d}" % (2 * KEY_BYTES), data.strip()):
        raise FolderError(_DAMAGED_KEY, _MEND_KEY, path=path)
    return bytes.fromhex(data.decode("ascii"))


_DAMAGED_KEY = N_("{path}: the workspace's key is damaged.")
_MEND_KEY = N_(
    "Take the file from a backup. Or remove it: a new key is made, and forms made before it no longer count as ours."
)
