"""Words that she writes into ratkaistavat.xlsx outside the yellow cells: they are told, and the workbook is kept."""

from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook as Book

from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import DEGREE, archived, edit, printed, replacing, run, workspace
from tests.settlement_sheets import fill_rows
from tests.workspaces import command

__all__ = ["workspace"]

WORDS = "Kysyttävä Kaijalta."


def beside(book: Book) -> None:
    book["Tekstit"]["H5"] = WORDS


def below(book: Book) -> None:
    book["Ratkaistavat"]["A40"] = WORDS


def in_our_column(book: Book) -> None:
    book["Tekstit"]["D6"] = WORDS


def as_a_note(book: Book) -> None:
    book["Tekstit"]["C5"].comment = Comment(WORDS, "Siiri")


def on_her_sheet(book: Book) -> None:
    book.create_sheet("Muistio")["A1"] = WORDS


@pytest.mark.parametrize("write", [beside, below, in_our_column, as_a_note, on_her_sheet])
def test_words_outside_the_yellow_cells_are_told(workspace: Workspace, write: Callable[[Book], None]) -> None:
    path = workspace.outbox / "ratkaistavat.xlsx"
    book = openpyxl.load_workbook(path)
    write(book)
    book["Tekstit"]["C7"] = "Loppusanat  kahdella\nrivillä."
    book.save(path)
    hers = path.read_bytes()
    told = f"ei luettu, koska ne eivät olleet keltaisessa solussa: ”{WORDS}”"
    run(workspace)
    assert archived(workspace, hers) and f"{told}\n" in command(workspace.root, "status").out
    run(workspace)
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert told in page and "Loppusanat" not in page


def test_nothing_is_told_of_choices_reasons_and_an_old_copy(workspace: Workspace) -> None:
    edit(workspace, replacing(printed(workspace)[DEGREE], workspace.settings.degree_scale.full_label(5, "fi")))
    run(workspace)
    path = workspace.outbox / "ratkaistavat.xlsx"
    old = path.read_bytes()
    fill_rows(path, {"01.01 ": "jätetään pois"}, "Väärä rivi.")
    run(workspace)
    assert "ei luettu" not in command(workspace.root, "status").out
    path.write_bytes(old)
    fill_rows(path, {"01.01 ": "mitä sattuu"})
    run(workspace)
    assert "ei luettu" not in command(workspace.root, "status").out


def test_status_tells_of_a_text_that_was_refused(workspace: Workspace) -> None:
    path = workspace.outbox / "ratkaistavat.xlsx"
    book = openpyxl.load_workbook(path)
    book["Tekstit"]["C5"] = "Kaijan tunnus on 131052-308T."
    book.save(path)
    run(workspace)
    told = "1 ratkaisua ei voitu toteuttaa. Työkirja ratkaistavat.xlsx kertoo syyn."
    assert told in command(workspace.root, "status").out
    assert told in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_it_is_told_until_the_workbook_is_saved_again(workspace: Workspace) -> None:
    path = workspace.outbox / "ratkaistavat.xlsx"
    for write in (beside, lambda book: book["Tekstit"].__setitem__("C5", "Alkusanat.")):
        book = openpyxl.load_workbook(path)
        write(book)
        book.save(path)
        run(workspace)
    assert "ei luettu" not in command(workspace.root, "status").out


def test_it_is_told_also_after_the_next_period_was_opened(workspace: Workspace) -> None:
    path = workspace.outbox / "ratkaistavat.xlsx"
    book = openpyxl.load_workbook(path)
    beside(book)
    book.save(path)
    opening = ("period", "open", "2026-2", "--end", "31.12.2026", "--deadline", "29.1.2027", "--because", "Kokous.")
    assert command(workspace.root, *opening).code == 0
    run(workspace)
    assert WORDS in command(workspace.root, "status").out
