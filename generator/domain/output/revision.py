"""What a later version of a report replaces: the version before it, and what that printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.domain.output.written_texts import NO_TEXTS, WrittenTexts


@dataclass(frozen=True, slots=True)
class ReplacedVersion:
    """The final version that a document replaces: its number, the day on which it was made final, and its texts.

    `texts` are what it printed of the goals, by the bookmarks' names (`g_01_02_narrative`), in the document's language;
    None where that is not known. `written` are its texts of the sheet of texts in that language.
    """

    version: int
    day: date
    texts: Mapping[str, str] | None
    written: WrittenTexts = NO_TEXTS
