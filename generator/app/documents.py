"""The documents of a period: their list, the key of each document's sources, its PDF and its provenance."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

from generator.app.editions import Edition, whole_edition
from generator.app.provenance import Approval, Digests, PdfFault, PdfProof, PdfRecord, Proof, provenance_bytes
from generator.app.session import Session
from generator.app.snapshot import Snapshot, key_of
from generator.disk.digests import sha256_of
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.output.report import Report
from generator.errors import TemplateError
from generator.formats.docx.document_language import language_tag
from generator.formats.docx.rendering import CheckedPrint, RenderJob, render_apart, render_checked_apart
from generator.formats.pdf.conversion import (
    NOT_ACCESSIBLE,
    NOT_HYPHENATED,
    NoPdf,
    Pdf,
    PdfFacts,
    find_soffice,
    make_pdf,
)
from generator.i18n.words import Words
from generator.workspace.folders import SETTINGS_FILE, read_file
from generator.workspace.templates import template_path

# LibreOffice lays 1,000 rows out in some 20 s, and a person waits no longer than minutes.
MOST_PDF_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to be made: its content, the snapshot that it is made from, and its edition (scope and language)."""

    snapshot: Snapshot
    edition: Edition
    report: Report

    @property
    def inputs(self) -> str:
        """The key of the .docx: a digest of everything that its bytes depend on."""
        language, headings = self.edition.words.language.value, self.snapshot.settings.headings_digest
        return key_of(self.template_digest, language, headings, self.report.digest)

    @property
    def template_digest(self) -> str:
        """SHA-256 of the template, that of the edition's language; an empty string where there is none."""
        return self.snapshot.templates.digest_of(self.edition.words.language)

    def document(self) -> bytes:
        """The .docx.

        Raises:
            TemplateError: there is no template, or it is at fault; its values have the template's `path`.
            StoppedTemplateError: the template takes too long or too much memory.
            FolderError: the program that prints cannot be started.
        """
        with self._naming_template():
            return render_apart(self._job())

    def checked_document(self) -> CheckedPrint:
        """The .docx, and the record of its values; the document says all that the report says.

        Raises:
            TemplateError: also where the document does not say all.
            StoppedTemplateError, FolderError: as `document`.
        """
        with self._naming_template():
            return render_checked_apart(self._job())

    @contextmanager
    def _naming_template(self) -> Iterator[None]:
        """Adds to an error of the template which template it is: each language may have its own."""
        try:
            yield
        except TemplateError as error:
            path = template_path(self.snapshot.workspace, self.edition.words.language)
            raise type(error)(error.message, error.advice, **{"path": path, **error.values}) from error

    def _job(self) -> RenderJob:
        headings, language = self.snapshot.settings.headings, self.edition.words.language
        return RenderJob(self.report, _template(self.snapshot, language), headings, language)


def make_draft(snapshot: Snapshot, edition: Edition) -> Draft:
    """Makes the draft of an edition from the snapshot's content."""
    return Draft(snapshot, edition, snapshot.report(edition.scope, edition.words))


def whole_draft(snapshot: Snapshot) -> Draft:
    """Makes the draft of the whole report in the municipality's first language."""
    return make_draft(snapshot, whole_edition(snapshot.settings, snapshot.words))


def wants_pdf(draft: Draft) -> bool:
    """True if a PDF is to be made of the document."""
    return draft.edition.is_whole and draft.snapshot.settings.pdf


def pdf_of(
    docx: bytes, draft: Draft, cancelled: Event | None = None, *, most_rows: int = MOST_PDF_ROWS
) -> Pdf | NoPdf | None:
    """Makes the accessible PDF of the document; returns the reason if there is none, None if the caller gave up.

    Args:
        docx: the document that was made of the draft.
        draft: what the PDF says of itself.
        cancelled: set by another thread when the PDF is no longer needed.
        most_rows: a longer report gets no PDF.
    """
    report, words = draft.report, draft.edition.words
    if len(report.rows) > most_rows:
        return NoPdf(_TOO_LONG, _MAKE_IN_WORD, str(len(report.rows)))
    return make_pdf(docx, pdf_facts(report, words), soffice=find_soffice(), cancelled=cancelled)


def pdf_facts(report: Report, words: Words) -> PdfFacts:
    """What a report's PDF says of itself."""
    from generator.formats.docx.values import document_title

    return PdfFacts(
        title=document_title(report, words),
        author=report.frame.municipality,
        language=language_tag(words.language),
        identifier=report.frame.period.case_number,
        subject=report.frame.period.label,
        day=report.frame.period.report_date,
        nothing=words("no information"),
    )


def provenance_of(
    session: Session, snapshot: Snapshot, docx: bytes, *, pdf: PdfRecord, approval: Approval | None = None
) -> bytes:
    """Makes the provenance file: the source of each value, the digests of all sources, and who made the report final.

    Raises:
        FolderError: plan.xlsx or seuranta.toml cannot be read now.
    """
    workspace, history = session.workspace, session.store.history
    saves = {answer.sequence: history.save(answer.sequence).digest for answer in snapshot.answers}
    digests = Digests(
        plan=sha256_of(read_file(workspace.plan)),
        template=snapshot.templates.digest_of(snapshot.settings.language),
        settings=sha256_of(read_file(workspace.root / SETTINGS_FILE)),
        docx=sha256_of(docx),
        pdf=pdf.digest,
    )
    proof = Proof(digests, pdf.proof, approval, snapshot.texts)
    return provenance_bytes(session.period, snapshot.follow_up, saves, proof)


def pdf_record(pdf: Pdf | NoPdf | None) -> PdfRecord:
    """Returns the PDF's part of the provenance, which is empty if there is no PDF."""
    if pdf is None:
        return PdfRecord()
    verdict, faults = tuple(f"{judged.claim.value}: {judged.said}" for judged in pdf.verdict), pdf_faults(pdf)
    if isinstance(pdf, NoPdf):
        return PdfRecord("", PdfProof((), verdict, faults))
    return PdfRecord(sha256_of(pdf.data), PdfProof(tuple(claim.value for claim in pdf.claims), verdict, faults))


def pdf_faults(pdf: Pdf | NoPdf) -> tuple[PdfFault, ...]:
    """Returns why a document has no PDF, or what its PDF lacks; () if nothing is known to be wrong with it."""
    if isinstance(pdf, NoPdf):
        return (PdfFault(pdf.reason, pdf.advice, pdf.value),)
    unread = () if pdf.is_accessible else (PdfFault(NOT_ACCESSIBLE, "", pdf.verdict[0].first_fault),)
    return (*unread, PdfFault(*NOT_HYPHENATED)) if pdf.lacks_hyphens else unread


_TOO_LONG = N_("No PDF was made: the report has {value} rows, which takes minutes to lay out.")
_MAKE_IN_WORD = N_("Make it in Word when it is wanted, or set pdf = false in seuranta.toml.")
_NO_TEMPLATE = N_("{path}: the report's template is missing.")
_RESTORE_TEMPLATE = N_("Put the template back, or copy one from a new workspace: seuranta init DIR")


def _template(snapshot: Snapshot, language: Language) -> bytes:
    template = snapshot.templates.of(language)
    if template is None:
        path = template_path(snapshot.workspace, language)
        raise TemplateError(_NO_TEMPLATE, _RESTORE_TEMPLATE, path=path)
    return template
