"""Rewrites openpyxl's workbooks as Excel would write them; the same workbook gives the same bytes."""

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from generator.formats.opc.xml import Element, make_root, parse_xml_whole, to_xml
from generator.formats.opc.zip_writer import FAT, write_parts
from generator.formats.xlsx.sheet_xml import SPACE, M

STRINGS, _TYPES, _RELATIONS = "xl/sharedStrings.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRINGS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
# The order in which Office writes a font, and its SDK demands it (ECMA-376 part 1, §18.8.22); openpyxl has another.
_FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)


class WrittenParts(dict[str, bytes]):
    """What openpyxl writes a workbook into, in place of a zip: the one zip of a package is written by `write_parts`."""

    def writestr(self, name: str, content: str | bytes) -> None:
        self[name] = content.encode() if isinstance(content, str) else content

    def write(self, path: str, name: str) -> None:
        self[name] = Path(path).read_bytes()

    def namelist(self) -> list[str]:
        return list(self)

    def close(self) -> None:
        """Nothing: openpyxl closes its zip."""


def as_excel_writes(parts: Mapping[str, bytes]) -> bytes:
    """The workbook as a package.

    Texts lie once in a table of shared strings. A row's height is a hint, so that Excel lets the row grow with what is
    typed, where openpyxl marks each as set by hand. No clock enters the package.

    Args:
        parts: an .xlsx's as openpyxl 3.1 writes them, all texts inline.
    """
    roots = {name: parse_xml_whole(content) for name, content in parts.items()}
    for root in roots.values():
        _let_rows_grow(root)
        _order_fonts(root)
    strings = _share_strings(tuple(roots.values()))
    _register_strings(roots)
    return write_parts(((name, (to_xml(root),)) for name, root in (*roots.items(), (STRINGS, strings))), FAT)


def _let_rows_grow(root: Element) -> None:
    for row in root.iter(f"{M}row"):
        row.attrib.pop("customHeight", "")


def _order_fonts(root: Element) -> None:
    for font in root.iter(f"{M}font"):
        font[:] = sorted(font, key=lambda part: _FONT_ORDER.index(etree.QName(part).localname))


def _share_strings(roots: tuple[Element, ...]) -> Element:
    """Moves the cells' texts into a table, each text once, in the order of the cells."""
    numbers: dict[str, int] = {}
    cells = [cell for root in roots for cell in root.iter(f"{M}c") if cell.get("t") == "inlineStr"]
    for cell in cells:
        number = numbers.setdefault(cell.findtext(f"{M}is/{M}t") or "", len(numbers))
        cell[:] = []
        cell.set("t", "s")
        etree.SubElement(cell, f"{M}v").text = str(number)
    return _string_table(tuple(numbers), len(cells))


def _string_table(texts: tuple[str, ...], uses: int) -> Element:
    table = make_root(f"{M}sst")
    table.attrib.update({"count": str(uses), "uniqueCount": str(len(texts))})
    for text in texts:
        item = etree.SubElement(etree.SubElement(table, f"{M}si"), f"{M}t", {SPACE: "preserve"})
        item.text = text
    return table


def _register_strings(roots: Mapping[str, Element]) -> None:
    override = {"PartName": f"/{STRINGS}", "ContentType": _STRINGS_TYPE}
    relation = {"Type": _STRINGS_RELATION, "Target": f"/{STRINGS}", "Id": "rIdStrings"}
    for name, child, attributes in ((_TYPES, "Override", override), (_RELATIONS, "Relationship", relation)):
        root = roots[name]
        etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{child}", attributes)
