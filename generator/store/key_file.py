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
                _create(path, token_bytes(KEY_BYTES))
    return read_key(path) or b""


def write_key(path: Path, key: bytes) -> None:
    """Writes the secret into a new file.

    Raises:
        FolderError: there is one already, or it cannot be written.
    """
    with folder_errors(path):
        try:
            _create(path, key)
        except FileExistsError:
            raise key_exists(path) from None


def key_exists(path: Path) -> FolderError:
    """Returns the error for a key that is to be stored where there is one already."""
    return FolderError(_OTHER_KEY, _CHOOSE_EMPTY, path=path)


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


def _create(path: Path, key: bytes) -> None:
    create_file(path, key.hex().encode("ascii"), private=True)


_OTHER_KEY = N_("{path}: there is another key already.")
_CHOOSE_EMPTY = N_("Choose an empty place. Nothing was changed.")
_DAMAGED_KEY = N_("{path}: the workspace's key is damaged.")
_MEND_KEY = N_(
    "Take the file from a backup. Or remove it: a new key is made, and forms made before it no longer count as ours."
)
