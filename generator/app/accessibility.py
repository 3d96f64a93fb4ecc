"""Whether the documents of a template are accessible, as a sample with every state of a row shows.

All that keeps a draft from being accessible stands in its template. A final is looked at itself, see `finalize`.
"""

from generator.app.snapshot import Snapshot, key_of
from generator.disk.user_cache import open_user_cache
from generator.domain.base.canonical import fields_digest
from generator.domain.output.frame import Frame, frame_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.errors import TemplateError
from generator.formats.docx.rendering import RenderJob, render_apart
from generator.formats.docx_accessibility.checker import DocumentFault, check_document
from generator.i18n.words import Words


def accessibility_faults(snapshot: Snapshot, words: Words) -> tuple[DocumentFault, ...]:
    """What keeps the whole report in a language from being accessible; found once for a template and its settings."""
    settings, language = snapshot.settings, words.language
    frame = frame_of(settings, language)
    key = key_of(snapshot.templates.digest_of(language), language.value, settings.headings_digest, fields_digest(frame))
    if key not in _FOUND:
        _FOUND[key] = _find_once(key, snapshot, frame, words)
    return _FOUND[key]


# By all that a sample is made of. A program sees few templates before it ends.
_FOUND: dict[str, tuple[DocumentFault, ...]] = {}


def _find_once(key: str, snapshot: Snapshot, frame: Frame, words: Words) -> tuple[DocumentFault, ...]:
    """Finds the faults. Skips the search if an earlier process stored an empty file, which means no faults."""
    cache, name = open_user_cache(), f"{key}.accessible"
    if cache and cache.read(name) is not None:
        return ()
    found = _find(snapshot, frame, words)
    if cache and not found:
        cache.write(name, b"")
    return found


def _find(snapshot: Snapshot, frame: Frame, words: Words) -> tuple[DocumentFault, ...]:
    sample = sample_report(SampleKind.EVERY_STATE, frame)
    job = RenderJob(sample, snapshot.templates.of(words.language) or b"", snapshot.settings.headings, words.language)
    try:
        return check_document(render_apart(job))
    except TemplateError:  # `template check` tells it: the report itself could be printed
        return ()
