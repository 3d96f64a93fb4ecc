"""Writes the documents of a snapshot to the outbox, one at a time, each only when its key has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from generator.app.documents import (
    COMPANIONS,
    Draft,
    Edition,
    editions,
    make_draft,
    pdf_key,
    pdf_record,
    provenance_of,
    wants_pdf,
    whole_edition,
)
from generator.app.placing import HELD, Placement, digest_of, is_locked
from generator.app.session import Session
from generator.app.snapshot import Snapshot, SnapshotKey, key_of, snapshot_key
from generator.domain.rule import N_
from generator.domain.status import EditedReport, ReportFile
from generator.errors import FolderError
from generator.files.accessibility import DocumentFault, check_document
from generator.files.edited_report import differences
from generator.files.pdf import NoPdf, Pdf
from generator.files.provenance import PdfRecord, read_pdf_record
from generator.formats.printed_values import printed_values, values_record
from generator.store.ledger import ReportRecord


@dataclass(frozen=True, slots=True)
class Published:
    """A document in the outbox.

    `inputs` is the key of its content and look; `aside` is where ours lies when somebody has edited or opened
    the one in its place; `is_placed` is False where somebody holds that place too. `wants_pdf`: its PDF is still to be
    made; `pdf` is the PDF that was made or why there is none (None: not asked for, or made before); `faults` are what
    keeps the document from being accessible.
    """

    path: Path
    sha256: str
    inputs: str
    changed: bool
    aside: Path | None = None
    is_placed: bool = True
    wants_pdf: bool = False
    pdf: Pdf | NoPdf | None = None
    faults: tuple[DocumentFault, ...] = ()

    @property
    def place(self) -> Path:
        """The path at which our document lies."""
        return self.aside or self.path


class SupersededError(Exception):
    """Facts have changed since the snapshot was made, so its documents are not placed over newer ones."""


class Publisher:
    """Makes the documents of one snapshot."""

    def __init__(self, session: Session, snapshot: Snapshot, key: SnapshotKey) -> None:
        self.session = session
        self.snapshot = snapshot
        self.key = key
        self._drafts: dict[str, Draft] = {}

    def draft(self, edition: Edition) -> Draft:
        """The draft of an edition; made once."""
        if edition.draft_name not in self._drafts:
            self._drafts[edition.draft_name] = make_draft(self.snapshot, edition)
        return self._drafts[edition.draft_name]

    def publish(self, edition: Edition, now: str) -> Published:
        """Makes one document, unless the one in the outbox was made from the same sources.

        It lies in its place, or beside it as `…-uusi.docx` while somebody's edited or open document, or its open PDF,
        holds the place.

        Raises:
            TemplateError: the template cannot be printed; what stands in the outbox stays.
            FolderError: the outbox cannot be written.
            SupersededError: the snapshot is no longer true.
        """
        draft, path = self.draft(edition), self.session.workspace.outbox / edition.draft_name
        standing = self._standing(draft, path)
        if standing:
            return self._with_companions(draft, standing, now)
        docx = draft.document()
        same = self._same(path, docx)
        if same:
            self._record(same, draft.inputs, _digest(docx), now)
            return self._with_companions(draft, self._unchanged(draft, path, same, _digest(docx)), now)
        with self._placing():
            place = self._free_place(path, docx)
            placement = self.session.placer.place(place, docx) if place else Placement.TOUCHED
            if place is None or placement in HELD:
                return Published(path, "", draft.inputs, changed=False, is_placed=False)
            self.session.store.archive.keep(values_record(printed_values(docx)))
            self._record(place, draft.inputs, _digest(docx), now)
        published = Published(
            path=path,
            sha256=_digest(docx),
            inputs=draft.inputs,
            changed=placement is Placement.WRITTEN,
            aside=None if place == path else place,
            faults=check_document(docx),
        )
        return self._with_companions(draft, published, now)

    def add_pdf(self, published: Published, pdf: Pdf | NoPdf, now: str) -> Published:
        """Puts a PDF beside its document, and adds it to the provenance.

        Nothing is done where the document has been replaced since.
        """
        place = published.place
        with self.session.store.sole_writer():
            if digest_of(place) != published.sha256:
                return published
            path = place.with_suffix(".pdf")
            data = pdf.data if isinstance(pdf, Pdf) else None
            if data is not None and self.session.placer.place(path, data) in HELD:
                pdf = NoPdf(_PDF_HELD, _MOVE_PDF, path.name)
            made = _digest(pdf.data) if isinstance(pdf, Pdf) else ""
            self._record(path, pdf_key(published.sha256), made, now)
            self._place_provenance(place, pdf_record(pdf), now)
        return replace(published, pdf=pdf, wants_pdf=False)

    def tidy(self, published: tuple[Published, ...]) -> None:
        """Removes documents of ours that are no longer wanted, unless somebody has them open.

        These are extracts for names that the plan no longer has, and `…-uusi.docx` where the usual place is free again.
        """
        with self._placing():
            session, period = self.session, self.session.period
            wanted = {self._name(document.place) for document in published if document.is_placed}
            kept = {self._name(document.path) for document in published if session.placer.is_ours(document.path)}
            asides = {self._name(aside_of(document.path)) for document in published}
            made = {name for name in session.store.ledger.reports(period) if name.endswith(".docx")}
            for name in sorted(asides.union(made) - wanted - kept):
                if self._remove(session.workspace.outbox / name):
                    for ending in (".docx", *COMPANIONS):
                        session.store.ledger.forget_report(period, str(Path(name).with_suffix(ending).as_posix()))

    @contextmanager
    def _placing(self) -> Iterator[None]:
        """Holds the workspace's lock; raises SupersededError where facts have changed since the snapshot was made."""
        with self.session.store.sole_writer():
            self.session.store.read_journal()
            if snapshot_key(self.session) != self.key:
                raise SupersededError
            yield

    def _standing(self, draft: Draft, path: Path) -> Published | None:
        """Our document if it is up to date: in its place, or beside it while somebody has that in use."""
        reports = self.session.store.ledger.reports(self.session.period)
        for place in (path, aside_of(path)) if self._is_held(path) else (path,):
            last = reports.get(self._name(place))
            if last and last.inputs == draft.inputs and digest_of(place) == last.sha256:
                return self._unchanged(draft, path, place, last.sha256)
        return None

    def _same(self, path: Path, docx: bytes) -> Path | None:
        """The path at which exactly these bytes lie already; None where they do not."""
        digest = _digest(docx)
        places = (path, aside_of(path)) if self._is_held(path) else (path,)
        return next((place for place in places if digest_of(place) == digest), None)

    def _unchanged(self, draft: Draft, path: Path, place: Path, digest: str) -> Published:
        return Published(path, digest, draft.inputs, changed=False, aside=None if place == path else place)

    def _is_held(self, place: Path) -> bool:
        """True if somebody has the document, its PDF or its provenance in use, so that the place is not free."""
        placer, (pdf, proof) = self.session.placer, (place.with_suffix(ending) for ending in COMPANIONS)
        return placer.is_held(place) or is_locked(pdf) or placer.is_held(proof)

    def _free_place(self, path: Path, docx: bytes) -> Path | None:
        """The path to write to (usual, or …-uusi.docx), its old PDF and JSON removed; None if both are in use."""
        free = (place for place in (path, aside_of(path)) if self.session.placer.would_place(place, docx))
        return next((place for place in free if self._clear_companions(place)), None)

    def _clear_companions(self, place: Path) -> bool:
        """Removes the PDF and JSON of an earlier document; False where one of them cannot go."""
        placer, (pdf, proof) = self.session.placer, (place.with_suffix(ending) for ending in COMPANIONS)
        if is_locked(pdf) or placer.is_held(proof):
            return False
        # The PDF first: while the provenance lies there it proves the PDF ours.
        return placer.remove(pdf) is not Placement.LOCKED and placer.remove(proof) not in HELD

    def _with_companions(self, draft: Draft, published: Published, now: str) -> Published:
        """Places the whole report's provenance, and asks for a PDF where none was made of this document."""
        if not draft.edition.is_whole:
            return published
        place = published.place
        stands = self._pdf_stands(published)
        key = self._provenance_key(published.sha256)
        last = self.session.store.ledger.reports(self.session.period).get(self._name(place.with_suffix(".json")))
        if last is None or last.inputs != key or digest_of(place.with_suffix(".json")) != last.sha256:
            with self._placing():
                self._place_provenance(
                    place, read_pdf_record(place.with_suffix(".json")) if stands else PdfRecord(), now
                )
        return replace(published, wants_pdf=wants_pdf(draft) and not stands)

    def _pdf_stands(self, published: Published) -> bool:
        """True if this document's PDF lies beside it, or was tried and cannot be made."""
        path = published.place.with_suffix(".pdf")
        last = self.session.store.ledger.reports(self.session.period).get(self._name(path))
        return last is not None and last.inputs == pdf_key(published.sha256) and digest_of(path) == last.sha256

    def _place_provenance(self, place: Path, pdf: PdfRecord, now: str) -> None:
        docx = place.read_bytes()
        data = provenance_of(self.session, self.snapshot, docx, pdf=pdf)
        path = place.with_suffix(".json")
        self.session.placer.place(path, data)
        self._record(path, self._provenance_key(_digest(docx)), _digest(data), now)

    def _provenance_key(self, docx_digest: str) -> str:
        return key_of("provenance", docx_digest, self.snapshot.follow_up.digest, self.key.plan, self.key.settings)

    def _record(self, place: Path, inputs: str, digest: str, now: str) -> None:
        record = ReportRecord(self.session.period, self._name(place), inputs, digest, now)
        self.session.store.ledger.record_report(record)

    def _remove(self, path: Path) -> bool:
        """Removes a document of ours with its PDF and JSON; False where one is open, and the rest then stays."""
        # The PDF before the provenance, as above. The document last: if it is open or its PDF is, `tidy` tries again.
        files = (path.with_suffix(ending) for ending in (".pdf", ".json", ".docx"))
        return all(self.session.placer.remove(file) is not Placement.LOCKED for file in files)

    def _name(self, path: Path) -> str:
        """The document's name in the ledger: its path in the outbox, with `/`."""
        return path.relative_to(self.session.workspace.outbox).as_posix()


def edited_drafts(session: Session, snapshot: Snapshot) -> tuple[str, ...]:
    """The names of the drafts in the outbox that somebody has edited."""
    names = (edition.draft_name for edition in editions(snapshot.plan, snapshot.settings))
    paths = ((name, session.workspace.outbox / name) for name in names)
    return tuple(name for name, path in paths if path.exists() and not session.placer.is_ours(path))


def refuse_unplaced(report: Published) -> None:
    """Raises an error where the report could not be placed.

    Raises:
        FolderError: somebody holds both places.
    """
    if not report.is_placed:
        raise FolderError(_BOTH_HELD, _CLOSE_BOTH, path=report.path, aside=aside_of(report.path).name)


_BOTH_HELD = N_("{path}: the report and {aside} are both open or edited, so the new report has no place.")
_CLOSE_BOTH = N_("Close both documents, or move the edited ones elsewhere; the next pass writes the report.")
_PDF_HELD = N_("{value}: somebody's own file has the PDF's name, so the PDF was not put there.")
_MOVE_PDF = N_("Move the file elsewhere. The PDF is made again when the report next changes.")


def report_file(session: Session) -> ReportFile | None:
    """The whole report in the outbox, in its place or beside it; None before the first one."""
    outbox = session.workspace.outbox
    path = outbox / whole_edition(session.settings, session.words).draft_name
    reports = session.store.ledger.reports(session.period)
    records = (reports.get(place.relative_to(outbox).as_posix()) for place in (path, aside_of(path)))
    latest = max((record for record in records if record), key=attrgetter("time"), default=None)
    if latest is None:
        return _unrecorded(session, path)
    edited = _edited(session, path) if latest.name == aside_of(path).name else None
    return ReportFile(latest.name, latest.sha256, latest.time, edited)


def _unrecorded(session: Session, path: Path) -> ReportFile | None:
    """A report of ours that a rebuilt ledger has no record of; None where there is none."""
    if not session.placer.is_ours(path):
        return None
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone().isoformat(timespec="seconds")
    return ReportFile(path.name, digest_of(path), changed)


def _edited(session: Session, path: Path) -> EditedReport | None:
    """The changes that somebody made to the report in its place; None where it is only open."""
    if not path.exists() or session.placer.is_ours(path):
        return None
    try:
        told = differences(path.read_bytes(), aside_of(path).read_bytes())
    except OSError:  # Word does not let others read what it has open
        told = None
    return EditedReport(path.name, told)


def aside_of(path: Path) -> Path:
    """The path of our document while a person has the usual place in use."""
    return path.with_name(f"{path.stem}-uusi.docx")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
