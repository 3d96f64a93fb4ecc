"""The summary: how many goals have each degree, by level and division, in tables, words and a chart."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.domain.base.heading import TITLE_FIELDS, Headings
from generator.domain.output.summary import Count, DivisionCount, Summary
from generator.formats.docx.chart import Chart, Series
from generator.formats.docx.document_language import DocumentLanguage, language_tag, one_line, series
from generator.formats.docx.fields import CountFields, DivisionFields, SummaryFields
from generator.i18n.words import Words


@dataclass(frozen=True, slots=True)
class _CountedKind:
    """A degree or state that is counted: its full and short label, and its counts by level and division."""

    label: str
    short: str
    count: Count
    divisions: tuple[int, ...]
    is_degree: bool = False


def make_summary(summary: Summary, headings: Headings, lang: DocumentLanguage) -> SummaryFields:
    """Makes the counts in words, without states that no goal is in; not reported is always counted."""
    words, kinds = lang.words, tuple(_kinds(summary, lang))
    return SummaryFields(
        text=_text(summary, words),
        counts=tuple(_count(kind.label, kind.count) for kind in kinds),
        total=_count(words("Total"), summary.total),
        caption=words("Goals by degree of progress and level"),
        chart=_chart(kinds, summary, headings, lang),
        chart_caption=words("Shares of the degrees of progress by level, and the numbers of goals"),
        columns=tuple(kind.short for kind in kinds),
        divisions=tuple(
            _division(division, tuple(str(kind.divisions[index]) for kind in kinds), lang)
            for index, division in enumerate(summary.divisions)
        ),
        division_caption=words("Goals by division and degree of progress"),
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
    name = one_line(division.division)
    language = "" if not name or lang.names.has_division(name) else lang.own
    return DivisionFields(lang.names.division(name) or lang.words("No division"), language, counts, division.total)


def _chart(kinds: tuple[_CountedKind, ...], summary: Summary, headings: Headings, lang: DocumentLanguage) -> Chart:
    words, names = lang.words, tuple(headings.label(field, lang.language) for field in TITLE_FIELDS)
    bars = tuple(zip((*names, words("Total")), (*summary.total.by_level, summary.total.total), strict=True))
    return Chart(
        title=words("Goals by degree of progress and level"),
        description=" ".join(_bar_text(index, name, kinds, words) for index, (name, _) in enumerate(bars)),
        language=language_tag(words.language),
        categories=tuple(f"{name} ({total})" for name, total in bars),
        series=tuple(Series(_series_name(kind, words), _values(kind.count), kind.is_degree) for kind in kinds),
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
    total = words.plural(
        "There is {count} goal in this document.", "There are {count} goals in this document.", summary.total.total
    )
    sentences = (total, _degrees_text(summary, words), *_others_text(summary, words))
    return " ".join(sentence for sentence in sentences if sentence)


def _degrees_text(summary: Summary, words: Words) -> str:
    counts = tuple(
        words(
            "{goals} at degree {degree}",
            goals=words.plural("{count} goal", "{count} goals", item.count.total),
            degree=item.degree,
        )
        for item in summary.degrees
        if item.count.total
    )
    return words("By degree of progress: {counts}.", counts=series(counts, words)) if counts else ""


def _others_text(summary: Summary, words: Words) -> tuple[str, ...]:
    not_assessable, disputed = summary.not_assessable.total, summary.disputed.total
    not_reported, without_officer = summary.not_reported.total, summary.without_officer.total
    sentences = (
        not_assessable
        and words.plural("{count} goal cannot be assessed.", "{count} goals cannot be assessed.", not_assessable),
        disputed
        and words.plural(
            "The officers' assessments differ on {count} goal.",
            "The officers' assessments differ on {count} goals.",
            disputed,
        ),
        not_reported
        and words.plural("{count} goal has not been reported.", "{count} goals have not been reported.", not_reported),
        without_officer
        and words.plural(
            "{count} goal has no responsible officer and no computed degree.",
            "{count} goals have no responsible officer and no computed degree.",
            without_officer,
        ),
        summary.not_expected.total
        and words.plural(
            "{count} goal need not be reported, and its degree could not be computed.",
            "{count} goals need not be reported, and their degrees could not be computed.",
            summary.not_expected.total,
        ),
    )
    return tuple(sentence for sentence in sentences if sentence)
