"""Random histories of a workspace: saves, kills, damage and old backups; after each full run all must agree.

The seed is the test's parameter; `HISTORIES=20 pytest tests/flow/test_histories.py` runs more of them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator.app.file_marks import is_unchanged
from generator.app.plans import read_current_plan
from generator.app.rules import Rules
from generator.app.session import Session, ask
from generator.app.taking import take_new
from generator.domain.submission.answers import Answer
from generator.store.store import ReadOnlyStore
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.workspaces import bookmarks, command, fill, make_workspace_with_forms

HISTORIES = int(os.environ.get("HISTORIES", "4"))
STEPS = 9
REPORT = "seurantaraportti-2026-1-LUONNOS.docx"
OFFICERS = (CLERK, DIRECTOR)
GOALS = {name: tuple(goal.code for goal in PLAN.goals if name in goal.officers) for name in OFFICERS}
# What a person may type as a degree; only 1 to 5 count.
TYPED = (1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 0, 9, "kolme")
VALID = (1, 2, 3, 4, 5)


class History:
    """A workspace that things happen to. `saved` tells what we saved under each digest: the officer and the degrees."""

    def __init__(self, root: Path, seed: int) -> None:
        self.random = Random(seed)
        self.workspace: Workspace = make_workspace_with_forms(root / "kunta", extracts=[])
        self.state = self.workspace.state
        self.saved: dict[str, tuple[str, dict[str, object]]] = {}
        self.archived: set[str] = set()
        self.backups: list[Path] = []
        self.backups_folder = root
        self.removed = root / "removed"
        for folder in ("Talteen", "Kansio"):
            (self.removed / folder).mkdir(parents=True)
        self.forms = {name: (self.workspace.inbox / f"{name}.xlsx").read_bytes() for name in OFFICERS}
        self.told: list[str] = []
        self.versions = 0

    def tell(self, step: str) -> None:
        self.told.append(step)

    def save(self, path: str, officer: str) -> None:
        """Saves the officer's form with random degrees, in its place or in a sub-folder."""
        count = self.random.randint(1, len(GOALS[officer]))
        degrees: dict[str, object] = {
            code: self.random.choice(TYPED) for code in self.random.sample(GOALS[officer], count)
        }
        self.versions += 1
        typed = {code: {"degree": value, "narrative": f"Versio {self.versions}."} for code, value in degrees.items()}
        blank, place = self.workspace.root / "blank.xlsx", self.workspace.inbox / path
        blank.write_bytes(self.forms[officer])
        fill(blank, typed, to=place)
        self.saved[_digest(place.read_bytes())] = officer, degrees
        self.tell(f"save {path} {degrees}")


def save_form(history: History) -> None:
    officer = history.random.choice(OFFICERS)
    history.save(f"{officer}.xlsx", officer)


def save_in_sub_folder(history: History) -> None:
    """Other degrees in the same form, elsewhere."""
    officer = history.random.choice(OFFICERS)
    history.save(f"Talteen/{officer}.xlsx", officer)


def copy_to_sub_folder(history: History) -> None:
    """The same bytes, elsewhere."""
    officer = history.random.choice(OFFICERS)
    source, target = (history.workspace.inbox / place / f"{officer}.xlsx" for place in ("", "Kansio"))
    if source.exists():
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, target)
        history.tell(f"copy {officer}.xlsx to Kansio")


def remove_save(history: History) -> None:
    """A workbook that is no longer in the inbox unsays nothing."""
    files = sorted(path for path in history.workspace.inbox.rglob("*.xlsx") if path.stem in OFFICERS)
    if files:
        file = history.random.choice(files)
        shutil.move(file, history.removed / file.parent.relative_to(history.workspace.inbox).as_posix() / file.name)
        history.tell(f"remove {file.relative_to(history.workspace.inbox)}")


def bring_back(history: History) -> None:
    """A removed workbook comes back as it was, over whatever has been saved since."""
    files = sorted(path for path in history.removed.rglob("*.xlsx"))
    if files:
        file = history.random.choice(files)
        target = history.workspace.inbox / file.relative_to(history.removed)
        target.parent.mkdir(exist_ok=True)
        shutil.move(file, target)
        history.tell(f"bring {file.relative_to(history.removed)} back")


def kill_a_run(history: History) -> None:
    """A run that ends at a random moment, as when the power fails."""
    seconds = history.random.uniform(0.3, 1.3)
    run = subprocess.Popen(
        [sys.executable, "-m", "generator", "run"],
        cwd=history.workspace.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        run.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
    history.tell(f"run killed after {seconds:.3f} s: {run.returncode}")
    history.archived |= _archived(history)


def remove_ledger(history: History) -> None:
    (history.state / "ledger.sqlite3").unlink(missing_ok=True)
    history.tell("remove the ledger")


def flip_bytes(history: History) -> None:
    ledger = history.state / "ledger.sqlite3"
    if not ledger.exists():
        return
    data = bytearray(ledger.read_bytes())
    places = [history.random.randrange(len(data)) for _ in range(history.random.choice((1, 20, 400)))]
    for place in places:
        data[place] ^= history.random.randint(1, 255)
    ledger.write_bytes(data)
    history.tell(f"flip {len(places)} bytes in the ledger, the first at {places[0]}")


def back_up(history: History) -> None:
    backup = history.backups_folder / f"backup-{len(history.backups)}"
    shutil.copytree(history.state, backup)
    history.backups.append(backup)
    history.tell(f"back up as {backup.name}")


def restore_archive(history: History) -> None:
    """An older archive with its journal, while the ledger stays."""
    backup = history.random.choice(history.backups)
    shutil.rmtree(history.state / "archive")
    shutil.copytree(backup / "archive", history.state / "archive")
    history.archived = _archived(history)
    history.tell(f"restore the archive of {backup.name}")


def restore_state(history: History) -> None:
    """All of an older state."""
    backup = history.random.choice(history.backups)
    shutil.rmtree(history.state)
    shutil.copytree(backup, history.state)
    history.archived = _archived(history)
    history.tell(f"restore the state of {backup.name}")


STEPS_AND_WEIGHTS: dict[Callable[[History], None], int] = {
    save_form: 6,
    save_in_sub_folder: 2,
    copy_to_sub_folder: 2,
    remove_save: 2,
    bring_back: 2,
    kill_a_run: 3,
    remove_ledger: 1,
    flip_bytes: 2,
    back_up: 2,
    restore_archive: 2,
    restore_state: 1,
}


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_after_any_history_a_run_makes_all_agree(tmp_path: Path, seed: int) -> None:
    history = History(tmp_path, seed)
    back_up(history)
    for number in range(STEPS):
        step = history.random.choices(list(STEPS_AND_WEIGHTS), list(STEPS_AND_WEIGHTS.values()))[0]
        step(history)
        if number % 2 == 0 or number == STEPS - 1:
            run_and_check(history)


def run_and_check(history: History) -> None:
    """A full run, and everything that must hold after it."""
    done = command(history.workspace.root, "run")
    history.tell("run")
    told = "\n".join(history.told)
    assert done.code == 0, f"{told}\n{done.out}\n{done.err}"
    saves = [line for line in _journal(history) if line.get("record", "save") == "save"]
    assert _missing_bytes(history, saves) == [], told
    assert history.archived <= _archived(history), told
    history.archived = _archived(history)
    assert _unkept(history, saves) == [], told
    assert _leftovers(history) == [], told
    held = _held(history)
    assert _was_typed(history, held), told
    assert _printed(history) == {code: _expected_degree(code, held) for code in _owned()}, told
    assert _goals(history) == _expected_goals(held), told


def _held(history: History) -> dict[tuple[str, str], int]:
    """The degrees in force by goal and officer, as all saves give them when they are read anew from the journal.

    Whose answer counts is tested elsewhere, by a model of people. Here it must come out the same whatever crashed, was
    damaged or was put back on the way.
    """

    def read_anew(session: Session) -> tuple[Answer, ...]:
        assert isinstance(session.store, ReadOnlyStore)
        session.store.forget_ledger()
        plan = read_current_plan(session).plan
        take_new(session, Rules(session, plan))
        return session.store.ledger.current_answers(session.period)

    answers = ask(history.workspace, read_anew)
    return {(answer.entry.code, answer.entry.officer): answer.entry.degree or 0 for answer in answers}


def _was_typed(history: History, held: dict[tuple[str, str], int]) -> bool:
    """True if the officer has typed each degree that is in force."""
    typed = {
        (code, officer, value)
        for officer, degrees in history.saved.values()
        for code, value in degrees.items()
        if isinstance(value, int) and value in VALID
    }
    return {(*key, degree) for key, degree in held.items()} <= typed


def _expected_degree(code: str, held: dict[tuple[str, str], int]) -> set[int]:
    return {held[code, officer] for officer in OFFICERS if (code, officer) in held}


def _expected_goals(held: dict[tuple[str, str], int]) -> dict[str, int]:
    owned = _owned()
    reported = sum(all((code, name) in held for name in owners) for code, owners in owned.items())
    return {"expected": len(owned), "reported": reported, "missing": len(owned) - reported}


def _owned() -> dict[str, tuple[str, ...]]:
    return {goal.code: goal.officers for goal in PLAN.goals if goal.officers}


def _printed(history: History) -> dict[str, set[int]]:
    """The degrees in the report by code; computed ones stand for no answer."""
    values = bookmarks(history.workspace.outbox / REPORT)
    texts = {code: values[f"g_{code.replace('.', '_')}_degree"] for code in _owned()}
    return {
        code: set() if "(laskettu)" in text else {int(found) for found in re.findall(r"(?<![\d.])([1-5]) ", text)}
        for code, text in texts.items()
    }


def _goals(history: History) -> dict[str, int]:
    found: dict[str, int] = command(history.workspace.root, "status", "--json").json["goals"]
    return found


def _journal(history: History) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (history.state / "archive" / "journal.jsonl").read_bytes().splitlines()]


def _missing_bytes(history: History, saves: list[dict[str, Any]]) -> list[str]:
    def is_there(digest: str) -> bool:
        path = history.state / "archive" / digest[:2] / f"{digest}.bin"
        return path.is_file() and _digest(path.read_bytes()) == digest

    return [save["path"] for save in saves if not is_there(save["digest"])]


def _archived(history: History) -> set[str]:
    return {path.name for path in (history.state / "archive").rglob("*.bin")}


def _unkept(history: History, saves: list[dict[str, Any]]) -> list[str]:
    """Files of the inbox that are neither the journal's latest of their path nor ours."""
    latest = {save["path"]: save["digest"] for save in saves}
    placed = {tuple(each) for line in _journal(history) for each in line.get("files", ())}
    inbox = history.workspace.inbox
    files = {path.relative_to(inbox).as_posix(): path.read_bytes() for path in inbox.rglob("*") if path.is_file()}

    def is_ours(name: str, data: bytes) -> bool:
        return (f"inbox/{name}", _digest(data)) in placed or is_unchanged(name, data)

    return [name for name, data in files.items() if latest.get(name) != _digest(data) and not is_ours(name, data)]


def _leftovers(history: History) -> list[str]:
    return [path.name for path in history.workspace.root.rglob(".seuranta-*.part")]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
