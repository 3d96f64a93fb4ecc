"""The secretary's decisions, by command or in the workbook of decisions: disputed goals, and the final report."""

from dataclasses import dataclass, replace

from generator.app.documents import whole_draft
from generator.app.opening import local_now, opened_with_saves_taken
from generator.app.owned_files import is_locked
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.base.text import same_name
from generator.domain.follow_up.merge import Acceptance, Decision
from generator.domain.follow_up.open_items import (
    UNKNOWN,
    Choice,
    Obstacle,
    OpenItem,
    OpenItemKind,
    RejectedChoice,
    Signature,
    Signed,
    apply_choices,
    decision_key,
    list_open_items,
    read_choices,
    rejected_choice,
)
from generator.domain.submission.answers import Unreadable
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
    """Enters the decisions that somebody saved in the workbook of decisions.

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
    signed = Signed(session.period, workbook.last_modified_by or UNKNOWN, now)
    saved = SavedChoices(data, session.store.archive.keep(data), choices, signed)
    before = decision_key(whole_draft(snapshot).inputs)
    finalize = _enter_choices(session, snapshot, saved)
    return TakenChoices(saved, finalize, is_current=finalize is not None and finalize.key == before)


def final_request(session: Session, snapshot: Snapshot, taken: TakenChoices) -> FinalRequest | None:
    """The request to make the report final, until that is done; None where there is none.

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
    """Journals why the report was not made final, so that the workbook of decisions can tell it."""
    signed = Signed(session.period, request.signature.who, request.signature.time)
    item = OpenItem(OpenItemKind.FINALIZE, request.choice.key)
    session.store.append(rejected_choice(replace(request.choice, code=""), item, obstacle, signed))


def _enter_choices(session: Session, snapshot: Snapshot, saved: SavedChoices) -> Choice | None:
    """Enters the choices in the journal, once for each workbook; returns the choice to make the report final.

    Treats decided goals as open again: if the last round could not replace the workbook, the user may since have
    changed a choice in it.
    """
    inputs = whole_draft(snapshot).inputs
    heard = apply_choices(saved.choices, list_open_items(snapshot.undecided, inputs), saved.signed, _YES)
    if not session.store.history.has_applied(saved.digest):
        entered = AppliedWorkbook(saved.signed.period, saved.digest, saved.signed.time)
        session.store.append(*_new_acts(session, heard.acts, saved.signed.period), entered)
    return heard.finalize


def _new_acts(
    session: Session, acts: tuple[Decision | Acceptance | RejectedChoice, ...], period: str
) -> tuple[Act, ...]:
    """The acts that differ from the last decision about the same goal."""
    decided = {(type(act), act.code): act for act in session.store.history.decisions(period)}
    known = {replace(act, time="") for act in decided.values()}
    return tuple(act for act in acts if replace(act, time="") not in known)


def decide(workspace: Workspace, code: str, officer: str, signature: Signature) -> Decision | None:
    """Chooses one officer's answer to a disputed goal; None where the goal is not disputed.

    Raises:
        UsageError: the plan has no such goal, or the officer has not answered it.
    """
    with opened_with_saves_taken(workspace, local_now()) as (session, snapshot), session.store.sole_writer():
        return _decide(session, snapshot, code=code, officer=officer, signature=signature)


def _decide(session: Session, snapshot: Snapshot, *, code: str, officer: str, signature: Signature) -> Decision | None:
    item = snapshot.follow_up.by_code.get(code)
    if item is None:
        raise UsageError(_NO_GOAL, _CODES, code=code)
    if not item.differs:
        return None
    names = tuple(answer.entry.officer for answer in item.answers)
    name = next((known for known in names if same_name(known, officer)), None)
    if name is None:
        raise UsageError(_NO_ANSWER, _ANSWERS, officer=officer, code=code, names="; ".join(names))
    decision = Decision(session.period, code, name, item.answers_digest, signature.who, signature.time)
    session.store.append(decision)
    return decision


def open_items(session: Session, snapshot: Snapshot) -> tuple[OpenItem, ...]:
    """The items that wait for a person's choice, the final report last."""
    rejected = session.store.history.rejected(session.period)
    return list_open_items(snapshot.follow_up, whole_draft(snapshot).inputs, rejected)


def choices_workbook(session: Session, items: tuple[OpenItem, ...], taken: TakenChoices) -> bytes:
    """The workbook of decisions. The one that was taken is ours from now on, so that this one may replace it."""
    if taken.saved is not None:
        session.placer.adopt(session.workspace.outbox / DECISIONS_FILE, taken.saved.data)
    return decisions_bytes(items, session.settings, session.words)


_YES = frozenset(Words(language)(YES).casefold() for language in Language)

_NO_GOAL = N_("The plan has no goal with the code {code}.")
_CODES = N_("Give the code as it stands in the plan, for example 01.02.")
_NO_ANSWER = N_("{officer} has not answered the goal {code}.")
_ANSWERS = N_("Officers who have answered it: {names}")
