"""Edited drafts and extracts keep a report from being made final, in every language; nothing of them is removed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from generator.workspace.folders import DECISIONS_FILE, Workspace
from tests.final_sheets import fill_final, remarks
from tests.flow.test_edited_finals import HERS, OURS, add_paragraph, edit
from tests.flow.test_next_period import save
from tests.workspaces import command, make_workspace_with_forms

WHOLE = "seurantaraportti-2026-1-LUONNOS.docx"
DRAFTS = ("otteet/*-Konsernipalvelut-LUONNOS.docx", "kieliversiot/*-sv-LUONNOS.docx", WHOLE)
COMMENT, PARAGRAPH = "Tarkista tämä.", "Arvoisa valtuusto!"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, languages=("fi", "sv"), extracts=["division"])
    save(made, g01_01=3, g01_10=2)
    return made


def comment(path: Path) -> None:
    document = Document(str(path))
    document.add_comment(document.paragraphs[0].runs[:1], text=COMMENT, author="Maija")
    document.save(str(path))


def without_comments(path: Path) -> None:
    document = Document(str(path))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(document.element.iter(qn(f"w:{name}"))):
            mark.getparent().remove(mark)
    comments = document.part._comments_part.element
    for each in list(comments):
        comments.remove(each)
    document.save(str(path))


def paragraph(path: Path) -> None:
    add_paragraph(path, PARAGRAPH)


@pytest.mark.parametrize("pattern", DRAFTS)
@pytest.mark.parametrize(("change", "text"), [(comment, COMMENT), (paragraph, PARAGRAPH)])
def test_it_stays_and_is_told_with_its_words(
    workspace: Workspace, pattern: str, change: Callable[[Path], None], text: str
) -> None:
    path = next(workspace.outbox.glob(pattern))
    change(path)
    hers = path.read_bytes()
    for before in ("status", "run"):  # before a round has seen the edit, and after it
        command(workspace.root, before)
        refused = command(workspace.root, "finalize", "--because", "Kokous.")
        assert refused.code == 1 and path.name in refused.out and text in refused.out
        assert ("Voit poistaa ne Wordissa" in refused.out) == (text == COMMENT)
        assert ("--from" in refused.out) == (pattern == WHOLE and text == PARAGRAPH)
        assert path.read_bytes() == hers and not (workspace.outbox / "lopulliset").exists()
    path.rename(workspace.root / "muualla.docx")
    command(workspace.root, "run")
    assert command(workspace.root, "finalize", "--because", "Kokous.").code == 0


@pytest.mark.parametrize("pattern", DRAFTS)
def test_a_draft_without_its_comments_is_no_edited_one(workspace: Workspace, pattern: str) -> None:
    path = next(workspace.outbox.glob(pattern))
    comment(path)
    command(workspace.root, "run")
    without_comments(path)
    hers = path.read_bytes()
    assert command(workspace.root, "finalize", "--because", "Kokous.").code == 0
    assert not path.exists() or path.read_bytes() == hers


@pytest.mark.parametrize("pattern", DRAFTS)
def test_the_sheet_tells_comments_and_other_edits_apart(workspace: Workspace, pattern: str) -> None:
    path = next(workspace.outbox.glob(pattern))
    comment(path)
    fill_final(workspace.outbox / DECISIONS_FILE)
    ran = command(workspace.root, "run", "--json").json
    assert ran["final"]["outcome"] == "refused" and ran["final"]["edited"] == [str(path.relative_to(workspace.outbox))]
    assert "on kirjoitettu kommentteja" in remarks(workspace.outbox / DECISIONS_FILE)[""]
    paragraph(path)
    fill_final(workspace.outbox / DECISIONS_FILE)
    command(workspace.root, "run")
    assert "luonnosta on muokattu" in remarks(workspace.outbox / DECISIONS_FILE)[""] and path.exists()


def test_from_an_edited_report_the_other_edited_drafts_are_told_with_their_words(workspace: Workspace) -> None:
    extract = next(workspace.outbox.glob(DRAFTS[0]))
    edit(extract)
    paragraph(workspace.outbox / WHOLE)
    refused = command(workspace.root, "finalize", "--because", "Kokous.", "--from", f"outbox/{WHOLE}")
    assert refused.code == 1 and f"”{OURS}” → ”{HERS}”" in refused.out and PARAGRAPH not in refused.out
    extract.rename(workspace.root / "muualla.docx")
    assert command(workspace.root, "finalize", "--because", "Kokous.", "--from", f"outbox/{WHOLE}").code == 0
