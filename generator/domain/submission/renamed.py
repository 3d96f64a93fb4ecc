"""Finds a missing heading: a similar heading, or its place between its neighbours."""

from collections.abc import Iterable, Mapping

from generator.domain.base.heading import Field, Headings
from generator.domain.base.text import heading_key, likeness, words_in

# The headings of the previous period, which are longer, are less alike than this.
HEADING_LIKENESS = 0.7
# `Tilanne` is a part of `Kokonaistilanne`; shorter words (`goal`, `mål`) are a part of too much.
LEAST_PART = 6


def is_like(text: str, field: Field, headings: Headings) -> bool:
    """True if a heading is like a field's in any language, or a part of it: `Tilanne` of `Kokonaistilanne`."""
    return any(_are_like(text, label) for label in _labels(field, headings))


def holds_heading(text: str, field: Field, headings: Headings) -> bool:
    """True if a longer heading contains a field's whole heading: `Kokonaistilanne 30.6.`."""
    key = heading_key(text)
    return any(heading_key(label) in key for label in _labels(field, headings))


def is_longer(text: str, headings: Headings) -> bool:
    """True if a text is one of our headings with more words after it: `Etenemisaste edellisellä kaudella`."""
    words = words_in(text)
    labels = (words_in(label) for field in Field for label in _labels(field, headings))
    return any(words[: len(label)] == label and any(map(str.isalpha, words[len(label) :])) for label in labels)


def gap(field: Field, columns: Mapping[Field, int]) -> range:
    """Returns the 1-based columns between a missing field's neighbours in our forms; empty without both neighbours."""
    before, behind = _neighbours(field, columns)
    return range((before or 0) + 1, behind) if behind else range(0)


def has_neighbours(field: Field, columns: Mapping[Field, int]) -> bool:
    """True if fields before and after a missing one, in our forms' order, have columns in that order."""
    before, behind = _neighbours(field, columns)
    return before is not None and behind is not None and before < behind


def _neighbours(field: Field, columns: Mapping[Field, int]) -> tuple[int | None, int | None]:
    """Returns the 1-based columns of the nearest known fields before and after, in our forms' order."""
    order = [*Field]
    place = order.index(field)
    before = (columns[known] for known in reversed(order[:place]) if known in columns)
    behind = (columns[known] for known in order[place + 1 :] if known in columns)
    return next(before, None), next(behind, None)


def _labels(field: Field, headings: Headings) -> Iterable[str]:
    return (label for heading in headings.headings if heading.field is field for label in heading.labels.values())


def _are_like(text: str, label: str) -> bool:
    key, own = heading_key(text), heading_key(label)
    is_part = key in own or set(words_in(text)) <= set(words_in(label))
    return (is_part and len(key) >= LEAST_PART) or likeness(key, own, HEADING_LIKENESS) > 0
