"""Personal data in texts: identity codes are masked, ways to reach a person are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.finding import Finding, shown
from generator.domain.base.personal import IDENTITY_MASK, contact_details, has_identity_code, mask_identity_codes

# Made up: the check character is right, the number is of the test range 900–999.
CODE = "131052-9993"


@pytest.mark.parametrize(
    "text", [CODE, "131052 - 9993", "131052\u00a0–\u00a09993", "131052-\n9993", "13 10 52-9993", "131052-999 3"]
)
def test_an_identity_code_is_masked_whatever_its_blanks(text: str) -> None:
    assert mask_identity_codes(f"Asiakas {text} ohjattiin.") == f"Asiakas {IDENTITY_MASK} ohjattiin."


@pytest.mark.parametrize("text", ["131052 - 9992", "1.1.–30.6.2026", "123 456-789 000", "Työ eteni 3 - 4 viikkoa."])
def test_other_numbers_stay(text: str) -> None:
    assert not has_identity_code(text) and mask_identity_codes(text) == text


@given(st.text(), st.text())
def test_no_text_shows_a_code_once_it_is_masked(before: str, behind: str) -> None:
    assert not has_identity_code(mask_identity_codes(f"{before} {CODE} {behind}"))


def test_a_finding_shows_no_code_whoever_makes_it() -> None:
    made = Finding("degree-out-of-scale", value=f"x {CODE}", allowed=(CODE,))
    assert made.value == f"x {IDENTITY_MASK}" and made.allowed == (IDENTITY_MASK,)


def test_half_a_code_is_not_shown_where_a_long_value_is_cut() -> None:
    assert "131052" not in shown("x" * 190 + f" {CODE}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lisätietoja: anna.aalto@kunta.fi.", ("anna.aalto@kunta.fi",)),
        ("anna(at)kunta.fi", ("anna(at)kunta.fi",)),
        ("Soita 040 123 4567 tai +358 9 8162 400", ("040 123 4567", "+358 9 8162 400")),
        ("Vaihde (09) 816 2400", ("(09) 816 2400",)),
        ("FI21 1234 5600 0007 85", ("FI21 1234 5600 0007 85",)),
    ],
)
def test_ways_to_reach_a_person_are_found(text: str, found: tuple[str, ...]) -> None:
    assert contact_details(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "FI21 1234 5600 0007 86",
        "KV 15.12.2025 § 120",
        "Dnro 123/00.01.02/2026",
        "Budjetti 1 500 000 euroa vuosina 2025–2026",
        "00100 Helsinki",
        "Tavoite 01.02.03 ja 02.01",
        "Kasvu 0,5 % ja 3 @ viikossa",
    ],
)
def test_sums_dates_and_numbers_of_cases_reach_nobody(text: str) -> None:
    assert contact_details(text) == ()
