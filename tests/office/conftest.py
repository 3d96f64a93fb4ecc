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
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{json.dumps({'source': str(source), **acts})}\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        assert "error" not in said, said
        return said["seen"]


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    command = [INTERPRETER, str(Path(__file__).with_name("calc.py"))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", errors="strict"
    ) as process:
        yield Calc(process)
