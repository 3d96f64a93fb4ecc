"""Acts of a person about answers: a file is chosen, a sender accepted, an answer withdrawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """The choice between two files of one officer: the row of `file` counts from now on, not the row of `other`.

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
    """The withdrawal of an officer's answer to a goal: who withdrew it, when (ISO 8601) and why.

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
    """The acceptance of a sender: unsigned saves at this path (relative to the inbox) count as the officer's."""

    period: str
    file: str
    officer: str
    who: str
    time: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class CouncilVersion:
    """A person said in the workbook which final version of the previous period the council dealt with.

    `period` is the present period, `closed` the previous one; `version` is the number of its final.
    """

    period: str
    closed: str
    version: int
    who: str
    time: str
