"""An answer workbook in real LibreOffice: links lead to the cells, and what is mended and replied there is taken."""

from pathlib import Path

import openpyxl
import pytest

from generator.domain.base.finding import errors
from generator.domain.base.rule import Severity
from generator.domain.plan.form import Identity, make_form
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.checks import Checked, check
from generator.domain.submission.feedback import Feedback, Reply, make_feedback, read_replies
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.answer_workbook import answer_workbook
from generator.formats.xlsx.cell_marks import MARKS
from generator.formats.xlsx.feedback_sheet import SHEET, feedback_headings
from generator.formats.xlsx.form_file import form_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from tests.builders import CLERK, PLAN, SETTINGS, rules
from tests.office.conftest import Calc
from tests.workspaces import fill

KEY, IDENTITY = b"key", Identity("2026-1", CLERK, PLAN.digest, 7)
WORDS = Words(SETTINGS.language)

pytestmark = pytest.mark.libreoffice


def read(path: Path) -> Workbook:
    workbook = read_workbook(path.read_bytes())
    assert isinstance(workbook, Workbook)
    return workbook


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A form in which one row has no degree, one a wrong one, and one a good one that raises a question."""
    made = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=())
    path = tmp_path / "Ämmän lomake.xlsx"
    path.write_bytes(form_bytes(made, IDENTITY.pairs(KEY), SETTINGS, WORDS))
    answers: dict[str, dict[str, object]] = {
        "01.01": {"narrative": "Työ etenee."},
        "01.01.01": {"degree": "5", "narrative": "Valmis.", "main_risks": "Riski"},
        "01.10": {"degree": "melkein", "narrative": "Kesken."},
    }
    fill(path, answers)
    return path


def checked(path: Path, *replied: str) -> Checked:
    workbook = read(path)
    return check(workbook, read_sender(workbook, "", KEY), rules(replied=frozenset(replied)))


def answer_to(path: Path) -> tuple[Feedback, Path]:
    """Our answer to a saved workbook, beside it, with what it says."""
    feedback = make_feedback(checked(path).findings)
    made = answer_workbook(path.read_bytes(), feedback, WORDS, stamp="answer 1 1")
    assert made is not None
    answer = path.with_name(f"{path.stem}.korjattavaa.xlsx")
    answer.write_bytes(made)
    return feedback, answer


def test_links_lead_to_marked_cells_and_what_is_mended_there_is_taken(calc: Calc, saved: Path) -> None:
    feedback, answer = answer_to(saved)
    assert [item.place.cell for item in feedback.items] == ["F4", "F6", "D5"]
    right = SETTINGS.degree_scale.full_label(3, "fi")
    reply_to_third = {"number": 3, "reply": "Riski jää seurantaan.\nTyö & muut"}
    led = calc.save(answer, mend=[{"number": 1, "value": right}, {"number": 2}, reply_to_third])
    for item, seen in zip(feedback.items, led, strict=True):
        assert seen["cell"].replace("$", "") == f"Seuranta.{item.place.cell}"
        assert seen["colour"] == MARKS[item.severity]
        assert WORDS.finding(item) in seen["note"]
    assert [seen["held"] for seen in led] == ["", "melkein", "Riski"]

    (reply,) = read_replies(read(answer), feedback_headings())
    assert reply == Reply(feedback.items[2].key, "Riski jää seurantaan.\nTyö & muut", feedback.items[2].code or "")
    after = checked(answer, reply.key)
    taken = [(row.code, row.entry.degree) for row in after.rows if row.entry and row.taken]
    assert taken == [("01.01", 3), ("01.01.01", 5)]
    assert [finding.place.cell for finding in after.findings] == ["F6"]


def test_an_answer_saved_by_libreoffice_is_answered_with_what_is_left(calc: Calc, saved: Path) -> None:
    _, answer = answer_to(saved)
    calc.save(answer, mend=[{"number": 1, "value": "3"}, {"insert_row_above": 6, "sheet": "Seuranta"}])
    feedback, second = answer_to(answer)
    assert [item.place.cell for item in feedback.items] == ["F7", "D5"], "the one a row further down"

    book = openpyxl.load_workbook(second)
    assert book.sheetnames[:2] == [WORDS(SHEET), "Seuranta"]
    sheet = book["Seuranta"]
    mended, asked, wrong, questioned = (sheet[name].fill.fgColor.rgb[2:] for name in ("F4", "F5", "F7", "D5"))
    assert (mended, wrong, questioned) == (asked, MARKS[Severity.ERROR], MARKS[Severity.QUESTION])
    notes = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert sorted(notes) == ["D5", "F7"]
    assert [text.count("— Seuranta") for text in notes.values()] == [1, 1]

    (led,) = calc.save(second, mend=[{"number": 1, "value": "2"}])
    assert led["cell"] == "$Seuranta.$F$7"
    assert errors(checked(second).findings) == ()
