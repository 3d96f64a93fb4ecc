"""An edited extract or further language stays, is told with its words, and is kept in the archive."""

from pathlib import Path

import pytest
from docx import Document

from generator.domain.follow_up.edit_acts import EditedCopy
from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import LATER, OFFICERS, archived, foreword, run, save
from tests.workspaces import command, make_workspace_with_forms

NAMES = ["kieliversiot/seurantaraportti-2026-1-sv", "otteet/seurantaraportti-2026-1-Sivistys"]
WORDS = "Kunnanjohtajan alkusanat."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, languages=("fi", "sv"))
    save(made, OFFICERS)
    return made


def edit(path: Path, more: str = "") -> bytes:
    document = Document(str(path))
    foreword(document)
    document.add_paragraph(more)
    document.save(str(path))
    return path.read_bytes()


def path_of(workspace: Workspace, name: str) -> Path:
    return workspace.outbox / f"{name}-LUONNOS.docx"


def kept(workspace: Workspace) -> int:
    return (workspace.state / "archive/journal.jsonl").read_text(encoding="utf-8").count('"edited-copy"')


def told(workspace: Workspace) -> tuple[str, str, list[dict[str, object]]]:
    """What `status`, the page and `status --json` say."""
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    documents = command(workspace.root, "status", "--json").json["edited_documents"]
    return command(workspace.root, "status").out, page, documents


@pytest.mark.parametrize("name", NAMES)
def test_an_edited_copy_stays_and_is_told_with_its_words(workspace: Workspace, name: str) -> None:
    path = path_of(workspace, name)
    hers = edit(path)
    run(workspace)
    assert path.read_bytes() == hers and path.with_name(f"{path.stem}-uusi.docx").exists()
    out, page, (document,) = told(workspace)
    for text in (out, page):
        assert f"{name}-LUONNOS.docx: asiakirjaa on muokattu" in text and WORDS in text
        assert "ensimmäisellä kielellä" in text
    assert document["docx"] == str(path) and WORDS in str(document["differences"])
    assert "Avoimia asioita ei ole" not in page


@pytest.mark.parametrize("name", NAMES)
def test_each_saved_version_is_in_the_archive_once_before_ours_takes_its_place(workspace: Workspace, name: str) -> None:
    path = path_of(workspace, name)
    hers = edit(path)
    run(workspace)
    run(workspace)
    assert kept(workspace) == 1 and archived(workspace, hers)
    again = edit(path)
    run(workspace)
    assert kept(workspace) == 2 and archived(workspace, again)
    path.unlink()
    run(workspace)
    assert path.exists() and path.read_bytes() != again and archived(workspace, again)
    out, page, documents = told(workspace)
    assert "asiakirjaa on muokattu" not in page + out and documents == []


def test_our_copy_beside_an_edited_one_may_be_edited_too(workspace: Workspace) -> None:
    path = path_of(workspace, NAMES[1])
    edit(path)
    run(workspace)
    beside = path.with_name(f"{path.stem}-uusi.docx")
    edit(beside, "Loppusanat.")
    save(workspace, LATER)
    assert path.with_name(f"{path.stem}-uusi-2.docx").exists() and kept(workspace) == 2
    assert [Path(str(document["docx"])) for document in told(workspace)[2]] == [path, beside]


def test_an_open_copy_is_kept_when_it_is_closed(workspace: Workspace) -> None:
    path = path_of(workspace, NAMES[0])
    lock = path.with_name(f".~lock.{path.name}#")
    lock.touch()
    edit(path)
    run(workspace)
    assert kept(workspace) == 0
    lock.unlink()
    run(workspace)
    assert kept(workspace) == 1


def test_a_copy_edited_beside_the_final_is_told(workspace: Workspace) -> None:
    name = path_of(workspace, NAMES[0])
    ours = name.read_bytes()
    assert command(workspace.root, "finalize", "--because", "Kokous.").code == 0
    name.write_bytes(ours)
    edit(name)
    run(workspace)
    out, page, (document,) = told(workspace)
    assert WORDS in out and WORDS in page and document["docx"] == str(name) and kept(workspace) == 1
    assert EditedCopy.__name__ not in out


def test_a_copy_that_cannot_be_read_holds_no_draft_up(workspace: Workspace) -> None:
    path = path_of(workspace, NAMES[0])
    path.unlink()
    path.mkdir()
    save(workspace, LATER)
    assert command(workspace.root, "run").code == 0
    assert path.with_name(f"{path.stem}-uusi.docx").exists() and kept(workspace) == 0
