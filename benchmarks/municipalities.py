"""Many workspaces in one database, and the worker machines that serve them, for `benchmarks.hosted`."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg

from benchmarks.data import SEED, Texts, change_settings, fill, forms_in, make_small_plan, make_workspace
from benchmarks.intake import replaced
from generator.app.forms import write_forms
from generator.app.run import run, system_clock
from generator.hosted.exchange import move_to_database
from generator.hosted.registry import HostedWorkspace, Registry
from generator.store.postgres.machine_settings import DATABASE_VARIABLE
from tools.postgres_server import PostgresServer

_ROOT = Path(__file__).parent.parent
# Each narrative begins with this text; for each municipality its own number replaces the zeros.
MARKER = "Kunta 0000000."


class MarkedTexts(Texts):
    """Random texts, with the marker before each narrative."""

    def narrative(self) -> str:
        return f"{MARKER} {super().narrative()}"


@dataclass(frozen=True, slots=True)
class Save:
    """One file that an officer saves: its path and its bytes."""

    path: Path
    data: bytes

    def write(self) -> None:
        """Saves as Excel does: under eight hex digits first, then over the old file."""
        part = self.path.with_name(f"{random.getrandbits(32):08X}")
        part.write_bytes(self.data)
        part.replace(self.path)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A workspace of the database, what its officers save, and the documents expected from that.

    `documents` are the names and SHA-256 of the .docx files that `seuranta run` makes of the same saves.
    """

    workspace: HostedWorkspace
    saves: tuple[Save, ...]
    documents: tuple[tuple[str, str], ...]

    def has_report(self, *, pdf: bool) -> bool:
        """True if the outbox has the report of all saves, and with `pdf` also its PDF."""
        name, digest = min(self.documents, key=lambda each: len(each[0]))  # extracts have longer names
        path = self.workspace.root / "outbox" / name
        if pdf and not path.with_suffix(".pdf").exists():
            return False
        return path.exists() and sha256(path.read_bytes()).hexdigest() == digest

    def has_all(self) -> bool:
        """True if the outbox has the documents of all saves, and no others."""
        return documents_in(self.workspace.root) == self.documents


class Office:
    """A workspace that all municipalities are copies of, and its officers' forms, filled in with the marker."""

    def __init__(self, folder: Path, officers: int) -> None:
        self.root = folder / f"office of {officers}"
        self._folder = folder
        self._filled = folder / f"filled by {officers}"
        if not self._filled.exists():
            workspace = make_workspace(self.root, make_small_plan(officers))
            write_forms(workspace, None, None)
            shutil.copytree(self.root, self._filled)
            for seed, form in enumerate(forms_in(self._filled / "inbox"), start=SEED):
                fill(form, MarkedTexts(seed))

    def municipality(self, number: int, share: Path, *, pdf: bool) -> Municipality:
        """Makes a workspace on the share; its answers, and so its documents, are its own."""
        key = f"kunta{number:04d}"
        root = share / key
        shutil.copytree(self.root, root)
        change_settings(root, quiet_seconds="2", pdf=json.dumps(pdf))
        saves = tuple(
            Save(root / "inbox" / form.name, _numbered(form.read_bytes(), number))
            for form in forms_in(self._filled / "inbox")
        )
        return Municipality(HostedWorkspace(key, root), saves, self._documents(number, saves))

    def _documents(self, number: int, saves: Iterable[Save]) -> tuple[tuple[str, str], ...]:
        """Returns the documents that `seuranta run` makes of the saves; they are kept for the next benchmark."""
        kept = self._folder / f"{self.root.name}, documents of {number}.json"
        if not kept.exists():
            alone = self._folder / f"alone {number}"
            shutil.copytree(self.root, alone)
            for save in saves:
                (alone / "inbox" / save.path.name).write_bytes(save.data)
            run(alone, system_clock())
            kept.write_text(json.dumps(documents_in(alone)), encoding="utf-8")
            shutil.rmtree(alone)
        return tuple((name, digest) for name, digest in json.loads(kept.read_text(encoding="utf-8")))


def documents_in(root: Path) -> tuple[tuple[str, str], ...]:
    """Returns names and SHA-256 of the .docx files in an outbox."""
    paths = sorted(path for path in (root / "outbox").rglob("*.docx") if not path.name.startswith("."))
    return tuple((path.name, sha256(path.read_bytes()).hexdigest()) for path in paths)


def _numbered(data: bytes, number: int) -> bytes:
    return replaced(data, MARKER, f"Kunta {number:07d}.")


def move_into_database(server: PostgresServer, municipalities: Iterable[Municipality]) -> None:
    """Creates the tables, and moves the workspaces into the database."""
    os.environ[DATABASE_VARIABLE] = server.as_admin
    with psycopg.connect(server.as_admin, autocommit=True) as connection:
        registry = Registry(connection)
        registry.prepare()
        for each in municipalities:
            registry.add(each.workspace)
            move_to_database(each.workspace.root, each.workspace.root / ".seuranta", each.workspace.key)


class Machine:
    """A worker machine, as a process with a disk of its own; `seuranta ring` is one too."""

    def __init__(self, server: PostgresServer, disk: Path, *command: str) -> None:
        disk.mkdir(parents=True)
        own = {"HOME": disk, "TMPDIR": disk, "XDG_CACHE_HOME": disk / ".cache", DATABASE_VARIABLE: server.as_worker}
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(_ROOT),
            **{name: str(value) for name, value in own.items()},
        }
        self._command = (sys.executable, "-m", "generator", *command)
        self._disk = disk
        self.start()

    def start(self) -> None:
        """Starts the process; its log goes into a file on its disk."""
        with (self._disk / "log.txt").open("ab") as out:
            # A session of its own, so that all its processes can be killed at once.
            self._process = subprocess.Popen(
                self._command, env=self._environment, cwd=self._disk, stdout=out, stderr=out, start_new_session=True
            )

    def log_end(self) -> str:
        """Returns the end of its log."""
        return (self._disk / "log.txt").read_text(encoding="utf-8")[-3000:]

    def kill(self) -> None:
        """Kills all its processes at once, as a power cut does."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Asks it to end, and waits until its jobs are finished."""
        self._process.terminate()
        self._process.wait()
