"""Adds to a PDF's structure, which screen readers follow, what Word says of tables and pictures."""

from collections.abc import Iterator
from itertools import chain

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from generator.formats.pdf.word_marks import WordCell, WordMarks, WordRow, WordTable

_GROUPS = ("/THead", "/TBody", "/TFoot")


def repair_structure(pdf: pikepdf.Pdf, marks: WordMarks, nothing: str) -> tuple[int, ...]:
    """Gives tables their summaries and headings, dashes their words, and pictures their texts, if only Word has them.

    Footnotes get the names that PDF/UA asks for, and links outside the structure are removed.

    LibreOffice 7.4 writes headings, but neither summaries nor the texts of charts. Where the PDF has another number
    of tables or pictures than the document (one in a text box stands twice in a .docx), which is which cannot be
    told, and none is changed.

    Args:
        nothing: what a screen reader says for a dash in a table; an empty string leaves it the dash.

    Returns:
        The tables that have no heading cell even so, by their order in the PDF, 1-based.

    Source: ISO 14289-1:2014, 7.3 (pictures), 7.5 (tables), 7.9 (notes), 7.18.5 (links); ISO 32000-1:2008, 14.7.2
    (IDTree), 14.8.5.7 (Scope, Summary), 14.9.3 (Alt), 14.9.4 (ActualText).
    """
    root = pdf.Root.get(Name.StructTreeRoot, Dictionary())
    roles = root.get(Name.RoleMap, Dictionary())
    tables = [element for element in elements(root) if role(element, roles) == "/Table"]
    pictures = [element for element in elements(root) if role(element, roles) == "/Figure"]
    if len(tables) == len(marks.tables):
        for element, table in zip(tables, marks.tables, strict=True):
            _repair_table(element, table, roles, nothing)
    if len(pictures) == len(marks.pictures):
        for element, text in zip(pictures, marks.pictures, strict=True):
            if text and not str(element.get(Name.Alt, "")):
                element.Alt = pikepdf.String(text)
    _name_notes(root, [element for element in elements(root) if role(element, roles) == "/Note"])
    _remove_loose_links(pdf)
    return tuple(number for number, table in enumerate(tables, 1) if not _has_headings(table, roles))


def _name_notes(root: Object, notes: list[Object]) -> None:
    """Gives each footnote a name of its own, and lists the names, where LibreOffice has given none."""
    if not notes or Name.IDTree in root:
        return
    names = [pikepdf.String(f"note{number:05}") for number in range(1, len(notes) + 1)]
    for name, note in zip(names, notes, strict=True):
        note.ID = name
    root.IDTree = Dictionary(Names=Array([each for pair in zip(names, notes, strict=True) for each in pair]))


def _remove_loose_links(pdf: pikepdf.Pdf) -> None:
    """Removes the links that no structure element holds; the text that they lie on stays.

    LibreOffice 7.4 writes such a link on a footnote's own number. One of them costs the PDF its PDF/UA claim.
    """
    for page in pdf.pages:
        links = page.obj.get(Name.Annots, Array())
        kept = [link for link in links if link.get(Name.Subtype) != Name.Link or Name.StructParent in link]
        if len(kept) < len(links):
            page.obj.Annots = Array(kept)


def _repair_table(element: Object, table: WordTable, roles: Object, nothing: str) -> None:
    if table.summary:
        _set_attribute(element, Name.Summary, pikepdf.String(table.summary))
    rows = [list(children(row)) for row in rows_of(element, roles)]
    for cell in chain.from_iterable(rows[: table.heading_rows]):
        _make_heading(cell, Name.Column)
    if len(rows) == len(table.rows):
        for cells, row in list(zip(rows, table.rows, strict=True))[table.heading_rows :]:
            _repair_row(cells, row, nothing)


def _repair_row(cells: list[Object], row: WordRow, nothing: str) -> None:
    """Makes the cell that names the row a heading, and gives the row's dashes words.

    A row with another number of cells than in the document stays as it is: which is which cannot be told.
    """
    if len(cells) != len(row.cells):
        return
    if row.heading is not None:
        _make_heading(cells[row.heading], Name.Row)
    for element, cell in zip(cells, row.cells, strict=True):
        _name_dashes(element, cell, nothing)


def _make_heading(cell: Object, scope: Name) -> None:
    cell.S = Name.TH
    _set_attribute(cell, Name.Scope, scope)


def _name_dashes(element: Object, cell: WordCell, nothing: str) -> None:
    """Gives each dash the words that a screen reader says instead. Source: ISO 32000-1:2008, 14.9.4."""
    paragraphs = list(children(element)) if nothing and cell.dashes else []
    if len(paragraphs) == cell.paragraphs:
        for index in cell.dashes:
            paragraphs[index].ActualText = pikepdf.String(nothing)


def _has_headings(table: Object, roles: Object) -> bool:
    return any(role(cell, roles) == "/TH" for row in rows_of(table, roles) for cell in children(row))


def _set_attribute(element: Object, name: Name, value: Object) -> None:
    """Adds an attribute of tables; an existing one stays."""
    held = element.get(Name.A)
    attributes = [] if held is None else list(held) if isinstance(held, Array) else [held]
    if not any(isinstance(owned, Dictionary) and name in owned for owned in attributes):
        element.A = Array([*attributes, Dictionary({"/O": Name.Table, str(name): value})])


def rows_of(table: Object, roles: Object) -> Iterator[Object]:
    for child in children(table):
        if role(child, roles) in _GROUPS:
            yield from children(child)
        else:
            yield child


def elements(parent: Object) -> Iterator[Object]:
    """Yields all structure elements below, each before those inside it."""
    waiting = list(reversed(list(children(parent))))
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(list(children(element))))


def children(element: Object) -> Iterator[Object]:
    """Yields the structure elements directly below, without numbers and references to content."""
    below = element.get(Name.K)
    if below is not None:
        for child in below if isinstance(below, Array) else [below]:
            if isinstance(child, Dictionary) and Name.S in child:
                yield child


def role(element: Object, roles: Object) -> str:
    return str(roles.get(str(element.S), element.S))
