"""Answers every save: a receipt beside it, and a copy of the workbook with errors and questions marked."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from generator.app.answer_paths import answer_paths, path_in, receipt_path
from generator.app.forms import blank_form, form_workbook
from generator.app.kept_settings import settings_of
from generator.app.owned_files import DONE, Placement
from generator.app.present_saves import PresentSave
from generator.app.problems import place_taken_problem, problem, problem_of
from generator.app.put_away import closed_period, put_away_and_gone
from generator.app.rules import words_of
from generator.app.session import Session
from generator.app.snapshot import Snapshot, key_of
from generator.disk.safe_write import folder_errors
from generator.domain.base.canonical import fields_digest
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import N_
from generator.domain.base.settings import Settings
from generator.domain.follow_up.status import Problem, StoredSave
from generator.domain.output.receipt import (
    ANSWER_MARK,
    RECEIPT_ENDING,
    AnsweredFile,
    FormSheet,
    Receipt,
    is_answer_name,
    make_receipt,
    prefill,
    prefilled_feedback,
    receipt_name,
)
from generator.domain.plan.form import AnswerStamp
from generator.domain.plan.goals import Goal
from generator.domain.submission.checks import Verdict
from generator.domain.submission.feedback import feedback_rows, make_feedback
from generator.domain.submission.workbook import Unreadable
from generator.errors import FolderError
from generator.formats.html.receipt_page import receipt_page
from generator.formats.xlsx.answer_workbook import answer_workbook
from generator.formats.xlsx.feedback_sheet import feedback_headings
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from generator.store.state import MissingBytesError


@dataclass(frozen=True, slots=True)
class Answered:
    """The result of answering: the files without an answer yet, and the reason where it is not only open."""

    unanswered: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedAnswer:
    """The answer to one save: what it says, its files, and our earlier answers to remove."""

    present: PresentSave
    page: Path
    says: str
    files: Mapping[Path, bytes]
    stale: tuple[Path, ...]


def answer_saves(session: Session, snapshot: Snapshot) -> Answered:
    """Writes every answer that is missing or out of date, and removes the answers to files that are gone.

    If a folder cannot be written or an answer cannot be made, the others are still written; it is tried again.
    """
    said = session.store.ledger.receipts()
    unanswered: list[str] = []
    problems: list[Problem] = []
    planned: list[PlannedAnswer] = []
    for files in _to_answer(snapshot):
        try:
            answer = _plan(files, session, snapshot, said)
            planned += [answer] if answer else []
        except FolderError as error:
            unanswered.append(files[0].save.file)
            problems.append(problem_of(error))
    # One entry for all: each entry waits for the disk.
    session.placer.announce({path: data for each in planned for path, data in each.files.items()})
    done: dict[str, str] = {}
    for each in planned:
        file = each.present.save.file
        try:
            outcome = _place(each, session)
            found = (_problem_with(path, what) for path, what in outcome.items())
            problems += filter(None, found)
            done |= {receipt_name(file): each.says} if all(what in DONE for what in outcome.values()) else {}
            unanswered += [] if outcome[each.page] in DONE else [file]
        except FolderError as error:
            unanswered.append(file)
            problems.append(problem_of(error))
    session.store.ledger.record_receipts(done)
    with suppress(FolderError):  # tried again in the next round
        _remove_receipts_of_gone(session)
    return Answered(tuple(sorted(unanswered)), tuple(problems))


_SharedReceipt: TypeAlias = tuple[PresentSave, ...]
"""A file and its answer workbooks, which share a receipt; the one that was saved last stands first."""


def _to_answer(snapshot: Snapshot) -> tuple[_SharedReceipt, ...]:
    """The saves by their receipts."""
    files: dict[str, _SharedReceipt] = {}
    for present in snapshot.saves:
        name = receipt_name(present.save.file)
        files[name] = (present, *files.get(name, ()))
    return tuple(files.values())


def _remove_receipts_of_gone(session: Session) -> None:
    """Removes our answers to files that are no longer in the inbox, unless somebody changed or opened them."""
    history, left_archive = session.store.history, put_away_and_gone(session)
    in_archive = (path for path in history.put_away_paths if path not in left_archive and not is_answer_name(path))
    present = {receipt_name(path) for path in (*(save.path for save in history.present), *in_archive)}
    left = {*history.gone, *left_archive}
    removed: dict[str, str] = {}
    for name in {receipt_name(file) for file in left} - present:
        page = path_in(session.workspace.inbox, name)
        if page is None or not session.placer.is_ours(page):
            continue
        for path in (*answer_paths(session.workspace.inbox, name.removesuffix(RECEIPT_ENDING)), page):
            if path and path.exists():
                session.placer.remove(path)
        removed[name] = ""
    # A file that comes back is answered anew.
    session.store.ledger.record_receipts(removed)


def _plan(files: _SharedReceipt, session: Session, snapshot: Snapshot, said: Mapping[str, str]) -> PlannedAnswer | None:
    """The answer to the files of a receipt; None where it stands already, or where its folder has gone."""
    held = files[0].save
    if not (session.workspace.inbox / held.file).parent.is_dir():
        return None
    page = receipt_path(session.workspace.inbox, held.file)
    if page is None:
        raise FolderError(_NO_NAME, _SHORTER, path=session.workspace.inbox / held.file)
    words = words_of(snapshot.plan, held.officer, session.words)
    receipt, settings = _receipt(files, session, snapshot), _settings_of(held, session)
    says = key_of(_digest_of(receipt), settings.digest, words.language.value)
    if said.get(receipt_name(held.file)) == says and page.exists():
        return None
    marked, made = _to_mend(files, session, snapshot, words)
    answer = marked
    if made is not None:
        answer = _workbook_place(held, session, made)
    placed = {answer: made} if answer and made is not None else {}
    told = replace(receipt, answer_workbook=answer.name if answer else None)
    placed[page] = receipt_page(told, settings, words)
    own = {session.workspace.inbox / each.save.file for each in files}
    paths = answer_paths(session.workspace.inbox, held.file) if _has_answers(page.parent) else ()
    stale = tuple(path for path in paths if path and path not in (answer, *own))
    return PlannedAnswer(files[0], page, says, placed, stale)


def _settings_of(held: StoredSave, session: Session) -> Settings:
    """The settings of the period that a save belongs to: the closed one for a save that came too late for it."""
    closed = closed_period(held)
    return (settings_of(session, closed) if closed else None) or session.settings


def _to_mend(
    files: _SharedReceipt, session: Session, snapshot: Snapshot, words: Words
) -> tuple[Path | None, bytes | None]:
    """The workbook of the officer's that asks all that is open, or the bytes of one to be made; of the last file first.

    Both are None where nothing can be corrected or answered in a workbook.
    """
    for present in files:
        if _asks_all(present.save, session):
            return session.workspace.inbox / present.save.file, None
        workbook = _marked_workbook(present.save, session, snapshot, words)
        if workbook is not None:
            return None, workbook
    return None, None


_NO_NAME = N_("{path}: the path is so long that no answer can be saved beside the file.")
_SHORTER = N_("Save the workbook under a shorter name, or in a folder with a shorter path.")


def _unanswered_goals(officer: str | None, snapshot: Snapshot) -> tuple[Goal, ...]:
    """The officer's goals of which the report says that they have not been reported."""
    if officer is None:
        return ()
    in_check = snapshot.follow_up.in_check(officer)
    return tuple(goal for goal in snapshot.follow_up.waits_for(officer) if goal.code not in in_check)


def _receipt(files: _SharedReceipt, session: Session, snapshot: Snapshot) -> Receipt:
    """What the answer to the files says; the name of the answer workbook comes later."""
    last, *others = (AnsweredFile(present.save, present.rows) for present in files)
    held = last.save
    return make_receipt(
        last,
        snapshot.follow_up,
        waiting=_unanswered_goals(held.officer, snapshot),
        is_late=read_moment(held.time).date() > _settings_of(held, session).period.deadline,
        replies=tuple(each for each in snapshot.replies if receipt_name(each.file) == receipt_name(held.file)),
        others=tuple(others),
    )


@lru_cache(maxsize=2_000)  # most receipts say what they said in the last round
def _digest_of(receipt: Receipt) -> str:
    return fields_digest(receipt)


def _has_answers(folder: Path) -> bool:
    """True if a folder has any answer workbook. A quick check, since one file's answer can have many names."""
    with folder_errors(folder), os.scandir(folder) as entries:
        return any(ANSWER_MARK in entry.name.casefold() for entry in entries)


def _place(planned: PlannedAnswer, session: Session) -> dict[Path, Placement]:
    """Places an answer; earlier answers of ours go first. Says what became of each file of it."""
    removed = {path: session.placer.remove(path) for path in planned.stale if path.exists()}
    placed = {path: session.placer.place(path, data) for path, data in planned.files.items()}
    return {path: what for path, what in removed.items() if what is Placement.LOCKED} | placed


def _problem_with(path: Path, what: Placement) -> Problem | None:
    """Why a file of an answer could not be placed or removed; None where it could."""
    if what is Placement.LOCKED:
        return problem(_OPEN, _CLOSE, path=path)
    return place_taken_problem(path) if what is Placement.TOUCHED else None


_OPEN = N_("{path}: somebody has this file open, so it was not brought up to date.")
_CLOSE = N_("Close it. It follows by itself.")


def _workbook_place(held: StoredSave, session: Session, workbook: bytes) -> Path | None:
    """The first of the answer's paths that no person's file has; None where there is none."""
    for path in answer_paths(session.workspace.inbox, held.file):
        if path and not session.placer.is_persons(path, workbook):
            return path
    return None


def _asks_all(held: StoredSave, session: Session) -> bool:
    """True if the file is an answer workbook that asks already all that is open: another one would say the same."""
    feedback = make_feedback(held.findings)
    if not is_answer_name(held.file) or not feedback.items or not all(item.key for item in feedback.items):
        return False
    try:
        workbook = read_workbook(session.store.archive.read(held.digest))
    except MissingBytesError:
        return False
    asked = () if isinstance(workbook, Unreadable) else feedback_rows(workbook, feedback_headings())
    return {item.key for item in feedback.items} <= {row.key for row in asked}


def _marked_workbook(held: StoredSave, session: Session, snapshot: Snapshot, words: Words) -> bytes | None:
    """The officer's workbook with its errors and questions marked; None where there are none, or no workbook."""
    feedback = make_feedback(held.findings)
    if held.verdict is Verdict.UNREADABLE or not feedback.is_workable:
        return None
    typed = session.store.ledger.typed_of(held.sequence)
    stamp = AnswerStamp(held.sequence, session.store.ledger.taken_up_to()).text(session.key)
    try:
        data = session.store.archive.read(held.digest)
        marked = None if typed else answer_workbook(data, feedback, words, stamp=stamp)
    except MissingBytesError:
        return None
    if marked or typed is None or held.officer is None:
        return marked
    from generator.formats.xlsx.form_file import HEADING_ROW, SHEET

    form = prefill(blank_form(snapshot, held.officer), typed)
    sheet = FormSheet(words(SHEET), HEADING_ROW + 1)
    # A form in an officer's name speaks for that officer: only who signed the save gets one that is signed.
    said = session.store.ledger.file_state_at(session.period, held.file, held.sequence)
    base = held.sequence if said and said.officer else None
    made = form_workbook(session, snapshot, form, base=base)
    return answer_workbook(made, prefilled_feedback(feedback, form, typed, sheet), words, stamp=stamp)
