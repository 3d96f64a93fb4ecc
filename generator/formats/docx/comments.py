"""Writes Word comments into a copy of a template: one for each fault, where it stands."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import cast

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph
from lxml import etree

from generator.disk.digests import sha256_of
from generator.errors import TemplateError
from generator.formats.docx.faults import NOT_A_DOCUMENT, TemplateComment
from generator.formats.docx.forbidden_parts import COMMENT_AUTHOR, require_transitional
from generator.formats.docx.package import parse_xml, read_package
from generator.formats.opc.package import in_order, parts_of_type, read_parts
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element, PackageError, add_element, to_xml
from generator.formats.opc.zip_writer import write_parts

_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_VERSION = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}version"
_MARK = "seuranta "
_PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = map(w, ("p", "tbl", "tr", "tc", "txbxContent"))
# What python-docx raises where a package is not as it expects.
_UNREADABLE = (AttributeError, LookupError, TypeError, ValueError, etree.LxmlError)


def with_comments(template: bytes, comments: tuple[TemplateComment, ...]) -> bytes:
    """A copy of a template with comments; those of an earlier copy are replaced, and people's own stay.

    Raises:
        TemplateError: it cannot be opened.
    """
    require_transitional(read_package(template))
    try:
        document = Document(BytesIO(template))
        _remove_ours(document)
        anchors = _Anchors(document.element.body)
        for comment in comments:
            _add(document, anchors.of(comment), comment.text)
        copy = BytesIO()
        document.core_properties.version = _MARK
        document.save(copy)
    except _UNREADABLE as error:
        raise TemplateError(*NOT_A_DOCUMENT) from error
    return _with_mark(read_parts(copy.getvalue()))


def is_copy_unchanged(docx: bytes) -> bool:
    """True if the file is a commented copy of ours that nobody has saved since."""
    try:
        parts = read_parts(docx)
        versions = [item.text for name in _core(parts) for item in parse_xml(parts[name]).iter(_VERSION)]
    except (PackageError, TemplateError):
        return False
    return versions == [_mark(parts)]


class _Anchors:
    """Finds the paragraphs of a body where comments stand."""

    def __init__(self, body: Element) -> None:
        self._paragraphs = list(body.iter(_PARAGRAPH))
        self._tables = list(body.iter(_TABLE))
        self._outside = [each for each in self._paragraphs if next(each.iterancestors(_CELL, _PARAGRAPH), None) is None]

    def of(self, comment: TemplateComment) -> Element:
        """The paragraph; Word has no comments in text boxes, so the one to which the box belongs."""
        found = self._numbered(comment.paragraph) if comment.paragraph else self._placed(comment.place)
        paragraph = found if found is not None else self._paragraphs[0]
        boxes = list(paragraph.iterancestors(_BOX))
        return next(boxes[-1].iterancestors(_PARAGRAPH), self._paragraphs[0]) if boxes else paragraph

    def _numbered(self, number: int) -> Element | None:
        return self._paragraphs[number - 1] if number <= len(self._paragraphs) else None

    def _placed(self, place: str | None) -> Element | None:
        steps = dict(step.split(" ", 1) for step in (place or "").split(", ") if " " in step)
        if "table" in steps:
            return self._in_table(*(int(steps.get(name, "1")) for name in ("table", "row", "cell")))
        number = steps.get("paragraph")
        return _member(self._outside, int(number)) if number else None

    def _in_table(self, table: int, row: int, cell: int) -> Element | None:
        found = _member(self._tables, table)
        for name, number in ((_ROW, row), (_CELL, cell)):
            found = None if found is None else _member(list(_children(found, name)), number)
        return None if found is None else next(found.iter(_PARAGRAPH), None)


def _member(elements: list[Element], number: int) -> Element | None:
    return elements[number - 1] if 0 < number <= len(elements) else None


def _children(holder: Element, name: str) -> Iterator[Element]:
    """A table's rows or a row's cells, also those in content controls, without those of inner tables."""
    return (each for each in holder.iter(name) if next(each.iterancestors(holder.tag), None) is holder)


def _add(document: DocumentObject, element: Element, text: str) -> None:
    paragraph = Paragraph(cast(CT_P, element), document)  # python-docx parsed it, so it is of its class
    runs = paragraph.runs or [paragraph.add_run()]
    comment = document.add_comment(runs, text, author=COMMENT_AUTHOR, initials=COMMENT_AUTHOR[0])
    written: Element = comment._comment_elm
    written.attrib.pop(w("date"), "")
    references = (mark.getparent() for mark in element.iter(w("commentReference")))
    for holder in (written, *references):
        _remove_styles(holder)


def _remove_styles(holder: Element | None) -> None:
    """Takes away the names of Word's own styles for comments: few templates have these styles."""
    for style in list(() if holder is None else holder.iter(w("pStyle"), w("rStyle"))):
        _remove(style)


def _remove_ours(document: DocumentObject) -> None:
    ours = {comment.comment_id: comment._comment_elm for comment in document.comments if _is_ours(comment.author)}
    for comment in ours.values():
        _remove(comment)
    for mark in list(document.element.body.iter(*map(w, ("commentRangeStart", "commentRangeEnd", "commentReference")))):
        if int(mark.get(w("id"), "-1")) in ours:
            _remove(mark if mark.tag != w("commentReference") else mark.getparent())


def _is_ours(author: str) -> bool:
    return author == COMMENT_AUTHOR


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _with_mark(parts: Mapping[str, bytes]) -> bytes:
    marked = dict(parts)
    for name in _core(parts):
        root = parse_xml(parts[name])
        version = root.find(_VERSION)
        (add_element(root, _VERSION) if version is None else version).text = _mark(parts)
        marked[name] = to_xml(root)
    return write_parts((name, (marked[name],)) for name in in_order(marked))


def _mark(parts: Mapping[str, bytes]) -> str:
    """What a copy says of itself: the digest of all its parts but the properties, in which it stands."""
    core = _core(parts)
    digests = "".join(f"{name} {sha256_of(parts[name])}\n" for name in sorted(parts) if name not in core)
    return f"{_MARK}{sha256_of(digests.encode())}"


def _core(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    return parts_of_type(parts, _CORE_TYPE)
