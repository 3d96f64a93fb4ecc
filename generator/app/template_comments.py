"""`seuranta template comments`: a copy of the template with a Word comment at each fault and question."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.app.folded_faults import ToldFault, fold, tell_document_faults, tell_faults
from generator.app.own_copies import require_free, write_copy
from generator.app.template_check import TemplateFaults, faults_of
from generator.domain.base.rule import N_
from generator.domain.base.settings import Settings
from generator.formats.docx.comments import is_copy_unchanged
from generator.formats.docx.faults import TemplateComment
from generator.formats.docx.rendering import CommentJob, comment_apart
from generator.i18n.words import Words
from generator.workspace.folders import read_file
from generator.workspace.templates import TemplateFile

# The most places of the same fault that a comment names.
MOST_PLACES = 20
_ENDING = ".kommentit"


@dataclass(frozen=True, slots=True)
class CommentedCopy:
    """The faults, and the path of the copy; None if there was nothing to comment."""

    faults: TemplateFaults
    path: Path | None


def comment_template(template: TemplateFile, settings: Settings, words: Words, out: Path | None) -> CommentedCopy:
    """Writes the commented copy to `out`, or beside the template.

    Raises:
        FolderError: the template cannot be read, or a person's file stands where the copy would.
        TemplateError: the template cannot be opened.
    """
    content = read_file(template.path)
    faults = faults_of(content, settings, template.languages)
    comments = tuple(make_comments(faults, words))
    if not comments:
        return CommentedCopy(faults, None)
    place = out or template.path.with_name(f"{template.path.stem.removesuffix(_ENDING)}{_ENDING}.docx")
    require_free(place, is_copy_unchanged)
    write_copy(place, comment_apart(CommentJob(content, comments)))
    return CommentedCopy(faults, place)


def make_comments(faults: TemplateFaults, words: Words) -> Iterator[TemplateComment]:
    """The comments: one for each fault, at its first place. The template does not have the places of the samples."""
    told = (
        *tell_faults((*faults.errors, *faults.questions), words),
        *(_of_sample(fault, words) for fault in tell_document_faults(faults.sample, words)),
        *tell_document_faults(faults.document, words),
    )
    for alike in fold(told):
        first = alike[0]
        yield TemplateComment("\n".join(_lines(alike, words)), first.paragraph, first.place)


def _of_sample(fault: ToldFault, words: Words) -> ToldFault:
    return replace(fault, sentence=words(_IN_SAMPLE, fault=fault.sentence), place=None)


def _lines(alike: tuple[ToldFault, ...], words: Words) -> Iterator[str]:
    """What is wrong, where else, and what to do."""
    yield alike[0].sentence
    others = [fault.where for fault in alike[1:] if fault.where]
    if others:
        yield words(_ALSO)
        yield from others[:MOST_PLACES]
    if len(others) > MOST_PLACES:
        rest = len(others) - MOST_PLACES
        yield words.plural("… and {count} more place", "… and {count} more places", rest)
    yield alike[0].advice


_IN_SAMPLE = N_("In the sample report, see seuranta template preview: {fault}")
_ALSO = N_("Also here:")
