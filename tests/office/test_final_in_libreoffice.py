"""A final by a workbook that LibreOffice saved, and its PDF, in which no name of a person is left."""

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest

from generator.app.finalize import Finalized, Refused
from generator.app.run import run
from generator.formats.opc.package import in_order
from generator.formats.opc.zip_writer import write_parts
from generator.workspace.folders import DECISIONS_FILE, Workspace
from tests.final_sheets import ANSWER, FINAL_SHEET, fill_final, final_rows, remarks
from tests.flow.test_pass import clock
from tests.formats.docx.reports import parts
from tests.office.conftest import Calc
from tests.workspaces import make_workspace_with_forms

pytestmark = pytest.mark.libreoffice


def plant_names(workspace: Workspace) -> None:
    """The template's author, company and a link to a file of hers."""
    document = docx.Document(str(workspace.template))
    document.core_properties.author = document.core_properties.last_modified_by = "Maija"
    paragraph = document.paragraphs[-1]._p
    relation = document.part.relate_to("file:///C:/Users/Maija/muistio.docx", LINK, is_external=True)
    link = docx.oxml.parse_xml(
        f'<w:hyperlink xmlns:w="{W}" xmlns:r="{R}" r:id="{relation}"><w:r><w:t>Lisätiedot</w:t></w:r></w:hyperlink>'
    )
    new = docx.oxml.parse_xml(f'<w:p xmlns:w="{W}"/>')
    new.append(link)
    paragraph.addprevious(new)
    buffer = BytesIO()
    document.save(buffer)
    whole = {**parts(buffer.getvalue()), "docProps/app.xml": b"<Properties><Company>Maija Oy</Company></Properties>"}
    workspace.template.write_bytes(write_parts((name, (whole[name],)) for name in in_order(whole)))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = f"{R}/hyperlink"


def test_a_workbook_that_libreoffice_saved_makes_a_final_whose_pdf_names_nobody(calc: Calc, tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path / "kunta", extracts=[], pdf=True)
    plant_names(workspace)
    run(workspace.root, clock())
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path, period="1.6.2026")
    calc.save(path)
    assert isinstance(run(workspace.root, clock()).final, Refused)
    assert "”1.6.2026”" in remarks(path)["period"]
    fill_final(path)
    calc.save(path)
    made = run(workspace.root, clock()).final
    assert isinstance(made, Finalized)
    with pikepdf.open(made.docx.with_suffix(".pdf")) as pdf:
        streams = b"".join(item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream))
        told = streams + str(pdf.docinfo).encode() + b"".join(repr(item).encode() for item in pdf.objects)
    assert b"Maija" not in told and b"muistio" not in told and b"Users" not in told
    assert "Lisätiedot" in [paragraph.text for paragraph in docx.Document(str(made.docx)).paragraphs]


def test_a_formula_is_no_answer(calc: Calc, tmp_path: Path) -> None:
    workspace = make_workspace_with_forms(tmp_path / "kunta", extracts=[])
    run(workspace.root, clock())
    path = workspace.outbox / DECISIONS_FILE
    fill_final(path)
    book = openpyxl.load_workbook(path)
    sheet = book[FINAL_SHEET]
    cell = sheet.cell(final_rows(sheet)["period"], ANSWER)
    cell.value, cell.number_format = '="2026"&"-1"', "General"
    book.save(path)
    calc.save(path)
    assert isinstance(run(workspace.root, clock()).final, Refused)
    assert list(remarks(path)) == ["period"]
