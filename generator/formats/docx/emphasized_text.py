"""Finds words that stand out in a document: highlighted, bold, italic, underlined, coloured, in a list, or a link.

The next draft prints a person's words, not how they look. Who marks words in a draft means something by it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from generator.formats.opc.wordml import own_text, read_value_bookmark, w
from generator.formats.opc.xml import Element

_RUN, _PARAGRAPH, _CELL, _START, _NAME = map(w, ("r", "p", "tc", "bookmarkStart", "name"))
_FORMAT, _LIST = w("rPr"), f"{w('pPr')}/{w('numPr')}/{w('numId')}"
_LINK, _ADDRESS = w("hyperlink"), "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# A link that says its own address loses nothing: Word makes one of each address that is typed.
_OWN_ADDRESS = re.compile(r"\S*[.@:]\S+|")
# The attribute that tells whether a format is on. Text that is nearly black is not coloured: pasted text often is.
_FORMATS = {
    **{w(name): w("val") for name in ("b", "i", "u", "highlight", "color")},
    w("shd"): w("fill"),
}
# LibreOffice writes the other formats of a heading's style into its runs.
_OUTSIDE = frozenset({"highlight"})
_OFF = re.compile(r"0|false|off|none|auto|(?:[0-4][0-9A-F]){3}", re.IGNORECASE)


class EmphasizedText(NamedTuple):
    """Words that stand out, and by what: the format's name, `list` or `link`.

    `value` is the bookmark of the goal's value in their cell; an empty string: there is none.
    """

    format: str
    value: str
    text: str


def emphasized_texts(root: Element) -> tuple[EmphasizedText, ...]:
    """Returns the words that stand out in the main part of a document: outside values highlighted ones and links."""
    marked = (mark.getparent() for mark in root.iter(*_FORMATS))
    runs = (parent.getparent() for parent in marked if parent is not None and parent.tag == _FORMAT)
    paragraphs = dict.fromkeys(_paragraph(run) for run in runs if run is not None and run.tag == _RUN)
    listed = (each for each in root.iter(_PARAGRAPH) if _is_listed(each))
    links = (each for each in root.iter(_LINK) if each.get(_ADDRESS) and not _OWN_ADDRESS.fullmatch(_words(each)))
    return (
        *(found for paragraph in paragraphs for found in _in_paragraph(paragraph)),
        *(EmphasizedText("list", value, own_text(each)) for each in listed if (value := _value(each))),
        *(EmphasizedText("link", _value(_paragraph(each)), _words(each)) for each in links),
    )


def new_emphasis(edited: Iterable[EmphasizedText], base: Iterable[EmphasizedText]) -> tuple[str, ...]:
    """Returns the words that stand out in an edited document alone, each once.

    A format that the base has in the same value is the template's: edited words have it too.
    """
    known = {each if not each.value else each[:2] for each in base}
    return tuple(dict.fromkeys(each.text for each in edited if not known & {each, each[:2]}))


def _in_paragraph(paragraph: Element) -> Iterator[EmphasizedText]:
    value = _value(paragraph)
    words = [(text, _formats(run)) for run in paragraph.iter(_RUN) if (text := _text(run))]
    found = {name for _, formats in words for name in formats}
    for name in sorted(found if value else found & _OUTSIDE):
        for is_marked, group in groupby(words, lambda word, name=name: name in word[1]):  # type: ignore[misc]
            text = "".join(text for text, _ in group).strip()
            if is_marked and text:
                yield EmphasizedText(name, value, text)


def _paragraph(element: Element) -> Element:
    return next(element.iterancestors(_PARAGRAPH), element)


def _value(paragraph: Element) -> str:
    """Returns the bookmark of the value in the paragraph's cell; an empty string outside of such cells."""
    cell = next(paragraph.iterancestors(_CELL), None)
    names = (str(start.get(_NAME)) for start in cell.iter(_START)) if cell is not None else ()
    return next((name for name in names if read_value_bookmark(name)), "")


def _formats(run: Element) -> frozenset[str]:
    own = run.find(_FORMAT)
    found = () if own is None else own.iterchildren(*_FORMATS)
    on = (each for each in found if not _OFF.fullmatch(str(each.get(_FORMATS[str(each.tag)], "1"))))
    return frozenset(str(each.tag).rpartition("}")[2] for each in on)


def _words(link: Element) -> str:
    return "".join(text.text or "" for text in link.iter(w("t"))).strip()


def _text(run: Element) -> str:
    return "".join(text.text or "" for text in run.iterchildren(w("t")))


def _is_listed(paragraph: Element) -> bool:
    number = paragraph.find(_LIST)
    return number is not None and number.get(w("val")) != "0" and bool(own_text(paragraph).strip())
