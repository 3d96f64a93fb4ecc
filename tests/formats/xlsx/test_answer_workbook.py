"""The officer's own workbook with its errors and questions marked in it: what must change does, and nothing else."""

import re
import warnings
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook as Book
from openxml_audit import FileFormat, OpenXmlValidator

from generator.domain.base.finding import Finding, Place
from generator.domain.base.rule import Severity
from generator.domain.base.settings import Language
from generator.domain.plan.form import AnswerStamp, Identity, make_form
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.checks import check
from generator.domain.submission.feedback import (
    Feedback,
    FeedbackColumn,
    Reply,
    make_feedback,
    read_answer_stamp,
    read_replies,
)
from generator.domain.submission.workbook import Sheet, Workbook
from generator.formats.xlsx.answer_workbook import answer_workbook
from generator.formats.xlsx.cell_marks import MARKS
from generator.formats.xlsx.feedback_sheet import HEADING_ROW, SHEET, feedback_headings
from generator.formats.xlsx.form_file import form_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.formats.xlsx.workbook_mark import MARK_PROPERTY
from generator.i18n.words import THIS, WITHDRAW, Words, degree_choices
from tests.builders import CLERK, PLAN, SETTINGS, rules
from tests.formats.xlsx.test_reader import STRICT, STYLES, by_hand, zipped

FIXTURES = Path(__file__).parents[1] / "fixtures"
WORDS = Words(SETTINGS.language)
PALAUTE = WORDS(SHEET)
OWN = "Oma seuranta"  # the sheet of the fixture
OPTIONS = degree_choices(SETTINGS.degree_scale, WORDS).options
STAMP, STAMP_KEY = AnswerStamp(7, 12), b"k" * 32
KEY, OTHER_KEY = "0123456789ab", "ba9876543210"
IDENTITY = Identity("2026-1", CLERK, PLAN.digest, 7)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COMMENTS, DRAWING = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"

Parts = dict[str, bytes]


@cache
def excel() -> bytes:
    return packed("excel365")


@cache
def form() -> bytes:
    made = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=())
    return form_bytes(made, IDENTITY.pairs(b"key"), SETTINGS, WORDS)


def packed(name: str) -> bytes:
    """A fixture's folder as a workbook."""
    folder = FIXTURES / name
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return zipped({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def error(cell: str | None, sheet: str | None = OWN, rule: str = "degree-missing") -> Finding:
    return Finding(rule, Place(sheet, cell), "01.01", allowed=OPTIONS)


def question(cell: str | None, sheet: str | None = OWN, key: str = KEY) -> Finding:
    return Finding("narrative-unchanged", Place(sheet, cell), "01.01", "Työ etenee.", key=key)


# An error on a blank cell that the XML does not hold and that has a person's note, and on others; a question on a cell
# with a threaded comment, and on one with a plain note; one error of the whole file.
FINDINGS = (
    error(None, sheet=None, rule="another-period"),
    error("F4"),
    error("E5", rule="overall-status-unknown"),
    error("F6", rule="degree-out-of-scale"),
    question("G4"),
    question("D4", key=OTHER_KEY),
)


def answered(data: bytes, *findings: Finding, language: Language = Language.FINNISH) -> bytes:
    made = answer_workbook(data, make_feedback(findings), Words(language), stamp=STAMP.text(STAMP_KEY))
    assert made is not None
    return made


def parts(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    text = parts(data)[part].decode()
    assert old in text
    return zipped({**parts(data), part: text.replace(old, new)})


def opened(data: bytes) -> Book:
    """As openpyxl sees it, which leaves out what stands in extension lists and says so."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extension is not supported")
        return openpyxl.load_workbook(BytesIO(data))


def saved(book: Book) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_read(data: bytes) -> Workbook:
    workbook = read_workbook(data)
    assert isinstance(workbook, Workbook)
    return workbook


def values(data: bytes) -> list[Sheet]:
    """All sheets but the feedback, as our reader sees them, without the notes and the fills that we add to."""
    return [replace(sheet, notes=(), fills=()) for sheet in as_read(data).sheets if sheet.name != PALAUTE]


def look(cell: Any) -> tuple[object, ...]:
    """All of a cell's look but its fill."""
    parts = (cell.font, cell.border, cell.alignment, cell.number_format, cell.protection)
    return tuple(map(repr, parts))


def fill(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[2:] if cell.fill.fill_type == "solid" else ""


def notes(data: bytes, sheet: str = OWN) -> dict[str, str]:
    cells = (cell for row in opened(data)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if isinstance(cell, Cell) and cell.comment}


def lines(data: bytes, sheet: str = PALAUTE) -> list[dict[FeedbackColumn, Any]]:
    rows = opened(data)[sheet].iter_rows(min_row=HEADING_ROW + 1)
    return [dict(zip(FeedbackColumn, row, strict=True)) for row in rows]


def faults(tmp_path: Path, data: bytes) -> set[str]:
    path = tmp_path / "audited.xlsx"
    path.write_bytes(data)
    return {str(fault) for fault in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors}


# What must be there


def test_every_cell_is_coloured_explained_and_linked() -> None:
    feedback = make_feedback(FINDINGS)
    data = answered(excel(), *FINDINGS)
    sheet, said, rows = opened(data)[OWN], notes(data), lines(data)
    assert [row[FeedbackColumn.NUMBER].value for row in rows] == [str(number) for number in range(1, 7)]
    for item, row in zip(feedback.items, rows, strict=True):
        if item.place.cell:
            assert fill(sheet[item.place.cell]) == MARKS[item.severity]
            assert WORDS.finding(item) in said[item.place.cell]
            assert row[FeedbackColumn.PLACE].hyperlink.location == f"'{OWN}'!{item.place.cell}"
        else:
            assert row[FeedbackColumn.PLACE].hyperlink is None
        assert row[FeedbackColumn.MESSAGE].value == WORDS.finding(item)
        assert row[FeedbackColumn.CODE].value == "01.01"
        assert row[FeedbackColumn.KIND].value == WORDS(item.severity.value)
        assert fill(row[FeedbackColumn.KIND]) == MARKS[item.severity]


def test_the_scale_stands_once_on_the_feedback_and_in_each_cells_own_note() -> None:
    data = answered(excel(), error("F4"), error("F5"), error("F6", rule="degree-out-of-scale"))
    first, *later = [row[FeedbackColumn.ADVICE].value for row in lines(data)]
    assert all(option in first for option in OPTIONS)
    assert [[option for option in OPTIONS if option in advice] for advice in later] == [[], []]
    assert all(WORDS.place(Place(OWN, "F4")) in advice for advice in later)
    assert all(OPTIONS[0] in notes(data)[cell] for cell in ("F4", "F5", "F6"))


def test_a_cell_keeps_all_of_its_look_but_the_fill() -> None:
    before, after = opened(excel())[OWN], opened(answered(excel(), *FINDINGS))[OWN]
    for name in ("E5", "F6", "G4", "D4"):
        assert look(after[name]) == look(before[name])
    assert look(after["F4"]) == look(before["F5"]), "a cell that was not there looks as its column does"
    assert [fill(after[name]) for name in ("G5", "G6")] == [fill(before[name]) for name in ("G5", "G6")]


def test_a_cell_that_was_not_there_may_take_its_rows_look_or_none() -> None:
    rows = '<row r="2" s="1" customFormat="1"><c r="A2"/></row><row r="4"><c r="B4"/></row>'
    made = answered(zipped(typed(rows)), *(error(name, "Taulukko") for name in ("C2", "C3", "A4")))
    book = opened(made)["Taulukko"]
    assert [(book[name].number_format, fill(book[name])) for name in ("C2", "C3", "A4")] == [
        ("0%", MARKS[Severity.ERROR]),
        ("General", MARKS[Severity.ERROR]),
        ("General", MARKS[Severity.ERROR]),
    ]


def typed(rows: str, around: str = "{}") -> dict[str, str | bytes]:
    """A workbook by hand that is whole enough for Excel: it names the types of its parts."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{main}{kind}+xml"/>'
        for part, kind in {
            "xl/workbook.xml": "sheet.main",
            "xl/worksheets/sheet1.xml": "worksheet",
            "xl/sharedStrings.xml": "sharedStrings",
            STYLES: "styles",
        }.items()
    )
    head = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return {
        "[Content_Types].xml": f"{head}{defaults}{types}</Types>",
        **by_hand(rows, strings="<si><t>x</t></si>", styles=BARE_STYLES, around=around),
    }


BARE_STYLES = (
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)


def test_an_error_and_a_question_on_one_cell_give_one_colour_and_two_explanations() -> None:
    data = answered(excel(), question("F5"), error("F5"))
    assert fill(opened(data)[OWN]["F5"]) == MARKS[Severity.ERROR]
    assert [WORDS.finding(item) in notes(data)["F5"] for item in (question("F5"), error("F5"))] == [True, True]
    assert notes(data)["F5"].count("— Seuranta") == 2


def test_a_persons_note_stands_before_ours_in_the_same_note() -> None:
    before, after = notes(excel()), notes(answered(excel(), *FINDINGS))
    for name in ("F4", "D4", "G4"):
        own, ours = after[name][: len(before[name])], after[name][len(before[name]) :]
        assert own == before[name]
        assert ours.startswith("\n\n") and ours.endswith("— Seuranta")
    boxes = parts(answered(excel(), *FINDINGS))[DRAWING].decode()
    assert boxes.count("<x:Row>3</x:Row>") == 3, "no second box for a cell that has one"


def test_a_merged_cell_is_marked_where_it_is_seen() -> None:
    data = answered(excel(), error("B1"))
    assert fill(opened(data)[OWN]["A1"]) == MARKS[Severity.ERROR]
    assert notes(data).keys() - notes(excel()).keys() == {"A1"}
    assert lines(data)[0][FeedbackColumn.PLACE].hyperlink.location == f"'{OWN}'!B1"


def test_advice_with_long_choices_is_a_list() -> None:
    advice = lines(answered(excel(), error("F4")))[0][FeedbackColumn.ADVICE].value
    assert advice.splitlines()[1:] == [f"– {option}" for option in OPTIONS]


def test_only_a_question_with_a_key_asks_for_a_reply() -> None:
    first, second, third = lines(answered(excel(), error("F4"), question("G4"), question("G5", key="")))
    replies = [(row[FeedbackColumn.REPLY].value, row[FeedbackColumn.KEY].value) for row in (first, second, third)]
    assert replies == [("–", None), (None, KEY), ("–", None)]
    framed = second[FeedbackColumn.REPLY]
    assert fill(framed) and framed.border.left.color.rgb != first[FeedbackColumn.REPLY].border.left.color.rgb


def differing(*names: str) -> Finding:
    return Finding("files-differ", Place(OWN, "F4"), "01.01", "01.01: 3 / 4 (b.xlsx, …)", names, key=KEY)


def choices(data: bytes) -> dict[str, str]:
    """The drop-downs of the feedback by their cells."""
    rules_of = opened(data).worksheets[0].data_validations.dataValidation
    assert all(rule.type == "list" and rule.allow_blank and not rule.showErrorMessage for rule in rules_of)
    return {str(rule.sqref): rule.formula1 for rule in rules_of}


@pytest.mark.parametrize("language", Language)
def test_a_reply_with_set_answers_is_chosen_from_a_list_and_any_other_may_be_typed(language: Language) -> None:
    words = Words(language)
    stands = Finding("another-answer-stands", Place(OWN, "F5"), "01.02", key=KEY)
    emptied = Finding("row-emptied", code="01.03", key=OTHER_KEY)
    findings = differing("a.xlsx", "b.xlsx"), stands, emptied, question("G4"), error("F4")
    data = answered(excel(), *findings, language=language)
    asked = [row for row in lines(data, words(SHEET)) if row[FeedbackColumn.KEY].value]
    assert len(asked) == 4 and all(row[FeedbackColumn.REPLY].value is None for row in asked)
    offered = choices(data)
    assert sorted(offered.values()) == sorted(['"a.xlsx,b.xlsx"', f'"{words(THIS)}"', f'"{words(WITHDRAW)}"'])
    assert offered.keys() <= {row[FeedbackColumn.REPLY].coordinate for row in asked}


@pytest.mark.parametrize(
    ("names", "offered"),
    [
        (('a "uusi".xlsx', "b.xlsx"), ['"a ""uusi"".xlsx,b.xlsx"']),
        (("a, b.xlsx", "b.xlsx"), []),
        (("a" * 124 + ".xlsx", "b" * 115 + ".xlsx"), [f'"{"a" * 124}.xlsx,{"b" * 115}.xlsx"']),
        (("a" * 124 + ".xlsx", "b" * 116 + ".xlsx"), []),
    ],
)
def test_names_that_a_list_cannot_hold_are_typed(tmp_path: Path, names: tuple[str, str], offered: list[str]) -> None:
    data = answered(excel(), differing(*names))
    assert list(choices(data).values()) == offered
    assert faults(tmp_path, data) <= faults(tmp_path, excel())


def test_the_answer_tells_which_save_it_answers_where_nobody_sees_it() -> None:
    for language in Language:
        data = answered(excel(), *FINDINGS, language=language)
        (hidden,) = [cell.coordinate for cell in opened(data).worksheets[0][1] if cell.value == STAMP.text(STAMP_KEY)]
        assert hidden == "I1" and opened(data).worksheets[0].column_dimensions["I"].hidden
        assert read_answer_stamp(as_read(data), feedback_headings(), STAMP_KEY) == STAMP
        assert read_answer_stamp(as_read(data), feedback_headings(), b"o" * 32) is None
    assert read_answer_stamp(as_read(excel()), feedback_headings(), STAMP_KEY) is None


def test_an_answer_of_an_answer_tells_the_later_save_alone() -> None:
    later = AnswerStamp(9, 20)
    data = answered(form(), error("F4", "Seuranta"))
    again = answer_workbook(data, make_feedback((error("F4", "Seuranta"),)), WORDS, stamp=later.text(STAMP_KEY))
    assert again and read_answer_stamp(as_read(again), feedback_headings(), STAMP_KEY) == later
    stamps = [cell.raw for sheet in as_read(again).sheets for cell in sheet.cells if cell.raw.startswith("answer ")]
    assert stamps == [later.text(STAMP_KEY)]


@pytest.mark.parametrize("language", Language)
def test_the_sheet_says_how_it_is_used(language: Language) -> None:
    words = Words(language)
    sheet = opened(answered(excel(), *FINDINGS, language=language)).worksheets[0]
    assert [cell.value for cell in sheet[HEADING_ROW]] == [words(column) for column in FeedbackColumn]
    said = [str(sheet[f"A{row}"].value) for row in (1, 2, 3)]
    assert "4" in said[0] and "2" in said[0]
    assert words(FeedbackColumn.REPLY) in said[1]


def test_the_sheet_says_no_more_than_there_is_to_do() -> None:
    def told(*findings: Finding) -> list[object]:
        sheet = opened(answered(excel(), *findings)).worksheets[0]
        return [sheet[f"A{row}"].value for row in (2, 3)]

    whole = told(error(None, sheet=None))
    assert whole[1] is None and whole[0] != told(error("F4"))[0] != told(question("F4"))[0]
    assert told()[1] is None


def test_the_sheet_is_good_to_read_and_to_print() -> None:
    book = opened(answered(excel(), *FINDINGS))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == f"A{HEADING_ROW + 1}"
    assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    cells = [cell for row in sheet.iter_rows(min_row=HEADING_ROW) for cell in row]
    assert {(cell.number_format, cell.alignment.wrap_text) for cell in cells} == {("@", True)}
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden == ["H", "I"], "what the machine keeps of each question and cell"


def test_texts_are_texts_whatever_they_begin_with() -> None:
    odd = Finding("no-code", Place(OWN, "A4"), value="=1+1 _x0041_ \x07<&>", allowed=("x",))
    data = answered(excel(), odd)
    message = next(cell.raw for cell in as_read(data).sheets[0].cells if "=1+1" in cell.raw)
    assert "=1+1 _x0041_ <&>" in message


# What must stay


def test_only_the_parts_that_must_change_do() -> None:
    before, after = parts(excel()), parts(answered(excel(), *FINDINGS))
    assert {name for name in before if after[name] != before[name]} == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet2.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "docProps/custom.xml",
    }
    assert after.keys() - before.keys() == {"xl/worksheets/sheet4.xml"}
    assert [*after][: len(before)] == [*before]


def test_a_form_without_notes_gets_its_first_ones() -> None:
    before, after = parts(form()), parts(answered(form(), error("F4", "Seuranta")))
    assert after.keys() - before.keys() == {
        "xl/worksheets/sheet5.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        COMMENTS,
        DRAWING,
    }
    untouched = {name for name in before if after[name] == before[name]}
    assert {"xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "docProps/core.xml"} & before.keys() <= untouched


def test_a_sheet_stays_but_for_looks_and_view() -> None:
    def kept(data: bytes) -> list[bytes]:
        root = etree.fromstring(parts(data)["xl/worksheets/sheet2.xml"])
        gone = {f"{MAIN}{name}" for name in ("sheetData", "sheetViews", "dimension")}
        return [etree.tostring(child, method="c14n", exclusive=True) for child in root if child.tag not in gone]

    after = kept(answered(excel(), *FINDINGS))
    assert after == kept(excel())
    assert any(b"x14:dataValidations" in child for child in after)


def test_prefixes_that_only_an_attribute_names_stay_declared() -> None:
    made = parts(answered(excel(), *FINDINGS))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml", COMMENTS):
        root = etree.fromstring(made[name])
        ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
        assert ignorable and set(ignorable.split()) <= set(root.nsmap)


def test_values_stay_as_our_reader_sees_them() -> None:
    for data, sheet in ((excel(), OWN), (form(), "Seuranta")):
        made = answered(data, *(replace(finding, place=Place(sheet, finding.place.cell)) for finding in FINDINGS))
        assert values(made) == values(data)
        assert own_properties(made) == own_properties(data)


def own_properties(data: bytes) -> list[tuple[str, str]]:
    """All but our mark, which is another in each file."""
    return [pair for pair in as_read(data).properties if pair[0] != MARK_PROPERTY]


def test_the_feedback_is_not_taken_for_a_table_of_progress() -> None:
    before, after = as_read(excel()), as_read(answered(excel(), *FINDINGS))
    sender = read_sender(after, "", b"key")
    known = rules(feedback_headings=feedback_headings(), own_colours=tuple(MARKS.values()))
    assert check(after, sender, known) == check(before, sender, known)


def test_the_workbook_opens_on_the_feedback_and_names_keep_their_sheets() -> None:
    root = etree.fromstring(parts(answered(excel(), *FINDINGS))["xl/workbook.xml"])
    tabs = [(tab.get("name"), tab.get("sheetId"), tab.get("state")) for tab in root.iter(f"{MAIN}sheet")]
    assert tabs == [(PALAUTE, "8", None), ("Ohje", "4", None), (OWN, "2", None), ("Luettelot", "7", "veryHidden")]
    names = [(name.get("name"), name.get("localSheetId")) for name in root.iter(f"{MAIN}definedName")]
    own = [("_xlnm._FilterDatabase", "2"), ("_xlnm.Print_Titles", "2"), ("Asteikko", None)]
    assert names == [("_xlnm.Print_Titles", "0"), *own]
    view = next(root.iter(f"{MAIN}workbookView"))
    assert {"activeTab", "firstSheet"}.isdisjoint(view.keys())
    assert next(root.iter(f"{MAIN}customWorkbookView")).get("activeSheetId") == "2"


def test_no_other_sheet_stays_selected() -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Kuvaaja").sheetViews.sheetView[0].tabSelected = True
    book.create_sheet("Toinen").sheet_view.tabSelected = True
    made = answered(saved(book), error("A1", "Sheet"))
    selected = [name for name, text in parts(made).items() if b'tabSelected="1"' in text]
    assert selected == [name for name in parts(made) if name.endswith("worksheets/sheet3.xml")]


def test_macros_stay() -> None:
    types = parts(form())["[Content_Types].xml"].decode()
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    override = '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    relation = '<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    links = parts(form())["xl/_rels/workbook.xml.rels"].decode()
    data = zipped(
        {
            **parts(form()),
            "[Content_Types].xml": types.replace(plain, macro).replace("</Types>", override),
            "xl/_rels/workbook.xml.rels": links.replace(
                "</Relationships>", f'{relation}Target="vbaProject.bin"/></Relationships>'
            ),
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros",
        }
    )
    made = answered(data, error("F4", "Seuranta"))
    assert parts(made)["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"
    assert macro in parts(made)["[Content_Types].xml"].decode()
    assert as_read(made).has_macros


def test_a_digital_signature_goes_for_it_would_be_broken() -> None:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
    links = parts(excel())["_rels/.rels"].decode()
    own = f'<Relationship Id="rIdS" Type="{kind}/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    inner = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{kind}/signature" Target="sig1.xml"/></Relationships>'
    )
    data = zipped(
        {
            **parts(excel()),
            "_rels/.rels": links.replace("</Relationships>", own),
            "_xmlsignatures/origin.sigs": b"",
            "_xmlsignatures/_rels/origin.sigs.rels": inner,
            "_xmlsignatures/sig1.xml": "<Signature/>",
        }
    )
    made = parts(answered(data, *FINDINGS))
    assert [name for name in made if "signature" in name] == []
    assert b"signature" not in made["_rels/.rels"] and b"core-properties" in made["_rels/.rels"]


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert answered(excel(), *FINDINGS) == answered(excel(), *FINDINGS)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("findings", [FINDINGS, FINDINGS[:1], ()], ids=["all", "whole file", "none"])
def test_the_answer_has_no_fault_that_the_workbook_had_not(
    tmp_path: Path, findings: tuple[Finding, ...], language: Language
) -> None:
    for data, sheet in ((excel(), OWN), (form(), "Seuranta")):
        own = tuple(replace(one, place=Place(one.place.sheet and sheet, one.place.cell)) for one in findings)
        once = answered(data, *own, language=language)
        twice = answered(once, *own[:2], language=language)
        assert faults(tmp_path, once) | faults(tmp_path, twice) <= faults(tmp_path, data)


# Any cells, however the file tells their places

addresses = st.builds("{}{}".format, st.sampled_from(["A", "B", "F", "H", "Z", "AA", "XFD"]), st.integers(1, 30))


@given(st.sets(addresses, max_size=12), st.sampled_from(["form", "excel365"]))
def test_any_cells_can_be_marked_and_the_sheet_stays_in_order(names: set[str], which: str) -> None:
    data, sheet, part = {"form": (form(), "Seuranta", "1"), "excel365": (excel(), OWN, "2")}[which]
    made = answered(data, *(error(name, sheet) for name in sorted(names)))
    assert values(made) == values(data)
    root = etree.fromstring(parts(made)[f"xl/worksheets/sheet{part}.xml"])
    rows = [int(row.get("r")) for row in root.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows))
    for row in root.iter(f"{MAIN}row"):
        cells = [openpyxl.utils.cell.coordinate_from_string(cell.get("r")) for cell in row]
        columns = [openpyxl.utils.column_index_from_string(letters) for letters, _ in cells]
        assert columns == sorted(set(columns)) and {number for _, number in cells} <= {int(row.get("r"))}
    looks = marked_looks(made)
    assert {cell.get("r") for cell in root.iter(f"{MAIN}c") if cell.get("s", "0") in looks} == {
        "A1" if name in ("B1", "C1") and which == "excel365" else name for name in names
    }


def marked_looks(data: bytes) -> set[str]:
    root = etree.fromstring(parts(data)[STYLES])
    colours = [f"FF{colour}" for colour in MARKS.values()]
    fills = [fill.xpath("string(*/*[1]/@rgb)") in colours for fill in root.find(f"{MAIN}fills")]
    return {str(index) for index, xf in enumerate(root.find(f"{MAIN}cellXfs")) if fills[int(xf.get("fillId"))]}


def test_places_that_the_file_leaves_out_are_counted() -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c/><c><v>2</v></c></row>"
    made = answered(zipped(typed(rows)), *(error(name, "Taulukko") for name in ("C1", "B3", "D3", "A4")))
    sheet = opened(made)["Taulukko"]
    assert [fill(sheet[name]) == MARKS[Severity.ERROR] for name in ("C1", "B3", "D3", "A4")] == [True] * 4
    assert [sheet[name].value for name in ("A1", "C1", "B3")] == [1, 3, 2]


def test_a_prefix_of_the_main_namespace_stays(tmp_path: Path) -> None:
    """As the Open XML SDK writes it."""
    data = zipped(typed('<row r="1"><c r="A1" t="str"><v>x</v></c></row>'))
    plain = parts(data)["xl/worksheets/sheet1.xml"].decode()
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", plain).replace("xmlns=", "xmlns:x=")
    made = answered(zipped({**parts(data), "xl/worksheets/sheet1.xml": prefixed}), error("B1", "Taulukko"))
    text = parts(made)["xl/worksheets/sheet1.xml"].decode()
    assert '<x:c r="B1"' in text and "<x:legacyDrawing" in text and "ns0" not in text
    assert faults(tmp_path, made) <= faults(tmp_path, data)


def test_boxes_begin_beside_the_cell_whatever_is_hidden() -> None:
    around = '<sheetFormatPr defaultRowHeight="20"/><cols><col min="2" max="3" width="0" hidden="1"/></cols>{}'
    rows = '<row r="1" hidden="1"/><row r="2" ht="30"/>'
    made = answered(zipped(typed(rows, around=around)), error("A1", "Taulukko"), error("XFD1048576", "Taulukko"))
    anchors = re.findall(r"<x:Anchor>([^<]+)<", parts(made)[DRAWING].decode())
    (left, _, top, _, right, *_), last = ([int(number) for number in anchor.split(",")] for anchor in anchors)
    assert (left, top) == (1, 0) and right > left + 2, "hidden columns give no room"
    assert last[4] < 16_384 and last[6] < 1_048_576


# An answer that comes back


def without(data: bytes, *names: str) -> dict[str, str]:
    return {name: text for name, text in notes(data).items() if name not in names}


def test_an_answer_of_an_answer_has_one_feedback_and_no_doubled_note() -> None:
    once = answered(excel(), *FINDINGS)
    twice = answered(once, *FINDINGS)
    assert [sheet.name for sheet in as_read(twice).sheets] == [PALAUTE, "Ohje", OWN, "Luettelot"]
    assert notes(twice) == notes(once) and parts(twice).keys() == parts(once).keys()
    for row, again in zip(lines(once), lines(twice), strict=True):
        assert [cell.value for cell in row.values()] == [cell.value for cell in again.values()]
    assert answered(twice, *FINDINGS) == answered(answered(twice, *FINDINGS), *FINDINGS)


def test_what_has_been_mended_gets_its_own_look_back() -> None:
    before, after = opened(excel())[OWN], opened(answered(answered(excel(), *FINDINGS), error("E5")))[OWN]
    assert fill(after["E5"]) == MARKS[Severity.ERROR]
    for name in ("D4", "G4"):
        assert (look(after[name]), after[name].fill.fgColor.theme) == (
            look(before[name]),
            before[name].fill.fgColor.theme,
        )
    assert fill(after["F4"]) not in MARKS.values() and after["F4"].fill.fgColor.theme == before["F5"].fill.fgColor.theme
    assert after["F6"].fill.fill_type is None, "a gradient does not come back"


def test_our_words_are_taken_out_of_a_persons_note_and_nothing_else() -> None:
    assert notes(answered(answered(excel(), *FINDINGS))) == notes(excel())


def test_what_a_person_writes_behind_ours_stays() -> None:
    once = replaced(answered(excel(), *FINDINGS), COMMENTS, "\n— Seuranta</t>", "\n— Seuranta\nKorjasin jo.</t>")
    assert notes(answered(once))["F4"] == f"{notes(excel())['F4']}\nKorjasin jo."
    unfinished = replaced(answered(excel(), *FINDINGS), COMMENTS, "\n— Seuranta</t>", "</t>")
    assert notes(answered(unfinished)) == notes(unfinished), "what does not end as ours does is a person's"


def test_a_fill_comes_back_where_a_person_has_deleted_the_note() -> None:
    book = opened(answered(form(), error("F4", "Seuranta")))
    book["Seuranta"]["F4"].comment = None
    assert fill(opened(answered(saved(book)))["Seuranta"]["F4"]) == fill(opened(form())["Seuranta"]["F4"]) != ""


def test_a_mark_that_nothing_is_kept_of_goes_all_the_same() -> None:
    book = opened(answered(form(), error("F4", "Seuranta")))
    del book[PALAUTE]
    book["Seuranta"]["F5"]._style = book["Seuranta"]["F4"]._style
    made = opened(answered(saved(book)))["Seuranta"]
    assert [fill(made[name]) for name in ("F4", "F5")] == ["", ""]
    assert notes(answered(saved(book)), "Seuranta") == {}


def test_a_record_that_somebody_has_changed_does_no_harm() -> None:
    for record in (
        "nonsense",
        "F4|rgb=zz|Seuranta",
        'F4|rgb="/><x>|Seuranta',
        "F4|rgb=FF123456 theme=1 auto=1|Seuranta",
    ):
        book = opened(answered(form(), error("F4", "Seuranta")))
        book[PALAUTE][f"I{HEADING_ROW + 1}"] = record
        assert fill(opened(answered(saved(book)))["Seuranta"]["F4"]) == ""


def test_replies_are_read_from_the_answer_in_every_language() -> None:
    for language in Language:
        book = opened(answered(excel(), *FINDINGS, language=language))
        sheet = book.worksheets[0]
        for row in range(HEADING_ROW + 1, sheet.max_row + 1):
            if sheet[f"H{row}"].value:
                sheet[f"G{row}"] = f"Vastaan {row}"
        book.move_sheet(sheet, 2)
        sheet.title = "Toinen nimi"
        replies = read_replies(as_read(saved(book)), feedback_headings())
        assert replies == (Reply(OTHER_KEY, "Vastaan 10", "01.01"), Reply(KEY, "Vastaan 11", "01.01"))


def test_our_own_sheet_is_replaced_under_any_name_and_in_any_place() -> None:
    book = opened(answered(form(), error("F4", "Seuranta"), language=Language.SWEDISH))
    book.move_sheet(book.worksheets[0], 2)
    book.worksheets[2].title = "Toinen nimi"
    made = answered(saved(book), error("F4", "Seuranta"))
    assert [sheet.title for sheet in opened(made).worksheets][:3] == [PALAUTE, "Seuranta", "Ohje"]
    assert "Toinen nimi" not in opened(made).sheetnames
    names = etree.fromstring(parts(made)["xl/workbook.xml"]).iter(f"{MAIN}definedName")
    assert sorted((name.get("localSheetId"), name.text) for name in names) == [
        ("0", f"'{PALAUTE}'!${HEADING_ROW}:${HEADING_ROW}"),
        ("1", "'Seuranta'!$3:$3"),
    ]


def test_a_persons_sheet_of_that_name_is_theirs() -> None:
    book = opened(form())
    book.create_sheet(PALAUTE.upper())["A1"] = "Omaa"
    once = answered(saved(book), error("F4", "Seuranta"))
    for made in (once, answered(once, error("F5", "Seuranta"))):
        assert opened(made).sheetnames[0] == f"{PALAUTE} (2)"
        assert opened(made)[PALAUTE.upper()]["A1"].value == "Omaa"


def test_what_only_our_old_sheet_led_to_goes_with_it() -> None:
    book = opened(answered(excel(), *FINDINGS))
    sheet = book.worksheets[0]
    sheet["B1"] = "=1+1"
    sheet["A1"].comment = openpyxl.comments.Comment("Muistiinpano", "x")
    returned = saved(book)
    for part, end, more in (
        ("xl/_rels/workbook.xml.rels", "</Relationships>", CHAIN_LINK),
        ("[Content_Types].xml", "</Types>", CHAIN_TYPE),
    ):
        returned = replaced(returned, part, end, more + end)
    chain = f'<calcChain xmlns="{MAIN[1:-1]}"><c r="B1" i="1"/></calcChain>'
    chained = zipped({**parts(returned), "xl/calcChain.xml": chain})
    made = parts(answered(chained, error("F4")))
    assert "xl/calcChain.xml" not in made and b"calcChain" not in made["[Content_Types].xml"]
    assert not [name for name in made if b"Muistiinpano" in made[name]]


CHAIN_LINK = (
    '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" '
    'Target="calcChain.xml"/>'
)
CHAIN_TYPE = (
    '<Override PartName="/xl/calcChain.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
)


# What is left alone


def refused(data: bytes, *findings: Finding) -> bool:
    return answer_workbook(data, make_feedback(findings or FINDINGS), WORDS, stamp="") is None


def test_a_strict_workbook_is_not_marked() -> None:
    assert refused(zipped(by_hand('<row r="1"><c r="A1"><v>1</v></c></row>', names=STRICT)))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/_rels/workbook.xml.rels", "2017/10/relationships/person", "2006/relationships/revisionHeaders"),
        ("xl/_rels/workbook.xml.rels", "relationships/styles", "relationships/other"),
        ("xl/worksheets/_rels/sheet2.xml.rels", "../comments1.xml", "../comments9.xml"),
        ("xl/worksheets/_rels/sheet2.xml.rels", '"rId2"', '"rId9"'),
        ("xl/styles.xml", "cellXfs", "cellXfsx"),
        ("xl/worksheets/sheet2.xml", MAIN[1:-1], STRICT["main"]),
        ("xl/worksheets/sheet2.xml", 's="5"', 's="99"'),
        ("xl/worksheets/sheet2.xml", "A1:C1", "A1:C"),
        (COMMENTS, "<commentList>", "<commentList"),
        (COMMENTS, "<comments", "<!DOCTYPE x [<!ENTITY a 'b'>]><comments"),
        (DRAWING, "</xml>", ""),
        ("xl/workbook.xml", 'sheetId="7"', 'sheetId="x"'),
    ],
)
def test_what_cannot_be_changed_safely_is_not_changed(part: str, old: str, new: str) -> None:
    text = parts(excel())[part].decode()
    assert old in text
    cut = re.sub(r"^<\?xml.*?\?>\s*", "", text.replace(old, new)) if "DOCTYPE" in new else text.replace(old, new)
    assert refused(zipped({**parts(excel()), part: cut}))


def test_a_workbook_beyond_measure_is_not_marked() -> None:
    assert refused(b"no workbook")
    wide = parts(excel())["xl/worksheets/sheet2.xml"].decode().replace("</worksheet>", f"{' ' * 2**23}</worksheet>")
    assert refused(zipped({**parts(excel()), "xl/worksheets/sheet2.xml": wide}))
    merges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(7, 10_100))
    assert refused(replaced(excel(), "xl/worksheets/sheet2.xml", "</mergeCells>", f"{merges}</mergeCells>"))


def test_a_member_in_another_compression_is_not_touched() -> None:
    stream = BytesIO(excel())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/media/image2.png", b"x" * 1000)
    assert refused(stream.getvalue())


def test_findings_on_sheets_that_are_not_there_are_only_listed() -> None:
    data = answered(excel(), error("F4", "Poissa"), error(None, OWN))
    gone, whole = lines(data)
    assert gone[FeedbackColumn.PLACE].hyperlink.location == "'Poissa'!F4"
    assert whole[FeedbackColumn.PLACE].hyperlink.location == f"'{OWN}'!A1"
    assert notes(data) == notes(excel())


def test_an_empty_feedback_marks_nothing() -> None:
    made = answer_workbook(excel(), Feedback(()), WORDS, stamp="")
    assert made is not None and notes(made) == notes(excel()) and lines(made) == []


def test_a_personal_identity_code_is_masked_in_cells_of_any_kind_and_in_notes() -> None:
    code = "131052-9993"
    book = openpyxl.load_workbook(BytesIO(form()))
    sheet = book.worksheets[0]
    sheet["G4"] = CellRichText("Asiakas 1310", TextBlock(InlineFont(b=True), "52-9993 ohjattiin"))
    sheet["K5"], sheet["F5"].comment = f"x {code}", Comment(f"y {code}", "Anna")
    data = saved(book)
    data = replaced(data, "xl/worksheets/sheet1.xml", "</sheetData>", f"<row r='90'>{_inline(code)}</row></sheetData>")
    made = answered(data, Finding("personal-identity-code", Place("Seuranta", "G4"), "01.01"))
    texts = "".join(content.decode("utf-8", "replace") for content in parts(made).values())
    assert code not in texts and "52-9993" not in texts
    assert "Asiakas ●●●●●●-●●●● ohjattiin" in texts and "x ●●●●●●-●●●●" in texts and "y ●●●●●●-●●●●" in texts


def _inline(text: str) -> str:
    return f'<c r="A90" t="inlineStr"><is><t>{text}</t></is></c>'
