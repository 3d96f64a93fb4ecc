"""Puts the documents into the outbox: the report, its other languages and its extracts, each with what goes with it."""

from dataclasses import dataclass, replace
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
from generator.files.folders import read_file
from generator.files.ledger import ReportRecord
from generator.files.pdf import NoPdf, Pdf, find_soffice
from generator.files.placed import HELD, Placement
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
        FolderError: the outbox cannot be written, or somebody holds both places of the whole report.
    """
    sources, wanted = gather_sources(office, plan), editions(plan, office.workspace.settings)
    published = tuple(publish_edition(office, sources, edition, now) for edition in wanted)
    _tidy(office, published)
    return published


def publish_edition(office: Office, sources: Sources, edition: Edition, now: str) -> Published:
    """Makes one document, unless the one that lies there was made from the same.

    It lies in its place, or beside it as `…-uusi.docx` while somebody's edited or open document holds the place.
    """
    draft = sources.draft(edition)
    path = office.workspace.outbox / edition.draft_name
    making = _Making(draft, path, now, wants_pdf=edition.is_whole and office.workspace.settings.pdf)
    standing = _standing(office, making)
    if standing:
        return standing
    docx = draft.document()
    places = (path, aside_of(path))
    place = next((place for place in places if office.placed.would_place(place, docx) and _clear(office, place)), None)
    placement = office.placed.place(place, docx) if place else Placement.TOUCHED
    if place is None or placement in HELD:
        return _unplaced(making, edition)
    published = _published(making, docx, place, changed=placement is Placement.WRITTEN)
    if edition.is_whole:
        pdf = _place_companions(office, sources, place, _Printed(draft, docx))
        published = replace(published, pdf=pdf)
    _record(office, making, published)
    return published


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
    aside = aside_of(path)
    return EditedReport(path.name, differences(read_file(path), read_file(aside)) if aside.exists() else None)


def aside_of(path: Path) -> Path:
    """Where a document of ours lies while a person holds its place."""
    return path.with_name(f"{path.stem}-uusi.docx")


@dataclass(frozen=True, slots=True)
class _Making:
    """A document to be made: what of, its place, when, and whether it is to have a PDF."""

    draft: Draft
    path: Path
    now: str
    wants_pdf: bool

    @property
    def made_from(self) -> str:
        """SHA-256 of what it is made from; with a PDF also where its program is, so that a new program makes it."""
        program = str(find_soffice()) if self.wants_pdf else ""
        return sha256(f"{self.draft.inputs}\0{program}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Printed:
    draft: Draft
    docx: bytes


def _standing(office: Office, making: _Making) -> Published | None:
    """The document of ours that says the same already: in its place, or beside it while somebody has edited that."""
    path = making.path
    for place in (path, aside_of(path)) if office.placed.is_held(path) else (path,):
        last = office.ledger.last_report(making.draft.report.frame.period.id, _name(office, place))
        if last and office.placed.is_ours(place) and _is_whole(last, making, place):
            aside = None if place == path else place
            return Published(path, last.sha256, making.draft.inputs, changed=False, aside=aside)
    return None


def _is_whole(last: ReportRecord, making: _Making, place: Path) -> bool:
    """Whether the record is of the same document, and what went with it is still there."""
    if last.inputs == making.made_from + _WITHOUT_PDF:
        return True
    endings = COMPANIONS if making.wants_pdf else ()
    return last.inputs == making.made_from and all(place.with_suffix(ending).exists() for ending in endings)


# Behind the digest of a record: a PDF was wanted and could not be made, which is not tried in every pass.
_WITHOUT_PDF = "-"


def _clear(office: Office, place: Path) -> bool:
    """Takes away what belongs to an earlier document, so that it stands beside no other; False where it is open."""
    removed = [office.placed.remove(place.with_suffix(ending)) for ending in COMPANIONS]
    return Placement.LOCKED not in removed


def _unplaced(making: _Making, edition: Edition) -> Published:
    if edition.is_whole:
        raise FolderError(_BOTH_HELD, _CLOSE_BOTH, path=making.path, aside=aside_of(making.path).name)
    return Published(making.path, "", making.draft.inputs, changed=False, is_placed=False)


_BOTH_HELD = N_("{path}: the report and {aside} are both open in Word or edited, so the new report has no place.")
_CLOSE_BOTH = N_("Close both documents, or move the edited ones elsewhere; the next pass writes the report.")


def _published(making: _Making, docx: bytes, place: Path, *, changed: bool) -> Published:
    return Published(
        path=making.path,
        sha256=sha256(docx).hexdigest(),
        inputs=making.draft.inputs,
        changed=changed,
        aside=None if place == making.path else place,
        faults=check_document(docx),
    )


def _place_companions(office: Office, sources: Sources, place: Path, printed: _Printed) -> Pdf | NoPdf | None:
    """Puts the PDF and the provenance beside the document; what goes wrong with the PDF never holds it back."""
    pdf = pdf_of(printed.docx, printed.draft) if office.workspace.settings.pdf else None
    if isinstance(pdf, Pdf) and office.placed.place(place.with_suffix(".pdf"), pdf.data) in HELD:
        pdf = NoPdf(_PDF_HELD, _MOVE_PDF, place.with_suffix(".pdf").name)
    provenance = provenance_of(office, sources, printed.docx, pdf)
    office.placed.place(place.with_suffix(".json"), provenance)
    return pdf


_PDF_HELD = N_("{value}: somebody's own file has the PDF's name, so the PDF was not put there.")
_MOVE_PDF = N_("Move the file elsewhere. The PDF is made again when the report next changes.")


def _record(office: Office, making: _Making, published: Published) -> None:
    """Enters the document only now that all that goes with it is there: what was cut off is made again."""
    period, name = making.draft.report.frame.period.id, _name(office, published.place)
    made_from = making.made_from + (_WITHOUT_PDF if isinstance(published.pdf, NoPdf) else "")
    office.ledger.record_report(ReportRecord(period, name, made_from, published.sha256, making.now))


def _tidy(office: Office, published: tuple[Published, ...]) -> None:
    """Removes what was recorded of the period and lies no more where it is wanted, while it is ours and closed."""
    period = office.workspace.settings.period.id
    wanted = {_name(office, document.place) for document in published if document.is_placed}
    kept = {_name(office, document.path) for document in published if office.placed.is_ours(document.path)}
    for name in office.ledger.report_names(period):
        path = office.workspace.outbox / name
        if name not in wanted | kept and not _remove(office, path):
            office.ledger.forget_report(period, name)


def _remove(office: Office, path: Path) -> bool:
    """Whether something of it is still open and stays for now."""
    removed = [office.placed.remove(path.with_suffix(ending)) for ending in (".docx", *COMPANIONS)]
    return Placement.LOCKED in removed


def _name(office: Office, path: Path) -> str:
    """As the ledger knows a document: its path in the outbox, with `/`."""
    return path.relative_to(office.workspace.outbox).as_posix()
