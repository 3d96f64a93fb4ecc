"""What is known to be wrong with the PDFs of the present reports, told until each is made.

The run that tries to make a PDF writes what is wrong with it into the report's provenance. Every later command reads
it there, until the report changes, or the PDF is tried again because LibreOffice is at another place.
"""

from collections.abc import Iterator
from pathlib import Path

from generator.app.draft_places import standing_files
from generator.app.editions import Edition, whole_edition
from generator.app.finals import standing_version
from generator.app.outbox import Outbox
from generator.app.problems import problem, remembered
from generator.app.provenance import PdfRecord, read_pdf_record
from generator.app.session import Session
from generator.app.snapshot import key_of
from generator.disk.digests import remembered_digest_of
from generator.domain.base.rule import N_, Severity
from generator.domain.follow_up.status import FinalReport, Problem
from generator.formats.pdf.soffice import find_soffice
from generator.i18n.words import Words


def pdf_problems(session: Session, final: FinalReport | None) -> Iterator[Problem]:
    """Yields why a whole report, in any language, has no PDF, or what its PDF lacks.

    Args:
        final: the period's last final; its PDF may also be made by hand, and then nothing is told of it.
    """
    settings = session.settings
    if settings.pdf:
        every = tuple(whole_edition(settings, Words(language)) for language in settings.languages)
        yield from _problems_of_drafts(session, every)
        yield from _problems_of_final(session, final, every) if final else ()


def pdf_key(docx_digest: str) -> str:
    """Returns the key of a PDF: its .docx and this computer's LibreOffice, whose installation makes a missing PDF."""
    return key_of("pdf", docx_digest, str(find_soffice()))


def _problems_of_drafts(session: Session, every: tuple[Edition, ...]) -> Iterator[Problem]:
    outbox = Outbox(session)
    for draft in standing_files(*(session.workspace.outbox / edition.draft_name for edition in every)):
        if draft.suffix != ".docx":
            continue
        digest, pdf = remembered_digest_of(draft), draft.with_suffix(".pdf")
        record = read_pdf_record(draft.with_suffix(".json"), digest)
        if record and _is_kept_out(pdf, outbox, pdf_key(digest), record):
            yield remembered(problem(_PDF_HELD, _MOVE_PDF, value=pdf.name, path=draft))
        elif record:  # None where the draft is not ours, or somebody has edited it
            yield from _faults(draft, record)


def _problems_of_final(session: Session, final: FinalReport, every: tuple[Edition, ...]) -> Iterator[Problem]:
    version = standing_version(session.workspace.outbox, session.period, final.version, every[0])
    if version is None:
        return
    for edition in every:
        document = version.document(edition)
        record = read_pdf_record(version.provenance(edition), remembered_digest_of(document))
        if record and not record.digest and not document.with_suffix(".pdf").exists():
            yield from _faults(document, record)


def _faults(document: Path, record: PdfRecord) -> Iterator[Problem]:
    severity = Severity.QUESTION if record.digest else Severity.ERROR
    for fault in record.proof.faults:
        yield remembered(problem(fault.message, fault.advice, severity=severity, value=fault.value, path=document))


def _is_kept_out(pdf: Path, outbox: Outbox, key: str, record: PdfRecord) -> bool:
    """True if a PDF could be made, and somebody's own file has its name."""
    has_failed = not record.digest and record.is_known and outbox.was_tried(pdf, key)
    return not has_failed and outbox.is_pdf_held(pdf)


_PDF_HELD = N_("{value}: somebody's own file has the PDF's name, so the PDF was not put there.")
_MOVE_PDF = N_("Move it elsewhere. The next run writes a new one.")
