"""One row of a submission: whose goal it is, what is answered, and whether the answer counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.domain.answer_cells import DegreeAnswer, Reading, read_degree, read_status, read_text
from generator.domain.code_reading import CodeReading, fitting_goals, read_codes, title_agrees
from generator.domain.finding import Finding, Place, errors, shown
from generator.domain.form import may_report, reported_goals
from generator.domain.heading import Field
from generator.domain.plan import Goal, Plan, split_officers
from generator.domain.questions import ask
from generator.domain.rulebook import IdentityPolicy, Rulebook, Sender
from generator.domain.submission import (
    Cell,
    Entry,
    EntryCells,
    Submission,
    SubmittedRow,
    cell_name,
    degree_place,
    read_area,
)
from generator.domain.text import heading_key


class RowState(StrEnum):
    DEGREE = "degree"
    NOT_ASSESSABLE = "not_assessable"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One filled row, 1-based: what was read on it and whether it counts.

    `entry` is None where the row reports nothing or where a value of it could not be read.
    """

    row: int
    code: str | None
    entry: Entry | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def taken(self) -> bool:
        return self.entry is not None and not errors(self.findings)

    @property
    def state(self) -> RowState:
        if self.entry is None:
            return RowState.NOT_REPORTED
        return RowState.NOT_ASSESSABLE if self.entry.degree is None else RowState.DEGREE


@dataclass(frozen=True, slots=True)
class Case:
    """A submission, who sent it, and what it is held against."""

    submission: Submission
    sender: Sender
    rules: Rulebook

    def place(self, row: SubmittedRow, field: Field) -> Place:
        return self.submission.place(row.row, field)


def check_row(row: SubmittedRow, case: Case) -> CheckedRow:
    """What one row answers. Rows whose reported cells are as the form gave them report nothing, without a word."""
    named = _read_goal(row, case)
    code = named.value.code if named.value else None
    if _is_unanswered(row, named.value):
        return CheckedRow(row.row, code)
    if named.value is None:
        return CheckedRow(row.row, code, findings=named.findings)
    author = _read_author(row, named.value, case)
    if author.value is None:
        return CheckedRow(row.row, code, findings=author.findings)
    answered = _read_answer(row, named.value, author.value, case)
    told = named.findings + _layout(row, named.value, case) + answered.findings
    if answered.value is None:
        return CheckedRow(row.row, code, None, told)
    return CheckedRow(
        row.row, code, answered.value, told + _against_held(answered.value, case) + ask(answered.value, case.rules)
    )


def _read_goal(row: SubmittedRow, case: Case) -> Reading[Goal]:
    titles = row.titles
    if len(titles) != 1:
        return Reading(None, (_wrong_count_of_titles(row, case),))
    place = Place(case.submission.sheet, cell_name(titles[0]))
    reading = read_codes(titles[0])
    if not reading.codes:
        return Reading(None, (Finding("no-code", place, None, shown(titles[0].raw), (_example(case.rules),)),))
    find = _goal_of_exact_code if reading.is_exact else _goal_of_loose_code
    return find(titles[0], reading, row, case)


def _goal_of_exact_code(title: Cell, reading: CodeReading, row: SubmittedRow, case: Case) -> Reading[Goal]:
    """A form of ours may bear a title that the plan has reworded since; other workbooks must agree with the plan."""
    place = Place(case.submission.sheet, cell_name(title))
    goal = case.rules.plan.by_code.get(reading.codes[0])
    if goal is None:
        own = tuple(goal.code for goal in _goals_of(case.sender, case.rules))
        return Reading(None, (Finding("unknown-code", place, None, reading.codes[0], own),))
    if not reading.title or heading_key(reading.title) == heading_key(goal.title):
        return Reading(goal)
    others = _goals_titled(reading.title, case.rules.plan)
    if not others and (case.sender.signer or title_agrees(goal, (reading.title,), case.rules.plan)):
        return Reading(goal, (Finding("title-differs", place, goal.code, shown(reading.title), (goal.title,)),))
    named = _labels((goal, *others))
    return Reading(None, (Finding("code-and-title-disagree", place, goal.code, shown(reading.title), named),))


def _goal_of_loose_code(title: Cell, reading: CodeReading, row: SubmittedRow, case: Case) -> Reading[Goal]:
    """A code that a program or a person changed is taken only when one goal fits and the row's title agrees."""
    place = Place(case.submission.sheet, cell_name(title))
    goals = fitting_goals(reading, case.rules.plan)
    titles = (reading.title,) if reading.title else row.others
    agreeing = tuple(goal for goal in goals if title_agrees(goal, titles, case.rules.plan))
    if len(agreeing) == 1:
        read_as = Finding("code-read-as", place, agreeing[0].code, shown(title.raw), _labels(agreeing))
        return Reading(agreeing[0], (read_as,))
    readings = _labels(goals) or (_example(case.rules),)
    return Reading(None, (Finding("code-unclear", place, None, shown(title.raw), readings),))


def _labels(goals: Iterable[Goal]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{goal.code} {goal.title}" for goal in goals))


def _goals_titled(title: str, plan: Plan) -> tuple[Goal, ...]:
    return tuple(goal for goal in plan.goals if heading_key(goal.title) == heading_key(title))


def _wrong_count_of_titles(row: SubmittedRow, case: Case) -> Finding:
    if row.titles:
        place = Place(case.submission.sheet, cell_name(row.titles[1]))
        return Finding("two-goals", place, value=shown(" / ".join(title.raw for title in row.titles)))
    place = Place(case.submission.sheet, f"A{row.row}")
    words = " ".join(cell.raw for field in (Field.DEGREE, Field.NARRATIVE) if (cell := row.cell(field)))
    return Finding("no-code", place, value=shown(words), allowed=(_example(case.rules),))


def _example(rules: Rulebook) -> str:
    goals = rules.plan.goals
    return f"{goals[-1].code} {goals[-1].title}" if goals else "01.02"


def _goals_of(sender: Sender, rules: Rulebook) -> tuple[Goal, ...]:
    if sender.signer is None:
        return rules.plan.goals
    return reported_goals(rules.plan, sender.signer, rules.unowned_reporter)


def _is_unanswered(row: SubmittedRow, goal: Goal | None) -> bool:
    if row.degree or row.narrative or row.overall_status:
        return False
    return row.main_risks is None or (goal is not None and _same_words(row.main_risks.raw, goal.main_risks))


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()


@dataclass(frozen=True, slots=True)
class _Author:
    """Whose answer a row is, as the plan spells the name, and whether a signature says so."""

    officer: str
    signed: bool


def _read_author(row: SubmittedRow, goal: Goal, case: Case) -> Reading[_Author]:
    signer = case.sender.signer
    name = Reading(signer) if signer else _unsigned_name(row, goal, case)
    if name.value is None:
        return Reading(None, name.findings)
    if may_report(goal, name.value, case.rules.unowned_reporter):
        return Reading(_Author(case.rules.known(name.value) or name.value, signer is not None))
    place = case.place(row, Field.OFFICER)
    return Reading(None, (Finding("not-your-goal", place, goal.code, name.value, goal.officers or ("–",)),))


def _unsigned_name(row: SubmittedRow, goal: Goal, case: Case) -> Reading[str]:
    """Whose a row is when no signature says it: the folder's, else the row's officer, else the goal's only one."""
    if case.rules.identity is IdentityPolicy.FOLDER:
        return Reading(case.sender.folder)
    candidates = goal.officers or tuple(filter(None, (case.rules.unowned_reporter,)))
    text = row.officer.raw if row.officer else ""
    written = split_officers(text) if heading_key(text) else ()
    names = written or candidates
    if len(names) == 1 and case.rules.known(names[0]):
        return Reading(names[0])
    place = case.place(row, Field.OFFICER)
    return Reading(None, (Finding("officer-unclear", place, goal.code, shown(text) or "–", candidates),))


def _read_answer(row: SubmittedRow, goal: Goal, author: _Author, case: Case) -> Reading[Entry]:
    degree = read_degree(row.degree, case.place(row, Field.DEGREE), case.rules)
    status = read_status(row.overall_status, case.place(row, Field.OVERALL_STATUS), case.rules)
    risks = read_text(row.main_risks, case.place(row, Field.MAIN_RISKS))
    narrative = read_text(row.narrative, case.place(row, Field.NARRATIVE))
    found = degree.findings + status.findings + risks.findings + narrative.findings
    findings = tuple(_of_goal(finding, goal) for finding in found + _incomplete(row, degree, narrative, case))
    if degree.value is None or status.value is None or risks.value is None or narrative.value is None:
        return Reading(None, findings)
    main_risks = risks.value if case.submission.letter(Field.MAIN_RISKS) else goal.main_risks
    entry = Entry(
        code=goal.code,
        officer=author.officer,
        degree=degree.value.value,
        overall_status=status.value,
        main_risks=main_risks,
        narrative=narrative.value,
        signed=author.signed,
        cells=_cells(row, case),
    )
    return Reading(entry, findings)


def _incomplete(
    row: SubmittedRow, degree: Reading[DegreeAnswer], narrative: Reading[str], case: Case
) -> tuple[Finding, ...]:
    """A degree or a reason that is missing; a cell that was refused has said its own word already."""
    if degree.value is None:
        if degree.findings:
            return ()
        return (Finding("degree-missing", case.place(row, Field.DEGREE), allowed=case.rules.degree_words.options),)
    if degree.value.value is None and narrative.value is not None and not narrative.value.strip():
        return (Finding("not-assessable-without-reason", case.place(row, Field.NARRATIVE)),)
    return ()


def _layout(row: SubmittedRow, goal: Goal, case: Case) -> tuple[Finding, ...]:
    """What the sheet's layout hides of an answer."""
    place = case.place(row, Field.DEGREE)
    columns = frozenset(found.column for found in case.submission.columns)
    for merge in case.submission.merges:
        if _hides_answers(merge, row.row, columns):
            return (Finding("merged-cells", place, goal.code, merge),)
    return (Finding("hidden-row", place, goal.code),) if row.row in case.submission.hidden_rows else ()


def _hides_answers(merge: str, row: int, columns: frozenset[int]) -> bool:
    """Whether a merge takes a row's cells together with other rows', or two of its columns together."""
    area = read_area(merge)
    if area is None or not area.top <= row <= area.bottom:
        return False
    inside = sum(area.left <= column <= area.right for column in columns)
    return inside > 1 or (inside == 1 and area.bottom > area.top)


def _against_held(entry: Entry, case: Case) -> tuple[Finding, ...]:
    """A copy never wins over what is held, and an answer from an older form is noticed."""
    held = case.rules.held_answer(entry.code, entry.officer)
    if held is None or held.file == case.sender.file or held.entry.says_the_same(entry):
        return ()
    place = degree_place(entry)
    if case.sender.is_copy:
        return (Finding("copy-differs", place, entry.code, held.file),)
    claim = case.sender.claim
    if claim is None or claim.identity.base >= held.sequence:
        return ()
    return (Finding("older-base", place, entry.code, held.file),)


def _of_goal(finding: Finding, goal: Goal) -> Finding:
    return Finding(finding.rule, finding.place, goal.code, finding.value, finding.allowed)


def _cells(row: SubmittedRow, case: Case) -> EntryCells:
    def name(field: Field) -> str:
        letter = case.submission.letter(field)
        return f"{case.submission.sheet}!{letter}{row.row}" if letter else ""

    return EntryCells(
        *(name(field) for field in (Field.MAIN_RISKS, Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE))
    )
