"""Reading what people type: names compared, texts cleaned, blanks told from words."""

import re
import unicodedata
from functools import lru_cache

# XML 1.0, section 2.2: the only characters a document can hold.
_UNHOLDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """The form in which names of people's posts and headings compare: NFC, case-folded, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def same_name(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)


def heading_key(heading: str) -> str:
    """A heading as compared: letters and digits only, so that `Kokonais-⏎tilanne` is `Kokonaistilanne`."""
    visible = unicodedata.normalize("NFC", heading).translate(_INVISIBLE)
    return "".join(letter for letter in visible.casefold() if letter.isalnum())


def clean_text(text: str) -> str:
    """The text without the control characters that no document can hold; line ends become `\\n`."""
    return _UNHOLDABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_clean(text: str) -> bool:
    return _UNHOLDABLE.search(text) is None


def is_blank(text: str) -> bool:
    """Whether nothing that a reader could see stands in the text."""
    return not text.translate(_INVISIBLE).strip()
