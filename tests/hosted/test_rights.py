"""What a workspace's role may do in the database: its own rows, and nothing of the journal may change."""

from collections.abc import Callable
from contextlib import closing

import psycopg
import pytest

from generator.errors import FolderError
from generator.store.journal import Journal
from generator.store.postgres.connection import SCHEMA, VERSION, connect_as, only_for
from generator.store.postgres.schema import LEDGER_TABLES, migrate
from generator.store.postgres.state import PostgresState
from generator.store.records import Save
from tools.postgres_server import PostgresServer

pytestmark = pytest.mark.postgres
TABLES = (*LEDGER_TABLES, "journal", "archive", "keys", "drafts", "ledger_changes")
TIME = "2026-08-03T09:15:00+03:00"


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


def _workers(state: PostgresState) -> None:
    PostgresState("worker").prepare()


@pytest.mark.parametrize("fault", [_nobody, _no_key, _workers, _no_database])
def test_what_cannot_be_reached_is_told(server: PostgresServer, fault: Callable[[PostgresState], None]) -> None:
    with closing(PostgresState("ahola")) as state, pytest.raises(FolderError) as caught:
        fault(state)
    assert caught.value.exit_code == 4 and caught.value.advice


def test_a_program_uses_newer_tables_only_if_they_allow_it(server: PostgresServer) -> None:
    """So that workers are replaced one after the other, and none writes what it does not know."""
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("INSERT INTO seuranta.schema_version VALUES (%s, %s)", (VERSION + 1, VERSION))
        try:
            with closing(PostgresState("ahola")) as state:
                state.prepare()
            with pytest.raises(FolderError, match="another version"):
                migrate(connection)
            connection.execute("UPDATE seuranta.schema_version SET oldest_program = version")
            with closing(PostgresState("ahola")) as state, pytest.raises(FolderError, match="another version"):
                state.prepare()
            connection.execute("UPDATE seuranta.schema_version SET version = 0, oldest_program = 0")
            with closing(PostgresState("ahola")) as state, pytest.raises(FolderError, match="older version") as caught:
                state.prepare()
            assert "hosted init" in caught.value.advice
        finally:
            connection.execute("DELETE FROM seuranta.schema_version")
            connection.execute("INSERT INTO seuranta.schema_version VALUES (%s, 1)", (VERSION,))


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
