"""Commands that write: forms, a decision, a final report, one document."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.app.decisions import decide_between
from generator.app.documents import Edition, editions, extract_editions, make_draft, pdf_of, whole_edition
from generator.app.finalize import Finalized, Refused, finalize
from generator.app.forms import FormOutcome, known_name
from generator.app.forms import write_forms as write_forms_of
from generator.app.owned_files import HELD
from generator.app.plans import keep_plan, previous_follow_up, read_current_plan
from generator.app.publish import Publisher
from generator.app.rules import Rules
from generator.app.session import Session, open_session
from generator.app.snapshot import Snapshot, make_snapshot, snapshot_key
from generator.app.taking import take_new
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.follow_up.merge import Decision
from generator.domain.follow_up.open_matters import Signature
from generator.domain.output.report import Scope
from generator.errors import FolderError
from generator.i18n.words import Words
from generator.workspace.folders import Workspace


def write_forms(
    workspace: Workspace, officer: str | None = None, folder: Path | None = None
) -> tuple[FormOutcome, ...]:
    """Writes all officers' forms, or one, into the inbox or another folder; a file that somebody changed stays.

    Raises:
        UsageError: no officer has this name.
    """
    now = _now()
    with _opened(workspace, now) as (session, snapshot), session.store.sole_writer():
        return write_forms_of(session, snapshot, _moment(now), officer=officer, folder=folder)


def decide(workspace: Workspace, code: str, officer: str, signature: Signature) -> Decision | None:
    """Chooses one officer's answer to a disputed goal; None where the goal is not disputed."""
    with _opened(workspace, _now()) as (session, snapshot), session.store.sole_writer():
        return decide_between(session, snapshot, code=code, officer=officer, signature=signature)


def make_final(workspace: Workspace, signature: Signature) -> Finalized | Refused:
    """Makes the report final as it is now, or returns why not."""
    with _opened(workspace, datetime.fromisoformat(signature.time)) as (session, snapshot):
        return finalize(session, snapshot, signature)


@dataclass(frozen=True, slots=True)
class Order:
    """A document to write: the time (ISO 8601), the language (None: the first), the path (None: its usual place)."""

    now: str
    language: Language | None = None
    out: Path | None = None


def whole_report(workspace: Workspace, order: Order) -> Path:
    """Writes the whole report as it is now, and returns its path."""
    with _opened(workspace, _now()) as (session, snapshot):
        return _write_document(session, snapshot, whole_edition(workspace.settings, _words(order, session)), order)


def extract(workspace: Workspace, scope: Scope, order: Order) -> Path:
    """Writes an officer's or a division's extract: its rows and their ancestors, with the whole report's values.

    Raises:
        UsageError: the plan does not have the name.
    """
    with _opened(workspace, _now()) as (session, snapshot):
        every = extract_editions(snapshot.plan, workspace.settings, _words(order, session))
        known = tuple(edition for edition in every if edition.scope.kind is scope.kind)
        name = known_name(scope.name, tuple(edition.scope.name for edition in known))
        edition = next(each for each in known if each.scope.name == name)
        return _write_document(session, snapshot, edition, order)


@contextmanager
def _opened(workspace: Workspace, now: datetime) -> Iterator[tuple[Session, Snapshot]]:
    """Opens the workspace for writing, and takes all saves in the journal."""
    with open_session(workspace, now) as session:
        with session.store.sole_writer():
            session.require_key()
            session.store.read_journal()
            reading = read_current_plan(session)
            keep_plan(session, reading.plan, _moment(now))
            take_new(session, Rules(session, reading.plan, previous_follow_up(session, reading.plan)))
            snapshot = make_snapshot(session, reading)
        # Outside the lock: documents and PDFs take long, and the watch must be able to work meanwhile.
        yield session, snapshot


def _words(order: Order, session: Session) -> Words:
    return Words(order.language) if order.language else session.words


def _write_document(session: Session, snapshot: Snapshot, edition: Edition, order: Order) -> Path:
    """Writes a document to its usual place as a run does, or to the path that was asked for."""
    usual = {each.draft_name for each in editions(snapshot.plan, session.settings)}
    if order.out is None and edition.draft_name in usual:
        publisher = Publisher(session, snapshot, snapshot_key(session))
        publisher.make(edition)
        (published,) = publisher.place(order.now)
        if published.error:
            raise published.error
        if published.wants_pdf and (pdf := pdf_of(published.place.read_bytes(), publisher.draft(edition))):
            publisher.add_pdf(published, pdf, order.now)
        return published.place
    path = order.out or session.workspace.outbox / edition.draft_name
    document = make_draft(snapshot, edition).document()
    with session.store.sole_writer():
        if session.placer.place(path, document) in HELD:
            raise FolderError(_TAKEN_PLACE, _OTHER_NAME, path=path)
    return path


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _moment(now: datetime) -> str:
    return now.isoformat(timespec="milliseconds")


_TAKEN_PLACE = N_("{path}: the file is open, or it is not one that this program has made, so it was left alone.")
_OTHER_NAME = N_("Close the file, or give another name with --out.")
