"""Moves the files of closed periods into `inbox/arkisto/<period>/`, each with our answers to it.

A file is moved only if the archive has it and nobody has it open; otherwise a later round moves it. An interrupted
move is recognized by the bytes at the new path, see `Keeper`.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from generator.app.answer_paths import answer_paths, receipt_path
from generator.app.owned_files import is_locked
from generator.app.put_back import answer_put_back, put_back_save
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.disk.digests import digest_of
from generator.disk.names import fitting_name
from generator.disk.safe_write import folder_errors
from generator.domain.follow_up.status import StoredSave
from generator.domain.output.receipt import ANSWER_MARK
from generator.store.records import PutAway
from generator.workspace.folders import PUT_AWAY_FOLDER, is_put_away


@dataclass(frozen=True, slots=True)
class ClosedFile:
    """A file in the inbox that belongs to a closed period, and whose it is (None: not known).

    `file` is its path relative to the inbox, `digest` the SHA-256 of its bytes as they were kept. `is_put_back`: it is
    our answer workbook, which a person has put back.
    """

    file: str
    digest: str
    period: str
    officer: str | None
    is_put_back: bool = False


@dataclass(frozen=True, slots=True)
class PutAwayResult:
    """The moved files, and those not moved because somebody has them open or has just changed them."""

    moved: tuple[str, ...] = ()
    staying: tuple[ClosedFile, ...] = ()


def put_away(session: Session, snapshot: Snapshot, now: str) -> PutAwayResult:
    """Moves the closed periods' files that lie in the inbox, with our answers to them.

    Raises:
        FolderError: the inbox cannot be written.
    """
    files = closed_files(session, snapshot)
    moved = tuple(file for file in files if _can_move(session, file))
    done: list[ClosedFile] = []
    for file in moved:
        records = _moved(session, file)
        if records:
            session.store.append(PutAway(file.period, records, now))
            done.append(file)
            if file.is_put_back:
                save = put_back_save(session, records[-1][1], file.digest, file.period, now=now)
                answer_put_back(session, snapshot, save, file.period)
    return PutAwayResult(tuple(file.file for file in done), tuple(file for file in files if file not in done))


def closed_period(save: StoredSave) -> str | None:
    """Returns the closed period for which a save came too late; None for all other saves."""
    return next((each.value for each in save.findings if each.rule == "period-closed"), None)


def put_away_and_gone(session: Session) -> frozenset[str]:
    """Returns the paths (relative to the inbox) of closed periods' files that a person has moved or removed since."""
    inbox, found = session.workspace.inbox, dict[str, set[str]]()
    for path in session.store.history.put_away_paths:
        folder, _, name = path.rpartition("/")
        found.setdefault(folder, set()).add(name)
    present = {folder: _names_in(inbox / folder) for folder in found}
    return frozenset(f"{folder}/{name}" for folder, names in found.items() for name in names - present[folder])


def _names_in(folder: Path) -> frozenset[str]:
    """Returns the names in a folder: one look, where a question for each file would be slow on a network share."""
    return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()


def make_folder(session: Session, period: str) -> None:
    """Makes the folder of a closed period's files; raises FolderError if something else has its name."""
    folder = session.workspace.inbox / PUT_AWAY_FOLDER / period
    with folder_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)


def closed_files(session: Session, snapshot: Snapshot) -> tuple[ClosedFile, ...]:
    """Returns the closed periods' files in the inbox, each once: saves, late ones too, forms never filled, and our
    answer workbooks.
    """
    if not session.store.history.closed_periods:
        return ()
    found = (*_saved_then(session), *_saved_late(session, snapshot), *_never_filled(session), *_put_back(session))
    present = (file for file in found if (session.workspace.inbox / file.file).is_file())
    return tuple({file.file: file for file in present}.values())


def _saved_then(session: Session) -> Iterator[ClosedFile]:
    """The present files whose last save was made in a closed period."""
    for period in session.store.history.closed_periods:
        for save in session.store.ledger.current_files(period):
            latest = session.store.history.latest(save.file)
            if latest and latest.sequence == save.sequence and not session.store.history.is_gone(save.file):
                yield ClosedFile(save.file, save.digest, period, save.officer)


def _saved_late(session: Session, snapshot: Snapshot) -> Iterator[ClosedFile]:
    """The present files that are a closed period's forms, but were saved after it was closed."""
    closed = set(session.store.history.closed_periods)
    for present in snapshot.saves:
        save = present.save
        period = closed_period(save)
        if period in closed and not is_put_away(save.file):
            yield ClosedFile(save.file, save.digest, period, save.officer)


def _never_filled(session: Session) -> Iterator[ClosedFile]:
    """The forms of closed periods as they were issued."""
    for period in session.store.history.closed_periods:
        for form in session.store.history.forms_of(period):
            path = PurePosixPath(form.path)
            if path.is_relative_to("inbox") and digest_of(session.workspace.root / path) == form.digest:
                yield ClosedFile(path.relative_to("inbox").as_posix(), form.digest, period, form.officer)


def _put_back(session: Session) -> Iterator[ClosedFile]:
    """Our answer workbooks to closed periods' saves that a person has put back, unchanged: they answer nothing.

    The journal knows each path at which one was found, also in another folder or under another name.
    """
    history, root = session.store.history, session.workspace.root
    answers = {digest: period for period, path, digest in history.put_away_from if ANSWER_MARK in path.casefold()}
    for digest, period in answers.items():
        for place in history.placed_at(digest):
            file = place.removeprefix("inbox/")
            if file != place and not is_put_away(file) and digest_of(root / place) == digest:
                yield ClosedFile(file, digest, period, None, is_put_back=True)


def _can_move(session: Session, file: ClosedFile) -> bool:
    """True if nobody has the file open, and its present bytes are in the archive or are our own."""
    path = session.workspace.inbox / file.file
    is_kept = session.store.archive.has(file.digest) or session.placer.is_ours(path)
    return not is_locked(path) and is_kept and digest_of(path) == file.digest


def _moved(session: Session, file: ClosedFile) -> tuple[tuple[str, str, str], ...]:
    """Moves a file and our answers to it; returns what was moved, () if the file itself cannot be moved.

    The answers are moved first: an interrupted move is continued as long as the file is in the inbox.
    """
    inbox, moved = session.workspace.inbox, list[_Move]()
    for path in (*_answers(session, file), inbox / file.file):
        wanted = inbox / PUT_AWAY_FOLDER / file.period / path.relative_to(inbox)
        move = _Move(path, _free_path(wanted), digest_of(path))
        if not _is_done(move):
            for done in reversed(moved):
                done.to.rename(done.path)
            return ()
        moved.append(move)
    return tuple((_name(move.path, inbox), _name(move.to, inbox), move.digest) for move in moved)


@dataclass(frozen=True, slots=True)
class _Move:
    """A file to rename: its path, its new path, and the SHA-256 of its bytes."""

    path: Path
    to: Path
    digest: str


def _name(path: Path, inbox: Path) -> str:
    return path.relative_to(inbox).as_posix()


def _answers(session: Session, file: ClosedFile) -> tuple[Path, ...]:
    """Returns our receipt and answer workbooks of a file that exist and that nobody has changed or opened.

    An unchanged file of ours has none: what has its name now is about another file.
    """
    inbox = session.workspace.inbox
    if session.placer.is_ours(inbox / file.file):
        return ()
    paths: Iterable[Path | None] = (receipt_path(inbox, file.file), *answer_paths(inbox, file.file))
    return tuple(path for path in paths if path and session.placer.is_ours(path) and not is_locked(path))


def _free_path(wanted: Path) -> Path:
    """Returns the wanted path, or the same with a number if it is in use."""
    names = (wanted.name if number == 1 else f"{wanted.stem} ({number}){wanted.suffix}" for number in count(1))
    paths = (wanted.with_name(fitting_name(wanted.parent, name) or name) for name in names)
    return next(path for path in paths if not os.path.lexists(path))


def _is_done(move: _Move) -> bool:
    """Renames a file; False if it has just been changed, or is open in another program.

    It is renamed, not linked and unlinked: a person may save over it at that moment, and that must not be removed.
    """
    with folder_errors(move.to):
        move.to.parent.mkdir(parents=True, exist_ok=True)
        try:
            move.path.rename(move.to)
        except (PermissionError, FileNotFoundError):
            return False
        if digest_of(move.to) != move.digest and not os.path.lexists(move.path):
            move.to.rename(move.path)
            return False
    return True
