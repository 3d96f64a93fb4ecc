"""Adds page numbers to the list of contents of the copy from which LibreOffice makes the PDF.

The published .docx has none: Word could keep them right only if it asked each reader for leave to update them.
LibreOffice computes no field inside a list of contents either, so the document is converted twice, the second time with
the numbers of the pages that the headings were on.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Self

from generator.formats.opc.package import part_of_type, parts_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, own_text, w
from generator.formats.opc.xml import Element, PackageError, add_element, parse_xml, to_xml
from generator.formats.opc.zip_writer import write_parts

# The bookmarks of the headings, to which the entries of the list are links.
_HEADING = "_Toc"
_UNKNOWN = "0"


@dataclass(frozen=True, slots=True)
class ContentsPages:
    """A document's list of contents: the text of each entry, which is that of its heading."""

    document: bytes
    entries: tuple[str, ...]

    @classmethod
    def of(cls, document: bytes) -> Self:
        """Reads the list of a .docx; it is empty if the document has none, or cannot be read."""
        try:
            root = parse_xml(part_of_type(read_parts(document), MAIN_TYPE))
        except PackageError:
            return cls(document, ())
        return cls(document, tuple(own_text(entry) for entry, _ in _entries(root)))

    def numbered(self, numbers: Sequence[str]) -> bytes:
        """Returns the .docx with a number at the end of each entry."""
        if not self.entries:
            return self.document
        parts = read_parts(self.document)
        name = parts_of_type(parts, MAIN_TYPE)[0]
        root = parse_xml(parts[name])
        for (entry, link), number in zip(tuple(_entries(root)), numbers, strict=True):
            _add_number(entry, link, number, _line_width(root))
        return write_parts((each, (to_xml(root) if each == name else part,)) for each, part in parts.items())

    @property
    def unknown(self) -> tuple[str, ...]:
        """Stands for the numbers while they are not known."""
        return (_UNKNOWN,) * len(self.entries)

    def numbers_in(self, pdf: bytes) -> tuple[str, ...]:
        """Returns the number of the page on which each heading stands, by the PDF's bookmarks."""
        if not self.entries:
            return ()
        pages = _heading_pages(pdf)
        return tuple(_next_page(pages, " ".join(text.split())) for text in self.entries)


def _next_page(pages: Iterator[tuple[str, int]], title: str) -> str:
    """Returns the page of the next heading with a title; the headings stand in the order of the list."""
    return next((str(page) for text, page in pages if text == title), _UNKNOWN)


def _heading_pages(pdf: bytes) -> Iterator[tuple[str, int]]:
    """Yields each bookmark of a PDF in its order: its title, and its page (1-based)."""
    import pikepdf  # takes 70 ms, and most commands make no PDF

    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        numbers = {page.obj.objgen: page.index + 1 for page in opened.pages}
        waiting = list(reversed(outline.root))
        found = []
        while waiting:
            item = waiting.pop()
            waiting += reversed(item.children)
            target = item.destination if item.destination is not None else item.action and item.action.get("/D")
            if isinstance(target, pikepdf.Array) and target[0].objgen in numbers:
                found.append((" ".join(str(item.title).split()), numbers[target[0].objgen]))
    return iter(found)


def _entries(root: Element) -> Iterator[tuple[Element, Element]]:
    """Yields each entry of the list of contents as its paragraph and the link in it."""
    for link in root.iter(w("hyperlink")):
        entry = link.getparent()
        if entry is not None and entry.tag == w("p") and str(link.get(w("anchor"))).startswith(_HEADING):
            yield entry, link


def _add_number(entry: Element, link: Element, number: str, width: int) -> None:
    """Adds a number at the end of the line, after dots, in the letters of the entry.

    The tab stands at the end of the line: beyond an indent LibreOffice would not print the number.
    """
    look = link.find(f"{w('r')}/{w('rPr')}")
    run = add_element(link, w("r"))
    run.extend([] if look is None else [deepcopy(look)])
    add_element(run, w("tab"))
    add_element(run, w("t"), text=number)
    properties = entry.find(w("pPr"))
    if properties is None:
        properties = add_element(entry, w("pPr"))
        entry.insert(0, properties)
    for old in properties.findall(w("tabs")):
        properties.remove(old)
    tabs = add_element(properties, w("tabs"))
    add_element(tabs, w("tab"), {w("val"): "right", w("leader"): "dot", w("pos"): str(width)})
    indent = properties.find(w("ind"))
    (add_element(properties, w("ind")) if indent is None else indent).set(w("right"), "0")


def _line_width(root: Element) -> int:
    """Returns the width of a line of the last section, in twips."""
    section = next(reversed(list(root.iter(w("sectPr")))), None)
    size, margins = (None if section is None else section.find(w(name)) for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return 0
    sides = sum(int(str(margins.get(w(side), "0"))) for side in ("left", "right", "gutter"))
    return int(str(size.get(w("w"), "0"))) - sides
