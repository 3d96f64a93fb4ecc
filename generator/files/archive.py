"""The archive: every save by the digest of its bytes, and the journal that gives saves their order."""

import re
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from generator.domain.rule import N_
from generator.errors import FolderError
from generator.files.atomic import append_records, broken_line, folder_errors, read_records, replace_file

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Save:
    """One line of the journal.

    `sequence` counts from 1 and is the only order of saves; `path` is relative to the inbox, with `/`, spelt as on
    disk; `digest` is SHA-256 in hex; `time` is ISO 8601 with its offset, the same for all saves of one pass; `period`
    is the id of the period in which it was saved (an empty string: not told).
    """

    sequence: int
    path: str
    digest: str
    time: str
    period: str = ""


class Archive:
    """A folder that only grows: `ab/abcd….bin` for each content ever saved, and `journal.jsonl`.

    Bytes are kept before they are entered, so that no entry is without its bytes. One process writes at a time; any
    may read meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._journal = folder / "journal.jsonl"

    def keep(self, data: bytes) -> str:
        """Puts the bytes on the disk, once, and gives their digest.

        A file of another size under the digest is damaged, and is written again.

        Raises:
            FolderError: the archive cannot be written.
        """
        digest = sha256(data).hexdigest()
        path = self._path(digest)
        with folder_errors(path):
            if not _has_size(path, len(data)):
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, data)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes of a save.

        Raises:
            FolderError: the archive has no such bytes, or they are no longer those that were kept.
        """
        path = self._path(digest)
        with folder_errors(path):
            if not path.is_file():
                raise FolderError(_MISSING, _RESTORE, path=path)
            data = path.read_bytes()
        if sha256(data).hexdigest() != digest:
            raise FolderError(_DAMAGED, _RESTORE, path=path)
        return data

    def journal(self) -> tuple[Save, ...]:
        """All saves in the order of their sequence.

        Raises:
            FolderError: a line of the journal is broken; a last line that a crash tore off is no entry.
        """
        saves = read_records(self._journal, _save)
        for number, (one, following) in enumerate(pairwise(saves), start=2):
            if following.sequence <= one.sequence:
                raise broken_line(self._journal, number)
        return saves

    def last_sequence(self) -> int:
        """The sequence of the last save; 0 in an empty journal."""
        return max((save.sequence for save in self.journal()), default=0)

    def enter(self, new: tuple[tuple[str, str], ...], time: str, period: str) -> tuple[Save, ...]:
        """Enters saves, on the disk when this returns, numbered on from the last.

        A last line that a crash tore off is set aside in `journal.torn`.

        Args:
            new: path and digest of each, in the order in which they shall count.
            time: when the pass saw them, ISO 8601 with offset.
            period: the id of the period that is reported now.

        Raises:
            FolderError: the journal is broken or cannot be written.
        """
        if not new:
            return ()
        last = self.last_sequence()
        saves = tuple(Save(sequence, *what, time, period) for sequence, what in enumerate(new, start=last + 1))
        with folder_errors(self._journal):
            self._folder.mkdir(parents=True, exist_ok=True)
            append_records(self._journal, map(asdict, saves))
        return saves

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.bin"


_MISSING = N_("{path}: the archive does not hold this save.")
_DAMAGED = N_("{path}: the save is damaged in the archive.")
_RESTORE = N_("Take the file from a backup of the archive.")


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _save(record: Any) -> Save:
    save = Save(record["sequence"], record["path"], record["digest"], record["time"], record.get("period", ""))
    if type(save.sequence) is not int or save.sequence < 1 or not _DIGEST.fullmatch(save.digest):
        raise ValueError("not an entry of the journal")
    if not all(isinstance(text, str) for text in (save.path, save.time, save.period)):
        raise TypeError("not an entry of the journal")
    return save
