"""The workbook inside a chart: one sheet with the numbers, which opens when a reader chooses Edit Data."""

from collections.abc import Iterator, Sequence

from generator.formats.docx.chart import SHEET, column
from generator.formats.docx.runs import escape_text
from generator.formats.opc.package import CONTENT_TYPES, PACKAGE_RELATIONS, in_order
from generator.formats.opc.zip_writer import write_parts

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_TYPES = "application/vnd.openxmlformats-package"
_SHEET_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = {
    "workbook": "sheet.main",
    "worksheets/sheet1": "worksheet",
    "styles": "styles",
    "sharedStrings": "sharedStrings",
}


def workbook(rows: Sequence[Sequence[str | int]]) -> bytes:
    """Makes the .xlsx; the same rows give the same bytes."""
    texts = list(dict.fromkeys(value for row in rows for value in row if isinstance(value, str)))
    strings = "".join(f'<si><t xml:space="preserve">{escape_text(text)}</t></si>' for text in texts)
    members = {
        CONTENT_TYPES: _content_types(),
        PACKAGE_RELATIONS: _relations((("officeDocument", "xl/workbook.xml"),)),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_SHEET_NS}" xmlns:r="{_OFFICE}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"))
        ),
        "xl/worksheets/sheet1.xml": _sheet(rows, {text: index for index, text in enumerate(texts)}),
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET_NS}">{strings}</sst>',
        "xl/styles.xml": _STYLES,
    }
    return write_parts((name, (f"{_DECLARATION}{members[name]}".encode(),)) for name in in_order(members))


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_SHEET_TYPES}.{kind}+xml"/>'
        for part, kind in _TYPES.items()
    )
    return (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="{_PACKAGE_TYPES}.relationships+xml"/>{parts}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS_NS}">{found}</Relationships>'


def _sheet(rows: Sequence[Sequence[str | int]], texts: dict[str, int]) -> str:
    lines = (f'<row r="{number}">{"".join(_cells(row, number, texts))}</row>' for number, row in enumerate(rows, 1))
    return f'<worksheet xmlns="{_SHEET_NS}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cells(row: Sequence[str | int], number: int, texts: dict[str, int]) -> Iterator[str]:
    for index, value in enumerate(row):
        place = f'r="{column(index)}{number}"'
        yield (
            f'<c {place} t="s"><v>{texts[value]}</v></c>'
            if isinstance(value, str)
            else f"<c {place}><v>{value}</v></c>"
        )


_STYLES = (
    f'<styleSheet xmlns="{_SHEET_NS}"><fonts count="1"><font><sz val="10"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
