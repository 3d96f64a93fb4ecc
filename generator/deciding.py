"""What the secretary decides, by command or in the workbook of decisions: between officers who disagree."""

from dataclasses import dataclass, replace

from generator.domain.matters import Choice, decide, final_key, open_matters, read_choices
from generator.domain.merge import Decision, FollowUp
from generator.domain.plan import Plan
from generator.domain.rule import N_
from generator.domain.submission import Unreadable
from generator.domain.text import same_name
from generator.editions import whole_inputs
from generator.errors import UsageError
from generator.files.decisions_file import YES, decision_headings, decisions_bytes
from generator.files.folders import read_file
from generator.files.placed import is_locked
from generator.files.workbook import read_workbook
from generator.language import Language, Words
from generator.office import Office, follow_up

DECISIONS_FILE = "paatokset.xlsx"
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who acts, when (ISO 8601), and why, an empty string where no reason was given."""

    who: str
    time: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """That the report be made final: who wishes it, and whether the report is still the one that it was said of."""

    signature: Signature
    is_current: bool


@dataclass(frozen=True, slots=True)
class TakenChoices:
    """What somebody saved in the workbook of decisions: its bytes, and the wish to make the report final, if any."""

    saved: bytes
    wish: Wish | None


def take_choices(office: Office, plan: Plan, now: str) -> TakenChoices | None:
    """Records the decisions that somebody has written into the workbook of decisions and saved.

    The saved workbook is kept in the archive before it is read; while it is open it is left alone. It stays the
    person's until `place_choices` puts the next one in its place, so that what a pass could not do is done by the next.

    Returns:
        None where nobody has saved it.

    Raises:
        FolderError: it cannot be read now.
    """
    path = office.workspace.outbox / DECISIONS_FILE
    if not path.is_file() or office.placed.is_ours(path) or is_locked(path):
        return None
    data = read_file(path)
    workbook = read_workbook(data)
    if isinstance(workbook, Unreadable):
        return None
    office.archive.keep(data)
    signature = Signature(workbook.last_modified_by or UNKNOWN, now)
    choices = read_choices(workbook, decision_headings())
    # Before the decisions are recorded: they change the report, and may be made together with the wish.
    wish = _wish_to_finalize(choices, signature, whole_inputs(office, plan))
    _record(office, plan, choices, signature)
    return TakenChoices(data, wish)


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


def place_choices(office: Office, merged: FollowUp, inputs: str, taken: TakenChoices | None) -> None:
    """Puts the workbook of decisions into the outbox, over the one that was taken, unless somebody is writing in it."""
    path = office.workspace.outbox / DECISIONS_FILE
    if taken:
        office.placed.adopt(path, taken.saved)
    matters = open_matters(merged, inputs)
    office.placed.place(path, decisions_bytes(matters, office.workspace.settings, office.words))


def _record(office: Office, plan: Plan, choices: tuple[Choice, ...], signature: Signature) -> None:
    period = office.workspace.settings.period.id
    made = Decision(period, "", "", "", signature.who, signature.time)
    decisions = decide(choices, follow_up(office, plan), made)
    if decisions:
        office.acts.add(*decisions)


def _wish_to_finalize(choices: tuple[Choice, ...], signature: Signature, inputs: str) -> Wish | None:
    yes = {Words(language)(YES) for language in Language}
    said = next((choice for choice in choices if choice.choice.casefold() in yes), None)
    if said is None:
        return None
    return Wish(replace(signature, because=said.because), said.key == final_key(inputs))


_NO_GOAL = N_("The plan has no goal with the code {code}.")
_CODES = N_("Give the code as it stands in the plan, for example 01.02.")
_NO_ANSWER = N_("{officer} has not answered the goal {code}.")
_ANSWERS = N_("Officers who have answered it: {names}")
