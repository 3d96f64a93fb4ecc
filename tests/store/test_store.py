"""Archive, journal and ledger together: what the ledger lacks is made anew, and what 0.1.0 left is taken over."""

import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from generator.domain.follow_up.merge import Decision
from generator.domain.submission.checks import Checked
from generator.errors import FolderError
from generator.store.journal import Journal
from generator.store.ledger_rows import Stored
from generator.store.records import Final, PlacedFiles, Rebuilt, Record, Save
from generator.store.state_folder import StateFolder
from generator.store.store import DAMAGED, LOCK_SECONDS, Store, open_store, read_store
from tests.store.changes import changes_by

FIXTURE = Path(__file__).parents[1] / "fixtures" / "workspace-0.1.0.zip"
NOW = datetime(2026, 8, 5, 9, tzinfo=UTC)
TIME = "2026-08-03T09:15:00+03:00"
ONE = sha256(b"one").hexdigest()


@pytest.fixture
def paths(tmp_path: Path) -> StateFolder:
    return StateFolder(tmp_path / ".seuranta")


@pytest.fixture
def old(tmp_path: Path) -> StateFolder:
    """The state of a workspace that version 0.1.0 made."""
    with zipfile.ZipFile(FIXTURE) as archive:
        archive.extractall(tmp_path)
    return StateFolder(tmp_path / ".seuranta")


@contextmanager
def opened(paths: StateFolder, lock_seconds: float = LOCK_SECONDS) -> Iterator[Store]:
    with open_store(paths, Journal(paths.journal_lines()), NOW, lock_seconds) as store:
        yield store


def _records(paths: StateFolder) -> list[Record]:
    return [entry.record for entry in Journal(paths.journal_lines()).read()]


def _take(store: Store, sequence: int, file: str) -> None:
    save = Stored(sequence, file, ONE, TIME, "2026-1", Checked())
    store.ledger.store((save,), changes_by(save), store.journal_mark)


def _fill(paths: StateFolder) -> None:
    """A state with one save, taken."""
    with opened(paths) as store:
        store.append(Save("X.xlsx", store.archive.keep(b"one"), TIME, "2026-1"))
        _take(store, 1, "X.xlsx")


def _listing(folder: Path) -> dict[str, tuple[int, str]]:
    """Each file and folder with its time and, of a file, its digest."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in (folder, *folder.rglob("*"))
    }


def test_what_was_taken_is_there_when_the_store_is_opened_again(paths: StateFolder) -> None:
    _fill(paths)
    with opened(paths) as store:
        assert store.ledger.last_sequence() == store.history.last_sequence == 1
        assert store.archive.read(ONE) == b"one"
    assert paths.asides() == ()
    assert [type(record) for record in _records(paths)] == [Save]


def test_a_missing_ledger_is_made_anew(paths: StateFolder) -> None:
    _fill(paths)
    paths.ledger.unlink()
    with opened(paths) as store:
        assert store.ledger.last_sequence() == 0
        assert [save.sequence for save in store.history.saves] == [1]
    assert paths.asides() == ()


def _scramble(ledger: Path) -> None:
    ledger.write_bytes(b"no database at all " * 100)


def _flip_the_end(ledger: Path) -> None:
    data = ledger.read_bytes()
    ledger.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


@pytest.mark.parametrize("damage", [_scramble, _flip_the_end])
def test_a_damaged_ledger_is_put_aside_and_an_empty_one_opened(paths: StateFolder, damage: object) -> None:
    assert callable(damage)
    _fill(paths)
    damage(paths.ledger)
    damaged = paths.ledger.read_bytes()
    with opened(paths) as store:
        assert store.ledger.last_sequence() == 0
        assert [save.sequence for save in store.history.saves] == [1]
    (aside,) = paths.asides()
    assert aside.read_bytes() == damaged
    assert [(r.reason, r.above) for r in _records(paths) if isinstance(r, Rebuilt)] == [("damaged", 1)]
    with opened(paths):
        assert paths.asides() == (aside,)


def test_a_ledger_that_turns_out_to_be_damaged_is_put_aside_too(paths: StateFolder) -> None:
    _fill(paths)
    with opened(paths) as store:
        store.renew_ledger(DAMAGED, NOW)
        assert store.ledger.last_sequence() == 0
        store.renew_ledger(DAMAGED, NOW)
    assert len(paths.asides()) == 2


def test_a_ledger_of_another_journal_is_put_aside_and_sequences_stay_above_it(paths: StateFolder) -> None:
    _fill(paths)
    with opened(paths) as store:
        saves = tuple(Save(f"{number}.xlsx", ONE, TIME, "2026-1") for number in range(2, 6))
        store.append(*saves)
        for number in range(2, 6):
            _take(store, number, f"{number}.xlsx")
    first, *_ = paths.journal.read_bytes().splitlines(keepends=True)
    paths.journal.write_bytes(first)
    with opened(paths) as store:
        assert store.ledger.last_sequence() == 0
        store.append(Save("new.xlsx", ONE, TIME, "2026-1"))
        latest = store.history.latest("new.xlsx")
        assert latest and latest.sequence > 5
    assert len(paths.asides()) == 1
    rebuilt = [entry for entry in Journal(paths.journal_lines()).read() if isinstance(entry.record, Rebuilt)]
    assert [(entry.record.reason, entry.sequence > 5) for entry in rebuilt] == [("another journal", True)]


def test_a_broken_line_stops_the_job_before_anything_is_written(paths: StateFolder) -> None:
    _fill(paths)
    with paths.journal.open("ab") as file:
        file.write(b"nonsense\n")
    before = _listing(paths.folder)
    with pytest.raises(FolderError, match=r"journal\.jsonl: line 2"), opened(paths):
        raise AssertionError("what is held cannot be known")
    with pytest.raises(FolderError, match=r"journal\.jsonl: line 2"), read_store(paths):
        raise AssertionError("what is held cannot be known")
    assert _listing(paths.folder) == before


def test_a_state_that_cannot_be_written_stops_the_job(paths: StateFolder) -> None:
    paths.folder.touch()
    with pytest.raises(FolderError, match="seuranta") as caught, opened(paths):
        raise AssertionError("there is no folder")
    assert caught.value.exit_code == 4


def _assert_old_is_in(store: Store) -> None:
    history = store.history
    (decision,) = history.decisions("2026-1")
    assert isinstance(decision, Decision) and (decision.code, decision.officer) == ("01.10", "Sivistysjohtaja")
    final = history.last_final("2026-1")
    assert final and (final.who, final.because) == ("sihteeri", "Yksi tavoite puuttuu.")
    assert [plan.first for plan in history.plans("2026-1")] == [1]
    root = store.state.folder.parent
    for name in ("inbox/Sivistysjohtaja.kuittaus.html", "outbox/tilanne.html"):
        assert history.has_placed(name, sha256((root / name).read_bytes()).hexdigest())
    assert [save.path for save in history.saves] == ["Hallintojohtaja.xlsx", "Sivistysjohtaja.xlsx", "kuva.png"]


def test_what_version_0_1_0_kept_is_taken_over_once(old: StateFolder) -> None:
    with opened(old) as store:
        _assert_old_is_in(store)
        assert store.ledger.last_sequence() == 3
        assert store.ledger.current_answers("2026-1")
    once = _records(old)
    with opened(old) as store:
        _assert_old_is_in(store)
    assert _records(old) == once
    assert old.asides() == ()
    assert not (old.archive / "acts.jsonl").exists() and not (old.folder / "placed.jsonl").exists()
    assert (old.archive / "acts.jsonl.taken-over").exists() and (old.folder / "placed.jsonl.taken-over").exists()


def test_a_take_over_cut_off_before_the_files_were_renamed_is_completed(
    old: StateFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def lose_power(path: Path, target: Path) -> Path:
        if path.suffix == ".jsonl":
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", lose_power)
        with opened(old):
            raise AssertionError("it was cut off")
    entered = _records(old)
    assert (old.archive / "acts.jsonl").exists()
    with opened(old) as store:
        _assert_old_is_in(store)
    records = _records(old)
    assert [r for r in records if isinstance(r, Final | Decision)] == [
        r for r in entered if isinstance(r, Final | Decision)
    ]
    assert len([r for r in records if isinstance(r, Final)]) == 1
    assert not (old.archive / "acts.jsonl").exists()


def test_a_take_over_of_which_half_was_entered_enters_the_rest(old: StateFolder) -> None:
    """The journal's one append was torn in the middle."""
    begun = StateFolder(old.folder)
    kept = {path: path.read_bytes() for path in (old.archive / "acts.jsonl", old.folder / "placed.jsonl")}
    with opened(begun):
        whole = old.journal.read_bytes()
    lines = whole.splitlines(keepends=True)
    old.journal.write_bytes(b"".join(lines[:5]) + lines[5][:20])
    for path, data in kept.items():
        path.write_bytes(data)
    with opened(old) as store:
        _assert_old_is_in(store)
    kinds = [type(record) for record in _records(old)]
    assert kinds.count(Final) == kinds.count(Decision) == kinds.count(PlacedFiles) == 1


@pytest.mark.parametrize(
    ("name", "line"), [("archive/acts.jsonl", '{"act": "decide"}'), ("placed.jsonl", '{"path": 1}')]
)
def test_a_broken_record_of_0_1_0_stops_the_job_and_is_named(old: StateFolder, name: str, line: str) -> None:
    (old.folder / name).write_text(f"{line}\n", encoding="utf-8")
    before = old.journal.read_bytes()
    with pytest.raises(FolderError, match=r"\.jsonl: line 1"), opened(old):
        raise AssertionError("people's choices cannot be known")
    assert old.journal.read_bytes() == before


@pytest.mark.parametrize("state", ["none", "new", "old", "damaged"])
def test_reading_writes_nothing(tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = StateFolder(tmp_path / ".seuranta")
    if state == "old":
        with zipfile.ZipFile(FIXTURE) as archive:
            archive.extractall(tmp_path)
    elif state != "none":
        _fill(paths)
    if state == "damaged":
        _scramble(paths.ledger)
    before = _listing(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no permission to write here")

    # As in a folder without write permission, which does not stop the system's own user.
    for name in ("mkdir", "touch", "unlink", "rename", "replace", "write_bytes", "write_text"):
        monkeypatch.setattr(Path, name, refuse)
    monkeypatch.setattr(os, "fsync", refuse)
    with read_store(paths) as store:
        if state == "old":
            _assert_old_is_in(store)
        seen = store.history.last_sequence
        store.append(Save("Y.xlsx", ONE, TIME, "2026-1"))
        assert store.history.last_sequence == seen + 1
        with store.sole_writer():
            _take(store, seen + 1, "Y.xlsx")
        assert "Y.xlsx" in {held.file for held in store.ledger.current_files("2026-1")}
    assert _listing(tmp_path) == before


def test_a_reader_has_the_ledger_as_it_stands_or_an_empty_one(paths: StateFolder) -> None:
    _fill(paths)
    with read_store(paths) as store:
        assert store.ledger.last_sequence() == 1
    with closing(sqlite3.connect(paths.ledger)) as connection:
        connection.execute("UPDATE marks SET value = '[7, \"0\"]'")
        connection.commit()
    with read_store(paths) as store:
        assert store.ledger.last_sequence() == 0


def test_one_writer_waits_for_the_other_and_is_told(paths: StateFolder) -> None:
    with opened(paths) as one, opened(paths, lock_seconds=0.0) as other:
        with one.sole_writer(), pytest.raises(FolderError, match="another program"), other.sole_writer():
            raise AssertionError("two write at once")
        with other.sole_writer():
            pass
