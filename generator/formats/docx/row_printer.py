"""Prints goals' rows by themselves: a row that is kept from an earlier document is not printed again."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from markupsafe import Markup

from generator.formats.docx.printed_rows import ROW_MARK, KeptRows, PrintedPart, PrintedRow, RowOnDemand
from generator.formats.docx.printer import Printer
from generator.formats.docx.row_check import RowVerdict, check_row, says_words, shape_of
from generator.formats.opc.wordml import BOOKMARK_START


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where rows are kept between documents.

    `scope` is all, but for the row itself, on which its XML depends: template and language. `hidden` are the ids of the
    template's styles that hide text.
    """

    kept: KeptRows
    scope: Hashable
    hidden: frozenset[str]


class RowPrinter:
    """Prints the rows of one document.

    `parts` tells what was printed of each part, by name; `rows` are the rows in the order of their marks.
    """

    def __init__(self, printer: Printer, source: RowSource) -> None:
        self._printer = printer
        self._source = source
        self.rows: list[PrintedRow] = []
        self.parts: dict[str, PrintedPart] = {}
        self._part = PrintedPart("", "")

    def begin_part(self, name: str, source: str) -> PrintedPart:
        """Begins a part of the document; `source` is its XML, which begins with its root element."""
        self._part = self.parts[name] = PrintedPart(name, source[: source.index(">") + 1])
        return self._part

    def __call__(self, row: object, block: int, print_row: Callable[[object], Markup]) -> Markup:
        """Returns the mark of a printed row, or the row's XML if it cannot be used in other documents.

        Args:
            row: what a loop of the template goes over.
            block: the number of the loop in its part.
            print_row: what the loop does with it.
        """
        if not isinstance(row, RowOnDemand):
            return print_row(row)
        key = (self._source.scope, self._part.name, block, row.key)
        printed = self._source.kept.get(key)
        if printed is None or any(map(self._printer.values.__contains__, printed.values)):
            with self._printer.apart() as apart:
                xml = print_row(row)
            self._printer.values.update(apart.values)
            printed = self._read_back(row, xml, apart.values) if apart.is_repeatable else None
            if printed is None:
                return xml
            self._source.kept.keep(key, printed)
        self._printer.values.update(printed.values)
        self.rows.append(printed)
        return Markup(f"{ROW_MARK}{len(self.rows) - 1}?>")

    def _read_back(self, row: RowOnDemand, xml: str, values: dict[str, str]) -> PrintedRow | None:
        """The row, checked; None if it cannot be read by itself."""
        if xml.count(BOOKMARK_START) != len(values):
            return None
        checked = self._check(row, xml, values)
        return PrintedRow(row.source.digest, xml.encode(), values, checked) if checked else None

    def _check(self, row: RowOnDemand, xml: str, values: dict[str, str]) -> RowVerdict | None:
        shape = (self._source.scope, shape_of(xml))
        if shape in self._source.kept.clean_shapes:
            return RowVerdict(is_clean=True, is_told=says_words(row.source, values))
        checked = check_row(self._part.alone(xml), row.source, values, self._source.hidden)
        if checked and checked.is_clean and shape[1]:
            self._source.kept.keep_shape(shape)
        return checked
