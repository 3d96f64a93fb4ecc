"""Where forms lie: one form an officer, however the name is written, and one with the goals that came later."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from generator.app.forms import FormState, write_forms
from generator.domain.plan.goals import Goal, Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, PLAN, goal
from tests.workspaces import bookmarks, command, fill, form_rows, make_workspace

DONE = {"degree": 3, "narrative": "Työ etenee suunnitellusti."}
CHIEF = "Päällikkö"


def plan_of(*officers: str) -> Plan:
    """A plan with one annual goal for each name."""
    return Plan((goal("01"), *(goal(f"01.{number:02}", name) for number, name in enumerate(officers, start=1))))


def put_plan(workspace: Workspace, *goals: Goal) -> None:
    words = Words(workspace.settings.language)
    workspace.plan.write_bytes(plan_bytes(Plan(goals, PLAN.officers), workspace.settings.headings, words))


def workbooks(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in workspace.inbox.glob("*.xlsx"))


@pytest.mark.parametrize(
    "other",
    [CHIEF.upper(), f"\u200e{CHIEF}\u200f", unicodedata.normalize("NFD", CHIEF), f"  {CHIEF}\u00a0"],
    ids=["case", "direction marks", "NFD", "blanks"],
)
def test_names_that_differ_in_letters_case_and_marks_alone_have_one_form(tmp_path: Path, other: str) -> None:
    workspace = make_workspace(tmp_path, plan_of(CHIEF, other))
    write_forms(workspace)
    assert workbooks(workspace) == [f"{CHIEF}.xlsx"]
    put_plan(workspace, *plan_of(other, CHIEF).goals)
    assert [outcome.state for outcome in write_forms(workspace)] != [FormState.TOUCHED]
    assert workbooks(workspace) == [f"{CHIEF}.xlsx"]


def test_a_form_whose_name_a_mac_has_written_otherwise_is_the_officers(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, plan_of(CHIEF), extracts=[])
    write_forms(workspace)
    form = workspace.inbox / f"{CHIEF}.xlsx"
    fill(form, {"01.01": DONE}, workspace.inbox / unicodedata.normalize("NFD", form.name))
    form.unlink()
    assert [outcome.state for outcome in write_forms(workspace)] == [FormState.TOUCHED]
    assert len(workbooks(workspace)) == 1


@pytest.mark.parametrize("names", [("A/B", "A:B"), ("A:B", "A/B", "A-B"), ("X.", "X-", "x?")])
def test_names_that_would_share_a_file_have_one_each_and_keep_it(tmp_path: Path, names: tuple[str, ...]) -> None:
    workspace = make_workspace(tmp_path, plan_of(*names), extracts=[])
    first = {outcome.officer: outcome.path for outcome in write_forms(workspace)}
    assert len({path.name.casefold() for path in first.values()}) == len(names)
    for number, name in enumerate(names, start=1):
        fill(first[name], {f"01.{number:02}": DONE})
    assert command(workspace.root, "run").code == 0
    officers = command(workspace.root, "status", "--json").json["officers"]
    assert {each["officer"]: each["state"] for each in officers} == dict.fromkeys(names, "complete")
    put_plan(workspace, *reversed(plan_of(*names).goals))
    assert {outcome.officer: outcome.path for outcome in write_forms(workspace)} == first


LATER = goal("01.02", CLERK, title="Uusi tavoite")


@pytest.fixture
def filled(tmp_path: Path) -> Workspace:
    """A workspace where the clerk has filled a form in, and the plan has got another goal since."""
    workspace = make_workspace(tmp_path, extracts=[])
    write_forms(workspace)
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": DONE, "01.01.01": DONE, "01.10": DONE})
    command(workspace.root, "run")
    put_plan(workspace, *PLAN.goals, LATER)
    return workspace


def codes_in(path: Path) -> list[str]:
    import openpyxl

    return [code for code, _ in form_rows(openpyxl.load_workbook(path).worksheets[0])]


def test_a_filled_form_gets_the_missing_rows_beside_it(filled: Workspace) -> None:
    answered = command(filled.root, "forms")
    beside = filled.inbox / f"{CLERK} (lisärivit).xlsx"
    assert f"Vastuuhenkilön {CLERK} täyttämästä lomakkeesta puuttuvat" in answered.out and "01.02" in answered.out
    assert codes_in(beside) == ["01.02"] and len(workbooks(filled)) == 3
    fill(beside, {"01.02": {**DONE, "degree": 5}})
    answer = command(filled.root, "check", str(beside), "--json").json[0]
    assert (answer["verdict"], answer["officer"], answer["findings"]) == ("accepted", CLERK, [])
    report = Path(command(filled.root, "run", "--json").json["report"]["docx"])
    values = bookmarks(report)
    assert values["g_01_02_degree"].startswith("5") and values["g_01_01_degree"].startswith("3")
    officers = command(filled.root, "status", "--json").json["officers"]
    assert [each["state"] for each in officers if each["officer"] == CLERK] == ["complete"]


def test_the_missing_rows_are_given_once_and_then_only_what_is_new(filled: Workspace) -> None:
    write_forms(filled)
    assert [outcome.state for outcome in write_forms(filled) if outcome.added] == [FormState.UNCHANGED]
    fill(filled.inbox / f"{CLERK} (lisärivit).xlsx", {"01.02": DONE})
    assert [outcome for outcome in write_forms(filled) if outcome.added] == []
    put_plan(filled, *PLAN.goals, LATER, goal("01.03", CLERK))
    added = [outcome for outcome in write_forms(filled) if outcome.added]
    assert [(each.path.name, each.added) for each in added] == [(f"{CLERK} (lisärivit 2).xlsx", ("01.03",))]


def test_a_row_that_the_officer_removed_is_not_given_again(filled: Workspace) -> None:
    import openpyxl

    path = filled.inbox / f"{CLERK}.xlsx"
    book = openpyxl.load_workbook(path)
    rows = dict(form_rows(book.worksheets[0]))
    book.worksheets[0].delete_rows(rows["01.10"])
    book.save(path)
    assert [outcome.added for outcome in write_forms(filled) if outcome.added] == [("01.02",)]


def test_a_form_that_nobody_has_begun_is_made_anew_with_all_rows(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, extracts=[])
    write_forms(workspace)
    put_plan(workspace, *PLAN.goals, LATER)
    assert [outcome.added for outcome in write_forms(workspace)] == [(), ()]
    assert "01.02" in codes_in(workspace.inbox / f"{CLERK}.xlsx")


def test_a_file_that_is_no_table_gets_nothing_beside_it(filled: Workspace) -> None:
    (filled.inbox / f"{CLERK}.xlsx").write_bytes(b"rikki")
    assert [outcome for outcome in write_forms(filled) if outcome.added] == []


def test_missing_rows_have_the_code_form_of_the_plan(filled: Workspace) -> None:
    """The form that was filled has 01.01; the plan is numbered 1.1 now."""
    short = (replace(each, code=each.code.replace("01", "1").replace("02", "2")) for each in (*PLAN.goals, LATER))
    put_plan(filled, *short)
    assert [outcome.added for outcome in write_forms(filled) if outcome.added] == [("1.2",)]
