"""The answer to one save, as values: what was taken and what was not, and a form for what cannot be marked itself."""

import re
from dataclasses import dataclass, replace

from generator.domain.base.cells import CellRef, column_letter
from generator.domain.base.finding import Finding, Place
from generator.domain.follow_up.status import StoredSave
from generator.domain.plan.form import Form
from generator.domain.plan.form_columns import column_number
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answers import Answer
from generator.domain.submission.feedback import Feedback
from generator.domain.submission.typed import TypedSheet


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that counts, with its goal (None: the plan no longer has it)."""

    answer: Answer
    goal: Goal | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One save, its answers that count in the order of the workbook's rows, and whether it came after the deadline.

    `waiting` are the officer's goals that nobody has answered yet, () where the officer is not known;
    `answer_workbook` is the name of the workbook beside it in which the cells to mend are marked (None: there is none).
    """

    held: StoredSave
    taken: tuple[Taken, ...]
    waiting: tuple[Goal, ...]
    is_late: bool
    answer_workbook: str | None = None


def make_receipt(
    held: StoredSave,
    answers: tuple[Answer, ...],
    plan: Plan,
    *,
    waiting: tuple[Goal, ...],
    is_late: bool,
    answer_workbook: str | None = None,
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


@dataclass(frozen=True, slots=True)
class FormSheet:
    """Where a form's rows stand: the sheet's name and the 1-based row of the first goal."""

    name: str
    first_row: int


def prefill(form: Form, typed: TypedSheet) -> Form:
    """The form with the officer's cells on the rows of their goals, right and wrong ones alike.

    It is the answer to a save in a format that cannot be marked itself.
    """
    cells = {row.code: row.typed for row in typed.rows if row.code}
    return replace(form, rows=tuple(replace(row, typed=cells.get(row.goal.code)) for row in form.rows))


def prefilled_feedback(feedback: Feedback, form: Form, typed: TypedSheet, sheet: FormSheet) -> Feedback:
    """The feedback with its places moved to where the form has the same goals and columns."""
    rows = {row.goal.code: sheet.first_row + index for index, row in enumerate(form.rows)}
    columns = {column_letter(column.column): column_number(column.field, form) for column in typed.columns}
    return Feedback(tuple(_moved(item, rows, columns, sheet.name) for item in feedback.items))


def _moved(finding: Finding, rows: dict[str, int], columns: dict[str, int], sheet: str) -> Finding:
    """A finding on a goal that the form lacks stays without a cell: it is listed, and marks nothing."""
    letters = (finding.place.cell or "").rstrip("0123456789")
    column, row = columns.get(letters), rows.get(finding.code or "")
    if column is None or row is None:
        return replace(finding, place=Place())
    return replace(finding, place=Place(sheet, str(CellRef(row, column))))
