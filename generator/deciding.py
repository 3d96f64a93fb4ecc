"""What the secretary decides, by command or in the workbook of decisions: between officers who disagree."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.domain.matters import (
    UNKNOWN,
    Choice,
    Heard,
    Obstacle,
    Unheard,
    hear,
    is_about,
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
from generator.files.decisions_file import YES, decision_headings, decisions_bytes
from generator.files.folders import read_file
from generator.files.placed import is_locked
from generator.files.workbook import read_workbook
from generator.language import Language, Words
from generator.office import Office, follow_up

DECISIONS_FILE = "paatokset.xlsx"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who acts, when (ISO 8601), and why, an empty string where no reason was given."""

    who: str
    time: str
    because: str = ""


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
    if isinstance(workbook, Unreadable):
        return TakenChoices(is_readable=False)
    office.archive.keep(data)
    made = _made_by(office, workbook.last_modified_by or UNKNOWN, now)
    # By today's report: the decisions that are recorded change it, and may be made together with the wish.
    inputs = whole_inputs(office, plan)
    matters = open_matters(follow_up(office, plan), inputs)
    heard = hear(read_choices(workbook, decision_headings()), matters, made, _YES)
    office.acts.add(*_news(heard, office))
    return TakenChoices(data, _wish(heard.finalize, made, inputs) if heard.finalize else None)


def _news(heard: Heard, office: Office) -> Iterator[Decision | Acceptance | Unheard]:
    """What a pass that was cut off has not entered yet."""
    known = office.acts.unheard(office.workspace.settings.period.id)
    for act in heard.acts:
        last = known.get(act.code)
        if not isinstance(act, Unheard) or last is None or replace(act, time=last.time) != last:
            yield act


def leave_unheard(office: Office, wish: Wish, obstacle: Obstacle) -> None:
    """Remembers that the report was not made final as somebody wished, so that the workbook tells why."""
    made = _made_by(office, wish.signature.who, wish.signature.time)
    office.acts.add(unheard_choice(wish.choice, obstacle, made))


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


def place_choices(office: Office, merged: FollowUp, inputs: str, taken: TakenChoices) -> None:
    """Puts the workbook of decisions into the outbox, over the one that was taken, unless somebody is writing in it."""
    path, settings = office.workspace.outbox / DECISIONS_FILE, office.workspace.settings
    if taken.saved is not None:
        office.placed.adopt(path, taken.saved)
    matters = open_matters(merged, inputs, office.acts.unheard(settings.period.id))
    office.placed.place(path, decisions_bytes(matters, settings, office.words))


_YES = frozenset(Words(language)(YES).casefold() for language in Language)


def _made_by(office: Office, who: str, time: str) -> Unheard:
    """Who chose and when, as every act that comes of it says."""
    return Unheard(office.workspace.settings.period.id, "", "", "", who, time)


def _wish(choice: Choice, made: Unheard, inputs: str) -> Wish:
    return Wish(choice, Signature(made.who, made.time, choice.because), is_about(choice, inputs))


_NO_GOAL = N_("The plan has no goal with the code {code}.")
_CODES = N_("Give the code as it stands in the plan, for example 01.02.")
_NO_ANSWER = N_("{officer} has not answered the goal {code}.")
_ANSWERS = N_("Officers who have answered it: {names}")
