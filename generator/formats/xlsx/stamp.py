"""Writes many workbooks of one layout: openpyxl makes a model once, and copies of it get their own rows and texts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from generator.domain.base.cells import column_letter
from generator.formats.opc.package import read_parts
from generator.formats.opc.zip_writer import FAT, Deflated, deflate, write_parts
from generator.formats.xlsx.cell_style import CellStyle, SheetContent, StyledRow, cell_text
from generator.formats.xlsx.repack import STRINGS
from generator.formats.xlsx.workbook_mark import PROPERTIES, with_mark

# Private-use characters, which never occur in our texts.
_TOKEN = re.compile("\ue000([a-z_]+)\ue001")
# The parts with a document's title and its custom properties.
_PROPERTY_PARTS = ("docProps/core.xml", PROPERTIES)
_DIMENSION = re.compile('<dimension ref="[A-Z0-9:]+"/>')
_COLUMNS = re.compile("<cols>.*</cols>")
_DATA = re.compile("<sheetData>.*</sheetData>", re.DOTALL)
_STYLE = re.compile('<c r="[A-Z0-9]+" s="([0-9]+)"')
_VALIDATED = re.compile('(?<=<dataValidation sqref=")([A-Z]+)([0-9]+)(:[A-Z0-9]+)?')
_COUNTS = " count="


@dataclass(frozen=True, slots=True)
class Model:
    """The parts of a model workbook: those that all workbooks share, and those in which each has its own texts.

    `names` are those of all parts in their order; `shared` are whole parts, `packed` the same deflated; `properties`
    are parts by name, `sheets` the sheets' parts; `strings` is the table of texts up to its counts; `styles` are the
    looks' numbers.
    """

    names: tuple[str, ...]
    shared: Mapping[str, bytes]
    packed: Mapping[str, Deflated]
    properties: Mapping[str, str]
    sheets: tuple[str, ...]
    strings: str
    styles: Mapping[CellStyle, str]


def token(name: str) -> str:
    """Returns a placeholder in the model for a text of each workbook; its name has only the letters a to z and _."""
    return f"\ue000{name}\ue001"


def looks_of(rows: Iterable[StyledRow]) -> tuple[CellStyle, ...]:
    """Returns the looks of rows in the order of first use, which is how openpyxl numbers them."""
    return tuple(dict.fromkeys(_looks(rows)))


def make_model(book: bytes, contents: tuple[SheetContent, ...]) -> Model:
    """Makes the model from a workbook.

    Args:
        book: a workbook with our mark, with a `token` in document properties and page footers.
        contents: what its sheets were made from.
    """
    parts = read_parts(book)
    sheets = tuple(parts[name].decode() for name in _sheet_names(contents))
    properties = {name: content.decode() for name, content in parts.items() if name in _PROPERTY_PARTS}
    own = {*_sheet_names(contents), *properties, STRINGS}
    shared = {name: content for name, content in parts.items() if name not in own}
    styles: dict[CellStyle, str] = {}
    for sheet, content in zip(sheets, contents, strict=True):
        styles.update(zip(_looks(content.rows), _STYLE.findall(sheet), strict=True))
    packed = {name: deflate(content) for name, content in shared.items()}
    strings, _, _ = parts[STRINGS].decode().partition(_COUNTS)
    return Model(tuple(parts), shared, packed, properties, sheets, strings, styles)


def stamped(model: Model, contents: tuple[SheetContent, ...], texts: Mapping[str, str]) -> bytes:
    """Makes a workbook of the model's layout, with our mark.

    Its parts are byte for byte those that openpyxl and `repack` would make.

    Args:
        contents: of each sheet; the model has all their looks.
        texts: the text for each `token`.
    """
    numbers: dict[str, int] = {}
    in_footers = {name: text.replace("&", "&&") for name, text in texts.items()}
    own = {name: _with_texts(xml, texts) for name, xml in model.properties.items()}
    for name, xml, content in zip(_sheet_names(contents), model.sheets, contents, strict=True):
        own[name] = _with_texts(_sheet(xml, content, model.styles, numbers), in_footers)
    uses = sum(bool(text) for content in contents for row in content.rows for text, _ in row.cells)
    own[STRINGS] = f"{model.strings}{_string_table(numbers, uses)}"
    parts = with_mark({**model.shared, **{name: xml.encode() for name, xml in own.items()}})
    return write_parts(((name, (model.packed.get(name, parts[name]),)) for name in model.names), FAT)


def _sheet_names(contents: tuple[SheetContent, ...]) -> Iterator[str]:
    return (f"xl/worksheets/sheet{number}.xml" for number in range(1, len(contents) + 1))


def _looks(rows: Iterable[StyledRow]) -> Iterator[CellStyle]:
    return (look for row in rows for _, look in row.cells)


def _with_texts(xml: str, values: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda found: _xml(values[found[1]]), xml)


def _sheet(xml: str, content: SheetContent, styles: Mapping[CellStyle, str], numbers: dict[str, int]) -> str:
    """Puts a sheet's content into the model's XML; texts that have no number yet get the next ones."""
    if not content.rows:
        return xml
    last_row, last_column = content.rows[-1].number, column_letter(max(len(row.cells) for row in content.rows))
    rows = "".join(_row(row, styles, numbers) for row in content.rows)
    filled = _DATA.sub(lambda _: f"<sheetData>{rows}</sheetData>", xml, count=1)
    filled = _DIMENSION.sub(f'<dimension ref="A1:{last_column}{last_row}"/>', filled, count=1)
    if content.widths is not None:
        columns = "".join(_column(*numbered) for numbered in enumerate(content.widths, start=1))
        filled = _COLUMNS.sub(f"<cols>{columns}</cols>", filled, count=1)
    return _VALIDATED.sub(lambda found: _column_down_to(last_row, found[1], int(found[2])), filled)


def _column_down_to(last_row: int, column: str, first_row: int) -> str:
    """Returns a column's range of cells as openpyxl writes it: `B2:B9`, or `B2` for a single cell."""
    first = f"{column}{first_row}"
    return first if first_row == last_row else f"{first}:{column}{last_row}"


def _column(number: int, width: float) -> str:
    return f'<col width="{width:.16g}" customWidth="1" min="{number}" max="{number}"/>'


def _row(row: StyledRow, styles: Mapping[CellStyle, str], numbers: dict[str, int]) -> str:
    height = "" if row.height is None else f' ht="{row.height:.16g}"'
    cells = []
    for column, (text, look) in enumerate(row.cells, start=1):
        cell = f'<c r="{column_letter(column)}{row.number}" s="{styles[look]}"'
        number = numbers.setdefault(cell_text(text), len(numbers)) if text else None
        cells.append(f'{cell} t="n"/>' if number is None else f'{cell} t="s"><v>{number}</v></c>')
    return f'<row r="{row.number}"{height}>{"".join(cells)}</row>'


def _string_table(numbers: Iterable[str], uses: int) -> str:
    items = [f'<si><t xml:space="preserve">{_xml(text)}</t></si>' for text in numbers]
    return f'{_COUNTS}"{uses}" uniqueCount="{len(items)}">{"".join(items)}</sst>'


def _xml(text: str) -> str:
    return escape(text, quote=False)
