"""Tables whose columns a template repeats: the columns of a `{%tc for … %}` loop share the width of its cells."""

import re
from collections.abc import Iterator, Mapping

from generator.formats.docx.table_safety import put_before
from generator.formats.docx.tags import Tag
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

_LOOP = re.compile(r"for\s+\w+\s+in\s+([\w.]+)")


def share_columns(root: Element, tags: tuple[Tag, ...]) -> None:
    """Gives each repeated column its share of the width of all cells between its tags, both included."""
    loops = {tag.holder: tag for tag in tags if tag.letters == "tc" and tag.keyword in ("for", "endfor")}
    for table in root.iter(w("tbl")):
        for row in table.iterchildren(w("tr")):
            for cells in _repeated(row, loops):
                _share(table, row, cells, loops[cells[0]])


def _repeated(row: Element, loops: Mapping[Element | None, Tag]) -> Iterator[list[Element]]:
    """The cells of each loop of a row, those of its two tags at the ends."""
    within: list[Element] = []
    for cell in row.iterchildren(w("tc")):
        if within or cell in loops:
            within.append(cell)
        if len(within) > 1 and cell in loops:
            yield within
            within = []


def _share(table: Element, row: Element, cells: list[Element], tag: Tag) -> None:
    loop, inner = _LOOP.fullmatch(tag.words), cells[1:-1]
    width = sum(map(_width, cells)) // max(1, len(inner))
    if loop is None or not width:
        return
    share = f"{{{{ {width} // ({loop[1]}|length or 1) }}}}"
    for cell in inner:
        for measure in cell.iterfind(f"{w('tcPr')}/{w('tcW')}"):
            measure.set(w("w"), share)
    if row is table.find(w("tr")):
        first = row.index(cells[0]) - row.index(row.find(w("tc")))  # type: ignore[arg-type]
        _share_grid(table, slice(first, first + len(cells)), tag, share)


def _share_grid(table: Element, place: slice, tag: Tag, share: str) -> None:
    """Repeats the columns of the grid with the same loop, since LibreOffice takes the widths from the grid."""
    grid = table.find(w("tblGrid"))
    columns = [] if grid is None else list(grid)[place]
    if grid is None or len(columns) < place.stop - place.start:
        return
    for column in columns[1:-1]:
        column.set(w("w"), share)
    grid.remove(columns[0])
    grid.remove(columns[-1])
    put_before(columns[1], f"{{% {tag.words} %}}")
    columns[-2].tail = "{% endfor %}"


def _width(cell: Element) -> int:
    measure = cell.find(f"{w('tcPr')}/{w('tcW')}")
    text = "" if measure is None else str(measure.get(w("w")))
    return int(text) if text.isdecimal() else 0
