"""What is known to be wrong with the PDFs of the present drafts, told until each is made.

The run that tries to make a PDF writes what is wrong with it into the provenance beside the draft. Every later command
reads it there, until the draft changes, or the PDF is tried again because LibreOffice is at another place.
"""

from collections.abc import Iterator
from pathlib import Path

from generator.app.draft_places import standing_files
from generator.app.editions import whole_edition
from generator.app.outbox import Outbox
from generator.app.problems import problem, remembered
from generator.app.provenance import PdfRecord, read_pdf_record
from generator.app.session import Session
from generator.app.snapshot import key_of
from generator.disk.digests import remembered_digest_of
from generator.domain.base.rule import N_, Severity
from generator.domain.follow_up.status import Problem
from generator.formats.pdf.soffice import find_soffice
from generator.i18n.words import Words


def pdf_problems(session: Session) -> Iterator[Problem]:
    """Yields why a draft of the whole report, in any language, has no PDF, or what its PDF lacks."""
    settings = session.settings
    if not settings.pdf:
        return
    every = (whole_edition(settings, Words(language)) for language in settings.languages)
    for draft in standing_files(*(session.workspace.outbox / edition.draft_name for edition in every)):
        if draft.suffix == ".docx":
            yield from _problems_of(draft, Outbox(session))


def pdf_key(docx_digest: str) -> str:
    """Returns the key of a PDF: its .docx and this computer's LibreOffice, whose installation makes a missing PDF."""
    return key_of("pdf", docx_digest, str(find_soffice()))


def _problems_of(draft: Path, outbox: Outbox) -> Iterator[Problem]:
    digest = remembered_digest_of(draft)
    record = read_pdf_record(draft.with_suffix(".json"), digest)
    if record is None:  # the draft is not ours, or somebody has edited it
        return
    if _is_kept_out(draft.with_suffix(".pdf"), outbox, pdf_key(digest), record):
        yield remembered(problem(_PDF_HELD, _MOVE_PDF, value=draft.with_suffix(".pdf").name, path=draft))
        return
    severity = Severity.QUESTION if record.digest else Severity.ERROR
    for fault in record.proof.faults:
        yield remembered(problem(fault.message, fault.advice, severity=severity, value=fault.value, path=draft))


def _is_kept_out(pdf: Path, outbox: Outbox, key: str, record: PdfRecord) -> bool:
    """True if a PDF could be made, and somebody's own file has its name."""
    has_failed = not record.digest and record.is_known and outbox.was_tried(pdf, key)
    return not has_failed and outbox.is_pdf_held(pdf)


_PDF_HELD = N_("{value}: somebody's own file has the PDF's name, so the PDF was not put there.")
_MOVE_PDF = N_("Move it elsewhere. The next run writes a new one.")
