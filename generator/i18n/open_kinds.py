"""What is open before a report is made final, in words: the name of each kind, and a line for each item."""

from collections.abc import Iterator

from generator.domain.base.rule import N_
from generator.domain.follow_up.open_by_kind import OpenByKind, OpenKind
from generator.domain.follow_up.standing import ContestedRow, WaitingSender
from generator.domain.follow_up.status import OpenFault
from generator.domain.plan.plan_changes import PlanChange, PlanChangeKind
from generator.i18n.text_places import place_words
from generator.i18n.words import Words

KIND_NAMES = {
    OpenKind.MISSING: N_("Not reported"),
    OpenKind.DISAGREEMENT: N_("Officers disagree"),
    OpenKind.FILES: N_("Two files of one officer differ"),
    OpenKind.SENDER: N_("Senders that nobody has checked"),
    OpenKind.EDIT: N_("Edits of the draft that are not printed"),
    OpenKind.REFUSED: N_("Saves with errors"),
    OpenKind.PLAN: N_("The plan has changed within the period"),
    OpenKind.LOST: N_("Texts that the archive no longer has"),
}
_CHANGES = {
    PlanChangeKind.NEW: N_("new: {goal}"),
    PlanChangeKind.REMOVED: N_("removed: {goal}"),
    PlanChangeKind.RETITLED: N_("title changed: {goal}"),
}


def kind_lines(found: OpenByKind, kind: OpenKind, words: Words) -> tuple[str, ...]:
    """A line for each open item of a kind."""
    return tuple(_lines(found, kind, words))


def _lines(found: OpenByKind, kind: OpenKind, words: Words) -> Iterator[str]:
    match kind:
        case OpenKind.MISSING | OpenKind.DISAGREEMENT | OpenKind.EDIT:
            yield from _goal_lines(found, kind, words)
        case OpenKind.FILES:
            yield from map(_files_line, found.contested)
        case OpenKind.SENDER:
            yield from (_sender_line(sender, words) for sender in found.senders)
        case OpenKind.REFUSED:
            yield from (_fault_line(fault, words) for fault in found.faults)
        case OpenKind.PLAN:
            yield from (_change_line(change, words) for change in found.plan)
        case OpenKind.LOST:
            yield from (f"{place_words(text.place, {}, words)} ({words.moment(text.act.time)})" for text in found.lost)


def _goal_lines(found: OpenByKind, kind: OpenKind, words: Words) -> Iterator[str]:
    if kind is OpenKind.EDIT:
        yield from (f"{edit.act.code} {edit.title}: {edit.edited}" for edit in found.edits)
    elif kind is OpenKind.DISAGREEMENT:
        yield from (f"{item.goal.code} {item.goal.title}" for item in found.disputed)
    else:
        for item in found.missing:
            yield f"{item.goal.code} {item.goal.title} ({words.list(item.awaited_officers)})"


def _files_line(row: ContestedRow) -> str:
    own, other = row.names
    return f"{row.key[0]} {row.standing.answer.entry.officer}: {own}, {other}"


def _sender_line(sender: WaitingSender, words: Words) -> str:
    return f"{sender.file} ({sender.officer}): {words.list(answer.entry.code for answer in sender.answers)}"


def _fault_line(fault: OpenFault, words: Words) -> str:
    place = "!".join(filter(None, (fault.finding.place.sheet, fault.finding.place.cell)))
    where = ", ".join(filter(None, (fault.file, place, fault.finding.code)))
    return f"{where}: {words.finding(fault.finding)}"


def _change_line(change: PlanChange, words: Words) -> str:
    return words(_CHANGES[change.kind], goal=f"{change.code} {change.title}")
