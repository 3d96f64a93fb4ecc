"""The top of a receipt: the result of the save, and the one thing to do next."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.base.rule import N_
from generator.domain.output.receipt import FileFinding, Receipt, RowMatter
from generator.domain.submission.checks import Verdict
from generator.domain.submission.feedback import count_questions, is_corrected_elsewhere
from generator.i18n.words import Words


@dataclass(frozen=True, slots=True)
class Tone:
    """The appearance of the verdict: a class of the style sheet, and a sign, since colour alone must never show it."""

    name: str
    sign: str


_UNREADABLE = Tone("bad", "✗")
_TO_CORRECT = Tone("mend", "!")
_TAKEN = Tone("good", "✓")
_NOTHING_TAKEN = Tone("calm", "○")


def tone_of(receipt: Receipt) -> Tone:
    """Returns the appearance of the verdict."""
    if receipt.held.verdict is Verdict.UNREADABLE:
        return _UNREADABLE
    if receipt.errors:
        return _TO_CORRECT
    return _TAKEN if receipt.taken and not _is_waiting(receipt) else _NOTHING_TAKEN


def verdict(receipt: Receipt, words: Words) -> str:
    """Returns the result of the save as a sentence."""
    if receipt.held.verdict is Verdict.UNREADABLE:
        return words("The file could not be read.")
    if receipt.errors:
        return _verdict_with_errors(receipt, words)
    if _is_waiting(receipt):
        return words("The answers wait for a check of their sender.")
    if receipt.taken and not _is_a(receipt, "copy"):
        return words.plural("Taken: {count} answer.", "Taken: {count} answers.", receipt.taken)
    said = next((message for rule, message in _NOTHING_NEW.items() if _is_a(receipt, rule)), _NO_ANSWERS)
    return words(said)


def _verdict_with_errors(receipt: Receipt, words: Words) -> str:
    faults = receipt.errors
    if is_of_closed_period(receipt):
        return words("Nothing was taken: the reporting period of this workbook is closed.")
    if not receipt.taken:
        return words.plural(
            "Nothing was taken: {count} point needs correction.",
            "Nothing was taken: {count} points need correction.",
            len(faults),
        )
    taken = words.plural("{count} answer was taken", "{count} answers were taken", receipt.taken)
    rows = words.plural("{count} row needs correction", "{count} rows need correction", _count_rows(faults))
    return f"{taken}, {rows}."


def _count_rows(faults: Iterable[FileFinding]) -> int:
    """How many rows have an error: an answer workbook has the rows of the file from which it was made."""
    places = (fault.finding.place for fault in faults)
    return len({(place.sheet, (place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for place in places})


_NOTHING_NEW = {
    "nothing-filled": N_("Nothing had been filled in."),
    "copy": N_("The workbook is a copy: its answers have been taken already."),
}
_NO_ANSWERS = N_("There were no new answers.")


def _is_a(receipt: Receipt, rule: str) -> bool:
    return any(finding.rule == rule for finding in receipt.held.findings)


def is_of_closed_period(receipt: Receipt) -> bool:
    """True if the save came too late: its period is closed, so nothing of it is read."""
    return _is_a(receipt, "period-closed")


def _is_waiting(receipt: Receipt) -> bool:
    return _is_a(receipt, "sender-waits")


def next_step(receipt: Receipt, words: Words) -> str:
    """What the officer does next; that there is nothing to do only where nothing is open."""
    if receipt.errors:
        return words(_after_errors(receipt), name=receipt.answer_workbook)
    asked = count_questions(each.finding for each in receipt.questions)
    if receipt.answer_workbook:
        questions = words.plural("There is {count} question.", "There are {count} questions.", asked)
        return " ".join((questions, words(_ANSWER_QUESTIONS, name=receipt.answer_workbook)))
    if not receipt.taken and _is_a(receipt, "nothing-filled"):
        return words("Choose a degree of progress for each of your goals, describe the progress, and save in place.")
    if asked:
        return words("Nothing needs correction, but please read the questions below.")
    return _what_is_open(receipt, words) or words("You need not do anything.")


def _after_errors(receipt: Receipt) -> str:
    faults = tuple(fault.finding for fault in receipt.errors)
    if receipt.others and {fault.file for fault in receipt.errors} != {receipt.held.file}:
        return _MEND_EACH
    if receipt.answer_workbook:
        return _MEND_MARKED
    if any(map(is_corrected_elsewhere, faults)):
        return _MEND_ELSEWHERE
    return _MEND_CELLS if all(fault.place.cell for fault in faults) else _FOLLOW_ADVICE


def _what_is_open(receipt: Receipt, words: Words) -> str:
    """Says what is still open though this workbook is in order; an empty string if nothing is."""
    disputed = [row.row.code for row in receipt.rows if row.matter is RowMatter.DISPUTED]
    waiting = len(receipt.waiting) + sum(row.row.answer is None for row in receipt.rows)
    if _is_waiting(receipt):
        return words(_SENDER_IS_CHECKED)
    if disputed:
        return words(_OFFICERS_DIFFER, codes=", ".join(disputed))
    if not waiting:
        return ""
    return words.plural(
        "Nothing needs correction; {count} of your goals is still unanswered.",
        "Nothing needs correction; {count} of your goals are still unanswered.",
        waiting,
    )


_MEND_MARKED = N_(
    "The cells are marked and explained in the workbook {name}. Correct them in it or in your own workbook, "
    "and save it in place."
)
_MEND_EACH = N_(
    "Each point below names the workbook in which it stands. Correct it there, and save in place. "
    "A workbook to correct that is not needed any more may be removed."
)
_MEND_ELSEWHERE = N_("This workbook cannot be corrected as it is. The advice below says what to do instead.")
_MEND_CELLS = N_("Open the same workbook, correct the cells named below, and save it in place.")
_FOLLOW_ADVICE = N_("Follow the advice below.")
_ANSWER_QUESTIONS = N_(
    "Nothing stops the answers that were taken. Reply in the workbook {name}, in the column Reply, or change your own "
    "workbook, and save it in place."
)
_SENDER_IS_CHECKED = N_(
    "Who makes the report checks the sender. Until then the report has no answers of this workbook."
)
_OFFICERS_DIFFER = N_(
    "Nothing needs correction, but the officers assess the goal differently: {codes}. Who makes the report settles it."
)
