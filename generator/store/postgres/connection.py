"""A connection to the database in the role of one workspace, and what its errors mean to people."""

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
# How messages name the database where no workspace is meant.
DATABASE = Path("PostgreSQL")
# The version of the tables that this program makes and knows, see `schema.py`.
VERSION = 1
_KEY = re.compile("[a-z0-9][a-z0-9_-]{0,39}")
# Their roles are those of all workspaces and all workers.
_NOT_KEYS = ("worker", "workspaces")
# The names of roles are 63 bytes at most.
_ROLE_PREFIX = "seuranta_"


def database() -> str:
    """Returns where the database is, as libpq writes it.

    Raises:
        SettingsError: libpq cannot read the setting.
    """
    conninfo = machine_settings().database
    try:
        conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError as error:
        raise SettingsError(_NO_CONNINFO, _CONNINFO_IS, error=_in_one_line(error)) from error
    return conninfo


def database_in_words() -> str:
    """Returns the database for a log: `seuranta at db.example.fi as seuranta_worker`, never a password."""
    parts = conninfo_to_dict(database())
    names = (parts.get(name) or "(default)" for name in ("dbname", "host", "user"))
    return "{} at {} as {}".format(*names)


def role_of(key: str) -> str:
    """Returns the role that sees a workspace's rows, and no others.

    Raises:
        FolderError: it is no key of a workspace: small letters, digits, `-` and `_`, at most 40.
    """
    if not _KEY.fullmatch(key) or key in _NOT_KEYS:
        raise FolderError(_NO_KEY, _HOW_KEYS_ARE, path=PREFIX + key)
    return _ROLE_PREFIX + key


# A worker does a job of one workspace; its settings, which people edit, must not lead to the rows of another.
_job_of: ContextVar[str | None] = ContextVar("job_of", default=None)


@contextmanager
def only_for(key: str) -> Iterator[None]:
    """Lets nothing in the block connect as another workspace than this one."""
    token = _job_of.set(key)
    try:
        yield
    finally:
        _job_of.reset(token)


def connect_as(key: str) -> "psycopg.Connection[tuple[object, ...]]":
    """Connects to the database, and takes a workspace's role.

    Raises:
        FolderError: the database cannot be reached, or has no such workspace.
    """
    role = role_of(key)
    if _job_of.get() not in (None, key):
        raise FolderError(_ANOTHERS, _WRITE_OWN, path=PREFIX + key, own=PREFIX + str(_job_of.get()))
    with postgres_errors(Path(PREFIX + key)):
        connection = psycopg.connect(database(), autocommit=True)
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

    A program may use tables of a newer version if these say so: then workers are replaced one after the other.
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
    """Turns errors of the connection, the disk and the rights into FolderError; a fault of ours passes unchanged.

    Raises:
        LedgerDamagedError: a row breaks a rule of its table: the ledger is not what this program has written.
    """
    try:
        yield
    except psycopg.IntegrityError as error:
        raise damaged(place, error) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise FolderError(_REFUSED, _RIGHTS_ARE, path=place, error=_in_one_line(error)) from error
    except psycopg.errors.UndefinedTable as error:
        raise FolderError(_NO_TABLES, _RENEW, path=place, error=_in_one_line(error)) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise FolderError(_REFUSED, _CHECK, path=place, error=_in_one_line(error)) from error
    except _NO_SUCH as error:
        raise FolderError(_NO_WORKSPACE, _ADD, path=place, error=_in_one_line(error)) from error


# A role that is not there is an invalid value of the setting `role`.
_NO_SUCH = (psycopg.errors.UndefinedObject, psycopg.errors.InvalidParameterValue)


def _in_one_line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())


_NO_KEY = N_("{path}: this is no key of a workspace.")
_HOW_KEYS_ARE = N_("Write small letters from a to z, digits, - and _, at most 40, such as postgresql:koivulahti.")
_ANOTHERS = N_("{path}: this is the state of another workspace.")
_WRITE_OWN = N_('Write in seuranta.toml: state = "{own}"')
_REFUSED = N_("{path}: the database cannot be read or written: {error}")
_CHECK = N_("Check that the database is running, and that SEURANTA_DATABASE or the settings file tells where it is.")
_RIGHTS_ARE = N_(
    "seuranta hosted init and seuranta hosted add need the database's owner, with the right to make roles (CREATEROLE);"
    " all else is run as seuranta_worker."
)
_NO_TABLES = N_("{path}: the database has no tables of this program: {error}")
_NO_CONNINFO = N_("The setting of the database (SEURANTA_DATABASE or the settings file) cannot be read: {error}")
_CONNINFO_IS = N_("Write it for example so: host=db.example.fi dbname=seuranta user=seuranta_worker")
_NO_WORKSPACE = N_("{path}: the database has no such workspace: {error}")
_ADD = N_("Add it with seuranta hosted add.")
_NEWER = N_("{path}: the database is of another version of this program ({version}; this one knows {known}).")
_USE_NEWER = N_("Use the newer version of the program.")
_OLDER = N_("{path}: the tables of the database are of an older version ({version}; this program needs {known}).")
_RENEW = N_("Run seuranta hosted init as the database's owner.")
