"""What an administrator does to the database: restores it, upgrades the library of the queues, deletes a workspace."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from generator.hosted.registry import Registry
from generator.store.postgres.state import PostgresState
from tests.hosted.test_exchange import contents, documents
from tests.hosted.test_jobs import empty, hosted, rung, saved, waiting, work
from tests.postgres import point_to
from tools.postgres_server import PostgresServer

__all__ = ["empty"]

pytestmark = pytest.mark.postgres

REMOVE = Path(__file__).parents[2] / "docs/deploy/remove-municipality.sql"
MIGRATIONS = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


@contextmanager
def another_database(server: PostgresServer, name: str) -> Iterator[PostgresServer]:
    """An empty database of the same server."""
    server.run("createdb", name)
    yield replace(server, database=name)
    server.run("dropdb", "--force", name)


def prepare(server: PostgresServer) -> int:
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        return Registry(connection).prepare()


def rows(server: PostgresServer, asked: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.as_admin) as connection:
        return connection.execute(asked.encode()).fetchall()


def test_a_backup_without_roles_and_rights_is_whole_after_init(
    server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = hosted(server, tmp_path / "hosted", "palautettava")
    before = _contents(workspace.key)
    dump = tmp_path / "seuranta.dump"
    server.run("pg_dump", "--format=custom", "--file", dump, server.database)
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("DROP ROLE seuranta_palautettava")
    with another_database(server, "palautettu") as restored:
        server.run("pg_restore", "--no-owner", "--no-privileges", "--dbname", restored.database, dump)
        point_to(restored, monkeypatch)
        assert prepare(restored) == 0
        assert _contents(workspace.key) == before
        saved(workspace.root)
        rung(restored, workspace)
        work(restored)
        assert "seurantaraportti-2026-1-LUONNOS.docx" in documents(workspace.root)
        assert waiting(restored) == []


@pytest.mark.parametrize("version", ["03.01.00_50", "03.02.00_50", "03.03.00_01"])
def test_queues_of_an_earlier_version_of_the_library_become_those_of_this_one(
    server: PostgresServer, version: str
) -> None:
    """What only new workers bear waits until no worker of the version before can live."""
    with another_database(server, "vanha") as old:
        _make_old_queues(old, version)
        with psycopg.connect(old.as_admin, autocommit=True) as connection:
            connection.execute("INSERT INTO seuranta_jobs.procrastinate_workers DEFAULT VALUES")
        assert prepare(old) > 0
        assert not [name for name in _applied(old) if "_post_" in name and name[:11] > version]
        with psycopg.connect(old.as_admin, autocommit=True) as connection:
            connection.execute(
                "UPDATE seuranta_jobs.procrastinate_workers SET last_heartbeat = now() - interval '31 s'"
            )
        assert prepare(old) > 0
        assert _applied(old) == [each.name for each in MIGRATIONS]
        assert all(rows(old, asked) == rows(server, asked) for asked in _PARTS)
        assert prepare(old) == 0


def _make_old_queues(server: PostgresServer, version: str) -> None:
    old = [each for each in MIGRATIONS if each.name[:11] <= version]
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA seuranta_jobs")
        connection.execute("SET search_path TO seuranta_jobs")
        connection.execute("CREATE TABLE applied_migrations (name text PRIMARY KEY)")
        for each in old:
            connection.execute(each.read_bytes())
            connection.execute("INSERT INTO applied_migrations VALUES (%s)", (each.name,))


def _applied(server: PostgresServer) -> list[str]:
    return [str(name) for (name,) in rows(server, "SELECT name FROM seuranta_jobs.applied_migrations ORDER BY name")]


# The columns, functions, triggers and indexes of the queues, with who may call the functions.
_PARTS = (
    "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
    " WHERE table_schema = 'seuranta_jobs' ORDER BY 1, 2",
    "SELECT proname, pg_get_function_identity_arguments(oid), has_function_privilege('seuranta_worker', oid, 'EXECUTE')"
    " FROM pg_proc WHERE pronamespace = 'seuranta_jobs'::regnamespace ORDER BY 1, 2",
    "SELECT trigger_name, event_manipulation FROM information_schema.triggers"
    " WHERE trigger_schema = 'seuranta_jobs' ORDER BY 1, 2",
    "SELECT indexname FROM pg_indexes WHERE schemaname = 'seuranta_jobs' ORDER BY 1",
)


def test_a_municipality_that_is_deleted_leaves_nothing_and_takes_nothing_of_others(
    server: PostgresServer, tmp_path: Path
) -> None:
    gone, stays = (hosted(server, tmp_path / key, key) for key in ("poistettava", "jaava"))
    for each in (gone, stays):
        saved(each.root)
        rung(server, each)
        work(server)
        rung(server, each)
    before = _contents(stays.key)
    assert _rows_of(server, gone.key) > 0
    server.run("psql", "-v", "ON_ERROR_STOP=1", "-v", f"key={gone.key}", "--file", REMOVE, server.database)
    assert _rows_of(server, gone.key) == 0
    assert waiting(server) == [("saves", "todo")] and _contents(stays.key) == before
    assert rows(server, "SELECT rolname FROM pg_roles WHERE rolname = 'seuranta_poistettava'") == []


def _contents(key: str) -> tuple[object, ...]:
    with closing(PostgresState(key)) as state:
        return contents(state)


def _rows_of(server: PostgresServer, key: str) -> int:
    asked = "SELECT table_name FROM information_schema.columns WHERE table_schema = 'seuranta'"
    tables = [str(name) for (name,) in rows(server, f"{asked} AND column_name = 'workspace'")]
    counts = (rows(server, f"SELECT count(*) FROM seuranta.{t} WHERE workspace = 'seuranta_{key}'") for t in tables)
    return sum(int(str(count)) for ((count,),) in counts)
