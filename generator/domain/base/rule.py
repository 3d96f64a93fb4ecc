"""A rule of findings: its stable name, its severity, its message and its advice.

Every sentence is a message of the catalogue (`generator/i18n/locale`). `{value}` is what was read, `{allowed}` what may
stand there, `{code}` the goal.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops its row (or its file, where it has no row); a question and a note stop nothing."""

    ERROR = "error"
    QUESTION = "question"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of findings; `message` and `advice` are messages of the catalogue."""

    name: str
    severity: Severity
    message: str
    advice: str


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for a message that is translated later
    """Marks a message for the catalogue; it is translated when it is shown."""
    return message
