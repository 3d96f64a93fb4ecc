"""A state folder with something broken in it: commands that write say what it is, and questions are answered."""

import json
from pathlib import Path

import pytest

from generator.app.forms import write_forms
from generator.app.run import run as run_once
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR
from tests.flow.test_faults import SAVED, TEXT, journal, lines, told
from tests.flow.test_pass import form, patient_clock, run, workspace
from tests.workspaces import change_settings, command, fill, make_workspace

__all__ = ["workspace"]
LEDGER_LOCK, JOURNAL_LOCK, LEDGER = "lock", "archive/journal.lock", "ledger.sqlite3"


def put_folder(path: Path) -> Path:
    """A folder in a file's place cannot be opened, by root neither; returns where the file lies meanwhile."""
    away = path.with_name(f"{path.name}.away")
    if path.exists():
        path.rename(away)
    path.mkdir()
    return away


def put_back(path: Path, away: Path) -> None:
    path.rmdir()
    if away.exists():
        away.rename(path)


@pytest.mark.parametrize("broken", [LEDGER_LOCK, JOURNAL_LOCK, LEDGER])
def test_a_state_file_that_cannot_be_opened_is_named_and_nothing_is_lost(workspace: Workspace, broken: str) -> None:
    fill(form(workspace), SAVED)
    run(workspace)
    path = workspace.state / broken
    away = put_folder(path)
    fill(form(workspace, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    ended = command(workspace.root, "run")
    assert ended.code == 4 and str(path) in ended.err
    assert command(workspace.root, "status").code == 0
    assert command(workspace.root, "check", str(form(workspace))).code == 0
    put_back(path, away)
    assert command(workspace.root, "run").code == 0
    assert [line["path"] for line in lines(workspace, "save")] == [f"{CLERK}.xlsx", f"{DIRECTOR}.xlsx"]


@pytest.mark.parametrize("broken", [LEDGER_LOCK, JOURNAL_LOCK, LEDGER, "key"])
def test_forms_are_not_written_over_a_broken_state(tmp_path: Path, broken: str) -> None:
    """A form that is in no journal, or signed with no key, would not be known again."""
    made = make_workspace(tmp_path, extracts=[])
    path = made.state / broken
    path.parent.mkdir(parents=True, exist_ok=True)
    put_folder(path)
    ended = command(tmp_path, "forms")
    assert ended.code == 4 and str(path) in ended.err
    assert list(made.inbox.iterdir()) == []


@pytest.mark.parametrize("harm", ["folder", "cut", "empty", "not hexadecimal"])
def test_a_key_that_cannot_be_read_is_a_problem_until_it_can(workspace: Workspace, harm: str) -> None:
    """Without it nobody can tell whose a save is: it is kept, and taken when the key is back."""
    run(workspace)
    key = workspace.state / "key"
    good = key.read_bytes()
    if harm == "folder":
        put_folder(key)
    else:
        key.write_bytes({"cut": good[:-5], "empty": b"", "not hexadecimal": b"x" * len(good)}[harm])
    fill(form(workspace), SAVED)
    ended = command(workspace.root, "run")
    assert ended.code == 4 and str(key) in ended.err
    assert [line["path"] for line in lines(workspace, "save")] == [f"{CLERK}.xlsx"]
    assert "key" in told(workspace) and command(workspace.root, "status").code == 0
    for arguments in (("check", str(form(workspace))), ("finalize", "--because", "Kiire")):
        ended = command(workspace.root, *arguments)
        assert ended.code == 4 and str(key) in ended.err
    if harm == "folder":
        key.rmdir()
    key.write_bytes(good)
    result = run(workspace)
    assert [taken.file for taken in result.files] == [f"{CLERK}.xlsx"] and result.problems == ()
    assert told(workspace) == ""


def test_a_file_that_is_gone_is_noticed_while_others_are_waited_for(tmp_path: Path) -> None:
    made = make_workspace(tmp_path, extracts=[])
    write_forms(made, None, None)
    fill(form(made), SAVED, to=made.inbox / "a.xlsx")
    run(made)
    waiting = change_settings(tmp_path, quiet_seconds=5)
    (made.inbox / "a.xlsx").unlink()
    fill(form(made, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    run_once(waiting.root, patient_clock())
    assert [line["path"] for line in lines(made, "gone")] == ["a.xlsx"]
    assert [line["path"] for line in lines(made, "save")][1:] == [f"{DIRECTOR}.xlsx"]
    assert not (made.inbox / "a.kuittaus.html").exists()


def test_all_that_a_round_places_is_entered_in_a_few_lines(tmp_path: Path) -> None:
    """However many documents there are: a line each for report, extracts, receipts, workbook and page."""
    made = make_workspace(tmp_path, extracts=["officer", "division"])
    write_forms(made, None, None)
    run(made)
    before = len(journal(made).read_text(encoding="utf-8").splitlines())
    fill(form(made), SAVED)
    fill(form(made, DIRECTOR), {"02": {"degree": 3, "narrative": TEXT}})
    documents = [document for document in run(made).documents if document.changed]
    new = [json.loads(line) for line in journal(made).read_text(encoding="utf-8").splitlines()[before:]]
    kinds = [line["record"] for line in new]
    assert len(documents) >= 4 and kinds.count("placed") <= 5
    assert kinds.count("taken") == 1 and kinds.count("save") == 2
