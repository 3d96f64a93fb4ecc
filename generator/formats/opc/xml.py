"""Parses XML of Office files safely, since anyone may have made it, and writes it the same each time."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class PackageError(ValueError):
    """An Office file, or a part of it, cannot be read: it is damaged, protected, unsafe or of another kind."""


def parse_xml(content: bytes) -> Element:
    """Parses a part without its comments and processing instructions.

    Raises:
        PackageError: it is not well-formed, or it declares a document type.
    """
    return _parse(content, etree.XMLParser(remove_comments=True, remove_pis=True, **_SAFE))


def parse_xml_whole(content: bytes) -> Element:
    """Parses a part with its comments and processing instructions, so that it can be written back.

    Raises:
        PackageError: it is not well-formed, or it declares a document type.
    """
    return _parse(content, etree.XMLParser(**_SAFE))


def to_xml(root: Element | etree._ElementTree) -> bytes:
    """Writes a whole part as UTF-8 with its declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def to_text(element: Element) -> str:
    """Writes an element as XML, without a declaration and without the text that follows it."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def make_root(tag: str, **prefixes: str) -> Element:
    """Makes a root element (`{namespace}name`), whose own namespace has no prefix."""
    name = etree.QName(tag)
    own = f' xmlns="{name.namespace}"' if name.namespace else ""
    others = "".join(f' xmlns:{prefix}="{namespace}"' for prefix, namespace in prefixes.items())
    return etree.fromstring(f"<{name.localname}{own}{others}/>")


def add_element(
    parent: Element, tag: str, attributes: Mapping[str, str] = _NO_ATTRIBUTES, text: str | None = None
) -> Element:
    """Adds an element (`{namespace}name`) as the parent's last child."""
    made = etree.SubElement(parent, tag, dict(attributes))
    made.text = text
    return made


def children(parent: Element, tag: str) -> list[Element]:
    """Returns the parent's children with a tag."""
    return [child for child in parent if child.tag == tag]


def canonical_xml(element: Element) -> bytes:
    """Returns an element's content as canonical XML, the same for equal content (exclusive C14N)."""
    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)


_SAFE: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


def _parse(content: bytes, parser: etree.XMLParser) -> Element:
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError("a document type")
    return root
