"""Reads and writes the usual names of periods: `tammi–kesäkuu 2026`, `vuosi 2026`, `1. neljännes 2026`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from generator.domain.base.language import Language
from generator.domain.base.rule import N_
from generator.i18n.words import Words

_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_RANGE = N_("{first}–{last} {year}")
_MONTH = N_("{first} {year}")
_QUARTER = N_("quarter {number} of {year}")
_YEAR = N_("year {year}")
# A name with words. `2026`, `1–6/2026`, `Q1/2026`, `II/2026` have none and are the same in every language.
_HAS_WORDS = re.compile(r"(?!\b[IVX]+\b)[^\W\d_]{2}")
_QUARTER_VARIANTS = (("vuosineljännes", "neljännes"), ("kvartalet", "kvartal"))


@dataclass(frozen=True, slots=True)
class PeriodName:
    """What a period's name says: the pattern (a message of the catalogue), the first and last month, and the year."""

    pattern: str
    first: int
    last: int
    year: int

    def ends_on(self, day: date) -> bool:
        """True if the period ends in the month of this day."""
        return (self.year, self.last) == (day.year, day.month)


def read_period_name(name: str, language: Language) -> PeriodName | None:
    """Reads a period's name in a language; None if it does not follow a usual pattern."""
    text = _plain(name, language)
    for pattern in (_RANGE, _MONTH, _QUARTER, _YEAR):
        found = re.fullmatch(_expression(pattern, language), text)
        if found and (read := _read(pattern, found.groupdict(), language)):
            return read
    return None


def usual_period_name(first: date, last: date, language: Language) -> str | None:
    """Writes the name of the months from one day to another; None if they are not whole months of one year."""
    if first.year != last.year or first.day != 1 or (last + timedelta(days=1)).day != 1:
        return None
    is_year = (first.month, last.month) == (1, 12)
    pattern = _YEAR if is_year else _MONTH if first.month == last.month else _RANGE
    return period_name(PeriodName(pattern, first.month, last.month, last.year), language)


def period_name(said: PeriodName, language: Language) -> str:
    """Writes a period's name in a language: `januari–juni 2026`."""
    words = Words(language)
    return words(
        said.pattern,
        first=words(_MONTHS[said.first - 1]),
        last=words(_MONTHS[said.last - 1]),
        number=said.last // 3,
        year=said.year,
    )


def translated_period_name(name: str, end: date, language: Language) -> str | None:
    """Translates a period's name into another language.

    Args:
        name: in any language.
        end: the period's last day.

    Returns:
        The name; None if it does not follow a usual pattern, or names another time than that of `end`.
    """
    if not _HAS_WORDS.search(name):
        return name
    said = next(filter(None, (read_period_name(name, each) for each in Language)), None)
    return period_name(said, language) if said and said.ends_on(end) else None


def is_of_another_time(name: str, end: date, language: Language) -> bool:
    """True if a period's name has another year, or other months, than the period's last day."""
    said = read_period_name(name, language)
    if said:
        return not said.ends_on(end)
    years = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", name)}
    return bool(years) and end.year not in years


def _read(pattern: str, found: dict[str, str], language: Language) -> PeriodName | None:
    year = int(found["year"])
    if pattern == _YEAR:
        return PeriodName(pattern, 1, 12, year)
    if pattern == _QUARTER:
        number = int(found["number"])
        return PeriodName(pattern, 3 * number - 2, 3 * number, year)
    months = _months(language)
    first = months.index(found["first"]) + 1
    last = months.index(found.get("last", found["first"])) + 1
    return PeriodName(pattern, first, last, year) if first <= last else None


@cache
def _expression(pattern: str, language: Language) -> str:
    """Returns the pattern in a language as a regular expression."""
    month = "|".join(map(re.escape, _months(language)))
    groups = {"first": f"(?P<first>{month})", "last": f"(?P<last>{month})", "number": "(?P<number>[1-4])"}
    text = _plain(Words(language)(pattern), language)
    parts = re.split(r"\{(\w+)\}", text)
    groups["year"] = "(?P<year>20[0-9][0-9])"
    return "".join(groups[part] if place % 2 else re.escape(part) for place, part in enumerate(parts))


@cache
def _months(language: Language) -> tuple[str, ...]:
    return tuple(Words(language)(month).casefold() for month in _MONTHS)


def _plain(name: str, language: Language) -> str:
    """Returns a name without differences that do not matter: dashes, spaces, capitals, and in Finnish `kuu`."""
    text = re.sub(r"\s*[–—‐-]\s*", "–", " ".join(name.casefold().split()))
    for variant, usual in _QUARTER_VARIANTS:
        text = text.replace(variant, usual)
    return text.replace("kuu", "") if language is Language.FINNISH else text
