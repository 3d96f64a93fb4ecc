"""Whose answer counts when officers work in real LibreOffice: each story ends as DESIGN, section 6, says."""

from pathlib import Path

import pytest

from tests.builders import CLERK
from tests.flow.test_lost_signature import lose_signature
from tests.inboxes import FORM, NOTHING_TO_DO, Inbox, said
from tests.office.conftest import FILTERS, Calc

WORKS = "Työ etenee suunnitellusti."

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def says(code: str, degree: str, narrative: str = WORKS) -> dict[str, str]:
    return {"code": code, "degree": degree, "narrative": narrative}


def test_own_form_and_answer_workbook_in_turns(calc: Calc, inbox: Inbox) -> None:
    form = inbox.folder / FORM
    calc.save(form, answers=[says("01.01", "3"), says("01.01.01", "4"), says("01.10", "9")])
    inbox.run()
    assert inbox.degrees() == {"01.01": "3", "01.01.01": "4"}
    calc.save(inbox.answer_workbook(), sheet=1, answers=[says("01.01", "1"), says("01.10", "2")])
    inbox.run()
    assert inbox.degrees() == {"01.01": "1", "01.01.01": "4", "01.10": "2"}
    calc.save(form, answers=[says("01.01.01", "5"), says("01.10", "2")])
    inbox.run()
    assert inbox.degrees() == {"01.01": "1", "01.01.01": "5", "01.10": "2"}
    assert inbox.told() == ["another-answer-stands"]
    assert NOTHING_TO_DO not in inbox.receipt()
    calc.save(inbox.answer_workbook(), reply="tämä")
    inbox.run()
    assert inbox.degrees() == {"01.01": "3", "01.01.01": "5", "01.10": "2"}
    assert inbox.told() == []


@pytest.mark.parametrize("ending", FILTERS)
def test_a_struck_through_word_stops_its_row_alone(calc: Calc, inbox: Inbox, ending: str) -> None:
    file = f"{CLERK}{ending}"
    said = [says("01.01", "3", "Työ ei etenee suunnitellusti."), says("01.10", "2")]
    calc.save(inbox.folder / FORM, inbox.folder / file, answers=said, strike={"01.01": "ei "})
    inbox.run()
    assert inbox.degrees() == {"01.10": "2"}
    assert inbox.told(file) == ["struck-through-text"]
    assert "”ei”" in inbox.receipt(file)


def test_a_note_on_a_cell_is_told_and_stops_nothing(calc: Calc, inbox: Inbox) -> None:
    calc.save(inbox.folder / FORM, answers=[says("01.01", "3")], note={"01.01": "Kysy vielä Annalta"})
    inbox.run()
    assert inbox.degrees() == {"01.01": "3"}
    assert inbox.told() == ["not-read"]
    assert "Kysy vielä Annalta" in inbox.receipt()


@pytest.mark.parametrize(("chosen", "degree"), [("tämä", "2"), (FORM, "4")])
def test_a_copy_saved_under_another_name_is_a_choice(calc: Calc, inbox: Inbox, chosen: str, degree: str) -> None:
    form, copy = inbox.folder / FORM, f"{CLERK} uusi.xlsx"
    calc.save(form, answers=[says("01.01", "3")])
    inbox.run()
    calc.save(form, answers=[says("01.01", "4")])
    inbox.run()
    calc.save(form, inbox.folder / copy, answers=[says("01.01", "2")])
    inbox.run()
    assert inbox.degrees() == {"01.01": "4"}
    assert inbox.told(copy) == ["files-differ"]
    calc.save(inbox.answer_workbook(copy), reply=chosen)
    inbox.run()
    assert inbox.degrees() == {"01.01": degree}
    assert inbox.told(copy) == []


def test_a_form_that_is_moved_to_a_sub_folder_and_changed_goes_on(calc: Calc, inbox: Inbox) -> None:
    moved = f"Konsernipalvelut/{FORM}"
    calc.save(inbox.folder / FORM, answers=[says("01.01", "3"), says("01.10", "2")])
    inbox.run()
    inbox.move(FORM, moved)
    inbox.run()
    assert inbox.told(moved) == ["form-moved"]
    calc.save(inbox.folder / moved, answers=[says("01.01", "4")])
    inbox.run()
    assert inbox.degrees() == {"01.01": "4", "01.10": "2"}
    assert inbox.told(moved) == []


@pytest.mark.parametrize("ending", [".ods", ".xls"])
def test_the_answer_to_a_form_that_lost_its_hidden_sheet_is_the_officers(calc: Calc, inbox: Inbox, ending: str) -> None:
    other = Path(FORM).with_suffix(ending).name
    calc.save(inbox.folder / FORM, inbox.folder / other, answers=[says("01.01", "3"), says("01.10", "4")])
    inbox.remove(FORM)
    inbox.run()
    inbox.put(FORM, inbox.blank)
    lose_signature(inbox.folder / FORM)
    calc.save(inbox.folder / FORM, inbox.folder / other, answers=[says("01.01", "9"), says("01.10", "4")])
    inbox.remove(FORM)
    inbox.run()
    assert inbox.told(other) == ["degree-out-of-scale", "signature-lost"]
    inbox.correct(other, g01_01=said(2))
    inbox.run()
    assert inbox.degrees() == {"01.01": "2", "01.10": "4"}


@pytest.mark.parametrize("ending", [".ods", ".xls"])
def test_the_answer_to_a_strangers_workbook_speaks_for_nobody(calc: Calc, inbox: Inbox, ending: str) -> None:
    other = f"Muistio{ending}"
    inbox.put("Muistio.xlsx", inbox.blank)
    lose_signature(inbox.folder / "Muistio.xlsx")
    calc.save(inbox.folder / "Muistio.xlsx", inbox.folder / other, answers=[says("01.01", "1"), says("01.10", "9")])
    inbox.remove("Muistio.xlsx")
    inbox.save(g01_01=said(3), g01_10=said(4))
    inbox.run()
    inbox.correct(other, g01_10=said(1))
    inbox.run()
    assert inbox.degrees() == {"01.01": "3", "01.10": "4"}
