"""`finalize --from FILE`: rows, counts and sentences beside the goals' values must be those of the present report."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from docx.document import Document as Docx

from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import (
    DEGREE,
    HERS,
    OFFICERS,
    draft,
    edit,
    foreword,
    paragraphs,
    printed,
    replacing,
    save,
    workspace,
)
from tests.flow.test_retyped_cells import found
from tests.workspaces import command

__all__ = ["workspace"]


def finalize(workspace: Workspace) -> tuple[int, str]:
    said = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(draft(workspace)))
    return said.code, said.err


def row_made_by_hand(document: Docx) -> None:
    row = found(document, OFFICERS)._p.getparent().getparent()
    made = deepcopy(row)
    for mark in [each for each in made.iter() if "bookmark" in str(each.tag)]:
        mark.getparent().remove(mark)
    row.addnext(made)


def count_of_hers(document: Docx) -> None:
    document.tables[0].cell(1, 1).paragraphs[0].runs[0].text = "99"


def row_of_the_summary_removed(document: Docx) -> None:
    document.tables[0]._tbl.remove(document.tables[0].rows[1]._tr)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (row_made_by_hand, "rivi, jota raportissa ei ole: ”01 | 01.01"),
        (count_of_hers, "yhteenvedossa, rivillä"),
        (row_of_the_summary_removed, "on muita rivejä kuin raportissa"),
    ],
)
def test_what_she_changed_in_rows_and_counts_is_refused(
    workspace: Workspace, change: Callable[[Docx], None], told: str
) -> None:
    edit(workspace, change)
    code, said = finalize(workspace)
    assert code == 1 and told in said and not (workspace.outbox / "lopulliset").exists()


def test_the_summary_of_an_earlier_draft_is_refused_though_she_typed_the_new_degree(workspace: Workspace) -> None:
    own = printed(workspace)[DEGREE]
    hers = edit(workspace, foreword)
    save(workspace, OFFICERS, degree=5)
    assert draft(workspace).read_bytes() == hers
    edit(workspace, replacing(own, workspace.settings.degree_scale.full_label(5, "fi")))
    code, said = finalize(workspace)
    assert code == 1 and "yhteenvedossa, rivillä" in said and "01.01 Etenemisaste" not in said
    assert "kuvio, jonka luvut ovat muut kuin nykyisessä luonnoksessa" in said


def test_her_words_in_a_table_of_the_summary_are_no_fault(workspace: Workspace) -> None:
    save(workspace, OFFICERS, degree=1, risks="Rahoitus on auki.")

    def change(document: Docx) -> None:
        replacing(OFFICERS, HERS)(document)
        hers_in_the_summary(document)

    edit(workspace, change)
    code, said = finalize(workspace)
    assert code == 0, said


def hers_in_the_summary(document: Docx) -> None:
    words = {paragraph.text for paragraph in paragraphs(document)}
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    same = [each for cell in cells for each in cell.paragraphs if each.text == "Rahoitus on auki."]
    assert "Rahoitus on auki." in words and len(same) > 1
    same[0].runs[0].text = "Rahoitus on vielä auki."
