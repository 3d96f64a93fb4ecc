"""Puts back the alternative texts of tables and charts that another program lost when it saved a draft of ours.

LibreOffice drops them from every document that it saves as .docx, and has no place where a person could write them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TypeAlias

from generator.formats.opc.package import in_order, parts_of_type, read_parts
from generator.formats.opc.relationships import RELATIONSHIP, read_link, relationships_part
from generator.formats.opc.wordml import MAIN_TYPE, own_text, read_value_bookmark, w
from generator.formats.opc.xml import Element, parse_xml, to_xml
from generator.formats.opc.zip_writer import write_parts

_TABLE, _ROW, _CELL, _PARAGRAPH, _BOOKMARK = map(w, ("tbl", "tr", "tc", "p", "bookmarkStart"))
_PROPERTIES, _CHANGE = w("tblPr"), w("tblPrChange")
_DESCRIPTIONS = (w("tblCaption"), w("tblDescription"))
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART, _VALUE = (f"{{{_CHART_SPACE}}}{name}" for name in ("chart", "v"))
_CHART_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# What a table or a chart says: the same in two documents only if it is the same table or chart.
_Identity: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MendedDocument:
    """A document with its alternative texts, and the titles of those that were put back."""

    docx: bytes
    restored: tuple[str, ...] = ()


def restore_descriptions(docx: bytes, drafts: Sequence[bytes]) -> MendedDocument:
    """Gives each table and chart without alternative text that of the same table or chart in a draft of ours.

    A table is the same if it has rows of the same goals in the same order, or, where it has no goals' values, the same
    headings and the same first column. A chart is the same if it shows the same numbers. Nothing else is changed.

    Args:
        docx: the document that a person saved.
        drafts: the drafts to take the texts from, the best one first.

    Raises:
        PackageError: one of them is no Word document or a damaged one.
    """
    parts, before = dict(read_parts(docx)), tuple(map(read_parts, drafts))
    (main,) = parts_of_type(parts, MAIN_TYPE)[:1] or ("",)
    if not main:
        return MendedDocument(docx)
    root = parse_xml(parts[main])
    restored: list[str] = []
    for draft in before:
        known = _descriptions(draft)
        for identity, holder in _described_items(parts, root):
            if identity in known and not _titles(holder):
                _copy(known[identity], holder)
                restored += _titles(holder)[:1]
    if not restored:
        return MendedDocument(docx)
    parts[main] = to_xml(root)
    return MendedDocument(write_parts((name, (parts[name],)) for name in in_order(parts)), tuple(restored))


def _descriptions(draft: Mapping[str, bytes]) -> dict[_Identity, Element]:
    """Returns what describes each table and chart of a draft."""
    names = parts_of_type(draft, MAIN_TYPE)
    items = _described_items(draft, parse_xml(draft[names[0]])) if names else ()
    return {identity: holder for identity, holder in items if _titles(holder)}


def _described_items(parts: Mapping[str, bytes], root: Element) -> tuple[tuple[_Identity, Element], ...]:
    """Returns the properties of each table and chart with its identity; those that stand twice are left out."""
    found = (*_tables(root), *charts_of(parts, root))
    times = Counter(identity for identity, _ in found)
    return tuple((identity, holder) for identity, holder in found if times[identity] == 1)


def _tables(root: Element) -> Iterator[tuple[_Identity, Element]]:
    for table in root.iter(_TABLE):
        properties = table.find(_PROPERTIES)
        if properties is not None:
            yield _table_identity(table), properties


def _table_identity(table: Element) -> _Identity:
    rows = tuple(table.iterchildren(_ROW))
    codes = tuple(filter(None, map(row_code, rows)))
    if codes:
        return ("goals", *codes)
    headings = tuple(map(_text, rows[0].iterchildren(_CELL))) if rows else ()
    return ("words", *headings, "", *(_text(cell) for row in rows if (cell := row.find(_CELL)) is not None))


def row_code(row: Element) -> str:
    """Returns the code of the goal whose values stand in a row; an empty string if there are none or several."""
    names = (read_value_bookmark(str(start.get(w("name")))) for start in row.iter(_BOOKMARK))
    codes = {name[0] for name in names if name}
    return codes.pop() if len(codes) == 1 else ""


def _text(cell: Element) -> str:
    return "\n".join(own_text(paragraph).strip() for paragraph in cell.iter(_PARAGRAPH))


def charts_of(parts: Mapping[str, bytes], root: Element) -> Iterator[tuple[_Identity, Element]]:
    """Yields each chart of the main part: the numbers that it shows, and its properties."""
    (main,) = parts_of_type(parts, MAIN_TYPE)[:1]
    relations = parts.get(relationships_part(main))
    links = (read_link(each, main) for each in parse_xml(relations).iter(RELATIONSHIP)) if relations else ()
    targets = {link.id: link.target for link in links}
    for chart in root.iter(_CHART):
        part = parts.get(targets.get(str(chart.get(_CHART_ID)), ""))
        holder = next(chart.iterancestors(f"{_DRAWING}inline", f"{_DRAWING}anchor"), None)
        properties = None if holder is None else holder.find(f"{_DRAWING}docPr")
        if part is not None and properties is not None:
            yield ("chart", *(value.text or "" for value in parse_xml(part).iter(_VALUE))), properties


def _titles(holder: Element) -> tuple[str, ...]:
    """Returns the alternative texts of a table or chart, its title first."""
    if holder.tag == _PROPERTIES:
        texts = [str(each.get(w("val")) or "") for tag in _DESCRIPTIONS for each in holder.iterchildren(tag)]
    else:
        texts = [str(holder.get("title") or "")] * bool(holder.get("descr")) + [str(holder.get("descr") or "")]
    return tuple(text for text in texts if text.strip())


def _copy(known: Element, holder: Element) -> None:
    """Copies the alternative texts of a table or chart to the same one in another document."""
    if holder.tag != _PROPERTIES:
        for name in ("title", "descr"):
            holder.set(name, known.get(name, ""))
        return
    for empty in [each for tag in _DESCRIPTIONS for each in holder.iterchildren(tag)]:
        holder.remove(empty)
    change = holder.find(_CHANGE)
    for described in [each for tag in _DESCRIPTIONS for each in known.iterchildren(tag)]:
        holder.append(deepcopy(described))
    if change is not None:
        holder.append(change)
