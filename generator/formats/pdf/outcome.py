"""The wanted properties of a PDF, and the result: a PDF with its claims, or the reason why there is none."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from generator.domain.base.rule import N_

NOT_ACCESSIBLE = N_("The PDF does not keep to PDF/UA-1, so it is not accessible: {value}")
NOT_HYPHENATED = (
    N_("No word of the PDF is hyphenated: LibreOffice lacks the hyphenation dictionary of its language."),
    N_(
        "Install it, so that long words end their lines rightly: for Finnish the packages libreoffice-voikko and "
        "voikko-fi, for Swedish hyphen-sv. Then remove the PDF, and the next run makes it again."
    ),
)


class Conformance(StrEnum):
    """The standards that a PDF may claim, by their official names."""

    UA_1 = "PDF/UA-1"
    A_2A = "PDF/A-2a"
    A_2B = "PDF/A-2b"


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """`language` is a BCP 47 tag (fi-FI), `identifier` the case number; empty texts are left out.

    The day is every date in the PDF, at 00:00:00Z. `nothing` is what a screen reader says for a dash in a table.
    """

    title: str
    author: str
    language: str
    identifier: str
    subject: str
    day: date
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the validator agrees with a claim, and its report: its name and counts, then a line for each fault."""

    claim: Conformance
    agrees: bool
    said: str

    @property
    def first_fault(self) -> str:
        return self.said.partition("\n")[2].partition("\n")[0] or self.said


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished PDF. It claims only what the validator confirmed; `verdict` also has what it refused.

    `lacks_hyphens` is True if LibreOffice could hyphenate no word of it.
    """

    data: bytes = field(repr=False)
    claims: tuple[Conformance, ...]
    verdict: tuple[Judgement, ...]
    lacks_hyphens: bool = False

    @property
    def is_accessible(self) -> bool:
        return Conformance.UA_1 in self.claims


@dataclass(frozen=True, slots=True)
class NoPdf:
    """The reason why there is no PDF: messages of the catalogue, whose place `{value}` the value fills."""

    reason: str
    advice: str
    value: str = ""
    verdict: tuple[Judgement, ...] = ()
