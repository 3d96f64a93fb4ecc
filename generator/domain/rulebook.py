"""What a submission is held against, and what is known of its sender."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from generator.domain.form import IDENTITY_SHEET, PROPERTY_PREFIX, Claim, PreviousAnswer, read_claim, reporters
from generator.domain.heading import Headings
from generator.domain.period import Period
from generator.domain.plan import Plan
from generator.domain.scale import OverallStatuses, Scale
from generator.domain.submission import Unreadable, Workbook
from generator.domain.text import name_key


class IdentityPolicy(StrEnum):
    """How the sender of a workbook without a valid signature is known."""

    OPEN = "open"
    FOLDER = "folder"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class DegreeWords:
    """The words of a degree cell: all that may be chosen, and `Ei arvioitavissa` in every language."""

    options: tuple[str, ...]
    not_assessable: tuple[str, ...]


@dataclass(frozen=True)
class Rulebook:
    """All that a submission is held against; `previous` are the answers of the period before, () where none."""

    language: str
    plan: Plan
    scale: Scale
    statuses: OverallStatuses
    headings: Headings
    period: Period
    degree_words: DegreeWords
    identity: IdentityPolicy = IdentityPolicy.OPEN
    unowned_reporter: str = ""
    previous: tuple[PreviousAnswer, ...] = ()

    @cached_property
    def reporters(self) -> tuple[str, ...]:
        return reporters(self.plan, self.unowned_reporter)

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        return MappingProxyType({name_key(name): name for name in self.reporters})

    def known(self, name: str) -> str | None:
        """A reporter's name as the plan spells it; None where nobody bears it."""
        return self._spellings.get(name_key(name))


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of who saved a file: the identity it carries, and the inbox's sub-folder it lies in."""

    claim: Claim | None = None
    folder: str = ""

    @property
    def signer(self) -> str | None:
        """The officer that a valid signature names."""
        return self.claim.identity.officer if self.claim and self.claim.signed else None


def read_sender(workbook: Workbook | Unreadable, folder: str, key: bytes) -> Sender:
    """Who a saved file says it is from; `folder` is the inbox's sub-folder it lies in, an empty string at the top."""
    if isinstance(workbook, Unreadable):
        return Sender(None, folder)
    claims = (read_claim(pairs, key) for pairs in (_sheet_pairs(workbook), _property_pairs(workbook)))
    found = sorted((claim for claim in claims if claim), key=lambda claim: not claim.signed)
    return Sender(found[0] if found else None, folder)


def _property_pairs(workbook: Workbook) -> tuple[tuple[str, str], ...]:
    return tuple((name.removeprefix(PROPERTY_PREFIX), value) for name, value in workbook.properties)


def _sheet_pairs(workbook: Workbook) -> tuple[tuple[str, str], ...]:
    """Names in column A of the hidden sheet, values beside them in column B."""
    cells = tuple(cell for sheet in workbook.sheets if sheet.name == IDENTITY_SHEET for cell in sheet.cells)
    values = {cell.row: cell.raw for cell in cells if cell.column == 2}
    return tuple((cell.raw, values[cell.row]) for cell in cells if cell.column == 1 and cell.row in values)
