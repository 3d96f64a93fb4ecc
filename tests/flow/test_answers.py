"""What appears beside a save, what becomes of it, and what happens when it is saved itself."""

from pathlib import Path

import openpyxl
import pytest

from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.domain.base.settings import Language
from generator.domain.submission.feedback import FeedbackColumn
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.flow.test_pass import clock, degree, rules
from tests.workspaces import fill, make_workspace_with_forms

GOOD = {"degree": 3, "narrative": "Työ etenee."}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace_with_forms(tmp_path, extracts=[])


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


def beside(workspace: Workspace) -> set[str]:
    return {path.name for path in workspace.inbox.iterdir() if path.name.startswith(f"{CLERK}.")}


def reply(path: Path, text: str, to: Path | None = None) -> None:
    """Writes into the column Vastaus of the first row that has a question."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
    column, key = (headings[Words(Language.FINNISH)(name)] for name in (FeedbackColumn.REPLY, FeedbackColumn.KEY))
    row = next(row for row in range(1, sheet.max_row + 1) if len(str(sheet.cell(row, key).value or "")) == 12)
    sheet.cell(row, column, text)
    book.save(to or path)


def test_a_good_save_gets_a_receipt_alone(workspace: Workspace) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": GOOD})
    run(workspace)
    assert beside(workspace) == {f"{CLERK}.xlsx", f"{CLERK}.kuittaus.html"}


def test_a_faulty_save_gets_the_officers_own_workbook_marked_and_a_mended_one_takes_it_away(
    workspace: Workspace,
) -> None:
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(form, {"01.01": {**GOOD, "degree": 9}})
    run(workspace)
    answer = workspace.inbox / f"{CLERK}.korjattavaa.xlsx"
    assert answer.name in (workspace.inbox / f"{CLERK}.kuittaus.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(answer)
    assert book.sheetnames[0] == "Palaute"
    assert book.worksheets[1]["F4"].comment is not None
    assert run(workspace).files == ()
    fill(form, {"01.01": GOOD})
    run(workspace)
    assert beside(workspace) == {f"{CLERK}.xlsx", f"{CLERK}.kuittaus.html"}


def test_an_answer_that_is_mended_and_saved_is_a_save_with_answers_of_its_own(workspace: Workspace) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {**GOOD, "degree": 9}, "01.10": {**GOOD, "degree": 8}})
    run(workspace)
    answer = workspace.inbox / f"{CLERK}.korjattavaa.xlsx"
    book = openpyxl.load_workbook(answer)
    book.worksheets[1]["F4"] = 4
    book.save(answer)
    result = run(workspace)
    assert rules(result, answer.name) == ["degree-out-of-scale"]
    assert degree(workspace, result, "01.01") == "4"
    second = workspace.inbox / f"{CLERK}.korjattavaa-2.xlsx"
    assert beside(workspace) == {f"{CLERK}.xlsx", answer.name, second.name, f"{CLERK}.kuittaus.html"}
    book = openpyxl.load_workbook(second)
    book.worksheets[1]["F6"] = 2
    book.save(second)
    assert rules(run(workspace), second.name) == []


def test_a_question_is_answered_once_and_shown_to_the_secretary(workspace: Workspace) -> None:
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(form, {"01.01": {"degree": 3}})
    assert rules(run(workspace), form.name) == ["narrative-empty"]
    answer = workspace.inbox / f"{CLERK}.korjattavaa.xlsx"
    reply(answer, "Tehtävä on siirretty syksyyn.")
    replied = run(workspace)
    assert rules(replied, answer.name) == []
    assert [(held.question.rule, held.text) for held in replied.status.replies] == [
        ("narrative-empty", "Tehtävä on siirretty syksyyn.")
    ]
    assert "Tehtävä on siirretty syksyyn." in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    fill(form, {"01.01": {"degree": 3}, "01.01.01": GOOD})
    assert rules(run(workspace), form.name) == []
    fill(form, {"01.01": {"degree": 4}})
    assert rules(run(workspace), form.name) == ["narrative-empty"]


def test_an_open_answer_is_left_alone_and_replaced_when_it_is_closed(workspace: Workspace) -> None:
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(form, {"01.01": {**GOOD, "degree": 9}})
    run(workspace)
    answer = workspace.inbox / f"{CLERK}.korjattavaa.xlsx"
    before, lock = answer.read_bytes(), workspace.inbox / f"~${answer.name}"
    lock.write_bytes(b"owner")
    fill(form, {"01.01": GOOD})
    assert [problem.place for problem in run(workspace).problems] == [f"inbox/{answer.name}"]
    assert answer.read_bytes() == before
    lock.unlink()
    assert run(workspace).problems == () and not answer.exists()


def test_parents_far_from_their_children_are_asked_of_the_secretary_alone(workspace: Workspace) -> None:
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(form, {"01.01": {**GOOD, "degree": 4}, "01.01.01": {**GOOD, "degree": 2}})
    result = run(workspace)
    assert rules(result, form.name) == []
    assert [(far.goal.code, far.degree, far.median) for far in result.status.far_parents] == [("01.01", 4, 2)]
    assert "01.01" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
