"""Names of styles that a PDF would take for something else."""

import re

from generator.formats.opc.package import parts_of_type, read_parts, write_parts
from generator.formats.opc.wordml import STYLES_TYPE, w
from generator.formats.opc.xml import Element, PackageError, parse_xml, to_xml

# The structure types of PDF. Source: ISO 32000-1:2008, 14.8.4.
_STRUCTURE_TYPE = re.compile(
    "Document|Part|Art|Sect|Div|BlockQuote|Caption|TOC|TOCI|Index|NonStruct|Private|P|H[1-6]?|L|LI|Lbl|LBody|Table|TR|"
    "TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|Ruby|Warichu|RB|RT|RP|WT|WP|Figure|"
    "Formula|Form"
)


def with_other_style_names(document: bytes) -> bytes:
    """The .docx with other names for the styles that are called like a structure type of PDF; it looks the same.

    LibreOffice makes a structure type of each paragraph style, and one that is called `Quote` would change what
    `Quote` means, which no PDF may. A document that we cannot read stays as it is.

    Source: ISO 14289-1:2014, 7.1 (standard structure types are not remapped).
    """
    try:
        parts = read_parts(document)
    except PackageError:
        return document
    changed = {name: _renamed(parse_xml(parts[name])) for name in parts_of_type(parts, STYLES_TYPE)}
    return write_parts((name, (changed.get(name, part),)) for name, part in parts.items())


def _renamed(styles: Element) -> bytes:
    for name in styles.iterfind(f"{w('style')}/{w('name')}"):
        if _STRUCTURE_TYPE.fullmatch(str(name.get(w("val")))):
            name.set(w("val"), f"{name.get(w('val'))} (style)")
    return to_xml(styles)
