"""Describes the faults of seuranta.toml, each with its line, what was typed, and a correct example."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.domain.base.rule import N_
from generator.errors import SettingsError
from generator.workspace.settings_hints import HINTS, Hint, hint_of, names_in
from generator.workspace.settings_lines import KeyPath, TomlStatement, find_statement, statements
from generator.workspace.settings_mending import is_key, is_of_kind, key_of, mend, mend_value

# A limit, since a file that is not TOML at all has a fault on every line.
_MOST_FAULTS = 20


class WrongValue(NamedTuple):
    """A key that is missing, unknown (`is_known` False), or has a value that is not allowed.

    `key` has the numbers of a list's items counted from 1; `value` is what was read, None where the key is missing;
    `reason` says what it may be and `example` is a right line, empty strings where the key's hint says it.
    """

    key: KeyPath
    value: object
    is_known: bool = True
    reason: str = ""
    example: str = ""


def encoding_fault(data: bytes, path: Path) -> SettingsError:
    """Returns the fault of a file that is not UTF-8: saved by Notepad as Unicode or ANSI, or not a text file."""
    if b"\0" in data:
        return SettingsError(_NOT_TEXT, _SAVE_AS_UTF8, path=path)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n")
        typed = data.split(b"\n")[line].decode("cp1252", "replace")
        return SettingsError(_OTHER_LETTERS, _SAVE_AS_UTF8, path=path, line=line + 1, typed=_shown(typed))
    raise ValueError("the file is UTF-8")


def toml_faults(text: str, path: Path) -> tuple[SettingsError, ...]:
    """Returns the faults of a text that is not TOML, at least one: broken lines, and what occurs twice."""
    found = statements(text)
    broken = (_broken_line(each, path) for each in found if not each.paths)
    faults = (*broken, *_doubles(found, path)) or (_unknown_fault(text, found, path),)
    return tuple(sorted(faults, key=_line_of))[:_MOST_FAULTS]


def value_faults(wrong: Iterable[WrongValue], text: str, path: Path) -> tuple[SettingsError, ...]:
    """Returns the faults of settings in valid TOML; a missing key and its misspelt form count as one fault."""
    found, values = statements(text), tuple(wrong)
    meant = [_key_meant(each) for each in values if not each.is_known]
    told = (each for each in values if each.value is not None or not _is_part(each.key, meant))
    faults = {(fault.message, _line_of(fault), fault.values["key"]): fault for fault in _faults(told, found, path)}
    return tuple(sorted(faults.values(), key=_line_of))[:_MOST_FAULTS]


def _faults(wrong: Iterable[WrongValue], found: tuple[TomlStatement, ...], path: Path) -> Iterator[SettingsError]:
    for each in wrong:
        statement = find_statement(found, each.key)
        if not each.is_known:
            yield _unknown_key(each, statement, found, path)
        elif each.value is None:
            yield _missing_key(each, statement, found, path)
        else:
            yield _wrong_value(each, statement, path)


def _is_part(key: KeyPath, others: list[KeyPath]) -> bool:
    return any(other and key[: len(other)] == other for other in others)


def _line_of(fault: SettingsError) -> int:
    return int(str(fault.values["line"]))


def _dotted(key: KeyPath) -> str:
    """Returns a key's dotted name without the numbers of items: `scale.value`."""
    return ".".join(part for part in key if isinstance(part, str))


def _numbered(key: KeyPath) -> str:
    """Returns a key's dotted name with the numbers of tables, not of a list's words: `scale.2.value`, `extracts`."""
    while isinstance(key[-1], int):
        key = key[:-1]
    return ".".join(map(str, key))


# What is broken


def _broken_line(statement: TomlStatement, path: Path) -> SettingsError:
    typed = key_of(statement.text)
    key = (*statement.table, typed)
    hint, table = HINTS.get(_dotted(key)), _dotted(statement.table)
    mended = mend(" ".join(statement.text.split("\n")), hint.kind if hint else None)
    where = {"path": path, "line": statement.line}
    if hint and (mended is None or not _is_choice(mended.text, hint)):
        return _not_allowed(where, statement.typed_value, key, reason=hint.allowed, example=hint.example)
    where["typed"] = statement.typed
    if mended and hint:
        named = {**where, "key": _numbered(key), "reason": mended.reason}
        return SettingsError(_BROKEN, _FOR_EXAMPLE, **named, example=mended.text)
    if mended:
        return SettingsError(_BROKEN_LINE, _FOR_EXAMPLE, **where, reason=mended.reason, example=mended.text)
    if "=" in statement.text and not is_key(typed):
        return SettingsError(_NO_KEY, _ALLOWED_HERE, **where, allowed=", ".join(names_in(table)))
    return SettingsError(_UNREADABLE, _FOR_EXAMPLE, **where, example=HINTS["period.deadline"].example)


def _not_allowed(where: dict[str, object], typed: str, key: KeyPath, *, reason: str, example: str) -> SettingsError:
    values = {**where, "key": _numbered(key), "typed": typed or "–", "reason": reason}
    return SettingsError(_NOT_ALLOWED, _FOR_EXAMPLE, **values, example=example)


def _is_choice(line: str, hint: Hint) -> bool:
    """True if a corrected line has only words that the setting allows."""
    if not hint.choices or not hint.kind:
        return True
    (value,) = tomllib.loads(line).values()
    return all(word in hint.choices for word in (value if isinstance(value, list) else [value]))


def _doubles(found: tuple[TomlStatement, ...], path: Path) -> Iterator[SettingsError]:
    """Yields a fault for each key or table that occurs twice; keys in a second table have none of their own."""
    first: dict[KeyPath, TomlStatement] = {}
    again: set[KeyPath] = set()
    for statement in found:
        key = statement.paths[-1] if statement.paths else ()
        earlier = first.setdefault(key, statement)
        if earlier is statement or not key or statement.table in again:
            continue
        again |= {key} if statement.is_heading else set()
        where = {"path": path, "line": statement.line, "key": _numbered(key), "typed": statement.typed}
        if statement.is_heading != earlier.is_heading:
            yield SettingsError(_AGAINST_EARLIER, _KEEP_ONE, **where)
        else:
            yield SettingsError(_TWICE, _KEEP_ONE, **where, first=earlier.line)


def _unknown_fault(text: str, found: tuple[TomlStatement, ...], path: Path) -> SettingsError:
    """Returns the fault of statements that are valid alone, but not together: a value and a table share a name."""
    last = next((each for each in found if not _is_toml_up_to(text, each)), found[-1])
    return SettingsError(
        _AGAINST_EARLIER, _KEEP_ONE, path=path, line=last.line, key=_numbered(last.paths[-1]), typed=last.typed
    )


def _is_toml_up_to(text: str, statement: TomlStatement) -> bool:
    end = statement.line - 1 + len(statement.text.split("\n"))
    try:
        tomllib.loads("\n".join(text.split("\n")[:end]))
    except tomllib.TOMLDecodeError:
        return False
    return True


# What is not allowed


def _wrong_value(wrong: WrongValue, statement: TomlStatement | None, path: Path) -> SettingsError:
    hint = hint_of(_dotted(wrong.key)) or HINTS["municipality"]
    typed = statement.typed_value if statement and not statement.is_heading else _shown(wrong.value)
    where: dict[str, object] = {"path": path, "line": statement.line if statement else 1}
    if isinstance(wrong.value, str) and hint.kind is str and not wrong.value.isprintable():
        is_path = "\\" in typed and wrong.key == ("state",)
        example = f"state = {mend_value(typed, str)}" if is_path else hint.example
        values = {**where, "key": _numbered(wrong.key), "typed": typed}
        return SettingsError(_UNPRINTABLE, _FOR_EXAMPLE, **values, example=example)
    mended = mend_value(typed, hint.kind) if hint.kind in (date, bool) else ""
    example = wrong.example or _step(wrong.key) or _right_line(hint, mended)
    return _not_allowed(where, typed, wrong.key, reason=wrong.reason or hint.allowed, example=example)


def _step(key: KeyPath) -> str:
    """Returns the right line for the value of a step of the scale; an empty string for another key."""
    return f"value = {key[1]}" if _dotted(key) == "scale.value" else ""


def _right_line(hint: Hint, typed: str) -> str:
    """Returns the hint's line with the typed value, if that is allowed there; else with the hint's own value."""
    line = f"{hint.example.partition(' = ')[0]} = {typed}"
    return line if typed and is_of_kind(line, hint.kind) else hint.example


def _unknown_key(
    wrong: WrongValue, statement: TomlStatement | None, found: tuple[TomlStatement, ...], path: Path
) -> SettingsError:
    table, meant = wrong.key[:-1], _key_meant(wrong)
    where = {
        "path": path,
        "line": statement.line if statement else 1,
        "key": _numbered(wrong.key),
        "typed": statement.typed if statement else _shown(wrong.value),
    }
    if not meant:
        return SettingsError(_UNKNOWN, _ALLOWED_HERE, **where, allowed=", ".join(names_in(_dotted(table))))
    if meant[:-1] == table:
        return SettingsError(_UNKNOWN, _MEANT, **where, example=_meant_line(_dotted(meant), statement))
    if len(meant) == 1:
        return SettingsError(_ELSEWHERE, _MOVE_UP, **where, first=_first_heading(found))
    return SettingsError(_ELSEWHERE, _MOVE_DOWN, **where, table=_dotted(meant[:-1]))


def _meant_line(meant: str, statement: TomlStatement | None) -> str:
    """Returns the line with the right key: a heading, or the key with what was typed."""
    hint = HINTS[meant]
    if statement and statement.is_heading:
        return hint.example.partition("\n")[0]
    return _right_line(hint, statement.typed_value if statement else "")


def _key_meant(wrong: WrongValue) -> KeyPath:
    """Returns the setting that an unknown key was probably meant to be; empty if there is none."""
    table, name = wrong.key[:-1], str(wrong.key[-1])
    if near := _nearest(name, names_in(_dotted(table))):
        return (*table, near)
    places = [key for key in HINTS if key.rpartition(".")[2] == name and not re.match(r"names\.|level_h", key)]
    is_sure = len(places) == 1 and not isinstance(wrong.value, dict)
    return tuple(places[0].split(".")) if is_sure else ()


def _nearest(name: str, names: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(name.casefold().replace("-", "_"), names, n=1, cutoff=0.6)), "")


def _missing_key(
    wrong: WrongValue, statement: TomlStatement | None, found: tuple[TomlStatement, ...], path: Path
) -> SettingsError:
    hint, first = hint_of(_dotted(wrong.key)), _first_heading(found)
    where = {"path": path, "key": _numbered(wrong.key), "example": hint.example if hint else ""}
    if statement:
        return SettingsError(_MISSING, _ADD, **where, line=statement.line)
    if (hint and hint.kind is None) or not first:
        return SettingsError(_MISSING, _ADD_LAST, **where, line=found[-1].line if found else 1)
    return SettingsError(_MISSING, _ADD_FIRST, **where, line=1, first=first)


def _first_heading(found: tuple[TomlStatement, ...]) -> int:
    """Returns the line of the first table's heading; 0 where there is none."""
    return next((statement.line for statement in found if statement.is_heading), 0)


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


NOT_RISING = N_("larger than the value of the step before; the steps stand from the lowest to the highest")
A_LANGUAGE = N_("a language: fi, sv or en")
_NOT_TEXT = N_("{path}: the file is not saved as UTF-8 text.")
_OTHER_LETTERS = N_("{path}, line {line}: the letters ä, ö and å are not saved as UTF-8: {typed}")
_SAVE_AS_UTF8 = N_("Open the file in Notepad, choose Save as, and choose the encoding UTF-8.")
_NOT_ALLOWED = N_("{path}, line {line}: {key} cannot be {typed}. It is {reason}.")
_FOR_EXAMPLE = N_("Write for example:\n{example}")
_BROKEN = N_("{path}, line {line}, {key}: {reason}. Now there is: {typed}")
_BROKEN_LINE = N_("{path}, line {line}: {reason}. Now there is: {typed}")
_UNREADABLE = N_("{path}, line {line}: the line cannot be read: {typed}")
_NO_KEY = N_("{path}, line {line}: a setting's name has only the letters a–z, digits, _ and -: {typed}")
_TWICE = N_("{path}, line {line}: {key} stands twice, first on line {first}: {typed}")
_AGAINST_EARLIER = N_("{path}, line {line}: {key} has been set in another way further up: {typed}")
_KEEP_ONE = N_("Keep the right one and remove the other.")
_UNPRINTABLE = N_("{path}, line {line}: {key} has a tabulator, a line break or another unprintable sign: {typed}")
_UNKNOWN = N_("{path}, line {line}: there is no setting {key}: {typed}")
_MEANT = N_("Did you mean this?\n{example}")
_ALLOWED_HERE = N_("Remove the line, or begin it with #. The settings here are: {allowed}.")
_ELSEWHERE = N_("{path}, line {line}: this setting does not belong here ({key}): {typed}")
_MOVE_UP = N_("Move the line above line {first}, where the first table begins.")
_MOVE_DOWN = N_("Move the line below the heading [{table}].")
_MISSING = N_("{path}, line {line}: the setting {key} is missing.")
_ADD = N_("Add below this line, for example:\n{example}")
_ADD_FIRST = N_("Add above line {first}, where the first table begins, for example:\n{example}")
_ADD_LAST = N_("Add to the end of the file, for example:\n{example}")
