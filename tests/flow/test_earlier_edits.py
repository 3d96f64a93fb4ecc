"""An edit that was read stays, whatever else she edits later in the next draft or in an old copy of it."""

import pytest

from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import (
    DEGREE,
    HERS,
    LATER,
    NARRATIVE,
    OFFICERS,
    draft,
    edit,
    foreword,
    printed,
    replacing,
    run,
    save,
    workspace,
)
from tests.settlement_sheets import rows_of
from tests.workspaces import command

__all__ = ["workspace"]

TITLE, OTHER, HER_TITLE, HER_OTHER = "01.01 Tavoite 01.01", "Johdon teksti.", "01.01 Uusi nimi", "Johdon uusi teksti."


def rows_about(workspace: Workspace, code: str) -> str:
    rows = rows_of(workspace.outbox / "ratkaistavat.xlsx")
    return "\n".join(row["Details"] for row in rows if row["Concerns"].startswith(f"{code} "))


@pytest.fixture
def degree(workspace: Workspace) -> tuple[str, str]:
    """The printed degree, and the one that she types over it."""
    return printed(workspace)[DEGREE], workspace.settings.degree_scale.full_label(5, "fi")


def test_a_degree_stays_an_open_matter_when_a_text_of_the_next_draft_is_edited(
    workspace: Workspace, degree: tuple[str, str]
) -> None:
    edit(workspace, replacing(*degree))
    run(workspace)
    edit(workspace, replacing(OTHER, HER_OTHER))
    run(workspace)
    assert degree[1] in rows_about(workspace, "01.01") and HER_OTHER in printed(workspace)["g_01_10_narrative"]


def test_a_title_stays_an_open_matter_when_a_degree_of_the_next_draft_is_edited(
    workspace: Workspace, degree: tuple[str, str]
) -> None:
    edit(workspace, replacing(TITLE, HER_TITLE))
    run(workspace)
    edit(workspace, replacing(*degree))
    run(workspace)
    assert degree[1] in rows_about(workspace, "01.01") and HER_TITLE in rows_about(workspace, "01.01")


def test_a_later_text_stays_when_an_old_copy_of_its_draft_is_edited_elsewhere(workspace: Workspace) -> None:
    edit(workspace, replacing(OFFICERS, "Ensin näin."))
    run(workspace)
    old = draft(workspace).read_bytes()
    edit(workspace, replacing("Ensin näin.", HERS))
    run(workspace)
    draft(workspace).write_bytes(old)
    edit(workspace, replacing(OTHER, HER_OTHER))
    run(workspace)
    assert printed(workspace)[NARRATIVE] == HERS and HER_OTHER in printed(workspace)["g_01_10_narrative"]


def test_a_degree_taken_back_in_a_file_that_stays_is_taken_back(workspace: Workspace, degree: tuple[str, str]) -> None:
    edit(workspace, foreword)
    edit(workspace, replacing(*degree))
    run(workspace)
    assert degree[1] in rows_about(workspace, "01.01")
    edit(workspace, replacing(degree[1], degree[0]))
    run(workspace)
    assert degree[1] not in rows_about(workspace, "01.01")


@pytest.mark.parametrize("kind", ["degree", "title", "a text that its officer changed"])
def test_status_tells_of_edited_values_that_wait_and_the_page_too(
    workspace: Workspace, degree: tuple[str, str], kind: str
) -> None:
    edits = {"degree": degree, "title": (TITLE, HER_TITLE)}
    edit(workspace, replacing(*edits.get(kind, (OFFICERS, HERS))))
    run(workspace)
    if kind not in edits:
        save(workspace, LATER)
    told = "1 luonnokseen tehtyä muokkausta ei paineta"
    assert told in command(workspace.root, "status").out
    assert told in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    (waiting,) = command(workspace.root, "status", "--json").json["open_edits"]
    assert waiting["code"] == "01.01" and waiting["edited"] == edits.get(kind, ("", HERS))[1]
