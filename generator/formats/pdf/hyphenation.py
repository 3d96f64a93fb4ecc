"""Tells whether LibreOffice has hyphenated a PDF, which it does only with a dictionary of the language."""

import re
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name

from generator.formats.opc.package import part_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, SETTINGS_TYPE, w
from generator.formats.opc.xml import PackageError, parse_xml
from generator.formats.pdf.structure import elements

_SOFT_HYPHEN = "\u00ad"
_LONG_WORD = re.compile(r"[^\W\d_]{13,}")
# So many long words in cells are never set without one of them being hyphenated.
_ENOUGH = 200


def lacks_hyphens(made: bytes, document: bytes) -> bool:
    """True if a document asks for hyphenation and has many long words, and its PDF has no hyphenated word.

    LibreOffice tags the hyphen at a line's end as a soft one, which readers leave out.

    Args:
        made: The PDF as LibreOffice wrote it.
        document: The .docx.
    """
    return _wants_hyphens(document) and not _has_hyphens(made)


def _wants_hyphens(document: bytes) -> bool:
    try:
        parts = read_parts(document)
        mark = parse_xml(part_of_type(parts, SETTINGS_TYPE)).find(w("autoHyphenation"))
        body = parse_xml(part_of_type(parts, MAIN_TYPE))
    except PackageError:
        return False
    is_asked = mark is not None and mark.get(w("val")) not in ("0", "false", "off")
    texts = "\n".join(text.text or "" for cell in body.iter(w("tc")) for text in cell.iter(w("t")))
    return is_asked and len(_LONG_WORD.findall(texts)) >= _ENOUGH


def _has_hyphens(made: bytes) -> bool:
    with pikepdf.open(BytesIO(made)) as pdf:
        root = pdf.Root.get(Name.StructTreeRoot, Dictionary())
        return any(str(element.get(Name.ActualText, "")) == _SOFT_HYPHEN for element in elements(root))
