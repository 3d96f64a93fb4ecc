"""The sheets of open matters and of settlements: what they show for each kind, and their drop-downs."""

from io import BytesIO

import openpyxl

from generator.domain.base.settings import Language, Rollup
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.edit_acts import DraftEdit, WrittenText
from generator.domain.follow_up.merge import merge
from generator.domain.follow_up.open_by_kind import NOTHING_OPEN
from generator.domain.follow_up.open_items import OpenEdit, list_open_items
from generator.domain.follow_up.settlements import PastAct, SettledAct, list_settlements
from generator.formats.xlsx.decisions_file import WorkbookContent, decisions_bytes
from generator.formats.xlsx.final_sheet import FinalQuestion
from generator.formats.xlsx.open_items_sheet import HEADING_ROW, AskedItems
from generator.formats.xlsx.settlements_sheet import SettlementsMade
from generator.i18n.words import Words
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, answer, entry

TIME = "2026-08-03T12:00:00+03:00"
LONG = tuple(f"{number}. apulaiskaupunginjohtaja, hallinto" for number in range(12))
EDIT = DraftEdit("2026-1", "01.01", CLERK, "narrative", "b" * 64, "a" * 64, "", "Siiri", TIME)


def book_of(asked: AskedItems, made: SettlementsMade = SettlementsMade()) -> openpyxl.Workbook:  # noqa: B008
    content = WorkbookContent(asked, made, FinalQuestion("0" * 16, NOTHING_OPEN))
    return openpyxl.load_workbook(BytesIO(decisions_bytes(content, SETTINGS, Words(Language.FINNISH))))


def test_a_long_list_of_choices_stands_on_a_hidden_sheet() -> None:
    answers = tuple(answer(entry("01.10", name, 1 + number % 5)) for number, name in enumerate(LONG))
    items = list_open_items(merge(PLAN, answers, Rollup.MEDIAN))
    book = book_of(AskedItems(items))
    sheet, lists = book.worksheets[0], book["Luettelot"]
    rule = next(rule for rule in sheet.data_validations.dataValidation if f"D{HEADING_ROW + 1}" in str(rule.sqref))
    assert rule.formula1 == "'Luettelot'!$A$1:$A$12" and lists.sheet_state == "hidden"
    assert sorted(cell.value for cell in lists["A"]) == sorted(LONG)
    assert book.sheetnames[-1] == "Luettelot" and book.active is sheet


def test_a_short_list_stands_in_its_cell() -> None:
    merged = merge(PLAN, (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 4))), Rollup.MEDIAN)
    book = book_of(AskedItems(list_open_items(merged)))
    (first, *_) = book.worksheets[0].data_validations.dataValidation
    assert first.formula1 == f'"{CLERK},{DIRECTOR}"' and "Luettelot" not in book.sheetnames


def test_an_edit_in_conflict_is_shown_with_both_texts() -> None:
    edit = OpenEdit(3, EDIT, "Tavoite 01.01", "Vastuuhenkilön uusi.", "Oma teksti.", before="c" * 64)
    items = list_open_items(merge(PLAN, (), Rollup.MEDIAN), edits=(edit,))
    sheet = book_of(AskedItems(items, (("01.01", "Tavoite 01.01"),))).worksheets[0]
    row = [str(cell.value or "") for cell in sheet[HEADING_ROW + 1]]
    assert row[:2] == ["Muokattu luonnoksessa, ja vastuuhenkilö on muuttanut tekstiä", "01.01 Tavoite 01.01"]
    assert "Oma teksti." in row[2] and "Vastuuhenkilön uusi." in row[2] and CLERK in row[2]
    rule = next(each for each in sheet.data_validations.dataValidation if f"D{HEADING_ROW + 1}" in str(each.sqref))
    assert rule.formula1 == '"oma muokkaus,vastuuhenkilön teksti"'


def test_each_kind_of_settlement_says_what_it_is_and_how_it_is_undone() -> None:
    acts: tuple[SettledAct, ...] = (
        ChosenFile("2026-1", "01.10", CLERK, "kansio/uusi.xlsx", "vanha.xlsx", "Siiri", TIME, 5),
        AcceptedSender("2026-1", "kansio/uusi.xlsx", CLERK, "Siiri", TIME),
        WithdrawnAnswer("2026-1", "01.10", CLERK, "Siiri", TIME, 5, "Väärä luku."),
        EDIT,
        WrittenText("2026-1", "foreword", "fi", "f" * 64, "Siiri", TIME),
    )
    past = tuple(PastAct(number, "", act) for number, act in enumerate(acts, start=1))
    rows = list_settlements(past, merge(PLAN, (), Rollup.MEDIAN), PLAN.post_names)
    made = SettlementsMade(rows, (), (("01.10", "Tie"),), (("a" * 64, "Oma teksti."), ("f" * 64, "Lukijalle")))
    sheet = book_of(AskedItems(()), made)["Tehdyt ratkaisut"]
    told = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[:3] for row in told] == [
        ["Raportin teksti", "Alkusanat", "Lukijalle"],
        ["Muokattu luonnoksessa", "01.01", "Oma teksti."],
        ["Vastaus peruttu", "01.10 Tie", CLERK],
        ["Hyväksy lähettäjä", "kansio/uusi.xlsx", f"Tiedoston vastaukset ovat vastauksia, jotka on antanut {CLERK}."],
        ["Saman vastuuhenkilön kaksi tiedostoa eroavat", "01.10 Tie", "uusi.xlsx"],
    ]
    assert [("ei voi perua" in row[6]) for row in told] == [False, False, True, True, True]
    assert "Siiri" not in str(told)
    offered = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert offered == {"H5", "H6"}


def test_every_sheet_is_printed_as_wide_as_the_page_with_its_heading_row_and_without_the_identifiers() -> None:
    merged = merge(PLAN, (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 4))), Rollup.MEDIAN)
    for sheet in book_of(AskedItems(list_open_items(merged))).worksheets:
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        row = int(sheet.print_title_rows.strip("$").split(":$")[0])
        headings = [cell.value for cell in sheet[row]]
        assert headings[-1] == "Tunnus"
        shown = sheet[sheet.print_area.split("!")[-1].replace("$", "")][row - 1]
        assert [cell.value for cell in shown] == headings[:-1]
