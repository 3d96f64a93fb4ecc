"""Makes changed copies of a Word document, for LibreOffice only, to avoid faults in its PDFs."""

import re
from collections.abc import Callable

from generator.formats.opc.package import parts_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, STYLES_TYPE, w
from generator.formats.opc.xml import Element, PackageError, parse_xml, to_xml
from generator.formats.opc.zip_writer import write_parts

# The structure types of PDF. Source: ISO 32000-1:2008, 14.8.4.
_STRUCTURE_TYPE = re.compile(
    "Document|Part|Art|Sect|Div|BlockQuote|Caption|TOC|TOCI|Index|NonStruct|Private|P|H[1-6]?|L|LI|Lbl|LBody|Table|TR|"
    "TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|Ruby|Warichu|RB|RT|RP|WT|WP|Figure|"
    "Formula|Form"
)


def with_other_style_names(document: bytes) -> bytes:
    """Renames styles of the .docx that are named like a structure type of PDF; it looks the same.

    LibreOffice makes a structure type of each paragraph style, and one that is called `Quote` would change what
    `Quote` means, which no PDF may. A document that we cannot read stays as it is.

    Source: ISO 14289-1:2014, 7.1 (standard structure types are not remapped).
    """
    return _changed(document, STYLES_TYPE, _rename)


def with_breaking_rows(document: bytes) -> bytes:
    """Lets the first row under each table's heading break over pages, so that LibreOffice loses no rows below it.

    LibreOffice 7.4 loses them at certain places of the page if that row is to stay whole (`w:cantSplit`) and a row
    below it breaks. A document that we cannot read stays as it is.
    """
    return _changed(document, MAIN_TYPE, _let_break)


def _changed(document: bytes, content_type: str, change: Callable[[Element], None]) -> bytes:
    try:
        parts = read_parts(document)
        changed = {}
        for name in parts_of_type(parts, content_type):
            root = parse_xml(parts[name])
            change(root)
            changed[name] = to_xml(root)
    except PackageError:
        return document
    return write_parts((name, (changed.get(name, part),)) for name, part in parts.items())


def _rename(styles: Element) -> None:
    for name in styles.iterfind(f"{w('style')}/{w('name')}"):
        if _STRUCTURE_TYPE.fullmatch(str(name.get(w("val")))):
            name.set(w("val"), f"{name.get(w('val'))} (style)")


def _let_break(body: Element) -> None:
    for table in body.iter(w("tbl")):
        plain = (row for row in table.iter(w("tr")) if row.find(f"{w('trPr')}/{w('tblHeader')}") is None)
        for mark in next(plain, table).iterfind(f"{w('trPr')}/{w('cantSplit')}"):
            mark.set(w("val"), "0")
