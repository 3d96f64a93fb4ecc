"""Reads one cell at a time: a code, a degree, an overall status or a text that an officer typed.

Findings are returned without a place; the caller, which knows the row, adds it.
"""

import re
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.domain.base.degree_guess import guess_degree
from generator.domain.base.finding import Finding, shown
from generator.domain.base.number_format import serial_day, shown_number, shows_date, shows_text
from generator.domain.base.scale import DegreeReading, Scale
from generator.domain.base.text import clean_text, heading_key, is_clean, is_dash
from generator.domain.submission.check_rules import CheckRules
from generator.domain.submission.shown_values import shown_cell
from generator.domain.submission.workbook import Cell, CellKind

T = TypeVar("T")

# Files of some programs hold a date as text, `2026-02-03`.
_DECIMAL = re.compile(r"-?[0-9.]+(?:[eE][-+]?[0-9]+)?")
MOST_CHARACTERS = 32_767  # Source: Microsoft, "Excel specifications and limits", total characters in a cell


@dataclass(frozen=True, slots=True)
class CellReading(Generic[T]):
    """The value of a cell (None: no value) and the findings about it."""

    value: T | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DegreeAnswer:
    """A degree of the scale, or None for `Ei arvioitavissa`."""

    value: int | None


def is_withdrawal(cell: Cell | None, withdraw: tuple[str, ...]) -> bool:
    """True if a degree cell holds `Perun vastaukseni` or another of these words."""
    return cell is not None and cell.kind is CellKind.TEXT and heading_key(cell.raw) in map(heading_key, withdraw)


def read_degree(cell: Cell | None, rules: CheckRules) -> CellReading[DegreeAnswer]:
    """Reads the degree in a cell, without rounding or guessing. A blank cell has no value or finding."""
    if cell is None:
        return CellReading(None)
    fault = cell_fault(cell, rules.language)
    if fault:
        return CellReading(None, (fault,))
    words = rules.degree_words
    if cell.kind is CellKind.TEXT and heading_key(cell.raw) in map(heading_key, words.not_assessable):
        return CellReading(DegreeAnswer(None))
    reading = _read_typed(cell, rules.scale)
    if reading.value is None:
        return CellReading(None, (_no_degree(cell, rules),))
    if not reading.misspelt:
        return CellReading(DegreeAnswer(reading.value))
    label = (rules.scale.full_label(reading.value, rules.language),)
    note = Finding("degree-label-misspelt", value=shown(cell.raw), allowed=label)
    return CellReading(DegreeAnswer(reading.value), (note,))


def read_status(cell: Cell | None, rules: CheckRules) -> CellReading[str]:
    """Reads the id of a cell's overall status; an empty string for a blank cell and for other words.

    The column may be left empty, so nothing in it stops the row: what cannot be read is asked.
    """
    if cell is None:
        return CellReading("")
    is_text = cell.kind is CellKind.TEXT and bool(cell.raw)
    status = rules.statuses.read(cell.raw) if is_text else None
    if status or (is_text and is_dash(cell.raw)):
        return CellReading(status.id if status else "")
    fault, options = cell_fault(cell, rules.language), rules.statuses.options(rules.language)
    if fault and fault.rule == "text-too-long":
        return CellReading(None, (fault,))
    value = fault.value if fault else shown_cell(cell, rules.language)
    return CellReading("", (Finding("overall-status-unclear", value=value, allowed=options),))


def read_text(cell: Cell | None, rules: CheckRules) -> CellReading[str]:
    """Reads an officer's words unchanged; only characters that no document can hold are removed, with a finding."""
    if cell is None:
        return CellReading("")
    fault = cell_fault(cell, rules.language)
    if fault:
        return CellReading(None, (fault,))
    if cell.kind is not CellKind.TEXT and not _is_plain_whole(cell):
        return CellReading(None, (Finding("text-is-not-text", value=shown_cell(cell, rules.language)),))
    if cell.raw.isprintable():
        return CellReading(cell.raw)
    text = clean_text(cell.raw)
    notes = () if is_clean(cell.raw) else (Finding("control-characters", value=shown(_unholdable(cell.raw))),)
    return CellReading(text, notes)


def cell_fault(cell: Cell, language: str) -> Finding | None:
    """Returns the finding if a cell cannot be read at all: an error, a formula never computed, too long a text."""
    if cell.kind is CellKind.ERROR:
        return Finding("cell-error", value=shown_cell(cell, language))
    if len(cell.raw) > MOST_CHARACTERS:
        return Finding("text-too-long", value=str(len(cell.raw)), allowed=(str(MOST_CHARACTERS),))
    if cell.formula is not None and not cell.raw:
        return Finding("formula-without-value", value=shown(f"={cell.formula}"))
    return None


def _no_degree(cell: Cell, rules: CheckRules) -> Finding:
    """Makes the finding that a cell has no degree: its format is a date's, or a guess is offered, or the scale."""
    value, options = shown_cell(cell, rules.language), rules.degree_words.options
    if _shows_date(cell):
        return Finding("degree-as-date", value=value, allowed=options)
    is_text = cell.kind is CellKind.TEXT and shows_text(cell.number_format)
    guess = guess_degree(cell.raw, rules.scale) if is_text else None
    if guess is None:
        return Finding("degree-out-of-scale", value=value, allowed=options)
    return Finding("degree-unclear", value=value, allowed=(rules.scale.full_label(guess, rules.language),))


def _shows_date(cell: Cell) -> bool:
    """True if the cell is a date or a time by its format or its stored type."""
    is_day = not _DECIMAL.fullmatch(cell.raw)
    if cell.kind is CellKind.NUMBER:
        return is_day or shows_date(cell.number_format)
    is_text = cell.kind is CellKind.TEXT and shows_date(cell.number_format)
    return is_text and is_day and serial_day(cell.raw) is not None


def _read_typed(cell: Cell, scale: Scale) -> DegreeReading:
    """Returns the text that the cell both shows and stores: no date, percentage, truth value or other text."""
    if cell.kind is CellKind.TEXT and shows_text(cell.number_format):
        return scale.read(clean_text(cell.raw))
    text = shown_number(cell.raw, cell.number_format) if cell.kind is CellKind.NUMBER else None
    reading = scale.read(text or "")
    return reading if reading.value is not None and reading.value == float(cell.raw) else DegreeReading(None)


def _is_plain_whole(cell: Cell) -> bool:
    """True for a whole number that the sheet shows as just that number."""
    return cell.kind is CellKind.NUMBER and shown_number(cell.raw, cell.number_format) == cell.raw


def _unholdable(text: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in dict.fromkeys(text) if not is_clean(letter))
