"""The answer to one save, as a page that stands beside it: what was taken, what was not, what the report will say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from generator.domain.base.finding import Finding, errors
from generator.domain.base.heading import Field
from generator.domain.base.rule import N_, Severity
from generator.domain.base.settings import Settings
from generator.domain.output.receipt import Receipt, Taken
from generator.domain.plan.goals import Goal
from generator.domain.submission.answers import Answer
from generator.domain.submission.checks import Verdict
from generator.formats.html.pages import (
    NOTHING,
    Fact,
    Head,
    HtmlCell,
    HtmlTable,
    Listing,
    degree_words,
    goal_words,
    render_page,
    status_cell,
)
from generator.i18n.advice import Advice, advices
from generator.i18n.words import Words


def receipt_page(receipt: Receipt, settings: Settings, words: Words) -> bytes:
    """The page that answers one save.

    Args:
        receipt: the save, its answers that count, and what its officer has still to answer.
        words: the officer's language.

    Returns:
        UTF-8 HTML without scripts or links to other files; the same bytes for the same receipt.
    """
    file = PurePosixPath(receipt.held.file).name
    title = words("Receipt: {file}", file=file)
    page = _ReceiptPage(
        head=Head(words.language.value, title, settings.municipality, words("Receipt"), _verdict(receipt, words)),
        tone=_tone(receipt),
        next_step=_next_step(receipt, words),
        facts=_facts(receipt, settings, words),
        late=_late(receipt, settings, words),
        groups=tuple(_groups(receipt, words)),
        taken=_taken(receipt, settings, words),
        waiting=_waiting(receipt, words),
    )
    return render_page("receipt.html", page)


@dataclass(frozen=True, slots=True)
class _Card:
    """One finding: where, of which goal (None: not known), what was read, and what to do."""

    place: str
    goal: str | None
    message: str
    advice: Advice


@dataclass(frozen=True, slots=True)
class _Group:
    """The findings of one severity."""

    severity: Severity
    heading: str
    intro: str
    cards: tuple[_Card, ...]


@dataclass(frozen=True, slots=True)
class _TakenAnswers:
    heading: str
    table: HtmlTable
    change: str


@dataclass(frozen=True, slots=True)
class _Tone:
    """How the verdict looks: a class of the style sheet, and a sign, so that it is never told by colour alone."""

    name: str
    sign: str


@dataclass(frozen=True, slots=True)
class _ReceiptPage:
    head: Head
    tone: _Tone
    next_step: str
    facts: tuple[Fact, ...]
    late: str | None
    groups: tuple[_Group, ...]
    taken: _TakenAnswers | None
    waiting: Listing | None


_UNREADABLE = _Tone("bad", "✗")
_TO_CORRECT = _Tone("mend", "!")
_TAKEN = _Tone("good", "✓")
_NOTHING_TAKEN = _Tone("calm", "○")


def _tone(receipt: Receipt) -> _Tone:
    if receipt.held.verdict is Verdict.UNREADABLE:
        return _UNREADABLE
    if receipt.held.verdict is Verdict.NEEDS_CORRECTION:
        return _TO_CORRECT
    return _TAKEN if receipt.taken else _NOTHING_TAKEN


def _verdict(receipt: Receipt, words: Words) -> str:
    if receipt.held.verdict is Verdict.UNREADABLE:
        return words("The file could not be read.")
    if receipt.held.verdict is Verdict.NEEDS_CORRECTION:
        return _verdict_with_errors(receipt, words)
    if receipt.taken:
        return words.plural("Taken: {count} answer.", "Taken: {count} answers.", len(receipt.taken))
    why = _why_nothing(receipt)
    return words(_NOTHING_NEW[why]) if why else words("There were no new answers.")


def _verdict_with_errors(receipt: Receipt, words: Words) -> str:
    faults = errors(receipt.held.findings)
    if not receipt.taken:
        return words.plural(
            "Nothing was taken: {count} point needs correction.",
            "Nothing was taken: {count} points need correction.",
            len(faults),
        )
    taken = words.plural("{count} answer was taken", "{count} answers were taken", len(receipt.taken))
    rows = words.plural("{count} row needs correction", "{count} rows need correction", _count_rows(faults))
    return f"{taken}, {rows}."


def _count_rows(faults: Iterable[Finding]) -> int:
    return len({(fault.place.sheet, (fault.place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for fault in faults})


_NOTHING_NEW = {
    "nothing-filled": N_("Nothing had been filled in."),
    "copy": N_("The workbook is a copy: its answers have been taken already."),
}


def _why_nothing(receipt: Receipt) -> str | None:
    return next((finding.rule for finding in receipt.held.findings if finding.rule in _NOTHING_NEW), None)


def _next_step(receipt: Receipt, words: Words) -> str:
    findings = receipt.held.findings
    faults = errors(findings)
    if receipt.answer_workbook and faults:
        return words(_MEND_MARKED, name=receipt.answer_workbook)
    if receipt.answer_workbook:
        return words(_ANSWER_QUESTIONS, name=receipt.answer_workbook)
    if faults:
        return words(_MEND_CELLS if all(fault.place.cell for fault in faults) else _FOLLOW_ADVICE)
    if not receipt.taken and _why_nothing(receipt) == "nothing-filled":
        return words("Choose a degree of progress for each of your goals, describe the progress, and save in place.")
    if any(finding.severity is Severity.QUESTION for finding in findings):
        return words("Nothing needs correction, but please read the questions below.")
    if receipt.waiting:
        return words.plural(
            "Nothing needs correction; {count} of your goals is still unanswered.",
            "Nothing needs correction; {count} of your goals are still unanswered.",
            len(receipt.waiting),
        )
    return words("You need not do anything.")


_MEND_MARKED = N_(
    "The cells are marked and explained in the workbook {name} beside this page. Correct them in it or in your own "
    "workbook, and save it in place."
)
_ANSWER_QUESTIONS = N_(
    "Nothing needs correction, but there is something to ask. Answer in the workbook {name} beside this page, in the "
    "column Reply, or change your own workbook, and save it in place."
)
_MEND_CELLS = N_("Open the same workbook, correct the cells named below, and save it in place.")
_FOLLOW_ADVICE = N_("Follow the advice below.")


def _facts(receipt: Receipt, settings: Settings, words: Words) -> tuple[Fact, ...]:
    held, period = receipt.held, settings.period
    return (
        Fact(words("File"), HtmlCell(held.file)),
        Fact(words("Saved"), HtmlCell(words.moment(held.time))),
        Fact(words("Responsible officer"), HtmlCell(held.officer or words("Not known"))),
        Fact(words("Reporting period"), HtmlCell(period.label)),
        Fact(words("Due day"), HtmlCell(words.date(period.deadline))),
    )


def _late(receipt: Receipt, settings: Settings, words: Words) -> str | None:
    if not receipt.is_late:
        return None
    deadline = words.date(settings.period.deadline)
    if receipt.taken:
        return words("The workbook was saved after the due day, {date}. It was taken all the same.", date=deadline)
    return words("The workbook was saved after the due day, {date}.", date=deadline)


def _groups(receipt: Receipt, words: Words) -> Iterable[_Group]:
    goals = _goals(receipt)
    order = tuple(finding for severity in _GROUPS for finding in receipt.held.findings if finding.severity is severity)
    cards = tuple(
        _card(finding, what, goals, words) for finding, what in zip(order, advices(order, words), strict=True)
    )
    for severity, (heading, intro) in _GROUPS.items():
        found = tuple(card for finding, card in zip(order, cards, strict=True) if finding.severity is severity)
        if found:
            yield _Group(severity, words(heading), words(intro), found)


_GROUPS = {
    Severity.ERROR: (
        N_("To correct"),
        N_("Nothing that has been taken is lost: an earlier answer stands until a corrected one has been taken."),
    ),
    Severity.QUESTION: (N_("Questions"), N_("A question stops nothing: the answers have been taken.")),
    Severity.NOTE: (N_("Notes"), N_("These are for your information.")),
}


def _goals(receipt: Receipt) -> Mapping[str, Goal]:
    known = (*receipt.waiting, *(taken.goal for taken in receipt.taken if taken.goal))
    return MappingProxyType({goal.code: goal for goal in known})


def _card(finding: Finding, what: Advice, goals: Mapping[str, Goal], words: Words) -> _Card:
    goal = goals.get(finding.code) if finding.code else None
    return _Card(
        place=words.place(finding.place),
        goal=goal_words(goal) if goal else finding.code,
        message=words.finding(finding),
        advice=what,
    )


def _taken(receipt: Receipt, settings: Settings, words: Words) -> _TakenAnswers | None:
    if not receipt.taken:
        return None
    count = len(receipt.taken)
    table = HtmlTable(
        caption=words.plural(
            "The report is made from this answer.", "The report is made from these {count} answers.", count
        ),
        headings=_headings(settings, words),
        rows=tuple(_row(taken, settings, words) for taken in receipt.taken),
    )
    return _TakenAnswers(words("Taken"), table, words(_CHANGE))


_CHANGE = N_(
    "To change an answer, open the same workbook, change it and save it in place. "
    "Nothing that has been taken is lost, and your latest answer counts."
)


def _headings(settings: Settings, words: Words) -> tuple[str, ...]:
    fields = (Field.DEGREE, Field.OVERALL_STATUS, Field.NARRATIVE)
    labels = (settings.headings.label(field, words.language.value) for field in fields)
    return (words("Goal"), *labels, words("Cell"))


def _row(taken: Taken, settings: Settings, words: Words) -> tuple[HtmlCell, ...]:
    entry, goal = taken.answer.entry, taken.goal
    return (
        HtmlCell(goal_words(goal))
        if goal
        else HtmlCell(entry.code, notes=(words("The plan no longer has this goal."),)),
        HtmlCell(degree_words(entry.degree, settings.degree_scale, words)),
        status_cell(entry.overall_status, settings.statuses, words),
        HtmlCell(
            entry.narrative if entry.narrative.strip() else NOTHING, notes=_risks(taken.answer, goal, settings, words)
        ),
        HtmlCell(entry.cells.degree.rpartition("!")[2]),
    )


def _risks(answer: Answer, goal: Goal | None, settings: Settings, words: Words) -> tuple[str, ...]:
    """The risks as taken, where the officer changed what the plan says of them."""
    risks = answer.entry.main_risks
    if goal is None or risks.split() == goal.main_risks.split():
        return ()
    label = settings.headings.label(Field.MAIN_RISKS, words.language.value)
    return (f"{label}: {risks.strip() or NOTHING}",)


def _waiting(receipt: Receipt, words: Words) -> Listing | None:
    if not receipt.waiting:
        return None
    intro = words("Until they are answered, the report says of these goals that they have not been reported.")
    return Listing(words("Still unanswered"), intro, tuple(goal_words(goal) for goal in receipt.waiting))
