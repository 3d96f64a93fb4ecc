"""What a sheet shows of a stored number, in the formats that spreadsheet programs give and people make."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.number_format import as_seen, serial_day, shown_number, shows_text, usable_format

ACCOUNTING = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("raw", "number_format", "shown"),
    [
        ("3", "General", "3"),
        ("3", "", "3"),
        ("3.0", "0", "3"),
        ("03", "0", "3"),
        ("0", "General", "0"),
        ("0", "#", ""),
        ("3", "00", "03"),
        ("3", "0.00", "3.00"),
        ("3", "0.0#?", "3.0"),
        ("3", "?0", "3"),
        ("3", "@", "3"),
        ("12", "0", "12"),
        ("2026", "0", "2026"),
        ("102", "00\\.00", "01.02"),
        ("10203", '00"."00"."00', "01.02.03"),
        ("3", "#,##0", "3"),
        ("3", "[Red]0", "3"),
        ("3", "[Color 5]0", "3"),
        ("3", "[$-40B]0", "3"),
        ("3", "[$€-40B] 0", "€ 3"),
        ("3", ACCOUNTING, "3.00 €"),
        ("3", "0_);(0)", "3"),
        ("3", "*-0", "3"),
        ("3", '0" x"', "3 x"),
        ("3", '"4"', "4"),
        ("3", "\\4", "4"),
        ("3", "4", "4"),
        ("3", '0"4', "34"),
        ("3", 'General" kpl"', "3 kpl"),
        ("3", "0 0", "0 3"),
        ("3", ";;;", ""),
        ("0", "0;-0;;@", ""),
        ("0", "0;-0", "0"),
        ("3", "0.0.0", "3.0.0"),
    ],
)
def test_a_whole_number_is_shown_as_its_format_writes_it(raw: str, number_format: str, shown: str) -> None:
    assert shown_number(raw, number_format) == shown


@pytest.mark.parametrize(
    "number_format",
    [
        *("0%", "0.0 %", "dd.mm.yyyy", "d.m.", "[h]:mm", "h:mm", "# ?/?", "0.00E+00", "0,", "0,,", "0.0,", ",0"),
        *('[>2]"4";0', "[=3]0", "[DBNum1]0", "General0", "0General", "x0"),
    ],
)
def test_a_format_that_makes_another_value_of_a_number_shows_none(number_format: str) -> None:
    assert shown_number("3", number_format) is None


@pytest.mark.parametrize("raw", ["3.5", "-3", "1E2", "", "TRUE", "3,0", "٣", "2026-02-03"])
def test_what_is_no_whole_number_is_shown_as_none(raw: str) -> None:
    assert shown_number(raw, "General") is None


def test_thousands_are_parted_in_every_country_in_its_own_way() -> None:
    assert shown_number("2026", "#,##0") is None


@given(st.text(max_size=30), st.integers(0, 10**6))
def test_no_format_makes_it_raise(number_format: str, number: int) -> None:
    shown = shown_number(str(number), number_format)
    assert shown is None or shown == shown.strip()
    assert isinstance(shows_text(number_format), bool)
    assert as_seen(str(number), number_format)


@pytest.mark.parametrize("number_format", ["General", "0", "@", "_(@_)", "[Red]@", "0;0;0;@", '@" "', "0;0;0;General"])
def test_a_text_stands_in_its_cell_as_it_is(number_format: str) -> None:
    assert shows_text(number_format)


@pytest.mark.parametrize("number_format", [";;;", 'General;General;General;"4"', '"2 "@', '0.00;"4"@', "@@", "[>1]@"])
def test_a_format_may_show_another_text_in_place_of_the_one_that_stands_there(number_format: str) -> None:
    assert not shows_text(number_format)


@pytest.mark.parametrize(
    ("raw", "number_format", "seen"),
    [
        ("0.6", "0 %", "60 %"),
        ("3", "0%", "300 %"),
        ("46056", "dd.mm.yyyy", "3.2.2026"),
        ("2026-02-03T00:00:00", "dd.mm.yyyy hh:mm", "3.2.2026"),
        ("3.25", "0.00", "3.25"),
        ("3", '"4"', "4"),
        ("3", ";;;", "3"),
        ("3", "dd.mm.yyyy", "3.1.1900"),
        ("0", "d.m.", "0.1.1900"),
        ("32", "d.m.yyyy", "1.2.1900"),
        ("60", "d.m.yyyy", "29.2.1900"),
        ("61", "mmm", "1.3.1900"),
        ("46056.75", "d.m.yyyy", "3.2.2026"),
        ("99999999", "d.m.yyyy", "99999999"),
        ("-3", "d.m.yyyy", "-3"),
        ("0.5", "h:mm", "12:00"),
        ("1.503472222222222", "[h]:mm:ss", "36:05"),
        ("3.5", "[Red]0.0", "3.5"),
        ("3", "0" * 256, "3"),
        ("1E-5", "0%", "1E-5"),
        ("46056", "0", "46056"),
    ],
)
def test_a_message_shows_a_number_as_the_officer_saw_it(raw: str, number_format: str, seen: str) -> None:
    assert as_seen(raw, number_format) == seen


@pytest.mark.parametrize(
    ("raw", "number_format", "seen"),
    [("3.5", "General", "3,5"), ("-0.25", "0.00", "-0,25"), ("0.005", "0%", "0,5 %"), ("1.5E-7", "General", "1.5E-7")],
)
def test_decimals_stand_behind_the_officers_decimal_point(raw: str, number_format: str, seen: str) -> None:
    assert as_seen(raw, number_format, ",") == seen


@pytest.mark.parametrize("letter", ['"', "[", ";", "0", "\\", "_"])
def test_a_format_longer_than_excel_allows_is_general_and_costs_nothing(letter: str) -> None:
    long = letter * 840_000
    start = time.process_time()
    for _ in range(1000):
        assert shown_number("3", long) == "3" and shows_text(long) and as_seen("3", long) == "3"
    assert time.process_time() - start < 1
    assert usable_format(letter * 255) == letter * 255


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("46056", date(2026, 2, 3)),
        ("46056.0", date(2026, 2, 3)),
        ("2026-02-03", date(2026, 2, 3)),
        ("2026-02-03T09:30:00", date(2026, 2, 3)),
        ("61", date(1900, 3, 1)),
        ("60", None),
        ("99999", None),
        ("46056.5", None),
        ("2026-02-30", None),
        ("20260203", None),
        ("2026-W06-2", None),
    ],
)
def test_a_day_is_read_from_a_serial_number_and_from_an_iso_date(raw: str, day: date | None) -> None:
    assert serial_day(raw) == day
