"""One goal's row in words: the content of its eight cells."""

from collections.abc import Iterable
from dataclasses import replace

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.follow_up.merge import GoalState
from generator.domain.output.report import Assessment, ReportRow, Voice
from generator.domain.plan.goals import Goal
from generator.formats.docx.document_language import DocumentLanguage, goal_line, one_line
from generator.formats.docx.fields import RowFields, field_types
from generator.formats.docx.movement_words import movement_text
from generator.formats.docx.printed_rows import RowOnDemand
from generator.formats.docx.runs import CellParagraph, Paragraphs, Role
from generator.formats.opc.wordml import value_bookmark

# A row longer than about a third of a page would leave too much of a page empty if it were kept whole.
LONGEST_UNBROKEN = 600
_DASH = CellParagraph("–")
_NOTHING = Paragraphs((_DASH,))


def make_row(row: ReportRow, lang: DocumentLanguage) -> RowFields:
    """Makes the fields of one goal's row."""
    title = goal_line(row.goal, lang)
    council_term_goal, annual_goal, action = _titles(row.goal, lang)
    main_risks = _cell(row.goal, Field.MAIN_RISKS, _in_words(row.main_risks, lang))
    narrative = _narrative(row, lang)
    officers = (CellParagraph(name, language=lang.own) for name in row.goal.officers)
    return RowFields(
        code=row.goal.code,
        title=one_line(title.text),
        language=title.language,
        level=row.goal.level,
        council_term_goal=council_term_goal,
        annual_goal=annual_goal,
        action=action,
        main_risks=main_risks,
        overall_status=_overall_status(row, lang),
        degree=_degree(row, lang),
        narrative=narrative,
        officer=_cell(row.goal, Field.OFFICER, officers),
        waiting=lang.words.list(row.waiting),
        change=movement_text(row.movement, lang) if row.movement else "",
        officers=lang.words.list(row.goal.officers) or _DASH.text,
        assessments=_assessments(row, lang),
        is_short=max(main_risks.longest, narrative.longest) <= LONGEST_UNBROKEN,
    )


def listed(row: RowOnDemand) -> RowOnDemand:
    """The row as lists print it: without bookmarks, which enclose the values in the tables of the goals alone."""
    return RowOnDemand(row.source, lambda _: _without_bookmarks(row), kind="listed")


def _without_bookmarks(row: RowFields) -> RowFields:
    fields = {name: getattr(row, name) for name in field_types(RowFields)}
    plain = {field.value: replace(fields[field.value], bookmark=None) for field in Field}
    return RowFields(**{**fields, **plain, Field.DEGREE: replace(row.degree, bookmark=None, remarks=())})


def _titles(goal: Goal, lang: DocumentLanguage) -> tuple[Paragraphs, Paragraphs, Paragraphs]:
    above = [Paragraphs((CellParagraph(code, Role.ANCESTOR),)) for code in goal.ancestors]
    own = _cell(goal, "title", (goal_line(goal, lang),))
    first, second, third = above + [own] + [_NOTHING] * (3 - goal.level)
    return first, second, third


def _overall_status(row: ReportRow, lang: DocumentLanguage) -> Paragraphs:
    lines: list[CellParagraph] = [_differ(lang)] if len(row.statuses) > 1 else []
    for voice in row.statuses:
        lines += _speaker(voice.officer, lang)
        lines.append(CellParagraph(voice.status.text(lang.language), colour=voice.status.colour))
    return _cell(row.goal, Field.OVERALL_STATUS, lines)


def _degree(row: ReportRow, lang: DocumentLanguage) -> Paragraphs:
    remarks: list[CellParagraph] = []
    if row.state is GoalState.COMPUTED:
        remarks.append(CellParagraph(lang.words("Computed from the goals of the level below"), Role.REMARK))
    moved = movement_text(row.movement, lang) if row.movement else ""
    if moved and row.state is not GoalState.UNOWNED:
        remarks.append(CellParagraph(moved, Role.CHANGE))
    return _cell(row.goal, Field.DEGREE, _degree_lines(row, lang), remarks)


def _degree_lines(row: ReportRow, lang: DocumentLanguage) -> list[CellParagraph]:
    if row.state is GoalState.NOT_REPORTED:
        said = _IN_CHECK if row.unchecked else N_("Not reported")
        return [CellParagraph(lang.words(said), Role.NOTE)]
    if row.state is GoalState.COMPUTED:
        return [CellParagraph(lang.words("{degree} (computed)", degree=lang.degree(row.degrees[0].degree)))]
    lines: list[CellParagraph] = [_differ(lang)] if len(row.degrees) > 1 else []
    for voice in row.degrees:
        lines += _speaker(voice.officer, lang)
        lines.append(CellParagraph(lang.degree(voice.degree)))
    return lines


def _narrative(row: ReportRow, lang: DocumentLanguage) -> Paragraphs:
    silent = tuple(officer for officer in row.waiting if officer not in row.unchecked)
    waiting, in_check = lang.words.list(silent), lang.words.list(row.unchecked)
    checked = CellParagraph(lang.words(_OFFICERS_IN_CHECK, officers=in_check), Role.NOTE)
    later = [checked] if row.unchecked else []
    if row.state is GoalState.NOT_REPORTED:
        said = CellParagraph(lang.words("Not reported: {officers}", officers=waiting), Role.NOTE)
        return _cell(row.goal, Field.NARRATIVE, [*([said] if silent else []), *later])
    late = CellParagraph(lang.words("Not yet reported by: {officers}", officers=waiting), Role.NOTE)
    remarks = [*([late] if silent else []), *later]
    return _cell(row.goal, Field.NARRATIVE, _in_words(row.narratives, lang), remarks)


_IN_CHECK = N_("waits for a check of its sender")
_OFFICERS_IN_CHECK = N_("Waits for a check of its sender: {officers}")


def _assessments(row: ReportRow, lang: DocumentLanguage) -> Paragraphs:
    lines = tuple(CellParagraph(_assessment(each, lang)) for each in row.disagreement)
    return Paragraphs(lines) if lines else _NOTHING


def _assessment(given: Assessment, lang: DocumentLanguage) -> str:
    said = lang.degree(given.degree)
    if given.status:
        said = f"{said}; {given.status.text(lang.language)}"
    return f"{given.officer}: {said}"


def _in_words(voices: tuple[Voice, ...], lang: DocumentLanguage) -> list[CellParagraph]:
    texts = ((voice.officer, CellParagraph(voice.text, language=lang.mark(voice.language))) for voice in voices)
    return [line for officer, said in texts for line in (*_speaker(officer, lang), said)]


def _speaker(officer: str, lang: DocumentLanguage) -> list[CellParagraph]:
    return [CellParagraph(officer, Role.SPEAKER, language=lang.own)] if officer else []


def _differ(lang: DocumentLanguage) -> CellParagraph:
    return CellParagraph(lang.words("Assessments differ"), Role.NOTE)


def _cell(goal: Goal, field: str, value: Iterable[CellParagraph], remarks: Iterable[CellParagraph] = ()) -> Paragraphs:
    return Paragraphs(tuple(value) or (_DASH,), tuple(remarks), value_bookmark(goal.code, field))
