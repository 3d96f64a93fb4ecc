"""Reads the goals' values in a Word report from their bookmarks, and computes their digest."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.disk.digests import sha256_of
from generator.formats.docx.hidden_text import HiddenText, hidden_styles
from generator.formats.opc.package import part_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE, read_value_bookmark, w
from generator.formats.opc.xml import Element, parse_xml

# A value's bookmark ends in its own cell. Were thousands open at once, each paragraph would be read for each of them.
_MOST_OPEN = 20
_PARAGRAPH, _START, _END, _TEXT, _BREAK, _TAB = map(w, ("p", "bookmarkStart", "bookmarkEnd", "t", "br", "tab"))
# Word and LibreOffice write these characters as elements.
_CHARACTERS = {w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}
_READ = (_PARAGRAPH, _START, _END, _TEXT, _BREAK, _TAB, *_CHARACTERS)
_NAME, _ID = w("name"), w("id")


class PrintedValue(NamedTuple):
    """A goal's value as the report prints it: the bookmark's name, and the text with `\\n` between paragraphs."""

    name: str
    text: str

    @property
    def code(self) -> str:
        """The goal's code: `01.02` of `g_01_02_narrative`."""
        found = read_value_bookmark(self.name)
        return found[0] if found else ""

    @property
    def field(self) -> str:
        """The goal's field: `narrative` of `g_01_02_narrative`."""
        found = read_value_bookmark(self.name)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document's values in its order, and the text of each paragraph without a value."""

    values: tuple[PrintedValue, ...]
    others: tuple[str, ...]


def printed_values(docx: bytes) -> tuple[PrintedValue, ...]:
    """Returns the values in the document, in its order; () if it has no bookmarks of values.

    Raises:
        PackageError: it is no Word document, or a damaged one.
    """
    return document_text(read_parts(docx)).values


def document_text(parts: Mapping[str, bytes]) -> DocumentText:
    """Reads the text of a Word document's body from the parts by name.

    Raises:
        PackageError: it has no main part, or a part is not well-formed.
    """
    return read_text(parse_xml(part_of_type(parts, MAIN_TYPE)), hidden_styles(parts))


def read_text(root: Element, hidden: frozenset[str] = frozenset()) -> DocumentText:
    """The text of a document's main part that can be seen; `hidden` are the ids of the styles that hide text."""
    values: dict[str, list[str]] = {}
    others: list[str] = []
    for paragraph in _paragraphs(root, HiddenText(hidden)):
        text = "".join(paragraph.pieces)
        if not paragraph.names and text:
            others.append(text)
        for name in paragraph.names:
            values.setdefault(name, []).append(text)
    printed = (PrintedValue(name, "\n".join(texts)) for name, texts in values.items())
    return DocumentText(tuple(printed), tuple(others))


def values_record(values: Iterable[tuple[str, str]]) -> bytes:
    """Writes the values as UTF-8 JSON, text by name; the same bytes for the same values in any order."""
    text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes its escape in JSON


def read_values_record(record: bytes) -> tuple[PrintedValue, ...]:
    """Reads the values of a record, by name; raises ValueError if it is no such record."""
    values = json.loads(record)
    if not isinstance(values, dict):
        raise ValueError("a record of values is a JSON object")
    return tuple(PrintedValue(*item) for item in values.items())


def values_digest(values: Iterable[tuple[str, str]]) -> str:
    """SHA-256 of the values' record, in hex."""
    return sha256_of(values_record(values))


@dataclass(slots=True)
class _PrintedParagraph:
    """A paragraph's text, and the value bookmarks that enclose it."""

    names: dict[str, None]
    pieces: list[str]


def _paragraphs(body: Element, hidden: HiddenText) -> Iterator[_PrintedParagraph]:
    """The paragraphs in the order in which they begin; a text box's own count apart from the one it hangs on.

    Word begins and ends a bookmark between paragraphs too, and LibreOffice begins one twice.
    """
    inside: dict[str, str] = {}
    paragraphs: dict[Element | None, _PrintedParagraph] = {None: _PrintedParagraph({}, [])}
    for element in body.iter(*_READ, *hidden.tags):
        tag, holder = element.tag, paragraphs[next(element.iterancestors(_PARAGRAPH), None)]
        if tag == _PARAGRAPH:
            paragraphs[element] = _PrintedParagraph(dict.fromkeys(inside.values()), [])
        elif tag == _START and read_value_bookmark(name := str(element.get(_NAME))):
            holder.names[name] = None
            if len(inside) < _MOST_OPEN:
                inside[str(element.get(_ID))] = name
        elif tag == _END:
            ended = inside.get(str(element.get(_ID)))
            inside = {number: open_name for number, open_name in inside.items() if open_name != ended}
        elif not hidden.note(element) and not hidden.hides(element):
            holder.pieces.append(_text_of(element))
    del paragraphs[None]
    yield from paragraphs.values()


def _text_of(element: Element) -> str:
    if element.tag == _TEXT:
        return element.text or ""
    if element.tag == _BREAK:
        return "\n" if element.get(w("type")) in (None, "textWrapping") else ""
    if element.tag in _CHARACTERS:
        return _CHARACTERS[str(element.tag)]
    parent = element.getparent()
    return "\t" if element.tag == _TAB and parent is not None and parent.tag == w("r") else ""
