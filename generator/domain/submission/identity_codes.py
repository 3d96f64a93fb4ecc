"""Finds personal identity codes anywhere in a workbook: each row with one is refused, whatever its column."""

from dataclasses import replace

from generator.domain.base.cells import CellRef, read_cell
from generator.domain.base.finding import Finding, Place, errors
from generator.domain.base.personal import has_identity_code
from generator.domain.submission.row_checks import CheckedRow
from generator.domain.submission.workbook import Sheet, Workbook

RULE = "personal-identity-code"


def places_of_codes(workbook: Workbook) -> tuple[Place, ...]:
    """Returns the cells with a personal identity code in them or in their note; sheet by sheet, row by row."""
    return tuple(Place(sheet.name, str(cell)) for sheet in workbook.sheets for cell in _coded_cells(sheet))


def refuse_rows(rows: tuple[CheckedRow, ...], sheet: str, places: tuple[Place, ...]) -> tuple[CheckedRow, ...]:
    """Returns the rows of a table; each code in a row adds an error and removes the row's answer.

    Args:
        sheet: the name of the table's sheet.
        places: the cells with codes, as `places_of_codes` gives them.
    """
    own = tuple(place for place in places if place.sheet == sheet)
    return tuple(_refuse(row, own) for row in rows) if own else rows


def findings_outside(rows: tuple[CheckedRow, ...], sheet: str | None, places: tuple[Place, ...]) -> tuple[Finding, ...]:
    """Returns errors for codes in cells that belong to no row of the table."""
    numbers = {row.row for row in rows}
    return tuple(Finding(RULE, place) for place in places if place.sheet != sheet or _row(place) not in numbers)


def _refuse(row: CheckedRow, places: tuple[Place, ...]) -> CheckedRow:
    coded = tuple(place for place in places if _row(place) == row.row)
    if not coded:
        return row
    others = tuple(finding for finding in errors(row.findings) if finding.place not in coded)
    return replace(row, entry=None, findings=(*others, *(Finding(RULE, place, row.code) for place in coded)))


def _coded_cells(sheet: Sheet) -> list[CellRef]:
    cells = {CellRef(cell.row, cell.column) for cell in sheet.cells if has_identity_code(cell.raw)}
    return sorted(cells | {CellRef(note.row, note.column) for note in sheet.notes if has_identity_code(note.text)})


def _row(place: Place) -> int:
    cell = read_cell(place.cell or "")
    return cell.row if cell else 0
