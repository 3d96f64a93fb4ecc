"""One cell at a time: what an officer typed, as a code, a degree, an overall status or a text."""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.domain.finding import Finding, Place, shown
from generator.domain.rulebook import Rulebook
from generator.domain.submission import Cell, CellKind
from generator.domain.text import clean_text, heading_key, is_clean

T = TypeVar("T")

# Source: Digital and Population Data Services Agency, "The personal identity code": ddmmyy, sign of the century,
# individual number, and the check character at (ddmmyy + number) mod 31.
_IDENTITY_CODE = re.compile(r"(?<![0-9A-Za-z])(\d{6})[-+A-FU-Ya-fu-y](\d{3})([0-9A-Ya-y])(?![0-9A-Za-z])", re.ASCII)
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SECTIONS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_WHOLE = re.compile(r"-?\d+(?:\.0+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What a cell was read as (None: it gave no value) and what there is to say of it."""

    value: T | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DegreeAnswer:
    """A value of the scale, or None for `Ei arvioitavissa`."""

    value: int | None


def read_degree(cell: Cell | None, place: Place, rules: Rulebook) -> Reading[DegreeAnswer]:
    """The degree that a cell names; never rounded, never guessed. A blank cell gives no value and no finding."""
    if cell is None:
        return Reading(None)
    fault = _fault(cell, place)
    if fault:
        return Reading(None, (fault,))
    words = rules.degree_words
    if heading_key(cell.raw) in map(heading_key, words.not_assessable):
        return Reading(DegreeAnswer(None))
    reading = rules.scale.read(_typed_degree(cell))
    if reading.value is None:
        return Reading(None, (Finding("degree-out-of-scale", place, value=shown(cell.raw), allowed=words.options),))
    if not reading.misspelt:
        return Reading(DegreeAnswer(reading.value))
    label = (rules.scale.full_label(reading.value, rules.language),)
    note = Finding("degree-label-misspelt", place, value=shown(cell.raw), allowed=label)
    return Reading(DegreeAnswer(reading.value), (note,))


def read_status(cell: Cell | None, place: Place, rules: Rulebook) -> Reading[str]:
    """The id of the overall status that a cell names; an empty string for a blank cell."""
    if cell is None:
        return Reading("")
    fault = _fault(cell, place)
    if fault:
        return Reading(None, (fault,))
    status = rules.statuses.read(cell.raw) if cell.kind is CellKind.TEXT else None
    if status:
        return Reading(status.id)
    options = rules.statuses.options(rules.language)
    return Reading(None, (Finding("overall-status-unknown", place, value=shown(cell.raw), allowed=options),))


def read_text(cell: Cell | None, place: Place) -> Reading[str]:
    """An officer's words, exactly; only characters that no document can hold are left out, and that is said."""
    if cell is None:
        return Reading("")
    fault = _fault(cell, place)
    if fault:
        return Reading(None, (fault,))
    if cell.kind is not CellKind.TEXT and not _is_plain_whole(cell):
        return Reading(None, (Finding("text-is-not-text", place, value=shown(cell.raw)),))
    text = clean_text(cell.raw)
    if has_identity_code(text):
        return Reading(None, (Finding("personal-identity-code", place),))
    notes = () if is_clean(cell.raw) else (Finding("control-characters", place, value=shown(_unholdable(cell.raw))),)
    return Reading(text, notes)


def has_identity_code(text: str) -> bool:
    """Whether a Finnish personal identity code with a right check character stands in the text."""
    return any(
        _CHECK_CHARACTERS[int(match[1] + match[2]) % 31] == match[3].upper() for match in _IDENTITY_CODE.finditer(text)
    )


def _fault(cell: Cell, place: Place) -> Finding | None:
    if cell.kind is CellKind.ERROR:
        return Finding("cell-error", place, value=cell.raw)
    if cell.formula is not None and not cell.raw:
        return Finding("formula-without-value", place, value=shown(f"={cell.formula}"))
    return None


def _typed_degree(cell: Cell) -> str:
    """What `Scale.read` may see of the cell: an empty string where its value is no degree however it looks."""
    if cell.kind is CellKind.TEXT:
        return clean_text(cell.raw)
    return cell.raw if _is_plain_whole(cell) else ""


def _is_plain_whole(cell: Cell) -> bool:
    """A whole number that the sheet shows as that number: no date, no percentage, no truth value."""
    letters = _SECTIONS.sub("", cell.number_format).casefold()
    plain = letters == "general" or not any(letter in letters for letter in "%dmyhse/")
    return cell.kind is CellKind.NUMBER and plain and _WHOLE.fullmatch(cell.raw) is not None


def _unholdable(text: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(text) if not is_clean(letter))
