"""Answers every save: a receipt beside it, and a copy of the workbook with errors and questions marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.app.forms import blank_form, form_workbook
from generator.app.owned_files import DONE, Placement
from generator.app.problems import place_taken_problem, problem_of
from generator.app.rules import words_of
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.disk.names import fitting_name
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import N_
from generator.domain.follow_up.status import Problem, StoredSave
from generator.domain.output.receipt import (
    FormSheet,
    answer_name,
    make_receipt,
    prefill,
    prefilled_feedback,
    receipt_name,
)
from generator.domain.submission.checks import Verdict
from generator.domain.submission.feedback import make_feedback
from generator.errors import FolderError
from generator.formats.html.receipt_page import receipt_page
from generator.formats.xlsx.answer_workbook import answer_workbook
from generator.formats.xlsx.form_file import HEADING_ROW, SHEET
from generator.i18n.words import Words
from generator.store.archive import MissingBytesError

# Names (`X.korjattavaa-2.xlsx`, …) that are tried for one file's answer, in case people have changed earlier ones.
MOST_ANSWERS = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """The result of answering: the files without an answer yet, and the reason where it is not only open."""

    unanswered: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Planned:
    """The answer to one save: the files to place, and our earlier answers to remove."""

    held: StoredSave
    files: Mapping[Path, bytes]
    stale: tuple[Path, ...]


def answer_saves(session: Session, snapshot: Snapshot) -> Answered:
    """Answers every save of the period that has no answer yet; a failed one is tried again in the next round.

    A folder that cannot be written, or an answer that cannot be made, stops no other answer.
    """
    is_gone = session.store.history.is_gone
    waiting = tuple(held for held in session.store.ledger.unanswered(session.period) if not is_gone(held.file))
    unanswered: list[str] = []
    problems: list[Problem] = []
    planned: list[_Planned] = []
    for held in waiting:
        try:
            planned.append(_plan(held, session, snapshot))
        except FolderError as error:
            unanswered.append(held.file)
            problems.append(problem_of(error))
    # One entry for all: each entry waits for the disk.
    session.placer.announce({path: data for each in planned for path, data in each.files.items()})
    done: list[int] = []
    for each in planned:
        try:
            outcome = _place(each, session)
            if all(what in DONE for what in outcome.values()):
                done.append(each.held.sequence)
            problems += [place_taken_problem(path) for path, what in outcome.items() if what is Placement.TOUCHED]
        except FolderError as error:
            problems.append(problem_of(error))
    session.store.ledger.mark_answered(*done)
    unanswered += [each.held.file for each in planned if each.held.sequence not in done]
    return Answered(tuple(sorted(unanswered)), tuple(problems))


def remove_receipts_of_gone(session: Session) -> None:
    """Removes our answers to files that are no longer in the inbox, unless somebody changed or opened them."""
    removed: list[int] = []
    for file in session.store.history.gone:
        page, save = _receipt_path(session, file), session.store.history.latest(file)
        if page is None or save is None or not session.placer.is_ours(page):
            continue
        for path in (*_answer_paths(session, file), page):
            if path and path.exists():
                session.placer.remove(path)
        removed.append(save.sequence)
    # A file that comes back is answered anew.
    session.store.ledger.mark_unanswered(*removed)


def _plan(held: StoredSave, session: Session, snapshot: Snapshot) -> _Planned:
    """The answer to a save; an empty one where its folder has gone."""
    if not (session.workspace.inbox / held.file).parent.is_dir():
        return _Planned(held, {}, ())
    words = words_of(snapshot.plan, held.officer, session.words)
    workbook = _marked_workbook(held, session, snapshot, words)
    place = _workbook_place(held, session, workbook) if workbook else None
    files = {place: workbook} if place and workbook else {}
    page = _receipt_path(session, held.file)
    if page is None:
        raise FolderError(_NO_NAME, _SHORTER, path=session.workspace.inbox / held.file)
    files[page] = _receipt(held, session, snapshot, words=words, workbook=place.name if place else None)
    own = session.workspace.inbox / held.file
    stale = tuple(path for path in _answer_paths(session, held.file) if path and path not in (place, own))
    return _Planned(held, files, stale)


_NO_NAME = N_("{path}: the path is so long that no answer can be saved beside the file.")
_SHORTER = N_("Save the workbook under a shorter name, or in a folder with a shorter path.")


def _receipt(held: StoredSave, session: Session, snapshot: Snapshot, *, words: Words, workbook: str | None) -> bytes:
    period = session.settings.period
    receipt = make_receipt(
        held,
        session.store.ledger.answers_of(held.sequence),
        snapshot.plan,
        waiting=snapshot.follow_up.waits_for(held.officer) if held.officer else (),
        is_late=read_moment(held.time).date() > period.deadline,
        answer_workbook=workbook,
    )
    return receipt_page(receipt, session.settings, words)


def _place(planned: _Planned, session: Session) -> dict[Path, Placement]:
    """Places an answer; earlier answers of ours go first. Also says which of those are open and could not go."""
    removed = {path: session.placer.remove(path) for path in planned.stale if path.exists()}
    placed = {path: session.placer.place(path, data) for path, data in planned.files.items()}
    return {path: what for path, what in removed.items() if what is Placement.LOCKED} | placed


def _workbook_place(held: StoredSave, session: Session, workbook: bytes) -> Path | None:
    """The first of the answer's paths that no person's file has; None where there is none."""
    for path in _answer_paths(session, held.file):
        if path and not session.placer.is_persons(path, workbook):
            return path
    return None


def _receipt_path(session: Session, file: str) -> Path | None:
    return _beside(session, receipt_name(file))


def _answer_paths(session: Session, file: str) -> Iterator[Path | None]:
    """The paths at which the answer workbook may lie: `X.korjattavaa.xlsx`, `X.korjattavaa-2.xlsx` and so on."""
    for number in range(1, MOST_ANSWERS + 1):
        yield _beside(session, answer_name(file, number))


def _beside(session: Session, name: str) -> Path | None:
    """A path in the inbox, with a shortened name if it is too long; None where the folder's path is too long."""
    path = PurePosixPath(name)
    folder = session.workspace.inbox / path.parent
    fitting = fitting_name(folder, path.name)
    return folder / fitting if fitting else None


def _marked_workbook(held: StoredSave, session: Session, snapshot: Snapshot, words: Words) -> bytes | None:
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
    form = prefill(blank_form(snapshot, held.officer), typed)
    sheet = FormSheet(words(SHEET), HEADING_ROW + 1)
    made = form_workbook(session, snapshot, form, base=held.sequence)
    return answer_workbook(made, prefilled_feedback(feedback, form, typed, sheet), words)
