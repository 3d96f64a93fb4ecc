"""Checks that a PDF has every table row and cell of the Word document that it was made from."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from generator.domain.base.rule import N_
from generator.formats.opc.package import part_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, w
from generator.formats.opc.xml import Element, PackageError, parse_xml
from generator.formats.pdf.outcome import NoPdf
from generator.formats.pdf.repair import NOT_A_PDF
from generator.formats.pdf.structure import children, elements, role, rows_of
from generator.formats.pdf.word_marks import cells_in, rows_in, tables_in

INCOMPLETE = (
    N_("LibreOffice left rows of {value} tables out of the PDF, so the PDF is not given out."),
    N_("The Word document is complete. Open it in Word and save it as a PDF there."),
)
NOT_COMPARED = (
    N_("The PDF could not be compared with the Word document, so it is not given out: {value}"),
    N_("The Word document is complete. Open it in Word and save it as a PDF there."),
)
_SHOWN = (w("t"), w("drawing"), w("pict"), w("sym"))

# A table as the number of its cells with content, row by row.
_Rows = tuple[int, ...]


def find_lacking(made: bytes, document: bytes) -> NoPdf | None:
    """Returns why the PDF is incomplete; None if each table has all its rows, and all cells with content.

    LibreOffice 7.4 sometimes stops in the middle of a table. The remaining rows are then in the PDF's structure without
    cells, and on no page.

    Args:
        made: The PDF as LibreOffice wrote it.
        document: The .docx.
    """
    try:
        wanted = _tables_of_document(document)
        lacking = _unmatched(wanted, _tables_of_pdf(made))
    except PackageError as error:
        return NoPdf(*NOT_COMPARED, value=str(error))
    except pikepdf.PdfError as error:
        return NoPdf(*NOT_A_PDF, value=str(error))
    return NoPdf(*INCOMPLETE, value=str(lacking)) if lacking else None


def _unmatched(wanted: list[_Rows], found: list[_Rows]) -> int:
    """Counts the document's tables that have no complete table of their own in the PDF.

    Order alone does not match them: a table in a text box may be elsewhere in the PDF.
    """
    left = list(found)
    lacking = 0
    for table in wanted:
        place = next((place for place, other in enumerate(left) if _has_all(other, table)), None)
        if place is None:
            lacking += 1
        else:
            del left[place]
    return lacking


def _has_all(found: _Rows, wanted: _Rows) -> bool:
    return len(found) >= len(wanted) and all(cells >= least for cells, least in zip(found, wanted, strict=False))


def _tables_of_document(document: bytes) -> list[_Rows]:
    body = parse_xml(part_of_type(read_parts(document), MAIN_TYPE))
    return [tuple(map(_filled_cells, rows_in(table))) for table in tables_in(body)]


def _filled_cells(row: Element) -> int:
    return sum(map(_is_filled, cells_in(row)))


def _is_filled(cell: Element) -> bool:
    return any(shown.tag != w("t") or (shown.text or "").strip() for shown in cell.iter(*_SHOWN))


def _tables_of_pdf(made: bytes) -> list[_Rows]:
    with pikepdf.open(BytesIO(made)) as pdf:
        root = pdf.Root.get(Name.StructTreeRoot, Dictionary())
        roles = root.get(Name.RoleMap, Dictionary())
        tables = [element for element in elements(root) if role(element, roles) == "/Table"]
        return [tuple(sum(map(_is_marked, children(row))) for row in rows_of(table, roles)) for table in tables]


def _is_marked(cell: Object) -> bool:
    """True if something on a page belongs to the cell. Source: ISO 32000-1:2008, 14.7.4 (structure content)."""
    return _has_content(cell) or any(map(_has_content, elements(cell)))


def _has_content(element: Object) -> bool:
    below = element.get(Name.K)
    items = below if isinstance(below, Array) else () if below is None else (below,)
    return any(isinstance(item, int) or Name.S not in item for item in items)
