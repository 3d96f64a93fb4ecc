"""What a submission is held against, and what is known of its sender."""

from dataclasses import dataclass
from enum import StrEnum

from generator.domain.form import Claim, PreviousAnswer, reporters
from generator.domain.heading import Headings
from generator.domain.period import Period
from generator.domain.plan import Plan
from generator.domain.scale import OverallStatuses, Scale
from generator.domain.text import same_name


class IdentityPolicy(StrEnum):
    """How the sender of a workbook without a valid signature is known."""

    OPEN = "open"
    FOLDER = "folder"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class DegreeWords:
    """The words of a degree cell: all that may be chosen, and `Ei arvioitavissa` in every language."""

    options: tuple[str, ...]
    not_assessable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that a submission is held against; `previous` are the answers of the period before, () where none."""

    language: str
    plan: Plan
    scale: Scale
    statuses: OverallStatuses
    headings: Headings
    period: Period
    degree_words: DegreeWords
    identity: IdentityPolicy = IdentityPolicy.OPEN
    unowned_reporter: str = ""
    previous: tuple[PreviousAnswer, ...] = ()

    @property
    def reporters(self) -> tuple[str, ...]:
        return reporters(self.plan, self.unowned_reporter)

    def known(self, name: str) -> str | None:
        """A reporter's name as the plan spells it; None where nobody bears it."""
        return next((known for known in self.reporters if same_name(known, name)), None)


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of who saved a file: the identity it carries, and the inbox's sub-folder it lies in."""

    claim: Claim | None = None
    folder: str = ""

    @property
    def signer(self) -> str | None:
        """The officer that a valid signature names."""
        return self.claim.identity.officer if self.claim and self.claim.signed else None
