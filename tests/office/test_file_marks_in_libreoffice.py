"""A file of ours that real LibreOffice has saved is a person's, though it has kept our mark."""

import subprocess
from pathlib import Path

import pytest

from generator.app.file_marks import is_unchanged
from generator.formats.docx.document_mark import mark_of
from generator.formats.docx.printed_values import printed_values
from generator.formats.pdf.conversion import find_soffice
from tests.app.test_file_marks import ours, properties
from tests.office.conftest import Calc

pytestmark = pytest.mark.libreoffice


@pytest.mark.parametrize("name", ["X.xlsx", "X.korjattavaa.xlsx", "p.xlsx"])
def test_a_file_that_libreoffice_saved_is_not_ours(calc: Calc, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(ours(name))
    calc.save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    assert not is_unchanged(name, data)
    assert set(properties(data)) == set(properties(ours(name))), "LibreOffice read the mark, and kept it"


def test_a_report_that_libreoffice_saved_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(ours("report.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    target = ("--convert-to", "docx", "--outdir", str(tmp_path / "saved"))
    command = (str(find_soffice()), profile, "--headless", *target, str(tmp_path / "report.docx"))
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    data = (tmp_path / "saved" / "report.docx").read_bytes()
    assert not is_unchanged("report.docx", data)
    assert mark_of(data) == mark_of(ours("report.docx"))
    assert dict(printed_values(data)) == dict(printed_values(ours("report.docx")))
