"""A computer that has lost its date works as any other, and makes the same files."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from generator.app.problems import clock_is_wrong
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from tests.builders import PLAN, SETTINGS
from tests.workspaces import Answered, change_settings, command, fill

# An empty CMOS battery; the last second that no zip can hold; the first year behind the last that one can.
WRONG = ("1970-01-01T00:00:05", "1979-12-31T23:59:58", "2108-01-01T00:00:00")

# Runs the command with a clock that goes on from the moment given; files, too, are no younger than it tells.
_RUNNER = """
import datetime, runpy, sys, time

real_datetime, real_time, real_localtime = datetime.datetime, time.time, time.localtime
ahead = real_datetime.fromisoformat(sys.argv.pop(1) + "+00:00").timestamp() - real_time()
time.time = lambda: real_time() + ahead
time.localtime = lambda seconds=None: real_localtime(time.time() if seconds is None else seconds + ahead)

class AnyDatetime(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real_datetime)

class Datetime(real_datetime, metaclass=AnyDatetime):
    @classmethod
    def now(cls, tz=None):
        return real_datetime.fromtimestamp(time.time(), tz)

datetime.datetime = Datetime
runpy.run_module("generator", run_name="__main__")
"""


def command_at(moment: str, root: Path, *arguments: str) -> Answered:
    """Runs `python -m generator` in a folder, at a moment in UTC."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER, moment, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Answered(done.returncode, done.stdout, done.stderr)


def finished(run: Callable[..., Answered], root: Path, *arguments: str) -> None:
    done = run(root, *arguments)
    assert (done.code, done.err) == (0, "")


def contents(folder: Path, ending: str) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob(f"*{ending}"))}


@dataclass(frozen=True)
class MadeFiles:
    """The forms, a form as it was filled in, and what a run made of it."""

    forms: dict[str, bytes]
    filled: bytes
    reports: dict[str, bytes]
    answers: dict[str, bytes]


def walk(run: Callable[..., Answered], folder: Path, filled: bytes | None = None) -> MadeFiles:
    """A new workspace, its forms and a run; the form is filled in here, or was before."""
    finished(run, folder, "init", "kunta")
    root = folder / "kunta"
    workspace = change_settings(root, quiet_seconds=0, pdf=False)
    workspace.plan.write_bytes(plan_bytes(PLAN, workspace.settings.headings, Words(workspace.settings.language)))
    (root / ".seuranta").mkdir(exist_ok=True)
    (root / ".seuranta" / "key").write_text("ab" * 32, encoding="ascii")  # forms are signed with it
    finished(run, root, "forms")
    forms, form = contents(root / "inbox", ".xlsx"), root / "inbox" / "Hallintojohtaja.xlsx"
    right = {"degree": 3, "overall_status": "suunnitelman mukaan", "narrative": "Etenee."}
    if filled is None:
        fill(form, {"01.01.01": right, "01.10": {**right, "degree": 9}})
    else:
        form.write_bytes(filled)
    filled = form.read_bytes()
    finished(run, root, "run")
    return MadeFiles(forms, filled, contents(root / "outbox", ".docx"), contents(root / "inbox", ".korjattavaa.xlsx"))


@pytest.fixture(scope="module")
def made_today(tmp_path_factory: pytest.TempPathFactory) -> MadeFiles:
    return walk(command, tmp_path_factory.mktemp("today"))


@pytest.mark.parametrize("wrong", WRONG)
def test_forms_and_report_are_the_same_whatever_the_clock_shows(
    tmp_path: Path, made_today: MadeFiles, wrong: str
) -> None:
    made = walk(partial(command_at, wrong), tmp_path, made_today.filled)
    assert len(made.forms) == 2
    assert any(name.startswith("seurantaraportti") for name in made.reports)
    assert list(made.answers) == ["Hallintojohtaja.korjattavaa.xlsx"]
    assert made == made_today


@pytest.mark.parametrize("wrong", WRONG)
def test_a_workbook_takes_no_date_from_the_clock(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    made = plan_bytes(PLAN, SETTINGS.headings, Words(SETTINGS.language))
    shown = datetime.fromisoformat(f"{wrong}+00:00")
    monkeypatch.setattr(time, "time", shown.timestamp)
    monkeypatch.setattr(time, "localtime", lambda seconds=None: shown.timetuple())
    assert plan_bytes(PLAN, SETTINGS.headings, Words(SETTINGS.language)) == made


@pytest.mark.parametrize(
    ("now", "is_wrong"),
    [
        ("1970-01-01T02:00:05+02:00", True),
        ("1980-01-01T00:00:00+02:00", True),
        ("2019-12-31T23:59:59+02:00", True),
        ("2020-01-01T00:00:00+02:00", False),
        ("2026-11-26T12:00:00+02:00", False),
        ("2108-01-01T00:00:00+02:00", False),
    ],
)
def test_a_clock_from_before_the_program_is_wrong(now: str, *, is_wrong: bool) -> None:
    assert clock_is_wrong(datetime.fromisoformat(now)) == is_wrong
