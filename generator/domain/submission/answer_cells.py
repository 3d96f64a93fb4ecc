"""One cell at a time: what an officer typed, as a code, a degree, an overall status or a text."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.number_format import as_seen, shown_number, shows_text
from generator.domain.base.scale import DegreeReading, Scale
from generator.domain.base.text import clean_text, heading_key, is_clean
from generator.domain.submission.answers import Cell, CellKind
from generator.domain.submission.check_rules import CheckRules

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CellReading(Generic[T]):
    """What a cell was read as (None: it gave no value) and what there is to say of it."""

    value: T | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DegreeAnswer:
    """A value of the scale, or None for `Ei arvioitavissa`."""

    value: int | None


def read_degree(cell: Cell | None, place: Place, rules: CheckRules) -> CellReading[DegreeAnswer]:
    """The degree that a cell names; never rounded, never guessed. A blank cell gives no value and no finding."""
    if cell is None:
        return CellReading(None)
    fault = cell_fault(cell, place)
    if fault:
        return CellReading(None, (fault,))
    words = rules.degree_words
    if cell.kind is CellKind.TEXT and heading_key(cell.raw) in map(heading_key, words.not_assessable):
        return CellReading(DegreeAnswer(None))
    reading = _read_typed(cell, rules.scale)
    if reading.value is None:
        return CellReading(
            None, (Finding("degree-out-of-scale", place, value=shown_cell(cell), allowed=words.options),)
        )
    if not reading.misspelt:
        return CellReading(DegreeAnswer(reading.value))
    label = (rules.scale.full_label(reading.value, rules.language),)
    note = Finding("degree-label-misspelt", place, value=shown(cell.raw), allowed=label)
    return CellReading(DegreeAnswer(reading.value), (note,))


def read_status(cell: Cell | None, place: Place, rules: CheckRules) -> CellReading[str]:
    """The id of the overall status that a cell names; an empty string for a blank cell."""
    if cell is None:
        return CellReading("")
    fault = cell_fault(cell, place)
    if fault:
        return CellReading(None, (fault,))
    status = rules.statuses.read(cell.raw) if cell.kind is CellKind.TEXT else None
    if status:
        return CellReading(status.id)
    options = rules.statuses.options(rules.language)
    return CellReading(None, (Finding("overall-status-unknown", place, value=shown_cell(cell), allowed=options),))


def read_text(cell: Cell | None, place: Place) -> CellReading[str]:
    """An officer's words, exactly; only characters that no document can hold are left out, and that is said."""
    if cell is None:
        return CellReading("")
    fault = cell_fault(cell, place)
    if fault:
        return CellReading(None, (fault,))
    if cell.kind is not CellKind.TEXT and not _is_plain_whole(cell):
        return CellReading(None, (Finding("text-is-not-text", place, value=shown_cell(cell)),))
    text = clean_text(cell.raw)
    notes = () if is_clean(cell.raw) else (Finding("control-characters", place, value=shown(_unholdable(cell.raw))),)
    return CellReading(text, notes)


def cell_fault(cell: Cell, place: Place) -> Finding | None:
    """What stands in the way of reading a cell at all: an error, or a formula that was never computed."""
    if cell.kind is CellKind.ERROR:
        return Finding("cell-error", place, value=cell.raw)
    if cell.formula is not None and not cell.raw:
        return Finding("formula-without-value", place, value=shown(f"={cell.formula}"))
    return None


def shown_cell(cell: Cell) -> str:
    """A cell's value as a finding shows it: numbers as the officer is likely to have seen them."""
    return shown(as_seen(cell.raw, cell.number_format) if cell.kind is CellKind.NUMBER else cell.raw)


def _read_typed(cell: Cell, scale: Scale) -> DegreeReading:
    """What the cell shows, where that is what it holds: no date, no percentage, no truth value, no other text."""
    if cell.kind is CellKind.TEXT and shows_text(cell.number_format):
        return scale.read(clean_text(cell.raw))
    text = shown_number(cell.raw, cell.number_format) if cell.kind is CellKind.NUMBER else None
    reading = scale.read(text or "")
    return reading if reading.value is not None and reading.value == float(cell.raw) else DegreeReading(None)


def _is_plain_whole(cell: Cell) -> bool:
    """A whole number that the sheet shows as that number and nothing else."""
    return cell.kind is CellKind.NUMBER and shown_number(cell.raw, cell.number_format) == cell.raw


def _unholdable(text: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(text) if not is_clean(letter))
