"""The settings of a machine that serves many workspaces: a file, and environment variables that override it."""

import os
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from generator.disk.safe_write import folder_errors
from generator.domain.base.rule import N_
from generator.errors import SettingsError

# Names another settings file than the usual one.
FILE_VARIABLE = "SEURANTA_HOSTED"
DATABASE_VARIABLE = "SEURANTA_DATABASE"
ARCHIVE_VARIABLE = "SEURANTA_ARCHIVE"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WorkerTable(_Closed):
    """The table [worker] of the file; options of `seuranta worker` override it.

    `queues` are the queues to serve, all if empty; `processes` is how many rounds and PDFs are made at once;
    `health_port` is a TCP port of this machine, None for no health page.
    """

    queues: tuple[str, ...] = ()
    processes: int = Field(default=1, ge=1)
    health_port: int | None = Field(default=None, ge=1, le=65535)


class MachineSettings(_Closed):
    """The settings of a machine.

    `database` is a libpq connection string; an empty one leaves it to libpq's own environment variables (PGHOST …).
    `archive` is a folder that all machines share, for the bytes of saves; None keeps them in the database.
    """

    database: str = ""
    archive: Path | None = None
    worker: WorkerTable = WorkerTable()

    @field_validator("archive")
    @classmethod
    def _is_the_same_everywhere(cls, archive: Path | None) -> Path | None:
        if archive and not archive.is_absolute():
            raise ValueError("a path relative to where a command was started")
        return archive


def settings_file() -> Path | None:
    """Where the settings file of this machine is; None if it has none."""
    from platformdirs import site_config_path  # slow to import

    named = os.environ.get(FILE_VARIABLE)
    usual = site_config_path("seuranta") / "hosted.toml"
    return Path(named) if named else usual if usual.exists() else None


def machine_settings() -> MachineSettings:
    """Reads the settings of this machine: the file, if there is one, and environment variables.

    Raises:
        SettingsError: the file is not TOML, or has a value that is not allowed.
        FolderError: the file cannot be read.
    """
    path = settings_file()
    values = _read(path) if path else {}
    for key, variable in (("database", DATABASE_VARIABLE), ("archive", ARCHIVE_VARIABLE)):
        if variable in os.environ:
            values[key] = os.environ[variable]
    if values.get("archive") == "":
        values["archive"] = None
    try:
        return MachineSettings.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(map(str, fault["loc"]))
        where = path or ARCHIVE_VARIABLE
        raise SettingsError(_NOT_ALLOWED, _SETTINGS_ARE, path=where, key=key, value=fault["input"]) from error


def _read(path: Path) -> dict[str, object]:
    with folder_errors(path):
        data = path.read_bytes()
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:  # also text that is not UTF-8
        raise SettingsError(_NOT_TOML, _SETTINGS_ARE, path=path, error=error) from error


_NOT_TOML = N_("{path}: this is not TOML: {error}")
_NOT_ALLOWED = N_("{path}: {key}: {value} is not allowed.")
_SETTINGS_ARE = N_(
    'Write for example database = "host=db.example.fi dbname=seuranta user=seuranta_worker", archive = "/srv/arkisto",'
    ' and under [worker] queues = ["rounds", "pdfs"], processes = 4, health_port = 8321.'
)
