"""A fresh form with what an officer typed in another file: the answer to formats that cannot be marked themselves."""

from dataclasses import dataclass, replace

from generator.domain.base.cells import CellRef, column_letter
from generator.domain.base.finding import Finding, Place
from generator.domain.plan.form import Form
from generator.domain.plan.form_columns import column_number
from generator.domain.submission.feedback import Feedback
from generator.domain.submission.typed import TypedSheet


@dataclass(frozen=True, slots=True)
class FormSheet:
    """Where a form's rows stand: the sheet's name and the 1-based row of the first goal."""

    name: str
    first_row: int


def prefill(form: Form, typed: TypedSheet) -> Form:
    """The form with the officer's cells on the rows of their goals, right and wrong ones alike."""
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
