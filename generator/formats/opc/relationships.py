"""Relationships between the parts of a package."""

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
    """Returns the name of the part with a part's relationships; for an empty string, with the package's."""
    return "/_rels/".join(posixpath.split(part)).lstrip("/") + ".rels"


def read_link(element: Element, part: str) -> Link:
    """Reads a relationship of a part; its target is relative to the part's folder."""
    target = posixpath.join("/", posixpath.dirname(part), element.get("Target", "").replace("\\", "/"))
    return Link(element.get("Id", ""), link_kind(element), posixpath.normpath(target).lstrip("/"))


def link_kind(element: Element) -> str:
    """Returns the last word of a relationship's type, in small letters and without hyphens: `hyperlink`.

    The strict types of ISO 29500 have no hyphens where the transitional ones have them.
    """
    return element.get("Type", "").rpartition("/")[2].replace("-", "").lower()
