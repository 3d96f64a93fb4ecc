"""Emptied rows are one question that can be answered row by row; old Swedish headings are still read."""

from pathlib import Path

import openpyxl
import pytest

from generator.domain.plan.goals import Plan
from generator.formats.xlsx.form_file import HEADING_ROW
from tests.builders import CLERK, PLAN
from tests.inboxes import FORM, Inbox, said
from tests.workspaces import form_rows

EMPTY = {"degree": None, "narrative": None, "overall_status": None}
OLD = {"Genomförandegrad": "Grad av framskridande", "Framsteg": "Framskridande", "Ansvarig": "Ansvarsperson"}


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    made = Inbox(tmp_path, identity="confirm")
    made.save(g01_01=said(3), g01_01_01=said(3), g01_10=said(4))
    made.run()
    return made


def empty_by_clearing(inbox: Inbox) -> None:
    inbox.save(g01_01=EMPTY, g01_01_01=EMPTY, g01_10=EMPTY)


def empty_by_deleting(inbox: Inbox) -> None:
    book = openpyxl.load_workbook(inbox.folder / FORM)
    sheet = book.worksheets[0]
    for row in sorted((row for code, row in form_rows(sheet) if code.count(".") or code == "01.01"), reverse=True):
        sheet.delete_rows(row)
    book.save(inbox.folder / FORM)


@pytest.mark.parametrize("empty", [empty_by_clearing, empty_by_deleting])
def test_emptied_rows_are_one_question_and_each_can_be_answered(inbox: Inbox, empty: object) -> None:
    empty(inbox)
    inbox.run()
    page = inbox.receipt()
    assert "Sinulta kysytään 1 asiaa." in page, page
    assert "Näiden tavoitteiden rivit on tyhjennetty tai poistettu." in page
    assert "01.01: 3; 01.01.01: 3; 01.10: 4" in page and page.count("tyhjennetty") == 1
    sheet = openpyxl.load_workbook(inbox.answer_workbook()).worksheets[0]
    texts = [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
    assert sum("tyhjennetty" in text for text in texts) == 1 and "1 vastattava kysymys" in texts[0]
    assert texts.count("Kuten yllä.") == 2
    inbox.reply("Perun vastaukseni", code="01.10")
    inbox.run()
    assert inbox.degrees() == {"01.01": "3", "01.01.01": "3"}


def test_one_emptied_row_is_told_as_before(inbox: Inbox) -> None:
    inbox.save(g01_10=EMPTY)
    inbox.run()
    assert inbox.told() == ["row-emptied"]


def test_the_sheet_asks_for_a_reply_where_no_cell_is_to_be_corrected(inbox: Inbox) -> None:
    inbox.save(g01_01=said(4))
    inbox.run()
    inbox.put("Vanha.xlsx", inbox.blank)
    inbox.save("Vanha.xlsx", g01_01=said(2))
    inbox.run()
    assert inbox.told("Vanha.xlsx") == ["files-differ"]
    first = openpyxl.load_workbook(inbox.answer_workbook("Vanha.xlsx")).worksheets[0]
    assert "Korjaa" not in first["A2"].value and "Vastaa kysymyksiin sarakkeeseen ”Vastaus”" in first["A2"].value


@pytest.fixture
def swedish(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path, Plan(PLAN.goals), ("sv", "fi"), identity="confirm")


def test_new_swedish_forms_have_the_words_of_the_design(swedish: Inbox) -> None:
    sheet = openpyxl.load_workbook(swedish.folder / FORM).worksheets[0]
    found = {str(cell.value) for cell in sheet[HEADING_ROW]}
    assert {"Helhetsläge", "De mest betydande riskerna för att målet inte nås", *OLD} <= found


@pytest.mark.parametrize("old", [{}, OLD, dict(list(OLD.items())[:1]), dict(list(OLD.items())[1:])])
def test_a_swedish_form_with_the_headings_of_earlier_versions_is_taken(swedish: Inbox, old: dict[str, str]) -> None:
    path = swedish.folder / FORM
    book = openpyxl.load_workbook(path)
    for cell in book.worksheets[0][HEADING_ROW]:
        cell.value = old.get(str(cell.value), cell.value)
    book.save(path)
    swedish.save(g01_01=said(3))
    swedish.run()
    page = swedish.receipt()
    assert "1 svar" in page and CLERK in page, page
    assert "Att rätta" not in page and "lästes inte" not in page, page


def test_a_swedish_plan_with_the_headings_of_earlier_versions_is_read(swedish: Inbox) -> None:
    book = openpyxl.load_workbook(swedish.workspace.plan)
    renamed = 0
    for row in book.worksheets[0].iter_rows(max_row=3):
        for cell in row:
            renamed += cell.value == "Ansvarig"
            cell.value = OLD.get(str(cell.value), cell.value)
    book.save(swedish.workspace.plan)
    assert renamed == 1
    swedish.save(g01_01=said(3))
    swedish.run()
    assert "1 svar" in swedish.receipt()
