"""Changes that are no mistakes: nothing is found, and the same answers are taken."""

import re
from collections.abc import Callable
from unicodedata import normalize

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.heading import Field
from tests.builders import CLERK, DIRECTOR, SETTINGS
from tests.corpus.mistake import Change, Harmless, at, both, named, put, put_formula, put_xml, strike, unread
from tests.corpus.office import FILE, LETTERS, OPTIONS, PLAN, ROWS, good_value
from tests.corpus.save import CODE, FIRST_SHEET, Parts, Save, unsigned_save

DEGREE, STATUS, NARRATIVE, ANNUAL, OFFICER = (
    Field.DEGREE,
    Field.OVERALL_STATUS,
    Field.NARRATIVE,
    Field.ANNUAL_GOAL,
    Field.OFFICER,
)
FIRST, LAST = min(ROWS.values()), max(ROWS.values())
RELATIONSHIPS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHARED = "02.01"
TITLE = PLAN.by_code[CODE].title
RISKS_HEADING = SETTINGS.headings.label(Field.MAIN_RISKS, "fi")
WORDS = str(good_value(CODE, NARRATIVE))


def write(address: str, value: object) -> Change:
    return lambda save: save.sheet.__setitem__(address, value)


def move(rows: int, columns: int, area: str) -> Change:
    return lambda save: save.sheet.move_range(area, rows=rows, cols=columns)


def _sheets() -> tuple[Harmless, ...]:
    def hidden_copy(save: Save) -> None:
        copy = save.book.copy_worksheet(save.sheet)
        copy.sheet_state = "hidden"

    def remove(name: str) -> Change:
        return lambda save: save.book.remove(save.book[name])

    def lose_properties(save: Save) -> None:
        for name in list(save.book.custom_doc_props.names):
            del save.book.custom_doc_props[name]

    return (
        Harmless("sheet: renamed", lambda save: setattr(save.sheet, "title", "Hallinto 2026")),
        unread("sheet: one inserted before it", lambda save: _fill_sheet(save.book.create_sheet("Muistio", 0)), "B1"),
        unread(
            "sheet: one with the plan's codes beside it",
            lambda save: _list_codes(save.book.create_sheet("Koodit")),
            "F1",
        ),
        Harmless("sheet: moved last", lambda save: save.book.move_sheet(save.sheet, 3)),
        Harmless("sheet: a hidden copy of it", hidden_copy),
        Harmless("sheet: the instructions removed", remove("Ohje")),
        Harmless("identity: its sheet lost", remove("_seuranta")),
        Harmless("identity: its properties lost", lose_properties),
        Harmless("file: in a folder", lambda save: setattr(save, "file", f"Hallinto/{FILE}")),
    )


def _fill_sheet(sheet: Worksheet) -> None:
    sheet.append(["Etenemisaste", "kysy", "Annalta"])
    sheet.append(["01.02", 5, "Eteneminen"])


def _list_codes(sheet: Worksheet) -> None:
    for goal in PLAN.goals:
        sheet.append([f"{goal.code} {goal.title}", None, None, None, None, 1, "Vanha"])


def _columns() -> tuple[Harmless, ...]:
    def own_column(save: Save) -> None:
        save.sheet["N3"] = "Omat muistiinpanot"
        for row in ROWS.values():
            save.sheet[f"N{row}"] = "kysy talousosastolta, 3 Toteutus"

    def swap_degree_and_narrative(save: Save) -> None:
        for row in (3, *ROWS.values()):
            one, other = save.sheet[f"F{row}"], save.sheet[f"H{row}"]
            one.value, other.value = other.value, one.value

    def hide(letter: str) -> Change:
        return lambda save: setattr(save.sheet.column_dimensions[letter], "hidden", True)

    return (
        Harmless("column: one inserted at the left", lambda save: save.sheet.insert_cols(1)),
        Harmless("column: one inserted before the degree", lambda save: save.sheet.insert_cols(6)),
        Harmless("column: two inserted before the titles of actions", lambda save: save.sheet.insert_cols(3, 2)),
        unread("column: notes of one's own", own_column, "N4"),
        unread(
            "column: notes of one's own between ours",
            both(lambda save: save.sheet.insert_cols(8), write("H3", "Arvio"), write("H5", "hyvä")),
            "H5",
        ),
        Harmless("column: degree and narrative swapped", swap_degree_and_narrative),
        Harmless("column: the officer's deleted", lambda save: save.sheet.delete_cols(10)),
        Harmless("column: the last period's deleted", _delete_previous),
        Harmless("column: the last period's behind all others", _put_previous_behind),
        Harmless("column: the officer's renamed in a signed form", write("J3", "Kuka")),
        Harmless("column: titles hidden", hide("B")),
        Harmless("column: risks hidden", hide("D")),
        Harmless("column: last period's answer hidden", hide("I")),
    )


def _delete_previous(save: Save) -> None:
    save.sheet.delete_cols(9)
    save.sheet.delete_cols(7)


def _put_previous_behind(save: Save) -> None:
    """The columns in the order of our earlier forms."""
    for row in (3, *ROWS.values()):
        values = [cell.value for cell in save.sheet[row]]
        for column, index in enumerate((*range(6), 7, 9, 6, 8), start=1):
            save.sheet.cell(row, column).value = values[index]


def _headings() -> tuple[Harmless, ...]:
    def in_swedish(save: Save) -> None:
        for field, letter in LETTERS.items():
            save.sheet[f"{letter}3"] = SETTINGS.headings.label(field, "sv")

    written = (
        ("on two lines", "Kokonais-\ntilanne"),
        ("with a soft hyphen", "Kokonais\u00adtilanne"),
        ("in capitals", "KOKONAISTILANNE"),
        ("with a colon", "Kokonaistilanne:"),
        ("with blanks", "  Kokonais tilanne\u00a0"),
        ("with zero-width blanks", "Kokonais\u200btilanne\ufeff"),
        ("with a carriage return", "Kokonais-_x000D_\ntilanne"),
        ("in parts", "Kokonaistilanne (●▲■)"),
    )
    return (
        *(Harmless(f"heading: {name}", write("E3", text)) for name, text in written),
        Harmless("heading: in rich text", write("H3", CellRichText("Etene", TextBlock(InlineFont(b=True), "minen")))),
        Harmless("heading: with decomposed letters", write("D3", normalize("NFD", RISKS_HEADING))),
        Harmless("heading: all in Swedish", in_swedish),
        Harmless("heading: all five rows lower", lambda save: save.sheet.insert_rows(1, 5)),
        Harmless("heading: all on the first row", lambda save: save.sheet.delete_rows(1, 2)),
        Harmless(
            "heading: over two merged rows", lambda save: save.sheet.merge_cells("E2:E3"), start=_two_row_headings
        ),
    )


def _two_row_headings() -> Save:
    """Headings on the second row, and an empty third one with which each may be merged."""
    save = unsigned_save()
    save.sheet.move_range("A3:J3", rows=-1)
    return save


def _rows() -> tuple[Harmless, ...]:
    def reverse(save: Save) -> None:
        rows = [[cell.value for cell in row] for row in save.sheet.iter_rows(FIRST, LAST, 1, 10)]
        for number, values in enumerate(reversed(rows), start=FIRST):
            for column, value in enumerate(values, start=1):
                save.sheet.cell(number, column).value = value

    return (
        Harmless("row: all in reverse order", reverse),
        Harmless("row: an empty one between", lambda save: save.sheet.insert_rows(FIRST + 2)),
        Harmless("row: the last one far below", move(5000, 0, f"A{LAST}:J{LAST}")),
        Harmless(
            "row: one carried above the headings",
            both(lambda save: save.sheet.insert_rows(3), move(-(LAST - 2), 0, f"A{LAST + 1}:J{LAST + 1}")),
        ),
        unread("row: a remark under the table", write(f"A{LAST + 3}", "Vihreä: kunnossa"), f"A{LAST + 3}"),
        Harmless(
            "row: a goal of another's that is not answered",
            write(f"A{LAST + 1}", "02 Asukkaat osallistuvat päätöksentekoon"),
        ),
        unread("row: a heading of one's own that is not answered", write(f"A{LAST + 1}", "Muut"), f"A{LAST + 1}"),
        Harmless("row: a formula that shows nothing", both(write(f"F{LAST}", None), _nothing_below)),
        Harmless("row: an empty one hidden", lambda save: setattr(save.sheet.row_dimensions[LAST + 2], "hidden", True)),
        Harmless("row: a filter that hides none", lambda save: setattr(save.sheet.auto_filter, "ref", f"A3:J{LAST}")),
        unread("row: words above the table", both(write("F1", "Päivitetty 3.6."), write("G2", "Luonnos")), "F1"),
        Harmless("row: a long empty end", lambda save: save.sheet.cell(9000, 7).__setattr__("value", " ")),
    )


def _nothing_below(save: Save) -> None:
    save.put(DEGREE, good_value(list(ROWS)[-1], DEGREE), list(ROWS)[-1])
    save.sheet[f"F{LAST + 1}"] = "x"
    save.own_xml[f"F{LAST + 1}"] = 't="str"><f>IF(A1="","",3)</f><v></v></c>'


def _merges() -> tuple[Harmless, ...]:
    return (
        Harmless("merged: the line above the table", lambda save: save.sheet.merge_cells("A1:J1")),
        Harmless(
            "merged: a title over the columns of lower levels",
            lambda save: save.sheet.merge_cells(f"A{FIRST}:C{FIRST}"),
        ),
        Harmless("merged: cells beside the table", lambda save: save.sheet.merge_cells("N4:N9")),
        Harmless("merged: cells under the table", lambda save: save.sheet.merge_cells(f"A{LAST + 2}:J{LAST + 4}")),
        Harmless("merged: officers in a signed form", lambda save: save.sheet.merge_cells(f"J{FIRST}:J{LAST}")),
    )


def _degrees() -> tuple[Harmless, ...]:
    """The same degree, 2, as people and programs write it."""
    typed: tuple[tuple[str, object, str | None], ...] = (
        ("a number", 2, "General"),
        ("a number as text", "2", "@"),
        ("a number in a text cell", 2, "@"),
        ("a number with two decimals", 2, "0.00"),
        ("a number with a zero before it", 2, "00"),
        ("a number in brackets when negative", 2, "0_);(0)"),
        ("a number as in accounting", 2, '_-* #,##0\\ _€_-;\\-* #,##0\\ _€_-;_-* "-"\\ _€_-;_-@_-'),
        ("a number in red", 2, "[Red]0"),
        ("a number behind which its label is shown", 2, '0" Suunnitteluvaiheessa, on edetty hieman"'),
        ("a decimal that is whole", "2,0", None),
        ("with a full stop", "2.", None),
        ("with blanks", "\u00a02 ", None),
        ("with a zero-width blank", "2\u200b", None),
        ("with an equals sign", OPTIONS[1].replace("2 ", "2= "), None),
        ("with a dash", OPTIONS[1].replace("2 ", "2 – "), None),
        ("the label alone", OPTIONS[1][2:], None),
        ("the label in capitals", OPTIONS[1].upper(), None),
        ("the label on two lines", OPTIONS[1].replace(", ", ",\n"), None),
        ("the label in brackets", f"2 ({OPTIONS[1][2:]})", None),
        ("the beginning of the label", "2 Suunnittelu", None),
        ("the label in Swedish", "2 I planeringsskedet, har framskridit något", None),
        ("in rich text", CellRichText("2 ", TextBlock(InlineFont(b=True), OPTIONS[1][2:])), None),
    )
    return (
        *(Harmless(f"degree: {name}", put(DEGREE, value, number_format)) for name, value, number_format in typed),
        Harmless("degree: a formula's number", put_formula(DEGREE, "1+1", "2", "n")),
        Harmless("degree: a formula's text", put_formula(DEGREE, "A1", OPTIONS[1])),
        Harmless("degree: a number with a decimal in the file", put_xml(DEGREE, "n", "<v>2.0</v>")),
    )


def _words() -> tuple[Harmless, ...]:
    statuses = (
        "●",
        "suunnitelman mukaan",
        "SUUNNITELMAN  MUKAAN",
        "enligt planen",
        "● as planned",
        "●\ufe0e suunnitelman mukaan",
    )
    half = len(WORDS) // 2
    return (
        *(Harmless(f"overall status: {text!a}", put(STATUS, text)) for text in statuses),
        Harmless(
            "narrative: in rich text",
            put(NARRATIVE, CellRichText(WORDS[:half], TextBlock(InlineFont(i=True), WORDS[half:]))),
        ),
        Harmless(
            "narrative: with letters escaped",
            put_xml(NARRATIVE, "inlineStr", f"<is><t>_x00{ord(WORDS[0]):02X}_{WORDS[1:]}</t></is>"),
        ),
        Harmless("narrative: a formula's text", put_formula(NARRATIVE, "A1", WORDS)),
    )


def _goals() -> tuple[Harmless, ...]:
    titles = (
        ("with a hard space", f"01.02\u00a0{TITLE}"),
        ("with a zero-width blank before it", f"\u200b01.02 {TITLE}"),
        ("with blanks", f"  01.02   {TITLE} "),
        ("with a full stop behind the code", f"01.02. {TITLE}"),
        ("in capitals", f"01.02 {TITLE.upper()}"),
        ("on two lines", f"01.02\n{TITLE}"),
        ("with a soft hyphen", "01.02 " + TITLE.replace("hankintojen", "han\u00adkinto\u00adjen")),
        ("with a full stop at the end", f"01.02 {TITLE}."),
        ("the code alone", "01.02"),
        ("in rich text", CellRichText("01.02 ", TextBlock(InlineFont(b=True), TITLE))),
    )
    dashes = both(put(Field.COUNCIL_TERM_GOAL, "–"), put(Field.ACTION, "-"))
    return (
        *(Harmless(f"title: {name}", put(ANNUAL, value)) for name, value in titles),
        Harmless("title: a formula's text", put_formula(ANNUAL, "Koodit!A1", f"01.02 {TITLE}")),
        Harmless("title: in another level's column", both(put(ANNUAL, None), put(Field.ACTION, f"01.02 {TITLE}"))),
        Harmless("title: dashes in the other levels' columns", dashes),
    )


def _officers() -> tuple[Harmless, ...]:
    written = (CLERK.upper(), f" {CLERK}\u00a0", "Hallinto\u00adjohtaja", f"{CLERK}\u200b", f"{CLERK};")
    return (
        *(Harmless(f"officer: {name!a}", put(OFFICER, name, code=SHARED), unsigned_save) for name in written),
        Harmless("officer: none on a goal of one", put(OFFICER, None), unsigned_save),
        Harmless("officer: a dash on a goal of one", put(OFFICER, "–"), unsigned_save),
        unread("officer: a person's name in a signed form", put(OFFICER, "Matti Meikäläinen"), at(OFFICER)),
        Harmless("officer: an error in a signed form", put(OFFICER, "#REF!")),
        unread("officer: another's name in a signed form", put(OFFICER, DIRECTOR), at(OFFICER)),
    )


def _looks() -> tuple[Harmless, ...]:
    def comment(save: Save) -> None:
        save.cell(DEGREE).comment = Comment("Tarkista tämä", "Anna")

    def protect(save: Save) -> None:
        save.sheet.protection.sheet = True

    def no_lists(save: Save) -> None:
        save.sheet.data_validations.dataValidation = []

    return (
        unread("look: a comment on a cell", comment, at(DEGREE)),
        Harmless("look: the sheet protected", protect),
        Harmless("look: the drop-downs lost", no_lists),
        Harmless("look: panes no longer frozen", lambda save: setattr(save.sheet, "freeze_panes", None)),
        Harmless("look: an error in a column of one's own", write("N5", "#REF!")),
        Harmless("look: last period's answer emptied", both(write("G6", None), write("I6", None))),
    )


def _with_struck_blank(words: str) -> tuple[str | TextBlock, ...]:
    first, _, rest = words.partition(" ")
    return first, TextBlock(InlineFont(strike=True), " "), rest


def _other_programs() -> tuple[Harmless, ...]:
    """What old and other programs write, and Excel and LibreOffice open."""

    def edited(part: str, pattern: bytes, write: bytes | Callable[[re.Match[bytes]], bytes]) -> Change:
        def edit(parts: Parts) -> None:
            parts[part], count = re.subn(pattern, write, parts[part])
            assert count

        return lambda save: save.edits.append(edit)

    def log(save: Save) -> None:
        sheet = save.book.create_sheet("Loki")
        for row in range(1, 6_000):
            sheet.cell(row, 1, row)

    macro_sheet = b'<sheets><sheet name="Makro1" sheetId="99" r:id="" xmlns:r="%s"/>' % RELATIONSHIPS
    small = edited(FIRST_SHEET, rb'<c r="[A-Z]+', lambda found: found[0][:6] + found[0][6:].lower())
    return (
        Harmless("program: an old macro sheet without a part", edited("xl/workbook.xml", b"<sheets>", macro_sheet)),
        Harmless("program: addresses in small letters", small),
        Harmless("program: its styles lost", lambda save: save.edits.append(lambda parts: parts.pop("xl/styles.xml"))),
        unread("program: a log of thousands of rows on a sheet of its own", log, "A1"),
        Harmless(
            "narrative: only blanks struck through",
            put(NARRATIVE, CellRichText(*_with_struck_blank(WORDS))),
        ),
        Harmless("a cell struck through that holds nothing", strike(Field.COUNCIL_TERM_GOAL)),
        Harmless("narrative: struck through with no line", strike(NARRATIVE, is_struck=False)),
    )


def _names() -> tuple[Harmless, ...]:
    """Names that programs give to copies decide nothing: whose answer counts is known by what was saved before."""
    names = (
        f"{CLERK} (1).xlsx",
        f"{CLERK} - Kopio.xlsx",
        f"Kopio {FILE}",
        f"{CLERK} (Annan ristiriitainen kopio 2026-08-03).xlsx",
        f"{CLERK}.sync-conflict-20260803-090000-ABCDEFG.xlsx",
    )
    return tuple(Harmless(f"name: {name}", named(name)) for name in names)


HARMLESS = (
    *_sheets(),
    *_columns(),
    *_headings(),
    *_rows(),
    *_merges(),
    *_degrees(),
    *_words(),
    *_goals(),
    *_officers(),
    *_looks(),
    *_other_programs(),
    *_names(),
)
