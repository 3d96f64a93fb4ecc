"""Finds codes of another scheme in plan.xlsx, such as `T1`, `A-1` or `II.3`, and suggests numeric codes for them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from generator.domain.plan.codes import CodeForm, code_numbers

LEAST_ROWS = 2
_LEAD = re.compile(r"[^\W\d_]+#?")
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+")
# A word before the code: `Tavoite 1: Talous`.
_LABEL = re.compile(r"(?:(?:vuosi)?tavoite|toimenpide|(?:års)?mål|åtgärd|goal|action)\s+(?=[0-9])", re.IGNORECASE)
_ROMAN = re.compile(r"(?=.)(X{0,3})(IX|IV|V?I{0,3})")
_LONGEST_LETTERS, _LONGEST_NUMBER, _MOST_PIECES = 3, 2, 4


@dataclass(frozen=True, slots=True)
class PlanTitle:
    """A title of plan.xlsx: the level of its column (1–3), its text, and its code (None: it has none of our form)."""

    level: int
    text: str
    code: str | None


@dataclass(frozen=True, slots=True)
class OtherCode:
    """A code of another scheme: its title's index, how it is written, and the suggested code (None: none possible)."""

    index: int
    written: str
    read: str | None


def find_other_codes(titles: Sequence[PlanTitle], form: CodeForm) -> tuple[OtherCode, ...]:
    """Returns the codes of another scheme, if most titles without our codes have one; () if only an odd row has."""
    written = {index: code for index, title in enumerate(titles) if title.code is None and (code := _written(title))}
    lacking = sum(title.code is None for title in titles)
    if len(written) < max(LEAST_ROWS, lacking / 2):
        return ()
    found: list[OtherCode] = []
    above: dict[int, str] = {}
    for index, title in enumerate(titles):
        code = title.code
        if index in written:
            code = _read(written[index], title.level, above, _leads(title.level, titles, written))
            code = form.spell(code) if code else None
            found.append(OtherCode(index, written[index], code))
        if code:
            above = {level: upper for level, upper in above.items() if level < title.level} | {title.level: code}
    return tuple(found)


def _written(title: PlanTitle) -> str | None:
    """Returns the first word of a title if it may be a code: short letters, numbers, or a Roman numeral."""
    label = _LABEL.match(title.text)
    first, _, rest = title.text[label.end() if label else 0 :].partition(" ")
    word = first.strip("().:–-")
    pieces = _PIECE.findall(word)
    if not rest.strip() or not 0 < len(pieces) <= _MOST_PIECES or not all(map(_is_short, pieces)):
        return None
    is_code = any(map(str.isdigit, pieces)) or all(map(_is_ordinal, pieces))
    return word if is_code else None


def _is_short(piece: str) -> bool:
    return len(piece) <= (_LONGEST_NUMBER if piece.isdigit() else _LONGEST_LETTERS) or _is_ordinal(piece)


def _is_ordinal(piece: str) -> bool:
    return _ROMAN.fullmatch(piece) is not None or piece in ascii_uppercase


def _leads(level: int, titles: Sequence[PlanTitle], written: Mapping[int, str]) -> frozenset[str]:
    """Returns the letters with which the codes of a level begin; `T#` if a number follows directly, as in T1."""
    codes = (code for index, code in written.items() if titles[index].level == level)
    return frozenset(lead[0] for code in codes if (lead := _LEAD.match(re.sub("[0-9]+", "#", code))))


def _read(written: str, level: int, above: Mapping[int, str], leads: frozenset[str]) -> str | None:
    """Returns the code as numbers; the parent goal's code comes first if the code itself does not have it."""
    numbers = tuple(_numbers(_PIECE.findall(written), leads))
    if len(numbers) != level and level > 1 and numbers and level - 1 in above:
        numbers = (*code_numbers(above[level - 1]), numbers[-1])
    return ".".join(map(str, numbers)) if len(numbers) == level else None


def _numbers(pieces: Sequence[str], leads: frozenset[str]) -> list[int]:
    """Returns the numbers of a code. Letters with which all codes of a level begin, as T in T1, are not a number."""
    is_roman = all(map(_ROMAN.fullmatch, leads))
    found: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.isdigit():
            found.append(int(piece))
        elif is_roman and _ROMAN.fullmatch(piece):
            found.append(_roman(piece))
        elif piece in ascii_uppercase and (index or len(leads) > 1):
            found.append(ascii_uppercase.index(piece) + 1)
    return found


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))
