"""Marks the plan's words with their language if it is not the document's, for screen readers and hyphenation."""

import re

from generator.formats.docx.table_safety import put_before
from generator.formats.docx.tags import Tag
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element, add_element

_NAMED = re.compile(r"(\w+)\.(?:title|heading)|(division)\.label|(matter)\.text")
_DIVISION = re.compile(r"(?!labels\.)(\w+)\.division")
_OFFICERS = re.compile(r"(\w+)\.(?:officers|waiting)")
# Source: ISO/IEC 29500-1, 17.3.2.28, the order of what a run's properties hold.
_AFTER_LANGUAGE = (w("eastAsianLayout"), w("specVanish"), w("oMath"), w("rPrChange"))


def mark_languages(root: Element, tags: tuple[Tag, ...]) -> None:
    """Marks each run that prints only a goal's title, officers or a division with a language.

    Source: WCAG 2.1, 3.1.2.
    """
    fields = {tag.text: field for tag in tags if tag.is_value and (field := _language_field(tag.words))}
    if fields:
        for run in list(root.iter(w("r"))):
            printed = "".join(text.text or "" for text in run.iter(w("t"))).strip()
            if printed in fields:
                _mark(run, fields[printed])


def _language_field(words: str) -> str | None:
    """Returns the field with the language of another field's text; None if that has none."""
    if named := _NAMED.fullmatch(words):
        return f"{named[1] or named[2] or named[3]}.language"
    if division := _DIVISION.fullmatch(words):
        return f"{division[1]}.division_language"
    listed = _OFFICERS.fullmatch(words)
    return f"{listed[1]}.officers_language" if listed else None


def _mark(run: Element, field: str) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = add_element(run, w("rPr"))
        run.insert(0, properties)
    for own in properties.findall(w("lang")):
        properties.remove(own)
    language = add_element(properties, w("lang"), {w("val"): f"{{{{ {field} }}}}"})
    following = next((child for child in properties if child.tag in _AFTER_LANGUAGE), None)
    if following is not None:
        following.addprevious(language)
    put_before(language, f"{{% if {field} %}}")
    language.tail = "{% endif %}"
