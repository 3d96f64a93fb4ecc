"""A later version of a final report: which one it replaces, and what it lists as changed."""

import json
from pathlib import Path

import pytest
from docx import Document

from generator.app.finalize import Finalized, Unchanged, make_final
from generator.app.run import run as run_once
from generator.domain.follow_up.open_items import Signature
from generator.domain.plan.goals import Plan
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import DECISIONS_FILE, Workspace, open_workspace
from tests.builders import CLERK, PLAN, goal
from tests.flow.test_pass import clock
from tests.text_sheets import write_text
from tests.workspaces import change_settings, fill, make_workspace_with_forms

SECRETARY = Signature("kirjuri", "2026-08-24T12:00:00+03:00", "Kokous on pidetty.")
BEFORE = {"01.01": {"degree": 2, "narrative": "Työ on alkanut."}, "01.10": {"degree": 3, "narrative": "Etenee."}}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, extracts=["division"])
    save(made, BEFORE)
    return made


def save(workspace: Workspace, answers: dict[str, dict[str, object]]) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", answers)
    run_once(workspace.root, clock())


def finalize(workspace: Workspace) -> Finalized:
    made = make_final(open_workspace(workspace.root), SECRETARY)
    assert isinstance(made, Finalized)
    return made


def changes(docx: Path) -> list[list[str]]:
    """The rows of the table of changes, with the headings; [] where the document has none."""
    tables = ([[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(docx)).tables)
    return next((rows for rows in tables if len(rows[0]) == 4 and rows[0][2].startswith(("Versiossa", "I vers"))), [])


def text(docx: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(docx)).paragraphs)


def test_the_first_version_replaces_none_and_a_second_one_lists_what_has_changed(workspace: Workspace) -> None:
    first = finalize(workspace)
    assert changes(first.docx) == [] and "korvaa" not in text(first.docx) and "Lopullinen raportti." in text(first.docx)
    save(workspace, {"01.01": {"degree": 4, "narrative": "Työ on melkein valmis."}})
    second = finalize(workspace)
    assert second.version == 2 and "Lopullinen raportti, versio 2. Korvaa version 1." in text(second.docx)
    assert "Muutokset versioon 1" in text(second.docx)
    heading, *rows = changes(second.docx)
    assert heading == ["Tavoite", "Muutos", "Versiossa 1", "Nyt"]
    own = [row[1:] for row in rows if row[0].startswith("01.01 ")]
    assert own == [
        ["Etenemisaste", *(label(workspace, degree) for degree in (2, 4))],
        ["Eteneminen", "Työ on alkanut.", "Työ on melkein valmis."],
    ]
    # The degree of the goal above is computed from it.
    assert {row[0].partition(" ")[0] for row in rows} == {"01", "01.01"}
    division = next(path for path in second.docx.parent.rglob("*versio-2.docx") if path != second.docx)
    assert changes(division) == [] and "Korvaa version 1." in text(division)


def label(workspace: Workspace, degree: int) -> str:
    return workspace.settings.degree_scale.full_label(degree, "fi")


def test_a_draft_made_after_a_final_lists_what_its_next_version_changes(workspace: Workspace) -> None:
    final = finalize(workspace)
    draft = workspace.outbox / "seurantaraportti-2026-1-LUONNOS.docx"
    save(workspace, {"01.10": {"degree": 3, "narrative": "Etenee hyvin."}})
    rows = changes(draft)
    assert [row[1:] for row in rows] == [["Muutos", "Versiossa 1", "Nyt"], ["Eteneminen", "Etenee.", "Etenee hyvin."]]
    save(workspace, {"01.10": {"degree": 3, "narrative": "Etenee."}})
    assert not draft.exists() and final.docx.exists()


def test_goals_that_are_new_or_gone_are_told_as_such(workspace: Workspace) -> None:
    finalize(workspace)
    goals = (*(each for each in PLAN.goals if each.code != "01.01.01"), goal("03", title="Uimahalli"))
    plan = plan_bytes(Plan(goals, PLAN.officers), workspace.settings.headings, Words(workspace.settings.language))
    workspace.plan.write_bytes(plan)
    run_once(workspace.root, clock())
    rows = [row[1:] for row in changes(finalize(workspace).docx)]
    assert ["uusi tavoite", "–", "03 Uimahalli"] in rows
    assert [row[0] for row in rows].count("poistunut ohjelmasta") == 1


def write_texts(workspace: Workspace, texts: dict[str, str | None], language: str = "fi") -> None:
    for place, value in texts.items():
        write_text(workspace.outbox / DECISIONS_FILE, place, value, language)
    run_once(workspace.root, clock())


def test_changed_texts_of_the_sheet_are_listed_by_their_headings(workspace: Workspace) -> None:
    before = {"Alkusanat": "Vuosi alkoi.", "Koottu arvio": "Työ etenee.\nRiskejä on.", "01 ": "Organisaatio muuttui."}
    write_texts(workspace, before)
    assert "muuttunut" not in text(finalize(workspace).docx)
    write_texts(
        workspace, {"Alkusanat": "Vuosi vaihtui.", "Koottu arvio": None, "Loppusanat": "Kiitos.", "01 ": "Muuttui."}
    )
    second = finalize(workspace).docx
    *rows, remark = changes(second)[1:]
    assert rows == [
        ["Alkusanat", "muuttunut teksti", "Vuosi alkoi.", "Vuosi vaihtui."],
        ["Koottu arvio", "poistettu teksti", "Työ etenee.\nRiskejä on.", "–"],
        ["Loppusanat", "uusi teksti", "–", "Kiitos."],
    ]
    assert remark[0].startswith("01 ") and remark[1:] == ["huomautus", "Organisaatio muuttui.", "Muuttui."]
    assert "asteet ovat samat kuin siinä. Muista teksteistä on muuttunut 4." in text(second)
    save(workspace, {"01.01": {"degree": 4, "narrative": "Työ on alkanut."}})
    assert {row[1] for row in changes(finalize(workspace).docx)[1:]} == {"Etenemisaste"}


def test_each_language_lists_its_own_written_texts(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, languages=("fi", "sv"))
    save(workspace, BEFORE)
    finalize(workspace)
    write_texts(workspace, {"Alkusanat": "Ett förord."}, "sv")
    made = finalize(workspace).docx
    swedish = next(made.parent.rglob("*-sv-versio-2.docx"))
    assert changes(swedish)[1:] == [["Förord", "ny text", "–", "Ett förord."]] and changes(made) == []
    assert "Av de övriga texterna har 1 ändrats." in text(swedish)


def test_texts_are_listed_where_what_the_goals_printed_is_not_recorded(workspace: Workspace) -> None:
    write_texts(workspace, {"Alkusanat": "Vuosi alkoi."})
    first = finalize(workspace)
    forget_texts(workspace)
    first.docx.unlink()
    write_texts(workspace, {"Alkusanat": "Vuosi vaihtui."})
    second = finalize(workspace).docx
    assert changes(second)[1:] == [["Alkusanat", "muuttunut teksti", "Vuosi alkoi.", "Vuosi vaihtui."]]
    assert "muutoksia ei voi luetella" in text(second)


def test_each_language_lists_its_own_texts(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, languages=("fi", "sv"))
    save(workspace, BEFORE)
    finalize(workspace)
    save(workspace, {"01.01": {"degree": 4, "narrative": "Työ on alkanut."}})
    swedish = next(finalize(workspace).docx.parent.rglob("*-sv-versio-2.docx"))
    assert "Ändringar i förhållande till version 1" in text(swedish)
    (row,) = [row for row in changes(swedish) if row[1] == "Genomförandegrad" and row[0].startswith("01.01 ")]
    assert row[2].startswith("2 I planeringsskedet") and row[3].startswith("4 I genomförandeskedet")


def test_a_third_version_is_compared_with_the_second(workspace: Workspace) -> None:
    for degree in (3, 4):
        finalize(workspace)
        save(workspace, {"01.01": {"degree": degree, "narrative": "Työ on alkanut."}})
    third = finalize(workspace)
    rows = [row for row in changes(third.docx) if row[1] == "Etenemisaste" and row[0].startswith("01.01 ")]
    assert [row[2:] for row in rows] == [[label(workspace, 3), label(workspace, 4)]]
    assert "Korvaa version 2." in text(third.docx)


def test_nothing_changed_makes_no_version_of_a_second_one_either(workspace: Workspace) -> None:
    finalize(workspace)
    save(workspace, {"01.01": {"degree": 4, "narrative": "Työ on alkanut."}})
    second = finalize(workspace)
    again = make_final(open_workspace(workspace.root), SECRETARY)
    assert again == Unchanged(second.docx, 2)


@pytest.mark.parametrize("harm", ["none", "edited", "removed"])
def test_a_final_of_an_earlier_program_is_read_from_its_document_while_that_is_unchanged(
    workspace: Workspace, harm: str
) -> None:
    first = finalize(workspace)
    forget_texts(workspace)
    if harm == "edited":
        first.docx.write_bytes(first.docx.read_bytes() + b"\0")
    elif harm == "removed":
        first.docx.unlink()
    save(workspace, {"01.01": {"degree": 4, "narrative": "Työ on alkanut."}})
    second = finalize(workspace)
    assert bool(changes(second.docx)) == (harm == "none")
    assert ("muutoksia ei voi luetella" in text(second.docx)) == (harm != "none")


def forget_texts(workspace: Workspace) -> None:
    journal = workspace.state / "archive" / "journal.jsonl"
    lines = [json.loads(each) for each in journal.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line.pop("texts", None)
    journal.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def test_a_number_that_a_persons_file_has_is_passed_over_and_the_document_prints_the_right_one(
    workspace: Workspace,
) -> None:
    first = finalize(workspace)
    own = first.docx.with_name("seurantaraportti-2026-1-versio-2.docx")
    own.write_bytes(b"oma")
    save(workspace, {"01.01": {"degree": 4, "narrative": "Työ on alkanut."}})
    third = finalize(workspace)
    assert third.version == 3 and "versio 3. Korvaa version 1." in text(third.docx) and own.read_bytes() == b"oma"


def test_a_final_without_pdf_setting_makes_none(tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path, extracts=[], pdf=False)
    save(workspace, BEFORE)
    made = finalize(change_settings(workspace.root))
    assert made.pdf is None and not list((workspace.outbox / "lopulliset").rglob("*.pdf"))
