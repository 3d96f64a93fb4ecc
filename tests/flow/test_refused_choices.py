"""What could not be carried out of the secretary's workbook, and settlements that lapsed, as the commands tell them."""

from pathlib import Path

import openpyxl
import pytest

from generator.app.run import run
from generator.workspace.folders import DECISIONS_FILE, Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR
from tests.flow.test_deciding import disputed
from tests.flow.test_pass import clock
from tests.settlement_sheets import fill_rows
from tests.workspaces import command, fill, put_files

COUNTED = "ei voitu toteuttaa"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, disputed())
    run(tmp_path, clock())
    return open_workspace(tmp_path)


def choose(workspace: Workspace, place: str, choice: str) -> None:
    fill_rows(workspace.outbox / DECISIONS_FILE, {place: choice})
    run(workspace.root, clock())


def write_foreword(workspace: Workspace, text: str) -> None:
    path = workspace.outbox / DECISIONS_FILE
    book = openpyxl.load_workbook(path)
    book["Tekstit"]["C5"] = text
    book.save(path)


def test_run_tells_each_refused_choice_with_its_reason_until_it_is_made_anew(workspace: Workspace) -> None:
    fill_rows(workspace.outbox / DECISIONS_FILE, {"01.10": "ehkä"})
    for _ in range(2):  # the run that refuses it, and one that has nothing to do
        said = command(workspace.root, "run").out
        assert f"1 ratkaisua {COUNTED}" in said
        assert "01.10 Tavoite 01.10: Kirjausta ”ehkä” (" in said
        assert "se ei ole kukaan tämän rivin vastuuhenkilöistä." in said
    problems = command(workspace.root, "run", "--json").json["problems"]
    (problem,) = [each for each in problems if "ehkä" in each["what"]]
    assert (problem["where"], problem["severity"]) == (f"outbox/{DECISIONS_FILE}", "question")
    fill_rows(workspace.outbox / DECISIONS_FILE, {"01.10": CLERK})
    assert COUNTED not in command(workspace.root, "run").out


def test_run_tells_a_refused_text_by_its_place_and_never_an_identity_code(workspace: Workspace) -> None:
    write_foreword(workspace, "Kaijan tunnus on 131052-308T.")
    said = command(workspace.root, "run").out
    assert "Alkusanat: Ei kirjattu" in said and "Kaijan tunnus on ●●●●●●-●●●●" in said and "131052" not in said


def test_a_refused_choice_that_was_taken_back_is_told_nowhere(workspace: Workspace) -> None:
    choose(workspace, CLERK, "ehkä")
    page = workspace.outbox / "tilanne.html"
    assert COUNTED in command(workspace.root, "status").out and COUNTED in page.read_text(encoding="utf-8")
    choose(workspace, CLERK, "")
    assert COUNTED not in command(workspace.root, "status").out and COUNTED not in page.read_text(encoding="utf-8")
    assert COUNTED not in command(workspace.root, "run").out


def test_status_tells_of_a_settlement_that_lapsed_until_it_is_settled_again(workspace: Workspace) -> None:
    told = "Ratkaisu on rauennut: 01.10 Tavoite 01.10"
    choose(workspace, "01.10", DIRECTOR)
    assert told not in command(workspace.root, "status").out
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 3, "narrative": "Yksi."}})
    run(workspace.root, clock())
    assert told in command(workspace.root, "status").out
    assert command(workspace.root, "status", "--json").json["lapsed"] == ["01.10"]
    choose(workspace, "01.10", CLERK)
    assert told not in command(workspace.root, "status").out
