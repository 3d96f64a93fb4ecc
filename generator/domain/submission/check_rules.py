"""The rules that a submission is checked with, and what is known of its sender."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from generator.domain.base.heading import Headings
from generator.domain.base.period import Period
from generator.domain.base.scale import OverallStatuses, Scale
from generator.domain.base.settings import IdentityPolicy
from generator.domain.base.text import name_key
from generator.domain.plan.form import (
    IDENTITY_SHEET,
    PROPERTY_PREFIX,
    AnswerStamp,
    Claim,
    PreviousAnswer,
    read_claim,
    reporters,
)
from generator.domain.plan.goals import Plan
from generator.domain.plan.posts import PostNames
from generator.domain.submission.issued_form import IssuedForm
from generator.domain.submission.workbook import Unreadable, Workbook


@dataclass(frozen=True, slots=True)
class DegreeWords:
    """The words allowed in a degree cell: all choices, and `Ei arvioitavissa` in every language."""

    options: tuple[str, ...]
    not_assessable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """The words, in every language, by which an officer withdraws an answer or chooses this file's."""

    withdraw: tuple[str, ...] = ()
    this: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadWords:
    """The message templates for an unread cell, note and colour; `{place}` and `{text}` are filled in."""

    cell: str = "{place} “{text}”"
    note: str = "Note on the cell {place}: “{text}”"
    colour: str = "Colour in the cell {place} instead of an overall status"


@dataclass(frozen=True)
class CheckRules:
    """All that a submission is checked with; nothing in it depends on other officers' files.

    `previous` are the answers of the previous period, () if there are none.
    `replied` are the keys of the questions that officers have answered; `feedback_headings` those of the sheet on
    which they answer, in each language. `own_colours` are the fills that we give to cells in an answer workbook.
    `guide_names` are those of the form's sheet with instructions, by which a form without its identity is known.
    `form_paths` are where this period's forms lie, relative to the inbox: pairs of the officer's key and the path.
    """

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
    replied: frozenset[str] = frozenset()
    feedback_headings: tuple[tuple[str, ...], ...] = ()
    reply_words: ReplyWords = ReplyWords()
    unread_words: UnreadWords = UnreadWords()
    own_colours: tuple[str, ...] = ()
    guide_names: tuple[str, ...] = ()
    closed_periods: tuple[str, ...] = ()
    form_paths: tuple[tuple[str, str], ...] = ()

    def previous_answer(self, code: str, officer: str) -> PreviousAnswer | None:
        """Returns an officer's answer to a goal in the period before; None if it is not known."""
        return self._previous_answers.get((code, name_key(officer)))

    @cached_property
    def _previous_answers(self) -> Mapping[tuple[str, str], PreviousAnswer]:
        return MappingProxyType({(answer.code, name_key(answer.officer)): answer for answer in self.previous})

    @cached_property
    def reporters(self) -> tuple[str, ...]:
        """Everyone who gets a form."""
        return reporters(self.plan, self.unowned_reporter)

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        former = self.plan.post_names.present
        return MappingProxyType({**former, **{name_key(name): name for name in self.reporters}})

    def form_of(self, officer: str | None) -> str:
        """Returns where an officer's form lies; the period's id if that is not known."""
        return dict(self.form_paths).get(name_key(officer or ""), self.period.id)

    def known(self, name: str) -> str | None:
        """Returns a reporter's name as the plan spells it; None if no reporter has it."""
        return self._spellings.get(name_key(name))


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of a file's sender: the identity in the file, its path in the inbox, and the sub-folder.

    `before` is the officer who signed the last save at the same path; where `goes_on`, this save is that officer's too
    though its signature was lost. `stamp` is that of an answer workbook.
    `issued` is the sender's form as it was issued, each form of that base; () where it is not known. `put_away` is the
    closed period in whose folder the file lies, an empty string beside these folders, None where it lies elsewhere.
    """

    claim: Claim | None = None
    folder: str = ""
    file: str = ""
    before: str | None = None
    goes_on: bool = False
    stamp: AnswerStamp | None = None
    issued: tuple[IssuedForm, ...] = ()
    put_away: str | None = None

    @property
    def signer(self) -> str | None:
        """The officer of a valid signature, in this save or in the one before it at the same path."""
        if self.goes_on:
            return self.before
        return self.claim.identity.officer if self.claim and self.claim.signed else None

    def with_names(self, names: PostNames) -> "Sender":
        """Returns the sender by the present name of the post: a form made under a former name is the post's."""
        claim = self.claim
        if claim:
            claim = replace(claim, identity=replace(claim.identity, officer=names.of(claim.identity.officer)))
        return replace(self, claim=claim, before=names.of(self.before) if self.before else None)


def read_sender(workbook: Workbook | Unreadable, path: str, key: bytes) -> Sender:
    """Reads who a saved file claims to be from; `path` is relative to the inbox, or a name alone.

    Where two different signed identities are found, the first is kept and counts as unsigned: somebody has put two
    forms into one file.
    """
    first, _, rest = path.partition("/")
    folder, file = (first, path) if rest else ("", path)
    if isinstance(workbook, Unreadable):
        return Sender(None, folder, file)
    claims = (read_claim(pairs, key) for pairs in (_sheet_pairs(workbook), _property_pairs(workbook)))
    found = sorted((claim for claim in claims if claim), key=lambda claim: not claim.signed)
    if len({claim.identity for claim in found if claim.signed}) > 1:
        return Sender(replace(found[0], signed=False), folder, file)
    return Sender(found[0] if found else None, folder, file)


def _property_pairs(workbook: Workbook) -> tuple[tuple[str, str], ...]:
    return tuple((name.removeprefix(PROPERTY_PREFIX), value) for name, value in workbook.properties)


def _sheet_pairs(workbook: Workbook) -> tuple[tuple[str, str], ...]:
    """Reads the hidden sheet: names in column A, values beside them in column B."""
    cells = tuple(cell for sheet in workbook.sheets if sheet.name == IDENTITY_SHEET for cell in sheet.cells)
    values = {cell.row: cell.raw for cell in cells if cell.column == 2}
    return tuple((cell.raw, values[cell.row]) for cell in cells if cell.column == 1 and cell.row in values)
