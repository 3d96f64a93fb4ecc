"""Widths of letters in Arial and Liberation Sans, whose letters are equally wide, to measure what a cell holds."""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

# Advance widths of Liberation Sans in thousandths of the letters' size.
# Source: the font's `hmtx` table, fonts-liberation 1.07.4.
_WIDTHS = MappingProxyType(
    {
        letter: width
        for width, letters in (
            (191, "'"),
            (222, "ijl’"),
            (260, "|"),
            (278, " !,./:;I[\\]ft"),
            (333, '()-`r"“”{}'),
            (389, "*"),
            (500, "Jcksvxyz"),
            (556, "#$0123456789?L_abdeghnopquø§–€"),
            (604, "+<=>~^×●■"),
            (611, "FTZß"),
            (667, "&ABEKPSVXY"),
            (722, "CDHNRUw"),
            (778, "GOQØ"),
            (833, "Mm"),
            (889, "%æ"),
            (944, "W"),
            (1000, "▲—…→Æ@"),
        )
        for letter in letters
    }
)
_AVERAGE = 556
_BOLD = 1.08
# Programs break lines at blanks, and after a hyphen or a slash.
_UNBROKEN = re.compile(r"[^\s/-]+[/-]?")


def text_width(text: str, size: float) -> float:
    """Returns the width of a text on one line, in the unit of `size`, the letters' height."""
    return sum(map(_thousandths, text)) * size / 1000


def longest_word_width(text: str, size: float) -> float:
    """Returns the width of the longest word of a text, in the unit of `size`; 0 if it has none."""
    return max((text_width(word, size) for word in _UNBROKEN.findall(text)), default=0.0)


def bold(width: float) -> float:
    """Returns how wide a text of a width is if it is printed in bold."""
    return width * _BOLD


@lru_cache(maxsize=1_000)
def _thousandths(letter: str) -> int:
    """Returns a letter's width; one with an accent is as wide as without."""
    return _WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _AVERAGE)
