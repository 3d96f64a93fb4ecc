"""What a person edits in our draft beside hers is read like her own draft; what both say of a value is no word lost."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx

from generator.app.finalize import Finalized, Refused, make_final
from generator.workspace.folders import Workspace, open_workspace
from tests.flow.test_draft_edits import (
    DEGREE,
    HERS,
    LATER,
    NAME,
    NARRATIVE,
    OFFICERS,
    OTHERS,
    SECRETARY,
    archived,
    aside,
    draft,
    edit,
    foreword,
    printed,
    replacing,
    run,
    save,
)
from tests.settlement_sheets import choose_where, fill_rows, rows_of
from tests.workspaces import command, make_workspace_with_forms

OTHER = "Kaava oli esillä kirjastossa."
NEXT = NAME.replace(".docx", "-uusi-2.docx")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Her draft has a foreword, so that it stays, and ours lies beside it."""
    made = make_workspace_with_forms(tmp_path, extracts=[])
    save(made, OFFICERS)
    edit(made, foreword)
    run(made)
    assert aside(made).exists()
    return made


def edit_at(path: Path, *changes: Callable[[Docx], None], saved_at: int = 0) -> bytes:
    document = Document(str(path))
    for change in changes:
        change(document)
    document.core_properties.last_modified_by = "Siiri Sihteeri"
    document.save(str(path))
    if saved_at:
        os.utime(path, (saved_at, saved_at))
    return path.read_bytes()


def open_rows(workspace: Workspace) -> list[dict[str, str]]:
    rows = rows_of(workspace.outbox / "ratkaistavat.xlsx")
    return [row for row in rows if row["Concerns"].startswith("01.01 ")]


def in_place(workspace: Workspace) -> Path:
    """Where our newest draft lies."""
    return workspace.outbox / Path(command(workspace.root, "status", "--json").json["report"]["docx"]).name


def test_an_edited_text_beside_is_carried_on_and_its_file_is_in_the_archive(workspace: Workspace) -> None:
    hers = edit_at(aside(workspace), replacing(OFFICERS, HERS))
    run(workspace)
    assert in_place(workspace) == aside(workspace) and printed(workspace, aside(workspace))[NARRATIVE] == HERS
    assert aside(workspace).read_bytes() != hers and archived(workspace, hers)
    save(workspace, OFFICERS, degree=4)
    assert printed(workspace, aside(workspace))[NARRATIVE] == HERS


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_anything_else_beside_keeps_the_file_and_ours_takes_a_further_name(workspace: Workspace, kind: str) -> None:
    hers = edit_at(aside(workspace), replacing(OFFICERS, HERS), OTHERS[kind])
    first = draft(workspace).read_bytes()
    passed = command(workspace.root, "run")
    assert passed.code == 0 and NEXT in passed.out
    run(workspace)
    assert (draft(workspace).read_bytes(), aside(workspace).read_bytes()) == (first, hers)
    assert archived(workspace, first) and archived(workspace, hers)
    assert in_place(workspace).name == NEXT and printed(workspace, in_place(workspace))[NARRATIVE] == HERS
    told = command(workspace.root, "status", "--json").json["edited_documents"]
    assert [Path(each["docx"]).name for each in told] == [NAME, aside(workspace).name]
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    out = command(workspace.root, "status").out
    assert all(name in page and name in out for name in (NAME, aside(workspace).name))
    refused = make_final(open_workspace(workspace.root), SECRETARY)
    assert isinstance(refused, Refused) and refused.edited == (NAME, aside(workspace).name)


def test_the_places_are_taken_again_as_they_become_free(workspace: Workspace) -> None:
    edit_at(aside(workspace), foreword)
    run(workspace)
    draft(workspace).unlink()
    run(workspace)
    assert in_place(workspace) == draft(workspace) and not (workspace.outbox / NEXT).exists()
    assert [each["docx"] for each in command(workspace.root, "status", "--json").json["edited_documents"]] == [
        str(aside(workspace))
    ]
    assert isinstance(make_final(open_workspace(workspace.root), SECRETARY), Refused)
    aside(workspace).unlink()
    run(workspace)
    assert isinstance(make_final(open_workspace(workspace.root), SECRETARY), Finalized)


@pytest.mark.parametrize("later", ["draft", "beside"])
def test_of_two_files_that_change_a_text_the_later_one_is_an_open_matter(workspace: Workspace, later: str) -> None:
    times = (2_000_000_000, 1_900_000_000) if later == "draft" else (1_900_000_000, 2_000_000_000)
    edit_at(draft(workspace), replacing(OFFICERS, HERS), saved_at=times[0])
    edit_at(aside(workspace), replacing(OFFICERS, OTHER), foreword, saved_at=times[1])
    first, second = (OTHER, HERS) if later == "draft" else (HERS, OTHER)
    run(workspace)
    assert printed(workspace, in_place(workspace))[NARRATIVE] == first
    (row,) = open_rows(workspace)
    assert row["Matter"] == "Muokattu kahdessa tiedostossa" and first in row["Details"] and second in row["Details"]
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "ratkaisua työkirjassa" in page


def two_edits(workspace: Workspace) -> None:
    edit_at(draft(workspace), replacing(OFFICERS, HERS), saved_at=1_900_000_000)
    edit_at(aside(workspace), replacing(OFFICERS, OTHER), saved_at=2_000_000_000)
    run(workspace)
    assert len(open_rows(workspace)) == 1


@pytest.mark.parametrize(("choice", "expected"), [("myöhempi muokkaus", OTHER), ("jätetään pois", HERS)])
def test_the_conflict_of_two_files_is_settled_in_the_workbook(workspace: Workspace, choice: str, expected: str) -> None:
    two_edits(workspace)
    fill_rows(workspace.outbox / "ratkaistavat.xlsx", {"01.01 ": choice}, "Sovittu.")
    run(workspace)
    assert printed(workspace, in_place(workspace))[NARRATIVE] == expected and open_rows(workspace) == []
    save(workspace, LATER)
    (row,) = open_rows(workspace)
    assert expected in row["Details"] and LATER in row["Details"]


def test_both_edits_wait_after_the_officer_has_changed_the_text(workspace: Workspace) -> None:
    two_edits(workspace)
    save(workspace, LATER)
    assert printed(workspace, in_place(workspace))[NARRATIVE] == LATER
    assert [any(text in row["Details"] for row in open_rows(workspace)) for text in (HERS, OTHER)] == [True, True]


def test_a_text_that_is_edited_again_in_the_second_file_is_one_open_matter(workspace: Workspace) -> None:
    edit_at(draft(workspace), replacing(OFFICERS, HERS), saved_at=1_900_000_000)
    edit_at(aside(workspace), replacing(OFFICERS, OTHER), foreword, saved_at=2_000_000_000)
    run(workspace)
    edit_at(aside(workspace), replacing(OTHER, f"{OTHER} Ja verkossa."))
    run(workspace)
    (row,) = open_rows(workspace)
    assert f"{OTHER} Ja verkossa." in row["Details"]


def test_an_edit_of_the_edited_text_beside_builds_on_it(workspace: Workspace) -> None:
    edit_at(draft(workspace), replacing(OFFICERS, HERS))
    run(workspace)
    edit_at(aside(workspace), replacing(HERS, f"{HERS} Lausuntoja tuli viisi."))
    run(workspace)
    assert printed(workspace, in_place(workspace))[NARRATIVE] == f"{HERS} Lausuntoja tuli viisi."
    assert open_rows(workspace) == []
    edit_at(draft(workspace), replacing(HERS, OTHER))
    run(workspace)
    (row,) = open_rows(workspace)
    assert OTHER in row["Details"] and "Lausuntoja tuli viisi." in row["Details"]


def test_two_degrees_for_one_goal_are_two_open_matters(workspace: Workspace) -> None:
    own, label = printed(workspace, aside(workspace))[DEGREE], workspace.settings.degree_scale.full_label
    edit_at(draft(workspace), replacing(own, label(5, "fi")), saved_at=1_900_000_000)
    edit_at(aside(workspace), replacing(own, label(1, "fi")), saved_at=2_000_000_000)
    run(workspace)
    told = [row["Details"] for row in open_rows(workspace)]
    assert len(told) == 2 and label(5, "fi") in told[0] and label(1, "fi") in told[1]
    choose_where(workspace.outbox / "ratkaistavat.xlsx", label(1, "fi"), min, "jätetään pois")
    run(workspace)
    (row,) = open_rows(workspace)
    assert label(5, "fi") in row["Details"]


def test_the_same_text_in_both_files_is_no_conflict(workspace: Workspace) -> None:
    edit_at(draft(workspace), replacing(OFFICERS, HERS), saved_at=1_900_000_000)
    edit_at(aside(workspace), replacing(OFFICERS, HERS), foreword, saved_at=2_000_000_000)
    run(workspace)
    assert printed(workspace, in_place(workspace))[NARRATIVE] == HERS and open_rows(workspace) == []
