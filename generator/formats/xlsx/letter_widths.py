"""Widths of words in Calibri and Carlito, whose letters are equally wide, so that no column breaks a word."""

import re
from types import MappingProxyType

# Advance widths of Carlito Bold in ems, rounded up to the next 0.05; the regular letters are no wider.
# Source: the font's `hmtx` table, fonts-crosextra-carlito 20220224.
_EMS = MappingProxyType(
    {
        letter: ems
        for ems, letters in (
            (0.25, "'il "),
            (0.3, ",.:;Ij’"),
            (0.35, "!()-J[]`ft{}"),
            (0.4, "rszšž"),
            (0.45, '"/L\\c“”'),
            (0.5, "#*+<=>?EFSTZ^_agkvxy|~åäÉÈŠŽ–§"),
            (0.55, "$0123456789CKPYbdehnopquöéèüõ€▲■ø"),
            (0.6, "BRVXß"),
            (0.65, "ADGHÅÄ●"),
            (0.7, "NOQUÖÜÕ"),
            (0.75, "%&w"),
            (0.8, "Ææ"),
            (0.85, "m"),
            (0.9, "@M"),
        )
        for letter in letters
    }
)
_WIDEST = 1.0
# ECMA-376 part 1, §18.3.1.13: a column's width counts digits of the workbook's font, 7 pixels each in Calibri 11.
_DIGIT_PIXELS = 7
_EM_PIXELS = 11 / 72 * 96
_PADDING_PIXELS = 8
# Programs break lines at blanks, and after a hyphen.
_UNBROKEN = re.compile(r"[^\s-]+-?")
_WITH_BLANKS = re.compile(r"[^\s-]+-?\s*")


def line_count(text: str, width: float) -> int:
    """Returns how many lines the text takes, at 11 points and bold, in a column of a width in characters."""
    room = width * _DIGIT_PIXELS - _PADDING_PIXELS
    return sum(_lines_of(paragraph, room) for paragraph in text.split("\n"))


def longest_word_width(text: str) -> float:
    """Returns the column width, in characters, that breaks none of the text's words at 11 points, bold or not."""
    pixels = max((_pixels(word) for word in _UNBROKEN.findall(text)), default=0.0)
    return round((pixels + _PADDING_PIXELS) / _DIGIT_PIXELS, 1)


def _lines_of(paragraph: str, room: float) -> int:
    lines, taken = 1, 0.0
    for piece in _WITH_BLANKS.findall(paragraph):
        if taken and taken + _pixels(piece.rstrip()) > room:
            lines, taken = lines + 1, 0.0
        taken += _pixels(piece)
    return lines


def _pixels(word: str) -> float:
    return sum(_EMS.get(letter, _WIDEST) for letter in word) * _EM_PIXELS
