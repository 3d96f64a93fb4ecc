"""What the secretary decides, by command and in the workbook of decisions, and what a final report is."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import openpyxl
import pytest

from generator.app.decisions import decide
from generator.app.documents import pdf_of
from generator.app.finalize import Finalized, Outdated, Refused, make_final
from generator.app.forms import write_forms
from generator.app.rounds import Rounds
from generator.app.run import make_keeper, opened
from generator.app.run import run as run_once
from generator.app.status import current_status
from generator.domain.base.settings import Language
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.domain.follow_up.open_items import ChoiceColumn, Signature
from generator.domain.plan.goals import Plan, split_title
from generator.errors import TemplateError, UsageError
from generator.formats.pdf.conversion import NoPdf
from generator.formats.xlsx.open_items_sheet import HEADING_ROW
from generator.i18n.words import Words
from generator.store.journal import Journal
from generator.store.journal_file import JournalFile
from generator.workspace.folders import DECISIONS_FILE, Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR, goal
from tests.final_sheets import fill_final, remarks, typed
from tests.flow.test_pass import clock, degree
from tests.workspaces import (
    bookmarks,
    change_settings,
    cut_off_at,
    files_in,
    fill,
    make_workspace,
    make_workspace_with_forms,
    put_files,
)

SECRETARY = Signature("sihteeri", "2026-08-03T12:00:00+03:00")
ALL = {
    CLERK: {code: {"degree": 2, "narrative": "Etenee."} for code in ("01.01", "01.01.01", "01.10")},
    DIRECTOR: {code: {"degree": 2, "narrative": "Etenee."} for code in ("01.01.02", "01.10", "02")},
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, disputed())
    return open_workspace(tmp_path)


@cache
def disputed() -> dict[str, bytes | None]:
    """A workspace after a run, in which two officers do not agree; made once, and copied."""
    with TemporaryDirectory() as folder:
        made = make_workspace_with_forms(Path(folder), extracts=[])
        fill(made.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 2, "narrative": "Yksi."}})
        fill(made.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 4, "narrative": "Kaksi."}})
        run_once(made.root, clock())
        return files_in(made.root)


def decisions(workspace: Workspace) -> tuple[Decision | Acceptance, ...]:
    journal = Journal(JournalFile(workspace.state / "archive" / "journal.jsonl"))
    journal.read()
    return journal.history.decisions("2026-1")


def write_choice(path: Path, matter: str, choice: str, because: str = "") -> None:
    """Decides on the first row of a kind of matter, as a person would in Excel."""
    words = Words(Language.FINNISH)
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "Siiri Sihteeri"
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value}
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == matter)
    sheet.cell(row, headings[words(ChoiceColumn.CHOICE)], choice)
    sheet.cell(row, headings[words(ChoiceColumn.BECAUSE)], because or None)
    book.save(path)


def test_a_decision_by_command_is_printed_until_a_value_changes(workspace: Workspace) -> None:
    decision = decide(workspace, "01.10", DIRECTOR.upper(), SECRETARY)
    assert decision and (decision.officer, decision.who) == (DIRECTOR, "sihteeri")
    result = run_once(workspace.root, clock())
    assert degree(workspace, result, "01.10") == "4"
    assert bookmarks(result.published.path)["g_01_10_narrative"].count("Yksi.") == 1
    assert current_status(workspace.root).status.follow_up.disputed == ()
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 3, "narrative": "Yksi."}})
    run_once(workspace.root, clock())
    assert [item.goal.code for item in current_status(workspace.root).status.follow_up.disputed] == ["01.10"]


def test_what_cannot_be_decided_is_refused(workspace: Workspace) -> None:
    assert decide(workspace, "02", DIRECTOR, SECRETARY) is None
    with pytest.raises(UsageError, match=r"09\.09"):
        decide(workspace, "09.09", DIRECTOR, SECRETARY)
    with pytest.raises(UsageError, match="Talonmies"):
        decide(workspace, "01.10", "Talonmies", SECRETARY)


def test_a_decision_in_the_workbook_is_read_recorded_and_the_workbook_made_anew(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    write_choice(path, "Arviot eroavat", CLERK)
    result = run_once(workspace.root, clock())
    assert degree(workspace, result, "01.10") == "2"
    (decision,) = decisions(workspace)
    assert (decision.officer, decision.who) == (CLERK, "Siiri Sihteeri")
    kinds = [row[0].value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=HEADING_ROW + 1)]
    assert "Arviot eroavat" not in kinds and "disagreement" not in typed(path)


def test_a_choice_about_values_that_have_changed_since_decides_nothing(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    stale = path.read_bytes()
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 3, "narrative": "Yksi."}})
    run_once(workspace.root, clock())
    path.write_bytes(stale)
    write_choice(path, "Arviot eroavat", CLERK)
    run_once(workspace.root, clock())
    assert decisions(workspace) == ()


def test_a_workbook_that_is_open_or_no_workbook_is_left_alone(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    write_choice(path, "Arviot eroavat", CLERK)
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"owner")
    run_once(workspace.root, clock())
    assert decisions(workspace) == ()
    lock.unlink()
    path.write_bytes(b"rubbish")
    run_once(workspace.root, clock())
    assert path.read_bytes() == b"rubbish"
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "Työkirjaa ratkaistavat.xlsx ei voi lukea" in page


def test_a_report_with_something_open_is_not_made_final_without_a_reason(workspace: Workspace) -> None:
    refused = make_final(workspace, SECRETARY)
    assert isinstance(refused, Refused)
    assert [item.goal.code for item in refused.open.disputed] == ["01.10"]
    assert [item.goal.code for item in refused.open.missing] == ["01.01", "01.01.01", "01.01.02", "02"]
    assert not (workspace.outbox / "lopulliset").exists()
    made = make_final(workspace, Signature("sihteeri", SECRETARY.time, "Valtuusto kokoontuu."))
    assert isinstance(made, Finalized)


def test_a_final_report_is_frozen_with_its_proof_and_a_later_save_makes_a_newer_draft(workspace: Workspace) -> None:
    for officer, answers in ALL.items():
        fill(workspace.inbox / f"{officer}.xlsx", answers)
    draft = run_once(workspace.root, clock()).published.path
    drafted = draft.read_bytes()
    made = make_final(workspace, SECRETARY)
    assert isinstance(made, Finalized)
    period = workspace.outbox / "lopulliset" / "2026-1"
    assert made.docx == period / "julkaistavat" / "seurantaraportti-2026-1.docx"
    final_document = made.docx.read_bytes()
    assert final_document != drafted and not draft.exists()
    proof = json.loads((period / "sisaiset" / "seurantaraportti-2026-1.json").read_text(encoding="utf-8"))
    value = next(v for goal in proof["goals"] if goal["code"] == "02" for v in goal["values"] if v["field"] == "degree")
    assert (value["value"], value["officer"], value["cell"], value["sheet"]) == (2, DIRECTOR, "F6", "Uppföljning")
    final = current_status(workspace.root).final
    assert final and final.is_current
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 5, "narrative": "Valmis.", "main_risks": " "}})
    run_once(workspace.root, clock())
    stand = current_status(workspace.root)
    assert stand.final and not stand.final.is_current
    assert made.docx.read_bytes() == final_document and draft.exists()
    again = make_final(workspace, SECRETARY)
    assert isinstance(again, Finalized) and again.docx.name == "seurantaraportti-2026-1-versio-2.docx"


def test_the_wish_in_the_workbook_makes_the_report_final(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path, "")
    assert isinstance(run_once(workspace.root, clock()).final, Refused)
    fill_final(path, "Valtuusto kokoontuu.", names="Kyllä")
    final = run_once(workspace.root, clock()).final
    assert isinstance(final, Finalized) and final.docx.exists()
    stand = current_status(workspace.root)
    assert stand.final and (stand.final.who, stand.final.because) == ("Siiri Sihteeri", "Valtuusto kokoontuu.")


def test_the_provenance_beside_the_draft_names_every_cell(workspace: Workspace) -> None:
    proof = json.loads((workspace.outbox / "seurantaraportti-2026-1-LUONNOS.json").read_text(encoding="utf-8"))
    goal = next(goal for goal in proof["goals"] if goal["code"] == "01.10")
    narratives = [value for value in goal["values"] if value["field"] == "narrative"]
    assert [(v["value"], v["officer"], v["file"]) for v in narratives] == [
        ("Yksi.", CLERK, f"{CLERK}.xlsx"),
        ("Kaksi.", DIRECTOR, f"{DIRECTOR}.xlsx"),
    ]
    kept = workspace.state / "archive" / narratives[0]["sha256"][:2] / f"{narratives[0]['sha256']}.bin"
    assert kept.exists()


def test_a_report_too_long_for_a_pdf_says_so_and_is_there(tmp_path: Path) -> None:
    make_workspace(tmp_path / "long", extracts=[])
    workspace = change_settings(tmp_path / "long", pdf=True)
    keeper = make_keeper(workspace.root, clock())
    with opened(workspace.root, keeper, clock()) as (session, broken):
        rounds = Rounds(session, clock().now, broken.settings_error)
        rounds.take()
        edition = rounds.editions()[0]
        (published,) = rounds.publish(edition)
        pdf = pdf_of(published.path.read_bytes(), rounds.draft(edition), most_rows=5)
        assert isinstance(pdf, NoPdf) and pdf.value == "6"
        rounds.add_pdf(edition, published, pdf)
        rounds.finish()
    assert published.path.exists() and not published.path.with_suffix(".pdf").exists()
    (told,) = current_status(workspace.root).problems
    assert told.message == pdf.reason and ("value", "6") in told.details


def test_what_a_pass_could_not_do_of_the_choices_is_done_by_the_next(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path)
    template = workspace.template.read_bytes()
    workspace.template.write_bytes(b"broken")
    with pytest.raises(TemplateError):
        run_once(workspace.root, clock())
    workspace.template.write_bytes(template)
    assert isinstance(run_once(workspace.root, clock()).final, Finalized)
    assert run_once(workspace.root, clock()).final is None


def test_the_workbook_says_that_a_final_needs_a_reason_while_something_is_open(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    assert list(typed(path)) == ["missing", "disagreement", "period", "names"]
    for officer, answers in ALL.items():
        fill(workspace.inbox / f"{officer}.xlsx", answers)
    run_once(workspace.root, clock())
    assert list(typed(path)) == ["period", "names"]


def test_each_goal_is_decided_by_its_own_cell(tmp_path: Path) -> None:
    plan = Plan(
        (goal("01"), goal("01.01", CLERK, DIRECTOR), goal("01.02", CLERK, DIRECTOR), goal("01.03", CLERK, DIRECTOR))
    )
    made = make_workspace(tmp_path, plan, extracts=[])
    write_forms(made, None, None)
    for officer, value in ((CLERK, 2), (DIRECTOR, 4)):
        answers = {code: {"degree": value, "narrative": "Etenee."} for code in ("01.01", "01.02", "01.03")}
        fill(made.inbox / f"{officer}.xlsx", answers)
    run_once(made.root, clock())
    path = made.outbox / DECISIONS_FILE
    choose(path, {"01.01": CLERK, "01.02": DIRECTOR})
    result = run_once(made.root, clock())
    assert [degree(made, result, code) for code in ("01.01", "01.02")] == ["2", "4"]
    assert [item.goal.code for item in current_status(made.root).status.follow_up.disputed] == ["01.03"]


def choose(path: Path, choices: dict[str, str], because: str = "") -> None:
    """Writes choices on the rows of goals (a code), of officers, and on the sheet of the final report (empty)."""
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "Siiri Sihteeri"
    sheet = book.worksheets[0]
    for cells in sheet.iter_rows(min_row=HEADING_ROW + 1):
        split = split_title(str(cells[1].value))
        code = split[0] if split else str(cells[1].value)
        if code in choices:
            cells[3].value, cells[4].value = choices[code], because or None
    book.save(path)
    if "" in choices:
        fill_final(path, because, names=choices[""])


def details(path: Path) -> dict[str, str]:
    """What is said of each goal and officer that is open, and why the report was not made final (an empty string)."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=HEADING_ROW + 1, values_only=True)
    found = ((split_title(str(row[1])), str(row[1]), f"{row[2]}\n{row[5] or ''}") for row in rows)
    return {**{split[0] if split else name: text for split, name, text in found}, "": "\n".join(remarks(path).values())}


def test_a_goal_that_is_missing_may_be_accepted_so_that_no_reason_is_needed(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {"01.10": CLERK, **dict.fromkeys((CLERK, DIRECTOR), "kyllä")}, because="Toimi on täyttämättä.")
    run_once(workspace.root, clock())
    assert details(path) == {"": ""} and list(typed(path)) == ["period", "names"]
    choose(path, {"": "kyllä"})
    final = run_once(workspace.root, clock()).final
    assert isinstance(final, Finalized)
    proof = json.loads((final.docx.parent.parent / "sisaiset" / "seurantaraportti-2026-1.json").read_bytes())
    goals = {goal["code"]: goal for goal in proof["goals"]}
    assert goals["02"]["accepted"]["because"] == goals["01.10"]["decision"]["because"] == "Toimi on täyttämättä."
    assert (proof["final"]["who"], proof["final"]["because"]) == ("Siiri Sihteeri", "")
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": 3, "narrative": "Alkoi."}})
    result = run_once(workspace.root, clock())
    assert degree(workspace, result, "02") == "3"
    stand = current_status(workspace.root)
    assert stand.final and not stand.final.is_current and list(details(path)) == [""]


@pytest.mark.parametrize(
    ("code", "choice", "said"),
    [
        ("01.10", "Hallintojohtja", "ei ole kukaan tämän rivin vastuuhenkilöistä"),
        (DIRECTOR, "ehkä", "ei ole tämän asian ratkaisu"),
        ("", "ehkä", "Lukemista ei ole vahvistettu"),
        ("", "kyllä", "Perustelu puuttuu"),
    ],
)
def test_a_choice_that_cannot_be_carried_out_is_told_in_the_workbook_until_it_is_mended(
    workspace: Workspace, code: str, choice: str, said: str
) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {code: choice})
    run_once(workspace.root, clock())
    run_once(workspace.root, clock())
    read = "(tyhjä)" if choice == "kyllä" else f"”{choice}”"
    assert read in details(path)[code] and said in details(path)[code]
    assert "1 ratkaisua ei voitu toteuttaa" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    mended = {"01.10": CLERK, DIRECTOR: "kyllä", "": "kyllä"}[code]
    choose(path, {code: mended}, because="Valtuusto kokoontuu.")
    run_once(workspace.root, clock())
    assert said not in details(path).get(code, "")
    assert "ei voitu toteuttaa" not in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_a_choice_about_what_has_changed_since_is_told_too(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    stale = path.read_bytes()
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 3, "narrative": "Yksi."}})
    run_once(workspace.root, clock())
    path.write_bytes(stale)
    choose(path, {"01.10": CLERK, "": "kyllä"}, because="Valtuusto kokoontuu.")
    assert isinstance(run_once(workspace.root, clock()).final, Outdated)
    assert "asia on muuttunut" in details(path)["01.10"] and "se on muuttunut" in remarks(path)[""]
    assert "Aiemmin kirjoitettu: ”Valtuusto kokoontuu.”" in remarks(path)["missing"]


def test_a_decision_and_a_wish_of_a_pass_that_was_cut_off_are_carried_out_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {"01.10": CLERK, "": "kyllä"}, because="Valtuusto kokoontuu.")
    journal = workspace.state / "archive" / "journal.jsonl"
    opened = Path.open

    def cut_off_after_final(path: Path, *given: str, **named: str) -> IO[Any]:
        """The first entry after the final report's is not made."""
        if path == journal and given == ("ab",) and '"record": "finalize"' in journal.read_text(encoding="utf-8"):
            raise KeyboardInterrupt
        return opened(path, *given, **named)  # type: ignore[call-overload, no-any-return]

    with monkeypatch.context() as cut:
        cut_off_at(cut, "LUONNOS.docx")
        with pytest.raises(KeyboardInterrupt):
            run_once(workspace.root, clock())
        cut.undo()
        cut.setattr(Path, "open", cut_off_after_final)
        with pytest.raises(KeyboardInterrupt):
            run_once(workspace.root, clock())
    assert run_once(workspace.root, clock()).final is None
    finals = list((workspace.outbox / "lopulliset" / "2026-1").glob("*/*.docx"))
    assert [final.name for final in finals] == ["seurantaraportti-2026-1.docx"]
    assert len(decisions(workspace)) == 1
    assert "ei voitu toteuttaa" not in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_what_was_refused_may_be_decided_and_wished_together(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {"": "kyllä"})
    assert isinstance(run_once(workspace.root, clock()).final, Refused)
    choose(path, {"01.10": CLERK, **dict.fromkeys((CLERK, DIRECTOR), "kyllä"), "": "kyllä"})
    assert isinstance(run_once(workspace.root, clock()).final, Finalized)


def test_a_decision_by_command_is_not_undone_by_a_workbook_that_was_heard_before(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(workspace.outbox / DECISIONS_FILE, {"01.10": CLERK})
    with monkeypatch.context() as cut:
        cut_off_at(cut, "LUONNOS.docx")
        with pytest.raises(KeyboardInterrupt):
            run_once(workspace.root, clock())
    assert decide(workspace, "01.10", DIRECTOR, SECRETARY)
    assert degree(workspace, run_once(workspace.root, clock()), "01.10") == "4"


def test_each_final_wished_in_a_new_workbook_is_made(workspace: Workspace) -> None:
    path, made = workspace.outbox / DECISIONS_FILE, []
    for number, value in enumerate((2, 5, 2, 5)):
        fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": value, "narrative": "Etenee."}})
        run_once(workspace.root, clock())
        choose(path, {"": "kyllä"}, because=f"Valtuusto kokoontuu {number}. kerran.")  # no two workbooks are alike
        made.append(run_once(workspace.root, clock()).final)
    assert all(isinstance(final, Finalized) for final in made)


def test_a_workbook_that_was_open_may_be_saved_again_with_another_choice(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {"01.10": CLERK, "": "kyllä"}, because="Valtuusto kokoontuu.")
    saved = path.read_bytes()
    assert isinstance(run_once(workspace.root, clock()).final, Finalized)
    path.write_bytes(saved)
    choose(path, {"01.10": DIRECTOR})
    result = run_once(workspace.root, clock())
    assert result.final is None and degree(workspace, result, "01.10") == "4"
    assert "ei voitu toteuttaa" not in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_a_workbook_without_its_headings_is_left_as_it_is_and_told(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {"01.10": CLERK})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(HEADING_ROW, 7).value = "Avain"
    book.save(path)
    saved = path.read_bytes()
    run_once(workspace.root, clock())
    assert path.read_bytes() == saved
    assert "ei voi lukea" in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_a_choice_without_its_key_is_told(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {"01.10": CLERK})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(HEADING_ROW + 1, 7).value = None
    book.save(path)
    run_once(workspace.root, clock())
    assert "viimeinen solu oli tyhjä" in details(path)["01.10"]


def test_a_choice_told_in_vain_is_forgotten_when_its_matter_is_closed(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    choose(path, {"01.10": "Hallintojohtja"})
    run_once(workspace.root, clock())
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": 4, "narrative": "Yksi."}})
    run_once(workspace.root, clock())
    assert "ei voitu toteuttaa" not in (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def test_a_period_may_be_called_like_a_code(workspace: Workspace) -> None:
    named = change_settings(workspace.root, label="06 2026")
    run_once(named.root, clock())
    fill_final(workspace.outbox / DECISIONS_FILE)
    assert isinstance(run_once(named.root, clock()).final, Finalized)


def test_a_decision_and_the_wish_may_be_saved_together(workspace: Workspace) -> None:
    path = workspace.outbox / DECISIONS_FILE
    write_choice(path, "Arviot eroavat", CLERK)
    fill_final(path)
    final = run_once(workspace.root, clock()).final
    assert isinstance(final, Finalized)
    assert bookmarks(final.docx)["g_01_10_degree"].strip().startswith("2 ")


def test_a_wish_about_a_report_that_has_changed_since_freezes_nothing(workspace: Workspace) -> None:
    fill_final(workspace.outbox / DECISIONS_FILE)
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 1, "narrative": "Ei ole aloitettu."}})
    assert isinstance(run_once(workspace.root, clock()).final, Outdated)
    assert not (workspace.outbox / "lopulliset").exists()
