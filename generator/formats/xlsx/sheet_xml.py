"""SpreadsheetML names, and the order of its elements."""

from generator.formats.opc.editing import UnpatchableError
from generator.formats.opc.xml import Element, children

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def add_in_order(parent: Element, tag: str, earlier: tuple[str, ...]) -> Element:
    """Adds an element after the last child of the main namespace that comes before it in the schema's sequence."""
    names = {f"{M}{name}" for name in earlier}
    place = max((index for index, child in enumerate(parent, start=1) if child.tag in names), default=0)
    made = parent.makeelement(tag, {}, None)
    parent.insert(place, made)
    return made


def first_child(parent: Element, tag: str) -> Element:
    """Returns the first child with a tag.

    Raises:
        UnpatchableError: there is none.
    """
    found = children(parent, tag)
    if not found:
        raise UnpatchableError(tag)
    return found[0]
