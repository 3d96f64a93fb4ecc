"""One round: read settings and plan, process and answer new saves, publish. Failures are reported and retried.

`run` makes rounds until nothing is left; `watch` makes them until it is stopped.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from generator.app.choices_file import ChoicesFile
from generator.app.closed_periods import follow_closed_periods
from generator.app.documents import Draft, pdf_of
from generator.app.draft_edits import take_edited_documents
from generator.app.editions import Edition, editions
from generator.app.finalize import finalize_as_requested
from generator.app.missing_forms import missing_form_questions
from generator.app.outbox import Outbox
from generator.app.owned_files import Placement
from generator.app.pdf_problems import pdf_problems
from generator.app.plans import keep_sources, last_good_plan, read_current_plan
from generator.app.problems import clock_problems, lasting_problems, place_taken_problem, problem_of, within
from generator.app.publish import Published, Publisher, SupersededError
from generator.app.receipts import answer_saves
from generator.app.refused_choices import count_refused
from generator.app.round_result import RoundResult
from generator.app.rules import Rules
from generator.app.session import Session
from generator.app.snapshot import Snapshot, file_digest, make_snapshot, snapshot_key
from generator.app.taking import take_new
from generator.app.untaken import has_untaken
from generator.domain.base.finding import errors
from generator.domain.base.moments import write_moment
from generator.domain.follow_up.status import Problem
from generator.domain.plan.plan_reading import PlanReading
from generator.errors import SeurantaError, TemplateError
from generator.formats.docx.rendering import get_ready
from generator.formats.html.status_page import StatusLinks, status_page
from generator.formats.pdf.conversion import NoPdf, Pdf
from generator.store.ledger_schema import LedgerDamagedError
from generator.store.store import DAMAGED
from generator.workspace.folders import SETTINGS_FILE, open_workspace, stranded

log = logging.getLogger(__name__)

STATUS_PAGE = "tilanne.html"


class Rounds:
    """Makes rounds in one open workspace, and keeps the snapshot between them.

    A failure of one file, answer or document is a problem that tilanne.html and `status` show; it is tried again.
    """

    def __init__(
        self, session: Session, now: Callable[[], datetime], settings_error: SeurantaError | None = None
    ) -> None:
        self.session = session
        self._now = now
        self._settings_error = settings_error
        self._settings_digest = file_digest(session.workspace, SETTINGS_FILE)
        self._plan_digest = ""
        self._publisher: Publisher | None = None
        self._choices = ChoicesFile()
        self._document_problems: dict[str, Problem] = {}
        self.is_superseded = False  # the snapshot changed while documents were made: another round is due at once
        self._answer_problems: tuple[Problem, ...] = ()
        self.result = RoundResult()

    @property
    def snapshot(self) -> Snapshot | None:
        """The snapshot of the last take; None before the first."""
        return self._publisher.snapshot if self._publisher else None

    def take(self) -> bool:
        """Checks new saves, stores their answers, writes receipts, and enters choices; True if documents can be made.

        Raises:
            FolderError: the state folder cannot be read or written.
        """
        try:
            with self.session.store.sole_writer():
                return self._take()
        except LedgerDamagedError as error:
            log.warning("%s", error)
            self.session.store.renew_ledger(DAMAGED, self._now())
            self._publisher = None
            with self.session.store.sole_writer():
                return self._take()

    def editions(self) -> tuple[Edition, ...]:
        """The period's documents, the most urgent first."""
        snapshot = self.snapshot
        return editions(snapshot.plan, snapshot.settings) if snapshot else ()

    def draft(self, edition: Edition) -> Draft:
        """The draft of one document."""
        return self._require_publisher().draft(edition)

    def publish(self, *wanted: Edition) -> tuple[Published, ...]:
        """Makes documents and places them together; one that fails becomes a problem and stops no other."""
        for edition in wanted:
            self.make(edition)
        return self.place()

    def make(self, edition: Edition) -> None:
        """Makes one document; it waits for `place`."""
        try:
            self._require_publisher().make(edition)
        except SeurantaError as error:
            self._note_fault(edition, error)

    def place(self) -> tuple[Published, ...]:
        """Places the documents that were made since the last call; returns those that lie in the outbox."""
        try:
            published = self._require_publisher().place(write_moment(self._now()))
        except SupersededError:
            self.is_superseded = True
            return ()
        except SeurantaError as error:
            self._document_problems["outbox"] = problem_of(error)
            self.result.stopped = error
            return ()
        self._document_problems.pop("outbox", None)
        for document in published:
            self._note(document.edition.draft_name, document)
            if document.error:
                self._note_fault(document.edition, document.error)
            else:
                self._document_problems.pop(document.edition.draft_name, None)
        return tuple(document for document in published if document.error is None)

    def make_pdf(self, edition: Edition) -> bool:
        """Makes the PDF of a document that wants one, and waits for it without a lock; True if it wanted one."""
        publisher, published = self._require_publisher(), self.result.documents.get(edition.draft_name)
        if published is None or not published.wants_pdf:
            return False
        pdf = pdf_of(published.place.read_bytes(), publisher.draft(edition))
        if pdf is not None:
            self.add_pdf(edition, published, pdf)
        return True

    def add_pdf(self, edition: Edition, published: Published, pdf: Pdf | NoPdf) -> None:
        """Puts a finished PDF beside its document, if that still lies there."""
        try:
            done = self._require_publisher().add_pdf(published, pdf, write_moment(self._now()))
        except SeurantaError as error:
            self._document_problems[f"{edition.draft_name}.pdf"] = problem_of(error)
            return
        self._document_problems.pop(f"{edition.draft_name}.pdf", None)
        earlier = self.result.documents.get(edition.draft_name)
        if earlier and earlier.sha256 == done.sha256:
            self._note(edition.draft_name, done)

    def finish(self) -> None:
        """Makes the report final on request, tidies the outbox, and writes the page and the workbook."""
        if self._publisher and not self.is_blocked():
            try:
                self._finalize()
                self._tidy()
                self._document_problems.pop("tidy", None)
            except SupersededError:
                self.is_superseded = True
            except SeurantaError as error:
                self._document_problems["tidy"] = problem_of(error)
        self.show()

    def show(self) -> None:
        """Writes tilanne.html and the workbook of decisions, and keeps the problems for `status`."""
        with self.session.store.sole_writer():
            self.session.store.read_journal()
            try:
                files = {**self._choices_file(), **self._page_file()}
                for path, placement in self.session.placer.place_all(files).items():
                    self._note_touched(path, placement)
            except SeurantaError as error:
                self._document_problems[STATUS_PAGE] = problem_of(error)
                self.result.stopped = self.result.stopped or error
            self.result.problems = self._problems()
            if self.session.store.ledger.problems() != self.result.failures:
                self.session.store.ledger.replace_problems(self.result.failures)

    def begin_result(self) -> None:
        """Begins a new result, with the same snapshot."""
        self.result = RoundResult(unsettled=self.result.unsettled, snapshot=self.snapshot)

    def untaken(self) -> bool:
        """True if the journal has saves that another round would process; False while rounds are blocked."""
        self.session.store.read_journal()
        return not self.is_blocked() and has_untaken(self.session)

    def is_blocked(self) -> bool:
        """True if settings, key or plan cannot be used, so that nothing is published."""
        return self._settings_error is not None or not self._document_problems.keys().isdisjoint(("key", "plan"))

    def _take(self) -> bool:
        self.is_superseded = False
        self.session.store.read_journal()
        self._refresh_settings()
        self._refresh_key()
        if not self._is_snapshot_current():
            reading = self._read_plan()
            if reading is None or self.is_blocked():
                self._make_last_good_snapshot()
                return False
            keep_sources(self.session, reading.plan, write_moment(self._now()))
            if has_untaken(self.session):
                get_ready()  # the child that prints documents starts while saves are read
            self.result.files += take_new(self.session, Rules(self.session, reading.plan))
            self._renew(reading)
        self.result.stopped = None
        self._take_edits()
        self._take_choices()
        self._write_receipts()
        return True

    def _refresh_settings(self) -> None:
        """Reads the settings again where the file has changed; broken ones leave the last good ones in force."""
        digest = file_digest(self.session.workspace, SETTINGS_FILE)
        if digest == self._settings_digest:
            return
        self._settings_digest = digest
        try:
            self.session = self.session.with_workspace(open_workspace(self.session.workspace.root))
            self._settings_error, self._publisher = None, None
        except SeurantaError as error:
            self._settings_error = error

    def _refresh_key(self) -> None:
        """Reads the key again if it could not be read; without it the sender of a save is not known."""
        if self.session.key_error:
            self.session = self.session.with_key()
        if self.session.key_error:
            self._document_problems["key"] = problem_of(self.session.key_error)
        else:
            self._document_problems.pop("key", None)

    def _read_plan(self) -> PlanReading | None:
        """Returns the present plan; None if it cannot be used, which becomes a problem."""
        self._plan_digest = file_digest(self.session.workspace, "plan.xlsx")
        try:
            reading = read_current_plan(self.session)
        except SeurantaError as error:
            if isinstance(error, LedgerDamagedError):
                raise
            self._document_problems["plan"] = problem_of(error)
            self.result.stopped = self._settings_error or error
            return None
        self._document_problems.pop("plan", None)
        self.result.stopped = self._settings_error or self.session.key_error
        return reading

    def _make_last_good_snapshot(self) -> None:
        """Makes a snapshot with the last usable plan, so that the page can show it beside the problem."""
        self._publisher = None
        if (plan := last_good_plan(self.session)) is not None:
            self._renew(PlanReading(plan, ()))

    def _is_snapshot_current(self) -> bool:
        """True if the snapshot of the last round is still valid."""
        publisher = self._publisher
        if publisher is None or self.is_blocked():
            return False
        return not has_untaken(self.session) and snapshot_key(self.session) == publisher.key

    def _renew(self, reading: PlanReading) -> None:
        """Makes the snapshot of the present state; its key names the plan and settings that were used."""
        key = replace(snapshot_key(self.session), plan=self._plan_digest, settings=self._settings_digest)
        snapshot = make_snapshot(self.session, reading, self.snapshot)
        self._publisher = Publisher(self.session, snapshot, key)
        self.result.snapshot = snapshot

    def _write_receipts(self) -> None:
        snapshot = self._require_publisher().snapshot
        answered = answer_saves(self.session, snapshot)
        closed = follow_closed_periods(self.session, snapshot, write_moment(self._now()))
        self.result.unanswered, self._answer_problems = answered.unanswered, (*answered.problems, *closed)
        self._follow_acts()

    def _take_edits(self) -> None:
        """Enters what a person edited in the draft; the snapshot follows it."""
        snapshot = self._require_publisher().snapshot
        try:
            take_edited_documents(self.session, snapshot.plan, snapshot.follow_up, write_moment(self._now()))
        except SeurantaError as error:
            self._document_problems["edits"] = problem_of(error)
            return
        self._document_problems.pop("edits", None)
        self._follow_acts()

    def _take_choices(self) -> None:
        """Enters the secretary's choices; the snapshot follows them."""
        publisher = self._require_publisher()
        try:
            self._choices.take(self.session, publisher.snapshot, write_moment(self._now()))
        except SeurantaError as error:
            self._document_problems["choices"] = problem_of(error)
            return
        self._document_problems.pop("choices", None)
        self._follow_acts()
        self._choices.read_request(self.session, self._require_publisher().snapshot)
        self._follow_acts()

    def _follow_acts(self) -> None:
        """Makes a new snapshot if an act was entered since; acts about answers are first processed like saves."""
        reading = self._require_publisher().snapshot.reading
        take_new(self.session, Rules(self.session, reading.plan))
        if snapshot_key(self.session) != self._require_publisher().key:
            self._renew(reading)

    def _finalize(self) -> None:
        publisher = self._require_publisher()
        request = self._choices.request
        if request is None or self.result.stopped:
            return
        try:
            self.result.final = finalize_as_requested(self.session, publisher.snapshot, request)
        except SeurantaError as error:
            self._document_problems["final"] = problem_of(error)
            return
        self._document_problems.pop("final", None)
        self._choices.request = None
        self._renew(publisher.snapshot.reading)
        self.publish(*self.editions())  # drafts print whether they are newer than the final

    def _tidy(self) -> None:
        documents = self.result.documents
        present = tuple(documents[e.draft_name] for e in self.editions() if e.draft_name in documents)
        if len(present) == len(self.editions()):
            self._require_publisher().tidy(present)

    def _choices_file(self) -> dict[Path, bytes]:
        """Returns the secretary's workbook to write; a report that has no place does not hinder it."""
        if self._publisher and not self.is_blocked() and not isinstance(self.result.stopped, TemplateError):
            return self._choices.make(self.session, self._publisher.snapshot)
        return {}

    def _page_file(self) -> dict[Path, bytes]:
        snapshot = self.snapshot
        if snapshot is None:
            return {}
        links = StatusLinks(
            report=Outbox(self.session).report_file(snapshot.final_report, snapshot.plan),
            unsettled=self.result.unsettled,
            stranded=stranded(self.session.workspace.inbox),
            plan_errors=len(errors(snapshot.reading.findings)),
            plan_questions=snapshot.reading.to_ask,
            programme_questions=snapshot.programme_questions,
            open_edits=len(snapshot.open_edits),
            final=snapshot.final_report,
            rejected=count_refused(self.session, snapshot),
            lapsed=snapshot.lapsed_goals,
            are_choices_readable=self._choices.is_readable,
            problems=self._problems(),
        )
        page = status_page(snapshot.status, links, self.session.settings, self.session.words)
        return {self.session.workspace.outbox / STATUS_PAGE: page}

    def _note_touched(self, path: Path, placement: Placement) -> None:
        """Adds or drops the problem that a person's file is in the place of ours."""
        if placement is Placement.TOUCHED:
            self._document_problems[path.name] = place_taken_problem(path)
        else:
            self._document_problems.pop(path.name, None)

    def _problems(self) -> tuple[Problem, ...]:
        plan, final = (self.snapshot.plan, self.snapshot.final_report) if self.snapshot else (None, None)
        lasting = lasting_problems(self.session, plan, self._settings_error)
        missing = missing_form_questions(self.session, plan) if plan else ()
        answers = (*self._answer_problems, *self._choices.problems)
        found = (*lasting, *pdf_problems(self.session, final), *self._document_problems.values(), *answers, *missing)
        return within(self.session.workspace, (*found, *clock_problems(self._now())))

    def _note(self, name: str, published: Published) -> None:
        """Remembers a document's result; an unchanged document may have been written earlier in these rounds."""
        before = self.result.documents.get(name)
        if before and before.sha256 == published.sha256 and not published.changed:
            published = replace(
                published, changed=before.changed, pdf=published.pdf or before.pdf, faults=before.faults
            )
        self.result.documents[name] = published

    def _note_fault(self, edition: Edition, error: SeurantaError) -> None:
        """Records the problem of a document that could not be made or placed; the whole report's stops the result."""
        self._document_problems[edition.draft_name] = problem_of(error)
        if edition == self.editions()[0]:
            self.result.stopped = error

    def _require_publisher(self) -> Publisher:
        if self._publisher is None:
            raise RuntimeError("nothing has been taken yet")
        return self._publisher
