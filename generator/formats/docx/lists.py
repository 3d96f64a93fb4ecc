"""The lists after the summary: changed degrees, lowest degrees, goals not reported, disagreements."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from generator.domain.output.movement import Change
from generator.domain.output.report import Report, ReportRow
from generator.formats.docx.document_language import DocumentLanguage, series
from generator.formats.docx.fields import ChangesFields, DisagreementFields, LowestFields, RowFields, UnreportedFields
from generator.formats.docx.movement_words import compared_text, in_brackets
from generator.formats.docx.rows import RowOnDemand, listed
from generator.i18n.words import Words


def make_changes(report: Report, rows: Mapping[str, RowOnDemand], words: Words) -> ChangesFields:
    """Lists the degrees that rose and fell since the previous period; `rows` are the tables' by code."""
    moved = tuple((row, row.movement.change) for row in report.rows if row.movement)
    changed = tuple(row for row, change in moved if change in (Change.ADVANCED, Change.FELL_BACK))
    return ChangesFields(
        text=_changes_text(report, Counter(change for _, change in moved), words),
        rows=_listed(rows, changed),
        caption=words("Goals whose degree of progress has changed since the previous period"),
    )


def _changes_text(report: Report, changes: Counter[Change], words: Words) -> str:
    """Returns which report this one is compared with, and how many degrees rose, fell and stayed; empty if none."""
    if report.compared is None:
        return ""
    missing = _without_degree(report, words)
    counted = (_counts_text(changes, words), *_not_compared(changes, words), *missing) if changes else ()
    return " ".join((compared_text(report.compared, words), *counted, *_ended_year_text(report, words)))


def _counts_text(changes: Counter[Change], words: Words) -> str:
    return words(
        "Compared with the previous period, goals whose degree of progress rose: {advanced}, fell: {fell_back}, "
        "stayed the same: {unchanged}.",
        advanced=changes[Change.ADVANCED],
        fell_back=changes[Change.FELL_BACK],
        unchanged=changes[Change.UNCHANGED],
    )


def _not_compared(changes: Counter[Change], words: Words) -> tuple[str, ...]:
    new = changes[Change.NEW_GOAL]
    joined, others = changes[Change.JOINED] + changes[Change.SPLIT], changes[Change.OTHER_SOURCES]
    sentences = (
        new and words.plural("{count} goal is new.", "{count} goals are new.", new),
        joined
        and words.plural(
            "{count} goal cannot be compared, because it was made by splitting or joining goals.",
            "{count} goals cannot be compared, because they were made by splitting or joining goals.",
            joined,
        ),
        others
        and words.plural(
            "{count} computed degree cannot be compared, because the way it is computed has changed.",
            "{count} computed degrees cannot be compared, because the way they are computed has changed.",
            others,
        ),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _without_degree(report: Report, words: Words) -> Iterator[str]:
    """Yields how many goals have no single degree, by the period in which they have none."""
    movements = (row.movement for row in report.rows if row.movement and row.movement.change is Change.NO_EARLIER)
    counts = Counter((each.before is None, each.now is None) for each in movements)
    before = in_brackets(report.compared.period(words.language.value) if report.compared else "")
    now = in_brackets(report.frame.period.label)
    if count := counts[True, False]:
        yield words.plural(
            "{count} goal cannot be compared, because it had no single degree in the previous period{period}.",
            "{count} goals cannot be compared, because they had no single degree in the previous period{period}.",
            count,
            period=before,
        )
    if count := counts[False, True]:
        yield words.plural(
            "{count} goal cannot be compared, because it has no single degree in this period{period}.",
            "{count} goals cannot be compared, because they have no single degree in this period{period}.",
            count,
            period=now,
        )
    if count := counts[True, True]:
        yield words.plural(
            "{count} goal cannot be compared, because it has no single degree in either period.",
            "{count} goals cannot be compared, because they have no single degree in either period.",
            count,
        )


def _ended_year_text(report: Report, words: Words) -> tuple[str, ...]:
    """Returns last year's annual goals and actions in one sentence."""
    ended = report.ended_year
    if ended is None:
        return ()
    counts = [words("at degree {degree}: {count}", degree=degree, count=count) for degree, count in ended.degrees]
    counts += [words("without a degree: {count}", count=ended.without)] if ended.without else []
    sentence = words(
        "A new year has begun: annual goals and actions begin afresh. Of last year's, in all {total}, there were "
        "{counts}.",
        total=ended.total,
        counts=", ".join(counts),
    )
    return (sentence,)


def make_lowest(report: Report, rows: Mapping[str, RowOnDemand], lang: DocumentLanguage) -> LowestFields:
    """Lists the goals with the lowest degrees; `rows` are the tables' by code."""
    words, low = lang.words, _listed(rows, report.lowest)
    degrees = report.frame.scale.degrees
    named = series(tuple(str(degree.value) for degree in degrees[: len(degrees) // 2]), words)
    if not low:
        text = words("No goal is at the lowest degrees of the scale ({degrees}).", degrees=named)
    else:
        count = words.plural("{count} goal", "{count} goals", len(low))
        text = words("At the lowest degrees of the scale ({degrees}): {goals}.", degrees=named, goals=count)
    return LowestFields(text, low, caption=words("Goals at the lowest degrees of progress, with their risks"))


def make_unreported(report: Report, rows: Mapping[str, RowOnDemand], words: Words) -> UnreportedFields:
    """Lists the goals that are not reported; `rows` are the tables' by code."""
    waiting = _listed(rows, report.not_reported)
    if not waiting:
        text = words("Every goal that has a responsible officer has been reported.")
    else:
        text = words.plural(
            "The report of one or more responsible officers is missing for {count} goal.",
            "The report of one or more responsible officers is missing for {count} goals.",
            len(waiting),
        )
        text = " ".join((text, words("Missing are: {officers}.", officers=_whose(report, words))))
    return UnreportedFields(text, waiting, caption=words("Goals that have not been reported, and whose they are"))


def _whose(report: Report, words: Words) -> str:
    """Counts the goals that each officer has not reported, in the order of the report."""
    counts = Counter(officer for row in report.not_reported for officer in row.waiting)
    return words.list(f"{officer} ({count})" for officer, count in counts.items())


def make_disagreements(report: Report, rows: Mapping[str, RowOnDemand], words: Words) -> DisagreementFields:
    """Lists the goals on which officers disagree; `rows` are the tables' by code."""
    differing = _listed(rows, report.disagreements)
    if not differing:
        text = words("The officers' assessments do not differ on any goal.")
    else:
        text = words.plural(
            "The officers have assessed the degree of progress or the overall status of {count} goal differently. "
            "All assessments are shown until the matter is settled.",
            "The officers have assessed the degree of progress or the overall status of {count} goals differently. "
            "All assessments are shown until the matter is settled.",
            len(differing),
        )
    return DisagreementFields(text, differing, caption=words("Goals on which the officers' assessments differ"))


def _listed(rows: Mapping[str, RowOnDemand], found: Iterable[ReportRow]) -> tuple[RowFields, ...]:
    return tuple(listed(rows[row.goal.code]) for row in found)
