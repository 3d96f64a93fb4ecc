"""Removes the temporary files that a crash left behind."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def remove_leftovers(folder: Path) -> tuple[Path, ...]:
    """Removes our own temporary files from a folder and its sub-folders.

    Only files named as `safe_write.written_beside` names them are removed. The caller holds the lock under which files
    are written in these folders: without it, a file that another process is just writing would be removed.
    Symbolic links and Windows junctions are not followed. A folder that cannot be read is passed over. A file that
    cannot be removed stays.

    Returns:
        The removed files, sorted.

    Source: DESIGN 3, "Lock files and temporary names".
    """
    return tuple(sorted(path for path in tuple(_leftovers(folder)) if _remove(path)))


_TEMPORARY_NAME = re.compile(r"\.seuranta-[0-9a-f]{16}\.part")
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT; Python's `stat` has the name on Windows only


def _leftovers(folder: Path) -> Iterator[Path]:
    folders = [folder]
    while folders:
        for entry in _entries(folders.pop()):
            with suppress(OSError):  # it has gone meanwhile
                if _is_real_folder(entry):
                    folders.append(Path(entry.path))
                elif _TEMPORARY_NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)


def _entries(folder: Path) -> tuple[os.DirEntry[str], ...]:
    try:
        with os.scandir(folder) as entries:
            return tuple(entries)
    except OSError:
        return ()


def _is_real_folder(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    # Python 3.11 takes a junction for a folder, though it leads elsewhere like a symbolic link.
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) != _JUNCTION


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
