"""The fields of one goal's row: the text of its eight cells, and other values that a template may print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.base.settings import SettledForm
from generator.domain.follow_up.merge import GoalState
from generator.domain.output.report import Assessment, ReportRow, Voice
from generator.domain.plan.goals import Goal
from generator.formats.docx.document_language import (
    DocumentLanguage,
    goal_line,
    one_line,
    post_line,
    posts,
    posts_language,
)
from generator.formats.docx.fields import RowFields
from generator.formats.docx.movement_words import movement_text
from generator.formats.docx.runs import CellParagraph, Paragraphs, Role
from generator.formats.docx.value_marks import TITLE

# A row longer than about a third of a page would leave too much of a page empty if it were kept whole.
LONGEST_UNBROKEN = 600
_LINE = 40  # characters
_DASH = CellParagraph("–")
_NOTHING = Paragraphs((_DASH,))


class RowOnDemand(RowFields):
    """A goal's row. Each field is made when it is first read: a row that was printed earlier needs none.

    `key` identifies all inputs of the fields, within one language and scale.
    """

    __slots__ = ("_made", "key", "lang", "source")

    def __init__(self, source: ReportRow, lang: DocumentLanguage, kind: str = "") -> None:
        _set_source(self, source)
        _set_lang(self, lang)
        _set_key(self, (source.digest, kind))
        _set_made(self, {})

    def __getattr__(self, name: str) -> Any:
        """Called for each field, since its slot is never filled."""
        if name not in _FIELDS:
            raise AttributeError(name)
        return self.field(name)

    def field(self, name: str) -> Any:
        """Returns a field."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = _FIELDS[name](self)
        return made

    def forget_fields(self) -> None:
        """Deletes the fields that were made, since they need more memory than the printed row."""
        self._made.clear()


class ListedRow(RowOnDemand):
    """The row as lists print it: without bookmarks, which enclose the values in the tables of the goals alone."""

    __slots__ = ()

    def field(self, name: str) -> Any:
        """Returns a field; of the degree only its value."""
        made = RowOnDemand.field(self, name)
        if not isinstance(made, Paragraphs):
            return made
        return Paragraphs(made.value, () if name == Field.DEGREE else made.remarks)


# The quickest way to set the slots of a frozen dataclass; there are thousands of rows.
_set_source, _set_lang, _set_key, _set_made = (
    getattr(RowOnDemand, name).__set__ for name in ("source", "lang", "key", "_made")
)


def listed(row: RowOnDemand) -> ListedRow:
    """Returns the row as lists print it."""
    return ListedRow(row.source, row.lang, "listed")


def _title_cell(level: int) -> Callable[[RowOnDemand], Paragraphs]:
    """Makes the cell of a level's column: the goal's own title, a parent's code, or a dash at lower levels."""

    def make(fields: RowOnDemand) -> Paragraphs:
        goal = fields.source.goal
        if level == goal.level:
            return _cell(goal, TITLE, [goal_line(goal, fields.lang)])
        return _NOTHING if level > goal.level else _ancestor(goal.ancestors[level - 1])

    return make


@lru_cache(maxsize=200)
def _ancestor(code: str) -> Paragraphs:
    return Paragraphs((CellParagraph(code, Role.ANCESTOR),))


def _main_risks(fields: RowOnDemand) -> Paragraphs:
    row, lang = fields.source, fields.lang
    return _cell(row.goal, Field.MAIN_RISKS, _in_words(row.main_risks, lang))


def _officer(fields: RowOnDemand) -> Paragraphs:
    goal = fields.source.goal
    return _cell(goal, Field.OFFICER, [post_line(name, fields.lang) for name in goal.officers])


def _overall_status(fields: RowOnDemand) -> Paragraphs:
    row, lang = fields.source, fields.lang
    lines: list[CellParagraph] = [_differ(lang)] if len(row.statuses) > 1 else []
    for voice in row.statuses:
        lines += _speaker(voice.officer, lang)
        text = voice.status.text(lang.language)
        said = _as_settled(text, lang) if row.is_status_settled else text
        lines.append(CellParagraph(said, colour=voice.status.colour))
    given = ((each.officer, each.status.text(lang.language)) for each in row.settled if each.status)
    return _cell(row.goal, Field.OVERALL_STATUS, lines, _each_given(row, given, lang) if row.is_status_settled else ())


def _degree(fields: RowOnDemand) -> Paragraphs:
    row, lang = fields.source, fields.lang
    given = ((each.officer, lang.degree(each.degree)) for each in row.settled)
    remarks = _each_given(row, given, lang) if row.is_degree_settled else []
    if row.is_computed:
        remarks.append(CellParagraph(lang.words("Computed from the goals of the level below"), Role.REMARK))
    moved = movement_text(row.movement, lang) if row.movement else ""
    if moved and row.state is not GoalState.UNOWNED:
        remarks.append(CellParagraph(moved, Role.CHANGE))
    return _cell(row.goal, Field.DEGREE, _degree_lines(row, lang), remarks)


def _degree_lines(row: ReportRow, lang: DocumentLanguage) -> list[CellParagraph]:
    if row.state is GoalState.NOT_REPORTED:
        said = _IN_CHECK if row.unchecked else N_("Not reported")
        return [CellParagraph(lang.words(said), Role.NOTE)]
    if row.is_computed:
        return [CellParagraph(lang.words("{degree} (computed)", degree=lang.degree(row.degrees[0].degree)))]
    lines: list[CellParagraph] = [_differ(lang)] if len(row.degrees) > 1 else []
    for voice in row.degrees:
        lines += _speaker(voice.officer, lang)
        degree = lang.degree(voice.degree)
        lines.append(CellParagraph(_as_settled(degree, lang) if row.is_degree_settled else degree))
    return lines


def _as_settled(value: str, lang: DocumentLanguage) -> str:
    """Returns a value with the words that a person chose it between officers."""
    return lang.words("{value} (settled assessment)", value=value)


def _each_given(row: ReportRow, given: Iterable[tuple[str, str]], lang: DocumentLanguage) -> list[CellParagraph]:
    """Returns a line with each officer's value below the settled one, if the settings want that."""
    if row.settled_form is SettledForm.SHORT:
        return []
    return [CellParagraph(f"{lang.names.post(officer)}: {value}", Role.REMARK) for officer, value in given]


def _narrative(fields: RowOnDemand) -> Paragraphs:
    row, lang = fields.source, fields.lang
    remarks = _missing_voices(row, lang) if row.waiting else []
    if row.state is GoalState.NOT_REPORTED:
        return _cell(row.goal, Field.NARRATIVE, remarks)
    return _cell(row.goal, Field.NARRATIVE, _in_words(row.narratives, lang), remarks)


def _missing_voices(row: ReportRow, lang: DocumentLanguage) -> list[CellParagraph]:
    """Says who has not reported, and whose answer waits until its sender is checked."""
    silent = posts((officer for officer in row.waiting if officer not in row.unchecked), lang)
    said = _NOBODY if row.state is GoalState.NOT_REPORTED else _NOT_ALL
    missing = ((said, silent), (_OFFICERS_IN_CHECK, posts(row.unchecked, lang)))
    return [CellParagraph(lang.words(message, officers=names), Role.NOTE) for message, names in missing if names]


def _waiting(row: ReportRow, lang: DocumentLanguage) -> str:
    """Returns who has not reported, on one line, and which of them only wait for a check of their sender."""
    in_check = f" ({lang.words(_IN_CHECK)})"
    return lang.words.list(
        f"{lang.names.post(name)}{in_check if name in row.unchecked else ''}" for name in row.waiting
    )


_IN_CHECK = N_("waits for a check of its sender")
_NOBODY, _NOT_ALL = N_("Not reported: {officers}"), N_("Not yet reported by: {officers}")
_OFFICERS_IN_CHECK = N_("Waits for a check of its sender: {officers}")


def _assessments(fields: RowOnDemand) -> Paragraphs:
    lines = tuple(CellParagraph(_assessment(each, fields.lang)) for each in fields.source.disagreement)
    return Paragraphs(lines) if lines else _NOTHING


def _assessment(given: Assessment, lang: DocumentLanguage) -> str:
    said = lang.degree(given.degree)
    if given.status:
        said = f"{said}; {given.status.text(lang.language)}"
    return f"{lang.names.post(given.officer)}: {said}"


def _in_words(voices: tuple[Voice, ...], lang: DocumentLanguage) -> list[CellParagraph]:
    lines: list[CellParagraph] = []
    for voice in voices:
        lines += _speaker(voice.officer, lang)
        lines.append(CellParagraph(voice.text, language=lang.mark(voice.language)))
    return lines


def _speaker(officer: str, lang: DocumentLanguage) -> list[CellParagraph]:
    return [post_line(officer, lang, Role.SPEAKER)] if officer else []


def _differ(lang: DocumentLanguage) -> CellParagraph:
    return CellParagraph(lang.words("Assessments differ"), Role.NOTE)


def _cell(goal: Goal, field: str, value: Sequence[CellParagraph], remarks: Sequence[CellParagraph] = ()) -> Paragraphs:
    return Paragraphs(tuple(value) or (_DASH,), tuple(remarks), (goal.code, field))


def _is_short(row: RowOnDemand) -> bool:
    """True if neither of the two cells with officers' texts is long; a line break counts as a whole line."""
    cells = row.main_risks, row.narrative
    return all(sum(map(_length, (*cell.value, *cell.remarks))) <= LONGEST_UNBROKEN for cell in cells)


def _length(line: CellParagraph) -> int:
    """Returns the length of a text in characters, plus a line for each line break and for the end."""
    ends = line.text.count("\n") if "\n" in line.text else 0
    return len(line.text) + _LINE * (1 + ends)


def _degree_label(row: RowOnDemand) -> str:
    value = row.source.degree
    return _DASH.text if value is None else row.lang.degree(value).removeprefix(f"{value} ")


def _one_status(row: RowOnDemand) -> str:
    given = row.source.statuses
    return given[0].status.text(row.lang.language) if len(given) == 1 else ""


def _division_language(row: RowOnDemand) -> str:
    name = one_line(row.source.goal.division)
    return row.lang.own if name and not row.lang.names.has_division(name) else ""


def _settlement(row: RowOnDemand) -> Paragraphs:
    lines = tuple(CellParagraph(_assessment(each, row.lang)) for each in row.source.settled)
    return Paragraphs(lines) if lines else _NOTHING


def _change(row: RowOnDemand) -> str:
    return movement_text(row.source.movement, row.lang) if row.source.movement else ""


_FIELDS: Mapping[str, Callable[[RowOnDemand], Any]] = MappingProxyType(
    {
        "code": lambda row: row.source.goal.code,
        "title": lambda row: one_line(goal_line(row.source.goal, row.lang).text),
        "language": lambda row: goal_line(row.source.goal, row.lang).language,
        "level": lambda row: row.source.goal.level,
        "council_term_goal": _title_cell(1),
        "annual_goal": _title_cell(2),
        "action": _title_cell(3),
        "main_risks": _main_risks,
        "overall_status": _overall_status,
        "degree": _degree,
        "narrative": _narrative,
        "officer": _officer,
        "waiting": lambda row: _waiting(row.source, row.lang),
        "change": _change,
        "officers": lambda row: posts(row.source.goal.officers, row.lang) or _DASH.text,
        "officers_language": lambda row: posts_language(row.source.goal.officers, row.lang),
        "assessments": _assessments,
        "degree_number": lambda row: _DASH.text if row.source.degree is None else str(row.source.degree),
        "degree_label": _degree_label,
        "status": lambda row: _one_status(row) or _DASH.text,
        "division": lambda row: row.lang.names.division(one_line(row.source.goal.division)) or _DASH.text,
        "division_language": _division_language,
        "settlement": _settlement,
        "is_short": _is_short,
    }
)
