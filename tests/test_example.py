"""The example that the repository holds is the one that tools/build_example.py makes."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from generator.domain.plan.form import IDENTITY_SHEET
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.plan_reader import read_plan_file
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from tests.builders import EXAMPLE, SETTINGS
from tools.build_example import example_plan, submission_bytes, submitted_files
from tools.example_content import GOALS, OFFICERS

PLAN_PATH = EXAMPLE / "plan.xlsx"


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_plan_is_up_to_date_and_has_no_fault() -> None:
    assert parts(PLAN_PATH.read_bytes()) == parts(
        plan_bytes(example_plan(), SETTINGS.headings, Words(SETTINGS.language))
    )
    reading = read_plan_file(PLAN_PATH, SETTINGS.headings)
    assert (len(reading.plan.goals), len(reading.plan.officers)) == (len(GOALS), len(OFFICERS))
    assert {finding.rule for finding in reading.findings} <= {"plan-no-officer"}


def test_the_inbox_has_one_workbook_for_each_file_of_the_example() -> None:
    found = {path.relative_to(EXAMPLE / "inbox").as_posix() for path in (EXAMPLE / "inbox").rglob("*.xlsx")}
    assert set(submitted_files()) <= found


@pytest.mark.parametrize("file", submitted_files(), ids=[Path(file).stem for file in submitted_files()])
def test_a_submission_is_up_to_date_and_bears_no_identity(file: str) -> None:
    data = (EXAMPLE / "inbox" / file).read_bytes()
    plan = read_plan_file(PLAN_PATH, SETTINGS.headings).plan
    assert parts(data) == parts(submission_bytes(file, plan, SETTINGS))
    workbook = read_workbook(data)
    assert isinstance(workbook, Workbook) and workbook.properties == ()
    assert IDENTITY_SHEET not in openpyxl.load_workbook(BytesIO(data)).sheetnames
