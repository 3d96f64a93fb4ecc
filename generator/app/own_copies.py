"""Writes a file that a person asked for beside theirs: never over a file that is not ours, or that is open."""

from collections.abc import Callable
from pathlib import Path

from generator.app.owned_files import is_locked
from generator.disk.safe_write import folder_errors, replace_file
from generator.domain.base.rule import N_
from generator.errors import FolderError


def require_free(path: Path, is_ours: Callable[[bytes], bool]) -> None:
    """Raises FolderError where a person's file stands, or one that somebody has open."""
    with folder_errors(path):
        is_free = not path.exists() or (path.is_file() and is_ours(path.read_bytes()))
    if not is_free or is_locked(path):
        raise FolderError(TAKEN_PLACE, OTHER_NAME, path=path)


def write_copy(path: Path, data: bytes) -> None:
    """Writes a file to a place that is free or ours; a missing folder is made."""
    with folder_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)


TAKEN_PLACE = N_("{path}: the file is open, or it is not one that this program has made, so it was left alone.")
OTHER_NAME = N_("Close the file, or give another name with --out.")
