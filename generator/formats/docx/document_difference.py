"""Compares a document that a person has saved with the draft that it was made from, or with another one.

Tracked changes count as accepted: what was inserted stands in the document, what was deleted or moved away does not.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from generator.domain.follow_up.status import COMMENT, EMPHASIS, ORDER, PICTURE, STRUCK, Difference
from generator.formats.docx.emphasized_text import EmphasizedText, emphasized_texts, new_emphasis
from generator.formats.docx.hidden_text import hidden_styles
from generator.formats.docx.printed_values import DocumentText, PrintedValue, read_text
from generator.formats.docx.struck_text import struck_texts
from generator.formats.docx.whole_cells import ValueCells, enclose_cells, value_cells
from generator.formats.docx.wordless_content import wordless_content
from generator.formats.opc.package import part_of_type, parts_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, SETTINGS_TYPE, TEXT_TYPES, w
from generator.formats.opc.xml import Element, PackageError, parse_xml

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_TAKEN_OUT = (w("del"), w("moveFrom"))
_PARAGRAPH = w("p")
_TAKEN_ENDS = tuple(f"{w('pPr')}/{w('rPr')}/{tag}" for tag in _TAKEN_OUT)
_DELETED_ROW, _DELETED_CELL = f"{w('trPr')}/{w('del')}", f"{w('tcPr')}/{w('cellDel')}"
# Word and LibreOffice draw the page anew: a field's result, such as a page number, is no change of a person.
_FIELD = w("fldSimple")


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a saved document says.

    `text` has its values and its other paragraphs, `margins` are the paragraphs of headers, footers and notes,
    `pictures` what it shows without words, `struck` its struck-through words and `emphasized` those that stand out;
    `saved_by` is who saved it last (an empty string: not told), `sessions` are the numbers that Word gave to the
    sessions in which it was edited.
    """

    text: DocumentText
    comments: tuple[str, ...]
    pictures: frozenset[str]
    margins: tuple[str, ...]
    saved_by: str = ""
    struck: tuple[str, ...] = ()
    emphasized: tuple[EmphasizedText, ...] = ()
    sessions: frozenset[str] = frozenset()

    @property
    def values(self) -> dict[str, str]:
        """The values by their bookmarks' names."""
        return dict(self.text.values)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value of a goal that differs: the goal's code, the field, and the text before and after."""

    code: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """How a document differs from the one that it was made from.

    `lost` are the names of values whose bookmark is gone; `added` and `removed` are other paragraphs; `comments` are a
    person's comments, `struck` the words that a person struck through, `emphasized` those that a person highlighted or
    made bold. `has_other_pictures`, `has_other_order`: pictures or the order of the goals differ.
    """

    values: tuple[ValueChange, ...] = ()
    lost: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    emphasized: tuple[str, ...] = ()
    has_other_pictures: bool = False
    has_other_order: bool = False

    @property
    def is_of_values_alone(self) -> bool:
        """True if nothing but values of goals differs."""
        others = (self.lost, self.added, self.removed, self.comments, self.struck, self.emphasized)
        return not any(others) and not self.has_other_pictures and not self.has_other_order


Reader: TypeAlias = Callable[[bytes], ReadDocument | None]


def read_document(docx: bytes) -> ReadDocument | None:
    """Reads a saved document, its values from their bookmarks; None if it is no Word document or a damaged one."""
    return _read(docx, lambda root: None)


def reader_for(base: bytes) -> Reader:
    """Returns how documents made from a draft of this program are read: each value from its whole cell."""
    cells = cells_of_values(base)
    if cells is None:
        return read_document
    return lambda docx: _read(docx, lambda root: enclose_cells(root, cells))


def cells_of_values(base: bytes) -> ValueCells | None:
    """Returns the cells of the values of a draft; None if what its cells say is not what its bookmarks enclose."""
    by_bookmarks = read_document(base)
    if by_bookmarks is None:
        return None
    cells = value_cells(parse_xml(part_of_type(read_parts(base), MAIN_TYPE)))
    by_cells = _read(base, lambda root: enclose_cells(root, cells))
    return cells if by_cells is not None and by_cells.text == by_bookmarks.text else None


def differences(edited: bytes, ours: bytes) -> tuple[Difference, ...] | None:
    """Returns where an edited report differs from ours: values of goals first, then other texts.

    None where one of them cannot be read, or the edited one has lost the bookmarks of its values.
    """
    read = reader_for(ours)
    theirs, own = read(edited), read(ours)
    if theirs is None or own is None or (own.text.values and not theirs.text.values):
        return None
    found = compare_documents(theirs, own)
    lost = ((PrintedValue(name, ""), own.values[name]) for name in found.lost)
    new = ((value, value.text) for value in theirs.text.values if value.name not in own.values)
    return (
        *(Difference(each.code, each.field, each.before, each.after) for each in found.values),
        *(Difference(value.code, value.field, text) for value, text in lost),
        *(Difference(value.code, value.field, "", text) for value, text in new),
        *(Difference("", "", line) for line in found.removed),
        *(Difference("", "", "", line) for line in found.added),
        *(Difference("", COMMENT, "", line) for line in found.comments),
        *(Difference("", STRUCK, "", line) for line in found.struck),
        *(Difference("", EMPHASIS, "", words) for words in found.emphasized if not _is_told(words, found.added)),
        *((Difference("", PICTURE),) if found.has_other_pictures else ()),
        *((Difference("", ORDER),) if found.has_other_order else ()),
    )


def changed_values(edited: ReadDocument, base: Mapping[str, str]) -> tuple[ValueChange, ...]:
    """Returns the values that differ from those of the draft; lost ones are left out.

    Args:
        base: the draft's values by their bookmarks' names.
    """
    pairs = ((PrintedValue(name, ""), base.get(name, ""), text) for name, text in edited.text.values if name in base)
    return tuple(ValueChange(name.code, name.field, before, after) for name, before, after in pairs if before != after)


def compare_documents(edited: ReadDocument, base: ReadDocument) -> DocumentDifference:
    """Returns how an edited document differs from another one, such as the draft that it was made from."""
    added, removed = _moved_lines(base.text.others + base.margins, edited.text.others + edited.margins)
    names = [value.name for value in base.text.values]
    return DocumentDifference(
        values=changed_values(edited, base.values),
        lost=tuple(name for name in names if name not in edited.values),
        added=added,
        removed=removed,
        comments=edited.comments,
        struck=tuple(text for text in edited.struck if text not in base.struck),
        emphasized=new_emphasis(edited.emphasized, base.emphasized),
        has_other_pictures=edited.pictures != base.pictures,
        has_other_order=[v.name for v in edited.text.values if v.name in base.values]
        != [name for name in names if name in edited.values],
    )


def _read(docx: bytes, prepare: Callable[[Element], None]) -> ReadDocument | None:
    try:
        parts = read_parts(docx)
        hidden, root = hidden_styles(parts), _accepted(parse_xml(part_of_type(parts, MAIN_TYPE)))
        prepare(root)
        text = read_text(root, hidden)
        margins = tuple(_margins(parts, hidden))
        comments, shown = tuple(_comments(parts)), wordless_content(parts, root)
        marked = struck_texts(root), emphasized_texts(root)
        return ReadDocument(text, comments, shown, margins, _saved_by(parts), *marked, _sessions(parts))
    except PackageError:
        return None


def _is_told(words: str, added: tuple[str, ...]) -> bool:
    return any(words in line for line in added)


def _moved_lines(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the paragraphs that were added, and those that were removed."""
    if before == after:
        return (), ()
    added, removed = list[str](), list[str]()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            removed += before[start:end]
            added += after[other_start:other_end]
    return tuple(added), tuple(removed)


def _accepted(root: Element) -> Element:
    """Returns the tree without what tracked changes take out."""
    rows = [row for row in root.iter(w("tr")) if row.find(_DELETED_ROW) is not None]
    cells = [cell for cell in root.iter(w("tc")) if cell.find(_DELETED_CELL) is not None]
    for element in [*rows, *cells, *(each for tag in _TAKEN_OUT for each in root.iter(tag))]:
        parent = element.getparent()
        if parent is not None and parent.tag != w("rPr"):
            parent.remove(element)
    for paragraph in list(root.iter(_PARAGRAPH)):
        if any(paragraph.find(end) is not None for end in _TAKEN_ENDS):
            _join_to_next(paragraph)
    return root


def _join_to_next(paragraph: Element) -> None:
    """Moves a paragraph's content to the beginning of the next one, whose format the joined one has."""
    following, parent = paragraph.getnext(), paragraph.getparent()
    if following is None or following.tag != _PARAGRAPH or parent is None:
        return
    place = 1 if following.find(w("pPr")) is not None else 0
    following[place:place] = [each for each in paragraph if each.tag != w("pPr")]
    parent.remove(paragraph)


def _comments(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name in parts_of_type(parts, _COMMENTS_TYPE):
        for comment in parse_xml(parts[name]).iter(w("comment")):
            yield "".join(text.text or "" for text in comment.iter(w("t")))


def _saved_by(parts: Mapping[str, bytes]) -> str:
    for name in parts_of_type(parts, _CORE_TYPE):
        found = parse_xml(parts[name]).find("{*}lastModifiedBy")
        if found is not None and found.text:
            return found.text.strip()
    return ""


def _sessions(parts: Mapping[str, bytes]) -> frozenset[str]:
    roots = (parse_xml(parts[name]) for name in parts_of_type(parts, SETTINGS_TYPE))
    return frozenset(str(each.get(w("val"))) for root in roots for each in root.iter(w("rsid")))


def _margins(parts: Mapping[str, bytes], hidden: frozenset[str]) -> Iterator[str]:
    """Returns the paragraphs of headers, footers and notes, without the results of fields."""
    for name in parts_of_type(parts, *(kind for kind in TEXT_TYPES if kind != MAIN_TYPE)):
        root = _accepted(parse_xml(parts[name]))
        for part in (*root.iter(_FIELD), *_field_runs(root)):
            parent = part.getparent()
            if parent is not None:
                parent.remove(part)
        yield from read_text(root, hidden).others


def _field_runs(root: Element) -> tuple[Element, ...]:
    """Returns the runs of fields that Word and LibreOffice write in pieces, from their beginning to their end."""
    found, depth = list[Element](), 0
    for run in root.iter(w("r")):
        kinds = [str(mark.get(w("fldCharType"))) for mark in run.iter(w("fldChar"))]
        depth += kinds.count("begin")
        if depth:
            found.append(run)
        depth = max(0, depth - kinds.count("end"))
    return tuple(found)
