"""What real LibreOffice saves as .ods and .xls: a form is still a form, and every value is read or said."""

from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from generator.domain.plan.form import IDENTITY_SHEET, Identity, PreviousAnswer, make_form
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.checks import check
from generator.domain.submission.workbook import CellKind, SheetState, Workbook
from generator.formats.legacy.other_formats import read_other
from generator.formats.xlsx.form_file import form_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from tests.builders import CLERK, PLAN, SETTINGS, rules
from tests.office.conftest import Calc

PREVIOUS = (PreviousAnswer("01.01", 2, "Selvitys käynnistyi."),)
MOMENTS = {
    ".ods": ("2026-08-31", "2026-08-31T12:30:00", "36:05:00"),
    ".xls": ("46265", "46265.52083333334", "1.503472222222222"),
}
IDENTITY = Identity("2026-1", CLERK, PLAN.digest, 7)
KEY = b"key"

pytestmark = pytest.mark.libreoffice
in_each_format = pytest.mark.parametrize("ending", [".ods", ".xls"])


def read(path: Path) -> Workbook:
    workbook = read_other(path.read_bytes())
    assert isinstance(workbook, Workbook), workbook
    return workbook


@in_each_format
def test_a_form_saved_in_another_format_is_signed_and_taken(calc: Calc, tmp_path: Path, ending: str) -> None:
    previous = PREVIOUS
    made = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=previous)
    form = tmp_path / "Ämmän lomake.xlsx"
    form.write_bytes(form_bytes(made, IDENTITY.pairs(KEY), SETTINGS, Words(SETTINGS.language)))
    degree, status = SETTINGS.degree_scale.full_label(3, "fi"), SETTINGS.statuses.options("fi")[1]
    said = {"code": "01.01", "degree": degree, "overall_status": status, "narrative": "Työ & muut\n=etenee 🙂"}
    target = form.with_suffix(ending)
    calc.save(form, target, answers=[said, {"code": "01.01.01", "degree": "4", "narrative": "Ä" * 9000}])

    assert read_workbook(target.read_bytes()).value == ending.removeprefix(".")
    workbook = read(target)
    sender = read_sender(workbook, "", KEY)
    checked = check(workbook, sender, rules(previous=PREVIOUS))
    entries = [row.entry for row in checked.rows if row.entry]
    assert [(entry.code, entry.degree, entry.overall_status, entry.narrative) for entry in entries] == [
        ("01.01", 3, "viivästynyt", "Työ & muut\n=etenee 🙂"),
        ("01.01.01", 4, "", "Ä" * 9000),
    ]
    assert (sender.signer, checked.findings) == (CLERK, ())
    states = {sheet.name: sheet.state for sheet in workbook.sheets}
    assert states[IDENTITY_SHEET] is SheetState.HIDDEN


@pytest.fixture
def values(tmp_path: Path) -> Path:
    """Values of every kind behind two blank rows and a blank column, hidden rows and columns, a merge."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, line in enumerate(
        (
            ["01.02 Töitä & <kiire>\n  rivi  ", " ", "x_x0041_", "a\tb", "🙂" * 300, "Ж" * 30_000],
            [3, 1.1, 2.5, -0.1, 1e300, 0],
            [True, False, "=TRUE()", "=1=2", None, "#N/A"],
            ["=1/0", "=NA()", "=1+2", '="teksti"', '=""', "=FOO()"],
            [date(2026, 8, 31), datetime(2026, 8, 31, 12, 30), timedelta(hours=36, minutes=5), 3, 0.25, 3],
            ["piilossa", None, "yhdistetty"],
        ),
        start=3,
    ):
        for column, value in enumerate(line, start=2):
            sheet.cell(row, column, value)
    for name, code in {"C4": "00.00", "D7": "[h]:mm:ss", "E7": "0%", "F7": "0.0 %", "G7": '0 "kpl"'}.items():
        sheet[name].number_format = code
    sheet.merge_cells("D8:E9")
    sheet.row_dimensions[8].hidden = sheet.column_dimensions["G"].hidden = True
    path = tmp_path / "arvot.xlsx"
    book.save(path)
    return path


@in_each_format
def test_every_value_is_where_and_what_libreoffice_shows(calc: Calc, values: Path, ending: str) -> None:
    """The same as in the .xlsx that LibreOffice saves, but that the dates of an .ods are in ISO form."""
    calc.save(values, values.with_suffix(ending))
    (found,) = read(values.with_suffix(ending)).sheets
    assert [(cell.row, cell.column, cell.kind, cell.raw) for cell in found.cells] == [
        *((3, 2, CellKind.TEXT, "01.02 Töitä & <kiire>\n  rivi  "), (3, 3, CellKind.TEXT, " ")),
        *((3, 4, CellKind.TEXT, "x_x0041_"), (3, 5, CellKind.TEXT, "a\tb")),
        *((3, 6, CellKind.TEXT, "🙂" * 300), (3, 7, CellKind.TEXT, "Ж" * 30_000)),
        *((4, 2, CellKind.NUMBER, "3"), (4, 3, CellKind.NUMBER, "1.1"), (4, 4, CellKind.NUMBER, "2.5")),
        *((4, 5, CellKind.NUMBER, "-0.1"), (4, 6, CellKind.NUMBER, "1e+300"), (4, 7, CellKind.NUMBER, "0")),
        *((5, 2, CellKind.BOOLEAN, "TRUE"), (5, 3, CellKind.BOOLEAN, "FALSE"), (5, 4, CellKind.BOOLEAN, "TRUE")),
        *((5, 5, CellKind.BOOLEAN, "FALSE"), (5, 7, CellKind.ERROR, "#N/A")),
        *((6, 2, CellKind.ERROR, "#DIV/0!"), (6, 3, CellKind.ERROR, "#N/A"), (6, 4, CellKind.NUMBER, "3")),
        *((6, 5, CellKind.TEXT, "teksti"), (6, 7, CellKind.ERROR, "#NAME?")),
        *((7, column, CellKind.NUMBER, raw) for column, raw in enumerate(MOMENTS[ending], start=2)),
        *((7, 5, CellKind.NUMBER, "3"), (7, 6, CellKind.NUMBER, "0.25")),
        *((7, 7, CellKind.NUMBER, "3"), (8, 2, CellKind.TEXT, "piilossa"), (8, 4, CellKind.TEXT, "yhdistetty")),
    ]
    assert (found.merges, found.hidden_rows, found.hidden_columns) == (("D8:E9",), {8}, {7})
    formats = {(cell.row, cell.column): cell.number_format for cell in found.cells}
    assert (formats[7, 5], "%" in formats[7, 6], "%" in formats[7, 7]) == ("0%", True, False)
    assert all("y" in formats[7, column] for column in (2, 3))


@in_each_format
def test_notes_and_struck_through_words_and_cells_are_told(calc: Calc, tmp_path: Path, ending: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = CellRichText("🙂 Työ ", TextBlock(InlineFont(strike=True), "ei"), " etenee")
    sheet["B1"], sheet["C1"], sheet["D1"] = "koko solu", 3, "elävä"
    sheet["D1"].comment, sheet["E9"].comment = Comment("Kysy Annalta\nhuomenna", "K"), Comment("Ä", "K")
    sheet["B1"].font = sheet["C1"].font = Font(strike=True)
    path = tmp_path / "yliviivattu.xlsx"
    book.save(path)
    calc.save(path, path.with_suffix(ending))
    (found,) = read(path.with_suffix(ending)).sheets
    assert [(cell.raw, cell.struck) for cell in found.cells] == [
        ("🙂 Työ ei etenee", "ei"),
        ("koko solu", "koko solu"),
        ("3", "3"),
        ("elävä", None),
    ]
    said = [(note.row, note.column, note.text.split("\n")[-1]) for note in found.notes]
    assert said == [(1, 4, "huomenna"), (9, 5, "Ä")]
    (own,) = read_workbook(path.read_bytes()).sheets
    assert [(note.row, note.column, note.text) for note in own.notes] == [(1, 4, "Kysy Annalta\nhuomenna"), (9, 5, "Ä")]
