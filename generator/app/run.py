"""`seuranta run`: keeps what is in the inbox, then makes rounds until nothing is left."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from generator.app.finalize import FinalOutcome
from generator.app.intake import Clock, InboxLook, Keeper
from generator.app.maintenance import sweep
from generator.app.publish import Published
from generator.app.refused_choices import refused_choices
from generator.app.rounds import Rounds
from generator.app.session import Opened, Session, open_even_if_broken, open_session, state_at
from generator.app.status import PeriodStatus, status_of
from generator.app.taking import TakenFile
from generator.app.unfinished_opening import finish_opening
from generator.domain.base.rule import N_
from generator.domain.follow_up.open_items import RejectedChoice
from generator.domain.follow_up.status import Problem, Status
from generator.errors import FolderError
from generator.store.store import prepare_journal
from generator.workspace.folders import SETTINGS_FILE
from generator.workspace.settings_file import read_intake_settings

# Saves that keep coming are left to the next run.
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did.

    `files` are the saves that were processed now, and `reread` is how many others were read again because the ledger
    was made anew. `unsettled` are files that still change or cannot be read; `unanswered` those whose receipt could not
    be placed; `documents` are those in the outbox, the whole report first; `refused` are choices in the
    secretary's workbook that could not be carried out; `final` is what became of the secretary's
    request to make the report final, None where there was none. `stand` is what `seuranta status` tells now; None where
    the run did something, or the next one has something to try again.
    """

    files: tuple[TakenFile, ...]
    unsettled: tuple[str, ...]
    unanswered: tuple[str, ...]
    status: Status
    documents: tuple[Published, ...]
    problems: tuple[Problem, ...]
    refused: tuple[RejectedChoice, ...] = ()
    final: FinalOutcome | None = None
    stand: PeriodStatus | None = None
    reread: int = 0

    @property
    def published(self) -> Published:
        """The whole report as published."""
        return self.documents[0]

    @property
    def is_news(self) -> bool:
        """True if the run processed a save, wrote a document, or was asked for a final report."""
        return bool(self.files or self.final or self.reread) or any(document.changed for document in self.documents)

    @property
    def has_anything_to_do(self) -> bool:
        """True if the run did something, or if the next one has something to try again."""
        tried_pdf = any(document.wants_pdf or document.pdf for document in self.documents)
        broken = any(problem.is_tried_again for problem in self.problems)
        return self.is_news or tried_pdf or broken or bool(self.unsettled or self.unanswered)

    @property
    def has_program_faults(self) -> bool:
        """True if the program itself failed on a save."""
        return any(finding.rule == "program-fault" for file in self.files for finding in file.checked.findings)


def system_clock() -> Clock:
    """The computer's clock, in local time."""
    return Clock(now=lambda: datetime.now(UTC).astimezone(), ticks=monotonic, wait=sleep)


def run(root: Path, clock: Clock) -> RunResult:
    """Reads what is new in the inbox, answers it, merges it and writes the outbox, until nothing is left.

    Raises:
        SettingsError, PlanError, TemplateError, FolderError: the whole report could not be made. What was saved is in
            the archive by then, and the last good report stays.
    """
    with closing(make_keeper(root, clock)) as keeper:
        look = settle(keeper, clock)
        with opened(root, keeper, clock) as (session, broken):
            rounds = Rounds(session, clock.now, broken.settings_error)
            sweep(session)
            for _ in range(MOST_ROUNDS):
                rounds.result.unsettled = look.unsettled
                one_round(rounds)
                look = settle(keeper, clock)
                if not rounds.untaken() and not rounds.is_superseded:
                    break
            result = finished(rounds, look)
            if result.has_anything_to_do:
                return result
            assert rounds.snapshot
            return replace(result, stand=status_of(session, rounds.snapshot, result.problems))


def one_round(rounds: Rounds) -> None:
    """Makes one round: processes saves, publishes every document, finishes, and makes the PDFs last."""
    if not rounds.take():
        rounds.show()
        return
    whole, *others = rounds.editions()
    rounds.publish(whole)
    rounds.publish(*others)
    rounds.finish()
    pdfs = [rounds.make_pdf(edition) for edition in rounds.editions()]
    if any(pdfs):
        rounds.show()  # the page tells which PDF could not be made


def finished(rounds: Rounds, look: InboxLook) -> RunResult:
    """Returns the result of the rounds; raises the error if the whole report could not be made."""
    result = rounds.result
    if result.stopped:
        raise result.stopped
    if rounds.editions()[0].draft_name not in result.documents:
        raise FolderError(_NO_REST, _RUN_AGAIN, path=rounds.session.workspace.root)
    assert result.snapshot
    return RunResult(
        files=tuple(file for file in result.files if not file.is_reread),
        unsettled=look.unsettled,
        unanswered=result.unanswered,
        status=result.snapshot.status,
        documents=tuple(
            result.documents[edition.draft_name]
            for edition in rounds.editions()
            if edition.draft_name in result.documents
        ),
        problems=result.problems,
        refused=refused_choices(rounds.session, result.snapshot),
        final=result.final,
        reread=sum(file.is_reread for file in result.files),
    )


_NO_REST = N_("{path}: plan, settings or choices changed each time while the report was made.")
_RUN_AGAIN = N_("Run again. All saves are kept, and the last report stands.")


def make_keeper(root: Path, clock: Clock) -> Keeper:
    """Makes a keeper for a workspace, even if its settings are broken.

    Raises:
        SettingsError: the folder is no workspace.
    """
    needed = read_intake_settings(root / SETTINGS_FILE)
    state = state_at(root, needed.state)
    keeper = Keeper(root.absolute() / "inbox", state, clock)
    with suppress(FolderError):  # saves are kept in a damaged journal too; its readers report the damage
        prepare_journal(state, keeper.journal)
    keeper.quiet_seconds, keeper.period = needed.quiet_seconds, needed.period
    return keeper


def settle(keeper: Keeper, clock: Clock) -> InboxLook:
    """Looks at the inbox, and once more after a wait if files are waiting; returns the last look."""
    look = keeper.look()
    if look.waiting or look.missing:
        clock.wait(keeper.quiet_seconds)
        look = keeper.look()
    return look


@contextmanager
def opened(root: Path, keeper: Keeper, clock: Clock) -> Iterator[tuple[Session, Opened]]:
    """Opens the workspace for writing, with its settings or the last good ones."""
    keeper.journal.read()
    broken = open_even_if_broken(root, keeper.journal.history, keeper.archive)
    with open_session(broken.workspace, clock.now(), keeper.journal) as session:
        with session.store.sole_writer():
            session = finish_opening(session)
        yield session, broken
