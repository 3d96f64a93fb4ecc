"""The lists after the summary: changed degrees, lowest degrees, goals not reported, disagreements."""

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.domain.base.rule import N_
from generator.domain.output.movement import Change
from generator.domain.output.report import Report, ReportRow
from generator.formats.docx.document_language import DocumentLanguage
from generator.formats.docx.fields import ChangesFields, DisagreementFields, LowestFields, RowFields, UnreportedFields
from generator.formats.docx.matters import lowest_degrees, without_degree
from generator.formats.docx.movement_words import compared_text, ended_year_text
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
    counted = (_counts_text(report, changes, words),) if changes else ()
    return " ".join((compared_text(report.compared, words), *counted, *ended_year_text(report.ended_year, words)))


def _counts_text(report: Report, changes: Counter[Change], words: Words) -> str:
    """Returns `Etenemisaste: nousi 14, laski 2, ennallaan 67, uusi tavoite 4.`"""
    counts = (
        (N_("rose {count}"), changes[Change.ADVANCED]),
        (N_("fell {count}"), changes[Change.FELL_BACK]),
        (N_("unchanged {count}"), changes[Change.UNCHANGED]),
        (N_("new goals {count}"), changes[Change.NEW_GOAL]),
        (N_("split or joined {count}"), changes[Change.JOINED] + changes[Change.SPLIT]),
        (N_("computed in another way {count}"), changes[Change.OTHER_SOURCES]),
    )
    told = [words(message, count=count) for message, count in counts if count]
    told += without_degree(report.rows, report, words)
    return words("Degree of progress: {counts}.", counts=", ".join(told))


def make_lowest(report: Report, rows: Mapping[str, RowOnDemand], lang: DocumentLanguage) -> LowestFields:
    """Lists the goals with the lowest degrees; `rows` are the tables' by code."""
    words, low = lang.words, _listed(rows, report.lowest)
    named = lowest_degrees(report, words)
    if not low:
        text = words("No goal is at the lowest degrees of the scale ({degrees}).", degrees=named)
    else:
        text = words("Goals at the lowest degrees of the scale ({degrees}): {count}.", degrees=named, count=len(low))
    return LowestFields(text, low, caption=words("Goals at the lowest degrees of progress, with their risks"))


def make_unreported(report: Report, rows: Mapping[str, RowOnDemand], words: Words) -> UnreportedFields:
    """Lists the goals that are not reported; `rows` are the tables' by code."""
    waiting = _listed(rows, report.not_reported)
    if not waiting:
        text = words("Every goal that has a responsible officer has been reported.")
    else:
        text = words("Goals that lack the report of some officer: {count}.", count=len(waiting))
        text = " ".join((text, words("Missing are: {officers}.", officers=_whose(report, words))))
    return UnreportedFields(text, waiting, caption=words("Goals that have not been reported, and whose they are"))


def _whose(report: Report, words: Words) -> str:
    """Counts the goals that each officer has not reported, in the order of the report."""
    counts = Counter(officer for row in report.not_reported for officer in row.waiting)
    return words.list(f"{report.frame.names.post(officer)} ({count})" for officer, count in counts.items())


def make_disagreements(report: Report, rows: Mapping[str, RowOnDemand], words: Words) -> DisagreementFields:
    """Lists the goals on which officers disagree; `rows` are the tables' by code."""
    differing = _listed(rows, report.disagreements)
    if not differing:
        text = words("The officers' assessments do not differ on any goal.")
    else:
        text = words(_DIFFER, count=len(differing))
    return DisagreementFields(text, differing, caption=words("Goals on which the officers' assessments differ"))


_DIFFER = N_(
    "Goals whose degree of progress or overall status the officers have assessed differently: {count}. "
    "All assessments are shown until the matter is settled."
)


def _listed(rows: Mapping[str, RowOnDemand], found: Iterable[ReportRow]) -> tuple[RowFields, ...]:
    return tuple(listed(rows[row.goal.code]) for row in found)
