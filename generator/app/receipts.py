"""The answer to every save: a receipt beside it, and the officer's own workbook with what is to be mended marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from generator.app.forms import blank_form, form_workbook
from generator.app.placing import DONE, Placement
from generator.app.problems import problem_of
from generator.app.rules import words_of
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.disk.names import fitting_name
from generator.domain.checks import Verdict
from generator.domain.feedback import make_feedback
from generator.domain.receipt import answer_name, make_receipt, receipt_name
from generator.domain.refill import FormSheet, refill, refilled_feedback
from generator.domain.rule import N_
from generator.domain.status import Held, Problem
from generator.errors import FolderError
from generator.files.answer_workbook import answer_workbook
from generator.files.form_file import HEADING_ROW, SHEET
from generator.files.receipt import receipt_page
from generator.language import Words
from generator.store.archive import MissingBytesError

# More answers than this to one file, each saved and changed again, are not looked for.
MOST_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of answering: the files whose answer could not be placed yet, and why where it is not only open."""

    unanswered: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Planned:
    """The answer to one save: what is placed where, and our earlier answers that are removed."""

    held: Held
    files: Mapping[Path, bytes]
    stale: tuple[Path, ...]


def answer_saves(session: Session, snapshot: Snapshot) -> Answered:
    """Answers every save of the period that has no answer yet; what cannot be placed now is tried in the next round.

    A folder that cannot be written, or an answer that cannot be made, stops no other answer.
    """
    waiting = session.store.ledger.unanswered(session.period)
    unanswered: list[str] = []
    problems: list[Problem] = []
    planned: list[_Planned] = []
    for held in waiting:
        try:
            planned.append(_plan(held, session, snapshot))
        except FolderError as error:
            unanswered.append(held.file)
            problems.append(problem_of(error))
    session.placer.announce({path: data for each in planned for path, data in each.files.items()})
    done: list[int] = []
    for each in planned:
        try:
            done += [each.held.sequence] if _place(each, session) else []
        except FolderError as error:
            problems.append(problem_of(error))
    session.store.ledger.mark_answered(*done)
    unanswered += [each.held.file for each in planned if each.held.sequence not in done]
    return Answered(tuple(sorted(unanswered)), tuple(problems))


def remove_receipts_of_gone(session: Session) -> None:
    """Takes away our answers to files that are no longer in the inbox, while they are ours and closed."""
    for file in session.store.history.gone:
        for path in (_receipt_path(session, file), *_answer_paths(session, file)):
            if path and path.parent.is_dir():
                session.placer.remove(path)


def _plan(held: Held, session: Session, snapshot: Snapshot) -> _Planned:
    """What answers a save; nothing where its folder has gone."""
    if not (session.workspace.inbox / held.file).parent.is_dir():
        return _Planned(held, {}, ())
    words = words_of(snapshot.plan, held.officer, session.words)
    workbook = _marked_workbook(held, session, snapshot, words)
    place = _workbook_place(held, session, workbook) if workbook else None
    files = {place: workbook} if place and workbook else {}
    page = _receipt_path(session, held.file)
    if page is None:
        raise FolderError(_NO_NAME, _SHORTER, path=session.workspace.inbox / held.file)
    files[page] = _receipt(held, session, snapshot, words=words, workbook=place.name if place else "")
    own = session.workspace.inbox / held.file
    stale = tuple(path for path in _answer_paths(session, held.file) if path and path not in (place, own))
    return _Planned(held, files, stale)


_NO_NAME = N_("{path}: the path is so long that no answer can be saved beside the file.")
_SHORTER = N_("Save the workbook under a shorter name, or in a folder with a shorter path.")


def _receipt(held: Held, session: Session, snapshot: Snapshot, *, words: Words, workbook: str) -> bytes:
    period = session.settings.reporting_period
    receipt = make_receipt(
        held,
        session.store.ledger.answers_of(held.sequence),
        snapshot.plan,
        waiting=snapshot.follow_up.waits_for(held.officer) if held.officer else (),
        is_late=datetime.fromisoformat(held.time).date() > period.deadline,
        answer_workbook=workbook,
    )
    return receipt_page(receipt, session.settings, words)


def _place(planned: _Planned, session: Session) -> bool:
    """Whether all of the answer stands in its place; earlier answers of ours go first."""
    removed = [session.placer.remove(path) is not Placement.LOCKED for path in planned.stale if path.exists()]
    placed = [session.placer.place(path, data) in DONE for path, data in planned.files.items()]
    return all(removed) and all(placed)


def _workbook_place(held: Held, session: Session, workbook: bytes) -> Path | None:
    """The first name that no person's file has; None where there is none."""
    for path in _answer_paths(session, held.file):
        if path and (not path.exists() or session.placer.is_ours(path) or path.read_bytes() == workbook):
            return path
    return None


def _receipt_path(session: Session, file: str) -> Path | None:
    return _beside(session, receipt_name(file))


def _answer_paths(session: Session, file: str) -> Iterator[Path | None]:
    """Where the answer workbook may lie: `X.korjattavaa.xlsx`, `X.korjattavaa-2.xlsx` and so on."""
    for number in range(1, MOST_ANSWERS + 1):
        yield _beside(session, answer_name(file, number))


def _beside(session: Session, name: str) -> Path | None:
    """A path of the inbox, with a shortened name where the whole would be too long; None where even that is."""
    path = PurePosixPath(name)
    folder = session.workspace.inbox / path.parent
    fitting = fitting_name(folder, path.name)
    return folder / fitting if fitting else None


def _marked_workbook(held: Held, session: Session, snapshot: Snapshot, words: Words) -> bytes | None:
    """The officer's workbook with its errors and questions marked; None where there are none, or no workbook."""
    feedback = make_feedback(held.findings)
    if held.verdict is Verdict.UNREADABLE or not feedback.items:
        return None
    typed = session.store.ledger.typed_of(held.sequence)
    try:
        marked = None if typed else answer_workbook(session.store.archive.read(held.digest), feedback, words)
    except MissingBytesError:
        return None
    if marked or typed is None or held.officer is None:
        return marked
    form = refill(blank_form(snapshot, held.officer), typed)
    sheet = FormSheet(words(SHEET), HEADING_ROW + 1)
    made = form_workbook(session, snapshot, form, base=held.sequence)
    return answer_workbook(made, refilled_feedback(feedback, form, typed, sheet), words)
