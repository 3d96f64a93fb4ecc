"""What an answer workbook is to say, and what an officer has written in one."""

from generator.domain.base.finding import Finding, Place
from generator.domain.plan.form import AnswerStamp
from generator.domain.submission.feedback import (
    Feedback,
    FeedbackColumn,
    Reply,
    feedback_rows,
    make_feedback,
    read_answer_stamp,
    read_replies,
)
from generator.domain.submission.workbook import Cell, CellKind, Workbook
from tests.builders import SHEET, sheet

HEADINGS = (
    ("Nro", "Laji", "Solu", "Tavoite", "Havainto", "Ohje", "Vastaus", "Tunnus", "Täyttö"),
    ("Nr", "Slag", "Cell", "Mål", "Iakttagelse", "Råd", "Svar", "Kod", "Fyllning"),
)
KEY, OTHER = "0123456789ab", "ba9876543210"
NOTHING: tuple[object, ...] = ()


def found(rule: str, name: str | None, on: str | None = SHEET) -> Finding:
    return Finding(rule, Place(on, name))


def returned(*rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS[0]) -> Workbook:
    """A workbook with a feedback on its second sheet, some rows down."""
    return Workbook((sheet(((),)), sheet((("Palaute",), NOTHING, headings, *rows), name="Palaute")))


def row(reply: object, key: object = KEY) -> tuple[object, ...]:
    return ("1", "kysymys", "F4", "01.01", "Miksi?", "Vastaa", reply, key, "F4||Seuranta")


def test_errors_come_before_questions_and_each_in_the_workbooks_order() -> None:
    given = (
        found("narrative-empty", "G4"),
        found("degree-missing", "F10"),
        found("degree-missing", "AA9"),
        found("degree-missing", "B9"),
        found("unsigned", None),
        found("another-period", None, on=None),
        found("narrative-empty", "G4", on="Toinen"),
    )
    places = [(item.place.sheet, item.place.cell) for item in make_feedback(given).items]
    assert places == [(SHEET, "B9"), (SHEET, "AA9"), (SHEET, "F10"), (None, None), (SHEET, "G4"), ("Toinen", "G4")]


def test_notes_ask_for_nothing() -> None:
    assert make_feedback((found("unsigned", None), found("row-repeated", "F4"))) == Feedback(())


def test_replies_are_read_by_their_keys_in_any_language() -> None:
    for headings in HEADINGS:
        workbook = returned(row("Koska talvi tuli."), row("=ei\nviela ", OTHER), headings=headings)
        replies = (Reply(KEY, "Koska talvi tuli.", "01.01"), Reply(OTHER, "=ei\nviela ", "01.01"))
        assert read_replies(workbook, HEADINGS) == replies


def test_what_is_no_reply_to_a_question_is_none() -> None:
    no_reply = (
        row(None),
        row(" \u200b"),
        row("–", None),
        row("–", "–"),
        row("On.", KEY.upper()),
        row("On.", KEY + "0"),
    )
    assert read_replies(returned(*no_reply), HEADINGS) == ()


def test_a_number_is_a_reply_and_an_error_value_is_not() -> None:
    workbook = returned(row(3), row(Cell(1, 1, CellKind.ERROR, "#NAME?"), OTHER))
    assert read_replies(workbook, HEADINGS) == (Reply(KEY, "3", "01.01"),)


def test_columns_may_be_moved_and_others_added() -> None:
    headings, cells = HEADINGS[0], row("Kyllä.")
    order = (7, 6, 5, 0)
    moved = sheet((("Oma", *(headings[i] for i in order)), ("x", *(cells[i] for i in order))), name="Toinen nimi")
    assert read_replies(Workbook((moved,)), HEADINGS) == (Reply(KEY, "Kyllä."),)


STAMP_KEY = b"k" * 32


def test_a_row_tells_its_goal_where_it_is_about_one() -> None:
    about_all = ("1", "virhe", None, None, "Miksi?", "Vastaa", "tämä", KEY, "")
    workbook = returned(about_all, row("Kyllä.", OTHER))
    assert read_replies(workbook, HEADINGS) == (Reply(KEY, "tämä"), Reply(OTHER, "Kyllä.", "01.01"))
    assert [(found.sheet, found.reply, found.code) for found in feedback_rows(workbook, HEADINGS)] == [
        ("Palaute", "tämä", ""),
        ("Palaute", "Kyllä.", "01.01"),
    ]


def test_an_answer_workbook_tells_which_save_it_answers() -> None:
    stamp = AnswerStamp(7, 12)
    made = returned((stamp.text(STAMP_KEY),), row("Kyllä."))
    assert read_answer_stamp(made, HEADINGS, STAMP_KEY) == stamp
    assert read_answer_stamp(made, HEADINGS, b"o" * 32) is None
    assert read_answer_stamp(returned((AnswerStamp(8, 12).text(b"o" * 32), stamp.text(STAMP_KEY))), HEADINGS, STAMP_KEY)
    assert read_answer_stamp(returned(("answer 7 12",), row("answer me")), HEADINGS, STAMP_KEY) is None


def test_a_stamp_on_a_sheet_that_is_no_feedback_is_none() -> None:
    loose = Workbook((sheet(((AnswerStamp(7, 12).text(STAMP_KEY),),)),))
    assert read_answer_stamp(loose, HEADINGS, STAMP_KEY) is None


def test_other_tables_are_no_feedback() -> None:
    table = sheet((("Vastaus", "Tunnus"), ("Kyllä.", KEY)))
    assert read_replies(Workbook((table,)), HEADINGS) == ()
    assert read_replies(returned(row("Kyllä.")), ()) == ()


def test_every_column_has_a_heading_of_its_own() -> None:
    assert len(set(FeedbackColumn)) == len(FeedbackColumn) == len(HEADINGS[0])
