"""The rows of the sheet of texts: what a person changed in them since the workbook was written.

A row's key tells what stood in its cells and which acts the workbook knew. So only a cell that was changed counts, and
an old copy of the workbook does not bring back a text that was written anew or undone since.

Source: DESIGN 5, Her edits are carried on.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from generator.domain.base.canonical import digest
from generator.domain.base.personal import has_identity_code, mask_identity_codes
from generator.domain.base.rule import N_
from generator.domain.base.text import heading_key, same_text
from generator.domain.follow_up.open_items import Obstacle, RejectedChoice, Signed, subject_digest
from generator.domain.follow_up.settlements import PastAct
from generator.domain.output.written_texts import PlacedText, WrittenTexts

KIND = "text"
_DIGEST_LENGTH, _CHECK_LENGTH = 8, 6
_NOT_OFFERED = "-"
_KEY = re.compile(r"(?P<place>\S+) (?P<base>\d{1,12}) (?P<written>\S+) (?P<check>[0-9a-f]{6})")


class TextColumn(StrEnum):
    """The columns of the sheet from left to right, by the messages that are their headings."""

    PLACE = N_("Printed as")
    DETAILS = N_("Where it stands")
    FI = N_("Text in Finnish")
    SV = N_("Text in Swedish")
    EN = N_("Text in English")
    REMARK = N_("Why it was not carried out")
    KEY = N_("Identifier")


# The column of each language.
LANGUAGE_COLUMNS = {"fi": TextColumn.FI, "sv": TextColumn.SV, "en": TextColumn.EN}


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of the sheet.

    `base` is the number in the journal of the last act that the workbook knew when it was written; `is_changed`: a
    person has changed the cell since. `obstacle` is why the text cannot be entered, whatever has happened since; None
    if it can.
    """

    place: str
    language: str
    text: str
    base: int
    is_changed: bool
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class TextHistory:
    """The texts that are written now, the acts of the period, and the number of the workbook's last renewal."""

    present: WrittenTexts
    past: tuple[PastAct, ...] = ()
    renewed: int = 0

    def is_known(self, act: PastAct, base: int) -> bool:
        """True if an act was entered from a workbook with this base that was not renewed since: it stands there."""
        return act.base == base and act.number > self.renewed


TextChange: TypeAlias = PlacedText | RejectedChoice


def text_key(place: str, label: str, base: int, written: Mapping[str, str]) -> str:
    """Returns the text for the key column of a row.

    Args:
        place: where the text is printed.
        label: what stands in the row's first column.
        base: the number in the journal of the last act that the workbook knows.
        written: the text in each language's cell, by language; a language without a column is left out.
    """
    digests = ".".join(
        _text_digest(written[language]) if language in written else _NOT_OFFERED for language in LANGUAGE_COLUMNS
    )
    return f"{place} {base} {digests} {_check(place, base, digests, label)}"


def read_text_cells(rows: Iterable[Mapping[TextColumn, str]]) -> tuple[TextCell, ...]:
    """Returns the cells in which a person can write.

    Args:
        rows: the texts of the sheet's rows; columns that the sheet lacks are left out.
    """
    found = tuple(rows)
    counts = Counter(row.get(TextColumn.KEY, "") for row in found)
    return tuple(cell for row in found for cell in _cells(row, is_double=counts[row.get(TextColumn.KEY, "")] > 1))


def settle_texts(cells: Iterable[TextCell], history: TextHistory, signed: Signed) -> tuple[TextChange, ...]:
    """Returns the texts to enter, and the refusals.

    A text is refused if a text of its place was written or undone since the workbook was made, unless that was done in
    the same workbook, and this was not renewed since.
    """
    changes = (_settle(cell, history, signed) for cell in cells)
    return tuple(change for change in changes if change is not None)


def text_subject(place: str, language: str) -> str:
    """Returns the digest of the subject of a text."""
    return subject_digest(KIND, place, language)


def _cells(row: Mapping[TextColumn, str], *, is_double: bool) -> Iterator[TextCell]:
    key = _KEY.fullmatch(row.get(TextColumn.KEY, ""))
    if key is None:
        yield from _without_key(row)
        return
    place, base = key["place"], int(key["base"])
    is_own = _check(place, base, key["written"], row.get(TextColumn.PLACE, "")) == key["check"]
    for language, written in zip(LANGUAGE_COLUMNS, key["written"].split("."), strict=False):
        text = row.get(LANGUAGE_COLUMNS[language], "")
        is_changed = _text_digest(text) != (_text_digest("") if written == _NOT_OFFERED else written)
        obstacle = Obstacle.STANDS_TWICE if is_double else None if is_own else Obstacle.MOVED
        yield TextCell(place, language, text, base, is_changed, obstacle or _fault(text))


def _without_key(row: Mapping[TextColumn, str]) -> Iterator[TextCell]:
    """Yields what a person wrote on a row that is none of ours."""
    for language, column in LANGUAGE_COLUMNS.items():
        if row.get(column):
            yield TextCell("", language, row[column], 0, is_changed=True, obstacle=Obstacle.MOVED)


def _fault(text: str) -> Obstacle | None:
    if text.startswith("="):
        return Obstacle.FORMULA
    return Obstacle.PERSONAL if has_identity_code(text) else None


def _settle(cell: TextCell, history: TextHistory, signed: Signed) -> TextChange | None:
    subject = text_subject(cell.place, cell.language)
    later = tuple(act for act in history.past if act.subject == subject and act.number > cell.base)
    known = tuple(act for act in later if history.is_known(act, cell.base))
    if not (cell.is_changed or known):
        return None
    present = history.present.get(cell.place, cell.language)
    if cell.obstacle is None and same_text(cell.text) == same_text(present):
        return None
    obstacle = cell.obstacle or (Obstacle.SETTLED_SINCE if len(known) < len(later) else None)
    if obstacle is None:
        return PlacedText(cell.place, cell.language, cell.text, signed.who, signed.time)
    told = mask_identity_codes(cell.text)
    return RejectedChoice(signed.period, cell.place, KIND, told, obstacle.value, signed.who, signed.time, "", subject)


def _text_digest(text: str) -> str:
    return digest(same_text(text))[:_DIGEST_LENGTH]


def _check(place: str, base: int, digests: str, label: str) -> str:
    return digest((place, base, digests, heading_key(label)))[:_CHECK_LENGTH]
