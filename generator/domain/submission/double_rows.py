"""Settles goals that are twice in one workbook: equal answers count as one, different ones are all refused."""

from dataclasses import replace

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.heading import Field
from generator.domain.base.rule import Severity
from generator.domain.base.text import name_key
from generator.domain.submission.answers import Submission
from generator.domain.submission.row_checks import CheckedRow


def settle_doubles(rows: tuple[CheckedRow, ...], submission: Submission) -> tuple[CheckedRow, ...]:
    """Refuses all rows of a goal and officer where they differ or one is in error; of equal ones, the first counts.

    Args:
        rows: all rows of one workbook, checked one by one.
        submission: the table that they are in.
    """
    groups: dict[tuple[str, str], list[CheckedRow]] = {}
    for row in rows:
        if row.code is not None and row.author is not None:
            groups.setdefault((row.code, name_key(row.author.officer)), []).append(row)
    settled: dict[int, CheckedRow] = {}
    for same in groups.values():
        if len(same) > 1 and any(row.taken or row.withdraws for row in same):
            settled.update({row.row: row for row in _settle(same, submission)})
    return tuple(settled.get(row.row, row) for row in rows)


def _settle(rows: list[CheckedRow], submission: Submission) -> list[CheckedRow]:
    """Settles the rows of one goal and officer, of which at least one is valid."""
    places = shown(", ".join(_degree_cell(row, submission).cell or "" for row in rows))
    if not _are_equal(rows):
        return [_refuse(row, Finding("double-row", _degree_cell(row, submission), row.code, places)) for row in rows]
    first, *others = rows
    return [
        first,
        *(_repeat(row, Finding("row-repeated", _degree_cell(row, submission), row.code, places)) for row in others),
    ]


def _are_equal(rows: list[CheckedRow]) -> bool:
    first = rows[0].entry
    return first is not None and all(row.taken and row.entry and row.entry.says_the_same(first) for row in rows)


def _refuse(row: CheckedRow, double: Finding) -> CheckedRow:
    """Refuses a row without its questions: they are asked when the corrected row comes."""
    kept = (finding for finding in row.findings if finding.severity is not Severity.QUESTION)
    return replace(row, findings=(*kept, double))


def _repeat(row: CheckedRow, note: Finding) -> CheckedRow:
    return replace(row, entry=None, findings=(*row.findings, note))


def _degree_cell(row: CheckedRow, submission: Submission) -> Place:
    return submission.place(row.row, Field.DEGREE)
