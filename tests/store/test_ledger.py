"""What goes into the ledger comes out of it, whatever people write, and what is current is kept with it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.finding import Finding, Place
from generator.domain.base.heading import Field
from generator.domain.base.rules import RULES
from generator.domain.base.text import name_key
from generator.domain.follow_up.status import Problem, StoredReply, StoredSave
from generator.domain.follow_up.whose_answer import Contested, FileState, InForce, Key, entry_key
from generator.domain.plan.form import Typed
from generator.domain.submission.answers import Answer, Column, Entry, EntryCells
from generator.domain.submission.checks import Checked, Verdict
from generator.domain.submission.feedback import Reply
from generator.domain.submission.row_checks import CheckedRow, Standing
from generator.domain.submission.typed import TypedRow, TypedSheet
from generator.errors import FolderError
from generator.store.ledger import JournalMark, Ledger, ReportRecord, StandingChanges
from generator.store.ledger_rows import InForceChange, StateChange, Stored, seal_of
from generator.store.ledger_schema import SCHEMA_VERSION, SEALED, LedgerDamagedError
from generator.store.sqlite_ledger import ledger_in_memory, open_ledger, read_ledger
from tests.store.changes import changes_by, rows_of, state_after

TIME = "2026-08-03T09:15:00+03:00"
DIGEST = "0" * 64
MARK = JournalMark(120, "a" * 64)
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


@contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    with closing(open_ledger(path)) as ledger:
        yield ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with opened(tmp_path / "ledger.sqlite3") as ledger:
        yield ledger


def _checked(*entries: Entry, findings: tuple[Finding, ...] = ()) -> Checked:
    rows = tuple(CheckedRow(number, entry.code, entry) for number, entry in enumerate(entries, start=5))
    return Checked("Kansliapäällikkö", "2026-1", rows, findings)


def _stored(sequence: int, file: str = "X.xlsx", period: str = "2026-1", checked: Checked | None = None) -> Stored:
    return Stored(sequence, file, DIGEST, TIME, period, checked or _checked(ENTRY))


def _store(ledger: Ledger, *saves: Stored, mark: JournalMark = MARK) -> None:
    ledger.store(saves, changes_by(*saves), mark)


def _sequences(held: tuple[StoredSave, ...]) -> list[int]:
    return [save.sequence for save in held]


def _held(save: Stored) -> StoredSave:
    """What the ledger tells of a save."""
    checked = save.checked
    taken = len(checked.entries)
    return StoredSave(
        save.sequence, save.file, save.time, checked.officer, checked.verdict, checked.findings, taken, save.digest
    )


def test_a_new_ledger_holds_nothing(ledger: Ledger) -> None:
    assert ledger.last_sequence() == 0
    assert not ledger.saves() and ledger.journal_mark() is None
    assert ledger.save(1) is None and ledger.typed_of(1) is None
    assert not ledger.current_files("2026-1") and not ledger.reread("2026-1")
    assert not ledger.current_answers("2026-1") and not ledger.in_force("2026-1") and not ledger.answers_of(1)
    assert not ledger.file_states("2026-1") and ledger.file_state_at("2026-1", "X.xlsx", 1) is None
    assert ledger.taken_up_to() == 0 and not ledger.receipts()
    assert not ledger.replies("2026-1") and not ledger.replied() and not ledger.last_saved("2026-1")
    assert not ledger.reports("2026-1") and not ledger.problems()
    assert ledger.parsed_plan("0") is None


def test_a_save_comes_back_with_its_findings_and_answers(ledger: Ledger) -> None:
    faulty = CheckedRow(6, "01.03", ENTRY, (ERROR,))
    taken = CheckedRow(5, "01.02", ENTRY)
    checked = Checked("Kansliapäällikkö", "2026-1", (faulty, taken), (NOTE,))
    _store(ledger, _stored(7, "Keskushallinto/X.xlsx", checked=checked))
    answer = Answer(ENTRY, 7, "Keskushallinto/X.xlsx", TIME)
    officer, verdict = "Kansliapäällikkö", Verdict.NEEDS_CORRECTION
    held = StoredSave(7, "Keskushallinto/X.xlsx", TIME, officer, verdict, (NOTE, ERROR), taken=1, digest=DIGEST)
    assert ledger.last_sequence() == 7
    assert ledger.saves() == {(7, "Keskushallinto/X.xlsx", DIGEST)}
    assert ledger.journal_mark() == MARK
    assert ledger.current_files("2026-1") == (held,)
    assert ledger.save(7) == held
    assert ledger.current_answers("2026-1") == ledger.answers_of(7) == (answer,)
    assert ledger.last_saved("2026-1") == {name_key(officer): TIME}


def test_what_was_read_before_follows_what_another_program_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    checked = Checked("Kansliapäällikkö", "2026-1", (CheckedRow(5, "01.02", ENTRY),), ())
    with opened(path) as ours, opened(path) as theirs:
        _store(ours, _stored(7, "X.xlsx", checked=checked))
        assert [a.sequence for a in ours.current_answers("2026-1")] == [a.sequence for a in ours.answers_of(7)] == [7]
        _store(theirs, _stored(8, "X.xlsx", checked=checked))
        assert [a.sequence for a in ours.current_answers("2026-1")] == [8]
        assert [a.sequence for a in ours.answers_of(8)] == [8]
        with closing(sqlite3.connect(path)) as damaging:
            damaging.execute("UPDATE entries SET narrative = 'Muu.'")
            damaging.commit()
        for ask in (lambda: ours.current_answers("2026-1"), lambda: ours.answers_of(7), lambda: ours.answers_of(8)):
            with pytest.raises(LedgerDamagedError):
                ask()


@given(st.lists(st.tuples(names, checks), max_size=3))
def test_any_texts_come_back_as_they_were(saves: list[tuple[str, Checked]]) -> None:
    stored = tuple(_stored(number, file, checked=checked) for number, (file, checked) in enumerate(saves, start=1))
    with closing(ledger_in_memory(Path("ledger.sqlite3"))) as ledger:
        _store(ledger, *stored)
        held = tuple(ledger.save(save.sequence) for save in stored)
        each = tuple(answer for save in stored for answer in ledger.answers_of(save.sequence))
    assert each == tuple(
        Answer(entry, save.sequence, save.file, TIME) for save in stored for entry in save.checked.entries
    )
    assert held == tuple(map(_held, stored))


# Few officers, goals, files and questions, so that saves follow one another; names in two spellings.
@given(st.lists(st.text() | st.integers() | st.none() | st.booleans() | st.floats(allow_nan=False)))
def test_a_seal_is_that_of_the_columns_as_json_writes_them(row: list[object]) -> None:
    assert seal_of(row) == sha256(json.dumps(row).encode("ascii")).hexdigest()[:16]


few_officers = st.sampled_from(["Kansliapäällikkö", "kansliapäällikkö ", "Sivistysjohtaja"])
few_keys = st.sampled_from(["aaaaaaaaaaaa", "bbbbbbbbbbbb"])
few_entries = st.builds(
    Entry,
    st.sampled_from(["01", "01.02"]),
    few_officers,
    st.none() | st.integers(1, 5),
    st.just(""),
    st.just(""),
    st.text("abc", max_size=2),
    signed=st.booleans(),
    cells=st.just(CELLS),
)
few_questions = st.builds(Finding, st.just("narrative-empty"), key=few_keys, value=st.text("a\0\\", max_size=2))


@st.composite
def few_checks(draw: st.DrawFn) -> Checked:
    # A save has one valid row for a goal and an officer: see `double-row` and `row-repeated`.
    entries = draw(st.lists(few_entries, max_size=3, unique_by=entry_key))
    questions = draw(st.lists(few_questions, max_size=2, unique_by=lambda finding: finding.key))
    replies = draw(st.lists(st.builds(Reply, few_keys, st.text("xyz", max_size=2)), max_size=2))
    rows = tuple(CheckedRow(number, entry.code, entry) for number, entry in enumerate(entries, start=5))
    return Checked(draw(st.none() | few_officers), "2026-1", rows, tuple(questions), replies=tuple(replies))


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[Stored, ...], ...]:
    """Saves in the journal's order, parted into what is taken at once."""
    made = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["X.xlsx", "Y.xlsx"]),
                st.sampled_from(["2025-2", "2026-1"]),
                few_checks(),
                st.booleans(),
            ),
            max_size=6,
        )
    )
    parts: list[list[Stored]] = [[]]
    for number, (file, period, checked, is_last) in enumerate(made, start=1):
        time = f"2026-08-0{number}T09:00:00+03:00"
        parts[-1].append(replace(_stored(number, file, period, checked), time=time))
        parts += [[]] if is_last else []
    return tuple(map(tuple, parts))


def _answers_by_folding(saves: Iterable[Stored], *, signed_first: bool = False) -> tuple[Answer, ...]:
    """The last answer of each officer to each goal; `signed_first`: an unsigned one replaces no signed one."""
    found: dict[Key, tuple[int, int, Answer]] = {}
    for save in saves:
        for position, answer in enumerate(rows_of(save)):
            key = entry_key(answer.entry)
            if not (signed_first and key in found and found[key][2].entry.signed and not answer.entry.signed):
                found[key] = save.sequence, position, answer
    return tuple(answer for _, _, answer in sorted(found.values(), key=lambda each: each[:2]))


def _states_by_folding(saves: Iterable[Stored]) -> dict[str, FileState]:
    return {save.file: state_after(save) for save in saves}


def _replies_by_folding(saves: tuple[Stored, ...], period: str) -> tuple[StoredReply, ...]:
    asked = {finding.key: finding for save in saves for finding in save.checked.findings if finding.key}
    found: dict[str, tuple[int, StoredReply]] = {}
    for save in saves:
        for reply in save.checked.replies if save.period == period else ():
            if reply.key in asked:
                held = StoredReply(save.file, save.checked.officer, save.time, asked[reply.key], reply.text)
                found[reply.key] = save.sequence, held
    return tuple(held for _, held in sorted(found.values(), key=lambda each: each[0]))


@given(histories())
def test_what_is_current_is_what_a_fold_over_all_saves_gives(history: tuple[tuple[Stored, ...], ...]) -> None:
    saves = tuple(save for part in history for save in part)
    with closing(ledger_in_memory(Path("ledger.sqlite3"))) as ledger:
        for number, part in enumerate(history, start=1):
            _store(ledger, *part)
            # Also with what is remembered of the answers before.
            so_far = [save for part in history[:number] for save in part]
            for period in ("2025-2", "2026-1"):
                of_period = [save for save in so_far if save.period == period]
                assert ledger.current_answers(period) == _answers_by_folding(of_period)
        for period in ("2025-2", "2026-1"):
            of_period = [save for save in saves if save.period == period]
            files = {save.file: save for save in of_period}
            last = {name_key(s.checked.officer): s.time for s in of_period if s.checked.officer is not None}
            current = sorted(files.values(), key=lambda save: save.sequence)
            assert ledger.current_files(period) == tuple(map(_held, current))
            assert ledger.current_answers(period) == _answers_by_folding(of_period)
            assert ledger.file_states(period) == _states_by_folding(of_period)
            assert ledger.last_saved(period) == last
            replies = ledger.replies(period)
            assert sorted(replies, key=repr) == sorted(_replies_by_folding(saves, period), key=repr)
        assert ledger.taken_up_to() == len(saves)
        assert ledger.replied() == {reply.key for save in saves for reply in save.checked.replies}


def test_saves_come_in_the_journals_order_and_by_period(ledger: Ledger) -> None:
    _store(ledger, _stored(1), _stored(2, "Y.xlsx", "2025-2"), _stored(3, "Z.xlsx"))
    assert _sequences(ledger.current_files("2026-1")) == [1, 3]
    assert [answer.sequence for answer in ledger.current_answers("2026-1")] == [3]
    assert _sequences(ledger.current_files("2025-2")) == [2]


def test_saves_are_stored_all_or_none(ledger: Ledger) -> None:
    _store(ledger, _stored(1))
    with pytest.raises(LedgerDamagedError):
        _store(ledger, _stored(2), _stored(1), mark=JournalMark(500, "b" * 64))
    assert ledger.last_sequence() == 1
    assert len(ledger.current_answers("2026-1")) == 1
    assert ledger.journal_mark() == MARK


def test_an_answer_counts_from_the_save_or_act_that_put_it_in_force_and_none_where_it_was_withdrawn(
    ledger: Ledger,
) -> None:
    first, second = _stored(1), _stored(2, "Y.xlsx", checked=_checked(replace(ENTRY, degree=5)))
    (one,), (other,) = rows_of(first), rows_of(second)
    key = entry_key(ENTRY)
    chosen = (InForceChange("2026-1", InForce(one, 1)), InForceChange("2026-1", InForce(other, 4)))
    ledger.store((first, second), StandingChanges(chosen, (), 4), MARK)
    assert ledger.in_force("2026-1") == {key: InForce(other, 4)} and ledger.current_answers("2026-1") == (other,)
    withdrawn = InForce(other, 5, is_withdrawn=True)
    ledger.store((), StandingChanges((InForceChange("2026-1", withdrawn),), (), 5), MARK)
    assert ledger.in_force("2026-1") == {key: withdrawn} and ledger.current_answers("2026-1") == ()
    assert ledger.in_force("2025-2") == {}
    assert (ledger.taken_up_to(), ledger.last_sequence()) == (5, 2)


def test_each_state_of_a_file_is_kept_and_the_last_one_counts(ledger: Ledger) -> None:
    key, other = entry_key(ENTRY), ("01.10", "sivistysjohtaja")
    saved = FileState(2, "Kansliapäällikkö", said={key: "a"}, emptied=frozenset({other}), seen={key: 2}, floor=1)
    waits = replace(saved, contested={other: Contested(Standing.WAITING, "b")}, officer=None)
    chosen = replace(waits, contested={}, said={key: "a", other: "b"}, floor=7)
    name = "Kansio/\\\udce4.xlsx"
    events = ((2, saved), (5, waits), (7, chosen))
    changes = tuple(StateChange("2026-1", name, event, state) for event, state in events)
    ledger.store((), StandingChanges((), (changes[0],), 2), MARK)
    ledger.store((), StandingChanges((), changes[1:], 7), MARK)
    assert ledger.file_states("2026-1") == {name: chosen} and ledger.file_states("2025-2") == {}
    assert [ledger.file_state_at("2026-1", name, event) for event, _ in events] == [saved, waits, chosen]
    assert ledger.file_state_at("2026-1", name, 3) is None


def test_what_a_receipt_says_is_known_until_it_says_something_else(ledger: Ledger) -> None:
    ledger.record_receipts({})
    ledger.record_receipts({"X.kuittaus.html": "a", "\udce4.kuittaus.html": "b"})
    assert ledger.receipts() == {"X.kuittaus.html": "a", "\udce4.kuittaus.html": "b"}
    ledger.record_receipts({"X.kuittaus.html": ""})
    assert ledger.receipts() == {"X.kuittaus.html": "", "\udce4.kuittaus.html": "b"}


def test_a_file_is_told_whose_last_save_was_read_otherwise_before(ledger: Ledger) -> None:
    _store(ledger, replace(_stored(1), is_reread=True), replace(_stored(2, "Y.xlsx"), is_reread=True))
    assert _sequences(ledger.reread("2026-1")) == [1, 2]
    _store(ledger, _stored(3, "Y.xlsx"))
    assert _sequences(ledger.reread("2026-1")) == [1]


def test_the_officers_own_cells_come_back_where_they_were_stored(ledger: Ledger) -> None:
    typed = TypedSheet((Column(Field.DEGREE, 6),), (TypedRow(5, "01.02", Typed("riski", "", "3", "Työ \n etenee")),))
    _store(ledger, replace(_stored(1), typed=typed), _stored(2))
    assert ledger.typed_of(1) == typed
    assert ledger.typed_of(2) is None


def test_the_last_record_of_a_report_counts_until_it_is_forgotten(ledger: Ledger) -> None:
    first = ReportRecord("2026-1", "raportti.docx", "inputs 1", "sha 1", TIME)
    second = ReportRecord("2026-1", "raportti.docx", "inputs 2", "sha 2", TIME)
    other = ReportRecord("2026-1", "ote.docx", "inputs", "sha", TIME)
    for record in (first, second, other):
        ledger.record_reports(record)
    assert ledger.reports("2026-1") == {"raportti.docx": second, "ote.docx": other}
    assert ledger.reports("2025-2") == {}
    ledger.forget_reports("2026-1", "ote.docx")
    assert ledger.reports("2026-1") == {"raportti.docx": second}


def test_the_last_rounds_problems_and_the_last_plan_are_kept_alone(ledger: Ledger) -> None:
    problem = Problem("outbox", "{path}: no", "Do {what}.", (("path", "ä"), ("what", "it")))
    ledger.replace_problems((problem, Problem("", "m", "a")))
    assert ledger.problems() == (problem, Problem("", "m", "a"))
    ledger.replace_problems((problem,))
    assert ledger.problems() == (problem,)
    ledger.keep_parsed_plan("1", "one")
    ledger.keep_parsed_plan("2", "two")
    assert (ledger.parsed_plan("1"), ledger.parsed_plan("2")) == (None, "two")


def test_all_stands_on_the_disk_when_the_ledger_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with opened(path) as ledger:
        _store(ledger, _stored(1), mark=JournalMark(240, "c" * 64))
        ledger.record_receipts({"X.kuittaus.html": "a"})
        ledger.record_reports(ReportRecord("2026-1", "raportti.docx", "inputs", "sha", TIME))
    with opened(path) as ledger:
        assert ledger.last_sequence() == 1
        assert ledger.receipts() == {"X.kuittaus.html": "a"}
        assert ledger.in_force("2026-1") == {entry_key(ENTRY): InForce(Answer(ENTRY, 1, "X.xlsx", TIME), 1)}
        assert ledger.file_states("2026-1") == {"X.xlsx": state_after(_stored(1))}
        assert ledger.reports("2026-1")
        assert ledger.journal_mark() == JournalMark(240, "c" * 64)


def test_one_reads_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with opened(path) as writer, opened(path) as reader:
        _store(writer, _stored(1))
        assert reader.last_sequence() == 1


def test_a_ledger_is_read_into_memory_and_the_disk_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with opened(path) as ledger:
        _store(ledger, _stored(1))
    before = path.read_bytes()
    memory = read_ledger(path)
    assert memory is not None
    with closing(memory):
        _store(memory, _stored(2, "Y.xlsx"))
        assert _sequences(memory.current_files("2026-1")) == [1, 2]
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("data", [None, b"", b"no database at all " * 100])
def test_a_ledger_that_cannot_be_read_as_it_stands_is_none(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "ledger.sqlite3"
    if data is not None:
        path.write_bytes(data)
    assert read_ledger(path) is None
    assert [item.read_bytes() for item in tmp_path.iterdir()] == ([] if data is None else [data])


# As version 0.1.0 made it (git show 416c84e:generator/files/ledger.py).
FIRST_SCHEMA = """
CREATE TABLE submissions (sequence INTEGER PRIMARY KEY, file TEXT NOT NULL, digest TEXT NOT NULL, time TEXT NOT NULL,
    period TEXT NOT NULL, officer TEXT, verdict TEXT NOT NULL, taken INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0);
CREATE TABLE entries (sequence INTEGER NOT NULL REFERENCES submissions (sequence), position INTEGER NOT NULL,
    code TEXT NOT NULL, officer TEXT NOT NULL, degree INTEGER, overall_status TEXT NOT NULL, main_risks TEXT NOT NULL,
    narrative TEXT NOT NULL, signed INTEGER NOT NULL, main_risks_cell TEXT NOT NULL, overall_status_cell TEXT NOT NULL,
    degree_cell TEXT NOT NULL, narrative_cell TEXT NOT NULL, PRIMARY KEY (sequence, position));
CREATE TABLE findings (sequence INTEGER NOT NULL REFERENCES submissions (sequence), position INTEGER NOT NULL,
    rule TEXT NOT NULL, sheet TEXT, cell TEXT, code TEXT, value TEXT NOT NULL, allowed TEXT NOT NULL,
    question_key TEXT NOT NULL, PRIMARY KEY (sequence, position));
CREATE TABLE replies (sequence INTEGER NOT NULL REFERENCES submissions (sequence), question_key TEXT NOT NULL,
    reply TEXT NOT NULL, PRIMARY KEY (sequence, question_key));
CREATE TABLE reports (number INTEGER PRIMARY KEY, period TEXT NOT NULL, name TEXT NOT NULL, inputs TEXT NOT NULL,
    sha256 TEXT NOT NULL, time TEXT NOT NULL);
CREATE INDEX submissions_of_period ON submissions (period, sequence);
CREATE INDEX submissions_of_file ON submissions (file, sequence);
CREATE INDEX reports_of_period ON reports (period, name);
PRAGMA user_version = 1;
"""


# As version 2 made it (git show dd89de0:generator/store/ledger_schema.py), and how it counted a save as current.
SECOND_SCHEMA = """
CREATE TABLE submissions (sequence INTEGER PRIMARY KEY, file TEXT NOT NULL, digest TEXT NOT NULL, time TEXT NOT NULL,
    period TEXT NOT NULL, officer TEXT, verdict TEXT NOT NULL, taken INTEGER NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0, reread INTEGER NOT NULL DEFAULT 0, officer_key TEXT,
    seal TEXT NOT NULL DEFAULT '');
CREATE TABLE entries (sequence INTEGER NOT NULL REFERENCES submissions (sequence), position INTEGER NOT NULL,
    code TEXT NOT NULL, officer TEXT NOT NULL, degree INTEGER, overall_status TEXT NOT NULL, main_risks TEXT NOT NULL,
    narrative TEXT NOT NULL, signed INTEGER NOT NULL, main_risks_cell TEXT NOT NULL, overall_status_cell TEXT NOT NULL,
    degree_cell TEXT NOT NULL, narrative_cell TEXT NOT NULL, officer_key TEXT NOT NULL DEFAULT '',
    seal TEXT NOT NULL DEFAULT '', PRIMARY KEY (sequence, position));
CREATE TABLE findings (sequence INTEGER NOT NULL REFERENCES submissions (sequence), position INTEGER NOT NULL,
    rule TEXT NOT NULL, sheet TEXT, cell TEXT, code TEXT, value TEXT NOT NULL, allowed TEXT NOT NULL,
    question_key TEXT NOT NULL, seal TEXT NOT NULL DEFAULT '', PRIMARY KEY (sequence, position));
CREATE TABLE replies (sequence INTEGER NOT NULL REFERENCES submissions (sequence), question_key TEXT NOT NULL,
    reply TEXT NOT NULL, seal TEXT NOT NULL DEFAULT '', PRIMARY KEY (sequence, question_key));
CREATE TABLE reports (number INTEGER PRIMARY KEY, period TEXT NOT NULL, name TEXT NOT NULL, inputs TEXT NOT NULL,
    sha256 TEXT NOT NULL, time TEXT NOT NULL, seal TEXT NOT NULL DEFAULT '');
CREATE INDEX submissions_of_period ON submissions (period, sequence);
CREATE INDEX submissions_of_file ON submissions (file, sequence);
CREATE INDEX reports_of_period ON reports (period, name);
CREATE TABLE current_answers (period TEXT NOT NULL, code TEXT NOT NULL, officer_key TEXT NOT NULL,
    signed INTEGER NOT NULL, sequence INTEGER NOT NULL, position INTEGER NOT NULL, seal TEXT NOT NULL,
    PRIMARY KEY (period, code, officer_key, signed));
CREATE TABLE current_files (period TEXT NOT NULL, file TEXT NOT NULL, sequence INTEGER NOT NULL, seal TEXT NOT NULL,
    PRIMARY KEY (period, file));
CREATE TABLE current_officers (period TEXT NOT NULL, officer_key TEXT NOT NULL, sequence INTEGER NOT NULL,
    seal TEXT NOT NULL, PRIMARY KEY (period, officer_key));
CREATE TABLE current_replies (period TEXT NOT NULL, question_key TEXT NOT NULL, sequence INTEGER NOT NULL,
    seal TEXT NOT NULL, PRIMARY KEY (period, question_key));
CREATE TABLE typed (sequence INTEGER PRIMARY KEY REFERENCES submissions (sequence), record TEXT NOT NULL,
    seal TEXT NOT NULL);
CREATE TABLE plans (digest TEXT PRIMARY KEY, record TEXT NOT NULL, seal TEXT NOT NULL);
CREATE TABLE problems (position INTEGER PRIMARY KEY, place TEXT NOT NULL, message TEXT NOT NULL, advice TEXT NOT NULL,
    details TEXT NOT NULL, seal TEXT NOT NULL);
CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal TEXT NOT NULL);
CREATE INDEX reread_saves ON submissions (period, sequence) WHERE reread = 1;
CREATE INDEX findings_of_question ON findings (question_key, sequence) WHERE question_key <> '';
PRAGMA user_version = 2;
"""
SECOND_CURRENT_ANSWERS = """
INSERT OR REPLACE INTO current_answers (period, code, officer_key, signed, sequence, position, seal)
    SELECT s.period, e.code, e.officer_key, e.signed, e.sequence, e.position,
    seal(s.period, e.code, e.officer_key, e.signed, e.sequence, e.position)
    FROM entries AS e JOIN submissions AS s ON s.sequence = e.sequence ORDER BY e.sequence, e.position
"""
SAVES = ("submissions", "entries", "findings", "replies", "reports")
KEPT_BY_VERSION_2 = (*SAVES, "current_files", "current_officers", "current_replies", "typed", "plans", "marks")


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))


def _copy_as_version(version: int, new: Path, old: Path) -> None:
    """A ledger as version 0.1.0, or schema version 2, would have made it of the same saves."""
    with closing(sqlite3.connect(old)) as connection:
        connection.create_function("seal", -1, lambda *row: seal_of(row), deterministic=True)
        connection.executescript(FIRST_SCHEMA if version == 1 else SECOND_SCHEMA)
        connection.execute("ATTACH ? AS new", (str(new),))
        for table in SAVES if version == 1 else KEPT_BY_VERSION_2:
            columns = ", ".join(_columns(connection, f"'{table}'"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        if version == 2:
            connection.execute("DELETE FROM marks WHERE name = 'taken'")
            connection.execute(SECOND_CURRENT_ANSWERS)
        connection.commit()


def _all_of(ledger: Ledger) -> list[object]:
    """What does not depend on whose answer counts."""
    periods = "2025-2", "2026-1"
    of_a_period = ledger.current_files, ledger.last_saved, ledger.replies
    return [*(read(period) for period in periods for read in of_a_period), ledger.replied(), ledger.taken_up_to()]


def _migrated_state(save: Stored, saves: Iterable[Stored]) -> FileState:
    """A file's last save said its rows; those that an officer's signed answer contradicts wait for a person."""
    state = state_after(save)
    signed = {entry_key(row.entry) for each in saves for row in rows_of(each) if row.entry.signed}
    unsigned = {entry_key(row.entry) for row in rows_of(save) if not row.entry.signed}
    open_rows = unsigned & signed
    contested = {key: Contested(Standing.UNSIGNED, state.said[key]) for key in open_rows}
    return replace(
        state, said={key: value for key, value in state.said.items() if key not in open_rows}, contested=contested
    )


@pytest.mark.parametrize("version", [1, 2])
@given(history=histories())
def test_a_ledger_of_an_earlier_version_tells_the_same_when_it_has_been_brought_up_to_date(
    version: int, history: tuple[tuple[Stored, ...], ...]
) -> None:
    saves = [save for part in history for save in part]
    with TemporaryDirectory() as folder:
        new, old = Path(folder) / "new.sqlite3", Path(folder) / "old.sqlite3"
        with opened(new) as ledger:
            for part in history:
                _store(ledger, *part)
            expected = _all_of(ledger)
        _copy_as_version(version, new, old)
        assert read_ledger(old) is None
        for _ in range(2):
            with opened(old) as ledger:
                assert _all_of(ledger) == expected
                assert ledger.journal_mark() == (MARK if version == 2 else None)
                assert ledger.receipts() == {}
                for period in ("2025-2", "2026-1"):
                    of_period = [save for save in saves if save.period == period]
                    printed = _answers_by_folding(of_period, signed_first=True)
                    assert ledger.current_answers(period) == printed
                    assert {one.since for one in ledger.in_force(period).values()} == {one.sequence for one in printed}
                    assert ledger.file_states(period) == {
                        save.file: _migrated_state(save, of_period) for save in of_period
                    }
        with closing(sqlite3.connect(old)) as one, closing(sqlite3.connect(new)) as other:
            for table in (*SEALED, "current_answers", "file_states", "receipts", "typed"):
                assert sorted(_columns(one, table)) == sorted(_columns(other, table))
            for table in SEALED:
                rows = f"SELECT {', '.join(sorted(_columns(one, table)))} FROM {table}"
                assert sorted(one.execute(rows), key=repr) == sorted(other.execute(rows), key=repr)


def test_findings_of_rules_that_are_gone_are_read_as_they_were_told(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    found = (Finding("copy-name"), Finding("older-base", value="Kopio.xlsx"), replace(ERROR, rule="copy-differs"))
    with opened(path) as ledger:
        _store(ledger, _stored(8, checked=_checked(findings=found)))
    with opened(path) as ledger:
        (held,) = ledger.current_files("2026-1")
    assert held.findings == found


def _open(path: Path) -> None:
    with opened(path) as ledger:
        ledger.current_files("2026-1")
        ledger.current_answers("2026-1")
        ledger.file_states("2026-1")


def _spoiled(value: object) -> object:
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"
    return value ^ 1 if isinstance(value, int) else "x"


COMPARED_AT_OPENING = {
    "current_answers": "period, code, officer_key, sequence, position, since, withdrawn",
    "current_files": "period",
    "receipts": "page, digest",
    "marks": "name, value",
}
READ_IN_USE = {**SEALED, "file_states": "file, event, record"}
# These decide which rows are read at all.
NOT_SEEN = (("submissions", "sequence"), ("findings", "sequence"), ("findings", "position"))
SEALED_COLUMNS = [
    (table, column.strip())
    for table, columns in {**READ_IN_USE, **COMPARED_AT_OPENING}.items()
    for column in (*columns.split(","), "seal")
    if (table, column.strip()) not in NOT_SEEN
]


def _spoil(path: Path, table: str, column: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (value,) = connection.execute(f"SELECT {column} FROM {table}").fetchone()
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (_spoiled(value), value))
        connection.commit()


@pytest.mark.parametrize(("table", "column"), SEALED_COLUMNS)
def test_a_value_that_flipped_on_the_disk_is_damage(tmp_path: Path, table: str, column: str) -> None:
    path = tmp_path / "ledger.sqlite3"
    rows = (CheckedRow(5, "01.02", ENTRY), CheckedRow(6, "01.03", None, (ERROR,)))
    with opened(path) as ledger:
        _store(ledger, _stored(8, checked=Checked("Kansliapäällikkö", "2026-1", rows)))
        ledger.record_receipts({"X.kuittaus.html": "a"})
    _spoil(path, table, column)
    if table in COMPARED_AT_OPENING:
        assert read_ledger(path) is None
    else:  # nothing is wrong with it until the row is read
        open_ledger(path).close()
    with pytest.raises(LedgerDamagedError, match="damaged"):
        _open(path)


@pytest.mark.parametrize("column", ["period", "file", "event", "record", "seal"])
def test_a_state_that_flipped_on_the_disk_is_never_told(tmp_path: Path, column: str) -> None:
    """In the columns by which it is looked up it is not found at all, or damage: never another state."""
    path = tmp_path / "ledger.sqlite3"
    with opened(path) as ledger:
        _store(ledger, _stored(8))
    _spoil(path, "file_states", column)
    with opened(path) as ledger:
        try:
            told = ledger.file_state_at("2026-1", "X.xlsx", 8)
        except LedgerDamagedError:
            return
    assert told is None and column in ("period", "file", "event")


def test_a_byte_of_a_text_that_flipped_is_damage_and_never_told(tmp_path: Path) -> None:
    """Every byte of the answer's and the finding's texts, wherever they lie in the file."""
    path = tmp_path / "ledger.sqlite3"
    texts = ENTRY.narrative, ENTRY.overall_status, ENTRY.main_risks, ENTRY.cells.narrative, ERROR.allowed[1]
    rows = (CheckedRow(5, "01.02", ENTRY), CheckedRow(6, "01.03", None, (ERROR,)))
    with opened(path) as ledger:
        _store(ledger, _stored(8, checked=Checked("Kansliapäällikkö", "2026-1", rows)))
    whole = path.read_bytes()
    for text in texts:
        start = whole.index(text.encode())
        for place in range(start, start + len(text.encode())):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x11]) + whole[place + 1 :])
            with pytest.raises(LedgerDamagedError):
                _open(path)


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
    with pytest.raises(LedgerDamagedError, match="damaged") as caught:
        _open(path)
    assert "makes it anew from the archive" in caught.value.advice
    assert path.read_bytes().startswith(b"no database")


def test_damage_that_shows_only_in_use_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with opened(path) as ledger:
        _store(ledger, *(_stored(number, f"{number}.xlsx") for number in range(1, 200)))
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(LedgerDamagedError, match="damaged"):
        _open(path)


def test_a_ledger_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="cannot be read or written") as caught:
        _open(tmp_path / "no-such-folder" / "ledger.sqlite3")
    assert caught.value.exit_code == 4


def test_a_fault_of_ours_is_not_taken_for_the_disks(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.ProgrammingError), opened(tmp_path / "ledger.sqlite3") as ledger:
        ledger.parsed_plan(object())  # type: ignore[arg-type]
