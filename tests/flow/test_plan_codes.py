"""A plan numbered 1, 1.1, 1.1.1, as most municipalities number, from form to document."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from generator.app.forms import write_forms
from generator.domain.plan.goals import Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN, goal
from tests.workspaces import bookmarks, change_settings, command, fill, form_rows, make_workspace


def short(code: str) -> str:
    return ".".join(part.lstrip("0") for part in code.split("."))


SHORT_PLAN = Plan(tuple(replace(goal, code=short(goal.code)) for goal in PLAN.goals), PLAN.officers)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path, SHORT_PLAN, extracts=[])
    write_forms(workspace)
    return workspace


def report(workspace: Workspace) -> Path:
    return next(workspace.outbox.glob("*-LUONNOS.docx"))


def test_codes_are_printed_as_the_plan_writes_them(workspace: Workspace) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"1.1": {"degree": 3}, "1.10": {"degree": 4}})
    assert command(workspace.root, "run").code == 0
    values = bookmarks(report(workspace))
    assert values["g_1_1_degree"].startswith("3") and values["g_1_10_degree"].startswith("4")
    assert {name.rsplit("_", 1)[0] for name in values if name.endswith("_degree")} == {
        "g_" + goal.code.replace(".", "_") for goal in SHORT_PLAN.goals
    }


def test_a_form_with_the_other_form_of_codes_is_read_without_a_word(workspace: Workspace) -> None:
    """An officer's own workbook, made for last year's plan."""
    path = workspace.inbox / f"{CLERK}.xlsx"
    fill(path, {"1.1": {"degree": 3, "narrative": "Työ etenee suunnitellusti."}})
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(max_col=3):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("1.1 "):
                cell.value = f"01.01 {cell.value.removeprefix('1.1 ')}"
    book.save(path)
    assert command(workspace.root, "run").code == 0
    checked = command(workspace.root, "check", str(path), "--json").json[0]
    assert [row["code"] for row in checked["rows"] if row["degree"] == 3] == ["1.1"]
    assert checked["verdict"] == "accepted" and checked["findings"] == []


def test_questions_that_decide_who_gets_a_form_stand_on_the_status_page(workspace: Workspace) -> None:
    goals = (*SHORT_PLAN.goals, goal("2.1", "Sihteeri, Rehtori"), goal("2.2", CLERK[:-1]))
    words = Words(workspace.settings.language)
    workspace.plan.write_bytes(plan_bytes(Plan(goals), workspace.settings.headings, words))
    assert command(workspace.root, "run").code == 0
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "Onko solussa monta vastuuhenkilöä: ”Sihteeri, Rehtori”?" in page
    assert f"”{CLERK[:-1]}” on melkein sama kuin ”{CLERK}”" in page
    assert "Avoimia asioita ei ole" not in page


def test_an_empty_plan_is_an_error_and_nothing_is_in_order(workspace: Workspace) -> None:
    words = Words(workspace.settings.language)
    workspace.plan.write_bytes(plan_bytes(Plan(()), workspace.settings.headings, words))
    checked = command(workspace.root, "plan", "check")
    assert checked.code == 1 and "Toteutusohjelmassa ei ole tavoitteita" in checked.out
    assert "Korjattavaa ei löytynyt" not in checked.out
    for name in ("run", "status"):
        answered = command(workspace.root, name)
        assert "plan.xlsx: toteutusohjelmassa ei ole tavoitteita" in answered.out + answered.err
    assert "Kenelläkään ei ole raportoitavia tavoitteita" in command(workspace.root, "forms").out
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "Toteutusohjelmassa on 1 virhe" in page and "Avoimia asioita ei ole" not in page


def test_the_next_period_is_compared_though_the_codes_have_lost_their_noughts(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, PLAN, extracts=[])
    write_forms(workspace)
    form = workspace.inbox / f"{CLERK}.xlsx"
    fill(form, {"01.01": {"degree": 2, "narrative": "Työ alkoi."}})
    command(workspace.root, "run")
    for path in workspace.inbox.glob("*.xlsx"):
        path.unlink()
    workspace = change_settings(workspace.root, id="2026-2", previous="2026-1")
    words = Words(workspace.settings.language)
    workspace.plan.write_bytes(plan_bytes(SHORT_PLAN, workspace.settings.headings, words))
    write_forms(workspace)
    row = dict(form_rows(openpyxl.load_workbook(form).worksheets[0]))["1.1"]
    cells = [cell.value for cell in openpyxl.load_workbook(form).worksheets[0][row]]
    assert "Työ alkoi." in cells
    fill(form, {"1.1": {"degree": 4, "narrative": "Työ etenee."}})
    command(workspace.root, "run")
    document = Document(str(next(workspace.outbox.glob("*2026-2-LUONNOS.docx"))))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    own = next(row for row in rows if "1.1 Tavoite 01.01" in row[:3])
    assert any("2 → 4, nousi" in text for text in own)


def test_a_command_takes_a_code_in_either_form(workspace: Workspace) -> None:
    for name, degree in ((CLERK, 3), (DIRECTOR, 4)):
        fill(workspace.inbox / f"{name}.xlsx", {"1.10": {"degree": degree}})
    command(workspace.root, "run")
    assert command(workspace.root, "decide", "01.10", "--take", CLERK).code == 0
    command(workspace.root, "run")
    assert bookmarks(report(workspace))["g_1_10_degree"].startswith("3")
    assert command(workspace.root, "withdraw", "01.10", "--officer", CLERK, "--because", "x").code == 0
