"""A text that she empties in the draft is told as emptied: in the settlements, and beside the officer's new text."""

from collections.abc import Callable

import pytest
from docx.document import Document as Docx

from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import LATER, OFFICERS, edit, paragraphs, printed, replacing, run, save, workspace
from tests.secretary.draft_edits import delete_run
from tests.settlement_sheets import SETTLED_SHEET, fill_rows, row_about

__all__ = ["workspace"]

RISKS = "Rahoitus on auki."


def struck(text: str) -> Callable[[Docx], None]:
    """Deletes a text with Word's tracked changes."""

    def change(document: Docx) -> None:
        for paragraph in [each for each in paragraphs(document) if each.text == text]:
            for part in paragraph.runs:
                delete_run(part._r)

    return change


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (replacing(OFFICERS, ""), "narrative"),
        (struck(OFFICERS), "narrative"),
        (replacing(OFFICERS, " "), "narrative"),
        (replacing(RISKS, ""), "main_risks"),
    ],
    ids=["emptied", "deleted as a tracked change", "a blank left", "risks emptied"],
)
def test_an_emptied_text_is_told_and_can_be_settled(
    workspace: Workspace, change: Callable[[Docx], None], field: str
) -> None:
    save(workspace, OFFICERS, risks=RISKS)
    book = workspace.outbox / "ratkaistavat.xlsx"
    edit(workspace, change)
    run(workspace)
    assert printed(workspace)[f"g_01_01_{field}"].strip() == "–"
    assert row_about(book, "01.01", SETTLED_SHEET)["Settled as"] == "tyhjennetty"
    save(workspace, LATER, risks="Rahoitus on saatu.")
    assert "tyhjennetty" in row_about(book, "01.01")["Details"]
    fill_rows(book, {"01.01": "oma muokkaus"})
    run(workspace)
    assert printed(workspace)[f"g_01_01_{field}"].strip() == "–"
