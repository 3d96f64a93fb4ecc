"""The names of the places of texts in the report."""

from collections.abc import Mapping

from generator.domain.base.rule import N_
from generator.domain.follow_up.edit_acts import TEXT_PLACES
from generator.i18n.words import Words

_LABELS = dict(zip(TEXT_PLACES, (N_("Foreword"), N_("Compiled assessment"), N_("Closing words")), strict=True))


def place_words(place: str, titles: Mapping[str, str], words: Words) -> str:
    """Returns the name of a text's place: a heading of the report, or the goal's code and title."""
    return words(_LABELS[place]) if place in _LABELS else f"{place} {titles.get(place, '')}".rstrip()
