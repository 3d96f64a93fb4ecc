"""The secretary's settlements, by command or in her workbook, and the request to make the report final."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.app.documents import whole_draft
from generator.app.opening import local_now, opened_with_saves_taken
from generator.app.owned_files import is_locked
from generator.app.session import Session
from generator.app.settlements import YES_WORDS, SavedChoices, enter_choices
from generator.app.snapshot import Snapshot
from generator.app.unread_words import unread_words
from generator.disk.digests import sha256_of
from generator.domain.base.canonical import digest
from generator.domain.base.rule import N_
from generator.domain.base.text import heading_key, name_key, same_name
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.choice_rows import read_choices
from generator.domain.follow_up.final_sheet import FilledSheet, ReadCell, check_filled, read_final_sheet, reasons_of
from generator.domain.follow_up.merge import Decision
from generator.domain.follow_up.open_by_kind import OpenKind
from generator.domain.follow_up.open_items import UNKNOWN, Choice, Obstacle, Signature, Signed, decision_key
from generator.domain.follow_up.settlements import UndoChoice, read_undo_choices
from generator.domain.follow_up.settling import chosen_file
from generator.domain.follow_up.standing import ContestedRow, file_name
from generator.domain.output.text_rows import TextCell, read_text_cells
from generator.domain.submission.workbook import Unreadable
from generator.errors import UsageError
from generator.formats.xlsx.final_sheet import final_headings, final_labels, has_final_sheet, old_final_rows
from generator.formats.xlsx.open_items_sheet import choice_headings
from generator.formats.xlsx.reader import read_workbook
from generator.formats.xlsx.settlements_sheet import read_settlement_rows
from generator.formats.xlsx.texts_sheet import read_text_rows
from generator.store.records import RejectedFinal, RequestedFinal
from generator.workspace.folders import DECISIONS_FILE, EARLIER_FILE, Workspace, read_file


@dataclass(frozen=True, slots=True)
class FinalRequest:
    """A request on the sheet to make the report final: its key, who made it, and the cells as they were read.

    `is_current`: the report is still the one that the sheet was written about.
    """

    key: str
    signature: Signature
    cells: tuple[ReadCell, ...]
    is_current: bool

    @property
    def refused(self) -> tuple[ReadCell, ...]:
        """The cells that keep the report from being made final."""
        return tuple(cell for cell in self.cells if cell.obstacle)


@dataclass(frozen=True, slots=True)
class TakenChoices:
    """The workbook of decisions that somebody saved, and what was filled in to make the report final.

    `path` is the workbook's; `saved` is None where nobody saved it. `old_row` is the choice on a row of earlier
    versions; `is_readable` is False where the file is no workbook of ours; `is_current`: the sheet is about the report
    as it was when the workbook was read.
    """

    path: Path
    saved: SavedChoices | None = None
    sheet: FilledSheet | None = None
    old_row: Choice | None = None
    is_readable: bool = True
    is_current: bool = False


def take_choices(session: Session, snapshot: Snapshot, now: str) -> tuple[TakenChoices, ...]:
    """Records in the journal what somebody settled in the secretary's workbook, also in one of an earlier version.

    The saved workbook is archived before its choices are entered; while it is open it is left alone. It counts as a
    person's file until `choices_workbook` replaces it, so the next round tries again what this one could not do.

    Raises:
        FolderError: it cannot be read from the disk now.
    """
    names = (EARLIER_FILE, DECISIONS_FILE)
    return tuple(_take(session, snapshot, now, session.workspace.outbox / name) for name in names)


def _take(session: Session, snapshot: Snapshot, now: str, path: Path) -> TakenChoices:
    if not path.is_file() or is_locked(path):
        return TakenChoices(path)
    data = read_file(path)
    if session.placer.is_ours(path) and not session.store.history.has_applied_before(sha256_of(data)):
        return TakenChoices(path)
    workbook, language = read_workbook(data), session.words.language.value
    choices = None if isinstance(workbook, Unreadable) else read_choices(workbook, choice_headings(), language)
    if isinstance(workbook, Unreadable) or choices is None:
        return TakenChoices(path, is_readable=False)
    sheet = read_final_sheet(workbook, final_headings(), final_labels(), language)
    if sheet is None and has_final_sheet(workbook):
        return TakenChoices(path, is_readable=False)
    signed = Signed(session.period, workbook.last_modified_by or UNKNOWN, now, session.store.ledger.taken_up_to())
    old_row = next((choice for choice in choices if heading_key(choice.matter) in old_final_rows()), None)
    others = tuple(choice for choice in choices if choice is not old_row)
    undone = read_undo_choices(read_settlement_rows(workbook, language))
    texts = read_text_cells(read_text_rows(workbook, language))
    renewed = session.store.history.last_placed(f"{session.workspace.outbox.name}/{path.name}")
    versions = sheet.versions if sheet else ()
    unread = unread_words(session, path, workbook, _read_texts(choices, undone, texts, sheet))
    kept = session.store.archive.keep(data)
    saved = SavedChoices(data, kept, others, undone, signed, texts, renewed, versions, unread)
    is_current = sheet is not None and sheet.key == decision_key(final_inputs(snapshot))
    enter_choices(session, snapshot, saved)
    return TakenChoices(path, saved, sheet, old_row, is_current=is_current)


def _read_texts(
    choices: tuple[Choice, ...], undone: tuple[UndoChoice, ...], texts: tuple[TextCell, ...], sheet: FilledSheet | None
) -> Iterator[str]:
    """Yields the texts of the cells in which a person can write."""
    yield from (text for choice in choices for text in (choice.choice, choice.because))
    yield from (each.text for each in undone)
    yield from (cell.text for cell in texts)
    yield from (cell.value for cell in (*sheet.cells, *sheet.versions)) if sheet else ()


def final_inputs(snapshot: Snapshot) -> str:
    """The digest of what a request to make the report final is about: the report, what is open, and how many finals
    there are, so that the workbook in which an earlier one was asked for never asks for another.
    """
    return digest((whole_draft(snapshot).inputs, snapshot.open.digest, snapshot.final_count))


def final_request(session: Session, snapshot: Snapshot, taken: TakenChoices) -> FinalRequest | None:
    """Returns the request to make the report final that is still to be done; None if there is none.

    Args:
        snapshot: made after the decisions of the same workbook were entered.
    """
    if taken.saved is None:
        return None
    key = taken.sheet.key if taken.sheet else ""
    is_done = any(final.key == key != "" for final in session.store.history.finals(session.period))
    if is_done or not (taken.old_row or _is_filled(session, taken.sheet)):
        return None
    signed, inputs = taken.saved.signed, final_inputs(snapshot)
    cells = _read_cells(session, snapshot, taken)
    requested = session.store.history.request(signed.period, key)
    if taken.is_current and (requested is None or requested.inputs != inputs):
        requested = RequestedFinal(signed.period, key, inputs, signed.time)
        session.store.append(requested)
    is_current = requested is not None and requested.inputs == inputs
    because = "; ".join(dict.fromkeys(reason.text for reason in reasons_of(cells)))
    return FinalRequest(key, Signature(signed.who, signed.time, because), cells, is_current)


def journal_rejection(session: Session, request: FinalRequest, *others: ReadCell) -> None:
    """Journals why the report was not made final, so that the workbook of decisions can tell it at each cell."""
    cells = tuple((cell.name, cell.value, str(cell.obstacle)) for cell in (*request.cells, *others))
    signature = request.signature
    session.store.append(RejectedFinal(session.period, request.key, signature.who, signature.time, cells))


def _is_filled(session: Session, sheet: FilledSheet | None) -> bool:
    """True if something stands on the sheet that this program has not written back there."""
    rejected = session.store.history.rejected_final(session.period)
    written = {(name, value) for name, value in kept_reasons(rejected, sheet.key)} if sheet else set()
    return sheet is not None and not written.issuperset(sheet.values)


def kept_reasons(rejected: RejectedFinal | None, key: str) -> tuple[tuple[str, str], ...]:
    """The reasons of a refused request about this report, which stand in their cells again: names and values."""
    if rejected is None or rejected.key != key:
        return ()
    return tuple(
        (name, value) for name, value, obstacle in rejected.cells if name in list(OpenKind) and value and not obstacle
    )


def _read_cells(session: Session, snapshot: Snapshot, taken: TakenChoices) -> tuple[ReadCell, ...]:
    """The cells of the sheet, and what was chosen on a row of earlier versions."""
    old = (ReadCell("", taken.old_row.choice, Obstacle.OTHER_SHEET),) if taken.old_row else ()
    if taken.sheet is None or not _is_filled(session, taken.sheet):
        return old
    return (*old, *check_filled(taken.sheet, snapshot.open.kinds, session.period, YES_WORDS))


def decide(workspace: Workspace, code: str, taken: str, signature: Signature) -> Decision | ChosenFile | None:
    """Chooses one officer's answer to a disputed goal, or one of two files of an officer that differ on it.

    None where nobody differs on the goal.

    Args:
        taken: the officer's post, or the file's name.

    Raises:
        UsageError: the plan has no such goal, or neither the officer nor the file has answered it, or two files of the
            officer differ and none of them is named.
    """
    with opened_with_saves_taken(workspace, local_now()) as (session, snapshot), session.store.sole_writer():
        code = snapshot.plan.spelling(code)
        rows = tuple(row for row in snapshot.contested if row.key[0] == code)
        signed = Signed(session.period, signature.who, signature.time, session.store.ledger.taken_up_to())
        chosen = next((act for row in rows if (act := chosen_file(row, taken, signed))), None)
        if chosen is None:
            return _decide(session, snapshot, rows, code=code, officer=taken, signature=signature)
        session.store.append(chosen)
        return chosen


def confirm(workspace: Workspace, file: str, signature: Signature) -> tuple[AcceptedSender, ...]:
    """Accepts the sender of an unsigned file for the period, for every officer in whose name its rows wait.

    Args:
        file: its path relative to the inbox, or its name.

    Returns:
        The acts; none where nothing of the file waits.
    """
    with opened_with_saves_taken(workspace, local_now()) as (session, snapshot), session.store.sole_writer():
        found = (sender for sender in snapshot.senders if name_key(file) in _spellings(sender.file))
        made = (signature.who, signature.time, signature.because)
        acts = tuple(AcceptedSender(session.period, sender.file, sender.officer, *made) for sender in found)
        session.store.append(*acts)
        return acts


def withdraw(workspace: Workspace, code: str, officer: str, signature: Signature) -> WithdrawnAnswer | None:
    """Withdraws an officer's answer to a goal; None where none is in force."""
    with opened_with_saves_taken(workspace, local_now()) as (session, snapshot), session.store.sole_writer():
        own_code = snapshot.plan.spelling(code)
        entries = (answer.entry for answer in snapshot.answers if answer.entry.code == own_code)
        entry = next((entry for entry in entries if same_name(entry.officer, officer)), None)
        if entry is None:
            return None
        seen = session.store.ledger.taken_up_to()
        made = (signature.who, signature.time, seen, signature.because)
        act = WithdrawnAnswer(session.period, entry.code, entry.officer, *made)
        session.store.append(act)
        return act


def _spellings(file: str) -> tuple[str, ...]:
    """Returns the ways a person may name an inbox file: relative path, path with the folder's name, name alone."""
    return name_key(file), name_key(f"inbox/{file}"), name_key(file_name(file))


def _decide(
    session: Session,
    snapshot: Snapshot,
    rows: tuple[ContestedRow, ...],
    *,
    code: str,
    officer: str,
    signature: Signature,
) -> Decision | None:
    item = snapshot.follow_up.by_code.get(code)
    if item is None:
        raise UsageError(_NO_GOAL, _CODES, code=code)
    if not item.differs and not rows:
        return None
    names = tuple(answer.entry.officer for answer in item.answers)
    name = next((known for known in names if same_name(known, officer)), None)
    if name is None:
        files = (label for row in rows for label in row.names)
        raise UsageError(
            _NO_ANSWER, _ANSWERS, officer=officer, code=code, names="; ".join(dict.fromkeys((*names, *files)))
        )
    if not item.differs:
        both = dict.fromkeys(label for row in rows for label in row.names)
        raise UsageError(_FILES_DIFFER, _NAME_FILE, officer=name, code=code, files="; ".join(both))
    decision = Decision(session.period, code, name, item.answers_digest, signature.who, signature.time)
    session.store.append(decision)
    return decision


_NO_GOAL = N_("The plan has no goal with the code {code}.")
_CODES = N_("Give the code as it stands in the plan, for example 01.02.")
_NO_ANSWER = N_("{officer} has not answered the goal {code}.")
_ANSWERS = N_("Officers who have answered it: {names}")
_FILES_DIFFER = N_("Two files of {officer} differ on the goal {code}; both are in the officer's name.")
_NAME_FILE = N_("Give the file whose answer counts: {files}")
