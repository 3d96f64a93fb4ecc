"""Our own files in people's folders: they are replaced and removed only while nobody has changed them."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from generator.app.file_marks import is_unchanged
from generator.app.provenance import proof_places, read_digests
from generator.disk.digests import digest_of, remembered_digest_of, sha256_of
from generator.disk.safe_write import folder_errors, move_where_nothing_stands, written_beside
from generator.store.records import PlacedFiles
from generator.store.store import Store


class Placement(StrEnum):
    """The result of placing or removing a file.

    `TOUCHED`: the file there is not ours, or somebody changed it; it was left alone. `LOCKED`: somebody has it
    open; it was left alone, and can be tried again. `UNCHANGED`: there was nothing to do.
    """

    WRITTEN = "written"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    TOUCHED = "touched"
    LOCKED = "locked"


# A person holds the place.
IN_USE = (Placement.TOUCHED, Placement.LOCKED)
# Our file lies there now.
DONE = (Placement.WRITTEN, Placement.UNCHANGED)


class Placer:
    """Places files and remembers them in the journal, by path and digest.

    A file is ours while its bytes are any that we once placed at its path, or carry our mark unchanged: a file whose
    record was lost is known again by its mark. Paths are recorded relative to the workspace's root, so that a workspace
    may move; paths elsewhere are recorded whole.
    """

    def __init__(self, store: Store, root: Path) -> None:
        self._store = store
        self._root = root.absolute()
        # Announced last and not yet written to their paths; their digests are in the journal.
        self._announced: dict[Path, bytes] = {}

    def is_ours(self, path: Path) -> bool:
        """True if the file is ours and nobody has changed it."""
        try:
            return path.is_file() and self._is_ours(path, path.read_bytes())
        except OSError:
            return False

    def is_foreign(self, path: Path) -> bool:
        """True if something that is not ours lies there; our file is read only if its stamp changed."""
        return path.exists() and not self.stands_unchanged(path) and not self.is_ours(path)

    def counts_as_ours(self, path: Path, digest: str) -> bool:
        """True if bytes with this digest are ours at the path, also a person's file whose content was processed."""
        return self._store.history.has_placed(self._name(path), digest)

    def is_recorded(self, path: Path) -> bool:
        """True if the journal tells that this program put these bytes at the path; a mark does not count."""
        return self._store.history.has_placed(self._name(path), digest_of(path))

    def stands_unchanged(self, path: Path) -> bool:
        """True if a file that this program put at the path lies there; its bytes are read only if its stamp changed."""
        return self._store.history.has_placed(self._name(path), remembered_digest_of(path))

    def is_edited(self, path: Path) -> bool:
        """True if this program put a file at the path, and a file with other bytes lies there now."""
        digest = remembered_digest_of(path)  # looked at in each round, and there may be many finals
        return bool(digest) and self._store.history.is_changed(self._name(path), digest)

    def placed_digests(self, path: Path) -> tuple[str, ...]:
        """Returns the digests of all files that this program put at the path, the first one first."""
        return self._store.history.digests_placed_at(self._name(path))

    def is_held(self, path: Path) -> bool:
        """True if we may not use the path: the file is a person's, or somebody has it open.

        Only size and time are compared here. The file is checked again before it is overwritten or removed.
        """
        if is_locked(path):
            return True
        is_known = self._store.history.has_placed(self._name(path), remembered_digest_of(path))
        return not is_known and _stands_there(path) and not self.is_ours(path)

    def would_place(self, path: Path, data: bytes) -> bool:
        """True if `place` would write the bytes, or they are there already.

        Raises:
            FolderError: what stands there cannot be read.
        """
        with folder_errors(path):
            return self._obstacle(path, data) in (None, Placement.UNCHANGED)

    def is_persons(self, path: Path, data: bytes) -> bool:
        """True if a person's file, or something that is no file, is at the path for these bytes.

        Raises:
            FolderError: what stands there cannot be read.
        """
        with folder_errors(path):
            return self._obstacle(path, data) is Placement.TOUCHED

    def announce(self, files: Mapping[Path, bytes]) -> None:
        """Records files in the journal before they are placed, all in one entry: after a crash they are still ours."""
        names = ((self._name(path), sha256_of(data)) for path, data in files.items())
        new = tuple(sorted(each for each in names if not self._store.history.has_placed(*each)))
        if new:
            self._store.append(PlacedFiles(new))
        self._announced = dict(files)

    def place(self, path: Path, data: bytes) -> Placement:
        """Writes our bytes to a path, completely or not at all, unless a person's file is there or the file is open.

        The same bytes count as ours whoever wrote them. Missing folders are made.

        Raises:
            FolderError: the folder cannot be written.
        """
        with folder_errors(path):
            obstacle = self._obstacle(path, data)
            if obstacle in (None, Placement.UNCHANGED) and self._announced.pop(path, None) is not data:
                self.announce({path: data})
            if obstacle:
                return obstacle
            path.parent.mkdir(parents=True, exist_ok=True)
            with written_beside(path, data) as part:
                return self._give_name(part, path)

    def place_all(self, files: Mapping[Path, bytes]) -> dict[Path, Placement]:
        """Writes several files as `place` does, with one entry in the journal.

        Raises:
            FolderError: a folder cannot be written.
        """
        self.announce({path: data for path, data in files.items() if self.would_place(path, data)})
        return {path: self.place(path, data) for path, data in files.items()}

    def adopt(self, path: Path, data: bytes) -> None:
        """Treats a person's file with exactly these bytes as ours from now on, because its content was processed."""
        self.announce({path: data})

    def adoption(self, path: Path, data: bytes) -> PlacedFiles:
        """Returns the record that does what `adopt` does, to be appended together with what was read of the file."""
        return PlacedFiles(((self._name(path), sha256_of(data)),))

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
        """Returns the reason not to write; None if nothing is in the way."""
        if _stands_there(path) and not path.is_file():
            return Placement.TOUCHED
        try:
            standing = path.read_bytes()
        except FileNotFoundError:
            return Placement.LOCKED if is_locked(path) else None
        except PermissionError:
            return Placement.LOCKED
        if standing == data:
            return Placement.UNCHANGED
        if not self._is_ours(path, standing):
            return Placement.TOUCHED
        return Placement.LOCKED if is_locked(path) else None

    def _is_ours(self, path: Path, data: bytes) -> bool:
        if self._store.history.has_placed(self._name(path), sha256_of(data)):
            return True
        return _is_proven_pdf(path, data) if path.suffix == ".pdf" else is_unchanged(path.name, data)

    def _give_name(self, part: Path, path: Path) -> Placement:
        """Gives the temporary file its final name after another check, since a person may have saved meanwhile."""
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
    """True if an Office program has the file open: its lock file lies beside it.

    Excel puts `~$` before the name, LibreOffice makes `.~lock.name#`, and Word puts `~$` in the place of the first one
    or two letters of a longer name.

    Source: Microsoft KB 211632, "Description of how Word creates temporary files", owner file.
    """
    name = path.name
    locks = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#")
    return any(_exists(path.with_name(lock)) for lock in locks)


def _stands_there(path: Path) -> bool:
    """True if anything exists at the path, even a link that leads nowhere."""
    return path.is_symlink() or path.exists()


def _exists(lock: Path) -> bool:
    try:
        return lock.exists()
    except OSError:  # the lock's name is too long for this file system, so there is none
        return False


def _is_proven_pdf(path: Path, data: bytes) -> bool:
    """True if the provenance of a PDF is unchanged and has the PDF's digest."""
    return any(_is_proof_of(proof, data) for proof in proof_places(path))


def _is_proof_of(proof: Path, pdf: bytes) -> bool:
    try:
        record = proof.read_bytes()
    except OSError:
        return False
    digests = read_digests(proof)
    return digests is not None and digests.pdf == sha256_of(pdf) and is_unchanged(proof.name, record)


def _unlink(path: Path) -> Placement:
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return Placement.LOCKED
    return Placement.REMOVED
