"""Reads one paragraph: its text in pieces, its links, its pictures and other objects."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.formats.opc.wordml import read_value_bookmark, w
from generator.formats.opc.xml import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The fields that print an officer's own words as written.
_OWN_WORDS = ("narrative", "main_risks")
_SHAPES = frozenset(
    f"{_VML}{name}" for name in ("shape", "rect", "roundrect", "oval", "line", "polyline", "arc", "curve", "image")
) | {f"{_VML}group"}
BOX = w("txbxContent")


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of text in one formatting; `is_own` where it is an officer's own words."""

    text: str
    properties: Element | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class DocumentObject:
    """A picture, chart, shape or other object; `is_described` where it has an alternative text or needs none."""

    name: str
    is_described: bool
    is_floating: bool


@dataclass(slots=True)
class Content:
    """A paragraph's content, filled during reading; `boxes` are the text boxes in it, which are read separately.

    `is_own` where an officer's own words go on from the paragraph before.
    """

    pieces: list[TextPiece] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    objects: list[DocumentObject] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    is_own: bool = False
    has_break: bool = False
    has_formula: bool = False

    @property
    def is_text_only(self) -> bool:
        return not (self.objects or self.has_break or self.has_formula)

    def text_from(self, start: int) -> str:
        return "".join(piece.text for piece in self.pieces[start:])


@dataclass(slots=True)
class _FieldCode:
    """A field made with w:fldChar: its instruction and its result."""

    code: str = ""
    is_result: bool = False
    texts: list[str] = field(default_factory=list)


class ContentReader:
    """Reads the paragraphs of a part in order: bookmarks and fields may continue from one to the next."""

    def __init__(self) -> None:
        self.has_our_marks = False
        self._own_words: set[str | None] = set()
        self._fields: list[_FieldCode] = []
        self._content = Content()
        self._readers: Mapping[object, Callable[[Element], None]] = {
            w("r"): self._read_run,
            w("bookmarkStart"): self._start_mark,
            w("bookmarkEnd"): self._end_mark,
            w("hyperlink"): self._read_link,
            w("fldSimple"): self._read_simple_field,
            f"{_MATH}oMath": self._see_formula,
            f"{_MATH}oMathPara": self._see_formula,
            **dict.fromkeys(map(w, ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml")), self._read_within),
            **dict.fromkeys(map(w, ("bdo", "dir")), self._read_within),
        }
        self._run_readers: Mapping[object, Callable[[Element], None]] = {
            w("br"): self._see_break,
            w("fldChar"): self._read_field_mark,
            w("instrText"): self._read_field_code,
            w("drawing"): self._read_drawing,
            w("pict"): self._read_picture,
            w("object"): self._read_picture,
            f"{_MC}AlternateContent": self._read_alternative,
        }

    def read(self, paragraph: Element) -> Content:
        self._content = Content(is_own=bool(self._own_words))
        self._read_within(paragraph)
        return self._content

    def read_mark(self, mark: Element) -> None:
        """A bookmark's start or end between paragraphs."""
        self._readers[mark.tag](mark)

    def _start_mark(self, mark: Element) -> None:
        name = str(mark.get(_NAME))
        value = read_value_bookmark(name)
        self.has_our_marks = self.has_our_marks or value is not None
        if value and value[1] in _OWN_WORDS:
            self._own_words.add(mark.get(_ID))

    def _end_mark(self, mark: Element) -> None:
        self._own_words.discard(mark.get(_ID))

    def _read_within(self, holder: Element) -> None:
        for child in holder:
            reader = self._readers.get(child.tag)
            if reader:
                reader(child)

    def _read_link(self, link: Element) -> None:
        start, objects = len(self._content.pieces), len(self._content.objects)
        self._read_within(link)
        if len(self._content.objects) == objects:
            self._content.links.append(self._content.text_from(start))

    def _read_simple_field(self, simple: Element) -> None:
        is_link = _is_link(str(simple.get(w("instr"))))
        (self._read_link if is_link else self._read_within)(simple)

    def _see_formula(self, _: Element) -> None:
        self._content.has_formula = True

    def _read_run(self, run: Element) -> None:
        texts: list[str] = []
        for child in run:
            text = _text_of(child)
            if text is not None:
                texts.append(text)
            elif child.tag in self._run_readers:
                self._run_readers[child.tag](child)
        if texts:
            self._add("".join(texts), run.find(_R_PR))

    def _add(self, text: str, properties: Element | None) -> None:
        self._content.pieces.append(TextPiece(text, properties, bool(self._own_words)))
        for open_field in self._fields:
            if open_field.is_result:
                open_field.texts.append(text)

    def _see_break(self, _: Element) -> None:
        self._content.has_break = True

    def _read_field_mark(self, mark: Element) -> None:
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(_FieldCode())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if _is_link(ended.code):
                self._content.links.append("".join(ended.texts))

    def _read_field_code(self, code: Element) -> None:
        if self._fields:
            self._fields[-1].code += code.text or ""

    def _read_alternative(self, alternative: Element) -> None:
        """Reads the first of several forms of the same object, which is the one that newer programs show."""
        for child in next(iter(alternative), ()):
            if child.tag in self._run_readers:
                self._run_readers[child.tag](child)

    def _read_drawing(self, drawing: Element) -> None:
        self._content.boxes += drawing.iter(BOX)
        for holder in drawing.iterchildren(f"{_WP}inline", f"{_WP}anchor"):
            self._content.objects.append(_drawn(holder))

    def _read_picture(self, picture: Element) -> None:
        """Reads VML, which older programs write for pictures and embedded objects."""
        self._content.boxes += picture.iter(BOX)
        for child in picture:
            if child.tag in _SHAPES:
                self._content.objects.append(_vml(child))
            elif child.tag == w("drawing"):
                self._read_drawing(child)


def _text_of(element: Element) -> str | None:
    """Returns the text that a child of a run stands for; None if it stands for something else, or nothing."""
    tag = element.tag
    if tag == _T:
        text = element.text or ""
        return text if element.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
    if tag == _BR:
        return "\n" if element.get(w("type")) in (None, "textWrapping") else None
    if tag == _SYM:
        return _symbol(str(element.get(w("char"))))
    return _CHARACTERS.get(tag)


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else "\ufffd"


def _is_link(code: str) -> bool:
    return code.split()[:1] == ["HYPERLINK"]


def _drawn(holder: Element) -> DocumentObject:
    about = holder.find(f"{_WP}docPr")
    described = about is not None and bool(str(about.get("descr") or "").strip())
    decorative = any(mark.get("val") in ("1", "true") for mark in holder.iter(_DECORATIVE))
    name = "" if about is None else str(about.get("name") or "")
    return DocumentObject(name or "drawing", described or decorative or _has_text(holder), holder.tag == f"{_WP}anchor")


def _vml(shape: Element) -> DocumentObject:
    described = bool(str(shape.get("alt") or "").strip()) or shape.get(f"{_OFFICE}hr") in ("t", "true")
    style = str(shape.get("style") or "").replace(" ", "")
    return DocumentObject(str(shape.get("id") or "shape"), described or _has_text(shape), "position:absolute" in style)


def _has_text(shape: Element) -> bool:
    """True if a shape is a text box, whose text describes it."""
    return any((text.text or "").strip() for box in shape.iter(BOX) for text in box.iter(_T))


_T, _BR, _SYM = w("t"), w("br"), w("sym")
_NAME, _ID, _R_PR = w("name"), w("id"), w("rPr")
_CHARACTERS: Mapping[object, str] = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("pgNum"): "1",
    w("footnoteRef"): "1",
    w("endnoteRef"): "1",
    w("separator"): "-",
    w("continuationSeparator"): "-",
}
