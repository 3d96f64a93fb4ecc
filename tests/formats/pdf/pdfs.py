"""Stand-ins for LibreOffice, and small PDFs and documents for the tests of the PDF's room."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from pikepdf import Array, Dictionary, Name, Object

from generator.formats.pdf.conversion import PdfFacts

FACTS = PdfFacts(
    *("Seurantaraportti & <liite>", "Havulahti", "fi-FI", "HAV/412/00.01.02/2026", "tammi–kesäkuu"),
    day=date(2026, 8, 24),
    nothing="ei tietoa",
)
SUMMARY = "Tavoitteiden määrät. Yksi rivi kullakin tavoitteella"


def stand_in(folder: Path, body: str) -> Path:
    """A program in LibreOffice's place; `body` is Python that knows `target`, where the PDF is awaited."""
    script = folder / "stand_in.py"
    script.write_text(
        f"import os, sys\ntarget = os.path.join(sys.argv[-2], 'document.pdf')\n{body}\n", encoding="utf-8"
    )
    if sys.platform == "win32":
        program = folder / "soffice.cmd"
        program.write_text(f'@"{sys.executable}" "{script}" %*\n', encoding="utf-8")
    else:
        program = folder / "soffice"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    return program


def makes(folder: Path, pdf: bytes) -> Path:
    """A stand-in that gives this PDF."""
    source = folder / "made.pdf"
    source.write_bytes(pdf)
    return stand_in(folder, f"import shutil\nshutil.copy({str(source)!r}, target)")


def small_document(*, has_heading: bool = True) -> bytes:
    """A .docx with one table of two columns and two rows, the first marked as headings."""
    document = docx.Document()
    table = document.add_table(2, 2)
    look = table._tbl.tblPr.find(f"{{{table._tbl.nsmap['w']}}}tblLook")
    table._tbl.tblPr.remove(look)  # it marks the first column
    caption, description = OxmlElement("w:tblCaption"), OxmlElement("w:tblDescription")
    names = ("Tavoitteiden määrät.", "Yksi rivi kullakin tavoitteella.")
    for mark, text in zip((caption, description), names, strict=True):
        mark.set(f"{{{table._tbl.nsmap['w']}}}val", text)
        table._tbl.tblPr.append(mark)
    for row, value in zip(table.rows, ("true" if has_heading else "false", "false"), strict=True):
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader {nsdecls("w")} w:val="{value}"/>'))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def small_pdf(change: Callable[[pikepdf.Pdf], object] = lambda pdf: None) -> bytes:
    """A tagged PDF of one page without any text, with the document's table in cells that are all TD."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj.StructParents = 0
    page.obj.Contents = pdf.make_stream(b"".join(b"/TD <</MCID %d>> BDC EMC\n" % number for number in range(4)))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = _element(pdf, root, "Document")
    table = _element(pdf, whole, "Table")
    cells = [_element(pdf, row, "TD") for row in (_element(pdf, table, "TR"), _element(pdf, table, "TR")) for _ in "ab"]
    for number, cell in enumerate(cells):
        cell.Pg, cell.K = page.obj, number
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array(cells)])))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    pdf.docinfo["/Producer"] = "LibreOffice 7.4"
    change(pdf)
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def put_in_paragraphs(pdf: pikepdf.Pdf) -> None:
    """Puts the content of each cell into a paragraph, as LibreOffice does."""
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    for cell in structure(pdf, "TD"):
        number = int(cell.K)
        del cell.K
        paragraph = _element(pdf, cell, "P")
        paragraph.Pg, paragraph.K, owners[number] = cell.Pg, number, paragraph


def _element(pdf: pikepdf.Pdf, parent: Object, kind: str) -> Object:
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent))
    parent.K = Array([*parent.get(Name.K, Array()), element])
    return element


def add_figure(pdf: pikepdf.Pdf, words: str = "") -> None:
    """A picture of nothing at the end of the page, with or without its text."""
    (whole,), page = structure(pdf, "Document"), pdf.pages[0].obj
    figure = _element(pdf, whole, "Figure")
    figure.Pg, figure.K, figure.A = page, 4, Dictionary(O=Name.Layout, BBox=Array([0, 0, 9, 9]))
    if words:
        figure.Alt = words
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"/Figure <</MCID 4>> BDC EMC\n")
    pdf.Root.StructTreeRoot.ParentTree.Nums[1].append(figure)


def add_table(pdf: pikepdf.Pdf, *, rows: int, columns: int) -> None:
    """A table of empty words at the end of the page: each cell has content of its own, the first row has headings."""
    (whole,), page, owners = structure(pdf, "Document"), pdf.pages[0].obj, pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    table, drawn = _element(pdf, whole, "Table"), b""
    for row in range(rows):
        line = _element(pdf, table, "TR")
        for _ in range(columns):
            cell, number = _element(pdf, line, "TD" if row else "TH"), len(owners)
            cell.Pg, cell.K = page, number
            if not row:
                cell.A = Dictionary(O=Name.Table, Scope=Name.Column)
            drawn += b"/%s <</MCID %d>> BDC EMC\n" % (b"TD" if row else b"TH", number)
            owners.append(cell)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + drawn)


def structure(pdf: pikepdf.Pdf, kind: str) -> list[Object]:
    """The structure elements of a kind (`TH`), in reading order."""
    return [element for element in _below(pdf.Root.StructTreeRoot) if str(element.S) == f"/{kind}"]


def _below(parent: Object) -> Iterator[Object]:
    below = parent.get(Name.K, Array())
    for child in below if isinstance(below, Array) else [below]:
        if isinstance(child, Dictionary) and Name.S in child:
            yield child
            yield from _below(child)


def attribute(element: Object, name: str) -> str | None:
    """What an element's attributes say of something (`Scope`)."""
    held = element.get(Name.A, Array())
    owners = held if isinstance(held, Array) else [held]
    said = (owner[f"/{name}"] for owner in owners if isinstance(owner, Dictionary) and f"/{name}" in owner)
    return next(map(str, said), None)
