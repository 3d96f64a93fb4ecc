"""Codes of goals, and the column that names a goal's codes in the previous period."""

import pytest

from generator.domain.plan.codes import code_numbers, read_code, read_earlier_codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01.02", "01.02"),
        (" 1.2. ", "1.2"),
        ("1.", "1"),
        ("1.2.3", "1.2.3"),
        ("1.2.3.4", None),
        ("T1", None),
        ("", None),
    ],
)
def test_a_code_is_one_to_three_numbers(text: str, code: str | None) -> None:
    assert read_code(text) == code


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("01.02", (("01.02",), False)),
        ("01.03; 01.02.;1.3", (("01.03", "01.02"), False)),
        ("1.1\n1.2", (("1.1", "1.2"), False)),
        (" Uusi ", ((), True)),
        ("nytt", ((), True)),
        ("", ((), False)),
        ("uusi; 01.02", None),
        ("01.02, 01.03", None),
        ("ks. 01.02", None),
    ],
)
def test_earlier_codes_are_parted_by_semicolons(text: str, read: object) -> None:
    assert read_earlier_codes(text) == read


def test_codes_are_sorted_as_numbers() -> None:
    assert sorted(("10", "1.10", "2", "1.2", "1", "1.2.3"), key=code_numbers) == [
        "1",
        "1.2",
        "1.2.3",
        "1.10",
        "2",
        "10",
    ]
