"""Keeps printed tables valid: no empty cell, no table without rows, no unbreakable row longer than a page."""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from generator.formats.docx.fields import RowFields, field_types
from generator.formats.docx.printed_rows import ROW_MARK
from generator.formats.docx.tags import Tag
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

_WHOLE = f"{w('trPr')}/{w('cantSplit')}"
FILLED_CELL, FILLED_TABLE = "_filled_cell", "_filled_table"
_FIELD_OF_ROW = re.compile(r"([\w.]+)\.(\w+)")


def guard_tables(root: Element, tags: tuple[Tag, ...]) -> None:
    """Adds Jinja code around cells and tables that an author's tags could leave empty, which Word calls damaged."""
    blocks = {tag.holder: tag for tag in tags if tag.letters in ("p", "tr") and not tag.is_value}
    _let_long_rows_break(root, tuple(tag for tag in tags if tag.is_value and tag.letters == "p"))
    for cell in root.iter(w("tc")):
        if not _always_holds(cell, blocks):
            _wrap_inside(cell, FILLED_CELL)
    for table in root.iter(w("tbl")):
        if not _always_holds(table, blocks):
            _wrap_whole(table, FILLED_TABLE)


def filled_cell(text: str) -> Markup:
    """Returns a cell's content, or a dash: Word refuses a cell without a paragraph, and no cell is to be blank."""
    return escape(text) if "<w:p" in text else Markup("<w:p><w:r><w:t>–</w:t></w:r></w:p>")


def filled_table(text: str) -> Markup:
    """Returns a table, or nothing if it has no row."""
    return escape(text) if "<w:tr" in text or ROW_MARK in text else Markup("")


def _always_holds(holder: Element, blocks: Mapping[Element | None, Tag]) -> bool:
    """True if the cell or table has content outside every template block, so that it can never be empty."""
    depth = 0
    for child in holder.iterchildren(w("p"), w("tr"), w("tbl")):
        tag = blocks.get(child)
        if tag is None and not depth:
            return True
        if tag is not None:
            depth += tag.opens - tag.keyword.startswith("end")
    return False


def _wrap_inside(holder: Element, guard: str) -> None:
    head = holder.find(w("tcPr"))
    if head is None:
        put_before(holder[0], _start(guard))
    else:
        head.tail = _start(guard)
    holder[-1].tail = (holder[-1].tail or "") + _end(guard)


def _wrap_whole(element: Element, guard: str) -> None:
    put_before(element, _start(guard))
    element.tail = _end(guard) + (element.tail or "")


def _start(guard: str) -> str:
    return f"{{% set {guard}_ %}}"


def _end(guard: str) -> str:
    return f"{{% endset %}}{{{{ {guard}_|{guard} }}}}"


def _let_long_rows_break(root: Element, values: Iterable[Tag]) -> None:
    """Lets a row break over pages if its goal's texts are long, even if the template forbids it."""
    goals: dict[Element, str] = {}
    for tag in values:
        if goal := _goal(tag):
            around = list(tag.element.iterancestors(w("tr")))
            goals |= dict.fromkeys(around[:1], goal)
            _let_break(around[1:])
    for row, goal in goals.items():
        whole = row.find(_WHOLE)
        if whole is not None:
            put_before(whole, f"{{% if {goal}.is_short %}}")
            whole.tail = "{% endif %}"


def _let_break(rows: Iterable[Element]) -> None:
    """Lets rows around a table of goals break over pages: outside its loop, nothing tells whether they are short."""
    for row in rows:
        whole = row.find(_WHOLE)
        if whole is not None:
            whole.set(w("val"), "0")


def put_before(element: Element, text: str) -> None:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _goal(tag: Tag) -> str | None:
    """Returns `row` of `row.narrative`; None if the tag prints no field of a goal's row."""
    found = _FIELD_OF_ROW.fullmatch(tag.words)
    return found[1] if found and found[2] in field_types(RowFields) else None
