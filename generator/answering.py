"""The answer to every save: a receipt beside it, and the officer's own workbook with what is to be mended marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from generator.domain.checks import Verdict
from generator.domain.feedback import make_feedback
from generator.domain.merge import FollowUp
from generator.domain.plan import Plan
from generator.domain.receipt import Receipt, answer_name, make_receipt, receipt_name
from generator.domain.refill import FormSheet, refill, refilled_feedback
from generator.domain.status import Held
from generator.domain.submission import Submission, Unreadable, find_submission
from generator.files.answer_workbook import answer_workbook
from generator.files.form_file import HEADING_ROW, SHEET
from generator.files.placed import Placement
from generator.files.receipt import receipt_page
from generator.language import Words
from generator.office import (
    Office,
    examine,
    follow_up,
    form_workbook,
    officer_form,
    previous_follow_up,
    read_saved,
    rulebook,
    words_of,
)

# More answers than this to one file, each saved and changed again, are not looked for.
MOST_ANSWERS = 20
_PLACED = (Placement.WRITTEN, Placement.UNCHANGED)


@dataclass(frozen=True, slots=True)
class _Counter:
    """What answering needs besides the save: the plan, the follow-up, and each save's digest by its sequence."""

    office: Office
    plan: Plan
    merged: FollowUp
    digests: Mapping[int, str]


def answer_saves(office: Office, plan: Plan) -> None:
    """Answers every save of the period that has no answer yet; what cannot be placed now is tried in the next pass."""
    digests = {save.sequence: save.digest for save in office.archive.journal()}
    counter = _Counter(office, plan, follow_up(office, plan), digests)
    waiting = office.ledger.unanswered(office.workspace.settings.period.id)
    answered = tuple(held.sequence for held in waiting if _answer(held, counter))
    office.ledger.mark_answered(*answered)


def _answer(held: Held, counter: _Counter) -> bool:
    """Whether both answers stand in their place, or the folder they belong to has gone."""
    inbox = counter.office.workspace.inbox
    if not (inbox / held.file).parent.is_dir():
        return True
    words = words_of(counter.plan, held.officer, counter.office.words)
    workbook = _marked_workbook(held, counter, words)
    name = _place_workbook(held, counter.office, workbook) if workbook else ""
    stale_gone = _remove_stale(held, counter.office, keep=name)
    page = receipt_page(_receipt(held, counter, name), counter.office.workspace.settings, words)
    placed = counter.office.placed.place(inbox / receipt_name(held.file), page) in _PLACED
    return placed and stale_gone and bool(name or not workbook)


def _receipt(held: Held, counter: _Counter, workbook: str) -> Receipt:
    period = counter.office.workspace.settings.reporting_period
    return make_receipt(
        held,
        counter.office.ledger.answers_of(held.sequence),
        counter.plan,
        waiting=counter.merged.waits_for(held.officer) if held.officer else (),
        is_late=datetime.fromisoformat(held.time).date() > period.deadline,
        answer_workbook=workbook.rpartition("/")[2],
    )


def _place_workbook(held: Held, office: Office, workbook: bytes) -> str:
    """The first name that no person's file holds; an empty string where the place is locked."""
    for number in range(1, MOST_ANSWERS + 1):
        name = answer_name(held.file, number)
        placement = office.placed.place(office.workspace.inbox / name, workbook)
        if placement is not Placement.TOUCHED:
            return name if placement in _PLACED else ""
    return ""


def _remove_stale(held: Held, office: Office, keep: str) -> bool:
    """Takes away earlier answers of ours that nobody has changed; False where one is open now."""
    names = (answer_name(held.file, number) for number in range(1, MOST_ANSWERS + 1))
    paths = tuple(office.workspace.inbox / name for name in names if name not in (keep, held.file))
    return all(office.placed.remove(path) is not Placement.LOCKED for path in paths if path.exists())


def _marked_workbook(held: Held, counter: _Counter, words: Words) -> bytes | None:
    """The officer's workbook with its errors and questions marked; None where there are none, or no workbook."""
    if held.verdict is Verdict.UNREADABLE:
        return None
    feedback = make_feedback(held.findings)
    digest = counter.digests.get(held.sequence)
    if not feedback.items or digest is None:
        return None
    data = counter.office.archive.read(digest)
    return answer_workbook(data, feedback, words) or _fresh_form(held, data, counter, words)


def _fresh_form(held: Held, data: bytes, counter: _Counter, words: Words) -> bytes | None:
    """A form of ours with the officer's values in it, marked: for formats that cannot be marked themselves."""
    submission = _submission(data, counter)
    if held.officer is None or submission is None:
        return None
    office, plan = counter.office, counter.plan
    rows = examine(office, rulebook(office, plan), data, held.file).rows
    form = refill(officer_form(office, plan, held.officer, previous_follow_up(office, plan)), submission, rows)
    made = form_workbook(office, plan, form, base=held.sequence)
    sheet = FormSheet(words(SHEET), HEADING_ROW + 1)
    return answer_workbook(made, refilled_feedback(make_feedback(held.findings), form, submission, sheet), words)


def _submission(data: bytes, counter: _Counter) -> Submission | None:
    workbook = read_saved(data)
    if isinstance(workbook, Unreadable):
        return None
    found = find_submission(workbook, counter.office.workspace.settings.headings, counter.office.words.language.value)
    return found if isinstance(found, Submission) else None
