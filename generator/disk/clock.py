"""Detects a computer clock that must be wrong."""

from datetime import datetime

_FIRST_YEAR = 2020


def clock_is_wrong(now: datetime) -> bool:
    """True if the clock shows a time before this program existed: the computer has lost its date.

    A computer whose CMOS battery is empty starts in 1970, 1980 or the year in which its mainboard was made.
    """
    return now.year < _FIRST_YEAR
