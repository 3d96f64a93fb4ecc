"""Reads a draft that a person edited: its texts are carried on in the next draft, other values are open matters.

Where only values of goals differ, our next draft takes the file's place; the edited file is in the archive. Anything
else, such as a foreword or a picture, keeps the file where it is.

Source: DESIGN 5, Her edits are carried on.
"""

from dataclasses import dataclass

from generator.app.kept_edits import draft_edits, draft_path
from generator.app.owned_files import is_locked
from generator.app.session import Session
from generator.disk.digests import sha256_of
from generator.domain.follow_up.draft_edits import same_wording, voice_edits
from generator.domain.follow_up.edit_acts import DraftEdit, EditedDraft
from generator.domain.follow_up.merge import FollowUp
from generator.domain.follow_up.open_items import TEXT_FIELDS, UNKNOWN
from generator.formats.docx.document_difference import (
    DocumentDifference,
    ReadDocument,
    Reader,
    ValueChange,
    changed_values,
    compare_documents,
    read_document,
    reader_for,
)
from generator.formats.docx.document_mark import mark_of
from generator.formats.docx.printed_values import read_values_record
from generator.workspace.folders import read_file


@dataclass(frozen=True, slots=True)
class _Edited:
    """An edited draft as it was read; `made_from` is the digest of the values of the draft that it was made from.

    `read` is how it was read, and `bases` are the kept drafts with those values.
    """

    data: bytes
    read: Reader
    bases: tuple[bytes, ...]
    document: ReadDocument
    made_from: str
    who: str


@dataclass(frozen=True, slots=True)
class _EnteredEdit:
    """An edit before it is entered: the texts themselves."""

    code: str
    officer: str
    field: str
    before: str
    after: str


def take_draft_edits(session: Session, follow_up: FollowUp, now: str) -> None:
    """Enters the edits of the whole report's draft that a person has saved, once for each saved version of it.

    Raises:
        FolderError: the draft cannot be read now, or the archive cannot be written.
    """
    path = draft_path(session)
    if not path.is_file() or is_locked(path) or session.placer.is_ours(path):
        return
    data = read_file(path)
    if not session.store.history.acts.has_read_draft(sha256_of(data)) and _take(session, follow_up, data, now) is False:
        session.placer.adopt(path, data)


def take_edited_file(session: Session, follow_up: FollowUp, data: bytes, now: str) -> bool:
    """Enters the edits of a document that a person saved; False if it was not made from a draft of ours.

    Raises:
        FolderError: the archive cannot be written.
    """
    is_known = session.store.history.acts.has_read_draft(sha256_of(data))
    return is_known or _take(session, follow_up, data, now) is not None


def _take(session: Session, follow_up: FollowUp, data: bytes, now: str) -> bool | None:
    """Enters the edits of a document; True if it has more than them. None if its draft is not known."""
    edited = _read(session, data)
    if edited is None:
        return None
    changes, has_more = _changes(session, edited, follow_up)
    digest = session.store.archive.keep(edited.data)
    acts = tuple(_act(session, change, edited, now) for change in changes)
    name = draft_path(session).relative_to(session.workspace.outbox).as_posix()
    session.store.append(*acts, EditedDraft(session.period, name, digest, edited.made_from, now))
    return has_more


def _read(session: Session, data: bytes) -> _Edited | None:
    """Reads an edited draft; None if it is no Word document, or was not made from a known draft of ours."""
    mark = mark_of(data)
    if mark is None or not session.store.archive.has(mark):
        return None
    bases = session.store.state.kept_drafts(mark)
    read = reader_for(bases[0]) if bases else read_document
    document = read(data)
    return _Edited(data, read, bases, document, mark, document.saved_by or UNKNOWN) if document else None


def _changes(session: Session, edited: _Edited, follow_up: FollowUp) -> tuple[tuple[_EnteredEdit, ...], bool]:
    """Returns the edits to enter, and whether the file has more than them, so that it must stay."""
    found: list[_EnteredEdit] = []
    has_more = not _is_of_values_alone(session, edited)
    for change in changed_values(edited.document, _values_before(session, edited)):
        made = _edits_of(session, change, follow_up)
        if made is None:
            has_more = True
        else:
            found += made
    return tuple(found), has_more


def _values_before(session: Session, edited: _Edited) -> dict[str, str]:
    """Returns the values that the person had before: of the draft, or of an earlier saved version of the same file."""
    name = draft_path(session).relative_to(session.workspace.outbox).as_posix()
    last = session.store.history.acts.last_edited_draft(session.period, name)
    if last is not None and last.made_from == edited.made_from and session.store.archive.has(last.digest):
        document = edited.read(session.store.archive.read(last.digest))
        if document is not None:
            return document.values
    return dict(read_values_record(session.store.archive.read(edited.made_from)))


def _is_of_values_alone(session: Session, edited: _Edited) -> bool:
    """True if nothing but values differs from the draft that it was made from."""
    bases = map(edited.read, edited.bases)
    return any(base is not None and _difference(edited, base).is_of_values_alone for base in bases)


def _difference(edited: _Edited, base: ReadDocument) -> DocumentDifference:
    return compare_documents(edited.document, base)


def _edits_of(session: Session, change: ValueChange, follow_up: FollowUp) -> tuple[_EnteredEdit, ...] | None:
    """Returns the edits of a changed value; None if it cannot be told whose text it is."""
    if change.field not in TEXT_FIELDS:
        return (_EnteredEdit(change.code, "", change.field, change.before, change.after),)
    item = follow_up.by_code.get(change.code)
    voices = voice_edits(change.before, change.after, item, change.field) if item and item.answers else None
    if voices is None:
        return None
    return tuple(
        _EnteredEdit(
            change.code,
            voice.officer,
            change.field,
            _original(session, change, voice.officer, voice.before),
            voice.after.strip("\n"),
        )
        for voice in voices
    )


def _original(session: Session, change: ValueChange, officer: str, printed: str) -> str:
    """Returns the officer's text behind a printed one, which may have been edited before."""
    for edit in draft_edits(session):
        about = edit.act.code, edit.act.field, edit.act.officer
        if about == (change.code, change.field, officer) and same_wording(edit.after, printed):
            return edit.before
    return printed


def _act(session: Session, change: _EnteredEdit, edited: _Edited, now: str) -> DraftEdit:
    keep = session.store.archive.keep
    before, after = (keep(text.encode("utf-8", "backslashreplace")) for text in (change.before, change.after))
    draft = sha256_of(edited.data)
    return DraftEdit(session.period, change.code, change.officer, change.field, before, after, draft, edited.who, now)
