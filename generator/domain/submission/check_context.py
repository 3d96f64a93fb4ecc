"""The data that every check of a row needs."""

from dataclasses import dataclass

from generator.domain.base.finding import Place
from generator.domain.base.heading import Field
from generator.domain.submission.answers import Submission, SubmittedRow
from generator.domain.submission.check_rules import CheckRules, Sender
from generator.domain.submission.layout import Block


@dataclass(frozen=True, slots=True)
class CheckContext:
    """A submission, its sender and its check rules; `blocks` are the rows that merged cells connect."""

    submission: Submission
    sender: Sender
    rules: CheckRules
    blocks: tuple[Block, ...] = ()

    def place(self, row: SubmittedRow, field: Field) -> Place:
        """Returns the place of a row's field, for findings."""
        return self.submission.place(row.row, field)

    @property
    def is_of_this_plan(self) -> bool:
        """True if the file is a signed form of the present plan, so that its codes are the plan's."""
        claim = self.sender.claim
        return claim is not None and claim.signed and claim.identity.plan in self.rules.plan.digests
