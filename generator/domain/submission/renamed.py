"""Where a heading went that is not found: a heading like it, or its place between its neighbours."""

from collections.abc import Iterable, Mapping

from generator.domain.base.heading import Field, Headings
from generator.domain.base.text import heading_key, likeness, words_in

# The headings of the previous period, with more words behind them, are less alike than this.
HEADING_LIKENESS = 0.7
# `Tilanne` is a part of `Kokonaistilanne`; shorter words (`goal`, `mål`) are a part of too much.
LEAST_PART = 6


def is_like(text: str, field: Field, headings: Headings) -> bool:
    """Whether a heading is like a field's in any language, or a part of it: `Tilanne` of `Kokonaistilanne`."""
    return any(_are_like(text, label) for label in _labels(field, headings))


def holds_heading(text: str, field: Field, headings: Headings) -> bool:
    """Whether a field's whole heading stands in a longer one: `Kokonaistilanne 30.6.`."""
    key = heading_key(text)
    return any(heading_key(label) in key for label in _labels(field, headings))


def gap(field: Field, columns: Mapping[Field, int]) -> range:
    """The 1-based columns between a missing field's neighbours, in the order of our forms; empty where one lacks."""
    order = [*Field]
    before = [columns[known] for known in order[: order.index(field)] if known in columns]
    behind = [columns[known] for known in order[order.index(field) + 1 :] if known in columns]
    first = before[-1] if before else 0
    return range(first + 1, behind[0]) if behind else range(0)


def _labels(field: Field, headings: Headings) -> Iterable[str]:
    return (label for heading in headings.headings if heading.field is field for label in heading.labels.values())


def _are_like(text: str, label: str) -> bool:
    key, own = heading_key(text), heading_key(label)
    is_part = key in own or set(words_in(text)) <= set(words_in(label))
    return (is_part and len(key) >= LEAST_PART) or likeness(key, own, HEADING_LIKENESS) > 0
