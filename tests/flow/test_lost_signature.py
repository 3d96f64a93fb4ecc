"""A form whose hidden sheet is lost stays its officer's, and so does the answer workbook that is made for it."""

from pathlib import Path

import openpyxl
import pytest

from generator.domain.plan.form import IDENTITY_SHEET, PROPERTY_PREFIX
from tests.builders import DIRECTOR
from tests.inboxes import FORM, NOTHING_TO_DO, Inbox, said


@pytest.fixture(params=["open", "confirm", "signed"])
def inbox(tmp_path: Path, request: pytest.FixtureRequest) -> Inbox:
    made = Inbox(tmp_path, identity=request.param)
    made.save(g01_01=said(3), g01_01_01=said(3), g01_10=said(4))
    made.run()
    return made


def lose_signature(path: Path) -> None:
    """As Google Sheets and Numbers save a workbook: without hidden sheets and custom properties."""
    book = openpyxl.load_workbook(path)
    del book[IDENTITY_SHEET]
    for name in [each.name for each in book.custom_doc_props.props if each.name.startswith(PROPERTY_PREFIX)]:
        del book.custom_doc_props[name]
    book.save(path)


def test_corrections_in_its_answer_workbook_are_taken(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9))
    lose_signature(inbox.folder / FORM)
    inbox.run()
    assert inbox.told() == ["degree-out-of-scale", "signature-lost"]
    inbox.correct(g01_01=said(2))
    inbox.run()
    assert inbox.degrees() == {"01.01": "2", "01.01.01": "3", "01.10": "4"}
    assert inbox.told() == ["signature-lost"] and NOTHING_TO_DO in inbox.receipt()


def test_the_answer_workbook_may_lose_its_hidden_sheet_too(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9))
    inbox.run()
    inbox.correct(g01_01=said(2))
    lose_signature(inbox.answer_workbook())
    inbox.run()
    assert inbox.degrees() == {"01.01": "2", "01.01.01": "3", "01.10": "4"}


def test_it_goes_on_through_a_second_answer_workbook(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9))
    lose_signature(inbox.folder / FORM)
    inbox.run()
    inbox.correct(g01_01=said(8))
    inbox.run()
    inbox.correct(g01_01=said(1))
    inbox.run()
    assert inbox.degrees()["01.01"] == "1" and NOTHING_TO_DO in inbox.receipt()


def test_rows_that_name_another_officer_are_not_taken_as_the_officers(inbox: Inbox) -> None:
    inbox.save(g01_01=said(9))
    lose_signature(inbox.folder / FORM)
    inbox.run()
    inbox.correct(g01_01={**said(2), "officer": DIRECTOR})
    inbox.run()
    assert inbox.degrees()["01.01"] == "3"


def test_the_answer_to_a_strangers_workbook_speaks_for_nobody(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path, identity="open")
    inbox.save(g01_01=said(3), g01_01_01=said(3), g01_10=said(4))
    inbox.run()
    inbox.put("Muistio.xlsx", inbox.blank)
    inbox.save("Muistio.xlsx", g01_01=said(1), g01_10=said(9))
    lose_signature(inbox.folder / "Muistio.xlsx")
    inbox.run()
    inbox.correct("Muistio.xlsx", g01_10=said(1))
    inbox.run()
    assert inbox.degrees() == {"01.01": "3", "01.01.01": "3", "01.10": "4"}
