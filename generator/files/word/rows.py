"""One goal's row in words: what stands in each of its eight cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.domain.heading import Field
from generator.domain.merge import GoalState
from generator.domain.plan import Goal
from generator.domain.report import Change, Movement, ReportRow, Voice
from generator.domain.rules import N_
from generator.domain.scale import Scale
from generator.files.word.fields import RowFields
from generator.files.word.runs import Line, Paragraphs, Role
from generator.language import Words

# A row longer than about a third of a page would leave too much of a page empty if it were kept whole.
LONGEST_UNBROKEN = 900
_DASH = Line("–")
_CHANGES = {
    Change.ADVANCED: N_("{before} → {now}, advanced"),
    Change.FELL_BACK: N_("{before} → {now}, fell back"),
    Change.UNCHANGED: N_("{before} → {now}, unchanged"),
}


@dataclass(frozen=True, slots=True)
class Speech:
    """The language a document is written in, with the degrees as it prints them (None: `Ei arvioitavissa`)."""

    words: Words
    degrees: Mapping[int | None, str]

    @property
    def language(self) -> str:
        return self.words.language.value


def make_speech(scale: Scale, words: Words) -> Speech:
    degrees: dict[int | None, str] = {None: words.not_assessable()}
    for degree in scale.degrees:
        degrees[degree.value] = scale.full_label(degree.value, words.language.value)
    return Speech(words, MappingProxyType(degrees))


def make_row(row: ReportRow, speech: Speech) -> RowFields:
    council_term_goal, annual_goal, action = _titles(row.goal)
    main_risks, narrative = _main_risks(row), _narrative(row, speech)
    return RowFields(
        code=row.goal.code,
        title=one_line(f"{row.goal.code} {row.goal.title}"),
        level=row.goal.level,
        council_term_goal=council_term_goal,
        annual_goal=annual_goal,
        action=action,
        main_risks=main_risks,
        overall_status=_overall_status(row, speech),
        degree=_degree(row, speech),
        narrative=narrative,
        officer=_officers(row),
        waiting=speech.words.list(row.waiting),
        change=movement_text(row.movement, speech) if row.movement else "",
        is_short=max(main_risks.longest, narrative.longest) <= LONGEST_UNBROKEN,
    )


def movement_text(movement: Movement, speech: Speech) -> str:
    """`2 → 3, eteni`; where one of the periods has no degree, what is known of the earlier."""
    if movement.change in _CHANGES:
        return speech.words(_CHANGES[movement.change], before=movement.before, now=movement.now)
    if movement.before is None:
        return speech.words("no earlier assessment")
    return speech.words("degree {before} in the previous period", before=movement.before)


def one_line(text: str) -> str:
    """The text without line ends, for headings and other places that hold one line."""
    return " ".join(text.split())


def _titles(goal: Goal) -> tuple[Paragraphs, Paragraphs, Paragraphs]:
    above = [Paragraphs((Line(code, Role.ANCESTOR),)) for code in goal.ancestors]
    own = _cell(goal, "title", (Line(f"{goal.code} {goal.title}"),))
    first, second, third = above + [own] + [Paragraphs((_DASH,))] * (3 - goal.level)
    return first, second, third


def _main_risks(row: ReportRow) -> Paragraphs:
    return _cell(row.goal, Field.MAIN_RISKS, _spoken(row.main_risks))


def _overall_status(row: ReportRow, speech: Speech) -> Paragraphs:
    lines: list[Line] = [_differ(speech)] if len(row.statuses) > 1 else []
    for voice in row.statuses:
        lines += _speaker(voice.officer)
        lines.append(Line(voice.status.text(speech.language), colour=voice.status.colour))
    return _cell(row.goal, Field.OVERALL_STATUS, lines)


def _degree(row: ReportRow, speech: Speech) -> Paragraphs:
    remarks: list[Line] = []
    if row.state is GoalState.COMPUTED:
        remarks.append(Line(speech.words("Computed from the goals of the level below"), Role.REMARK))
    if row.movement and row.state is not GoalState.UNOWNED:
        remarks.append(Line(movement_text(row.movement, speech), Role.CHANGE))
    return _cell(row.goal, Field.DEGREE, _degree_lines(row, speech), remarks)


def _degree_lines(row: ReportRow, speech: Speech) -> list[Line]:
    if row.state is GoalState.NOT_REPORTED:
        return [Line(speech.words("Not reported"), Role.NOTE)]
    if row.state is GoalState.COMPUTED:
        return [Line(speech.words("{degree} (computed)", degree=speech.degrees[row.degrees[0].degree]))]
    lines: list[Line] = [_differ(speech)] if len(row.degrees) > 1 else []
    for voice in row.degrees:
        lines += _speaker(voice.officer)
        lines.append(Line(speech.degrees[voice.degree]))
    return lines


def _narrative(row: ReportRow, speech: Speech) -> Paragraphs:
    waiting = speech.words.list(row.waiting)
    if row.state is GoalState.NOT_REPORTED:
        said = [Line(speech.words("Not reported: {officers}", officers=waiting), Role.NOTE)]
        return _cell(row.goal, Field.NARRATIVE, said)
    late = Line(speech.words("Not yet reported by: {officers}", officers=waiting), Role.NOTE)
    remarks = [late] if waiting else []
    return _cell(row.goal, Field.NARRATIVE, _spoken(row.narratives), remarks)


def _officers(row: ReportRow) -> Paragraphs:
    return _cell(row.goal, Field.OFFICER, (Line(name) for name in row.goal.officers))


def _spoken(voices: tuple[Voice, ...]) -> list[Line]:
    return [line for voice in voices for line in (*_speaker(voice.officer), Line(voice.text))]


def _speaker(officer: str) -> list[Line]:
    return [Line(officer, Role.SPEAKER)] if officer else []


def _differ(speech: Speech) -> Line:
    return Line(speech.words("Assessments differ"), Role.NOTE)


def _cell(goal: Goal, field: str, value: Iterable[Line], remarks: Iterable[Line] = ()) -> Paragraphs:
    bookmark = f"g_{goal.code.replace('.', '_')}_{field}"
    return Paragraphs(tuple(value) or (_DASH,), tuple(remarks), bookmark)
