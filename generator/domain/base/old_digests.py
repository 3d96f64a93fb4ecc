"""Digests as version 0.1.0 computed them, from `repr`: its records and signed forms still contain them.

They are made for comparing only. Nothing new is written with them.
"""

import hashlib

# The dataclasses in those digests, with the fields that 0.1.0 knew, in its order.
_FIELDS = {
    "Goal": ("code", "title", "main_risks", "officers", "division", "translations"),
    "Translation": ("language", "title"),
    "Officer": ("name", "email", "division", "language"),
}


def old_digest(value: object) -> str:
    """Returns the SHA-256 of a value as 0.1.0 wrote it, in hex. Fields that it did not have are left out."""
    return hashlib.sha256(_written(value).encode()).hexdigest()


def _written(value: object) -> str:
    """Returns the text of a value that Python's `repr` gave in version 0.1.0."""
    if isinstance(value, tuple):
        parts = ", ".join(map(_written, value))
        return f"({parts},)" if len(value) == 1 else f"({parts})"
    name = type(value).__name__
    if name not in _FIELDS:
        return repr(value)
    return f"{name}({', '.join(f'{field}={_written(getattr(value, field))}' for field in _FIELDS[name])})"
