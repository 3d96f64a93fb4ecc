"""Reads drafts that a person edited: their texts are carried on in the next draft, other values are open matters.

Where only values of goals differ, our next draft takes the file's place; the edited file is in the archive. Anything
else, such as a foreword or a picture, keeps the file where it is. Our draft beside it may be edited too: what two files
say differently of one value is an open matter.

Source: DESIGN 5, Her edits are carried on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.app.draft_places import standing_files
from generator.app.edited_copies import keep_edited_copies
from generator.app.kept_edits import draft_edits, draft_path
from generator.app.owned_files import is_locked
from generator.app.session import Session
from generator.disk.digests import sha256_of
from generator.domain.base.moments import read_moment
from generator.domain.base.text import same_name
from generator.domain.follow_up.draft_edits import EditBase, KeptEdit, VoiceEdit, edit_base, voice_edits
from generator.domain.follow_up.edit_acts import DraftEdit, EditedDraft
from generator.domain.follow_up.merge import FollowUp, GoalFollowUp
from generator.domain.follow_up.open_items import TEXT_FIELDS, UNKNOWN
from generator.domain.plan.goals import Plan
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

    `place` is its path if it lies at one of the draft's, else None; `name` is the path in the outbox of the draft that
    it counts as: a file from elsewhere counts as the one in the usual place. `read` is how it was read, and `bases` are
    the kept drafts with those values.
    """

    place: Path | None
    name: str
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
    base: EditBase
    after: str


def take_edited_documents(session: Session, plan: Plan, follow_up: FollowUp, now: str) -> None:
    """Enters the edits of the whole report's drafts, and keeps other drafts that a person has edited.

    Raises:
        FolderError: a document cannot be read now, or the archive cannot be written.
    """
    try:
        keep_edited_copies(session, plan, now)
    finally:  # a copy that cannot be read holds no draft up
        take_draft_edits(session, follow_up, now)


def take_draft_edits(session: Session, follow_up: FollowUp, now: str) -> None:
    """Enters the edits of the whole report's drafts that a person has saved, once for each saved version of them.

    Of several the one that was saved first is read first.

    Raises:
        FolderError: a draft cannot be read now, or the archive cannot be written.
    """
    for path in sorted(_edited_files(session), key=_saved_at):
        take_edited_file(session, follow_up, path, read_file(path), now=now)


def take_edited_file(session: Session, follow_up: FollowUp, path: Path, data: bytes, *, now: str) -> bool:
    """Enters the edits of a document that a person saved; False if it was not made from a draft of ours.

    Raises:
        FolderError: the archive cannot be written.
    """
    if session.store.history.acts.has_read_draft(sha256_of(data)):
        return True
    edited = _read(session, path, data)
    if edited is not None:
        _take(session, follow_up, edited, now)
    return edited is not None


def _edited_files(session: Session) -> Iterator[Path]:
    """Yields the drafts of the whole report that a person has edited and closed."""
    for path in standing_files(draft_path(session)):
        if path.is_file() and not is_locked(path) and not session.placer.is_ours(path):
            yield path


def _saved_at(path: Path) -> float:
    return path.stat().st_mtime


def _take(session: Session, follow_up: FollowUp, edited: _Edited, now: str) -> None:
    """Enters the edits of a document, and that it counts as ours if it has nothing else: all at once.

    An interruption in between would leave a file that is known, so that it is never read again, and never replaced.
    """
    changes, has_more = _changes(session, edited, follow_up)
    digest = session.store.archive.keep(edited.data)
    acts = tuple(_act(session, change, edited, now) for change in changes)
    adopted = () if has_more or edited.place is None else (session.placer.adoption(edited.place, edited.data),)
    session.store.append(*acts, *adopted, EditedDraft(session.period, edited.name, digest, edited.made_from, now))


def _read(session: Session, path: Path, data: bytes) -> _Edited | None:
    """Reads an edited draft; None if it is no Word document, or was not made from a known draft of ours."""
    mark = mark_of(data)
    if mark is None or not session.store.archive.has(mark):
        return None
    bases = session.store.state.kept_drafts(mark)
    read = reader_for(bases[0]) if bases else read_document
    document = read(data)
    if document is None:
        return None
    place = next((each for each in standing_files(draft_path(session)) if each.resolve() == path.resolve()), None)
    name = (place or draft_path(session)).relative_to(session.workspace.outbox).as_posix()
    return _Edited(place, name, data, read, bases, document, mark, document.saved_by or UNKNOWN)


def _changes(session: Session, edited: _Edited, follow_up: FollowUp) -> tuple[tuple[_EnteredEdit, ...], bool]:
    """Returns the edits to enter, and whether the file has more than them, so that it must stay."""
    found: list[_EnteredEdit] = []
    has_more = not _is_of_values_alone(session, edited)
    for change in changed_values(edited.document, _values_before(session, edited)):
        made = _edits_of(session, change, edited, follow_up.by_code.get(change.code))
        if made is None:
            has_more = True
        else:
            found += (each for each in made if not _is_in_force(session, each))
    return tuple(found), has_more


def _values_before(session: Session, edited: _Edited) -> dict[str, str]:
    """Returns the values that the person had before: of the draft, or of an earlier saved version of the same file."""
    base = dict(read_values_record(session.store.archive.read(edited.made_from)))
    last = session.store.history.acts.last_edited_draft(session.period, edited.name)
    if last is None or last.made_from != edited.made_from or not session.store.archive.has(last.digest):
        return base
    earlier = edited.read(session.store.archive.read(last.digest))
    if earlier is None:
        return base
    is_same_file = _goes_on_from(edited, earlier) or _lay_there_until_now(session, edited, last)
    return earlier.values if is_same_file else base


def _lay_there_until_now(session: Session, edited: _Edited, last: EditedDraft) -> bool:
    """True if the last version differed in values alone, and no draft of ours has taken its place since."""
    if not session.placer.counts_as_ours(session.workspace.outbox / edited.name, last.digest):
        return False
    placed = session.store.ledger.reports(session.period).get(edited.name)
    return placed is not None and read_moment(placed.time) < read_moment(last.time)


def _goes_on_from(edited: _Edited, earlier: ReadDocument) -> bool:
    """True if the file differs from its draft, beside values, in something that an earlier edited one differs in too.

    A file that differed in values alone was replaced by a new draft. Who had it open goes on from it all the same, and
    Word tells the sessions in which a file was edited.
    """
    base = edited.read(edited.bases[0]) if edited.bases else None
    return base is None or bool(_own_content(edited.document, base) & _own_content(earlier, base))


def _own_content(document: ReadDocument, base: ReadDocument) -> frozenset[object]:
    """Returns in what an edited document differs from its draft beside values."""
    found = compare_documents(document, base)
    removed = (("removed", line) for line in found.removed)
    order = tuple(value.name for value in document.text.values)
    marks = (*found.comments, *found.struck, *found.emphasized)
    others = (document.pictures | document.sessions) - base.pictures - base.sessions
    return frozenset((*found.added, *removed, *marks, *others, order)) - {tuple(base.values)}


def _is_of_values_alone(session: Session, edited: _Edited) -> bool:
    """True if nothing but values differs from the draft that it was made from."""
    bases = map(edited.read, edited.bases)
    return any(base is not None and _difference(edited, base).is_of_values_alone for base in bases)


def _difference(edited: _Edited, base: ReadDocument) -> DocumentDifference:
    return compare_documents(edited.document, base)


def _edits_of(
    session: Session, change: ValueChange, edited: _Edited, item: GoalFollowUp | None
) -> tuple[_EnteredEdit, ...] | None:
    """Returns the edits of a changed value; None if it cannot be told whose text it is."""
    if change.field not in TEXT_FIELDS:
        return (_value_edit(session, change, edited),)
    voices = voice_edits(change.before, change.after, item, change.field) if item and item.answers else None
    if item is None or voices is None:
        return None
    return tuple(_text_edit(session, change, edited, item, voice=voice) for voice in voices)


def _value_edit(session: Session, change: ValueChange, edited: _Edited) -> _EnteredEdit:
    """Returns the edit of a value that is no text: an edit in another file stays beside it."""
    others = (each for each in _earlier(session, change, "") if _file_of(session, each) != edited.name)
    file = sha256_of(edited.data)
    base = edit_base(others, change.before, change.after, standing_text=None, file=file)
    return _EnteredEdit(change.code, "", change.field, base, change.after)


def _text_edit(
    session: Session, change: ValueChange, edited: _Edited, item: GoalFollowUp, *, voice: VoiceEdit
) -> _EnteredEdit:
    """Returns the edit of one officer's text in a cell."""
    said = (answer.entry for answer in item.answers if same_name(answer.entry.officer, voice.officer))
    standing = next((str(getattr(entry, change.field)) for entry in said), None)
    earlier, file = _earlier(session, change, voice.officer), sha256_of(edited.data)
    base = edit_base(earlier, voice.before, voice.after, standing_text=standing, file=file)
    return _EnteredEdit(change.code, voice.officer, change.field, base, voice.after.strip("\n"))


def _is_in_force(session: Session, change: _EnteredEdit) -> bool:
    """True if the same edit was entered before and still counts."""
    about, texts = (change.code, change.officer, change.field), (change.base.before, change.after)
    return any(
        (each.act.code, each.act.officer, each.act.field) == about
        and (each.before, each.after) == texts
        and each.act.conflict == change.base.conflict
        for each in draft_edits(session)
    )


def _earlier(session: Session, change: ValueChange, officer: str) -> tuple[KeptEdit, ...]:
    """Returns the edits of the same value that are in force."""
    edits = (each for each in draft_edits(session) if (each.act.code, each.act.field) == (change.code, change.field))
    return tuple(each for each in edits if each.act.officer == officer or same_name(each.act.officer, officer))


def _file_of(session: Session, edit: KeptEdit) -> str:
    """Returns the path of the edited file of an edit; an empty string if it was chosen in the workbook."""
    return session.store.history.acts.path_of_draft(edit.act.draft)


def _act(session: Session, change: _EnteredEdit, edited: _Edited, now: str) -> DraftEdit:
    keep = session.store.archive.keep
    texts = change.base.before, change.after
    before, after = (keep(text.encode("utf-8", "backslashreplace")) for text in texts)
    about, draft = (session.period, change.code, change.officer, change.field), sha256_of(edited.data)
    return DraftEdit(*about, before, after, draft, edited.who, now, conflict=change.base.conflict)
