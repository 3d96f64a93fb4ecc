"""Which parts of a table's style apply to a cell: its heading row, its bands, its corners."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

_BITS = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
_EDGES = ("firstRow", "lastRow", "firstColumn", "lastColumn")
_CORNERS = {
    ("firstRow", "firstColumn"): "nwCell",
    ("firstRow", "lastColumn"): "neCell",
    ("lastRow", "firstColumn"): "swCell",
    ("lastRow", "lastColumn"): "seCell",
}
_COLUMNS = {"firstColumn": "firstCol", "lastColumn": "lastCol"}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's style and size, and the parts of the style that it uses."""

    style: str | None
    asked: frozenset[str]
    rows: int
    columns: int

    def conditions(self, row: int, column: int) -> tuple[str, ...]:
        """Returns the parts that apply to a cell, the weakest first; row and column 0-based.

        Source: ECMA-376 part 1, 17.7.6.
        """
        edges = (row == 0, row == self.rows - 1, column == 0, column == self.columns - 1)
        return _conditions(self.asked, edges, (row % 2, column % 2))


@lru_cache(maxsize=1_000)
def _conditions(asked: frozenset[str], at: tuple[bool, ...], odd: tuple[int, int]) -> tuple[str, ...]:
    edges = frozenset(name for name, holds in zip(_EDGES, at, strict=True) if holds and name in asked)
    return (
        *_bands(asked, edges, odd),
        *(name for name in ("firstRow", "lastRow") if name in edges),
        *(_COLUMNS[name] for name in ("firstColumn", "lastColumn") if name in edges),
        *(corner for pair, corner in _CORNERS.items() if edges.issuperset(pair)),
    )


def _bands(asked: frozenset[str], edges: frozenset[str], odd: tuple[int, int]) -> Iterator[str]:
    """Counts the bands from the first row and column that is not a heading."""
    row, column = odd
    if "noVBand" not in asked and not edges & {"firstColumn", "lastColumn"}:
        yield f"band{1 + (column - ('firstColumn' in asked)) % 2}Vert"
    if "noHBand" not in asked and not edges & {"firstRow", "lastRow"}:
        yield f"band{1 + (row - ('firstRow' in asked)) % 2}Horz"


def read_shape(table: Element, rows: int, columns: int) -> Shape:
    """Reads the shape of a table with this number of rows and columns."""
    style, table_look = (table.find(f"{w('tblPr')}/{w(name)}") for name in ("tblStyle", "tblLook"))
    asked = frozenset() if table_look is None else frozenset(_asked(table_look))
    return Shape(None if style is None else style.get(w("val")), asked, rows, columns)


def _asked(table_look: Element) -> Iterator[str]:
    """Reads which parts are used: newer programs write an attribute for each, older ones a bit of a number."""
    try:
        bits = int(table_look.get(w("val")) or "0", 16)
    except ValueError:
        bits = 0
    for name, bit in _BITS.items():
        written = table_look.get(w(name))
        if written in ("1", "true", "on") or (written is None and bits & bit):
            yield name
