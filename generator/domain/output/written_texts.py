"""The texts of the report that its maker writes: foreword, compiled assessment, closing words, and remarks on goals."""

from collections.abc import Container
from dataclasses import dataclass

from generator.domain.base.canonical import HasDigest
from generator.domain.follow_up.edit_acts import TEXT_PLACES

FOREWORD, ASSESSMENT, CLOSING = TEXT_PLACES


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text with its place in the report and its language (fi, sv, en), who wrote it and when.

    The place is one of `TEXT_PLACES`, or the code of the council-term goal that the text is a remark on.
    """

    place: str
    language: str
    text: str
    who: str = ""
    time: str = ""


@dataclass(frozen=True)
class WrittenTexts(HasDigest):
    """The texts that are written now, in the order of place and language; those that are empty are left out."""

    texts: tuple[PlacedText, ...] = ()

    def get(self, place: str, language: str) -> str:
        """Returns the text of a place in a language; an empty string if none is written."""
        return next((each.text for each in self.texts if (each.place, each.language) == (place, language)), "")

    def of_place(self, place: str) -> str:
        """Returns the text of a place where all texts have one language, as those of a document have."""
        return next((each.text for each in self.texts if each.place == place), "")

    def in_language(self, language: str) -> "WrittenTexts":
        """Returns the texts in a language: those that a document in it prints."""
        return WrittenTexts(tuple(each for each in self.texts if each.language == language))

    def printed_with(self, codes: Container[str]) -> "WrittenTexts":
        """Returns the texts without remarks on goals other than these council-term goals."""
        return WrittenTexts(tuple(each for each in self.texts if each.place in TEXT_PLACES or each.place in codes))


NO_TEXTS = WrittenTexts()
