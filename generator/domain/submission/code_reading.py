"""Finds the goals a row may mean, by codes as people and programs write them and by titles.

Excel and LibreOffice turn `01.02` into the number 1.02 and `01.03.01` into a date. Such a code is taken only when one
goal of the plan fits it and the row's title agrees; otherwise it is asked, with the readings shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.domain.base.number_format import serial_day, shown_number
from generator.domain.base.text import (
    LONGEST_SHORT_WORD,
    are_misspelt,
    clean_text,
    heading_key,
    letter_pairs,
    share_of_pairs,
    visible,
    words_in,
)
from generator.domain.plan.goals import Goal, Plan, split_title
from generator.domain.submission.workbook import Cell, CellKind

# Two titles are the same goal's when they share most pairs of letters, as after a plan's rewording.
TITLE_LIKENESS = 0.65
# Inflected words keep their first letters; half of a title's words say what it is about.
STEM, LEAST_SHARE_OF_STEMS = 5, 0.5
# The parts of a code are parted by one and the same sign.
_LOOSE = re.compile(
    r"\s*(?P<code>[0-9]{1,2}(?:\s*(?P<sign>[.,:/·\-–])\s*[0-9]{1,2}(?:\s*(?P=sign)\s*[0-9]{1,2})?)?)(?![0-9])"
    r"\s*[.,:)\-–]?\s*(?P<title>.*)",
    re.DOTALL,
)
_FIRST_NUMBER = re.compile(r"\W*([0-9]{1,2})(?![0-9])")
_INNER_CODE = re.compile(r"(?<![0-9.])[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}(?![0-9])")
_NUMBER = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2})0*)?")


@dataclass(frozen=True, slots=True)
class CodeReading:
    """The codes that a title cell may mean, and the title after the code (an empty string: none).

    `is_exact`: the code was written with two digits a level, so that no program has changed it. `written` is a code
    with full stops as it stands in the text, with leading zeros or without (an empty string: none).
    """

    codes: tuple[str, ...]
    title: str
    is_exact: bool = False
    written: str = ""


def read_codes(cell: Cell) -> CodeReading:
    """Returns all codes that a cell may mean: from text, from a number with its format, from a date's day and month."""
    if cell.kind is CellKind.TEXT:
        return _from_text(visible(clean_text(cell.raw)))
    if cell.kind is CellKind.NUMBER:
        return CodeReading(tuple(dict.fromkeys(_from_number(cell))), "")
    return CodeReading((), "")


def fitting_goals(reading: CodeReading, plan: Plan) -> tuple[Goal, ...]:
    """Returns the goals of the plan that a reading may mean."""
    return tuple(dict.fromkeys(goal for code in reading.codes if (goal := plan.find(code))))


def goal_of_written_code(reading: CodeReading, plan: Plan) -> Goal | None:
    """Returns the goal whose code stands in the text as in the plan, or with two digits a level; None if there is none.

    In a plan with 1.1, both `1.1` and `01.01` mean it. In a plan with 01.01, `1.1` may be 01.10 that lost its zero.
    """
    written = plan.by_code.get(reading.written)
    return written or (plan.find(reading.codes[0]) if reading.is_exact and reading.codes else None)


def is_certain(reading: CodeReading, goals: tuple[Goal, ...]) -> bool:
    """True if exactly one goal fits a code that is not written as in the plan, and the title is that goal's."""
    return bool(reading.written) and len(goals) == 1 and heading_key(reading.title) == heading_key(goals[0].title)


def goals_titled(titles: Iterable[str], plan: Plan) -> tuple[Goal, ...]:
    """Returns the goals that have one of the texts as their exact title."""
    return tuple(dict.fromkeys(goal for title in titles for goal in plan.titled(title)))


def have_title(goal: Goal, titles: Iterable[str], plan: Plan) -> bool:
    """True if one of a row's texts (`titles`) is the goal's title, if perhaps misspelt, and no other goal's."""
    return any(_is_only_title(goal, title, plan) for title in titles)


def is_reworded(goal: Goal, title: str, plan: Plan) -> bool:
    """True if a text is like the goal's title, and less like any other goal's."""
    pairs = letter_pairs(title)
    own = _likeness(pairs, goal)
    return own > 0 and not any(_likeness(pairs, other) >= own for other in plan.goals if other is not goal)


def is_shortened(goal: Goal, title: str) -> bool:
    """True if a text is the goal's title with words left out or misspelt: `Varaudumme häiriöihin`."""
    rest = iter(words_in(goal.title))
    words = words_in(title)
    return bool(_telling(words)) and all(any(are_misspelt((word,), (meant,)) for meant in rest) for word in words)


def is_akin(goal: Goal, title: str, plan: Plan) -> bool:
    """True if most long words of a text are in the goal's title in some form, and fewer in any other goal's."""
    words = _telling(words_in(title))
    own = _share_of_stems(words, goal)
    others = (_share_of_stems(words, other) for other in plan.goals if other is not goal)
    return own >= LEAST_SHARE_OF_STEMS and own > max(others, default=0.0)


def liker_goals(goal: Goal, title: str, plan: Plan) -> tuple[Goal, ...]:
    """Returns the other goals whose titles are more like a text than the goal's own."""
    pairs = letter_pairs(title)
    own = _likeness(pairs, goal)
    return tuple(other for other in plan.goals if other is not goal and _likeness(pairs, other) > own)


def names_another_goal(goal: Goal, title: str, plan: Plan) -> bool:
    """True if the words after a code begin with a number that the goal's title lacks, or name another goal's code.

    `01.02, 01.03 Title`, `01.02 – 01.03 Title` and `01 02 Title` do.
    """
    first, own = _FIRST_NUMBER.match(title), _FIRST_NUMBER.match(goal.title)
    if first and (own is None or own[1] != first[1]):
        return True
    parts = (code.split(".") for code in _INNER_CODE.findall(title) if code not in goal.title)
    named = (plan.find(".".join(code)) for code in parts)
    return any(other not in (None, goal) for other in named)


def _from_text(text: str) -> CodeReading:
    exact = split_title(text)
    if exact and all(len(part) == 2 for part in exact[0].split(".")):
        return CodeReading((exact[0],), _words(exact[1]), is_exact=True, written=exact[0])
    match = _LOOSE.fullmatch(text)
    if match is None:
        return CodeReading((), "")
    parts = re.findall(r"[0-9]+", match["code"])
    # In `1. 2` the code is 1.2, not 1.
    written = exact[0] if exact and exact[0].split(".") == parts else ""
    return CodeReading(tuple(dict.fromkeys(_spellings(parts))), _words(match["title"]), written=written)


def _words(title: str) -> str:
    """Returns the title after a code; an empty string if it has no letters or digits, such as a dash."""
    return title.strip() if heading_key(title) else ""


def _spellings(parts: list[str]) -> Iterator[str]:
    """Returns the codes of `1.2`: 01.02, or 01.20 if a program dropped the last zero."""
    yield ".".join(part.zfill(2) for part in parts)
    if len(parts) > 1 and len(parts[-1]) == 1:
        yield ".".join([*(part.zfill(2) for part in parts[:-1]), parts[-1] + "0"])


def _from_number(cell: Cell) -> Iterator[str]:
    r"""Returns the codes of a number: by its value, by its format (`00\.00` shows 102 as 01.02), by its date."""
    number = _NUMBER.fullmatch(cell.raw)
    if number:
        yield from _spellings([part for part in number.groups() if part])
    yield from _from_text(shown_number(cell.raw, cell.number_format) or "").codes
    day = serial_day(cell.raw)
    if day:
        yield from _from_date(day)


def _from_date(day: date) -> Iterator[str]:
    """Returns the codes of a date that was `01.02` or `01.02.03`, with day and month in either order."""
    year = f"{day.year % 100:02d}"
    for first, second in ((day.day, day.month), (day.month, day.day)):
        yield f"{first:02d}.{second:02d}"
        yield f"{first:02d}.{second:02d}.{year}"


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the words that are long enough to distinguish titles."""
    return tuple(word for word in words if len(word) > LONGEST_SHORT_WORD)


def _share_of_stems(words: tuple[str, ...], goal: Goal) -> float:
    """Returns the share of words that begin like a word of the goal's title: `hankintojen` and `hankinnat`."""
    stems = {word[:STEM] for word in words_in(goal.title)}
    return sum(word[:STEM] in stems for word in words) / len(words) if words else 0.0


def _is_only_title(goal: Goal, title: str, plan: Plan) -> bool:
    if heading_key(title) == heading_key(goal.title):
        return True
    if not _is_slip_of(goal, title):
        return False
    others = (other for other in plan.goals if other is not goal)
    return not any(heading_key(title) == heading_key(other.title) or _is_slip_of(other, title) for other in others)


def _is_slip_of(goal: Goal, title: str) -> bool:
    return are_misspelt(words_in(title), words_in(goal.title))


def _likeness(pairs: frozenset[str], goal: Goal) -> float:
    """Returns how alike two texts are; 0 if it is too little to mean anything."""
    share = share_of_pairs(pairs, letter_pairs(goal.title))
    return share if share >= TITLE_LIKENESS else 0.0
