"""What the secretary decides, by command or in the workbook of decisions: between officers, and that it is final."""

from dataclasses import dataclass, replace

from generator.domain.matters import (
    UNKNOWN,
    Choice,
    Matter,
    MatterKind,
    Obstacle,
    Signature,
    Signed,
    Unheard,
    decision_key,
    hear,
    open_matters,
    read_choices,
    unheard_choice,
)
from generator.domain.merge import Acceptance, Decision, FollowUp
from generator.domain.plan import Plan
from generator.domain.rule import N_
from generator.domain.submission import Unreadable
from generator.domain.text import same_name
from generator.editions import whole_inputs
from generator.errors import UsageError
from generator.files.acts import HeardWorkbook, Wished
from generator.files.decisions_file import YES, decision_headings, decisions_bytes
from generator.files.folders import read_file
from generator.files.placed import is_locked
from generator.files.workbook import read_workbook
from generator.language import Language, Words
from generator.office import Office, follow_up, undecided

DECISIONS_FILE = "paatokset.xlsx"


@dataclass(frozen=True, slots=True)
class Wish:
    """That the report be made final: the choice, who made it, and whether the report is still as it was then."""

    choice: Choice
    signature: Signature
    is_current: bool


@dataclass(frozen=True, slots=True)
class TakenChoices:
    """What somebody saved in the workbook of decisions: its bytes, and the wish to make the report final.

    None where there is nothing of it. `is_readable` is False where something stands there that is no workbook.
    """

    saved: bytes | None = None
    wish: Wish | None = None
    is_readable: bool = True


def take_choices(office: Office, plan: Plan, now: str) -> TakenChoices:
    """Records the decisions that somebody has written into the workbook of decisions and saved.

    The saved workbook is kept in the archive before it is read; while it is open it is left alone. It stays the
    person's until `place_choices` puts the next one in its place, so that what a pass could not do is done by the next.

    Raises:
        FolderError: it cannot be read from the disk now.
    """
    path = office.workspace.outbox / DECISIONS_FILE
    if not path.is_file() or office.placed.is_ours(path) or is_locked(path):
        return TakenChoices()
    data = read_file(path)
    workbook = read_workbook(data)
    choices = None if isinstance(workbook, Unreadable) else read_choices(workbook, decision_headings())
    if isinstance(workbook, Unreadable) or choices is None:
        return TakenChoices(is_readable=False)
    digest = office.archive.keep(data)
    signed = Signed(office.workspace.settings.period.id, workbook.last_modified_by or UNKNOWN, now)
    return TakenChoices(data, _hear(office, plan, _Saved(digest, choices, signed)))


def leave_unheard(office: Office, wish: Wish, obstacle: Obstacle) -> None:
    """Remembers that the report was not made final as somebody wished, so that the workbook tells why."""
    signed = Signed(office.workspace.settings.period.id, wish.signature.who, wish.signature.time)
    matter = Matter(MatterKind.FINALIZE, wish.choice.key)
    office.acts.add(unheard_choice(replace(wish.choice, code=""), matter, obstacle, signed))


@dataclass(frozen=True, slots=True)
class _Saved:
    """A saved workbook of decisions: the digest of its bytes, what was chosen in it, and who saved it."""

    digest: str
    choices: tuple[Choice, ...]
    signed: Signed


def _hear(office: Office, plan: Plan, saved: _Saved) -> Wish | None:
    """Records what the choices come to, once, and gives the wish to make the report final, until that is done.

    What has been decided counts as open: a choice may be another than that of an earlier pass, which could not put the
    next workbook in the place of the one it took.
    """
    inputs = whole_inputs(office, plan)
    heard = hear(saved.choices, open_matters(undecided(office, plan), inputs), saved.signed, _YES)
    if not office.acts.has_heard(saved.digest):
        _enter(office, heard.acts, HeardWorkbook(saved.signed.period, saved.digest, saved.signed.time))
    last = office.acts.last_final(saved.signed.period)
    if heard.finalize is None or (last and last.key == heard.finalize.key):
        return None
    return _take_wish(office, heard.finalize, saved.signed, _Inputs(inputs, whole_inputs(office, plan)))


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The digest of what the report is made from, before and after the decisions of a workbook are entered."""

    before: str
    after: str


def _take_wish(office: Office, choice: Choice, signed: Signed, inputs: _Inputs) -> Wish:
    """Notes the report that is wished final, which is another by the decisions beside the wish, and by nothing else."""
    wished = office.acts.wish(signed.period, choice.key)
    if choice.key == decision_key(inputs.before) and (wished is None or wished.inputs != inputs.after):
        wished = Wished(signed.period, choice.key, inputs.after, signed.time)
        office.acts.add(wished)
    is_current = wished is not None and wished.inputs == inputs.after
    return Wish(choice, Signature(signed.who, signed.time, choice.because), is_current)


def _enter(office: Office, acts: tuple[Decision | Acceptance | Unheard, ...], heard: HeardWorkbook) -> None:
    """Adds the acts that decide something else than what was decided last."""
    decided = {(type(act), act.code): act for act in office.acts.decisions(heard.period)}
    known = {replace(act, time="") for act in decided.values()}
    office.acts.add(*(act for act in acts if replace(act, time="") not in known), heard)


def decide_between(office: Office, plan: Plan, *, code: str, officer: str, signature: Signature) -> Decision | None:
    """Takes one officer's answer where officers disagree; None where they do not disagree about the goal.

    Raises:
        UsageError: the plan has no such goal, or the officer has not answered it.
    """
    item = follow_up(office, plan).by_code.get(code)
    if item is None:
        raise UsageError(_NO_GOAL, _CODES, code=code)
    if not item.differs:
        return None
    names = tuple(answer.entry.officer for answer in item.answers)
    name = next((known for known in names if same_name(known, officer)), None)
    if name is None:
        raise UsageError(_NO_ANSWER, _ANSWERS, officer=officer, code=code, names="; ".join(names))
    period = office.workspace.settings.period.id
    decision = Decision(period, code, name, item.answers_digest, signature.who, signature.time)
    office.acts.add(decision)
    return decision


def place_choices(office: Office, merged: FollowUp, inputs: str, taken: TakenChoices) -> int:
    """Puts the workbook of decisions into the outbox, over the one that was taken, unless somebody is writing in it.

    Returns:
        How many choices it tells that could not be carried out.
    """
    path, settings = office.workspace.outbox / DECISIONS_FILE, office.workspace.settings
    if taken.saved is not None:
        office.placed.adopt(path, taken.saved)
    matters = open_matters(merged, inputs, office.acts.unheard(settings.period.id))
    office.placed.place(path, decisions_bytes(matters, settings, office.words))
    return sum(matter.unheard is not None for matter in matters)


_YES = frozenset(Words(language)(YES).casefold() for language in Language)

_NO_GOAL = N_("The plan has no goal with the code {code}.")
_CODES = N_("Give the code as it stands in the plan, for example 01.02.")
_NO_ANSWER = N_("{officer} has not answered the goal {code}.")
_ANSWERS = N_("Officers who have answered it: {names}")
