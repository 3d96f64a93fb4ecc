"""Finds copies of the draft and of the secretary's workbook in the outbox that nobody reads: under another name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.app.draft_places import usual_place
from generator.app.editions import whole_edition
from generator.app.file_marks import is_unchanged
from generator.app.kept_edits import draft_path
from generator.app.session import Session
from generator.disk.safe_write import folder_errors
from generator.domain.base.rule import N_
from generator.workspace.folders import DECISIONS_FILE, EARLIER_FILE, is_submission_name

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".numbers")
_DOCUMENTS = (".docx", ".docm", ".doc", ".odt", ".rtf", ".pages")


@dataclass(frozen=True, slots=True)
class UnreadCopy:
    """A copy that a person may have written into, and the name of the file that is read in its place.

    For a draft of a closed period `name` is the period's id.
    """

    path: Path
    name: str
    message: str
    advice: str


def unread_copies(session: Session) -> Iterator[UnreadCopy]:
    """Yields the files in the outbox that look like the draft or the workbook, lie there under another name or in
    another format, and are not unchanged files of ours.

    Raises:
        FolderError: the outbox cannot be read.
    """
    draft, outbox, closed = draft_path(session), session.workspace.outbox, _closed_drafts(session)
    with folder_errors(outbox):
        paths = sorted(path for path in outbox.iterdir() if is_submission_name(path.name) and path.is_file())
    for path in paths:
        ending = path.suffix.casefold()
        if ending in _WORKBOOKS and _is_named_like(path, DECISIONS_FILE, EARLIER_FILE) and _is_written_into(path):
            yield UnreadCopy(path, DECISIONS_FILE, CHOICES_UNREAD, SAVE_AS)
        elif period := closed.get(usual_place(path).name):
            if _is_written_into(path):
                yield UnreadCopy(path, period, CLOSED_DRAFT, MAKE_FINAL)
        elif ending in _DOCUMENTS and path not in (draft, _beside(draft)) and _is_of_draft(session, path, draft):
            yield UnreadCopy(path, draft.name, EDITS_UNREAD, SAVE_AS)


def _closed_drafts(session: Session) -> dict[str, str]:
    """Returns the closed periods by the names of their drafts."""
    settings, present = session.settings, session.settings.period
    closed = (period for period in session.store.history.closed_periods if period != session.period)
    named = ((replace(settings, period=replace(present, id=period)), period) for period in closed)
    return {whole_edition(each, session.words).draft_name: period for each, period in named}


def _is_named_like(path: Path, *names: str) -> bool:
    """True if the file's name goes on from one of the names, and is none of them."""
    stems = tuple(Path(name).stem.casefold() for name in names)
    return path.name.casefold() not in names and path.stem.casefold().startswith(stems)


def _is_of_draft(session: Session, path: Path, draft: Path) -> bool:
    """True if a document has the draft's name or was made from a draft of ours, and somebody may have edited it."""
    from generator.formats.docx.document_mark import mark_of

    is_named = path.stem.casefold().startswith(draft.stem.casefold())
    if is_named or path.suffix.casefold() != ".docx":
        return is_named and _is_written_into(path)
    mark = mark_of(path.read_bytes())
    return mark is not None and session.store.archive.has(mark) and _is_written_into(path)


def _is_written_into(path: Path) -> bool:
    return not is_unchanged(path.name, path.read_bytes())


def _beside(draft: Path) -> Path:
    return draft.with_name(f"{draft.stem}-uusi.docx")


CHOICES_UNREAD = N_("{path}: this file is not read. Choices and texts are read from {name}.")
EDITS_UNREAD = N_("{path}: this file is not read. Edits are read from {name}.")
SAVE_AS = N_("Save what you have written under the name {name}, or move this file elsewhere.")
CLOSED_DRAFT = N_(
    "{path}: this is a draft of the closed period {name}. Edits in it are read when that period's report is made final "
    "again."
)
MAKE_FINAL = N_("Make it final: seuranta finalize --period {name} --because TEXT. Or move this file elsewhere.")
