"""The receipt: the page beside a save with what was accepted, what was not, and what the report says now."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.domain.base.finding import Place, shown
from generator.domain.base.rule import N_, Severity
from generator.domain.base.settings import Settings
from generator.domain.output.receipt import FileFinding, Receipt
from generator.domain.submission.feedback import FOLDED_RULE
from generator.formats.html.pages import Fact, Head, HtmlCell, HtmlTable, Listing, goal_words, link_to, render_page
from generator.formats.html.receipt_rows import anchor, report_table
from generator.formats.html.receipt_verdict import Tone, is_of_closed_period, next_step, tone_of, verdict
from generator.i18n.advice import Advice, advices, left_out_words
from generator.i18n.words import Words


def receipt_page(receipt: Receipt, settings: Settings, words: Words) -> bytes:
    """Makes the page that answers one save.

    Args:
        receipt: the save, what the report holds of its rows, and what its officer has still to answer.
        words: the officer's language.

    Returns:
        UTF-8 HTML without scripts; its links lead to the answer workbook and within the page. The same bytes for the
        same receipt.
    """
    file = PurePosixPath(receipt.held.file).name
    title = words("Receipt: {file}", file=file)
    groups = {group.severity: group for group in _groups(receipt, words)}
    page = _ReceiptPage(
        head=Head(words.language.value, title, settings.municipality, words("Receipt"), verdict(receipt, words)),
        tone=tone_of(receipt),
        next_step=next_step(receipt, words),
        workbook=_workbook(receipt, words),
        late=_late(receipt, settings, words),
        facts=_facts(receipt, settings, words),
        asked=tuple(groups[severity] for severity in (Severity.ERROR, Severity.QUESTION) if severity in groups),
        notes=groups.get(Severity.NOTE),
        left_out=left_out_words(receipt.left_out, words),
        replies=_replies(receipt, words),
        report=_report(receipt, settings, words),
        waiting=_waiting(receipt, words),
    )
    return render_page("receipt.html", page)


@dataclass(frozen=True, slots=True)
class _Card:
    """A mistake on the page: its place, its goals, what was read, and what to do."""

    place: str
    goals: tuple[HtmlCell, ...]
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
class _InReport:
    heading: str
    table: HtmlTable
    cut: str
    change: str


@dataclass(frozen=True, slots=True)
class _AnswerLink:
    """The link to the answer workbook, and the folder to save it in if the browser chooses another."""

    link: HtmlCell
    hint: str


@dataclass(frozen=True, slots=True)
class _ReceiptPage:
    head: Head
    tone: Tone
    next_step: str
    workbook: _AnswerLink | None
    late: str | None
    facts: tuple[Fact, ...]
    asked: tuple[_Group, ...]
    notes: _Group | None
    left_out: str
    replies: Listing | None
    report: _InReport | None
    waiting: Listing | None


def _workbook(receipt: Receipt, words: Words) -> _AnswerLink | None:
    name = receipt.answer_workbook
    if name is None:
        return None
    link = HtmlCell(words("Open the workbook {name}", name=name), href=link_to(name))
    return _AnswerLink(link, words("If the browser saves it in another folder, open it from the folder of this page."))


def _facts(receipt: Receipt, settings: Settings, words: Words) -> tuple[Fact, ...]:
    held, period = receipt.held, settings.period
    notes = [words(_ANOTHER, file=save.file, time=words.moment(save.time)) for save in receipt.others]
    file, is_closed = held.file, is_of_closed_period(receipt)
    if is_closed:  # it is moved together with this page
        file = PurePosixPath(file).name
        notes.append(words("It is kept in the folder of the closed period: {folder}", folder=f"arkisto/{period.id}"))
    return (
        Fact(words("File"), HtmlCell(file, notes=tuple(notes))),
        Fact(words("Saved"), HtmlCell(words.moment(held.time))),
        Fact(words("Responsible officer"), HtmlCell(held.officer or words("Not known"))),
        Fact(words("Reporting period"), HtmlCell(period.label)),
        Fact(words("Due day"), HtmlCell(words.date(period.deadline))),
    )


_ANOTHER = N_("This receipt is also about {file}, saved {time}.")


def _late(receipt: Receipt, settings: Settings, words: Words) -> str | None:
    if not receipt.is_late:
        return None
    deadline = words.date(settings.period.deadline)
    if receipt.taken:
        return words("The workbook was saved after the due day, {date}. It was taken all the same.", date=deadline)
    return words("The workbook was saved after the due day, {date}.", date=deadline)


def _groups(receipt: Receipt, words: Words) -> Iterable[_Group]:
    mistakes = tuple(_mistakes(receipt.told, words))
    told = tuple(zip(mistakes, advices((each[0].finding for each in mistakes), words), strict=True))
    for severity, (heading, intro) in _GROUPS.items():
        cards = tuple(_card(each, what, receipt, words) for each, what in told if each[0].finding.severity is severity)
        if cards:
            said = _CLOSED if severity is Severity.ERROR and is_of_closed_period(receipt) else intro
            yield _Group(severity, words(heading), words(said), cards)


def _mistakes(findings: Iterable[FileFinding], words: Words) -> Iterable[tuple[FileFinding, ...]]:
    """Findings that say the same, together: a mistake is told once, with all its places."""
    found: dict[tuple[str, str], list[FileFinding]] = {}
    for each in findings:
        is_folded = each.finding.rule == FOLDED_RULE
        said = "" if is_folded else words.finding(each.finding), words.advice(each.finding)
        found.setdefault(said, []).append(each)
    return map(tuple, found.values())


_GROUPS = {
    Severity.ERROR: (
        N_("To correct"),
        N_("Nothing that has been taken is lost: an earlier answer stands until a corrected one has been taken."),
    ),
    Severity.QUESTION: (N_("Questions"), N_("A question stops nothing: the answers have been taken.")),
    Severity.NOTE: (N_("Notes"), N_("These are for your information.")),
}
# Said in place of the errors' introduction: no corrected answer can be taken any more.
_CLOSED = N_("This save changes nothing: the answers of the closed period stay as they were.")


def _card(same: tuple[FileFinding, ...], what: Advice, receipt: Receipt, words: Words) -> _Card:
    codes = tuple(dict.fromkeys(each.finding.code for each in same if each.finding.code))
    return _Card(
        place=_places(same, receipt, words),
        goals=tuple(_goal_link(code, receipt, is_alone=len(codes) == 1) for code in codes),
        message=_message(same, len(codes), words),
        advice=what,
    )


def _message(same: tuple[FileFinding, ...], goals: int, words: Words) -> str:
    """Returns the message of a mistake; emptied rows of several goals share one, with their answers in the report."""
    finding = same[0].finding
    if finding.rule != FOLDED_RULE or goals == 1:
        return words.finding(finding)
    answers = words.list(dict.fromkeys(f"{each.finding.code}: {each.finding.value}" for each in same))
    return words(_EMPTIED, answers=answers)


_EMPTIED = N_(
    "The rows of these goals were emptied or removed. "
    "Their earlier answers are in the report, with the degrees {answers}."
)


def _places(same: tuple[FileFinding, ...], receipt: Receipt, words: Words) -> str:
    """`Seuranta, solu F12`; where there are several, the other cells after it; the file first where it is not clear."""
    by_file: dict[str, list[Place]] = {}
    for each in same:
        by_file.setdefault(each.file, []).append(each.finding.place)
    told = {PurePosixPath(file).name: _cells(places, words) for file, places in by_file.items()}
    return "; ".join(f"{name}: {cells}" if receipt.others else cells for name, cells in told.items())


def _cells(places: Iterable[Place], words: Words) -> str:
    first, *others = dict.fromkeys(places)
    cells = (place.cell if place.sheet == first.sheet and place.cell else words.place(place) for place in others)
    return ", ".join((words.place(first), *cells))


def _goal_link(code: str, receipt: Receipt, *, is_alone: bool) -> HtmlCell:
    """Returns the goal's code, with its title if it is the only one, linked to its row on the page."""
    rows = {each.row.code: each.goal for each in receipt.rows}
    goal = rows.get(code) or next((goal for goal in receipt.waiting if goal.code == code), None)
    text = goal_words(goal) if goal and is_alone else code
    return HtmlCell(text, href=f"#{link_to(anchor(code))}" if code in rows else None)


def _replies(receipt: Receipt, words: Words) -> Listing | None:
    """Lists the officer's replies to questions, to confirm that each one was read."""
    if not receipt.replies:
        return None
    lines = tuple(
        words(_HEARD, question=words.finding(reply.question), reply=shown(reply.text)) for reply in receipt.replies
    )
    return Listing(words("Replies"), None, lines)


_HEARD = N_("Your reply to the question has been recorded: “{reply}” ({question})")


def _report(receipt: Receipt, settings: Settings, words: Words) -> _InReport | None:
    table = report_table(receipt, settings, words)
    if table is None:
        return None
    return _InReport(words("In the report now"), table, words(_CUT), words(_CHANGE))


_CUT = N_("On paper only the beginning of a text is shown; the report prints it whole.")
_CHANGE = N_(
    "To change an answer, open the same workbook, change it and save it in place. "
    "Nothing that has been taken is lost, and your latest answer counts."
)


def _waiting(receipt: Receipt, words: Words) -> Listing | None:
    if not receipt.waiting:
        return None
    intro = words("Until they are answered, the report says of these goals that they have not been reported.")
    return Listing(words("Still unanswered"), intro, tuple(goal_words(goal) for goal in receipt.waiting))
