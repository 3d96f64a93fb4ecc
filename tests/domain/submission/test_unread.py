"""What an officer wrote where nobody reads it, held against the form as it was issued."""

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.domain.base.cells import CellRef
from generator.domain.base.finding import Finding, Place
from generator.domain.base.settings import Language
from generator.domain.plan.form import Identity, PreviousAnswer, make_form
from generator.domain.plan.goals import Plan
from generator.domain.submission.check_rules import CheckRules, read_sender
from generator.domain.submission.checks import Checked, Verdict, check
from generator.domain.submission.issued_form import issued_form
from generator.domain.submission.unread import MOST_CHARACTERS, MOST_PLACES, without_our_words
from generator.domain.submission.workbook import Cell, CellKind, CellNote, Sheet, Workbook, cell_note
from generator.formats.xlsx.feedback_sheet import feedback_headings
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.formats.xlsx.plan_reader import read_plan_file
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from tests import builders
from tests.builders import CLERK, EXAMPLE, SETTINGS

KEY = b"key"
DEGREE, NARRATIVE = 6, 8
GREY_DEGREE, GREY_NARRATIVE, BESIDE = 7, 9, 11


@cache
def _plan() -> Plan:
    return read_plan_file(EXAMPLE / "plan.xlsx", SETTINGS.headings).plan


@cache
def _previous() -> tuple[PreviousAnswer, ...]:
    return tuple(
        PreviousAnswer(goal.code, 2, f"Valmisteltiin: {goal.title}.", "", officer)
        for goal in _plan().goals
        for officer in goal.officers
    )


@cache
def form(officer: str, language: Language = Language.FINNISH) -> Workbook:
    plan = _plan()
    previous = tuple(answer for answer in _previous() if answer.officer == officer)
    made = make_form(plan, officer, unowned_reporter="", language=language.value, previous=previous)
    identity = Identity(SETTINGS.period.id, officer, plan.digest, 1)
    workbook = read_workbook(form_bytes(made, identity.pairs(KEY), SETTINGS, Words(language)))
    assert isinstance(workbook, Workbook)
    return workbook


def rules() -> CheckRules:
    return builders.rules(_plan(), previous=_previous(), feedback_headings=feedback_headings())


def typed(workbook: Workbook, cells: dict[tuple[int, int], str], sheet: int = 0) -> Workbook:
    """The workbook with texts typed over cells (row and column) of one of its sheets."""
    one = workbook.sheets[sheet]
    kept = [cell for cell in one.cells if (cell.row, cell.column) not in cells]
    new = [Cell(row, column, CellKind.TEXT, text) for (row, column), text in cells.items()]
    made = replace(one, cells=tuple(sorted((*kept, *new), key=lambda cell: (cell.row, cell.column))))
    return replace(workbook, sheets=(*workbook.sheets[:sheet], made, *workbook.sheets[sheet + 1 :]))


def checked(workbook: Workbook, officer: str = CLERK, *, is_known: bool = True) -> Checked:
    sender = read_sender(workbook, f"{officer}.xlsx", KEY)
    return check(
        workbook,
        replace(sender, issued=(issued_form(form(officer), SETTINGS.headings),)) if is_known else sender,
        rules(),
    )


def unread(found: Checked) -> tuple[str, ...]:
    return next((finding.allowed for finding in found.findings if finding.rule == "not-read"), ())


officers = st.sampled_from(sorted({officer for goal in _plan().goals for officer in goal.officers}))
answers = st.fixed_dictionaries(
    {},
    optional={5: st.sampled_from(["●", "viivästynyt"]), DEGREE: st.sampled_from("12345"), NARRATIVE: st.text("aäö .")},
)


@settings(max_examples=40, deadline=None)
@given(
    officer=officers,
    rows=st.lists(answers, max_size=12),
    language=st.sampled_from(Language),
    is_known=st.booleans(),
)
def test_a_form_that_is_filled_in_its_cells_has_nothing_unread(
    officer: str, rows: list[dict[int, str]], language: Language, *, is_known: bool
) -> None:
    workbook = form(officer, language)
    goals = len(_plan().goals_of(officer))
    cells = {
        (HEADING_ROW + 1 + index, column): text
        for index, row in enumerate(rows[:goals])
        for column, text in row.items()
    }
    sender = read_sender(workbook, f"{officer}.xlsx", KEY)
    issued = (issued_form(workbook, SETTINGS.headings),) if is_known else ()
    assert unread(check(typed(workbook, cells), replace(sender, issued=issued), rules())) == ()


def test_a_grey_cell_is_held_against_its_own_goal() -> None:
    row = HEADING_ROW + 1
    for is_known in (True, False):
        found = checked(typed(form(CLERK), {(row, GREY_DEGREE): "4"}), is_known=is_known)
        assert unread(found) == (f"G{row} “4”",)
        cleared = checked(typed(form(CLERK), {(row, GREY_NARRATIVE): " "}), is_known=is_known)
        assert unread(cleared) == ()


def test_rows_sorted_without_the_grey_columns_are_nobodys_words() -> None:
    sheet = form(CLERK).sheets[0]
    grey = {(cell.row, cell.column): cell.raw for cell in sheet.cells if cell.column == GREY_NARRATIVE}
    rows = [row for row, _ in grey if row > HEADING_ROW]
    moved = {
        (row, GREY_NARRATIVE): grey[(other, GREY_NARRATIVE)] for row, other in zip(rows, reversed(rows), strict=True)
    }
    assert unread(checked(typed(form(CLERK), moved))) == ()


def test_only_what_differs_from_the_issued_form_counts_on_the_instructions() -> None:
    assert unread(checked(typed(form(CLERK), {(4, 5): "Miksi näin?"}, sheet=1))) == ("Ohje!E4 “Miksi näin?”",)


def test_many_places_are_one_note_that_counts_them_and_shows_the_first_words() -> None:
    words = "sana " * 40
    cells = {(row, BESIDE): words for row in range(HEADING_ROW + 1, HEADING_ROW + 31)}
    (note,) = (finding for finding in checked(typed(form(CLERK), cells)).findings if finding.rule == "not-read")
    assert note.value == "30" and len(note.allowed) == MOST_PLACES
    assert note.place == Place("Seuranta", f"K{HEADING_ROW + 1}")
    assert max(map(len, note.allowed)) <= MOST_CHARACTERS + 10


def test_a_note_is_told_without_its_author_and_without_our_words() -> None:
    ours = "Virhe 3\nSolussa on virhe.\n— Seuranta"
    assert without_our_words(f"Tarkista\n\n{ours}") == "Tarkista" and without_our_words(ours) == ""
    assert cell_note(1, 1, "Anna Aalto:\nTarkista", "Anna Aalto") == CellNote(1, 1, "Tarkista")
    workbook = form(CLERK)
    noted = replace(workbook.sheets[0], notes=(CellNote(5, DEGREE, ours), CellNote(5, NARRATIVE, "Kysy Annalta")))
    found = checked(replace(workbook, sheets=(noted, *workbook.sheets[1:])))
    assert unread(found) == ("Note on the cell H5: “Kysy Annalta”",)


def test_a_reply_on_an_errors_row_and_words_under_the_feedback_are_unread() -> None:
    headings = feedback_headings()[0]
    number, place, reply = 1, 3, 7
    cells = [Cell(5, column, CellKind.TEXT, text) for column, text in enumerate(headings, start=1)]
    cells += [Cell(6, number, CellKind.TEXT, "1"), Cell(6, place, CellKind.TEXT, "Seuranta, solu F4")]
    cells += [Cell(6, reply, CellKind.TEXT, "Korjattu"), Cell(7, number, CellKind.TEXT, "2")]
    cells += [Cell(7, reply, CellKind.TEXT, "Kyllä"), Cell(7, 8, CellKind.TEXT, "0123456789ab")]
    cells += [Cell(9, 2, CellKind.TEXT, "Terveisin Anna")]
    feedback = Sheet("Palaute", form(CLERK).sheets[0].state, tuple(cells))
    found = checked(replace(form(CLERK), sheets=(feedback, *form(CLERK).sheets)))
    assert unread(found) == ("Palaute!G6 “Korjattu”", "Palaute!B9 “Terveisin Anna”")
    assert [given.text for given in found.replies] == ["Kyllä"]


def test_a_code_outside_the_table_is_an_error_of_the_file_and_good_rows_count() -> None:
    row = HEADING_ROW + 1
    filled = typed(form(CLERK), {(row, DEGREE): "3", (row, NARRATIVE): "Työ etenee.", (1, 12): "131052 - 9993"})
    found = checked(filled)
    assert found.file_findings == (Finding("personal-identity-code", Place("Seuranta", str(CellRef(1, 12)))),)
    assert found.verdict is Verdict.NEEDS_CORRECTION and len(found.entries) == 1
