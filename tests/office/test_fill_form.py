"""A form filled in and saved in real LibreOffice: what was typed is taken, and what the form carries is kept."""

import json
import subprocess
from pathlib import Path

import openpyxl
import pytest

from generator.domain.plan.form import Identity, PreviousAnswer, make_form
from generator.domain.submission.check_rules import read_sender
from generator.domain.submission.checks import check
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from tests.builders import CLERK, PLAN, SETTINGS, rules
from tests.office.conftest import INTERPRETER

PREVIOUS = (PreviousAnswer("01.01", 2, "Selvitys käynnistyi."),)
SCRIPT = Path(__file__).with_name("fill_form.py")
IDENTITY = Identity("2026-1", CLERK, PLAN.digest, 7)
KEY = b"key"

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def form(tmp_path: Path) -> Path:
    previous = PREVIOUS
    made = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=previous)
    path = tmp_path / "Ämmän lomake.xlsx"
    path.write_bytes(form_bytes(made, IDENTITY.pairs(KEY), SETTINGS, Words(SETTINGS.language)))
    return path


def fill(source: Path, target: Path, *answers: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [INTERPRETER, str(SCRIPT), str(source), str(target)]
    return subprocess.run(
        command, input=json.dumps(answers), capture_output=True, encoding="utf-8", timeout=180, check=False
    )


def test_a_form_saved_in_place_in_libreoffice_is_taken_and_keeps_what_it_carries(form: Path) -> None:
    degree, status = SETTINGS.degree_scale.full_label(3, "fi"), SETTINGS.statuses.options("fi")[1]
    said = {"code": "01.01", "degree": degree, "overall_status": status, "narrative": "Työ & muut\n=etenee"}
    done = fill(form, form, said, {"code": "01.01.01", "degree": "4", "narrative": "Valmistuu"})
    assert (done.returncode, done.stderr) == (0, "")
    workbook = read_workbook(form.read_bytes())
    sender = read_sender(workbook, "", KEY)
    checked = check(workbook, sender, rules(previous=PREVIOUS))
    entries = [row.entry for row in checked.rows if row.entry]
    assert [(entry.code, entry.degree, entry.overall_status, entry.narrative) for entry in entries] == [
        ("01.01", 3, "viivästynyt", "Työ & muut\n=etenee"),
        ("01.01.01", 4, "", "Valmistuu"),
    ]
    assert (sender.signer, checked.findings) == (CLERK, ())
    assert_still_a_form(form)


def assert_still_a_form(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert [offer.formula1 for offer in sheet.data_validations.dataValidation] == [
        "Luettelot!$A$1:$A$7",
        "Luettelot!$B$1:$B$3",
    ]
    assert (sheet.freeze_panes, sheet.print_title_rows) == (f"D{HEADING_ROW + 1}", f"${HEADING_ROW}:${HEADING_ROW}")
    assert [made.sheet_state for made in book.worksheets] == ["visible", "visible", "hidden", "hidden"]


def test_a_goal_that_the_form_does_not_hold_is_said(form: Path, tmp_path: Path) -> None:
    done = fill(form, tmp_path / "saved.xlsx", {"code": "09.09", "degree": "3"})
    assert (done.returncode, done.stderr.strip()) == (1, "no row of the goal 09.09")
    assert not (tmp_path / "saved.xlsx").exists()


@pytest.mark.parametrize("data", [None, b"no workbook"])
def test_a_file_that_libreoffice_cannot_open_is_said(tmp_path: Path, data: bytes | None) -> None:
    source = tmp_path / "source.xlsx"
    if data is not None:
        source.write_bytes(data)
    done = fill(source, tmp_path / "saved.xlsx", {"code": "01.01"})
    assert done.returncode == 1
    assert done.stderr.startswith(f"{source}: LibreOffice cannot open the file")
