"""Puts the documents into the outbox: the report, its other languages and its extracts, each with what goes with it."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from generator.domain.plan import Plan
from generator.domain.rule import N_
from generator.editions import Draft, Edition, Sources, editions, gather_sources, pdf_of, provenance_of
from generator.errors import FolderError
from generator.files.accessibility import DocumentFault, check_document
from generator.files.ledger import ReportRecord
from generator.files.pdf import NoPdf, Pdf
from generator.files.placed import Placement
from generator.office import Office


@dataclass(frozen=True, slots=True)
class Published:
    """A document in the outbox.

    `inputs` is the digest of what it was made from; `aside` is where ours lies when somebody has edited or opened the
    one in its place; `pdf` is its PDF or why there is none (None: not asked for, or made before); `faults` are what
    keeps the document from being accessible.
    """

    path: Path
    sha256: str
    inputs: str
    changed: bool
    aside: Path | None = None
    pdf: Pdf | NoPdf | None = None
    faults: tuple[DocumentFault, ...] = ()

    @property
    def place(self) -> Path:
        """Where our document lies."""
        return self.aside or self.path


def publish(office: Office, plan: Plan, now: str) -> tuple[Published, ...]:
    """Makes every document whose inputs have changed; the whole report is the first.

    Extracts of officers and divisions that the plan no longer has are removed while they are ours.

    Raises:
        TemplateError: the template cannot be printed; what stands in the outbox stays.
        FolderError: a document and the one beside it are both a person's.
    """
    sources, wanted = gather_sources(office, plan), editions(plan, office.workspace.settings)
    published = tuple(_publish(office, sources, edition, now) for edition in wanted)
    _remove_others(office, wanted)
    return published


def _publish(office: Office, sources: Sources, edition: Edition, now: str) -> Published:
    """Puts a document in its place, unless the one that stands there was made from the same inputs."""
    period, made = office.workspace.settings.period.id, sources.draft(edition)
    path = office.workspace.outbox / edition.draft_name
    inputs, last = made.inputs, office.ledger.last_report(period, edition.draft_name)
    if last and last.inputs == inputs and office.placed.is_ours(path):
        return Published(path, last.sha256, inputs, changed=False)
    data = made.document()
    # A PDF of other contents must not stand beside the new document, not even for a moment.
    office.placed.remove(path.with_suffix(".pdf"))
    placed = _place(office, path, data, inputs)
    if placed.aside and not placed.changed:
        return placed
    if placed.changed and placed.aside is None:
        office.ledger.record_report(ReportRecord(period, edition.draft_name, inputs, placed.sha256, now))
    checked = replace(placed, faults=check_document(data))
    return _with_companions(office, sources, checked, _Printed(made, data)) if edition.is_whole else checked


@dataclass(frozen=True, slots=True)
class _Printed:
    draft: Draft
    docx: bytes


def _with_companions(office: Office, sources: Sources, published: Published, printed: _Printed) -> Published:
    """Puts the PDF and the provenance beside the document; neither ever holds it back."""
    pdf = pdf_of(printed.docx, printed.draft) if office.workspace.settings.pdf else None
    if isinstance(pdf, Pdf):
        office.placed.place(published.place.with_suffix(".pdf"), pdf.data)
    provenance = provenance_of(office, sources.merged, printed.docx, pdf)
    office.placed.place(published.place.with_suffix(".json"), provenance)
    return replace(published, pdf=pdf)


def _place(office: Office, path: Path, data: bytes, inputs: str) -> Published:
    """In its place; beside it as `…-uusi.docx` while a person's edited or open document holds the place."""
    digest = sha256(data).hexdigest()
    aside = path.with_name(f"{path.stem}-uusi.docx")
    placement = office.placed.place(path, data)
    if placement in (Placement.WRITTEN, Placement.UNCHANGED):
        _remove_with_companions(office, aside)
        return Published(path, digest, inputs, changed=placement is Placement.WRITTEN)
    beside = office.placed.place(aside, data)
    if beside in (Placement.TOUCHED, Placement.LOCKED):
        raise FolderError(_BOTH_HELD, _CLOSE_BOTH, path=path, aside=aside.name)
    return Published(path, digest, inputs, changed=beside is Placement.WRITTEN, aside=aside)


_BOTH_HELD = N_("{path}: the report and {aside} are both open in Word or edited, so the new report has no place.")
_CLOSE_BOTH = N_("Close both documents, or move the edited ones elsewhere; the next pass writes the report.")


def _remove_others(office: Office, wanted: tuple[Edition, ...]) -> None:
    names = {edition.draft_name for edition in wanted}
    for name in office.ledger.report_names(office.workspace.settings.period.id):
        if name not in names:
            _remove_with_companions(office, office.workspace.outbox / name)


def _remove_with_companions(office: Office, path: Path) -> None:
    for ending in (".docx", ".pdf", ".json"):
        office.placed.remove(path.with_suffix(ending))
