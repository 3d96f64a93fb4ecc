"""Elements of a workbook's parts while they are parsed, by their names in the specification."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias, TypeVar

from generator.formats.opc.xml import Element

T = TypeVar("T")

TRUE = {"1", "true"}
Elements: TypeAlias = Iterator[tuple[str, Element]]  # with their local names
_STANDARDS = r"http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)"  # transitional, strict
_KNOWN = re.compile(rf"\{{{_STANDARDS}/(?:spreadsheetml|package|officeDocument)/.*\}}(.*)")


def is_inside(element: Element, name: str) -> bool:
    """True if the element's parent has this name."""
    parent = element.getparent()
    return parent is not None and local_name(parent.tag) == name


@lru_cache(maxsize=256)
def local_name(tag: str) -> str:
    """Returns an element's name; an empty string if it is none of a workbook's."""
    known = _KNOWN.fullmatch(tag)
    return known[1] if known else ""


def read_tabs(found: Elements, make_tab: Callable[[Element], T]) -> tuple[tuple[T, ...], bool]:
    """Reads the workbook's own part: each sheet as `make_tab` makes it, and whether days are counted from 1904."""
    tabs: list[T] = []
    from_1904 = False
    for name, element in found:
        if name == "sheet":
            tabs.append(make_tab(element))
        elif name == "workbookPr":
            from_1904 = element.get("date1904") in TRUE
    return tuple(tabs), from_1904
