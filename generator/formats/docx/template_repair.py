"""Repairs a template without telling its author, where nothing is lost: divided tags, comments, bookmarks in loops.

Tags that Word has divided are made whole; comments, authors' names and marks that may stand in a document only once
are left out.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.formats.docx.package import parse_xml
from generator.formats.opc.package import CONTENT_TYPES, parts_of_type
from generator.formats.opc.relationships import RELATIONSHIP, read_link
from generator.formats.opc.wordml import SETTINGS_TYPE, TAG, own_text, own_texts, read_value_bookmark, w
from generator.formats.opc.xml import Element, to_xml

_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OF_PEOPLE = tuple(
    f"{_WORDML}{kind}+xml" for kind in ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
)
_WRAPPERS, _WRAPPERS_PROPERTIES = (w("smartTag"), w("customXml")), (w("smartTagPr"), w("customXmlPr"))
_COMMENT_MARKS = tuple(map(w, ("commentRangeStart", "commentRangeEnd")))
# They track changes, ask each reader whether fields may be updated, and lock the template against changes.
_SWITCHES = tuple(map(w, ("trackRevisions", "updateFields", "documentProtection", "writeProtection")))
_BOOKMARKS = (w("bookmarkStart"), w("bookmarkEnd"))
# What Word needs of a content control only to fill it in anew, or to tell it from the others.
_OF_CONTROLS = tuple(map(w, ("dataBinding", "showingPlcHdr", "id")))
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_NOTE = re.compile(r"\s*(?:\{#.*?#\}\s*)+", re.DOTALL)
_ODD_BLANK = re.compile(
    "(\"[^\"]*\"|'[^']*'|“[^”]*”|‘[^’]*’)|([\u00ad\u200b\u2060\ufeff])|[\u00a0\u2000-\u200a\u202f\u3000]"
)
_LOOP = re.compile(r"\{%-?(?:p|tr|tc)?\s*(end)?for\b")


def without_comments(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Returns the parts without comments and their authors, and without the settings of `_SWITCHES`."""
    left_out = frozenset(parts_of_type(parts, *_OF_PEOPLE))
    kept = {name: part for name, part in parts.items() if name not in left_out}
    for name in parts_of_type(kept, SETTINGS_TYPE):
        root = parse_xml(kept[name])
        if _remove_all(root, *_SWITCHES):
            kept[name] = to_xml(root)
    return _without_links(kept, left_out) if left_out else kept


def mend_tags(root: Element) -> None:
    """Repairs a part of the template, in place, before its tags are read."""
    for wrapper in list(root.iter(*_WRAPPERS)):
        _unwrap(wrapper)
    for properties in root.iter(w("sdtPr")):
        _remove_all(properties, *_OF_CONTROLS)
    for paragraph in list(root.iter(w("p"))):
        _join_tags(paragraph)
        for piece in own_texts(paragraph):
            if piece.text and "{" in piece.text:
                piece.text = TAG.sub(_with_plain_blanks, piece.text)
        if "{#" in (text := own_text(paragraph)) and _NOTE.fullmatch(text):
            _remove_note(paragraph)
    _remove_repeated_bookmarks(root)


def _without_links(parts: Mapping[str, bytes], left_out: frozenset[str]) -> dict[str, bytes]:
    """Returns the parts without the relationships and content types of the parts that are left out."""
    kept = dict(parts)
    for name in parts:
        if name == CONTENT_TYPES or name.endswith(".rels"):
            root = parse_xml(parts[name])
            passing = [element for element in root if _target(element, name) in left_out]
            for element in passing:
                root.remove(element)
            kept[name] = to_xml(root) if passing else parts[name]
    return kept


def _target(element: Element, name: str) -> str:
    if element.tag != RELATIONSHIP:
        return str(element.get("PartName", "")).lstrip("/")
    of = PurePosixPath(name)
    return read_link(element, str(of.parent.parent / of.stem)).target


def _unwrap(wrapper: Element) -> None:
    """Replaces an element by its children."""
    parent = wrapper.getparent()
    if parent is not None:
        place = parent.index(wrapper)
        parent[place : place + 1] = [child for child in wrapper if child.tag not in _WRAPPERS_PROPERTIES]


def remove_comment_marks(root: Element) -> None:
    """Removes the marks at which comments stand."""
    _remove_all(root, *_COMMENT_MARKS)
    for reference in list(root.iter(w("commentReference"))):
        run = reference.getparent()
        if run is not None:
            run.remove(reference)
            if run.tag == w("r") and all(child.tag == w("rPr") for child in run):
                _remove(run)


def _join_tags(paragraph: Element) -> None:
    """Joins each tag that Word has split over several runs: all of its text goes to the run in which it begins.

    docxtpl would take away all that stands between the tag's pieces, also the ends of what encloses them.
    """
    texts = own_texts(paragraph)
    whole = "".join(text.text or "" for text in texts)
    if "{" not in whole or len(texts) == 1:
        return
    homes = _homes(texts)
    spans = [(match.start(), match.end()) for match in TAG.finditer(whole)]
    if all(homes[start] == homes[end - 1] for start, end in spans):
        return
    for start, end in spans:
        homes[start:end] = [homes[start]] * (end - start)
    for number, text in enumerate(texts):
        text.text = "".join(letter for letter, home in zip(whole, homes, strict=True) if home == number)
        text.set(_PRESERVE, "preserve")
    for link in [link for link in paragraph.iter(w("hyperlink")) if not any(link.itertext())]:
        _unwrap(link)  # a link that nobody could see


def _with_plain_blanks(tag: re.Match[str]) -> str:
    """Returns a tag with ordinary spaces and without invisible characters; quoted words stay as they are."""
    return _ODD_BLANK.sub(lambda found: found[1] or ("" if found[2] else " "), tag[0])


def _homes(texts: list[Element]) -> list[int]:
    """Returns, for each letter of the joined texts, the index of the text that it comes from."""
    return [number for number, text in enumerate(texts) for _ in text.text or ""]


def _remove_note(paragraph: Element) -> None:
    """Removes a paragraph that holds nothing but `{# #}`; one that its cell or section needs is emptied."""
    parent = paragraph.getparent()
    if parent is None:
        return
    is_needed = paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None or paragraph.getnext() is None
    if is_needed and parent.tag != w("body"):
        for text in own_texts(paragraph):
            text.text = ""
    elif paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None:
        parent.remove(paragraph)


def _remove_repeated_bookmarks(root: Element) -> None:
    """Leaves out bookmarks inside loops, which would repeat their names, and those that name goals' values."""
    passing = {mark.get(w("id")) for mark in _marks_in_loops(root)}
    passing |= {mark.get(w("id")) for mark in root.iter(_BOOKMARKS[0]) if read_value_bookmark(str(mark.get(w("name"))))}
    for mark in list(root.iter(*_BOOKMARKS)) if passing else []:
        if mark.get(w("id")) in passing:
            _remove(mark)


def _marks_in_loops(root: Element) -> Iterator[Element]:
    depth = 0
    for element in root.iter(w("t"), *_BOOKMARKS):
        if element.tag != w("t"):
            yield from (element,) if depth else ()
        elif element.text and "for" in element.text:
            depth += sum(-1 if match[1] else 1 for match in _LOOP.finditer(element.text))


def _remove_all(root: Element, *tags: str) -> bool:
    """Removes every element with one of the tags; True where there was one."""
    found = list(root.iter(*tags))
    for element in found:
        _remove(element)
    return bool(found)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
