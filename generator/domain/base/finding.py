"""Findings: faults and questions in people's files, as values."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.domain.base.personal import mask_identity_codes
from generator.domain.base.rule import Severity
from generator.domain.base.rules import RULES

SHOWN_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook: sheet by name, cell by letter and number (`F12`); None where it is the whole file."""

    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, question or note.

    `rule` is a word of `RULES`; `value` is what was read; `allowed` is what is allowed instead; `code` is the
    goal that the row is about, where it is known. `key` is unique to each question, so that its answer is
    known again; an empty string for what is no question. A personal identity code in `value` or `allowed` is masked,
    whoever makes the finding.
    """

    rule: str
    place: Place = Place()
    code: str | None = None
    value: str = ""
    allowed: tuple[str, ...] = ()
    key: str = ""

    def __post_init__(self) -> None:
        """Masks personal identity codes: what a finding shows goes into receipts, pages, logs and JSON."""
        object.__setattr__(self, "value", mask_identity_codes(self.value))
        object.__setattr__(self, "allowed", tuple(map(mask_identity_codes, self.allowed)))

    @property
    def severity(self) -> Severity:
        """The severity of the finding's rule."""
        return RULES[self.rule].severity


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Returns the findings that are errors."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def shown(text: str) -> str:
    """Returns a value as findings show it: on one line, at most `SHOWN_LENGTH` characters."""
    # Masked before it is cut: half a code would be known by nobody as one, and shown.
    line = " ".join(mask_identity_codes(text).split())
    return line if len(line) <= SHOWN_LENGTH else line[: SHOWN_LENGTH - 1] + "…"
