"""A folder and a database keep the same: each step on both gives the same answer, whatever came before."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from generator.disk.digests import sha256_of
from generator.domain.base.text import name_key
from generator.domain.follow_up.status import Problem
from generator.domain.plan.posts import PostNames
from generator.domain.submission.checks import Checked
from generator.domain.submission.row_checks import CheckedRow
from generator.errors import FolderError, SeurantaError
from generator.store.journal import Journal
from generator.store.ledger import JournalMark, Ledger, ReportRecord
from generator.store.ledger_rows import Stored
from generator.store.postgres.state import PostgresState
from generator.store.records import PlacedFiles, Save
from generator.store.state import State
from generator.store.state_folder import StateFolder
from tests.postgres import point_to, server_for_tests
from tests.store.changes import changes_by
from tests.store.test_ledger import ENTRY, few_checks
from tools.postgres_server import PostgresServer

T = TypeVar("T")
TIME = "2026-08-03T09:15:00+03:00"
NOW = datetime(2026, 8, 3, 9, 15, tzinfo=UTC)
PERIODS = ("2025-2", "2026-1")
CHECKED = Checked("Kansliapäällikkö", "2026-1", (CheckedRow(5, "01.02", ENTRY),), ())
pytestmark = pytest.mark.postgres
_keys = (f"w{number}" for number in count(1))

periods = st.sampled_from(PERIODS)
files = st.sampled_from(["X.xlsx", "Kansio/\udce4 \\.xlsx", "\u2028ä.xlsx"])
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with server_for_tests() as server, pytest.MonkeyPatch.context() as patch:
        point_to(server, patch)
        yield server


def new_key(server: PostgresServer) -> str:
    key = next(_keys)
    server.add(key)
    return key


class SameAnswers(RuleBasedStateMachine):
    """Does each step to a state folder and to a database, and compares what both say."""

    server: PostgresServer

    @initialize()
    def begin(self) -> None:
        self.left = ExitStack()
        folder = StateFolder(Path(self.left.enter_context(TemporaryDirectory()), ".seuranta"))
        self.key_of_workspace = new_key(self.server)
        self.states: tuple[State, State] = (folder, PostgresState(self.key_of_workspace))
        self.journals: list[Journal] = []
        self.ledgers: list[Ledger] = []
        for state in self.states:
            self.left.enter_context(closing(state))
            state.prepare()
        self.journals = [Journal(state.journal_lines()) for state in self.states]
        self.ledgers = [state.open_ledger() for state in self.states]
        self.sequence = 0
        self.kept: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "left"):
            self.both(self.all_of_ledger)
            self.both(self.all_of_journal)
            for ledger in self.ledgers:
                ledger.close()
            self.left.close()

    def both(self, ask: Callable[[int], T]) -> T:
        """What both say, which must be the same."""
        said, also = (self._said(ask, number) for number in (0, 1))
        assert said == also
        return said

    def _said(self, ask: Callable[[int], T], number: int) -> T:
        try:
            return ask(number)
        except SeurantaError as error:
            return type(error)  # type: ignore[return-value]

    def all_of_ledger(self, number: int) -> list[object]:
        ledger = self.ledgers[number]
        of_period = (
            ledger.current_files,
            ledger.last_saved,
            ledger.in_force,
            ledger.current_answers,
            ledger.file_states,
            ledger.reread,
            ledger.replies,
            ledger.reports,
        )
        numbers = range(self.sequence + 1)
        per_save = [(ledger.save(each), ledger.answers_of(each), ledger.typed_of(each)) for each in numbers]
        told = [ledger.last_sequence(), ledger.saves(), ledger.taken_up_to(), ledger.journal_mark(), ledger.receipts()]
        told += [ledger.replied(), ledger.problems(), self.states[number].highest_sequence()]
        return [*told, *per_save, *(_plain(read(period)) for read in of_period for period in PERIODS)]

    def all_of_journal(self, number: int) -> list[object]:
        again = Journal(self.states[number].journal_lines())
        entries = again.read()
        return [entries, again.length, again.digest, [again.digest_up_to(length) for length in (0, 1, again.length)]]

    @rule(digest=texts, path=files, period=periods)
    def append(self, digest: str, path: str, period: str) -> None:
        record = Save(path, sha256_of(digest.encode()), TIME, period)
        self.both(lambda n: (self.journals[n].append(record, PlacedFiles(((path, digest),))), self.journals[n].digest))

    @rule()
    def read_on(self) -> None:
        self.both(lambda n: Journal(self.states[n].journal_lines()).read())
        self.both(lambda n: self.journals[n].read())

    @rule(data=st.binary(max_size=40))
    def keep(self, data: bytes) -> None:
        archives = [state.bytes_archive() for state in self.states]
        digest = self.both(lambda n: archives[n].keep(data))
        self.kept.add(digest)
        self.both(lambda n: (archives[n].has(digest), archives[n].read(digest), archives[n].has("0" * 64)))
        self.both(lambda n: archives[n].read("0" * 64))

    @rule(data=st.binary(max_size=8), fails=st.booleans())
    def keep_under_the_lock(self, data: bytes, *, fails: bool) -> None:
        """Bytes and line together; an act that fails leaves no line."""

        def keep(number: int) -> object:
            archive = self.states[number].bytes_archive()
            with self.journals[number].writing() as write:
                digest = archive.keep(data)
                if fails:
                    raise FolderError("", "")
                return write(Save("X.xlsx", digest, TIME, "2026-1"))

        self.both(keep)

    @rule(saves=st.lists(st.tuples(files, periods, few_checks(), st.booleans()), max_size=3))
    def store(self, saves: list[tuple[str, str, Checked, bool]]) -> None:
        stored = tuple(
            Stored(number, file, "0" * 64, TIME, period, checked, None, is_reread)
            for number, (file, period, checked, is_reread) in enumerate(saves, start=self.sequence + 1)
        )
        self.sequence += len(stored)
        mark = JournalMark(self.sequence, "a" * 64, self.sequence)
        self.both(lambda n: self.ledgers[n].store(stored, changes_by(*stored), mark))

    @precondition(lambda self: self.sequence)
    @rule(checked=few_checks())
    def store_twice(self, checked: Checked) -> None:
        """A sequence that is there already is damage, and nothing of it is stored."""
        save = Stored(1, "X.xlsx", "0" * 64, TIME, "2026-1", checked)
        self.both(lambda n: self.ledgers[n].store((save,), changes_by(save), JournalMark(9, "b" * 64)))

    @rule(renamed=st.booleans())
    def rename_post(self, *, renamed: bool) -> None:
        names = PostNames({name_key("Sivistysjohtaja"): "Kansliapäällikkö"} if renamed else {})
        self.both(lambda n: self.ledgers[n].read_with(names))

    @rule(page=files, digest=texts)
    def receipt(self, page: str, digest: str) -> None:
        self.both(lambda n: self.ledgers[n].record_receipts({page: digest}))

    @rule(period=periods, name=st.sampled_from(["a.docx", "b.docx"]), text=texts, forgets=st.booleans())
    def report(self, period: str, name: str, text: str, *, forgets: bool) -> None:
        self.both(lambda n: self.ledgers[n].record_reports(ReportRecord(period, name, text, text, TIME)))
        if forgets:
            self.both(lambda n: self.ledgers[n].forget_reports(period, name))

    @rule(told=st.lists(st.tuples(texts, texts), max_size=3))
    def problems(self, told: list[tuple[str, str]]) -> None:
        problems = tuple(Problem(place, message, "a", (("path", place),)) for place, message in told)
        self.both(lambda n: self.ledgers[n].replace_problems(problems))

    @rule(digest=texts, record=texts)
    def plan(self, digest: str, record: str) -> None:
        self.both(lambda n: self.ledgers[n].keep_parsed_plan(digest, record))
        self.both(lambda n: (self.ledgers[n].parsed_plan(digest), self.ledgers[n].parsed_plan("")))

    @rule(values=st.sampled_from(["1" * 64, "2" * 64]), docx=st.binary(max_size=4))
    def draft(self, values: str, docx: bytes) -> None:
        self.both(lambda n: self.states[n].keep_draft(values, docx))
        self.both(lambda n: sorted(self.states[n].kept_drafts(values)))

    @rule()
    def key(self) -> None:
        self.both(lambda n: self.states[n].read_key() is None)
        for state in self.states:
            key = state.make_key()
            assert len(key) == 32 and state.make_key() == state.read_key() == key
        self.both(lambda n: self.states[n].take_key(b"0" * 32))

    @rule()
    def bring_key(self) -> None:
        self.both(lambda n: self.states[n].take_key(b"1" * 32) if self.states[n].read_key() is None else None)
        self.both(lambda n: self.states[n].read_key() is None)

    @rule()
    def ask_the_rest(self) -> None:
        """All bytes of the archive, all kept drafts, and what only one of the two ever has."""
        for state in self.states:  # a folder also has the bytes of an act that failed
            digests = list(state.bytes_archive().digests())
            assert digests == sorted(digests) and self.kept <= {*digests}
        self.both(lambda n: sorted(self.states[n].drafts()))
        self.both(lambda n: self.states[n].old_records())
        self.both(lambda n: (self.states[n].put_old_records_aside(), self.states[n].remove_leftovers()))
        self.both(lambda n: (self.states[n].prepare(), self.states[n].place.name != ""))

    @rule()
    def lock(self) -> None:
        """The thread that holds the workspace's lock may take it again, and appends meanwhile."""

        def held(number: int) -> object:
            lock, busy = self.states[number].program_lock(1.0), FolderError("busy")
            with lock.held(busy), lock.held(busy):
                return len(self.journals[number].append(Save("X.xlsx", "0" * 64, TIME, "2026-1")))

        self.both(held)

    @rule(file=files, period=periods, event=st.integers(0, 4))
    def state_at(self, file: str, period: str, event: int) -> None:
        self.both(lambda n: self.ledgers[n].file_state_at(period, file, event))

    @rule()
    def other_program(self) -> None:
        """Another program stores a save; what was read before follows."""
        self.sequence += 1
        save = Stored(self.sequence, "Y.xlsx", "0" * 64, TIME, "2026-1", CHECKED)
        self.both(lambda n: dict(self.ledgers[n].in_force("2026-1")))
        for other in (StateFolder(self.states[0].place), PostgresState(self.key_of_workspace)):
            with closing(other), closing(other.open_ledger()) as ledger:
                ledger.store((save,), changes_by(save), JournalMark(self.sequence, "c" * 64, self.sequence))
        self.both(lambda n: dict(self.ledgers[n].in_force("2026-1")))

    @rule()
    def copy_in_memory(self) -> None:
        def copied(number: int) -> object:
            memory = self.states[number].read_ledger()
            assert memory
            with closing(memory):
                return (
                    memory.saves(),
                    memory.current_files("2026-1"),
                    dict(memory.in_force("2026-1")),
                    memory.receipts(),
                )

        self.both(copied)

    @rule()
    def empty(self) -> None:
        for number, state in enumerate(self.states):
            self.ledgers[number].close()
            self.ledgers[number] = state.empty_ledger("test")
        self.sequence = 0
        self.both(self.all_of_ledger)


def _plain(read: object) -> object:
    return tuple(read.items()) if isinstance(read, Mapping) else read


def test_a_folder_and_a_database_give_the_same_answers(server: PostgresServer) -> None:
    SameAnswers.server = server
    run_state_machine_as_test(SameAnswers, settings=settings(max_examples=60, stateful_step_count=12, deadline=None))


def test_so_does_a_database_whose_archive_is_a_folder(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEURANTA_ARCHIVE", str(tmp_path))
    SameAnswers.server = server
    run_state_machine_as_test(SameAnswers, settings=settings(max_examples=20, stateful_step_count=12, deadline=None))
    assert list(tmp_path.glob("w*/??/*.bin"))


def test_bytes_stored_before_the_archive_was_a_folder_are_still_read(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(PostgresState(new_key(server))) as state:
        before = state.bytes_archive().keep(b"before")
        monkeypatch.setenv("SEURANTA_ARCHIVE", str(tmp_path))
        archive = state.bytes_archive()
        after = archive.keep(b"after")
        assert (archive.read(before), archive.read(after)) == (b"before", b"after")
        assert archive.has(before) and archive.has(after) and list(archive.digests()) == sorted((before, after))
        monkeypatch.delenv("SEURANTA_ARCHIVE")
        assert not state.bytes_archive().has(after)
