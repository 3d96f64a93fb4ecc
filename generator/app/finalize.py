"""Makes a report final: freezes every document of the period in a folder of its own, with a list of digests."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from generator.app.decisions import FinalRequest, journal_rejection
from generator.app.documents import Draft, make_draft, pdf_of, pdf_record, provenance_of, wants_pdf
from generator.app.draft_edits import take_draft_edits
from generator.app.editions import Edition, editions
from generator.app.final_from_file import EditedFinal, take_edited_final
from generator.app.final_reasons import reasons_list
from generator.app.finals import FinalVersion, final_version, next_version, standing_version
from generator.app.opening import opened_with_saves_taken
from generator.app.outbox import Outbox
from generator.app.owned_files import IN_USE
from generator.app.period_sessions import session_of
from generator.app.plans import keep_plan
from generator.app.provenance import Approval, printed_record
from generator.app.replaced_versions import printed_finals
from generator.app.session import Session
from generator.app.snapshot import Snapshot, make_snapshot
from generator.app.standing_edits import standing_edits
from generator.disk.digests import sha256_of
from generator.domain.base.heading import Headings
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import N_
from generator.domain.follow_up.final_sheet import ReadCell, reasons_of
from generator.domain.follow_up.open_by_kind import NOTHING_OPEN, OpenByKind, Reason
from generator.domain.follow_up.open_items import Obstacle, Signature
from generator.domain.follow_up.status import EditedReport
from generator.domain.output.frame import Frame
from generator.errors import FolderError
from generator.formats.docx.lost_descriptions import MendedDocument
from generator.formats.docx_accessibility.checker import DocumentFault, check_document
from generator.formats.pdf.conversion import NoPdf, Pdf
from generator.i18n.words import Words
from generator.store.plan_record import plan_record
from generator.store.records import Final
from generator.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Finalized:
    """The frozen report with its version's number; `pdf` is its PDF, or why there is none.

    `open` is what was open and accepted, and `ends` the period's last day where that has not come yet. `faults`
    are what keeps the report from being accessible, in the first language in which it was made. `restored` are the
    titles of the tables and charts whose alternative texts were put back into a document that a person edited.
    """

    docx: Path
    pdf: Pdf | NoPdf | None
    version: int
    faults: tuple[DocumentFault, ...] = ()
    open: OpenByKind = NOTHING_OPEN
    ends: date | None = None
    restored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The report was made final before, and nothing has changed since: that version stands."""

    docx: Path
    version: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The reasons why the report is not made final.

    What is open may be accepted for a reason; drafts that somebody has edited must be dealt with first, since nothing
    of them would be in the final. `edits` are these, with where they differ from it, and `headings` name the fields.
    `cells` are those of the sheet that are not filled in as they must be.
    """

    open: OpenByKind = NOTHING_OPEN
    edits: tuple[EditedReport, ...] = ()
    cells: tuple[ReadCell, ...] = ()
    headings: Headings | None = None

    @property
    def edited(self) -> tuple[str, ...]:
        """The names of the edited drafts."""
        return tuple(edit.name for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Outdated:
    """The report has changed since somebody asked to make it final: nobody has seen the present one."""


FinalOutcome: TypeAlias = Finalized | Unchanged | Refused | Outdated


def finalize_as_requested(session: Session, snapshot: Snapshot, request: FinalRequest) -> FinalOutcome:
    """Makes the report final if it is still the requested one; else journals the reasons for the next workbook."""
    if request.refused:
        journal_rejection(session, request)
        return Refused(snapshot.open, cells=request.refused)
    if not request.is_current:
        journal_rejection(session, request, ReadCell("", "", Obstacle.OUTDATED))
        return Outdated()
    approval = Approval(request.signature, reasons_of(request.cells))
    made = finalize(session, snapshot, approval, request.key)
    if isinstance(made, Refused):
        journal_rejection(session, request, ReadCell("", "; ".join(made.edited), _obstacle_of(made)))
    return made


def _obstacle_of(refused: Refused) -> Obstacle:
    if not refused.edits:  # something has been opened since the reasons were read
        return Obstacle.OUTDATED
    return Obstacle.COMMENTED if all(edit.has_only_comments for edit in refused.edits) else Obstacle.EDITED


def make_final(
    workspace: Workspace, signature: Signature, period: str | None = None, source: Path | None = None
) -> Finalized | Unchanged | Refused:
    """Makes the report final as it is now, or returns why it cannot. One reason covers everything that is open.

    Args:
        period: the id of a closed period, whose report is made final again; None: the present one.
        source: a document that a person edited, which is to be the report; None: it is made from the data.

    Raises:
        UsageError: nothing is stored for the period.
        RefusedFileError: the edited document says something else than the report.
    """
    with opened_with_saves_taken(workspace, read_moment(signature.time)) as (session, snapshot):
        if period not in (None, session.period):
            session, snapshot = session_of(session, period)
        snapshot = _with_draft_edits(session, snapshot, signature.time)
        edited = None
        if source is not None:
            edited, snapshot = take_edited_final(session, snapshot, source, signature.time)
        because = signature.because.strip()
        reasons = tuple(Reason(kind.value, because) for kind in snapshot.open.kinds if because)
        made = finalize(session, snapshot, Approval(signature, reasons), edited=edited)
        if not isinstance(made, Refused):
            with session.store.sole_writer():
                Outbox(session).remove_replaced(make_snapshot(session, snapshot.reading))
        return made


def _with_draft_edits(session: Session, snapshot: Snapshot, now: str) -> Snapshot:
    """Returns the snapshot after reading an edited draft that no round has read yet."""
    with session.store.sole_writer():
        session.store.read_journal()
        last = session.store.history.last_change
        take_draft_edits(session, snapshot.follow_up, now)
        return snapshot if session.store.history.last_change == last else make_snapshot(session, snapshot.reading)


def finalize(
    session: Session, snapshot: Snapshot, approval: Approval, key: str = "", *, edited: EditedFinal | None = None
) -> Finalized | Unchanged | Refused:
    """Freezes the snapshot's report in `outbox/lopulliset/<period>/`; earlier finals stay beside it.

    Its other languages and its extracts are frozen with it, and a list with the digest of each. There is no lock while
    the documents and their PDFs are made.

    Args:
        key: that of the request in the workbook of decisions, an empty string where it is made by command.
        edited: the document that a person edited and that is to be the whole report in the first language.

    Raises:
        TemplateError: the template is at fault, or a document does not say what it must say.
        FolderError: the folder cannot be written, or a file's place is taken by a person's.
    """
    edits = standing_edits(session, snapshot, edited.path if edited else None)
    if edits:
        return Refused(edits=edits, headings=snapshot.settings.headings)
    final = snapshot.final_report
    if final and final.is_current:
        standing = _Documents(session, snapshot.as_final(final.version), approval, edited).standing(final.version)
        if standing:
            return standing
    if set(snapshot.open.kinds) - {reason.kind for reason in approval.reasons}:
        return Refused(snapshot.open)
    made: Finalized | Unchanged | int = _last_version(session) + 1
    while isinstance(made, int):  # the number is printed, and is known for certain only under the lock
        now = replace(snapshot, printed_finals=printed_finals(session))
        made = _freeze(_Documents(session, now.as_final(made), approval, edited), key)
    return made


class _Documents:
    """The final documents of a snapshot, the whole report first; each is made once, when it is first needed."""

    def __init__(
        self, session: Session, snapshot: Snapshot, approval: Approval, edited: EditedFinal | None = None
    ) -> None:
        self.session = session
        self.snapshot = snapshot
        self.approval = approval
        self.edited = edited
        self.editions = editions(snapshot.plan, snapshot.settings)
        made = (make_draft(snapshot, edition) for edition in self.editions)
        whole = self.editions[0]
        self.drafts = tuple(_of_data(draft) if edited and draft.edition != whole else draft for draft in made)

    @cached_property
    def made(self) -> tuple[tuple[Edition, bytes], ...]:
        """Each document with its bytes."""
        from generator.formats.docx.required_content import require_whole_content

        made = tuple((draft, self._document(draft)) for draft in self.drafts)
        for draft, docx in made:
            require_whole_content(docx, draft.report)
        return tuple((draft.edition, docx) for draft, docx in made)

    @cached_property
    def from_file(self) -> MendedDocument | None:
        """The document that a person edited, as the final report; None if the report is made from the data."""
        return self.edited.document(self.drafts[0], self.session) if self.edited else None

    @property
    def restored(self) -> tuple[str, ...]:
        """The titles of the alternative texts that were put back into the document that a person edited."""
        return self.from_file.restored if self.from_file else ()

    def _document(self, draft: Draft) -> bytes:
        return self.from_file.docx if self.from_file and draft.edition == self.editions[0] else draft.document()

    @cached_property
    def pdfs(self) -> tuple[Pdf | NoPdf | None, ...]:
        """The PDF of each document; None where none is wanted."""
        pairs = zip(self.drafts, self.made, strict=True)
        return tuple(pdf_of(docx, draft) if wants_pdf(draft) else None for draft, (_, docx) in pairs)

    @cached_property
    def proofs(self) -> dict[Edition, bytes]:
        """The provenance of each whole report."""
        approval = replace(self.approval, restored=self.restored)
        return {
            edition: provenance_of(self.session, self.snapshot, docx, pdf=pdf_record(pdf), approval=approval)
            for (edition, docx), pdf in zip(self.made, self.pdfs, strict=True)
            if edition.is_whole
        }

    def standing(self, number: int) -> Unchanged | None:
        """The version with a number, if its documents are these; None also where it lacks a PDF that can be made."""
        whole, outbox = self.editions[0], self.session.workspace.outbox
        version = standing_version(outbox, self.session.period, number, whole)
        if version is None or not version.has_same_documents(self.made):
            return None
        docx = version.document(whole)
        has_pdf = docx.with_suffix(".pdf").exists() or not isinstance(self.pdfs[0], Pdf)
        return Unchanged(docx, number) if has_pdf else None


def _of_data(draft: Draft) -> Draft:
    """Returns a document that says that it is made from the data, while the report itself was edited."""
    frame = replace(draft.report.frame, is_of_data=True)
    return replace(draft, report=replace(draft.report, frame=frame))


def _freeze(documents: _Documents, key: str) -> Finalized | Unchanged | int:
    """Places the documents as the next version, and journals it; unless another program has just done it.

    Returns the right number where they print another: they must be made again.
    """
    session, snapshot, approval = documents.session, documents.snapshot, documents.approval
    proofs = documents.proofs  # with the documents and PDFs: they take long, and no lock must be held meanwhile
    with session.store.sole_writer():
        session.store.read_journal()
        finals = session.store.history.finals(session.period)
        last, number = _last_version(session), snapshot.version
        standing = documents.standing(last) if len(finals) > snapshot.final_count else None
        if standing:
            return standing
        if not session.store.history.closing_of(session.period):
            keep_plan(session, snapshot.plan, approval.signature.time)
        complete = documents.standing(number)  # an attempt that was cut off before it was journaled
        free = number if complete and number == last + 1 else _free_number(documents, last)
        if free != number:
            return free
        docx = complete.docx if complete else _write(documents, proofs)
        session.store.append(_record(documents, number, key))
    faults, end = check_document(documents.made[0][1]), snapshot.settings.period.end
    ends = end if read_moment(approval.signature.time).date() < end else None
    return Finalized(docx, documents.pdfs[0], number, faults, snapshot.open, ends, documents.restored)


def _last_version(session: Session) -> int:
    """Returns the number of the period's last final; 0 if there is none."""
    finals = session.store.history.finals(session.period)
    return max((len(finals), *(final.version for final in finals)))


def _free_number(documents: _Documents, last: int) -> int:
    """Returns the number of the next version, of which no file lies in the outbox."""
    session, outbox = documents.session, documents.session.workspace.outbox
    _clear(session, final_version(outbox, session.period, last + 1), documents.editions)
    return next_version(outbox, session.period, last, documents.editions).number


def _write(documents: _Documents, proofs: Mapping[Edition, bytes]) -> Path:
    """Places the files of the version; returns the whole report's path."""
    session = documents.session
    version = final_version(session.workspace.outbox, session.period, documents.snapshot.version)
    files = _files(documents, proofs, version)
    session.placer.announce(files)
    for path, data in files.items():
        if session.placer.place(path, data) in IN_USE:
            raise FolderError(_TAKEN, _MOVE, path=path)
    return version.document(documents.editions[0])


def _clear(session: Session, version: FinalVersion, editions: tuple[Edition, ...]) -> None:
    """Removes the unchanged files of an interrupted attempt, which lacks the list that is placed last."""
    left = version.present(editions)
    if not version.digests(editions[0]).exists() and all(map(session.placer.is_recorded, left)):
        for path in left:
            session.placer.remove(path)


def _record(documents: _Documents, number: int, key: str) -> Final:
    """Makes the version's record. Archives the printed degrees, with which the next period is compared, the printed
    texts, with which the next version is, and the documents, with which one that is edited later is.
    """
    from generator.formats.docx.printed_values import printed_values, values_record

    signature, reasons = documents.approval.signature, documents.approval.reasons
    archive = documents.session.store.archive
    for _, docx in documents.made:
        archive.keep(docx)
    whole = ((edition, docx) for edition, docx in documents.made if edition.is_whole)
    texts = ((edition.words.language.value, values_record(printed_values(docx))) for edition, docx in whole)
    return Final(
        documents.session.period,
        documents.snapshot.contents,
        signature.who,
        signature.time,
        signature.because,
        key,
        version=number,
        reasons=tuple((reason.kind, reason.text) for reason in reasons),
        printed=archive.keep(printed_record(documents.proofs[documents.editions[0]])),
        plan=archive.keep(plan_record(documents.snapshot.plan)),
        texts=tuple((language, archive.keep(record)) for language, record in texts),
    )


def _files(documents: _Documents, proofs: Mapping[Edition, bytes], version: FinalVersion) -> dict[Path, bytes]:
    """The files in the order in which they are written.

    What is published comes last, the whole report after the others and the list of digests at the end: after a crash
    no incomplete final looks complete.
    """
    from generator.formats.docx.values import document_title

    snapshot, words, whole = documents.snapshot, documents.session.words, documents.editions[0]
    internal = {version.provenance(edition): proof for edition, proof in proofs.items()}
    title = document_title(documents.drafts[0].report, words)
    internal[version.reasons(whole)] = reasons_list(documents.session, snapshot, title, documents.approval)
    published: dict[Path, bytes] = {}
    for (edition, docx), pdf in reversed(tuple(zip(documents.made, documents.pdfs, strict=True))):
        path = version.document(edition)
        published[path] = docx
        if isinstance(pdf, Pdf):
            published[path.with_suffix(".pdf")] = pdf.data
    listed = _list_of(published, version.published, _facts(title, snapshot.frame(words), words))
    return {**internal, **published, version.digests(whole): listed}


def _list_of(files: Mapping[Path, bytes], folder: Path, facts: Iterable[str]) -> bytes:
    """Makes the list of files: facts for the council's agenda, then the digests in the form of `sha256sum --check`."""
    names = {path: path.relative_to(folder).as_posix() for path in files}
    digests = (f"{sha256_of(data)}  {names[path]}" for path, data in files.items())
    return "".join(f"{line}\n" for line in (*facts, *digests)).encode()


def _facts(title: str, frame: Frame, words: Words) -> Iterator[str]:
    period = frame.period
    yield f"# {frame.municipality}, {frame.organ}"
    yield f"# {title}"
    named = (
        (words("Case number"), period.case_number),
        (words("Date"), words.date(period.report_date)),
        (words("Section"), frame.section),
        (words("Attachment"), frame.attachment),
    )
    yield from (f"# {name}: {value}" for name, value in named if value)


_TAKEN = N_("{path}: a file stands there that this program has not made.")
_MOVE = N_("Move the file elsewhere and make the report final again.")
