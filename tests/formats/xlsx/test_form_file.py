"""The officers' forms as openpyxl, our own reader and an auditor of the format see them."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from generator.disk.names import form_name
from generator.domain.base.heading import TITLE_FIELDS, Field
from generator.domain.base.settings import Language
from generator.domain.plan.form import (
    IDENTITY_SHEET,
    PROPERTY_PREFIX,
    Form,
    FormRow,
    Identity,
    PreviousAnswer,
    make_form,
)
from generator.domain.submission.answers import Submission, find_submission
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.checks import check
from generator.domain.submission.issued_form import issued_form
from generator.domain.submission.workbook import CellKind, Workbook
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words, degree_options
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, goal, rules

KEY = b"key"
IDENTITY = Identity("2026-1", CLERK, PLAN.digest, 7)
FIRST = HEADING_ROW + 1
PREVIOUS = (
    PreviousAnswer("01.01", 2, "Selvitys käynnistyi."),
    PreviousAnswer("01.01.01", None, "Tietoja ei ollut."),
)


def make(*previous: PreviousAnswer, officer: str = CLERK) -> Form:
    return make_form(PLAN, officer, unowned_reporter="", language="fi", previous=previous)


def written(form: Form, language: Language = Language.FINNISH) -> bytes:
    return form_bytes(form, IDENTITY.pairs(KEY), SETTINGS, Words(language))


def opened(form: Form, language: Language = Language.FINNISH) -> Book:
    return openpyxl.load_workbook(BytesIO(written(form, language)))


def texts(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def table_cells(sheet: Worksheet, field: Field) -> list[Cell | MergedCell]:
    column = texts(sheet, HEADING_ROW).index(SETTINGS.headings.label(field, "fi")) + 1
    return [sheet.cell(row, column) for row in range(FIRST, sheet.max_row + 1)]


def as_read(data: bytes) -> Workbook:
    workbook = read_workbook(data)
    assert isinstance(workbook, Workbook)
    return workbook


def guide(form: Form, language: Language = Language.FINNISH) -> str:
    sheet = opened(form, language).worksheets[1]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_a_form_holds_the_officers_goals_and_nothing_to_mistake_for_an_answer() -> None:
    sheet = opened(make()).worksheets[0]
    assert texts(sheet, HEADING_ROW) == [*SETTINGS.headings.labels("fi")]
    assert [texts(sheet, row) for row in range(FIRST, sheet.max_row + 1)] == [
        [None, "01.01 Tavoite 01.01", None, "Resurssit eivät riitä", None, None, None, CLERK],
        [None, None, "01.01.01 Tavoite 01.01.01", None, None, None, None, CLERK],
        [None, "01.10 Tavoite 01.10", None, None, None, None, None, CLERK],
    ]


@pytest.mark.parametrize("language", Language)
def test_an_untouched_form_is_read_as_one_that_reports_nothing(language: Language) -> None:
    workbook = as_read(written(make(*PREVIOUS), language))
    sender = replace(read_sender(workbook, "", KEY), issued=(issued_form(workbook, SETTINGS.headings),))
    checked = check(workbook, sender, rules())
    assert check(workbook, replace(sender, issued=()), rules(previous=PREVIOUS)).findings == checked.findings
    assert [(row.code, row.entry) for row in checked.rows] == [("01.01", None), ("01.01.01", None), ("01.10", None)]
    assert [finding.rule for finding in checked.findings] == ["nothing-filled"]


def test_a_form_says_what_it_is_above_its_headings() -> None:
    sheet = opened(make()).worksheets[0]
    assert sheet["A1"].value == "Havulahti: toteutusohjelman seuranta, tammi–kesäkuu 2026"
    assert str(sheet["A2"].value).startswith(f"{CLERK} – palautus viimeistään 14.8.2026 – ")


def test_the_headings_and_titles_stay_in_sight_and_the_first_answer_is_selected() -> None:
    sheet = opened(make()).worksheets[0]
    assert sheet.freeze_panes == f"D{FIRST}"
    assert [item.sqref for item in sheet.sheet_view.selection if item.pane == "bottomRight"] == [f"E{FIRST}"]


def test_a_form_prints_on_a4_across_with_its_headings_on_every_page() -> None:
    sheet = opened(make()).worksheets[0]
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"


def test_every_cell_of_the_table_is_wrapped_text() -> None:
    sheet = opened(make(*PREVIOUS)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=HEADING_ROW) for cell in row]
    assert {(cell.number_format, cell.alignment.wrap_text) for cell in cells} == {("@", True)}
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_the_cells_to_fill_stand_out_by_colour_and_frame() -> None:
    sheet = opened(make()).worksheets[0]
    asked = (Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE)
    looks = {
        field: {(cell.fill.fgColor.rgb, cell.border.left.color.rgb) for cell in table_cells(sheet, field)}
        for field in Field
    }
    assert len(set().union(*(looks[field] for field in asked))) == 1
    assert looks[Field.DEGREE].isdisjoint(set().union(*(looks[field] for field in Field if field not in asked)))


def test_the_risks_look_as_if_they_may_be_changed_but_are_lighter_than_what_is_asked() -> None:
    sheet = opened(make()).worksheets[0]
    (risks, asked, given) = (table_cells(sheet, field)[0] for field in (Field.MAIN_RISKS, Field.DEGREE, Field.OFFICER))
    assert risks.border.left.color.rgb == asked.border.left.color.rgb != given.border.left.color.rgb
    assert brightness(asked) < brightness(risks) < brightness(None)
    assert "vaaleankeltaisissa" in guide(make())


def brightness(cell: Cell | MergedCell | None) -> int:
    """The sum of a fill's red, green and blue; of a white one without a cell."""
    return sum(bytes.fromhex(cell.fill.fgColor.rgb[2:])) if cell else 3 * 255


@pytest.mark.parametrize("language", Language)
def test_drop_downs_offer_what_the_scale_and_the_statuses_hold(language: Language) -> None:
    book = opened(make(), language)
    degrees, statuses = book.worksheets[0].data_validations.dataValidation
    assert (str(degrees.sqref), str(statuses.sqref)) == (f"F{FIRST}:F{FIRST + 2}", f"E{FIRST}:E{FIRST + 2}")
    words = Words(language)
    assert offered(book, degrees.formula1) == (
        *degree_options(SETTINGS.degree_scale, words),
        {"fi": "Perun vastaukseni", "sv": "Jag återtar mitt svar", "en": "I withdraw my answer"}[language.value],
    )
    assert offered(book, statuses.formula1) == SETTINGS.statuses.options(language.value)


@pytest.mark.parametrize("language", Language)
def test_drop_downs_refuse_nothing_and_their_words_fit_into_excels_boxes(language: Language) -> None:
    for offer in opened(make(), language).worksheets[0].data_validations.dataValidation:
        assert (offer.type, offer.allow_blank, offer.showErrorMessage) == ("list", True, False)
        assert offer.showInputMessage and len(offer.promptTitle) <= 32 and len(offer.prompt) <= 255


def offered(book: Book, formula: str) -> tuple[str, ...]:
    sheet, area = formula.split("!")
    return tuple(str(row[0].value) for row in book[sheet.strip("'")][area.replace("$", "")])


def test_nothing_is_protected() -> None:
    book = opened(make())
    assert book.security is None or not book.security.lockStructure
    assert [sheet.title for sheet in book.worksheets if sheet.protection.sheet] == []


def test_sheets_for_people_are_seen_and_those_for_the_machine_are_not() -> None:
    states = [(sheet.title, sheet.sheet_state) for sheet in opened(make()).worksheets]
    people = [("Seuranta", "visible"), ("Ohje", "visible")]
    assert states == [*people, ("Luettelot", "hidden"), (IDENTITY_SHEET, "veryHidden")]


def test_a_form_is_known_by_its_sheet_and_by_its_properties() -> None:
    workbook = as_read(written(make()))
    without_sheet = replace(workbook, sheets=workbook.sheets[:1])
    without_properties = replace(workbook, properties=())
    for carried in (workbook, without_sheet, without_properties):
        sender = read_sender(carried, "", KEY)
        assert sender.claim is not None and sender.claim.identity == IDENTITY
        assert sender.signer == CLERK
    identity = next(sheet for sheet in workbook.sheets if sheet.name == IDENTITY_SHEET)
    assert {cell.kind for cell in identity.cells} == {CellKind.TEXT}


def test_two_forms_in_one_file_are_signed_by_nobody() -> None:
    workbook = as_read(written(make()))
    other = replace(IDENTITY, officer=DIRECTOR).pairs(KEY)
    names = tuple((f"{PROPERTY_PREFIX}{name}", value) for name, value in other)
    sender = read_sender(replace(workbook, properties=names), "", KEY)
    assert sender.claim is not None and (sender.signer, sender.claim.identity) == (None, IDENTITY)


def test_the_previous_periods_answer_stands_right_beside_the_cell_to_fill() -> None:
    sheet = opened(make(*PREVIOUS, PreviousAnswer("01.10", 9, "Asteikko on muuttunut."))).worksheets[0]
    assert [texts(sheet, row)[5:9] for row in range(HEADING_ROW, sheet.max_row + 1)] == [
        ["Etenemisaste", "Etenemisaste edellisellä kaudella", "Eteneminen", "Eteneminen edellisellä kaudella"],
        [None, "2 Suunnitteluvaiheessa, on edetty hieman", None, "Selvitys käynnistyi."],
        [None, "Ei arvioitavissa", None, "Tietoja ei ollut."],
        [None, "9", None, "Asteikko on muuttunut."],
    ]


def test_drop_downs_stand_in_their_columns_where_the_previous_period_is_held_too() -> None:
    sheet = opened(make(*PREVIOUS)).worksheets[0]
    for offer, field in zip(sheet.data_validations.dataValidation, (Field.DEGREE, Field.OVERALL_STATUS), strict=True):
        cells = table_cells(sheet, field)
        assert str(offer.sqref) == f"{cells[0].coordinate}:{cells[-1].coordinate}"


def test_a_form_with_the_previous_period_behind_all_others_is_read_as_well() -> None:
    book = opened(make(*PREVIOUS))
    sheet = book.worksheets[0]
    for row in range(FIRST, sheet.max_row + 1):
        sheet.cell(row, 6).value, sheet.cell(row, 8).value = 3, "Työ etenee."
    now = entries(book)
    for row in range(HEADING_ROW, sheet.max_row + 1):
        values = texts(sheet, row)
        for column, value in enumerate((*values[:6], values[7], values[9], values[6], values[8]), start=1):
            sheet.cell(row, column).value = value
    assert texts(sheet, HEADING_ROW)[:8] == [*SETTINGS.headings.labels("fi")]
    assert entries(book) == now and len(now) == 3


def entries(book: Book) -> list[tuple[str, int | None, str]]:
    stream = BytesIO()
    book.save(stream)
    workbook = as_read(stream.getvalue())
    checked = check(workbook, read_sender(workbook, "", KEY), rules())
    return [(row.code, row.entry.degree, row.entry.narrative) for row in checked.rows if row.entry]


def test_a_goal_that_is_new_has_no_previous_answer() -> None:
    sheet = opened(make(*PREVIOUS)).worksheets[0]
    assert texts(sheet, FIRST + 2)[5:9] == [None, None, None, None]


def test_columns_of_the_previous_period_are_not_taken_for_answers() -> None:
    submission = find_submission(as_read(written(make(*PREVIOUS))), SETTINGS.headings, "fi")
    assert isinstance(submission, Submission)
    assert [column.field for column in submission.columns] == [*Field]


_LIKE_XML = ("_x0041_", "_x0041_x0042_", "<r>a & b</r>")


@pytest.mark.parametrize("text", ["=1+1", "- alkaa viivalla", "+358", "#N/A", "TRUE", "3", "a\nb", " a ", *_LIKE_XML])
def test_what_the_plan_says_stays_text_whatever_it_begins_with(text: str) -> None:
    form = replace(make(), rows=(FormRow(goal("01.01", CLERK, risks=text)),))
    submission = find_submission(as_read(written(form)), SETTINGS.headings, "fi")
    assert isinstance(submission, Submission)
    cell = submission.rows[0].main_risks
    assert cell is not None and (cell.kind, cell.raw, cell.formula) == (CellKind.TEXT, text, None)


TITLES = ("Toimialojen", "Vesihuollon", "Yhdyskuntatekniikkasopimukset")


@pytest.mark.parametrize("previous", [(), PREVIOUS], ids=["plain", "with the previous period"])
@pytest.mark.parametrize("titles", [TITLES, (TITLES[2], TITLES[2], TITLES[2]), TITLES[:2], TITLES[:1], ()])
def test_frozen_columns_leave_two_thirds_of_a_small_screen(
    titles: tuple[str, ...], previous: tuple[PreviousAnswer, ...]
) -> None:
    """At 7 pixels a character, and 26 for the row numbers; of titles that are too wide the lower levels scroll."""
    rows = tuple(
        FormRow(goal(code, CLERK, title=title))
        for code, title in zip(("01", "01.01", "01.01.01"), titles, strict=False)
    )
    sheet = opened(replace(make(*previous), rows=rows)).worksheets[0]
    frozen = "ABCD".index(str(sheet.freeze_panes)[0])
    assert frozen == (2 if len(set(titles)) < len(titles) else len(titles))
    assert 26 + 7 * sum(sheet.column_dimensions[letter].width for letter in "ABC"[:frozen]) <= 0.35 * 1366


def test_columns_without_a_title_leave_the_page_to_words() -> None:
    sheet = opened(make()).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < widths[1] == widths[2]
    assert all(sheet.cell(row, 1).value is None for row in range(FIRST, sheet.max_row + 1))


def test_titles_stand_in_their_levels_columns() -> None:
    rows = tuple(FormRow(goal(code, CLERK)) for code in ("01", "01.01", "01.01.01"))
    sheet = opened(replace(make(), rows=rows)).worksheets[0]
    for offset, field in enumerate(TITLE_FIELDS):
        assert [bool(cell.value) for cell in table_cells(sheet, field)] == [offset == row for row in range(3)]
    assert [sheet.cell(FIRST + row, 1 + row).font.bold for row in range(3)] == [True, False, False]


def test_rows_leave_room_to_write_and_may_grow() -> None:
    data = written(make(PreviousAnswer("01.01", 3, "Työ etenee hyvin. " * 30)))
    heights = [
        openpyxl.load_workbook(BytesIO(data)).worksheets[0].row_dimensions[row].height for row in (FIRST, FIRST + 1)
    ]
    assert heights[0] > heights[1] == 75
    assert b"customHeight" not in ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_the_instructions_tell_what_to_do_and_what_happens() -> None:
    told = guide(make())
    for word in (
        "14.8.2026",
        CLERK,
        "Seuranta",
        f"{CLERK}.kuittaus.html",
        f"{CLERK}.korjattavaa.xlsx",
        "henkilötunnuksia",
    ):
        assert word in told
    assert "Perun vastaukseni" in told.splitlines() and "vastauksesi poistetaan raportista" in told
    for option in (*degree_options(SETTINGS.degree_scale, Words(SETTINGS.language)), *SETTINGS.statuses.options("fi")):
        assert option in told.splitlines()


def test_the_instructions_speak_of_grey_columns_only_where_there_are_some() -> None:
    assert "harmaassa" in guide(make(*PREVIOUS))
    assert "harmaassa" not in guide(make())


def test_a_form_bears_its_title_author_and_language_and_no_clock() -> None:
    properties = opened(make(), Language.SWEDISH).properties
    assert properties.title == f"Havulahti: uppföljning av genomförandeprogrammet, januari–juni 2026, {CLERK}"
    assert (properties.creator, properties.language) == ("Havulahti", "sv")
    assert properties.created == properties.modified == datetime(2026, 6, 30)


FORMS = (make(), make(*PREVIOUS), make(officer="Ei kukaan"))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", FORMS, ids=["plain", "with the previous period", "without goals"])
def test_a_form_is_valid_and_the_same_each_time(tmp_path: Path, form: Form, language: Language) -> None:
    data = written(form, language)
    assert data == written(form, language)
    (tmp_path / "form.xlsx").write_bytes(data)
    assert OpenXmlValidator().validate(tmp_path / "form.xlsx").errors == []


@pytest.mark.parametrize(
    ("officer", "name"),
    [
        ("Kansliapäällikkö", "Kansliapäällikkö.xlsx"),
        ("Rakennus/kiinteistöt: päällikkö?", "Rakennus-kiinteistöt- päällikkö-.xlsx"),
        ('<>:"/\\|?*', "---------.xlsx"),
        ("a\tb", "a-b.xlsx"),
        ("Johtaja ma.", "Johtaja ma-.xlsx"),
        ("Johtaja. . ", "Johtaja----.xlsx"),
        (".piilossa", "-piilossa.xlsx"),
        ("~$lukko", "-$lukko.xlsx"),
        ("CON", "CON-.xlsx"),
        ("lpt1", "lpt1-.xlsx"),
        ("con.sihteeri", "con.sihteeri-.xlsx"),
        ("Consul", "Consul.xlsx"),
        ("A\u0308mma\u0308", "Ämmä.xlsx"),
        ("x" * 300, "x" * 100 + ".xlsx"),
    ],
)
def test_a_forms_name_is_one_that_windows_allows(officer: str, name: str) -> None:
    assert form_name(officer) == name


def test_a_form_in_another_language_names_the_period_in_it() -> None:
    assert "januari–juni 2026" in guide(make(), Language.SWEDISH)
    assert "tammi–kesäkuu 2026" in guide(make())
