"""What the settings mean; their faults are in `test_settings_faults.py`."""

from calendar import month_name
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.domain.base.settings import Language
from generator.i18n.period_names import period_name, read_period_name
from generator.workspace.settings_file import parse_settings
from tests.builders import EXAMPLE

TEXT = (EXAMPLE / "seuranta.toml").read_text(encoding="utf-8")
PATH = Path("seuranta.toml")
MONTHS = list(month_name)[1:]


def test_names_in_another_language_are_those_given_and_otherwise_the_municipalitys_own() -> None:
    settings = parse_settings(f'{TEXT}\n[names.sv]\nmunicipality = "Havulax"\nperiod = "våren"\n', PATH)
    municipality, organ, period = settings.names_in(Language.SWEDISH)
    assert (municipality, organ, period.label) == ("Havulax", settings.organ, "våren")
    assert settings.names_in(Language.ENGLISH)[:2] == (settings.municipality, settings.organ)


@pytest.mark.parametrize(
    ("typed", "needing"),
    [("", ["▲", "■"]), ("attention = false", ["■"]), ("attention = true", ["▲", "■"])],
)
def test_all_statuses_but_the_first_need_attention_unless_their_key_says_otherwise(
    typed: str, needing: list[str]
) -> None:
    settings = parse_settings(TEXT.replace('shape = "▲"\n', f'shape = "▲"\n{typed}\n'), PATH)
    assert [status.shape for status in settings.statuses.statuses if status.needs_attention] == needing


@pytest.mark.parametrize(
    ("label", "end", "swedish", "english"),
    [
        ("tammi–kesäkuu 2026", "2026-06-30", "januari–juni 2026", "January–June 2026"),
        ("Tammikuu - kesäkuu 2026", "2026-06-30", "januari–juni 2026", "January–June 2026"),
        ("heinä–joulukuu 2026", "2026-12-31", "juli–december 2026", "July–December 2026"),
        ("vuosi 2026", "2026-12-31", "år 2026", "year 2026"),
        ("3. neljännes 2026", "2026-09-30", "kvartal 3 2026", "quarter 3 of 2026"),
        ("1. vuosineljännes 2026", "2026-03-31", "kvartal 1 2026", "quarter 1 of 2026"),
        ("toukokuu 2026", "2026-05-31", "maj 2026", "May 2026"),
        ("2026", "2026-12-31", "2026", "2026"),
        ("1–6/2026", "2026-06-30", "1–6/2026", "1–6/2026"),
        ("II/2026", "2026-12-31", "II/2026", "II/2026"),
        # Not as usual, or not of this period: as in Finnish.
        ("kevät 2026", "2026-06-30", "kevät 2026", "kevät 2026"),
        ("tammi–kesäkuu 2025", "2026-06-30", "tammi–kesäkuu 2025", "tammi–kesäkuu 2025"),
        ("kesä–tammikuu 2026", "2026-01-31", "kesä–tammikuu 2026", "kesä–tammikuu 2026"),
    ],
)
def test_the_name_of_a_period_follows_in_other_languages(label: str, end: str, swedish: str, english: str) -> None:
    text = TEXT.replace("tammi–kesäkuu 2026", label).replace("end = 2026-06-30", f"end = {end}")
    settings = parse_settings(text, PATH)
    labels = [settings.names_in(language)[2].label for language in Language]
    assert labels == [label, swedish, english]


def test_a_period_named_in_swedish_has_its_finnish_name() -> None:
    text = TEXT.replace("tammi–kesäkuu 2026", "juli–december 2026").replace("2026-06-30", "2026-12-31")
    settings = parse_settings(text.replace('["fi"]', '["sv", "fi"]'), PATH)
    labels = [settings.names_in(language)[2].label for language in Language]
    assert labels == ["heinä–joulukuu 2026", "juli–december 2026", "July–December 2026"]


@given(st.integers(1, 12), st.integers(1, 12), st.integers(2020, 2099), st.sampled_from(list(Language)))
def test_a_name_that_was_written_is_read_again(first: int, last: int, year: int, language: Language) -> None:
    assume(first <= last)
    said = read_period_name(f"{MONTHS[first - 1]}–{MONTHS[last - 1]} {year}", Language.ENGLISH)
    assert said and said.ends_on(date(year, last, 28))
    assert read_period_name(period_name(said, language), language) == said
