"""No draft stands beside a final that says the same; it comes back when something changes or the final is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from generator.workspace.folders import Workspace
from tests.builders import CLERK, DIRECTOR
from tests.workspaces import Answered, command, fill, make_workspace_with_forms

DRAFT = "seurantaraportti-2026-1-LUONNOS.docx"
FINAL = Path("lopulliset", "2026-1", "julkaistavat", "seurantaraportti-2026-1.docx")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with two reports in it, drafts in two languages and extracts."""
    made = make_workspace_with_forms(tmp_path, languages=("fi", "sv"), extracts=["officer"])
    save(made, 3)
    command(made.root, "run")
    return made


def save(workspace: Workspace, degree: int) -> None:
    for officer in (CLERK, DIRECTOR):
        fill(workspace.inbox / f"{officer}.xlsx", {"01.10": {"degree": degree, "narrative": "Etenee."}})


def finalize(workspace: Workspace) -> Answered:
    answered = command(workspace.root, "finalize", "--because", "Kokous.")
    assert answered.code == 0, answered.out
    return answered


def drafts(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in workspace.outbox.rglob("*LUONNOS*") if path.is_file())


def test_a_final_that_says_the_same_takes_the_place_of_all_drafts(workspace: Workspace) -> None:
    assert len(drafts(workspace)) == 6  # two whole reports with their provenance, and the extracts of two officers
    finalize(workspace)
    assert drafts(workspace) == []
    again = command(workspace.root, "run", "--json").json["report"]
    assert (again["docx"], again["draft"], again["changed"]) == (str(workspace.outbox / FINAL), False, False)
    assert Path(again["provenance"]).parent.name == "sisaiset"
    assert command(workspace.root, "status", "--json").json["report"] == again
    assert drafts(workspace) == []
    assert str(FINAL) in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "luonnosta sen rinnalla ei ole" in command(workspace.root, "run").out


@pytest.mark.parametrize("change", ["save", "final moved away", "final edited"])
def test_the_drafts_come_back_when_the_final_says_it_no_more(workspace: Workspace, change: str) -> None:
    finalize(workspace)
    final = workspace.outbox / FINAL
    if change == "save":
        save(workspace, 4)
    elif change == "final moved away":
        final.rename(workspace.root / "kopio.docx")
    else:
        document = Document(str(final))
        document.add_paragraph("Lisäys.")
        document.save(str(final))
    report = command(workspace.root, "run", "--json").json["report"]
    assert (report["docx"], report["draft"]) == (str(workspace.outbox / DRAFT), True)
    if change == "save":
        save(workspace, 3)
        command(workspace.root, "run")
        assert drafts(workspace) == []


@pytest.mark.parametrize("lock", ["~$urantaraportti-2026-1-LUONNOS.docx", f".~lock.{DRAFT}#"])
def test_a_draft_that_is_open_goes_when_it_is_closed(workspace: Workspace, lock: str) -> None:
    (workspace.outbox / lock).write_bytes(b"")
    finalize(workspace)
    left = [name for name in drafts(workspace) if name != lock]
    assert left == [DRAFT, DRAFT.replace(".docx", ".json")]
    command(workspace.root, "run")
    (workspace.outbox / lock).unlink()
    command(workspace.root, "run")
    assert drafts(workspace) == []


def test_an_interruption_between_the_final_and_the_drafts_is_made_good(workspace: Workspace) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", _interrupted_at_drafts(Path.unlink))
        assert command(workspace.root, "finalize", "--because", "Kokous.").code == 130
    assert (workspace.outbox / FINAL).exists() and DRAFT in drafts(workspace)
    command(workspace.root, "run")
    assert drafts(workspace) == []


def _interrupted_at_drafts(real: Callable[..., None]) -> Callable[..., None]:
    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        if "LUONNOS" in path.name:
            raise KeyboardInterrupt
        real(path, missing_ok=missing_ok)

    return unlink


def test_an_edited_draft_stays_beside_the_final_and_is_told_with_its_words(workspace: Workspace) -> None:
    finalize(workspace)
    document = Document(str(workspace.outbox / FINAL))
    document.add_paragraph("Kiitos kaikille.")
    document.save(str(workspace.outbox / DRAFT))
    report = command(workspace.root, "status", "--json").json
    assert report["report"]["draft"] is False
    command(workspace.root, "run")
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert (workspace.outbox / DRAFT).exists() and "Kiitos kaikille." in page and "Avoimia asioita ei ole" not in page
