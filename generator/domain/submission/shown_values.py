"""Shows a cell's value as the officer's program does: `3,5`, `TOSI` and `#PUUTTUU!` in Finnish."""

from types import MappingProxyType

from generator.domain.base.finding import shown
from generator.domain.base.number_format import as_seen
from generator.domain.submission.workbook import Cell, CellKind

_DECIMAL_POINTS = {"fi": ",", "sv": ","}
# Source: Microsoft, Excel's help in each language.
_NAMES = MappingProxyType(
    {
        "fi": {
            "TRUE": "TOSI",
            "FALSE": "EPÄTOSI",
            "#NULL!": "#TYHJÄ!",
            "#DIV/0!": "#JAKO/0!",
            "#VALUE!": "#ARVO!",
            "#REF!": "#VIITTAUS!",
            "#NAME?": "#NIMI?",
            "#NUM!": "#LUKU!",
            "#N/A": "#PUUTTUU!",
        },
        "sv": {
            "TRUE": "SANT",
            "FALSE": "FALSKT",
            "#NULL!": "#SKÄRNING!",
            "#DIV/0!": "#DIVISION/0!",
            "#VALUE!": "#VÄRDEFEL!",
            "#REF!": "#REFERENS!",
            "#NAME?": "#NAMN?",
            "#NUM!": "#OGILTIGT!",
            "#N/A": "#SAKNAS!",
        },
    }
)


def shown_cell(cell: Cell, language: str) -> str:
    """Returns a cell's value as a finding shows it, on one line, in a language (fi, sv, en)."""
    if cell.kind is CellKind.TEXT:
        return shown(cell.raw)
    if cell.kind is CellKind.NUMBER:
        return shown(as_seen(cell.raw, cell.number_format, _DECIMAL_POINTS.get(language, ".")))
    return shown(_NAMES.get(language, {}).get(cell.raw, cell.raw))
