"""The secretary's workbook: what she settles, what is refused in its row, and what she undoes."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator.app.decisions import decide
from generator.app.finalize import Finalized, Refused, make_final
from generator.app.run import run
from generator.app.status import current_status
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.workspace.folders import DECISIONS_FILE, EARLIER_FILE, Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR, HEADINGS, line
from tests.final_sheets import fill_final, remarks, typed
from tests.flow.test_deciding import ALL, SECRETARY, decisions, disputed
from tests.flow.test_pass import clock, degree
from tests.settlement_sheets import OPEN_SHEET, SETTLED_SHEET, fill_rows, row_about, rows_of, undo_rows
from tests.workspaces import change_settings, fill, put_files


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, disputed())
    return open_workspace(tmp_path)


def book_of(workspace: Workspace) -> Path:
    return workspace.outbox / DECISIONS_FILE


def page_of(workspace: Workspace) -> str:
    return (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def remark(workspace: Workspace, place: str) -> str:
    return row_about(book_of(workspace), place)["Why it was not carried out"]


def settled(workspace: Workspace, choices: dict[str, str], because: str = "") -> bytes:
    """Fills the workbook in and runs; returns the workbook as it was saved."""
    fill_rows(book_of(workspace), choices, because)
    saved = book_of(workspace).read_bytes()
    run(workspace.root, clock())
    return saved


def test_missing_answers_are_one_row_an_officer_and_accepted_goal_by_goal(workspace: Workspace) -> None:
    rows = [row for row in rows_of(book_of(workspace)) if row["Matter"] == "Ei raportoitu"]
    assert [row["Concerns"] for row in rows] == [CLERK, DIRECTOR]
    assert rows[0]["Details"].splitlines()[:-1] == ["01.01 Tavoite 01.01", "01.01.01 Tavoite 01.01.01"]
    settled(workspace, {CLERK: "kyllä"}, "Virka on täyttämättä.")
    accepted = [act for act in decisions(workspace) if isinstance(act, Acceptance)]
    assert [(act.code, act.officer, act.because) for act in accepted] == [
        ("01.01", CLERK, "Virka on täyttämättä."),
        ("01.01.01", CLERK, "Virka on täyttämättä."),
    ]
    assert [row["Concerns"] for row in rows_of(book_of(workspace))] == ["01.10 Tavoite 01.10", DIRECTOR]
    (made,) = rows_of(book_of(workspace), SETTLED_SHEET)
    assert (made["Concerns"], made["State"], made["Because"]) == (CLERK, "Voimassa", "Virka on täyttämättä.")
    assert "01.01.01 Tavoite 01.01.01" in made["Settled as"]


def test_a_goal_that_waits_for_two_officers_waits_until_both_are_accepted(workspace: Workspace) -> None:
    for officer in (CLERK, DIRECTOR):
        fill(workspace.inbox / f"{officer}.xlsx", {"01.10": {"degree": "Perun vastaukseni"}})
    run(workspace.root, clock())
    settled(workspace, {CLERK: "kyllä"})
    awaited = {
        item.goal.code: item.awaited_officers for item in current_status(workspace.root).status.follow_up.awaited
    }
    assert awaited["01.10"] == (DIRECTOR,) and "01.01" not in awaited
    settled(workspace, {DIRECTOR: "kyllä"})
    assert current_status(workspace.root).status.follow_up.awaited == ()


@pytest.mark.parametrize("change", ["none", "reason", "choice"])
def test_an_old_copy_of_the_workbook_carries_nothing_out_again(workspace: Workspace, change: str) -> None:
    saved = settled(workspace, {"01.10": CLERK}, "Vanha syy.")
    undo_rows(book_of(workspace), "01.10")
    run(workspace.root, clock())
    assert decisions(workspace) == ()
    book_of(workspace).write_bytes(saved)
    if change != "none":
        fill_rows(book_of(workspace), {"01.10": CLERK if change == "reason" else DIRECTOR}, f"Uusi {change}.")
    run(workspace.root, clock())
    assert decisions(workspace) == ()
    assert "ratkaistu tai sen ratkaisu peruttu" in remark(workspace, "01.10")
    kept = {"none": "Vanha syy.", "reason": "Uusi reason.", "choice": "Uusi choice."}[change]
    assert row_about(book_of(workspace), "01.10")["Because"] == kept
    settled(workspace, {"01.10": CLERK})
    assert [act.because for act in decisions(workspace)] == [kept]


def test_an_old_copy_does_not_win_over_a_settlement_made_since(workspace: Workspace) -> None:
    old = book_of(workspace).read_bytes()
    assert decide(workspace, "01.10", DIRECTOR, SECRETARY)
    run(workspace.root, clock())
    book_of(workspace).write_bytes(old)
    settled(workspace, {"01.10": CLERK})
    (decision,) = decisions(workspace)
    assert isinstance(decision, Decision) and decision.officer == DIRECTOR
    told = rows_of(book_of(workspace), SETTLED_SHEET)
    assert told[0]["State"].startswith("Ei toteutettu. ") and "ratkaistu" in told[0]["State"]


def test_a_copy_in_which_everything_is_as_it_stands_says_nothing(workspace: Workspace) -> None:
    saved = settled(workspace, {"01.10": CLERK})
    fill_rows(book_of(workspace), {CLERK: "kyllä"})
    run(workspace.root, clock())
    before = decisions(workspace)
    book_of(workspace).write_bytes(saved)
    run(workspace.root, clock())
    assert decisions(workspace) == before
    assert "ei voitu toteuttaa" not in page_of(workspace)
    assert not [row for row in rows_of(book_of(workspace), SETTLED_SHEET) if "Ei toteutettu" in row["State"]]


def changed(workspace: Workspace, change: Callable[[Worksheet], None]) -> None:
    book = openpyxl.load_workbook(book_of(workspace))
    change(book[OPEN_SHEET])
    book.save(book_of(workspace))
    run(workspace.root, clock())


def test_a_name_filled_down_is_refused_in_each_row_where_it_is_no_choice(workspace: Workspace) -> None:
    def fill_down(sheet: Worksheet) -> None:
        for row in (5, 6, 7):
            sheet.cell(row, 4).value, sheet.cell(row, 5).value = DIRECTOR, "Sovittu."

    changed(workspace, fill_down)
    (decision,) = decisions(workspace)
    assert isinstance(decision, Decision) and decision.officer == DIRECTOR
    for officer in (CLERK, DIRECTOR):
        row = row_about(book_of(workspace), officer)
        assert (row["Settlement"], row["Because"]) == (DIRECTOR, "Sovittu.")
        assert "ei ole tämän asian ratkaisu" in row["Why it was not carried out"]
    assert "2 ratkaisua ei voitu toteuttaa" in page_of(workspace)
    run(workspace.root, clock())
    assert "2 ratkaisua ei voitu toteuttaa" in page_of(workspace) and len(decisions(workspace)) == 1


def test_rows_that_are_sorted_whole_and_parted_by_new_rows_and_columns_are_read(workspace: Workspace) -> None:
    def sort(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in sheet[row]] for row in (7, 6, 5)]
        rows[2][3] = CLERK
        for number, texts in zip((5, 6, 7), rows, strict=True):
            for column, text in enumerate(texts, start=1):
                sheet.cell(number, column).value = text
        sheet.insert_rows(6)
        sheet.insert_cols(4)
        sheet.cell(4, 4).value = "Muistiinpanoja"
        sheet.cell(8, 4).value = "Kysy Annalta"

    changed(workspace, sort)
    (decision,) = decisions(workspace)
    assert isinstance(decision, Decision) and decision.officer == CLERK


@pytest.mark.parametrize("column", [1, 2])
def test_labels_that_are_sorted_without_their_keys_carry_nothing_out(workspace: Workspace, column: int) -> None:
    def sort(sheet: Worksheet) -> None:
        for row in (5, 6, 7):
            sheet.cell(row, column).value = f"{sheet.cell(row, column).value} ↕"
            sheet.cell(row, 4).value = CLERK if row == 5 else "kyllä"

    changed(workspace, sort)
    assert decisions(workspace) == ()
    for place in ("01.10", CLERK, DIRECTOR):
        assert "rivi ei ollut enää se" in remark(workspace, place)


@pytest.mark.parametrize("both", [True, False])
def test_a_row_that_stands_twice_carries_nothing_out(workspace: Workspace, both: bool) -> None:  # noqa: FBT001
    def copy(sheet: Worksheet) -> None:
        for column in range(1, 8):
            sheet.cell(9, column).value = sheet.cell(5, column).value
        sheet.cell(5, 4).value = CLERK
        sheet.cell(9, 4).value = DIRECTOR if both else None

    changed(workspace, copy)
    assert decisions(workspace) == ()
    assert "kahdesti" in remark(workspace, "01.10")


@pytest.mark.parametrize("value", ['="kyllä"', True, 1, "=D5"])
def test_what_is_no_text_is_no_choice(workspace: Workspace, value: object) -> None:
    def put(sheet: Worksheet) -> None:
        sheet.cell(6, 4).value = value
        sheet.cell(6, 4).number_format = "General"

    changed(workspace, put)
    assert decisions(workspace) == () and "ei ole tämän asian ratkaisu" in remark(workspace, CLERK)


def test_a_reason_without_a_choice_stays_and_is_told(workspace: Workspace) -> None:
    changed(workspace, lambda sheet: setattr(sheet.cell(5, 5), "value", "Sovittu johtoryhmässä."))
    assert "Vain perustelu" in remark(workspace, "01.10")
    settled(workspace, {"01.10": CLERK})
    assert [act.because for act in decisions(workspace)] == ["Sovittu johtoryhmässä."]


def test_a_refused_choice_that_is_taken_back_is_forgotten(workspace: Workspace) -> None:
    settled(workspace, {CLERK: "ehkä"}, "Syy.")
    assert "ei voitu toteuttaa" in page_of(workspace)

    def empty(sheet: Worksheet) -> None:
        sheet.cell(6, 4).value = sheet.cell(6, 5).value = None

    changed(workspace, empty)
    row = row_about(book_of(workspace), CLERK)
    assert row["Settlement"] == row["Because"] == row["Why it was not carried out"] == ""
    assert "ei voitu toteuttaa" not in page_of(workspace)


def test_a_settlement_is_listed_by_post_and_undone(workspace: Workspace) -> None:
    change_settings(workspace.root, compiler="Hallintosihteeri")
    settled(workspace, {"01.10": DIRECTOR, CLERK: "kyllä"}, "Sovittu.")
    rows = {row["Concerns"]: row for row in rows_of(book_of(workspace), SETTLED_SHEET)}
    row = rows["01.10 Tavoite 01.10"]
    assert (row["Settled as"], row["Who settled it"], row["State"]) == (DIRECTOR, "Hallintosihteeri", "Voimassa")
    assert row["Settled at"] and row["Because"] == "Sovittu."
    assert "Siiri" not in str(rows)
    undo_rows(book_of(workspace), "01.10", CLERK)
    result = run(workspace.root, clock())
    assert decisions(workspace) == () and not degree(workspace, result, "01.10").isdigit()
    assert {row["State"] for row in rows_of(book_of(workspace), SETTLED_SHEET)} == {"Peruttu"}
    assert {row["Concerns"] for row in rows_of(book_of(workspace))} >= {"01.10 Tavoite 01.10", CLERK}


def test_who_settled_it_has_words_without_the_setting(workspace: Workspace) -> None:
    settled(workspace, {"01.10": DIRECTOR})
    assert row_about(book_of(workspace), "01.10", SETTLED_SHEET)["Who settled it"] == "raportin kokoaja"


def test_an_undoing_that_cannot_be_is_told_in_its_row(workspace: Workspace) -> None:
    settled(workspace, {"01.10": DIRECTOR})
    undo_rows(book_of(workspace), "01.10", text="ehkä")
    run(workspace.root, clock())
    state = row_about(book_of(workspace), "01.10", SETTLED_SHEET)["State"]
    assert state.startswith("Voimassa\nKirjausta ”ehkä”") and len(decisions(workspace)) == 1
    undo_rows(book_of(workspace), "01.10")
    run(workspace.root, clock())
    assert row_about(book_of(workspace), "01.10", SETTLED_SHEET)["State"] == "Peruttu"


def test_an_old_copy_undoes_only_what_it_showed(workspace: Workspace) -> None:
    settled(workspace, {"01.10": DIRECTOR})
    undo_rows(book_of(workspace), "01.10")
    old = book_of(workspace).read_bytes()
    run(workspace.root, clock())
    settled(workspace, {"01.10": CLERK})
    book_of(workspace).write_bytes(old)
    run(workspace.root, clock())
    (decision,) = decisions(workspace)
    assert isinstance(decision, Decision) and decision.officer == CLERK


@pytest.mark.parametrize(("value", "state"), [(3, "toisen arvion"), (4, "eivät enää eroa")])
def test_a_settlement_that_lapsed_is_told(workspace: Workspace, value: int, state: str) -> None:
    settled(workspace, {"01.10": DIRECTOR}, "Sovittu.")
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.10": {"degree": value, "narrative": "Yksi."}})
    run(workspace.root, clock())
    row = row_about(book_of(workspace), "01.10", SETTLED_SHEET)
    assert row["State"].startswith("Rauennut: ") and state in row["State"]
    is_open = value == 3
    assert ("Ratkaisu on rauennut: 01.10" in page_of(workspace)) == is_open
    if is_open:
        asked = row_about(book_of(workspace), "01.10")
        assert "on rauennut" in asked["Why it was not carried out"] and asked["Because"] == "Sovittu."
        settled(workspace, {"01.10": CLERK})
        assert "Ratkaisu on rauennut" not in page_of(workspace)


def test_an_open_workbook_is_told_and_renewed_when_it_is_closed(workspace: Workspace) -> None:
    lock = book_of(workspace).with_name(f"~${DECISIONS_FILE}")
    lock.write_bytes(b"owner")
    before = book_of(workspace).read_bytes()
    run(workspace.root, clock())
    assert "on avoinna toisessa ohjelmassa" not in page_of(workspace)  # nothing of it had to be renewed
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"02": {"degree": 3, "narrative": "Alkoi."}})
    run(workspace.root, clock())
    assert book_of(workspace).read_bytes() == before and "on avoinna toisessa ohjelmassa" in page_of(workspace)
    fill_rows(book_of(workspace), {"01.10": CLERK})
    run(workspace.root, clock())
    assert decisions(workspace) == () and "on avoinna toisessa ohjelmassa" in page_of(workspace)
    lock.unlink()
    run(workspace.root, clock())
    assert len(decisions(workspace)) == 1 and "on avoinna" not in page_of(workspace)
    assert "02 Tavoite 02" not in row_about(book_of(workspace), DIRECTOR)["Details"]


def test_a_workbook_under_the_earlier_name_is_carried_out_and_removed(workspace: Workspace) -> None:
    fill_rows(book_of(workspace), {"01.10": CLERK}, "Sovittu.")
    book_of(workspace).rename(workspace.outbox / EARLIER_FILE)
    run(workspace.root, clock())
    assert [act.because for act in decisions(workspace)] == ["Sovittu."]
    assert not (workspace.outbox / EARLIER_FILE).exists() and book_of(workspace).exists()


def test_a_persons_file_under_the_earlier_name_stays_and_is_told(workspace: Workspace) -> None:
    path = workspace.outbox / EARLIER_FILE
    path.write_bytes(b"own notes")
    run(workspace.root, clock())
    assert path.read_bytes() == b"own notes" and "paatokset.xlsx" in page_of(workspace)


def test_the_sheets_stand_in_their_order(workspace: Workspace) -> None:
    names = openpyxl.load_workbook(book_of(workspace)).sheetnames
    assert [name for name in names if name != "Tekstit"] == [OPEN_SHEET, SETTLED_SHEET, "Lopullinen"]


@pytest.mark.parametrize("kind", ["unreadable", "refused row", "unknown sender"])
def test_a_final_needs_a_reason_for_saves_with_errors(workspace: Workspace, kind: str) -> None:
    for officer, answers in ALL.items():
        fill(workspace.inbox / f"{officer}.xlsx", answers)
    run(workspace.root, clock())
    if kind == "unreadable":
        (workspace.inbox / "kuva.pdf").write_bytes(b"%PDF-1.7\n")
    elif kind == "refused row":
        fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 9}})
    else:
        book = openpyxl.Workbook()
        for row in (HEADINGS, line("01.01", degree=3, officer="Talonmies")):
            book.worksheets[0].append(row)
        book.save(workspace.inbox / "uudet.xlsx")
    run(workspace.root, clock())
    assert list(typed(book_of(workspace))) == ["refused", "period", "names"]
    assert isinstance(make_final(workspace, SECRETARY), Refused)
    fill_final(book_of(workspace), "")
    assert isinstance(run(workspace.root, clock()).final, Refused)
    assert "Perustelu puuttuu" in remarks(book_of(workspace))["refused"]
    fill_final(book_of(workspace), "Ei vaikuta arvioihin.")
    assert isinstance(run(workspace.root, clock()).final, Finalized)
