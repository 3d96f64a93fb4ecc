"""Tables of goals whose columns get their widths from what is printed, where Word too would fit them to it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.domain.base.settings import Language
from generator.formats.docx.column_widths import ColumnText, column_widths
from generator.formats.docx.fields import ColumnHeadings, RowFields, field_types
from generator.formats.docx.rows import RowOnDemand
from generator.formats.docx.runs import Paragraphs
from generator.formats.docx.tags import OF_CELLS, Tag
from generator.formats.docx.unseen_text import Styles
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element

# The filter that prints a column's width, and the value of the context that it asks.
WIDTH, TABLES = "_column_width", "_tables"
_LOOP = re.compile(r"for\s+(\w+)\s+in\s+([\w.]+)")
_HEADING = re.compile(r"\{\{\s*headings\.(\w+)\s*\}\}")
_OTHER_GRID = tuple(map(w, ("gridSpan", "vMerge", "hMerge", "gridBefore", "gridAfter", "tbl")))
_AFTER_LAYOUT = tuple(map(w, ("tblCellMar", "tblLook", "tblCaption", "tblDescription", "tblPrChange")))
_USUAL_SIZE = 20  # half-points
_WITH_HYPHENS = (Language.FINNISH.value, Language.SWEDISH.value)
# More rows tell nothing new of the words of a report, and would take too long.
_MOST_ROWS = 80


@dataclass(frozen=True, slots=True)
class MeasuredColumn:
    """A column of a template's table: the field of a goal's row that it prints, and its heading.

    `heading` is the name of a field of `ColumnHeadings`, or the heading itself.
    """

    field: str
    heading: str


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """A table whose columns are measured: its width in twips, and the height of its letters in points.

    `has_titles_above` is True if the titles of council-term goals are printed above it.
    """

    columns: tuple[MeasuredColumn, ...]
    width: int
    size: float
    has_titles_above: bool = False


class PrintedTables:
    """The widths of the columns in one document.

    Args:
        tables: the template's tables, by their numbers.
        rows: the goals' rows in the order of the document.
        headings: the document's column headings.
    """

    def __init__(
        self,
        tables: Sequence[MeasuredTable],
        rows: Sequence[RowOnDemand],
        headings: ColumnHeadings,
    ) -> None:
        self._tables, self._all_rows, self._headings = tables, rows, headings
        self._widths: dict[int, tuple[int, ...]] = {}

    def width(self, table: int, column: int) -> int:
        """Returns the width of a column in twips."""
        if table not in self._widths:
            measured = self._tables[table]
            columns = [self._column(each, measured) for each in measured.columns]
            hyphenates = self._language in _WITH_HYPHENS
            self._widths[table] = column_widths(columns, measured.width, measured.size, hyphenates=hyphenates)
        return self._widths[table][column]

    @cached_property
    def _rows(self) -> tuple[RowOnDemand, ...]:
        """The rows that are measured: of a long report some, from all over it."""
        count = len(self._all_rows)
        measured = min(count, _MOST_ROWS)
        return tuple(self._all_rows[number * count // measured] for number in range(measured))

    @property
    def _language(self) -> str:
        return self._all_rows[0].lang.language if self._all_rows else ""

    def _column(self, column: MeasuredColumn, table: MeasuredTable) -> ColumnText:
        heading = getattr(self._headings, column.heading, column.heading)
        return ColumnText(heading, tuple(_lines(row, column.field, table) for row in self._rows))


def _lines(row: RowOnDemand, field: str, table: MeasuredTable) -> tuple[str, ...]:
    """Returns the paragraphs of a cell."""
    goal = row.source.goal
    if table.has_titles_above and goal.level == 1 and field == "council_term_goal":
        return (goal.code,)
    value = row.field(field)
    if isinstance(value, Paragraphs):
        return tuple(line.text for line in (*value.value, *value.remarks))
    return (str(value),)


def mark_measured_tables(
    root: Element, tags: tuple[Tag, ...], styles: Styles, *, room: Mapping[Element, int], first: int
) -> tuple[MeasuredTable, ...]:
    """Makes the columns of the tables of goals print their widths, where Word fits them to their content.

    Tables of a fixed layout keep the widths that their author has given them, and so do tables with merged cells.

    Args:
        root: the part's root element.
        tags: the part's tags.
        styles: the template's styles.
        room: the width of a line where each table stands, in twips.
        first: the number of the first table.
    """
    found: list[MeasuredTable] = []
    merging = {table for tag in tags if tag.keyword in OF_CELLS for table in tag.element.iterancestors(w("tbl"))}
    for table, fields in _tables_of_goals(root, tags).items():
        columns = _columns(table, fields)
        if columns and table not in merging and _fits_to_content(table):
            width = _width(table, room.get(table, 0))
            found.append(MeasuredTable(columns, width, _letter_size(next(iter(fields)), styles)))
            _mark(table, tags, first + len(found) - 1, width)
    return tuple(found)


def _tables_of_goals(root: Element, tags: tuple[Tag, ...]) -> dict[Element, dict[Element, str]]:
    """Returns the tables of the sections' goals: the paragraphs that print a field of a row, with its name."""
    loops = [loop for tag in tags if tag.keyword == "for" and (loop := _LOOP.fullmatch(tag.words))]
    sections = {loop[1] for loop in loops if loop[2] == "sections"}
    rows = {loop[1] for loop in loops if loop[2].partition(".")[0] in sections}
    found: dict[Element, dict[Element, str]] = {}
    for tag in tags:
        name, _, field = tag.words.rpartition(".")
        table = next(tag.element.iterancestors(w("tbl")), None)
        if table is not None and tag.is_value and name in rows and field in field_types(RowFields):
            found.setdefault(table, {})[tag.element] = field
    return found


def _columns(table: Element, fields: Mapping[Element, str]) -> tuple[MeasuredColumn, ...]:
    """Returns the columns of a table; () if they are not the same in each row, or one prints no field."""
    rows = [list(row.iterchildren(w("tc"))) for row in table.iterchildren(w("tr"))]
    count = len(list(table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")))
    if any(len(cells) != count for cells in rows) or next(table.iterdescendants(*_OTHER_GRID), None) is not None:
        return ()
    by_cell = {next(element.iterancestors(w("tc"))): field for element, field in fields.items()}
    columns = [
        (_heading(cells[0]), next((by_cell[cell] for cell in cells if cell in by_cell), None))
        for cells in zip(*rows, strict=True)
    ]
    made = tuple(MeasuredColumn(field, heading) for heading, field in columns if field is not None)
    return made if len(made) == len(columns) else ()


def _heading(cell: Element) -> str:
    text = " ".join(own_text(paragraph) for paragraph in cell.iter(w("p")))
    found = _HEADING.fullmatch(text.strip())
    return found[1] if found else re.sub(r"\{.*\}", "", text)


def _fits_to_content(table: Element) -> bool:
    layout = table.find(f"{w('tblPr')}/{w('tblLayout')}")
    return layout is None or layout.get(w("type")) != "fixed"


def _width(table: Element, room: int) -> int:
    own = table.find(f"{w('tblPr')}/{w('tblW')}")
    said = str(own.get(w("w"))) if own is not None and own.get(w("type")) in (None, "dxa") else ""
    return int(said) if said.isdecimal() and int(said) else room


def _letter_size(paragraph: Element, styles: Styles) -> float:
    run = next(paragraph.iter(w("r")), None)
    sizes = (_half_points(each) for each in styles.around(paragraph, run))
    return next((size for size in sizes if size), _USUAL_SIZE) / 2


def _half_points(holder: Element) -> int:
    size = holder.find(w("sz")) if holder.tag == w("rPr") else holder.find(f"{w('rPr')}/{w('sz')}")
    text = "" if size is None else str(size.get(w("val")))
    return int(text) if text.isdecimal() else 0


def _mark(table: Element, tags: Iterable[Tag], number: int, width: int) -> None:
    """Makes the printed table a fixed one; the grid says the widths, which programs take where a cell says none.

    The cells of a loop's rows say none: a row is the same in every document, whatever stands in the others.
    """
    _set_properties(table, width)
    for column, element in enumerate(table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")):
        element.set(w("w"), _printed(number, column))
    looped = set(_looped(table, tags))
    for row in table.iterchildren(w("tr")):
        for column, cell in enumerate(row.iterchildren(w("tc"))):
            for measure in cell.findall(f"{w('tcPr')}/{w('tcW')}"):
                measure.set(w("type"), "dxa")
                measure.set(w("w"), _printed(number, column))
                if row in looped:
                    measure.getparent().remove(measure)  # type: ignore[union-attr]


def _printed(table: int, column: int) -> str:
    return f"{{{{ {table}|{WIDTH}({column}) }}}}"


def _looped(table: Element, tags: Iterable[Tag]) -> Iterator[Element]:
    """Yields the rows between the tags of a loop, those of the tags too."""
    holders = {tag.holder: tag for tag in tags if tag.letters == "tr" and tag.keyword}
    depth = 0
    for row in table.iterchildren(w("tr")):
        tag = holders.get(row)
        depth += tag.opens if tag else 0
        if depth:
            yield row
        depth -= tag.keyword.startswith("end") if tag else 0


def _set_properties(table: Element, width: int) -> None:
    properties = table.find(w("tblPr"))
    if properties is None:
        properties = table.makeelement(w("tblPr"))
        table.insert(0, properties)
    for name in ("tblLayout", "tblW"):
        for old in properties.findall(w(name)):
            if name == "tblLayout":
                properties.remove(old)
            else:
                old.set(w("type"), "dxa")
                old.set(w("w"), str(width))
    layout = properties.makeelement(w("tblLayout"), {w("type"): "fixed"})
    following = next((child for child in properties if child.tag in _AFTER_LAYOUT), None)
    if following is None:
        properties.append(layout)
    else:
        following.addprevious(layout)
