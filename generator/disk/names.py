"""File names within a file system's limits: a name that is too long is shortened, always in the same way."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from generator.disk.digests import sha256_of


@dataclass(frozen=True, slots=True)
class NameLimits:
    """The greatest lengths of a file name and of a whole path; None where a length is not limited.

    Args:
        name_bytes: bytes of UTF-8 in a name.
        name_units: UTF-16 code units in a name.
        path_units: UTF-16 code units in an absolute path, name included.
    """

    name_bytes: int | None = None
    name_units: int = 255
    path_units: int | None = None


WINDOWS = NameLimits(path_units=259)  # MAX_PATH is 260 with the NUL at the end
WINDOWS_EXTENDED = NameLimits()  # behind the prefix \\?\ only the name is limited


def fitting_name(folder: Path, name: str, *, limits: NameLimits | None = None) -> str | None:
    r"""Returns a name that is short enough for a file in a folder: the name itself, or a shortened one.

    A shortened name is the beginning of the name, `~`, eight hex digits of the SHA-256 of the whole name, and the
    ending: `<beginning>~1a2b3c4d.kuittaus.html`. The same folder and name always give the same result. A letter is
    never parted from its accents.

    Args:
        folder: an existing folder. `atomic` also writes a temporary file of 31 characters there.
        name: a file name without a folder. It may hold undecodable bytes as lone surrogates.
        limits: None takes those of the folder, see `limits_of`.

    Returns:
        None where no file can be written, because the folder's own path is too long.

    Source: DESIGN 3, "The answer".
    """
    longest = _without_path(limits or limits_of(folder), folder)
    if not _fits(_TEMPORARY_NAME, longest):
        return None
    return next((candidate for candidate in chain([name], _shortened(name)) if _fits(candidate, longest)), None)


def form_name(officer: str) -> str:
    """The file name of an officer's form: the officer, with `-` for what Windows does not allow.

    Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    name = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", officer)[:_NAME_LENGTH])
    return f"{name}-.xlsx" if _RESERVED.fullmatch(name) else f"{name}.xlsx"


# Also what would make it a hidden or a lock file (`.x`, `~$x`), and dots and blanks at the end, which Windows drops.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|^[\s.~]|[\s.](?=[\s.]*$)')


def is_reserved(name: str) -> bool:
    """True if Windows has the name for a device, such as CON or COM1, so that no file or folder can have it."""
    return _RESERVED.fullmatch(name) is not None


_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
# Room for the endings of answers; paths on Windows are 260 characters at most.
_NAME_LENGTH = 100


def limits_of(folder: Path) -> NameLimits:
    r"""Returns the limits in a folder. On Windows long paths count as allowed only behind the prefix `\\?\`.

    The registry value LongPathsEnabled is not looked at: Word, Excel and the Explorer do not follow it.

    Source: Linux, limits.h and ext4, NAME_MAX (255 bytes; eCryptfs 143; FAT reports 1530 for 255 UTF-16 units);
        Microsoft, "Maximum Path Length Limitation".
    """
    if sys.platform == "win32":
        return WINDOWS_EXTENDED if str(folder).startswith("\\\\?\\") else WINDOWS
    try:
        longest = os.pathconf(folder, "PC_NAME_MAX")
    except OSError:
        longest = 0
    return NameLimits(name_bytes=longest if longest > 0 else _NAME_MAX)  # some file systems in user space report 0


_NAME_MAX = 255
_TEMPORARY_NAME = f".seuranta-{'0' * 16}.part"
# Our endings, and others of that form. With `~` and the digest they are no longer than the temporary name, so that
# they fit wherever it fits.
_ENDING = re.compile(
    r"(?:(?:-LUONNOS)?(?:-uusi)?\.[0-9A-Za-z]{1,5}"  # X-LUONNOS.docx, X.pdf
    r"|\.[0-9A-Za-z-]{1,15}\.[0-9A-Za-z]{1,5})\Z"  # X.kuittaus.html, X.korjattavaa-2.xlsx
)


def _without_path(limits: NameLimits, folder: Path) -> NameLimits:
    """Returns the limits of a name alone: what the folder's path leaves for it."""
    if limits.path_units is None:
        return limits
    left = limits.path_units - _utf16_units(str(folder.absolute() / "_")) + 1
    return replace(limits, name_units=min(limits.name_units, left))


def _fits(name: str, limits: NameLimits) -> bool:
    return _utf16_units(name) <= limits.name_units and (
        limits.name_bytes is None or len(_utf8(name)) <= limits.name_bytes
    )


def _shortened(name: str) -> Iterator[str]:
    """Yields the shortened forms of a name, the longest first."""
    found = _ENDING.search(name)
    start = found.start() if found else len(name)
    ending = f"~{sha256_of(_utf8(name))[:8]}{name[start:]}"
    return (name[:end] + ending for end in range(start, -1, -1) if _can_cut(name, end))


def _can_cut(name: str, end: int) -> bool:
    """True if no character is torn apart: neither an accent from its letter nor half of a surrogate pair."""
    if end in (0, len(name)):
        return True
    is_pair = "\ud800" <= name[end - 1] <= "\udbff" and "\udc00" <= name[end] <= "\udfff"
    return not is_pair and not unicodedata.category(name[end]).startswith("M")


def _utf8(name: str) -> bytes:
    try:
        return name.encode("utf-8", "surrogateescape")  # the bytes of an undecodable name on POSIX
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")  # Windows allows any lone surrogate


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
