"""Finds the tags in a template's part, and checks that docxtpl can handle each."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile

from generator.errors import TemplateError
from generator.formats.docx.faults import (
    CROSSING_BLOCK,
    FORBIDDEN,
    MERGES_NOTHING,
    OUTSIDE_CELL,
    TEXT_BESIDE_TAG,
    TOO_DEEP,
    UNCLOSED_BLOCK,
    UNCLOSED_TAG,
    WHOLE_ROWS,
    TemplatePlace,
    make_error,
)
from generator.formats.docx.places import Places
from generator.formats.opc.wordml import TAG, own_text, own_texts, w
from generator.formats.opc.xml import Element

# Filters of ours begin so, and authors cannot use them.
PRINTER, RUN_PRINTER = "_printed", "_printed_runs"
_OURS = re.compile(r"\|\s*_")
_HALF_TAG = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_PARTS_OF_TAG = re.compile(r"\{[{%#]-?(?:(p|tr|tc|r)\s)?\s*(.*?)\s*-?[}%#]\}", re.DOTALL)
_PRINTED = re.compile(rf"\((.*)\)\|{PRINTER}(?:_runs)?\(\d+\)")
_BLOCKS = frozenset({"for", "if", "macro", "call", "filter", "with", "set", "autoescape", "block"})
_BRANCHES = frozenset({"else", "elif"})
_LOOP_OF_MERGE = {"vm": "tr", "hm": "tc"}
_MOST_LOOPS = 12  # inside each other: Python takes no more than 20 in what Jinja makes of them
# Tags that stay as they are.
_REFUSED = frozenset({"raw", "endraw"})
# Merged and coloured cells, which docxtpl settles once the part is printed.
OF_CELLS = frozenset({"vm", "hm", "colspan", "cellbg"})
_QUOTES = str.maketrans('“”‘’"', "'''''")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: its text (`{%tr for row in section.rows %}`), its letters (`tr`) and the words inside.

    `element` is the paragraph in which it stands, or the element of one of whose attributes it is a part; `wrappers`
    are the tags of what encloses its run in the paragraph: a link, a content control.
    """

    text: str
    letters: str
    words: str
    place: TemplatePlace
    element: Element
    wrappers: tuple[str, ...] = ()

    @property
    def is_value(self) -> bool:
        return self.text.startswith("{{")

    @property
    def keyword(self) -> str:
        """`for`, `endif`, …; an empty string where the tag prints a value or is a comment."""
        return (self.words.split() or [""])[0] if self.text.startswith("{%") else ""

    @property
    def is_runs(self) -> bool:
        """True if the tag prints a value as runs of its paragraph: `{{r row.narrative }}`."""
        return self.is_value and self.letters == "r"

    @property
    def needs_docxtpl(self) -> bool:
        """True if docxtpl itself must print the template."""
        return self.is_runs or self.keyword in OF_CELLS

    @property
    def opens(self) -> bool:
        return self.keyword in _BLOCKS and not (self.keyword == "set" and "=" in self.words)

    @property
    def holder(self) -> Element | None:
        """The paragraph, row or cell that the tag replaces; its paragraph if it replaces none."""
        name = w(self.letters if self.letters in ("tr", "tc") else "p")
        return self.element if self.element.tag == name else next(self.element.iterancestors(name), None)

    @property
    def level(self) -> tuple[str, Element | None, tuple[str, ...]]:
        """The values that must be equal at the two ends of a block."""
        holder, letters = self.holder, self.letters.removeprefix("r")
        return letters, None if holder is None else holder.getparent(), () if letters else self.wrappers


def read_tags(root: Element, part: str) -> tuple[Tag, ...]:
    """Every tag of a part, in the order of the document."""
    places = Places(root, part)
    return tuple(tag for element in root.iter("*") for tag in _tags_of(element, places))


def key_of(tag: str) -> str:
    """Returns a tag's text without what docxtpl removes from it: its letters and Word's quotation marks."""
    words = "".join(_parts_of(tag)[1].translate(_QUOTES).split())
    words = words.removeprefix("colspan").removeprefix("cellbg")  # docxtpl makes attributes of these
    printed = _PRINTED.fullmatch(words)
    return printed[1] if printed else words


def tag_faults(tags: tuple[Tag, ...], root: Element, part: str) -> Iterator[TemplateError]:
    """Yields an error for each tag that docxtpl would damage or drop: half tags, crossing pairs, text beside a tag."""
    places = Places(root, part)
    for paragraph in root.iter(w("p")):
        if _HALF_TAG.search(TAG.sub("", own_text(paragraph))):
            yield make_error(UNCLOSED_TAG, places.of(paragraph), example="{{ title }}")
    yield from (fault for tag in tags for fault in _faults_alone(tag))
    yield from _pair_faults(tags)
    yield from _merge_faults(tags)


def _parts_of(tag: str) -> tuple[str, str]:
    found = _PARTS_OF_TAG.fullmatch(tag)
    return (found[1] or "", found[2]) if found else ("", tag)


def _tags_of(element: Element, places: Places) -> Iterator[Tag]:
    found = [(text, ()) for value in element.attrib.values() if "{" in str(value) for text in TAG.findall(str(value))]
    written = [*found, *_tags_in_text(element)] if element.tag == w("p") else found
    place = places.of(element) if written else TemplatePlace(places.part)
    for text, wrappers in written:
        letters, words = _parts_of(text)
        yield Tag(text, letters, words, place, element, wrappers)


def _tags_in_text(paragraph: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields the tags of a paragraph's own text, each with the elements around the run in which it begins."""
    pieces = own_texts(paragraph)
    starts = list(accumulate((len(piece.text or "") for piece in pieces), initial=0))
    for tag in TAG.finditer("".join(piece.text or "" for piece in pieces)):
        piece = pieces[bisect_right(starts, tag.start()) - 1]
        around = takewhile(lambda each: each is not paragraph, piece.iterancestors())
        yield tag[0], tuple(str(each.tag) for each in around if each.tag != w("r"))


def _faults_alone(tag: Tag) -> Iterator[TemplateError]:
    if tag.keyword in _REFUSED:
        yield make_error(FORBIDDEN, tag.place, name=tag.text)
    if tag.is_value and tag.letters in ("tr", "tc"):
        yield make_error(WHOLE_ROWS, tag.place, tag=tag.text)
    if tag.keyword in OF_CELLS and next(tag.element.iterancestors(w("tc")), None) is None:
        yield make_error(OUTSIDE_CELL, tag.place, tag=tag.text)
    if _OURS.search(tag.words):
        yield make_error(FORBIDDEN, tag.place, name=tag.text)
    if tag.letters in ("p", "tr", "tc") and _text_of(tag.holder).strip() != tag.text:
        yield make_error(TEXT_BESIDE_TAG, tag.place, tag=tag.text)


def _text_of(holder: Element | None) -> str:
    return "" if holder is None else "".join(text.text or "" for text in holder.iter(w("t")))


def _merge_faults(tags: tuple[Tag, ...]) -> Iterator[TemplateError]:
    """Yields an error for each tag that merges cells outside a loop: docxtpl would drop cells of another loop."""
    loops: list[Tag] = []
    for tag in tags:
        if tag.keyword == "for":
            loops.append(tag)
        elif tag.keyword == "endfor" and loops:
            loops.pop()
        elif tag.keyword in _LOOP_OF_MERGE and not (loops and loops[-1].letters == _LOOP_OF_MERGE[tag.keyword]):
            loop = f"{{%{_LOOP_OF_MERGE[tag.keyword]} for … %}}"
            yield make_error(MERGES_NOTHING, tag.place, tag=tag.text, loop=loop)


def _pair_faults(tags: tuple[Tag, ...]) -> Iterator[TemplateError]:
    """Yields an error for each tag without a pair; what only follows from another fault is left out."""
    opened: list[Tag] = []
    for number, tag in enumerate(tags):
        if tag.opens:
            opened.append(tag)
            if [each.keyword for each in opened].count("for") > _MOST_LOOPS:
                yield make_error(TOO_DEEP, tag.place, most=str(_MOST_LOOPS))
                return
        elif tag.keyword in _BRANCHES and opened:
            yield from _level_faults(opened[-1], tag)
        elif tag.keyword.startswith("end") and tag.keyword not in _REFUSED:
            yield from _end(tag, opened, tags[number + 1 :])
    yield from (make_error(UNCLOSED_BLOCK, tag.place, tag=tag.text) for tag in opened)


def _end(tag: Tag, opened: list[Tag], later: tuple[Tag, ...]) -> Iterator[TemplateError]:
    """Takes the pair of an end tag from the opened ones, with those inside it that nothing has closed."""
    fitting = [place for place, start in enumerate(opened) if _is_pair(start, tag)]
    if fitting:
        left = opened[fitting[-1] :]
        del opened[fitting[-1] :]
        yield from (make_error(UNCLOSED_BLOCK, start.place, tag=start.text) for start in left[1:])
    elif not opened or tag.keyword != _end_of(opened[-1]) or any(_is_pair(opened[-1], other) for other in later):
        yield make_error(UNCLOSED_BLOCK, tag.place, tag=tag.text)
    else:
        yield from _level_faults(opened.pop(), tag)


def _is_pair(start: Tag, end: Tag) -> bool:
    return end.keyword == _end_of(start) and start.level == end.level


def _end_of(start: Tag) -> str:
    return f"end{start.keyword}"


def _level_faults(start: Tag, end: Tag) -> Iterator[TemplateError]:
    if start.level != end.level:
        example = "{%tr for row in section.rows %} … {%tr endfor %}"
        yield make_error(CROSSING_BLOCK, end.place, tag=end.text, pair=start.text, example=example)
