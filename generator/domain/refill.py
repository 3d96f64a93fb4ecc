"""A fresh form with what an officer typed in another file: the answer to formats that cannot be marked themselves."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.domain.feedback import Feedback
from generator.domain.finding import Finding, Place
from generator.domain.form import Form, Typed
from generator.domain.heading import Field
from generator.domain.row_checks import CheckedRow
from generator.domain.submission import Cell, Submission, SubmittedRow, column_letter


@dataclass(frozen=True, slots=True)
class FormSheet:
    """Where a form's rows stand: the sheet's name and the 1-based row of the first goal."""

    name: str
    first_row: int


def refill(form: Form, submission: Submission, rows: Iterable[CheckedRow]) -> Form:
    """The form with the submission's cells on the rows of their goals, right and wrong ones alike."""
    typed = {row.code: _typed(submitted) for row, submitted in _pairs(submission, rows) if row.code}
    return replace(form, rows=tuple(replace(row, typed=typed.get(row.goal.code)) for row in form.rows))


def refilled_feedback(feedback: Feedback, form: Form, submission: Submission, sheet: FormSheet) -> Feedback:
    """The feedback with its places moved to where the form has the same goals and columns."""
    rows = {row.goal.code: sheet.first_row + index for index, row in enumerate(form.rows)}
    fields = {column_letter(column.column): column.field for column in submission.columns}
    return Feedback(tuple(_moved(item, rows, fields, sheet.name) for item in feedback.items))


def _pairs(submission: Submission, rows: Iterable[CheckedRow]) -> Iterable[tuple[CheckedRow, SubmittedRow]]:
    submitted = {row.row: row for row in submission.rows}
    return ((row, submitted[row.row]) for row in rows if row.row in submitted)


def _typed(row: SubmittedRow) -> Typed:
    return Typed(_raw(row.main_risks), _raw(row.overall_status), _raw(row.degree), _raw(row.narrative))


def _raw(cell: Cell | None) -> str:
    return cell.raw if cell else ""


def _moved(finding: Finding, rows: dict[str, int], fields: dict[str, Field], sheet: str) -> Finding:
    """A finding on a goal that the form lacks stays without a cell: it is listed, and marks nothing."""
    letters = (finding.place.cell or "").rstrip("0123456789")
    field, row = fields.get(letters), rows.get(finding.code or "")
    if field is None or row is None:
        return replace(finding, place=Place())
    return replace(finding, place=Place(sheet, f"{column_letter([*Field].index(field) + 1)}{row}"))
