"""The order of the form's columns from left to right, defined only here.

Saves are read by their headings, so forms of an earlier order are read as well.
"""

from collections.abc import Iterator
from typing import TypeAlias

from generator.domain.base.heading import Field, PreviousColumn
from generator.domain.plan.form import Form

FormColumn: TypeAlias = Field | PreviousColumn
_BESIDE = {Field.DEGREE: PreviousColumn.DEGREE, Field.NARRATIVE: PreviousColumn.NARRATIVE}


def form_columns(form: Form) -> tuple[FormColumn, ...]:
    """Returns the document's columns; each answer of the previous period is to the right of the cell to fill.

    Source: DESIGN, section 4, Form.
    """
    return tuple(_columns(has_previous=form.has_previous))


def column_number(field: Field, form: Form) -> int:
    """Returns the 1-based column of a field in a form."""
    return form_columns(form).index(field) + 1


def _columns(*, has_previous: bool) -> Iterator[FormColumn]:
    for field in Field:
        yield field
        if has_previous and field in _BESIDE:
            yield _BESIDE[field]
