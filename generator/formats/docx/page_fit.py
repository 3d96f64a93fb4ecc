"""Finds tables that do not fit: wider than the page, or made so that officers' texts would be cut off."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import Fault, make_error
from generator.formats.docx.fields import RowFields, field_types
from generator.formats.docx.places import Places
from generator.formats.docx.runs import Paragraphs
from generator.formats.docx.tags import Tag
from generator.formats.docx.unseen_text import Styles, unseen_faults
from generator.formats.opc.wordml import read_value_bookmark, w
from generator.formats.opc.xml import Element

_TWIPS_OF_CM = 1440 / 2.54
# Word lays a table out so that its text, not its border, begins at the margin: the margins of the outer cells, 108
# twips each, lie outside the text. What is rounded away in millimetres comes on top.
_TOLERANCE = 230
# No page of Word is wider.
_MOST = 31_680
_NUMBER = re.compile(r"-?[0-9]{1,6}")
_ROW_FIELD = re.compile(r"(?<![\w.])(?!headings\.|labels\.)[\w.]+\.(\w+)")


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of a section, in twips: its width, its left margin, and the width for text (its widest column)."""

    width: int
    left: int
    text: int


_USUAL_PAGE = _Page(width=12_240, left=1_440, text=9_360)  # US Letter, upright


def fit_faults(root: Element, tags: tuple[Tag, ...], part: str, styles: Styles) -> Iterator[TemplateError]:
    """Yields an error for each table of a template that is too wide, and each place where a text would be cut off."""
    goals = [tag.element for tag in tags if _prints_goal(tag)]
    yield from _faults(root, goals, part, styles)


def printed_fit_faults(root: Element, part: str, styles: Styles) -> Iterator[TemplateError]:
    """Yields the same errors for a finished document."""
    goals = [mark for mark in root.iter(w("bookmarkStart")) if read_value_bookmark(str(mark.get(w("name"))))]
    yield from _faults(root, goals, part, styles)


def _faults(root: Element, goals: list[Element], part: str, styles: Styles) -> Iterator[TemplateError]:
    places = Places(root, part)
    yield from width_faults(root, goals, part)
    yield from _cut_faults(goals, places)
    yield from unseen_faults(goals, places, styles)


def width_faults(root: Element, goals: Iterable[Element], part: str) -> Iterator[TemplateError]:
    """Yields an error for each table that is too wide: for the text with goals' values in it, else for the page."""
    body, places = root.find(w("body")), Places(root, part)
    of_goals = {table for element in goals for table in element.iterancestors(w("tbl"))}
    for table, page in () if body is None else _tables(body):
        wide = _too_wide(table, page, page.text if table in of_goals else None)
        if wide:
            yield make_error(TOO_WIDE, places.of(table), width=_in_cm(wide[0]), room=_in_cm(wide[1]))


def line_widths(root: Element) -> dict[Element, int]:
    """Returns the width of a line where each table of a document stands, in twips."""
    body = root.find(w("body"))
    return {table: page.text for table, page in _tables(body)} if body is not None else {}


def _tables(body: Element) -> Iterator[tuple[Element, _Page]]:
    """Yields each table of the body with the page of its section, which the next section break describes."""
    waiting: list[Element] = []
    for element in body.iter(w("tbl"), w("sectPr")):
        if element.tag == w("tbl"):
            waiting += [] if _is_in_box(element) else [element]
        else:
            yield from ((table, _page(element)) for table in waiting)
            waiting = []
    yield from ((table, _USUAL_PAGE) for table in waiting)


def _is_in_box(element: Element) -> bool:
    return next(element.iterancestors(w("txbxContent")), None) is not None


def _page(section: Element) -> _Page:
    """Returns the page of a section; where its size is not given, the one that Word uses."""
    size, margins, columns = (section.find(w(name)) for name in ("pgSz", "pgMar", "cols"))
    width = min(_twips(size, "w"), _MOST) if size is not None else _USUAL_PAGE.width
    left, right = (_USUAL_PAGE.left, _USUAL_PAGE.left)
    if margins is not None:
        left, right = _twips(margins, "left") + _twips(margins, "gutter"), _twips(margins, "right")
    text = max(0, width - left - right)
    count = 1 if columns is None else max(1, _twips(columns, "num"))
    if columns is not None and count > 1:
        own = [_twips(column, "w") for column in columns.iterfind(w("col"))]
        text = max(own, default=(text - (count - 1) * _twips(columns, "space")) // count)
    return _Page(width, left, text)


def _too_wide(table: Element, page: _Page, room: int | None) -> tuple[int, int] | None:
    """Returns the width of a table and of the room for it, in twips, if it is too wide; `room` None means the page."""
    cell = next(table.iterancestors(w("tc")), None)
    if cell is not None:
        width, within = _width(table, page.text), _cell_width(cell)
        return (width, within) if within and width > within + _TOLERANCE else None
    width, indent = _width(table, page.text), _indent(table)
    if (floating := table.find(f"{w('tblPr')}/{w('tblpPr')}")) is not None:
        start = _twips(floating, "tblpX") + (0 if floating.get(w("horzAnchor")) == "page" else page.left)
        return (width, page.width) if start < -_TOLERANCE or start + width > page.width + _TOLERANCE else None
    if room is not None:
        right, left = indent + width, min(0, indent)
        return (right - left, room) if right > room + _TOLERANCE or left < -_TOLERANCE else None
    start, end = _extent(table, page, width, indent)
    return (width, page.width) if start < -_TOLERANCE or end > page.width + _TOLERANCE else None


def _extent(table: Element, page: _Page, width: int, indent: int) -> tuple[int, int]:
    """Returns where a table begins and ends, in twips from the page's left edge."""
    aligned = table.find(f"{w('tblPr')}/{w('jc')}")
    spare = page.text - width
    shift = {"center": spare // 2, "right": spare, "end": spare}.get(
        "" if aligned is None else str(aligned.get(w("val")))
    )
    start = page.left + (indent if shift is None else shift)
    return start, start + width


def _width(table: Element, text: int) -> int:
    """Returns the largest of the widths that a table gives: Word and LibreOffice use different ones of them."""
    own = table.find(f"{w('tblPr')}/{w('tblW')}")
    if own is not None and own.get(w("type")) == "pct":
        return _share_of(str(own.get(w("w"))), text)
    grid = sum(_twips(column, "w") for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}"))
    rows = (_row_width(row) for row in table.iterchildren(w("tr")))
    said = 0 if own is None or own.get(w("type")) == "auto" else _twips(own, "w")
    return max(grid, *rows, said, 0)


def _share_of(share: str, text: int) -> int:
    """Reads a width in percent (`100%`) or in fiftieths of a percent (`5000`)."""
    number = float(found[0]) if (found := re.match(r"[0-9]{1,6}", share)) else 0.0
    return int(text * number / (100 if share.endswith("%") else 5000))


def _row_width(row: Element) -> int:
    """Returns the sum of a row's cells and of the room left free before them; 0 if a cell gives no width."""
    widths = [_cell_width(cell) for cell in row.iterchildren(w("tc"))]
    before = row.find(f"{w('trPr')}/{w('wBefore')}")
    free = 0 if before is None or before.get(w("type")) not in (None, "dxa") else _twips(before, "w")
    return free + sum(widths) if all(widths) else 0


def _cell_width(cell: Element) -> int:
    measure = cell.find(f"{w('tcPr')}/{w('tcW')}")
    return 0 if measure is None or measure.get(w("type")) not in (None, "dxa") else _twips(measure, "w")


def _indent(table: Element) -> int:
    indent = table.find(f"{w('tblPr')}/{w('tblInd')}")
    return 0 if indent is None or indent.get(w("type")) not in (None, "dxa") else _twips(indent, "w")


def _cut_faults(goals: Iterable[Element], places: Places) -> Iterator[TemplateError]:
    """Yields an error for each row of fixed height and each text box that would cut off a goal's text."""
    for row in dict.fromkeys(row for element in goals for row in element.iterancestors(w("tr"))):
        height = row.find(f"{w('trPr')}/{w('trHeight')}")
        if height is not None and height.get(w("hRule")) == "exact":
            yield make_error(FIXED_HEIGHT, places.of(row))
    for element in filter(_is_in_box, goals):
        yield make_error(TEXT_BOX, places.of(element))


def _prints_goal(tag: Tag) -> bool:
    """True if a tag prints a goal's value as whole paragraphs."""
    fields = _ROW_FIELD.finditer(tag.words) if tag.is_value and tag.letters in ("p", "r") else ()
    return any(field_types(RowFields).get(found[1]) is Paragraphs for found in fields)


def _twips(element: Element, name: str) -> int:
    text = str(element.get(w(name), "0"))
    return int(text) if _NUMBER.fullmatch(text) else 0


def _in_cm(twips: int) -> float:
    return round(twips / _TWIPS_OF_CM, 1)


TOO_WIDE = Fault(
    N_(
        "{part}, table {table}: the table is {width} cm wide, and there is room for {room} cm. The first cell reads: "
        "{near}"
    ),
    N_("{part}: a table is {width} cm wide, and there is room for {room} cm."),
    N_("Make its columns narrower, or turn the pages of the section to landscape: Layout, Orientation."),
)
FIXED_HEIGHT = Fault(
    N_(
        "{part}, table {table}, row {row}: the row has an exact height, so long texts would be cut. The first cell "
        "reads: {near}"
    ),
    N_("{part}: a row has an exact height, so long texts would be cut."),
    N_("Choose “At least” for the row’s height: Table Properties, Row."),
)
TEXT_BOX = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: a goal’s text stands in a text box, which would cut it. The "
        "cell reads: {near}"
    ),
    N_("{part}: a goal’s text stands in a text box, which would cut it. The paragraph reads: {near}"),
    N_("Write it in the document itself, or in a table’s cell."),
)
