"""The workspace with its stores open: what the walk and the desk both work with."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from generator.domain.checks import Checked, check
from generator.domain.form import Form, Identity, PreviousAnswer, make_form
from generator.domain.merge import FollowUp, merge, previous_answers
from generator.domain.plan import Plan, PlanReading
from generator.domain.report import WHOLE, Report, Scope, make_report
from generator.domain.rulebook import Rulebook, read_sender
from generator.domain.rules import N_
from generator.domain.status import Status, make_status
from generator.domain.submission import Unreadable, Workbook
from generator.errors import FolderError, TemplateError
from generator.files.acts import Acts
from generator.files.archive import Archive
from generator.files.document import render
from generator.files.excel.feedback_sheet import feedback_headings
from generator.files.folders import SETTINGS_FILE, Workspace, workspace_key
from generator.files.form_file import form_bytes
from generator.files.ledger import Ledger, open_ledger
from generator.files.other_formats import read_other
from generator.files.pdf import NoPdf, Pdf, PdfFacts, find_soffice, make_pdf
from generator.files.placed import Placed
from generator.files.plan_file import load_plan
from generator.files.provenance import Digests, PdfProof, provenance_bytes
from generator.files.word.speech import LANGUAGE_TAGS
from generator.files.word.values import document_title
from generator.files.workbook import read_workbook
from generator.language import Language, Words

LOCK_SECONDS = 120
# LibreOffice lays 1,000 rows out in some 20 s, and a pass must not wait for minutes.
MOST_PDF_ROWS = 2_000
OTHER_FORMATS = ("xls", "ods")


@dataclass(frozen=True, slots=True)
class Office:
    """A workspace, its archive, ledger, acts and record of placed files, and the key that signs its forms."""

    workspace: Workspace
    archive: Archive
    ledger: Ledger
    acts: Acts
    placed: Placed
    key: bytes

    @property
    def words(self) -> Words:
        return self.workspace.settings.words

    def plan(self) -> Plan:
        """plan.xlsx as it is now; PlanError where it cannot be worked with."""
        return self.plan_reading().plan

    def plan_reading(self) -> PlanReading:
        """plan.xlsx as it is now, with its findings; PlanError where it cannot be worked with."""
        return load_plan(self.workspace.plan, self.workspace.settings.headings)


@contextmanager
def open_office(workspace: Workspace) -> Iterator[Office]:
    """Opens a workspace's stores; FolderError where the state folder cannot be worked with."""
    with open_ledger(workspace.ledger) as ledger:
        yield Office(
            workspace=workspace,
            archive=Archive(workspace.archive),
            ledger=ledger,
            acts=Acts(workspace.acts_record),
            placed=Placed(workspace.placed_record, workspace.root),
            key=workspace_key(workspace),
        )


@contextmanager
def sole_writer(workspace: Workspace) -> Iterator[None]:
    """Holds the workspace's lock: one pass at a time. FolderError where another holds it for two minutes."""
    try:
        with FileLock(workspace.lock_file, timeout=LOCK_SECONDS):
            yield
    except Timeout:
        raise FolderError(_BUSY, _WAIT, path=workspace.lock_file) from None


_BUSY = N_("{path}: another pass holds the workspace.")
_WAIT = N_("Wait until it has ended. If none is running, start the computer again.")


def words_of(plan: Plan, officer: str | None, default: Words) -> Words:
    """The language that the officers' sheet gives to an officer, else the municipality's first."""
    listed = plan.officer(officer) if officer else None
    return Words(Language(listed.language)) if listed and listed.language in list(Language) else default


def follow_up(office: Office, plan: Plan) -> FollowUp:
    """What is held of this period, merged."""
    settings = office.workspace.settings
    period = settings.period.id
    return merge(plan, office.ledger.answers(period), settings.rollup, office.acts.decisions(period))


def previous_follow_up(office: Office, plan: Plan) -> FollowUp | None:
    """What is held of the period before; None where the settings name none or nothing of it is held."""
    settings = office.workspace.settings
    period = settings.period.previous
    answers = office.ledger.answers(period) if period else ()
    return merge(plan, answers, settings.rollup, office.acts.decisions(period or "")) if answers else None


def rulebook(office: Office, plan: Plan) -> Rulebook:
    """What submissions are held against, in the municipality's first language."""
    settings = office.workspace.settings
    previous = previous_follow_up(office, plan)
    return Rulebook(
        language=office.words.language.value,
        plan=plan,
        scale=settings.degree_scale,
        statuses=settings.statuses,
        headings=settings.headings,
        period=settings.reporting_period,
        degree_words=settings.degree_words(office.words),
        identity=settings.identity,
        unowned_reporter=settings.unowned_reporter,
        previous=_all_answers(previous) if previous else (),
        feedback_headings=feedback_headings(),
        replied=office.ledger.replied(),
        held=tuple(answer for item in follow_up(office, plan).goals for answer in item.answers),
    )


def examine(office: Office, rules: Rulebook, data: bytes, path: str) -> Checked:
    """Reads one saved file and holds it against the rules, in its sender's language.

    Args:
        data: the file's bytes.
        path: the file's path relative to the inbox, or its name alone.
    """
    workbook = read_saved(data)
    sender = read_sender(workbook, path, office.key)
    words = words_of(rules.plan, sender.signer, office.words)
    return check(workbook, sender, _in_language(rules, words, office))


def read_saved(data: bytes) -> Workbook | Unreadable:
    """What a saved file holds, in whichever format it was saved."""
    workbook = read_workbook(data)
    is_other = isinstance(workbook, Unreadable) and workbook.rule == "save-as-xlsx" and workbook.value in OTHER_FORMATS
    return read_other(data) if is_other else workbook


def _in_language(rules: Rulebook, words: Words, office: Office) -> Rulebook:
    if rules.language == words.language.value:
        return rules
    degree_words = office.workspace.settings.degree_words(words)
    return replace(rules, language=words.language.value, degree_words=degree_words)


def officer_form(office: Office, plan: Plan, officer: str) -> Form:
    """An officer's blank form, in the officer's language, with what was said in the period before."""
    before = previous_follow_up(office, plan)
    return make_form(
        plan,
        officer,
        unowned_reporter=office.workspace.settings.unowned_reporter,
        language=words_of(plan, officer, office.words).language.value,
        previous=previous_answers(before, officer) if before else (),
    )


def form_workbook(office: Office, plan: Plan, form: Form, *, base: int) -> bytes:
    """A form as a workbook, signed; `base` is the journal sequence that it is made from."""
    settings = office.workspace.settings
    identity = Identity(settings.period.id, form.officer, plan.digest, base)
    return form_bytes(form, identity.pairs(office.key), settings, Words(Language(form.language)))


def status(office: Office, plan: Plan) -> Status:
    """Who has reported and what needs correction, from what is held."""
    settings = office.workspace.settings
    period = settings.period.id
    return make_status(
        settings.reporting_period,
        plan,
        follow_up(office, plan),
        held=office.ledger.held(period),
        replies=office.ledger.replies(period),
    )


def report(office: Office, plan: Plan, scope: Scope = WHOLE) -> Report:
    """The report of what is held, whole or an extract."""
    merged, previous = follow_up(office, plan), previous_follow_up(office, plan)
    return make_report(office.workspace.settings.frame, plan, merged, previous=previous, scope=scope)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report, the template that it goes into, and the words that it is written with."""

    report: Report
    template: bytes
    words: Words

    @property
    def inputs(self) -> str:
        """SHA-256 of all that decides the document's bytes, so that nothing is rendered twice for nothing."""
        parts = (version("seuranta"), self.words.language.value, repr(self.report))
        return hashlib.sha256(self.template + "\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def report_name(what: str) -> str:
    """A report's file name; `what` is the period's id, with whose extract or which language behind it."""
    return f"seurantaraportti-{what}-LUONNOS.docx"


def draft(office: Office, made: Report, words: Words) -> Draft:
    return Draft(made, _template_bytes(office.workspace.template), words)


def document(office: Office, made: Draft) -> bytes:
    """The .docx of a draft; TemplateError names the place where the template is at fault."""
    return render(made.report, made.template, office.workspace.settings.headings, made.words)


def pdf_of(office: Office, docx: bytes, made: Report) -> Pdf | NoPdf:
    """The document as an accessible PDF, or why there is none."""
    if len(made.rows) > MOST_PDF_ROWS:
        return NoPdf(_TOO_LONG, _MAKE_IN_WORD, str(len(made.rows)))
    frame, words = made.frame, office.words
    facts = PdfFacts(
        title=document_title(made, words),
        author=frame.municipality,
        language=LANGUAGE_TAGS[words.language],
        identifier=frame.period.case_number,
        subject=frame.period.label,
        day=frame.period.report_date,
    )
    return make_pdf(docx, facts, soffice=find_soffice())


_TOO_LONG = N_("No PDF was made: the report has {value} rows, which takes minutes to lay out.")
_MAKE_IN_WORD = N_("Make it in Word when it is wanted, or set pdf = false in seuranta.toml.")


def provenance_of(office: Office, merged: FollowUp, docx: bytes, pdf: Pdf | NoPdf | None) -> bytes:
    """Where each value of the report came from, and the digests of all that it was made from."""
    saves = {save.sequence: save.digest for save in office.archive.journal()}
    workspace = office.workspace
    inputs = (workspace.plan, workspace.template, workspace.root / SETTINGS_FILE)
    made = (docx, pdf.data if isinstance(pdf, Pdf) else None)
    digests = Digests(*(_digest(path.read_bytes()) for path in inputs), *(_digest(data) for data in made))
    return provenance_bytes(workspace.settings.period.id, merged, saves, digests=digests, proof=_proof(pdf))


def _proof(pdf: Pdf | NoPdf | None) -> PdfProof:
    if pdf is None:
        return PdfProof()
    claims = tuple(claim.value for claim in pdf.claims) if isinstance(pdf, Pdf) else ()
    return PdfProof(claims, tuple(f"{judged.claim.value}: {judged.said}" for judged in pdf.verdict))


def _digest(data: bytes | None) -> str:
    return hashlib.sha256(data).hexdigest() if data is not None else ""


def _template_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TemplateError(_NO_TEMPLATE, _RESTORE_TEMPLATE, path=path) from None


_NO_TEMPLATE = N_("{path}: the report's template is missing.")
_RESTORE_TEMPLATE = N_("Put the template back, or copy one from a new workspace: seuranta init DIR")


def _all_answers(previous: FollowUp) -> tuple[PreviousAnswer, ...]:
    answers = (answer.entry for item in previous.goals for answer in item.answers)
    return tuple(
        PreviousAnswer(entry.code, entry.degree, entry.narrative, entry.overall_status, entry.officer)
        for entry in answers
    )
