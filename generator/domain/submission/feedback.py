"""The content of an answer workbook, and the officer's replies to its questions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from generator.domain.base.cells import split_address
from generator.domain.base.finding import Finding
from generator.domain.base.rule import N_, Severity
from generator.domain.base.text import clean_text, is_blank
from generator.domain.plan.form import AnswerStamp, read_stamp
from generator.domain.submission.workbook import Cell, CellKind, Sheet, Workbook

_KEY = re.compile("[0-9a-f]{12}")
# How the stamp begins (`AnswerStamp.text`).
_STAMPED = "answer "
# The last line of each note that we write on a cell, whereby it is known again in any language.
NOTE_END = "— Seuranta"
# More than a person goes through at once; a receipt and an answer workbook say how many more there are.
MOST_FINDINGS = 200
# Errors that the same workbook would have again, whatever is written in its cells.
_MENDED_ELSEWHERE = frozenset(
    {
        "another-period",
        "copy-needs-correction",
        "folder-of-nobody",
        "in-archive",
        "not-signed",
        "period-closed",
        "same-as-previous",
        "signed-answer-stands",
        "too-many-rows",
        "wrong-workbook",
    }
)
# Rows that were emptied or removed are one mistake, though each can be answered for itself.
FOLDED_RULE = "row-emptied"
# What the sheet writes where there is nothing to write.
NOTHING = "–"


class FeedbackColumn(StrEnum):
    """The columns of the feedback's table from left to right, by the messages that are their headings."""

    NUMBER = N_("No.")
    KIND = N_("Kind")
    PLACE = N_("Sheet and cell")
    CODE = N_("Goal")
    MESSAGE = N_("What was found")
    ADVICE = N_("What to do")
    REPLY = N_("Reply")
    KEY = N_("Identifier")
    MARK = N_("The cell's own fill")


# A heading row with these is our table, whatever else was done to it.
_KNOWN_BY = {FeedbackColumn.ADVICE, FeedbackColumn.REPLY, FeedbackColumn.KEY}


@dataclass(frozen=True, slots=True)
class Feedback:
    """The content of an answer workbook: errors first, then questions, each group in the workbook's order.

    `left_out` counts those beyond the first `MOST_FINDINGS`.
    """

    items: tuple[Finding, ...]
    left_out: int = 0

    @property
    def is_workable(self) -> bool:
        """True if there is a cell to correct or a question to answer, so that an answer workbook is useful."""
        return any(item.key or (item.place.cell and not is_corrected_elsewhere(item)) for item in self.items)


@dataclass(frozen=True, slots=True)
class Reply:
    """An officer's reply to the question with this key (12 hex digits); `code` is the goal's, if it is about one."""

    key: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A row of a feedback table in a saved workbook, each cell as text; empty strings for blank cells."""

    sheet: str
    number: str
    reply: str
    key: str
    mark: str
    code: str


def make_feedback(findings: Iterable[Finding]) -> Feedback:
    """Selects the findings of one file to correct or to answer; notes require nothing and are left out."""
    found = tuple(findings)
    sheets = tuple(dict.fromkeys(finding.place.sheet for finding in found))
    placed = sorted(found, key=lambda finding: (sheets.index(finding.place.sheet), _position(finding)))
    items = tuple(each for asked in (Severity.ERROR, Severity.QUESTION) for each in placed if each.severity is asked)
    return Feedback(items[:MOST_FINDINGS], max(0, len(items) - MOST_FINDINGS))


def count_questions(findings: Iterable[Finding]) -> int:
    """How many questions there are; all emptied rows are one."""
    asked = [each.rule for each in findings if each.severity is Severity.QUESTION]
    return len(asked) - max(0, asked.count(FOLDED_RULE) - 1)


def is_corrected_elsewhere(finding: Finding) -> bool:
    """True if no correction in this workbook removes the error; its advice says what to do with which file."""
    return finding.rule in _MENDED_ELSEWHERE


def read_replies(workbook: Workbook, headings: tuple[tuple[str, ...], ...]) -> tuple[Reply, ...]:
    """Reads the replies in a saved answer workbook; none if it has no feedback sheet of ours.

    Args:
        headings: the feedback's headings in each language, in the order of `FeedbackColumn`.

    Source: DESIGN, section 3, The answer.
    """
    rows = feedback_rows(workbook, headings)
    return tuple(
        Reply(row.key, row.reply, row.code) for row in rows if _KEY.fullmatch(row.key) and not is_blank(row.reply)
    )


def read_answer_stamp(workbook: Workbook, headings: tuple[tuple[str, ...], ...], key: bytes) -> AnswerStamp | None:
    """Reads which save an answer workbook answers; None if it has no feedback sheet, or no stamp that we signed."""
    names = feedback_sheets(workbook, headings)
    cells = (cell for sheet in workbook.sheets if sheet.name in names for cell in sheet.cells)
    stamps = (read_stamp(cell.raw, key) for cell in cells if cell.raw.startswith(_STAMPED))
    return next((stamp for stamp in stamps if stamp), None)


def feedback_rows(workbook: Workbook, headings: tuple[tuple[str, ...], ...]) -> tuple[FeedbackRow, ...]:
    """Returns all rows of feedback tables in a workbook, on any sheet and in any language."""
    columns = {label: column for labels in headings for column, label in zip(FeedbackColumn, labels, strict=True)}
    return tuple(row for sheet in workbook.sheets for row in _rows(sheet, columns))


def feedback_sheets(workbook: Workbook, headings: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Returns the names of the sheets with a feedback table."""
    columns = {label: column for labels in headings for column, label in zip(FeedbackColumn, labels, strict=True)}
    return tuple(sheet.name for sheet in workbook.sheets if _heading_row(sheet, columns))


def unread_feedback_cells(workbook: Workbook, headings: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, Cell], ...]:
    """Returns what was written on feedback sheets and is no reply to a question: the sheet's name, and the cell."""
    columns = {label: column for labels in headings for column, label in zip(FeedbackColumn, labels, strict=True)}
    return tuple((sheet.name, cell) for sheet in workbook.sheets for cell in _is_unread_feedback(sheet, columns))


def _is_unread_feedback(sheet: Sheet, columns: Mapping[str, FeedbackColumn]) -> Iterator[Cell]:
    top = _heading_row(sheet, columns)
    if top is None:
        return
    for row, cells in groupby(sheet.cells, key=attrgetter("row")):
        found = tuple(cell for cell in cells if not is_blank(_text(cell)))
        by_column = {top.columns[cell.column]: _text(cell) for cell in found if cell.column in top.columns}
        is_ours = row == top.row or by_column.get(FeedbackColumn.NUMBER, "").isdecimal()
        is_asked = _KEY.fullmatch(by_column.get(FeedbackColumn.KEY, "")) is not None
        for cell in found:
            column = top.columns.get(cell.column)
            # Above the table we write in column A, and the stamp.
            is_above = cell.column == 1 or cell.raw.startswith(_STAMPED)
            is_line = is_above if row < top.row else is_ours and column not in (None, FeedbackColumn.REPLY)
            is_reply = column is FeedbackColumn.REPLY and (is_asked or row == top.row or _text(cell).strip() == NOTHING)
            if not (is_line or is_reply):
                yield cell


def _position(finding: Finding) -> tuple[int, int]:
    """Returns the sort key of a place: row by row, left to right; the whole file before all cells."""
    return split_address(finding.place.cell or "") or (0, 0)


@dataclass(frozen=True, slots=True)
class _HeadingRow:
    row: int
    columns: Mapping[int, FeedbackColumn]


def _heading_row(sheet: Sheet, columns: Mapping[str, FeedbackColumn]) -> _HeadingRow | None:
    if not any(cell.raw.strip() in columns for cell in sheet.cells):  # most sheets are none of ours
        return None
    for row, cells in groupby(sheet.cells, key=attrgetter("row")):
        found = {cell.column: columns[label] for cell in cells if (label := cell.raw.strip()) in columns}
        if set(found.values()) >= _KNOWN_BY:
            return _HeadingRow(row, found)
    return None


def _rows(sheet: Sheet, columns: Mapping[str, FeedbackColumn]) -> Iterator[FeedbackRow]:
    top = _heading_row(sheet, columns)
    if top is None:
        return
    below = (cell for cell in sheet.cells if cell.row > top.row and cell.column in top.columns)
    for _, cells in groupby(below, key=attrgetter("row")):
        texts = {top.columns[cell.column]: _text(cell) for cell in cells}
        wanted = (
            FeedbackColumn.NUMBER,
            FeedbackColumn.REPLY,
            FeedbackColumn.KEY,
            FeedbackColumn.MARK,
            FeedbackColumn.CODE,
        )
        yield FeedbackRow(sheet.name, *(texts.get(column, "") for column in wanted))


def _text(cell: Cell) -> str:
    return "" if cell.kind is CellKind.ERROR else clean_text(cell.raw)
