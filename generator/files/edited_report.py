"""What a report that somebody has edited says otherwise than ours, by the bookmarks that enclose each value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.domain.status import Difference
from generator.errors import TemplateError
from generator.files.word.package import MAIN_TYPE, Element, parse_xml, parts_of_type, read_package
from generator.files.word.tags import w

_VALUE = re.compile(r"g_(\d\d(?:_\d\d){0,2})_([a-z_]+)")


def differences(edited: bytes, ours: bytes) -> tuple[Difference, ...] | None:
    """Where two reports differ: the goals' values in their order, and last, without a code, whatever else they say.

    None where the edited one is no Word document that can be read, or has lost the bookmarks of its values.
    """
    try:
        theirs, own = _read(edited), _read(ours)
    except TemplateError:
        return None
    if own.values and not theirs.values:
        return None
    names = (*own.values, *(name for name in theirs.values if name not in own.values))
    changed = (name for name in names if own.values.get(name) != theirs.values.get(name))
    found = tuple(Difference(match[1].replace("_", "."), match[2]) for name in changed if (match := _VALUE.match(name)))
    return found if theirs.others == own.others else (*found, Difference("", ""))


@dataclass(frozen=True, slots=True)
class _Said:
    """A document's values by their bookmarks, and its other paragraphs."""

    values: Mapping[str, str]
    others: tuple[str, ...]


def _read(docx: bytes) -> _Said:
    parts = read_package(docx)
    body = parse_xml(parts[parts_of_type(parts, MAIN_TYPE)[0]])
    values: dict[str, str] = {}
    others: list[str] = []
    for names, text in _paragraphs(body):
        if not names and text:
            others.append(text)
        for name in names:
            values[name] = f"{values[name]}\n{text}" if name in values else text
    return _Said(values, tuple(others))


def _paragraphs(body: Element) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each paragraph's text, and the bookmarks of values in which it stands.

    Word begins and ends a bookmark between paragraphs too, and LibreOffice begins one twice.
    """
    inside: dict[str, str] = {}
    names: dict[str, None] = {}
    text = ""
    for element in body.iter():
        if element.tag == w("p"):
            yield tuple(names), text
            names, text = dict.fromkeys(inside.values()), ""
        elif element.tag == w("bookmarkStart") and _VALUE.fullmatch(name := str(element.get(w("name")))):
            inside[str(element.get(w("id")))] = name
            names |= {name: None} if next(element.iterancestors(w("p")), None) is not None else {}
        elif element.tag == w("bookmarkEnd"):
            ended = inside.get(str(element.get(w("id"))))
            inside = {number: open_name for number, open_name in inside.items() if open_name != ended}
        else:
            text += _text_of(element)
    yield tuple(names), text


def _text_of(element: Element) -> str:
    if element.tag == w("t"):
        return element.text or ""
    if element.tag == w("br"):
        return "\n" if element.get(w("type")) in (None, "textWrapping") else ""
    parent = element.getparent()
    return "\t" if element.tag == w("tab") and parent is not None and parent.tag == w("r") else ""
