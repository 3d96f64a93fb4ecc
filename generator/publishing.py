"""Puts the documents into the outbox: the report, its other languages and its extracts, each with what goes with it."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from generator.domain.plan import Plan
from generator.domain.rule import N_
from generator.domain.status import EditedReport, ReportFile
from generator.editions import (
    COMPANIONS,
    Draft,
    Edition,
    Sources,
    editions,
    gather_sources,
    pdf_of,
    provenance_of,
    whole_edition,
)
from generator.errors import FolderError
from generator.files.accessibility import DocumentFault, check_document
from generator.files.edited_report import differences
from generator.files.ledger import ReportRecord
from generator.files.pdf import NoPdf, Pdf, find_soffice
from generator.files.placed import HELD, Placement, digest_of, is_locked
from generator.files.provenance import read_digests
from generator.office import Office


@dataclass(frozen=True, slots=True)
class Published:
    """A document in the outbox.

    `inputs` is the digest of what it says and looks like; `aside` is where ours lies when somebody has edited or opened
    the one in its place; `is_placed` is False where somebody holds that place too. `pdf` is its PDF or why there is
    none (None: not asked for, or made before); `faults` are what keeps the document from being accessible.
    """

    path: Path
    sha256: str
    inputs: str
    changed: bool
    aside: Path | None = None
    is_placed: bool = True
    pdf: Pdf | NoPdf | None = None
    faults: tuple[DocumentFault, ...] = ()

    @property
    def place(self) -> Path:
        """Where our document lies."""
        return self.aside or self.path


def publish(office: Office, plan: Plan, now: str) -> tuple[Published, ...]:
    """Makes every document whose inputs have changed; the whole report is the first.

    Documents of ours that are not wanted any more are removed: of officers and divisions that the plan has no longer,
    and those beside a place that is free again.

    Raises:
        TemplateError: the template cannot be printed; what stands in the outbox stays.
        FolderError: the outbox cannot be written.
    """
    sources, wanted = gather_sources(office, plan), editions(plan, office.workspace.settings)
    published = tuple(publish_edition(office, sources, edition, now) for edition in wanted)
    _tidy(office, published)
    return published


def publish_edition(office: Office, sources: Sources, edition: Edition, now: str) -> Published:
    """Makes one document, unless the one that lies there was made from the same.

    It lies in its place, or beside it as `…-uusi.docx` while somebody's edited or open document, or its open PDF, holds
    the place.
    """
    making = _Making(sources, edition, office.workspace.outbox / edition.draft_name, now)
    standing = _standing(office, making)
    if standing:
        return standing
    docx = making.draft.document()
    place = _free_place(office, making.path, docx)
    placement = office.placed.place(place, docx) if place else Placement.TOUCHED
    if place is None or placement in HELD:
        return Published(making.path, "", making.draft.inputs, changed=False, is_placed=False)
    pdf = _place_companions(office, making, place, docx) if edition.is_whole else None
    published = Published(
        path=making.path,
        sha256=sha256(docx).hexdigest(),
        inputs=making.draft.inputs,
        changed=placement is Placement.WRITTEN,
        aside=None if place == making.path else place,
        pdf=pdf,
        faults=check_document(docx),
    )
    _record(office, making, published)
    return published


def refuse_unplaced(report: Published) -> None:
    """What stops a pass in the end: the whole report has no place.

    Raises:
        FolderError: somebody holds both places.
    """
    if not report.is_placed:
        raise FolderError(_BOTH_HELD, _CLOSE_BOTH, path=report.path, aside=aside_of(report.path).name)


_BOTH_HELD = N_("{path}: the report and {aside} are both open or edited, so the new report has no place.")
_CLOSE_BOTH = N_("Close both documents, or move the edited ones elsewhere; the next pass writes the report.")


def report_file(office: Office) -> ReportFile | None:
    """The whole report as it lies in the outbox, in its place or beside it; None before the first."""
    settings = office.workspace.settings
    path = office.workspace.outbox / whole_edition(settings, office.words).draft_name
    records = (office.ledger.last_report(settings.period.id, _name(office, place)) for place in (path, aside_of(path)))
    latest = max((record for record in records if record), key=attrgetter("time"), default=None)
    if latest is None:
        return None
    edited = _edited(office, path) if latest.name == _name(office, aside_of(path)) else None
    return ReportFile(latest.name, latest.sha256, latest.time, edited)


def _edited(office: Office, path: Path) -> EditedReport | None:
    """What somebody has made of the report in its place; None where it is only open."""
    if not path.exists() or office.placed.is_ours(path):
        return None
    try:
        told = differences(path.read_bytes(), aside_of(path).read_bytes())
    except OSError:  # Word does not let others read what it has open
        told = None
    return EditedReport(path.name, told)


def aside_of(path: Path) -> Path:
    """Where a document of ours lies while a person holds its place."""
    return path.with_name(f"{path.stem}-uusi.docx")


@dataclass(frozen=True)
class _Making:
    """A document to be made: of what, which one, its place, and when (ISO 8601)."""

    sources: Sources
    edition: Edition
    path: Path
    now: str

    @cached_property
    def draft(self) -> Draft:
        return self.sources.draft(self.edition)

    @property
    def wants_pdf(self) -> bool:
        return self.edition.is_whole and self.sources.settings.pdf

    @cached_property
    def made_from(self) -> str:
        """SHA-256 of what the document and its companions are made from; a new program makes a PDF anew."""
        program = str(find_soffice()) if self.wants_pdf else ""
        origin = repr(self.sources.merged) if self.edition.is_whole else ""
        return sha256("\0".join((self.draft.inputs, program, origin)).encode("utf-8", "surrogatepass")).hexdigest()


def _standing(office: Office, making: _Making) -> Published | None:
    """The document of ours that says the same already: in its place, or beside it while somebody holds that."""
    path, inputs = making.path, making.draft.inputs
    for place in (path, aside_of(path)) if _is_held(office, path) else (path,):
        last = office.ledger.last_report(making.sources.settings.period.id, _name(office, place))
        if last and last.inputs == making.made_from and _is_complete(place, last.sha256, making.edition):
            aside = None if place == path else place
            return Published(path, last.sha256, inputs, changed=False, aside=aside)
    return None


def _is_held(office: Office, place: Path) -> bool:
    """Whether somebody holds the document's place or its PDF's, or has the provenance's."""
    pdf, proof = (place.with_suffix(ending) for ending in COMPANIONS)
    return office.placed.is_held(place) or is_locked(pdf) or office.placed.is_held(proof)


def _is_complete(place: Path, digest: str, edition: Edition) -> bool:
    """Whether the very document lies there, and with a whole report the provenance and the PDF that belong to it."""
    if digest_of(place) != digest:
        return False
    if not edition.is_whole:
        return True
    proven = read_digests(place.with_suffix(".json"))
    pdf = digest_of(place.with_suffix(".pdf")) if proven and proven.pdf else ""
    return proven is not None and (proven.docx, proven.pdf) == (digest, pdf)


def _free_place(office: Office, path: Path, docx: bytes) -> Path | None:
    """The document's place, or the one beside it, that nobody holds, cleared of what belongs to another document."""
    free = (place for place in (path, aside_of(path)) if office.placed.would_place(place, docx))
    return next((place for place in free if _clear_companions(office, place)), None)


def _clear_companions(office: Office, place: Path) -> bool:
    """Takes away what belongs to an earlier document, so that it stands beside no other; False where it cannot go."""
    pdf, proof = (place.with_suffix(ending) for ending in COMPANIONS)
    if is_locked(pdf) or office.placed.is_held(proof):
        return False
    return office.placed.remove(pdf) is not Placement.LOCKED and office.placed.remove(proof) not in HELD


def _place_companions(office: Office, making: _Making, place: Path, docx: bytes) -> Pdf | NoPdf | None:
    """Puts the PDF and the provenance beside the document; what goes wrong with the PDF never holds it back."""
    pdf = pdf_of(docx, making.draft) if making.wants_pdf else None
    if isinstance(pdf, Pdf) and office.placed.place(place.with_suffix(".pdf"), pdf.data) in HELD:
        pdf = NoPdf(_PDF_HELD, _MOVE_PDF, place.with_suffix(".pdf").name)
    office.placed.place(place.with_suffix(".json"), provenance_of(office, making.sources, docx, pdf))
    return pdf


_PDF_HELD = N_("{value}: somebody's own file has the PDF's name, so the PDF was not put there.")
_MOVE_PDF = N_("Move the file elsewhere. The PDF is made again when the report next changes.")


def _record(office: Office, making: _Making, published: Published) -> None:
    """Enters the document only now that all that goes with it is there: what was cut off is made again."""
    period, name = making.sources.settings.period.id, _name(office, published.place)
    office.ledger.record_report(ReportRecord(period, name, making.made_from, published.sha256, making.now))


def _tidy(office: Office, published: tuple[Published, ...]) -> None:
    """Removes what lies no more where it is wanted, while it is ours and closed."""
    period = office.workspace.settings.period.id
    wanted = {_name(office, document.place) for document in published if document.is_placed}
    kept = {_name(office, document.path) for document in published if office.placed.is_ours(document.path)}
    asides = {_name(office, aside_of(document.path)) for document in published}
    for name in sorted(asides.union(office.ledger.report_names(period)) - wanted - kept):
        if _remove(office, office.workspace.outbox / name):
            office.ledger.forget_report(period, name)


def _remove(office: Office, path: Path) -> bool:
    """Takes a document of ours away with what goes with it; False where something is open, and the rest then stays."""
    files = (path.with_suffix(ending) for ending in (".docx", *COMPANIONS))
    return all(office.placed.remove(file) is not Placement.LOCKED for file in files)


def _name(office: Office, path: Path) -> str:
    """As the ledger knows a document: its path in the outbox, with `/`."""
    return path.relative_to(office.workspace.outbox).as_posix()
