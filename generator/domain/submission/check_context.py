"""What every check of a row needs at hand."""

from dataclasses import dataclass

from generator.domain.base.finding import Place
from generator.domain.base.heading import Field
from generator.domain.submission.answers import Submission, SubmittedRow
from generator.domain.submission.check_rules import CheckRules, Sender
from generator.domain.submission.layout import Block


@dataclass(frozen=True, slots=True)
class Case:
    """A submission, who sent it, and what it is held against; `blocks` are the rows that merged cells tie together."""

    submission: Submission
    sender: Sender
    rules: CheckRules
    blocks: tuple[Block, ...] = ()

    def place(self, row: SubmittedRow, field: Field) -> Place:
        """The cell of a row's field, for findings."""
        return self.submission.place(row.row, field)

    @property
    def is_of_this_plan(self) -> bool:
        """Whether a signed form made from the plan as it stands now was sent, so that its codes are the plan's."""
        claim = self.sender.claim
        return claim is not None and claim.signed and claim.identity.plan in self.rules.plan.digests
