"""`seuranta forms` where the forms are there already: an unchanged form is known by what it was made from."""

import json
from pathlib import Path

import openpyxl

from generator.app.forms import FormState, write_forms
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR
from tests.workspaces import change_settings, command, fill, form_rows, make_workspace_with_forms

UNCHANGED, WRITTEN, TOUCHED = FormState.UNCHANGED, FormState.WRITTEN, FormState.TOUCHED


def journal_of(workspace: Workspace) -> Path:
    return workspace.state / "archive" / "journal.jsonl"


def states(workspace: Workspace) -> set[FormState]:
    return {outcome.state for outcome in write_forms(workspace)}


def forms_in(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in workspace.inbox.glob("*.xlsx")}


def forget_inputs(workspace: Workspace) -> None:
    """Makes the journal one of an earlier version, which did not tell what a form was made from."""
    lines = [json.loads(line) for line in journal_of(workspace).read_text(encoding="utf-8").splitlines()]
    assert any(line.pop("inputs", "") for line in lines)
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    journal_of(workspace).write_text(text, encoding="utf-8")


def test_unchanged_forms_leave_no_trace(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    forms, journal = forms_in(workspace), journal_of(workspace).read_bytes()
    assert states(workspace) == {UNCHANGED}
    assert (forms_in(workspace), journal_of(workspace).read_bytes()) == (forms, journal)


def test_a_form_of_an_earlier_version_is_known_as_untouched_and_entered_once_more(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    forget_inputs(workspace)
    forms = forms_in(workspace)
    assert states(workspace) == {UNCHANGED}
    journal = journal_of(workspace).read_bytes()
    assert journal.count(b'"inputs"') == len(forms)
    assert states(workspace) == {UNCHANGED}
    assert (forms_in(workspace), journal_of(workspace).read_bytes()) == (forms, journal)


def test_settings_that_a_form_does_not_show_change_no_form(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    forms = forms_in(workspace)
    changed = change_settings(tmp_path, rescan_seconds=30)
    assert states(changed) == {UNCHANGED}
    assert forms_in(workspace) == forms


def test_what_a_form_shows_makes_it_new_unless_somebody_has_begun_to_fill_it_in(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3}})
    changed = change_settings(tmp_path, deadline="2026-09-01")
    before = forms_in(workspace)
    found = {outcome.officer: outcome.state for outcome in write_forms(changed)}
    assert found.pop(CLERK) is TOUCHED
    assert set(found.values()) == {WRITTEN}
    after = forms_in(workspace)
    assert [name for name in before if before[name] == after[name]] == [f"{CLERK}.xlsx"]


def open_next_period(workspace: Workspace) -> Workspace:
    """The next period, in which nobody has a form yet."""
    for path in workspace.inbox.glob("*.xlsx"):
        path.unlink()
    return change_settings(workspace.root, id="2026-2", previous="2026-1")


def test_in_the_next_period_all_forms_show_the_answers_of_the_last_one_and_follow_them(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    codes = "01.01", "01.01.01"
    fill(workspace.inbox / f"{CLERK}.xlsx", {code: {"degree": 3, "narrative": f"Etenee {code}."} for code in codes})
    assert command(tmp_path, "run").code == 0
    later = open_next_period(workspace)
    assert states(later) == {WRITTEN}
    assert states(later) == {UNCHANGED}
    rows = {name: previous_columns(later.inbox / f"{name}.xlsx") for name in (CLERK, DIRECTOR)}
    assert [rows[CLERK][code][1] for code in codes] == [f"Etenee {code}." for code in codes]
    assert set(rows[DIRECTOR].values()) == {(None, None)}
    # An act about the last period changes what the form shows.
    change_settings(tmp_path, id="2026-1", previous="2025-2")
    assert command(tmp_path, "withdraw", "01.01", "--officer", CLERK, "--because", "Pyyntö").code == 0
    later = change_settings(tmp_path, id="2026-2", previous="2026-1")
    assert {outcome.officer: outcome.state for outcome in write_forms(later)}.pop(CLERK) is WRITTEN
    assert [previous_columns(later.inbox / f"{CLERK}.xlsx")[code][1] for code in codes] == [None, "Etenee 01.01.01."]


def previous_columns(path: Path) -> dict[str, tuple[object, object]]:
    """What stands in the grey columns of a form, by the goals' codes."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.max_column == 10
    return {code: (sheet.cell(row, 7).value, sheet.cell(row, 9).value) for code, row in form_rows(sheet)}
