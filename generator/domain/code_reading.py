"""Which goal a row is about: codes as people and spreadsheet programs leave them, and the title that must agree.

Excel and LibreOffice turn `01.02` into the number 1.02 and `01.03.01` into a date. Such a code is taken only when one
goal of the plan fits it and the row's title agrees; otherwise it is asked, with the readings shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from generator.domain.plan import Goal, Plan, split_title
from generator.domain.submission import Cell, CellKind
from generator.domain.text import clean_text, heading_key

# Two titles are the same goal's when they share most letters, as after a plan's rewording.
TITLE_LIKENESS = 0.75
# Excel counts days from here; its 1900 had a 29 February, so serials below 61 are no dates of ours.
_EPOCH, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 61, 73_050
_LOOSE = re.compile(
    r"\s*(?P<code>[0-9]{1,2}(?:\s*[.,:/·\-–]\s*[0-9]{1,2}){0,2})(?![0-9])\s*[.,:)\-–]?\s*(?P<title>.*)", re.DOTALL
)
_NUMBER = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2})0*)?")


@dataclass(frozen=True, slots=True)
class CodeReading:
    """The codes that a title cell may mean, and the title that stands behind the code (an empty string: none).

    `is_exact` tells that the code stood there as a plan writes it, two digits a level.
    """

    codes: tuple[str, ...]
    title: str
    is_exact: bool = False


def read_codes(cell: Cell) -> CodeReading:
    """All codes that a cell may mean: from text, from a number with its format, and from a date's day and month."""
    if cell.kind is CellKind.TEXT:
        return _from_text(clean_text(cell.raw))
    if cell.kind is CellKind.NUMBER:
        return CodeReading(tuple(dict.fromkeys(_from_number(cell))), "")
    return CodeReading((), "")


def fitting_goals(reading: CodeReading, plan: Plan) -> tuple[Goal, ...]:
    """The goals of the plan that a reading may mean."""
    return tuple(plan.by_code[code] for code in reading.codes if code in plan.by_code)


def title_agrees(goal: Goal, titles: Iterable[str], plan: Plan) -> bool:
    """Whether one of a row's texts is the goal's title, or nearer to it than to any other goal's."""
    return any(_is_title_of(goal, heading_key(title), plan) for title in titles)


def _from_text(text: str) -> CodeReading:
    exact = split_title(text)
    if exact:
        return CodeReading((exact[0],), exact[1], is_exact=True)
    match = _LOOSE.fullmatch(text)
    if match is None:
        return CodeReading((), "")
    parts = re.findall(r"[0-9]+", match["code"])
    return CodeReading(tuple(dict.fromkeys(_spellings(parts))), match["title"].strip())


def _spellings(parts: list[str]) -> Iterator[str]:
    """`1.2` may be 01.02, or 01.20 where a program dropped the last zero."""
    yield ".".join(part.zfill(2) for part in parts)
    if len(parts) > 1 and len(parts[-1]) == 1:
        yield ".".join([*(part.zfill(2) for part in parts[:-1]), parts[-1] + "0"])


def _from_number(cell: Cell) -> Iterator[str]:
    number = _NUMBER.fullmatch(cell.raw)
    if number:
        yield from _spellings([part for part in number.groups() if part])
    day = _day(cell.raw)
    if day:
        yield from _from_date(day)


def _day(raw: str) -> date | None:
    """The day of a serial number, or of a date in ISO form."""
    try:
        return date.fromisoformat(raw[:10])
    except ValueError:
        pass
    if not re.fullmatch(r"[0-9]{1,5}(?:\.0+)?", raw):
        return None
    serial = int(raw.split(".")[0])
    return _EPOCH + timedelta(days=serial) if _FIRST_SERIAL <= serial <= _LAST_SERIAL else None


def _from_date(day: date) -> Iterator[str]:
    """A date that was `01.02` or `01.02.03`, in the order of day and month or of month and day."""
    year = f"{day.year % 100:02d}"
    for first, second in ((day.day, day.month), (day.month, day.day)):
        yield f"{first:02d}.{second:02d}"
        yield f"{first:02d}.{second:02d}.{year}"


def _is_title_of(goal: Goal, key: str, plan: Plan) -> bool:
    if not key:
        return False
    own = heading_key(goal.title)
    if key == own:
        return True
    likeness = _likeness(key, own)
    if likeness < TITLE_LIKENESS:
        return False
    return not any(_likeness(key, heading_key(other.title)) > likeness for other in plan.goals if other is not goal)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < TITLE_LIKENESS or matcher.quick_ratio() < TITLE_LIKENESS:
        return 0.0
    return matcher.ratio()
