"""The answer to one save: what was taken and what was not, as values."""

from dataclasses import dataclass

from generator.domain.plan import Goal, Plan
from generator.domain.status import Held
from generator.domain.submission import Answer


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that counts, with its goal (None: the plan no longer has it)."""

    answer: Answer
    goal: Goal | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One save, its answers that count in the order of the workbook's rows, and whether it came after the deadline.

    `waiting` are the officer's goals that nobody has answered yet, () where the officer is not known.
    """

    held: Held
    taken: tuple[Taken, ...]
    waiting: tuple[Goal, ...]
    is_late: bool


def make_receipt(
    held: Held, answers: tuple[Answer, ...], plan: Plan, *, waiting: tuple[Goal, ...], is_late: bool
) -> Receipt:
    """Gathers what the page says; `answers` are those of this save alone."""
    taken = tuple(Taken(answer, plan.by_code.get(answer.entry.code)) for answer in answers)
    return Receipt(held, taken, waiting, is_late)
