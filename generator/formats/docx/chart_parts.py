"""The parts that a chart adds to a document: the chart, its workbook, and their registration."""

from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import PurePosixPath

from generator.formats.docx.chart import CHART_TYPE, Chart, cells_of, chart_xml
from generator.formats.docx.chart_book import workbook
from generator.formats.docx.package import parse_xml
from generator.formats.opc.package import CONTENT_TYPES
from generator.formats.opc.xml import add_element, to_xml

CHART_RELATION = "rIdSeurantaChart"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOOK_RELATION = "rId1"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def with_chart(parts: Mapping[str, bytes], users: Iterable[str], chart: Chart, font: str) -> dict[str, bytes]:
    """Returns the parts with the chart's added.

    Args:
        users: the names of the parts that show the chart; the parts as they are where there are none.
        font: the document's font; an empty string for the theme's.
    """
    showing = tuple(users)
    if not showing:
        return dict(parts)
    chart_part, book_part = _free_names(parts)
    return {
        **parts,
        chart_part: f"{_DECLARATION}{chart_xml(chart, font, _BOOK_RELATION)}".encode(),
        _relations_of(chart_part): _relations(_BOOK_RELATION, "package", f"../{book_part.partition('/')[2]}"),
        book_part: workbook(cells_of(chart)),
        CONTENT_TYPES: _content_types(parts[CONTENT_TYPES], {chart_part: CHART_TYPE, book_part: _BOOK_TYPE}),
        **{_relations_of(user): _with_relation(parts, user, chart_part) for user in showing},
    }


def _free_names(parts: Mapping[str, bytes]) -> tuple[str, str]:
    """Returns part names for the chart and its workbook that the template does not use."""
    names = ((f"word/charts/chart{n}.xml", f"word/embeddings/Microsoft_Excel_Sheet{n}.xlsx") for n in count(1))
    return next((chart, book) for chart, book in names if chart not in parts and book not in parts)


def _relations_of(part: str) -> str:
    path = PurePosixPath(part)
    return f"{path.parent}/_rels/{path.name}.rels"


def _relations(key: str, kind: str, target: str) -> bytes:
    relation = f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'.encode()


def _with_relation(parts: Mapping[str, bytes], user: str, chart: str) -> bytes:
    name, target = _relations_of(user), f"/{chart}"
    if name not in parts:
        return _relations(CHART_RELATION, "chart", target)
    root = parse_xml(parts[name])
    attributes = {"Id": CHART_RELATION, "Type": f"{_OFFICE}/chart", "Target": target}
    add_element(root, f"{{{_RELATIONS}}}Relationship", attributes)
    return to_xml(root)


def _content_types(content: bytes, added: Mapping[str, str]) -> bytes:
    root = parse_xml(content)
    for name, kind in added.items():
        add_element(root, f"{{{_TYPES}}}Override", {"PartName": f"/{name}", "ContentType": kind})
    return to_xml(root)
