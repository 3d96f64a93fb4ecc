"""Our files in people's folders: never over what a person wrote."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.app.owned_files import Placement, Placer, is_locked
from generator.disk.digests import DigestedBytes, digest_of, sha256_of
from generator.errors import FolderError
from generator.formats.text_mark import with_page_mark
from generator.store.journal import Journal
from generator.store.records import PlacedFiles
from generator.store.state_folder import StateFolder
from generator.store.store import open_store

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)


@contextmanager
def opened(root: Path) -> Iterator[Placer]:
    """A placer of a workspace whose state lies in `state`, as a program finds it when it starts."""
    paths = StateFolder(root / "state")
    with open_store(paths, Journal(paths.journal_lines()), NOW) as store:
        yield Placer(store, root)


@pytest.fixture
def placer(tmp_path: Path) -> Iterator[Placer]:
    with opened(tmp_path) as placer:
        yield placer


def _names(folder: Path) -> list[str]:
    return sorted(item.name for item in folder.iterdir())


def test_a_file_is_written_then_left_then_renewed(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "X.kuittaus.html"
    assert not placer.is_ours(path)
    assert placer.place(path, b"one") is Placement.WRITTEN
    assert placer.is_ours(path)
    assert placer.place(path, b"one") is Placement.UNCHANGED
    assert placer.place(path, b"two") is Placement.WRITTEN
    assert path.read_bytes() == b"two"
    assert _names(path.parent) == ["X.kuittaus.html"]


def test_a_file_that_a_person_changed_is_theirs(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "Kansliapäällikkö.xlsx"
    placer.place(path, b"form")
    path.write_bytes(b"filled")
    assert not placer.is_ours(path)
    assert placer.place(path, b"new form") is Placement.TOUCHED
    assert placer.remove(path) is Placement.TOUCHED
    assert path.read_bytes() == b"filled"


def test_a_file_that_was_never_ours_is_left(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "X.xlsx"
    path.write_bytes(b"theirs")
    assert placer.place(path, b"ours") is Placement.TOUCHED
    assert placer.remove(path) is Placement.TOUCHED
    assert path.read_bytes() == b"theirs"


def test_a_folder_or_a_link_at_the_place_is_left(placer: Placer, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "nowhere")
    assert placer.place(tmp_path / "folder.xlsx", b"ours") is Placement.TOUCHED
    assert placer.place(tmp_path / "link.xlsx", b"ours") is Placement.TOUCHED
    assert placer.remove(tmp_path / "link.xlsx") is Placement.TOUCHED
    assert not (tmp_path / "nowhere").exists()


def test_the_same_bytes_are_ours_whoever_wrote_them(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "X.kuittaus.html"
    path.write_bytes(b"receipt")
    assert placer.place(path, b"receipt") is Placement.UNCHANGED
    assert placer.is_ours(path)


def test_bytes_of_ours_at_another_path_are_not_ours(placer: Placer, tmp_path: Path) -> None:
    placer.place(tmp_path / "X.xlsx", b"form")
    (tmp_path / "Y.xlsx").write_bytes(b"form")
    assert not placer.is_ours(tmp_path / "Y.xlsx")


@pytest.mark.parametrize("lock", ["~$raportti.docx", "~$aportti.docx", "~$portti.docx", ".~lock.raportti.docx#"])
def test_an_open_file_is_left_until_it_is_closed(placer: Placer, tmp_path: Path, lock: str) -> None:
    path = tmp_path / "raportti.docx"
    placer.place(path, b"one")
    (tmp_path / lock).touch()
    assert is_locked(path)
    assert placer.place(path, b"one") is Placement.UNCHANGED
    assert placer.place(path, b"two") is Placement.LOCKED
    assert placer.remove(path) is Placement.LOCKED
    assert path.read_bytes() == b"one"
    (tmp_path / lock).unlink()
    assert placer.place(path, b"two") is Placement.WRITTEN


def test_nothing_is_written_where_a_program_is_about_to_save(placer: Placer, tmp_path: Path) -> None:
    (tmp_path / "~$X.xlsx").touch()
    assert placer.place(tmp_path / "X.xlsx", b"form") is Placement.LOCKED
    assert not (tmp_path / "X.xlsx").exists()


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "in use by another process")


def test_a_refused_replacement_is_a_lock_and_leaves_no_litter(
    placer: Placer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "inbox" / "X.kuittaus.html"
    placer.place(path, b"one")
    monkeypatch.setattr(Path, "replace", _refuse)
    assert placer.place(path, b"two") is Placement.LOCKED
    assert path.read_bytes() == b"one"
    assert _names(path.parent) == ["X.kuittaus.html"]


def test_a_refused_removal_is_a_lock(placer: Placer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "X.pdf"
    placer.place(path, b"one")
    monkeypatch.setattr(Path, "unlink", _refuse)
    assert placer.remove(path) is Placement.LOCKED


def test_a_file_that_cannot_be_read_is_a_lock(placer: Placer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "X.pdf"
    placer.place(path, b"one")
    monkeypatch.setattr(Path, "read_bytes", _refuse)
    assert not placer.is_ours(path)
    assert placer.place(path, b"two") is Placement.LOCKED


@pytest.mark.parametrize("standing", [None, b"one"])
def test_a_save_in_the_last_moment_is_not_overwritten(
    placer: Placer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, standing: bytes | None
) -> None:
    path = tmp_path / "X.xlsx"
    if standing:
        placer.place(path, standing)
    flush = os.fsync

    def save_meanwhile(handle: int) -> None:
        path.write_bytes(b"an officer's save")
        flush(handle)

    monkeypatch.setattr(os, "fsync", save_meanwhile)
    assert placer.place(path, b"two") is Placement.TOUCHED
    assert path.read_bytes() == b"an officer's save"
    assert _names(tmp_path) == ["X.xlsx", "state"]


def test_our_own_file_is_removed_and_a_missing_one_is_no_work(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "X.korjattavaa.xlsx"
    placer.place(path, b"one")
    assert placer.remove(path) is Placement.REMOVED
    assert not path.exists()
    assert placer.remove(path) is Placement.UNCHANGED


def test_the_record_moves_with_the_workspace(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    with opened(old) as placer:
        placer.place(old / "inbox" / "X.xlsx", b"form")
    old.rename(new)
    with opened(new) as placer:
        assert placer.is_ours(new / "inbox" / "X.xlsx")


def test_a_path_outside_the_workspace_is_recorded_too(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "workspace", tmp_path / "memory stick" / "X.xlsx"
    with opened(root) as placer:
        assert placer.place(elsewhere, b"form") is Placement.WRITTEN
    with opened(root) as placer:
        assert placer.is_ours(elsewhere)


def test_a_name_is_the_same_in_every_normal_form(placer: Placer, tmp_path: Path) -> None:
    placer.place(tmp_path / "Kehityspa\u0308a\u0308llikko\u0308.xlsx", b"form")
    (tmp_path / "Kehityspäällikkö.xlsx").write_bytes(b"form")
    assert placer.is_ours(tmp_path / "Kehityspäällikkö.xlsx")


def test_a_folder_that_cannot_be_written_stops_the_job(placer: Placer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError):
        placer.place(tmp_path / "file" / "X.xlsx", b"form")


def test_a_torn_record_forgets_only_what_was_not_written(tmp_path: Path) -> None:
    with opened(tmp_path) as placer:
        placer.place(tmp_path / "X.xlsx", b"form")
    archive = tmp_path / "state" / "archive"
    with (archive / "journal.jsonl").open("ab") as file:
        file.write(b'{"sequence": 2, "rec')
    with opened(tmp_path) as placer:
        assert placer.is_ours(tmp_path / "X.xlsx")
        placer.place(tmp_path / "Z.xlsx", b"form")
    with opened(tmp_path) as placer:
        assert placer.is_ours(tmp_path / "Z.xlsx")
    assert (archive / "journal.torn").read_bytes() == b'{"sequence": 2, "rec\n'


def test_what_is_announced_is_ours_after_a_crash_before_it_was_recorded(tmp_path: Path) -> None:
    files = {tmp_path / "X.xlsx": b"form", tmp_path / "Y.xlsx": b"other form"}
    with opened(tmp_path) as placer:
        placer.announce(files)
        placer.announce(files)
        assert not any(path.exists() for path in files)
    for path, data in files.items():
        path.write_bytes(data)
    with opened(tmp_path) as placer:
        assert all(map(placer.is_ours, files))
    records = [entry.record for entry in Journal(StateFolder(tmp_path / "state").journal_lines()).read()]
    assert [type(record) for record in records] == [PlacedFiles], "one entry for all of them, and none a second time"


def test_a_file_whose_record_was_lost_is_known_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "inbox" / "X.kuittaus.html"
    path.parent.mkdir()
    path.write_bytes(with_page_mark(b"<html>receipt</html>"))
    with opened(tmp_path) as placer:
        assert placer.is_ours(path)
        assert placer.place(path, b"newer receipt") is Placement.WRITTEN
        path.write_bytes(with_page_mark(b"<html>receipt</html>").replace(b"receipt", b"RECEIPT"))
        assert not placer.is_ours(path)
        assert placer.place(path, b"newest receipt") is Placement.TOUCHED


def test_a_file_that_is_adopted_is_ours_with_just_its_bytes(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "ratkaistavat.xlsx"
    path.write_bytes(b"a person's choices")
    placer.adopt(path, b"other bytes")
    assert not placer.is_ours(path)
    placer.adopt(path, b"a person's choices")
    assert placer.is_ours(path)
    assert placer.place(path, b"what is open now") is Placement.WRITTEN


def test_asking_tells_what_placing_would_do_and_does_nothing(placer: Placer, tmp_path: Path) -> None:
    path, lock = tmp_path / "X.xlsx", tmp_path / "~$X.xlsx"
    assert placer.would_place(path, b"one") and not placer.is_held(path)
    assert not path.exists()
    placer.place(path, b"one")
    assert placer.would_place(path, b"one") and placer.would_place(path, b"two") and not placer.is_held(path)
    lock.touch()
    assert placer.would_place(path, b"one") and not placer.would_place(path, b"two") and placer.is_held(path)
    lock.unlink()
    path.write_bytes(b"theirs")
    assert not placer.would_place(path, b"two") and placer.is_held(path)
    assert path.read_bytes() == b"theirs"


def test_the_digest_of_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    (tmp_path / "X.pdf").write_bytes(b"one")
    assert digest_of(tmp_path / "X.pdf") == sha256(b"one").hexdigest()
    assert digest_of(tmp_path / "Y.pdf") == ""


contents = st.sampled_from([b"a", b"b", b"c"])
acts = st.lists(
    st.tuples(st.sampled_from(["place", "remove"]), contents)
    | st.tuples(st.sampled_from(["save", "delete", "open", "close", "restart"]), contents)
)


@given(acts)
def test_what_a_person_wrote_is_never_overwritten_or_removed(steps: list[tuple[str, bytes]]) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        root = Path(folder)
        path, lock = root / "X.xlsx", root / "~$X.xlsx"
        placer, ours = stack.enter_context(opened(root)), set[bytes]()
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
                stack.close()
                placer = stack.enter_context(opened(root))
            else:
                result = placer.place(path, data) if act == "place" else placer.remove(path)
                after = path.read_bytes() if path.exists() else None
                is_theirs = before is not None and before not in ours
                assert after == before or not (is_theirs or lock.exists())
                assert (after != before) == (result in (Placement.WRITTEN, Placement.REMOVED))
                if act == "place" and after == data:
                    ours.add(data)


def test_a_file_edited_without_another_size_or_time_is_never_written_over(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "X.docx"
    placer.place(path, b"one")
    assert not placer.is_held(path)  # from now on its size and time are known
    before = path.stat()
    path.write_bytes(b"ONE")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert placer.place(path, b"two") is Placement.TOUCHED
    assert placer.remove(path) is Placement.TOUCHED
    assert path.read_bytes() == b"ONE"


def test_a_place_is_held_by_what_a_person_changed_or_has_open(placer: Placer, tmp_path: Path) -> None:
    path = tmp_path / "X.docx"
    assert not placer.is_held(path)
    placer.place(path, b"ours")
    assert not placer.is_held(path)
    lock = tmp_path / ".~lock.X.docx#"
    lock.touch()
    assert placer.is_held(path)
    lock.unlink()
    path.write_bytes(b"theirs")
    assert placer.is_held(path)
    path.unlink()
    path.mkdir()
    assert placer.is_held(path)


@given(st.binary())
def test_the_digest_of_bytes_is_the_same_however_often_it_is_asked(data: bytes) -> None:
    known = DigestedBytes(data)
    assert known == data
    assert [sha256_of(known), sha256_of(known), sha256_of(data)] == [sha256(data).hexdigest()] * 3
