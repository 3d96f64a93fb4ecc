"""Cells of the draft that a person types anew or goes on writing in, where words stand outside the bookmark."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from generator.workspace.folders import Workspace
from tests.builders import DIRECTOR
from tests.flow.test_draft_edits import (
    HERS,
    LATER,
    NARRATIVE,
    OFFICERS,
    archived,
    aside,
    draft,
    edit,
    paragraphs,
    printed,
    replacing,
    run,
    save,
    workspace,
)
from tests.settlement_sheets import rows_of

__all__ = ["workspace"]

MORE = "Lausuntoja tuli viisi."
SHARED = "Johdon teksti."
WAITING = f"Ei vielä raportoinut: {DIRECTOR}"


def retyped(old: str, *new: str) -> Callable[[Docx], None]:
    """A cell's paragraph typed anew, as one or more: Word then has no bookmark there."""

    def change(document: Docx) -> None:
        replacing(old, new[0])(document)
        unmark(document, new[0])
        added_below(new[0], *new[1:])(document)

    return change


def added_below(text: str, *more: str) -> Callable[[Docx], None]:
    """Paragraphs typed behind a cell's text, beyond its bookmark."""

    def change(document: Docx) -> None:
        last = found(document, text)
        for each in more:
            made = Paragraph(deepcopy(last._p), last._parent)
            last._p.addnext(made._p)
            drop_bookmarks(made)
            made.runs[0].text = each
            last = made

    return change


def unmark(document: Docx, text: str) -> None:
    drop_bookmarks(found(document, text))


def found(document: Docx, text: str) -> Paragraph:
    return next(paragraph for paragraph in paragraphs(document) if paragraph.text == text)


def drop_bookmarks(paragraph: Paragraph) -> None:
    for mark in [*paragraph._p.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        paragraph._p.remove(mark)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (retyped(OFFICERS, HERS), HERS),
        (retyped(OFFICERS, HERS, MORE), f"{HERS}\n{MORE}"),
        (added_below(OFFICERS, MORE), f"{OFFICERS}\n{MORE}"),
        (added_below(OFFICERS, MORE, "Toinen lisäys."), f"{OFFICERS}\n{MORE}\nToinen lisäys."),
    ],
    ids=["typed anew", "typed anew as two", "one added", "two added"],
)
def test_a_cell_typed_anew_or_gone_on_in_is_carried_on_whole(
    workspace: Workspace, change: Callable[[Docx], None], expected: str
) -> None:
    hers = edit(workspace, change)
    run(workspace)
    assert printed(workspace)[NARRATIVE] == expected
    assert not aside(workspace).exists() and archived(workspace, hers)
    save(workspace, LATER)
    (row,) = [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    assert expected.split("\n")[-1] in row["Details"]


@pytest.mark.parametrize("change", [retyped(SHARED, HERS), added_below(SHARED, HERS)], ids=["typed anew", "added"])
def test_the_programs_own_remark_below_a_value_is_no_word_of_hers(
    workspace: Workspace, change: Callable[[Docx], None]
) -> None:
    edit(workspace, change)
    run(workspace)
    run(workspace)
    cell = printed(workspace)["g_01_10_narrative"]
    assert HERS in cell and WAITING not in cell and not aside(workspace).exists()


def test_an_empty_paragraph_at_a_cells_end_is_no_edit(workspace: Workspace) -> None:
    hers = edit(workspace, added_below(OFFICERS, ""))
    run(workspace)
    assert printed(workspace)[NARRATIVE] == OFFICERS and draft(workspace).read_bytes() != hers
    save(workspace, LATER)
    assert printed(workspace)[NARRATIVE] == LATER
    assert not [r for r in rows_of(workspace.outbox / "ratkaistavat.xlsx") if r["Concerns"].startswith("01.01 ")]


def test_a_degree_typed_anew_is_an_open_matter(workspace: Workspace) -> None:
    own = printed(workspace)["g_01_01_degree"]
    label = workspace.settings.degree_scale.full_label(5, "fi")
    edit(workspace, retyped(own, label))
    run(workspace)
    assert printed(workspace)["g_01_01_degree"] == own
    (row,) = [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    assert label in row["Details"]
