"""The reporting period: its dates and its case number."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period; `previous` is the id of the one before it, an empty string where there is none."""

    id: str
    label: str
    end: date
    deadline: date
    report_date: date
    case_number: str
    previous: str = ""
