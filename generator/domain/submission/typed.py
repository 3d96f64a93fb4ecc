"""The cells that an officer typed, goal by goal, kept from reading a save until answering it."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.plan.form import Typed
from generator.domain.submission.answers import Column, Submission, SubmittedRow
from generator.domain.submission.workbook import Cell


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A filled row (1-based), the goal that it is about (None: not known), and its cells to answer in."""

    row: int
    code: str | None
    typed: Typed


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """The columns that were found in a workbook (1-based), and its filled rows."""

    columns: tuple[Column, ...]
    rows: tuple[TypedRow, ...]


def typed_sheet(submission: Submission, codes: Iterable[str | None]) -> TypedSheet:
    """Collects a submission's typed cells; `codes` are the goals of its rows, one for each row."""
    pairs = zip(submission.rows, codes, strict=True)
    return TypedSheet(submission.columns, tuple(TypedRow(row.row, code, _typed(row)) for row, code in pairs))


def _typed(row: SubmittedRow) -> Typed:
    return Typed(_raw(row.main_risks), _raw(row.overall_status), _raw(row.degree), _raw(row.narrative))


def _raw(cell: Cell | None) -> str:
    return cell.raw if cell else ""
