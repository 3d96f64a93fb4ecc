"""`seuranta report`: writes one document, the whole report or an extract."""

from dataclasses import dataclass
from pathlib import Path

from generator.app.documents import make_draft, pdf_of
from generator.app.editions import Edition, editions, extract_editions, whole_edition
from generator.app.forms import known_name
from generator.app.opening import local_now, opened_with_saves_taken
from generator.app.own_copies import OTHER_NAME, TAKEN_PLACE
from generator.app.owned_files import IN_USE
from generator.app.publish import Publisher
from generator.app.session import Session
from generator.app.snapshot import Snapshot, snapshot_key
from generator.domain.base.settings import Language
from generator.domain.output.frame import Scope
from generator.errors import FolderError
from generator.i18n.words import Words
from generator.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class DocumentOrder:
    """A document to write: the time (ISO 8601), the language (None: the first), the path (None: its usual place)."""

    now: str
    language: Language | None = None
    out: Path | None = None


def whole_report(workspace: Workspace, order: DocumentOrder) -> Path:
    """Writes the whole report as it is now, and returns its path."""
    with opened_with_saves_taken(workspace, local_now()) as (session, snapshot):
        return _write_document(session, snapshot, whole_edition(workspace.settings, _words(order, session)), order)


def extract(workspace: Workspace, scope: Scope, order: DocumentOrder) -> Path:
    """Writes an officer's or a division's extract: its rows and their ancestors, with the whole report's values.

    Raises:
        UsageError: the plan does not have the name.
    """
    with opened_with_saves_taken(workspace, local_now()) as (session, snapshot):
        every = extract_editions(snapshot.plan, workspace.settings, _words(order, session))
        known = tuple(edition for edition in every if edition.scope.kind is scope.kind)
        name = known_name(scope.name, tuple(edition.scope.name for edition in known))
        edition = next(each for each in known if each.scope.name == name)
        return _write_document(session, snapshot, edition, order)


def _words(order: DocumentOrder, session: Session) -> Words:
    return Words(order.language) if order.language else session.words


def _write_document(session: Session, snapshot: Snapshot, edition: Edition, order: DocumentOrder) -> Path:
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
    draft = make_draft(snapshot, edition)
    document = draft.checked_document().docx
    with session.store.sole_writer():
        if session.placer.place(path, document) in IN_USE:
            raise FolderError(TAKEN_PLACE, OTHER_NAME, path=path)
    return path
