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
from generator.domain.follow_up.standing import ContestedRow
from generator.domain.submission.answers import Entry
from generator.formats.xlsx.cell_style import HEADING, PLAIN, TITLE, CellStyle, fitting_height
from generator.formats.xlsx.final_sheet import YES, FinalQuestion, write_final_sheet
from generator.formats.xlsx.written_book import marked_workbook_bytes, print_on_a4, put_row
from generator.i18n.words import Words

SHEET = N_("Settlements")
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
    OpenItemKind.FILES: N_("Two files of one officer differ"),
    OpenItemKind.SENDER: N_("Accept the sender"),
    OpenItemKind.MISSING: N_("Not reported"),
}
_UNSIGNED = N_("Unsigned file beside the officer's own form")
_INTRODUCTION = N_(
    "Settle each matter in its yellow cell and save. The next pass reads the settlements, and records who made them "
    "and when."
)


def decisions_bytes(items: tuple[OpenItem, ...], question: FinalQuestion, settings: Settings, words: Words) -> bytes:
    """The workbook, the same bytes for the same items and the same question.

    Headings on row 3, an item a row from row 4 on; the cells to decide in are yellow, with drop-downs. On the second
    sheet the report is made final.

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
    write_final_sheet(book.create_sheet(), question, settings, words)
    book.properties.title = f"{words(SHEET)}, {settings.period.label}"
    book.properties.creator = settings.municipality
    book.properties.language = words.language.value
    return marked_workbook_bytes(book, settings.period.end)


def decision_headings() -> tuple[tuple[str, ...], ...]:
    """The headings in every language, in the order of `ChoiceColumn`, and those that earlier versions wrote."""
    headings = tuple(tuple(Words(language)(column) for column in ChoiceColumn) for language in Language)
    earlier = tuple("Decision" if column is ChoiceColumn.CHOICE else column.value for column in ChoiceColumn)
    return (*headings, earlier)


def _write_top(sheet: Worksheet, settings: Settings, words: Words) -> None:
    put_row(sheet, 1, [(f"{settings.municipality}: {words(SHEET)}, {settings.period.label}", TITLE)])
    put_row(sheet, 2, [(words(_INTRODUCTION), replace(TITLE, bold=False, points=11))])
    put_row(sheet, HEADING_ROW, ((words(column), HEADING) for column in ChoiceColumn))
    for number, column in enumerate(ChoiceColumn, start=1):
        sheet.column_dimensions[column_letter(number)].width = _WIDTHS[column]


def _texts(item: OpenItem, settings: Settings, words: Words) -> tuple[str, ...]:
    goal = f"{item.follow_up.goal.code} {item.follow_up.goal.title}" if item.follow_up else settings.period.label
    goal = item.contested.key[0] if item.contested else item.sender.file if item.sender else goal
    details = "\n".join(_lines(item, settings, words))
    is_unsigned = item.contested is not None and item.contested.is_unsigned
    matter = words(_UNSIGNED if is_unsigned else _KINDS[item.kind])
    return matter, goal, details, "", "", item.key


def _write_item(sheet: Worksheet, row: int, texts: tuple[str, ...], choices: tuple[str, ...]) -> None:
    asked = _ASKED if choices else PLAIN
    put_row(sheet, row, zip(texts, (PLAIN, PLAIN, PLAIN, asked, asked, _QUIET), strict=True))
    sheet.row_dimensions[row].height = fitting_height(zip(texts, _WIDTHS.values(), strict=True), 30)
    _offer(sheet, f"D{row}", choices)


def _lines(item: OpenItem, settings: Settings, words: Words) -> Iterator[str]:
    """What is open, what may be decided, and what was decided in vain."""
    if item.follow_up:
        yield from _details(item.follow_up, settings, words)
    if item.contested:
        yield from _both_files(item.contested, settings, words)
    if item.sender:
        codes = words.list(answer.entry.code for answer in item.sender.answers)
        yield words(_SENDER, officer=item.sender.officer, codes=codes)
        yield words(_ACCEPT_SENDER, yes=words(YES))
    if item.kind is OpenItemKind.MISSING:
        yield words(_ACCEPT, yes=words(YES))
    if item.rejected:
        vain = item.rejected
        yield words(_UNHEARD[Obstacle(vain.obstacle)], choice=vain.choice, time=words.moment(vain.time))


_SENDER = N_("Not one of the municipality's forms. It answers in the name of {officer}: {codes}")
_ACCEPT_SENDER = N_("Write “{yes}” if you have checked who sent it. It holds for the file for the whole period.")
_ACCEPT = N_("Write “{yes}” if the report may be made final without it.")
_UNHEARD = {
    Obstacle.NO_SUCH_OFFICER: N_("“{choice}” ({time}) was not carried out: it is none of the officers above."),
    Obstacle.NO_SUCH_FILE: N_("“{choice}” ({time}) was not carried out: it is none of the files above."),
    Obstacle.NOT_YES: N_("“{choice}” ({time}) was not carried out: it settles nothing in this matter."),
    Obstacle.OUTDATED: N_("“{choice}” ({time}) was not carried out: what it was about has changed. Settle it again."),
}


def _both_files(row: ContestedRow, settings: Settings, words: Words) -> Iterator[str]:
    """Both files with what they say; the one whose answer is in the report last."""
    own, other = row.names
    standing = row.standing
    yield standing.answer.entry.officer
    yield f"{own}: {_said(row.answer.entry, settings, words) if row.answer else words(_WITHDRAWS)}"
    said = words(_WITHDRAWS) if standing.is_withdrawn else _said(standing.answer.entry, settings, words)
    yield words(_IN_REPORT, file=other, said=said, time=words.moment(standing.answer.time))


_WITHDRAWS = N_("the answer is withdrawn")
_IN_REPORT = N_("{file}: {said} (in the report, saved {time})")


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
    if item.contested:
        return item.contested.names
    return (words(YES),)


def _offer(sheet: Worksheet, cell: str, choices: Iterable[str]) -> None:
    """Posts' names hold no comma and are short, so the list can stand in the cell's own rule (255 characters)."""
    listed = ",".join(choices)
    if not listed or len(listed) > 250 or '"' in listed:
        return
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
    offer.add(cell)
    sheet.add_data_validation(offer)
