"""The secretary's decisions, by command or in the workbook of decisions: disputed goals, and the final report."""

from dataclasses import dataclass, replace

from generator.app.documents import whole_draft
from generator.app.opening import local_now, opened_with_saves_taken
from generator.app.owned_files import is_locked
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import name_key, same_name
from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.domain.follow_up.merge import Decision
from generator.domain.follow_up.open_items import (
    UNKNOWN,
    Choice,
    ChoiceAct,
    Obstacle,
    OpenItem,
    OpenItemKind,
    Signature,
    Signed,
    apply_choices,
    chosen_file,
    decision_key,
    list_open_items,
    read_choices,
    rejected_choice,
)
from generator.domain.follow_up.standing import ContestedRow, file_name
from generator.domain.submission.workbook import Unreadable
from generator.errors import UsageError
from generator.formats.xlsx.decisions_file import YES, decision_headings, decisions_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from generator.store.records import Act, AppliedWorkbook, RequestedFinal
from generator.workspace.folders import Workspace, read_file

DECISIONS_FILE = "paatokset.xlsx"


@dataclass(frozen=True, slots=True)
class FinalRequest:
    """A request to make the report final: the choice, who made it, and whether the report is still the same."""

    choice: Choice
    signature: Signature
    is_current: bool


@dataclass(frozen=True, slots=True)
class TakenChoices:
    """The workbook of decisions that somebody saved, and the choice in it to make the report final.

    None where there is none. `is_readable` is False where the file is no workbook of decisions;
    `is_current`: the choice was about the report as it was when the workbook was read.
    """

    saved: "SavedChoices | None" = None
    finalize: Choice | None = None
    is_readable: bool = True
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class SavedChoices:
    """A saved workbook of decisions: its bytes, their digest, what was chosen in it, and who saved it."""

    data: bytes
    digest: str
    choices: tuple[Choice, ...]
    signed: Signed


def take_choices(session: Session, snapshot: Snapshot, now: str) -> TakenChoices:
    """Records in the journal the decisions that somebody saved in the workbook of decisions.

    The saved workbook is archived before its choices are entered; while it is open it is left alone. It counts as a
    person's file until `choices_workbook` replaces it, so the next round tries again what this one could not do.

    Raises:
        FolderError: it cannot be read from the disk now.
    """
    path = session.workspace.outbox / DECISIONS_FILE
    if not path.is_file() or session.placer.is_ours(path) or is_locked(path):
        return TakenChoices()
    data = read_file(path)
    workbook = read_workbook(data)
    choices = None if isinstance(workbook, Unreadable) else read_choices(workbook, decision_headings())
    if isinstance(workbook, Unreadable) or choices is None:
        return TakenChoices(is_readable=False)
    signed = Signed(session.period, workbook.last_modified_by or UNKNOWN, now, session.store.ledger.taken_up_to())
    saved = SavedChoices(data, session.store.archive.keep(data), choices, signed)
    before = decision_key(whole_draft(snapshot).inputs)
    finalize = _enter_choices(session, snapshot, saved)
    return TakenChoices(saved, finalize, is_current=finalize is not None and finalize.key == before)


def final_request(session: Session, snapshot: Snapshot, taken: TakenChoices) -> FinalRequest | None:
    """Returns the request to make the report final that is still to be done; None if there is none.

    Args:
        snapshot: made after the decisions of the same workbook were entered.
    """
    if taken.saved is None or taken.finalize is None:
        return None
    signed, choice = taken.saved.signed, taken.finalize
    if snapshot.final and snapshot.final.key == choice.key:
        return None
    requested = session.store.history.request(signed.period, choice.key)
    inputs = whole_draft(snapshot).inputs
    if taken.is_current and (requested is None or requested.inputs != inputs):
        requested = RequestedFinal(signed.period, choice.key, inputs, signed.time)
        session.store.append(requested)
    is_current = requested is not None and requested.inputs == inputs
    return FinalRequest(choice, Signature(signed.who, signed.time, choice.because), is_current)


def journal_rejection(session: Session, request: FinalRequest, obstacle: Obstacle) -> None:
    """Records in the journal why the report was not made final, so that the next workbook can say it."""
    signed = Signed(session.period, request.signature.who, request.signature.time)
    item = OpenItem(OpenItemKind.FINALIZE, request.choice.key)
    session.store.append(rejected_choice(replace(request.choice, code=""), item, obstacle, signed))


def _enter_choices(session: Session, snapshot: Snapshot, saved: SavedChoices) -> Choice | None:
    """Records the choices in the journal, once for each workbook; returns the choice to make the report final.

    Treats decided goals as open again: if the last round could not replace the workbook, the user may since have
    changed a choice in it.
    """
    inputs = whole_draft(snapshot).inputs
    items = list_open_items(snapshot.undecided, inputs, contested=snapshot.contested, senders=snapshot.senders)
    applied = apply_choices(saved.choices, items, saved.signed, _YES)
    if not session.store.history.has_applied(saved.digest):
        entered = AppliedWorkbook(saved.signed.period, saved.digest, saved.signed.time)
        session.store.append(*_new_acts(session, applied.acts, saved.signed.period), entered)
    return applied.finalize


def _new_acts(session: Session, acts: tuple[ChoiceAct, ...], period: str) -> tuple[Act, ...]:
    """Returns the acts that differ from the last decision about the same goal."""
    decided = {(type(act), act.code): act for act in session.store.history.decisions(period)}
    known = {replace(act, time="") for act in decided.values()}
    return tuple(act for act in acts if replace(act, time="") not in known)


def decide(workspace: Workspace, code: str, taken: str, signature: Signature) -> Decision | ChosenFile | None:
    """Chooses one officer's answer to a disputed goal, or one of two files of an officer that differ on it.

    None where nobody differs on the goal.

    Args:
        taken: the officer's post, or the file's name.

    Raises:
        UsageError: the plan has no such goal, or neither the officer nor the file has answered it.
    """
    with opened_with_saves_taken(workspace, local_now()) as (session, snapshot), session.store.sole_writer():
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
        entries = (answer.entry for answer in snapshot.answers if answer.entry.code == code)
        entry = next((entry for entry in entries if same_name(entry.officer, officer)), None)
        if entry is None:
            return None
        seen = session.store.ledger.taken_up_to()
        made = (signature.who, signature.time, seen, signature.because)
        act = WithdrawnAnswer(session.period, code, entry.officer, *made)
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
        return None
    decision = Decision(session.period, code, name, item.answers_digest, signature.who, signature.time)
    session.store.append(decision)
    return decision


def open_items(session: Session, snapshot: Snapshot) -> tuple[OpenItem, ...]:
    """Returns the items that wait for a person's choice, the final report last."""
    rejected = session.store.history.rejected(session.period)
    return list_open_items(
        snapshot.follow_up,
        whole_draft(snapshot).inputs,
        rejected=rejected,
        contested=snapshot.contested,
        senders=snapshot.senders,
    )


def choices_workbook(session: Session, items: tuple[OpenItem, ...], taken: TakenChoices) -> bytes:
    """Makes the workbook of decisions; the one that was read counts as ours from now on, so this may replace it."""
    if taken.saved is not None:
        session.placer.adopt(session.workspace.outbox / DECISIONS_FILE, taken.saved.data)
    return decisions_bytes(items, session.settings, session.words)


_YES = frozenset(Words(language)(YES).casefold() for language in Language)

_NO_GOAL = N_("The plan has no goal with the code {code}.")
_CODES = N_("Give the code as it stands in the plan, for example 01.02.")
_NO_ANSWER = N_("{officer} has not answered the goal {code}.")
_ANSWERS = N_("Officers who have answered it: {names}")
