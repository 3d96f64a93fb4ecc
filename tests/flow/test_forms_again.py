"""`seuranta forms` where the forms are there already: an unchanged form is known by what it was made from."""

import json
from pathlib import Path

from generator.app.forms import FormState, write_forms
from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.workspaces import change_settings, fill, make_workspace_with_forms

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
