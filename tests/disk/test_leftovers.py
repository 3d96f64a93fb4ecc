"""What a crash left behind goes; nothing else does."""

import os
import sys
from pathlib import Path

import pytest

from generator.disk.leftovers import remove_leftovers
from generator.disk.safe_write import written_beside

LEFTOVER = ".seuranta-0123456789abcdef.part"


def make(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    return path


def test_leftovers_go_from_the_folder_and_those_below(tmp_path: Path) -> None:
    made = tuple(make(tmp_path / folder / LEFTOVER) for folder in ("", "a", "a/b", ".seuranta/archive"))
    assert remove_leftovers(tmp_path) == tuple(sorted(made))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert remove_leftovers(tmp_path) == ()


@pytest.mark.parametrize(
    "name",
    [
        ".seuranta-0123456789abcde.part",
        ".seuranta-0123456789abcdef0.part",
        ".seuranta-0123456789ABCDEF.part",
        ".seuranta-0123456789abcdeg.part",
        "seuranta-0123456789abcdef.part",
        "x.seuranta-0123456789abcdef.part",
        ".seuranta-0123456789abcdef.part.xlsx",
        ".seuranta-0123456789abcdef.partial",
        *([] if os.name == "nt" else [".seuranta-0123456789abcdef.part\n"]),
        "Sivistysjohtaja.xlsx",
        "~$Sivistysjohtaja.xlsx",
    ],
)
def test_no_other_name_is_touched(tmp_path: Path, name: str) -> None:
    path = make(tmp_path / name)
    assert remove_leftovers(tmp_path) == ()
    assert path.read_bytes() == b"half"


def test_the_name_is_that_of_safe_writing(tmp_path: Path) -> None:
    with written_beside(tmp_path / "a", b"") as part:
        assert remove_leftovers(tmp_path) == (part,)


def test_a_folder_of_the_name_stays_but_is_looked_into(tmp_path: Path) -> None:
    inner = make(tmp_path / LEFTOVER / LEFTOVER)
    assert remove_leftovers(tmp_path) == (inner,)
    assert (tmp_path / LEFTOVER).is_dir()


if sys.platform == "win32":  # links are for administrators there, and elsewhere there are no junctions

    def test_junctions_are_not_followed(tmp_path: Path) -> None:
        import _winapi

        kept = make(tmp_path / "elsewhere" / LEFTOVER)
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        _winapi.CreateJunction(str(kept.parent), str(inbox / "folder"))
        assert remove_leftovers(inbox) == ()
        assert kept.exists()
else:

    def test_links_are_neither_followed_nor_removed(tmp_path: Path) -> None:
        kept = make(tmp_path / "elsewhere" / LEFTOVER)
        inbox = tmp_path / "inbox"
        inbox.mkdir()
        (inbox / "folder").symlink_to(kept.parent, target_is_directory=True)
        (inbox / LEFTOVER).symlink_to(kept)
        assert remove_leftovers(inbox) == ()
        assert kept.exists()
        assert (inbox / LEFTOVER).is_symlink()


def test_a_folder_that_cannot_be_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, open_one = make(tmp_path / "closed" / LEFTOVER), make(tmp_path / "open" / LEFTOVER)
    scandir = os.scandir

    def refuse(folder: Path) -> object:
        if folder == closed.parent:
            raise PermissionError(folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert remove_leftovers(tmp_path) == (open_one,)
    assert closed.exists()


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    assert remove_leftovers(tmp_path / "missing") == ()


def test_a_file_that_cannot_be_removed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, free = make(tmp_path / "a" / LEFTOVER), make(tmp_path / "b" / LEFTOVER)
    unlink = Path.unlink

    def refuse(path: Path) -> None:
        if path == held:
            raise PermissionError(path)
        unlink(path)

    monkeypatch.setattr(Path, "unlink", refuse)
    assert remove_leftovers(tmp_path) == (free,)
    assert held.exists()


def test_a_file_that_goes_meanwhile_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / LEFTOVER)

    def gone(path: Path) -> None:
        raise FileNotFoundError(path)

    monkeypatch.setattr(Path, "unlink", gone)
    assert remove_leftovers(tmp_path) == ()
