"""The bytes of every save are kept, whatever happens in between."""

from hashlib import sha256
from pathlib import Path

import pytest

from generator.errors import FolderError
from generator.store.archive_folder import ArchiveFolder
from generator.store.state import MissingBytesError

ONE = sha256(b"one").hexdigest()


def _kept_file(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / f"{digest}.bin"


def test_bytes_are_kept_once_by_their_digest(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "archive")
    assert not archive.has(ONE)
    assert archive.keep(b"one") == archive.keep(b"one") == ONE
    assert archive.has(ONE)
    assert archive.read(ONE) == b"one"
    assert _kept_file(tmp_path / "archive", ONE).read_bytes() == b"one"
    assert [item.name for item in (tmp_path / "archive").rglob("*.*")] == [f"{ONE}.bin"]


def test_an_empty_file_is_a_save_too(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path)
    assert archive.read(archive.keep(b"")) == b""


def test_a_torn_file_is_written_again_when_its_bytes_come_back(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path)
    archive.keep(b"one")
    _kept_file(tmp_path, ONE).write_bytes(b"on")
    archive.keep(b"one")
    assert archive.read(ONE) == b"one"


def test_a_damaged_save_is_not_given_out(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path)
    archive.keep(b"one")
    _kept_file(tmp_path, ONE).write_bytes(b"eno")
    with pytest.raises(MissingBytesError, match="damaged") as caught:
        archive.read(ONE)
    assert caught.value.advice


def test_a_missing_save_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingBytesError, match=ONE):
        ArchiveFolder(tmp_path).read(ONE)


def test_an_archive_that_cannot_be_written_stops_the_job(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("no folder", encoding="utf-8")
    with pytest.raises(FolderError) as caught:
        ArchiveFolder(tmp_path / "archive").keep(b"one")
    assert not isinstance(caught.value, MissingBytesError)
