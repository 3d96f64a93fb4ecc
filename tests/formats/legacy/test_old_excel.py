"""What an .xls holds, in files that xlwt writes."""

from io import BytesIO

import pytest
import xlwt

from generator.domain.submission.workbook import MOST_READ_ROWS, Sheet, Unreadable, Workbook
from generator.formats.legacy.child import read
from generator.formats.legacy.limits import LegacyLimits

WORKBOOK = "Workbook".encode("utf-16-le")


def font(*, is_struck: bool) -> xlwt.Font:
    made = xlwt.Font()
    made.struck_out = is_struck
    return made


PLAIN, STRUCK = font(is_struck=False), font(is_struck=True)


def look(*, number_format: str = "General", is_struck: bool = False) -> xlwt.XFStyle:
    made = xlwt.XFStyle()
    made.num_format_str = number_format
    made.font = STRUCK if is_struck else PLAIN
    return made


def saved(book: xlwt.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(book: xlwt.Workbook) -> Sheet:
    workbook = read("xls", saved(book), LegacyLimits())
    assert isinstance(workbook, Workbook), workbook
    return workbook.sheets[0]


def test_struck_through_words_and_cells() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write_rich_text(0, 0, (("🙂 Työ ", PLAIN), ("ei", STRUCK), (" etenee", PLAIN)))
    sheet.write_rich_text(0, 1, (("Työ", PLAIN), ("  ", STRUCK), ("etenee", PLAIN)))
    sheet.write_rich_text(0, 2, (("ei", PLAIN), (" etenee", STRUCK)), look(is_struck=True))
    for column, value in enumerate(("koko solu", 3, True, "  ", xlwt.Formula("1+2"))):
        sheet.write(1, column, value, look(is_struck=True))
    sheet.write(2, 0, "elävä", look())
    found = {(cell.row, cell.column): (cell.raw, cell.struck) for cell in sheet_of(book).cells}
    assert found[1, 1] == ("🙂 Työ ei etenee", "ei")
    assert found[1, 2] == ("Työ  etenee", None)
    assert found[2, 1] == ("koko solu", "koko solu")
    assert [found[2, column][1] for column in (2, 3, 4)] == ["3", "TRUE", None]
    assert found[3, 1] == ("elävä", None)


def test_an_emoji_across_the_end_of_a_record_stays_whole() -> None:
    book = xlwt.Workbook()
    for before in range(4):
        book.add_sheet(f"S{before}").write(0, 0, "x" * before + "🙂" * 9000)
    for before, sheet in enumerate(read("xls", saved(book), LegacyLimits()).sheets):
        assert sheet.cells[0].raw == "x" * before + "🙂" * 9000


def test_number_formats_hidden_rows_and_columns() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for column, number_format in enumerate(("0%", "0.00", '"n. "0', "dd.mm.yyyy", "0" * 256)):
        sheet.write(0, column, 3, look(number_format=number_format))
    sheet.write(4, 0, "x")
    sheet.row(4).hidden = sheet.col(1).hidden = sheet.col(30).hidden = True
    sheet.merge(5, 6, 0, 2)
    found = sheet_of(book)
    assert [cell.number_format for cell in found.cells] == [
        *("0%", "0.00", '"n. "0', "dd.mm.yyyy", "General", "General"),
    ]
    assert (found.hidden_rows, found.hidden_columns, found.merges) == ({5}, {2}, ("A6:C7",))


def test_days_from_1904_are_the_days_that_are_shown() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("S")
    sheet.write(0, 0, 44803, look(number_format="dd.mm.yyyy"))
    sheet.write(0, 1, 3)
    assert [cell.raw for cell in sheet_of(book).cells] == ["46265", "3"]


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook", "WorkBook"])
def test_the_name_of_the_stream_may_stand_in_other_letters(name: str) -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "x")
    renamed = saved(book).replace(WORKBOOK, name.encode("utf-16-le"))
    workbook = read("xls", renamed, LegacyLimits())
    assert isinstance(workbook, Workbook) and workbook.sheets[0].cells[0].raw == "x"


def test_a_compound_file_without_a_workbook_is_damaged() -> None:
    book = xlwt.Workbook()
    book.add_sheet("S")
    renamed = saved(book).replace(WORKBOOK, "Document".encode("utf-16-le"))
    assert read("xls", renamed, LegacyLimits()) == Unreadable("damaged-workbook", "xls")


def test_macros_show_by_the_storage_they_lie_in() -> None:
    book = xlwt.Workbook()
    book.add_sheet("S")
    plain = saved(book)
    for data in (plain, plain + "_VBA_PROJECT_CUR".encode("utf-16-le")):
        workbook = read("xls", data, LegacyLimits())
        assert isinstance(workbook, Workbook) and workbook.has_macros == (data != plain)


def test_a_sheet_without_notes_has_none() -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "x")
    assert sheet_of(book).notes == ()


def test_a_sheet_is_read_to_the_last_row_that_a_table_can_have() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for row in range(MOST_READ_ROWS):
        sheet.write(row, 0, row)
    assert not sheet_of(book).is_cut
    sheet.write(MOST_READ_ROWS, 0, 1)
    cut = sheet_of(book)
    assert (len(cut.cells), cut.is_cut) == (MOST_READ_ROWS, True)
