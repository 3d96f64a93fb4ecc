"""The documents of a period: which there are, what they are made of, and how each is made."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from generator.domain.heading import Headings
from generator.domain.matters import Signature
from generator.domain.merge import FollowUp
from generator.domain.plan import Plan
from generator.domain.report import WHOLE, Frame, Report, Scope, ScopeKind, contents_digest, make_report
from generator.domain.rule import N_
from generator.domain.status import FinalReport
from generator.errors import TemplateError
from generator.files.document import render
from generator.files.folders import SETTINGS_FILE, read_file
from generator.files.form_file import form_name
from generator.files.pdf import NoPdf, Pdf, PdfFacts, find_soffice, make_pdf
from generator.files.provenance import Digests, PdfProof, Proof, provenance_bytes
from generator.files.word.speech import language_tag
from generator.files.word.values import document_title
from generator.language import Words
from generator.office import Office, follow_up, previous_follow_up
from generator.settings import Settings

EXTRACTS, OTHER_LANGUAGES, FINALS = "otteet", "kieliversiot", "lopulliset"
# What goes with a whole report, beside it.
COMPANIONS = (".pdf", ".json")
# LibreOffice lays 1,000 rows out in some 20 s, and a pass must not wait for minutes.
MOST_PDF_ROWS = 2_000
# Letters of two bytes, and the rest of the name, in the 255 bytes that a file system gives to a name.
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Edition:
    """One of a period's documents: what it covers, in which language, and its file's folder and name without ending."""

    scope: Scope
    words: Words
    folder: str
    stem: str

    @property
    def is_whole(self) -> bool:
        return self.scope.kind is ScopeKind.WHOLE

    @property
    def draft_name(self) -> str:
        """The draft's path in the outbox."""
        return str(PurePosixPath(self.folder, f"{self.stem}-LUONNOS.docx"))

    def final_name(self, number: int) -> str:
        """The path of the period's first, second, … final (1-based) in the finals' folder."""
        folder = self.folder if self.folder == EXTRACTS else ""
        return str(PurePosixPath(folder, f"{self.stem}.docx" if number == 1 else f"{self.stem}-{number}.docx"))


def whole_edition(settings: Settings, words: Words) -> Edition:
    """The whole report in one of the languages; the municipality's first language needs no mark."""
    stem = f"seurantaraportti-{settings.period.id}"
    if words.language is settings.languages[0]:
        return Edition(WHOLE, words, "", stem)
    return Edition(WHOLE, words, OTHER_LANGUAGES, f"{stem}-{words.language.value}")


def extract_editions(plan: Plan, settings: Settings, words: Words) -> tuple[Edition, ...]:
    """An extract for each officer, then for each division, under names that no file system takes for one."""
    officers = (Scope(ScopeKind.OFFICER, name) for name in plan.officer_names)
    divisions = (Scope(ScopeKind.DIVISION, name) for name in plan.divisions)
    language = "" if words.language is settings.languages[0] else f"-{words.language.value}"
    return tuple(
        Edition(scope, words, EXTRACTS, f"seurantaraportti-{settings.period.id}-{name}{language}")
        for scope, name in _with_file_names((*officers, *divisions))
    )


def editions(plan: Plan, settings: Settings) -> tuple[Edition, ...]:
    """Every document that a pass makes: the whole report first, in the other languages, and the extracts."""
    wholes = (whole_edition(settings, Words(language)) for language in settings.languages)
    extracts = extract_editions(plan, settings, settings.words)
    return (*wholes, *(edition for edition in extracts if edition.scope.kind in settings.extracts))


@dataclass(frozen=True, slots=True)
class Draft:
    """A report, the template that it goes into, and the words that it is written with."""

    report: Report
    template: bytes
    headings: Headings
    words: Words

    @property
    def inputs(self) -> str:
        """SHA-256 of all that decides the document's bytes, so that nothing is rendered twice for nothing."""
        parts = (version("seuranta"), self.words.language.value, repr(self.headings), repr(self.report))
        return hashlib.sha256(self.template + "\0".join(parts).encode()).hexdigest()

    def document(self) -> bytes:
        """The .docx; TemplateError names the place where the template is at fault."""
        return render(self.report, self.template, self.headings, self.words)


@dataclass(frozen=True)
class Sources:
    """What every document of a pass is made from, and whether they are drafts, and later than the period's final."""

    settings: Settings
    plan: Plan
    merged: FollowUp
    previous: FollowUp | None
    template: bytes
    is_draft: bool = True
    is_late: bool = False

    def draft(self, edition: Edition) -> Draft:
        """An edition's draft; the attachment's number is the whole report's, not an extract's."""
        frame = self.frame(edition.words)
        own = frame if edition.is_whole else replace(frame, attachment="")
        report = make_report(own, self.plan, self.merged, previous=self.previous, scope=edition.scope)
        return Draft(report, self.template, self.settings.headings, edition.words)

    def frame(self, words: Words) -> Frame:
        """What the documents in a language say of themselves."""
        return replace(self.settings.frame_in(words.language), is_draft=self.is_draft, is_late=self.is_late)

    @cached_property
    def contents(self) -> str:
        """The digest of what the whole report says, draft or final, however it looks."""
        frame = self.settings.frame
        return contents_digest(make_report(frame, self.plan, self.merged, previous=self.previous))


def gather_sources(office: Office, plan: Plan) -> Sources:
    """What is held now, as drafts; they are late where a final was made that says something else.

    Raises:
        TemplateError: there is no template.
    """
    settings = office.workspace.settings
    made = Sources(
        settings=settings,
        plan=plan,
        merged=follow_up(office, plan),
        previous=previous_follow_up(office, plan),
        template=_template_bytes(office.workspace.template),
    )
    final = office.acts.last_final(settings.period.id)
    return replace(made, is_late=final is not None and final.contents != made.contents)


def final_report(office: Office, plan: Plan) -> FinalReport | None:
    """The period's latest final; None where there is none yet."""
    final = office.acts.last_final(office.workspace.settings.period.id)
    if final is None:
        return None
    is_current = final.contents == gather_sources(office, plan).contents
    return FinalReport(final.who, final.time, final.because, is_current)


def whole_inputs(office: Office, plan: Plan) -> str:
    """The digest of what the whole report is made from now."""
    settings = office.workspace.settings
    return gather_sources(office, plan).draft(whole_edition(settings, settings.words)).inputs


def pdf_of(docx: bytes, made: Draft) -> Pdf | NoPdf:
    """The document as an accessible PDF, or why there is none."""
    report, words = made.report, made.words
    if len(report.rows) > MOST_PDF_ROWS:
        return NoPdf(_TOO_LONG, _MAKE_IN_WORD, str(len(report.rows)))
    facts = PdfFacts(
        title=document_title(report, words),
        author=report.frame.municipality,
        language=language_tag(words.language),
        identifier=report.frame.period.case_number,
        subject=report.frame.period.label,
        day=report.frame.period.report_date,
    )
    return make_pdf(docx, facts, soffice=find_soffice())


def provenance_of(
    office: Office, sources: Sources, docx: bytes, pdf: Pdf | NoPdf | None, *, approval: Signature | None = None
) -> bytes:
    """Where each value of the report came from, the digests of all that it was made from, and who made it final.

    Raises:
        FolderError: plan.xlsx or seuranta.toml cannot be read now.
    """
    saves = {save.sequence: save.digest for save in office.archive.journal()}
    workspace = office.workspace
    digests = Digests(
        plan=_digest(read_file(workspace.plan)),
        template=_digest(sources.template),
        settings=_digest(read_file(workspace.root / SETTINGS_FILE)),
        docx=_digest(docx),
        pdf=_digest(pdf.data) if isinstance(pdf, Pdf) else "",
    )
    proof = Proof(digests, _proof(pdf), approval)
    return provenance_bytes(workspace.settings.period.id, sources.merged, saves, proof)


_TOO_LONG = N_("No PDF was made: the report has {value} rows, which takes minutes to lay out.")
_MAKE_IN_WORD = N_("Make it in Word when it is wanted, or set pdf = false in seuranta.toml.")
_NO_TEMPLATE = N_("{path}: the report's template is missing.")
_RESTORE_TEMPLATE = N_("Put the template back, or copy one from a new workspace: seuranta init DIR")


def _with_file_names(scopes: tuple[Scope, ...]) -> Iterator[tuple[Scope, str]]:
    """Each scope with its name in a file's: an officer and a division may bear one name, or names but for a sign."""
    taken: set[str] = set()
    for scope in scopes:
        name = first = Path(form_name(scope.name[:_LONGEST_NAME])).stem
        number = 1
        while (key := unicodedata.normalize("NFC", name).casefold()) in taken:
            number += 1
            name = f"{first} ({number})"
        taken.add(key)
        yield scope, name


def _proof(pdf: Pdf | NoPdf | None) -> PdfProof:
    if pdf is None:
        return PdfProof()
    claims = tuple(claim.value for claim in pdf.claims) if isinstance(pdf, Pdf) else ()
    return PdfProof(claims, tuple(f"{judged.claim.value}: {judged.said}" for judged in pdf.verdict))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _template_bytes(path: Path) -> bytes:
    if not path.exists():
        raise TemplateError(_NO_TEMPLATE, _RESTORE_TEMPLATE, path=path)
    return read_file(path)
