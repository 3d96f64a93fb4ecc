"""Finds what neither a template nor a report may contain: tracked changes, active fields, embedded programs."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import Fault, make_error
from generator.formats.docx.places import Places
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_CHANGES = (
    *map(
        w,
        (
            *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
            *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange"),
            *("trPrChange", "tcPrChange", "moveFromRangeStart", "moveToRangeStart", "customXmlInsRangeStart"),
            *("customXmlDelRangeStart", "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart"),
        ),
    ),
    *(f"{_WORD_2010}{name}" for name in ("conflictIns", "conflictDel")),
)
_TEXTS = (w("t"), w("delText"))
_COMMENTS = tuple(map(w, ("commentReference", "commentRangeStart")))
_OBJECTS = (*map(w, ("object", "control", "altChunk", "subDoc")), "{urn:schemas-microsoft-com:office:office}OLEObject")
_SIMPLE, _CODE, _MARK, _KIND = w("fldSimple"), w("instrText"), w("fldChar"), w("fldCharType")
_TABLE = w("tbl")
# What a field of a council's document may do: number its pages, refer to its own parts, print its own properties.
QUIET_FIELDS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "TC", "XE", "INDEX", "PAGEREF", "REF", "NOTEREF"),
        *("HYPERLINK", "STYLEREF", "SEQ", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "DOCPROPERTY", "LISTNUM"),
        *("=", "IF", "QUOTE", "SYMBOL", "EQ", "ADVANCE", "CITATION", "BIBLIOGRAPHY"),
    }
)
# These print something else each time the document is opened: a question.
PASSING_FIELDS = frozenset(
    {
        *("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM"),
        *("NUMWORDS", "NUMCHARS", "FILESIZE", "FILENAME"),
    }
)
# These show a property as it was when the template was saved, until a reader updates them: a question.
_PROPERTY_FIELDS = frozenset({"TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "DOCPROPERTY"})
_FIRST_WORD = re.compile(r"\s*(=|[^\s\\\"]+)")


@dataclass(frozen=True, slots=True)
class WordField:
    """A Word field: its code, and the element in which it begins."""

    code: str
    element: Element

    @property
    def name(self) -> str:
        """`PAGE` of ` page \\* MERGEFORMAT `; an empty string where the code has no word."""
        found = _FIRST_WORD.match(self.code)
        return found[1].upper() if found else ""


@dataclass(slots=True)
class _OpenField:
    element: Element
    pieces: list[str] = field(default_factory=list)
    is_code: bool = True


def forbidden_faults(root: Element, part: str) -> tuple[TemplateError, ...]:
    """Yields an error for each forbidden thing in a part, with its place; one error for each kind at a place."""
    places = Places(root, part)
    found: Iterator[TemplateError] = (fault for check in _CHECKS for fault in check(root, places))
    return tuple({(fault.message, str(fault)): fault for fault in found}.values())


def changing_fields(root: Element, part: str) -> Iterator[TemplateError]:
    """Yields a question for each field that changes when the report is opened, such as the date, or is out of date."""
    places = Places(root, part)
    for each in field_codes(root):
        if each.name in PASSING_FIELDS:
            yield make_error(PASSING_FIELD, places.of(each.element), name=each.name)
        elif each.name in _PROPERTY_FIELDS:
            yield make_error(PROPERTY_FIELD, places.of(each.element), name=each.name)
    for control in root.iter(w("sdt")):
        text = "".join(piece.text or "" for piece in control.iter(w("t"))).strip()
        if text and "{" not in text and _is_filled_by_word(control):
            yield make_error(CONTROL_TEXT, places.of(control), text=text)


def _is_filled_by_word(control: Element) -> bool:
    """True if a content control shows its placeholder, or a property of the template."""
    return any(control.find(f"{w('sdtPr')}/{w(name)}") is not None for name in ("showingPlcHdr", "dataBinding"))


def field_codes(root: Element) -> Iterator[WordField]:
    """Yields every Word field of a part, also if its code is split over runs or contains other fields."""
    opened: list[_OpenField] = []
    for element in root.iter(_SIMPLE, _CODE, _MARK):
        if element.tag == _SIMPLE:
            yield WordField(str(element.get(w("instr"), "")), element)
        elif element.tag == _CODE and opened:
            opened[-1].pieces += [element.text or ""] if opened[-1].is_code else []
        elif element.tag == _CODE:
            yield WordField(element.text or "", element)
        elif element.get(_KIND) == "begin":
            opened.append(_OpenField(element))
        elif opened and element.get(_KIND) == "separate":
            opened[-1].is_code = False
        elif opened and element.get(_KIND) == "end":
            ended = opened.pop()
            yield WordField("".join(ended.pieces), ended.element)
    yield from (WordField("".join(left.pieces), left.element) for left in opened)


def remove_unread_text(root: Element) -> None:
    """Removes deleted text and tags in field codes: they have errors of their own and must not be read as text."""
    for deleted in list(root.iter(w("del"), w("moveFrom"))):
        parent = deleted.getparent()
        if parent is not None and parent.tag not in (w("rPr"), w("trPr")):
            parent.remove(deleted)
    for code in root.iter(_CODE):
        code.text = (code.text or "").replace("{", "").replace("}", "")
    for simple in root.iter(_SIMPLE):
        simple.set(w("instr"), str(simple.get(w("instr"), "")).replace("{", "").replace("}", ""))


def _tracked_changes(root: Element, places: Places) -> Iterator[TemplateError]:
    for change in root.iter(*_CHANGES):
        text = "".join(piece.text or "" for piece in change.iter(*_TEXTS))
        place = places.of(change)
        yield make_error(TRACKED_WORDS if text.strip() else TRACKED, place, text=text.strip())


def _comments(root: Element, places: Places) -> Iterator[TemplateError]:
    yield from (make_error(COMMENT, places.of(mark)) for mark in root.iter(*_COMMENTS))


def _active_fields(root: Element, places: Places) -> Iterator[TemplateError]:
    for each in field_codes(root):
        if "{{" in each.code or "{%" in each.code:
            yield make_error(TAG_IN_FIELD, places.of(each.element), name=" ".join(each.code.split()))
        elif each.name not in QUIET_FIELDS | PASSING_FIELDS:
            yield make_error(ACTIVE_FIELD, places.of(each.element), name=each.name or "?")


def _fields_around_tables(root: Element, places: Places) -> Iterator[TemplateError]:
    """Tables in a field: Word hides what stands in its code, and writes over what it shows."""
    depth = 0
    for element in root.iter(_MARK, _TABLE):
        if element.tag == _MARK:
            depth = max(0, depth + {"begin": 1, "end": -1}.get(str(element.get(_KIND)), 0))
        elif depth:
            yield make_error(FIELD_AROUND, places.of(element))


def _objects(root: Element, places: Places) -> Iterator[TemplateError]:
    for element in root.iter(*_OBJECTS):
        if next(element.iterancestors(w("object")), None) is None:
            place = places.of(element)
            behind = "" if place.near or place.table else places.text_after(element)
            yield make_error(OBJECT_BEFORE, replace(place, near=behind)) if behind else make_error(OBJECT, place)


_CHECKS: tuple[Callable[[Element, Places], Iterator[TemplateError]], ...] = (
    _tracked_changes,
    _comments,
    _active_fields,
    _fields_around_tables,
    _objects,
)

TRACKED_WORDS = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a tracked change: “{text}”. The cell reads: {near}"),
    N_("{part}: a tracked change: “{text}”. The paragraph reads: {near}"),
    N_("Accept or reject the changes in Word: Review, Accept, Accept All Changes and Stop Tracking."),
)
TRACKED = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a tracked change of the layout. The cell reads: {near}"),
    N_("{part}: a tracked change of the layout. The paragraph reads: {near}"),
    N_("Accept or reject the changes in Word: Review, Accept, Accept All Changes and Stop Tracking."),
)
COMMENT = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a comment. The cell reads: {near}"),
    N_("{part}: a comment. The paragraph reads: {near}"),
    N_("Delete the comment: Review, Delete."),
)
ACTIVE_FIELD = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a report may not hold the field {name}. The cell reads: {near}"),
    N_("{part}: a report may not hold the field {name}. The paragraph reads: {near}"),
    N_("Click the field, press Ctrl+Shift+F9 to make it text, or delete it. Page numbers and references may stay."),
)
PASSING_FIELD = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the field {name} prints something else each time the report "
        "is opened. The cell reads: {near}"
    ),
    N_("{part}: the field {name} prints something else each time the report is opened. The paragraph reads: {near}"),
    N_("For the report’s own date write {{{{ date }}}} in its place."),
)
PROPERTY_FIELD = Fault(
    N_(
        "{part}, table {table}, row {row}, cell {cell}: the field {name} shows a property as it was in the template. "
        "The cell reads: {near}"
    ),
    N_("{part}: the field {name} shows a property as it was in the template. The paragraph reads: {near}"),
    N_("Write a tag in its place, for example {{{{ title }}}} or {{{{ case_number }}}}."),
)
CONTROL_TEXT = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: the report would show the content control’s text “{text}”."),
    N_("{part}: the report would show the content control’s text “{text}”."),
    N_("If that is not meant, write a tag in the content control, or delete it."),
)
TAG_IN_FIELD = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a tag stands in the code of a field: {name}"),
    N_("{part}: a tag stands in the code of a field: {name}"),
    N_("Show the field codes with Alt+F9, and write the tag as text outside the field."),
)
FIELD_AROUND = Fault(
    N_("{part}, table {table}: the table stands inside a field, which hides it or writes over it. It begins: {near}"),
    N_("{part}: a table stands inside a field, which hides it or writes over it."),
    N_("Show the field codes with Alt+F9, and delete the field that begins before the table."),
)
OBJECT = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: an embedded object or another file. The cell reads: {near}"),
    N_("{part}: an embedded object or another file. The paragraph reads: {near}"),
    N_("Put it in the template as a picture or as text: copy it, then Paste Special."),
)
_BEFORE = N_("{part}: an embedded object or another file stands before the paragraph that reads: {near}")
OBJECT_BEFORE = Fault(_BEFORE, _BEFORE, OBJECT.advice)
