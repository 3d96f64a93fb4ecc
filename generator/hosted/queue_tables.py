"""The tables of the job queues: those of the library procrastinate, created once and changed by its migrations.

Source: procrastinate, Database migrations. The name of a migration says the version that needs it, and whether it comes
before the first worker of that version (`pre`) or after the last worker of the version before (`post`).
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import sql

from generator.store.postgres.connection import WORKER_ROLE

JOBS_SCHEMA = "seuranta_jobs"
# Seconds without a heartbeat after which a worker counts as dead, and its jobs go to others.
DEAD_AFTER = 30.0


def prepare_queues(connection: "psycopg.Connection[tuple[object, ...]]") -> int:
    """Creates the tables or applies the library's migrations, and gives workers their rights.

    A migration that older workers do not support waits for a call while no worker runs; the library works without it.

    Args:
        connection: as the database's owner, in a transaction.

    Returns:
        The number of migrations applied.
    """
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {JOBS_SCHEMA}")
    connection.execute(f"SET LOCAL search_path TO {JOBS_SCHEMA}")
    steps = tuple(_apply_due(connection)) if _are_made(connection) else _make(connection)
    for rights in _RIGHTS:
        connection.execute(sql.SQL(rights))
    return len(steps)


def _are_made(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
    found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
    return found is not None and found[0] is not None


def _make(connection: "psycopg.Connection[tuple[object, ...]]") -> tuple[Path, ...]:
    connection.execute(SchemaManager.get_schema())
    connection.execute("CREATE TABLE applied_migrations (name text PRIMARY KEY)")
    made = _migrations()
    for migration in made:
        _note(connection, migration)
    return made


def _apply_due(connection: "psycopg.Connection[tuple[object, ...]]") -> Iterator[Path]:
    """Applies the migrations that are due, one after the other, and yields each."""
    applied = {name for (name,) in connection.execute("SELECT name FROM applied_migrations").fetchall()}
    for migration in _migrations():
        if migration.name in applied:
            continue
        if "_post_" in migration.name and _has_living_workers(connection):
            return
        connection.execute(migration.read_bytes())
        _note(connection, migration)
        yield migration


def _has_living_workers(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
    asked = "SELECT 1 FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s) LIMIT 1"
    return connection.execute(asked, (DEAD_AFTER,)).fetchone() is not None


def _migrations() -> tuple[Path, ...]:
    """Returns the files of the library's migrations, the oldest first: their names begin with the version."""
    return tuple(sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql")))


def _note(connection: "psycopg.Connection[tuple[object, ...]]", migration: Path) -> None:
    connection.execute("INSERT INTO applied_migrations VALUES (%s)", (migration.name,))


_RIGHTS = (
    f"ALTER ROLE {WORKER_ROLE} SET search_path TO {JOBS_SCHEMA}",
    f"GRANT USAGE ON SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
    f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
)
