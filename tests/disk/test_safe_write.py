"""Files whole or not at all; records that outlive a crash."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.disk.safe_write import (
    append_lines,
    create_file,
    folder_errors,
    move_where_nothing_stands,
    read_records,
    record_line,
    replace_file,
    written_beside,
)
from generator.errors import FolderError


def _refuse(number: int) -> Any:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [item.name for item in tmp_path.iterdir()] == ["a.bin"]


def test_a_file_that_stands_is_not_created_again(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    create_file(path, b"one")
    with pytest.raises(FileExistsError):
        create_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert [item.name for item in tmp_path.iterdir()] == ["a.bin"]


def test_a_private_file_is_the_owners_alone_where_there_are_owners(tmp_path: Path) -> None:
    path = tmp_path / "key"
    create_file(path, b"secret", private=True)
    expected = 0o666 if os.name == "nt" else 0o600
    assert stat.S_IMODE(path.stat().st_mode) == expected


def test_a_broken_off_write_leaves_what_stood_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.bin"
    replace_file(path, b"one")
    monkeypatch.setattr(os, "fsync", _refuse(errno.ENOSPC))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        replace_file(path, b"two")
    assert path.read_bytes() == b"one"
    assert [item.name for item in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_a_disk_without_hard_links_gives_names_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", _refuse(number))
    path = tmp_path / "a.bin"
    create_file(path, b"one")
    with pytest.raises(FileExistsError), written_beside(path, b"two") as part:
        move_where_nothing_stands(part, path)
    assert path.read_bytes() == b"one"


def _folders_answer(number: int) -> Callable[[int], None]:
    flush = os.fsync

    def flush_files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            _refuse(number)()
        flush(handle)

    return flush_files_only


def test_a_disk_that_cannot_flush_folders_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _folders_answer(errno.EINVAL))
    replace_file(tmp_path / "a.bin", b"one")
    assert (tmp_path / "a.bin").read_bytes() == b"one"


def test_what_the_system_refuses_names_the_path(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no-such-folder") as caught, folder_errors(tmp_path / "no-such-folder"):
        replace_file(tmp_path / "no-such-folder" / "a.bin", b"")
    assert caught.value.exit_code == 4
    assert caught.value.advice


def test_records_come_back_and_a_missing_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert read_records(path, dict) == ()
    append_lines(path, [record_line({"name": "Kansliapäällikkö\n\u2028"})])
    append_lines(path, map(record_line, ({"name": "\udcff"}, {"name": ""})))
    assert read_records(path, dict) == ({"name": "Kansliapäällikkö\n\u2028"}, {"name": "\udcff"}, {"name": ""})
    assert "Kansliapäällikkö" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", [b"", b"{", b"\xff", b"[]", b'{"other": 1}', b"null"])
def test_a_broken_line_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"name": "a"}\n' + line + b'\n{"name": "b"}\n')
    with pytest.raises(FolderError, match=r"a\.jsonl: line 2"):
        read_records(path, lambda record: record["name"])
