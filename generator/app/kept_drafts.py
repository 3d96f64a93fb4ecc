"""The last drafts as they were placed, with which an edited one is compared; they lie in the state folder."""

from pathlib import Path

from generator.app.session import Session, state_paths
from generator.disk.digests import sha256_of
from generator.disk.safe_write import folder_errors, replace_file

# A person may edit a draft for days while saves arrive. Older ones are removed: their values stay in the archive.
MOST_KEPT = 200


def keep_draft(session: Session, values: str, docx: bytes) -> None:
    """Keeps a placed draft under the digest of its values.

    Raises:
        FolderError: the state folder cannot be written.
    """
    path = _folder(session) / f"{values[:16]}-{sha256_of(docx)[:16]}.docx"
    with folder_errors(path):
        if path.exists():
            path.touch()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, docx)
        for old in sorted(path.parent.glob("*.docx"), key=_age)[:-MOST_KEPT]:
            old.unlink(missing_ok=True)


def kept_drafts(session: Session, values: str) -> tuple[bytes, ...]:
    """Returns the kept drafts that printed these values, the latest first."""
    folder = _folder(session)
    with folder_errors(folder):
        found = sorted(folder.glob(f"{values[:16]}-*.docx"), key=_age, reverse=True)
        return tuple(path.read_bytes() for path in found)


def _folder(session: Session) -> Path:
    return state_paths(session.workspace).folder / "drafts"


def _age(path: Path) -> float:
    return path.stat().st_mtime
