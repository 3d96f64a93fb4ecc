"""The keeper on real files, with a clock that the test turns: no save is lost, none is entered twice."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from generator.app.intake import Clock, InboxLook, Keeper
from generator.errors import FolderError
from generator.formats.text_mark import with_page_mark
from generator.store.archive_folder import ArchiveFolder
from generator.store.journal import Journal
from generator.store.journal_file import JournalFile
from generator.store.records import Back, Gone, Moved, PlacedFiles, Record, Save
from generator.store.state_folder import StateFolder
from generator.workspace.folders import LARGEST_SAVE

START = datetime(2026, 8, 3, 9, tzinfo=UTC)
QUIET = 2.0
NOTHING = InboxLook((), (), ())


class Ticks:
    """Seconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.clock = Clock(self._now, lambda: self.seconds, self.go_on)

    def go_on(self, seconds: float) -> None:
        self.seconds += seconds

    def _now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return inbox


@pytest.fixture
def keeper(inbox: Path, ticks: Ticks) -> Keeper:
    return _keeper(inbox, ticks)


def _journal_file(inbox: Path) -> Path:
    return inbox.parent / ".seuranta" / "archive" / "journal.jsonl"


def _keeper(inbox: Path, ticks: Ticks) -> Keeper:
    """A keeper as a program that starts has it."""
    keeper = Keeper(inbox, StateFolder(_journal_file(inbox).parent.parent), ticks.clock)
    keeper.quiet_seconds, keeper.period = QUIET, "2026-1"
    return keeper


def _records(inbox: Path) -> list[Record]:
    return [entry.record for entry in Journal(JournalFile(_journal_file(inbox))).read()]


def _saves(inbox: Path) -> list[tuple[str, bytes]]:
    """All saves of the journal with their bytes out of the archive, in its order."""
    archive = ArchiveFolder(_journal_file(inbox).parent)
    return [(save.path, archive.read(save.digest)) for save in _records(inbox) if isinstance(save, Save)]


def _kept(keeper: Keeper, ticks: Ticks) -> tuple[str, ...]:
    """Looks, waits until what is new has stood, and looks again."""
    keeper.look()
    ticks.go_on(QUIET)
    return keeper.look().kept


def test_a_save_is_kept_when_it_has_stood(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    assert keeper.look() == NOTHING
    assert keeper.seconds_to_wait() is None
    (inbox / "X.xlsx").write_bytes(b"one")
    assert keeper.look() == InboxLook((), ("X.xlsx",), ())
    ticks.go_on(QUIET - 0.5)
    assert keeper.look() == InboxLook((), ("X.xlsx",), ())
    assert keeper.seconds_to_wait() == 0.5
    ticks.go_on(0.5)
    assert keeper.look() == InboxLook(("X.xlsx",), (), ())
    ticks.go_on(QUIET)
    assert keeper.look() == NOTHING
    assert keeper.seconds_to_wait() is None
    time = "2026-08-03T09:01:42.000+00:00"
    assert _records(inbox) == [Save("X.xlsx", sha256(b"one").hexdigest(), time, "2026-1")]
    assert _saves(inbox) == [("X.xlsx", b"one")]


def test_without_a_wait_the_second_look_keeps_a_save(keeper: Keeper, inbox: Path) -> None:
    keeper.quiet_seconds = 0
    (inbox / "X.xlsx").write_bytes(b"one")
    assert keeper.look().waiting == ("X.xlsx",)
    assert keeper.look().kept == ("X.xlsx",)


def test_each_file_is_waited_for_by_itself(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    """One that changes at every look holds up no other."""
    (inbox / "X.xlsx").write_bytes(b"one")
    kept: list[str] = []
    for size in range(8):
        (inbox / "growing.xlsx").write_bytes(bytes(size + 1))
        look = keeper.look()
        assert look.waiting == (("X.xlsx", "growing.xlsx") if size < 4 else ("growing.xlsx",))
        kept += look.kept
        ticks.go_on(QUIET / 4)
    assert kept == ["X.xlsx"]


def test_a_file_that_changes_begins_anew(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    keeper.look()
    ticks.go_on(QUIET - 0.5)
    (inbox / "X.xlsx").write_bytes(b"one and more")
    assert keeper.look() == InboxLook((), ("X.xlsx",), ())
    ticks.go_on(0.5)
    assert keeper.look().kept == ()
    ticks.go_on(QUIET - 0.5)
    assert keeper.look().kept == ("X.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"one and more")]


def test_a_file_that_changes_in_the_last_moment_begins_anew(
    keeper: Keeper, inbox: Path, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the folder and the reading, while the journal's lock is taken."""
    (inbox / "X.xlsx").write_bytes(b"one")
    keeper.look()
    ticks.go_on(QUIET)
    lstat = Path.lstat

    def saved_after(path: Path) -> os.stat_result:
        status = lstat(path)
        if path.read_bytes() == b"one":
            path.write_bytes(b"two and more")
        return status

    monkeypatch.setattr(Path, "lstat", saved_after)
    assert keeper.look().kept == ()
    assert keeper.look().waiting == ("X.xlsx",)
    ticks.go_on(QUIET)
    assert keeper.look().kept == ("X.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"two and more")]


def test_every_version_that_stood_is_kept(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    for content in (b"one", b"two", b"one"):
        (inbox / "X.xlsx").write_bytes(content)
        assert _kept(keeper, ticks) == ("X.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"one"), ("X.xlsx", b"two"), ("X.xlsx", b"one")]


def test_the_same_bytes_saved_again_are_no_new_save(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    (inbox / "X.xlsx").unlink()
    (inbox / "X.xlsx").write_bytes(b"one")
    assert keeper.look() == NOTHING
    assert len(_records(inbox)) == 1


def test_a_save_that_keeps_size_and_time_is_seen(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    """As programs do that put a file's time back: here the system's own time of the change tells it."""
    (inbox / "X.xlsx").write_bytes(b"one")
    os.utime(inbox / "X.xlsx", ns=(1, 1))
    _kept(keeper, ticks)
    (inbox / "new").write_bytes(b"two")
    os.utime(inbox / "new", ns=(1, 1))
    (inbox / "new").replace(inbox / "X.xlsx")
    assert _kept(keeper, ticks) == ("X.xlsx",)


def test_a_save_that_changes_no_stamp_is_seen_when_every_file_is_read(
    inbox: Path, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a share that tells whole seconds and no number: only reading the file tells its versions apart."""
    fstat, lstat = os.fstat, Path.lstat
    monkeypatch.setattr(os, "fstat", lambda handle: _coarse(fstat(handle)))
    monkeypatch.setattr(Path, "lstat", lambda path: _coarse(lstat(path)))
    keeper = _keeper(inbox, ticks)
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    (inbox / "X.xlsx").write_bytes(b"two")
    assert _kept(keeper, ticks) == ()
    keeper.forget_stamps()
    assert _kept(keeper, ticks) == ("X.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"one"), ("X.xlsx", b"two")]


def _coarse(status: os.stat_result) -> os.stat_result:
    """What the share tells of a file: mode and size, and neither its number nor the time of its changes."""
    return os.stat_result((status.st_mode, 0, 0, 1, 0, 0, status.st_size, 0, 0, 0))


def _steps_of_excel(inbox: Path) -> Iterator[str]:
    """How Excel saves over a file, step by step.

    Source: Microsoft KB 814068, "How Excel saves files".
    """
    (inbox / "A1B2C3D4").write_bytes(b"two")
    yield "written under eight hex digits"
    (inbox / "X.xlsx").rename(inbox / "5E6F7A8B.tmp")
    yield "the old one renamed"
    (inbox / "A1B2C3D4").rename(inbox / "X.xlsx")
    yield "the new one renamed"
    (inbox / "5E6F7A8B.tmp").unlink()
    yield "the old one removed"


def test_excels_way_of_saving_is_one_save_and_nothing_is_gone(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    for step in _steps_of_excel(inbox):
        assert keeper.look().kept == (), step
        ticks.go_on(0.1)
    assert _kept(keeper, ticks) == ("X.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"one"), ("X.xlsx", b"two")]
    assert len(_records(inbox)) == 2


def test_a_file_that_is_gone_is_entered_so_once_and_when_it_is_back(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    (inbox / "X.xlsx").rename(inbox.parent / "X.xlsx")
    keeper.look()
    assert keeper.seconds_to_wait() == QUIET
    assert len(_records(inbox)) == 1, "saving may remove a file for a moment"
    for _ in range(3):
        ticks.go_on(QUIET)
        keeper.look()
    gone = Gone("X.xlsx", "2026-08-03T09:01:44.000+00:00")
    assert _records(inbox)[1:] == [gone]
    assert keeper.journal.history.gone == {"X.xlsx"}
    (inbox.parent / "X.xlsx").rename(inbox / "X.xlsx")
    assert _kept(keeper, ticks) == ()
    assert [type(record) for record in _records(inbox)] == [Save, Gone, Back]
    assert not keeper.journal.history.gone


def test_a_file_that_is_back_with_other_bytes_is_a_save(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    (inbox / "X.xlsx").unlink()
    _kept(keeper, ticks)
    (inbox / "X.xlsx").write_bytes(b"two")
    assert _kept(keeper, ticks) == ("X.xlsx",)
    assert [type(record) for record in _records(inbox)] == [Save, Gone, Save]
    assert not keeper.journal.history.gone


def test_a_file_that_was_moved_is_entered_so(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    (inbox / "Tekniikka").mkdir()
    (inbox / "X.xlsx").rename(inbox / "Tekniikka" / "X.xlsx")
    assert _kept(keeper, ticks) == ("Tekniikka/X.xlsx",)
    assert _records(inbox)[1] == Moved("X.xlsx", "Tekniikka/X.xlsx", "2026-08-03T09:01:44.000+00:00")
    assert keeper.journal.history.gone == {"X.xlsx"}
    assert [save.path for save in keeper.journal.history.present] == ["Tekniikka/X.xlsx"]


def test_a_file_that_was_moved_and_changed_is_known_to_be_gone_before_the_save_at_its_new_path(
    keeper: Keeper, inbox: Path, ticks: Ticks
) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    (inbox / "X.xlsx").unlink()
    (inbox / "Y.xlsx").write_bytes(b"two")
    assert _kept(keeper, ticks) == ("Y.xlsx",)
    assert [type(record) for record in _records(inbox)] == [Save, Gone, Save]


def test_what_lies_in_a_folder_that_cannot_be_listed_is_not_gone(
    keeper: Keeper, inbox: Path, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "Tekniikka").mkdir()
    (inbox / "Tekniikka" / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    scandir = os.scandir

    def refuse(folder: Path) -> object:
        if folder == inbox / "Tekniikka":
            raise PermissionError(13, "no permission")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert _kept(keeper, ticks) == ()
    assert keeper.look().unreadable == ("Tekniikka",)
    assert len(_records(inbox)) == 1


def test_our_own_placed_or_marked_file_is_no_save(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    placed, page = b"a form of ours", with_page_mark(b"<html>a page of ours</html>")
    Journal(JournalFile(_journal_file(inbox))).append(PlacedFiles((("inbox/X.xlsx", sha256(placed).hexdigest()),)))
    (inbox / "X.xlsx").write_bytes(placed)
    (inbox / "page.html").write_bytes(page)
    assert keeper.look() == NOTHING
    assert _kept(keeper, ticks) == ()
    page_digest = sha256(page).hexdigest()
    assert _records(inbox)[1:] == [PlacedFiles((("inbox/page.html", page_digest),))], "known by its mark, once"
    (inbox / "X.xlsx").write_bytes(b"a form of ours, filled in")
    (inbox / "Y.xlsx").write_bytes(placed)
    (inbox / "page.html").write_bytes(page.replace(b"ours", b"mine"))
    assert _kept(keeper, ticks) == ("X.xlsx", "Y.xlsx", "page.html")


def test_an_archive_that_cannot_be_written_loses_nothing(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    """Something else lies where the folder of these bytes would be made."""
    (inbox / "X.xlsx").write_bytes(b"one")
    keeper.look()
    ticks.go_on(QUIET)
    in_the_way = _journal_file(inbox).with_name(sha256(b"one").hexdigest()[:2])
    in_the_way.parent.mkdir(parents=True, exist_ok=True)
    in_the_way.touch()
    with pytest.raises(FolderError, match=in_the_way.name):
        keeper.look()
    assert _records(inbox) == []
    in_the_way.unlink()
    assert keeper.look().kept == ("X.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"one")]


def test_a_journal_that_cannot_be_written_loses_nothing(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    (inbox.parent / ".seuranta").touch()
    keeper.look()
    ticks.go_on(QUIET)
    with pytest.raises(FolderError):
        keeper.look()
    (inbox.parent / ".seuranta").unlink()
    assert keeper.look().kept == ("X.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"one")]


def test_two_keepers_of_one_folder_enter_a_save_once(inbox: Path, ticks: Ticks) -> None:
    one, other = _keeper(inbox, ticks), _keeper(inbox, ticks)
    for content in (b"one", b"two"):
        (inbox / "X.xlsx").write_bytes(content)
        one.look()
        other.look()
        ticks.go_on(QUIET)
        assert (one.look().kept, other.look().kept) == (("X.xlsx",), ())
        one, other = other, one
    (inbox / "X.xlsx").unlink()
    one.look()
    other.look()
    ticks.go_on(QUIET)
    one.look()
    other.look()
    assert [type(record) for record in _records(inbox)] == [Save, Save, Gone]


def test_a_keeper_that_starts_anew_knows_what_was_kept(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    (inbox / "Y.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    (inbox / "Y.xlsx").unlink()
    new = _keeper(inbox, ticks)
    assert replace(new.look(), missing=()) == NOTHING
    ticks.go_on(QUIET)
    assert new.look() == replace(NOTHING, left=("Y.xlsx",))
    assert [type(record) for record in _records(inbox)] == [Save, Save, Gone]


def test_a_journal_put_back_from_a_backup_is_read_again_and_filled_up(
    keeper: Keeper, inbox: Path, ticks: Ticks
) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    backup = _journal_file(inbox).read_bytes()
    (inbox / "Y.xlsx").write_bytes(b"two")
    _kept(keeper, ticks)
    _journal_file(inbox).write_bytes(backup)
    assert _kept(keeper, ticks) == ("Y.xlsx",)
    assert _saves(inbox) == [("X.xlsx", b"one"), ("Y.xlsx", b"two")]


def test_a_file_that_cannot_be_read_is_named_until_it_can(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    with (inbox / "video.xlsx").open("wb") as file:
        file.truncate(LARGEST_SAVE + 1)
    assert keeper.look() == InboxLook((), (), ("video.xlsx",))
    ticks.go_on(QUIET)
    assert keeper.look() == InboxLook((), (), ("video.xlsx",))
    (inbox / "video.xlsx").write_bytes(b"small")
    assert _kept(keeper, ticks) == ("video.xlsx",)


def test_a_file_that_vanishes_before_it_has_stood_is_no_save(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    keeper.look()
    (inbox / "X.xlsx").unlink()
    ticks.go_on(QUIET)
    assert keeper.look() == NOTHING
    assert _records(inbox) == []


@pytest.mark.parametrize(
    "name", [b"S\xe4hk\xf6.xlsx", b"\xff\xfe.xlsx", b"x" * 245 + b".xlsx", "ä".encode() * 122 + b".xlsx"]
)
def test_any_name_that_a_disk_can_hold_is_kept_and_gone(keeper: Keeper, inbox: Path, ticks: Ticks, name: bytes) -> None:
    spelt = os.fsdecode(name)
    (inbox / spelt).write_bytes(b"one")
    assert _kept(keeper, ticks) == (spelt,)
    assert _saves(inbox) == [(spelt, b"one")]
    assert _keeper(inbox, ticks).look() == NOTHING
    (inbox / spelt).unlink()
    _kept(keeper, ticks)
    assert keeper.journal.history.gone == {spelt}


def test_an_inbox_that_is_gone_is_told_and_nothing_counts_as_gone(keeper: Keeper, inbox: Path, ticks: Ticks) -> None:
    (inbox / "X.xlsx").write_bytes(b"one")
    _kept(keeper, ticks)
    inbox.rename(inbox.parent / "old")
    for _ in range(3):
        ticks.go_on(QUIET)
        with pytest.raises(FolderError, match="inbox"):
            keeper.look()
    (inbox.parent / "old").rename(inbox)
    assert keeper.look() == NOTHING
    assert len(_records(inbox)) == 1
