"""Workbooks as values: the cells that a person sees, and the bytes and cells that the program gets."""

from dataclasses import dataclass, field, replace

from generator.domain.base.cells import column_letter
from generator.domain.base.heading import Field
from generator.domain.base.settings import Language, Settings
from generator.domain.plan.form import IDENTITY_SHEET, PROPERTY_PREFIX, AnswerStamp, Identity
from generator.domain.submission.feedback import FeedbackColumn
from generator.domain.submission.workbook import Cell, CellKind, Sheet, SheetState, Workbook
from generator.formats.xlsx.feedback_sheet import feedback_headings
from generator.i18n import words
from generator.i18n.words import Words

KEY = b"the key of the person model"
FIRST_ROW = 2
FINNISH = Words(Language.FINNISH)
WITHDRAW, THIS = FINNISH(words.WITHDRAW), FINNISH(words.THIS)
Value = tuple[object, str]
"""A degree as it was typed, and the words beside it."""
BLANK: Value = (None, "")
WITHDRAWN: Value = (WITHDRAW, "")


@dataclass(frozen=True)
class Line:
    """A goal's row as a person sees it; `typed` is the number of the typing that put the value there (0: nobody's)."""

    code: str
    value: Value = BLANK
    officer: str = ""
    typed: int = 0


@dataclass(frozen=True)
class Question:
    """A row of the feedback sheet: a finding with its key, the codes of its goals, its choices, and the reply."""

    key: str
    period: str
    rule: str
    codes: tuple[str, ...]
    is_of_one_goal: bool
    allowed: tuple[str, ...] = ()
    reply: str = ""


@dataclass(frozen=True)
class Document:
    """A workbook as its bytes are. `shown` are the typings that whoever had this document open can have seen;
    `said_in_reply` are those that stand in the column Vastaus.

    `number` tells two saves apart that hold the same cells, as two files of Excel's differ.
    """

    number: int
    lines: tuple[Line, ...]
    identity: Identity | None = None
    stamp: AnswerStamp | None = None
    questions: tuple[Question, ...] = ()
    shown: frozenset[int] = frozenset()
    said_in_reply: frozenset[int] = frozenset()

    def line(self, code: str) -> Line:
        """A goal's row; a blank one where the workbook has none."""
        return next((line for line in self.lines if line.code == code), Line(code))

    def with_line(self, new: Line) -> "Document":
        """The document with one row replaced, or added at the end."""
        if all(line.code != new.code for line in self.lines):
            return replace(self, lines=(*self.lines, new))
        return replace(self, lines=tuple(new if line.code == new.code else line for line in self.lines))


@dataclass
class Printer:
    """Makes the program's workbooks of documents; `titles` are the goals' titles by their codes."""

    settings: Settings
    titles: dict[str, str]
    _made: dict[bytes, Workbook] = field(default_factory=dict)

    def bytes_of(self, document: Document) -> bytes:
        """The bytes of a document: the same for the same one."""
        data = repr(document).encode()
        if data not in self._made:
            self._made[data] = self._workbook(document)
        return data

    def read(self, data: bytes) -> Workbook:
        """The workbook in the bytes."""
        return self._made[data]

    def _workbook(self, document: Document) -> Workbook:
        pairs = document.identity.pairs(KEY) if document.identity else ()
        sheets = [self._table(document), Sheet(IDENTITY_SHEET, SheetState.VERY_HIDDEN, _cells(enumerate(pairs, 1)))]
        if document.stamp:
            sheets.append(_feedback(document))
        return Workbook(tuple(sheets), tuple((PROPERTY_PREFIX + name, value) for name, value in pairs))

    def _table(self, document: Document) -> Sheet:
        rows = [(1, self.settings.headings.labels("fi"))]
        for number, line in enumerate(document.lines, FIRST_ROW):
            degree, narrative = line.value
            named = {
                tuple(Field)[line.code.count(".")]: f"{line.code} {self.titles[line.code]}",
                Field.DEGREE: degree,
                Field.NARRATIVE: narrative or None,
                Field.OFFICER: line.officer or None,
            }
            rows.append((number, tuple(named.get(each) for each in Field)))
        return Sheet("Seuranta", SheetState.VISIBLE, _cells(rows))


def _feedback(document: Document) -> Sheet:
    rows = [(1, (document.stamp.text(KEY),)), (3, feedback_headings()[0])]
    for number, question in enumerate(document.questions, 1):
        code = question.codes[0] if question.is_of_one_goal else None
        values = {
            FeedbackColumn.NUMBER: number,
            FeedbackColumn.CODE: code,
            FeedbackColumn.MESSAGE: question.rule,
            FeedbackColumn.REPLY: question.reply or None,
            FeedbackColumn.KEY: question.key or None,
        }
        rows.append((number + 3, tuple(values.get(column) for column in FeedbackColumn)))
    return Sheet("Palaute", SheetState.VISIBLE, _cells(rows))


def _cells(rows) -> tuple[Cell, ...]:
    return tuple(
        Cell(row, column, CellKind.TEXT if isinstance(value, str) else CellKind.NUMBER, str(value))
        for row, values in rows
        for column, value in enumerate(values, 1)
        if value is not None
    )


def place_of(document: Document, code: str) -> str:
    """The degree's cell on a goal's row, as the program names it."""
    row = [line.code for line in document.lines].index(code) + FIRST_ROW
    return f"{column_letter([*Field].index(Field.DEGREE) + 1)}{row}"
