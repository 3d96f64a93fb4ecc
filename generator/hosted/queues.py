"""The tables of the job queues, which are the library's own; workers may do with them what they need."""

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import sql

from generator.store.postgres.schema import WORKER_ROLE

JOBS_SCHEMA = "seuranta_jobs"


def make_queues(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Makes the tables of the queues, if there are none; the connection is the owner's."""
    found = connection.execute("SELECT to_regclass(%s)", (f"{JOBS_SCHEMA}.procrastinate_jobs",)).fetchone()
    if found and found[0] is not None:
        return
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {JOBS_SCHEMA}")
    connection.execute(f"SET LOCAL search_path TO {JOBS_SCHEMA}")
    connection.execute(SchemaManager.get_schema())
    connection.execute(f"ALTER ROLE {WORKER_ROLE} SET search_path TO {JOBS_SCHEMA}")
    for rights in _RIGHTS:
        connection.execute(sql.SQL(rights))


_RIGHTS = (
    f"GRANT USAGE ON SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
    f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {JOBS_SCHEMA} TO {WORKER_ROLE}",
)
