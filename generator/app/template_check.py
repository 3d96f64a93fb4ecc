"""`seuranta template check`: everything that a run would refuse in a template, and what its author may want to know."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.domain.base.settings import Language, Settings
from generator.domain.output.frame import frame_of
from generator.domain.output.report import Report
from generator.domain.output.sample import SampleKind, sample_report
from generator.errors import StoppedTemplateError, TemplateError
from generator.formats.docx.faults import NOT_A_DOCUMENT
from generator.formats.docx.printed_values import DocumentText
from generator.formats.docx.rendering import RenderJob, find_faults_apart, render_apart
from generator.formats.docx.required_content import check_whole_content
from generator.formats.docx.template_questions import find_questions, unprinted_fields
from generator.formats.docx.template_words import find_own_words
from generator.formats.docx.written_text import LOST_TEXT
from generator.formats.docx_accessibility.checker import DOCUMENT_RULES, DocumentFault, check_document
from generator.formats.opc.xml import PackageError
from generator.workspace.folders import read_file


@dataclass(frozen=True, slots=True)
class TemplateFaults:
    """The faults of a template: those for which no report is made, those of accessibility, questions to its author.

    `tags` and `document` were found by reading the template, `printed` and `sample` by printing sample reports;
    `sample` are the faults of accessibility by rules that the template itself keeps.
    """

    tags: tuple[TemplateError, ...]
    document: tuple[DocumentFault, ...]
    questions: tuple[TemplateError, ...] = ()
    printed: tuple[TemplateError, ...] = ()
    sample: tuple[DocumentFault, ...] = ()

    @property
    def errors(self) -> tuple[TemplateError, ...]:
        """All for which no report is made."""
        return (*self.tags, *self.printed)

    @property
    def are_errors(self) -> bool:
        """True if a report cannot be made, or would break an accessibility rule that is an error."""
        return bool(self.errors) or any(DOCUMENT_RULES[fault.rule].is_error for fault in (*self.document, *self.sample))


@dataclass(frozen=True, slots=True)
class _Printed:
    """What printing the samples gave: faults, questions, and the accessibility of what was printed."""

    faults: tuple[TemplateError, ...] = ()
    questions: tuple[TemplateError, ...] = ()
    document: tuple[DocumentFault, ...] = ()


def check_template(path: Path, settings: Settings, languages: tuple[Language, ...] = ()) -> TemplateFaults:
    """Finds all faults of a Word template: in what it says, and in the sample reports that are printed with it.

    Args:
        languages: those of the reports that the template makes; (): all of the settings.

    Raises:
        FolderError: the file cannot be read.
        TemplateError: it is no Word document.
    """
    return faults_of(read_file(path), settings, languages)


def faults_of(template: bytes, settings: Settings, languages: tuple[Language, ...] = ()) -> TemplateFaults:
    """What `check_template` finds in a template's bytes."""
    languages = languages or settings.languages
    tags = find_faults_apart(template)
    try:
        document = check_document(template)
    except PackageError as error:
        # What the tags' reader found tells why the document cannot be read.
        raise (tags[0] if tags else TemplateError(*NOT_A_DOCUMENT)) from error
    printed = _Printed() if tags else _print_samples(template, settings, languages)
    # A rule that the template breaks is broken in the sample too, at places that the template does not have.
    rules = {fault.rule for fault in document}
    sample = tuple(fault for fault in printed.document if fault.rule not in rules)
    questions = (*find_questions(template), *_own_words(template, settings, languages), *printed.questions)
    return TemplateFaults(tags, document, questions, printed.faults, sample)


def _own_words(template: bytes, settings: Settings, languages: tuple[Language, ...]) -> Iterator[TemplateError]:
    """Asks about words in the template itself, if reports in several languages have them."""
    if len(languages) > 1:
        names = (name for language in languages for name in settings.names_in(language)[:2])
        yield from find_own_words(template, languages, tuple(names))


def _print_samples(template: bytes, settings: Settings, languages: tuple[Language, ...]) -> _Printed:
    """Prints every sample as a run prints its report, and reads each back."""
    faults: dict[tuple[object, ...], TemplateError] = {}
    printed: list[tuple[DocumentText, Report]] = []
    document: tuple[DocumentFault, ...] = ()
    for kind, language in _samples(languages):
        report = sample_report(kind, frame_of(settings, language))
        try:
            docx = render_apart(RenderJob(report, template, settings.headings, language))
        except StoppedTemplateError as error:
            return _Printed((error,))
        except TemplateError as error:
            faults.setdefault(_kind(error), error)
            continue
        checked = check_whole_content(docx, report)
        # A field for a text is asked about: a report without that text can be made.
        stopping = tuple(fault for fault in checked.faults if fault.message != LOST_TEXT[0])
        for fault in stopping:
            faults.setdefault(_kind(fault), fault)
        printed.append((checked.text, report))
        if kind is SampleKind.EVERY_STATE and language is languages[0] and not stopping:
            document = check_document(docx)
    return _Printed(tuple(faults.values()), unprinted_fields(printed) if not faults else (), document)


def _kind(fault: TemplateError) -> tuple[object, ...]:
    """What makes a fault one with that of another sample: all but the goals that it is told of."""
    return (fault.message, *(str(value) for name, value in fault.values.items() if name != "codes"))


def _samples(languages: tuple[Language, ...]) -> Iterator[tuple[SampleKind, Language]]:
    """Every sample in the first language, and the one with all states in another: its texts are of other lengths."""
    other = next(language for language in (*languages, *Language) if language is not languages[0])
    yield from ((kind, languages[0]) for kind in SampleKind)
    yield SampleKind.EVERY_STATE, other
