"""The tables of the database, its roles, and its migrations."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from generator.domain.base.rule import N_
from generator.errors import FolderError
from generator.store.postgres.connection import (
    PREFIX,
    SCHEMA,
    VERSION,
    WORKER_ROLE,
    WORKSPACES_ROLE,
    newer_version,
    role_of,
)


def migrate(connection: "psycopg.Connection[tuple[object, ...]]") -> int:
    """Brings the tables to this version, in one transaction; returns the number of migrations applied.

    The roles' rights are given each time, since a backup may not have them.

    Args:
        connection: as a role that may create schemas and roles.

    Raises:
        FolderError: the database is of a newer version of this program, or its encoding is not UTF-8.
    """
    _refuse_other_encoding(connection)
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('seuranta migrations'))")
        for role in (WORKSPACES_ROLE, WORKER_ROLE):
            _make_role(connection, role)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute(_VERSIONS)
        row = connection.execute(f"SELECT max(version) FROM {SCHEMA}.schema_version").fetchone()
        done = int(str(row[0])) if row and row[0] is not None else 0
        if done > VERSION:
            raise newer_version(done)
        for number, step in enumerate(_STEPS[done:], start=done + 1):
            connection.execute(step.statements)
            insert = f"INSERT INTO {SCHEMA}.schema_version VALUES (%s, %s)"
            connection.execute(insert, (number, step.oldest_program))
        for rights in _RIGHTS:
            connection.execute(rights)
    return VERSION - done


def _refuse_other_encoding(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    row = connection.execute("SHOW server_encoding").fetchone()
    if row != ("UTF8",):
        raise FolderError(_NOT_UTF8, _MAKE_UTF8, path=PREFIX, encoding=row and row[0])


def add_role(connection: "psycopg.Connection[tuple[object, ...]]", key: str) -> None:
    """Creates the role of a workspace, and lets workers switch to it.

    Raises:
        FolderError: the key is not allowed, or a role of another program has this name.
    """
    name = role_of(key)
    role = sql.Identifier(name)
    if _make_role(connection, name):
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(WORKSPACES_ROLE), role))
    elif not connection.execute(_IS_OF_A_WORKSPACE, {"role": name, "of": WORKSPACES_ROLE}).fetchone():
        raise FolderError(_ROLE_TAKEN, _CHOOSE_KEY, path=PREFIX + key, role=name)
    connection.execute(sql.SQL("GRANT {} TO {}").format(role, sql.Identifier(WORKER_ROLE)))
    asked = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    if connection.execute(asked).fetchone() == (False,):  # an owner with CREATEROLE: `hosted add` switches to the role
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))


def _make_role(connection: "psycopg.Connection[tuple[object, ...]]", role: str) -> bool:
    """Creates a role; returns False if there is one of this name already."""
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
        return False
    login = "LOGIN NOINHERIT" if role == WORKER_ROLE else "NOLOGIN"
    connection.execute(sql.SQL("CREATE ROLE {} " + login).format(sql.Identifier(role)))
    return True


# Finds out if a role was created for a workspace. Workers must never get a role of another program on the same server,
# such as the owner of its database.
_IS_OF_A_WORKSPACE = (
    "SELECT 1 FROM pg_auth_members JOIN pg_roles AS held ON held.oid = roleid JOIN pg_roles AS holder ON holder.oid"
    " = member WHERE holder.rolname = %(role)s AND held.rolname = %(of)s"
    " AND NOT (holder.rolsuper OR holder.rolcanlogin OR holder.rolcreaterole OR holder.rolbypassrls)"
)
_NOT_UTF8 = N_("{path}: the encoding of the database is {encoding}, which cannot hold every text.")
_MAKE_UTF8 = N_("Create another database with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.")
_ROLE_TAKEN = N_("{path}: the PostgreSQL server has a role {role} already, which belongs to another program.")
_CHOOSE_KEY = N_("Choose another key. Nothing was changed.")


# Of type `name`, as role names are: with another type the row level security policy could not use the indexes.
_OWN = "workspace name NOT NULL DEFAULT current_user"

_LEDGER = f"""
CREATE TABLE submissions (
    {_OWN}, sequence bigint NOT NULL, file text NOT NULL, digest text NOT NULL, time text NOT NULL,
    period text NOT NULL, officer text, verdict text NOT NULL, taken integer NOT NULL,
    answered integer NOT NULL DEFAULT 0, reread integer NOT NULL DEFAULT 0, officer_key text,
    seal text NOT NULL, PRIMARY KEY (workspace, sequence)
);
CREATE TABLE entries (
    {_OWN}, sequence bigint NOT NULL, position integer NOT NULL, code text NOT NULL, officer text NOT NULL,
    degree integer, overall_status text NOT NULL, main_risks text NOT NULL, narrative text NOT NULL,
    signed integer NOT NULL, main_risks_cell text NOT NULL, overall_status_cell text NOT NULL,
    degree_cell text NOT NULL, narrative_cell text NOT NULL, officer_key text NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, sequence, position), FOREIGN KEY (workspace, sequence) REFERENCES submissions
);
CREATE TABLE findings (
    {_OWN}, sequence bigint NOT NULL, position integer NOT NULL, rule text NOT NULL, sheet text, cell text, code text,
    value text NOT NULL, allowed text NOT NULL, question_key text NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, sequence, position), FOREIGN KEY (workspace, sequence) REFERENCES submissions
);
CREATE TABLE replies (
    {_OWN}, sequence bigint NOT NULL, question_key text NOT NULL, reply text NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, sequence, question_key), FOREIGN KEY (workspace, sequence) REFERENCES submissions
);
CREATE TABLE typed (
    {_OWN}, sequence bigint NOT NULL, record text NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, sequence), FOREIGN KEY (workspace, sequence) REFERENCES submissions
);
CREATE TABLE reports (
    {_OWN}, period text NOT NULL, name text NOT NULL, inputs text NOT NULL, sha256 text NOT NULL, time text NOT NULL,
    seal text NOT NULL, PRIMARY KEY (workspace, period, name)
);
CREATE TABLE current_files (
    {_OWN}, period text NOT NULL, file text NOT NULL, sequence bigint NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, period, file)
);
CREATE TABLE current_officers (
    {_OWN}, period text NOT NULL, officer_key text NOT NULL, sequence bigint NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, period, officer_key)
);
CREATE TABLE current_replies (
    {_OWN}, period text NOT NULL, question_key text NOT NULL, sequence bigint NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, period, question_key)
);
CREATE TABLE current_answers (
    {_OWN}, period text NOT NULL, code text NOT NULL, officer_key text NOT NULL, sequence bigint NOT NULL,
    position integer NOT NULL, since bigint NOT NULL, withdrawn integer NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, period, code, officer_key)
);
CREATE TABLE file_states (
    {_OWN}, period text NOT NULL, file text NOT NULL, event bigint NOT NULL, record text NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, period, file, event)
);
CREATE TABLE plans ({_OWN}, digest text NOT NULL, record text NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, digest));
CREATE TABLE problems (
    {_OWN}, position integer NOT NULL, place text NOT NULL, message text NOT NULL, advice text NOT NULL,
    details text NOT NULL, seal text NOT NULL, PRIMARY KEY (workspace, position)
);
CREATE TABLE marks ({_OWN}, name text NOT NULL, value text NOT NULL, seal text NOT NULL, PRIMARY KEY (workspace, name));
CREATE TABLE receipts ({_OWN}, page text NOT NULL, digest text NOT NULL, seal text NOT NULL,
    PRIMARY KEY (workspace, page));
CREATE TABLE ledger_changes ({_OWN}, number bigint NOT NULL, PRIMARY KEY (workspace));
CREATE INDEX submissions_of_period ON submissions (workspace, period, sequence);
CREATE INDEX submissions_of_file ON submissions (workspace, file, sequence);
CREATE INDEX reread_saves ON submissions (workspace, period, sequence) WHERE reread = 1;
CREATE INDEX findings_of_question ON findings (workspace, question_key, sequence) WHERE question_key <> '';
"""
# In the order in which they are emptied: tables with a foreign key to `submissions` come before it.
LEDGER_TABLES = (
    "entries", "findings", "replies", "typed", "submissions", "reports", "current_files", "current_officers",
    "current_replies", "current_answers", "file_states", "plans", "problems", "marks", "receipts",
)  # fmt: skip
_RECORD = f"""
CREATE TABLE journal ({_OWN}, sequence bigint NOT NULL, line text NOT NULL, PRIMARY KEY (workspace, sequence));
CREATE TABLE archive ({_OWN}, digest text NOT NULL, data bytea NOT NULL, PRIMARY KEY (workspace, digest));
CREATE TABLE keys ({_OWN}, secret text NOT NULL, PRIMARY KEY (workspace));
CREATE TABLE drafts ({_OWN}, printed text NOT NULL, digest text NOT NULL, docx bytea NOT NULL,
    kept timestamptz NOT NULL, PRIMARY KEY (workspace, printed, digest));
CREATE TABLE workspaces (key text PRIMARY KEY, root text NOT NULL UNIQUE, added timestamptz NOT NULL DEFAULT now());
"""
# A workspace's role may never change or delete a line of the journal, bytes of the archive, or its key.
_GROW_ONLY = ("journal", "archive", "keys")
_CHANGING = (*LEDGER_TABLES, "ledger_changes", "drafts")


_RIGHTS = (
    f"GRANT USAGE ON SCHEMA {SCHEMA} TO {WORKSPACES_ROLE}, {WORKER_ROLE}",
    f"GRANT SELECT ON {SCHEMA}.schema_version TO {WORKSPACES_ROLE}",
    f"GRANT SELECT ON {SCHEMA}.workspaces TO {WORKER_ROLE}",
    *(f"GRANT SELECT, INSERT ON {SCHEMA}.{table} TO {WORKSPACES_ROLE}" for table in _GROW_ONLY),
    *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {SCHEMA}.{table} TO {WORKSPACES_ROLE}" for table in _CHANGING),
)


def _guard(table: str) -> str:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY own_rows ON {table} USING (workspace = current_user) WITH CHECK (workspace = current_user);"
    )


@dataclass(frozen=True, slots=True)
class _Migration:
    """The change from the version before: its SQL, and the oldest version whose programs may then use the tables."""

    statements: str
    oldest_program: int


_VERSIONS = (
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.schema_version (version integer NOT NULL, oldest_program integer NOT NULL)"
)
# One step for each version from an empty database to `VERSION`. A released step is never changed.
_STEPS = (
    _Migration(
        f"SET LOCAL search_path TO {SCHEMA};{_RECORD}{_LEDGER}" + "".join(map(_guard, (*_GROW_ONLY, *_CHANGING))),
        oldest_program=1,
    ),
)
