"""The user's own folder for what can be made again: private, bounded, and never believed where it is damaged."""

import os
from pathlib import Path

import pytest

from generator.disk.user_cache import MOST_BYTES, UserCache, cache_folder, empty_user_cache, open_user_cache

ONE, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_what_is_kept_is_read_by_the_same_program_alone(tmp_path: Path) -> None:
    UserCache(tmp_path, ONE).write("rows", b"sanoja")
    assert UserCache(tmp_path, ONE).read("rows") == b"sanoja"
    assert UserCache(tmp_path, OTHER).read("rows") is None
    assert UserCache(tmp_path, ONE).read("others") is None


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:], lambda _: b""])
def test_a_damaged_file_is_not_read(tmp_path: Path, damage: "type[bytes]") -> None:
    cache = UserCache(tmp_path, ONE)
    cache.write("rows", b"Budjetti on tasapainossa.")
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert cache.read("rows") is None


def test_those_that_were_not_used_for_longest_go_first(tmp_path: Path) -> None:
    cache, hour = UserCache(tmp_path, ONE, most_bytes=300), 3600.0
    for age, name in ((3, "old"), (2, "used"), (1, "new")):
        cache.write(name, b"x" * 60)
        make_older(tmp_path, name, age * hour)
    assert cache.read("old")  # used last of all
    cache.write("newest", b"x" * 60)
    assert names_in(tmp_path) == {"old", "new", "newest"}


def test_what_was_not_used_for_a_month_goes(tmp_path: Path) -> None:
    cache, day = UserCache(tmp_path, ONE), 24 * 3600.0
    for age, name in ((31, "old"), (29, "new")):
        cache.write(name, b"x")
        make_older(tmp_path, name, age * day)
    UserCache(tmp_path, OTHER).write("newest", b"x")
    assert names_in(tmp_path) == {"new", "newest"}


def make_older(folder: Path, name: str, seconds: float) -> None:
    for path in folder.glob(f"*-{name}"):
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


def names_in(folder: Path) -> set[str]:
    return {path.name.rpartition("-")[2] for path in folder.iterdir()}


def test_what_is_too_large_or_has_no_folder_is_not_kept(tmp_path: Path) -> None:
    UserCache(tmp_path, ONE).write("rows", bytes(MOST_BYTES + 1))
    UserCache(tmp_path / "nowhere", ONE).write("rows", b"x")
    assert not any(tmp_path.iterdir())


def test_folder_and_files_are_for_the_user_alone(home: Path) -> None:
    cache = open_user_cache()
    assert cache is not None and cache.folder.is_relative_to(home)
    cache.write("rows", b"x")
    (path,) = cache.folder.iterdir()
    assert (cache.folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_folder_that_others_may_read_is_not_used(home: Path) -> None:
    cache_folder().mkdir(parents=True)
    cache_folder().chmod(0o755)
    assert open_user_cache() is None


def test_a_link_is_not_used(home: Path) -> None:
    (home / "elsewhere").mkdir(mode=0o700)
    cache_folder().parent.mkdir(parents=True)
    cache_folder().symlink_to(home / "elsewhere")
    assert open_user_cache() is None


def test_a_folder_that_cannot_be_made_is_no_fault(home: Path) -> None:
    (home / "seuranta").write_bytes(b"a file where the folder would be")
    assert open_user_cache() is None


def test_emptying_leaves_nothing(home: Path) -> None:
    cache = open_user_cache()
    assert cache is not None
    cache.write("rows", b"sanoja")
    empty_user_cache()
    assert cache.read("rows") is None and not cache.folder.exists()
    empty_user_cache()
