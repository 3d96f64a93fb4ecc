"""One goal's row in words: the content of its eight cells."""

from collections.abc import Iterable
from dataclasses import replace

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.follow_up.merge import GoalState
from generator.domain.output.report import Assessment, Change, Movement, ReportRow, Voice
from generator.domain.plan.goals import Goal
from generator.formats.docx.document_language import Speech, goal_line, one_line
from generator.formats.docx.fields import RowFields
from generator.formats.docx.runs import CellParagraph, Paragraphs, Role
from generator.formats.opc.wordml import value_bookmark

# A row longer than about a third of a page would leave too much of a page empty if it were kept whole.
LONGEST_UNBROKEN = 600
_DASH = CellParagraph("–")
_NOTHING = Paragraphs((_DASH,))
_CHANGES = {
    Change.ADVANCED: N_("{before} → {now}, advanced"),
    Change.FELL_BACK: N_("{before} → {now}, fell back"),
    Change.UNCHANGED: N_("{before} → {now}, unchanged"),
}


def make_row(row: ReportRow, speech: Speech) -> RowFields:
    title = goal_line(row.goal, speech)
    council_term_goal, annual_goal, action = _titles(row.goal, speech)
    main_risks = _cell(row.goal, Field.MAIN_RISKS, _spoken(row.main_risks, speech))
    narrative = _narrative(row, speech)
    officers = (CellParagraph(name, language=speech.own) for name in row.goal.officers)
    return RowFields(
        code=row.goal.code,
        title=one_line(title.text),
        language=title.language,
        level=row.goal.level,
        council_term_goal=council_term_goal,
        annual_goal=annual_goal,
        action=action,
        main_risks=main_risks,
        overall_status=_overall_status(row, speech),
        degree=_degree(row, speech),
        narrative=narrative,
        officer=_cell(row.goal, Field.OFFICER, officers),
        waiting=speech.words.list(row.waiting),
        change=movement_text(row.movement, speech) if row.movement else "",
        officers=speech.words.list(row.goal.officers) or _DASH.text,
        assessments=_assessments(row, speech),
        is_short=max(main_risks.longest, narrative.longest) <= LONGEST_UNBROKEN,
    )


def movement_text(movement: Movement, speech: Speech) -> str:
    """Returns `2 → 3, eteni`; if one of the periods has no degree, what is known of the earlier one."""
    if movement.change in _CHANGES:
        return speech.words(_CHANGES[movement.change], before=movement.before, now=movement.now)
    if movement.change is Change.NEW_GOAL:
        return speech.words("new goal")
    if movement.differed:
        return speech.words("earlier assessments differed")
    if movement.before is None:
        return speech.words("no earlier assessment")
    return speech.words("degree {before} in the previous period", before=movement.before)


def listed(row: RowFields) -> RowFields:
    """Returns the row for lists, without bookmarks: these enclose the values only in the goals' tables."""
    risks, degree = row.main_risks, row.degree
    return replace(row, main_risks=replace(risks, bookmark=None), degree=replace(degree, bookmark=None, remarks=()))


def _titles(goal: Goal, speech: Speech) -> tuple[Paragraphs, Paragraphs, Paragraphs]:
    above = [Paragraphs((CellParagraph(code, Role.ANCESTOR),)) for code in goal.ancestors]
    own = _cell(goal, "title", (goal_line(goal, speech),))
    first, second, third = above + [own] + [_NOTHING] * (3 - goal.level)
    return first, second, third


def _overall_status(row: ReportRow, speech: Speech) -> Paragraphs:
    lines: list[CellParagraph] = [_differ(speech)] if len(row.statuses) > 1 else []
    for voice in row.statuses:
        lines += _speaker(voice.officer, speech)
        lines.append(CellParagraph(voice.status.text(speech.language), colour=voice.status.colour))
    return _cell(row.goal, Field.OVERALL_STATUS, lines)


def _degree(row: ReportRow, speech: Speech) -> Paragraphs:
    remarks: list[CellParagraph] = []
    if row.state is GoalState.COMPUTED:
        remarks.append(CellParagraph(speech.words("Computed from the goals of the level below"), Role.REMARK))
    if row.movement and row.state is not GoalState.UNOWNED:
        remarks.append(CellParagraph(movement_text(row.movement, speech), Role.CHANGE))
    return _cell(row.goal, Field.DEGREE, _degree_lines(row, speech), remarks)


def _degree_lines(row: ReportRow, speech: Speech) -> list[CellParagraph]:
    if row.state is GoalState.NOT_REPORTED:
        said = _IN_CHECK if row.unchecked else N_("Not reported")
        return [CellParagraph(speech.words(said), Role.NOTE)]
    if row.state is GoalState.COMPUTED:
        return [CellParagraph(speech.words("{degree} (computed)", degree=speech.degree(row.degrees[0].degree)))]
    lines: list[CellParagraph] = [_differ(speech)] if len(row.degrees) > 1 else []
    for voice in row.degrees:
        lines += _speaker(voice.officer, speech)
        lines.append(CellParagraph(speech.degree(voice.degree)))
    return lines


def _narrative(row: ReportRow, speech: Speech) -> Paragraphs:
    silent = tuple(officer for officer in row.waiting if officer not in row.unchecked)
    waiting, in_check = speech.words.list(silent), speech.words.list(row.unchecked)
    checked = CellParagraph(speech.words(_OFFICERS_IN_CHECK, officers=in_check), Role.NOTE)
    later = [checked] if row.unchecked else []
    if row.state is GoalState.NOT_REPORTED:
        said = CellParagraph(speech.words("Not reported: {officers}", officers=waiting), Role.NOTE)
        return _cell(row.goal, Field.NARRATIVE, [*([said] if silent else []), *later])
    late = CellParagraph(speech.words("Not yet reported by: {officers}", officers=waiting), Role.NOTE)
    remarks = [*([late] if silent else []), *later]
    return _cell(row.goal, Field.NARRATIVE, _spoken(row.narratives, speech), remarks)


_IN_CHECK = N_("waits for a check of its sender")
_OFFICERS_IN_CHECK = N_("Waits for a check of its sender: {officers}")


def _assessments(row: ReportRow, speech: Speech) -> Paragraphs:
    lines = tuple(CellParagraph(_assessment(each, speech)) for each in row.disagreement)
    return Paragraphs(lines) if lines else _NOTHING


def _assessment(given: Assessment, speech: Speech) -> str:
    said = speech.degree(given.degree)
    if given.status:
        said = f"{said}; {given.status.text(speech.language)}"
    return f"{given.officer}: {said}"


def _spoken(voices: tuple[Voice, ...], speech: Speech) -> list[CellParagraph]:
    spoken = ((voice.officer, CellParagraph(voice.text, language=speech.mark(voice.language))) for voice in voices)
    return [line for officer, said in spoken for line in (*_speaker(officer, speech), said)]


def _speaker(officer: str, speech: Speech) -> list[CellParagraph]:
    return [CellParagraph(officer, Role.SPEAKER, language=speech.own)] if officer else []


def _differ(speech: Speech) -> CellParagraph:
    return CellParagraph(speech.words("Assessments differ"), Role.NOTE)


def _cell(goal: Goal, field: str, value: Iterable[CellParagraph], remarks: Iterable[CellParagraph] = ()) -> Paragraphs:
    return Paragraphs(tuple(value) or (_DASH,), tuple(remarks), value_bookmark(goal.code, field))
