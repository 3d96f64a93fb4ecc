"""The official scale of progress and the overall statuses, for drop-downs, checks and the document."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.text import are_misspelt, heading_key, likeness, short_words, visible, words_in

# A slip of the pen keeps most letters of the label it meant, and is far from every other label.
SLIP_LIKENESS = 0.85
# After its number a label may be cut short, but not to a letter or two.
LEAST_BEGINNING = 4
# `3`, `3.`, `3,0`, `3)`, `3 = Label`; not `3 %`, `3+`, `3–4` or `3?`, which say something else or more.
_NUMBERED = re.compile(r"([0-9]+)(?:[.,]0+)?(?:\s*[.:)]?|\s*[.,=:)–—-]?\s*\(?(\w.*))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Degree:
    """One step of the scale: its value (1–5 on the official scale) and its label in each language."""

    value: int
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DegreeReading:
    """A degree cell as read: the value (None: no single step of the scale), and whether its label was misspelt."""

    value: int | None
    misspelt: bool = False


@dataclass(frozen=True)
class Scale:
    """The degrees of progress, from the lowest to the highest."""

    degrees: tuple[Degree, ...]

    def label(self, value: int, language: str) -> str:
        """Returns the label of a value; an empty string if the settings no longer have the value."""
        return next((degree.labels[language] for degree in self.degrees if degree.value == value), "")

    def full_label(self, value: int, language: str) -> str:
        """Returns `3 Toteutus on aloitettu, ei vielä valmis`, as in the drop-downs and the document."""
        return f"{value} {self.label(value, language)}".rstrip()

    def options(self, language: str) -> tuple[str, ...]:
        """Returns the degrees to choose from in a language, from the lowest to the highest."""
        return tuple(self.full_label(degree.value, language) for degree in self.degrees)

    def is_comparable(self, other: "Scale") -> bool:
        """True if both scales have the same degrees: equal values, and labels that differ by a few letters at most."""
        if [degree.value for degree in self.degrees] != [degree.value for degree in other.degrees]:
            return False
        pairs = zip(self.degrees, other.degrees, strict=True)
        return all(_are_alike(one.labels, two.labels) for one, two in pairs)

    def read(self, text: str) -> DegreeReading:
        """Reads the one step that the text names by number, by label, or by both; None if it names none or two."""
        return self._choices.get(text) or self._read(text)

    @cached_property
    def _choices(self) -> Mapping[str, DegreeReading]:
        """The readings of the texts in the drop-down, which nearly all cells have, and of the numbers alone."""
        languages = {language for degree in self.degrees for language in degree.labels}
        labels = {label for language in languages for label in self.options(language)}
        numbers = {str(degree.value) for degree in self.degrees}
        return MappingProxyType({text: self._read(text) for text in labels | numbers})

    def _read(self, text: str) -> DegreeReading:
        typed = visible(text).strip()
        numbered = _NUMBERED.fullmatch(typed)
        if numbered is None:
            return self._read_label(typed, _is_slip_alone)
        number, label = int(numbered[1]), numbered[2] or ""
        if number not in (degree.value for degree in self.degrees):
            return DegreeReading(None)
        if not label or self._begins_label(number, heading_key(label)):
            return DegreeReading(number)
        reading = self._read_label(label, _is_slip_beside_number)
        return reading if reading.value == number else DegreeReading(None)

    def _begins_label(self, value: int, key: str) -> bool:
        """True if the words are the beginning of this step's label and of no other's."""
        beginning = self._values_of_labels(lambda label: heading_key(label).startswith(key))
        return len(key) >= LEAST_BEGINNING and beginning == {value}

    def _read_label(self, text: str, is_slip: Callable[[str, str], bool]) -> DegreeReading:
        key = heading_key(text)
        exact = self._values_of_labels(lambda label: heading_key(label) == key)
        if exact:
            return DegreeReading(exact.pop() if len(exact) == 1 else None)
        near = self._values_of_labels(lambda label: is_slip(text, label))
        return DegreeReading(near.pop(), misspelt=True) if len(near) == 1 else DegreeReading(None)

    def _values_of_labels(self, fits: Callable[[str], bool]) -> set[int]:
        return {degree.value for degree in self.degrees if any(map(fits, degree.labels.values()))}


@dataclass(frozen=True, slots=True)
class OverallStatus:
    """One overall status: word, shape and colour (six hex digits), since colour alone must never carry the meaning.

    `needs_attention`: the summary names the goals that have it.
    """

    shape: str
    colour: str
    words: Mapping[str, str]
    needs_attention: bool = True

    @property
    def id(self) -> str:
        """The Finnish word, which ledger and JSON use as the status's id."""
        return self.words["fi"]

    def text(self, language: str) -> str:
        """The status as the report prints it: its sign and its word."""
        return f"{self.shape} {self.words[language]}"


@dataclass(frozen=True)
class OverallStatuses:
    """The choices for the column Kokonaistilanne, in the order of the settings."""

    statuses: tuple[OverallStatus, ...]

    def options(self, language: str) -> tuple[str, ...]:
        """Returns the statuses to choose from in a language."""
        return tuple(status.text(language) for status in self.statuses)

    def get(self, status_id: str) -> OverallStatus | None:
        """Returns the status with this id; None if the settings no longer have it."""
        return next((status for status in self.statuses if status.id == status_id), None)

    def read(self, text: str) -> OverallStatus | None:
        """Reads the status whose word or shape the text is, in any language; None if it is none of them, or two."""
        return self._choices.get(text) or self._read(text)

    @cached_property
    def _choices(self) -> Mapping[str, OverallStatus | None]:
        """The readings of the texts in the drop-down, which nearly all cells have, and of the words alone."""
        labels = {status.text(language) for status in self.statuses for language in status.words}
        words = {word for status in self.statuses for word in status.words.values()}
        return MappingProxyType({text: self._read(text) for text in labels | words})

    def _read(self, text: str) -> OverallStatus | None:
        typed = visible(text).strip()
        shapes = {status.shape for status in self.statuses if _stands_in(status.shape, typed)}
        status = next((status for status in self.statuses if _is_word_or_shape(typed, status)), None)
        return status if status and shapes <= {status.shape} else None


def _stands_in(shape: str, typed: str) -> bool:
    """True if the shape is in the text; letters are no shapes, as they may be part of a word."""
    return not heading_key(shape) and visible(shape) in typed


def _is_word_or_shape(typed: str, status: OverallStatus) -> bool:
    key = heading_key(typed)
    return (key != "" and key in map(heading_key, status.words.values())) or typed == visible(status.shape)


def _is_slip_alone(text: str, label: str) -> bool:
    return are_misspelt(words_in(text), words_in(label))


def _is_slip_beside_number(text: str, label: str) -> bool:
    """True if the label beside a number is misspelt only in letters, not in words like `ei` that change its meaning."""
    same = short_words(text) == short_words(label)
    return same and likeness(heading_key(text), heading_key(label), SLIP_LIKENESS) > 0


def _are_alike(labels: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """True if the labels of a degree are alike in each language that both have."""
    shared = labels.keys() & others.keys()
    return all(
        likeness(heading_key(labels[language]), heading_key(others[language]), SLIP_LIKENESS) > 0 for language in shared
    )
