"""The settings of a machine that serves many workspaces: a file, and the environment before it."""

from pathlib import Path

import pytest

from generator.errors import FolderError, SettingsError
from generator.store.postgres.machine_settings import MachineSettings, WorkerTable, machine_settings

VARIABLES = ("SEURANTA_HOSTED", "SEURANTA_DATABASE", "SEURANTA_ARCHIVE")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the environment names; nothing else of the environment counts."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "kone.toml"
    monkeypatch.setenv("SEURANTA_HOSTED", str(path))
    return path


def test_without_a_file_the_environment_says_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEURANTA_HOSTED")
    monkeypatch.setenv("SEURANTA_DATABASE", "host=a")
    assert machine_settings() == MachineSettings(database="host=a")


def test_the_environment_goes_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(
        '\ufeffdatabase = "host=a"\narchive = "/srv/a"\n[worker]\nqueues = ["pdfs"]\nprocesses = 3\nhealth_port = 80\n',
        encoding="utf-8",
    )
    worker = WorkerTable(queues=("pdfs",), processes=3, health_port=80)
    assert machine_settings() == MachineSettings(database="host=a", archive=Path("/srv/a"), worker=worker)
    monkeypatch.setenv("SEURANTA_DATABASE", "host=b")
    monkeypatch.setenv("SEURANTA_ARCHIVE", "/srv/b")
    assert machine_settings() == MachineSettings(database="host=b", archive=Path("/srv/b"), worker=worker)


def test_an_empty_name_of_an_archive_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not the folder in which the command was started."""
    monkeypatch.delenv("SEURANTA_HOSTED")
    monkeypatch.setenv("SEURANTA_ARCHIVE", "")
    assert machine_settings().archive is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"database = [", "not TOML"),
        (b'database = "\xe4"', "not TOML"),
        (b'databse = "host=a"', "databse"),
        (b"database = 7", "database: 7"),
        (b'archive = "arkisto"', "archive: arkisto"),
        (b"[worker]\nprocesses = 0", "worker.processes: 0"),
        (b"[worker]\nhealth_port = 70000", "worker.health_port: 70000"),
    ],
)
def test_a_fault_is_told_with_its_key_and_an_example(text: bytes, told: str, file: Path) -> None:
    file.write_bytes(text)
    with pytest.raises(SettingsError, match=told) as caught:
        machine_settings()
    assert "processes = 4" in caught.value.advice


def test_a_named_file_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(FolderError, match=r"kone\.toml"):
        machine_settings()


def test_a_fault_of_the_environment_is_told_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEURANTA_HOSTED")
    monkeypatch.setenv("SEURANTA_ARCHIVE", "arkisto")
    with pytest.raises(SettingsError, match="SEURANTA_ARCHIVE: archive: arkisto"):
        machine_settings()
