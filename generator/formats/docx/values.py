"""Puts the report into one language's words: the values of a template's fields."""

from collections.abc import Mapping
from functools import partial

from generator.domain.base.heading import Field, Headings
from generator.domain.base.rule import N_
from generator.domain.base.settings import ScopeKind
from generator.domain.output.frame import Frame
from generator.domain.output.matters import matters_of
from generator.domain.output.report import Report, Section
from generator.domain.output.written_texts import ASSESSMENT, CLOSING, FOREWORD
from generator.formats.docx.contents import Contents
from generator.formats.docx.document_language import DocumentLanguage, document_language, goal_line, one_line
from generator.formats.docx.fields import ColumnHeadings, DocumentFields, Labels, RowFields, SectionFields
from generator.formats.docx.language_note import language_note
from generator.formats.docx.lists import make_changes, make_disagreements, make_lowest, make_unreported
from generator.formats.docx.matters import make_attention
from generator.formats.docx.movement_words import compared_text
from generator.formats.docx.programme import make_programme
from generator.formats.docx.revision import make_revision
from generator.formats.docx.rows import RowOnDemand
from generator.formats.docx.summary import make_summary
from generator.formats.docx.written_text import written_text
from generator.i18n.words import Words


def make_fields(report: Report, headings: Headings, words: Words) -> DocumentFields:
    """Makes the values of all fields; every text except a cell's is on one line."""
    frame, lang = report.frame, document_language(report.frame, words)
    rows = {row.goal.code: RowOnDemand(row, lang) for row in report.rows}
    sections = tuple(_section(section, report, rows, lang) for section in report.sections)
    matters = matters_of(report)
    return _frame_fields(report, words)(
        introduction=_introduction(frame, words),
        scale=frame.scale.options(words.language.value),
        statuses=_statuses(frame, words),
        table_note=_table_note(words),
        language_note=language_note(report, words),
        closing=words("The report has been put together from the answers of the responsible officers."),
        foreword=written_text(report, FOREWORD),
        assessment=written_text(report, ASSESSMENT),
        closing_words=written_text(report, CLOSING),
        own_language=lang.own,
        has_previous=report.compared is not None,
        has_contents=report.has_contents,
        is_brief=report.is_brief,
        contents=Contents(),
        labels=_labels(words),
        headings=ColumnHeadings(**{field.value: headings.label(field, words.language.value) for field in Field}),
        comparison=compared_text(report.compared, words) if report.compared else "",
        summary=make_summary(report, matters, headings, lang),
        changes=make_changes(report, rows, words),
        programme=make_programme(report, lang),
        revision=make_revision(report, rows, headings, lang),
        attention=make_attention(matters, rows, lang),
        lowest=make_lowest(report, rows, lang),
        unreported=make_unreported(report, rows, words),
        disagreements=make_disagreements(report, rows, words),
        sections=sections,
    )


def _frame_fields(report: Report, words: Words) -> partial[DocumentFields]:
    """Makes the fields that tell what document it is; the others are given in the call of what is returned."""
    frame = report.frame
    return partial(
        DocumentFields,
        title=document_title(report, words),
        municipality=one_line(frame.municipality),
        organ=one_line(frame.organ),
        case_number=one_line(frame.period.case_number),
        section=one_line(frame.section),
        attachment=_attachment(frame, words),
        attachment_number=one_line(frame.attachment),
        date=words.date(frame.period.report_date),
        period=one_line(frame.period.label),
        is_draft=frame.is_draft,
        state=_state(frame, words),
        state_text=_state_text(frame, words),
        draft_mark=words("DRAFT") if frame.is_draft else "",
        is_extract=report.scope.kind is not ScopeKind.WHOLE,
        extract=_extract(report, words),
        plan_decision=one_line(frame.plan_decision),
    )


def document_title(report: Report, words: Words) -> str:
    """Returns the document's title, which its properties and its PDF use too."""
    period = one_line(report.frame.period.label)
    if report.scope.kind is ScopeKind.WHOLE:
        return words("Follow-up report on the programme, {period}", period=period)
    return words("Extract from the follow-up report on the programme, {period}", period=period)


def _state(frame: Frame, words: Words) -> str:
    if frame.is_late:
        return words("Draft, later than the final report")
    if frame.is_draft:
        return words("Draft")
    return words("Final, version {version}", version=frame.version) if frame.replaces else words("Final")


def _state_text(frame: Frame, words: Words) -> str:
    if frame.is_late:
        return words("DRAFT, made later than the final report: its contents have changed since.")
    if frame.is_draft:
        return words("DRAFT. The report can still change until it is made final.")
    told = words("The report is final.")
    if frame.replaces:
        message = N_("The report is final, version {version}. It replaces version {replaces}.")
        told = words(message, version=frame.version, replaces=frame.replaces)
    return f"{told} {words(_OF_DATA)}" if frame.is_of_data else told


_OF_DATA = N_("This document was made from the answers; the report itself was edited by who makes it.")


def _attachment(frame: Frame, words: Words) -> str:
    number = one_line(frame.attachment)
    return words("Attachment {number}", number=number) if number else ""


def _extract(report: Report, words: Words) -> str:
    scope, names = report.scope, report.frame.names
    if scope.kind is ScopeKind.OFFICER:
        name = one_line(names.post(scope.name))
        return words("Extract of a responsible officer's goals: {name}. The goals above them are included.", name=name)
    if scope.kind is ScopeKind.DIVISION:
        name = one_line(names.division(scope.name))
        return words("Extract of a division's goals: {name}. The goals above them are included.", name=name)
    return ""


def _introduction(frame: Frame, words: Words) -> str:
    tells = words(
        "This report tells how the goals and actions of the programme have progressed in the reporting period "
        "{period}.",
        period=one_line(frame.period.label),
    )
    decision = one_line(frame.plan_decision)
    adopted = words("The programme has been adopted ({decision}).", decision=decision) if decision else ""
    scale = words("The responsible officers have assessed the progress of each goal on this scale:")
    return " ".join(filter(None, (tells, adopted, scale)))


def _statuses(frame: Frame, words: Words) -> str:
    options = ", ".join(frame.statuses.options(words.language.value))
    return words("The overall status of a goal is one of these: {statuses}.", statuses=options)


def _table_note(words: Words) -> str:
    return words(
        "Each goal has a row of its own. The goals above it are given by their codes, "
        "and a dash means that nothing has been given."
    )


def _section(section: Section, report: Report, made: Mapping[str, RowFields], lang: DocumentLanguage) -> SectionFields:
    rows = tuple(made[row.goal.code] for row in section.rows)
    title = goal_line(section.goal, lang)
    heading = one_line(title.text)
    caption = lang.words("Progress of the goal {goal} and of the goals below it", goal=heading)
    return SectionFields(
        heading=heading,
        language=title.language,
        caption=caption,
        goal=rows[0],
        rows=rows[1:],
        all_rows=rows,
        remark=written_text(report, section.goal.code),
    )


def _labels(words: Words) -> Labels:
    return Labels(
        case_number=words("Case number"),
        section=words("Section"),
        attachment=words("Attachment"),
        date=words("Date"),
        period=words("Reporting period"),
        contents=words("Contents"),
        summary=words("Summary"),
        division=words("Division"),
        behind_summary=words("Goals that need attention"),
        attention=words("Goals that need attention"),
        reason=words("Why"),
        level=words("Level"),
        risen=words("Goals that rose or were achieved"),
        changes=words("Changes since the previous period"),
        change=words("Change"),
        programme=words("Changes to the programme"),
        earlier=words("Before"),
        lowest=words("Goals at the lowest degrees"),
        unreported=words("Goals not reported"),
        disagreements=words("Goals on which assessments differ"),
        assessments=words("Assessments"),
        goal=words("Goal"),
        foreword=words("Foreword"),
        assessment=words("Compiled assessment"),
        closing_words=words("Closing words"),
        total=words("Total"),
        page=words("page"),
    )
