"""The secretary's workbook of decisions: what is open, with a cell to decide each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language, Settings
from generator.domain.follow_up.merge import GoalFollowUp
from generator.domain.follow_up.open_items import ChoiceColumn, Obstacle, OpenItem, OpenItemKind
from generator.domain.submission.answers import Entry
from generator.formats.xlsx.cell_style import (
    HEADING,
    PLAIN,
    TITLE,
    CellStyle,
    fitting_height,
    marked_workbook_bytes,
    print_on_a4,
    put_row,
)
from generator.i18n.words import Words

SHEET = N_("Decisions")
YES = N_("yes")
HEADING_ROW = 3
_ASKED = CellStyle(fill="FFF6CC", lines="9A7400")
_QUIET = CellStyle(ink="595959")
_WIDTHS: dict[ChoiceColumn, float] = {
    ChoiceColumn.MATTER: 22,
    ChoiceColumn.GOAL: 44,
    ChoiceColumn.DETAILS: 52,
    ChoiceColumn.CHOICE: 26,
    ChoiceColumn.BECAUSE: 36,
    ChoiceColumn.KEY: 20,
}
_KINDS = {
    OpenItemKind.DISAGREEMENT: N_("Officers disagree"),
    OpenItemKind.MISSING: N_("Not reported"),
    OpenItemKind.FINALIZE: N_("Make the report final"),
}
_REASON_NEEDED = N_("Something above is open, so a reason is needed in the column “{column}”.")
_INTRODUCTION = N_(
    "Decide in the yellow cells and save. The next pass reads the decisions, and records who made them and when."
)


def decisions_bytes(items: tuple[OpenItem, ...], settings: Settings, words: Words) -> bytes:
    """The workbook, the same bytes for the same items.

    Headings on row 3, an item a row from row 4 on; the cells to decide in are yellow, with drop-downs.

    Source: DESIGN, section 5, Draft until a person says final.
    """
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = words(SHEET)
    _write_top(sheet, settings, words)
    for row, item in enumerate(items, start=HEADING_ROW + 1):
        _write_item(sheet, row, _texts(item, settings, words), _choices(item, words))
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    print_on_a4(sheet, "landscape", settings.municipality, HEADING_ROW)
    book.properties.title = f"{words(SHEET)}, {settings.period.label}"
    book.properties.creator = settings.municipality
    book.properties.language = words.language.value
    return marked_workbook_bytes(book, settings.period.end)


def decision_headings() -> tuple[tuple[str, ...], ...]:
    """The headings in every language, in the order of `ChoiceColumn`."""
    return tuple(tuple(Words(language)(column) for column in ChoiceColumn) for language in Language)


def _write_top(sheet: Worksheet, settings: Settings, words: Words) -> None:
    put_row(sheet, 1, [(f"{settings.municipality}: {words(SHEET)}, {settings.period.label}", TITLE)])
    put_row(sheet, 2, [(words(_INTRODUCTION), replace(TITLE, bold=False, points=11))])
    put_row(sheet, HEADING_ROW, ((words(column), HEADING) for column in ChoiceColumn))
    for number, column in enumerate(ChoiceColumn, start=1):
        sheet.column_dimensions[column_letter(number)].width = _WIDTHS[column]


def _texts(item: OpenItem, settings: Settings, words: Words) -> tuple[str, ...]:
    goal = f"{item.follow_up.goal.code} {item.follow_up.goal.title}" if item.follow_up else settings.period.label
    details = "\n".join(_lines(item, settings, words))
    return words(_KINDS[item.kind]), goal, details, "", "", item.key


def _write_item(sheet: Worksheet, row: int, texts: tuple[str, ...], choices: tuple[str, ...]) -> None:
    asked = _ASKED if choices else PLAIN
    put_row(sheet, row, zip(texts, (PLAIN, PLAIN, PLAIN, asked, asked, _QUIET), strict=True))
    sheet.row_dimensions[row].height = fitting_height(zip(texts, _WIDTHS.values(), strict=True), 30)
    _offer(sheet, f"D{row}", choices)


def _lines(item: OpenItem, settings: Settings, words: Words) -> Iterator[str]:
    """What is open, what may be decided, and what was decided in vain."""
    if item.follow_up:
        yield from _details(item.follow_up, settings, words)
    if item.kind is OpenItemKind.MISSING:
        yield words(_ACCEPT, yes=words(YES))
    if item.needs_reason:
        yield words(_REASON_NEEDED, column=words(ChoiceColumn.BECAUSE))
    if item.rejected:
        vain = item.rejected
        yield words(_UNHEARD[Obstacle(vain.obstacle)], choice=vain.choice, time=words.moment(vain.time))


_ACCEPT = N_("Write “{yes}” if the report may be made final without it.")
_UNHEARD = {
    Obstacle.NO_SUCH_OFFICER: N_("“{choice}” ({time}) was not carried out: it is none of the officers above."),
    Obstacle.NOT_YES: N_("“{choice}” ({time}) was not carried out: it is no decision on this matter."),
    Obstacle.OUTDATED: N_("“{choice}” ({time}) was not carried out: what it was about has changed. Decide again."),
    Obstacle.NO_REASON: N_("“{choice}” ({time}) was not carried out: the reason was missing."),
    Obstacle.EDITED: N_(
        "“{choice}” ({time}) was not carried out: somebody has edited the draft. Move the edited file elsewhere first."
    ),
}


def _details(item: GoalFollowUp, settings: Settings, words: Words) -> tuple[str, ...]:
    lines = [f"{answer.entry.officer}: {_said(answer.entry, settings, words)}" for answer in item.answers]
    waiting = [words(N_("Waits for: {officers}"), officers=words.list(item.waiting))] if item.waiting else []
    return (*lines, *waiting)


def _said(entry: Entry, settings: Settings, words: Words) -> str:
    """`3 Toteutus on aloitettu; ▲ viivästynyt`: officers may differ on either."""
    language, status = words.language.value, settings.statuses.get(entry.overall_status)
    degree = words.not_assessable()
    if entry.degree is not None:
        degree = settings.degree_scale.full_label(entry.degree, language)
    return f"{degree}; {status.text(language)}" if status else degree


def _choices(item: OpenItem, words: Words) -> tuple[str, ...]:
    if item.kind is OpenItemKind.DISAGREEMENT and item.follow_up:
        return tuple(dict.fromkeys(answer.entry.officer for answer in item.follow_up.answers))
    return (words(YES),)


def _offer(sheet: Worksheet, cell: str, choices: Iterable[str]) -> None:
    """Posts' names hold no comma and are short, so the list can stand in the cell's own rule (255 characters)."""
    listed = ",".join(choices)
    if not listed or len(listed) > 250 or '"' in listed:
        return
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
    offer.add(cell)
    sheet.add_data_validation(offer)
