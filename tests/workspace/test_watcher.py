"""The watcher sends a signal for what people do, and for nothing else."""

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
def watcher(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[InboxWatcher]:
    (tmp_path / "Tekniikka").mkdir()
    (tmp_path / "X.xlsx").write_bytes(b"one")
    with InboxWatcher(tmp_path, _everything, polling=request.param, poll_seconds=0.05) as watcher:
        yield watcher


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
def test_it_sends_a_signal_when_something_changes(
    watcher: InboxWatcher, tmp_path: Path, change: Callable[[Path], Any]
) -> None:
    change(tmp_path)
    assert watcher.wait(LONG)


def test_a_file_in_a_new_folder_sends_a_signal(watcher: InboxWatcher, tmp_path: Path) -> None:
    (tmp_path / "Uusi").mkdir()
    assert watcher.wait(LONG)
    (tmp_path / "Uusi" / "Y.xlsx").write_bytes(b"new")
    assert watcher.wait(LONG)


@contextmanager
def _watching(folder: Path, heeded: str) -> Iterator[tuple[InboxWatcher, list[str]]]:
    """A watcher of one name, and the names it was asked about."""
    asked: list[str] = []

    def is_relevant(path: Path) -> bool:
        asked.append(path.name)
        return path.name == heeded

    with InboxWatcher(folder, is_relevant) as watcher:
        yield watcher, asked


def test_our_reading_sends_no_signal(tmp_path: Path) -> None:
    (tmp_path / "X.xlsx").write_bytes(b"one")
    with _watching(tmp_path, "last.xlsx") as (watcher, asked):
        (tmp_path / "X.xlsx").read_bytes()
        assert [item.name for item in tmp_path.iterdir()] == ["X.xlsx"]
        (tmp_path / "last.xlsx").write_bytes(b"")
        assert watcher.wait(LONG)
    assert set(asked) == {"last.xlsx"}


def test_irrelevant_paths_send_no_signal(tmp_path: Path) -> None:
    with _watching(tmp_path, "last.xlsx") as (watcher, asked):
        (tmp_path / "X.kuittaus.html").write_bytes(b"ours")
        while "X.kuittaus.html" not in asked:
            assert not watcher.wait(0.01)
        (tmp_path / "last.xlsx").write_bytes(b"")
        assert watcher.wait(LONG)


@pytest.mark.parametrize(("before", "after"), [("A1B2C3D4", "X.xlsx"), ("X.xlsx", "backup.tmp")])
def test_a_rename_sends_a_signal_by_its_old_and_its_new_name(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / before).write_bytes(b"one")
    with _watching(tmp_path, "X.xlsx") as (watcher, _):
        (tmp_path / before).rename(tmp_path / after)
        assert watcher.wait(LONG)


def test_signals_while_nobody_waits_are_one(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as watcher:
        assert not watcher.wait(0)
        watcher.send()
        watcher.send()
        assert watcher.wait(0)
        assert not watcher.wait(0)


def test_a_wait_without_a_ring_ends(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as watcher:
        assert not watcher.wait(0.6)


def test_a_signal_handler_may_send_while_the_watcher_waits(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as watcher:
        before = signal.signal(signal.SIGINT, lambda *_: watcher.send())
        caller = threading.Timer(0.1, signal.raise_signal, (signal.SIGINT,))
        caller.start()
        try:
            assert watcher.wait(LONG)
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
    with caplog.at_level(logging.WARNING), InboxWatcher(tmp_path, _everything, poll_seconds=0.05) as watcher:
        (tmp_path / "X.xlsx").write_bytes(b"one")
        assert watcher.wait(LONG)
    assert "inotify watch limit reached" in caplog.text
    assert set(threading.enumerate()) == before


@pytest.mark.parametrize("polling", [False, True])
def test_a_folder_that_is_not_there_stops_the_job(tmp_path: Path, polling: bool) -> None:  # noqa: FBT001
    before = set(threading.enumerate())
    with pytest.raises(FolderError, match="nowhere"), InboxWatcher(tmp_path / "nowhere", _everything, polling=polling):
        raise AssertionError("nothing is watched")
    assert set(threading.enumerate()) == before


def test_a_link_to_a_folder_above_is_not_walked(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    for name in ("one", "two", "three"):
        (tmp_path / "a" / name).symlink_to(tmp_path, target_is_directory=True)
    with InboxWatcher(tmp_path, _everything, polling=True, poll_seconds=0.05) as watcher:
        (tmp_path / "a" / "X.xlsx").write_bytes(b"one")
        assert watcher.wait(LONG)


@pytest.fixture(params=[False, True], ids=["native", "polling"])
def inbox_watcher(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[InboxWatcher]:
    """A watcher of a folder that may be renamed away."""
    (tmp_path / "inbox").mkdir()
    with InboxWatcher(tmp_path / "inbox", _everything, polling=request.param, poll_seconds=0.05) as inbox_watcher:
        yield inbox_watcher


def test_a_folder_that_was_renamed_away_and_made_anew_is_heard_again(
    inbox_watcher: InboxWatcher, tmp_path: Path
) -> None:
    assert not inbox_watcher.restart_if_replaced()
    before = threading.active_count()
    (tmp_path / "inbox").rename(tmp_path / "old")
    (tmp_path / "inbox").mkdir()
    assert inbox_watcher.restart_if_replaced()
    assert not inbox_watcher.restart_if_replaced()
    assert threading.active_count() == before, "the old folder's threads have ended"
    inbox_watcher.wait(0)
    (tmp_path / "inbox" / "X.xlsx").write_bytes(b"one")
    assert inbox_watcher.wait(LONG)


def test_a_folder_that_is_gone_is_told_and_heard_again_when_it_is_back(
    inbox_watcher: InboxWatcher, tmp_path: Path
) -> None:
    (tmp_path / "inbox").rmdir()
    with pytest.raises(FolderError, match="inbox"):
        inbox_watcher.restart_if_replaced()
    with pytest.raises(FolderError, match="inbox"):
        inbox_watcher.restart_if_replaced()
    (tmp_path / "inbox").mkdir()
    assert inbox_watcher.restart_if_replaced()
    inbox_watcher.wait(0)
    (tmp_path / "inbox" / "X.xlsx").write_bytes(b"one")
    assert inbox_watcher.wait(LONG)


def test_a_watcher_that_was_not_entered_starts_when_it_is_asked_to(tmp_path: Path) -> None:
    watcher = InboxWatcher(tmp_path, _everything)
    assert watcher.restart_if_replaced()
    (tmp_path / "X.xlsx").write_bytes(b"one")
    assert watcher.wait(LONG)
    watcher.close()
    watcher.close()


def test_a_closed_watcher_can_still_send(tmp_path: Path) -> None:
    with InboxWatcher(tmp_path, _everything) as watcher:
        watcher.close()
        watcher.send()
        assert watcher.wait(0)


def test_a_wake_ends_the_wait_of_another_thread() -> None:
    wake, heard = WakeSignal(), list[bool]()
    waiting = threading.Thread(target=lambda: heard.append(wake.wait(LONG)))
    waiting.start()
    wake.send()
    waiting.join()
    assert heard == [True]
    assert not wake.wait(0)
