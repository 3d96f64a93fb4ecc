"""The language of a document, and the degrees as it prints them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.domain.base.settings import Language
from generator.domain.output.frame import Frame
from generator.domain.output.names import PLAN_NAMES, TranslatedNames
from generator.domain.plan.goals import Goal
from generator.formats.docx.runs import CellParagraph, Role
from generator.i18n.words import Words

LANGUAGE_TAGS = {Language.FINNISH: "fi-FI", Language.SWEDISH: "sv-FI", Language.ENGLISH: "en-GB"}


@dataclass(frozen=True, slots=True)
class DocumentLanguage:
    """The language a document is written in, with the degrees as it prints them (None: `Ei arvioitavissa`).

    `own` is the BCP 47 tag of the plan's and the officers' words where they are in another language, else empty.
    `names` are those of posts and divisions in the document's language.
    """

    words: Words
    degrees: Mapping[int | None, str]
    own: str = ""
    names: TranslatedNames = PLAN_NAMES

    @property
    def language(self) -> str:
        return self.words.language.value

    def mark(self, language: str) -> str:
        """Returns the tag for words in a language (an empty string: the plan's); empty if it is the document's."""
        if not language:
            return self.own
        return "" if language == self.language else language_tag(Language(language))

    def degree(self, value: int | None) -> str:
        """Returns a degree as printed; only its number if the settings no longer have it."""
        return self.degrees.get(value) or str(value)


def document_language(frame: Frame, words: Words) -> DocumentLanguage:
    """Makes the language of a document from its frame and the words of that language."""
    degrees: dict[int | None, str] = {None: words.not_assessable()}
    for degree in frame.scale.degrees:
        degrees[degree.value] = frame.scale.full_label(degree.value, words.language.value)
    own = Language(frame.language)
    tag = "" if own is words.language else language_tag(own)
    return DocumentLanguage(words, MappingProxyType(degrees), tag, frame.names)


def goal_line(goal: Goal, lang: DocumentLanguage) -> CellParagraph:
    """Returns a goal's code and title, in the document's language if the plan has it, else in the plan's own."""
    translated = goal.title_in(lang.language) if lang.own else ""
    return CellParagraph(f"{goal.code} {translated or goal.title}", language="" if translated else lang.own)


def post_line(name: str, lang: DocumentLanguage, role: Role = Role.TEXT) -> CellParagraph:
    """Returns an officer's name, in the document's language if the plan has it, else in the plan's own."""
    return CellParagraph(lang.names.post(name), role, language="" if lang.names.has_post(name) else lang.own)


def division_line(name: str, lang: DocumentLanguage) -> tuple[str, str]:
    """Returns a division's name (`Ei toimialuetta` for an empty one), and the tag of its language as in `post_line`."""
    language = "" if not name or lang.names.has_division(name) else lang.own
    return lang.names.division(name) or lang.words("No division"), language


def posts_language(names: Iterable[str], lang: DocumentLanguage) -> str:
    """Returns the tag of the language of officers' names in one list; empty if all are in the document's."""
    return "" if all(map(lang.names.has_post, names)) else lang.own


def posts(names: Iterable[str], lang: DocumentLanguage) -> str:
    """Returns officers' names as a list."""
    return lang.words.list(map(lang.names.post, names))


def language_tag(language: Language) -> str:
    """Returns the language as documents name it: `fi-FI`."""
    return LANGUAGE_TAGS[language]


def one_line(text: str) -> str:
    """Returns the text without line ends, for headings and other single lines."""
    return " ".join(text.split())


def series(items: tuple[str, ...], words: Words) -> str:
    """Joins items as `a, b and c`."""
    if len(items) == 1:
        return items[0]
    return words("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])
