"""The answer to one save: what was taken and what was not, as values."""

import re
from dataclasses import dataclass

from generator.domain.follow_up.status import StoredSave
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answers import Answer


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that counts, with its goal (None: the plan no longer has it)."""

    answer: Answer
    goal: Goal | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One save, its answers that count in the order of the workbook's rows, and whether it came after the deadline.

    `waiting` are the officer's goals that nobody has answered yet, () where the officer is not known;
    `answer_workbook` is the name of the workbook beside it in which the cells to mend are marked, or an empty string.
    """

    held: StoredSave
    taken: tuple[Taken, ...]
    waiting: tuple[Goal, ...]
    is_late: bool
    answer_workbook: str = ""


def make_receipt(
    held: StoredSave,
    answers: tuple[Answer, ...],
    plan: Plan,
    *,
    waiting: tuple[Goal, ...],
    is_late: bool,
    answer_workbook: str = "",
) -> Receipt:
    """Gathers what the page says; `answers` are those of this save alone."""
    taken = tuple(Taken(answer, plan.by_code.get(answer.entry.code)) for answer in answers)
    return Receipt(held, taken, waiting, is_late, answer_workbook)


RECEIPT_ENDING = ".kuittaus.html"


def receipt_name(file: str) -> str:
    """`X.kuittaus.html` for `X.xlsx` and our answers to it; other formats keep their ending, `X.ods.kuittaus.html`."""
    return f"{_own_name(file)}{RECEIPT_ENDING}"


def answer_name(file: str, number: int) -> str:
    """`X.korjattavaa.xlsx`, the first answer workbook to `X.xlsx`; `X.korjattavaa-2.xlsx` is the second."""
    ending = "xlsm" if file.casefold().endswith(".xlsm") else "xlsx"
    return f"{_own_name(file)}.korjattavaa{'' if number == 1 else f'-{number}'}.{ending}"


def _own_name(file: str) -> str:
    """The officer's own file, without the ending of a workbook and without what our answers add to its name."""
    name, _, ending = file.rpartition(".")
    answered = _ANSWER.fullmatch(name) if ending.casefold() in ("xlsx", "xlsm") else None
    if answered:
        return answered[1]
    return name if ending.casefold() == "xlsx" else file


_ANSWER = re.compile(r"(.+)\.korjattavaa(?:-[0-9]+)?", re.DOTALL)
