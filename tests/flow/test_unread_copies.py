"""Copies of the draft and of the secretary's workbook that nobody reads are named, and none of our own is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from generator.workspace.folders import DECISIONS_FILE, Workspace
from tests.builders import DIRECTOR
from tests.flow.test_draft_edits import (
    HERS,
    LATER,
    NARRATIVE,
    OFFICERS,
    aside,
    draft,
    edit,
    foreword,
    replacing,
    run,
    save,
    workspace,
)
from tests.settlement_sheets import fill_rows
from tests.workspaces import bookmarks, command

__all__ = ["workspace"]


def unread(workspace: Workspace) -> list[str]:
    """What is told of files that are not read."""
    told = [problem for problem in run(workspace).problems if "is not read" in problem.message]
    return [Path(problem.place).name for problem in told]


def book(workspace: Workspace) -> Path:
    return workspace.outbox / DECISIONS_FILE


def filled_copy(workspace: Workspace, name: str) -> Path:
    copy = workspace.outbox / name
    shutil.copy(book(workspace), copy)
    fill_rows(copy, {DIRECTOR: "kyllä"})
    return copy


def edited_copy(workspace: Workspace, name: str) -> Path:
    ours, copy = draft(workspace).read_bytes(), workspace.outbox / name
    edit(workspace, replacing(OFFICERS, HERS))
    draft(workspace).rename(copy)
    draft(workspace).write_bytes(ours)
    return copy


@pytest.mark.parametrize("name", ["ratkaistavat - Kopio.xlsx", "Ratkaistavat (1).xlsx", "ratkaistavat.xlsm"])
def test_a_filled_copy_of_the_workbook_is_named(workspace: Workspace, name: str) -> None:
    copy = filled_copy(workspace, name)
    data = copy.read_bytes()
    assert unread(workspace) == [name] and copy.read_bytes() == data
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert f"outbox/{name}: tätä tiedostoa ei lueta" in page
    assert unread(workspace) == [name]  # as long as it lies there
    copy.rename(book(workspace))
    assert unread(workspace) == []


@pytest.mark.parametrize("name", ["ratkaistavat.ods", "ratkaistavat.xls", "ratkaistavat.csv", "paatokset (1).ods"])
def test_the_workbook_in_another_format_is_named(workspace: Workspace, name: str) -> None:
    (workspace.outbox / name).write_bytes(b"jotakin")
    assert unread(workspace) == [name]


@pytest.mark.parametrize("name", ["seurantaraportti-2026-1-LUONNOS (1).docx", "Esityslistalle.docx", "luonnos.docx"])
def test_an_edited_copy_of_the_draft_is_named(workspace: Workspace, name: str) -> None:
    copy = edited_copy(workspace, name)
    data = copy.read_bytes()
    assert unread(workspace) == [name] and copy.read_bytes() == data
    copy.rename(draft(workspace))
    assert unread(workspace) == []


@pytest.mark.parametrize("ending", ["odt", "doc", "rtf"])
def test_the_draft_in_another_format_is_named(workspace: Workspace, ending: str) -> None:
    name = f"seurantaraportti-2026-1-LUONNOS.{ending}"
    (workspace.outbox / name).write_bytes(b"jotakin")
    assert unread(workspace) == [name]


def unchanged_copies(workspace: Workspace) -> None:
    shutil.copy(book(workspace), workspace.outbox / "ratkaistavat varmuuskopio.xlsx")
    shutil.copy(draft(workspace), workspace.outbox / "luonnos varmuuskopio.docx")


def lock_files(workspace: Workspace) -> None:
    (workspace.outbox / "~$ratkaistavat (1).xlsx").write_bytes(b"x")
    (workspace.outbox / ".~lock.ratkaistavat.ods#").write_bytes(b"x")


def files_of_hers(workspace: Workspace) -> None:
    (workspace.outbox / "muistio.docx").write_bytes(b"muistio")
    (workspace.outbox / "laskelma.xlsx").write_bytes(b"laskelma")
    (workspace.outbox / "ratkaistavat.pdf").write_bytes(b"tuloste")


def her_draft_and_ours_beside(workspace: Workspace) -> None:
    edit(workspace, foreword)
    run(workspace)
    assert aside(workspace).exists()


@pytest.mark.parametrize("put", [unchanged_copies, lock_files, files_of_hers, her_draft_and_ours_beside])
def test_what_holds_nothing_unread_is_not_named(workspace: Workspace, put: Callable[[Workspace], None]) -> None:
    put(workspace)
    assert unread(workspace) == []


def without_sheet(opened: Workbook) -> None:
    opened.remove(opened["Ratkaistavat"])


def without_heading_row(opened: Workbook) -> None:
    opened["Ratkaistavat"].delete_rows(4)


def without_identifiers(opened: Workbook) -> None:
    opened["Ratkaistavat"].delete_cols(7)


@pytest.mark.parametrize("change", [without_sheet, without_heading_row, without_identifiers])
def test_a_workbook_that_lacks_something_stays_and_is_told_why(
    workspace: Workspace, change: Callable[[Workbook], None]
) -> None:
    opened = openpyxl.load_workbook(book(workspace))
    change(opened)
    opened.save(book(workspace))
    hers = book(workspace).read_bytes()
    run(workspace)
    assert book(workspace).read_bytes() == hers
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "siitä on poistettu välilehti, otsikkorivi tai viimeinen sarake" in page
    book(workspace).unlink()
    run(workspace)
    assert book(workspace).exists()


def test_an_edited_draft_of_a_closed_period_is_read_when_that_report_is_made_final(workspace: Workspace) -> None:
    assert command(workspace.root, "finalize", "--because", "Kokous.").code == 0
    save(workspace, LATER)
    hers, before = "Hyväksytty kaava on kuulutettu.", draft(workspace)
    edit(workspace, replacing(LATER, hers))
    opening = ("period", "open", "2026-2", "--end", "31.12.2026", "--deadline", "29.1.2027", "--because", "Myöhässä.")
    assert command(workspace.root, *opening).code == 0 and before.exists()
    told = [problem for problem in run(workspace).problems if problem.place.endswith(before.name)]
    assert [problem.message.partition(". ")[0] for problem in told] == [
        "{path}: this is a draft of the closed period {name}"
    ]
    again = command(workspace.root, "finalize", "--period", "2026-1", "--because", "Muokkaus.")
    assert again.code == 0 and not before.exists()
    version = workspace.outbox / "lopulliset/2026-1/julkaistavat/seurantaraportti-2026-1-versio-2.docx"
    assert bookmarks(version)[NARRATIVE] == hers
    assert not [problem for problem in run(workspace).problems if problem.place.endswith(before.name)]
