"""Checks one row of a submission: whose goal it is, what is answered, and whether the answer counts."""

from dataclasses import dataclass
from enum import StrEnum

from generator.domain.base.finding import Finding, Place, errors, shown
from generator.domain.base.heading import Field
from generator.domain.base.rule import Severity
from generator.domain.base.settings import IdentityPolicy
from generator.domain.base.text import heading_key, is_blank
from generator.domain.plan.form import may_report
from generator.domain.plan.goals import Goal, split_officers
from generator.domain.submission.answer_cells import (
    CellReading,
    DegreeAnswer,
    cell_fault,
    is_withdrawal,
    read_degree,
    read_status,
    read_text,
)
from generator.domain.submission.answers import Entry, EntryCells, SubmittedRow
from generator.domain.submission.check_context import CheckContext
from generator.domain.submission.layout import find_block
from generator.domain.submission.questions import ask
from generator.domain.submission.row_goal import read_goal


class RowState(StrEnum):
    """What a row reports."""

    DEGREE = "degree"
    NOT_ASSESSABLE = "not_assessable"
    NOT_REPORTED = "not_reported"


class Standing(StrEnum):
    """What happens to a row beside the answer in force for its goal and officer."""

    TAKEN = "taken"
    """It is the answer in force from now on."""
    SAME = "same"
    """It says what the answer in force says; that one keeps its file and time."""
    UNCHANGED = "unchanged"
    """It repeats what its file said before, and that is in force."""
    SUPERSEDED = "superseded"
    """It repeats what its file said before; another answer is in force."""
    DIFFERS = "differs"
    """Its author cannot have seen the answer in force, so a person must choose between two files."""
    UNSIGNED = "unsigned"
    """It contradicts a signed answer."""
    WAITING = "waiting"
    """Its sender has not been accepted yet."""


_FIELDS = tuple(Field)
IN_REPORT = (Standing.TAKEN, Standing.SAME, Standing.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Author:
    """The author of a row's answer, as the plan spells the name, and whether a signature proves it.

    `deputy` is the name of a deputy who answered for the officer; an empty string where the officer did.
    """

    officer: str
    signed: bool
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One filled row (1-based): its values, and whether it counts.

    `entry` is None where the row reports nothing or where a value of it could not be read; `author` is whose answer the
    row is, also where it is refused, and None where the row is not answered or does not say it. `withdraws`: the author
    takes the answer back. `standing` is None until the row has been compared with the answer in force.
    """

    row: int
    code: str | None
    entry: Entry | None = None
    findings: tuple[Finding, ...] = ()
    author: Author | None = None
    withdraws: bool = False
    standing: Standing | None = None

    @property
    def is_valid(self) -> bool:
        """True if nothing on the row must be corrected."""
        return not errors(self.findings)

    @property
    def taken(self) -> bool:
        """True if the row's answer is in the report."""
        return self.entry is not None and self.is_valid and self.standing in (None, *IN_REPORT)

    @property
    def state(self) -> RowState:
        """What the row reports."""
        if self.entry is None:
            return RowState.NOT_REPORTED
        return RowState.NOT_ASSESSABLE if self.entry.degree is None else RowState.DEGREE


def check_row(row: SubmittedRow, context: CheckContext) -> CheckedRow:
    """Checks one row. A row with reported cells unchanged from the form reports nothing, without a finding."""
    named = read_goal(row, context)
    code = named.value.code if named.value else None
    struck = _struck_through(row, code, context)
    if struck:
        return CheckedRow(row.row, code, findings=(struck,))
    if _is_unanswered(row, named.value):
        return CheckedRow(row.row, code)
    block = find_block(context.blocks, row.row)
    author = _read_author(row, named.value, context) if named.value else None
    if block:
        merged = block.finding(context.submission.sheet, code)
        return CheckedRow(row.row, code, None, (merged,), author.value if author else None)
    if named.value is None or author is None:
        return CheckedRow(row.row, code, findings=named.findings)
    if author.value is None:
        return CheckedRow(row.row, code, findings=author.findings)
    if is_withdrawal(row.degree, context.rules.reply_words.withdraw):
        return CheckedRow(row.row, code, None, named.findings, author.value, withdraws=True)
    answered = _read_answer(row, named.value, author.value, context)
    questions = tuple(finding for finding in answered.findings if finding.severity is Severity.QUESTION)
    findings = named.findings + tuple(finding for finding in answered.findings if finding not in questions)
    if answered.value is None:
        return CheckedRow(row.row, code, None, findings, author.value)
    # Refused rows are corrected first; questions come when they are saved again.
    asked = () if errors(findings) else ask(answered.value, context.rules, questions)
    return CheckedRow(row.row, code, answered.value, findings + asked, author.value)


def _struck_through(row: SubmittedRow, code: str | None, context: CheckContext) -> Finding | None:
    """Returns the finding on struck-through words in the row, at the first cell that has some.

    Source: DESIGN, section 4, Submission: such a row is neither printed nor dropped.
    """
    cells = [(field, cell.struck) for field in _FIELDS if (cell := row.cell(field)) and cell.struck]
    if not cells:
        return None
    words = shown(" / ".join(struck for _, struck in cells))
    return Finding("struck-through-text", context.place(row, cells[0][0]), code, words)


def _is_unanswered(row: SubmittedRow, goal: Goal | None) -> bool:
    if row.is_answered:
        return False
    return row.main_risks is None or (goal is not None and _same_words(row.main_risks.raw, goal.main_risks))


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()


def _read_author(row: SubmittedRow, goal: Goal, context: CheckContext) -> CellReading[Author]:
    signer = context.sender.signer
    name = CellReading(signer) if signer else _unsigned_name(row, goal, context)
    if name.value is None:
        return CellReading(None, name.findings)
    post = None if signer else context.rules.plan.post_of_deputy(name.value, goal)
    if post:
        return CellReading(Author(post, signed=False, deputy=name.value))
    if may_report(goal, name.value, context.rules.unowned_reporter):
        return CellReading(Author(context.rules.known(name.value) or name.value, signer is not None))
    place = context.place(row, Field.OFFICER)
    return CellReading(None, (Finding("not-your-goal", place, goal.code, name.value, goal.officers or ("–",)),))


def _unsigned_name(row: SubmittedRow, goal: Goal, context: CheckContext) -> CellReading[str]:
    """Returns whose row it is without a signature: the folder's officer, else the row's, else the goal's only one."""
    if context.rules.identity is IdentityPolicy.FOLDER:
        return CellReading(context.rules.known(context.sender.folder) or context.sender.folder)
    candidates = goal.officers or tuple(filter(None, (context.rules.unowned_reporter,)))
    place = context.place(row, Field.OFFICER)
    fault = cell_fault(row.officer, context.rules.language) if row.officer else None
    if fault:
        return CellReading(None, (_of_goal(fault, goal, place),))
    text = row.officer.raw if row.officer else ""
    written = split_officers(text) if heading_key(text) else ()
    names = written or candidates
    known = context.rules.known(names[0]) if len(names) == 1 else None
    if len(names) == 1 and context.rules.plan.post_of_deputy(names[0], goal):
        return CellReading(names[0])
    if known:
        return CellReading(known)
    return CellReading(None, (Finding("officer-unclear", place, goal.code, shown(text) or "–", candidates),))


def _read_answer(row: SubmittedRow, goal: Goal, author: Author, context: CheckContext) -> CellReading[Entry]:
    degree, status = read_degree(row.degree, context.rules), read_status(row.overall_status, context.rules)
    risks, narrative = read_text(row.main_risks, context.rules), read_text(row.narrative, context.rules)
    found = (
        (degree.findings, Field.DEGREE),
        (status.findings, Field.OVERALL_STATUS),
        (risks.findings, Field.MAIN_RISKS),
        (narrative.findings, Field.NARRATIVE),
    )
    placed = tuple(_of_goal(each, goal, context.place(row, field)) for findings, field in found for each in findings)
    findings = placed + tuple(_of_goal(each, goal, each.place) for each in _incomplete(row, degree, narrative, context))
    if degree.value is None or status.value is None or risks.value is None or narrative.value is None:
        return CellReading(None, findings)
    main_risks = risks.value if context.submission.letter(Field.MAIN_RISKS) else goal.main_risks
    entry = Entry(
        code=goal.code,
        officer=author.officer,
        degree=degree.value.value,
        overall_status=status.value,
        main_risks=main_risks,
        narrative=narrative.value,
        signed=author.signed,
        cells=_cells(row, context),
    )
    return CellReading(entry, findings)


def _incomplete(
    row: SubmittedRow, degree: CellReading[DegreeAnswer], narrative: CellReading[str], context: CheckContext
) -> tuple[Finding, ...]:
    """Returns the finding on a missing degree or reason; a cell that was refused has its own finding already."""
    if degree.value is None:
        if degree.findings:
            return ()
        return (
            Finding("degree-missing", context.place(row, Field.DEGREE), allowed=context.rules.degree_words.options),
        )
    if degree.value.value is None and narrative.value is not None and is_blank(narrative.value):
        return (Finding("not-assessable-without-reason", context.place(row, Field.NARRATIVE)),)
    return ()


def _of_goal(finding: Finding, goal: Goal, place: Place) -> Finding:
    return Finding(finding.rule, place, goal.code, finding.value, finding.allowed)


def _cells(row: SubmittedRow, context: CheckContext) -> EntryCells:
    return EntryCells(*(column and f"{column}{row.row}" for column in context.submission.answer_columns))
