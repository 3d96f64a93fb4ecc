"""Reading .xls and .ods: what the files hold, what is bounded, and a child process that dies of them."""

import ctypes
import io
import sys
import zipfile
from itertools import product
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.domain.base.number_format import shown_number
from generator.domain.submission.answer_cells import read_degree, read_text
from generator.domain.submission.workbook import (
    MOST_READ_ROWS,
    Cell,
    CellFill,
    CellKind,
    CellNote,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
)
from generator.formats.legacy.child import read
from generator.formats.legacy.limits import READY, LegacyLimits
from generator.formats.legacy.other_formats import ChildError, answer_of, module_environment, read_other
from generator.formats.legacy.wire import from_json, to_json
from generator.formats.process.bounded import Ended, run_bounded
from generator.formats.process.limits import JobLimits
from tests.builders import rules
from tests.strategies import any_workbooks

TEXT, NUMBER, BOOLEAN, ERROR = CellKind
FIXTURES = Path(__file__).parents[1] / "fixtures"
VALUES, FAR_CELL, LOCKED = (FIXTURES / f"libreoffice-{name}.xls" for name in ("values", "far-cell", "locked"))
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "meta")
)
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
MIME = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "META-INF/manifest.xml"


# Documents by hand


def ods(body: str, automatic: str = "", **parts: str) -> bytes:
    """A package with the body of a spreadsheet as its content; other parts by name, `meta` for meta.xml."""
    content = (
        f"<office:document-content {NAMESPACES} {CALCEXT}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return package(
        {"content.xml": content, MANIFEST: "<manifest/>"} | {f"{name}.xml": text for name, text in parts.items()}
    )


def package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME)
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def table(rows: str, name: str = "Taulukko", **attributes: object) -> str:
    return f"<table:table table:name={quoteattr(name)}{written(attributes)}>{rows}</table:table>"


def row(*cells: str, **attributes: object) -> str:
    return f"<table:table-row{written(attributes)}>{''.join(cells)}</table:table-row>"


def cell(*paragraphs: str, what: str = "", covered: bool = False, **attributes: object) -> str:
    """A cell of that type, `float` with its value: `float=3`; the attributes are those of tables."""
    kind = f' office:value-type="{what}"' if what else ""
    name = "table:covered-table-cell" if covered else "table:table-cell"
    said = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    return f"<{name}{kind}{written(attributes)}>{said}</{name}>"


def written(attributes: dict[str, object]) -> str:
    """`rows_repeated=3` as `table:number-rows-repeated="3"`, `value=3` as `office:value="3"`."""
    made = ""
    for key, value in attributes.items():
        name = key.replace("_", "-")
        if name.endswith("value"):
            name = f"office:{name}"
        elif name.endswith(("repeated", "spanned")):
            name = f"table:number-{name}"
        else:
            name = f"table:{name}"
        made += f" {name}={quoteattr(str(value))}"
    return made


def text(*paragraphs: str, **attributes: object) -> str:
    return cell(*paragraphs, what="string", **attributes)


def in_process(data: bytes) -> Workbook:
    """What the child reads, without a child: for content that nothing dies of."""
    workbook = read("ods" if data.startswith(b"PK") else "xls", data, LegacyLimits())
    assert isinstance(workbook, Workbook), workbook
    return workbook


def cells_of(*rows: str) -> tuple[Cell, ...]:
    return in_process(ods(table("".join(rows)))).sheets[0].cells


def places(*rows: str) -> dict[tuple[int, int], str]:
    return {(found.row, found.column): found.raw for found in cells_of(*rows)}


# Positions


def test_leading_and_repeated_blanks_count_in_an_ods() -> None:
    assert places(
        row(cell(columns_repeated=16384), rows_repeated=4),
        row(cell(columns_repeated=3), text("D5"), cell(columns_repeated=16380)),
        row(cell(columns_repeated=2), text("C6", columns_repeated=2), text("E6"), rows_repeated=2),
        row(cell(columns_repeated=16384), rows_repeated=1048569),
    ) == {
        (5, 4): "D5",
        **{(line, column): ("C6", "C6", "E6")[column - 3] for line, column in product((6, 7), (3, 4, 5))},
    }


def test_rows_and_columns_in_groups_and_headings_count_once() -> None:
    grouped = (
        f"<table:table-columns><table:table-column{written({'columns_repeated': 2})}/></table:table-columns>"
        "<table:table-column-group><table:table-column table:visibility='collapse'/></table:table-column-group>"
        f"<table:table-header-rows>{row(text('A1'))}</table:table-header-rows>"
        f"<table:table-row-group><table:table-row-group>{row(text('A2'))}</table:table-row-group>"
        f"{row(text('A3'), cell(), text('C3'), visibility='filter')}</table:table-row-group>"
    )
    sheet = in_process(ods(table(grouped))).sheets[0]
    assert [(found.row, found.column, found.raw) for found in sheet.cells] == [
        *((1, 1, "A1"), (2, 1, "A2"), (3, 1, "A3"), (3, 3, "C3"))
    ]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {3})


def test_the_last_cell_of_a_sheet_is_a_cell_like_any_other() -> None:
    last = row(cell(columns_repeated=16383), text("XFD"))
    data = ods(table(row(cell(), rows_repeated=1_048_575) + last))
    answer = read_other(data)
    assert isinstance(answer, Workbook)
    assert answer.sheets[0].cells == (Cell(1_048_576, 16_384, TEXT, "XFD"),)


def test_merged_cells_are_named_and_what_they_cover_is_read() -> None:
    rows = row(text("m", columns_spanned=2, rows_spanned=2), cell("alla", what="string", covered=True), text("C1"))
    sheet = in_process(ods(table(rows + row(cell(covered=True, columns_repeated=2), text("C2"))))).sheets[0]
    assert sheet.merges == ("A1:B2",)
    assert [found.raw for found in sheet.cells] == ["m", "alla", "C1", "C2"]


# Values


def test_each_kind_of_value_in_an_ods() -> None:
    assert [
        (found.kind, found.raw, found.number_format)
        for found in cells_of(
            row(
                text("01.02 Töitä &amp; &lt;kiire&gt;", "rivi  "),
                cell("3", what="float", value=3),
                cell("01.10", what="float", value=1.1),
                cell("1E+300", what="float", value="1E+300"),
                cell("12 €", what="currency", value="12.00"),
                cell("300 %", what="percentage", value=3),
                cell("TOSI", what="boolean", boolean_value="true"),
                cell("EPÄTOSI", what="boolean", boolean_value="false"),
                cell("TOSI", what="float", value=1),
                cell("31.8.2026", what="date", date_value="2026-08-31"),
                cell("31.8.2026 12.30", what="date", date_value="2026-08-31T12:30:00"),
                cell("36:05:00", what="time", time_value="PT36H05M00S"),
                cell("kesto", what="time", time_value="P1Y"),
                cell("tyypitön"),
                text("tulos", string_value="sama tulos"),
                text("näkyy", string_value=""),
                cell("vanha", what="void"),
                text(""),
                text(),
                cell(what="float"),
            )
        )
    ] == [
        (TEXT, "01.02 Töitä & <kiire>\nrivi  ", "General"),
        (NUMBER, "3", "General"),
        (NUMBER, "1.1", r"\0\1\.\1\0"),
        (NUMBER, "1e+300", r"\1\E\+\3\0\0"),
        (NUMBER, "12", r"\1\2\ \€"),
        (NUMBER, "3", "0%"),
        (BOOLEAN, "TRUE", "General"),
        (BOOLEAN, "FALSE", "General"),
        (BOOLEAN, "TRUE", "General"),
        (NUMBER, "2026-08-31", "dd.mm.yyyy"),
        (NUMBER, "2026-08-31T12:30:00", "dd.mm.yyyy hh:mm"),
        (NUMBER, "36:05:00", "[h]:mm:ss"),
        (NUMBER, "P1Y", "[h]:mm:ss"),
        (TEXT, "tyypitön", "General"),
        (TEXT, "sama tulos", "General"),
        (TEXT, "näkyy", "General"),
        (TEXT, "vanha", "General"),
    ]


def test_errors_and_formulas_are_said() -> None:
    error = 'calcext:value-type="error"'
    found = cells_of(
        row(
            text("#DIV/0!", formula="of:=1/0", string_value="").replace(" table:formula", f" {error} table:formula"),
            cell("Err:502", what="float", formula="of:=(", value=0),  # OpenOffice
            text("#PUUTTUU!", formula="of:=NA()"),
            text("#etätyö", formula='of:="#etätyö"'),
            cell(formula="of:=[.A1]"),
            cell("", formula='of:=""'),
            text(string_value="", formula='of:=""'),
            cell("3", what="float", value=3, formula="of:=1+2"),
        )
    )
    assert [(cell.column, cell.kind, cell.raw, cell.formula) for cell in found] == [
        (1, ERROR, "#DIV/0!", "1/0"),
        (2, ERROR, "Err:502", "("),
        (3, ERROR, "#PUUTTUU!", "NA()"),
        (4, TEXT, "#etätyö", '"#etätyö"'),
        (5, TEXT, "", "[.A1]"),
        (8, NUMBER, "3", "1+2"),
    ]


@pytest.mark.parametrize(
    ("paragraph", "read_as"),
    [
        ("a<text:s/>b<text:s text:c='3'/>c", "a b   c"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc"),
        ("<text:span>sa<text:span>na</text:span></text:span> <text:a>linkki</text:a>", "sana linkki"),
        ("a<office:annotation><text:p>ei<text:s/></text:p></office:annotation>b", "ab"),
        ("<text:ruby><text:ruby-base>sana</text:ruby-base><text:ruby-text>ei</text:ruby-text></text:ruby>", "sana"),
        ("&#x1F642; <!-- ei --><![CDATA[<b>]]>", "🙂 <b>"),
    ],
)
def test_a_text_is_whole_and_nothing_else(paragraph: str, read_as: str) -> None:
    assert places(row(text(paragraph))) == {(1, 1): read_as}


def test_shapes_and_tracked_changes_are_passed_over_and_comments_are_notes() -> None:
    old = f"<table:tracked-changes><table:deletion>{table(row(text('vanha')))}</table:deletion></table:tracked-changes>"
    shapes = "<table:shapes><text:p>kuvio</text:p></table:shapes>"
    note = "<office:annotation><dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>x</dc:date><text:p>ei</text:p>"
    note += "<text:p>vielä</text:p></office:annotation>"
    comment = f"<table:table-cell>{note}</table:table-cell>"
    workbook = in_process(ods(old + table(shapes + row(comment, text("nyt")))))
    assert [(found.row, found.column, found.raw) for sheet in workbook.sheets for found in sheet.cells] == [
        (1, 2, "nyt")
    ]
    assert [sheet.notes for sheet in workbook.sheets] == [(CellNote(1, 1, "ei\nvielä"),)]


def test_a_note_stands_beside_the_text_of_its_cell() -> None:
    note = "<office:annotation><text:p>huomaa</text:p></office:annotation>"
    for inside in (f"{note}<text:p>a</text:p>", f"<text:p>a</text:p>{note}"):
        noted = f"<table:table-cell office:value-type='string'>{inside}</table:table-cell>"
        (sheet,) = in_process(ods(table(row(cell(), noted)))).sheets
        assert ([found.raw for found in sheet.cells], sheet.notes) == (["a"], (CellNote(1, 2, "huomaa"),))


def test_what_is_no_plain_number_is_refused_as_a_degree_and_as_a_text() -> None:
    named = ("degree-out-of-scale", "degree-out-of-scale", "degree-as-date", "degree-as-date")
    found_cells = cells_of(
        row(
            cell("300 %", what="percentage", value=3),
            cell("TOSI", what="boolean", boolean_value="true"),
            cell("3.1.2026", what="date", date_value="2026-01-03"),
            cell("3:00", what="time", time_value="PT03H00M00S"),
        )
    )
    for found, rule in zip(found_cells, named, strict=True):
        assert [finding.rule for finding in read_degree(found, rules()).findings] == [rule]
        assert [finding.rule for finding in read_text(found, rules()).findings] == ["text-is-not-text"]


@pytest.mark.parametrize(
    ("shown", "value", "seen"),
    [("3", 3, "3"), ("3,00", 3, "3.00"), ("3 kpl", 3, "3 kpl"), ("01.02", 102, "01.02"), ("4", 3, "4"), ("", 3, "3")],
)
def test_a_number_is_what_its_cell_shows(shown: str, value: int, seen: str) -> None:
    (found,) = cells_of(row(cell(shown, what="float", value=value)))
    assert shown_number(found.raw, found.number_format) == seen


def test_sheets_properties_and_macros_of_an_ods() -> None:
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    meta = (
        f'<office:document-meta {NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        '<dc:creator>Ylläpitäjä</dc:creator><meta:user-defined meta:name="seuranta_period">2026-<!-- -->1'
        "</meta:user-defined></office:meta></office:document-meta>"
    )
    body = table(row(text("a")), "Näkyy", style_name="ta1") + table(row(text("b")), "Piilossa", style_name="ta2")
    workbook = in_process(ods(body, styles, meta=meta, **{"Basic/script-lb": "<a/>"}))
    assert [(sheet.name, sheet.state) for sheet in workbook.sheets] == [
        ("Näkyy", SheetState.VISIBLE),
        ("Piilossa", SheetState.HIDDEN),
    ]
    assert workbook.properties == (("seuranta_period", "2026-1"),)
    assert (workbook.last_modified_by, workbook.has_macros) == ("Ylläpitäjä", True)


def test_an_xls_that_libreoffice_saved() -> None:
    workbook = read_other(VALUES.read_bytes())
    assert isinstance(workbook, Workbook)
    assert workbook.sheets == (
        Sheet(
            "Arvot",
            SheetState.VISIBLE,
            (
                Cell(3, 2, TEXT, "01.02 Töitä & <kiire>\nrivi  "),
                Cell(3, 3, NUMBER, "3"),
                Cell(3, 4, NUMBER, "1.1", "00.00"),
                Cell(3, 5, BOOLEAN, "TRUE"),
                Cell(3, 6, NUMBER, "2.5"),
                Cell(3, 7, TEXT, "🙂"),
                Cell(4, 2, ERROR, "#DIV/0!"),
                Cell(4, 3, ERROR, "#N/A"),
                Cell(4, 4, ERROR, "#N/A"),
                Cell(4, 5, NUMBER, "3"),
                Cell(4, 6, TEXT, "teksti"),
                Cell(5, 2, NUMBER, "46265", r"dd\.mm\.yyyy"),
                Cell(5, 3, NUMBER, "46265.52083333334", r"dd\.mm\.yyyy\ hh:mm"),
                Cell(5, 4, NUMBER, "0.5208333333333334", "h:mm:ss"),
                Cell(5, 5, NUMBER, "1.503472222222222", "[h]:mm:ss"),
                Cell(5, 6, NUMBER, "3", "0%"),
                Cell(5, 7, NUMBER, "0.5", r"0.0\ %"),
                Cell(6, 2, TEXT, "piilossa"),
                Cell(6, 8, TEXT, "piilossa"),
                Cell(8, 2, TEXT, "yhdistetty"),
                Cell(9, 4, NUMBER, "-0.25", "[h]:mm:ss"),
            ),
            ("B8:C9",),
            frozenset({6}),
            frozenset({8}),
        ),
        Sheet("Piilossa", SheetState.HIDDEN, (Cell(1, 1, TEXT, "Piilossa"),)),
        Sheet("Syvällä", SheetState.HIDDEN, (Cell(1, 1, TEXT, "Syvällä"),)),
        Sheet("Tyhjä", SheetState.VISIBLE, ()),
    )
    assert in_process(VALUES.read_bytes()) == workbook


def test_the_last_cell_of_an_xls_costs_nothing() -> None:
    (sheet,) = in_process(FAR_CELL.read_bytes()).sheets
    assert sheet.cells == (Cell(1, 1, TEXT, "Alku"), Cell(65536, 256, TEXT, "Loppu"))


# Struck through in an .ods

LINE = '<style:text-properties style:text-line-through-style="{}" style:text-line-through-type="{}"/>'
NO_LINE = LINE.format("none", "none")
STRUCK = LINE.format("solid", "single")


def style(name: str, properties: str = "", family: str = "table-cell", parent: str = "") -> str:
    from_parent = f" style:parent-style-name={quoteattr(parent)}" if parent else ""
    named = f'style:name={quoteattr(name)} style:family="{family}"{from_parent}'
    return f"<style:style {named}>{properties}</style:style>"


def named_styles(*styles: str) -> str:
    """The part with the styles that people name, `Default` among them."""
    inner = f"<office:styles>{''.join(styles)}</office:styles>"
    return f"<office:document-styles {NAMESPACES}>{inner}</office:document-styles>"


def struck_in(automatic: str, *rows: str, **parts: str) -> list[str | None]:
    (sheet,) = in_process(ods(table("".join(rows)), automatic, **parts)).sheets
    return [cell.struck for cell in sheet.cells]


def test_struck_through_words_of_an_ods() -> None:
    styles = style("T1", STRUCK, "text") + style("T2", NO_LINE, "text") + style("T3", LINE.format("dash", ""), "text")
    words = "Työ <text:span text:style-name='{}'>ei</text:span> etenee"
    assert struck_in(
        styles,
        row(
            *(text(words.format(name)) for name in ("T1", "T2", "T3", "T4")),
            text("<text:span text:style-name='T1'>a<text:span text:style-name='T2'>b</text:span>c</text:span>"),
            text("<text:span text:style-name='T1'><text:s/> </text:span>x"),
            text("<text:a><text:span text:style-name='T1'>a<text:tab/>b</text:span></text:a>", "c"),
        ),
    ) == ["ei", None, "ei", None, "a … c", None, "a\tb"]


def test_struck_through_cells_of_an_ods() -> None:
    styles = style("ce1", STRUCK) + style("ce2", parent="ce1") + style("ce3", NO_LINE, parent="ce1")
    styles += style("P1", STRUCK, "paragraph") + style("a", parent="b") + style("b", parent="a")
    assert struck_in(
        styles,
        row(
            *(text("x", style_name=name) for name in ("ce1", "ce2", "ce3", "a")),
            cell("3", what="float", value=3, style_name="ce1"),
            text(string_value="y", style_name="ce1"),
            text(" ", style_name="ce1"),
        )
        + row(
            "<table:table-cell office:value-type='string'><text:p text:style-name='P1'>z</text:p></table:table-cell>"
        ),
    ) == ["x", "x", None, None, "3", "y", None, "z"]


def test_cells_without_a_style_are_struck_through_with_their_row_column_and_sheet() -> None:
    columns = "<table:table-column table:number-columns-repeated='2'/><table:table-column{}/>"
    styled = columns.format(" table:default-cell-style-name='ce1'")
    styles = style("ce1", STRUCK) + style("ce2")
    rows = (row(text("a"), cell(), text("b"), text("c"))), row(text("d"), default_cell_style_name="ce1")
    assert struck_in(styles, styled, *rows) == [None, "b", None, "d"]
    assert struck_in(styles, row(text("a")), styles=named_styles(style("Default", STRUCK))) == ["a"]
    default = f'<style:default-style style:family="table-cell">{STRUCK}</style:default-style>'
    assert struck_in("", row(text("a")), styles=named_styles(style("Default"), default)) == ["a"]
    assert struck_in(
        style("ce1", parent="Yli"), row(text("a", style_name="ce1")), styles=named_styles(style("Yli", STRUCK))
    ) == ["a"]


# What is refused


@pytest.mark.parametrize(
    ("data", "rule", "value"),
    [
        (b"", "not-a-workbook", "other"),
        (b"PK\x03\x04 and no more", "not-a-workbook", "other"),
        (f"<office:document office:mimetype='{MIME}'/>".encode(), "not-a-workbook", "other"),
        (ods(table(""))[:-30], "damaged-workbook", "zip"),
        (package({MANIFEST: "<manifest/>"}), "damaged-workbook", "content.xml"),
        (package({"content.xml": "<a/>"}), "damaged-workbook", MANIFEST),
        (ods("<open>"), "damaged-workbook", "content.xml"),
        (ods("", meta="<a>"), "damaged-workbook", "meta.xml"),
        (package({"content.xml": "<!DOCTYPE a><a/>", MANIFEST: ""}), "damaged-workbook", "content.xml"),
        (ods(table(row(cell(what="float", value="nan")))), "damaged-workbook", "content.xml"),
        (ods(table(row(cell(what="boolean", boolean_value="maybe")))), "damaged-workbook", "content.xml"),
        (ods(table(row(text("x"), rows_repeated=-1))), "damaged-workbook", "content.xml"),
        (ods(table(row(text("x"), rows_repeated=2_000_000_000))), "damaged-workbook", "content.xml"),
        (ods(table(row(text("x"), rows_repeated="9" * 5000))), "damaged-workbook", "content.xml"),
        (ods(table(row(text("x", columns_repeated=16_385)))), "damaged-workbook", "content.xml"),
        (package({"content.xml": "?", MANIFEST: "<encryption-data/>"}), "encrypted-workbook", "ods"),
        (package({"encrypted-package": "?", MANIFEST: ""}), "encrypted-workbook", "ods"),
        (ods(table("")).replace(b"\x14\x00\x00\x00", b"\x14\x00\x01\x00"), "encrypted-workbook", "ods"),
        (LOCKED.read_bytes(), "encrypted-workbook", "xls"),
        (VALUES.read_bytes()[:2000], "damaged-workbook", "xls"),
        (VALUES.read_bytes()[:512], "damaged-workbook", "xls"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, rule: str, value: str) -> None:
    assert read_other(data) == Unreadable(rule, value)
    if rule != "not-a-workbook":
        assert read("ods" if data.startswith(b"PK") else "xls", data, LegacyLimits()) == Unreadable(rule, value)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        (row(text("x"), rows_repeated=31), "cells 30"),
        ("<table:table-row-group>" * 300, "depth 256"),
        (row(*(text("x", rows_spanned=2) for _ in range(5))), "marks 4"),
        (row(text("x", columns_repeated=31)), "cells 30"),
        (row(text("x" * 15, columns_repeated=10), rows_repeated=2), "characters 300"),
        (row(text("<text:s text:c='2000000000'/>")), "characters 300"),
        (row(text("x" * 301)), "characters 300"),
        (row(text("x", string_value="x" * 301)), "characters 300"),
    ],
)
def test_more_than_a_workbook_can_be_is_said(rows: str, value: str) -> None:
    limits = LegacyLimits(cells=30, characters=300, marks=4)
    assert read("ods", ods(table(rows)), limits) == Unreadable("too-large-workbook", value)


def test_properties_are_counted() -> None:
    meta = "<office:document-meta {}>{}</office:document-meta>".format(
        NAMESPACES, '<meta:user-defined meta:name="a">b</meta:user-defined>' * 1001
    )
    assert read("ods", ods("", meta=meta), LegacyLimits()) == Unreadable("too-large-workbook", "properties 1000")


def test_a_table_is_read_to_the_last_row_that_one_can_have() -> None:
    def sheet_of(count: int) -> Sheet:
        (found,) = in_process(ods(table(row(text("x"), rows_repeated=count)))).sheets
        return found

    assert (len(sheet_of(MOST_READ_ROWS).cells), sheet_of(MOST_READ_ROWS).is_cut) == (MOST_READ_ROWS, False)
    assert sheet_of(MOST_READ_ROWS + 1).is_cut and sheet_of(1_048_576).is_cut


def test_an_xls_is_counted_too() -> None:
    assert read("xls", VALUES.read_bytes(), LegacyLimits(cells=5)) == Unreadable("too-large-workbook", "cells 5")


def test_the_limits_hold_through_the_door() -> None:
    repeated = ods(table(row(text("x", columns_repeated=100), rows_repeated=5_000)))
    assert read_other(repeated) == Unreadable("too-large-workbook", "cells 400000")
    inflated = package({"content.xml": " " * (200 * 2**20 + 1), MANIFEST: ""})
    assert read_other(inflated) == Unreadable("too-large-workbook", f"inflated_bytes {200 * 2**20}")


# The child


def test_a_child_that_runs_out_of_memory_in_python_is_survived() -> None:
    wide = ods(table(row(text("🙂" * 3_900_000))))
    assert read_other(wide, megabytes=64) == Unreadable("too-large-workbook", "memory")


def test_a_child_that_takes_too_long_is_stopped() -> None:
    long = ods("<a/>" * 8_000_000)
    assert read_other(long, seconds=1) == Unreadable("too-large-workbook", "time")
    assert read_other(long, work=1) == Unreadable("too-large-workbook", "time")


@pytest.mark.parametrize(
    ("ended", "answer"),
    [
        (Ended(-9, READY), Unreadable("too-large-workbook", "memory")),
        (Ended(-24, READY), Unreadable("too-large-workbook", "time")),
        (Ended(1, READY, b"Traceback\nMemoryError\n"), Unreadable("too-large-workbook", "memory")),
        (Ended(0xC0000409, READY, b"MemoryError is a word\n"), Unreadable("damaged-workbook", "xls")),
        (Ended(-11, READY), Unreadable("damaged-workbook", "xls")),
        (Ended(1, READY + b'\n["a","b"]'), Unreadable("damaged-workbook", "xls")),
        (Ended(0, READY + to_json(Unreadable("a", "b")), b"a warning\n"), Unreadable("a", "b")),
        (Ended(-9, READY, stopped="time"), Unreadable("too-large-workbook", "time")),
        (Ended(-9, READY, stopped="output"), Unreadable("too-large-workbook", "output")),
    ],
)
def test_how_a_child_ended_says_what_the_file_is(ended: Ended, answer: Unreadable) -> None:
    assert answer_of(ended, "xls") == answer


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (Ended(1, b"", b"No module named xlrd"), "exit code 1: No module named xlrd"),
        (Ended(-9, stopped="time"), "exit code -9: "),
        (Ended(-15, READY, b"secret"), "ended by signal 15"),
    ],
)
def test_a_child_that_did_not_begin_or_was_ended_says_nothing_of_the_file(ended: Ended, said: str) -> None:
    with pytest.raises(ChildError) as raised:
        answer_of(ended, "xls")
    assert str(raised.value) == said


def python(program: str, data: bytes = b"", most: int = 1000) -> Ended:
    ended = run_bounded(
        (sys.executable, "-c", program),
        seconds=20,
        given=data,
        environment=module_environment(),
        max_output=most,
    )
    assert ended
    return ended


def test_a_process_is_bounded_in_output_and_need_not_read_its_input() -> None:
    ended = python("print('x' * 10_000_000)")
    assert (len(ended.output), ended.stopped) == (1000, "output")
    assert python("pass", b"x" * 10_000_000) == Ended(0)
    assert python("import os; os.abort()").code != 0


def test_a_process_sees_nothing_of_our_environment_but_the_module_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEURANTA_SECRET", "salaisuus")
    ended = python("import os, generator; print(*sorted(os.environ))", most=10_000)
    assert set(ended.output.decode().split()) <= {"PYTHONPATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LC_CTYPE"}
    assert (ended.code, ended.stopped) == (0, None)


def test_the_limits_of_a_job_have_the_size_that_windows_knows() -> None:
    assert ctypes.sizeof(JobLimits) == (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112)


@given(any_workbooks() | st.builds(Unreadable, st.text(), st.text()))
def test_a_workbook_comes_through_as_it_was(answer: Workbook | Unreadable) -> None:
    sent = to_json(answer)
    assert (from_json(sent), b"\n" in sent) == (answer, False)


@pytest.mark.parametrize("line", [b"", b"{", b"0", b"[]", b"{}", b'{"sheets":[[]],"properties":[]}', b"\xff"])
def test_what_is_no_workbook_is_not_taken_for_one(line: bytes) -> None:
    with pytest.raises(ValueError):
        from_json(line)


ORDINARY = {
    "ods": ods(table(row(text("Otsikko", columns_repeated=3), cell("3", what="float", value=3), rows_repeated=2))),
    "xls": VALUES.read_bytes(),
}


@given(st.sampled_from(sorted(ORDINARY)), st.data())
@settings(max_examples=25)
def test_mutated_bytes_give_a_workbook_or_say_why_not(kind: str, data: st.DataObject) -> None:
    mutated = bytearray(ORDINARY[kind])
    changes = st.tuples(st.integers(8, len(mutated) - 1), st.integers(0, 255))
    for at, value in data.draw(st.lists(changes, min_size=1, max_size=20)):
        mutated[at] = value
    end = data.draw(st.integers(8, len(mutated)) | st.just(len(mutated)))
    assert isinstance(read_other(bytes(mutated[:end])), Workbook | Unreadable)


@given(
    st.sampled_from([b"", b"PK\x03\x04" + MIME.encode(), bytes.fromhex("D0CF11E0A1B11AE1")]), st.binary(max_size=2000)
)
@settings(max_examples=25)
def test_junk_says_why_it_is_no_workbook(head: bytes, junk: bytes) -> None:
    assert isinstance(read_other(head + junk), Unreadable)


def test_notes_and_fills_of_an_ods_come_with_their_cells() -> None:
    styles = (
        '<style:style style:name="punainen"><style:table-cell-properties '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" fo:background-color="#ff0000"/>'
        "</style:style>"
    )
    author = '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Anna</dc:creator>'
    note = f"<office:annotation>{author}<text:p>Tarkista</text:p><text:p>tämä<text:s/>luku</text:p></office:annotation>"
    noted = f'<table:table-cell table:style-name="punainen">{note}<text:p>nyt</text:p></table:table-cell>'
    sheet = in_process(ods(table(row(cell(), noted)), styles)).sheets[0]
    assert [(found.column, found.raw) for found in sheet.cells] == [(2, "nyt")]
    assert sheet.notes == (CellNote(1, 2, "Tarkista\ntämä luku"),)
    assert sheet.fills == (CellFill(1, 2, "FF0000"),)
    assert from_json(to_json(Workbook((sheet,)))) == Workbook((sheet,))
