"""The sheet of the workbook of decisions on which the report is made final: what is open, and the cells to fill in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language, Settings
from generator.domain.base.text import heading_key
from generator.domain.follow_up.final_sheet import FINAL_CELLS, NAMES, PERIOD, VERSION, FinalColumn, ReadCell, cell_key
from generator.domain.follow_up.open_by_kind import OpenByKind, OpenKind
from generator.domain.follow_up.open_items import Obstacle
from generator.domain.follow_up.status import FinalReport
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.cell_style import HEADING, PLAIN, TITLE, CellStyle, fitting_height
from generator.formats.xlsx.written_book import print_on_a4, put_row
from generator.i18n.council_version import (
    NO_VERSION_ASKED,
    VersionQuestion,
    version_choices,
    version_remark,
    version_row_labels,
    version_texts,
)
from generator.i18n.open_kinds import KIND_NAMES, kind_lines
from generator.i18n.words import Words

FINAL_SHEET = N_("Final")
YES = N_("yes")
# The row on which earlier versions asked it, among the other matters.
_OLD_ROW = N_("Make the report final")
HEADING_ROW = 5
_TITLE_POINTS = 21
_ASKED = CellStyle(fill="FFF6CC", lines="9A7400")
# An answer that stands already, and may be another.
_CHOSEN = CellStyle(fill="EAF2FB", lines="1F5C99")
_QUIET = CellStyle(ink="595959")
_REMARK = CellStyle(ink="A4262C")
_WIDTHS: dict[FinalColumn, float] = {
    FinalColumn.QUESTION: 30,
    FinalColumn.DETAILS: 64,
    FinalColumn.ANSWER: 40,
    FinalColumn.REMARK: 44,
    FinalColumn.KEY: 30,
}
# More items than this are counted, not listed: a row higher than a screen cannot be read.
_MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class FinalQuestion:
    """What the sheet asks and tells.

    `key` is of the report that it is about; `final` is the latest final report, None where there is none; `rejected`
    are the cells of the last request, if that was refused (at `rejected_time`, ISO 8601), and `reasons` those of them
    that stand in their cells again. `version` is the question about the previous period.
    """

    key: str
    open: OpenByKind
    final: FinalReport | None = None
    rejected: tuple[ReadCell, ...] = ()
    rejected_time: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()
    version: VersionQuestion = NO_VERSION_ASKED


def final_headings() -> tuple[tuple[str, ...], ...]:
    """The headings in every language, in the order of `FinalColumn`."""
    return tuple(tuple(Words(language)(column) for column in FinalColumn) for language in Language)


def final_labels() -> dict[str, frozenset[str]]:
    """The labels of each cell to fill in every language, as `heading_key` gives them."""
    own = {name: frozenset(heading_key(_label(name, Words(language))) for language in Language) for name in FINAL_CELLS}
    return {**own, VERSION: version_row_labels()}


def old_final_rows() -> frozenset[str]:
    """What the row of earlier versions said in every language, as `heading_key` gives it."""
    return frozenset(heading_key(Words(language)(_OLD_ROW)) for language in Language)


def has_final_sheet(workbook: Workbook) -> bool:
    """True if a sheet has the name of ours, in any language."""
    names = {heading_key(Words(language)(FINAL_SHEET)) for language in Language}
    return any(heading_key(sheet.name) in names for sheet in workbook.sheets)


def write_final_sheet(sheet: Worksheet, question: FinalQuestion, settings: Settings, words: Words) -> None:
    """Fills an empty sheet: the headings on row 5, and below them a row for each cell to fill in."""
    sheet.title = words(FINAL_SHEET)
    _write_top(sheet, question, settings, words)
    names = (*(kind.value for kind in question.open.kinds), PERIOD, NAMES)
    for row, name in enumerate(names, start=HEADING_ROW + 1):
        _write_row(sheet, row, _texts(name, question, settings, words))
    _offer(sheet, HEADING_ROW + len(names), (words(YES),))
    if question.version.asked:
        row = HEADING_ROW + len(names) + 1
        _write_row(sheet, row, version_texts(question.version.asked, question.version.rejected, words), _CHOSEN)
        _offer(sheet, row, version_choices(question.version.asked, words))
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    print_on_a4(sheet, "landscape", settings.municipality, HEADING_ROW)
    last = HEADING_ROW + len(names) + bool(question.version.asked)
    sheet.print_area = f"A1:{_letter(FinalColumn.REMARK)}{last}"  # without the identifiers


def _write_top(sheet: Worksheet, question: FinalQuestion, settings: Settings, words: Words) -> None:
    plain = replace(TITLE, bold=False, points=11)
    put_row(sheet, 1, [(f"{settings.municipality}: {words(_TITLE)}, {settings.period.label}", TITLE)])
    put_row(sheet, 2, [(words(_INTRODUCTION), plain)])
    put_row(sheet, 3, [(_standing(question.final, words), replace(plain, bold=True))])
    _write_top_remark(sheet, _top_remark(question, settings, words), replace(plain, ink=_REMARK.ink, bold=True))
    sheet.row_dimensions[1].height = _TITLE_POINTS
    put_row(sheet, HEADING_ROW, ((words(column), HEADING) for column in FinalColumn))
    for number, column in enumerate(FinalColumn, start=1):
        sheet.column_dimensions[column_letter(number)].width = _WIDTHS[column]


def _write_top_remark(sheet: Worksheet, text: str, look: CellStyle) -> None:
    """Writes why nothing was carried out above the table, over its whole width: it may name many files."""
    put_row(sheet, HEADING_ROW - 1, [(text, replace(look, wrap=True))])
    if text:
        shown = tuple(_WIDTHS.values())[:-1]  # without the identifiers
        sheet.merge_cells(start_row=HEADING_ROW - 1, end_row=HEADING_ROW - 1, start_column=1, end_column=len(shown))
        sheet.row_dimensions[HEADING_ROW - 1].height = fitting_height([(text, sum(shown))])


def _offer(sheet: Worksheet, row: int, choices: tuple[str, ...]) -> None:
    """Gives the answer of a row a drop-down."""
    offer = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False)
    offer.add(f"{_letter(FinalColumn.ANSWER)}{row}")
    sheet.add_data_validation(offer)


def _write_row(sheet: Worksheet, row: int, texts: tuple[str, ...], answer: CellStyle = _ASKED) -> None:
    put_row(sheet, row, zip(texts, (PLAIN, PLAIN, answer, _REMARK, _QUIET), strict=True))
    sheet.row_dimensions[row].height = fitting_height(zip(texts, _WIDTHS.values(), strict=True), 45)


def _texts(name: str, question: FinalQuestion, settings: Settings, words: Words) -> tuple[str, ...]:
    details = "\n".join(_details(name, question, settings, words))
    answer, remark = dict(question.reasons).get(name, ""), _remark(name, question, settings, words)
    return _label(name, words), details, answer, remark, cell_key(name, question.key)


def _label(name: str, words: Words) -> str:
    if name == PERIOD:
        return words(_PERIOD)
    if name == NAMES:
        return words(_NAMES)
    return words(_REASON, kind=words(KIND_NAMES[OpenKind(name)]))


def _details(name: str, question: FinalQuestion, settings: Settings, words: Words) -> Iterator[str]:
    if name == PERIOD:
        yield words(_TYPE_PERIOD, period=settings.period.label, id=settings.period.id)
    elif name == NAMES:
        yield words(_READ_NAMES, yes=words(YES))
    else:
        lines = kind_lines(question.open, OpenKind(name), words)
        yield from lines[:_MOST_LISTED]
        if len(lines) > _MOST_LISTED:
            yield f"+ {len(lines) - _MOST_LISTED}"


def _standing(final: FinalReport | None, words: Words) -> str:
    if final is None:
        return words(_NO_FINAL)
    message = _STANDS if final.is_current else _STANDS_CHANGED
    return words(message, version=final.version, time=words.moment(final.time))


def _top_remark(question: FinalQuestion, settings: Settings, words: Words) -> str:
    """Why the last request was not carried out, and a refused choice of a version whose row is not there."""
    version = "" if question.version.asked else version_remark(question.version.rejected, words)
    return "\n".join(filter(None, (_remark("", question, settings, words), version)))


def _remark(name: str, question: FinalQuestion, settings: Settings, words: Words) -> str:
    """Why the last request was not carried out, as far as it lies in this cell; for an empty name in none of them."""
    found = tuple(cell for cell in question.rejected if cell.name == name)
    return "\n".join(_remark_lines(found, question, settings, words))


def _remark_lines(
    cells: tuple[ReadCell, ...], question: FinalQuestion, settings: Settings, words: Words
) -> Iterator[str]:
    is_outdated = any(cell.obstacle == Obstacle.OUTDATED for cell in question.rejected)
    time = words.moment(question.rejected_time) if question.rejected_time else ""
    for cell in cells:
        if cell.obstacle:
            message = _OBSTACLES[Obstacle(cell.obstacle)]
            read = words(_TYPED, value=cell.value) if cell.value else words(_NOTHING_TYPED)
            yield words(message, value=read, time=time, id=settings.period.id, yes=words(YES))
        elif is_outdated and cell.value:
            yield words(_READ_BEFORE, value=cell.value)


def _letter(column: FinalColumn) -> str:
    return column_letter(tuple(FinalColumn).index(column) + 1)


_TITLE = N_("Make the report final")
_INTRODUCTION = N_("Read the draft. Then fill in every yellow cell and save: only then is the report made final.")
_NO_FINAL = N_("The report has not been made final.")
_STANDS = N_("Version {version} stands, made {time}. Nothing has changed since.")
_STANDS_CHANGED = N_("Version {version} was made {time}. What is held has changed since.")
_REASON = N_("Reason: {kind}")
_PERIOD = N_("The period’s id")
_NAMES = N_("Read: no names of people")
_TYPE_PERIOD = N_("{period}. Type the period’s id exactly: {id}")
_READ_NAMES = N_(
    "The report is published on the web. Write “{yes}” when you have read it and no person is named in it: officers "
    "are named by their posts."
)
_TYPED = N_("“{value}”")
_NOTHING_TYPED = N_("(empty)")
_READ_BEFORE = N_("Written before: “{value}”. Write it again if it still holds.")
_OBSTACLES = {
    Obstacle.NO_REASON: N_("The reason is missing ({time}). Read: {value}. Write why it is made final all the same."),
    Obstacle.WRONG_PERIOD: N_("The period’s id was not typed ({time}). Read: {value}. Type {id}"),
    Obstacle.NAMES_NOT_READ: N_(
        "It was not confirmed ({time}). Read: {value}. Write “{yes}” when you have read the report."
    ),
    Obstacle.STANDS_TWICE: N_("The row stood twice in the workbook ({time}). Read: {value}. Fill in this row only."),
    Obstacle.MOVED: N_("The answer stood on another row ({time}). Read: {value}. Fill it in here."),
    Obstacle.OUTDATED: N_(
        "The report was not made final ({time}): it has changed since this workbook was written. Read the draft, and "
        "fill in the cells again."
    ),
    Obstacle.EDITED: N_(
        "The report was not made final ({time}): somebody has edited the draft ({value}). Move the edited file "
        "elsewhere first."
    ),
    Obstacle.COMMENTED: N_(
        "The report was not made final ({time}): somebody has written comments into the draft ({value}). Delete them "
        "in Word, or move the file elsewhere first."
    ),
    Obstacle.OTHER_SHEET: N_(
        "“{value}” ({time}) was not carried out: the report is now made final on this sheet. Fill in the yellow cells."
    ),
}
