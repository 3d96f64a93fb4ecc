"""Which version of the previous period the council dealt with: shown on the sheet of the final report, and changed."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from generator.formats.xlsx.final_sheet import HEADING_ROW
from generator.workspace.folders import DECISIONS_FILE, Workspace
from tests.final_sheets import ANSWER, FINAL_SHEET, KEY, REMARK, fill_final, remarks
from tests.flow.test_next_period import finalize, save, text
from tests.flow.test_periods import OPTIONS, run
from tests.workspaces import command, make_workspace_with_forms

LABEL = "Versio, jonka valtuusto käsitteli"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The second period, after a first one with two finals, of which the council dealt with the second."""
    made = make_workspace_with_forms(tmp_path, extracts=[])
    save(made, g01_01=3)
    finalize(made)
    save(made, g01_01=4)
    finalize(made)
    assert command(made.root, "period", "open", "2026-2", *OPTIONS).code == 0
    run(made)
    return made


def workbook(workspace: Workspace) -> Path:
    return workspace.outbox / DECISIONS_FILE


def version_row(path: Path) -> tuple[str, str, str, str] | None:
    """The label, details, answer and remark of the row; None if it is not there."""
    sheet = openpyxl.load_workbook(path)[FINAL_SHEET]
    for row in range(HEADING_ROW + 1, sheet.max_row + 1):
        if str(sheet.cell(row, KEY).value).startswith("version "):
            label, details, answer, remark = (str(sheet.cell(row, c).value or "") for c in (1, 2, ANSWER, REMARK))
            return label, details, answer, remark
    return None


def choose(path: Path, value: str | None, column: int = ANSWER) -> None:
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "Siiri Sihteeri"
    sheet = book[FINAL_SHEET]
    sheet.cell(own_row(path), column).value = value
    book.save(path)


def own_row(path: Path) -> int:
    sheet = openpyxl.load_workbook(path)[FINAL_SHEET]
    keys = {str(sheet.cell(row, KEY).value): row for row in range(HEADING_ROW + 1, sheet.max_row + 1)}
    return next(row for key, row in keys.items() if key.startswith("version "))


def told_versions(workspace: Workspace) -> list[bool]:
    listed = command(workspace.root, "period", "list", "--json").json["periods"]
    return [final["dealt_with"] for final in listed[0]["finals"]]


def acts(workspace: Workspace, kind: str) -> list[dict[str, object]]:
    lines = (workspace.state / "archive" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    return [each for line in lines if (each := json.loads(line)).get("record") == kind]


def test_the_sheet_shows_the_versions_and_the_present_answer(workspace: Workspace) -> None:
    found = version_row(workbook(workspace))
    assert found and found[0] == LABEL and found[2] == "versio 2" and found[3] == ""
    assert "– versio 1, vahvistettu " in found[1] and "Tämän raportin vertailukohta on versio 2." in found[1]
    rules = openpyxl.load_workbook(workbook(workspace))[FINAL_SHEET].data_validations.dataValidation
    assert '"versio 1,versio 2"' in [rule.formula1 for rule in rules]


@pytest.mark.parametrize("value", ["versio 1", "1", "VERSION 1"])
def test_another_version_is_recorded_and_the_draft_is_made_again(workspace: Workspace, value: str) -> None:
    assert "versio 2" in text(workspace) and told_versions(workspace) == [False, True]
    choose(workbook(workspace), value)
    run(workspace)
    found = version_row(workbook(workspace))
    assert found and found[2:] == ("versio 1", "")
    assert told_versions(workspace) == [True, False]
    assert "versio 1" in text(workspace) and "versio 2" not in text(workspace)
    assert [(each["closed"], each["version"]) for each in acts(workspace, "council-version")] == [("2026-1", 1)]
    assert command(workspace.root, "rebuild").code == 0
    run(workspace)
    assert "versio 1" in text(workspace)
    listed = command(workspace.root, "period", "list").out.splitlines()
    assert [line.endswith("(tämän valtuusto käsitteli)") for line in listed if "versio" in line] == [True, False]


@pytest.mark.parametrize("value", ["versio 3", None, "=1", "ensimmäinen"])
def test_what_is_no_version_is_refused_in_words_at_the_row(workspace: Workspace, value: str | None) -> None:
    choose(workbook(workspace), value)
    run(workspace)
    found = version_row(workbook(workspace))
    assert found and found[2] == "versio 2" and "ei toteutettu" in found[3]
    assert f"“{value}”".strip("“”") in found[3] or "(tyhjä)" in found[3]
    assert told_versions(workspace) == [False, True] and acts(workspace, "council-version") == []
    choose(workbook(workspace), "versio 1")
    run(workspace)
    found = version_row(workbook(workspace))
    assert found and found[2:] == ("versio 1", "")


def test_a_copy_saved_unchanged_and_an_old_copy_change_nothing(workspace: Workspace, tmp_path: Path) -> None:
    unchanged, changed = tmp_path / "kopio.xlsx", tmp_path / "muutettu.xlsx"
    shutil.copy(workbook(workspace), unchanged)
    choose(workbook(workspace), "versio 1")
    shutil.copy(workbook(workspace), changed)
    run(workspace)
    for copy in (unchanged, changed):
        choose(copy, version_row(copy)[2])  # type: ignore[index]
        shutil.copy(copy, workbook(workspace))
        run(workspace)
        assert told_versions(workspace) == [True, False] and len(acts(workspace, "council-version")) == 1
    assert version_row(workbook(workspace))[3] == ""  # type: ignore[index]
    choose(workbook(workspace), "versio 2")
    run(workspace)
    shutil.copy(changed, workbook(workspace))
    run(workspace)
    assert told_versions(workspace) == [False, True] and len(acts(workspace, "council-version")) == 2
    found = version_row(workbook(workspace))
    assert found and found[2] == "versio 2" and "vanhaan kopioon" in found[3]


def test_a_row_that_stands_twice_or_lost_its_label_is_refused(workspace: Workspace) -> None:
    path = workbook(workspace)
    book = openpyxl.load_workbook(path)
    sheet, row = book[FINAL_SHEET], own_row(path)
    for column in range(1, KEY + 1):
        sheet.cell(row + 1, column).value = sheet.cell(row, column).value
    sheet.cell(row + 1, ANSWER).value = "versio 1"
    book.save(path)
    run(workspace)
    assert "kahteen kertaan" in version_row(path)[3]  # type: ignore[index]
    choose(path, "versio 1")
    choose(path, "jotain muuta", column=1)
    run(workspace)
    assert "toisella rivillä" in version_row(path)[3]  # type: ignore[index]
    assert told_versions(workspace) == [False, True]


def test_the_version_and_the_final_in_one_workbook_are_both_carried_out(workspace: Workspace) -> None:
    choose(workbook(workspace), "versio 1")
    fill_final(workbook(workspace), period="2026-2")
    run(workspace)
    assert [path.name for path in (workspace.outbox / "lopulliset" / "2026-2").rglob("*.docx")] != []
    assert told_versions(workspace) == [True, False] and remarks(workbook(workspace)) == {}


def test_it_is_still_listed_when_the_period_after_is_closed_too(workspace: Workspace) -> None:
    choose(workbook(workspace), "versio 1")
    run(workspace)
    days = ("--end", "2027-06-30", "--deadline", "1.8.2027", "--report-date", "20.8.2027")
    assert command(workspace.root, "period", "open", "2027-1", *days, "--because", "Ei raporttia.").code == 0
    assert told_versions(workspace) == [True, False]


def test_nothing_is_asked_with_one_version_that_was_told_or_where_nothing_is_compared(tmp_path: Path) -> None:
    told, term = tmp_path / "told", tmp_path / "term"
    for root, options in ((told, ()), (term, ("--new-term",))):
        made = make_workspace_with_forms(root, extracts=[])
        save(made, g01_01=3)
        finalize(made)
        if options:
            save(made, g01_01=4)
            finalize(made)
        assert version_row(workbook(made)) is None
        assert command(root, "period", "open", "2026-2", *OPTIONS, *options).code == 0
        run(made)
        assert version_row(workbook(made)) is None


def test_one_version_is_asked_about_if_nobody_told_and_may_be_confirmed(tmp_path: Path) -> None:
    made = make_workspace_with_forms(tmp_path, extracts=[])
    save(made, g01_01=3)
    assert command(tmp_path, "period", "open", "2026-2", *OPTIONS, "--because", "Kokous oli jo.").code == 0
    run(made)
    assert version_row(workbook(made)) is None
    assert command(tmp_path, "finalize", "--period", "2026-1", "--because", "Jälkikäteen.").code == 0
    run(made)
    found = version_row(workbook(made))
    assert found and found[2] == "" and "Kukaan ei ole kertonut" in found[1]
    choose(workbook(made), "versio 1")
    run(made)
    assert version_row(workbook(made)) is None and told_versions(made) == [True]
