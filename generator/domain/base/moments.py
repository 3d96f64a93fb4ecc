"""Moments as journal and ledger keep them: ISO 8601 with milliseconds and offset, `2026-08-03T09:00:00.000+03:00`.

They are texts where they are kept, and are compared only as moments: the offset changes with summer time.
"""

from datetime import datetime


def write_moment(moment: datetime) -> str:
    """The moment as text; it must have an offset."""
    return moment.isoformat(timespec="milliseconds")


def read_moment(text: str) -> datetime:
    """The moment of a text, also of one without milliseconds."""
    return datetime.fromisoformat(text)
