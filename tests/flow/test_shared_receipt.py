"""A file and its answer workbooks share one receipt, which tells what is open in each of them."""

import re
from pathlib import Path

import openpyxl
import pytest

from generator.domain.output.receipt import answer_name
from tests.inboxes import FORM, NOTHING_TO_DO, Inbox, said

ANSWER = answer_name(FORM, 1)
TO_CORRECT = "Korjattavaa"


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path, identity="open")


def cards(inbox: Inbox) -> list[str]:
    """Places and messages of the errors and questions, in the order of the page."""
    page = (inbox.folder / f"{FORM.removesuffix('.xlsx')}.kuittaus.html").read_text(encoding="utf-8")
    found = re.findall(r"<h3>(.*?)</h3>.*?<p class=\"message\">(.*?)</p>", page, re.DOTALL)
    return [f"{place}: {message}" for place, message in found]


def test_an_error_left_in_the_own_workbook_is_told_though_the_answer_workbook_was_saved_last(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9), g01_10=said(3, ""))
    inbox.run()
    inbox.save(g01_01_01=said(8))
    inbox.run()
    stale = inbox.answer_workbook().read_bytes()
    inbox.save(g01_10=said(7))
    inbox.run()
    inbox.put(ANSWER, stale)
    inbox.correct(g01_01=said(3), g01_01_01=said(4))
    inbox.run()
    assert any(f"{FORM}: Seuranta, solu F6" in card and "”7”" in card for card in cards(inbox)), cards(inbox)
    assert NOTHING_TO_DO not in inbox.receipt()


def test_an_error_left_in_the_answer_workbook_is_told_though_the_own_workbook_was_saved_last(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9))
    inbox.run()
    inbox.correct(g01_01=said(3), g01_10=said(7))
    inbox.run()
    inbox.save(g01_01_01=said(2), g01_01=said(3))
    inbox.run()
    assert any(f"{ANSWER}: Seuranta, solu F6" in card for card in cards(inbox)), cards(inbox)
    assert not any(f"{FORM}:" in card for card in cards(inbox))
    assert NOTHING_TO_DO not in inbox.receipt() and "1 rivi on korjattava" in inbox.receipt()


def test_a_question_left_in_the_answer_workbook_is_told_though_the_own_workbook_was_saved_last(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9))
    inbox.run()
    inbox.correct(g01_01=said(3), g01_10=said(2, ""))
    inbox.run()
    inbox.save(g01_01_01=said(2), g01_01=said(3))
    inbox.run()
    assert inbox.told() == ["narrative-empty"]
    assert NOTHING_TO_DO not in inbox.receipt()


def test_a_row_corrected_in_the_answer_workbook_is_no_error_of_the_own_workbook(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9), g01_01_01=said(3), g01_10=said(4))
    inbox.run()
    inbox.correct(g01_01=said(3))
    inbox.run()
    assert inbox.told() == [] and NOTHING_TO_DO in inbox.receipt()
    assert [officer["errors"] for officer in inbox.status()["officers"] if officer["officer"] in FORM] == [0]
    inbox.remove(ANSWER)
    inbox.run()
    assert inbox.told() == [], "its answer is in force, also when the answer workbook has been removed"
    assert NOTHING_TO_DO in inbox.receipt() and TO_CORRECT not in inbox.receipt()


def test_the_receipt_is_renewed_when_the_file_with_the_open_error_goes(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9), g01_01_01=said(3), g01_10=said(4))
    inbox.run()
    inbox.correct(g01_01=said(3), g01_10=said(7))
    inbox.run()
    inbox.save(g01_01=said(3))
    inbox.run()
    assert inbox.told() == ["degree-out-of-scale"]
    inbox.remove(ANSWER)
    inbox.run()
    assert inbox.told() == [] and NOTHING_TO_DO in inbox.receipt()


def test_a_heading_corrected_in_the_answer_workbook_is_no_error_of_the_own_workbook(inbox: Inbox) -> None:
    inbox.save(g01_01=said(3), g01_01_01=said(3), g01_10=said(4))
    book = openpyxl.load_workbook(inbox.folder / FORM)
    book.worksheets[0]["F3"] = "Jotain muuta"
    book.save(inbox.folder / FORM)
    inbox.run()
    assert inbox.told() == ["heading-missing"]
    book = openpyxl.load_workbook(inbox.answer_workbook())
    book.worksheets[1]["F3"] = "Etenemisaste"
    book.save(inbox.answer_workbook())
    inbox.run()
    assert "heading-missing" not in inbox.told()
    assert NOTHING_TO_DO in inbox.receipt(), inbox.receipt()


def test_an_error_that_came_after_the_answer_workbook_was_made_stays(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9))
    inbox.run()
    kept = inbox.answer_workbook().read_bytes()
    inbox.save(g01_01=said(8, "Uudet sanat."))
    inbox.run()
    inbox.put(ANSWER, kept)
    inbox.correct(g01_01=said(3))
    inbox.run()
    assert any("”8”" in card for card in cards(inbox)), "nobody has read these words"


def test_a_question_answered_in_the_answer_workbook_is_not_asked_of_the_own_workbook_again(inbox: Inbox) -> None:
    inbox.save(g01_01=said(3, ""), g01_01_01=said(3), g01_10=said(4))
    inbox.run()
    inbox.reply("Siirtyi syksyyn.")
    inbox.run()
    assert inbox.told() == [] and NOTHING_TO_DO in inbox.receipt()
    inbox.remove(ANSWER)
    inbox.run()
    assert inbox.told() == [] and NOTHING_TO_DO in inbox.receipt()


@pytest.mark.parametrize(
    ("first", "again", "rule"),
    [
        (said(9), None, "degree-out-of-scale"),
        (said(9), said(8), "degree-out-of-scale"),
        (said(9), said(9, "Muut sanat."), "degree-out-of-scale"),
        (said(3, ""), None, "narrative-empty"),
    ],
    ids=["unmended", "mended wrongly", "other words", "unanswered question"],
)
def test_a_fault_that_is_left_in_the_answer_workbook_is_told_once(
    inbox: Inbox, first: dict[str, object], again: dict[str, object] | None, rule: str
) -> None:
    inbox.save(g01_01=first, g01_01_01=said(3))
    inbox.run()
    inbox.correct(g01_10=said(4), **({"g01_01": again} if again else {}))
    inbox.run()
    (card,) = cards(inbox)
    assert inbox.told() == [rule] and card.count(".xlsx") <= 1 and card.count("solu") == 1, card
    (officer,) = [each for each in inbox.status()["officers"] if each["officer"] in FORM]
    assert officer["errors"] == (rule == "degree-out-of-scale")
    inbox.remove(ANSWER)
    inbox.run()
    assert inbox.told() == [rule], "the own workbook has it too"
