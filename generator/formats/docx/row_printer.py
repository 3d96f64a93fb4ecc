"""Prints goals' rows by themselves: a row that is kept from an earlier document is not printed again."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from markupsafe import Markup

from generator.formats.docx.printed_rows import ROW_MARK, KeptRows, PrintedPart, PrintedRow, RowKey, RowSetting
from generator.formats.docx.printer import Printer
from generator.formats.docx.row_check import RowVerdict, check_row, says_words, shape_of
from generator.formats.docx.row_plan import RowPlan
from generator.formats.docx.rows import RowOnDemand
from generator.formats.opc.wordml import BOOKMARK_START


@dataclass(frozen=True, slots=True)
class RowSource:
    """The cache of rows between documents, and its key; `hidden` are the template's styles that hide text."""

    kept: KeptRows
    setting: RowSetting
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
        self._plans: tuple[RowPlan | None, ...] = ()

    def begin_part(self, name: str, source: str, plans: tuple[RowPlan | None, ...]) -> PrintedPart:
        """Begins a part of the document; `source` is its XML, which begins with its root element."""
        self._part = self.parts[name] = PrintedPart(name, source[: source.index(">") + 1])
        self._plans = plans
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
        key = RowKey(self._part.name, block, *row.key)
        printed = self._source.kept.get(self._source.setting, key)
        if printed is None or not self._printer.values.keys().isdisjoint(printed.values):
            with self._printer.apart() as apart:
                xml, shape = self._print(row, block, print_row)
            checked = self._check(row, xml, shape, apart.values) if apart.is_repeatable else None
            if checked is None:
                self._printer.values.update(apart.values)
                return Markup(xml)
            printed = PrintedRow(key, xml.encode(), apart.values, checked)
            self._source.kept.keep(self._source.setting, printed)
        self._printer.values.update(printed.values)
        self.rows.append(printed)
        return Markup(f"{ROW_MARK}{len(self.rows) - 1}?>")

    def _print(self, row: RowOnDemand, block: int, print_row: Callable[[object], Markup]) -> tuple[str, Hashable]:
        """Returns the row's XML and its shape, see `row_check.shape_of`."""
        plan = self._plans[block]
        if plan is None:
            printed = print_row(row)
            return printed, shape_of(printed)
        pieces = plan.print(row, self._printer)
        row.forget_fields()
        xml = "".join(pieces)
        return xml, None if "{" in xml else tuple(pieces[::2])

    def _check(self, row: RowOnDemand, xml: str, shape: Hashable, values: dict[str, str]) -> RowVerdict | None:
        """Checks the row by reading it back, unless one of its shape was checked; None if it cannot be read alone."""
        if xml.count(BOOKMARK_START) != len(values):
            return None
        key = (self._source.setting, self._part.name, shape)
        if key in self._source.kept.clean_shapes:
            return _TOLD if says_words(row, values) else _NOT_TOLD
        checked = check_row(self._part.alone(xml), row, values, self._source.hidden)
        if checked and checked.is_clean and shape:
            self._source.kept.keep_shape(key)
        return checked


_TOLD, _NOT_TOLD = (RowVerdict(is_clean=True, is_told=is_told) for is_told in (True, False))
