"""The key is made once, belongs to its owner alone, and a damaged one is told and never replaced."""

import os
import stat
from pathlib import Path

import pytest

from generator.errors import FolderError
from generator.store.key_file import make_key, read_key


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = make_key(path)
    assert len(key) == 32
    assert make_key(path) == read_key(path) == key
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_reading_a_key_makes_none(tmp_path: Path) -> None:
    assert read_key(tmp_path / "key") is None
    assert not any(tmp_path.iterdir())


def test_two_that_make_the_key_at_once_have_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, exists = tmp_path / "key", Path.exists

    def made_just_after(asked: Path) -> bool:
        found = exists(asked)
        if asked == path and not found:
            path.write_text("ab" * 32, encoding="ascii")
        return found

    monkeypatch.setattr(Path, "exists", made_just_after)
    assert make_key(path) == bytes.fromhex("ab" * 32)


def test_a_key_that_cannot_be_made_stops_the_job(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="nowhere") as caught:
        make_key(tmp_path / "nowhere" / "key")
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("data", [b"", b"00" * 31, b"zz" * 32, b"\xff" * 64, b"00" * 33])
def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(data)
    for read in (make_key, read_key):
        with pytest.raises(FolderError, match="damaged"):
            read(path)
    assert path.read_bytes() == data
