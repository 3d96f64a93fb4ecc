"""Goals' words that nobody could read in print: tiny or white letters, lines and cells that cut their text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import Fault, make_error
from generator.formats.docx.package import parse_xml
from generator.formats.docx.places import Places
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import STYLES_TYPE, w
from generator.formats.opc.xml import Element

_LEAST_SIZE = 10  # half-points
_LEAST_SCALE = 33  # percent
_MOST_CONDENSED, _MOST_RAISED = -60, 40  # twips between letters; half-points above the line
_LEAST_LINE = 100  # twips of a line whose height is exact
_LEAST_ROOM = 280  # twips between a cell's indents: half a centimetre
_LEFT_OF_CELL = -300
_MOST_INDENT = 9_000  # twips, where the cell does not say its width
_MOST_BASES = 12
_NUMBER = re.compile(r"-?[0-9]{1,6}")
_WHITE = re.compile(r"(?i)(?:[ef][0-9a-f]){3}")
_PAPER = ("background1", "light1")
_NO_FILL = ("auto", "ffffff", "none")
_RUN, _PARAGRAPH, _CELL, _TABLE, _TEXT = w("r"), w("p"), w("tc"), w("tbl"), w("t")
_RUN_LOOK, _PARAGRAPH_LOOK, _VAL = w("rPr"), w("pPr"), w("val")
_HIGHLIGHT = w("highlight")
_SHADE = w("shd")
_SHADES = (_SHADE, *(f"{w(look)}/{_SHADE}" for look in ("rPr", "pPr", "tcPr", "tblPr")), f"{_RUN_LOOK}/{_HIGHLIGHT}")


class Styles:
    """A document's styles, each with those that it is based on."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        roots = [parse_xml(parts[name]) for name in parts_of_type(parts, STYLES_TYPE)]
        self._by_id = {str(style.get(w("styleId"))): style for root in roots for style in root.iter(w("style"))}
        own = (style for style in self._by_id.values() if style.get(w("type")) == "paragraph")
        self._default = next((style for style in own if style.get(w("default")) in ("1", "true", "on")), None)
        self._defaults = [each for root in roots for each in root.iterfind(f"{w('docDefaults')}/*")]

    def around(self, paragraph: Element, run: Element | None = None) -> Iterator[Element]:
        """What sets the look of a text, the nearest first: itself, its styles, the table's style, the defaults."""
        table = next(paragraph.iterancestors(_TABLE), None)
        holders = (
            (run, _RUN_LOOK, w("rStyle")),
            (paragraph, _PARAGRAPH_LOOK, w("pStyle")),
            (table, w("tblPr"), w("tblStyle")),
        )
        for holder, look, name in holders:
            own = None if holder is None else holder.find(look)
            if holder is run and holder is not None:
                yield holder
            elif own is not None and holder is paragraph:
                yield own
            named = None if own is None else own.find(name)
            default = self._default if holder is paragraph else None
            yield from self._chain(self._by_id.get(str(named.get(_VAL))) if named is not None else default)
        yield from self._defaults

    def _chain(self, style: Element | None) -> Iterator[Element]:
        for _ in range(_MOST_BASES):
            if style is None:
                return
            yield style
            base = style.find(w("basedOn"))
            style = None if base is None else self._by_id.get(str(base.get(_VAL)))


def unseen_faults(texts: Iterable[Element], places: Places, styles: Styles) -> Iterator[TemplateError]:
    """What is wrong with the places of goals' values, each place once.

    Args:
        texts: the paragraphs in which values stand, or something inside each.
    """
    around = (text if text.tag == _PARAGRAPH else next(text.iterancestors(_PARAGRAPH), None) for text in texts)
    for paragraph in dict.fromkeys(each for each in around if each is not None):
        fault = next(_faults(paragraph, styles), None)
        if fault:
            yield make_error(fault, places.of(paragraph))


def _faults(paragraph: Element, styles: Styles) -> Iterator[Fault]:
    for run in paragraph.iter(_RUN):
        if run.find(_TEXT) is None:
            continue
        around = tuple(styles.around(paragraph, run))
        if _is_tiny(around) or _is_white(around, paragraph):
            yield UNREADABLE
    cell = next(paragraph.iterancestors(_CELL), None)
    if cell is not None and _is_cutting(cell):
        yield CUTTING_CELL
    if _is_cut(paragraph, cell, styles):
        yield CUTTING_PARAGRAPH


def _found(around: Iterable[Element], look: str, name: str) -> Element | None:
    """The nearest element that sets something: `sz` in the text's look."""
    wanted = w(name)
    for holder in around:
        inside = holder if holder.tag == look else holder.find(look)
        own = None if inside is None else inside.find(wanted)
        # What a paragraph's own look says of letters is about its mark.
        if own is not None and not (holder.tag == _PARAGRAPH_LOOK and look == _RUN_LOOK):
            return own
    return None


def _is_tiny(around: tuple[Element, ...]) -> bool:
    return any(
        (number := _value(_found(around, _RUN_LOOK, name))) is not None and is_bad(number) for name, is_bad in _LETTERS
    )


_LETTERS: tuple[tuple[str, Callable[[int], bool]], ...] = (
    ("sz", lambda size: size < _LEAST_SIZE),
    ("w", lambda scale: scale < _LEAST_SCALE),
    ("spacing", lambda space: space < _MOST_CONDENSED),
    ("position", lambda height: abs(height) > _MOST_RAISED),
)


def _is_white(around: tuple[Element, ...], paragraph: Element) -> bool:
    """True if the letters are white, and nothing is dark behind them."""
    colour = _found(around, _RUN_LOOK, "color")
    if colour is None:
        return False
    theme = colour.get(w("themeColor"))
    if (theme not in _PAPER or colour.get(w("themeShade"))) if theme else not _WHITE.fullmatch(str(colour.get(_VAL))):
        return False
    behind = [*around, *paragraph.iterancestors(_CELL, _TABLE)]
    return not any(_is_filled(holder.find(path)) for holder in behind for path in _SHADES)


def _is_filled(shade: Element | None) -> bool:
    """True if a shading or a highlight has a colour."""
    if shade is None or shade.tag == _HIGHLIGHT:
        return shade is not None
    return shade.get(w("themeFill")) is not None or str(shade.get(w("fill"), "auto")).lower() not in _NO_FILL


def _is_cutting(cell: Element) -> bool:
    """True if a cell is too narrow, turns its text, or keeps it on one line."""
    look = cell.find(w("tcPr"))
    if look is None:
        return False
    width, turned = look.find(w("tcW")), look.find(w("textDirection"))
    is_narrow = width is not None and width.get(w("type")) in (None, "dxa") and 0 < _number(width, "w") < _LEAST_ROOM
    is_turned = turned is not None and turned.get(_VAL) not in ("lrTb", "tb", "lrTbV", None)
    return (
        is_narrow or is_turned or _is_on(look.find(w("tcFitText"))) or (_is_on(look.find(w("noWrap"))) and _grows(cell))
    )


def _grows(cell: Element) -> bool:
    """True if the columns of a cell's table become as wide as their text."""
    layout = next(cell.iterancestors(_TABLE)).find(f"{w('tblPr')}/{w('tblLayout')}")
    return layout is None or layout.get(w("type")) != "fixed"


def _is_cut(paragraph: Element, cell: Element | None, styles: Styles) -> bool:
    """True if a paragraph's lines are too low, its indents leave no room, or it stands in a frame."""
    around = tuple(styles.around(paragraph))
    if _found(around, _PARAGRAPH_LOOK, "framePr") is not None:
        return True
    line = _found(around, _PARAGRAPH_LOOK, "spacing")
    if line is not None and line.get(w("lineRule")) == "exact" and _number(line, "line") < _LEAST_LINE:
        return True
    indents = _found(around, _PARAGRAPH_LOOK, "ind")
    if indents is None:
        return False
    left = _number(indents, "left") or _number(indents, "start")
    right = _number(indents, "right") or _number(indents, "end")
    measure = None if cell is None else cell.find(f"{w('tcPr')}/{w('tcW')}")
    width = _number(measure, "w") if measure is not None and measure.get(w("type")) in (None, "dxa") else 0
    room = (width - left - right < _LEAST_ROOM) if width else left + right > _MOST_INDENT
    return left < _LEFT_OF_CELL or room


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(_VAL) not in ("0", "false", "off")


def _value(element: Element | None) -> int | None:
    found = None if element is None else _NUMBER.match(str(element.get(_VAL)))
    return int(found[0]) if found else None


def _number(element: Element, name: str) -> int:
    found = _NUMBER.fullmatch(str(element.get(w(name), "0")))
    return int(found[0]) if found else 0


UNREADABLE = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the text would be too small, too dense or too faint to be "
        "read. The cell reads: {near}"
    ),
    N_("{part}: the text would be too small, too dense or too faint to be read. The paragraph reads: {near}"),
    N_("Choose for the tag at least 9 pt, the colour Automatic, and on the page Advanced of Font normal values."),
)
CUTTING_PARAGRAPH = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the paragraph would cut its text by its line spacing, its "
        "indents or its frame. The cell reads: {near}"
    ),
    N_("{part}: the paragraph would cut its text by its line spacing, its indents or its frame. It reads: {near}"),
    N_("Choose single line spacing and no indents in Paragraph, and remove the frame."),
)
CUTTING_CELL = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the cell is too narrow, turns its text or keeps it on one "
        "line, so long texts would be cut. The cell reads: {near}"
    ),
    N_("{part}: the cell is too narrow, turns its text or keeps it on one line, so long texts would be cut."),
    N_("Make the column wider, set the text direction to horizontal, and choose Wrap text in the cell’s options."),
)
