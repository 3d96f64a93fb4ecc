"""Converts moments of journal and ledger: ISO 8601 with milliseconds and offset, `2026-08-03T09:00:00.000+03:00`.

They are texts where they are kept, and are compared only as moments: the offset changes with summer time.
"""

from datetime import datetime


def write_moment(moment: datetime) -> str:
    """Writes a moment as text; it must have an offset."""
    return moment.isoformat(timespec="milliseconds")


def read_moment(text: str) -> datetime:
    """Reads a moment from text, with or without milliseconds."""
    return datetime.fromisoformat(text)
