"""The format of a document's text: direct formatting, styles and defaults, in layers that complete each other."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache, reduce

from generator.formats.docx_accessibility.colours import (
    AUTO,
    Theme,
    highlight_colour,
    shading_colour,
    text_colour,
)
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

LARGE, LARGE_BOLD = 36, 28  # half-points: 18 pt, or 14 pt where bold
_USUAL_SIZE = 20
_MOST_BASES = 12  # styles based on each other: thousands would be followed once for each of them
_HEADING = re.compile(r"heading (\d)")
_VAL = w("val")
_OFF = ("0", "false", "off")
PARAGRAPH, CHARACTER, TABLE = "paragraph", "character", "table"


@dataclass(frozen=True, slots=True)
class RunFormat:
    """One layer of formatting; None for what it does not set.

    Colours are six hex digits or AUTO, sizes half-points, the outline's level 1 to 9, or 10 for body text. `bullet`
    is the list's number and its level, 0-based, as numbering.xml has them.
    """

    colour: str | None = None
    bold: bool | None = None
    size: int | None = None
    is_hidden: bool | None = None
    highlight: str | None = None
    text_background: str | None = None
    paragraph_background: str | None = None
    cell_background: str | None = None
    level: int | None = None
    list_number: str | None = None
    list_level: int | None = None
    has_tab_stop: bool | None = None
    is_framed: bool | None = None
    has_border: bool | None = None

    @property
    def is_large(self) -> bool:
        return (self.size or _USUAL_SIZE) >= (LARGE_BOLD if self.bold else LARGE)

    @property
    def bullet(self) -> tuple[str, int] | None:
        return (self.list_number, self.list_level or 0) if self.list_number not in (None, "0") else None

    def background(self, behind: str | None) -> str | None:
        """Returns the colour behind the text; `behind` is that of the page or the cell around."""
        own = (self.highlight, self.text_background, self.paragraph_background, self.cell_background)
        return next((colour for colour in own if colour not in (None, AUTO)), behind)


PLAIN = RunFormat()
_FIELDS = tuple(field.name for field in fields(RunFormat))


@lru_cache(maxsize=20_000)
def combine(upper: RunFormat, lower: RunFormat) -> RunFormat:
    """Combines two layers: what the upper does not set, the lower sets."""
    if PLAIN in (upper, lower):
        return lower if upper == PLAIN else upper
    pairs = ((getattr(upper, name), getattr(lower, name)) for name in _FIELDS)
    return RunFormat(*(below if own is None else own for own, below in pairs))


def is_on(element: Element | None) -> bool | None:
    """Reads a switch such as w:b: on, off, or None if there is no such element."""
    return None if element is None else element.get(_VAL) not in _OFF


def read_format(holder: Element, theme: Theme) -> RunFormat:
    """Reads the format in a style, w:pPr, w:rPr or w:tcPr; that of the paragraph mark in w:pPr is not the text's."""
    said: dict[str, str | int | bool | None] = {}
    inner = () if holder.tag == _P_PR else holder.iterchildren(*_PROPERTIES)
    for properties in (holder, *inner):
        for element in properties:
            said.update(_settings_of(element, theme))
    return RunFormat(**said)  # type: ignore[arg-type]


def _settings_of(element: Element, theme: Theme) -> Iterator[tuple[str, str | int | bool | None]]:
    tag = element.tag
    if tag == _SHD:
        yield _BACKGROUNDS.get(_parent_tag(element), "text_background"), shading_colour(element, theme)
    elif tag == _COLOUR:
        yield "colour", text_colour(element, theme)
    elif tag == _HIGHLIGHT:
        yield "highlight", highlight_colour(element)
    elif tag in _TOGGLES:
        yield _TOGGLES[tag], is_on(element)
    elif tag in _NUMBERS:
        yield _NUMBERS[tag], _number(element)
    elif tag == _LIST:
        yield from _list(element)
    elif tag in _PRESENT:
        yield _PRESENT[tag], tag == _FRAME or any(part.get(_VAL) not in _NOTHING for part in element)


def _list(element: Element) -> Iterator[tuple[str, str | int]]:
    number, level = element.find(w("numId")), element.find(w("ilvl"))
    if number is not None:
        yield "list_number", str(number.get(w("val")))
    if level is not None:
        yield "list_level", _number(level) or 0


def _number(element: Element) -> int | None:
    """Reads a number; outline levels are stored from 0 on and returned from 1 on."""
    written = str(element.get(w("val")))
    plus = 1 if element.tag == w("outlineLvl") else 0
    return int(written) + plus if re.fullmatch("[0-9]{1,4}", written) else None


def _parent_tag(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


class DocumentStyles:
    """A document's styles, by id; an unknown id means the default style of its kind."""

    def __init__(self, root: Element | None, theme: Theme) -> None:
        self.theme = theme
        styles = () if root is None else tuple(root.iterchildren(w("style")))
        self._by_id = {(_kind(style), style.get(w("styleId"))): style for style in styles}
        self._defaults = {_kind(style): style.get(w("styleId")) for style in styles if _is_default(style)}
        self._found: dict[tuple[str, str | None], RunFormat] = {}
        self._conditions: dict[tuple[str | None, tuple[str, ...]], RunFormat] = {}
        self._names: dict[tuple[str, str | None], str] = {}
        self.defaults = self._read_defaults(root)
        self.language = self._language(root)

    def text_format(self, kind: str, style: str | None) -> RunFormat:
        """Returns the format of a style with those it is based on, without document defaults."""
        if (kind, style) not in self._found:
            layers = [self._own(one) for one in self._chain(kind, style)]
            self._found[kind, style] = reduce(combine, layers, PLAIN)
        return self._found[kind, style]

    def cell(self, style: str | None, conditions: tuple[str, ...]) -> RunFormat:
        """Returns a cell's format by the parts of a table style that apply (`firstRow`), the weakest first."""
        key = (style, conditions)
        if key not in self._conditions:
            chain = self._chain(TABLE, style)
            layers = [
                text_format for condition in reversed(conditions) for text_format in self._conditional(chain, condition)
            ]
            whole = combine(self.text_format(TABLE, style), self.defaults)
            self._conditions[key] = combine(reduce(combine, layers, PLAIN), whole)
        return self._conditions[key]

    def name(self, kind: str, style: str | None) -> str:
        """Returns the style's name in lower case: programs change ids, but keep names."""
        if (kind, style) not in self._names:
            self._names[kind, style] = next(map(_name, self._chain(kind, style)), "")
        return self._names[kind, style]

    def bordered_titles(self) -> Iterator[str]:
        """Returns the ids of the style Title, and of those based on it, that have a border."""
        for kind, style in self._by_id:
            names = [_name(one) for one in self._chain(kind, style)]
            if kind == PARAGRAPH and "title" in names and self.text_format(kind, style).has_border:
                yield str(style)

    def list_of(self, style: str | None) -> str | None:
        """Returns the number of a numbering style's list."""
        found = self._by_id.get(("numbering", style))
        number = None if found is None else next(found.iter(w("numId")), None)
        return None if number is None else number.get(w("val"))

    def _own(self, style: Element) -> RunFormat:
        text_format = read_format(style, self.theme)
        heading = _HEADING.fullmatch(_name(style))
        return combine(text_format, RunFormat(level=int(heading[1]))) if heading else text_format

    def _chain(self, kind: str, style: str | None) -> tuple[Element, ...]:
        """Yields the style, then the styles that it is based on."""
        found: list[Element] = []
        known = style if (kind, style) in self._by_id else self._defaults.get(kind)
        element = self._by_id.get((kind, known))
        while element is not None and element not in found and len(found) < _MOST_BASES:
            found.append(element)
            base = element.find(w("basedOn"))
            element = None if base is None else self._by_id.get((kind, base.get(w("val"))))
        return tuple(found)

    def _conditional(self, chain: Iterable[Element], condition: str) -> Iterator[RunFormat]:
        for style in chain:
            for part in style.iterchildren(w("tblStylePr")):
                if part.get(w("type")) == condition:
                    yield read_format(part, self.theme)

    def _read_defaults(self, root: Element | None) -> RunFormat:
        defaults = None if root is None else root.find(w("docDefaults"))
        parts = () if defaults is None else tuple(defaults)
        return reduce(combine, (read_format(part, self.theme) for part in parts), PLAIN)

    def _language(self, root: Element | None) -> str:
        """Returns the language of unmarked text: the default style's, else the defaults'."""
        holders = (*self._chain(PARAGRAPH, None), None if root is None else root.find(w("docDefaults")))
        found = (
            language.get(w("val")) for holder in holders if holder is not None for language in holder.iter(w("lang"))
        )
        return next((written for written in found if written and written != "x-none"), "")


def _kind(style: Element) -> str:
    return str(style.get(w("type")) or PARAGRAPH)


def _is_default(style: Element) -> bool:
    return style.get(w("default")) in ("1", "true", "on")


def _name(style: Element) -> str:
    name = style.find(w("name"))
    return "" if name is None else str(name.get(w("val"))).casefold()


_P_PR, _PROPERTIES = w("pPr"), (w("tblPr"), w("pPr"), w("tcPr"), w("rPr"))
_SHD, _COLOUR, _HIGHLIGHT, _LIST = w("shd"), w("color"), w("highlight"), w("numPr")
_BACKGROUNDS: Mapping[str, str] = {
    w("pPr"): "paragraph_background",
    w("tcPr"): "cell_background",
    w("tblPr"): "cell_background",
}
_TOGGLES: Mapping[str, str] = {w("b"): "bold", w("vanish"): "is_hidden"}
_NUMBERS: Mapping[str, str] = {w("sz"): "size", w("outlineLvl"): "level"}
_FRAME, _NOTHING = w("framePr"), ("none", "nil", "clear")
_PRESENT: Mapping[str, str] = {w("tabs"): "has_tab_stop", w("pBdr"): "has_border", _FRAME: "is_framed"}
