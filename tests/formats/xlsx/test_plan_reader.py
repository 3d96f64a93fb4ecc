"""The plan as real workbooks hold it: read cell by cell, and written for an official to edit."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openxml_audit import OpenXmlValidator

from generator.domain.base.finding import Finding
from generator.domain.base.settings import Language
from generator.domain.plan.goals import Goal, Officer, Plan, Translation
from generator.domain.plan.plan_reading import PlanReading
from generator.errors import FolderError, PlanError
from generator.formats.xlsx.plan_reader import load_plan, read_plan_file
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.store.plan_record import officers_record, read_officers_record, read_reading_record, reading_record
from tests.builders import CLERK, PLAN, SETTINGS, goal

HEADINGS = SETTINGS.headings
LABELS = HEADINGS.labels("fi")
TOP = (*LABELS[:4], LABELS[7], "Toimialue")
OFFICERS_TOP = ("Vastuuhenkilö", "Sähköposti", "Toimialue", "Kieli")
COUNCIL_ROW = ("01 Palvelut", None, None, None, CLERK, None)
Row = Sequence[object]


def save(path: Path, *sheets: tuple[str, Sequence[Row]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(path: Path, *rows: Row, top: Row = TOP, officers: Sequence[Row] = ()) -> PlanReading:
    """Reads a plan of one sheet with the headings on row 1, and of the officers' sheet where there is one."""
    sheets = [("Toteutusohjelma", (top, *rows))]
    if officers:
        sheets.append(("Vastuuhenkilöt", (OFFICERS_TOP, *officers)))
    return read_plan_file(save(path / "plan.xlsx", *sheets), HEADINGS)


def placed(findings: Sequence[Finding]) -> list[tuple[str, str | None, str]]:
    return [(finding.rule, finding.place.cell, finding.value) for finding in findings]


def test_struck_through_text_makes_the_plan_unusable_and_is_told_with_its_cell(tmp_path: Path) -> None:
    path = save(
        tmp_path / "plan.xlsx",
        (
            "Toteutusohjelma",
            (
                (*TOP, "Oma"),
                COUNCIL_ROW,
                (None, CellRichText("01.01 ", TextBlock(InlineFont(strike=True), "Vanha"), " Uusi"), None, None, CLERK),
                (None, "01.02 Toinen", None, "Raha", CLERK, None, "muistio"),
                (None, "01.03 Kolmas", None, CellRichText("Raha", TextBlock(InlineFont(strike=True), " ")), CLERK),
            ),
        ),
        ("Vastuuhenkilöt", (OFFICERS_TOP, (CLERK, "a@x.fi", "Hallinto", "fi"), ("Toinen", None, None, "fi"))),
    )
    book = openpyxl.load_workbook(path, rich_text=True)
    plan, officers = book.worksheets
    for cell in (plan["B4"], plan["D4"], plan["G4"], officers["A3"]):
        cell.font = Font(strike=True)
    book.save(path)
    reading = read_plan_file(path, HEADINGS)
    found = [(finding.place.sheet, finding.place.cell, finding.code, finding.value) for finding in reading.unusable]
    assert found == [
        ("Toteutusohjelma", "B3", "01.01", "Vanha"),
        ("Toteutusohjelma", "B4", "01.02", "01.02 Toinen / Raha"),
        ("Vastuuhenkilöt", "A3", None, "Toinen"),
    ]
    assert {finding.rule for finding in reading.unusable} == {"plan-struck-through-text"}
    with pytest.raises(PlanError, match=r"Toteutusohjelma!B3 01\.01: plan-struck-through-text") as refused:
        load_plan(path, HEADINGS)
    assert "Vastuuhenkilöt!A3: plan" in str(refused.value)


def test_each_row_is_a_goal_with_its_cell(tmp_path: Path) -> None:
    below = (
        None,
        "01.10 Lähi\u00a0palvelut\non turvattu",
        None,
        " Raha\nloppuu ",
        f"{CLERK};  Kunnanjohtaja",
        "Sivistys",
    )
    reading = read(tmp_path, COUNCIL_ROW, below)
    assert reading == PlanReading(
        Plan(
            (
                Goal("01", "Palvelut", "", (CLERK,), "", "A2"),
                Goal("01.10", "Lähi palvelut on turvattu", "Raha\nloppuu", (CLERK, "Kunnanjohtaja"), "Sivistys", "B3"),
            )
        ),
        (),
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (("Palvelut", None, None, None, CLERK), ("plan-no-code", "A3", "Palvelut")),
        ((None, 1.1, None, None, CLERK), ("plan-code-not-text", "B3", "1.1")),
        ((3, None, None, None, CLERK), ("plan-code-not-text", "A3", "3")),
        ((None, date(2026, 2, 1), None, None, CLERK), ("plan-code-not-text", "B3", "1.2.2026")),
        ((None, datetime(2026, 2, 1, 9, 5), None, None, CLERK), ("plan-code-not-text", "B3", "1.2.2026 09.05")),
        ((None, time(1, 2), None, None, CLERK), ("plan-code-not-text", "B3", "01:02:00")),
        ((None, None, None, "Raha loppuu", CLERK), ("plan-no-title", "A3", f"Raha loppuu {CLERK}")),
        (("02 Talous", "02.01 Menot", None, None, CLERK), ("plan-two-titles", "B3", "02 Talous / 02.01 Menot")),
        (("01. Palvelut", None, None, None, CLERK), ("plan-double-code", "A3", "A2, A3")),
        ((None, "02.01 Menot", None, None, CLERK), ("plan-unknown-parent", "B3", "02")),
        ((None, None, "01.01 Menot", None, CLERK), ("plan-code-and-column-disagree", "C3", "Toimenpide")),
        ((None, "01.01 Menot", None, None, None), ("plan-no-officer", "E3", "")),
    ],
)
def test_each_fault_is_found_at_its_cell(tmp_path: Path, row: Row, found: tuple[str, str, str]) -> None:
    assert placed(read(tmp_path, COUNCIL_ROW, row).findings) == [found]


def test_an_officer_who_is_not_on_the_officers_sheet_is_asked_about(tmp_path: Path) -> None:
    reading = read(tmp_path, COUNCIL_ROW, officers=(("Talousjohtaja", None, None, None),))
    assert placed(reading.findings) == [("plan-officer-not-listed", "E2", CLERK)]


def asked(tmp_path: Path, *cells: str, officers: Sequence[Row] = ()) -> list[tuple[str, str, tuple[str, ...]]]:
    """The questions about the officers' cells of annual goals, by cell, name and what may be meant."""
    rows = (
        (None, f"01.{number:02} Menot {number}", None, None, cell, None) for number, cell in enumerate(cells, start=1)
    )
    findings = read(tmp_path, COUNCIL_ROW, *rows, officers=(*officers, *((CLERK,),) * bool(officers))).findings
    return [(str(found.place.cell), found.value, found.allowed) for found in findings]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Sihteeri, Talousjohtaja", "Sihteeri; Talousjohtaja"),
        ("Sihteeri / Talousjohtaja", "Sihteeri; Talousjohtaja"),
        ("Sihteeri/Talousjohtaja", "Sihteeri; Talousjohtaja"),
        ("Sihteeri ja Talousjohtaja", "Sihteeri; Talousjohtaja"),
        ("Sekreterare och ekonomidirektör", "Sekreterare; ekonomidirektör"),
        ("Sihteeri, Talousjohtaja ja Rehtori", "Sihteeri; Talousjohtaja; Rehtori"),
        ("Sihteeri & Rehtori", "Sihteeri; Rehtori"),
    ],
)
def test_several_officers_in_a_cell_that_no_semicolon_parts_are_asked_about(
    tmp_path: Path, cell: str, parts: str
) -> None:
    assert asked(tmp_path, cell) == [("E3", cell, (parts,))]
    assert asked(tmp_path, cell, officers=((cell,),)) == []


@pytest.mark.parametrize(
    "cell",
    [
        "Sivistys- ja hyvinvointijohtaja",
        "Bildnings- och välfärdsdirektör",
        "Elinvoima-/kehitysjohtaja",
        "Sihteeri; Rehtori",
        "Sihteeri\nRehtori",
        "Jaostopäällikkö",
        "Maja ja",
    ],
)
def test_one_officer_with_a_long_name_is_not_asked_about(tmp_path: Path, cell: str) -> None:
    assert asked(tmp_path, cell) == []


@pytest.mark.parametrize(
    ("cells", "question"),
    [
        (("Sihteeri", "Sihteeri", "Sihteri"), ("E5", "Sihteri", ("Sihteeri",))),
        (("Sihteri", "Sihteeri", "Sihteeri"), ("E3", "Sihteri", ("Sihteeri",))),
        (("Tekninen johtaja", "Teknienn johtaja"), ("E4", "Teknienn johtaja", ("Tekninen johtaja",))),
        (("Hallintojohtaj",), ("E3", "Hallintojohtaj", (CLERK,))),
    ],
)
def test_a_name_unlike_another_by_a_letter_or_two_is_asked_about(
    tmp_path: Path, cells: tuple[str, ...], question: tuple[str, str, tuple[str, ...]]
) -> None:
    assert asked(tmp_path, *cells) == [question]


@pytest.mark.parametrize(
    "cells",
    [
        ("Rehtori 1", "Rehtori 2"),
        ("Vesihuoltopäällikkö", "Jätehuoltopäällikkö"),
        ("Sihteeri", "SIHTEERI", "\u200esihteeri\u200f", unicodedata.normalize("NFD", "Sihteeri")),
        ("IT", "KT"),
    ],
)
def test_names_that_are_one_or_clearly_two_are_not_asked_about(tmp_path: Path, cells: tuple[str, ...]) -> None:
    assert asked(tmp_path, *cells) == []


def test_names_that_are_both_on_the_officers_sheet_are_two(tmp_path: Path) -> None:
    assert asked(tmp_path, "Rehtori", "Lehtori", officers=(("Rehtori",), ("Lehtori",))) == []


@pytest.mark.parametrize(
    ("headings", "no"),
    [
        (("Aiempi nimike", "Raportoi", "Sijainen"), "ei"),
        (("Tidigare benämning", "Rapporterar", "Ställföreträdare"), "Nej"),
        (("Former title", "Reports", "Deputy"), "no"),
    ],
)
def test_posts_are_read_with_former_titles_silence_and_deputies(
    tmp_path: Path, headings: tuple[str, ...], no: str
) -> None:
    top = ("Vastuuhenkilö", *headings)
    rows = ((CLERK, "Hallintopäällikkö; Kansliapäällikkö", None, "Talouspäällikkö"), ("Pormestari", None, no, None))
    goals = (TOP, COUNCIL_ROW, (None, "01.01 Menot", None, None, f"Pormestari; {CLERK}", None))
    path = save(tmp_path / "plan.xlsx", ("Toteutusohjelma", goals), ("Vastuuhenkilöt", (top, *rows)))
    reading = read_plan_file(path, HEADINGS)
    assert reading.findings == ()
    assert reading.plan.officers == (
        Officer(CLERK, "", "", "", ("Hallintopäällikkö", "Kansliapäällikkö"), deputy="Talouspäällikkö"),
        Officer("Pormestari", "", "", "", is_silent=True),
    )
    assert [goal.reporters for goal in reading.plan.goals] == [(CLERK,), (CLERK,)]
    again = tmp_path / "again.xlsx"
    again.write_bytes(plan_bytes(reading.plan, HEADINGS, Words(SETTINGS.language)))
    assert load_plan(again, HEADINGS).plan.digest == reading.plan.digest


@pytest.mark.parametrize(
    "headings",
    [
        ("Nimike ruotsiksi", "Nimike englanniksi", "Toimialue ruotsiksi"),
        ("Nimi ruotsiksi", "NIMIKE ENGLANNIKSI", "Toimialue  ruotsiksi"),
        ("Benämning på svenska", "Benämning på engelska", "Sektor på svenska"),
        ("Post in Swedish", "Title in English", "Division in Swedish"),
    ],
)
def test_posts_and_divisions_have_names_in_other_languages(tmp_path: Path, headings: tuple[str, ...]) -> None:
    top = ("Vastuuhenkilö", "Toimialue", *headings)
    rows = (
        (CLERK, "Konserni", " Förvaltnings\ndirektör ", None, None),
        ("Rektor", "Konserni", None, "Head", "Koncern"),
    )
    goals = (TOP, COUNCIL_ROW, (None, "01.01 Menot", None, None, "Rektor", None))
    path = save(tmp_path / "plan.xlsx", ("Toteutusohjelma", goals), ("Vastuuhenkilöt", (top, *rows)))
    plan = load_plan(path, HEADINGS).plan
    assert plan.posts_in("sv") == ((CLERK, "Förvaltnings direktör"),)
    assert plan.posts_in("en") == (("Rektor", "Head"),)
    assert (plan.divisions_in("sv"), plan.divisions_in("en")) == ((("Konserni", "Koncern"),), ())
    again = tmp_path / "again.xlsx"
    again.write_bytes(plan_bytes(plan, HEADINGS, Words(SETTINGS.language)))
    assert load_plan(again, HEADINGS).plan.digest == plan.digest
    kept = read_officers_record(officers_record(plan.officers))
    assert kept == plan.officers and read_reading_record(reading_record(PlanReading(plan, ()))).plan.officers == kept


@pytest.mark.parametrize(
    ("details", "question"),
    [
        ((CLERK, None, "ehkä"), ("plan-reports-unclear", "C2", "ehkä")),
        (("Talousjohtaja", CLERK, None), ("plan-former-title-unclear", "B2", CLERK)),
    ],
)
def test_an_unclear_detail_of_a_post_is_asked_about_at_its_cell(
    tmp_path: Path, details: Row, question: tuple[str, str, str]
) -> None:
    top = ("Vastuuhenkilö", "Aiempi nimike", "Raportoi")
    sheets = (("Toteutusohjelma", (TOP, COUNCIL_ROW)), ("Vastuuhenkilöt", (top, details, (CLERK,))))
    reading = read_plan_file(save(tmp_path / "plan.xlsx", *sheets), HEADINGS)
    assert placed(reading.findings) == [question]


def test_the_officers_sheet_is_read_with_its_languages(tmp_path: Path) -> None:
    rows = (
        (f" {CLERK} ", "a@b.example", "Konserni", "FI"),
        ("Rektor", None, None, "ruotsi"),
        ("X", None, None, "volapük"),
    )
    assert read(tmp_path, COUNCIL_ROW, officers=(*rows, (None, "kukaan@b.example"))).plan.officers == (
        Officer(CLERK, "a@b.example", "Konserni", "fi"),
        Officer("Rektor", "", "", "sv"),
        Officer("X", "", "", ""),
    )


def test_headings_are_found_on_any_sheet_and_row_in_any_order_and_language(tmp_path: Path) -> None:
    top = (None, "Ansvars-\nperson", "Huomautuksia", "Sektor", "Annual goal", "VALTUUSTOKAUDEN TAVOITE")
    rows = (
        ("Kunnan ohjelma",),
        (),
        top,
        (None, CLERK, "x", "Konserni", "01.01 Menot", None),
        (None, CLERK, *[None] * 3, "01 A"),
    )
    path = save(tmp_path / "plan.xlsx", ("Kansi", (("Toteutusohjelma",),)), ("Tavoitteet", rows))
    reading = read_plan_file(path, HEADINGS)
    assert [(goal.code, goal.cell, goal.officers) for goal in reading.plan.goals] == [
        ("01.01", "E4", (CLERK,)),
        ("01", "F5", (CLERK,)),
    ]
    assert (reading.plan.goals[0].division, reading.plan.goals[0].main_risks, reading.findings) == ("Konserni", "", ())


def test_blank_merged_and_unknown_cells_say_nothing(tmp_path: Path) -> None:
    path = save(
        tmp_path / "plan.xlsx", ("Ohjelma", ((*TOP, "Oma sarake"), COUNCIL_ROW, (" \n", *[None] * 5, "x"), (None,) * 7))
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("A2:A3")
    book.save(path)
    assert read_plan_file(path, HEADINGS) == PlanReading(Plan((Goal("01", "Palvelut", "", (CLERK,), "", "A2"),)), ())


def test_what_excel_escapes_is_undone_and_what_no_document_holds_is_left_out(tmp_path: Path) -> None:
    row = ("01 Palvelut", None, None, "Raha_x000D_\nloppuu_x0007_", CLERK, None)
    assert read(tmp_path, row).plan.goals[0].main_risks == "Raha\nloppuu"


def test_titles_in_another_language_may_stand_beside_the_goals_with_their_code_or_without(tmp_path: Path) -> None:
    top = (*TOP, "Titel på finska", "Namn på svenska", "Title in English")
    reading = read(
        tmp_path,
        (*COUNCIL_ROW, None, "Tjänster", "01 Services"),
        (None, "01.01 Lähipalvelut", None, None, CLERK, None, None, "01.02 Vägar", " "),
        top=top,
    )
    assert [goal.translations for goal in reading.plan.goals] == [
        (Translation("sv", "Tjänster"), Translation("en", "Services")),
        (),
    ]
    assert placed(reading.findings) == [("plan-translation-of-another", "H3", "01.02 Vägar")]


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Aiempi koodi", "01.02; 01.03.", (("01.02", "01.03"), False)),
        ("Tidigare kod", "nytt", ((), True)),
        ("Aiempi koodi", "uusi; uusi", ((), True)),
        ("Earlier code", 2, (("2",), False)),
    ],
)
def test_a_plan_may_name_the_codes_of_the_previous_period(
    tmp_path: Path, heading: str, value: object, said: tuple[tuple[str, ...], bool]
) -> None:
    reading = read(tmp_path, (*COUNCIL_ROW, value), (None, "01.01 Menot", None, None, CLERK), top=(*TOP, heading))
    assert [(goal.earlier_codes, goal.is_new) for goal in reading.plan.goals] == [said, ((), False)]
    assert reading.findings == ()


@pytest.mark.parametrize(("value", "shown"), [(1.1, "1.1"), ("A-1", "A-1"), (date(2026, 2, 1), "1.2.2026")])
def test_an_earlier_code_that_cannot_be_one_is_told_at_its_cell_and_left_out(
    tmp_path: Path, value: object, shown: str
) -> None:
    reading = read(tmp_path, (*COUNCIL_ROW, value), top=(*TOP, "Aiempi koodi"))
    assert placed(reading.findings) == [("plan-earlier-code-unclear", "G2", shown)]
    assert reading.plan.goals[0].earlier_codes == ()


@pytest.mark.parametrize(
    "value", ["01.02; uusi", "uusi;01.02", "01.02\nnytt", "new, 01.02", "01.02 (uusi)", "1 tai uusi"]
)
def test_codes_and_the_word_for_a_new_goal_in_one_cell_are_told_as_such(tmp_path: Path, value: str) -> None:
    reading = read(tmp_path, (*COUNCIL_ROW, value), top=(*TOP, "Aiempi koodi"))
    (finding,) = reading.findings
    assert (finding.rule, finding.place.cell) == ("plan-earlier-code-both", "G2")
    assert "tai uudelle tavoitteelle ”uusi”" in Words(Language.FINNISH).advice(finding)
    assert (reading.plan.goals[0].earlier_codes, reading.plan.goals[0].is_new) == ((), False)


def test_a_plan_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        read_plan_file(tmp_path / "plan.xlsx", HEADINGS)
    assert caught.value.exit_code == 3
    assert str(tmp_path / "plan.xlsx") in str(caught.value)


def test_a_plan_that_may_not_be_read_is_the_folders_fault(tmp_path: Path) -> None:
    with pytest.raises(FolderError):
        read_plan_file(tmp_path, HEADINGS)


@pytest.mark.parametrize("data", [b"", b"Code;Title\n", b"PK\x03\x04 cut short"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "plan.xlsx").write_bytes(data)
    with pytest.raises(PlanError, match="not an Excel workbook"):
        read_plan_file(tmp_path / "plan.xlsx", HEADINGS)


def test_a_workbook_with_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "plan.xlsx", ("Ohjelma", (TOP, COUNCIL_ROW)))
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part[:-40] if name.endswith("sheet1.xml") else part)
    with pytest.raises(PlanError, match="damaged"):
        read_plan_file(path, HEADINGS)


def test_a_strict_workbook_is_refused_with_its_reason(tmp_path: Path) -> None:
    """openpyxl opens such a workbook as empty."""
    path = save(tmp_path / "plan.xlsx", ("Ohjelma", (TOP, COUNCIL_ROW)))
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            strict = part.replace(
                b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/spreadsheetml"
            )
            strict = strict.replace(
                b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
            )
            archive.writestr(name, strict)
    with pytest.raises(PlanError, match="Strict Open XML"):
        read_plan_file(path, HEADINGS)


@pytest.mark.parametrize(
    "top", [("Tavoite", "Vastuuhenkilö"), ("Toimenpide", "Vastuu"), ("Vastuuhenkilö", "Toimialue")]
)
def test_a_workbook_without_the_heading_row_is_refused(tmp_path: Path, top: Row) -> None:
    with pytest.raises(PlanError, match="no sheet has the plan's heading row") as caught:
        read(tmp_path, COUNCIL_ROW, top=top)
    assert ", ".join(TOP) == caught.value.values["headings"]


def test_an_unusable_plan_is_refused_with_every_cell(tmp_path: Path) -> None:
    read(tmp_path, COUNCIL_ROW, COUNCIL_ROW, (None, "05.01 Menot", None, None, CLERK), (None, "1.1 Menot"))
    with pytest.raises(PlanError) as caught:
        load_plan(tmp_path / "plan.xlsx", HEADINGS)
    assert str(caught.value).splitlines()[1:] == [
        "  Toteutusohjelma!A3 01: plan-double-code (A2, A3)",
        "  Toteutusohjelma!B4 05.01: plan-unknown-parent (05)",
    ]


def test_a_plan_with_faults_of_single_rows_can_be_worked_with(tmp_path: Path) -> None:
    read(tmp_path, COUNCIL_ROW, (None, "Menot", None, None, CLERK))
    assert [goal.code for goal in load_plan(tmp_path / "plan.xlsx", HEADINGS).plan.goals] == ["01"]


@pytest.mark.parametrize(
    "titles",
    [
        ("1 Talous", "1.1 Menot", "1.1.1 Säästöt", "1.10 Velat", "10 Luonto"),
        ("1. Talous", "1.1. Menot", "1.1.1. Säästöt", "1.10. Velat", "10. Luonto"),
        ("01 Talous", "01.01 Menot", "01.01.01 Säästöt", "01.10 Velat", "10 Luonto"),
        ("1 Talous", "1.01 Menot", "1.01.1 Säästöt", "1.10 Velat", "10 Luonto"),
    ],
)
def test_codes_are_read_as_the_municipality_writes_them(tmp_path: Path, titles: tuple[str, ...]) -> None:
    rows = [in_column(level, title) for level, title in zip((1, 2, 3, 2, 1), titles, strict=True)]
    reading = read(tmp_path, *rows)
    first, second, third, *_ = codes = [title.split()[0].rstrip(".") for title in titles]
    assert reading.findings == ()
    assert [(goal.code, goal.level) for goal in reading.plan.goals] == list(zip(codes, (1, 2, 3, 2, 1), strict=True))
    assert [goal.parent for goal in reading.plan.goals] == [None, first, second, first, None]
    assert reading.plan.by_code[third].ancestors == (first, second)
    again = tmp_path / "again.xlsx"
    again.write_bytes(plan_bytes(reading.plan, HEADINGS, Words(SETTINGS.language)))
    assert load_plan(again, HEADINGS).plan.digest == reading.plan.digest


@pytest.mark.parametrize(
    ("titles", "codes", "question"),
    [
        (("01 A", "01.01 B", "1.2 C"), ["01", "01.01", "01.02"], ("B4", "B4 1.2")),
        (("1 A", "1.1 B", "01.02 C"), ["1", "1.1", "1.2"], ("B4", "B4 01.02")),
        (("01 A", "1.1 B", "1.2 C"), ["1", "1.1", "1.2"], ("A2", "A2 01")),
    ],
)
def test_codes_in_two_forms_are_read_as_most_are_and_asked_about(
    tmp_path: Path, titles: tuple[str, ...], codes: list[str], question: tuple[str, str]
) -> None:
    reading = read(tmp_path, *map(in_column, (1, 2, 2), titles))
    assert [goal.code for goal in reading.plan.goals] == codes
    assert placed(reading.findings) == [("plan-mixed-codes", *question)]


def test_one_code_in_two_forms_is_a_double_code(tmp_path: Path) -> None:
    reading = read(tmp_path, *map(in_column, (1, 2, 2), ("1 A", "1.1 B", "01.01 C")))
    assert [finding.rule for finding in reading.unusable] == ["plan-double-code"]
    assert reading.unusable[0].value == "B3, B4"


def test_a_number_at_the_start_of_a_title_is_no_code_of_another_form(tmp_path: Path) -> None:
    reading = read(tmp_path, *map(in_column, (1, 2, 2), ("05 A", "05.01 B", "5 uutta asuntoa")))
    assert placed(reading.findings) == [("plan-no-code", "B4", "5 uutta asuntoa")]


NUMBERS = ("1 → 1", "1.1 → 1.1", "1.1.1 → 1.1.1", "2 → 2")


@pytest.mark.parametrize(
    ("titles", "read_as"),
    [
        (("T1 A", "T1.1 B", "T1.1.1 C", "T2 D"), ("T1 → 1", "T1.1 → 1.1", "T1.1.1 → 1.1.1", "T2 → 2")),
        (("A A", "A-1 B", "A-1-1 C", "B D"), ("A → 1", "A-1 → 1.1", "A-1-1 → 1.1.1", "B → 2")),
        (("I A", "I.1 B", "I.1.a C", "II D"), ("I → 1", "I.1 → 1.1", "I.1.a → 1.1.1", "II → 2")),
        (("V1 A", "T1 B", "TP1 C", "V2 D"), ("V1 → 1", "T1 → 1.1", "TP1 → 1.1.1", "V2 → 2")),
        (("Tavoite 1 A", "Tavoite 1.1: B", "Toimenpide 1.1.1 C", "Tavoite 2. D"), NUMBERS),
        (("1) A", "1-1 B", "1-1-1 C", "2) D"), ("1 → 1", "1-1 → 1.1", "1-1-1 → 1.1.1", "2 → 2")),
    ],
)
def test_a_column_of_another_scheme_is_one_finding_with_what_would_be_read(
    tmp_path: Path, titles: tuple[str, ...], read_as: tuple[str, ...]
) -> None:
    reading = read(tmp_path, *map(in_column, (1, 2, 3, 1), titles))
    assert placed(reading.findings) == [("plan-other-codes", "A2", titles[0])]
    assert reading.findings[0].allowed == read_as and reading.plan.goals == ()


def test_codes_of_another_scheme_in_one_column_are_read_under_the_goals_above(tmp_path: Path) -> None:
    titles = ("01 A", "T1 B", "T2 C", "02 D", "T3 E", "T4 F", "T5 G", "T6 H", "T7 I")
    reading = read(tmp_path, *map(in_column, (1, 2, 2, 1, 2, 2, 2, 2, 2), titles))
    assert placed(reading.findings) == [("plan-other-codes", "B3", "T1 B")]
    examples = ("T1 → 01.01", "T2 → 01.02", "T3 → 02.03", "T4 → 02.04", "T5 → 02.05", "T6 → 02.06", "…")
    assert reading.findings[0].allowed == examples


@pytest.mark.parametrize("title", ["T1 A", "Ei koodia", "IT hankinnat", "24/7 päivystys"])
def test_a_single_row_without_a_code_is_told_by_itself(tmp_path: Path, title: str) -> None:
    reading = read(tmp_path, *map(in_column, (1, 2, 2), ("01 A", "01.01 B", title)))
    assert placed(reading.findings) == [("plan-no-code", "B4", title)]


@pytest.mark.parametrize("rows", [(), ((None,) * 7,)])
def test_a_plan_without_goals_is_an_error(tmp_path: Path, rows: tuple[Row, ...]) -> None:
    assert placed(read(tmp_path, *rows).findings) == [("plan-empty", None, "")]


def in_column(level: int, title: str) -> Row:
    """A row of the plan with its title in the column of its level."""
    return (*(title if column == level else None for column in (1, 2, 3)), None, CLERK, None)


@pytest.mark.parametrize("language", Language)
def test_a_written_plan_is_read_back_in_each_language(tmp_path: Path, language: Language) -> None:
    titles = (Translation("sv", "=Mål"), Translation("en", "Goal"))
    odd = Goal("03", "A & <b>", "=1+1\n- uhka", ("=Johtaja",), "Sivistys", "", titles, ("02", "03"))
    plan = replace(PLAN, goals=(*PLAN.goals, odd, replace(goal("04"), is_new=True)))
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_bytes(plan, HEADINGS, Words(language)))
    read_back = load_plan(path, HEADINGS).plan
    assert [replace(goal, cell="") for goal in read_back.goals] == [replace(goal, cell="") for goal in plan.goals]
    assert read_back.officers == plan.officers


def test_a_written_plan_is_ready_to_be_edited_and_printed(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_bytes(PLAN, HEADINGS, Words(SETTINGS.language)))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Toteutusohjelma", "Vastuuhenkilöt"]
    for sheet in book.worksheets:
        assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("A2", "$1:$1", sheet.dimensions)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert {(cell.number_format, cell.alignment.wrap_text) for cell in cells} == {("@", True)}
        assert {sheet.column_dimensions[letter].number_format for letter in "ABCD"} == {"@"}
        assert not sheet.protection.sheet


def test_rows_may_grow_with_what_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan_bytes(PLAN, HEADINGS, Words(SETTINGS.language)))
    with ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b'ht="' in sheet and b"customHeight" not in sheet


@pytest.mark.parametrize("plan", [PLAN, Plan(())], ids=["filled", "empty"])
def test_a_written_plan_is_valid_and_the_same_each_time(tmp_path: Path, plan: Plan) -> None:
    data = plan_bytes(plan, HEADINGS, Words(SETTINGS.language))
    assert data == plan_bytes(plan, HEADINGS, Words(SETTINGS.language))
    (tmp_path / "plan.xlsx").write_bytes(data)
    assert OpenXmlValidator().validate(tmp_path / "plan.xlsx").errors == []
    assert len(load_plan(tmp_path / "plan.xlsx", HEADINGS).plan.goals) == len(plan.goals)
