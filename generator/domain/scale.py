"""The official scale of progress and the overall statuses: one source for drop-downs, checks and document."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.domain.text import heading_key

# A slip of the pen keeps most letters of the label it meant, and is far from every other label.
SLIP_LIKENESS = 0.85
# A label may be cut short behind its number, but a letter or two say nothing.
LEAST_BEGINNING = 4
_NUMBERED = re.compile(r"(\d+)(?:[.,]0+)?\s*[.=:)–-]?\s*(.*)", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class Degree:
    """One step of the scale: its value (1–5 on the official scale) and its label in each language."""

    value: int
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DegreeReading:
    """What a degree cell said: the value (None: no single step of the scale) and whether its label was misspelt."""

    value: int | None
    misspelt: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    degrees: tuple[Degree, ...]

    def label(self, value: int, language: str) -> str:
        """The label of a value; an empty string where the settings no longer have the value."""
        return next((degree.labels[language] for degree in self.degrees if degree.value == value), "")

    def full_label(self, value: int, language: str) -> str:
        """`3 Toteutus on aloitettu, ei vielä valmis`: as drop-downs offer it and the document prints it."""
        return f"{value} {self.label(value, language)}".rstrip()

    def options(self, language: str) -> tuple[str, ...]:
        return tuple(self.full_label(degree.value, language) for degree in self.degrees)

    def read(self, text: str) -> DegreeReading:
        """The one step that the text names by number, by label, or by both; None where it names none or two."""
        numbered = _NUMBERED.fullmatch(text.strip())
        if numbered is None:
            return self._read_label(text)
        number, label = int(numbered[1]), numbered[2]
        if number not in (degree.value for degree in self.degrees):
            return DegreeReading(None)
        if not heading_key(label):
            return DegreeReading(number)
        if self._begins_label(number, heading_key(label)):
            return DegreeReading(number)
        reading = self._read_label(label)
        return reading if reading.value == number else DegreeReading(None)

    def _begins_label(self, value: int, key: str) -> bool:
        """Whether the words are the beginning of this step's label and of no other's."""
        return len(key) >= LEAST_BEGINNING and self._values_of_labels(lambda label: label.startswith(key)) == {value}

    def _read_label(self, text: str) -> DegreeReading:
        key = heading_key(text)
        exact = self._values_of_labels(lambda label: label == key)
        if exact:
            return DegreeReading(exact.pop() if len(exact) == 1 else None)
        near = self._values_of_labels(lambda label: _is_slip(key, label))
        return DegreeReading(near.pop(), misspelt=True) if len(near) == 1 else DegreeReading(None)

    def _values_of_labels(self, fits: Callable[[str], bool]) -> set[int]:
        return {
            degree.value for degree in self.degrees if any(fits(heading_key(label)) for label in degree.labels.values())
        }


@dataclass(frozen=True, slots=True)
class OverallStatus:
    """One overall status: word, shape and colour (six hex digits), so that it is never told by colour alone."""

    shape: str
    colour: str
    words: Mapping[str, str]

    @property
    def id(self) -> str:
        """The Finnish word: what the ledger and the JSON forms call the status."""
        return self.words["fi"]

    def text(self, language: str) -> str:
        return f"{self.shape} {self.words[language]}"


@dataclass(frozen=True, slots=True)
class OverallStatuses:
    statuses: tuple[OverallStatus, ...]

    def options(self, language: str) -> tuple[str, ...]:
        return tuple(status.text(language) for status in self.statuses)

    def get(self, status_id: str) -> OverallStatus | None:
        """The status of an id; None where the settings no longer have it."""
        return next((status for status in self.statuses if status.id == status_id), None)

    def read(self, text: str) -> OverallStatus | None:
        """The status whose word or shape the text is, in any language; None where it is none of them."""
        key = heading_key(text)
        for status in self.statuses:
            if (key and key in map(heading_key, status.words.values())) or text.strip() == status.shape:
                return status
        return None


def _is_slip(key: str, label: str) -> bool:
    return SequenceMatcher(None, key, label, autojunk=False).ratio() >= SLIP_LIKENESS
