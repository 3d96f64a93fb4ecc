"""Finds text that its author meant as a tag: a field in single braces, and a second list of contents."""

import re
from collections.abc import Iterator
from functools import cache

from generator.domain.base.rule import N_
from generator.errors import TemplateError
from generator.formats.docx.faults import Fault, make_error
from generator.formats.docx.fields import list_fields
from generator.formats.docx.places import Places
from generator.formats.docx.tags import Tag
from generator.formats.opc.wordml import TAG, own_text, w
from generator.formats.opc.xml import Element

_SINGLE = re.compile(r"(?<![{%#])\{\s*(?:(?:p|tr|tc)\s+)?([a-z_]+(?:\.[a-z_]+)*)\s*\}(?![}])")


def brace_faults(root: Element, part: str) -> Iterator[TemplateError]:
    """Yields an error for each field in single braces (`{ title }`), which would be printed as it is."""
    places = Places(root, part)
    for paragraph in root.iter(w("p")):
        text = own_text(paragraph)
        for found in _SINGLE.finditer(TAG.sub(" ", text)) if "{" in text else ():
            if found[1] in _field_names():
                yield make_error(SINGLE_BRACES, places.of(paragraph), text=found[0], example=f"{{{{ {found[1]} }}}}")


def contents_faults(tags: tuple[Tag, ...]) -> Iterator[TemplateError]:
    """Yields an error for a list of contents after another, which would print nothing; one inside an `if` may."""
    depth, has_list = 0, False
    for tag in tags:
        depth += (tag.keyword == "if") - (tag.keyword == "endif")
        if tag.is_value and tag.words == "contents":
            if has_list and not depth:
                yield make_error(SECOND_CONTENTS, tag.place)
            has_list = True


@cache
def _field_names() -> frozenset[str]:
    return frozenset(field.name for field in list_fields())


SINGLE_BRACES = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: “{text}” would be printed as it is. The cell reads: {near}"),
    N_("{part}: “{text}” would be printed as it is. The paragraph reads: {near}"),
    N_("A tag has two braces at each end: {example}"),
)
SECOND_CONTENTS = Fault(
    N_("{part}, table {table}, row {row}, cell {cell}: a second list of contents, which would print nothing."),
    N_("{part}: a second list of contents, which would print nothing. The paragraph reads: {near}"),
    N_("Leave one list of contents in the template."),
)
