"""The walk from inbox to outbox, read top to bottom: settle, archive, take, answer, publish."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from generator.answering import answer_saves
from generator.deciding import TakenChoices, place_choices, take_choices
from generator.domain.checks import Checked, settle_pass
from generator.domain.finding import Finding, errors
from generator.domain.plan import Plan, PlanReading
from generator.domain.rulebook import Rulebook
from generator.domain.status import Status
from generator.editions import final_report
from generator.errors import SeurantaError
from generator.files.archive import Save
from generator.files.bell import Bell
from generator.files.folders import (
    Seen,
    Settled,
    Workspace,
    is_network_path,
    is_submission_name,
    look,
    open_workspace,
    read_unchanged,
    settle,
    stranded,
)
from generator.files.ledger import Stored
from generator.files.status_page import StatusLinks, status_page
from generator.finalizing import Finalized, Outdated, Refused, finalize_as_wished
from generator.office import (
    Office,
    examine,
    follow_up,
    keep_plan,
    mark_taken,
    open_office,
    rulebook_of,
    sole_writer,
    status,
)
from generator.publishing import Published, publish, refuse_unplaced, report_file

log = logging.getLogger(__name__)

# A burst of saves is waited out, but a folder that never rests must not hold the report back for ever.
LONGEST_BURST = timedelta(seconds=30)
STATUS_PAGE = "tilanne.html"


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the walk needs it: the moment with its offset, and a wait in seconds."""

    now: Callable[[], datetime]
    wait: Callable[[float], None]


def system_clock() -> Clock:
    return Clock(now=lambda: datetime.now().astimezone(), wait=time.sleep)


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One save of this pass (its file relative to the inbox) and what was found in it."""

    file: str
    digest: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class PassResult:
    """What one pass did.

    `unsettled` are files that still change or cannot be read; `unanswered` those whose receipt could not be placed;
    `documents` are those in the outbox, the whole report first; `final` is what became of the secretary's wish to make
    the report final, None where there was none.
    """

    files: tuple[TakenFile, ...]
    unsettled: tuple[str, ...]
    unanswered: tuple[str, ...]
    status: Status
    documents: tuple[Published, ...]
    final: Finalized | Refused | Outdated | None = None

    @property
    def published(self) -> Published:
        """The whole report."""
        return self.documents[0]

    @property
    def is_news(self) -> bool:
        """Whether anything was taken or written that was not so before."""
        return bool(self.files or self.final) or any(document.changed for document in self.documents)

    @property
    def has_program_faults(self) -> bool:
        return any(finding.rule == "program-fault" for file in self.files for finding in file.checked.findings)


def run(workspace: Workspace, clock: Clock) -> PassResult:
    """One pass: takes what is new in the inbox, answers it, merges it and writes the outbox.

    Raises:
        PlanError, TemplateError, FolderError: the job cannot go on. What was saved is in the archive by then, and the
            last good report stands.
    """
    with sole_writer(workspace), open_office(workspace) as office:
        first = _look(office)
        if _new(first, office):
            clock.wait(workspace.settings.quiet_seconds)
        return _walk(office, first, clock)


@dataclass(frozen=True, slots=True)
class Announcer:
    """Whom the watch tells: of a pass that was made, and of what stopped one."""

    passed: Callable[[PassResult], None]
    failed: Callable[[SeurantaError], None]


class Watch:
    """Runs a pass at each ring of the bell and each `rescan_seconds`, the first one at once, until it is stopped.

    What stops a pass (a broken plan, a template, a folder) is announced, and the next pass tries again.
    """

    def __init__(self, root: Path, clock: Clock, bell: Bell, said: Announcer) -> None:
        self._root = root
        self._workspace = open_workspace(root)
        self._clock = clock
        self._bell = bell
        self._said = said
        self._stopped = False

    def stop(self) -> None:
        """Ends the watch when the pass under way has ended; a signal handler may call it."""
        self._stopped = True
        self._bell.ring()

    def run(self) -> None:
        rung, is_first = False, True
        unsettled: tuple[str, ...] = ()
        while not self._stopped:
            seconds = self._workspace.settings.rescan_seconds
            try:
                self._workspace = open_workspace(self._root)
                result = _pass_when_quiet(self._workspace, self._clock, self._bell, rung=rung)
                if is_first or result.is_news:
                    self._said.passed(result)
                # What came while the pass looked may have rung in vain; what stays unsettled waits for the timer.
                if result.unsettled != unsettled:
                    seconds = self._workspace.settings.quiet_seconds
                is_first, unsettled = False, result.unsettled
            except SeurantaError as error:
                self._said.failed(error)
            # A ring that ended a wait inside the pass is gone; what it said of stopping must not be.
            rung = not self._stopped and self._bell.wait(seconds)


def make_bell(workspace: Workspace) -> Bell:
    """The inbox's bell: native events on a local disk, polling on a network share, which does not tell of others."""
    inbox = workspace.inbox
    return Bell(inbox, lambda path: is_submission_name(path.name), polling=is_network_path(inbox))


def _pass_when_quiet(workspace: Workspace, clock: Clock, bell: Bell, *, rung: bool) -> PassResult:
    """One pass for a whole burst of saves: after a ring, and where something is new, the bell must first be silent."""
    latest = clock.now() + LONGEST_BURST
    with sole_writer(workspace), open_office(workspace) as office:
        first = _look(office)
        while (rung or _new(first, office)) and clock.now() < latest:
            rung = bell.wait(workspace.settings.quiet_seconds)
            if not rung:
                break
            first = _look(office)
        return _walk(office, first, clock)


def _walk(office: Office, first: tuple[Seen, ...], clock: Clock) -> PassResult:
    now = clock.now().isoformat(timespec="milliseconds")
    settled = settle(first, _look(office))
    _archive(office, settled, now)
    reading = office.plan_reading()
    plan = reading.plan
    keep_plan(office, plan, now)
    taken = _take(office, plan)
    mark_taken(office)
    answer_saves(office, plan)
    choices = take_choices(office, plan, now)
    documents = publish(office, plan, now)
    final = finalize_as_wished(office, plan, choices.wish)
    if isinstance(final, Finalized):  # a draft that was late is not any more
        documents = publish(office, plan, now)
    unheard = place_choices(office, follow_up(office, plan), documents[0].inputs, choices)
    links = replace(_links(office, reading, choices, unheard), unsettled=settled.changing)
    stand = _show_status(office, plan, links)
    refuse_unplaced(documents[0])
    unanswered = tuple(held.file for held in office.ledger.unanswered(office.workspace.settings.period.id))
    return PassResult(taken, settled.changing, unanswered, stand, documents, final)


def _look(office: Office) -> tuple[Seen, ...]:
    return look(office.workspace.inbox, office.placed.is_ours)


def _new(seen: tuple[Seen, ...], office: Office) -> tuple[Seen, ...]:
    """What lies in the inbox and is not the latest that the journal holds of its path."""
    held = {save.path: save.digest for save in office.archive.journal()}
    return tuple(item for item in seen if held.get(item.path) != item.digest)


def _archive(office: Office, settled: Settled, now: str) -> None:
    """Keeps the bytes of every new save, and only then enters them in the journal."""
    read = ((seen, read_unchanged(office.workspace.inbox, seen)) for seen in _new(settled.stable, office))
    kept = tuple((seen.path, office.archive.keep(data)) for seen, data in read if data is not None)
    office.archive.enter(kept, now, office.workspace.settings.period.id)


def _take(office: Office, plan: Plan) -> tuple[TakenFile, ...]:
    """Reads and checks what the journal has and the ledger has not, so that a pass that was cut off is made good."""
    journal = office.archive.journal()
    last = office.ledger.last_sequence()
    first_places = {save.digest: save.path for save in reversed(journal)}
    passes = groupby((save for save in journal if save.sequence > last), key=attrgetter("time", "period"))
    return tuple(file for _, saves in passes for file in _take_pass(office, plan, tuple(saves), first_places))


def _take_pass(
    office: Office, plan: Plan, saves: tuple[Save, ...], first_places: Mapping[str, str]
) -> tuple[TakenFile, ...]:
    rules = rulebook_of(office, plan, saves[-1])
    read = tuple(_examine(office, rules, save, first_places[save.digest]) for save in saves)
    files = settle_pass(read, tuple(save.path for save in saves))
    taken = tuple(TakenFile(save.path, save.digest, checked) for save, checked in zip(saves, files, strict=True))
    office.ledger.store(tuple(_stored(save, file.checked, rules) for save, file in zip(saves, taken, strict=True)))
    return taken


def _stored(save: Save, checked: Checked, rules: Rulebook) -> Stored:
    return Stored(save.sequence, save.path, save.digest, save.time, rules.period.id, checked)


def _examine(office: Office, rules: Rulebook, save: Save, first_place: str) -> Checked:
    if first_place != save.path:
        return Checked(file_findings=(Finding("copy", value=first_place),))
    data = office.archive.read(save.digest)
    try:
        return examine(office, rules, data, save.path)
    except Exception:
        log.exception("the program failed on the save %s", save.digest)
        return Checked(file_findings=(Finding("program-fault"),), readable=False)


def _links(office: Office, reading: PlanReading, choices: TakenChoices, unheard: int) -> StatusLinks:
    return StatusLinks(
        report=report_file(office),
        stranded=stranded(office.workspace.inbox),
        plan_errors=len(errors(reading.findings)),
        final=final_report(office, reading.plan),
        unheard=unheard,
        are_choices_readable=choices.is_readable,
    )


def _show_status(office: Office, plan: Plan, links: StatusLinks) -> Status:
    settings = office.workspace.settings
    stand = status(office, plan)
    office.placed.place(office.workspace.outbox / STATUS_PAGE, status_page(stand, links, settings, office.words))
    return stand
