"""A report that real LibreOffice has saved: what nobody has changed in it differs in nothing."""

import subprocess
from pathlib import Path

import pytest
from docx import Document

from generator.domain.follow_up.status import Difference
from generator.formats.docx.document_difference import differences
from generator.formats.pdf.conversion import find_soffice
from tests.formats.docx.reports import PREVIOUS, follow_up, report, write

pytestmark = pytest.mark.libreoffice


def test_only_what_somebody_changed_differs(tmp_path: Path) -> None:
    ours = write(report(previous=follow_up(*PREVIOUS)))
    (tmp_path / "report.docx").write_bytes(ours)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = (str(find_soffice()), profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "saved"))
    subprocess.run((*convert, str(tmp_path / "report.docx")), capture_output=True, timeout=120, check=True)
    saved = tmp_path / "saved" / "report.docx"
    assert differences(saved.read_bytes(), ours) == ()
    document = Document(str(saved))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    changed = next(cell for cell in cells if cell.text == "Rahoitus puuttuu.")
    changed.paragraphs[0].runs[0].text = "Rahoitus "
    document.save(str(saved))
    assert differences(saved.read_bytes(), ours) == (
        Difference("02.10", "narrative", "Rahoitus puuttuu.", "Rahoitus "),
    )
