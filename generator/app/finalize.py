"""Makes a report final: freezes every document of the period in a folder of its own, with a list of digests."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.app.decisions import FinalRequest, journal_rejection
from generator.app.documents import make_draft, pdf_of, pdf_record, provenance_of, wants_pdf
from generator.app.editions import COMPANIONS, FINALS, Edition, editions
from generator.app.opening import opened_with_saves_taken
from generator.app.outbox import Outbox
from generator.app.owned_files import IN_USE
from generator.app.plans import keep_plan
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.disk.digests import sha256_of
from generator.domain.base.moments import read_moment
from generator.domain.base.rule import N_
from generator.domain.follow_up.merge import GoalFollowUp
from generator.domain.follow_up.open_items import Obstacle, Signature
from generator.domain.follow_up.status import OpenFault
from generator.domain.output.report import Frame
from generator.errors import FolderError
from generator.formats.docx.required_content import require_whole_content
from generator.formats.docx.values import document_title
from generator.formats.pdf.conversion import NoPdf, Pdf
from generator.i18n.words import Words
from generator.store.records import Final
from generator.workspace.folders import Workspace

DIGESTS = "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True)
class Finalized:
    """The final report; `pdf` is its PDF, or the reason why there is none."""

    docx: Path
    pdf: Pdf | NoPdf | None


@dataclass(frozen=True, slots=True)
class Refused:
    """The reasons why the report is not made final.

    Goals that are missing or disputed and saves with errors may be accepted for a reason; drafts that somebody has
    edited must be dealt with first, since nothing of them would be in the final.
    """

    missing: tuple[GoalFollowUp, ...] = ()
    disputed: tuple[GoalFollowUp, ...] = ()
    faults: tuple[OpenFault, ...] = ()
    edited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outdated:
    """The report has changed since somebody asked to make it final: nobody has seen the present one."""


def finalize_as_requested(
    session: Session, snapshot: Snapshot, request: FinalRequest
) -> Finalized | Refused | Outdated:
    """Makes the report final if it is still the requested one; else journals the reason for the next workbook."""
    made = finalize(session, snapshot, request.signature, request.choice.key) if request.is_current else Outdated()
    if isinstance(made, Outdated):
        journal_rejection(session, request, Obstacle.OUTDATED)
    elif isinstance(made, Refused):
        journal_rejection(session, request, Obstacle.EDITED if made.edited else Obstacle.NO_REASON)
    return made


def make_final(workspace: Workspace, signature: Signature) -> Finalized | Refused:
    """Makes the report final as it is now, or returns why not."""
    with opened_with_saves_taken(workspace, read_moment(signature.time)) as (session, snapshot):
        return finalize(session, snapshot, signature)


def finalize(session: Session, snapshot: Snapshot, signature: Signature, key: str = "") -> Finalized | Refused:
    """Freezes the snapshot's report in `outbox/lopulliset/<period>/`; earlier finals stay beside it.

    Its other languages and its extracts are frozen with it, and a list with the digest of each. There is no lock while
    the documents and their PDFs are made.

    Args:
        key: that of the choice in the workbook of decisions, an empty string where it is made by command.

    Raises:
        TemplateError: the template is at fault, or a document does not say what it must say.
        FolderError: the folder cannot be written, or a file's place is taken by a person's.
    """
    refused = _refusal(session, snapshot, signature)
    if refused:
        return refused
    frozen = snapshot.as_final()
    made = tuple(_make(session, frozen, edition, signature) for edition in editions(frozen.plan, frozen.settings))
    with session.store.sole_writer():
        keep_plan(session, frozen.plan, signature.time)
        docx = _freeze(session, frozen, made)
        final = Final(session.period, frozen.contents, signature.who, signature.time, signature.because, key)
        session.store.append(final)
    return Finalized(docx, made[0].pdf)


def _refusal(session: Session, snapshot: Snapshot, signature: Signature) -> Refused | None:
    """Returns the reasons why the report is not made final; None if there are none."""
    edited = Outbox(session).edited_drafts(snapshot)
    if edited:
        return Refused(edited=edited)
    merged, faults = snapshot.follow_up, snapshot.status.faults
    if (merged.awaited or merged.disputed or faults) and not signature.because.strip():
        return Refused(merged.awaited, merged.disputed, faults)
    return None


def _freeze(session: Session, snapshot: Snapshot, made: tuple["_Frozen", ...]) -> Path:
    """Places the documents, and returns the whole report's path.

    The whole report comes after the others and the list last: after a crash no incomplete final looks complete.
    """
    folder = session.workspace.outbox / FINALS / session.period
    wanted = tuple(each.edition for each in made)
    number = _free_number(folder, wanted)
    paths = tuple(folder / edition.final_name(number) for edition in wanted)
    each = zip(reversed(paths), reversed(made), strict=True)
    files = {file: data for path, frozen in each for file, data in frozen.files(path)}
    title = document_title(make_draft(snapshot, wanted[0]).report, session.words)
    listed = _list_of(files, folder, _facts(title, snapshot.frame(session.words), session.words))
    placed = {**files, _list_path(folder, wanted[0], number): listed}
    session.placer.announce(placed)
    for path, data in placed.items():
        if session.placer.place(path, data) in IN_USE:
            raise FolderError(_TAKEN, _MOVE, path=path)
    return paths[0]


def _free_number(folder: Path, wanted: tuple[Edition, ...]) -> int:
    """Returns the number of the next final, from 1 on; it never overwrites a file, ours or not."""
    number = 1
    while not _is_free(folder, wanted, number):
        number += 1
    return number


def _is_free(folder: Path, wanted: tuple[Edition, ...], number: int) -> bool:
    documents = tuple(folder / edition.final_name(number) for edition in wanted)
    files = (path.with_suffix(ending) for path in documents for ending in (".docx", *COMPANIONS))
    return not any(path.exists() for path in (_list_path(folder, wanted[0], number), *files))


def _list_path(folder: Path, whole: Edition, number: int) -> Path:
    document = folder / whole.final_name(number)
    return document.with_name(f"{document.stem}-{DIGESTS}")


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A final document and the files frozen with it; an extract has no PDF and no provenance."""

    edition: Edition
    docx: bytes
    pdf: Pdf | NoPdf | None = None
    provenance: bytes | None = None

    def files(self, path: Path) -> Iterator[tuple[Path, bytes]]:
        """Returns the files to write: the document at the path, its PDF and provenance beside it."""
        pdf = self.pdf.data if isinstance(self.pdf, Pdf) else None
        for ending, data in ((".docx", self.docx), (".pdf", pdf), (".json", self.provenance)):
            if data is not None:
                yield path.with_suffix(ending), data


def _make(session: Session, snapshot: Snapshot, edition: Edition, approval: Signature) -> _Frozen:
    draft = make_draft(snapshot, edition)
    docx = draft.document()
    require_whole_content(docx, draft.report)
    if not edition.is_whole:
        return _Frozen(edition, docx)
    pdf = pdf_of(docx, draft) if wants_pdf(draft) else None
    return _Frozen(edition, docx, pdf, provenance_of(session, snapshot, docx, pdf=pdf_record(pdf), approval=approval))


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
