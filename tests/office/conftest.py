"""One running LibreOffice Calc for all tests of a process: starting it costs more than what they do in it."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

# An interpreter that has `uno`; Debian's is the system's own.
INTERPRETER = os.environ.get("UNO_PYTHON", "/usr/bin/python3")
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}


@dataclass(frozen=True)
class Calc:
    """A running LibreOffice that works on one workbook after another."""

    process: "subprocess.Popen[str]"

    def save(self, source: Path, target: Path | None = None, **acts: object) -> Any:
        """Opens a workbook, does what `calc.py` knows, and saves it in the format of its name."""
        place = target or source
        return self.look(source, target=str(place), filter=FILTERS[place.suffix], **acts)

    def look(self, source: Path, **acts: object) -> Any:
        """Opens a workbook and returns what was asked of it."""
        return ask(self.process, source=str(source), **acts)


@dataclass(frozen=True)
class Writer:
    """A running LibreOffice that edits one Word document after another."""

    process: "subprocess.Popen[str]"

    def save(self, path: Path, *acts: tuple[str, ...]) -> bytes:
        """Opens a document, does what `writer.py` knows, saves it in its place and returns it."""
        ask(self.process, source=str(path), target=str(path), acts=acts)
        return path.read_bytes()


def ask(process: "subprocess.Popen[str]", **job: object) -> Any:
    """Hands a running program a job, and returns what it saw."""
    assert process.stdin and process.stdout
    process.stdin.write(f"{json.dumps(job)}\n")
    process.stdin.flush()
    said = json.loads(process.stdout.readline())
    assert "error" not in said, said
    return said["seen"]


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    with started("calc.py") as process:
        yield Calc(process)


@pytest.fixture(scope="session")
def writer() -> Iterator[Writer]:
    with started("writer.py") as process:
        yield Writer(process)


def started(script: str) -> "subprocess.Popen[str]":
    command = [INTERPRETER, str(Path(__file__).with_name(script))]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", errors="strict")
