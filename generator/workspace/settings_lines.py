"""Finds the statements of a TOML text with their lines, which the standard library does not tell."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
# A list may take several lines. The search for the end of a broken statement stops after so many.
_MOST_LINES = 40


_QUOTED = r""""(?:\\.|[^"\\])*"|'[^']*'"""
# A comment begins at a # outside quotation marks.
_COMMENT = re.compile(rf"""^((?:{_QUOTED}|[^#"'\n])*)#.*$""", re.MULTILINE)
_OPEN_LIST = re.compile(r"=\s*\[[^\]#]*$")


@dataclass(frozen=True, slots=True)
class TomlStatement:
    """A table's heading, a key with its value, or a line that is neither.

    `line` is 1-based; `text` is as typed; `table` is the path of the table that it stands in, or heads. `paths` are
    the paths of the keys that it sets, items of a list counted from 1; empty where the line cannot be read.
    """

    line: int
    text: str
    table: KeyPath
    paths: tuple[KeyPath, ...] = ()
    is_heading: bool = False

    @property
    def typed(self) -> str:
        """The whole statement as typed, on one line and without its comment; a long one cut."""
        return _short(without_comment(self.text))

    @property
    def typed_value(self) -> str:
        """The value as typed; the whole statement where there is none."""
        _, equals, value = without_comment(self.text).partition("=")
        return _short(value) if equals and not self.is_heading else self.typed


def without_comment(text: str) -> str:
    """Returns a statement as typed, without the comment at its end."""
    return _COMMENT.sub(r"\1", text).strip(" \t")


def statements(text: str) -> tuple[TomlStatement, ...]:
    """Returns the settings and headings in the text of a TOML file, in order; its lines end with `\\n`."""
    return tuple(_statements(text.split("\n")))


def find_statement(found: tuple[TomlStatement, ...], path: KeyPath) -> TomlStatement | None:
    """Returns the statement that sets a key, or else the statement of the nearest table around it."""
    for length in range(len(path), 0, -1):
        for statement in found:
            if any(each[:length] == path[:length] for each in statement.paths):
                return statement
    return None


def _short(text: str) -> str:
    line = re.sub(r"[ \t\n]+", " ", text).strip()
    return line if len(line) <= 60 else line[:59] + "…"


def _statements(lines: list[str]) -> Iterator[TomlStatement]:
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    at = 0
    while at < len(lines):
        values, length = _parsed(lines, at)
        text = "\n".join(lines[at : at + length])
        if values is None:
            yield TomlStatement(at + 1, text, table)
            if _is_like_heading(text):  # the following keys belong to another table than those before
                table = (f"line {at + 1}",)
        elif text.lstrip().startswith("["):
            table = _table(values, counts)
            yield TomlStatement(at + 1, text, table, (table,), is_heading=True)
        elif values:
            yield TomlStatement(at + 1, text, table, tuple((*table, *path) for path in _paths(values)))
        at += length


def _parsed(lines: list[str], at: int) -> tuple[dict[str, object] | None, int]:
    """Returns a statement's values (None if it is broken) and its number of lines; it begins at line `at` (0-based)."""
    for length in range(1, min(_MOST_LINES, len(lines) - at) + 1):
        try:
            return tomllib.loads("\n".join(lines[at : at + length])), length
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
    return None, _broken_length(lines, at)


def _is_like_heading(text: str) -> bool:
    return "=" not in text and (text.lstrip().startswith("[") or text.rstrip().endswith("]"))


def _broken_length(lines: list[str], at: int) -> int:
    """Returns the number of lines of a broken statement: more than one if its list is closed on a later line."""
    if not _OPEN_LIST.search(lines[at]):
        return 1
    for length, line in enumerate(lines[at + 1 : at + _MOST_LINES], start=2):
        if "=" in line or line.lstrip().startswith("["):
            return 1
        if line.rstrip().endswith("]"):
            return length
    return 1


def _table(values: Mapping[str, object], counts: dict[KeyPath, int]) -> KeyPath:
    """Returns the path of the table that a heading opens; tables of a list are counted in `counts`."""
    path: KeyPath = ()
    inner: object = values
    while isinstance(inner, Mapping) and inner:
        ((name, inner),) = inner.items()
        path = (*path, name)
        if isinstance(inner, list):
            counts[path] = counts.get(path, 0) + 1
            inner = inner[0]
        if path in counts:
            path = (*path, counts[path])
    return path


def _paths(values: Mapping[str, object]) -> Iterator[KeyPath]:
    for name, value in values.items():
        yield (name,)
        if isinstance(value, Mapping):
            yield from ((name, *path) for path in _paths(value))
