"""Rewrites openpyxl's workbooks as Excel would write them; the same workbook gives the same bytes."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from lxml import etree

from generator.formats.opc.package import FAT, read_parts, write_parts
from generator.formats.opc.xml import Element, make_root, parse_xml_whole, to_xml
from generator.formats.xlsx.sheet_xml import SPACE, M

_STRINGS, _TYPES, _RELATIONS = "xl/sharedStrings.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_STRINGS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
# The order in which Office writes a font, and its SDK demands it (ECMA-376 part 1, §18.8.22); openpyxl has another.
_FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)


def as_excel_writes(data: bytes) -> bytes:
    """Returns the same workbook, packed anew.

    Texts lie once in a table of shared strings. A row's height is a hint, so that Excel lets the row grow with what is
    typed, where openpyxl marks each as set by hand. No clock enters the package.

    Args:
        data: an .xlsx as openpyxl 3.1 writes it, all its texts inline.
    """
    roots = {name: parse_xml_whole(content) for name, content in read_parts(data).items()}
    for root in roots.values():
        _let_rows_grow(root)
        _order_fonts(root)
    strings = _share_strings(tuple(roots.values()))
    _register_strings(roots)
    return write_parts(((name, (to_xml(root),)) for name, root in (*roots.items(), (_STRINGS, strings))), FAT)


class UndatedZip(ZipFile):
    """A new zip file without dates from the computer's clock.

    ZipFile dates each member by the clock or by the file that it came from, and refuses years before 1980 and after
    2107: a computer that has lost its date could write no workbook.
    """

    def __init__(self, written: BytesIO) -> None:
        super().__init__(written, "w", strict_timestamps=False)  # for `write`: a file's date may be of any year

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        member = ZipInfo(zinfo_or_arcname) if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname
        super().writestr(member, data, compress_type, compresslevel)


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
    override = {"PartName": f"/{_STRINGS}", "ContentType": _STRINGS_TYPE}
    relation = {"Type": _STRINGS_RELATION, "Target": f"/{_STRINGS}", "Id": "rIdStrings"}
    for name, child, attributes in ((_TYPES, "Override", override), (_RELATIONS, "Relationship", relation)):
        root = roots[name]
        etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{child}", attributes)
