"""The doorbell rings for what people do, and for nothing else."""

import errno
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers import Observer

from generator.errors import FolderError
from generator.workspace.watcher import InboxWatcher, WakeSignal

LONG = 20.0


def _everything(_: Path) -> bool:
    return True


@pytest.fixture(params=[False, True], ids=["native", "polling"])
def bell(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[InboxWatcher]:
    (tmp_path / "Tekniikka").mkdir()
    (tmp_path / "X.xlsx").write_bytes(b"one")
    with InboxWatcher(tmp_path, _everything, polling=request.param, poll_seconds=0.05) as bell:
        yield bell


def _save_by_rename(folder: Path) -> None:
    """As Excel saves: the new content under another name, then renamed."""
    (folder / "A1B2C3D4").write_bytes(b"two")
    (folder / "A1B2C3D4").replace(folder / "X.xlsx")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "Y.xlsx").write_bytes(b"new"),
        lambda folder: (folder / "Tekniikka" / "Y.xlsx").write_bytes(b"new"),
        lambda folder: (folder / "X.xlsx").write_bytes(b"one more"),
        lambda folder: (folder / "X.xlsx").rename(folder / "Y.xlsx"),
        lambda folder: (folder / "X.xlsx").unlink(),
        lambda folder: (folder / "Uusi").mkdir(),
        lambda folder: (folder / "Tekniikka").rmdir(),
        _save_by_rename,
    ],
    ids=["create", "create-below", "modify", "rename", "delete", "new-folder", "folder-gone", "save-by-rename"],
)
def test_it_rings_when_something_changes(bell: InboxWatcher, tmp_path: Path, change: Callable[[Path], Any]) -> None:
    change(tmp_path)
    assert bell.wait(LONG)


def test_a_file_in_a_new_folder_rings(bell: InboxWatcher, tmp_path: Path) -> None:
    (tmp_path / "Uusi").mkdir()
    assert bell.wait(LONG)
    (tmp_path / "Uusi" / "Y.xlsx").write_bytes(b"new")
    assert bell.wait(LONG)


@contextmanager
def _listening(folder: Path, heeded: str) -> Iterator[tuple[InboxWatcher, list[str]]]:
    """A bell that heeds one name, and the names it was asked about."""
    asked: list[str] = []

    def heeds(path: Path) -> bool:
        asked.append(path.name)
        return path.name == heeded

    with InboxWatcher(folder, heeds) as bell:
        yield bell, asked


def test_our_reading_rings_no_bell(tmp_path: Path) -> None:
    (tmp_path / "X.xlsx").write_bytes(b"one")
    with _listening(tmp_path, "last.xlsx") as (bell, asked):
        (tmp_path / "X.xlsx").read_bytes()
        assert [item.name for item in tmp_path.iterdir()] == ["X.xlsx"]
        (tmp_path / "last.xlsx").write_bytes(b"")
        assert bell.wait(LONG)
    assert set(asked) == {"last.xlsx"}


def test_what_nobody_heeds_rings_no_bell(tmp_path: Path) -> None:
    with _listening(tmp_path, "last.xlsx") as (bell, asked):
        (tmp_path / "X.kuittaus.html").write_bytes(b"ours")
        while "X.kuittaus.html" not in asked:
            assert not bell.wait(0.01)
        (tmp_path / "last.xlsx").write_bytes(b"")
        assert bell.wait(LONG)


@pytest.mark.parametrize(("before", "after"), [("A1B2C3D4", "X.xlsx"), ("X.xlsx", "backup.tmp")])
def test_a_rename_rings_by_its_old_and_its_new_name(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / before).write_bytes(b"one")
    with _listening(tmp_path, "X.xlsx") as (bell, _):
        (tmp_path / before).rename(tmp_path / after)
        assert bell.wait(LONG)


def test_rings_while_nobody_waits_are_one(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as bell:
        assert not bell.wait(0)
        bell.ring()
        bell.ring()
        assert bell.wait(0)
        assert not bell.wait(0)


def test_a_wait_without_a_ring_ends(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as bell:
        assert not bell.wait(0.6)


def test_a_signal_may_ring_while_the_bell_is_waited_for(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as bell:
        before = signal.signal(signal.SIGINT, lambda *_: bell.ring())
        caller = threading.Timer(0.1, signal.raise_signal, (signal.SIGINT,))
        caller.start()
        try:
            assert bell.wait(LONG)
        finally:
            caller.join()
            signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("polling", [False, True])
def test_its_threads_end_with_it(tmp_path: Path, polling: bool) -> None:  # noqa: FBT001
    before = set(threading.enumerate())
    with InboxWatcher(tmp_path, _everything, polling=polling):
        assert set(threading.enumerate()) > before
    assert set(threading.enumerate()) == before


def _no_watch_left(_: object) -> None:
    """What watchdog does where the system's watches are used up."""
    raise OSError(errno.ENOSPC, "inotify watch limit reached")


def test_it_looks_by_itself_where_the_system_has_no_watch_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Observer, "on_thread_start", _no_watch_left)
    before = set(threading.enumerate())
    with caplog.at_level(logging.WARNING), InboxWatcher(tmp_path, _everything, poll_seconds=0.05) as bell:
        (tmp_path / "X.xlsx").write_bytes(b"one")
        assert bell.wait(LONG)
    assert "inotify watch limit reached" in caplog.text
    assert set(threading.enumerate()) == before


@pytest.mark.parametrize("polling", [False, True])
def test_a_folder_that_is_not_there_stops_the_job(tmp_path: Path, polling: bool) -> None:  # noqa: FBT001
    before = set(threading.enumerate())
    with pytest.raises(FolderError, match="nowhere"), InboxWatcher(tmp_path / "nowhere", _everything, polling=polling):
        raise AssertionError("the bell listens to nothing")
    assert set(threading.enumerate()) == before


def test_a_link_to_a_folder_above_is_not_walked(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("one", "two", "three"):
        (tmp_path / "a" / name).symlink_to(tmp_path, target_is_directory=True)
    with InboxWatcher(tmp_path, _everything, polling=True, poll_seconds=0.05) as bell:
        (tmp_path / "a" / "X.xlsx").write_bytes(b"one")
        assert bell.wait(LONG)


@pytest.fixture(params=[False, True], ids=["native", "polling"])
def watcher(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[InboxWatcher]:
    """A bell in a folder that may be renamed away."""
    (tmp_path / "inbox").mkdir()
    with InboxWatcher(tmp_path / "inbox", _everything, polling=request.param, poll_seconds=0.05) as bell:
        yield bell


def test_a_folder_that_was_renamed_away_and_made_anew_is_heard_again(watcher: InboxWatcher, tmp_path: Path) -> None:
    assert not watcher.listen_again()
    before = threading.active_count()
    (tmp_path / "inbox").rename(tmp_path / "old")
    (tmp_path / "inbox").mkdir()
    assert watcher.listen_again()
    assert not watcher.listen_again()
    assert threading.active_count() == before, "the old folder's threads have ended"
    watcher.wait(0)
    (tmp_path / "inbox" / "X.xlsx").write_bytes(b"one")
    assert watcher.wait(LONG)


def test_a_folder_that_is_gone_is_told_and_heard_again_when_it_is_back(watcher: InboxWatcher, tmp_path: Path) -> None:
    (tmp_path / "inbox").rmdir()
    with pytest.raises(FolderError, match="inbox"):
        watcher.listen_again()
    with pytest.raises(FolderError, match="inbox"):
        watcher.listen_again()
    (tmp_path / "inbox").mkdir()
    assert watcher.listen_again()
    watcher.wait(0)
    (tmp_path / "inbox" / "X.xlsx").write_bytes(b"one")
    assert watcher.wait(LONG)


def test_a_bell_that_has_not_been_entered_listens_when_it_is_asked_to(tmp_path: Path) -> None:
    bell = InboxWatcher(tmp_path, _everything)
    assert bell.listen_again()
    (tmp_path / "X.xlsx").write_bytes(b"one")
    assert bell.wait(LONG)
    bell.close()
    bell.close()


def test_a_closed_bell_can_still_be_rung(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as bell:
        bell.close()
        bell.ring()
        assert bell.wait(0)


def test_a_wake_ends_the_wait_of_another_thread() -> None:
    wake, heard = WakeSignal(), list[bool]()
    waiting = threading.Thread(target=lambda: heard.append(wake.wait(LONG)))
    waiting.start()
    wake.ring()
    waiting.join()
    assert heard == [True]
    assert not wake.wait(0)
