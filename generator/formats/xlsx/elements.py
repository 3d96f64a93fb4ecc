"""Elements of a workbook's parts while they are parsed, by their names in the specification."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from generator.formats.opc.xml import Element

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


def unescaped(runs: list[str]) -> str:
    """Joins runs into one text without `_xHHHH_`, by which a workbook writes characters that XML cannot hold.

    Two escaped halves of a character join, and a single half becomes U+FFFD.

    Source: ECMA-376 part 1, §22.9.2.19 (ST_Xstring).
    """
    if "_x" not in "".join(runs):
        return "".join(runs)
    units = "".join(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), run) for run in runs)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
