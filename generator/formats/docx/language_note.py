"""Says in one sentence which of a document's words are in another language than the document."""

from generator.domain.base.rule import N_
from generator.domain.base.settings import Language
from generator.domain.output.report import Report
from generator.formats.docx.document_language import series
from generator.i18n.words import Words


def language_note(report: Report, words: Words) -> str:
    """Returns the sentence on the officers' texts; an empty string if all of them are in the document's language.

    Source: DESIGN, section 5, Languages.
    """
    used = _languages(report)
    others = tuple(language for language in Language if language in used and language is not words.language)
    if not others:
        return ""
    message = _SOME if words.language in used else _ALL
    return words(message, languages=series(tuple(words(_IN[language]) for language in others), words))


def _languages(report: Report) -> frozenset[Language]:
    """Returns the languages in which the printed texts of officers are written."""
    own = Language(report.frame.language)
    voices = (voice for row in report.rows for voice in (*row.main_risks, *row.narratives))
    return frozenset(Language(voice.language) if voice.language else own for voice in voices)


_ALL = N_("The responsible officers' texts are {languages}.")
_SOME = N_("Some of the responsible officers' texts are {languages}.")
_IN = {
    Language.FINNISH: N_("in Finnish"),
    Language.SWEDISH: N_("in Swedish"),
    Language.ENGLISH: N_("in English"),
}
