"""Whatever a spreadsheet program does to the rows of the secretary's workbook, only what was meant is carried out."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from generator.app.run import run
from generator.app.settlements import YES_WORDS
from generator.domain.base.settings import Language, Rollup
from generator.domain.follow_up.choice_rows import read_choices
from generator.domain.follow_up.merge import Acceptance, Decision, merge
from generator.domain.follow_up.open_by_kind import NOTHING_OPEN
from generator.domain.follow_up.open_items import RejectedChoice, Signed, list_open_items
from generator.domain.follow_up.settling import ChoiceWords, settle
from generator.domain.submission.workbook import Unreadable
from generator.formats.xlsx.decisions_file import WorkbookContent, decisions_bytes
from generator.formats.xlsx.final_sheet import FinalQuestion
from generator.formats.xlsx.open_items_sheet import HEADING_ROW, AskedItems, choice_headings
from generator.formats.xlsx.reader import read_workbook
from generator.formats.xlsx.settlements_sheet import SettlementsMade
from generator.i18n.words import Words
from generator.workspace.folders import DECISIONS_FILE, open_workspace
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS, answer, entry
from tests.flow.test_deciding import decisions, disputed
from tests.flow.test_pass import clock
from tests.settlement_sheets import SETTLED_SHEET, fill_rows, rows_of, undo_rows
from tests.workspaces import fill, put_files

MERGED = merge(PLAN, (answer(entry("01.10", CLERK, 2)), answer(entry("01.10", DIRECTOR, 4))), Rollup.MEDIAN)
ITEMS = list_open_items(MERGED)
CONTENT = WorkbookContent(AskedItems(ITEMS), SettlementsMade(), FinalQuestion("0" * 16, NOTHING_OPEN))
MADE = decisions_bytes(CONTENT, SETTINGS, Words(Language.FINNISH))
CHOICES = ("", CLERK, DIRECTOR, "kyllä", "ehkä")
SIGNED = Signed("2026-1", "Siiri", "2026-08-03T12:00:00+03:00")
Rows = list[list[str]]


def written_rows() -> Rows:
    sheet = openpyxl.load_workbook(BytesIO(MADE)).worksheets[0]
    cells = sheet.iter_rows(min_row=HEADING_ROW + 1, max_col=7, values_only=True)
    return [[str(value or "") for value in row] for row in cells]


WRITTEN = written_rows()
HEADINGS = [str(cell.value) for cell in openpyxl.load_workbook(BytesIO(MADE)).worksheets[0][HEADING_ROW]]


def fill_down(rows: Rows, at: int, to: int, column: int) -> None:
    for row in rows[at : to + 1]:
        row[column] = rows[at][column]


def sort(rows: Rows, at: int, _to: int, column: int) -> None:
    rows.sort(key=lambda row: row[column], reverse=bool(at % 2))


def sort_one_column(rows: Rows, at: int, to: int, column: int) -> None:
    rows[at][column], rows[to][column] = rows[to][column], rows[at][column]


def copy_row(rows: Rows, at: int, to: int, _column: int) -> None:
    rows.insert(to, list(rows[at]))


def delete_row(rows: Rows, at: int, _to: int, _column: int) -> None:
    if len(rows) > 1:
        del rows[at]


def insert_row(rows: Rows, at: int, _to: int, _column: int) -> None:
    rows.insert(at, [""] * 7)


CHANGES = (fill_down, sort, sort_one_column, copy_row, delete_row, insert_row)


@st.composite
def changed_rows(draw: st.DrawFn) -> Rows:
    """The rows after choices, and after what people do to rows in a spreadsheet program."""
    rows = [list(row) for row in WRITTEN]
    for row in rows:
        row[3] = draw(st.sampled_from(CHOICES))
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=4)):
        at, to = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows) - 1))
        change(rows, at, to, draw(st.sampled_from((0, 1, 2, 3, 4, 6))))
    return rows


def saved(rows: Rows, shift: int) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in ([], [], HEADINGS, *rows):
        sheet.append([*([None] * shift), *(text or None for text in row)])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@given(changed_rows(), st.integers(0, 2))
def test_only_a_choice_on_its_own_whole_row_is_carried_out_and_all_others_are_told(rows: Rows, shift: int) -> None:
    workbook = read_workbook(saved(rows, shift))
    assert not isinstance(workbook, Unreadable)
    choices = read_choices(workbook, choice_headings())
    assert choices is not None
    words = ChoiceWords(YES_WORDS)
    acts = settle(choices, ITEMS, (), signed=SIGNED, words=words)
    own = {written[6]: written[:2] for written in WRITTEN}
    keys = [row[6] for row in rows]
    meant = {
        (item.code or (item.missing and item.missing.officer), row[3])
        for item, written in zip(ITEMS, WRITTEN, strict=True)
        for row in rows
        if row[6] == written[6] and keys.count(row[6]) == 1 and row[:2] == own[row[6]]
    }
    done = {(act.code, act.officer) for act in acts if isinstance(act, Decision)}
    done |= {(act.officer, "kyllä") for act in acts if isinstance(act, Acceptance)}
    assert done <= meant
    refused = [act for act in acts if isinstance(act, RejectedChoice)]
    assert len(done) + len(refused) == len(choices) >= len([row for row in rows if row[3]])


steps = st.one_of(
    st.tuples(st.just("choose"), st.sampled_from((CLERK, DIRECTOR)), st.integers(0, 1)),
    st.tuples(st.just("undo"), st.just(""), st.just(0)),
    st.tuples(st.just("restore"), st.just(""), st.integers(0, 5)),
    st.tuples(st.just("degree"), st.sampled_from((CLERK, DIRECTOR)), st.integers(1, 5)),
    st.tuples(st.just("accept"), st.sampled_from((CLERK, DIRECTOR)), st.just(0)),
)


@settings(max_examples=12)
@given(st.lists(steps, min_size=3, max_size=8))
@example([("accept", CLERK, 0), ("undo", "", 0), ("accept", CLERK, 0), ("restore", "", 1)])
@example([("accept", DIRECTOR, 0), ("undo", "", 0), ("accept", DIRECTOR, 0), ("undo", "", 0), ("restore", "", 0)])
@example([("choose", CLERK, 0), ("undo", "", 0), ("choose", CLERK, 0), ("restore", "", 1)])
def test_no_workbook_that_was_carried_out_is_carried_out_again(history: list[tuple[str, str, int]]) -> None:
    with TemporaryDirectory() as folder:
        put_files(Path(folder), disputed())
        workspace, copies = open_workspace(Path(folder)), list[bytes]()
        path = workspace.outbox / DECISIONS_FILE
        for act, officer, number in history:
            before = decisions(workspace)
            if act == "restore" and copies:
                path.write_bytes(copies[number % len(copies)])
            elif act == "degree":
                fill(workspace.inbox / f"{officer}.xlsx", {"01.10": {"degree": number, "narrative": "Etenee."}})
            elif fill_in(path, act, officer, "Syy." * number):
                copies.append(path.read_bytes())
            run(workspace.root, clock())
            assert act not in ("restore", "degree") or decisions(workspace) == before


def fill_in(path: Path, act: str, officer: str, because: str) -> bool:
    """Fills the workbook in, if it has such a row; True if it has."""
    places = {row["Concerns"] for row in rows_of(path)}
    in_force = [row["Concerns"] for row in rows_of(path, SETTLED_SHEET) if row["State"] == "Voimassa"]
    if act == "choose" and "01.10 Tavoite 01.10" in places:
        fill_rows(path, {"01.10": officer}, because)
    elif act == "accept" and officer in places:
        fill_rows(path, {officer: "kyllä"})
    elif act == "undo" and in_force:
        undo_rows(path, in_force[0])
    else:
        return False
    return True
