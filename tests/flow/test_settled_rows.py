"""What the report prints where officers differed and a person chose one of their answers."""

from pathlib import Path

import pytest
from docx import Document

from generator.app.decisions import decide
from generator.app.finalize import Finalized, make_final
from generator.app.run import run as run_once
from generator.domain.follow_up.open_items import Signature
from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR
from tests.flow.test_pass import clock
from tests.settlement_sheets import undo_rows
from tests.workspaces import bookmarks, fill, make_workspace_with_forms

REASON = Signature("kirjuri", "2026-08-24T09:00:00+03:00", "Sovittu johtoryhmässä.")
MARK = " (yhteensovitettu arvio)"
ON_TRACK, LATE = "● suunnitelman mukaan", "▲ viivästynyt"


def settled(tmp_path: Path, clerk: tuple[int, str], director: tuple[int, str], **settings: object) -> Workspace:
    """A workspace in which the clerk's answer was chosen."""
    workspace = make_workspace_with_forms(tmp_path, extracts=[], **settings)
    for officer, (degree, status) in ((CLERK, clerk), (DIRECTOR, director)):
        answer = {"degree": degree, "overall_status": status, "narrative": f"{officer} kertoo."}
        fill(workspace.inbox / f"{officer}.xlsx", {"01.10": answer})
    run_once(workspace.root, clock())
    assert decide(workspace, "01.10", CLERK, REASON)
    run_once(workspace.root, clock())
    return workspace


def printed(workspace: Workspace, name: str = "seurantaraportti-2026-1-LUONNOS.docx") -> dict[str, str]:
    return bookmarks(workspace.outbox / name)


@pytest.mark.parametrize(
    ("clerk", "director", "marked"),
    [
        ((2, ON_TRACK), (4, ON_TRACK), {"degree"}),
        ((2, ON_TRACK), (2, LATE), {"overall_status"}),
        ((2, ON_TRACK), (4, LATE), {"degree", "overall_status"}),
    ],
    ids=["the degree", "the status", "both"],
)
def test_the_value_that_was_chosen_is_marked_as_settled(
    tmp_path: Path, clerk: tuple[int, str], director: tuple[int, str], marked: set[str]
) -> None:
    workspace = settled(tmp_path, clerk, director)
    own = {field: printed(workspace)[f"g_01_10_{field}"] for field in ("degree", "overall_status")}
    assert {field for field, text in own.items() if text.endswith(MARK)} == marked
    assert own["degree"].startswith("2 ") and ON_TRACK in own["overall_status"]
    text = "\n".join(paragraph.text for paragraph in Document(str(next(workspace.outbox.glob("*.docx")))).paragraphs)
    assert REASON.because not in text and REASON.who not in text


def test_an_equal_answer_is_not_marked_and_a_later_save_takes_the_mark_away(tmp_path: Path) -> None:
    workspace = settled(tmp_path, (2, ON_TRACK), (4, ON_TRACK))
    assert MARK not in printed(workspace)["g_01_degree"]
    answer = {"degree": 2, "overall_status": ON_TRACK, "narrative": "Sama arvio."}
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": answer})
    run_once(workspace.root, clock())
    assert MARK not in printed(workspace)["g_01_10_degree"]


@pytest.mark.parametrize("form", ["short", "long"])
def test_the_long_form_tells_what_each_officer_gave(tmp_path: Path, form: str) -> None:
    workspace = settled(tmp_path, (2, ON_TRACK), (4, LATE), settled=form)
    tables = Document(str(next(workspace.outbox.glob("*.docx")))).tables
    cells = [cell.text for table in tables for row in table.rows if len(row.cells) == 8 for cell in row.cells]
    own = next(text for text in cells if MARK in text and text.startswith("2 "))
    label = workspace.settings.degree_scale.full_label
    assert own.splitlines()[1:] == (
        [f"{CLERK}: {label(2, 'fi')}", f"{DIRECTOR}: {label(4, 'fi')}"] if form == "long" else []
    )


def test_the_mark_is_in_the_documents_language(tmp_path: Path) -> None:
    workspace = settled(tmp_path, (2, ON_TRACK), (4, ON_TRACK), languages=("fi", "sv", "en"))
    folder = "kieliversiot/seurantaraportti-2026-1"
    assert printed(workspace, f"{folder}-sv-LUONNOS.docx")["g_01_10_degree"].endswith(" (samordnad bedömning)")
    assert printed(workspace, f"{folder}-en-LUONNOS.docx")["g_01_10_degree"].endswith(" (settled assessment)")


@pytest.mark.parametrize("kind", ["settled", "undone", "nothing"])
def test_the_reasons_beside_a_final_list_what_was_settled(tmp_path: Path, kind: str) -> None:
    if kind == "nothing":
        workspace = make_workspace_with_forms(tmp_path, extracts=[])
        run_once(workspace.root, clock())
    else:
        workspace = settled(tmp_path, (2, ON_TRACK), (4, ON_TRACK))
    if kind == "undone":
        undo_rows(workspace.outbox / "ratkaistavat.xlsx", "01.10")
        run_once(workspace.root, clock())
    made = make_final(workspace, REASON)
    assert isinstance(made, Finalized)
    path = made.docx.parent.parent / "sisaiset" / "seurantaraportti-2026-1-perustelut.txt"
    listed = path.read_text(encoding="utf-8").partition("Tehdyt ratkaisut")[2]
    assert (f"Arviot eroavat, 01.10 Tavoite 01.10: {CLERK}" in listed) == (kind == "settled")
