"""Addresses of cells, held against openpyxl's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import column_index_from_string, get_column_letter

from generator.domain.base.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    CellRef,
    column_letter,
    column_number,
    read_area,
    read_cell,
)

CELLS = st.builds(CellRef, st.integers(1, MOST_ROWS), st.integers(1, MOST_COLUMNS))


@given(st.integers(1, MOST_COLUMNS))
def test_letters_are_those_of_excel(column: int) -> None:
    assert column_letter(column) == get_column_letter(column)
    assert column_number(column_letter(column)) == column == column_index_from_string(column_letter(column))


@given(CELLS, CELLS)
def test_a_cell_and_an_area_are_read_as_they_are_written(one: CellRef, other: CellRef) -> None:
    assert read_cell(str(one)) == one
    area = Area(one.row, one.column, other.row, other.column)
    assert read_area(str(area)) == area
    assert read_area("$A$1:$C$3") == Area(1, 1, 3, 3)


@pytest.mark.parametrize("text", ["", "F", "12", "f12", "F12:G3", "ABCD1", "F-1", "F12345678", "Ä1"])
def test_what_is_no_address_is_no_cell(text: str) -> None:
    assert read_cell(text) is None


@given(CELLS, CELLS)
def test_cells_are_sorted_row_by_row(one: CellRef, other: CellRef) -> None:
    assert (one < other) == ((one.row, one.column) < (other.row, other.column))


def test_an_area_holds_its_corners_and_what_is_between() -> None:
    area = Area(2, 3, 4, 5)
    assert area.first == CellRef(2, 3) and area.first in area and CellRef(4, 5) in area and CellRef(3, 4) in area
    assert CellRef(5, 5) not in area and CellRef(4, 6) not in area and CellRef(1, 3) not in area
