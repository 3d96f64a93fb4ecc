"""The summary: what a council asks first, and how many goals have each status and degree, in tables and a chart."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain.base.heading import TITLE_FIELDS, Headings
from generator.domain.output.matters import Matters
from generator.domain.output.report import Report
from generator.domain.output.summary import Count, DivisionCount, Summary
from generator.domain.output.written_texts import ASSESSMENT
from generator.formats.docx.chart import Chart, Series
from generator.formats.docx.document_language import DocumentLanguage, division_line, language_tag, one_line
from generator.formats.docx.matters import MOST_DIVISIONS, make_matters
from generator.formats.docx.movement_words import compared_text, ended_year_text
from generator.formats.docx.status_table import StatusTable
from generator.formats.docx.summary_fields import CountFields, DivisionFields, LevelFields, MatterFields, SummaryFields
from generator.i18n.words import Words


@dataclass(frozen=True, slots=True)
class _CountedKind:
    """A degree or state that is counted: its full and short label, and its counts by level and division."""

    label: str
    short: str
    count: Count
    divisions: tuple[int, ...]
    is_degree: bool = False


def make_summary(report: Report, matters: Matters, headings: Headings, lang: DocumentLanguage) -> SummaryFields:
    """Makes the counts and matters of a report, without states that no goal is in; not reported is always counted."""
    words, summary, kinds = lang.words, report.summary, tuple(_kinds(report.summary, lang))
    statuses, lines = StatusTable(report, lang), make_matters(report, matters, lang)
    room = _room_for_bars(report, lines)
    by_status = statuses.chart(most_bars=room) if matters.has_statuses else None
    return SummaryFields(
        basis=_basis(report, words),
        matters=lines,
        has_statuses=matters.has_statuses,
        status_columns=statuses.columns,
        status_divisions=statuses.divisions,
        status_total=statuses.total,
        status_caption=words("Goals by overall status"),
        levels_fit=len(summary.divisions) <= MOST_DIVISIONS,
        levels=_levels(kinds, summary, headings, lang),
        computed=_computed(matters.computed, words),
        text=_text(summary, words),
        counts=tuple(_count(kind.label, kind.count) for kind in kinds),
        total=_count(words("Total"), summary.total),
        caption=words("Goals by degree of progress and level"),
        chart=by_status or _chart(kinds, summary, headings, lang, most_bars=room),
        chart_caption=(
            words("Shares of the overall statuses, and the numbers of goals")
            if by_status
            else words("Shares of the degrees of progress by level, and the numbers of goals")
        ),
        columns=tuple(kind.short for kind in kinds),
        divisions=tuple(
            _division(division, tuple(str(kind.divisions[index]) for kind in kinds), lang)
            for index, division in enumerate(summary.divisions)
        ),
        division_caption=words("Goals by division and degree of progress"),
    )


# Millimetres of the shipped template's page: what the summary has, a row of a table, a line, a bar, and all else.
_PAGE, _ROW, _LINE, _BAR, _REST = 175.0, 4.2, 4.1, 5.4, 50.0
_LINE_LENGTH = 128  # characters


def _room_for_bars(report: Report, lines: tuple[MatterFields, ...]) -> int:
    """Returns how many bars the chart may have, so that the summary keeps to its page."""
    divisions = len(report.summary.divisions)
    rows = divisions + 2 + (5 if divisions <= MOST_DIVISIONS else 0)
    assessment = (each.text for each in report.texts.texts if each.place == ASSESSMENT)
    texts = [*(line.text for line in lines), *(line for text in assessment for line in text.splitlines())]
    used = _REST + _ROW * rows + _LINE * sum(1 + len(text) // _LINE_LENGTH for text in texts)
    return max(1, int((_PAGE - used) / _BAR))


def _basis(report: Report, words: Words) -> str:
    """Returns where the programme was adopted, what the report is compared with, and how last year ended."""
    decision = one_line(report.frame.plan_decision).removesuffix(".")
    adopted = words("Programme: {decision}.", decision=decision) if decision else ""
    compared = compared_text(report.compared, words) if report.compared else ""
    return " ".join(filter(None, (adopted, compared, *ended_year_text(report.ended_year, words))))


def _levels(
    kinds: tuple[_CountedKind, ...], summary: Summary, headings: Headings, lang: DocumentLanguage
) -> tuple[LevelFields, ...]:
    names = (*(headings.label(field, lang.language) for field in TITLE_FIELDS), lang.words("Total"))
    totals = (*summary.total.by_level, summary.total.total)
    return tuple(
        LevelFields(name, tuple(str(_values(kind.count)[index]) for kind in kinds), totals[index])
        for index, name in enumerate(names)
    )


def _computed(count: int, words: Words) -> str:
    if not count:
        return ""
    return words.plural(
        "One of the degrees is computed from lower goals.",
        "Of the degrees, {count} are computed from lower goals.",
        count,
    )


def _kinds(summary: Summary, lang: DocumentLanguage) -> Iterator[_CountedKind]:
    words, divisions = lang.words, summary.divisions
    for index, item in enumerate(summary.degrees):
        counts = tuple(division.degrees[index] for division in divisions)
        yield _CountedKind(lang.degree(item.degree), str(item.degree), item.count, counts, is_degree=True)
    not_reported = words("Not reported")
    others = (
        (words.not_assessable(), summary.not_assessable, tuple(each.not_assessable for each in divisions)),
        (words("Assessments differ"), summary.disputed, tuple(each.disputed for each in divisions)),
        (not_reported, summary.not_reported, tuple(each.not_reported for each in divisions)),
        (words("No responsible officer"), summary.without_officer, tuple(each.without_officer for each in divisions)),
        (words("Nothing to report"), summary.not_expected, tuple(each.not_expected for each in divisions)),
    )
    yield from (
        _CountedKind(label, label, count, own) for label, count, own in others if count.total or label == not_reported
    )


def _count(label: str, count: Count) -> CountFields:
    return CountFields(label, *count.by_level, total=count.total)


def _division(division: DivisionCount, counts: tuple[str, ...], lang: DocumentLanguage) -> DivisionFields:
    name, language = division_line(one_line(division.division), lang)
    return DivisionFields(name, language, counts, division.total)


def _chart(
    kinds: tuple[_CountedKind, ...], summary: Summary, headings: Headings, lang: DocumentLanguage, *, most_bars: int
) -> Chart:
    """The degrees as bars: by level, or of all goals alone where there is no room for so many bars."""
    words, names = lang.words, tuple(headings.label(field, lang.language) for field in TITLE_FIELDS)
    every = tuple(enumerate(zip((*names, words("Total")), (*summary.total.by_level, summary.total.total), strict=True)))
    bars = every if len(every) <= most_bars else every[-1:]
    return Chart(
        title=words("Goals by degree of progress and level"),
        description=" ".join(_bar_text(index, name, kinds, words) for index, (name, _) in bars),
        language=language_tag(words.language),
        categories=tuple(f"{name} ({total})" for _, (name, total) in bars),
        series=tuple(
            Series(_series_name(kind, words), _values(kind.count)[-len(bars) :], kind.is_degree) for kind in kinds
        ),
    )


def _values(count: Count) -> tuple[int, ...]:
    return (*count.by_level, count.total)


def _series_name(kind: _CountedKind, words: Words) -> str:
    return words("Degree {degree}", degree=kind.short) if kind.is_degree else kind.label


def _bar_text(bar: int, name: str, kinds: tuple[_CountedKind, ...], words: Words) -> str:
    """Returns `Action: Degree 2: 3, Degree 4: 1.`"""
    counts = ", ".join(f"{_series_name(kind, words)}: {value}" for kind in kinds if (value := _values(kind.count)[bar]))
    return f"{name}: {counts or 0}."


def _text(summary: Summary, words: Words) -> str:
    total = words.plural("This document has one goal.", "This document has {count} goals.", summary.total.total)
    counts = [words("degree {degree}: {count}", degree=each.degree, count=each.count.total) for each in summary.degrees]
    others = (
        (words.not_assessable(), summary.not_assessable),
        (words("Assessments differ"), summary.disputed),
        (words("Not reported"), summary.not_reported),
        (words("No responsible officer"), summary.without_officer),
        (words("Nothing to report"), summary.not_expected),
    )
    counts += [f"{label[:1].lower()}{label[1:]}: {count.total}" for label, count in others if count.total]
    by_degree = words("By degree of progress: {counts}.", counts=", ".join(counts))
    return f"{total} {by_degree}"
