"""What a workspace's role may do in the database: its own rows, and nothing of the journal may change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from generator.disk.digests import sha256_of
from generator.domain.submission.checks import Checked
from generator.domain.submission.row_checks import CheckedRow
from generator.errors import FolderError, SettingsError
from generator.store.journal import Journal
from generator.store.ledger import JournalMark
from generator.store.ledger_rows import Stored
from generator.store.ledger_schema import LedgerDamagedError
from generator.store.postgres.connection import SCHEMA, VERSION, connect_as, only_for, postgres_errors
from generator.store.postgres.schema import LEDGER_TABLES, add_role, migrate
from generator.store.postgres.state import PostgresState
from generator.store.records import Save
from tests.flow.test_watch import wait_until
from tests.store.changes import changes_by
from tests.store.test_ledger import ENTRY
from tools.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres
TABLES = (*LEDGER_TABLES, "journal", "archive", "keys", "drafts", "ledger_changes")
TIME = "2026-08-03T09:15:00+03:00"
SAVE = Stored(
    1, "X.xlsx", "0" * 64, TIME, "2026-1", Checked("Kansliapäällikkö", "2026-1", (CheckedRow(5, "01.02", ENTRY),), ())
)


@pytest.fixture(autouse=True)
def two(server: PostgresServer) -> None:
    """Two workspaces; the second has a save, a key, a draft and a ledger."""
    for key in ("ahola", "bergby"):
        server.add(key)
    with closing(PostgresState("bergby")) as state:
        journal = Journal(state.journal_lines())
        if not journal.read():
            digest = state.bytes_archive().keep(b"salainen")
            journal.append(Save("X.xlsx", digest, TIME, "2026-1"))
            state.make_key()
            state.keep_draft("0" * 64, b"luonnos")
            state.open_ledger().record_receipts({"X.kuittaus.html": "a"})


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_another_workspace_is_seen_or_made(table: str) -> None:
    with closing(connect_as("ahola")) as connection:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        assert connection.execute(f"SELECT count(*) FROM {table} WHERE workspace = 'seuranta_bergby'").fetchone() == (
            0,
        )


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_a_workspace_are_found_by_an_index(table: str) -> None:
    """Otherwise each query would read the rows of all municipalities."""
    with closing(connect_as("ahola")) as connection:
        connection.execute("SET enable_seqscan = off")
        plan = connection.execute(f"EXPLAIN SELECT * FROM {table}").fetchall()
    assert "Index Cond: (workspace = CURRENT_USER)" in "\n".join(str(line) for (line,) in plan)


def test_what_is_another_workspaces_can_be_neither_written_nor_replaced() -> None:
    with closing(connect_as("ahola")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO journal (workspace, sequence, line) VALUES ('seuranta_bergby', 2, '{}')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO marks VALUES ('seuranta_bergby', 'taken', '0', '')")
        assert connection.execute("DELETE FROM receipts").rowcount == 0
        assert connection.execute("UPDATE receipts SET digest = 'b'").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM workspaces")


@pytest.mark.parametrize("statement", ["UPDATE {} SET workspace = current_user", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["journal", "archive", "keys"])
def test_journal_archive_and_key_only_grow(table: str, statement: str) -> None:
    with closing(connect_as("bergby")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.format(table))


def test_a_worker_sees_nothing_before_it_takes_a_workspaces_role(server: PostgresServer) -> None:
    with psycopg.connect(server.as_worker, autocommit=True) as connection:
        for table in TABLES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT count(*) FROM {SCHEMA}.{table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"DELETE FROM {SCHEMA}.workspaces")


def test_a_job_of_one_workspace_opens_no_other(server: PostgresServer) -> None:
    with only_for("ahola"), pytest.raises(FolderError, match="another workspace"):
        PostgresState("bergby").make_key()
    with closing(PostgresState("bergby")) as state:
        assert state.read_key()


def _nobody(state: PostgresState) -> None:
    PostgresState("nobody").prepare()


def _no_key(state: PostgresState) -> None:
    PostgresState('x"; DROP SCHEMA seuranta').prepare()


def _no_database(state: PostgresState) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEURANTA_DATABASE", "host=/nowhere")
        PostgresState("ahola").prepare()


def _standby(state: PostgresState) -> None:
    state.connection.execute("SET default_transaction_read_only TO on")
    state.make_key()


def _all_workspaces(state: PostgresState) -> None:
    """A role that every workspace's role may take."""
    PostgresState("workspaces").make_key()


def _no_tables(state: PostgresState) -> None:
    with postgres_errors(state.place):
        state.connection.execute("SELECT * FROM nowhere.journal")


@pytest.mark.parametrize("fault", [_nobody, _no_key, _no_database, _standby, _all_workspaces, _no_tables])
def test_what_cannot_be_reached_is_told(server: PostgresServer, fault: Callable[[PostgresState], None]) -> None:
    with closing(PostgresState("ahola")) as state, pytest.raises(FolderError) as caught:
        fault(state)
    assert caught.value.exit_code == 4 and caught.value.advice


@pytest.mark.parametrize("key", ["worker", "workspaces", "admin"])
def test_no_key_gives_workers_a_role_that_is_not_a_workspaces(key: str, server: PostgresServer) -> None:
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS seuranta_admin")
        connection.execute("CREATE ROLE seuranta_admin SUPERUSER")
        with pytest.raises(FolderError):
            add_role(connection, key)
    with (
        psycopg.connect(server.as_worker, autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SET ROLE seuranta_admin")


def test_a_setting_that_is_no_connection_string_is_told_without_its_password(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEURANTA_DATABASE", "postgresql://x:salainen@[bad")
    with pytest.raises(SettingsError) as caught:
        PostgresState("ahola").prepare()
    assert "salainen" not in f"{caught.value}{caught.value.advice}"


def test_a_lock_that_is_lost_with_its_connection_lets_nothing_more_be_written(server: PostgresServer) -> None:
    busy = FolderError("busy")
    with closing(PostgresState("ahola")) as state:
        journal = Journal(state.journal_lines())
        for lock in (state.program_lock(5.0).held(busy), journal.writing()):
            with pytest.raises(FolderError), lock:
                state.connection.close()  # as if the database had started again
                with pytest.raises(FolderError):
                    state.bytes_archive().keep(b"x")
                with pytest.raises(FolderError):
                    state.open_ledger().record_receipts({"X": "a"})
                raise busy
        assert not state.bytes_archive().has(sha256_of(b"x"))


def test_a_copy_of_the_ledger_is_of_one_moment(server: PostgresServer) -> None:
    """A save that is stored while the copy is made is in all of its tables, or in none."""

    def copied() -> int:
        with closing(PostgresState("bergby")) as state:
            memory = state.read_ledger()
            assert memory
            with closing(memory):
                return memory.last_sequence()

    with ThreadPoolExecutor(1) as other:
        with psycopg.connect(server.as_admin) as writer:
            writer.execute("LOCK TABLE seuranta.submissions")
            copy = other.submit(copied)
            wait_until(lambda: writer.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone() is not None)
            writer.execute(
                "INSERT INTO seuranta.submissions VALUES"
                " ('seuranta_bergby', 1, 'X.xlsx', '0', '', '2026-1', NULL, 'accepted', 0, 0, 0, NULL, '')"
            )
        assert copy.result() == 0
    with closing(PostgresState("bergby")) as state:
        assert state.open_ledger().last_sequence() == 1
        state.empty_ledger("test")


def test_a_row_that_somebody_changed_makes_the_ledger_damaged(server: PostgresServer) -> None:
    """As in a file: what is in force must not be another answer than the one that was stored."""
    with closing(PostgresState("ahola")) as state:
        state.open_ledger().store((SAVE,), changes_by(SAVE), JournalMark(1, "a" * 64, 1))
        with psycopg.connect(server.as_admin, autocommit=True) as connection:
            connection.execute("UPDATE seuranta.current_answers SET since = 7 WHERE workspace = 'seuranta_ahola'")
        with pytest.raises(LedgerDamagedError):
            state.open_ledger()
        assert state.read_ledger() is None
        assert state.empty_ledger("damaged").saves() == state.open_ledger().saves() == frozenset()


def test_saves_are_kept_behind_a_line_that_somebody_changed(server: PostgresServer) -> None:
    server.add("vikala")
    with closing(PostgresState("vikala")) as state:
        journal = Journal(state.journal_lines())
        journal.append(*[Save(f"{number}.xlsx", "0" * 64, TIME, "2026-1") for number in (1, 2)])
        with psycopg.connect(server.as_admin, autocommit=True) as connection:
            change = "UPDATE seuranta.journal SET line = '{' WHERE sequence = 2 AND workspace = 'seuranta_vikala'"
            connection.execute(change)
        again = Journal(state.journal_lines())
        assert len(again.read()) == 1 and again.read() == () and again.broken == (2,)
        (kept,) = again.append(Save("3.xlsx", "0" * 64, TIME, "2026-1"))
        assert kept.sequence == 3


def test_a_program_uses_newer_tables_only_if_they_allow_it(server: PostgresServer) -> None:
    """So that workers are replaced one after the other, and none writes what it does not know."""
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("INSERT INTO seuranta.schema_version VALUES (%s, %s)", (VERSION + 1, VERSION))
        try:
            with closing(PostgresState("ahola")) as state:
                state.prepare()
            with pytest.raises(FolderError, match="newer version"):
                migrate(connection)
            connection.execute("UPDATE seuranta.schema_version SET oldest_program = version")
            with closing(PostgresState("ahola")) as state, pytest.raises(FolderError, match="newer version"):
                state.prepare()
            connection.execute("UPDATE seuranta.schema_version SET version = 0, oldest_program = 0")
            with closing(PostgresState("ahola")) as state, pytest.raises(FolderError, match="older version") as caught:
                state.prepare()
            assert "hosted init" in caught.value.advice
        finally:
            connection.execute("DELETE FROM seuranta.schema_version")
            connection.execute("INSERT INTO seuranta.schema_version VALUES (%s, 1)", (VERSION,))


def test_a_database_that_cannot_hold_every_text_is_refused(server: PostgresServer) -> None:
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'")
    to_latin = server.as_admin.replace("dbname=postgres", "dbname=latin")
    with psycopg.connect(to_latin, autocommit=True) as connection, pytest.raises(FolderError, match="LATIN1"):
        migrate(connection)


def test_two_programs_hold_a_lock_one_after_the_other(server: PostgresServer) -> None:
    with closing(PostgresState("ahola")) as one, closing(PostgresState("ahola")) as other:
        busy = FolderError("busy")
        with one.program_lock(5.0).held(busy):
            with pytest.raises(FolderError, match="busy"), other.program_lock(0.1).held(busy):
                pass
            with closing(PostgresState("bergby")) as neighbour, neighbour.program_lock(0.1).held(busy):
                pass
            one.connection.close()  # as if the machine had died
            with other.program_lock(5.0).held(busy):
                pass
