"""A person settles between an officer's form and an unsigned file: by command and in the workbook."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.domain.base.settings import IdentityPolicy
from generator.workspace.folders import DECISIONS_FILE
from tests.builders import CLERK
from tests.flow.test_whose_answer import unsigned
from tests.inboxes import FORM, Inbox, said
from tests.settlement_sheets import fill_rows, rows_of
from tests.workspaces import command, fill

FORGED = "vastaus.xlsx"


@pytest.fixture(params=[IdentityPolicy.OPEN, IdentityPolicy.CONFIRM])
def both(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Inbox]:
    inbox = Inbox(tmp_path, identity=request.param)
    inbox.save(g01_01=said(3))
    inbox.run()
    forged = inbox.folder / FORGED
    forged.write_bytes(inbox.blank)
    unsigned(forged)
    fill(forged, {"01.01": {**said(5, "Valmis."), "officer": CLERK}})
    inbox.run()
    yield inbox


def matters(inbox: Inbox) -> list[str]:
    """What the workbook asks about the goal."""
    rows = rows_of(inbox.workspace.outbox / DECISIONS_FILE)
    return [row["Matter"] for row in rows if row["Concerns"].startswith("01.01 ")]


def test_the_workbook_asks_about_the_unsigned_file(both: Inbox) -> None:
    assert matters(both) == ["Allekirjoittamaton tiedosto vastuuhenkilön oman lomakkeen rinnalla"]


def test_the_unsigned_file_can_be_chosen_by_command(both: Inbox) -> None:
    told = command(both.workspace.root, "decide", "01.01", "--take", FORGED)
    both.run()
    assert told.code == 0 and FORGED in told.out
    assert both.degrees() == {"01.01": "5"}
    assert "signed-answer-stands" not in both.told(FORGED) and matters(both) == []


def test_the_form_can_be_chosen_by_command(both: Inbox) -> None:
    assert command(both.workspace.root, "decide", "01.01", "--take", FORM).code == 0
    both.run()
    assert both.degrees() == {"01.01": "3"} and matters(both) == []


def test_the_unsigned_file_can_be_chosen_in_the_workbook(both: Inbox) -> None:
    fill_rows(both.workspace.outbox / DECISIONS_FILE, {"01.01": FORGED})
    both.run()
    assert both.degrees() == {"01.01": "5"}


def test_the_officers_name_does_not_tell_which_file(both: Inbox) -> None:
    told = command(both.workspace.root, "decide", "01.01", "--take", CLERK)
    assert told.code != 0 and FORGED in told.err
