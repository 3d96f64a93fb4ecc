"""The open items of a period, by kind: each kind needs a written reason before the report is made final."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.domain.base.canonical import Canonical, canonical, digest
from generator.domain.base.text import name_key
from generator.domain.follow_up.merge import GoalFollowUp
from generator.domain.follow_up.open_items import LostText, OpenEdit
from generator.domain.follow_up.standing import STANDING_RULES, ContestedRow, WaitingSender
from generator.domain.follow_up.status import OpenFault, Status
from generator.domain.plan.plan_changes import PlanChange


class OpenKind(StrEnum):
    """The kinds of open items, in the order in which they are listed."""

    MISSING = "missing"
    DISAGREEMENT = "disagreement"
    FILES = "files"
    SENDER = "sender"
    EDIT = "edit"
    REFUSED = "refused"
    PLAN = "plan"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the report is made final although items of a kind are open; `kind` is an `OpenKind`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenByKind:
    """All open items: a field for each `OpenKind`, in the same order."""

    missing: tuple[GoalFollowUp, ...] = ()
    disputed: tuple[GoalFollowUp, ...] = ()
    contested: tuple[ContestedRow, ...] = ()
    senders: tuple[WaitingSender, ...] = ()
    edits: tuple[OpenEdit, ...] = ()
    faults: tuple[OpenFault, ...] = ()
    plan: tuple[PlanChange, ...] = ()
    lost: tuple[LostText, ...] = ()

    @property
    def kinds(self) -> tuple[OpenKind, ...]:
        """The kinds that have an open item."""
        answers = (self.missing, self.disputed, self.contested, self.senders)
        found = (*answers, self.edits, self.faults, self.plan, self.lost)
        return tuple(kind for kind, items in zip(OpenKind, found, strict=True) if items)

    @property
    def digest(self) -> str:
        """A digest of the open items: a reason holds only for the items that its author saw."""
        return digest(
            (
                _sorted((item.waiting_digest,) for item in self.missing),
                _sorted((item.answers_digest,) for item in self.disputed),
                _sorted((*row.key, row.file, row.standing.since) for row in self.contested),
                _sorted((sender.file, name_key(sender.officer)) for sender in self.senders),
                _sorted(_fault_parts(fault) for fault in self.faults),
                _sorted((change.kind.value, change.code, change.title) for change in self.plan),
                # Of later versions: without edits the digest is that of records which are kept.
                *((_sorted((str(edit.number), edit.present) for edit in self.edits),) if self.edits else ()),
                *((_sorted((str(text.number),) for text in self.lost),) if self.lost else ()),
            )
        )


NOTHING_OPEN = OpenByKind()


def open_by_kind(
    status: Status,
    changes: tuple[PlanChange, ...] = (),
    edits: tuple[OpenEdit, ...] = (),
    lost: tuple[LostText, ...] = (),
) -> OpenByKind:
    """Returns the open items of a period.

    Args:
        changes: how the plan has changed since the period's first save.
        edits: the values edited in a draft that are not printed.
        lost: the texts of the person who makes the report whose words cannot be read.
    """
    merged = status.follow_up
    return OpenByKind(
        # Where an answer waits for a check of its sender, the sender is told.
        missing=tuple(item for item in merged.awaited if set(item.waiting) - set(item.unchecked)),
        disputed=merged.disputed,
        contested=status.contested,
        senders=status.senders,
        edits=edits,
        # Rows of files that differ and of unchecked senders are told as such.
        faults=tuple(fault for fault in status.faults if fault.finding.rule not in STANDING_RULES),
        plan=changes,
        lost=lost,
    )


def _fault_parts(fault: OpenFault) -> tuple[str, ...]:
    finding, place = fault.finding, fault.finding.place
    return fault.file, finding.rule, place.sheet or "", place.cell or "", finding.code or "", finding.value


def _sorted(items: Iterable[tuple[Canonical, ...]]) -> Canonical:
    return sorted(items, key=canonical)
