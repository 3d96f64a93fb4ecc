"""Posts: renamed ones, those that report nothing, and deputies; from the plan to form, receipt, status and report."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from generator.app.forms import FormState, write_forms
from generator.domain.plan.goals import Officer, Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, HEADINGS, PLAN, goal
from tests.workspaces import (
    Answered,
    bookmarks,
    change_settings,
    command,
    fill,
    make_workspace,
    make_workspace_with_forms,
)

NEW_NAME = "Konsernijohtaja"
DONE = {"degree": 3, "narrative": "Työ etenee suunnitellusti."}
ALL = dict.fromkeys(("01.01", "01.01.01", "01.10"), DONE)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace_with_forms(tmp_path, extracts=[])


def put_plan(workspace: Workspace, plan: Plan) -> None:
    words = Words(workspace.settings.language)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, words))


def renamed(*former: str) -> Plan:
    """The plan after the clerk's post was renamed."""
    goals = (
        replace(each, officers=tuple(NEW_NAME if name == CLERK else name for name in each.officers))
        for each in PLAN.goals
    )
    return Plan(tuple(goals), (Officer(NEW_NAME, "", "Konserni", "fi", former_names=former), PLAN.officers[1]))


def status_of(workspace: Workspace, officer: str) -> tuple[str, int, int]:
    officers = command(workspace.root, "status", "--json").json["officers"]
    found = next(each for each in officers if each["officer"] == officer)
    return found["state"], found["reported"], found["expected"]


def checked(workspace: Workspace, file: Path) -> dict[str, object]:
    return dict(command(workspace.root, "check", str(file), "--json").json[0])


def run(workspace: Workspace) -> Answered:
    answered = command(workspace.root, "run", "--json")
    assert answered.code == 0
    return answered


def printed(workspace: Workspace) -> dict[str, str]:
    return bookmarks(Path(run(workspace).json["report"]["docx"]))


def form(workspace: Workspace, name: str = CLERK) -> Path:
    return workspace.inbox / f"{name}.xlsx"


def test_a_renamed_posts_form_path_and_answers_are_kept(workspace: Workspace) -> None:
    fill(form(workspace), ALL)
    run(workspace)
    put_plan(workspace, renamed(CLERK))
    assert printed(workspace)["g_01_01_degree"].startswith("3")
    assert status_of(workspace, NEW_NAME) == ("complete", 3, 3)
    fill(form(workspace), {"01.01": {**DONE, "degree": 4}})
    assert checked(workspace, form(workspace))["verdict"] == "accepted"
    values = printed(workspace)
    assert values["g_01_01_degree"].startswith("4") and NEW_NAME in values["g_01_01_officer"]
    assert status_of(workspace, NEW_NAME) == ("complete", 3, 3)
    receipt = (workspace.inbox / f"{CLERK}.kuittaus.html").read_text(encoding="utf-8")
    assert "Konsernijohtaja" in receipt and "not-your-goal" not in receipt
    assert [outcome.path.name for outcome in write_forms(workspace)] == [f"{CLERK}.xlsx", f"{DIRECTOR}.xlsx"]


def test_each_answer_of_a_renamed_post_is_printed_once(workspace: Workspace) -> None:
    for name in (CLERK, DIRECTOR):
        fill(form(workspace, name), {"01.10": {**DONE, "narrative": f"{name} kirjoitti."}})
    run(workspace)
    put_plan(workspace, renamed(CLERK))
    run(workspace)
    fill(form(workspace), {"01.10": {**DONE, "narrative": "Uudella nimellä."}})
    narrative = printed(workspace)["g_01_10_narrative"]
    assert narrative.count(NEW_NAME) == 1 and CLERK not in narrative
    assert "Uudella nimellä." in narrative and f"{CLERK} kirjoitti." not in narrative


def test_a_settlement_holds_when_the_chosen_post_is_renamed(workspace: Workspace) -> None:
    for name, degree in ((CLERK, 3), (DIRECTOR, 5)):
        fill(form(workspace, name), {"01.10": {**DONE, "degree": degree}})
    run(workspace)
    assert command(workspace.root, "decide", "01.10", "--take", CLERK).code == 0
    put_plan(workspace, renamed(CLERK))
    assert printed(workspace)["g_01_10_degree"].startswith("3")
    assert command(workspace.root, "status", "--json").json["disagreements"] == []


def test_a_former_name_that_is_typed_is_the_posts(workspace: Workspace) -> None:
    put_plan(workspace, renamed("Kansliajohtaja", CLERK))
    book = openpyxl.Workbook()
    for row in (HEADINGS, [None, "01.01 Tavoite 01.01", None, None, None, 3, "Työ etenee.", "Kansliajohtaja"]):
        book.worksheets[0].append(list(row))
    book.save(workspace.inbox / "oma.xlsx")
    workspace = change_settings(workspace.root, identity="open")
    assert printed(workspace)["g_01_01_degree"].startswith("3")
    assert checked(workspace, workspace.inbox / "oma.xlsx")["officer"] == NEW_NAME


def test_the_rebuilt_ledger_says_the_same_of_a_renamed_post(workspace: Workspace) -> None:
    fill(form(workspace), ALL)
    run(workspace)
    put_plan(workspace, renamed(CLERK))
    run(workspace)
    fill(form(workspace), {"01.01": {**DONE, "degree": 4}})
    before = printed(workspace)
    assert command(workspace.root, "rebuild").code == 0
    assert printed(workspace) == before
    assert status_of(workspace, NEW_NAME) == ("complete", 3, 3)


def test_an_untouched_form_of_a_renamed_post_is_made_anew_where_it_lies(workspace: Workspace) -> None:
    put_plan(workspace, renamed(CLERK))
    first = write_forms(workspace)[0]
    assert (first.path, first.state) == (form(workspace), FormState.WRITTEN)
    assert not form(workspace, NEW_NAME).exists()


MAYOR = "Pormestari"


def with_mayor(*, children: bool) -> Plan:
    """The mayor owns the first council-term goal, and reports nothing."""
    first, *others = PLAN.goals
    goals = (replace(first, officers=(MAYOR,)), *(others if children else (goal("02", DIRECTOR),)))
    return Plan(goals, (*PLAN.officers, Officer(MAYOR, "", "", "fi", is_silent=True)))


def test_a_post_that_reports_nothing_is_printed_and_its_degree_computed(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, with_mayor(children=True), extracts=[])
    forms = [outcome.path.name for outcome in write_forms(workspace)]
    assert forms == [f"{CLERK}.xlsx", f"{DIRECTOR}.xlsx"]
    fill(form(workspace), ALL)
    values = printed(workspace)
    assert values["g_01_officer"] == MAYOR and values["g_01_degree"].startswith("3")
    assert "Ei raportoitu" not in values["g_01_narrative"] + values["g_01_degree"]
    answered = command(workspace.root, "status", "--json").json
    assert MAYOR not in [officer["officer"] for officer in answered["officers"]]
    assert answered["goals"]["expected"] == 5


def test_a_goal_of_a_silent_post_without_children_is_not_missing(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, with_mayor(children=False), extracts=[])
    report = Path(run(workspace).json["report"]["docx"])
    values = bookmarks(report)
    assert values["g_01_officer"] == MAYOR and "Ei raportoitu" not in values["g_01_narrative"] + values["g_01_degree"]
    text = "\n".join(paragraph.text for paragraph in Document(str(report)).paragraphs)
    assert "Ei raportoitu (1)" in text and "vastuuhenkilöä" not in text
    goals = command(workspace.root, "status", "--json").json["goals"]
    assert (goals["expected"], goals["missing"]) == (1, 1)


def test_of_a_goal_with_a_silent_post_the_other_officer_is_awaited(tmp_path: Path) -> None:
    first, *others = PLAN.goals
    shared = replace(first, officers=(MAYOR, DIRECTOR))
    plan = Plan((shared, *others), (*PLAN.officers, Officer(MAYOR, "", "", "fi", is_silent=True)))
    workspace = make_workspace(tmp_path, plan, extracts=[])
    assert printed(workspace)["g_01_narrative"] == f"Ei raportoitu: {DIRECTOR}"


DEPUTY = "Talouspäällikkö"


def own_workbook(path: Path, officer: str) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADINGS, [None, "01.01 Tavoite 01.01", None, None, None, 3, "Työ etenee.", officer]):
        book.worksheets[0].append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def with_deputy() -> Plan:
    return replace(PLAN, officers=(replace(PLAN.officers[0], deputy=DEPUTY), PLAN.officers[1]))


@pytest.mark.parametrize("typed", [DEPUTY, DEPUTY.upper(), unicodedata.normalize("NFD", DEPUTY)])
def test_a_deputys_unsigned_workbook_is_the_posts_and_is_marked(tmp_path: Path, typed: str) -> None:
    workspace = make_workspace(tmp_path, with_deputy(), extracts=[], identity="open")
    path = own_workbook(workspace.inbox / "sijainen.xlsx", typed)
    assert printed(workspace)["g_01_01_degree"].startswith("3")
    answer = checked(workspace, path)
    assert answer["officer"] == CLERK
    assert "from-deputy" in [found["rule"] for found in answer["findings"]]  # type: ignore[attr-defined]
    assert f"{unicodedata.normalize('NFC', typed)} on vastuuhenkilön {CLERK} sijainen" in (
        workspace.inbox / "sijainen.kuittaus.html"
    ).read_text(encoding="utf-8")


def test_a_deputys_folder_is_the_posts(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, with_deputy(), extracts=[], identity="folder")
    path = own_workbook(workspace.inbox / DEPUTY / "oma.xlsx", "")
    assert checked(workspace, path)["officer"] == CLERK


def test_a_deputys_answer_waits_where_senders_are_checked(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, with_deputy(), extracts=[], identity="confirm")
    own_workbook(workspace.inbox / "sijainen.xlsx", DEPUTY)
    run(workspace)
    assert status_of(workspace, CLERK)[0] == "waiting"


def test_somebody_elses_name_is_no_deputys(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, with_deputy(), extracts=[], identity="open")
    answer = checked(workspace, own_workbook(workspace.inbox / "muu.xlsx", "Talouspäällikön sihteeri"))
    assert "officer-unclear" in [found["rule"] for found in answer["findings"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("in_period", [True, False])
def test_plan_diff_tells_of_posts_that_change(workspace: Workspace, *, in_period: bool) -> None:
    fill(form(workspace), {"01.01": {"degree": 3, "narrative": "Etenee."}})
    run(workspace)
    if not in_period:
        change_settings(workspace.root, id="2026-2", previous="2026-1")
    put_plan(workspace, renamed(CLERK))
    told = command(workspace.root, "plan", "diff", "--json").json
    assert {"officer": NEW_NAME, "kind": "renamed", "before": CLERK, "after": ""} in told["officers"]
    assert told["unprinted"] == []
    assert f"{NEW_NAME}, aiemmin {CLERK}" in command(workspace.root, "plan", "diff", "--lang", "fi").out


def test_plan_diff_tells_who_reports_no_more_and_who_does_again(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, with_mayor(children=True), extracts=[])
    run(workspace)
    silent = workspace.plan.read_bytes()
    speaking = replace(with_mayor(children=True), officers=())
    put_plan(workspace, Plan(tuple(replace(goal, not_reporting=()) for goal in speaking.goals)))
    told = command(workspace.root, "plan", "diff", "--json").json["officers"]
    (again,) = (each for each in told if each["kind"] == "reporting")
    run(workspace)
    workspace.plan.write_bytes(silent)
    told = command(workspace.root, "plan", "diff", "--json").json["officers"]
    assert [each["officer"] for each in told if each["kind"] == "silent"] == [again["officer"]]


@pytest.mark.parametrize("listed", [(CLERK,), (), (CLERK, DIRECTOR)])
def test_officers_missing_from_the_sheet_are_asked_about_together(tmp_path: Path, listed: tuple[str, ...]) -> None:
    goals = (goal("01"), goal("01.01", CLERK), goal("01.02", DIRECTOR), goal("01.03", "Rehtori"))
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    put_plan(workspace, Plan(goals, tuple(Officer(name, "", "", "fi") for name in listed)))
    found = command(workspace.root, "plan", "check", "--json").json["findings"]
    asked = [each["value"] for each in found if each["rule"] == "plan-officer-not-listed"]
    missing = [name for name in (CLERK, DIRECTOR, "Rehtori") if name not in listed]
    assert asked == (["; ".join(missing)] if listed else [])
