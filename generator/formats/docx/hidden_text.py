"""Finds text of a Word document that nobody can see: hidden runs, rows and styles, and cells merged into others."""

from collections.abc import Iterator, Mapping
from itertools import islice

from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import STYLES_TYPE, w
from generator.formats.opc.xml import Element, parse_xml

_OFF = frozenset({"0", "false", "off"})
_RUN, _PARAGRAPH, _TABLE, _ROW = w("r"), w("p"), w("tbl"), w("tr")
_CELL, _MERGES = w("tc"), (w("vMerge"), w("hMerge"))
_VANISH, _HIDDEN, _VAL = w("vanish"), w("hidden"), w("val")
_STYLED = {w("rStyle"): _RUN, w("pStyle"): _PARAGRAPH, w("tblStyle"): _TABLE}
# The name by which a document hides all text that no run shows again.
_EVERYTHING = ""


def hidden_styles(parts: Mapping[str, bytes]) -> frozenset[str]:
    """Returns the ids of the styles that hide their text; with an empty string if the default hides all text."""
    found: set[str] = set()
    for name in parts_of_type(parts, STYLES_TYPE):
        root = parse_xml(parts[name])
        styles = {str(style.get(w("styleId"))): style for style in root.iter(w("style"))}
        found |= set(_hiding(styles))
        found |= {_EVERYTHING for own in found if styles[own].get(w("default")) in ("1", "true", "on")}
        defaults = root.find("/".join(map(w, ("docDefaults", "rPrDefault", "rPr", "vanish"))))
        found |= {_EVERYTHING} if _is_on(defaults) else set()
    return frozenset(found)


class HiddenText:
    """Tells which text is hidden while a document's elements are read in their order."""

    def __init__(self, styles: frozenset[str]) -> None:
        self._styles = styles
        self._hidden: set[Element] = set()
        self._shown: set[Element] = set()
        self.tags = (_VANISH, _HIDDEN, *_MERGES, *(_STYLED if styles else ()))

    def note(self, element: Element) -> bool:
        """Remembers what the element hides. Returns False if its tag is not one of `tags`."""
        if element.tag not in self.tags:
            return False
        holder = self._holder(element)
        if element.tag in _MERGES:
            self._hidden |= set(islice(element.iterancestors(_CELL), 1)) if element.get(_VAL) != "restart" else set()
        elif holder is not None and element.tag in _STYLED:
            self._hidden |= {holder} if str(element.get(_VAL)) in self._styles else set()
        elif holder is not None:
            (self._hidden if _is_on(element) else self._shown).add(holder)
        return True

    def hides(self, text: Element) -> bool:
        """True if the text stands inside something hidden; all elements before it must have been noted."""
        if not self._hidden and _EVERYTHING not in self._styles:
            return False
        around = tuple(text.iterancestors(_RUN, _PARAGRAPH, _CELL, _ROW, _TABLE))
        if any(holder in self._hidden for holder in around if holder.tag in (_RUN, _CELL, _ROW)):
            return True
        if any(holder in self._shown for holder in around):
            return False
        return _EVERYTHING in self._styles or any(holder in self._hidden for holder in around)

    def _holder(self, element: Element) -> Element | None:
        """Returns the run, row or paragraph that an element hides; None for the format of a paragraph mark."""
        properties = element.getparent()
        holder = None if properties is None else properties.getparent()
        wanted = _STYLED.get(str(element.tag), _ROW if element.tag == _HIDDEN else _RUN)
        return holder if holder is not None and holder.tag == wanted else None


def _hiding(styles: Mapping[str, Element]) -> Iterator[str]:
    """The styles that hide their text, by themselves or by the one that they are based on; each is looked at once."""
    known: dict[str, bool] = {}
    for own in styles:
        chain, style, is_hiding = [], own, False
        while style in styles and style not in known:
            known[style] = False  # styles based on each other in a circle
            chain.append(style)
            vanish, base = styles[style].find(f"{w('rPr')}/{_VANISH}"), styles[style].find(w("basedOn"))
            is_hiding = _is_on(vanish)
            style = "" if base is None or vanish is not None else str(base.get(_VAL))
        known |= dict.fromkeys(chain, is_hiding or known.get(style, False))
        yield from (own,) if known[own] else ()


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(_VAL) not in _OFF
