"""Finds what an edited draft says beside the goals' values and the report does not say now: rows, counts, sentences.

A person edits a draft while saves arrive. The summary that stands in her file is then that of the draft, not of the
report; and a row that she made by hand has a degree that nobody gave.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from generator.formats.docx.lost_descriptions import charts_of, row_code
from generator.formats.opc.package import parts_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, own_text, w
from generator.formats.opc.xml import Element, parse_xml

_TABLE, _ROW, _CELL, _PARAGRAPH = map(w, ("tbl", "tr", "tc", "p"))
_HEADING_ROW = f"{w('trPr')}/{w('tblHeader')}"


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell of the summary that differs: its table's headings, its row's first cell, and its text before and after.

    `before` and `after` are None where the rows themselves differ.
    """

    table: str
    row: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class OutdatedContent:
    """What an edited draft says and the report does not: rows of no goal, cells of the summary, sentences, charts."""

    rows: tuple[str, ...]
    cells: tuple[ChangedCell, ...]
    sentences: tuple[str, ...]
    has_other_chart: bool


def outdated_content(edited: bytes, ours: bytes, drafts: Sequence[bytes]) -> OutdatedContent:
    """Returns where an edited draft is older than the present report, which our own draft prints.

    Args:
        drafts: the kept drafts that it may have been made from.

    Raises:
        PackageError: one of them is no Word document or a damaged one.
    """
    theirs, own, before = read_parts(edited), read_parts(ours), tuple(map(read_parts, drafts))
    root, own_root = _root(theirs), _root(own)
    old_sentences = {text for parts in before for text in _sentences(_root(parts))} - set(_sentences(own_root))
    old_charts = {key for parts in before for key, _ in charts_of(parts, _root(parts))}
    own_charts = {key for key, _ in charts_of(own, own_root)}
    return OutdatedContent(
        tuple(_rows_of_no_goal(root)),
        tuple(_changed_cells(root, own_root)),
        tuple(text for text in _sentences(root) if text in old_sentences),
        any(key in old_charts - own_charts for key, _ in charts_of(theirs, root)),
    )


def _root(parts: Mapping[str, bytes]) -> Element:
    (name,) = parts_of_type(parts, MAIN_TYPE)[:1]
    return parse_xml(parts[name])


def _rows_of_no_goal(root: Element) -> Iterator[str]:
    """Yields the words of each row in a table of goals that has the values of no goal, but for the heading rows."""
    for table in root.iter(_TABLE):
        rows = tuple(table.iterchildren(_ROW))
        if any(map(row_code, rows)):
            yield from (" | ".join(_texts(row)) for row in rows if not row_code(row) and row.find(_HEADING_ROW) is None)


def _changed_cells(root: Element, own: Element) -> Iterator[ChangedCell]:
    """Yields the differences of the tables that have no goals' values and the same headings in both documents.

    Compared are the rows' first cells, and cells that begin with a digit: counts and degrees. Other words may be hers.
    """
    theirs = _other_tables(root)
    for headings, tables in _other_tables(own).items():
        for ours, other in zip(tables, theirs.get(headings, ()), strict=False):
            yield from _changes(" | ".join(headings), ours, other)


def _changes(name: str, ours: Sequence[tuple[str, ...]], theirs: Sequence[tuple[str, ...]]) -> Iterator[ChangedCell]:
    for own, other in zip_longest(ours, theirs, fillvalue=("",)):
        if own[:1] != other[:1]:
            yield ChangedCell(name, own[0] or other[0])
            return
        pairs = zip_longest(own[1:], other[1:], fillvalue="")
        yield from (ChangedCell(name, own[0], a, b) for a, b in pairs if a != b and (a + b)[:1].isdigit())


def _other_tables(root: Element) -> dict[tuple[str, ...], list[list[tuple[str, ...]]]]:
    """Returns the rows below the headings of each table without goals' values, by the headings."""
    found: dict[tuple[str, ...], list[list[tuple[str, ...]]]] = {}
    for table in root.iter(_TABLE):
        rows = tuple(table.iterchildren(_ROW))
        if rows and not any(map(row_code, rows)):
            found.setdefault(_texts(rows[0]), []).append(
                [_texts(row) for row in rows[1:] if row.find(_CELL) is not None]
            )
    return found


def _texts(row: Element) -> tuple[str, ...]:
    cells = row.iterchildren(_CELL)
    return tuple(" ".join(" ".join(map(own_text, cell.iter(_PARAGRAPH))).split()) for cell in cells)


def _sentences(root: Element) -> tuple[str, ...]:
    """Returns the paragraphs outside tables that have a text."""
    outside = (each for each in root.iter(_PARAGRAPH) if next(each.iterancestors(_TABLE), None) is None)
    return tuple(text for each in outside if (text := own_text(each).strip()))
