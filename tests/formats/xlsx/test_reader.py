"""Reading what officers save: workbooks of openpyxl and by hand, held against two other readers, then broken."""

import io
import re
import time
import zipfile
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.packaging.custom import DateTimeProperty, IntProperty, StringProperty
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from generator.domain.submission.workbook import MOST_READ_ROWS, Cell, CellKind, Sheet, SheetState, Unreadable, Workbook
from generator.formats.xlsx.reader import Limits, read_workbook

TEXT, NUMBER, BOOLEAN, ERROR = CellKind
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TRANSITIONAL = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "office": "http://schemas.openxmlformats.org/officeDocument/2006",
    "custom": "custom-properties",
}
STRICT = {
    "main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "office": "http://purl.oclc.org/ooxml/officeDocument",
    "custom": "customProperties",
}
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


def saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def zipped(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unzipped(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relationships(**targets: str) -> str:
    """A part of relationships: the id, and a type and a target parted by a blank."""
    links = (
        f'<Relationship Id="{key}" Type="{{}}" Target="{{}}"/>'.format(*value.split()) for key, value in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'


def by_hand(
    rows: str = "", *, strings: str = "", styles: str = "", around: str = "{}", names: dict[str, str] = TRANSITIONAL
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet of these rows; `around` is the sheet with a place for its sheetData."""
    main, office = names["main"], f"{names['office']}/relationships"
    body = around.format(f"<sheetData>{rows}</sheetData>")
    return {
        "_rels/.rels": relationships(a=f"{office}/officeDocument xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        '<sheets><sheet name="Taulukko" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            a=f"{office}/worksheet worksheets/sheet1.xml",
            b=f"{office}/sharedStrings /xl/sharedStrings.xml",
            c=f"{office}/styles ../xl/styles.xml",
        ),
        SHEET: f'<worksheet xmlns="{main}">{body}</worksheet>',
        STRINGS: f'<sst xmlns="{main}">{strings}</sst>',
        STYLES: f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }


def read(data: bytes | dict[str, str | bytes]) -> Workbook:
    workbook = read_workbook(zipped(data) if isinstance(data, dict) else data)
    assert isinstance(workbook, Workbook), workbook
    return workbook


UNHURRIED = Limits(seconds=60)
"""What is wrong is to be told on any machine, however slow and traced."""


def refused(data: bytes | dict[str, str | bytes], limits: Limits = UNHURRIED) -> Unreadable:
    answer = read_workbook(zipped(data) if isinstance(data, dict) else data, limits)
    assert isinstance(answer, Unreadable), answer
    return answer


def by_address(sheet: Sheet) -> dict[str, Cell]:
    return {f"{get_column_letter(cell.column)}{cell.row}": cell for cell in sheet.cells}


def raws(rows: str, **parts: Any) -> dict[str, str]:
    sheet = read(by_hand(rows, **parts)).sheets[0]
    return {address: cell.raw for address, cell in by_address(sheet).items()}


# What openpyxl wrote


def test_each_kind_of_cell_with_its_format_and_formula() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Eteneminen"
    for address, value in {
        **{"A1": "01.02 Töitä & <kiire>\nrivi  ", "B1": 3, "C1": 1.1, "D1": True, "E1": False, "F1": "#N/A"},
        **{"A2": datetime(2026, 8, 31, 12), "B2": "=B1*2", "C2": "", "D2": " ", "E2": date(2026, 8, 31)},
    }.items():
        sheet[address] = value
    sheet["C1"].number_format = "00.00"
    sheet["A2"].number_format = "mm-dd-yy"
    assert read(saved(workbook)).sheets == (
        Sheet(
            "Eteneminen",
            SheetState.VISIBLE,
            (
                Cell(1, 1, TEXT, "01.02 Töitä & <kiire>\nrivi  "),
                Cell(1, 2, NUMBER, "3"),
                Cell(1, 3, NUMBER, "1.1", "00.00"),
                Cell(1, 4, BOOLEAN, "TRUE"),
                Cell(1, 5, BOOLEAN, "FALSE"),
                Cell(1, 6, ERROR, "#N/A"),
                Cell(2, 1, NUMBER, "46265.5", "mm-dd-yy"),
                Cell(2, 2, NUMBER, "", formula="B1*2"),
                Cell(2, 4, TEXT, " "),
                Cell(2, 5, NUMBER, "46265", "yyyy-mm-dd"),
            ),
        ),
    )


def test_what_is_hidden_and_what_is_merged() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"] = sheet["A3"] = "x"
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions.group("C", "E", hidden=True)
    sheet.merge_cells("A1:B2")
    sheet.merge_cells("D7:D9")
    workbook.create_sheet("Piilo").sheet_state = "hidden"
    workbook.create_sheet("Syvällä").sheet_state = "veryHidden"
    workbook.create_chartsheet("Kaavio").add_chart(BarChart())
    first, *others = read(saved(workbook)).sheets
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {3, 4, 5})
    assert first.merges == ("A1:B2", "D7:D9")
    assert [(sheet.name, sheet.state) for sheet in others] == [
        ("Piilo", SheetState.HIDDEN),
        ("Syvällä", SheetState.VERY_HIDDEN),
    ]


def test_rich_text_and_properties() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = CellRichText("Etenee ", TextBlock(InlineFont(b=True), "hyvin"), " ja ajallaan")
    workbook.properties.lastModifiedBy = "Hallintojohtaja"
    for prop in (
        StringProperty("officer", "Ä & <b>"),
        IntProperty("base", 7),
        DateTimeProperty("at", datetime(2026, 1, 2)),
    ):
        workbook.custom_doc_props.append(prop)
    found = read(saved(workbook))
    assert [cell.raw for cell in found.sheets[0].cells] == ["Etenee hyvin ja ajallaan"]
    assert found.properties == (("officer", "Ä & <b>"), ("base", "7"), ("at", "2026-01-02T00:00:00Z"))
    assert found.last_modified_by == "Hallintojohtaja"
    assert not found.has_macros


def test_built_in_formats_are_those_of_openpyxl() -> None:
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in range(50))
    rows = "".join(f'<row><c s="{number}"><v>1</v></c></row>' for number in range(50))
    sheet = read(by_hand(rows, styles=f"<cellXfs>{styles}</cellXfs>")).sheets[0]
    assert [cell.number_format for cell in sheet.cells] == [
        BUILTIN_FORMATS.get(number, "General") for number in range(50)
    ]


# Held against openpyxl

# openpyxl takes a text for a formula or an error by its first character, and refuses what XML cannot hold.
plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=30
)
texts = plain.filter(lambda text: text[0] not in "=#" and "_x" not in text)
numbers = st.integers(-(10**9), 10**9) | st.floats(-1e12, 1e12)
moments = st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
grids = st.dictionaries(
    st.tuples(st.integers(1, 40), st.integers(1, 30)),
    texts | numbers | st.booleans() | moments,
    min_size=1,
    max_size=20,
)


@given(grids)
def test_another_reader_sees_the_same(grid: dict[tuple[int, int], Any]) -> None:
    workbook = openpyxl.Workbook()
    for (row, column), value in grid.items():
        workbook.active.cell(row, column, value)
    data = saved(workbook)
    sheet = read(data).sheets[0]
    twin = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [(cell.row, cell.column) for cell in sheet.cells] == sorted(grid)
    for cell in sheet.cells:
        other = twin.cell(cell.row, cell.column)
        assert cell.number_format == other.number_format
        assert_same(cell, other.value)


def assert_same(cell: Cell, value: Any) -> None:
    if isinstance(value, bool | str):
        assert (cell.kind, cell.raw) == ((TEXT, value) if isinstance(value, str) else (BOOLEAN, str(value).upper()))
        return
    number = to_excel(value) if isinstance(value, datetime | date) else value
    assert cell.kind is NUMBER
    assert float(cell.raw) == pytest.approx(number, abs=1e-5)


# Texts


pieces = st.sampled_from(["_x0041_", "_x005F_", "_xD83D_", "_xDE00_", "_x000d_", "_x00e4_", "_x", "_", "x0041_", "😀"])


def undone(text: str) -> str:
    """ST_Xstring in its plainest form: code units in, text out, a surrogate without its other half replaced."""
    units: list[int] = []
    for piece in re.split("(_x[0-9A-Fa-f]{4}_)", text):
        escaped = re.fullmatch("_x([0-9A-Fa-f]{4})_", piece)
        encoded = piece.encode("utf-16-le")
        units += [int(escaped[1], 16)] if escaped else memoryview(encoded).cast("H").tolist() if encoded else []
    return "".join(joined(units))


def joined(units: list[int]) -> list[str]:
    if not units:
        return []
    characters, index = [], 0
    while index < len(units):
        high, low = units[index], units[index + 1] if index + 1 < len(units) else 0
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            characters.append(chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00))
            index += 2
        else:
            characters.append("\ufffd" if 0xD800 <= high < 0xE000 else chr(high))
            index += 1
    return characters


@given(
    st.lists(st.lists(plain | pieces | st.sampled_from(["\r", "\n", "\t", " "]), min_size=1).map("".join), min_size=1)
)
def test_any_text_is_read_as_openpyxl_wrote_it(written: list[str]) -> None:
    workbook = openpyxl.Workbook()
    for row, text in enumerate(written, start=1):
        cell = workbook.active.cell(row, 1, text)
        cell.data_type = "s"
    sheet = read(saved(workbook)).sheets[0]
    assert [cell.raw for cell in sheet.cells] == [undone(text) for text in written]


any_text = st.text(st.characters(), max_size=40) | st.lists(plain | pieces).map("".join)


def escaped(text: str, also: frozenset[str]) -> str:
    """As Excel writes a text: what XML cannot hold as `_xHHHH_` of its UTF-16 units, and each `_` that may mislead."""
    out = []
    for character in text:
        if (
            character in also
            or character in "_&<\r\ufffe\uffff"
            or character < " "
            or "\ud800" <= character <= "\udfff"
        ):
            units = memoryview(character.encode("utf-16-le", "surrogatepass")).cast("H").tolist()
            out += [f"_x{unit:04X}_" for unit in units]
        else:
            out.append(character)
    return "".join(out)


@given(any_text, st.frozensets(st.characters(), max_size=3) | st.just(frozenset("😀ä")))
def test_any_escaped_text_comes_back_whole(text: str, also: frozenset[str]) -> None:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    written = escaped(text, also)
    rows = (
        f'<row><c t="s"><v>0</v></c><c t="str"><v>{written}</v></c><c t="inlineStr"><is><t>{written}</t></is></c></row>'
    )
    found = raws(rows, strings=f"<si><t>{written}</t></si>")
    assert found == (dict.fromkeys(("A1", "B1", "C1"), whole) if whole else {})
    whole.encode("utf-8")


@given(st.lists(pieces).map("".join))
def test_whatever_looks_like_an_escape_is_undone_once(text: str) -> None:
    assert raws(f'<row><c t="str"><v>.{text}</v></c></row>') == {"A1": undone(f".{text}")}


def test_a_shared_rich_text_without_its_phonetic_guide() -> None:
    strings = (
        "<si><t>a</t></si><si><r><rPr><b/></rPr><t> b</t></r><r><t>_x000D_c </t></r>"
        '<rPh sb="0" eb="1"><t>ei</t></rPh><phoneticPr fontId="1"/></si><si><t/></si>'
    )
    rows = '<row><c t="s"><v> 1 </v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row>'
    assert raws(rows, strings=strings) == {"A1": " b\rc ", "B1": "a"}


# Sheets by hand


def test_cells_and_rows_that_do_not_say_where_they_are() -> None:
    rows = """<row><c/><c><v>1</v></c></row><row/><row r="5"><c r="C5"/><c><v>2</v></c><c r="F5"><v>3</v></c></row>
        <row><c><v>4</v></c></row>"""
    assert raws(rows) == {"B1": "1", "D5": "2", "F5": "3", "A6": "4"}


def test_cells_of_each_declared_type_and_blanks_among_them() -> None:
    rows = """<row r="1"><c r="A1"><v> 1.10 </v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#REF!</v></c>
        <c r="D1" t="d"><v>2026-08-31</v></c><c r="E1" t="str"><v></v></c><c r="F1" t="inlineStr"><is><t/></is></c>
        <c r="G1" t="s"><v/></c><c r="H1" s="7"/><c r="I1" t="b"><v>0</v></c><c r="J1"><v>-.5E-3</v></c>
        <c r="K1"><v/></c></row>"""
    found = by_address(read(by_hand(rows)).sheets[0])
    assert {address: (cell.kind, cell.raw) for address, cell in found.items()} == {
        "A1": (NUMBER, "1.10"),
        "B1": (BOOLEAN, "TRUE"),
        "C1": (ERROR, "#REF!"),
        "D1": (TEXT, "2026-08-31"),
        "I1": (BOOLEAN, "FALSE"),
        "J1": (NUMBER, "-.5E-3"),
    }


def test_formulas_with_and_without_a_result() -> None:
    rows = """<row><c t="str"><f>A2&amp;"x"</f><v>_x000D_x</v></c><c><f t="shared" si="0"/><v>3</v></c>
        <c t="str"><f>""</f><v></v></c><c><f>1+1</f></c><c t="b"><f>TRUE()</f><v>1</v></c>
        <c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>"""
    assert [(cell.kind, cell.raw, cell.formula) for cell in read(by_hand(rows)).sheets[0].cells] == [
        (TEXT, "\rx", 'A2&"x"'),
        (NUMBER, "3", ""),
        (TEXT, "", '""'),
        (NUMBER, "", "1+1"),
        (BOOLEAN, "TRUE", "TRUE()"),
        (ERROR, "#DIV/0!", "1/0"),
    ]


def test_formats_of_cells_are_not_those_of_conditional_formats_or_named_styles() -> None:
    styles = """<numFmts><numFmt numFmtId="164" formatCode="00.00"/></numFmts>
        <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="999"/></cellXfs>
        <dxfs><dxf><numFmt numFmtId="164" formatCode="0"/><numFmt numFmtId="14" formatCode="d.m."/></dxf></dxfs>"""
    rows = "<row>" + "".join(f'<c s="{style}"><v>1</v></c>' for style in (0, 1, 2, 3, 70)) + "</row>"
    found = [cell.number_format for cell in read(by_hand(rows, styles=styles)).sheets[0].cells]
    assert found == ["General", "00.00", "mm-dd-yy", "General", "General"]


def test_hidden_columns_end_where_the_sheet_ends() -> None:
    around = '<cols><col min="16383" max="99999" hidden="true"/><col min="2" max="2" hidden="0"/></cols>{}'
    assert read(by_hand(around=around)).sheets[0].hidden_columns == {16383, 16384}


def test_anchors_of_form_controls_are_no_rows_and_columns() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    around = f'{{}}<controls><from xmlns="{drawing}"><col hidden="1">0</col><row hidden="1">x</row></from></controls>'
    sheet = read(by_hand('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', around=around)).sheets[0]
    assert sheet == Sheet("Taulukko", SheetState.VISIBLE, (Cell(1048576, 16384, NUMBER, "1"),))


def test_a_strict_workbook_with_macros_properties_and_names_in_other_letters() -> None:
    parts = by_hand('<row><c t="s"><v>0</v></c></row>', strings="<si><t>ä</t></si>", names=STRICT)
    office = f"{STRICT['office']}/relationships"
    parts["_rels/.rels"] = relationships(
        a=f"{office}/officeDocument /XL/Workbook.xml",
        b=f"{office}/customProperties docProps/custom.xml",
        c=f"{PACKAGE}/relationships/metadata/core-properties docProps/core.xml",
    )
    parts["xl/_rels/workbook.xml.rels"] = relationships(
        a=f"{office}/worksheet worksheets/sheet1.xml",
        b=f"{office}/sharedStrings sharedStrings.xml",
        c="http://schemas.microsoft.com/office/2006/relationships/vbaProject vbaProject.bin",
    )
    parts["docProps/custom.xml"] = f"""<Properties xmlns="{STRICT["office"]}/customProperties" xmlns:vt="x">
        <property name="a">\n<vt:lpwstr> b </vt:lpwstr>\n</property><property name="c"/></Properties>"""
    parts["docProps/core.xml"] = f"""<coreProperties xmlns="{PACKAGE}/metadata/core-properties">
        <lastModifiedBy>K</lastModifiedBy></coreProperties>"""
    assert read(parts) == Workbook(
        (Sheet("Taulukko", SheetState.VISIBLE, (Cell(1, 1, TEXT, "ä"),)),),
        (("a", " b "), ("c", "")),
        "K",
        has_macros=True,
    )


def test_parts_in_utf_16_and_without_strings_and_styles() -> None:
    parts = by_hand("<row><c><v>1</v></c></row>")
    parts[SHEET] = str(parts[SHEET]).encode("utf-16")
    del parts[STRINGS]
    parts["xl/_rels/workbook.xml.rels"] = relationships(a="x/worksheet worksheets\\sheet1.xml")
    assert [cell.raw for cell in read(parts).sheets[0].cells] == ["1"]


def test_formatted_blank_cells_leave_nothing() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(1, 20_001))
    assert read(by_hand(rows)).sheets[0].cells == ()


# What cannot be read

COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
OTHER_FORMATS = {
    "nothing": (b"", "empty-file", "0"),
    "zeros": (bytes(4096), "empty-file", "4096"),
    "encrypted": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted-workbook", "EncryptedPackage"),
    "xls": (COMPOUND + "Workbook".encode("utf-16-le"), "save-as-xlsx", "xls"),
    "old xls": (COMPOUND + "Book\0".encode("utf-16-le"), "save-as-xlsx", "xls"),
    "doc": (
        COMPOUND + "WordDocument".encode("utf-16-le"),
        "not-a-workbook",
        "word",
    ),
    "csv": ("Tavoite;Etenemisaste\r\n01.02;3\r\n".encode("latin-1"), "save-as-xlsx", "csv"),
    "unicode text": ("Tavoite\tEtenemisaste\r\n01.02\t3".encode("utf-16"), "save-as-xlsx", "csv"),
    "html": (b"<!DOCTYPE html>\n<HTML><table><tr>", "save-as-xlsx", "html"),
    "xml": (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "save-as-xlsx", "xml"),
    "fods": (b'<office:document m="application/vnd.oasis.opendocument.spreadsheet">', "save-as-xlsx", "fods"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\x00;", "not-a-workbook", "pdf"),
    "text": (b"muistio", "not-a-workbook", "text"),
    "text with a comma": (b"Olen lomalla, palaan elokuussa.\nTerveisin K, hallinto, kunta", "not-a-workbook", "text"),
    "Google Sheets": (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "not-a-workbook", "google-link"),
    "shortcut": (b"[InternetShortcut]\r\nURL=https://x\r\n", "not-a-workbook", "link"),
    "photo": (b"\xff\xd8\xff\xe0\0\x10JFIF", "not-a-workbook", "picture"),
    "rtf": (b"{\\rtf1;a}\n{b;c}", "not-a-workbook", "rtf"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "not-a-workbook", "zip"),
    "unknown": (b"\x01\x02\x03", "not-a-workbook", "other"),
    "unknown compound": (COMPOUND, "not-a-workbook", "other"),
    "Numbers": (zipped({"Index/Document.iwa": "x"}), "not-a-workbook", "numbers"),
    "odt": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
        "not-a-workbook",
        "odt",
    ),
    "pptx": (
        zipped({"_rels/.rels": relationships(a="x/officeDocument ppt/a.xml"), "ppt/a.xml": "<presentation/>"}),
        *("not-a-workbook", "powerpoint"),
    ),
    "xls in capitals": (COMPOUND + "WORKBOOK".encode("utf-16-le"), "save-as-xlsx", "xls"),
    "old xls in capitals": (COMPOUND + "BOOK\0".encode("utf-16-le"), "save-as-xlsx", "xls"),
    "cut short": (zipped(by_hand())[:700], "damaged-workbook", "zip"),
    "zip": (zipped({"a.txt": "a"}), "not-a-workbook", "zip"),
    "empty zip": (zipped({}), "not-a-workbook", "zip"),
    "ods": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED),
        *("save-as-xlsx", "ods"),
    ),
    "ods whose type stands last": (
        zipped({"content.xml": "x" * 9000, "mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        *("save-as-xlsx", "ods"),
    ),
    "ods whose type only its manifest says": (
        zipped({"META-INF/manifest.xml": 'm="application/vnd.oasis.opendocument.spreadsheet"'}),
        *("save-as-xlsx", "ods"),
    ),
    "xlsb": (zipped({"_rels/.rels": relationships(a="x/officeDocument xl/workbook.bin")}), "save-as-xlsx", "xlsb"),
    "docx": (
        zipped(
            {"_rels/.rels": relationships(a="x/officeDocument word/document.xml"), "word/document.xml": "<document/>"}
        ),
        *("not-a-workbook", "word"),
    ),
}


@pytest.mark.parametrize(("data", "rule", "value"), OTHER_FORMATS.values(), ids=OTHER_FORMATS)
def test_other_formats_are_named(data: bytes, rule: str, value: str) -> None:
    assert refused(data) == Unreadable(rule, value)


DAMAGED_ROWS = {
    "column past XFD": '<row><c r="XFE1"><v>1</v></c></row>',
    "row past the last": '<row><c r="A1048577"><v>1</v></c></row>',
    "row zero": '<row r="0"/>',
    "no address": '<row><c r="1A"><v>1</v></c></row>',
    "no row number": '<row r="x"/>',
    "cell past the last column": '<row><c r="XFD1"/><c><v>1</v></c></row>',
    "no such shared string": '<row><c t="s"><v>1</v></c></row>',
    "a shared string before the first": '<row><c t="s"><v>-1</v></c></row>',
    "no such type": '<row><c t="x"><v>1</v></c></row>',
    "no number": "<row><c><v>1,5</v></c></row>",
    "a number beyond any": "<row><c><v>1E9999</v></c></row>",
    "no boolean": '<row><c t="b"><v>2</v></c></row>',
    "no style": '<row><c s="x"><v>1</v></c></row>',
    "two values of one cell": '<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "broken XML": "<row><c><v>1</c></row>",
    "an undeclared entity": '<row><c t="str"><v>&x;</v></c></row>',
    "a value in another's place": "<row><v>1</v></row>",
    "a cell outside a row": "<c><v>1</v></c>",
    "a cell in a text": '<row><c t="inlineStr"><is><t>a</t><r><t><c/></t></r></is></c></row>',
    "elements deeper than any": f"<row/>{'<x>' * 300}{'</x>' * 300}",
    "elements deeper than any in a text": f'<row><c t="inlineStr"><is>{"<x>" * 300}{"</x>" * 300}</is></c></row>',
    "a text with runs of too many elements": f'<row><c t="inlineStr"><is>{"<x/>" * 60_000}</is></c></row>',
    "an item of too many elements": f"<row><c>{'<x/>' * 150_000}</c></row>",
}


@pytest.mark.parametrize("rows", DAMAGED_ROWS.values(), ids=DAMAGED_ROWS)
def test_a_damaged_sheet_is_named(rows: str) -> None:
    assert refused(by_hand(rows, strings="<si><t>a</t></si>")) == Unreadable("damaged-workbook", SHEET)


def test_texts_and_tags_longer_than_any_are_damage() -> None:
    """They are not packed here: else the ratio of the part would tell."""
    value = f'<row><c t="str"><v>{"a" * 11_000_000}</v></c></row>'
    attributes = (f' a{number}="{"x" * 100_000}"' for number in range(12))
    tag = f"<row{''.join(attributes)}/>"
    for rows in (value, tag):
        assert refused(zipped(by_hand(rows), zipfile.ZIP_STORED)) == Unreadable("damaged-workbook", SHEET)


def test_a_value_ends_where_an_element_in_it_begins() -> None:
    """Programs differ on what comes after it; elements of other namespaces are no part of a value."""
    cells = '<c t="str"><v>a<x>b</x>c</v></c><c><f>A1<x/>+1</f><v>2</v></c>'
    first, second = read(by_hand(f"<row>{cells}</row>")).sheets[0].cells
    assert (first.raw, second.raw, second.formula) == ("a", "2", "A1")


def test_a_text_is_whole_whatever_parts_it_arrives_in() -> None:
    """Entities, comments, sections and the ends of chunks part the characters of one text."""
    long = "ä" * 40_000
    text = f"a&amp;b<!-- no --><![CDATA[<c>]]>&#228;{long}"
    cells = f'<c t="inlineStr"><is><t>{text}</t></is></c><c t="str"><v>{text}</v></c><c t="s"><v>0</v></c>'
    assert set(raws(f"<row>{cells}</row>", strings=f"<si><t>{text}</t></si>").values()) == {f"a&b<c>ä{long}"}


def test_a_plain_text_with_its_phonetic_guide_after_it() -> None:
    text = "<t>sana</t><rPh><t>ääntö</t></rPh>"
    cells = f'<c t="inlineStr"><is>{text}</is></c><c t="s"><v>0</v></c>'
    assert set(raws(f"<row>{cells}</row>", strings=f"<si>{text}</si>").values()) == {"sana"}


@pytest.mark.parametrize("merge", ["A1:XFE2", "A1:B2:C3", "", "x"])
def test_a_merge_of_no_cells_is_damage(merge: str) -> None:
    around = f'{{}}<mergeCells><mergeCell ref="{merge}"/></mergeCells>'
    assert refused(by_hand(around=around)) == Unreadable("damaged-workbook", SHEET)


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, STYLES])
@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<?xml version='1.0'?>" + b" " * 40_000 + b"<a/>"])
def test_a_damaged_part_is_named(part: str, content: bytes) -> None:
    assert refused(by_hand() | {part: content}) == Unreadable("damaged-workbook", part)


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET])
def test_a_part_that_no_workbook_can_do_without_is_named(part: str) -> None:
    parts = {name: old for name, old in by_hand().items() if name != part}
    assert refused(parts) == Unreadable("damaged-workbook", part)


def test_a_sheet_must_be_a_sheet_and_have_a_part_of_its_own() -> None:
    chart = f'<chartsheet xmlns="{TRANSITIONAL["main"]}"/>'
    assert refused(by_hand() | {SHEET: chart}) == Unreadable("damaged-workbook", SHEET)
    assert refused(by_hand() | {"xl/_rels/workbook.xml.rels": relationships()}).value == "xl/workbook.xml"


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", SHEET, STRINGS, STYLES])
def test_a_document_type_is_refused_before_any_entity_counts(part: str) -> None:
    entities = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    doctype = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 100}">{entities}]>'
    parts = by_hand()
    parts[part] = doctype + str(parts[part]).replace("><", ">&i;<", 1)
    assert refused(parts) == Unreadable("damaged-workbook", part)


def test_zips_that_no_office_program_writes_are_damage() -> None:
    assert refused(zipped(by_hand(), zipfile.ZIP_BZIP2)) == Unreadable("damaged-workbook", "_rels/.rels")
    assert refused(by_hand() | {SHEET.upper(): "<worksheet/>"}) == Unreadable("damaged-workbook", "zip")
    flagged = bytearray(zipped(by_hand()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flagged[flagged.find(signature) + offset] |= 1
    assert refused(bytes(flagged)) == Unreadable("damaged-workbook", "_rels/.rels")


# Limits

FULL = by_hand(
    '<row hidden="1"><c t="s"><v>0</v></c><c><v>1</v></c></row>',
    strings="<si><t>abc</t></si>",
    around='<cols><col min="1" max="3" hidden="1"/></cols>{}<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
)
FULL["_rels/.rels"] = relationships(a="x/officeDocument xl/workbook.xml", b="x/customProperties docProps/custom.xml")
FULL["docProps/custom.xml"] = f'<Properties xmlns="{TRANSITIONAL["office"]}/custom-properties"><property/></Properties>'
USED = {
    "members": len(FULL),
    "inflated_bytes": sum(map(len, FULL.values())),
    "elements": sum(len(re.findall("<[A-Za-z]", str(part))) for part in FULL.values()),
    "cells": 2,
    "characters": len("abc") + len("abc") + len("1"),
    "marks": 3,
    "merges": 1,
    "properties": 1,
}


@pytest.mark.parametrize("name", USED)
def test_each_limit_is_the_most_that_is_taken(name: str) -> None:
    assert isinstance(read_workbook(zipped(FULL), Limits(**{name: USED[name]})), Workbook)
    refusal = refused(FULL, Limits(**{name: USED[name] - 1}))
    assert refusal == Unreadable("too-large-workbook", f"{name} {USED[name] - 1}")


def test_every_limit_is_tried() -> None:
    assert {field.name for field in fields(Limits)} == {*USED, "ratio", "seconds"}


def test_work_that_takes_too_long_is_stopped() -> None:
    assert refused(FULL, Limits(seconds=0.0)) == Unreadable("too-large-workbook", "seconds 0.0")


def test_a_sheet_is_read_to_the_last_row_that_a_table_can_have() -> None:
    def rows(count: int) -> str:
        return "".join(f"<row><c><v>{row}</v></c></row><row/>" for row in range(count))

    (whole,) = read(by_hand(rows(MOST_READ_ROWS))).sheets
    assert (len(whole.cells), whole.is_cut) == (MOST_READ_ROWS, False)
    (cut,) = read(by_hand(rows(MOST_READ_ROWS + 1))).sheets
    assert cut.is_cut


# Struck through

RUNS = "<r><t>Työ </t></r><r><rPr><strike/></rPr><t>ei</t></r><r><rPr><b/></rPr><t> etenee</t></r>"
STRUCK_STYLES = """<fonts><font><sz val="11"/></font><font><strike/><sz val="11"/></font>
    <font><strike val="0"/></font></fonts><cellXfs><xf/><xf fontId="1"/><xf fontId="2"/></cellXfs>"""


def struck(rows: str, **parts: Any) -> dict[str, str | None]:
    found = read(by_hand(rows, styles=STRUCK_STYLES, **parts)).sheets[0]
    return {address: cell.struck for address, cell in by_address(found).items()}


def test_struck_through_words_are_told_by_their_runs() -> None:
    rows = f"""<row><c t="s"><v>0</v></c><c t="inlineStr"><is>{RUNS}</is></c><c t="s" s="1"><v>0</v></c>
        <c t="s"><v>1</v></c><c t="inlineStr"><is><r><rPr><strike val="false"/></rPr><t>ei</t></r></is></c></row>"""
    strings = f"<si>{RUNS}</si><si><r><rPr><strike/></rPr><t> </t></r><r><t>x</t></r></si>"
    assert struck(rows, strings=strings) == {"A1": "ei", "B1": "ei", "C1": "Työ ei", "D1": None, "E1": None}


def test_struck_through_words_are_told_by_the_cell() -> None:
    rows = """<row><c s="1"><v>3</v></c><c s="1" t="str"><f>A1</f><v>x</v></c><c s="1" t="str"><v> </v></c>
        <c s="2"><v>3</v></c><c s="0"><v>3</v></c><c s="9"><v>3</v></c></row>"""
    assert struck(rows) == {"A1": "3", "B1": "x", "C1": None, "D1": None, "E1": None, "F1": None}


def test_a_cell_without_a_style_is_struck_through_with_its_row_or_column() -> None:
    around = '<cols><col min="2" max="2" style="1"/></cols>{}'
    rows = """<row s="1" customFormat="1"><c><v>1</v></c><c s="0"><v>1</v></c></row>
        <row s="1"><c><v>1</v></c><c><v>1</v></c></row>"""
    assert struck(rows, around=around) == {"A1": "1", "B1": None, "A2": None, "B2": "1"}


def test_notes_are_told_with_their_cells() -> None:
    office = f"{TRANSITIONAL['office']}/relationships"
    parts = by_hand("<row><c><v>1</v></c></row>")
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(a=f"{office}/comments ../comments1.xml")
    notes = "".join(
        f'<comment ref="{ref}"><text>{text}</text></comment>'
        for ref, text in (("A1", RUNS), ("b2", "<t>x_x000D_y</t>"), ("C3:D4", "<t/>"), ("?", "<t>z</t>"))
    )
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{TRANSITIONAL["main"]}"><commentList>{notes}</commentList></comments>'
    )
    told = [(note.row, note.column, note.text) for note in read(parts).sheets[0].notes]
    assert told == [(1, 1, "Työ ei etenee"), (2, 2, "x\ry"), (3, 3, "")]
    del parts["xl/comments1.xml"]
    assert read(parts).sheets[0].notes == ()


# What other programs write


def test_an_old_macro_sheet_that_has_no_part_is_passed_over() -> None:
    parts = by_hand("<row><c><v>1</v></c></row>")
    book = str(parts["xl/workbook.xml"])
    parts["xl/workbook.xml"] = book.replace("<sheets>", '<sheets><sheet name="Makro1" r:id=""/>')
    assert "Makro1" in str(parts["xl/workbook.xml"])
    assert [sheet.name for sheet in read(parts).sheets] == ["Taulukko"]


@pytest.mark.parametrize("part", [STYLES, STRINGS])
def test_a_part_that_is_linked_and_not_there_is_done_without(part: str) -> None:
    parts = by_hand('<row><c s="1"><v>3</v></c></row>')
    del parts[part]
    assert [cell.raw for cell in read(parts).sheets[0].cells] == ["3"]


def test_addresses_may_stand_in_small_letters() -> None:
    rows = '<row><c r="a1"><v>1</v></c><c r="Ab1"><v>2</v></c></row>'
    around = '{}<mergeCells><mergeCell ref="a1:b2"/></mergeCells>'
    (sheet,) = read(by_hand(rows, around=around)).sheets
    assert ([*by_address(sheet)], sheet.merges) == (["A1", "AB1"], ("A1:B2",))


def test_rows_and_columns_of_no_height_and_width_are_hidden() -> None:
    around = '<cols><col min="2" max="2" width="0"/><col min="3" max="3" width="9"/></cols>{}'
    rows = '<row ht="0"><c><v>1</v></c></row><row ht="15"><c><v>1</v></c></row>'
    (sheet,) = read(by_hand(rows, around=around)).sheets
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {2})


def test_a_number_format_longer_than_excel_allows_is_general() -> None:
    formats = "".join(f'<numFmt numFmtId="{200 + at}" formatCode="{"0" * at}"/>' for at in (255, 256))
    styles = f'<numFmts>{formats}</numFmts><cellXfs><xf numFmtId="455"/><xf numFmtId="456"/></cellXfs>'
    (sheet,) = read(by_hand('<row><c s="0"><v>3</v></c><c s="1"><v>3</v></c></row>', styles=styles)).sheets
    assert [cell.number_format for cell in sheet.cells] == ["0" * 255, "General"]


def test_a_zip_bomb_is_refused_at_once() -> None:
    bombs = {
        "a claimed size": zipped(by_hand() | {"xl/media/image1.png": bytes(300 * 2**20)}),
        "a sheet": zipped(by_hand() | {SHEET: bytes(300 * 2**20)}),
    }
    for data in bombs.values():
        begun = time.perf_counter()
        assert refused(data) == Unreadable("too-large-workbook", "inflated_bytes 209715200")
        assert time.perf_counter() - begun < 2


def test_a_part_that_swells_is_refused_by_its_ratio() -> None:
    parts = by_hand(f'<row x="{"0" * 10_000}"/>' * 1_000)
    assert refused(parts) == Unreadable("too-large-workbook", "ratio 200")


def test_a_size_that_the_directory_plays_down_is_not_believed() -> None:
    parts = by_hand("<row/>" * 100_000)
    size = len(parts[SHEET]).to_bytes(4, "little")
    data = zipped(parts)
    assert data.count(size) == 2
    assert refused(data.replace(size, (900).to_bytes(4, "little"))) == Unreadable("damaged-workbook", SHEET)


def test_more_sheets_than_parts_can_be_are_refused() -> None:
    parts = by_hand()
    tabs = '<sheet name="a" sheetId="1" r:id="a"/>' * 3_000
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheets>", f"<sheets>{tabs}")
    assert refused(parts) == Unreadable("too-large-workbook", "members 2000")


# Anything at all


def sample() -> bytes:
    workbook = openpyxl.Workbook()
    for row in (
        ("01.02 Tavoite", 3, True, "=A1"),
        (CellRichText("a", TextBlock(InlineFont(i=True), "b")), 1.5, date(2026, 8, 31)),
    ):
        workbook.active.append(row)
    workbook.active.merge_cells("A4:B5")
    workbook.active.row_dimensions[2].hidden = True
    workbook.custom_doc_props.append(StringProperty("officer", "Hallintojohtaja"))
    return saved(workbook)


SAMPLE = sample()
PACKED = [SAMPLE, zipped(unzipped(SAMPLE), zipfile.ZIP_STORED), zipped(FULL), zipped(FULL, zipfile.ZIP_STORED)]
# fmt: off
snippets = st.binary(max_size=8) | st.sampled_from([
    b"", b"-1", b"0", b"9" * 30, b"<c/>", b"<row/>", b"<v>9</v>", b"&#0;", b"&x;", b"<!-- -->", b"<?a?>",
    b"<![CDATA[x]]>", b'r="XFE1"', b't="s"', b's="-1"', b"_xD800_", b"\xff", b"PK\x01\x02", b'xmlns=""', b"\xff" * 8,
])
# fmt: on


def broken(data: bytes, places: list[tuple[float, int, bytes]]) -> bytes:
    """Puts bytes in place of others: where (0 to 1), how many go, what comes."""
    for place, length, new in places:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    return data


breaks = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), snippets), min_size=1, max_size=4)


def assert_answered(data: bytes) -> None:
    answer = read_workbook(data)
    assert isinstance(answer, Workbook | Unreadable)
    repr(answer).encode("utf-8")


@given(st.binary(max_size=2000), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", COMPOUND[:8], b"\xff\xfe", b"<"]))
def test_any_bytes_get_an_answer(data: bytes, start: bytes) -> None:
    assert isinstance(read_workbook(start + data), Unreadable)


@given(st.sampled_from(PACKED), breaks)
def test_a_broken_zip_gets_an_answer(data: bytes, places: list[tuple[float, int, bytes]]) -> None:
    assert_answered(broken(data, places))


@given(st.sampled_from(PACKED), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_flipped_bytes_get_an_answer(data: bytes, flips: list[tuple[float, int]]) -> None:
    assert_answered(broken(data, [(place, 1, bytes([byte])) for place, byte in flips]))


@given(st.sampled_from(PACKED), st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_is_damaged(data: bytes, share: float) -> None:
    assert refused(data[: int(share * len(data))]).rule in {"empty-file", "damaged-workbook", "not-a-workbook"}


@given(st.data())
def test_a_broken_part_gets_an_answer(data: st.DataObject) -> None:
    parts = dict(data.draw(st.sampled_from([unzipped(whole) for whole in PACKED[:3]])))
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts.pop(name)
    if data.draw(st.integers(0, 9)):
        parts[name] = broken(content if isinstance(content, bytes) else content.encode(), data.draw(breaks))
    assert_answered(zipped(parts))
