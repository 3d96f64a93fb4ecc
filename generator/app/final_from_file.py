"""Makes the final report of a document that a person edited, after checking that it says what the report says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.app.documents import Draft, make_draft
from generator.app.draft_edits import take_edited_file
from generator.app.folded_faults import tell_document_faults
from generator.app.session import Session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.domain.base.rule import N_
from generator.domain.follow_up.status import Difference
from generator.errors import RefusedFileError
from generator.formats.docx.document_mark import mark_of
from generator.formats.docx.lost_descriptions import MendedDocument, restore_descriptions
from generator.formats.docx.outdated_content import OutdatedContent, outdated_content
from generator.formats.docx_accessibility.checker import check_document
from generator.i18n.words import Words
from generator.workspace.folders import read_file

_MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class EditedFinal:
    """The document that a person edited, which is to be the final report: its path and its bytes.

    `drafts` are the kept drafts with the values of the one that it was made from.
    """

    path: Path
    data: bytes
    drafts: tuple[bytes, ...] = ()

    def document(self, draft: Draft, session: Session) -> MendedDocument:
        """Returns the document as the final that a draft describes, and the alternative texts that were put back.

        Raises:
            RefusedFileError: it does not say what the report says, or is not accessible.
            TemplateError: the template is at fault.
        """
        from generator.formats.docx.edited_final import final_from_edited, with_whole_bookmarks
        from generator.formats.opc.xml import PackageError

        final = draft.document()
        before = make_draft(replace(draft.snapshot, is_draft=True, version=0), draft.edition).document()
        try:
            mended = restore_descriptions(self.data, (*self.drafts, before))
            whole = with_whole_bookmarks(mended.docx, (*self.drafts, before)[0])
            made = final_from_edited(whole, before, final)
            outdated = outdated_content(whole, before, self.drafts)
        except PackageError as error:
            raise RefusedFileError(_NOT_READ, _SAVE_AS_DOCX, path=self.path) from error
        faults = (
            *_marks(self.data, final, session.words),
            *_faults(made, final, draft, session.words),
            *_outdated(outdated, session.words),
        )
        if faults:
            more = len(faults) - _MOST_TOLD
            told = "; ".join((*faults[:_MOST_TOLD], *((f"+ {more}",) if more > 0 else ())))
            raise RefusedFileError(_REFUSED, _MEND, path=self.path, faults=told)
        return replace(mended, docx=made)


def take_edited_final(session: Session, snapshot: Snapshot, path: Path, now: str) -> tuple[EditedFinal, Snapshot]:
    """Reads the edited document, enters its edits, and returns it with the snapshot that follows.

    Raises:
        FolderError: it cannot be read.
        RefusedFileError: it is no Word document, or was not made from a draft of this workspace.
    """
    from generator.formats.docx.document_difference import read_document

    edited = EditedFinal(path, read_file(path))
    if read_document(edited.data) is None:
        raise RefusedFileError(_NOT_READ, _SAVE_AS_DOCX, path=path)
    with session.store.sole_writer():
        session.store.read_journal()
        if not take_edited_file(session, snapshot.follow_up, path, edited.data, now=now):
            raise RefusedFileError(_NO_DRAFT, _EDIT_DRAFT, path=path)
        edited = replace(edited, drafts=session.store.state.kept_drafts(mark_of(edited.data) or ""))
        return edited, make_snapshot(session, snapshot.reading)


def _marks(data: bytes, final: bytes, words: Words) -> Iterator[str]:
    """Yields an edited document's comments and struck-through words: neither may stand in a final."""
    from generator.formats.docx.document_difference import read_document

    theirs, ours = read_document(data), read_document(final)
    if theirs is not None and ours is not None:
        yield from (words(_COMMENT, text=text[:80]) for text in theirs.comments)
        yield from (words(_STRUCK, text=text[:80]) for text in theirs.struck if text not in ours.struck)


def _outdated(found: OutdatedContent, words: Words) -> Iterator[str]:
    """Yields what an edited document says beside the goals' values and the report does not."""
    yield from (words(_OTHER_ROW, text=text[:80]) for text in found.rows)
    yield from (words(_OUTDATED, text=text[:80]) for text in found.sentences)
    for cell in found.cells:
        if cell.before is None:
            yield words(_OTHER_ROWS, table=cell.table[:60], row=cell.row[:60])
        else:
            yield words(_OTHER_CELL, row=cell.row[:60], before=cell.before[:60], after=(cell.after or "")[:60])
    if found.has_other_chart:
        yield words(_OUTDATED_CHART)


def _faults(made: bytes, final: bytes, draft: Draft, words: Words) -> Iterator[str]:
    """Yields what keeps an edited document from being the final: in the reader's language."""
    from generator.formats.docx.document_difference import changed_values, read_document
    from generator.formats.docx.edited_final import document_words
    from generator.formats.docx.printed_values import PrintedValue
    from generator.formats.docx.required_content import check_whole_content
    from generator.formats.opc.package import read_parts

    theirs, ours = read_document(made), read_document(final)
    if theirs is None or ours is None:
        yield words(_UNREADABLE)
        return
    headings = draft.snapshot.settings.headings
    for change in changed_values(theirs, ours.values):
        yield words.difference(Difference(change.code, change.field, change.before, change.after), headings)
    gone = (value.code for value in theirs.text.values if value.name not in ours.values)
    yield from (words(_NO_GOAL, code=code) for code in dict.fromkeys(gone))
    mark = words("DRAFT")
    yield from (words(_STILL_DRAFT, text=text[:80]) for text in document_words(read_parts(made)) if mark in text)
    yield from (words(fault.message, **fault.values) for fault in check_whole_content(made, draft.report).faults)
    known = {fault.rule for fault in check_document(final)}
    lacking = tuple(fault for fault in check_document(made) if fault.rule not in known)
    lost = ((PrintedValue(name, ""), text) for name, text in ours.values.items() if name not in theirs.values)
    yield from (words.difference(Difference(name.code, name.field, text), headings) for name, text in lost)
    yield from dict.fromkeys(fault.sentence for fault in tell_document_faults(lacking, words))


_NOT_READ = N_("{path}: the file is no Word document.")
_SAVE_AS_DOCX = N_("Save it as a Word document (.docx, not Strict Open XML) without a password.")
_NO_DRAFT = N_("{path}: the file was not made from a draft of this workspace, so its values cannot be compared.")
_EDIT_DRAFT = N_("Edit the draft in the outbox, and give that file.")
_REFUSED = N_("{path}: the file was not made final, because it says something else than the report: {faults}")
_MEND = N_(
    "Mend it in Word. Degrees and statuses are changed by settlements and goals in plan.xlsx, not in the document."
)
_UNREADABLE = N_("the document cannot be read")
_NO_GOAL = N_("The plan has no goal with the code {code}.")
_COMMENT = N_("a comment: “{text}”")
_STRUCK = N_("struck-through text: “{text}”")
_OTHER_ROW = N_("a row that is not in the report: “{text}”")
_OTHER_ROWS = N_("the table “{table}” has other rows than the report, from “{row}” on")
_OTHER_CELL = N_("in the summary, on the row “{row}”: “{before}” → “{after}”")
_OUTDATED = N_("a text that the present draft does not have any more: “{text}”")
_OUTDATED_CHART = N_("a chart with other numbers than the present draft")
_STILL_DRAFT = N_("it still calls itself a draft: “{text}”")
