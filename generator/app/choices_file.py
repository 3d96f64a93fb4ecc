"""The secretary's workbook between rounds: what somebody saved in it, what it asks for, and its new content."""

from pathlib import Path

from generator.app.council_version import asked_version, rejected_version
from generator.app.decisions import (
    FinalRequest,
    TakenChoices,
    final_inputs,
    final_request,
    kept_reasons,
    take_choices,
)
from generator.app.owned_files import IN_USE, is_locked
from generator.app.problems import place_taken_problem, problem
from generator.app.session import Session
from generator.app.settlements import open_items, settlements_made, titles_of
from generator.app.snapshot import Snapshot
from generator.app.written_texts import rejected_texts
from generator.disk.digests import digest_of, sha256_of
from generator.domain.base.rule import N_
from generator.domain.follow_up.final_sheet import ReadCell
from generator.domain.follow_up.open_items import decision_key
from generator.domain.follow_up.status import Problem
from generator.formats.xlsx.decisions_file import WorkbookContent, decisions_bytes
from generator.formats.xlsx.final_sheet import FinalQuestion
from generator.formats.xlsx.open_items_sheet import AskedItems
from generator.formats.xlsx.texts_sheet import AskedTexts
from generator.i18n.council_version import VersionQuestion
from generator.workspace.folders import DECISIONS_FILE, EARLIER_FILE


class ChoicesFile:
    """Reads the secretary's workbook, and makes it again when its content changes.

    `request` is the request to make the report final that is still to be done; None if there is none. `problems` are
    what keeps the workbook from being read or renewed.
    """

    def __init__(self) -> None:
        self._taken: tuple[TakenChoices, ...] = ()
        self._shown: WorkbookContent | None = None
        self._placed: str | None = None  # the digest of the workbook as it was placed last
        self.request: FinalRequest | None = None
        self.problems: tuple[Problem, ...] = ()

    @property
    def is_readable(self) -> bool:
        """False if the file is no workbook of ours."""
        return all(taken.is_readable for taken in self._taken if taken.path.name == DECISIONS_FILE)

    def take(self, session: Session, snapshot: Snapshot, now: str) -> None:
        """Enters the choices that somebody saved in the workbook.

        Raises:
            FolderError: it cannot be read now.
        """
        self._taken = take_choices(session, snapshot, now)

    def read_request(self, session: Session, snapshot: Snapshot) -> None:
        """Reads the request to make the report final; the snapshot is made after the choices were entered."""
        requests = (final_request(session, snapshot, taken) for taken in reversed(self._taken))
        self.request = next((request for request in requests if request), None)

    def make(self, session: Session, snapshot: Snapshot) -> dict[Path, bytes]:
        """Makes the workbook if its content has changed and its place is free, and removes one of an earlier version.

        Returns:
            the file to write, by its path; nothing where there is none.

        Raises:
            FolderError: the outbox cannot be read or written.
        """
        path, content = session.workspace.outbox / DECISIONS_FILE, make_content(session, snapshot)
        is_saved = any(taken.saved for taken in self._taken)
        is_same = content == self._shown and digest_of(path) == self._placed
        self._shown = content
        for taken in self._taken:
            if taken.saved and not is_locked(taken.path):
                session.placer.adopt(taken.path, taken.saved.data)
        self.problems = _remove_earlier(session)
        if is_same and not is_saved:
            return {}
        data = decisions_bytes(content, session.settings, session.words)
        self._placed = sha256_of(data)
        if session.placer.would_place(path, data):
            session.store.archive.keep(data)  # what a person writes into it is what differs from it
            return {path: data}
        taken_by = problem(_OPEN, _CLOSE, path=path) if is_locked(path) else place_taken_problem(path)
        self.problems = (*self.problems, taken_by)
        return {}


def _remove_earlier(session: Session) -> tuple[Problem, ...]:
    """Removes the workbook of an earlier version, unless somebody has it open or it is a person's."""
    path = session.workspace.outbox / EARLIER_FILE
    if session.placer.remove(path) not in IN_USE:
        return ()
    if is_locked(path):
        return (problem(_OPEN, _CLOSE, path=path),)
    return (problem(_NOT_OURS, _MOVE, path=path, name=DECISIONS_FILE),)


def make_content(session: Session, snapshot: Snapshot) -> WorkbookContent:
    """Returns what the workbook asks and tells now."""
    items = open_items(session, snapshot)
    made = settlements_made(session, snapshot, items)
    asked = AskedItems(items, titles_of(snapshot), snapshot.last_act, snapshot.lapsed)
    goals = tuple((goal.code, goal.title) for goal in snapshot.plan.children(None))
    texts = AskedTexts(snapshot.texts, goals, rejected_texts(session), snapshot.last_act)
    return WorkbookContent(asked, made, _final_question(session, snapshot), texts)


def _final_question(session: Session, snapshot: Snapshot) -> FinalQuestion:
    key = decision_key(final_inputs(snapshot))
    rejected = session.store.history.rejected_final(session.period)
    return FinalQuestion(
        key=key,
        open=snapshot.open,
        final=snapshot.final_report,
        rejected=tuple(ReadCell(*cell) for cell in rejected.cells) if rejected else (),
        rejected_time=rejected.time if rejected else None,
        reasons=kept_reasons(rejected, key),
        version=VersionQuestion(asked_version(session), rejected_version(session)),
    )


_OPEN = N_("{path}: the workbook is open in another program, so it was neither read nor written anew.")
_CLOSE = N_("Save it if you have changed it, and close it. Then it is read and written anew.")
_NOT_OURS = N_(
    "{path}: this file was not written by this program, so it was left alone. The open matters are in {name}."
)
_MOVE = N_("Move it elsewhere.")
