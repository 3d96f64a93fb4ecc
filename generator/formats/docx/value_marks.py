"""The bookmarks that enclose a report's values: their names, and numbers that depend on nothing but the name."""

from functools import lru_cache
from typing import NamedTuple

from generator.domain.base.heading import Field
from generator.formats.opc.wordml import read_value_bookmark, value_bookmark

# The values of a goal's row that bookmarks enclose.
TITLE = "title"
VALUES = (TITLE, *Field)
_NUMBERS = {field: number for number, field in enumerate(VALUES)}
# Any field's name, to compute the part of a bookmark's name before the field.
_SOME_FIELD = "x"


class ValueMark(NamedTuple):
    """A value's bookmark: its name, and its number among all values; None if the goal's code is no usual one."""

    name: str
    number: int | None


def value_mark(code: str, field: str) -> ValueMark:
    """Makes the bookmark of a goal's value; `field` is one of `VALUES`."""
    start, number = _of_goal(code)
    return ValueMark(start + field, None if number is None else number + _NUMBERS[field])


@lru_cache(maxsize=100)
def _of_goal(code: str) -> tuple[str, int | None]:
    """Returns the common beginning of the names of a goal's bookmarks, and their first number."""
    name = value_bookmark(code, _SOME_FIELD)
    found, number = read_value_bookmark(name), 0
    if found is None:
        return name.removesuffix(_SOME_FIELD), None
    for level in (*found[0].split("."), "", "")[:3]:
        number = number * 101 + (int(level) + 1 if level else 0)
    return name.removesuffix(_SOME_FIELD), number * len(_NUMBERS)
