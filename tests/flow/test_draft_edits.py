"""What a person edits in the draft: texts are carried on, other values are open matters, the rest keeps the file."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from generator.app.finalize import Finalized, Refused, make_final
from generator.app.run import RunResult
from generator.app.run import run as run_once
from generator.domain.follow_up.open_items import Signature
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS
from tests.flow.test_pass import clock
from tests.settlement_sheets import fill_rows, row_about, rows_of, undo_rows
from tests.workspaces import bookmarks, command, fill, make_workspace_with_forms

SECRETARY = Signature("kirjuri", "2026-08-24T12:00:00+03:00", "Kokous on pidetty.")
NAME = "seurantaraportti-2026-1-LUONNOS.docx"
OFFICERS, HERS, LATER = "Kaava oli nähtävillä.", "Kaavaehdotus oli nähtävillä keväällä.", "Kaava on hyväksytty."
NARRATIVE, DEGREE = "g_01_01_narrative", "g_01_01_degree"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, extracts=[])
    save(made, OFFICERS)
    return made


def save(workspace: Workspace, text: str, degree: int = 3, risks: str | None = None) -> None:
    answer: dict[str, object] = {"degree": degree, "narrative": text}
    answer |= {"main_risks": risks} if risks else {}
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": answer, "01.10": {"degree": 2, "narrative": "Johdon teksti."}})
    run(workspace)


def run(workspace: Workspace) -> RunResult:
    return run_once(workspace.root, clock())


def draft(workspace: Workspace) -> Path:
    return workspace.outbox / NAME


def aside(workspace: Workspace) -> Path:
    return workspace.outbox / NAME.replace(".docx", "-uusi.docx")


def edit(workspace: Workspace, change: Callable[[Docx], None]) -> bytes:
    document = Document(str(draft(workspace)))
    change(document)
    document.core_properties.last_modified_by = "Siiri Sihteeri"
    document.save(str(draft(workspace)))
    return draft(workspace).read_bytes()


def replacing(old: str, new: str) -> Callable[[Docx], None]:
    """Changes a paragraph's words in the tables, as a person types over them."""

    def change(document: Docx) -> None:
        found = [p for p in paragraphs(document) if p.text == old]
        assert found, old
        for paragraph in found:
            run, *others = paragraph.runs
            run.text = new
            for other in others:
                other.text = ""

    return change


def paragraphs(document: Docx) -> list[Paragraph]:
    rows = (row for table in document.tables if len(table.columns) == 8 for row in table.rows)
    return [paragraph for row in rows for cell in row.cells for paragraph in cell.paragraphs]


def foreword(document: Docx) -> None:
    document.paragraphs[3].insert_paragraph_before("Kunnanjohtajan alkusanat.")


def printed(workspace: Workspace, path: Path | None = None) -> dict[str, str]:
    return bookmarks(path or draft(workspace))


def archived(workspace: Workspace, data: bytes) -> bool:
    return any(path.read_bytes() == data for path in (workspace.state / "archive").rglob("*.bin"))


def test_an_edited_text_stands_in_the_next_draft_and_the_edited_file_is_in_the_archive(workspace: Workspace) -> None:
    hers = edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    assert printed(workspace)[NARRATIVE] == HERS and draft(workspace).read_bytes() != hers
    assert archived(workspace, hers) and not aside(workspace).exists()
    save(workspace, OFFICERS, degree=4)
    assert printed(workspace)[NARRATIVE] == HERS and printed(workspace)[DEGREE].startswith("4 ")
    proof = json.loads(draft(workspace).with_suffix(".json").read_text(encoding="utf-8"))
    (goal,) = [goal for goal in proof["goals"] if goal["code"] == "01.01"]
    (value,) = [value for value in goal["values"] if value["field"] == "narrative"]
    assert (
        value["value"] == OFFICERS and value["edited"]["value"] == HERS and value["edited"]["who"] == "Siiri Sihteeri"
    )


def test_the_officers_receipt_tells_what_was_edited_until_the_officer_changes_it(workspace: Workspace) -> None:
    receipt = workspace.inbox / f"{CLERK}.kuittaus.html"
    assert HERS not in receipt.read_text(encoding="utf-8")
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    page = receipt.read_text(encoding="utf-8")
    assert "raportin kokoaja on muokannut tekstiäsi" in page and HERS in page and OFFICERS in page
    assert "toinen vastuuhenkilö" not in page and "Siiri Sihteeri" not in page
    save(workspace, LATER)
    assert HERS not in receipt.read_text(encoding="utf-8")


def test_the_final_has_her_text_and_the_late_save(workspace: Workspace) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 5, "narrative": "Myöhäinen tallennus."}})
    made = make_final(open_workspace(workspace.root), SECRETARY)
    assert isinstance(made, Finalized)
    assert printed(workspace, made.docx)[NARRATIVE] == HERS
    run(workspace)
    again = make_final(open_workspace(workspace.root), SECRETARY)
    assert isinstance(again, Finalized) and again.version == 2
    assert printed(workspace, again.docx)[NARRATIVE] == HERS
    assert printed(workspace, again.docx)["g_01_10_narrative"] == "Myöhäinen tallennus."


@pytest.mark.parametrize(
    ("text", "is_open"),
    [(LATER, True), ("Kaava oli  nähtävillä", False), ("Kaava oli nähtävillä. ", False), (HERS, False)],
    ids=["other words", "a blank and no full stop", "a blank", "her words"],
)
def test_a_text_that_the_officer_changes_is_printed_and_hers_is_an_open_matter(
    workspace: Workspace, text: str, *, is_open: bool
) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    save(workspace, text)
    rows = [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    assert bool(rows) == is_open
    assert printed(workspace)[NARRATIVE] == (text if is_open else HERS)
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert ("ratkaisua työkirjassa" in page) == is_open
    if is_open:
        assert HERS in rows[0]["Details"] and text in rows[0]["Details"]
        refused = make_final(open_workspace(workspace.root), Signature("kirjuri", SECRETARY.time))
        assert isinstance(refused, Refused) and refused.open.edits


@pytest.mark.parametrize(("choice", "expected"), [("oma muokkaus", HERS), ("vastuuhenkilön teksti", LATER)])
def test_a_conflict_is_settled_in_the_workbook_and_can_be_undone(
    workspace: Workspace, choice: str, expected: str
) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    save(workspace, LATER)
    book = workspace.outbox / "ratkaistavat.xlsx"
    fill_rows(book, {"01.01 ": choice}, "Sovittu.")
    run(workspace)
    assert printed(workspace)[NARRATIVE] == expected
    assert not [row for row in rows_of(book) if row["Concerns"].startswith("01.01 ")]
    if choice == "oma muokkaus":
        undo_rows(book, "01.01 ")
        run(workspace)
        assert printed(workspace)[NARRATIVE] == LATER


def test_a_degree_that_she_changes_is_never_printed_by_itself(workspace: Workspace) -> None:
    own = printed(workspace)[DEGREE]
    label = workspace.settings.degree_scale.full_label
    hers = edit(workspace, replacing(own, label(5, "fi")))
    run(workspace)
    assert printed(workspace)[DEGREE] == own and archived(workspace, hers)
    (row,) = [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    assert own in row["Details"] and label(5, "fi") in row["Details"]
    save(workspace, OFFICERS, degree=5)
    assert not [r for r in rows_of(workspace.outbox / "ratkaistavat.xlsx") if r["Concerns"].startswith("01.01 ")]


@pytest.mark.parametrize("kind", ["foreword", "row", "picture", "comment", "header"])
def test_anything_else_keeps_her_file_and_her_texts_are_carried_on_all_the_same(
    workspace: Workspace, kind: str
) -> None:
    def change(document: Docx) -> None:
        replacing(OFFICERS, HERS)(document)
        OTHERS[kind](document)

    hers = edit(workspace, change)
    run(workspace)
    run(workspace)
    assert draft(workspace).read_bytes() == hers and archived(workspace, hers)
    assert printed(workspace, aside(workspace))[NARRATIVE] == HERS
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert NAME in page and "on muokattu" in page
    refused = make_final(open_workspace(workspace.root), SECRETARY)
    assert isinstance(refused, Refused) and refused.edited == (NAME,)
    draft(workspace).unlink()
    run(workspace)
    assert printed(workspace)[NARRATIVE] == HERS and not aside(workspace).exists()


def remove_row(document: Docx) -> None:
    table = document.tables[-1]
    table._tbl.remove(table.rows[-1]._tr)


def add_picture(document: Docx) -> None:
    image_bytes = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50000004000201"
        "6cd8a1ae0000000049454e44ae426082"
    )
    document.add_picture(BytesIO(image_bytes))


def add_comment(document: Docx) -> None:
    document.add_comment(document.paragraphs[0].runs, text="Tarkista tämä.", author="Siiri", initials="S")


def change_header(document: Docx) -> None:
    document.sections[0].header.paragraphs[0].add_run(" Esityslistan liite")


OTHERS: dict[str, Callable[[Docx], None]] = {
    "foreword": foreword,
    "row": remove_row,
    "picture": add_picture,
    "comment": add_comment,
    "header": change_header,
}


def test_of_several_officers_texts_in_a_cell_the_changed_one_is_carried_on(workspace: Workspace) -> None:
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 2, "narrative": "Sivistyksen teksti."}})
    run(workspace)
    edit(workspace, replacing("Sivistyksen teksti.", "Sivistyspalvelujen teksti."))
    run(workspace)
    cell = printed(workspace)["g_01_10_narrative"].split("\n")
    assert cell == [CLERK, "Johdon teksti.", DIRECTOR, "Sivistyspalvelujen teksti."]
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 2, "narrative": "Johdon uusi teksti."}})
    run(workspace)
    cell = printed(workspace)["g_01_10_narrative"].split("\n")
    assert cell == [CLERK, "Johdon uusi teksti.", DIRECTOR, "Sivistyspalvelujen teksti."]


def test_a_name_changed_in_a_cell_of_several_keeps_the_file(workspace: Workspace) -> None:
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 2, "narrative": "Sivistyksen teksti."}})
    run(workspace)
    hers = edit(workspace, replacing(DIRECTOR, "Joku muu"))
    run(workspace)
    assert draft(workspace).read_bytes() == hers and aside(workspace).exists()


def test_a_second_edit_builds_on_the_first_and_an_edit_taken_back_is_gone(workspace: Workspace) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    edit(workspace, replacing(HERS, f"{HERS} Lausuntoja tuli viisi."))
    run(workspace)
    assert printed(workspace)[NARRATIVE] == f"{HERS} Lausuntoja tuli viisi."
    edit(workspace, replacing(f"{HERS} Lausuntoja tuli viisi.", OFFICERS))
    run(workspace)
    save(workspace, LATER)
    assert printed(workspace)[NARRATIVE] == LATER


def test_a_save_that_came_while_she_edited_is_a_conflict(workspace: Workspace) -> None:
    old = draft(workspace).read_bytes()
    save(workspace, LATER)
    draft(workspace).write_bytes(old)
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    assert printed(workspace)[NARRATIVE] == LATER
    (row,) = [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    assert HERS in row["Details"]


def test_tracked_changes_count_as_accepted(workspace: Workspace) -> None:
    def track(document: Docx) -> None:
        paragraph = next(p for p in paragraphs(document) if p.text == OFFICERS)
        run = paragraph.runs[0]._r
        deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="900" w:author="S" w:date="2026-08-01T10:00:00Z"/>')
        run.addprevious(deleted)
        deleted.append(run)
        for text in run.iter(qn("w:t")):
            text.tag = qn("w:delText")
        deleted.addnext(
            parse_xml(
                f'<w:ins {nsdecls("w")} w:id="901" w:author="S" w:date="2026-08-01T10:00:00Z">'
                f"<w:r><w:t>{HERS}</w:t></w:r></w:ins>"
            )
        )

    edit(workspace, track)
    run(workspace)
    assert printed(workspace)[NARRATIVE] == HERS


def test_edited_risks_and_texts_of_a_goal_that_leaves_the_plan_are_open_matters(workspace: Workspace) -> None:
    save(workspace, OFFICERS, risks="Rahoitus on auki.")
    edit(workspace, replacing("Rahoitus on auki.", "Rahoitus on vielä auki."))
    run(workspace)
    assert printed(workspace)["g_01_01_main_risks"] == "Rahoitus on vielä auki."
    save(workspace, OFFICERS, risks="Rahoitus on järjestynyt.")
    (row,) = [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    assert "Rahoitus on vielä auki." in row["Details"]


def test_a_risk_that_she_writes_where_the_officer_wrote_none_is_printed_until_the_officer_writes_one(
    workspace: Workspace,
) -> None:
    def write(document: Docx) -> None:
        cells = (row.cells for table in document.tables if len(table.columns) == 8 for row in table.rows)
        (cell,) = (row[3] for row in cells if OFFICERS in [each.text for each in row])
        assert cell.text == "–"
        cell.paragraphs[0].runs[0].text = "Valituksia voi tulla."

    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"main_risks": ""}})
    run(workspace)
    edit(workspace, write)
    run(workspace)
    assert printed(workspace)["g_01_01_main_risks"] == "Valituksia voi tulla."
    assert not [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    save(workspace, OFFICERS, risks="Rahoitus on auki.")
    assert printed(workspace)["g_01_01_main_risks"] == "Rahoitus on auki."
    assert "Valituksia voi tulla." in row_about(workspace.outbox / "ratkaistavat.xlsx", "01.01 ")["Details"]


def test_the_same_edited_file_is_read_once_and_after_rebuild_the_draft_says_the_same(workspace: Workspace) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    before = draft(workspace).read_bytes()
    (workspace.state / "ledger.sqlite3").unlink()
    run(workspace)
    assert draft(workspace).read_bytes() == before
    assert command(workspace.root, "status").code == 0


@pytest.mark.parametrize("change", ["removed", "renumbered"])
def test_a_text_whose_goal_has_gone_cannot_be_chosen_and_can_be_left_out(workspace: Workspace, change: str) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    replan(workspace, change)
    book = workspace.outbox / "ratkaistavat.xlsx"
    row = row_about(book, "01.01")
    assert "ei enää ole raportissa" in row["Matter"] and HERS in row["Details"]
    fill_rows(book, {"01.01": "oma muokkaus"})
    run(workspace)
    row = row_about(book, "01.01")
    assert row["Settlement"] == "oma muokkaus" and row["Why it was not carried out"]
    fill_rows(book, {"01.01": "jätetään pois"})
    run(workspace)
    assert not [row for row in rows_of(book) if row["Concerns"].startswith("01.01")]


def replan(workspace: Workspace, change: str) -> None:
    others = [goal for goal in PLAN.goals if not goal.code.startswith("01.01")]
    moved = next(replace(goal, code="01.02", earlier_codes=("01.01",)) for goal in PLAN.goals if goal.code == "01.01")
    goals = others if change == "removed" else sorted([*others, moved], key=lambda goal: goal.code)
    workspace.plan.write_bytes(
        plan_bytes(replace(PLAN, goals=tuple(goals)), SETTINGS.headings, Words(SETTINGS.language))
    )
    run(workspace)


@pytest.mark.parametrize("gone", ["undone", "replaced by the officer's"])
def test_an_edit_that_is_typed_again_after_it_was_taken_out_is_read_again(workspace: Workspace, gone: str) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    book = workspace.outbox / "ratkaistavat.xlsx"
    if gone == "undone":
        undo_rows(book, "01.01 ")
        run(workspace)
    else:
        save(workspace, LATER)
        fill_rows(book, {"01.01 ": "vastuuhenkilön teksti"})
        run(workspace)
        save(workspace, OFFICERS)
    assert printed(workspace)[NARRATIVE] == OFFICERS
    edit(workspace, lambda document: retyped(document, OFFICERS, HERS))
    run(workspace)
    assert printed(workspace)[NARRATIVE] == HERS


def retyped(document: Docx, old: str, new: str) -> None:
    """Types words again, as Word counts it."""
    replacing(old, new)(document)
    document.core_properties.revision += 1


def test_another_edit_after_an_undone_one_is_no_edit_of_that_text(workspace: Workspace) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    undo_rows(workspace.outbox / "ratkaistavat.xlsx", "01.01 ")
    run(workspace)
    edit(workspace, replacing("Johdon teksti.", "Johdon oma teksti."))
    run(workspace)
    save(workspace, LATER)
    rows = rows_of(workspace.outbox / "ratkaistavat.xlsx")
    assert not [row for row in rows if row["Concerns"].startswith("01.01 ")]


def test_an_edited_degree_stays_open_when_another_value_is_edited_in_the_next_draft(workspace: Workspace) -> None:
    label = workspace.settings.degree_scale.full_label
    edit(workspace, replacing(printed(workspace)[DEGREE], label(5, "fi")))
    run(workspace)
    edit(workspace, replacing(OFFICERS, HERS))
    run(workspace)
    row = row_about(workspace.outbox / "ratkaistavat.xlsx", "01.01 ")
    assert label(5, "fi") in row["Details"] and printed(workspace)[NARRATIVE] == HERS
