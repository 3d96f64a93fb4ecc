"""Relationships of a package's parts: which part leads to which."""

import posixpath
from dataclasses import dataclass

from generator.formats.opc.xml import Element

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: `kind` as of `link_kind`, `target` a part without leading slash."""

    id: str
    kind: str
    target: str


def relationships_part(part: str) -> str:
    """The name of the part that holds a part's relationships; those of the package for an empty string."""
    return "/_rels/".join(posixpath.split(part)).lstrip("/") + ".rels"


def read_link(element: Element, part: str) -> Link:
    """A relationship of a part; its target is relative to the part's folder."""
    target = posixpath.join("/", posixpath.dirname(part), element.get("Target", "").replace("\\", "/"))
    return Link(element.get("Id", ""), link_kind(element), posixpath.normpath(target).lstrip("/"))


def link_kind(element: Element) -> str:
    """The last word of a relationship's type, in small letters and without hyphens: `hyperlink`.

    The strict types of ISO 29500 have no hyphens where the transitional ones have them.
    """
    return element.get("Type", "").rpartition("/")[2].replace("-", "").lower()
