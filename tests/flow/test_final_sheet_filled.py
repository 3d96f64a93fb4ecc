"""However the workbook is filled in, a report is made final only where each cell of the sheet holds its own answer."""

from collections.abc import Callable, Iterable
from io import BytesIO

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.settings import Language
from generator.domain.follow_up.final_sheet import FilledSheet, FinalColumn, check_filled, read_final_sheet
from generator.domain.follow_up.merge import merge
from generator.domain.follow_up.open_by_kind import OpenByKind, OpenKind
from generator.domain.follow_up.open_items import list_open_items
from generator.domain.plan.plan_changes import PlanChange, PlanChangeKind
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.decisions_file import WorkbookContent, decisions_bytes
from generator.formats.xlsx.final_sheet import HEADING_ROW, FinalQuestion, final_headings, final_labels
from generator.formats.xlsx.open_items_sheet import AskedItems
from generator.formats.xlsx.reader import read_workbook
from generator.formats.xlsx.settlements_sheet import SettlementsMade
from generator.i18n.words import Words
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, answer, entry
from tests.final_sheets import ANSWER, FINAL_SHEET, final_rows

FINNISH, REPORT = Words(Language.FINNISH), "0123456789abcdef"
MERGED = merge(PLAN, (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 4))), SETTINGS.rollup)
OPEN = OpenByKind(
    missing=MERGED.awaited, disputed=MERGED.disputed, plan=(PlanChange(PlanChangeKind.NEW, "03", "Uimahalli"),)
)
CONTENT = WorkbookContent(AskedItems(list_open_items(MERGED)), SettlementsMade(), FinalQuestion(REPORT, OPEN))
MADE = decisions_bytes(CONTENT, SETTINGS, FINNISH)
ID, REASON = SETTINGS.period.id, "Valtuusto kokoontuu tänään."
RIGHT = {**{kind.value: REASON for kind in OPEN.kinds}, "period": ID, "names": "kyllä"}
NAMED = tuple(FINNISH(column) for column in (FinalColumn.QUESTION, FinalColumn.ANSWER, FinalColumn.KEY))
YES = frozenset({"kyllä", "ja", "yes"})
WORDS = st.sampled_from([ID, "kyllä", "Kyllä", REASON, "Muu syy.", "", "-", "2026", "ei", CLERK])

Step = Callable[[openpyxl.Workbook], None]


def read(book: openpyxl.Workbook) -> FilledSheet | None:
    buffer = BytesIO()
    book.save(buffer)
    workbook = read_workbook(buffer.getvalue())
    assert isinstance(workbook, Workbook)
    return read_final_sheet(workbook, final_headings(), final_labels(), "fi")


def is_carried_out(sheet: FilledSheet | None) -> bool:
    """As `finalize_as_requested` asks: every cell as it must be, and all about the report."""
    if sheet is None or sheet.key != REPORT:
        return False
    return not any(cell.obstacle for cell in check_filled(sheet, OPEN.kinds, ID, YES))


def may_be_carried_out(book: openpyxl.Workbook) -> bool:
    """Told from the sheet, whatever it is called: each key stands once, beside its own label and a right answer."""
    rows = [row for sheet in book.worksheets for row in rows_below(sheet)]
    for name, label in LABELS.items():
        own = [row for row in rows if row[2] == f"{name} {REPORT}"]
        if len(own) != 1 or own[0][0] != label or not is_right(name, own[0][1]):
            return False
    return True


def rows_below(sheet: Worksheet) -> list[tuple[str, ...]]:
    """Label, answer and key of the rows below the headings, wherever these stand."""
    cells = [[str(cell.value or "").strip() for cell in row] for row in sheet.iter_rows()]
    top = next((number for number, row in enumerate(cells) if all(row.count(each) == 1 for each in NAMED)), None)
    if top is None:
        return []
    return [tuple(row[cells[top].index(each)] for each in NAMED) for row in cells[top + 1 :]]


def is_right(name: str, text: str) -> bool:
    if name in ("period", "names"):
        return text == ID if name == "period" else text.casefold() in YES
    return text in (REASON, "Muu syy.", CLERK) or text.startswith(("Perustelu", "Valtuusto"))


def labels() -> dict[str, str]:
    sheet = openpyxl.load_workbook(BytesIO(MADE))[FINAL_SHEET]
    return {name: str(sheet.cell(row, 1).value) for name, row in final_rows(sheet).items()}


LABELS = labels()


def on(book: openpyxl.Workbook, number: int) -> Worksheet:
    return book.worksheets[number % len(book.worksheets)]


@st.composite
def typed_answers(draw: st.DrawFn) -> Step:
    """Right answers in all cells but some, which hold anything."""
    wrong = draw(st.dictionaries(st.sampled_from(list(RIGHT)), WORDS, max_size=2))

    def step(book: openpyxl.Workbook) -> None:
        if FINAL_SHEET in book.sheetnames:
            for name, row in final_rows(book[FINAL_SHEET]).items():
                book[FINAL_SHEET].cell(row, ANSWER).value = {**RIGHT, **wrong}.get(name) or None

    return step


@st.composite
def filled_down(draw: st.DrawFn) -> Step:
    """A cell, or some cells beside each other, copied into the rows below, on either sheet."""
    number, row = draw(st.integers(0, 1)), draw(st.integers(HEADING_ROW - 2, HEADING_ROW + 5))
    first, width, count = draw(st.integers(1, 6)), draw(st.integers(1, 6)), draw(st.integers(1, 6))

    def step(book: openpyxl.Workbook) -> None:
        sheet = on(book, number)
        for column in range(first, first + width):
            for below in range(row + 1, row + count + 1):
                sheet.cell(below, column).value = sheet.cell(row, column).value

    return step


@st.composite
def sorted_rows(draw: st.DrawFn) -> Step:
    """Rows in another order: whole ones, or those of some columns only."""
    number, first, width = draw(st.integers(0, 1)), draw(st.integers(1, 5)), draw(st.integers(1, 6))
    by, is_down = draw(st.integers(0, 5)), draw(st.booleans())

    def step(book: openpyxl.Workbook) -> None:
        sheet = on(book, number)
        span, rows = range(first, first + width), range(HEADING_ROW + 1, sheet.max_row + 1)
        values = [[sheet.cell(row, column).value for column in span] for row in rows]
        values.sort(key=lambda each: str(each[by % width]), reverse=is_down)
        for row, each in zip(rows, values, strict=True):
            for column, value in zip(span, each, strict=True):
                sheet.cell(row, column).value = value

    return step


@st.composite
def moved_cells(draw: st.DrawFn) -> Step:
    """A row or a column inserted or deleted, a sheet copied or removed, a cell typed into."""
    number, row, column = draw(st.integers(0, 1)), draw(st.integers(1, 12)), draw(st.integers(1, 6))
    text, act = draw(WORDS), draw(st.sampled_from(["row", "column", "less", "copy", "gone", "type"]))

    def step(book: openpyxl.Workbook) -> None:
        sheet = on(book, number)
        acts: dict[str, Callable[[], object]] = {
            "row": lambda: sheet.insert_rows(row),
            "column": lambda: sheet.insert_cols(column),
            "less": lambda: sheet.delete_rows(row),
            "copy": lambda: book.copy_worksheet(sheet),
            "gone": lambda: book.remove(sheet) if len(book.worksheets) > 1 else None,
            "type": lambda: setattr(sheet.cell(row, column), "value", text or None),
        }
        acts[act]()

    return step


def filled(steps: Iterable[Step]) -> openpyxl.Workbook:
    book = openpyxl.load_workbook(BytesIO(MADE))
    for step in steps:
        step(book)
    return book


STEPS = st.lists(typed_answers() | filled_down() | sorted_rows() | moved_cells(), min_size=1, max_size=4)


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_nothing_is_carried_out_that_was_not_written_into_its_own_cells(steps: list[Step]) -> None:
    book = filled(steps)
    if is_carried_out(read(book)):
        assert may_be_carried_out(book)


@given(typed_answers(), st.lists(st.integers(1, 12), max_size=3))
@settings(max_examples=50, deadline=None)
def test_rows_inserted_and_sorted_whole_change_nothing(step: Step, inserted: list[int]) -> None:
    book = filled([step])
    before = is_carried_out(read(book))
    sheet = book[FINAL_SHEET]
    rows = range(HEADING_ROW + 1, sheet.max_row + 1)
    values = sorted(([cell.value for cell in sheet[row]] for row in rows), key=str)
    for row, each in zip(rows, values, strict=True):
        for column, value in enumerate(each, start=1):
            sheet.cell(row, column).value = value
    for row in inserted:
        sheet.insert_rows(row)
    assert is_carried_out(read(book)) is before


def test_the_right_answers_are_carried_out() -> None:
    def right(book: openpyxl.Workbook) -> None:
        for name, row in final_rows(book[FINAL_SHEET]).items():
            book[FINAL_SHEET].cell(row, ANSWER).value = RIGHT[name]

    book = filled([right])
    assert is_carried_out(read(book)) and may_be_carried_out(book)
    assert OPEN.kinds == (OpenKind.MISSING, OpenKind.DISAGREEMENT, OpenKind.PLAN)
