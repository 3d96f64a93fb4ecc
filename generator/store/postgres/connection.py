"""Connects to the database in the role of one workspace, and turns its errors into messages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from generator.domain.base.rule import N_
from generator.errors import FolderError, SettingsError
from generator.store.ledger_schema import damaged
from generator.store.postgres.machine_settings import machine_settings

PREFIX = "postgresql:"
SCHEMA = "seuranta"
# The name of the database in messages that concern no single workspace.
DATABASE = Path("PostgreSQL")
# The version of the tables that this program makes and knows, see `schema.py`.
VERSION = 1
_KEY = re.compile("[a-z0-9][a-z0-9_-]{0,39}")
# With a key of 40 letters the role's name stays below PostgreSQL's limit of 63 bytes.
_ROLE_PREFIX = "seuranta_"
# The role that has the rights of every workspace's role, which is a member of it.
WORKSPACES_ROLE = "seuranta_workspaces"
# The role that workers log in as. It can switch to each workspace's role (SET ROLE); by itself it sees no rows of them.
WORKER_ROLE = "seuranta_worker"


def database() -> str:
    """Returns the connection string of the database (libpq)."""
    return machine_settings().database


def database_in_words() -> str:
    """Returns the database as text for the log: `seuranta at db.example.fi as seuranta_worker`, never a password.

    Raises:
        SettingsError: the settings have no connection string.
    """
    try:
        parts = conninfo_to_dict(database())
    except psycopg.ProgrammingError:
        raise SettingsError(_NO_CONNECTION_STRING, _WRITE_CONNECTION_STRING) from None
    names = (parts.get(name) or "(default)" for name in ("dbname", "host", "user"))
    return "{} at {} as {}".format(*names)


def role_of(key: str) -> str:
    """Returns the role that sees a workspace's rows, and no others.

    Raises:
        FolderError: the key is not allowed: lower-case letters, digits, `-` and `_`, at most 40 in all, and not the
            name of a role that serves all workspaces.
    """
    role = _ROLE_PREFIX + key
    if not _KEY.fullmatch(key) or role in (WORKSPACES_ROLE, WORKER_ROLE):
        raise FolderError(_NO_KEY, _HOW_KEYS_ARE, path=PREFIX + key)
    return role


# The key of the workspace whose job is being done. Its settings, which people edit, must not lead to rows of another.
_job_of: ContextVar[str | None] = ContextVar("job_of", default=None)


@contextmanager
def only_for(key: str) -> Iterator[None]:
    """Makes `connect_as` refuse every other workspace during the block."""
    token = _job_of.set(key)
    try:
        yield
    finally:
        _job_of.reset(token)


def connect() -> "psycopg.Connection[tuple[object, ...]]":
    """Connects to the database as the settings of this machine say.

    Raises:
        SettingsError: the connection string cannot be parsed; the message leaves it out, since it may hold a password.
    """
    try:
        return psycopg.connect(database(), autocommit=True)
    except psycopg.ProgrammingError:
        raise SettingsError(_NO_CONNECTION_STRING, _WRITE_CONNECTION_STRING) from None


def connect_as(key: str) -> "psycopg.Connection[tuple[object, ...]]":
    """Connects to the database, and switches to a workspace's role.

    Raises:
        FolderError: the database cannot be reached, or has no such workspace.
    """
    role = role_of(key)
    if _job_of.get() not in (None, key):
        raise FolderError(_ANOTHERS, _WRITE_OWN, path=PREFIX + key, own=PREFIX + str(_job_of.get()))
    with postgres_errors(Path(PREFIX + key)):
        connection = connect()
        try:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
            connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(SCHEMA)))
            refuse_other_version(connection)
        except (psycopg.Error, FolderError):
            connection.close()
            raise
    return connection


def refuse_other_version(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Raises FolderError if this program may not use the tables of the database.

    A program may use newer tables if these name it as supported, so that workers can be replaced one after the other.
    """
    row = connection.execute(f"SELECT max(version), max(oldest_program) FROM {SCHEMA}.schema_version").fetchone()
    version, oldest = (int(str(number or 0)) for number in row or (0, 0))
    if oldest > VERSION:
        raise newer_version(version)
    if version < VERSION:
        raise FolderError(_OLDER, _RENEW, path=DATABASE, version=version, known=VERSION)


def newer_version(version: int) -> FolderError:
    """Returns the error for tables of a newer version than this program may use."""
    return FolderError(_NEWER, _USE_NEWER, path=DATABASE, version=version, known=VERSION)


@contextmanager
def postgres_errors(place: Path) -> Iterator[None]:
    """Turns errors of connection, disk and rights into FolderError; errors in this program's SQL pass unchanged.

    Raises:
        LedgerDamagedError: a row breaks a constraint of its table: the ledger is not what this program has written.
    """
    try:
        yield
    except psycopg.IntegrityError as error:
        raise damaged(place, error) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise FolderError(_REFUSED, _RIGHTS_ARE, path=place, error=one_line(error)) from error
    except _OUT_OF_REACH as error:
        raise FolderError(_REFUSED, _CHECK, path=place, error=one_line(error)) from error
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName) as error:
        raise FolderError(_NO_TABLES, _RENEW, path=place) from error
    except _NO_SUCH as error:
        raise FolderError(_NO_WORKSPACE, _ADD, path=place, error=one_line(error)) from error


_OUT_OF_REACH = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.ReadOnlySqlTransaction,  # a standby
)
# PostgreSQL reports a role that does not exist as an invalid value of the setting `role`.
_NO_SUCH = (psycopg.errors.UndefinedObject, psycopg.errors.InvalidParameterValue)


def one_line(error: BaseException) -> str:
    """What an error says, in one line: PostgreSQL tells it in several."""
    return " ".join(str(error).split())


_NO_KEY = N_("{path}: this cannot be the key of a workspace.")
_HOW_KEYS_ARE = N_(
    "Write at most 40 characters: small letters from a to z, digits, - and _, such as postgresql:koivulahti."
)
_ANOTHERS = N_("{path}: this is the state of another workspace.")
_WRITE_OWN = N_('Write in seuranta.toml: state = "{own}"')
_REFUSED = N_("{path}: the database cannot be read or written: {error}")
_CHECK = N_("Check that the database is running, and that SEURANTA_DATABASE or the settings file tells where it is.")
_RIGHTS_ARE = N_(
    "seuranta hosted init and seuranta hosted add need the database's owner, with the right to make roles (CREATEROLE);"
    " all else is run as seuranta_worker."
)
_NO_TABLES = N_("{path}: the database has no tables of this program.")
_NO_CONNECTION_STRING = N_("The setting that tells where the database is cannot be read.")
_WRITE_CONNECTION_STRING = N_(
    "Write into SEURANTA_DATABASE or the settings file for example host=db.example.fi dbname=seuranta"
    " user=seuranta_worker."
)
_NO_WORKSPACE = N_("{path}: the database has no such workspace: {error}")
_ADD = N_("Add it with seuranta hosted add.")
_NEWER = N_("{path}: the tables of the database are of a newer version ({version}; this program knows {known}).")
_USE_NEWER = N_("Use the newer version of the program.")
_OLDER = N_("{path}: the tables of the database are of an older version ({version}; this program needs {known}).")
_RENEW = N_("Run seuranta hosted init as the database's owner.")
