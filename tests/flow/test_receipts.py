"""A receipt goes on being true: it is written again when another file, an act or the plan changes what it says."""

import re
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from generator.app.forms import write_forms
from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.domain.plan.goals import Goal, Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.flow.test_answers import GOOD, reply
from tests.flow.test_pass import clock, rules
from tests.workspaces import command, fill, form_rows, make_workspace, make_workspace_with_forms

NOTHING_TO_DO = "Sinun ei tarvitse tehdä mitään."
NOT_SAVED = "Kuittausta ei voitu tallentaa"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace_with_forms(tmp_path)


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


def form(workspace: Workspace, officer: str = CLERK) -> Path:
    return workspace.inbox / f"{officer}.xlsx"


def page(workspace: Workspace, name: str = CLERK) -> html.HtmlElement:
    data = (workspace.inbox / f"{name}.kuittaus.html").read_bytes()
    return html.document_fromstring(data)


def said(workspace: Workspace, name: str = CLERK) -> str:
    return " ".join(page(workspace, name).find(".//main").text_content().split())


def row(workspace: Workspace, code: str, name: str = CLERK) -> str:
    found = page(workspace, name).xpath(f"//tr[th[@id='g-{code}']]")
    return " ".join(found[0].text_content().split()) if found else ""


def unsigned(workspace: Workspace, name: str, code: str, degree: int) -> Path:
    """A workbook of somebody else with the headings of a form, and an answer in the clerk's name."""
    book = openpyxl.load_workbook(form(workspace))
    made = openpyxl.Workbook()
    for cells in book.worksheets[0].iter_rows(values_only=True):
        made.active.append(cells)
    at = dict(form_rows(made.active))[code]
    made.active.cell(at, 6, degree)
    made.active.cell(at, 7, "Toinen sana.")
    path = workspace.inbox / f"{name}.xlsx"
    made.save(path)
    return path


def asked_goals(plan: Plan, *without: str) -> Plan:
    return Plan(tuple(goal for goal in plan.goals if goal.code not in without), plan.officers)


def change_plan(workspace: Workspace, plan: Plan) -> None:
    words = Words(workspace.settings.language)
    workspace.plan.write_bytes(plan_bytes(plan, workspace.settings.headings, words))


def test_a_refused_row_says_which_earlier_answer_stands_or_that_none_does(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": GOOD})
    run(workspace)
    fill(form(workspace), {"01.01": {**GOOD, "degree": 9}, "01.10": {**GOOD, "degree": 8}})
    run(workspace)
    assert "Raportissa on aiempi vastaus, tallennettu" in row(workspace, "01.01")
    assert "3 Toteutus" in row(workspace, "01.01")
    assert "Tämän työkirjan riviä ei otettu vastaan." in row(workspace, "01.10")
    assert "ei raportoitu" in row(workspace, "01.10")
    assert NOTHING_TO_DO not in said(workspace)


def test_a_file_that_cannot_be_read_says_what_stands_of_its_earlier_save(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": GOOD})
    run(workspace)
    form(workspace).write_bytes(b"%PDF-1.6")
    run(workspace)
    assert "Raportissa on aiempi vastaus" in row(workspace, "01.01")


def test_a_later_save_of_another_file_renews_the_receipt(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": GOOD})
    fill(form(workspace), {"01.01": {**GOOD, "degree": 4}}, to=workspace.inbox / "Kopio.xlsx")
    run(workspace)
    (workspace.inbox / "Kopio.xlsx").unlink()
    run(workspace)
    assert "ristiriita" not in said(workspace) and NOTHING_TO_DO not in said(workspace)
    before = said(workspace)
    fill(form(workspace), {"01.01": {**GOOD, "degree": 2}}, to=workspace.inbox / "Toinen.xlsx")
    run(workspace)
    assert said(workspace) == before
    assert "Raportissa on toinen vastaus: Hallintojohtaja.xlsx" in row(workspace, "01.01", "Toinen")
    assert "3 Toteutus" in row(workspace, "01.01", "Toinen")
    (workspace.inbox / "Toinen.xlsx").unlink()
    run(workspace)
    assert not (workspace.inbox / "Toinen.kuittaus.html").exists()


def test_a_disagreement_is_told_to_both_officers_and_its_settlement_too(workspace: Workspace) -> None:
    own = dict.fromkeys(("01.01", "01.01.01", "01.10"), GOOD)
    fill(form(workspace), own)
    run(workspace)
    assert NOTHING_TO_DO in said(workspace)
    fill(form(workspace, DIRECTOR), {"01.10": {**GOOD, "degree": 5}})
    run(workspace)
    assert "vastuuhenkilöiden arviot eroavat: 01.10. Raportin kokoaja ratkaisee asian." in said(workspace)
    assert NOTHING_TO_DO not in said(workspace)
    command(workspace.root, "decide", "01.10", "--take", DIRECTOR)
    run(workspace)
    assert "raportin kokoaja on ratkaissut asian. Raportissa on: 5" in row(workspace, "01.10")
    assert NOTHING_TO_DO in said(workspace)


def test_a_goal_that_leaves_the_plan_and_a_withdrawn_answer_are_told(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": GOOD, "01.10": GOOD})
    run(workspace)
    change_plan(workspace, asked_goals(PLAN, "01.01.01", "01.10"))
    run(workspace)
    assert "enää" in row(workspace, "01.10")
    fill(form(workspace), {"01.01": {"degree": "Perun vastaukseni", "narrative": "", "overall_status": ""}})
    run(workspace)
    assert "ei raportoitu" in row(workspace, "01.01")


def test_a_deleted_receipt_comes_back_in_the_next_round(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": GOOD})
    run(workspace)
    receipt = workspace.inbox / f"{CLERK}.kuittaus.html"
    before = receipt.read_bytes()
    receipt.unlink()
    assert run(workspace).files == ()
    assert receipt.read_bytes() == before


def test_a_receipt_that_is_open_is_told_and_written_when_it_is_closed(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": GOOD})
    run(workspace)
    lock = workspace.inbox / f".~lock.{CLERK}.kuittaus.html#"
    lock.write_bytes(b"owner")
    fill(form(workspace), {"01.01": {**GOOD, "degree": 4}})
    assert run(workspace).unanswered == (f"{CLERK}.xlsx",)
    assert "3 Toteutus" in row(workspace, "01.01")
    lock.unlink()
    assert run(workspace).unanswered == ()
    assert "4 " in row(workspace, "01.01")


def test_an_open_answer_workbook_is_not_called_an_unsaved_receipt(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {**GOOD, "degree": 9}})
    run(workspace)
    lock = workspace.inbox / f"~${CLERK}.korjattavaa.xlsx"
    lock.write_bytes(b"owner")
    fill(form(workspace), {"01.01": GOOD})
    told = command(workspace.root, "run")
    assert NOT_SAVED not in told.out and "tiedosto on jollakulla auki" in told.out
    assert "3 Toteutus" in row(workspace, "01.01")
    lock.unlink()
    assert "auki" not in command(workspace.root, "run").out
    assert not (workspace.inbox / f"{CLERK}.korjattavaa.xlsx").exists()


def test_an_answered_question_is_heard(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 3}})
    run(workspace)
    assert "Vastaukset on otettu vastaan. Vastaa kysymyksiin" in said(workspace)
    reply(workspace.inbox / f"{CLERK}.korjattavaa.xlsx", "Siirtyi syksyyn.")
    run(workspace)
    assert "Vastauksesi kysymykseen on kirjattu: ”Siirtyi syksyyn.”" in said(workspace)


def test_what_no_answer_workbook_mends_gets_none_and_says_which_file_to_open(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": GOOD})
    run(workspace)
    stranger = unsigned(workspace, "Muistio", "01.01", 4)
    result = run(workspace)
    assert "signed-answer-stands" in rules(result, stranger.name)
    assert {path.name for path in workspace.inbox.glob("*korjattavaa*")} == set()
    assert "Avaa Hallintojohtaja.xlsx" in said(workspace, "Muistio")
    assert "Poista sitten tämä työkirja." in said(workspace, "Muistio")


def test_a_copy_of_a_refused_workbook_gets_no_answer_workbook_of_its_own(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {**GOOD, "degree": 9}})
    run(workspace)
    (workspace.inbox / "Kopio.xlsx").write_bytes(form(workspace).read_bytes())
    run(workspace)
    assert not list(workspace.inbox.glob("Kopio.korjattavaa*"))
    assert "Tätä työkirjaa ei voi korjata tällaisenaan." in said(workspace, "Kopio")


def test_an_answer_workbook_that_asks_all_already_is_not_asked_by_a_second_one(workspace: Workspace) -> None:
    fill(form(workspace), {"01.01": {"degree": 3}, "01.10": {**GOOD, "degree": 9}})
    run(workspace)
    answer = workspace.inbox / f"{CLERK}.korjattavaa.xlsx"
    book = openpyxl.load_workbook(answer)
    sheet = book.worksheets[1]
    sheet.cell(dict(form_rows(sheet))["01.10"], 6, 4)
    book.save(answer)
    assert rules(run(workspace), answer.name) == ["narrative-empty"]
    assert [path.name for path in workspace.inbox.glob("*korjattavaa*")] == [answer.name]
    assert f"työkirjan {answer.name} sarakkeessa Vastaus" in said(workspace)


def test_thousands_of_mistakes_give_a_small_page_and_the_first_200_in_the_workbook(tmp_path: Path) -> None:
    goals = tuple(
        Goal(f"{a:02}.{b:02}", f"Tavoite {a}.{b}", "", (CLERK,), "", "A2") for a in (1, 2, 3) for b in range(1, 100)
    )
    tops = tuple(Goal(f"{a:02}", f"Ylätavoite {a}", "", (), "", "A2") for a in (1, 2, 3))
    workspace = make_workspace(tmp_path, plan=Plan(tuple(sorted((*tops, *goals), key=lambda goal: goal.code))))
    write_forms(workspace, None, None)
    wrong = {goal.code: {"degree": f"väärä {index}", "narrative": "Sana."} for index, goal in enumerate(goals)}
    fill(form(workspace), wrong)
    run(workspace)
    text = said(workspace)
    assert "Lisäksi on 97 kohtaa. Ne kerrotaan, kun nämä on korjattu." in text
    assert len(page(workspace).xpath("//ul[@class='cards']/li")) == 200
    book = openpyxl.load_workbook(workspace.inbox / f"{CLERK}.korjattavaa.xlsx")
    numbers = [cell.value for cell in book.worksheets[0]["A"] if re.fullmatch("[0-9]+", str(cell.value))]
    assert len(numbers) == 200
    assert "Lisäksi on 97 kohtaa." in book.worksheets[0]["A2"].value
