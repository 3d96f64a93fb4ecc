"""Writes the table `[period]` of a new period into the text of seuranta.toml; all else in the file stays as it is."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, InlineTable, Item, Table

from generator.domain.base.rule import N_
from generator.errors import SettingsError

_BOM = "\ufeff"
# These belong to one meeting; the next period has another meeting.
_OF_THE_MEETING = ("section", "attachment")


@dataclass(frozen=True, slots=True)
class NewPeriod:
    """The period that is written into seuranta.toml.

    `report_date` None: the period's last day; `case_number` may be an empty string; `previous` is the id of the period
    before, None where there is none.
    """

    id: str
    label: str
    end: date
    deadline: date
    report_date: date | None = None
    case_number: str = ""
    previous: str | None = None


def with_period(text: str, period: NewPeriod) -> str:
    """Returns the text of seuranta.toml with another period; comments, order, line ends and a BOM are kept.

    What belongs to the old period (`section`, `attachment`, `period` in `[names.…]`) is commented out.

    Args:
        text: the file as it is, decoded from UTF-8; settings that can be read.

    Raises:
        SettingsError: the text cannot be changed without changing another value; the advice has the table to write.
    """
    plain = text.removeprefix(_BOM).replace("\r\n", "\n")
    try:
        changed = _edited(plain, period)
        is_right = _without_empty_names(tomllib.loads(changed)) == _expected(tomllib.loads(plain), period)
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        raise _by_hand(period) from error
    if not is_right:
        raise _by_hand(period)
    return _as_it_was(text, changed)


def with_state(text: str, place: str) -> str:
    """Returns the text of seuranta.toml with another value of `state`; all else in it stays as it is.

    Args:
        text: the file as it is, decoded from UTF-8; settings that can be read.

    Raises:
        SettingsError: the text cannot be changed without changing another value; the advice has the line to write.
    """
    plain, line = text.removeprefix(_BOM).replace("\r\n", "\n"), tomlkit.dumps({"state": place})
    try:
        document = tomlkit.parse(plain)
        if "state" in document:
            document["state"] = place
        changed = document.as_string() if "state" in document else line + plain
        is_right = tomllib.loads(changed) == {**tomllib.loads(plain), "state": place}
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(_CANNOT_SET_STATE, _WRITE_STATE, line=line.strip()) from error
    if not is_right:
        raise SettingsError(_CANNOT_SET_STATE, _WRITE_STATE, line=line.strip())
    return _as_it_was(text, changed)


def _as_it_was(text: str, changed: str) -> str:
    """Returns the changed text with the BOM and the line ends of the text."""
    bom, line_end = _BOM if text.startswith(_BOM) else "", "\r\n" if "\r\n" in text else "\n"
    return bom + changed.replace("\n", line_end)


def _edited(text: str, period: NewPeriod) -> str:
    document = tomlkit.parse(text)
    table = document.setdefault("period", tomlkit.table())
    if not isinstance(table, Table | InlineTable):  # the library loses lines such as `period.id = …`
        raise _by_hand(period)
    for name in _gone(table, period):
        _comment_out(table, name)
    new = [name for name, value in _values(period) if _put(table, name, value)]
    for names in document.get("names", {}).values():
        _comment_out(names, "period")
    if isinstance(table, Table):
        _move_to_their_places(table, new)  # last, because the library does not find the table's keys after it
    return document.as_string()


def _values(period: NewPeriod) -> Iterator[tuple[str, str | date]]:
    """Yields the keys to write with their values, in the order of the file."""
    yield "id", period.id
    yield "label", period.label
    yield "end", period.end
    yield "deadline", period.deadline
    if period.report_date is not None:
        yield "report_date", period.report_date
    yield "case_number", period.case_number
    if period.previous is not None:
        yield "previous", period.previous


def _gone(table: Mapping[str, object], period: NewPeriod) -> tuple[str, ...]:
    """The keys of the old period that the new one does not have."""
    written = dict(_values(period))
    names = (*_OF_THE_MEETING, "report_date", "previous")
    return tuple(name for name in names if name in table and name not in written)


def _put(table: Any, name: str, value: str | date) -> bool:
    """Sets a key; returns True if the table had no such key before."""
    is_new = name not in table
    table[name] = value
    return is_new


def _comment_out(table: Any, name: str) -> None:
    """Makes a key's line a comment; removes the key if its table is on one line."""
    if name not in table:
        return
    if not isinstance(table, Table):
        del table[name]
        return
    body = table.value.body
    place = _places(table, _is_key(name))[-1]
    key, value = body[place]
    name_as_typed = key.as_string() + key.sep if key else ""
    line = f"{name_as_typed}{value.as_string()}{value.trivia.comment_ws}{value.trivia.comment}"
    table.remove(name)
    if value.trivia.comment or not _places(table, _is_example(name)):
        body[place] = (None, tomlkit.comment(line))


def _move_to_their_places(table: Table, new: list[str]) -> None:
    """Moves each new key after its example, or else after the last key: the library adds them behind later comments."""
    body = table.value.body
    for name, entry in [(name, body.pop(_places(table, _is_key(name))[-1])) for name in new]:
        before = _places(table, _is_example(name)) or _places(table, _is_value) or [-1]
        body.insert(before[-1] + 1, entry)


_BodyEntry = tuple[Any, Item]


def _places(table: Table, fits: Callable[[_BodyEntry], bool]) -> list[int]:
    """Returns the indexes of the entries that fit."""
    return [place for place, entry in enumerate(table.value.body) if fits(entry)]


def _is_value(entry: _BodyEntry) -> bool:
    return entry[0] is not None and not isinstance(entry[1], Table)


def _is_key(name: str) -> Callable[[_BodyEntry], bool]:
    return lambda entry: entry[0] is not None and entry[0].key == name


def _is_example(name: str) -> Callable[[_BodyEntry], bool]:
    """Fits a line that was commented out: `# previous = "2025-2"`."""
    return lambda entry: (
        isinstance(entry[1], Comment) and entry[1].trivia.comment.lstrip("# ").split("=")[0].strip() == name
    )


def _expected(before: dict[str, Any], period: NewPeriod) -> dict[str, Any]:
    """Returns the settings that the changed text must have."""
    old = before.get("period", {})
    kept = {name: value for name, value in old.items() if name not in _gone(old, period)}
    names = {
        language: {name: value for name, value in table.items() if name != "period"}
        for language, table in before.get("names", {}).items()
    }
    made = {**before, "period": {**kept, **dict(_values(period))}, "names": names}
    return _without_empty_names(made)


def _without_empty_names(settings: dict[str, Any]) -> dict[str, Any]:
    """Returns the same settings without languages that have no names."""
    names = {language: table for language, table in settings.get("names", {}).items() if table}
    return {**settings, "names": names}


def _by_hand(period: NewPeriod) -> SettingsError:
    table = tomlkit.dumps({"period": dict(_values(period))}).strip()
    return SettingsError(_CANNOT, _WRITE, table=table)


_CANNOT = N_("seuranta.toml: the new period cannot be written into this file without changing something else in it.")
_CANNOT_SET_STATE = N_("seuranta.toml: the place of the state cannot be written into this file.")
_WRITE_STATE = N_("Write it yourself, as the first line: {line}")
_WRITE = N_("Write the table of the period yourself, in the place of the old one:\n{table}")
