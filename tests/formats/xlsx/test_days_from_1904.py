"""Workbooks that count days from 1904, as Excel for Mac did, show the days that their officers saw."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from generator.domain.submission.shown_values import shown_cell
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.reader import read_workbook


def shown(value: object, number_format: str, epoch: datetime = CALENDAR_MAC_1904) -> str:
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.worksheets[0]["A1"] = value
    book.worksheets[0]["A1"].number_format = number_format
    data = BytesIO()
    book.save(data)
    read = read_workbook(data.getvalue())
    assert isinstance(read, Workbook)
    return shown_cell(read.sheets[0].cells[0], "fi")


@pytest.mark.parametrize("epoch", [CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900])
@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        (date(2026, 6, 30), "d.m.yyyy", "30.6.2026"),
        (date(2026, 1, 2), "yyyy-mm-dd", "2.1.2026"),
        (datetime(2026, 6, 30, 12), "d.m.yyyy h:mm", "30.6.2026"),
        (3, "General", "3"),
        (0.6, "0%", "60 %"),
        (0.5, "h:mm", "12:00"),
    ],
)
def test_a_value_is_told_as_it_was_seen(value: object, number_format: str, seen: str, epoch: datetime) -> None:
    assert shown(value, number_format, epoch) == seen


def test_a_degree_in_a_cell_with_a_date_format_is_the_day_that_excel_shows() -> None:
    assert shown(3, "d.m.yyyy") == "4.1.1904"
    assert shown(3, "d.m.yyyy", CALENDAR_WINDOWS_1900) == "3.1.1900"
