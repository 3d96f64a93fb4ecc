"""Finds the tags in a template's part, and checks that docxtpl can handle each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.errors import TemplateError
from generator.formats.docx.faults import (
    CROSSING_BLOCK,
    FORBIDDEN,
    TEXT_BESIDE_TAG,
    UNCLOSED_BLOCK,
    UNCLOSED_TAG,
    TemplatePlace,
    make_error,
)
from generator.formats.opc.wordml import TAG, own_text, w
from generator.formats.opc.xml import Element

# Filters of ours begin so, and authors cannot use them.
PRINTER = "_printed"
_OURS = re.compile(r"\|\s*_")
_HALF_TAG = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_PARTS_OF_TAG = re.compile(r"\{[{%#]-?(?:(p|tr|tc|r)\s)?\s*(.*?)\s*-?[}%#]\}", re.DOTALL)
_PRINTED = re.compile(rf"\((.*)\)\|{PRINTER}\(\d+\)")
_BLOCKS = frozenset({"for", "if", "macro", "call", "filter", "with", "set", "autoescape", "block"})
_BRANCHES = frozenset({"else", "elif"})
_MERGES = frozenset({"vm", "hm", "colspan"})
_QUOTES = str.maketrans('“”‘’"', "'''''")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: its text (`{%tr for row in section.rows %}`), its letters (`tr`) and the words inside.

    `element` is the paragraph that it is in, or the element of one of whose attributes it is a part.
    """

    text: str
    letters: str
    words: str
    place: TemplatePlace
    element: Element

    @property
    def is_value(self) -> bool:
        return self.text.startswith("{{")

    @property
    def keyword(self) -> str:
        """`for`, `endif`, …; an empty string if the tag prints a value or is a comment."""
        return self.words.partition(" ")[0] if self.text.startswith("{%") else ""

    @property
    def opens(self) -> bool:
        return self.keyword in _BLOCKS and not (self.keyword == "set" and "=" in self.words)

    @property
    def holder(self) -> Element | None:
        """The paragraph, row or cell that the tag replaces; its paragraph if it replaces none."""
        name = w(self.letters if self.letters in ("tr", "tc") else "p")
        return self.element if self.element.tag == name else next(self.element.iterancestors(name), None)

    @property
    def level(self) -> tuple[str, Element | None]:
        """The tag's level in the document, which must be the same at both ends of a block."""
        holder = self.holder
        return self.letters.removeprefix("r"), None if holder is None else holder.getparent()


def read_tags(root: Element, part: str) -> tuple[Tag, ...]:
    """Returns every tag of a part, in the order of the document."""
    tables = {table: number for number, table in enumerate(root.iter(w("tbl")), 1)}
    return tuple(tag for element in root.iter("*") for tag in _tags_of(element, part, tables))


def key_of(tag: str) -> str:
    """Returns a tag's text without what docxtpl removes from it: its letters and Word's quotation marks."""
    words = "".join(_parts_of(tag)[1].translate(_QUOTES).split())
    printed = _PRINTED.fullmatch(words)
    return printed[1] if printed else words


def tag_faults(tags: tuple[Tag, ...], root: Element, part: str) -> Iterator[TemplateError]:
    """Finds what docxtpl would silently damage or lose: half tags, crossing pairs, text beside a tag."""
    tables = {table: number for number, table in enumerate(root.iter(w("tbl")), 1)}
    for paragraph in root.iter(w("p")):
        if _HALF_TAG.search(TAG.sub("", own_text(paragraph))):
            yield make_error(UNCLOSED_TAG, _place(paragraph, part, tables), example="{{ title }}")
    yield from (fault for tag in tags for fault in _faults_alone(tag))
    yield from _pair_faults(tags)


def _parts_of(tag: str) -> tuple[str, str]:
    found = _PARTS_OF_TAG.fullmatch(tag)
    return (found[1] or "", found[2]) if found else ("", tag)


def _tags_of(element: Element, part: str, tables: Mapping[Element, int]) -> Iterator[Tag]:
    texts = [str(value) for value in element.attrib.values() if "{" in str(value)]
    if element.tag == w("p"):
        texts.append(own_text(element))
    found = [text for whole in texts for text in TAG.findall(whole)]
    place = _place(element, part, tables) if found else TemplatePlace(part)
    for text in found:
        letters, words = _parts_of(text)
        yield Tag(text, letters, words, place, element)


def _place(element: Element, part: str, tables: Mapping[Element, int]) -> TemplatePlace:
    cell = next(element.iterancestors(w("tc")), None)
    if cell is None:
        return TemplatePlace(part, own_text(element) or " ".join(map(str, element.attrib.values())))
    row = next(cell.iterancestors(w("tr")))
    table = next(row.iterancestors(w("tbl")))
    near = " ".join(own_text(paragraph) for paragraph in cell.iter(w("p")))
    return TemplatePlace(part, near, tables[table], _number(row, table), _number(cell, row))


def _number(element: Element, within: Element) -> int:
    return list(within.iter(str(element.tag))).index(element) + 1


def _faults_alone(tag: Tag) -> Iterator[TemplateError]:
    if tag.keyword in _MERGES:
        yield make_error(FORBIDDEN, tag.place, name=tag.text)
    if tag.is_value and tag.letters in ("r", "tr", "tc"):
        yield make_error(FORBIDDEN, tag.place, name=f"{{{{{tag.letters} … }}}}")
    if _OURS.search(tag.words):
        yield make_error(FORBIDDEN, tag.place, name=tag.text)
    if tag.letters in ("p", "tr", "tc") and _text_of(tag.holder).strip() != tag.text:
        yield make_error(TEXT_BESIDE_TAG, tag.place, tag=tag.text)


def _text_of(holder: Element | None) -> str:
    return "" if holder is None else "".join(text.text or "" for text in holder.iter(w("t")))


def _pair_faults(tags: tuple[Tag, ...]) -> Iterator[TemplateError]:
    opened: list[Tag] = []
    for tag in tags:
        if tag.opens:
            opened.append(tag)
        elif tag.keyword in _BRANCHES and opened:
            yield from _level_faults(opened[-1], tag)
        elif tag.keyword.startswith("end"):
            if not opened or tag.keyword != f"end{opened[-1].keyword}":
                yield make_error(UNCLOSED_BLOCK, tag.place, tag=tag.text)
                return
            yield from _level_faults(opened.pop(), tag)
    yield from (make_error(UNCLOSED_BLOCK, tag.place, tag=tag.text) for tag in opened)


def _level_faults(start: Tag, end: Tag) -> Iterator[TemplateError]:
    if start.level != end.level:
        example = "{%tr for row in section.rows %} … {%tr endfor %}"
        yield make_error(CROSSING_BLOCK, end.place, tag=end.text, pair=start.text, example=example)
