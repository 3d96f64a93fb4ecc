"""`seuranta template preview`: fills the template with a sample report that has a row in every state."""

from dataclasses import dataclass
from pathlib import Path

from generator.app.documents import pdf_facts
from generator.app.own_copies import require_free, write_copy
from generator.app.template_check import TemplateFaults, faults_of
from generator.domain.base.settings import Settings
from generator.domain.output.frame import frame_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.formats.docx.document_mark import is_document_unchanged
from generator.formats.docx.rendering import RenderJob, render_apart
from generator.formats.pdf.conversion import NoPdf, find_soffice, make_pdf
from generator.i18n.words import Words
from generator.workspace.folders import read_file
from generator.workspace.templates import TemplateFile


@dataclass(frozen=True, slots=True)
class Preview:
    """The sample documents that were written; `pdf` is the PDF's path, or why there is none."""

    docx: Path
    pdf: Path | NoPdf


def preview_template(
    template: TemplateFile, settings: Settings, words: Words, out: Path | None
) -> Preview | TemplateFaults:
    """Writes the sample as .docx and PDF into a folder (None: the template's), or returns the faults that stop a run.

    The words are of the sample's language.

    Raises:
        FolderError: the template cannot be read, or a person's file stands where the sample would.
        TemplateError: the template is no Word document.
    """
    content = read_file(template.path)
    faults = faults_of(content, settings, template.languages)
    if faults.errors:
        return faults
    place = (out or template.path.parent) / _name(template, settings, words)
    _require_free(place)
    report = sample_report(SampleKind.EVERY_STATE, frame_of(settings, words.language))
    docx = render_apart(RenderJob(report, content, settings.headings, words.language))
    pdf = make_pdf(docx, pdf_facts(report, words), soffice=find_soffice())
    assert pdf is not None, "nobody cancels it"
    write_copy(place, docx)
    if isinstance(pdf, NoPdf):
        place.with_suffix(".pdf").unlink(missing_ok=True)  # an older one would not be of this template
        return Preview(place, pdf)
    write_copy(place.with_suffix(".pdf"), pdf.data)
    return Preview(place, place.with_suffix(".pdf"))


def _name(template: TemplateFile, settings: Settings, words: Words) -> str:
    is_told = words.language is settings.language or template.path.stem.endswith(f".{words.language.value}")
    language = "" if is_told else f"-{words.language.value}"
    return f"{template.path.stem}.esikatselu{language}.docx"


def _require_free(place: Path) -> None:
    """Raises FolderError if a person's file is there. A PDF is ours if its .docx lies unchanged beside it."""
    require_free(place, is_document_unchanged)
    require_free(place.with_suffix(".pdf"), lambda _: place.exists())
