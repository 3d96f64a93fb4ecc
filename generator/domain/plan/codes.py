"""Codes of goals: one to three numbers parted by full stops, with leading noughts (`01.02`) or without (`1.2`)."""

import re

from generator.domain.base.text import name_key, visible

CODE = r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}"
_WHOLE = re.compile(rf"\s*({CODE})\.?\s*")
# In the column of earlier codes, in each language of the program.
_NEW = frozenset({"uusi", "uusi tavoite", "ny", "nytt", "nytt mål", "new", "new goal"})


def read_code(text: str) -> str | None:
    """Returns the code that a text consists of, without a full stop at its end; None if it is no code."""
    match = _WHOLE.fullmatch(visible(text))
    return match[1] if match else None


def code_numbers(code: str) -> tuple[int, ...]:
    """Returns the numbers of a code. Codes are sorted and compared by them: `01.02` and `1.2` are (1, 2)."""
    return tuple(map(int, code.split(".")))


def read_earlier_codes(text: str) -> tuple[tuple[str, ...], bool] | None:
    """Reads a cell such as `01.02; 01.03` or `uusi`.

    Returns:
        The goal's codes in the previous period, each once, and whether it is a new goal under an old code; None if the
        text is neither. A blank text gives ((), False).
    """
    if name_key(text) in _NEW:
        return (), True
    found: dict[tuple[int, ...], str] = {}
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        code = read_code(part)
        if code is None:
            return None
        found.setdefault(code_numbers(code), code)
    return tuple(found.values()), False
