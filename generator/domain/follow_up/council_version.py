"""The choice of the final version of the previous period that the council dealt with, on the sheet of the final report.

A choice is a change of the cell: a cell that still holds what was written there says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.domain.base.canonical import digest
from generator.domain.follow_up.acts import CouncilVersion
from generator.domain.follow_up.final_sheet import VERSION, FilledCell
from generator.domain.follow_up.open_items import VERSION_SUBJECT, Obstacle, RejectedChoice, Signed, decision_key

# The kind of a refused choice, and the name of the cell in its key.
KIND = VERSION


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A final version of the previous period: its number, and when it was made (ISO 8601)."""

    number: int
    time: str


@dataclass(frozen=True, slots=True)
class AskedVersion:
    """What the sheet asks about the previous period, and what a person has told.

    `closed` and `label` are the previous period's id and label; `told` is the number of the version that a person said
    (0: nobody has said it), `compared` the one that the present period is compared with. `last` is the number in the
    journal of the last such act (0: none).
    """

    closed: str
    label: str
    versions: tuple[HeldVersion, ...]
    told: int
    compared: int
    last: int = 0

    @property
    def key(self) -> str:
        """The version that stands in the cell, and a digest that changes with each act about it."""
        return f"{self.told}-{decision_key(digest((self.closed, self.told, self.last)))}"


def settle_version(
    cells: tuple[FilledCell, ...], asked: AskedVersion | None, spellings: Mapping[str, int], signed: Signed
) -> CouncilVersion | RejectedChoice | None:
    """Returns the act that the changed cell means, or why it cannot be carried out; None if nothing was changed.

    Args:
        cells: the saved cells of this question; more than one where the row was copied.
        asked: what is asked now; None if the question is not asked any more.
        spellings: the version's number for each way of writing it, case-folded.
    """
    changed = [cell for cell in cells if _is_changed(cell, asked, spellings)]
    if not changed:
        return None
    value = "; ".join(dict.fromkeys(cell.value for cell in changed))
    obstacle = _obstacle(cells, changed[0], asked, spellings)
    if obstacle or asked is None:
        refused = obstacle or Obstacle.OUTDATED
        made = (signed.who, signed.time, "", VERSION_SUBJECT)
        return RejectedChoice(signed.period, "", KIND, value, refused.value, *made)
    return CouncilVersion(signed.period, asked.closed, spellings[value.casefold()], signed.who, signed.time)


def _is_changed(cell: FilledCell, asked: AskedVersion | None, spellings: Mapping[str, int]) -> bool:
    """True if the cell holds neither what was written there nor what is in force now."""
    written = cell.key.partition("-")[0]
    number = spellings.get(cell.value.casefold())
    if number is None:
        return bool(cell.value) or written != "0"
    return str(number) != written and not (asked and cell.key != asked.key and number == asked.told)


def _obstacle(
    cells: tuple[FilledCell, ...], cell: FilledCell, asked: AskedVersion | None, spellings: Mapping[str, int]
) -> Obstacle | None:
    if len(cells) > 1:
        return Obstacle.STANDS_TWICE
    if not cell.is_labelled:
        return Obstacle.MOVED
    if asked is None or cell.key != asked.key:
        return Obstacle.OUTDATED
    return None if cell.value.casefold() in spellings else Obstacle.NO_SUCH_VERSION
