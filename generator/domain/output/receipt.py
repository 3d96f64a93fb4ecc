"""The answer to one save, as values: what the report has from it, and a form if the file cannot be marked itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from generator.domain.base.cells import CellRef, column_letter
from generator.domain.base.finding import Finding, Place
from generator.domain.base.rule import Severity
from generator.domain.follow_up.file_rows import FileRow
from generator.domain.follow_up.merge import FollowUp
from generator.domain.follow_up.status import StoredReply, StoredSave
from generator.domain.plan.form import Form
from generator.domain.plan.form_columns import column_number
from generator.domain.plan.goals import Goal, owns
from generator.domain.submission.answers import EditedText
from generator.domain.submission.feedback import MOST_FINDINGS, Feedback
from generator.domain.submission.typed import TypedSheet


class RowMatter(StrEnum):
    """The reason why the report does not print an officer's answer alone."""

    GONE = "gone"
    MOVED = "moved"
    DISPUTED = "disputed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A row of the file with its goal (None: the plan no longer has it), and how the report treats it.

    `file` is the file's path; `settled` is the degree that the report prints where a person chose between officers;
    `edits` are texts that the maker of the report edited and that are printed in place of the officer's.
    """

    row: FileRow
    goal: Goal | None
    file: str
    matter: RowMatter | None = None
    settled: int | None = None
    edits: tuple[EditedText, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A finding, and the file in which it stands (relative to the inbox)."""

    file: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Receipt:
    """One save, what the report has now for its rows, and whether it came after the due day.

    `waiting` are the officer's other goals that nobody has answered yet, () where the officer is not known; `replies`
    are the answers to our questions that this file gave; `answer_workbook` is the name of the workbook beside it in
    which the cells to mend are marked (None: there is none). `others` are the earlier saves of files that share the
    receipt: a file and its answer workbooks have one page.
    """

    held: StoredSave
    rows: tuple[ReceiptRow, ...]
    waiting: tuple[Goal, ...]
    is_late: bool
    replies: tuple[StoredReply, ...] = ()
    answer_workbook: str | None = None
    others: tuple[StoredSave, ...] = ()

    def __hash__(self) -> int:
        """That of the save: the texts of all rows take long to go over."""
        return hash(self.held.sequence)

    @property
    def taken(self) -> int:
        """How many rows of the files are in the report."""
        return sum(row.row.is_own for row in self.rows)

    @property
    def errors(self) -> tuple[FileFinding, ...]:
        """The errors that are open in any of the files."""
        return tuple(each for each in self._all if each.finding.severity is Severity.ERROR)

    @property
    def questions(self) -> tuple[FileFinding, ...]:
        """The questions that are open in any of the files."""
        return tuple(each for each in self._all if each.finding.severity is Severity.QUESTION)

    @property
    def told(self) -> tuple[FileFinding, ...]:
        """The findings that the receipt tells, errors first: at most `MOST_FINDINGS`."""
        ordered = (each for severity in Severity for each in self._all if each.finding.severity is severity)
        return tuple(islice(ordered, MOST_FINDINGS))

    @property
    def left_out(self) -> int:
        """How many findings the receipt does not tell."""
        return max(0, len(self._all) - MOST_FINDINGS)

    @property
    def _all(self) -> tuple[FileFinding, ...]:
        """All that was found in the last save, and what is open in the others; their notes were told at their time."""
        own = (FileFinding(self.held.file, finding) for finding in self.held.findings)
        earlier = (FileFinding(save.file, finding) for save in self.others for finding in save.findings)
        return (*own, *(each for each in earlier if each.finding.severity is not Severity.NOTE))


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """The last save of a file, and the file's rows."""

    save: StoredSave
    rows: tuple[FileRow, ...]


def make_receipt(
    last: AnsweredFile,
    follow_up: FollowUp,
    *,
    waiting: tuple[Goal, ...],
    is_late: bool,
    replies: tuple[StoredReply, ...] = (),
    others: tuple[AnsweredFile, ...] = (),
) -> Receipt:
    """Collects the content of the receipt.

    Args:
        last: the file that was saved last.
        follow_up: all answers of the period, under the plan's goals.
        waiting: the officer's goals that nobody has answered yet.
        replies: those that these files gave.
        others: the files that share the page, the one saved last first.
    """
    found = _rows_once(_rows_of(file, follow_up) for file in (last, *others))
    codes = {each.row.code for each in found}
    unanswered = tuple(goal for goal in waiting if goal.code not in codes)
    saves = tuple(file.save for file in others)
    return Receipt(last.save, found, unanswered, is_late, replies, others=saves)


def _rows_of(file: AnsweredFile, follow_up: FollowUp) -> tuple[ReceiptRow, ...]:
    expected = (row for row in file.rows if row.answer or _is_expected(row, file.save, follow_up))
    return tuple(_receipt_row(row, file.save.file, follow_up) for row in expected)


def _rows_once(files: Iterable[tuple[ReceiptRow, ...]]) -> tuple[ReceiptRow, ...]:
    """Each goal once: the row whose answer is in the report, else that of the file that was saved last."""
    last, *others = files
    found = list(last)
    for row in (row for rows in others for row in rows):
        same = [index for index, each in enumerate(found) if each.row.code == row.row.code]
        if not same:
            found.append(row)
        elif len(same) == 1 and row.row.is_own and not found[same[0]].row.is_own:
            found[same[0]] = row
    return tuple(found)


def _is_expected(row: FileRow, held: StoredSave, follow_up: FollowUp) -> bool:
    """True if the goal is the officer's own, so that the report says that it has not been reported."""
    item = follow_up.by_code.get(row.code)
    return item is not None and (held.officer is None or owns(item.goal, held.officer))


def _receipt_row(row: FileRow, file: str, follow_up: FollowUp) -> ReceiptRow:
    item = follow_up.by_code.get(row.code)
    if item is None:
        return ReceiptRow(row, None, file, RowMatter.GONE)
    goal, own = item.goal, row.answer
    if own is None:
        return ReceiptRow(row, goal, file)
    printed = next((each for each in item.answers if replace(each, edits=()) == own), None)
    if printed is None:
        return ReceiptRow(row, goal, file, RowMatter.MOVED)
    if item.is_disputed:
        return ReceiptRow(row, goal, file, RowMatter.DISPUTED, edits=printed.edits)
    if item.differs:
        return ReceiptRow(row, goal, file, RowMatter.SETTLED, item.degree, printed.edits)
    return ReceiptRow(row, goal, file, edits=printed.edits)


RECEIPT_ENDING = ".kuittaus.html"
# Part of the name of every answer workbook, also of a shortened name.
ANSWER_MARK = ".korjattavaa"


def receipt_name(file: str) -> str:
    """Returns `X.kuittaus.html` for `X.xlsx` and our answers to it; others keep their ending, `X.ods.kuittaus.html`."""
    return f"{_own_name(file)}{RECEIPT_ENDING}"


def answer_name(file: str, number: int) -> str:
    """Returns `X.korjattavaa.xlsx` for the first answer workbook to `X.xlsx`, `X.korjattavaa-2.xlsx` for the second."""
    ending = "xlsm" if file.casefold().endswith(".xlsm") else "xlsx"
    return f"{_own_name(file)}{ANSWER_MARK}{'' if number == 1 else f'-{number}'}.{ending}"


def is_answer_name(file: str) -> bool:
    """True if the name looks like that of an answer workbook of ours."""
    return _own_name(file) not in (file, file.rpartition(".")[0])


def _own_name(file: str) -> str:
    """Returns the name of the officer's own file, without a workbook's ending and without our additions."""
    name, _, ending = file.rpartition(".")
    answered = _ANSWER.fullmatch(name) if ending.casefold() in ("xlsx", "xlsm") else None
    if answered:
        return answered[1]
    return name if ending.casefold() == "xlsx" else file


_ANSWER = re.compile(rf"(.+){re.escape(ANSWER_MARK)}(?:-[0-9]+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FormSheet:
    """The position of a form's rows: the sheet's name and the 1-based row of the first goal."""

    name: str
    first_row: int


def prefill(form: Form, typed: TypedSheet) -> Form:
    """Returns the form filled with the officer's cells, right and wrong ones, on the rows of their goals.

    It is the answer to a save in a format that cannot be marked itself.
    """
    cells = {row.code: row.typed for row in typed.rows if row.code}
    return replace(form, rows=tuple(replace(row, typed=cells.get(row.goal.code)) for row in form.rows))


def prefilled_feedback(feedback: Feedback, form: Form, typed: TypedSheet, sheet: FormSheet) -> Feedback:
    """Returns the feedback with its places moved to the same goals and columns of the form.

    Args:
        typed: the officer's workbook, in which the places are now.
        sheet: where the form has its rows.
    """
    rows = {row.goal.code: sheet.first_row + index for index, row in enumerate(form.rows)}
    columns = {column_letter(column.column): column_number(column.field, form) for column in typed.columns}
    return replace(feedback, items=tuple(_moved(item, rows, columns, sheet.name) for item in feedback.items))


def _moved(finding: Finding, rows: dict[str, int], columns: dict[str, int], sheet: str) -> Finding:
    """Moves a finding to the form; without its goal there, it is listed without a cell and marks nothing."""
    letters = (finding.place.cell or "").rstrip("0123456789")
    column, row = columns.get(letters), rows.get(finding.code or "")
    if column is None or row is None:
        return replace(finding, place=Place())
    return replace(finding, place=Place(sheet, str(CellRef(row, column))))
