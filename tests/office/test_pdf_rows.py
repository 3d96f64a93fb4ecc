"""Every goal's row stands in the PDF, also where LibreOffice 7.4 loses rows at first."""

import re
import subprocess
from pathlib import Path

import pytest

from generator.formats.pdf.completeness import find_lacking
from generator.formats.pdf.conversion import Pdf, find_soffice, make_pdf
from generator.formats.pdf.layout_copies import with_other_style_names
from generator.formats.pdf.libreoffice import convert
from tests.formats.pdf.pdfs import FACTS
from tests.workspaces import bookmarks

pytestmark = pytest.mark.libreoffice

# `seuranta template preview` made it with the shipped template and sample data of another length (0.3.0, 27.11.2026).
LOSING = Path(__file__).parents[1] / "fixtures" / "rows-lost-in-pdf.docx"


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_a_document_of_which_libreoffice_loses_rows_gives_a_whole_pdf(tmp_path: Path) -> None:
    data, pdf = LOSING.read_bytes(), tmp_path / "report.pdf"
    first = convert(with_other_style_names(data), find_soffice(), seconds=120, cancelled=None)
    assert isinstance(first, bytes) and find_lacking(first, data), (
        "this LibreOffice loses none: another example is needed"
    )
    made = make_pdf(data, FACTS, soffice=find_soffice())
    assert isinstance(made, Pdf), made
    pdf.write_bytes(made.data)
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    values = {
        name: letters(value) for name, value in bookmarks(LOSING).items() if name.endswith(("_title", "_officer"))
    }
    assert len(values) > 30 and {name for name, value in values.items() if value[:12] not in letters(text)} == set()
