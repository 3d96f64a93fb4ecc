"""Guesses the degree that an officer most likely meant by other words: it is offered, never used by itself."""

import re

from generator.domain.base.scale import Scale
from generator.domain.base.text import visible, words_in

# Words beside the number that change nothing of it, in Finnish, Swedish and English.
_BESIDE_A_DEGREE = frozenset(
    words_in(
        "aste asteella etenemisaste taso tasolla tasoa vaihe vaiheessa arvo arvosana luokka kohta nro n numero noin "
        "ehkä lähes melkein ka grad genomförandegrad nivå steg värde nr ca cirka ungefär kanske nästan "
        "degree level step grade stage value no number about approximately approx around maybe almost circa"
    )
)
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        ("yksi ett en one", "kaksi två two", "kolme tre three", "neljä fyra four", "viisi fem five"), start=1
    )
    for word in words.split()
}
# `4/5`, `4 / 5`, `4 (1–5)`: out of the whole scale.
_OF_THE_SCALE = re.compile(r"\s*(?:/\s*([0-9]+)|\(?\s*[0-9]+\s*[-–]\s*([0-9]+)\s*\)?)\s*$")
# A part of a number, a share, or a sign that makes another number of it.
_ANOTHER_NUMBER = re.compile(r"[0-9]\s*[,.]\s*[0-9]|[%‰½¼¾⅓⅔]|[0-9]\s*[-–—/]\s*[0-9]|[-–−]\s*[0-9]")


def guess_degree(text: str, scale: Scale) -> int | None:
    """Returns the one degree in a text without other meaning: `taso 4`, `3 (kolme)`, `4/5`, `noin 4`; else None.

    Returns:
        A value of the scale; None where the text may mean anything else as well.
    """
    typed = _without_scale(visible(text).strip(), scale)
    if _ANOTHER_NUMBER.search(typed):
        return None
    words = [word for word in words_in(typed) if word not in _BESIDE_A_DEGREE]
    values = {int(word) if word.isascii() and word.isdigit() else _NUMBER_WORDS.get(word) for word in words}
    value = values.pop() if len(values) == 1 else None
    return value if value in {degree.value for degree in scale.degrees} else None


def _without_scale(text: str, scale: Scale) -> str:
    behind = _OF_THE_SCALE.search(text)
    highest = str(scale.degrees[-1].value)
    is_whole = behind is not None and behind.start() > 0 and highest in behind.groups()
    return text[: behind.start()] if behind and is_whole else text
