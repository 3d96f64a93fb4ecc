"""What goes into the ledger comes out of it, whatever people write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.checks import Checked, Verdict
from generator.domain.finding import Finding, Place
from generator.domain.row_checks import CheckedRow
from generator.domain.rules import RULES
from generator.domain.status import Held
from generator.domain.submission import Answer, Entry, EntryCells
from generator.errors import FolderError
from generator.store.ledger import SCHEMA_VERSION, Ledger, ReportRecord, Stored, open_ledger

TIME = "2026-08-03T09:15:00+03:00"
DIGEST = "0" * 64
CELLS = EntryCells("Lomake!D5", "Lomake!E5", "Lomake!F5", "Lomake!G5")
ENTRY = Entry("01.02", "Kansliapäällikkö", 3, "viivästynyt", "riski", "Työ on aloitettu.", True, CELLS)
ERROR = Finding("degree-missing", Place("Lomake", "F6"), "01.03", "", ("1 Ei edetty", "2 Hieman"))
NOTE = Finding("unsigned")

texts = st.text(max_size=20)
names = texts | st.text(st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF) | st.just("\\"), max_size=5)
findings = st.builds(
    Finding,
    st.sampled_from(sorted(RULES)),
    st.builds(Place, st.none() | texts, st.none() | texts),
    st.none() | texts,
    names,
    st.lists(names, max_size=3).map(tuple),
)
cells = st.builds(EntryCells, texts, texts, texts, texts)
entries = st.builds(
    Entry, texts, texts, st.none() | st.integers(1, 9), texts, texts, texts, signed=st.booleans(), cells=cells
)
rows = st.builds(
    CheckedRow,
    st.integers(1, 1_048_576),
    st.none() | texts,
    st.none() | entries,
    st.lists(findings, max_size=2).map(tuple),
)
checks = st.builds(
    Checked,
    st.none() | texts,
    st.none() | texts,
    st.lists(rows, max_size=4).map(tuple),
    st.lists(findings, max_size=2).map(tuple),
    st.booleans(),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        yield ledger


def _checked(*entries: Entry, findings: tuple[Finding, ...] = ()) -> Checked:
    rows = tuple(CheckedRow(number, entry.code, entry) for number, entry in enumerate(entries, start=5))
    return Checked("Kansliapäällikkö", "2026-1", rows, findings)


def _stored(sequence: int, file: str = "X.xlsx", period: str = "2026-1", checked: Checked | None = None) -> Stored:
    return Stored(sequence, file, DIGEST, TIME, period, checked or _checked(ENTRY))


def _sequences(held: tuple[Held, ...]) -> list[int]:
    return [save.sequence for save in held]


def test_a_new_ledger_holds_nothing(ledger: Ledger) -> None:
    assert ledger.last_sequence() == 0
    assert not ledger.held("2026-1") and not ledger.unanswered("2026-1")
    assert not ledger.answers("2026-1") and not ledger.answers_of(1)
    assert not ledger.periods()
    assert ledger.last_report("2026-1", "raportti.docx") is None


def test_a_save_comes_back_with_its_findings_and_answers(ledger: Ledger) -> None:
    faulty = CheckedRow(6, "01.03", ENTRY, (ERROR,))
    taken = CheckedRow(5, "01.02", ENTRY)
    checked = Checked("Kansliapäällikkö", "2026-1", (faulty, taken), (NOTE,))
    ledger.store((_stored(7, "Keskushallinto/X.xlsx", checked=checked),))
    answer = Answer(ENTRY, 7, "Keskushallinto/X.xlsx", TIME)
    held = Held(7, "Keskushallinto/X.xlsx", TIME, "Kansliapäällikkö", Verdict.NEEDS_CORRECTION, (NOTE, ERROR), taken=1)
    assert ledger.last_sequence() == 7
    assert ledger.held("2026-1") == ledger.unanswered("2026-1") == (held,)
    assert ledger.answers("2026-1") == ledger.answers_of(7) == (answer,)


@given(st.lists(st.tuples(names, checks), max_size=3))
def test_any_texts_come_back_as_they_were(saves: list[tuple[str, Checked]]) -> None:
    stored = tuple(_stored(number, file, checked=checked) for number, (file, checked) in enumerate(saves, start=1))
    with TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.sqlite3") as ledger:
        ledger.store(stored)
        held, answers = ledger.held("2026-1"), ledger.answers("2026-1")
        each = tuple(answer for save in stored for answer in ledger.answers_of(save.sequence))
    assert answers == each
    assert answers == tuple(
        Answer(entry, save.sequence, save.file, TIME) for save in stored for entry in save.checked.entries
    )
    assert held == tuple(
        Held(
            save.sequence,
            save.file,
            TIME,
            save.checked.officer,
            save.checked.verdict,
            save.checked.findings,
            len(save.checked.entries),
        )
        for save in stored
    )


def test_saves_come_in_the_journals_order_and_by_period(ledger: Ledger) -> None:
    ledger.store((_stored(3), _stored(1), _stored(2, period="2025-2")))
    assert _sequences(ledger.held("2026-1")) == [1, 3]
    assert [answer.sequence for answer in ledger.answers("2026-1")] == [1, 3]
    assert _sequences(ledger.held("2025-2")) == [2]
    assert ledger.periods() == ("2026-1", "2025-2")


def test_saves_are_stored_all_or_none(ledger: Ledger) -> None:
    ledger.store((_stored(1),))
    with pytest.raises(sqlite3.IntegrityError):
        ledger.store((_stored(2), _stored(1)))
    assert ledger.last_sequence() == 1
    assert len(ledger.answers("2026-1")) == 1


def test_of_each_file_the_latest_save_waits_for_its_receipt(ledger: Ledger) -> None:
    ledger.store((_stored(1, "X.xlsx"), _stored(2, "X.xlsx"), _stored(3, "Y.xlsx"), _stored(4, "Z.xlsx", "2025-2")))
    assert _sequences(ledger.unanswered("2026-1")) == [2, 3]
    assert _sequences(ledger.unanswered("2025-2")) == [4]
    ledger.mark_answered(2)
    ledger.mark_answered(3, 4)
    assert ledger.unanswered("2026-1") == ledger.unanswered("2025-2") == ()
    ledger.store((_stored(5, "X.xlsx", "2025-2"),))
    assert _sequences(ledger.unanswered("2025-2")) == [5]
    assert ledger.unanswered("2026-1") == ()


def test_the_last_record_of_a_report_counts(ledger: Ledger) -> None:
    first = ReportRecord("2026-1", "raportti.docx", "inputs 1", "sha 1", TIME)
    second = ReportRecord("2026-1", "raportti.docx", "inputs 2", "sha 2", TIME)
    for record in (first, second, ReportRecord("2026-1", "ote.docx", "inputs", "sha", TIME)):
        ledger.record_report(record)
    assert ledger.last_report("2026-1", "raportti.docx") == second
    assert ledger.last_report("2025-2", "raportti.docx") is None


def test_all_stands_on_the_disk_when_the_ledger_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with open_ledger(path) as ledger:
        ledger.store((_stored(1),))
        ledger.mark_answered(1)
        ledger.record_report(ReportRecord("2026-1", "raportti.docx", "inputs", "sha", TIME))
    with open_ledger(path) as ledger:
        assert ledger.last_sequence() == 1
        assert ledger.unanswered("2026-1") == ()
        assert ledger.last_report("2026-1", "raportti.docx") is not None


def test_one_reads_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with open_ledger(path) as writer, open_ledger(path) as reader:
        writer.store((_stored(1),))
        assert reader.last_sequence() == 1


def _open(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.held("2026-1")
        ledger.answers("2026-1")


def test_a_ledger_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    _open(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(FolderError, match=f"another version.*{SCHEMA_VERSION + 1}") as caught:
        _open(path)
    assert "remove the file and run again" in caught.value.advice


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(FolderError, match="damaged") as caught:
        _open(path)
    assert "made anew from the archive" in caught.value.advice
    assert path.read_bytes().startswith(b"no database")


def test_damage_that_shows_only_in_use_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with open_ledger(path) as ledger:
        ledger.store(tuple(_stored(number) for number in range(1, 200)))
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(FolderError, match="damaged"):
        _open(path)


def test_a_ledger_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="cannot be read or written") as caught:
        _open(tmp_path / "no-such-folder" / "ledger.sqlite3")
    assert caught.value.exit_code == 4


def test_a_fault_of_ours_is_not_taken_for_the_disks(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.ProgrammingError), open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        ledger.mark_answered(object())  # type: ignore[arg-type]
