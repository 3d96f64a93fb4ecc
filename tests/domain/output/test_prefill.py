"""A fresh form with what was typed in another file, and the findings about that file moved into it."""

from generator.domain.base.finding import Finding, Place
from generator.domain.base.heading import Field
from generator.domain.output.receipt import FormSheet, prefill, prefilled_feedback
from generator.domain.plan.form import PreviousAnswer, Typed, make_form
from generator.domain.submission.answers import Column
from generator.domain.submission.feedback import make_feedback
from generator.domain.submission.typed import TypedRow, TypedSheet
from tests.builders import CLERK, PLAN

TYPED = Typed("", "", "9", "Kesken.")
# The officer's own table: codes in A, narrative in B, degree in C.
SHEET = TypedSheet(
    (Column(Field.ANNUAL_GOAL, 1), Column(Field.NARRATIVE, 2), Column(Field.DEGREE, 3)), (TypedRow(7, "01.10", TYPED),)
)


def moved(*previous: PreviousAnswer, cell: str, code: str = "01.10") -> Place:
    form = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=previous)
    feedback = make_feedback((Finding("degree-out-of-scale", Place("Oma", cell), code),))
    (item,) = prefilled_feedback(feedback, form, SHEET, FormSheet("Seuranta", 4)).items
    return item.place


def test_what_was_typed_stands_on_the_rows_of_its_goals() -> None:
    form = prefill(make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=()), SHEET)
    assert [(row.goal.code, row.typed) for row in form.rows] == [("01.01", None), ("01.01.01", None), ("01.10", TYPED)]


def test_a_finding_moves_to_its_goals_row_and_its_fields_column() -> None:
    assert moved(cell="C7") == Place("Seuranta", "F6")
    assert moved(cell="B7") == Place("Seuranta", "G6")


def test_a_finding_moves_past_the_columns_of_the_previous_period() -> None:
    previous = PreviousAnswer("01.01", 2, "Selvitys käynnistyi.")
    assert moved(previous, cell="C7") == Place("Seuranta", "F6")
    assert moved(previous, cell="B7") == Place("Seuranta", "H6")


def test_a_finding_that_has_no_cell_in_the_form_marks_nothing() -> None:
    assert moved(cell="Z7") == moved(cell="C7", code="02") == Place()
