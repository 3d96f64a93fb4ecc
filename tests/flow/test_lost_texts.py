"""A text of the person who makes the report that the archive has lost is told, and no final is silent about it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.app.finalize import Finalized, Refused, make_final
from generator.domain.follow_up.open_by_kind import OpenKind
from generator.domain.follow_up.open_items import Signature
from generator.workspace.folders import Workspace, open_workspace
from tests.flow.test_draft_edits import (
    HERS,
    NARRATIVE,
    OFFICERS,
    SECRETARY,
    draft,
    edit,
    printed,
    replacing,
    retyped,
    run,
    save,
)
from tests.settlement_sheets import SETTLED_SHEET, fill_rows, row_about, rows_of
from tests.text_sheets import write_text
from tests.workspaces import command, make_workspace_with_forms

NO_REASON = Signature("kirjuri", SECRETARY.time)
# What was written, the row about it, and the words whose file goes.
KINDS = {
    "edited text": ("01.01", HERS),
    "text that was edited": ("01.01", OFFICERS),
    "foreword": ("Alkusanat", "Ohjelma on ollut voimassa puoli vuotta."),
    "remark": ("01 ", "Organisaatio muuttui kesällä."),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, extracts=[])
    save(made, OFFICERS)
    return made


def book(workspace: Workspace) -> Path:
    return workspace.outbox / "ratkaistavat.xlsx"


def write(workspace: Workspace, kind: str) -> None:
    place, text = KINDS[kind]
    if kind in ("foreword", "remark"):
        write_text(book(workspace), place, text)
    else:
        edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)


def files_of(workspace: Workspace, text: str) -> list[Path]:
    kept = (workspace.state / "archive").rglob("*.bin")
    return [path for path in kept if path.read_bytes() == text.encode()]


def lose(workspace: Workspace, kind: str, how: Callable[[Path], object] = Path.unlink) -> Path:
    write(workspace, kind)
    (file,) = files_of(workspace, KINDS[kind][1])
    how(file)
    run(workspace)
    return file


def damage(file: Path) -> None:
    file.write_bytes(b"x" * file.stat().st_size)


@pytest.mark.parametrize("how", [Path.unlink, damage], ids=["gone", "damaged"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_lost_text_is_told_and_a_final_needs_a_reason_for_it(
    workspace: Workspace, kind: str, how: Callable[[Path], object]
) -> None:
    file = lose(workspace, kind, how)
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    for told in (page, command(workspace.root, "status").out):
        assert file.name in told and "puuttuu arkistosta tai on vioittunut" in told
    row = next(row for row in rows_of(book(workspace)) if row["Matter"] == "Teksti, jota arkistossa ei enää ole")
    assert row["Concerns"].startswith(KINDS[kind][0]) and "kirjoita teksti uudelleen" in row["Details"]
    assert (HERS in row["Details"]) == (kind == "text that was edited")
    refused = make_final(open_workspace(workspace.root), NO_REASON)
    assert isinstance(refused, Refused) and OpenKind.LOST in refused.open.kinds
    made = make_final(open_workspace(workspace.root), SECRETARY)
    assert isinstance(made, Finalized)
    reasons = next(made.docx.parent.parent.glob("sisaiset/*-perustelut.txt")).read_text(encoding="utf-8")
    assert "Tekstit, joita arkistossa ei enää ole" in reasons and KINDS[kind][0].strip() in reasons


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_lost_text_that_is_put_back_is_printed_again(workspace: Workspace, kind: str) -> None:
    write(workspace, kind)
    (file,) = files_of(workspace, KINDS[kind][1])
    data, before = file.read_bytes(), draft(workspace).read_bytes()
    file.unlink()
    run(workspace)
    assert draft(workspace).read_bytes() != before
    file.write_bytes(data)
    run(workspace)
    assert draft(workspace).read_bytes() == before and not lost_rows(workspace)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_lost_text_can_be_left_out(workspace: Workspace, kind: str) -> None:
    lose(workspace, kind)
    fill_rows(book(workspace), {KINDS[kind][0]: "jätetään pois"}, "Varmuuskopiota ei ole.")
    run(workspace)
    assert not lost_rows(workspace)
    assert "puuttuu arkistosta" not in command(workspace.root, "status").out


@pytest.mark.parametrize("kind", ["edited text", "foreword"])
def test_a_lost_text_that_is_written_again_is_no_open_matter(workspace: Workspace, kind: str) -> None:
    lose(workspace, kind)
    if kind == "foreword":
        assert row_about(book(workspace), "Alkusanat", SETTLED_SHEET)["Settled as"] == "Tekstiä ei enää ole arkistossa."
        write(workspace, kind)
    else:
        edit(workspace, lambda document: retyped(document, OFFICERS, HERS))
        run(workspace)
        assert printed(workspace)[NARRATIVE] == HERS
    assert not lost_rows(workspace)


def lost_rows(workspace: Workspace) -> list[dict[str, str]]:
    return [row for row in rows_of(book(workspace)) if "arkistossa" in row["Matter"]]
