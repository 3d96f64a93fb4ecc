"""Reads what people type: compares names, cleans texts, and recognises blanks and misspellings."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

# XML 1.0, section 2.2: the only characters a document can hold.
_UNHOLDABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Soft hyphen, zero-width blanks and joiners, marks of writing direction, selectors of an emoji's look.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]")
_NO_LETTERS = re.compile(r"[\W_]+")
_DASHES = re.compile(r"\s*[-‐‑–—−_]+\s*")
# Of a mistyped word most letters stay right; short words and numbers are too easily confused.
SLIP_OF_A_WORD, LONGEST_SHORT_WORD = 0.8, 4


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """Returns the form in which names of officers and headings are compared: NFC, case-folded, single blanks."""
    return " ".join(visible(unicodedata.normalize("NFC", name)).casefold().split())


def clean_name(name: str) -> str:
    """Returns a name as it is printed: NFC, single spaces, no invisible characters such as direction marks."""
    return " ".join(visible(unicodedata.normalize("NFC", name)).split())


def text_key(text: str) -> str:
    """Returns a text in comparable form, without differences of case, blanks and invisible characters."""
    return _short_text_key(text) if len(text) <= _LONGEST_GIVEN else _text_key(text)


def same_name(one: str, other: str) -> bool:
    """True if two names differ at most in case, blanks and Unicode form."""
    return name_key(one) == name_key(other)


def same_text(text: str) -> str:
    """Returns the form in which texts are compared: NFC, line feeds, plain blanks, no blanks at the ends of lines."""
    lines = clean_text(unicodedata.normalize("NFC", text)).replace("\u00a0", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip()


def heading_key(heading: str) -> str:
    """Returns a heading as it is compared: only letters and digits (`Kokonais-⏎tilanne`: `kokonaistilanne`)."""
    return _short_key(heading) if len(heading) <= _REMEMBERED else _key(heading)


def words_in(text: str) -> tuple[str, ...]:
    """Returns the words and numbers of a text, case-folded."""
    return _short_words(text) if len(text) <= _REMEMBERED else _words(text)


def short_words(text: str) -> tuple[str, ...]:
    """Returns the short words that decide a text's meaning (`ei`, `on`, `not`, `inte`), and its numbers."""
    return tuple(word for word in words_in(text) if len(word) <= LONGEST_SHORT_WORD or not word.isalpha())


def are_misspelt(words: tuple[str, ...], meant: tuple[str, ...]) -> bool:
    """True if the words are the same one by one, except for a letter or two in long words."""
    return len(words) == len(meant) and all(map(_is_slip, words, meant))


def letter_pairs(text: str) -> frozenset[str]:
    """Returns the pairs of neighbouring letters in a text, by which texts are compared whatever their word order."""
    return _short_pairs(text) if len(text) <= _REMEMBERED else _pairs(text)


def share_of_pairs(one: frozenset[str], other: frozenset[str]) -> float:
    """Returns the share of letter pairs that two texts have in common, from 0 to 1."""
    return 2 * len(one & other) / max(len(one) + len(other), 1)


def likeness(one: str, other: str, least: float) -> float:
    """Returns how alike two texts are, from 0 to 1; 0 if it is less than `least`."""
    if 2 * min(len(one), len(other)) < least * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    ratio = matcher.ratio() if matcher.quick_ratio() >= least else 0.0
    return ratio if ratio >= least else 0.0


def visible(text: str) -> str:
    """Returns the text without invisible characters that have no width."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def clean_text(text: str) -> str:
    r"""Returns the text without control characters that no document can hold; line ends become `\n`."""
    if text.isprintable():
        return text
    return _UNHOLDABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_clean(text: str) -> bool:
    """True if a document can hold every character of the text."""
    return text.isprintable() or _UNHOLDABLE.search(text) is None


def is_blank(text: str) -> bool:
    """True if the text has no visible character."""
    return not text[:1].isalnum() and not visible(text).strip()


def is_dash(text: str) -> bool:
    """True if the text is one or two dashes, which people type for an empty cell."""
    return _DASHES.fullmatch(visible(text)) is not None


def struck_words(runs: Iterable[tuple[str, bool]]) -> str | None:
    """Returns the struck-through words of a text; None if there are none.

    Args:
        runs: the parts of the text in their order, each with whether it is struck through.
    """
    parts = ("".join(text for text, _ in group) for is_struck, group in groupby(runs, itemgetter(1)) if is_struck)
    return " … ".join(part.strip() for part in parts if not is_blank(part)) or None


def _key(text: str) -> str:
    plain = visible(unicodedata.normalize("NFC", text))
    return _NO_LETTERS.sub("", plain.casefold())


def _text_key(text: str) -> str:
    return " ".join(visible(text).casefold().split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", visible(unicodedata.normalize("NFC", text)).casefold()))


def _pairs(text: str) -> frozenset[str]:
    key = heading_key(text)
    return frozenset(key[index : index + 2] for index in range(len(key) - 1))


# Headings, labels and titles come again with each row; long texts do not.
_REMEMBERED = 500
_short_key = lru_cache(maxsize=10_000)(_key)
# Only short texts are cached: those that are the same in all forms.
_LONGEST_GIVEN = 100
_short_text_key = lru_cache(maxsize=2_000)(_text_key)
_short_words = lru_cache(maxsize=10_000)(_words)
_short_pairs = lru_cache(maxsize=10_000)(_pairs)


def _is_slip(word: str, meant: str) -> bool:
    if word == meant:
        return True
    if not meant.isalpha() or min(len(word), len(meant)) <= LONGEST_SHORT_WORD:
        return False
    return likeness(word, meant, SLIP_OF_A_WORD) > 0
