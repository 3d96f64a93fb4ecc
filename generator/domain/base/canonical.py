"""Digests of values from a text form that no Python version changes: JSON in ASCII, never `repr`."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

Canonical: TypeAlias = "str | int | bool | Sequence[Canonical] | None"
# Metadata of a dataclass's field that says where a value was read, and so is no part of its content.
NOT_CONTENT: Mapping[str, bool] = MappingProxyType({"content": False})
_EMPTY: tuple[object, ...] = (None, "", (), [])


def canonical(value: Canonical) -> bytes:
    """Returns the value as JSON in ASCII, always the same for the same value. Tuples and lists are the same.

    Args:
        value: text, whole numbers, truth values, None, and tuples or lists of these. Text may hold lone surrogates; a
            pair of them is the same as the character that it means.

    Raises:
        TypeError: the value is, or holds, anything else; its fields have to be named first.
    """
    _refuse_objects(value)
    return _json(value)


def digest(value: Canonical) -> str:
    """SHA-256 of the canonical form, in hex; raises TypeError as `canonical` does."""
    return hashlib.sha256(canonical(value)).hexdigest()


def filled(**values: Canonical) -> tuple[tuple[str, Canonical], ...]:
    """Returns names and values sorted by name, without empty values: None, False, empty text, no items.

    For digests that are kept for years: a field that is added later changes only the digests of values that fill it.
    """
    return tuple(pair for pair in sorted(values.items()) if pair[1] is not False and pair[1] not in _EMPTY)


class HasDigest:
    """Base of frozen dataclasses that know their digest. They have no slots, so that it is computed once."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all fields, in hex."""
        return fields_digest(self)


def fields_digest(value: object) -> str:
    """SHA-256 of a dataclass, field by field, in hex. A field marked `NOT_CONTENT` is left out.

    A value inside it that is `HasDigest` counts by its own digest. A new field changes all digests, so this is for what
    can be made again. What is kept for years names its fields, and uses `digest`.

    Args:
        value: a dataclass of text, numbers, None, dates, enums of text, mappings with text as keys, and of tuples and
            dataclasses of these.

    Raises:
        TypeError: the value is no dataclass, or holds anything else.
    """
    return hashlib.sha256(_json(_contents(value))).hexdigest()


def _refuse_objects(value: object) -> None:
    if isinstance(value, tuple | list):
        for part in value:
            _refuse_objects(part)
    elif value is not None and not isinstance(value, str | int):
        raise TypeError(f"{type(value).__name__} has no canonical form")


def _json(value: object) -> bytes:
    return _ENCODER.encode(value).encode("ascii")


def _plain(value: object) -> object:
    """Converts a value that JSON cannot hold into values that it can."""
    if isinstance(value, HasDigest):
        return value.digest
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else _contents(value)


_ENCODER = json.JSONEncoder(allow_nan=False, separators=(",", ":"), sort_keys=True, default=_plain)


def _contents(value: object) -> tuple[object, ...]:
    kind: Any = type(value)
    return tuple(getattr(value, name) for name in _content_names(kind))


@cache
def _content_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.metadata.get("content", True))


# The dataclasses in the digests of version 0.1.0, with the fields that it knew, in its order.
_OLD_FIELDS = {
    "Goal": ("code", "title", "main_risks", "officers", "division", "translations"),
    "Translation": ("language", "title"),
    "Officer": ("name", "email", "division", "language"),
}


def old_digest(value: object) -> str:
    """Returns the SHA-256 of a value as 0.1.0 wrote it, in hex. Fields that it did not have are left out.

    It is made from `repr`, only to compare with old records and signed forms. Nothing new is written with it.
    """
    return hashlib.sha256(_written(value).encode()).hexdigest()


def _written(value: object) -> str:
    """Returns the text of a value that Python's `repr` gave in version 0.1.0."""
    if isinstance(value, tuple):
        parts = ", ".join(map(_written, value))
        return f"({parts},)" if len(value) == 1 else f"({parts})"
    name = type(value).__name__
    if name not in _OLD_FIELDS:
        return repr(value)
    return f"{name}({', '.join(f'{field}={_written(getattr(value, field))}' for field in _OLD_FIELDS[name])})"
