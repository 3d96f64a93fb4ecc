"""The results of the rounds so far, collected until they are reported."""

from dataclasses import dataclass, field

from generator.app.finalize import FinalOutcome
from generator.app.publish import Published
from generator.app.snapshot import Snapshot
from generator.app.taking import TakenFile
from generator.domain.follow_up.status import Problem
from generator.errors import SeurantaError


@dataclass(slots=True)
class RoundResult:
    """What rounds have done so far.

    `files` were taken, `unanswered` are those whose receipt could not be placed, `unsettled` those that still change or
    cannot be read; `documents` are those in the outbox by name; `final` is what became of a request to make the report
    final; `stopped` is what kept the whole report from being made.
    """

    files: tuple[TakenFile, ...] = ()
    unsettled: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    snapshot: Snapshot | None = None
    documents: dict[str, Published] = field(default_factory=dict)
    final: FinalOutcome | None = None
    problems: tuple[Problem, ...] = ()
    stopped: SeurantaError | None = None

    @property
    def failures(self) -> tuple[Problem, ...]:
        """The problems to keep in the ledger; questions, and what is remembered, each command finds again itself."""
        return tuple(problem for problem in self.problems if problem.is_tried_again)
