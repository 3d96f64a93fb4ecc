"""Sends a workbook between processes as compact JSON, since a pickle from a stranger could run code."""

import json
from typing import Any

from generator.domain.submission.workbook import (
    Cell,
    CellFill,
    CellKind,
    CellNote,
    Sheet,
    SheetState,
    Unreadable,
    Workbook,
)


def to_json(answer: Workbook | Unreadable) -> bytes:
    """Writes a workbook as one line of UTF-8."""
    made = [answer.rule, answer.value] if isinstance(answer, Unreadable) else _values(answer)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def from_json(line: bytes) -> Workbook | Unreadable:
    """Reads what `to_json` wrote.

    Raises:
        ValueError: It is no such line.
    """
    try:
        made = json.loads(line)
        if isinstance(made, list):
            return Unreadable(*made)
        properties = tuple((name, value) for name, value in made.pop("properties"))
        return Workbook(tuple(_sheet(*values) for values in made.pop("sheets")), properties, **made)
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError("no workbook") from error


def _values(workbook: Workbook) -> dict[str, Any]:
    return {
        "sheets": [_sheet_values(sheet) for sheet in workbook.sheets],
        "properties": workbook.properties,
        "last_modified_by": workbook.last_modified_by,
        "has_macros": workbook.has_macros,
    }


def _sheet_values(sheet: Sheet) -> list[Any]:
    cells = [
        [cell.row, cell.column, cell.kind, cell.raw, cell.number_format, cell.formula, cell.struck]
        for cell in sheet.cells
    ]
    hidden = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    notes = [[note.row, note.column, note.text] for note in sheet.notes]
    fills = [[fill.row, fill.column, fill.colour] for fill in sheet.fills]
    return [sheet.name, sheet.state, cells, sheet.merges, *hidden, sheet.is_cut, notes, fills]


def _sheet(name: str, state: str, cells: list[list[Any]], *layout: Any) -> Sheet:
    merges, rows, columns, is_cut, noted, coloured = layout
    filled = tuple(Cell(row, column, CellKind(kind), *rest) for row, column, kind, *rest in cells)
    hidden = frozenset(rows), frozenset(columns)
    notes, fills = tuple(CellNote(*note) for note in noted), tuple(CellFill(*fill) for fill in coloured)
    return Sheet(name, SheetState(state), filled, tuple(merges), *hidden, is_cut, notes, fills)
