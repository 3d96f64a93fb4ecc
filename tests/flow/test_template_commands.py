"""`template preview` and `template comments`, as the command line gives them."""

import os
from io import BytesIO
from pathlib import Path

import docx
import pytest

from generator.workspace.folders import Workspace
from tests.flow.test_commands import Seuranta
from tests.flow.test_commands import seuranta as seuranta
from tests.formats.docx.broken_templates import NARRATIVE, without_text
from tests.formats.docx.reports import TEMPLATE
from tests.workspaces import files_in, make_workspace

MISSPELT = without_text(NARRATIVE, "{{p row.narative }}")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path)


@pytest.fixture
def broken_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer whose LibreOffice does not work."""
    program = tmp_path / "programs" / "soffice"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 77\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)


def comments_of(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(BytesIO(path.read_bytes())).comments]


@pytest.mark.libreoffice
def test_the_preview_is_a_document_and_a_pdf_and_nothing_else(workspace: Workspace, seuranta: Seuranta) -> None:
    before = files_in(workspace.root)
    made = seuranta(workspace.root, "template", "preview")
    paths = [workspace.root / "templates" / f"report.esikatselu.{ending}" for ending in ("docx", "pdf")]
    assert (made.code, made.out.split()) == (0, list(map(str, paths)))
    assert paths[1].read_bytes().startswith(b"%PDF")
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(paths[0])).paragraphs)
    assert "01 Talous on tasapainossa" in text and "LUONNOS" in text
    names = {path.relative_to(workspace.root).as_posix() for path in paths}
    assert files_in(workspace.root).keys() - before.keys() == names
    assert seuranta(workspace.root, "template", "preview").code == 0  # ours, so it is made anew


@pytest.mark.usefixtures("broken_libreoffice")
def test_where_libreoffice_fails_the_preview_says_why_there_is_no_pdf(workspace: Workspace, seuranta: Seuranta) -> None:
    made = seuranta(workspace.root, "template", "preview", "--out", "kokeilu", "--lang", "sv")
    path, *said = made.out.splitlines()
    assert made.code == 0 and path.endswith("report.esikatselu-sv.docx") and "LibreOffice" in "".join(said)
    assert [each.name for each in (workspace.root / "kokeilu").iterdir()] == ["report.esikatselu-sv.docx"]


def test_no_preview_is_made_of_a_template_with_faults(workspace: Workspace, seuranta: Seuranta) -> None:
    workspace.template.write_bytes(MISSPELT)
    before = files_in(workspace.root)
    told = seuranta(workspace.root, "template", "preview", "--lang", "en")
    assert told.code == 1 and "there is no field “row.narative”" in told.out
    assert told.out == seuranta(workspace.root, "template", "check", "--lang", "en").out
    assert files_in(workspace.root) == before


@pytest.mark.usefixtures("broken_libreoffice")
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_preview_leaves_a_persons_file_alone(workspace: Workspace, seuranta: Seuranta, ending: str) -> None:
    theirs = workspace.root / "templates" / f"report.esikatselu.{ending}"
    theirs.write_bytes(TEMPLATE)
    assert seuranta(workspace.root, "template", "preview").code == 4
    assert theirs.read_bytes() == TEMPLATE


def test_the_commented_copy_lies_beside_the_template(workspace: Workspace, seuranta: Seuranta) -> None:
    workspace.template.write_bytes(MISSPELT)
    before = files_in(workspace.root)
    told = seuranta(workspace.root, "template", "comments")
    copy = workspace.root / "templates" / "report.kommentit.docx"
    assert (told.code, told.out.strip()) == (1, str(copy))
    (comment,) = comments_of(copy)
    assert "row.narative" in comment and "Kirjoita" in comment
    assert files_in(workspace.root).keys() - before.keys() == {"templates/report.kommentit.docx"}
    again = seuranta(workspace.root, "template", "comments", "--lang", "sv")  # ours, so it is made anew
    assert again.code == 1 and "inget fält" in comments_of(copy)[0]


def test_a_copy_in_which_somebody_worked_is_left_alone(workspace: Workspace, seuranta: Seuranta) -> None:
    workspace.template.write_bytes(MISSPELT)
    seuranta(workspace.root, "template", "comments")
    copy = workspace.root / "templates" / "report.kommentit.docx"
    document = docx.Document(str(copy))
    document.add_paragraph("Oma lisäys")
    document.save(str(copy))
    theirs = copy.read_bytes()
    assert seuranta(workspace.root, "template", "comments").code == 4
    assert copy.read_bytes() == theirs
    told = seuranta(workspace.root, "template", "comments", str(copy), "--out", "uusi.docx")
    assert told.code == 1 and len(comments_of(workspace.root / "uusi.docx")) == 1


def test_a_template_without_faults_gets_no_copy(workspace: Workspace, seuranta: Seuranta) -> None:
    before = files_in(workspace.root)
    told = seuranta(workspace.root, "template", "comments", "--lang", "en")
    assert (told.code, "nothing to mend was found" in told.out) == (0, True)
    assert files_in(workspace.root) == before


def test_what_is_no_document_gets_no_copy(workspace: Workspace, seuranta: Seuranta) -> None:
    (workspace.root / "muistio.docx").write_bytes(b"not a document")
    assert seuranta(workspace.root, "template", "comments", "muistio.docx").code == 3


def test_a_file_that_is_not_there_is_told_in_the_users_language(workspace: Workspace, seuranta: Seuranta) -> None:
    told = seuranta(workspace.root, "template", "check", "ei.docx")
    assert told.code == 4 and "ei.docx: tiedostoa tai kansiota ei voida lukea tai kirjoittaa: sitä ei ole" in told.err
