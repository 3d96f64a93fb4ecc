"""The report in one language's words: the values of a template's fields."""

from collections import Counter

from generator.domain.heading import Field, Headings
from generator.domain.report import Change, Count, Frame, Report, ReportRow, Scope, ScopeKind, Section, Summary
from generator.files.word.fields import (
    ChangesFields,
    ColumnHeadings,
    CountFields,
    DocumentFields,
    Labels,
    RowFields,
    SectionFields,
    SummaryFields,
    UnreportedFields,
)
from generator.files.word.rows import Speech, make_row, make_speech, one_line
from generator.language import Words


def make_fields(report: Report, headings: Headings, words: Words) -> DocumentFields:
    """Puts the report's values to words; every text but a cell's stands on one line."""
    frame, speech = report.frame, make_speech(report.frame.scale, words)
    sections = tuple(_section(section, speech) for section in report.sections)
    rows = {row.code: row for section in sections for row in section.all_rows}
    return DocumentFields(
        title=_title(report, words),
        municipality=one_line(frame.municipality),
        organ=one_line(frame.organ),
        case_number=one_line(frame.period.case_number),
        date=words.date(frame.period.report_date),
        period=one_line(frame.period.label),
        is_draft=frame.is_draft,
        state=words("Draft") if frame.is_draft else words("Final"),
        state_text=_state_text(frame, words),
        draft_mark=words("DRAFT") if frame.is_draft else "",
        is_extract=report.scope.kind is not ScopeKind.WHOLE,
        extract=_extract(report.scope, words),
        introduction=_introduction(frame, words),
        scale=frame.scale.options(words.language.value),
        statuses=_statuses(frame, words),
        table_note=words(
            "Each goal has a row of its own. The goals above it are given by their codes, "
            "and a dash means that nothing has been given."
        ),
        closing=words("The report has been put together from the answers of the responsible officers."),
        has_previous=report.has_previous,
        labels=_labels(words),
        headings=ColumnHeadings(**{field.value: headings.label(field, words.language.value) for field in Field}),
        summary=_summary(report, speech),
        changes=_changes(report, rows, words),
        unreported=_unreported(report, rows, words),
        sections=sections,
    )


def _title(report: Report, words: Words) -> str:
    period = one_line(report.frame.period.label)
    if report.scope.kind is ScopeKind.WHOLE:
        return words("Follow-up report on the programme, {period}", period=period)
    return words("Extract from the follow-up report on the programme, {period}", period=period)


def _state_text(frame: Frame, words: Words) -> str:
    if frame.is_draft:
        return words("DRAFT. The report can still change until it is made final.")
    return words("The report is final.")


def _extract(scope: Scope, words: Words) -> str:
    name = one_line(scope.name)
    if scope.kind is ScopeKind.OFFICER:
        return words("Extract of a responsible officer's goals: {name}. The goals above them are included.", name=name)
    if scope.kind is ScopeKind.DIVISION:
        return words("Extract of a division's goals: {name}. The goals above them are included.", name=name)
    return ""


def _introduction(frame: Frame, words: Words) -> str:
    return words(
        "This report tells how the goals and actions of the programme have progressed in the reporting period "
        "{period}. The responsible officers have assessed the progress of each goal on this scale:",
        period=one_line(frame.period.label),
    )


def _statuses(frame: Frame, words: Words) -> str:
    options = ", ".join(frame.statuses.options(words.language.value))
    return words("The overall status of a goal is one of these: {statuses}.", statuses=options)


def _summary(report: Report, speech: Speech) -> SummaryFields:
    summary, words = report.summary, speech.words
    degrees = (_count(speech.degrees[item.degree], item.count) for item in summary.degrees)
    others = (
        _count(words.not_assessable(), summary.not_assessable),
        _count(words("Assessments differ"), summary.disputed),
        _count(words("Not reported"), summary.not_reported),
        _count(words("No responsible officer"), summary.without_officer),
    )
    return SummaryFields(
        text=_summary_text(summary, words),
        counts=(*degrees, *others),
        total=_count(words("Total"), summary.total),
        caption=words("Goals by degree of progress and level"),
    )


def _count(label: str, count: Count) -> CountFields:
    return CountFields(label, *count.by_level, total=count.total)


def _summary_text(summary: Summary, words: Words) -> str:
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
    return words("By degree of progress: {counts}.", counts=_series(counts, words)) if counts else ""


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
    )
    return tuple(sentence for sentence in sentences if sentence)


def _changes(report: Report, rows: dict[str, RowFields], words: Words) -> ChangesFields:
    moved = tuple(row for row in report.rows if row.movement)
    changes = Counter(row.movement.change for row in moved if row.movement)
    changed = tuple(row for row in moved if _has_changed(row))
    return ChangesFields(
        text=_changes_text(changes, words) if moved else "",
        rows=tuple(rows[row.goal.code] for row in changed),
        caption=words("Goals whose degree of progress has changed since the previous period"),
    )


def _has_changed(row: ReportRow) -> bool:
    return row.movement is not None and row.movement.change in (Change.ADVANCED, Change.FELL_BACK)


def _changes_text(changes: Counter[Change], words: Words) -> str:
    compared = words(
        "Compared with the previous period, goals whose degree of progress rose: {advanced}, fell: {fell_back}, "
        "stayed the same: {unchanged}.",
        advanced=changes[Change.ADVANCED],
        fell_back=changes[Change.FELL_BACK],
        unchanged=changes[Change.UNCHANGED],
    )
    missing = changes[Change.NO_EARLIER]
    if not missing:
        return compared
    left_out = words.plural(
        "{count} goal cannot be compared, because it lacks a degree in one of the periods.",
        "{count} goals cannot be compared, because they lack a degree in one of the periods.",
        missing,
    )
    return f"{compared} {left_out}"


def _unreported(report: Report, rows: dict[str, RowFields], words: Words) -> UnreportedFields:
    waiting = tuple(rows[row.goal.code] for row in report.not_reported)
    if not waiting:
        text = words("Every goal that has a responsible officer has been reported.")
    else:
        text = words.plural(
            "The report of one or more responsible officers is missing for {count} goal.",
            "The report of one or more responsible officers is missing for {count} goals.",
            len(waiting),
        )
    return UnreportedFields(text, waiting, caption=words("Goals that have not been reported, and whose they are"))


def _section(section: Section, speech: Speech) -> SectionFields:
    rows = tuple(make_row(row, speech) for row in section.rows)
    heading = one_line(f"{section.goal.code} {section.goal.title}")
    caption = speech.words("Progress of the goal {goal} and of the goals below it", goal=heading)
    return SectionFields(heading, caption, goal=rows[0], rows=rows[1:], all_rows=rows)


def _series(items: tuple[str, ...], words: Words) -> str:
    """`a, b and c`."""
    if len(items) == 1:
        return items[0]
    return words("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])


def _labels(words: Words) -> Labels:
    return Labels(
        case_number=words("Case number"),
        date=words("Date"),
        period=words("Reporting period"),
        summary=words("Summary"),
        changes=words("Changes since the previous period"),
        change=words("Change"),
        unreported=words("Goals not reported"),
        goal=words("Goal"),
        total=words("Total"),
        page=words("page"),
    )
