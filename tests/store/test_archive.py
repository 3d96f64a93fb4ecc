"""Every save is kept, and the journal gives them their order, whatever happens in between."""

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import FolderError
from generator.store.archive import Archive, Save

TIME = "2026-08-03T09:15:00+03:00"
LATER = "2026-08-04T10:00:00+03:00"
PERIOD = "2026-1"
ONE = sha256(b"one").hexdigest()
TWO = sha256(b"two").hexdigest()

# Names as Python gives them: a byte that is not UTF-8 is a lone low surrogate.
paths = st.text(st.characters(exclude_categories=["Cs"]) | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF))
digests = st.binary(max_size=4).map(lambda data: sha256(data).hexdigest())


def _kept_file(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / f"{digest}.bin"


def test_bytes_are_kept_once_by_their_digest(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    assert archive.keep(b"one") == archive.keep(b"one") == ONE
    assert archive.read(ONE) == b"one"
    assert _kept_file(tmp_path / "archive", ONE).read_bytes() == b"one"
    assert [item.name for item in (tmp_path / "archive").rglob("*.*")] == [f"{ONE}.bin"]


def test_an_empty_file_is_a_save_too(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    assert archive.read(archive.keep(b"")) == b""


def test_a_torn_file_is_written_again_when_its_bytes_come_back(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep(b"one")
    _kept_file(tmp_path, ONE).write_bytes(b"on")
    archive.keep(b"one")
    assert archive.read(ONE) == b"one"


def test_a_damaged_save_is_not_given_out(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.keep(b"one")
    _kept_file(tmp_path, ONE).write_bytes(b"eno")
    with pytest.raises(FolderError, match="damaged") as caught:
        archive.read(ONE)
    assert caught.value.advice


def test_a_missing_save_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=ONE):
        Archive(tmp_path).read(ONE)


def test_an_archive_that_cannot_be_written_stops_the_job(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("no folder", encoding="utf-8")
    archive = Archive(tmp_path / "archive")
    with pytest.raises(FolderError):
        archive.keep(b"one")
    with pytest.raises(FolderError):
        archive.enter((("a.xlsx", ONE),), TIME, PERIOD)


def test_the_journal_numbers_saves_from_one_and_goes_on(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    assert archive.journal() == ()
    first = archive.enter((("a.xlsx", ONE), ("Tekniikka/b.xlsx", TWO)), TIME, PERIOD)
    second = Archive(tmp_path / "archive").enter((("a.xlsx", TWO),), LATER, PERIOD)
    assert first == (Save(1, "a.xlsx", ONE, TIME, PERIOD), Save(2, "Tekniikka/b.xlsx", TWO, TIME, PERIOD))
    assert second == (Save(3, "a.xlsx", TWO, LATER, PERIOD),)
    assert archive.journal() == first + second


def test_entering_nothing_writes_nothing(tmp_path: Path) -> None:
    assert Archive(tmp_path / "archive").enter((), TIME, PERIOD) == ()
    assert not (tmp_path / "archive").exists()


@given(st.lists(st.lists(st.tuples(paths, digests), max_size=4), max_size=4))
def test_the_journal_gives_back_what_was_entered(passes: list[list[tuple[str, str]]]) -> None:
    with TemporaryDirectory() as folder:
        entered: tuple[Save, ...] = ()
        for new in passes:
            entered += Archive(Path(folder)).enter(tuple(new), TIME, PERIOD)
        assert Archive(Path(folder)).journal() == entered
        assert [(save.path, save.digest) for save in entered] == [item for new in passes for item in new]
        assert [save.sequence for save in entered] == list(range(1, len(entered) + 1))


def test_a_journal_torn_at_any_byte_loses_no_whole_line(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    saves = archive.enter((("Kansliapäällikkö.xlsx", ONE), ("b.xlsx", TWO)), TIME, PERIOD)
    journal, torn = tmp_path / "journal.jsonl", tmp_path / "journal.torn"
    whole = journal.read_bytes()
    for length in range(len(whole) + 1):
        journal.write_bytes(whole[:length])
        torn.unlink(missing_ok=True)
        held = saves[: whole[:length].count(b"\n")]
        assert archive.journal() == held
        assert journal.read_bytes() == whole[:length], "reading mends nothing: another process may be writing"
        new = archive.enter((("c.xlsx", ONE),), LATER, PERIOD)
        assert archive.journal() == held + new == (*held, Save(len(held) + 1, "c.xlsx", ONE, LATER, PERIOD))
        rest = whole[whole.rfind(b"\n", 0, length) + 1 : length]
        assert (torn.read_bytes() if rest else b"\n") == rest + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "nonsense",
        f'{{"sequence": "2", "path": "b", "digest": "{ONE}", "time": "{TIME}"}}',
        f'{{"sequence": true, "path": "b", "digest": "{ONE}", "time": "{TIME}"}}',
        f'{{"sequence": 2, "path": null, "digest": "{ONE}", "time": "{TIME}"}}',
        f'{{"sequence": 2, "path": "b", "digest": "../../etc", "time": "{TIME}"}}',
        f'{{"sequence": 1, "path": "b", "digest": "{ONE}", "time": "{TIME}"}}',
    ],
)
def test_a_broken_line_of_the_journal_stops_the_job_and_is_named(tmp_path: Path, line: str) -> None:
    archive = Archive(tmp_path)
    archive.enter((("a.xlsx", ONE),), TIME, PERIOD)
    with (tmp_path / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(line + "\n")
    with pytest.raises(FolderError, match=r"journal\.jsonl: line 2"):
        archive.journal()
    with pytest.raises(FolderError, match=r"journal\.jsonl: line 2"):
        archive.enter((("c.xlsx", ONE),), TIME, PERIOD)
