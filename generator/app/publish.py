"""Makes the documents of a snapshot, each only if its key has changed, and places them in the outbox."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from generator.app.accessibility import accessibility_faults
from generator.app.documents import Draft, make_draft, pdf_record, provenance_of, wants_pdf
from generator.app.draft_places import standing_files
from generator.app.editions import Edition
from generator.app.finals import standing_final
from generator.app.kept_edits import draft_path
from generator.app.outbox import Outbox, OutboxFile
from generator.app.owned_files import DONE, IN_USE, Placement
from generator.app.pdf_problems import pdf_key
from generator.app.provenance import PdfRecord, read_pdf_record
from generator.app.session import Session
from generator.app.snapshot import Snapshot, SnapshotKey, key_of, snapshot_key
from generator.disk.digests import DigestedBytes, digest_of, sha256_of
from generator.domain.base.rule import N_
from generator.errors import FolderError, StoppedTemplateError
from generator.formats.docx.rendering import CheckedPrint
from generator.formats.docx_accessibility.checker import DocumentFault
from generator.formats.pdf.conversion import NoPdf, Pdf
from generator.workspace.folders import read_file


@dataclass(frozen=True, slots=True)
class Published:
    """A document in the outbox.

    `path` is its usual place, or that of the final document that says the same as the draft would (`is_final`); `aside`
    is where ours lies when somebody has edited or opened the one there; `error` is why it could not be placed at all.
    `wants_pdf`: its PDF is still to be made; `pdf` is the PDF that was made or why
    there is none (None: not asked for, or made before); `faults` are what keeps the document from being accessible.
    """

    edition: Edition
    path: Path
    sha256: str
    is_final: bool = False
    changed: bool = False
    aside: Path | None = None
    error: FolderError | None = None
    wants_pdf: bool = False
    pdf: Pdf | NoPdf | None = None
    faults: tuple[DocumentFault, ...] = ()

    @property
    def place(self) -> Path:
        """The path at which our document lies."""
        return self.aside or self.path


class SupersededError(Exception):
    """Settings, plan, template, answers or a person's act have changed since the snapshot was made."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A document that waits to be placed.

    `up_to_date_place` is the place at which the document that was made before is up to date; `docx` and `values`, the
    record of its printed values, are then empty. `is_final`: it is the final document, and there is no draft.
    """

    draft: Draft
    docx: bytes = b""
    values: bytes = b""
    up_to_date_place: Path | None = None
    is_final: bool = False
    faults: tuple[DocumentFault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Located:
    """A made document with its place (None: all are in use), and the files to write there, the document first."""

    made: _Made
    place: Path | None = None
    files: tuple[OutboxFile, ...] = ()
    error: FolderError | None = None


class Publisher:
    """Makes the documents of one snapshot.

    `make` makes one, and `place` puts all that were made since into the outbox: with one entry in the journal and one
    transaction of the ledger, since each of these waits for the disk.
    """

    def __init__(self, session: Session, snapshot: Snapshot, key: SnapshotKey) -> None:
        self.session = session
        self.snapshot = snapshot
        self.key = key
        self.outbox = Outbox(session)
        self._drafts: dict[str, Draft] = {}
        self._made: list[_Made] = []
        self._stopped: dict[str, StoppedTemplateError] = {}

    def draft(self, edition: Edition) -> Draft:
        """Returns the draft of an edition, which is made only once."""
        if edition.draft_name not in self._drafts:
            self._drafts[edition.draft_name] = make_draft(self.snapshot, edition)
        return self._drafts[edition.draft_name]

    def make(self, edition: Edition) -> None:
        """Makes one document, unless the one in the outbox was made from the same sources or a final says the same.

        Raises:
            TemplateError: the template cannot be printed, or the document does not say what it must say; what stands
                in the outbox stays.
        """
        draft, path = self.draft(edition), self._path(edition)
        if final := standing_final(self.session, self.snapshot.final_report, edition):
            self._made.append(_Made(draft, is_final=True, up_to_date_place=final))
            return
        up_to_date_place = self.outbox.up_to_date_place(path, draft.inputs)
        if up_to_date_place:
            self._made.append(_Made(draft, up_to_date_place=up_to_date_place))
            return
        printed = self._printed(draft)
        docx = DigestedBytes(printed.docx)
        is_there = self.outbox.place_with_same_bytes(path, docx) is not None
        # An extract has the rows of the whole report, and with these whatever keeps it from being accessible.
        faults = accessibility_faults(self.snapshot, edition.words) if edition.is_whole and not is_there else ()
        self._made.append(_Made(draft, docx, printed.record, faults=faults))

    def place(self, now: str) -> tuple[Published, ...]:
        """Places the documents that were made since the last call, in their order.

        One lies in its usual place, or beside it as `…-uusi.docx` while somebody's edited or open document, or its
        open PDF, holds the place.

        Raises:
            SupersededError: the snapshot is no longer true.
        """
        made, self._made = tuple(self._made), []
        if all(map(self._needs_nothing, made)):
            return tuple(self._published(_Located(each, each.up_to_date_place), {}) for each in made)
        with self._placing():
            located = tuple(map(self._locate, made))
            files = tuple(file for each in located for file in each.files)
            for each in located:
                if each.made.docx and each.place:
                    self.session.store.archive.keep(each.made.values)
            self._keep_drafts(located)  # before they lie where a person can edit them
            self.session.placer.announce({file.path: file.data for file in files})
            outcome = {file.path: self._put(file) for file in files}
            self.outbox.record(*(file for file in files if outcome[file.path] in DONE), now=now)
        return tuple(self._published(each, outcome) for each in located)

    def add_pdf(self, published: Published, pdf: Pdf | NoPdf, now: str) -> Published:
        """Puts a PDF beside its document, and adds it, or why there is none, to the provenance.

        Nothing is done where the document has been replaced since, or somebody has taken the PDF's name.
        """
        place = published.place
        with self.session.store.sole_writer():
            if digest_of(place) != published.sha256:
                return published
            path, proof = place.with_suffix(".pdf"), self._provenance(place, place.read_bytes(), pdf_record(pdf))
            data = pdf.data if isinstance(pdf, Pdf) else b""
            self.session.placer.announce({path: data, proof.path: proof.data} if data else {proof.path: proof.data})
            if data and self.session.placer.place(path, data) in IN_USE:
                return published
            self.session.placer.place(proof.path, proof.data)
            self.outbox.record(OutboxFile(path, data, pdf_key(published.sha256)), proof, now=now)
        return replace(published, pdf=pdf, wants_pdf=False)

    def tidy(self, published: tuple[Published, ...]) -> None:
        """Removes documents of ours that are no longer wanted, unless somebody has them open.

        These are extracts for names that the plan no longer has, drafts of which a final says the same, and
        `…-uusi.docx` where the usual place is free again.
        """
        with self._placing():
            is_ours = self.session.placer.is_ours
            wanted = {document.place for document in published if document.error is None}
            kept = {document.path for document in published if is_ours(document.path)}
            # What could not be placed leaves the last good document where it is, in its place or beside it.
            for document in published:
                if document.error:
                    kept |= {document.path, *standing_files(document.path)}
            usual = {self._path(document.edition) for document in published}
            asides = set(standing_files(*usual)) - usual
            self.outbox.remove(*asides.union(self.outbox.documents()) - wanted - kept)

    def _printed(self, draft: Draft) -> CheckedPrint:
        """The document; a template that was stopped at one document is not tried again for the snapshot's others."""
        if stopped := self._stopped.get(draft.template_digest):
            raise stopped
        try:
            return draft.checked_document()
        except StoppedTemplateError as error:
            self._stopped[draft.template_digest] = error
            raise

    @contextmanager
    def _placing(self) -> Iterator[None]:
        """Holds the workspace's lock; raises SupersededError where the snapshot is no longer current."""
        with self.session.store.sole_writer():
            self.session.store.read_journal()
            if snapshot_key(self.session) != self.key:
                raise SupersededError
            yield

    def _needs_nothing(self, made: _Made) -> bool:
        """True if nothing of the document needs to be written."""
        if made.up_to_date_place is None:
            return False
        if made.is_final or not made.draft.edition.is_whole:
            return True
        key = self._provenance_key(digest_of(made.up_to_date_place))
        return self.outbox.is_up_to_date(made.up_to_date_place.with_suffix(".json"), key)

    def _locate(self, made: _Made) -> _Located:
        """Chooses a document's place, deletes an older one's PDF and JSON there, and lists the files to write."""
        if made.is_final:
            return _Located(made, made.up_to_date_place)
        path = self._path(made.draft.edition)
        try:
            place = (
                made.up_to_date_place
                or self.outbox.place_with_same_bytes(path, made.docx)
                or self.outbox.clear_place(path, made.docx)
            )
            if place is None:
                return _Located(made, error=_all_held(path))
            docx = made.docx or read_file(place)
            files = (OutboxFile(place, docx, made.draft.inputs),) if made.docx else ()
            if made.draft.edition.is_whole:
                pdf = read_pdf_record(place.with_suffix(".json"), sha256_of(docx))
                files = (*files, self._provenance(place, docx, pdf or PdfRecord()))
            return _Located(made, place, files)
        except FolderError as error:
            return _Located(made, error=error)

    def _put(self, file: OutboxFile) -> Placement | FolderError:
        try:
            return self.session.placer.place(file.path, file.data)
        except FolderError as error:
            return error

    def _keep_drafts(self, located: tuple[_Located, ...]) -> None:
        """Keeps the draft whose edits are carried on: an edited one is compared with it."""
        path = draft_path(self.session)
        for each in located:
            if each.made.docx and each.place and self._path(each.made.draft.edition) == path:
                self.session.store.state.keep_draft(sha256_of(each.made.values), each.made.docx)

    def _is_pdf_due(self, place: Path, docx_digest: str) -> bool:
        """True if the PDF of a document was neither made nor tried, and nobody's own file has its name."""
        pdf = place.with_suffix(".pdf")
        if self.outbox.is_up_to_date(pdf, pdf_key(docx_digest)):
            record = read_pdf_record(place.with_suffix(".json"), docx_digest)
            return record is None or not record.is_known
        return not self.outbox.is_pdf_held(pdf)

    def _provenance(self, place: Path, docx: bytes, pdf: PdfRecord) -> OutboxFile:
        data = DigestedBytes(provenance_of(self.session, self.snapshot, docx, pdf=pdf))
        return OutboxFile(place.with_suffix(".json"), data, self._provenance_key(sha256_of(docx)))

    def _provenance_key(self, docx_digest: str) -> str:
        return key_of("provenance", docx_digest, self.snapshot.follow_up.digest, self.key.plan, self.key.settings)

    def _path(self, edition: Edition) -> Path:
        return self.session.workspace.outbox / edition.draft_name

    def _published(self, located: _Located, outcome: Mapping[Path, Placement | FolderError]) -> Published:
        made, place = located.made, located.place
        if made.is_final and place:
            return Published(made.draft.edition, place, digest_of(place), is_final=True)
        draft, path = made.draft, self._path(made.draft.edition)
        placements = tuple(outcome.get(file.path, Placement.UNCHANGED) for file in located.files)
        error = located.error or next((what for what in placements if isinstance(what, FolderError)), None)
        if error is None and made.docx and placements[0] in IN_USE:
            error = _all_held(path)
        if error or place is None:
            return Published(draft.edition, path, "", error=error)
        digest = sha256_of(made.docx) if made.docx else digest_of(place)
        return Published(
            draft.edition,
            path,
            digest,
            changed=bool(made.docx) and placements[0] is Placement.WRITTEN,
            aside=None if place == path else place,
            wants_pdf=wants_pdf(draft) and self._is_pdf_due(place, digest),
            faults=made.faults,
        )


def _all_held(path: Path) -> FolderError:
    return FolderError(_ALL_HELD, _CLOSE_ALL, path=path)


_ALL_HELD = N_("{path}: the report and those beside it are open or edited, so the new report has no place.")
_CLOSE_ALL = N_("Close the documents, or move the edited ones elsewhere; the next pass writes the report.")
