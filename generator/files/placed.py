"""Our own files in people's folders: written, replaced and removed only while they are as we left them."""

import unicodedata
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.files.atomic import (
    append_records,
    folder_errors,
    move_where_nothing_stands,
    read_records,
    written_beside,
)


class Placement(StrEnum):
    """What became of a file that was to be placed or removed.

    `TOUCHED`: what stands there is not ours, or somebody changed it; it was left alone. `LOCKED`: somebody has it
    open; it was left alone, and can be tried again. `UNCHANGED`: there was nothing to do.
    """

    WRITTEN = "written"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    TOUCHED = "touched"
    LOCKED = "locked"


# A person holds the place.
HELD = (Placement.TOUCHED, Placement.LOCKED)


class Placed:
    """The record of every file that we placed, by path and digest (SHA-256), kept as JSON lines.

    A file is ours while its bytes are any that we once placed at its path. Paths are recorded relative to the
    workspace's root, so that a workspace may move; paths elsewhere are recorded whole. One process writes at a time.
    """

    def __init__(self, record: Path, root: Path) -> None:
        """Reads the record.

        Raises:
            FolderError: the record cannot be read, or a line of it is broken.
        """
        self._record = record
        self._root = root.absolute()
        self._ours = set(read_records(record, _entry))
        self._known_names = {name for name, _ in self._ours}

    def is_ours(self, path: Path) -> bool:
        """Whether a file stands there with bytes that we once placed there."""
        name = self._name(path)
        if name not in self._known_names:
            return False
        try:
            return (name, _digest(path.read_bytes())) in self._ours
        except OSError:
            return False

    def is_held(self, path: Path) -> bool:
        """Whether a person holds the place: what stands there is not ours, or somebody has it open."""
        return is_locked(path) or (path.exists() and not self.is_ours(path))

    def would_place(self, path: Path, data: bytes) -> bool:
        """Whether `place` would put the bytes there, or finds them there already.

        Raises:
            FolderError: what stands there cannot be read.
        """
        with folder_errors(path):
            return self._obstacle(path, data) in (None, Placement.UNCHANGED)

    def place(self, path: Path, data: bytes) -> Placement:
        """Puts our bytes at a path, whole or not at all, unless a person's file stands there or it is open.

        The same bytes count as ours whoever wrote them. Missing folders are made.

        Raises:
            FolderError: the folder cannot be written.
        """
        with folder_errors(path):
            obstacle = self._obstacle(path, data)
            if obstacle:
                return obstacle
            path.parent.mkdir(parents=True, exist_ok=True)
            self._remember(path, data)
            with written_beside(path, data) as part:
                return self._give_name(part, path)

    def adopt(self, path: Path, data: bytes) -> None:
        """Counts a person's file as ours from now on, with just these bytes: what it said has been taken."""
        with folder_errors(path):
            self._remember(path, data)

    def remove(self, path: Path) -> Placement:
        """Removes a file while it is ours and nobody has it open.

        Raises:
            FolderError: the folder cannot be written.
        """
        with folder_errors(path):
            if not path.is_symlink() and not path.exists():
                return Placement.UNCHANGED
            if not self.is_ours(path):
                return Placement.TOUCHED
            return Placement.LOCKED if is_locked(path) else _unlink(path)

    def _obstacle(self, path: Path, data: bytes) -> Placement | None:
        """Why nothing is to be written; None: nothing stands in the way."""
        if path.is_dir():
            return Placement.TOUCHED
        try:
            standing = path.read_bytes()
        except FileNotFoundError:
            return Placement.LOCKED if is_locked(path) else None
        except PermissionError:
            return Placement.LOCKED
        if standing == data:
            self._remember(path, data)
            return Placement.UNCHANGED
        if (self._name(path), _digest(standing)) not in self._ours:
            return Placement.TOUCHED
        return Placement.LOCKED if is_locked(path) else None

    def _remember(self, path: Path, data: bytes) -> None:
        entry = self._name(path), _digest(data)
        if entry in self._ours:
            return
        self._record.parent.mkdir(parents=True, exist_ok=True)
        append_records(self._record, ({"path": entry[0], "digest": entry[1]},))
        self._ours.add(entry)
        self._known_names.add(entry[0])

    def _give_name(self, part: Path, path: Path) -> Placement:
        """Looks once more, for a person may have saved meanwhile."""
        try:
            if self.is_ours(path):
                part.replace(path)
            else:
                move_where_nothing_stands(part, path)
        except FileExistsError:
            return Placement.TOUCHED
        except PermissionError:
            return Placement.LOCKED
        return Placement.WRITTEN

    def _name(self, path: Path) -> str:
        place = path.absolute()
        name = place.relative_to(self._root) if place.is_relative_to(self._root) else place
        return unicodedata.normalize("NFC", name.as_posix())


def is_locked(path: Path) -> bool:
    """Whether the lock file of a program that has the file open stands beside it.

    Excel puts `~$` before the name, LibreOffice makes `.~lock.name#`, and Word puts `~$` in the place of the first one
    or two letters of a longer name.

    Source: Microsoft KB 211632, "Description of how Word creates temporary files", owner file.
    """
    name = path.name
    locks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#")
    return any(path.with_name(lock).exists() for lock in locks)


def digest_of(path: Path) -> str:
    """SHA-256 of a file; an empty string where there is none, or it cannot be read now."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _unlink(path: Path) -> Placement:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return Placement.LOCKED
    return Placement.REMOVED


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _entry(record: Any) -> tuple[str, str]:
    entry = record["path"], record["digest"]
    if not all(isinstance(part, str) for part in entry):
        raise TypeError("not an entry of the record")
    return entry
