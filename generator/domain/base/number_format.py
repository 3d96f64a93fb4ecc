"""Computes what a sheet shows for a stored value, since only what the officer saw counts.

Source: ECMA-376 part 1, §18.8.31 (number format codes); Microsoft, "DATEVALUE" (1900 as a leap year).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import TypeAlias

# Excel takes no longer one; a longer one would only cost time and memory.
_LONGEST_FORMAT = 255
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|[_*](?P<room>.)'
    r"|(?P<whole>general|@)|(?P<digit>[0#?])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_COLOUR = re.compile("(?:black|blue|cyan|green|magenta|red|white|yellow|color *[0-9]+)?", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9a-f]*)?", re.IGNORECASE)
# Letters are parts of a date or of nothing; a percentage, a fraction, an exponent are another number.
_CHANGES_VALUE = re.compile(r"[^\W\d_]|[%/]")
_PARTS_OF_DATES = frozenset("dmyhs")
_WHOLE = re.compile(r"([0-9]+)(?:\.0*)?")
# Excel counts days from here; its 1900 had a 29 February, so that the days before March 1900 are one off.
_EPOCH, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 61, 73_050
_DAYS_TO_1904 = 1462
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MINUTES_OF_A_DAY, _DAYS_OF_JANUARY = 24 * 60, 31
_DAY_LETTERS, _TIME_LETTERS = frozenset("dy"), frozenset("hs")
_ISO_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?", re.DOTALL)


class _PartKind(Enum):
    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    WHOLE = auto()


@dataclass(frozen=True, slots=True)
class _FormatPart:
    kind: _PartKind
    text: str = ""


_Section: TypeAlias = tuple[re.Match[str], ...]


def usable_format(number_format: str) -> str:
    """Returns the number format, or `General` for one that is longer than Excel allows."""
    return number_format if 0 < len(number_format) <= _LONGEST_FORMAT else "General"


def shown_number(raw: str, number_format: str) -> str | None:
    """Returns a whole number as its format shows it: `3`, `03`, `3.00`, `3 €`, `01.02` for 102, `4` for format `"4"`.

    Args:
        raw: the stored value as the file writes it (`3`, `3.0`).

    Returns:
        The text without blanks around it; None where the value is no whole number from 0 up, or where the format makes
        another value of it: a date, a percentage, thousands, a condition.
    """
    return (_shown_short if len(raw) <= _REMEMBERED else _shown)(raw, number_format)


def _shown(raw: str, number_format: str) -> str | None:
    whole = _WHOLE.fullmatch(raw)
    digits = whole[1].lstrip("0") if whole else ""
    pieces = _number_pieces(usable_format(number_format), is_zero=not digits)
    if whole is None or pieces is None:
        return None
    if _PartKind.COMMA in {piece.kind for piece in pieces} and len(digits) > 3:
        return None
    return "".join(_written(digits, pieces)).strip()


# Cached, since degrees repeat in every row.
_REMEMBERED = 20
_shown_short = lru_cache(maxsize=1_000)(_shown)


def shows_text(number_format: str) -> bool:
    """True if the cell shows the text as it is; a format may show another text, or none."""
    return _shows_text(usable_format(number_format))


@lru_cache(maxsize=256)
def _shows_text(number_format: str) -> bool:
    sections = _sections(number_format)
    for_texts = sections[3:] or [section for section in sections if any(token["whole"] == "@" for token in section)]
    pieces = _pieces(for_texts[0]) if for_texts else (_FormatPart(_PartKind.WHOLE),)
    return pieces is not None and [piece.kind for piece in pieces if piece.text != " "] == [_PartKind.WHOLE]


def as_seen(raw: str, number_format: str, decimal_point: str = ".") -> str:
    """Returns a number as the officer most likely saw it, for messages: `60 %`, `3.2.2026`, `3,5`, `12:30`.

    Args:
        raw: the stored value as the file writes it.
        decimal_point: what the officer's program writes before the decimals.
    """
    tokens = _sections(usable_format(number_format))[0]
    letters = "".join(token["other"] or token["bracket"] or "" for token in tokens if not _is_colour(token)).casefold()
    number = float(raw) if _DECIMAL.fullmatch(raw) else None
    if not _DAY_LETTERS.isdisjoint(letters) or ("m" in letters and _TIME_LETTERS.isdisjoint(letters)):
        return _day_as_seen(raw, number) or raw
    if "h" in letters and number is not None:
        minutes = round(number * _MINUTES_OF_A_DAY)
        return f"{minutes // 60}:{minutes % 60:02}"
    if "%" in letters and number is not None:
        return f"{number * 100:g} %".replace(".", decimal_point)
    shown = shown_number(raw, number_format)
    if shown is not None and shown != "":
        return shown
    return raw.replace(".", decimal_point) if _DECIMAL.fullmatch(raw.lstrip("-")) else raw


def shows_date(number_format: str) -> bool:
    """True if the format shows a number as a date or a time."""
    return any((token["other"] or "").casefold() in _PARTS_OF_DATES for token in _sections(number_format)[0])


def counted_from_1900(raw: str, number_format: str) -> str:
    """A number of a workbook that counts days from 1904, as one that counts from 1900 has it; other than days as it is.

    Source: ECMA-376 part 1, §18.17.4.1 (date systems).
    """
    letters = {(token["other"] or "").casefold() for token in _sections(usable_format(number_format))[0]}
    if _DAY_LETTERS.isdisjoint(letters) or not _DECIMAL.fullmatch(raw):
        return raw
    return repr(float(raw) + _DAYS_TO_1904).removesuffix(".0")


def serial_day(raw: str) -> date | None:
    """Returns the day of a serial number or of an ISO date; None if it is no day of our time."""
    iso = _ISO_DAY.fullmatch(raw)
    if iso:
        try:
            return date.fromisoformat(iso[1])
        except ValueError:
            return None
    if not re.fullmatch(r"[0-9]{1,5}(?:\.0+)?", raw):
        return None
    serial = int(raw.split(".")[0])
    return _EPOCH + timedelta(days=serial) if _FIRST_SERIAL <= serial <= _LAST_SERIAL else None


def _is_colour(token: re.Match[str]) -> bool:
    """True if a part of a format is in brackets and is no length of time (`[h]`)."""
    return token["bracket"] is not None and token["bracket"].casefold().strip("hms") != ""


def _day_as_seen(raw: str, number: float | None) -> str | None:
    """Returns the day that Excel shows for 3 (`3.1.1900`) or 60 (`29.2.1900`, no real day); None if it shows no day."""
    whole = raw if number is None else str(int(number))
    day = serial_day(whole)
    if day is None and number is not None and number < _FIRST_SERIAL:
        past_january = int(number) - _DAYS_OF_JANUARY
        return f"{past_january}.2.1900" if past_january > 0 else f"{whole}.1.1900"
    return f"{day.day}.{day.month}.{day.year}" if day else None


@lru_cache(maxsize=256)
def _number_pieces(number_format: str, *, is_zero: bool) -> tuple[_FormatPart, ...] | None:
    """Splits the section of a format that applies to a number: the first one, or the third for zero if there is one."""
    sections = _sections(number_format)
    pieces = _pieces(sections[2] if is_zero and len(sections) > 2 else sections[0])
    if pieces is None:
        return None
    kinds = [piece.kind for piece in pieces]
    groups = all(_is_between_digits(index, kinds) for index, kind in enumerate(kinds) if kind is _PartKind.COMMA)
    return pieces if groups and not {_PartKind.WHOLE, _PartKind.DIGIT} <= set(kinds) else None


def _is_between_digits(index: int, kinds: list[_PartKind]) -> bool:
    """True if the comma is between digits; a comma after the last digit divides the number by a thousand."""
    return (
        kinds[index - 1 : index + 2 : 2] == [_PartKind.DIGIT, _PartKind.DIGIT] and _PartKind.POINT not in kinds[:index]
    )


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[_Section, ...]:
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(number_format):
        if token["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(map(tuple, sections))


def _pieces(section: Iterable[re.Match[str]]) -> tuple[_FormatPart, ...] | None:
    pieces = [_piece(token) for token in section]
    known = tuple(piece for piece in pieces if piece)
    return known if len(known) == len(pieces) else None


def _piece(token: re.Match[str]) -> _FormatPart | None:
    """Reads one part of a format; None if it changes the number's value."""
    kind, text = token.lastgroup, token[str(token.lastgroup)]
    if kind == "bracket":
        return _bracketed(text)
    if kind == "digit":
        return _FormatPart(_PartKind.DIGIT, text)
    if kind == "whole":
        return _FormatPart(_PartKind.WHOLE)
    if kind == "other" and text in ".,":
        return _FormatPart(_PartKind.POINT if text == "." else _PartKind.COMMA, text)
    if kind == "other" and _CHANGES_VALUE.match(text):
        return None
    return _FormatPart(_PartKind.LITERAL, " " if kind == "room" else text)


def _bracketed(text: str) -> _FormatPart | None:
    currency = _CURRENCY.fullmatch(text)
    if currency or _COLOUR.fullmatch(text):
        return _FormatPart(_PartKind.LITERAL, (currency[1] if currency else "") or " ")
    return None


def _written(digits: str, pieces: tuple[_FormatPart, ...]) -> Iterator[str]:
    kinds = [piece.kind for piece in pieces]
    point = kinds.index(_PartKind.POINT) if _PartKind.POINT in kinds else len(pieces)
    first = kinds.index(_PartKind.DIGIT) if _PartKind.DIGIT in kinds[:point] else point
    for index, piece in enumerate(pieces):
        later = kinds[index + 1 : point].count(_PartKind.DIGIT)
        if piece.kind is _PartKind.WHOLE:
            yield digits or "0"
        elif piece.kind is not _PartKind.DIGIT:
            yield "" if piece.kind is _PartKind.COMMA else piece.text
        elif index > point:
            yield _blank(piece)
        else:
            reached = max(len(digits) - later, 0)
            yield digits[:reached][0 if index == first else -1 :] or _blank(piece)


def _blank(placeholder: _FormatPart) -> str:
    return {"0": "0", "?": " "}.get(placeholder.text, "")
