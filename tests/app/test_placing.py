"""Our files in people's folders: never over what a person wrote."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.app.placing import Placed, Placement, is_locked
from generator.errors import FolderError


@pytest.fixture
def placed(tmp_path: Path) -> Placed:
    return Placed(tmp_path / "state" / "placed.jsonl", tmp_path)


def _names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_a_file_is_written_then_left_then_renewed(placed: Placed, tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "X.kuittaus.html"
    assert not placed.is_ours(path)
    assert placed.place(path, b"one") is Placement.WRITTEN
    assert placed.is_ours(path)
    assert placed.place(path, b"one") is Placement.UNCHANGED
    assert placed.place(path, b"two") is Placement.WRITTEN
    assert path.read_bytes() == b"two"
    assert _names(path.parent) == ["X.kuittaus.html"]


def test_a_file_that_a_person_changed_is_theirs(placed: Placed, tmp_path: Path) -> None:
    path = tmp_path / "Kansliapäällikkö.xlsx"
    placed.place(path, b"form")
    path.write_bytes(b"filled")
    assert not placed.is_ours(path)
    assert placed.place(path, b"new form") is Placement.TOUCHED
    assert placed.remove(path) is Placement.TOUCHED
    assert path.read_bytes() == b"filled"


def test_a_file_that_was_never_ours_is_left(placed: Placed, tmp_path: Path) -> None:
    path = tmp_path / "X.xlsx"
    path.write_bytes(b"theirs")
    assert placed.place(path, b"ours") is Placement.TOUCHED
    assert placed.remove(path) is Placement.TOUCHED
    assert path.read_bytes() == b"theirs"


def test_a_folder_or_a_link_at_the_place_is_left(placed: Placed, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "nowhere")
    assert placed.place(tmp_path / "folder.xlsx", b"ours") is Placement.TOUCHED
    assert placed.place(tmp_path / "link.xlsx", b"ours") is Placement.TOUCHED
    assert placed.remove(tmp_path / "link.xlsx") is Placement.TOUCHED
    assert not (tmp_path / "nowhere").exists()


def test_the_same_bytes_are_ours_whoever_wrote_them(placed: Placed, tmp_path: Path) -> None:
    path = tmp_path / "X.kuittaus.html"
    path.write_bytes(b"receipt")
    assert placed.place(path, b"receipt") is Placement.UNCHANGED
    assert placed.is_ours(path)


def test_bytes_of_ours_at_another_path_are_not_ours(placed: Placed, tmp_path: Path) -> None:
    placed.place(tmp_path / "X.xlsx", b"form")
    (tmp_path / "Y.xlsx").write_bytes(b"form")
    assert not placed.is_ours(tmp_path / "Y.xlsx")


@pytest.mark.parametrize("lock", ["~$raportti.docx", "~$aportti.docx", "~$portti.docx", ".~lock.raportti.docx#"])
def test_an_open_file_is_left_until_it_is_closed(placed: Placed, tmp_path: Path, lock: str) -> None:
    path = tmp_path / "raportti.docx"
    placed.place(path, b"one")
    (tmp_path / lock).touch()
    assert is_locked(path)
    assert placed.place(path, b"one") is Placement.UNCHANGED
    assert placed.place(path, b"two") is Placement.LOCKED
    assert placed.remove(path) is Placement.LOCKED
    assert path.read_bytes() == b"one"
    (tmp_path / lock).unlink()
    assert placed.place(path, b"two") is Placement.WRITTEN


def test_nothing_is_written_where_a_program_is_about_to_save(placed: Placed, tmp_path: Path) -> None:
    (tmp_path / "~$X.xlsx").touch()
    assert placed.place(tmp_path / "X.xlsx", b"form") is Placement.LOCKED
    assert not (tmp_path / "X.xlsx").exists()


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "in use by another process")


def test_a_refused_replacement_is_a_lock_and_leaves_no_litter(
    placed: Placed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "inbox" / "X.kuittaus.html"
    placed.place(path, b"one")
    monkeypatch.setattr(Path, "replace", _refuse)
    assert placed.place(path, b"two") is Placement.LOCKED
    assert path.read_bytes() == b"one"
    assert _names(path.parent) == ["X.kuittaus.html"]


def test_a_refused_removal_is_a_lock(placed: Placed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "X.pdf"
    placed.place(path, b"one")
    monkeypatch.setattr(Path, "unlink", _refuse)
    assert placed.remove(path) is Placement.LOCKED


def test_a_file_that_cannot_be_read_is_a_lock(placed: Placed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "X.pdf"
    placed.place(path, b"one")
    monkeypatch.setattr(Path, "read_bytes", _refuse)
    assert not placed.is_ours(path)
    assert placed.place(path, b"two") is Placement.LOCKED


@pytest.mark.parametrize("standing", [None, b"one"])
def test_a_save_in_the_last_moment_is_not_overwritten(
    placed: Placed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, standing: bytes | None
) -> None:
    path = tmp_path / "X.xlsx"
    if standing:
        placed.place(path, standing)
    flush = os.fsync

    def save_meanwhile(handle: int) -> None:
        path.write_bytes(b"an officer's save")
        flush(handle)

    monkeypatch.setattr(os, "fsync", save_meanwhile)
    assert placed.place(path, b"two") is Placement.TOUCHED
    assert path.read_bytes() == b"an officer's save"
    assert _names(tmp_path) == ["X.xlsx", "state"]


def test_our_own_file_is_removed_and_a_missing_one_is_no_work(placed: Placed, tmp_path: Path) -> None:
    path = tmp_path / "X.korjattavaa.xlsx"
    placed.place(path, b"one")
    assert placed.remove(path) is Placement.REMOVED
    assert not path.exists()
    assert placed.remove(path) is Placement.UNCHANGED


def test_the_record_moves_with_the_workspace(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    Placed(old / "placed.jsonl", old).place(old / "inbox" / "X.xlsx", b"form")
    old.rename(new)
    assert Placed(new / "placed.jsonl", new).is_ours(new / "inbox" / "X.xlsx")


def test_a_path_outside_the_workspace_is_recorded_too(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "workspace", tmp_path / "memory stick" / "X.xlsx"
    assert Placed(root / "placed.jsonl", root).place(elsewhere, b"form") is Placement.WRITTEN
    assert Placed(root / "placed.jsonl", root).is_ours(elsewhere)


def test_a_name_is_the_same_in_every_normal_form(placed: Placed, tmp_path: Path) -> None:
    placed.place(tmp_path / "Kehityspa\u0308a\u0308llikko\u0308.xlsx", b"form")
    (tmp_path / "Kehityspäällikkö.xlsx").write_bytes(b"form")
    assert placed.is_ours(tmp_path / "Kehityspäällikkö.xlsx")


def test_a_folder_that_cannot_be_written_stops_the_job(placed: Placed, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError):
        placed.place(tmp_path / "file" / "X.xlsx", b"form")


def test_a_broken_record_stops_the_job(tmp_path: Path) -> None:
    record = tmp_path / "placed.jsonl"
    record.write_text('{"path": "a", "digest": 1}\n', encoding="utf-8")
    with pytest.raises(FolderError, match=r"placed\.jsonl: line 1"):
        Placed(record, tmp_path)


def test_a_torn_record_forgets_only_what_was_not_written(tmp_path: Path) -> None:
    record = tmp_path / "placed.jsonl"
    Placed(record, tmp_path).place(tmp_path / "X.xlsx", b"form")
    with record.open("ab") as file:
        file.write(b'{"path": "Y.xl')
    placed = Placed(record, tmp_path)
    assert placed.is_ours(tmp_path / "X.xlsx")
    placed.place(tmp_path / "Z.xlsx", b"form")
    assert Placed(record, tmp_path).is_ours(tmp_path / "Z.xlsx")
    assert (tmp_path / "placed.torn").read_bytes() == b'{"path": "Y.xl\n'


contents = st.sampled_from([b"a", b"b", b"c"])
acts = st.lists(
    st.tuples(st.sampled_from(["place", "remove"]), contents)
    | st.tuples(st.sampled_from(["save", "delete", "open", "close", "restart"]), contents)
)


@given(acts)
def test_what_a_person_wrote_is_never_overwritten_or_removed(steps: list[tuple[str, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        path, lock, record = root / "X.xlsx", root / "~$X.xlsx", root / "placed.jsonl"
        placed, ours = Placed(record, root), set[bytes]()
        for act, data in steps:
            before = path.read_bytes() if path.exists() else None
            if act == "save":
                path.write_bytes(data)
            elif act == "delete":
                path.unlink(missing_ok=True)
            elif act == "open":
                lock.touch()
            elif act == "close":
                lock.unlink(missing_ok=True)
            elif act == "restart":
                placed = Placed(record, root)
            else:
                result = placed.place(path, data) if act == "place" else placed.remove(path)
                after = path.read_bytes() if path.exists() else None
                is_theirs = before is not None and before not in ours
                assert after == before or not (is_theirs or lock.exists())
                assert (after != before) == (result in (Placement.WRITTEN, Placement.REMOVED))
                if act == "place" and after == data:
                    ours.add(data)
