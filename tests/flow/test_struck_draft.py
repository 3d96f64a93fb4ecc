"""Words that she strikes through in the draft: nobody knows whether they are to go, so her file stays and says so."""

from collections.abc import Callable

import pytest
from docx.document import Document as Docx

from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import (
    NARRATIVE,
    OFFICERS,
    archived,
    aside,
    draft,
    edit,
    paragraphs,
    printed,
    run,
    workspace,
)
from tests.workspaces import command

__all__ = ["workspace"]


def whole(document: Docx) -> None:
    for paragraph in [each for each in paragraphs(document) if each.text == OFFICERS]:
        paragraph.runs[0].font.strike = True


def one_word(document: Docx) -> None:
    for paragraph in [each for each in paragraphs(document) if each.text == OFFICERS]:
        first, last = OFFICERS.split(" ", 1)
        paragraph.runs[0].text = f"{first} "
        paragraph.add_run(last).font.double_strike = True


def in_the_introduction(document: Docx) -> None:
    next(each for each in document.paragraphs if len(each.text) > 80).runs[0].font.strike = True


@pytest.mark.parametrize("change", [whole, one_word, in_the_introduction])
def test_struck_words_keep_the_file_and_are_told(workspace: Workspace, change: Callable[[Docx], None]) -> None:
    hers = edit(workspace, change)
    run(workspace)
    assert draft(workspace).read_bytes() == hers and archived(workspace, hers)
    assert printed(workspace, aside(workspace))[NARRATIVE] == OFFICERS
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "yliviivattu teksti, vain muokatussa: ”" in page
    refused = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(draft(workspace)))
    assert refused.code == 1 and "yliviivattu teksti: ”" in refused.err


def test_a_strike_that_is_taken_off_again_is_none(workspace: Workspace) -> None:
    def on_and_off(document: Docx) -> None:
        whole(document)
        for paragraph in [each for each in paragraphs(document) if each.text == OFFICERS]:
            paragraph.runs[0].font.strike = False

    edit(workspace, on_and_off)
    run(workspace)
    assert not aside(workspace).exists()
