"""Our documents in the outbox: which of them are up to date, where a new one may lie, and their records."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from generator.app.draft_places import places_of, standing_files, usual_place
from generator.app.edited_copies import edited_copies
from generator.app.editions import COMPANIONS, Edition, editions, whole_edition
from generator.app.finals import standing_final
from generator.app.owned_files import IN_USE, Placement, is_locked
from generator.app.session import Session
from generator.app.snapshot import Snapshot
from generator.disk.digests import digest_of, sha256_of
from generator.domain.base.moments import read_moment, write_moment
from generator.domain.follow_up.status import EditedReport, FinalReport, ReportFile
from generator.domain.plan.goals import Plan
from generator.store.ledger import ReportRecord


@dataclass(frozen=True, slots=True)
class OutboxFile:
    """A file to place, and the key of its sources; empty bytes mean that its PDF cannot be made."""

    path: Path
    data: bytes
    key: str


class Outbox:
    """The documents of the session's period, with their PDFs and their provenance."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._placer = session.placer

    def up_to_date_place(self, path: Path, key: str) -> Path | None:
        """Returns the path of the document made from these sources; None if there is none, or it was changed."""
        return next((place for place in self._places(path) if self.is_up_to_date(place, key)), None)

    def is_up_to_date(self, path: Path, key: str) -> bool:
        """True if the file was made from these sources and nobody has changed it; also if it could not be made."""
        last = self._records().get(self._name(path))
        return last is not None and last.inputs == key and digest_of(path) == last.sha256

    def was_tried(self, path: Path, key: str) -> bool:
        """True if the file was last made from these sources, or could not be made from them."""
        last = self._records().get(self._name(path))
        return last is not None and last.inputs == key

    def is_pdf_held(self, pdf: Path) -> bool:
        """True if somebody's own file, or the lock file of one, has the PDF's name."""
        return self._placer.is_foreign(pdf) or (is_locked(pdf) and not pdf.exists())

    def place_with_same_bytes(self, path: Path, docx: bytes) -> Path | None:
        """Returns the path that already has exactly these bytes; None if there is none."""
        digest = sha256_of(docx)
        return next((place for place in self._places(path) if digest_of(place) == digest), None)

    def clear_place(self, path: Path, docx: bytes) -> Path | None:
        """Chooses where to write (usual, or …-uusi.docx) and deletes the old PDF and JSON; None if all are in use."""
        free = (place for place in places_of(path) if self._placer.would_place(place, docx))
        return next((place for place in free if self._clear_companions(place)), None)

    def record(self, *files: OutboxFile, now: str) -> None:
        """Stores in the ledger the digest and the key of each file that was placed; `now` is ISO 8601."""
        period = self._session.period
        self._session.store.ledger.record_reports(
            *(
                ReportRecord(period, self._name(file.path), file.key, sha256_of(file.data) if file.data else "", now)
                for file in files
            )
        )

    def documents(self) -> frozenset[Path]:
        """The paths of all documents that are recorded."""
        return frozenset(self._session.workspace.outbox / name for name in self._records() if name.endswith(".docx"))

    def remove(self, *documents: Path) -> None:
        """Removes documents of ours with their PDF and JSON; what is open stays until another call."""
        gone = tuple(document for document in sorted(documents) if self._remove(document))
        names = (self._name(document.with_suffix(ending)) for document in gone for ending in (".docx", *COMPANIONS))
        self._session.store.ledger.forget_reports(self._session.period, *names)

    def remove_replaced(self, snapshot: Snapshot) -> None:
        """Removes the drafts of which a final says the same, unless somebody has edited one or has it open."""
        every, outbox = editions(snapshot.plan, snapshot.settings), self._session.workspace.outbox
        final = snapshot.final_report
        replaced = tuple(outbox / each.draft_name for each in every if standing_final(self._session, final, each))
        self.remove(*standing_files(*replaced))

    def report_file(self, final: FinalReport | None, plan: Plan) -> ReportFile | None:
        """Returns the whole report: the draft, in its place or beside it, or the final; None before the first report.

        Args:
            final: the period's last final.
            plan: the present plan; its officers and divisions have extracts.
        """
        whole = whole_edition(self._session.settings, self._session.words)
        path, copies = self._session.workspace.outbox / whole.draft_name, self._edited_copies(final, plan)
        if final and (place := standing_final(self._session, final, whole)):
            edited = self._edited(path, place)
            return ReportFile(self._name(place), digest_of(place), final.time, True, edited, copies)
        latest = self._latest(path)
        if latest is None:
            return self._unrecorded(path)
        edited = self._edited(path, self._session.workspace.outbox / latest.name)
        replaced = self._replaced_edit(latest.name, final)
        return ReportFile(latest.name, latest.sha256, latest.time, False, edited, copies, replaced)

    def edited_drafts(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Returns the names of the drafts that somebody has edited, in their usual places or beside them."""
        outbox = self._session.workspace.outbox
        usual = (outbox / edition.draft_name for edition in editions(snapshot.plan, snapshot.settings))
        return tuple(self._name(file) for file in standing_files(*usual) if self._placer.is_foreign(file))

    def _places(self, path: Path) -> Iterator[Path]:
        """Yields the paths where our document may be: one beside the usual path only while those before are in use."""
        for place in places_of(path):
            yield place
            if not self._is_in_use(place):
                return

    def _is_in_use(self, path: Path) -> bool:
        pdf, proof = (path.with_suffix(ending) for ending in COMPANIONS)
        return self._placer.is_held(path) or is_locked(pdf) or self._placer.is_held(proof)

    def _clear_companions(self, place: Path) -> bool:
        """Removes the PDF and JSON of an earlier document; False if one of them cannot be removed."""
        pdf, proof = (place.with_suffix(ending) for ending in COMPANIONS)
        if is_locked(pdf) or self._placer.is_held(proof):
            return False
        # The PDF first: as long as the provenance is there, it proves that the PDF is ours.
        return self._placer.remove(pdf) is not Placement.LOCKED and self._placer.remove(proof) not in IN_USE

    def _remove(self, document: Path) -> bool:
        """Removes a document of ours with its PDF and JSON; False if one of them is open, and the rest then stays."""
        if is_locked(document):
            return False
        # The PDF before the provenance, as above. The document last: if it is open or its PDF is, `tidy` tries again.
        files = (document.with_suffix(ending) for ending in (".pdf", ".json", ".docx"))
        return all(self._placer.remove(file) is not Placement.LOCKED for file in files)

    def _unrecorded(self, path: Path) -> ReportFile | None:
        """Returns our report if a rebuilt ledger has no record of it; None otherwise."""
        if not self._placer.is_ours(path):
            return None
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
        return ReportFile(path.name, digest_of(path), write_moment(changed))

    def _edited(self, path: Path, ours: Path) -> tuple[EditedReport, ...]:
        """Returns where each draft that somebody edited differs from our report."""
        files = (file for file in standing_files(path) if file != ours and self._is_edited(file))
        found = ((file, compare_edited(file, self._name(file), ours)) for file in files)
        return tuple(replace(each, is_of_known_draft=self._is_of_known_draft(file)) for file, each in found)

    def _is_edited(self, file: Path) -> bool:
        """True if a person saved the file; one that has been read counts as ours, and stays while it is open."""
        is_read = self._session.store.history.acts.has_read_draft
        return self._placer.is_foreign(file) or (is_locked(file) and is_read(digest_of(file)))

    def _replaced_edit(self, name: str, final: FinalReport | None) -> str:
        """Returns when the edited draft was read that lay here last; an empty string if none did since the final."""
        read = self._session.store.history.acts.last_edited_draft(self._session.period, name)
        is_new = read is not None and (final is None or read_moment(final.time) < read_moment(read.time))
        return read.time if read and is_new else ""

    def _is_of_known_draft(self, file: Path) -> bool:
        from generator.formats.docx.document_mark import mark_of

        try:
            mark = mark_of(file.read_bytes())
        except OSError:  # Word does not let others read what it has open
            return True
        return mark is not None and self._session.store.archive.has(mark)

    def _edited_copies(self, final: FinalReport | None, plan: Plan) -> tuple[EditedReport, ...]:
        """Returns where each edited extract and further language differs from ours."""
        found = tuple(edited_copies(self._session, plan))
        return tuple(
            compare_edited(each.path, self._name(each.path), self._ours(final, each.edition)) for each in found
        )

    def _ours(self, final: FinalReport | None, edition: Edition) -> Path:
        """Returns where our own document lies: the final, else the latest draft."""
        outbox = self._session.workspace.outbox
        if final and (place := standing_final(self._session, final, edition)):
            return place
        latest = self._latest(outbox / edition.draft_name)
        return outbox / (latest.name if latest else edition.draft_name)

    def _latest(self, path: Path) -> ReportRecord | None:
        """Returns the record of the last document that was placed at the usual path or beside it."""
        outbox, records = self._session.workspace.outbox, self._records().values()
        own = (record for record in records if record.sha256 and usual_place(outbox / record.name) == path)
        return max(own, key=lambda record: read_moment(record.time), default=None)

    def _records(self) -> dict[str, ReportRecord]:
        return self._session.store.ledger.reports(self._session.period)

    def _name(self, path: Path) -> str:
        """Returns the file's name in the ledger: its path in the outbox, with `/`."""
        return path.relative_to(self._session.workspace.outbox).as_posix()


def compare_edited(path: Path, name: str, ours: Path) -> EditedReport:
    """Returns where a document that somebody edited differs from ours.

    Args:
        name: the edited document's path in the outbox.
    """
    from generator.formats.docx.document_difference import differences

    try:
        changes = differences(path.read_bytes(), ours.read_bytes())
    except OSError:  # Word does not let others read what it has open
        changes = None
    return EditedReport(name, changes)
