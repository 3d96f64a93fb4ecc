"""The period's status for the secretary: who has reported, who has not, and what needs correction."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from generator.domain.base.finding import Finding, errors
from generator.domain.base.heading import Headings
from generator.domain.base.period import Period
from generator.domain.base.rule import Severity
from generator.domain.base.text import name_key, same_name
from generator.domain.follow_up.merge import FarParent, FollowUp, far_parents
from generator.domain.follow_up.standing import ContestedRow, WaitingSender
from generator.domain.plan.goals import Goal, Plan
from generator.domain.submission.answers import Answer
from generator.domain.submission.checks import Verdict


@dataclass(frozen=True, slots=True)
class StoredSave:
    """A save in the ledger: its journal sequence, file (relative to the inbox), time (ISO 8601), and its result.

    `taken` counts its answers that count; `officer` is None where the file does not say who sent it; `digest` is the
    SHA-256 of its bytes.
    """

    sequence: int
    file: str
    time: str
    officer: str | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    taken: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be done, or that is asked: where, what happened, and what to do.

    `place` is a path, or an empty string for the whole workspace. `message` and `advice` are messages of the catalogue;
    the details (name and value) fill their `{places}`, a float as the reader's language writes it. A question stops
    nothing, and trying again does not answer it. `edited` tells of an edited document where it differs; it makes no
    other problem. `is_remembered`: every command reads it from a file that keeps it, and until that is made from
    something else, trying again gives the same.
    """

    place: str
    message: str
    advice: str
    details: tuple[tuple[str, str | float], ...] = ()
    severity: Severity = Severity.ERROR
    edited: "EditedParts | None" = field(default=None, compare=False)
    is_remembered: bool = field(default=False, compare=False)

    @property
    def is_tried_again(self) -> bool:
        """True if the next run tries again what failed."""
        return self.severity is not Severity.QUESTION and not self.is_remembered


class OfficerState(StrEnum):
    """The states of an officer, the worst first: the first one that applies is chosen."""

    NEEDS_CORRECTION = "needs_correction"
    WAITING = "waiting"
    MISSING = "missing"
    PARTIAL = "partial"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class OfficerStatus:
    """One officer: goals to report, goals reported, open errors, and the time of the last save (ISO 8601).

    `waiting` counts the answers that wait for a check of their sender.
    """

    officer: str
    division: str
    expected: int
    reported: int
    errors: int = 0
    last_saved: str | None = None
    waiting: int = 0

    @property
    def state(self) -> OfficerState:
        """How far the officer has reported."""
        if self.errors:
            return OfficerState.NEEDS_CORRECTION
        if self.waiting:
            return OfficerState.WAITING
        if not self.reported:
            return OfficerState.MISSING
        return OfficerState.COMPLETE if self.reported == self.expected else OfficerState.PARTIAL


@dataclass(frozen=True, slots=True)
class OpenFault:
    """An error that is still open: in which file, and whose it is (None: not known)."""

    file: str
    officer: str | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class StoredReply:
    """An officer's reply to a question: in which file, by whom and when (ISO 8601), and what was asked."""

    file: str
    officer: str | None
    time: str
    question: Finding
    text: str


@dataclass(frozen=True, slots=True)
class Status:
    """A period's status; `far_parents` are reported goals a whole step or more from their children's median.

    `contested` are rows of two files of one officer that differ, `senders` those to check; `unchecked` are the printed
    answers of senders whom nobody has checked.
    """

    period: Period
    follow_up: FollowUp
    officers: tuple[OfficerStatus, ...]
    faults: tuple[OpenFault, ...]
    replies: tuple[StoredReply, ...] = ()
    far_parents: tuple[FarParent, ...] = ()
    contested: tuple[ContestedRow, ...] = ()
    senders: tuple[WaitingSender, ...] = ()
    unchecked: tuple[Answer, ...] = ()

    @property
    def refused(self) -> tuple[OpenFault, ...]:
        """The files that the setting `identity` refuses whole, because nothing says whose they are."""
        return tuple(fault for fault in self.faults if fault.finding.rule in _REFUSED_RULES)

    @property
    def to_correct(self) -> tuple[OpenFault, ...]:
        """All other errors."""
        return tuple(fault for fault in self.faults if fault.finding.rule not in _REFUSED_RULES)


_REFUSED_RULES = ("not-signed", "folder-of-nobody")


def make_status(
    period: Period,
    plan: Plan,
    follow_up: FollowUp,
    *,
    files: tuple[StoredSave, ...],
    last_saved: Mapping[str, str] = MappingProxyType({}),
    replies: tuple[StoredReply, ...] = (),
) -> Status:
    """Computes the period's status from the stored saves and answers.

    Args:
        files: the last save of each file in the period, in the journal's order.
        last_saved: when (ISO 8601) each officer last saved, by the key of the name (`name_key`).
        replies: what officers have answered to our questions.
    """
    faults = tuple(fault for save in files for fault in _open_faults(save, plan, follow_up))
    errors_of = Counter(name_key(fault.officer) for fault in faults if fault.officer)
    waiting_of = Counter(name_key(name) for item in follow_up.goals for name in item.unchecked)
    officers = tuple(
        replace(
            _officer_status(name, plan, follow_up),
            errors=errors_of[name_key(name)],
            last_saved=last_saved.get(name_key(name)),
            waiting=waiting_of[name_key(name)],
        )
        for name in plan.reporter_names
    )
    return Status(period, follow_up, officers, faults, replies, far_parents(follow_up, plan))


def _open_faults(save: StoredSave, plan: Plan, follow_up: FollowUp) -> tuple[OpenFault, ...]:
    faults = (OpenFault(save.file, _whose(finding, save, plan), finding) for finding in errors(save.findings))
    return tuple(fault for fault in faults if not _is_corrected(fault, save, follow_up))


def _whose(finding: Finding, save: StoredSave, plan: Plan) -> str | None:
    """Returns the file's sender, else the goal's lead officer."""
    if save.officer or finding.code is None or finding.code not in plan.by_code:
        return save.officer
    return next(iter(plan.by_code[finding.code].officers), None)


def _is_corrected(fault: OpenFault, save: StoredSave, follow_up: FollowUp) -> bool:
    """True if the same officer has answered the goal later, in another file."""
    item = follow_up.by_code.get(fault.finding.code or "")
    if item is None or fault.officer is None:
        return False
    return any(
        answer.sequence > save.sequence and same_name(answer.entry.officer, fault.officer) for answer in item.answers
    )


def _officer_status(name: str, plan: Plan, follow_up: FollowUp) -> OfficerStatus:
    goals = plan.goals_of(name)
    listed = plan.officer(name)
    division = (listed.division if listed else "") or _usual_division(goals, plan)
    return OfficerStatus(name, division, expected=len(goals), reported=len(goals) - len(follow_up.waits_for(name)))


def _usual_division(goals: tuple[Goal, ...], plan: Plan) -> str:
    """Returns the division of most of an officer's goals, of two the first in the plan; empty if no goal has one."""
    counts = Counter(division for goal in goals if (division := plan.division_of(goal)))
    return max(counts, key=counts.__getitem__, default="")


@dataclass(frozen=True, slots=True)
class FinalReport:
    """A report made final: by whom, when (ISO 8601), and why where something was open; and if it says what is held.

    `version` counts the period's finals from 1.
    """

    who: str
    time: str
    because: str
    is_current: bool
    version: int


# Differences that are about no goal's value.
COMMENT, PICTURE, ORDER, STRUCK, EMPHASIS = "comment", "picture", "order", "struck", "emphasis"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value in which two reports differ: the goal's code and the field, both an empty string for any other text.

    `ours` is the text in our report, `theirs` that in the edited one; an empty string where only the other has it.
    """

    code: str
    field: str
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class EditedParts:
    """Where an edited document differs from ours (None: not known), and the headings that name its fields."""

    differences: tuple[Difference, ...] | None
    headings: Headings


@dataclass(frozen=True, slots=True)
class EditedReport:
    """A report of ours that somebody has edited, and its differences from ours (None: they cannot be found).

    `is_of_known_draft` is False where the file has lost the mark of the draft that it was made from, so that nothing of
    it is carried on.
    """

    name: str
    differences: tuple[Difference, ...] | None
    is_of_known_draft: bool = True

    @property
    def has_only_comments(self) -> bool:
        """True if nothing but a person's comments differs."""
        return bool(self.differences) and all(each.field == COMMENT for each in self.differences or ())


@dataclass(frozen=True, slots=True)
class ReportFile:
    """The report as it lies in the outbox: its path there, digest (SHA-256), and when it last changed (ISO 8601).

    `is_final`: it is the final report, and there is no draft, since it would say the same. `edited` are those that
    somebody has edited, where ours lies beside them; `edited_copies` are edited extracts and further languages, whose
    edits are not carried on. `replaced_edit` is when the edited draft was read whose place it took (ISO 8601; an empty
    string: it took none).
    """

    name: str
    sha256: str
    time: str
    is_final: bool = False
    edited: tuple[EditedReport, ...] = ()
    edited_copies: tuple[EditedReport, ...] = ()
    replaced_edit: str = ""
