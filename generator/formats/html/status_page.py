"""The secretary's page, `outbox/tilanne.html`: who has reported, what needs correction, what disagrees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.domain.base.finding import Finding
from generator.domain.base.rule import N_
from generator.domain.base.settings import Settings
from generator.domain.follow_up.merge import FarParent, FollowUp, GoalFollowUp
from generator.domain.follow_up.status import (
    FinalReport,
    OfficerState,
    OfficerStatus,
    OpenFault,
    Problem,
    ReportFile,
    Status,
    StoredReply,
)
from generator.domain.output.receipt import receipt_name
from generator.domain.plan.goals import Goal
from generator.formats.html.pages import (
    NOTHING,
    Fact,
    Head,
    HtmlCell,
    HtmlTable,
    Listing,
    PageSection,
    degree_words,
    goal_words,
    link_to,
    render_page,
    status_cell,
)
from generator.formats.html.programme_section import programme_section
from generator.formats.html.report_cells import edited_copies, final_cell, report_cell
from generator.formats.html.sender_sections import sender_sections
from generator.i18n.difference_lines import edited_lines
from generator.i18n.words import Words


@dataclass(frozen=True, slots=True)
class StatusLinks:
    """The page's links to the folders around it.

    `report` is the report in the outbox, `final` the latest one made final (None: none yet); `unsettled` and `stranded`
    are files relative to the inbox; `plan_errors` counts the plan's own errors, `plan_questions` are those to ask here,
    `programme_questions` those about goals of the previous period; `rejected` counts the decisions that could not be
    carried out, `open_edits` the values edited in the draft that are not printed, `lapsed` are the goals of settlements
    that lapsed; `problems` is all that is broken.
    """

    report: ReportFile | None
    unsettled: tuple[str, ...] = ()
    stranded: tuple[str, ...] = ()
    plan_errors: int = 0
    plan_questions: tuple[Finding, ...] = ()
    programme_questions: tuple[Finding, ...] = ()
    open_edits: int = 0
    final: FinalReport | None = None
    rejected: int = 0
    lapsed: tuple[Goal, ...] = ()
    are_choices_readable: bool = True
    problems: tuple[Problem, ...] = ()


def status_page(status: Status, page: StatusLinks, settings: Settings, words: Words) -> bytes:
    """Makes the page in the outbox.

    Returns:
        UTF-8 HTML without scripts; its links are relative to the outbox. It carries no clock of its own, so that the
        same values give the same bytes.
    """
    made = _StatusPage(
        head=_head(status, settings, words),
        progress=_progress(status.follow_up, words),
        facts=_facts(status, page, settings, words),
        notices=_notices(page, words),
        sections=(*_sections(status, settings, words), *programme_section(page.programme_questions, words)),
        missing=tuple(_missing(status, words)),
        missing_heading=words("Not yet reported"),
        files=(*edited_copies(page.report, settings, words), *_files(page, words)),
        all_well=_all_well(status, page, words),
    )
    return render_page("status.html", made)


@dataclass(frozen=True, slots=True)
class _Progress:
    """How many goals have been reported, as numbers and as a sentence."""

    sentence: str
    expected: int
    reported: int
    figures: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _StatusPage:
    head: Head
    progress: _Progress
    facts: tuple[Fact, ...]
    notices: tuple[str, ...]
    sections: tuple[PageSection, ...]
    missing: tuple[Listing, ...]
    missing_heading: str
    files: tuple[Listing, ...]
    all_well: str | None


def _head(status: Status, settings: Settings, words: Words) -> Head:
    title = words("Reporting status: {period}", period=status.period.label)
    return Head(words.language.value, title, settings.municipality, words("Reporting status"), title)


def _progress(follow_up: FollowUp, words: Words) -> _Progress:
    expected, reported, missing = len(follow_up.expected), len(follow_up.reported), len(follow_up.missing)
    figures = (
        Fact(words("Goals to report"), HtmlCell(str(expected))),
        Fact(words("Reported"), HtmlCell(str(reported))),
        Fact(words("Missing"), HtmlCell(str(missing))),
    )
    return _Progress(_progress_sentence(expected, missing, words), expected, reported, figures)


def _progress_sentence(expected: int, missing: int, words: Words) -> str:
    if not expected:
        return words("The plan has no goals to report yet.")
    if not missing:
        return words("Every goal has been reported.")
    return words.plural("{count} goal is still to be reported.", "{count} goals are still to be reported.", missing)


def _facts(status: Status, page: StatusLinks, settings: Settings, words: Words) -> tuple[Fact, ...]:
    return (
        Fact(words("Reporting period"), HtmlCell(status.period.label)),
        Fact(words("Due day"), HtmlCell(words.date(status.period.deadline))),
        Fact(words("Report"), report_cell(page.report, settings, words)),
        *((Fact(words("Final report"), final_cell(page.final, words)),) if page.final else ()),
    )


def _notices(page: StatusLinks, words: Words) -> tuple[str, ...]:
    plan = words.plural(
        "The plan has {count} error. The command “seuranta plan check” shows it.",
        "The plan has {count} errors. The command “seuranta plan check” shows them.",
        page.plan_errors,
    )
    rejected = words.rejected_choices(page.rejected)
    unreadable = (not page.are_choices_readable, words(_UNREADABLE))
    edits = words.waiting_edits(page.open_edits)
    counts = ((page.plan_errors, plan), (page.rejected, rejected), unreadable, (page.open_edits, edits))
    broken = (_problem_words(problem, words) for problem in page.problems)
    asked = (_question_words(finding, words) for finding in page.plan_questions)
    lapsed = (words.lapsed_settlement(goal_words(goal)) for goal in page.lapsed)
    return (*broken, *(sentence for is_so, sentence in counts if is_so), *lapsed, *asked)


def _question_words(finding: Finding, words: Words) -> str:
    return f"{words.place(finding.place)}: {words.finding(finding)} {words.advice(finding)}"


_UNREADABLE = N_(
    "The workbook of open matters cannot be read. It is no Excel workbook, has a password, or a sheet, the heading row "
    "or the last column has been removed from it. Move it elsewhere: the next run writes a new one, and your choices "
    "can be copied there."
)


def _problem_words(problem: Problem, words: Words) -> str:
    said = words(problem.message, **dict(problem.details))
    if problem.place and problem.place not in said:
        said = f"{problem.place}: {said}"
    advice = (words(problem.advice, **dict(problem.details)),) if problem.advice else ()
    return "\n".join((" ".join((said, *advice)), *edited_lines(problem, words)))


@dataclass(frozen=True, slots=True)
class _StateWords:
    """A state's word and shape, since colour alone must never show it."""

    word: str
    shape: str
    colour: str


_STATES = {
    OfficerState.NEEDS_CORRECTION: _StateWords(N_("Needs correction"), "✗", "A4262C"),
    OfficerState.WAITING: _StateWords(N_("Waits for a check of the sender"), "?", "8A5200"),
    OfficerState.MISSING: _StateWords(N_("Not reported"), "○", "5C5F62"),
    OfficerState.PARTIAL: _StateWords(N_("Partly reported"), "◐", "8A5200"),
    OfficerState.COMPLETE: _StateWords(N_("All reported"), "✓", "1B6E3C"),
}
_WORST_FIRST = tuple(OfficerState)


def _worst_first(status: Status) -> list[OfficerStatus]:
    return sorted(status.officers, key=lambda officer: _WORST_FIRST.index(officer.state))


def _officers(status: Status, words: Words) -> HtmlTable:
    return HtmlTable(
        caption=words("First those who have something to correct or to report."),
        headings=tuple(words(label) for label in _OFFICER_HEADINGS),
        rows=tuple(_officer_row(officer, words) for officer in _worst_first(status)),
    )


_OFFICER_HEADINGS = (
    N_("Responsible officer"),
    N_("Division"),
    N_("State"),
    N_("Reported"),
    N_("Errors"),
    N_("Last saved"),
)


def _officer_row(officer: OfficerStatus, words: Words) -> tuple[HtmlCell, ...]:
    state = _STATES[officer.state]
    return (
        HtmlCell(officer.officer),
        HtmlCell(officer.division or NOTHING),
        HtmlCell(words(state.word), state.shape, state.colour),
        HtmlCell(f"{officer.reported}/{officer.expected}"),
        HtmlCell(str(officer.errors)),
        HtmlCell(words.moment(officer.last_saved) if officer.last_saved else NOTHING),
    )


def _sections(status: Status, settings: Settings, words: Words) -> Iterator[PageSection]:
    if status.officers:
        yield PageSection("officers", words("Responsible officers"), _officers(status, words))
    if status.to_correct:
        yield PageSection("faults", words("To correct"), _faults(status.to_correct, words))
    if status.refused:
        yield PageSection("refused", words("Files of unknown senders, not taken"), _faults(status.refused, words))
    if status.follow_up.disputed:
        intro = words("The report shows every answer until the officers agree or who makes the report settles it.")
        yield PageSection(
            "disputes", words("Disagreements"), _disputes(status.follow_up.disputed, settings, words), intro
        )
    yield from sender_sections(status, words)
    if status.far_parents:
        intro = words("Nothing is wrong by that alone. Ask, if it looks strange.")
        table = _far_parents(status.far_parents, settings, words)
        yield PageSection("parents", words("Goals far from those under them"), table, intro)
    if status.replies:
        yield PageSection("replies", words("Replies to questions"), _replies(status.replies, words))


def _replies(replies: tuple[StoredReply, ...], words: Words) -> HtmlTable:
    return HtmlTable(
        caption=words("What officers have answered to questions about their own answers. Nothing of it is printed."),
        headings=tuple(words(label) for label in _REPLY_HEADINGS),
        rows=tuple(_reply_row(reply, words) for reply in replies),
    )


_REPLY_HEADINGS = (N_("Receipt of the file"), N_("Responsible officer"), N_("Question"), N_("Reply"))


def _reply_row(reply: StoredReply, words: Words) -> tuple[HtmlCell, ...]:
    code = f"{reply.question.code}: " if reply.question.code else ""
    return (
        HtmlCell(reply.file, href=link_to(f"../inbox/{receipt_name(reply.file)}")),
        HtmlCell(reply.officer or words("Not known")),
        HtmlCell(code + words.finding(reply.question)),
        HtmlCell(reply.text),
    )


def _far_parents(parents: tuple[FarParent, ...], settings: Settings, words: Words) -> HtmlTable:
    return HtmlTable(
        caption=words("Goals whose degree is a whole step or more from the median of the goals right under them."),
        headings=tuple(words(label) for label in _PARENT_HEADINGS),
        rows=tuple(_parent_row(parent, settings, words) for parent in parents),
    )


_PARENT_HEADINGS = (N_("Goal"), N_("Degree of progress"), N_("Median of the goals under it"))


def _parent_row(parent: FarParent, settings: Settings, words: Words) -> tuple[HtmlCell, ...]:
    return (
        HtmlCell(goal_words(parent.goal)),
        HtmlCell(degree_words(parent.degree, settings.degree_scale, words)),
        HtmlCell(words.number(parent.median)),
    )


def _faults(faults: tuple[OpenFault, ...], words: Words) -> HtmlTable:
    return HtmlTable(
        caption=words("Each officer has been told the same, and what to do, in the receipt beside the file."),
        headings=tuple(words(label) for label in _FAULT_HEADINGS),
        rows=tuple(_fault_row(fault, words) for fault in faults),
    )


_FAULT_HEADINGS = (N_("Receipt of the file"), N_("Responsible officer"), N_("Place"), N_("What is wrong"))


def _fault_row(fault: OpenFault, words: Words) -> tuple[HtmlCell, ...]:
    code = f"{fault.finding.code}: " if fault.finding.code else ""
    return (
        HtmlCell(fault.file, href=link_to(f"../inbox/{receipt_name(fault.file)}")),
        HtmlCell(fault.officer or words("Not known")),
        HtmlCell(words.place(fault.finding.place)),
        HtmlCell(code + words.finding(fault.finding)),
    )


def _disputes(disputed: tuple[GoalFollowUp, ...], settings: Settings, words: Words) -> HtmlTable:
    return HtmlTable(
        caption=words("Goals to which officers have given different degrees or overall statuses."),
        headings=tuple(words(label) for label in _DISPUTE_HEADINGS),
        rows=tuple(row for item in disputed for row in _dispute_rows(item, settings, words)),
    )


_DISPUTE_HEADINGS = (N_("Goal"), N_("Responsible officer"), N_("Degree of progress"), N_("Overall status"))


def _dispute_rows(item: GoalFollowUp, settings: Settings, words: Words) -> Iterator[tuple[HtmlCell, ...]]:
    for answer in item.answers:
        yield (
            HtmlCell(goal_words(item.goal)),
            HtmlCell(answer.entry.officer),
            HtmlCell(degree_words(answer.entry.degree, settings.degree_scale, words)),
            status_cell(answer.entry.overall_status, settings.statuses, words),
        )


def _missing(status: Status, words: Words) -> Iterator[Listing]:
    """Lists the goals not reported, under each officer who has not reported them."""
    for officer in _worst_first(status):
        lines = tuple(goal_words(goal) for goal in status.follow_up.waits_for(officer.officer))
        if lines:
            yield Listing(officer.officer, None, lines)


def _files(page: StatusLinks, words: Words) -> Iterable[Listing]:
    if page.unsettled:
        intro = words("They are still being saved or are open. The next pass tries them again.")
        yield Listing(words("Files that are still changing or could not be read"), intro, page.unsettled)
    if page.stranded:
        intro = words("Excel left these behind when a save was cut off. Ask the officer to save the workbook again.")
        yield Listing(words("Saves that Excel did not finish"), intro, page.stranded)


def _all_well(status: Status, page: StatusLinks, words: Words) -> str | None:
    follow_up = status.follow_up
    waits = status.faults or follow_up.disputed or follow_up.missing or not follow_up.expected
    is_edited = page.report is not None and bool(page.report.edited or page.report.edited_copies)
    is_late = page.final is not None and not page.final.is_current
    is_asked = bool(page.programme_questions)
    if waits or is_asked or is_edited or is_late or page.unsettled or page.stranded or _notices(page, words):
        return None
    return words("There are no open matters.")
