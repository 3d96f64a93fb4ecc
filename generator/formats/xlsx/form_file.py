"""The officer's form: a workbook that holds the officer's goals, to be filled in where it lies and saved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import zip_longest
from pathlib import PurePath

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.disk.names import form_name
from generator.domain.base.cells import column_letter
from generator.domain.base.heading import ANSWER_FIELDS, TITLE_FIELDS, Field, PreviousColumn
from generator.domain.base.rule import N_
from generator.domain.base.scale import Scale
from generator.domain.base.settings import Language, Settings
from generator.domain.plan.form import IDENTITY_SHEET, PROPERTY_PREFIX, Form, FormRow, PreviousAnswer
from generator.domain.plan.form_columns import FormColumn, column_number, form_columns
from generator.formats.xlsx.cell_style import (
    HEADING,
    LINE_POINTS,
    PLAIN,
    TITLE,
    CellStyle,
    SheetContent,
    StyledRow,
    fitting_height,
)
from generator.formats.xlsx.form_widths import column_widths, frozen_columns
from generator.formats.xlsx.guide import GUIDE_SHEET, guide_lines
from generator.formats.xlsx.letter_widths import line_count
from generator.formats.xlsx.stamp import Model, looks_of, make_model, stamped, token
from generator.formats.xlsx.written_book import marked_workbook_bytes, print_on_a4, put_content
from generator.i18n.words import Words, degree_options, withdraw_choice

SHEET = N_("Follow-up")
LISTS_SHEET = N_("Lists")
HEADING_ROW = 3


def form_bytes(form: Form, identity: tuple[tuple[str, str], ...], settings: Settings, words: Words) -> bytes:
    """An officer's form as an Excel workbook.

    The first sheet has the headings on row 3 and a goal a row from row 4 on, its title in its level's column (A to C);
    degree and overall status have drop-downs. Then come the instructions, a hidden sheet that feeds
    the drop-downs, and a very hidden one with the identity, which custom properties carry too.

    Args:
        form: the officer's goals, with what was said of them in the previous period.
        identity: names and values, as `Identity.pairs` gives them.
        settings: the workspace's: period, scale, statuses and headings.
        words: in the form's language.

    Returns:
        The file's bytes, the same for the same arguments.

    Source: DESIGN, section 4, Form.
    """
    page = _FormPage(form, settings, words)
    contents = _contents(page, identity)
    looks = looks_of(row for content in contents for row in content.rows)
    names = tuple(name for name, _ in identity)
    frozen = frozen_columns(form, contents[0].widths or ())
    layout = _Layout(settings.digest, words.language, form.has_previous, frozen, looks, names, page)
    return stamped(_model(layout), contents, {_OFFICER: form.officer, **dict(identity)})


def built_form_bytes(form: Form, identity: tuple[tuple[str, str], ...], settings: Settings, words: Words) -> bytes:
    """Returns the same workbook as `form_bytes`, slowly: built completely with openpyxl, to compare with."""
    page = _FormPage(form, settings, words)
    contents = _contents(page, identity)
    return _built(page, contents, identity, frozen_columns(form, contents[0].widths or ()))


@dataclass(frozen=True, slots=True)
class _Layout:
    """The layout of a form's workbook: everything except its texts, rows and widths.

    `page` is any form with this layout.
    """

    settings_digest: str
    language: Language
    has_previous: bool
    frozen: int
    looks: tuple[CellStyle, ...]
    identity: tuple[str, ...]
    page: "_FormPage" = field(compare=False)


@lru_cache(maxsize=16)
def _model(layout: _Layout) -> Model:
    """Builds the model of a layout: a form with tokens for the officer's texts, and one row of each level."""
    first_of_level: dict[Field, FormRow] = {}
    for row in layout.page.form.rows:
        first_of_level.setdefault(_level(row), row)
    form = replace(layout.page.form, officer=token(_OFFICER), rows=tuple(first_of_level.values()))
    page = replace(layout.page, form=form)
    identity = tuple((name, token(name)) for name in layout.identity)
    contents = _contents(page, identity)
    return make_model(_built(page, contents, identity, layout.frozen), contents)


def _built(
    page: "_FormPage", contents: tuple[SheetContent, ...], identity: tuple[tuple[str, str], ...], frozen: int
) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = [book.create_sheet(page.words(name)) for name in (SHEET, GUIDE_SHEET, LISTS_SHEET, IDENTITY_SHEET)]
    for sheet, content in zip(sheets, contents, strict=True):
        put_content(sheet, content)
    goals, guide, lists, hidden = sheets
    _set_up_goals(goals, page, frozen)
    guide.sheet_view.showGridLines = False
    print_on_a4(guide, "portrait", page.form.officer)
    lists.sheet_state, hidden.sheet_state = "hidden", "veryHidden"
    for name, value in identity:
        book.custom_doc_props.append(StringProperty(PROPERTY_PREFIX + name, value))  # type: ignore[attr-defined]
    book.properties.title = f"{page.title}, {page.form.officer}"
    book.properties.creator = page.settings.municipality
    book.properties.language = page.language
    return marked_workbook_bytes(book, page.settings.period.end)


_OFFICER = "name_of_officer"  # the identity has an `officer` too
_GIVEN = CellStyle(fill="F2F5FA")
_COUNCIL_TERM_GOAL = replace(_GIVEN, bold=True)
_ASKED = CellStyle(fill="FFF2B3", lines="9A7400")
_MAY_CHANGE = CellStyle(fill="FFFDF2", lines="9A7400")
_PREVIOUS_HEADING = replace(HEADING, fill="595959")
_PREVIOUS = CellStyle(fill="E3E3E3", ink="404040")
_SUBJECT = CellStyle(lines=None, bold=True)
_PARAGRAPH = CellStyle(lines=None)

_GUIDE_WIDTHS = (24, 92)
_WRITING_ROOM = 5 * LINE_POINTS


@dataclass(frozen=True, slots=True)
class _FormPage:
    """A form, and what it is written from."""

    form: Form
    settings: Settings
    words: Words

    @property
    def language(self) -> str:
        return self.words.language.value

    @property
    def title(self) -> str:
        municipality, _, period = self.settings.names_in(self.words.language)
        return self.words(_TITLE, municipality=municipality, period=period.label)

    @property
    def columns(self) -> tuple[FormColumn, ...]:
        return form_columns(self.form)

    def heading(self, column: FormColumn) -> str:
        return self.settings.headings.label(column, self.language) if isinstance(column, Field) else self.words(column)


_TITLE = N_("{municipality}: follow-up of the programme, {period}")
_INTRODUCTION = N_(
    "{officer} – to be saved by {deadline} – fill in the framed yellow cells; how, the sheet “{guide}” tells."
)


def _level(row: FormRow) -> Field:
    return TITLE_FIELDS[row.goal.level - 1]


def _contents(page: _FormPage, identity: tuple[tuple[str, str], ...]) -> tuple[SheetContent, ...]:
    """The sheets: goals, instructions, the lists that feed the drop-downs, and the identity."""
    return (
        _goals(page),
        SheetContent(tuple(_guide_rows(page)), _GUIDE_WIDTHS),
        SheetContent(_plain_rows(zip_longest(*(options for _, _, options in _lists(page)), fillvalue=""))),
        SheetContent(_plain_rows(identity)),
    )


def _plain_rows(rows: Iterable[tuple[str, ...]]) -> tuple[StyledRow, ...]:
    return tuple(StyledRow(row, tuple((text, PLAIN) for text in texts)) for row, texts in enumerate(rows, start=1))


def _goals(page: _FormPage) -> SheetContent:
    columns = page.columns
    rows = [[_text(column, goal, page) for column in columns] for goal in page.form.rows]
    headings = tuple(map(page.heading, columns))
    widths = column_widths(page.form, dict(zip(columns, zip(headings, *rows, strict=True), strict=True)))
    looks = {level: tuple(_look(column, level) for column in columns) for level in TITLE_FIELDS}
    goals = (
        StyledRow(
            row,
            tuple(zip(texts, looks[_level(goal)], strict=True)),
            fitting_height(zip(texts, widths, strict=True), _WRITING_ROOM),
        )
        for row, (goal, texts) in enumerate(zip(page.form.rows, rows, strict=True), start=HEADING_ROW + 1)
    )
    return SheetContent((*_top(page, headings, widths), *goals), widths)


def _top(page: _FormPage, headings: tuple[str, ...], widths: tuple[float, ...]) -> Iterator[StyledRow]:
    """What the form is, on two rows, and the headings."""
    deadline = page.words.date(page.settings.period.deadline)
    guide = page.words(GUIDE_SHEET)
    introduction = page.words(_INTRODUCTION, officer=page.form.officer, deadline=deadline, guide=guide)
    looks = (_PREVIOUS_HEADING if isinstance(column, PreviousColumn) else HEADING for column in page.columns)
    lines = max(map(line_count, headings, widths))
    yield StyledRow(1, ((page.title, TITLE),), 21.0)
    yield StyledRow(2, ((introduction, replace(TITLE, bold=False, points=11)),), 20.0)
    yield StyledRow(HEADING_ROW, tuple(zip(headings, looks, strict=True)), lines * LINE_POINTS)


def _set_up_goals(sheet: Worksheet, page: _FormPage, frozen: int) -> None:
    sheet.freeze_panes = f"{column_letter(frozen + 1)}{HEADING_ROW + 1}"
    print_on_a4(sheet, "landscape", page.form.officer, HEADING_ROW)
    if page.form.rows:
        _offer_lists(sheet, page)
        _start_at_first_answer(sheet, page.form)


def _text(column: FormColumn, row: FormRow, page: _FormPage) -> str:
    if column is _level(row):
        return f"{row.goal.code} {row.goal.title}"
    if row.typed and column in ANSWER_FIELDS:
        return str(getattr(row.typed, column.value))
    if column is Field.MAIN_RISKS:
        return row.goal.main_risks
    if column is Field.OFFICER:
        return page.form.officer
    if isinstance(column, PreviousColumn) and row.previous:
        return _previous_text(column, row.previous, page)
    return ""


def _previous_text(column: PreviousColumn, previous: PreviousAnswer, page: _FormPage) -> str:
    if column is PreviousColumn.NARRATIVE:
        return previous.narrative
    if previous.degree is None:
        return page.words.not_assessable()
    return _full_label(page.settings.degree_scale, previous.degree, page.language)


def _full_label(scale: Scale, degree: int, language: str) -> str:
    """The number alone where the scale has changed since, and no longer has the step."""
    known = any(step.value == degree for step in scale.degrees)
    return scale.full_label(degree, language) if known else str(degree)


def _look(column: FormColumn, level: Field) -> CellStyle:
    if column in TITLE_FIELDS:
        return _COUNCIL_TERM_GOAL if level is Field.COUNCIL_TERM_GOAL else _GIVEN
    if column in (Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE):
        return _ASKED
    if isinstance(column, PreviousColumn):
        return _PREVIOUS
    return _GIVEN if column is Field.OFFICER else _MAY_CHANGE


def _offer_lists(sheet: Worksheet, page: _FormPage) -> None:
    """The drop-downs. They refuse nothing: a number or a word alone is as good, and the receipt tells what is not."""
    for letter, asked, options in _lists(page):
        offer = DataValidation(
            type="list",
            formula1=f"{quote_sheetname(page.words(LISTS_SHEET))}!${letter}$1:${letter}${len(options)}",
            allow_blank=True,
            showErrorMessage=False,
            showInputMessage=True,
            promptTitle=page.heading(asked)[:_PROMPT_TITLE],
            prompt=page.words(_PROMPTS[asked]),
        )
        column = column_letter(column_number(asked, page.form))
        offer.add(f"{column}{HEADING_ROW + 1}:{column}{HEADING_ROW + len(page.form.rows)}")
        sheet.add_data_validation(offer)


# ECMA-376 part 1, §18.3.1.32: longer ones make Excel call the file damaged.
_PROMPT_TITLE = 32
_PROMPTS = {
    Field.DEGREE: N_("Choose from the list, or type the number alone."),
    Field.OVERALL_STATUS: N_("Choose from the list, or leave empty."),
}


def _lists(page: _FormPage) -> Iterator[tuple[str, Field, tuple[str, ...]]]:
    """The hidden sheet's columns: letter, whose drop-down it feeds, what it offers."""
    degrees = degree_options(page.settings.degree_scale, page.words)
    yield "A", Field.DEGREE, (*degrees, withdraw_choice(page.words))
    yield "B", Field.OVERALL_STATUS, page.settings.statuses.options(page.language)


def _start_at_first_answer(sheet: Worksheet, form: Form) -> None:
    first = f"{column_letter(column_number(Field.OVERALL_STATUS, form))}{HEADING_ROW + 1}"
    for selection in sheet.sheet_view.selection:
        if selection.pane == "bottomRight":
            selection.activeCell = selection.sqref = first


def _guide_rows(page: _FormPage) -> Iterator[StyledRow]:
    stem = PurePath(form_name(page.form.officer)).stem
    lines = guide_lines(page.form, page.settings, page.words, sheet=page.words(SHEET), stem=stem)
    yield StyledRow(1, ((page.title, TITLE),))
    for row, line in enumerate(lines, start=3):
        height = fitting_height(zip((line.subject, line.text), _GUIDE_WIDTHS, strict=True)) + 3
        yield StyledRow(row, ((line.subject, _SUBJECT), (line.text, _PARAGRAPH)), height)
