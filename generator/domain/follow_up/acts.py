"""What a person settles about answers: which file's, whose sender is accepted, what is withdrawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """Of two files of one officer that differ on a goal, the row of `file` counts from now on, and not that of `other`.

    Both are relative to the inbox; `who` chose it, when (ISO 8601) and why, an empty string where no reason was given.
    `seen` is the journal sequence up to which saves had been taken for what the person saw: of a file that was saved
    again since, nothing is settled.
    """

    period: str
    code: str
    officer: str
    file: str
    other: str
    who: str
    time: str
    seen: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawnAnswer:
    """An officer's answer to a goal no longer counts: who withdrew it, when (ISO 8601) and why.

    `seen` is the journal sequence up to which saves had been taken for what the person saw: a later answer stays.
    """

    period: str
    code: str
    officer: str
    who: str
    time: str
    seen: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class AcceptedSender:
    """Unsigned saves at this path (relative to the inbox) count as this officer's, for the period."""

    period: str
    file: str
    officer: str
    who: str
    time: str
    because: str = ""
