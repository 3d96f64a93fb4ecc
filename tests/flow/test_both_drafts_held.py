"""She has edited the draft and the one beside it: the workbook of open matters goes on all the same."""

import pytest

from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.flow.test_draft_edits import HERS, LATER, OFFICERS, aside, draft, edit, foreword, replacing, run, workspace
from tests.settlement_sheets import row_about
from tests.text_sheets import write_text
from tests.workspaces import fill

__all__ = ["workspace"]


@pytest.fixture
def held(workspace: Workspace) -> Workspace:
    """A draft that she edited in a text and otherwise, and the one beside it, which she has edited too."""
    edit(workspace, replacing(OFFICERS, HERS))
    edit(workspace, foreword)
    run(workspace)
    aside(workspace).write_bytes(draft(workspace).read_bytes())
    return workspace


def change(workspace: Workspace) -> None:
    """An officer changes the text that she edited."""
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3, "narrative": LATER}})
    run(workspace)


def test_the_workbook_asks_of_a_text_that_its_officer_changed(held: Workspace) -> None:
    change(held)
    assert HERS in row_about(held.outbox / "ratkaistavat.xlsx", "01.01")["Details"]


def test_the_workbook_comes_back_when_it_is_removed(held: Workspace) -> None:
    book = held.outbox / "ratkaistavat.xlsx"
    book.unlink()
    change(held)
    assert book.exists()


def test_the_workbook_tells_of_a_text_that_was_entered(held: Workspace) -> None:
    book = held.outbox / "ratkaistavat.xlsx"
    write_text(book, "Alkusanat", "Kunnan alkusanat.")
    change(held)
    assert "Kunnan alkusanat." in row_about(book, "Alkusanat", "Tehdyt ratkaisut")["Settled as"]
