"""Writes the chapter on programme changes: which goals are new, removed, retitled, split, joined or moved."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from generator.domain.base.rule import N_
from generator.domain.follow_up.comparison import PrintedGoal
from generator.domain.output.programme import ProgrammeRow
from generator.domain.output.report import Report
from generator.domain.plan.goals import Goal
from generator.domain.plan.programme import ProgrammeChangeKind
from generator.formats.docx.document_language import DocumentLanguage, goal_line, one_line, post_line
from generator.formats.docx.fields import ProgrammeFields, ProgrammeRowFields
from generator.formats.docx.runs import CellParagraph, Paragraphs
from generator.i18n.programme_kinds import change_words
from generator.i18n.words import Words

_COUNTS = {
    ProgrammeChangeKind.NEW: N_("new: {count}"),
    ProgrammeChangeKind.REMOVED: N_("removed: {count}"),
    ProgrammeChangeKind.RETITLED: N_("with another title: {count}"),
    ProgrammeChangeKind.SPLIT: N_("made by a split: {count}"),
    ProgrammeChangeKind.JOINED: N_("made by a joining: {count}"),
    ProgrammeChangeKind.RENUMBERED: N_("with another code: {count}"),
    ProgrammeChangeKind.OFFICER: N_("with another responsible officer: {count}"),
    ProgrammeChangeKind.DIVISION: N_("in another division: {count}"),
}
_DASH = CellParagraph("–")


def make_programme(report: Report, lang: DocumentLanguage) -> ProgrammeFields:
    """Makes the chapter; without changes its text is empty and it has no rows."""
    words = lang.words
    listed = programme_counts(report, words)
    text = words("Goals of the programme since the previous period: {counts}.", counts=listed) if listed else ""
    caption = words("Changes to the programme since the previous period")
    earlier = _with_earlier_degrees(report, lang)
    return ProgrammeFields(text, tuple(_row(row, earlier) for row in report.programme), caption)


def programme_counts(report: Report, words: Words) -> str:
    """Returns how many goals are new, removed and so on: `uusia: 4, poistunut: 2`; an empty string if none."""
    counts = Counter(row.change.kind for row in report.programme)
    return ", ".join(words(_COUNTS[kind], count=counts[kind]) for kind in ProgrammeChangeKind if counts[kind])


def _with_earlier_degrees(report: Report, lang: DocumentLanguage) -> DocumentLanguage:
    """Returns the language with last degrees as numbers of the earlier scale, if the labels are those of another."""
    if report.compared is None or not report.compared.has_other_scale:
        return lang
    found = {printed.degree for row in report.programme for printed in row.printed}
    return replace(
        lang,
        degrees=MappingProxyType({each: lang.words("{degree} on the earlier scale", degree=each) for each in found}),
    )


def _row(row: ProgrammeRow, lang: DocumentLanguage) -> ProgrammeRowFields:
    change, title = row.change, goal_line(row.change.goal, lang)
    return ProgrammeRowFields(
        title=one_line(title.text),
        language=title.language,
        change=change_words(change, lang.words, posts=lang.names.post, divisions=lang.names.division),
        earlier=Paragraphs(tuple(_earlier(row, lang)) or (_DASH,)),
    )


def _earlier(row: ProgrammeRow, lang: DocumentLanguage) -> Iterator[CellParagraph]:
    """Returns what the goal was before: its title, its last degree, its officers or its division."""
    change = row.change
    match change.kind:
        case ProgrammeChangeKind.RETITLED | ProgrammeChangeKind.RENUMBERED:
            yield from (goal_line(goal, lang) for goal in change.earlier)
        case ProgrammeChangeKind.SPLIT | ProgrammeChangeKind.JOINED:
            for goal in change.earlier:
                yield goal_line(goal, lang)
                yield from _degrees_of(goal, row, lang)
        case ProgrammeChangeKind.REMOVED:
            yield from _degrees_of(change.goal, row, lang)
        case ProgrammeChangeKind.OFFICER:
            yield from (post_line(name, lang) for goal in change.earlier for name in goal.officers)
        case ProgrammeChangeKind.DIVISION if change.before:
            language = "" if lang.names.has_division(change.before) else lang.own
            yield CellParagraph(lang.names.division(change.before), language=language)


def _degrees_of(goal: Goal, row: ProgrammeRow, lang: DocumentLanguage) -> Iterator[CellParagraph]:
    for printed in row.printed:
        if printed.goal.code == goal.code:
            yield CellParagraph(lang.words("last degree: {degree}", degree=_degree(printed, lang)))


def _degree(printed: PrintedGoal, lang: DocumentLanguage) -> str:
    if printed.differed:
        return lang.words("assessments differed")
    if printed.degree is None:
        return lang.words("none")
    degree = lang.degree(printed.degree)
    return lang.words("{degree} (computed)", degree=degree) if printed.is_computed else degree
