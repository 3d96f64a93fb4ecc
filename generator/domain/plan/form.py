"""The officer's form: its goals, and the hidden identity by which a returned form is recognised."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.base.text import same_name
from generator.domain.plan.goals import Goal, Plan

FORM_VERSION = "1"
# A very hidden sheet survives every format, custom properties survive the loss of the sheet.
IDENTITY_SHEET = "_seuranta"
PROPERTY_PREFIX = "seuranta_"
_NAMES = ("version", "period", "officer", "plan", "base")


@dataclass(frozen=True, slots=True)
class Identity:
    """The machine-readable identity of a form.

    `plan` is the plan's digest; `base` is the journal sequence that the form was made from (0: an empty journal).
    """

    period: str
    officer: str
    plan: str
    base: int
    version: str = FORM_VERSION

    def pairs(self, key: bytes) -> tuple[tuple[str, str], ...]:
        """Returns names and values as a workbook contains them, the signature last."""
        return (*self._values(), ("signature", self._signature(key)))

    def _values(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, str(getattr(self, name))) for name in _NAMES)

    def _signature(self, key: bytes) -> str:
        payload = "\n".join(f"{name}={value}" for name, value in self._values())
        return hmac.new(key, payload.encode(), hashlib.sha256).hexdigest()

    def is_signed(self, signature: str, key: bytes) -> bool:
        """True if the signature was made with this key."""
        return hmac.compare_digest(self._signature(key).encode(), signature.encode())


@dataclass(frozen=True, slots=True)
class Claim:
    """The identity in a workbook, and whether this workspace signed it."""

    identity: Identity
    signed: bool


@dataclass(frozen=True, slots=True)
class AnswerStamp:
    """The stamp of an answer workbook: the journal sequences of the save that it answers and of its making."""

    save: int
    base: int

    def text(self, key: bytes) -> str:
        """Returns the text of the stamp's hidden cell: both sequences and their signature."""
        return f"answer {self.save} {self.base} {self._signature(key)}"

    def _signature(self, key: bytes) -> str:
        return hmac.new(key, f"answer\n{self.save}\n{self.base}".encode(), hashlib.sha256).hexdigest()

    def is_signed(self, signature: str, key: bytes) -> bool:
        """True if the signature was made with this key."""
        return hmac.compare_digest(self._signature(key).encode(), signature.encode())


def read_stamp(text: str, key: bytes) -> AnswerStamp | None:
    """Reads the stamp in a cell's text; None if there is none, or it was not signed with this key."""
    found = _STAMP.fullmatch(text)
    stamp = AnswerStamp(int(found[1]), int(found[2])) if found else None
    return stamp if stamp and found and stamp.is_signed(found[3], key) else None


_STAMP = re.compile(r"answer ([0-9]{1,12}) ([0-9]{1,12}) ([0-9a-f]{64})", re.ASCII)


def read_claim(pairs: Iterable[tuple[str, str]], key: bytes) -> Claim | None:
    """Reads the identity among a workbook's names and values; None if there is none."""
    values = dict(pairs)
    if any(name not in values for name in _NAMES) or not values["base"].isdecimal():
        return None
    identity = Identity(values["period"], values["officer"], values["plan"], int(values["base"]), values["version"])
    return Claim(identity, identity.is_signed(values.get("signature", ""), key))


@dataclass(frozen=True, slots=True)
class PreviousAnswer:
    """The last answer to a goal in the previous period: the degree (None: not assessable) and the narrative.

    `overall_status` is a status's id, or an empty string; `officer` is who said it.
    """

    code: str
    degree: int | None
    narrative: str
    overall_status: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """An officer's typed words on a goal's row of another file, unchanged."""

    main_risks: str
    overall_status: str
    degree: str
    narrative: str


@dataclass(frozen=True, slots=True)
class FormRow:
    """A goal's row. `typed` fills the cells to answer in; None leaves them blank, with the plan's risks."""

    goal: Goal
    previous: PreviousAnswer | None = None
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One officer's form: its goals in the plan's order. `has_previous`: whether the grey columns are there.

    `is_part`: it has only the goals that another form of the officer lacks.
    """

    officer: str
    language: str
    rows: tuple[FormRow, ...]
    has_previous: bool = False
    is_part: bool = False


def reporters(plan: Plan, unowned_reporter: str) -> tuple[str, ...]:
    """Returns everyone who gets a form: the plan's officers, and the reporter of goals that nobody owns."""
    names = plan.reporter_names
    if not unowned_reporter or not plan.unowned or any(same_name(unowned_reporter, name) for name in names):
        return names
    return (*names, unowned_reporter)


def reported_goals(plan: Plan, officer: str, unowned_reporter: str) -> tuple[Goal, ...]:
    """Returns the goals that an officer may report, in the plan's order; `unowned_reporter` is "" if there is none."""
    if not unowned_reporter or not same_name(officer, unowned_reporter):
        return plan.goals_of(officer)
    return tuple(goal for goal in plan.goals if may_report(goal, officer, unowned_reporter))


def may_report(goal: Goal, officer: str, unowned_reporter: str) -> bool:
    """True if the officer is one of the goal's, or reports the goals that nobody owns."""
    if goal.officers:
        return officer in goal.officers or any(same_name(name, officer) for name in goal.officers)
    return bool(unowned_reporter) and same_name(officer, unowned_reporter)


def make_form(
    plan: Plan, officer: str, *, unowned_reporter: str, language: str, previous: tuple[PreviousAnswer, ...]
) -> Form:
    """Makes one officer's form, with the previous period's answers if there are any."""
    answers = {answer.code: answer for answer in previous}
    goals = reported_goals(plan, officer, unowned_reporter)
    rows = tuple(FormRow(goal, answers.get(goal.code)) for goal in goals)
    return Form(officer, language, rows, has_previous=bool(previous))
