"""Crash-safe writing: a file is written whole or not at all; a record is on the disk when the call returns."""

import errno
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from generator.domain.base.rule import N_
from generator.errors import FolderError

T = TypeVar("T")

_SHARED_MODE = 0o666
_PRIVATE_MODE = 0o600
# Errors of file systems that cannot sync folders or make hard links (FAT, many network shares).
_CANNOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF})
_CANNOT_LINK = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file whole, over any file of that name. The folder must exist."""
    with written_beside(path, data) as part:
        part.replace(path)
    _sync_folder(path.parent)


def create_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Writes a new file whole; `private`: only its owner may read it, where the system knows owners.

    Raises:
        FileExistsError: the path exists already; it is left unchanged.
    """
    with written_beside(path, data, private=private) as part:
        move_where_nothing_stands(part, path)
    _sync_folder(path.parent)


@contextmanager
def written_beside(path: Path, data: bytes, *, private: bool = False) -> Iterator[Path]:
    """Writes the bytes to a temporary file beside `path`, which the inbox scan ignores; removes it after the block."""
    part = path.with_name(f".seuranta-{secrets.token_hex(8)}.part")
    mode = _PRIVATE_MODE if private else _SHARED_MODE
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        part.unlink(missing_ok=True)


def move_where_nothing_stands(part: Path, path: Path) -> None:
    """Renames a file in one step, if no other file has the new name.

    Raises:
        FileExistsError: the path exists already; it is left unchanged.
    """
    if sys.platform == "win32":
        part.rename(path)  # refuses to replace, unlike on POSIX
        return
    try:
        path.hardlink_to(part)
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        part.rename(path)


def append_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Appends lines, each with its end; they are on the disk when this returns. The folder must exist.

    The end of a line that a crash tore off is first set aside in the file's namesake `.torn`.
    """
    _set_torn_aside(path)
    is_new = not path.exists()
    _append(path, b"".join(lines))
    if is_new:
        _sync_folder(path.parent)


def read_records(path: Path, parse: Callable[[Any], T]) -> tuple[T, ...]:
    """Reads JSON lines. A last line without its end is no record: somebody is writing it, or a crash tore it off.

    Args:
        parse: makes a record of what a line holds; raises LookupError, TypeError or ValueError where it does not fit.

    Raises:
        FolderError: another line is broken; file and line (1-based) are named.
    """
    with folder_errors(path):
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return tuple(_parse(line, parse, path, number) for number, line in enumerate(lines, start=1))


def broken_line(path: Path, number: int) -> FolderError:
    """The error for a line (1-based) that cannot be read."""
    return FolderError(_BROKEN_LINE, _MEND_LINE, path=path, line=number)


@contextmanager
def folder_errors(path: Path) -> Iterator[None]:
    """Turns errors of the operating system into FolderError."""
    try:
        yield
    except OSError as error:
        raise FolderError(_REFUSED, _CHECK, path=path, reason=_reason(error)) from error


def _reason(error: OSError) -> str:
    """Why the system refused, as a message of the catalogue; in the system's own words where it has none."""
    if isinstance(error, FileNotFoundError):
        return _NOT_THERE
    if isinstance(error, PermissionError):
        return _NOT_ALLOWED
    if isinstance(error, NotADirectoryError | FileExistsError):
        return _NO_FOLDER
    return _DISK_FULL if error.errno == errno.ENOSPC else error.strerror or str(error)


_BROKEN_LINE = N_("{path}: line {line} cannot be read.")
_MEND_LINE = N_("Take the file from a backup. Until its lines can be read, nothing is written.")
_REFUSED = N_("{path}: the file or folder cannot be read or written: {reason}")
_NOT_THERE = N_("it is not there")
_NOT_ALLOWED = N_("you may not do so, or another program has it open")
_NO_FOLDER = N_("a file lies in the place of the folder; move it elsewhere")
_DISK_FULL = N_("the disk is full")
_CHECK = N_("Check that the folder is there, that you may write in it, and that the disk is not full.")


def record_line(record: Mapping[str, object]) -> bytes:
    """Returns a record as a JSON line, with its end."""
    # A name that is not UTF-8 on disk holds lone surrogates; backslashreplace writes them as JSON's own escapes.
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def _parse(line: bytes, parse: Callable[[Any], T], path: Path, number: int) -> T:
    try:
        return parse(json.loads(line.decode("utf-8")))
    except (LookupError, TypeError, ValueError) as error:
        raise broken_line(path, number) from error


def _set_torn_aside(path: Path) -> None:
    data = path.read_bytes() if path.exists() else b""
    end = data.rfind(b"\n") + 1
    if end == len(data):
        return
    _append(path.with_suffix(".torn"), data[end:] + b"\n")
    with path.open("r+b") as file:
        file.truncate(end)
        os.fsync(file.fileno())


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk; Windows offers no such call, NTFS journals names by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(handle)
