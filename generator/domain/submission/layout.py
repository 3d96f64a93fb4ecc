"""Checks a sheet's layout: merged cells, hidden rows and columns, columns without their heading."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from generator.domain.base.cells import Area, column_letter, read_area
from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.heading import TITLE_FIELDS, Field
from generator.domain.submission.answers import Submission, SubmittedRow, heading_missing
from generator.domain.submission.check_rules import CheckRules
from generator.domain.submission.code_reading import fitting_goals, read_codes
from generator.domain.submission.renamed import gap, holds_heading, is_like

_ANSWER_FIELDS = (Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE)
# Columns that a workbook may do without; where one is there under another name, its values must not be passed over.
_MERGES_SHOWN = 20
_LOSABLE = (Field.MAIN_RISKS, Field.OVERALL_STATUS, Field.OFFICER)


@dataclass(frozen=True, slots=True)
class Block:
    """Rows connected by merged cells, first to last (1-based): the merges, and where the first one begins."""

    first: int
    last: int
    merges: tuple[str, ...]
    cell: str

    def finding(self, sheet: str, code: str | None) -> Finding:
        """Makes the finding that these merges hide cells, of several goals' rows or of one row."""
        rule = "merged-in-row" if self.first == self.last else "merged-cells"
        return Finding(rule, Place(sheet, self.cell), code, shown(", ".join(self.merges)))


def merged_blocks(submission: Submission, *, is_signed: bool) -> tuple[Block, ...]:
    """Returns the merges over several rows or several columns, from top to bottom."""
    groups: list[list[Area]] = []
    last = 0
    for area in sorted(_hiding_areas(submission, is_signed=is_signed), key=attrgetter("top", "left")):
        if area.top > last:
            groups.append([])
        groups[-1].append(area)
        last = max(last, area.bottom)
    return tuple(map(_block, groups))


def find_block(blocks: tuple[Block, ...], row: int) -> Block | None:
    """Returns the block that a row is in; blocks are sorted and have no row in common."""
    index = bisect_right(blocks, row, key=attrgetter("first"))
    return blocks[index - 1] if index and row <= blocks[index - 1].last else None


def lost_column(submission: Submission, rules: CheckRules, *, is_signed: bool) -> Finding | None:
    """Returns the finding about a column with answers but without its heading; None if there is none."""
    column = _lost_titles(submission, rules) or _lost_values(submission, rules, is_signed=is_signed)
    if column is None:
        return None
    field, letter = column
    place = Place(submission.sheet, f"{letter}{submission.heading_row}")
    return heading_missing(place, (rules.headings.label(field, rules.language),), submission.headings)


def hidden_rows(submission: Submission, rows: Iterable[int]) -> Iterator[Finding]:
    """Makes one note on all hidden rows with answers, with their ranges (`6, 9–12`); `rows` are the answered ones."""
    hidden = sorted(submission.hidden_rows.intersection(rows))
    if hidden:
        yield Finding("hidden-rows", submission.place(hidden[0], Field.DEGREE), value=shown(", ".join(_ranges(hidden))))


def hidden_columns(submission: Submission, rows: Iterable[SubmittedRow]) -> Iterator[Finding]:
    """Makes one note on all hidden columns with answers; `rows` are those that count."""
    counted = tuple(rows)
    hidden = [field for field in _ANSWER_FIELDS if submission.column(field) in submission.hidden_columns]
    answered = [field for field in hidden if any(row.cell(field) for row in counted)]
    if answered:
        letters = ", ".join(sorted(filter(None, map(submission.letter, answered))))
        yield Finding("hidden-columns", submission.place(submission.heading_row, answered[0]), value=letters)


def _ranges(rows: list[int]) -> Iterator[str]:
    """Returns sorted rows as `6` and `9–12`."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        first, *others = [row for _, row in run]
        yield f"{first}–{others[-1]}" if others else str(first)


def _hiding_areas(submission: Submission, *, is_signed: bool) -> Iterator[Area]:
    """Returns merges of rows, and merges that cover a column of ours together with one to its left.

    A title may spread over the columns of other levels, and a signed form's officer column says nothing.
    """
    fields = {found.column: found.field for found in submission.columns}
    if is_signed:
        fields.pop(submission.column(Field.OFFICER) or 0, None)
    titles = {(row.row, title.column) for row in submission.rows for title in row.titles}
    for area in filter(None, map(read_area, submission.merges)):
        inside = [column for column in fields if area.left <= column <= area.right]
        covered = [column for column in inside if column > area.left]
        harmless = all(fields[column] in TITLE_FIELDS and (area.top, column) not in titles for column in covered)
        if inside and (area.bottom > area.top or not harmless):
            yield area


def _block(areas: list[Area]) -> Block:
    first = areas[0]
    names = tuple(map(str, areas[:_MERGES_SHOWN]))
    return Block(first.top, max(area.bottom for area in areas), names, str(first.first))


def _lost_titles(submission: Submission, rules: CheckRules) -> tuple[Field, str] | None:
    """Returns a column with codes of the plan, but without a title's heading, on rows without any other code."""
    lacking = [field for field in TITLE_FIELDS if submission.column(field) is None]
    untitled = (row for row in _answered(submission) if not row.titles) if lacking else ()
    for cell in (cell for row in untitled for cell in row.others):
        goals = fitting_goals(read_codes(cell), rules.plan)
        if goals:
            own = TITLE_FIELDS[goals[0].level - 1]
            return own if own in lacking else lacking[0], column_letter(cell.column)
    return None


def _answered(submission: Submission) -> Iterator[SubmittedRow]:
    return (row for row in submission.rows if row.degree or row.narrative)


@dataclass(frozen=True, slots=True)
class _Other:
    """A column without a heading of ours: its own heading, and its cells on rows with an answer."""

    column: int
    heading: str
    texts: tuple[str, ...]


def _lost_values(submission: Submission, rules: CheckRules, *, is_signed: bool) -> tuple[Field, str] | None:
    others = _others(submission)
    columns = {found.field: found.column for found in submission.columns}
    for field in _LOSABLE:
        if field in columns or (is_signed and field is Field.OFFICER):
            continue
        # A form of ours had all its columns in our order.
        own_place = gap(field, columns) if is_signed else range(0)
        for other in others:
            if other.column in own_place or _is_known_by(field, other, rules):
                return field, column_letter(other.column)
    return None


def _others(submission: Submission) -> tuple[_Other, ...]:
    texts: dict[int, list[str]] = {}
    for cell in (cell for row in _answered(submission) for cell in row.others):
        texts.setdefault(cell.column, []).append(cell.raw)
    headings = {cell.column: cell.raw for cell in submission.headings}
    return tuple(_Other(column, headings.get(column, ""), tuple(found)) for column, found in texts.items())


def _is_known_by(field: Field, other: _Other, rules: CheckRules) -> bool:
    """True if a column belongs to a field by its heading, or by the overall statuses in it."""
    if is_like(other.heading, field, rules.headings) or holds_heading(other.heading, field, rules.headings):
        return True
    return field is Field.OVERALL_STATUS and any(map(rules.statuses.read, other.texts))
