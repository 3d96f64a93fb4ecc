"""Masks personal identity codes in our copy of an officer's workbook: in cells, in notes, and in shapes beside them."""

from collections.abc import Iterator

from lxml import etree

from generator.domain.base.personal import has_identity_code, mask_identity_codes
from generator.formats.opc.xml import Element
from generator.formats.xlsx.book import PatchedBook

# What a worksheet leads to, and holds words of people.
_WORDED = {"comments", "threadedcomment", "drawing"}
# A text whose parts may differ in their looks: a shared string, a cell's own, a note's, a shape's paragraph.
_RICH = {"si", "is", "text", "p"}


def mask_codes(book: PatchedBook) -> None:
    """Replaces each code with `●●●●●●-●●●●`; a text in several formats keeps the format of its first part."""
    for part in dict.fromkeys(_parts(book)):
        masked = [element for element in book.package.root(part).iter() if _mask(element)]
        if masked:
            book.package.change(part)


def _parts(book: PatchedBook) -> Iterator[str]:
    yield from book.shared_strings
    for tab in book.worksheets:
        yield tab.part
        yield from (link.target for link in book.package.links(tab.part) if link.kind in _WORDED)


def _mask(element: Element) -> bool:
    """True if the element's own text held a code, or the texts of its parts together."""
    if not isinstance(element.tag, str):
        return False
    if has_identity_code(element.text or ""):
        element.text = mask_identity_codes(element.text or "")
        return True
    if etree.QName(element).localname not in _RICH:
        return False
    texts = list(element.iter("{*}t"))
    whole = "".join(text.text or "" for text in texts)
    if not has_identity_code(whole):
        return False
    texts[0].text = mask_identity_codes(whole)
    for text in texts[1:]:
        text.text = ""
    return True
