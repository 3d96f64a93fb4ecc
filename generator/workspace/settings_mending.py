"""Guesses what a line of seuranta.toml that is not TOML was meant to be: usual errors of people in Notepad or Word."""

import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from generator.domain.base.rule import N_
from generator.workspace.settings_lines import without_comment

_INVISIBLE = re.compile("[\u00a0\u2007\u202f\u200b-\u200f\u2060\u2066-\u2069\ufeff\u00ad]")
_CURLY = re.compile("[“”„‟«»″‘’‚‛′´`]")
_KEY = re.compile(r"^[A-Za-z0-9_.-]+$")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})")
# White space in TOML; Python's own would include the no-break space.
_BLANKS = " \t\r\n"
_TRUE = ("true", "kyllä", "yes", "ja", "on", "päällä")
_FALSE = ("false", "ei", "no", "nej", "off", "pois")


@dataclass(frozen=True, slots=True)
class MendedLine:
    """A line as it was probably meant; `reason` says how to write it correctly."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in parts: key, value (None: no equals sign) and comment; `kind` is the type of the key's value."""

    key: str
    value: str | None
    comment: str
    kind: type | None

    @property
    def text(self) -> str:
        """The line put together again."""
        joined = self.key if self.value is None else f"{self.key} = {self.value}"
        return f"{joined}  {self.comment}" if self.comment else joined


def mend(text: str, kind: type | None) -> MendedLine | None:
    """Returns a broken line as it was probably meant; None if that is not known.

    Args:
        text: one line that is not TOML.
        kind: the type of the value that its key has in the settings (date, str, bool, int, float, list), None where
            the key is not known.
    """
    line, reason = _split(text, kind), ""
    for rule, repair in _REPAIRS:
        repaired = repair(line)
        if repaired == line:
            continue
        line, reason = repaired, reason or rule
        if _is_right(line):
            return MendedLine(reason, line.text)
    return None


def mend_value(typed: str, kind: type | None) -> str:
    """Returns a value as it was probably meant, such as `2026-08-14` for `"14.8.2026"`; the same if unknown."""
    line = _Line("x", typed, "", kind)
    for repair in (_unquoted, _date, _number, _boolean, _single_quotes):
        line = repair(line)
    return line.value or ""


def key_of(text: str) -> str:
    """Returns the key that a broken line begins with: what stands before the equals sign, else its first word."""
    line = _invisible(_split(text, None))
    return line.key if line.value is not None else re.split(r"[\s:]", line.key, maxsplit=1)[0]


def is_key(text: str) -> bool:
    """True if the text can be a setting's name."""
    return _KEY.match(text) is not None


def is_of_kind(text: str, kind: type | None) -> bool:
    """True if a key with its value can be read, and the value has this type (None: any)."""
    try:
        value: object = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    while isinstance(value, dict) and value:
        value = next(iter(value.values()))
    return kind is None or type(value) is kind or {type(value), kind} == {int, float}


def _is_right(line: _Line) -> bool:
    return is_of_kind(line.text, None if line.value is None else line.kind)


def _split(text: str, kind: type | None) -> _Line:
    body = without_comment(text)
    comment = text.strip(_BLANKS)[len(body) :].strip(_BLANKS)
    key, equals, value = body.partition("=")
    return _Line(key.strip(_BLANKS), value.strip(_BLANKS) if equals else None, comment, kind)


def _invisible(line: _Line) -> _Line:
    def clean(text: str) -> str:
        return _INVISIBLE.sub(lambda found: " " if found[0] in "\u00a0\u2007\u202f" else "", text).strip()

    return replace(line, key=clean(line.key), value=None if line.value is None else clean(line.value))


def _comment_mark(line: _Line) -> _Line:
    """`// words`, `; words`, or words alone without a value are meant as a comment."""
    marked = re.match(r"(//|;|--|/\*|%|'|rem\b)\s*(.*)", line.text, re.IGNORECASE)
    return _Line(f"# {marked[2]}", None, "", line.kind) if marked else line


def _heading(line: _Line) -> _Line:
    """`[period`, `period]` and `[[scale]` are meant as the headings of tables."""
    named = re.fullmatch(r"(\[*)\s*([\w.]+)\s*(\]*)[.:;,]*", line.key)
    if line.value is not None or not named or not (named[1] or named[3]):
        return line
    is_list = "[[" in named[1] or "]]" in named[3]
    return replace(line, key=f"[[{named[2]}]]" if is_list else f"[{named[2]}]")


def _equals(line: _Line) -> _Line:
    """`key: value`, `key := value`, `key == value` and, for a known key, `key value`."""
    if line.value is not None:
        return replace(line, key=line.key.rstrip(" :"), value=line.value.lstrip("= "))
    named = re.match(r"([A-Za-z_.]+)(\s*:\s*|\s+)(\S.*)", line.key)
    if not named or (":" not in named[2] and line.kind is None):
        return line
    return replace(line, key=named[1], value=named[3])


def _straight_quotes(line: _Line) -> _Line:
    return replace(line, value=_CURLY.sub('"', line.value)) if line.value else line


def _date(line: _Line) -> _Line:
    """Dates as they are typed in Finnish, Swedish and English, such as `14.8.2026`."""
    if line.kind not in (date, None) or not line.value:
        return line
    first, last = _DAY_FIRST.fullmatch(line.value), _YEAR_FIRST.fullmatch(line.value)
    found = (first[3], first[2], first[1]) if first else last.groups() if last else None
    with suppress(ValueError):
        if found:
            return replace(line, value=date(*map(int, found)).isoformat())
    return line


def _number(line: _Line) -> _Line:
    """A decimal comma, and a unit behind a number: `2,5 s`."""
    found = re.fullmatch(r"(\d+)(?:[.,](\d+))?\s*[^\d\s.,-]*[.,;]?", line.value or "")
    if not found or line.kind not in (int, float, None):
        return line
    whole = found[1].lstrip("0") or "0"
    return replace(line, value=f"{whole}.{found[2]}" if found[2] else whole)


def _boolean(line: _Line) -> _Line:
    word = (line.value or "").strip("\"' .;,").casefold()
    if line.kind is not bool or word not in (*_TRUE, *_FALSE):
        return line
    return replace(line, value="true" if word in _TRUE else "false")


def _trailing(line: _Line) -> _Line:
    """A semicolon or comma at the end."""
    return replace(line, value=line.value.rstrip(" ;,")) if line.value else line


def _single_quotes(line: _Line) -> _Line:
    """A Windows path: in single quotation marks a backslash is a backslash."""
    value = line.value or ""
    inner = value[1:-1]
    is_path = value[:1] == value[-1:] == '"' and "\\" in inner and "'" not in inner
    return replace(line, value=f"'{inner}'") if is_path else line


def _empty(line: _Line) -> _Line:
    is_empty = line.value == "" and _KEY.match(line.key) and line.kind in (str, None)
    return replace(line, value='""') if is_empty else line


def _closed(line: _Line) -> _Line:
    """A quotation mark or bracket that is missing at the beginning or at the end."""
    value = line.value or ""
    if value.startswith("[") != value.endswith("]") and line.kind in (list, None):
        value = f"[{value.strip('[]')}]"
    elif value.count('"') == 1 and '"' in (value[:1], value[-1:]):
        value = '"' + value.strip('"') + '"'
    elif value.count("'") == 1 and "'" in (value[:1], value[-1:]):
        value = "'" + value.strip("'") + "'"
    return replace(line, value=value) if line.value else line


def _list(line: _Line) -> _Line:
    """A list without brackets, commas or quotation marks: `fi, sv`."""
    if line.kind is not list or not line.value:
        return line
    items = re.findall(r'"([^"]*)"|([^\s\[\],;"]+)', line.value.strip("[]"))
    return replace(line, value="[" + ", ".join(f'"{quoted or bare}"' for quoted, bare in items) + "]")


def _quotes(line: _Line) -> _Line:
    """A text without quotation marks."""
    if not line.value or not _KEY.match(line.key) or line.kind not in (str, None):
        return line
    return replace(line, value=_as_text(line.value))


def _as_text(text: str) -> str:
    return f"'{text}'" if ('"' in text or "\\" in text) and "'" not in text else '"' + text.replace('"', "") + '"'


def _unquoted(line: _Line) -> _Line:
    """A date, number, true or false in quotation marks."""
    is_other = line.kind in (date, int, float, bool)
    return replace(line, value=line.value.strip("\"'")) if is_other and line.value else line


def _plain_words(line: _Line) -> _Line:
    """Words that are neither a key nor a value are meant as a comment."""
    return replace(line, key=f"# {line.key}") if line.value is None else line


_DAY_WRITTEN = N_("a day is written as year-month-day, without quotation marks")
_NUMBER_WRITTEN = N_("a number is written in digits, with a decimal point and without quotation marks")
_REPAIRS: tuple[tuple[str, Callable[[_Line], _Line]], ...] = (
    (N_("there is an invisible sign in the line, such as a no-break space"), _invisible),
    (N_("a comment begins with the sign #"), _comment_mark),
    (N_("the heading of a table stands in square brackets"), _heading),
    (N_("an equals sign stands between a setting and its value"), _equals),
    (N_("quotation marks are straight; Word makes them curly"), _straight_quotes),
    (_NUMBER_WRITTEN, _number),
    (_DAY_WRITTEN, _date),
    (N_("the value is true or false, in small letters and without quotation marks"), _boolean),
    (_DAY_WRITTEN, _unquoted),
    (_DAY_WRITTEN, _date),
    (_NUMBER_WRITTEN, _number),
    (N_("there is a sign too many at the end"), _trailing),
    (N_("a text with a backslash stands in single quotation marks"), _single_quotes),
    (N_("the value is missing"), _empty),
    (N_("a quotation mark or a bracket is missing"), _closed),
    (N_("a list stands in square brackets, its words in quotation marks with commas between"), _list),
    (N_("a text stands in quotation marks"), _quotes),
    (N_("the line is neither a setting nor a comment"), _plain_words),
)
