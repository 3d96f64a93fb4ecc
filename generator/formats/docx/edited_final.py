"""Makes a final document of a draft that a person edited: the words that call it a draft are exchanged.

Paragraphs in which our draft differs from our final are exchanged in the edited document, wherever they stand
unchanged in it; everything else stays as the person saved it.
"""

from collections.abc import Mapping
from copy import deepcopy
from difflib import SequenceMatcher

from generator.formats.docx.document_difference import cells_of_values
from generator.formats.docx.personal_traces import without_traces
from generator.formats.docx.properties import with_properties_of
from generator.formats.docx.whole_cells import mend_bookmarks
from generator.formats.opc.package import in_order, parts_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, TEXT_TYPES, w
from generator.formats.opc.xml import Element, parse_xml, to_xml
from generator.formats.opc.zip_writer import write_parts

_PIECES = (w("t"), w("tab"), w("br"))


def final_from_edited(edited: bytes, draft: bytes, final: bytes) -> bytes:
    """Returns the edited document as a final one.

    Args:
        edited: the document that a person saved, made from a draft of ours.
        draft: our draft of the present report, and `final` the same as a final.

    Raises:
        PackageError: one of them is no Word document or a damaged one.
        TemplateError: a part of the edited one is not well-formed.
    """
    parts, drafts, finals = dict(read_parts(edited)), read_parts(draft), read_parts(final)
    exchanged = _exchanged(drafts, finals)
    for name in parts_of_type(parts, *TEXT_TYPES):
        root = parse_xml(parts[name])
        if _exchange(root, exchanged):
            parts[name] = to_xml(root)
    clean = with_properties_of(without_traces(parts), finals)
    return write_parts((name, (clean[name],)) for name in in_order(clean))


def with_whole_bookmarks(edited: bytes, base: bytes) -> bytes:
    """Returns the edited document with each value's bookmark around the whole value, also where it was lost.

    Args:
        base: the draft that the document was made from, or our draft of the present report.

    Raises:
        PackageError: one of them is no Word document or a damaged one.
    """
    cells = cells_of_values(base)
    if cells is None:
        return edited
    parts = dict(read_parts(edited))
    for name in parts_of_type(parts, MAIN_TYPE):
        root = parse_xml(parts[name])
        mend_bookmarks(root, cells)
        parts[name] = to_xml(root)
    return write_parts((name, (parts[name],)) for name in in_order(parts))


def document_words(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Returns the texts of all paragraphs of a document, those of headers, footers and notes too."""
    roots = (parse_xml(parts[name]) for name in parts_of_type(parts, *TEXT_TYPES))
    return tuple(_text(paragraph) for root in roots for paragraph in root.iter(w("p")))


def _exchanged(drafts: Mapping[str, bytes], finals: Mapping[str, bytes]) -> dict[str, Element | None]:
    """Returns the final's paragraph for each text of the draft that differs; None where the final has none."""
    found: dict[str, Element | None] = {}
    for name in parts_of_type(drafts, *TEXT_TYPES):
        if name in finals:
            before, after = (list(parse_xml(parts[name]).iter(w("p"))) for parts in (drafts, finals))
            found |= _pairs(before, after)
    return found


def _pairs(before: list[Element], after: list[Element]) -> dict[str, Element | None]:
    texts, others = [_text(paragraph) for paragraph in before], [_text(paragraph) for paragraph in after]
    found: dict[str, Element | None] = {}
    for kind, start, end, other_start, other_end in SequenceMatcher(None, texts, others, autojunk=False).get_opcodes():
        if kind in ("replace", "delete"):
            made = dict(enumerate(after[other_start:other_end]))
            found |= {text: made.get(index) for index, text in enumerate(texts[start:end]) if text}
    return found


def _exchange(root: Element, exchanged: Mapping[str, Element | None]) -> bool:
    """Exchanges paragraphs; True if any was."""
    found = [(paragraph, text) for paragraph in root.iter(w("p")) if (text := _text(paragraph)) in exchanged]
    for paragraph, text in found:
        parent, other = paragraph.getparent(), exchanged[text]
        if parent is not None and other is not None:
            parent.replace(paragraph, deepcopy(other))
        elif parent is not None and parent.tag != w("tc"):
            parent.remove(paragraph)
    return bool(found)


def _text(paragraph: Element) -> str:
    return "".join(piece.text or "" if piece.tag == w("t") else "\t" for piece in paragraph.iter(*_PIECES)).strip()
