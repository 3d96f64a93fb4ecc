"""The sheet of texts in the secretary's workbook: a cell for each text of the report and each language."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.cells import column_letter
from generator.domain.base.rule import N_
from generator.domain.base.settings import Language, Settings
from generator.domain.follow_up.choice_rows import heading_columns, read_rows
from generator.domain.follow_up.edit_acts import TEXT_PLACES
from generator.domain.follow_up.open_items import Obstacle, RejectedChoice
from generator.domain.output.text_rows import LANGUAGE_COLUMNS, TextColumn, text_key, text_subject
from generator.domain.output.written_texts import NO_TEXTS, WrittenTexts
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.cell_style import HEADING, PLAIN, TITLE, CellStyle, fitting_height
from generator.formats.xlsx.open_items_sheet import coded
from generator.formats.xlsx.written_book import print_on_a4, put_row
from generator.i18n.text_places import place_words
from generator.i18n.words import Words

TEXTS_SHEET = N_("Texts")
HEADING_ROW = 4
_ASKED = CellStyle(fill="FFF6CC", lines="9A7400")
_QUIET = CellStyle(ink="767676", points=8)
_REFUSED = CellStyle(ink="A4262C")
_LEAST_HEIGHT = 60
_TEXT_WIDTH = 60.0
_WIDTHS = {TextColumn.PLACE: 34.0, TextColumn.DETAILS: 30.0, TextColumn.REMARK: 40.0, TextColumn.KEY: 26.0}


@dataclass(frozen=True, slots=True)
class AskedTexts:
    """The content of the sheet: the texts that are written, the council-term goals, and the texts that were refused.

    `goals` are codes and titles; `base` is the number in the journal of the last act that the texts know.
    """

    texts: WrittenTexts = NO_TEXTS
    goals: tuple[tuple[str, str], ...] = ()
    rejected: tuple[RejectedChoice, ...] = ()
    base: int = 0


NO_TEXTS_ASKED = AskedTexts()


def read_text_rows(workbook: Workbook, language: str) -> tuple[dict[TextColumn, str], ...]:
    """Returns the texts of the rows below the sheet's headings; nothing if there is no such sheet."""
    headings = tuple(tuple(Words(each)(column) for column in TextColumn) for each in Language)
    needed = frozenset({TextColumn.PLACE, TextColumn.KEY})
    return read_rows(workbook, heading_columns(headings, tuple(TextColumn)), needed, language) or ()


def write_texts(sheet: Worksheet, asked: AskedTexts, *, settings: Settings, words: Words) -> None:
    """Fills an empty sheet: headings on row 4, a place of the report a row from row 5 on."""
    columns = _columns(settings)
    sheet.title = words(TEXTS_SHEET)
    _write_top(sheet, columns, settings, words)
    titles, row = dict(asked.goals), HEADING_ROW
    for row, place in enumerate(_places(asked), start=HEADING_ROW + 1):
        told = _row_texts(place, asked, settings, words)
        _write_row(sheet, row, tuple((told[column], column) for column in columns))
    for number, refused in enumerate(_homeless(asked), start=row + 1):
        texts = {TextColumn.PLACE: coded(refused.code, titles), TextColumn.REMARK: text_obstacle_words(refused, words)}
        cells = tuple((texts.get(column, ""), _LOOKS.get(column, PLAIN)) for column in columns)
        put_row(sheet, number, cells)
    sheet.print_area = f"A1:{column_letter(len(columns) - 1)}{sheet.max_row}"  # without the identifiers
    sheet.freeze_panes = f"B{HEADING_ROW + 1}"
    print_on_a4(sheet, "landscape", settings.municipality, HEADING_ROW)


def text_obstacle_words(rejected: RejectedChoice, words: Words) -> str:
    """Returns why a text was not entered, with the text and when it was read."""
    message = _OBSTACLES.get(Obstacle(rejected.obstacle), _OBSTACLES[Obstacle.SETTLED_SINCE])
    return words(message, text=rejected.choice, time=words.moment(rejected.time))


def _columns(settings: Settings) -> tuple[TextColumn, ...]:
    """The columns with those of the settings' languages, the municipality's own first."""
    languages = (LANGUAGE_COLUMNS[language.value] for language in settings.languages)
    return TextColumn.PLACE, TextColumn.DETAILS, *languages, TextColumn.REMARK, TextColumn.KEY


def _write_top(sheet: Worksheet, columns: tuple[TextColumn, ...], settings: Settings, words: Words) -> None:
    plain = replace(TITLE, bold=False, points=11)
    put_row(sheet, 1, [(f"{settings.municipality}: {words(TEXTS_SHEET)}, {settings.period.label}", TITLE)])
    put_row(sheet, 2, [(words(_INTRODUCTION), plain)])
    put_row(sheet, HEADING_ROW, ((words(column), HEADING) for column in columns))
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[column_letter(number)].width = _WIDTHS.get(column, _TEXT_WIDTH)


def _places(asked: AskedTexts) -> tuple[str, ...]:
    """The places of the report, then those of texts whose goal is no longer in the programme."""
    return tuple(dict.fromkeys((*TEXT_PLACES, *dict(asked.goals), *(each.place for each in asked.texts.texts))))


def _row_texts(place: str, asked: AskedTexts, settings: Settings, words: Words) -> dict[TextColumn, str]:
    titles = dict(asked.goals)
    label = place_words(place, titles, words)
    written = {language.value: asked.texts.get(place, language.value) for language in settings.languages}
    is_printed = place in TEXT_PLACES or place in titles
    return {
        TextColumn.PLACE: label,
        TextColumn.DETAILS: words(_DETAILS.get(place, _REMARK) if is_printed else _NO_GOAL),
        TextColumn.REMARK: "\n".join(_refusals(place, asked, words)),
        TextColumn.KEY: text_key(place, label, asked.base, written),
        **{LANGUAGE_COLUMNS[language]: text for language, text in written.items()},
    }


def _refusals(place: str, asked: AskedTexts, words: Words) -> Iterator[str]:
    subjects = {text_subject(place, language) for language in LANGUAGE_COLUMNS}
    return (text_obstacle_words(each, words) for each in asked.rejected if each.subject in subjects)


def _homeless(asked: AskedTexts) -> tuple[RejectedChoice, ...]:
    """The refused texts of no row of the sheet."""
    places = _places(asked)
    return tuple(each for each in asked.rejected if each.code not in places)


def _write_row(sheet: Worksheet, row: int, cells: tuple[tuple[str, TextColumn], ...]) -> None:
    put_row(sheet, row, ((text, _LOOKS.get(column, _ASKED)) for text, column in cells))
    shown = ((text, _WIDTHS.get(column, _TEXT_WIDTH)) for text, column in cells[:-1])
    sheet.row_dimensions[row].height = fitting_height(shown, _LEAST_HEIGHT)


_LOOKS = {
    TextColumn.PLACE: PLAIN,
    TextColumn.DETAILS: PLAIN,
    TextColumn.REMARK: _REFUSED,
    TextColumn.KEY: _QUIET,
}
_INTRODUCTION = N_(
    "Write the texts of the report into the yellow cells as plain text, save and close the workbook. A text is printed "
    "in the report of its language, until you change or clear it."
)
_DETAILS = dict(
    zip(
        TEXT_PLACES,
        (
            N_("After the list of contents, before the summary."),
            N_("At the top of the summary. Three lines are enough."),
            N_("At the end of the report."),
        ),
        strict=True,
    )
)
_REMARK = N_("Below the heading of the goal, before its table.")
_NO_GOAL = N_("The goal is no longer in the programme, so the text is not printed.")
_OBSTACLES = {
    Obstacle.SETTLED_SINCE: N_(
        "Not entered ({time}): the text of this place was changed after the workbook was written. If yours is the "
        "right one, write it here again: {text}"
    ),
    Obstacle.MOVED: N_(
        "Not entered ({time}): the row was no longer the one that was written, or lacked its identifier. Write the "
        "text in its own row: {text}"
    ),
    Obstacle.STANDS_TWICE: N_(
        "Not entered ({time}): the row stood twice in the workbook. Write the text in this row only: {text}"
    ),
    Obstacle.FORMULA: N_("Not entered ({time}): a formula is no text. Write the text itself: {text}"),
    Obstacle.PERSONAL: N_(
        "Not entered ({time}): the text has a personal identity code, and the report is public. Write it without the "
        "code: {text}"
    ),
}
