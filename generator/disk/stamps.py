"""Tells whether folders are as they were, from names, sizes and times, without reading the files."""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

# Times of changes so close together may be the same: FAT counts in steps of two seconds.
CLOSE_NS = 2 * 10**9
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: a folder of Windows that leads elsewhere, like a link
# Kind and rights, size, times in ns and the number on the disk; of a folder the kind and rights alone.
FileStamp = tuple[int, ...]


class UnprovableError(Exception):
    """There is a link, or something that cannot be looked at: stamps do not tell whether its content has changed."""


def stamps_of(*places: Path, without: Collection[str] = ()) -> dict[str, FileStamp]:
    """Returns the stamps of files and of everything in folders, by path; what does not exist has none.

    Args:
        without: what is left out: a name, wherever it is, or the path of a file or folder.

    Raises:
        UnprovableError: stamps are no proof here.
    """
    try:
        there = [str(place) for place in places if os.path.lexists(place)]
        return {path: stamp for place in there for path, stamp in _stamps(place, without)}
    except OSError as error:
        raise UnprovableError from error


def changed_lately(stamps: Mapping[str, FileStamp], now: int) -> tuple[str, ...]:
    """Returns the files that were changed so shortly before `now` (ns since 1970), or later, that a stamp is no proof.

    The next change of such a file may have the same time.

    Source: "racy" entries of Git's index, racy-git.txt.
    """
    return tuple(path for path, stamp in stamps.items() if any(time > now - CLOSE_NS for time in stamp[2:4]))


def _stamps(path: str, without: Collection[str]) -> Iterator[tuple[str, FileStamp]]:
    status = os.lstat(path)
    if stat.S_ISDIR(status.st_mode) and getattr(status, "st_reparse_tag", 0) != _JUNCTION:
        yield path, (status.st_mode,)
        with os.scandir(path) as entries:
            names = [entry.path for entry in entries if entry.name not in without and entry.path not in without]
        for name in names:
            yield from _stamps(name, without)
    elif stat.S_ISREG(status.st_mode):
        yield path, (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    else:
        raise UnprovableError(path)
