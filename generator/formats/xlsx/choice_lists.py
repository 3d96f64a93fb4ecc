"""Drop-downs of cells: short lists in the cell's own rule, long ones on a hidden sheet."""

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.rule import N_
from generator.formats.xlsx.cell_style import PLAIN, cell_text
from generator.formats.xlsx.written_book import put_row
from generator.i18n.words import Words

LISTS_SHEET = N_("Lists")
# Excel reads no more than 255 characters of a list in a rule, and parts it at commas.
_LONGEST = 250


class ChoiceLists:
    """Offers choices in cells; the hidden sheet is added last, and only if a list needs it."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self._book = book
        self._name = words(LISTS_SHEET)
        self._long: list[tuple[str, ...]] = []

    def offer(self, sheet: Worksheet, cell: str, choices: tuple[str, ...]) -> None:
        """Gives a cell a drop-down; any other value may be typed too, and is answered in the row."""
        if not choices:
            return
        rule = DataValidation(type="list", formula1=self._source(choices), allow_blank=True, showErrorMessage=False)
        rule.add(cell)
        sheet.add_data_validation(rule)

    def write_hidden_sheet(self) -> None:
        """Writes the long lists, each in a column."""
        if not self._long:
            return
        sheet: Worksheet = self._book.create_sheet(self._name)
        for row in range(max(map(len, self._long))):
            texts = (choices[row] if row < len(choices) else "" for choices in self._long)
            put_row(sheet, row + 1, ((text, PLAIN) for text in texts))
        sheet.sheet_state = "hidden"

    def _source(self, choices: tuple[str, ...]) -> str:
        listed = ",".join(choices)
        if len(listed) <= _LONGEST and '"' not in listed and not any("," in choice for choice in choices):
            return f'"{cell_text(listed)}"'
        if choices not in self._long:
            self._long.append(choices)
        column = column_letter(self._long.index(choices) + 1)
        return f"'{self._name}'!${column}$1:${column}${len(choices)}"
