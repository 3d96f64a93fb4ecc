"""Codes of goals: one to three numbers separated by full stops, with leading zeros (`01.02`) or without (`1.2`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.base.text import name_key, visible

LEVELS = 3
CODE = r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}"
_WHOLE = re.compile(rf"\s*({CODE})\.?\s*")
# What the column of earlier codes may say of a new goal, in each language of the program.
_NEW = frozenset({"uusi", "uusi tavoite", "ny", "nytt", "nytt mål", "new", "new goal"})
_SEPARATOR = re.compile(r"[;\n]")
# People part them in other ways, too: these are not read, but told.
_ANY_SEPARATOR = re.compile(r"[;\n,/+&()]|\b(?:ja|och|and|tai|eller|or)\b")


def read_code(text: str) -> str | None:
    """Returns a text as a code, without a full stop at its end; None if it is not a code."""
    match = _WHOLE.fullmatch(visible(text))
    return match[1] if match else None


def code_numbers(code: str) -> tuple[int, ...]:
    """Returns the numbers of a code. Codes are sorted and compared by them: `01.02` and `1.2` are (1, 2)."""
    return tuple(map(int, code.split(".")))


@dataclass(frozen=True, slots=True)
class CodeForm:
    """How a plan writes the numbers of its codes: the least digits at each level, 2 with leading zeros, else 1."""

    digits: tuple[int, ...]

    def spell(self, code: str) -> str:
        """Returns a code as the plan writes it: `1.10` or `01.10`."""
        return ".".join(f"{number:0{digits}}" for number, digits in zip(code_numbers(code), self.digits, strict=False))


def form_of(codes: Iterable[str]) -> CodeForm:
    """Returns the form of a plan's codes: each level's own form (`1`, `1.01`), or else that of most codes."""
    numbers = [code.split(".") for code in codes]
    levels = [[parts[level] for parts in numbers if len(parts) > level] for level in range(LEVELS)]
    if any(any(map(_is_short, level)) and any(map(_is_padded, level)) for level in levels):
        short = sum(any(map(_is_short, parts)) for parts in numbers)
        padded = sum(any(map(_is_padded, parts)) for parts in numbers)
        return CodeForm((1 if short > padded else 2,) * LEVELS)
    digits = [1]
    for level in levels:
        # Numbers of ten and more look the same in both forms; then the level has the form of the level above.
        digits.append(2 if any(map(_is_padded, level)) else 1 if any(map(_is_short, level)) else digits[-1])
    return CodeForm(tuple(digits[1:]))


def _is_short(number: str) -> bool:
    return len(number) == 1


def _is_padded(number: str) -> bool:
    return len(number) == 2 and number.startswith("0")


def read_earlier_codes(text: str) -> tuple[tuple[str, ...], bool] | None:
    """Reads a cell such as `01.02; 01.03` or `uusi`.

    Returns:
        The goal's codes in the previous period, each once, and whether it is a new goal under an old code; None if the
        text is neither. A blank text gives ((), False).
    """
    parts = tuple(filter(str.strip, _SEPARATOR.split(text)))
    if parts and all(name_key(part) in _NEW for part in parts):
        return (), True
    found: dict[tuple[int, ...], str] = {}
    for part in parts:
        code = read_code(part)
        if code is None:
            return None
        found.setdefault(code_numbers(code), code)
    return tuple(found.values()), False


def names_codes_and_new(text: str) -> bool:
    """True if a cell has both codes and the word for a new goal, such as `01.02; uusi`."""
    parts = tuple(filter(str.strip, _ANY_SEPARATOR.split(text)))
    return any(name_key(part) in _NEW for part in parts) and any(map(read_code, parts))
