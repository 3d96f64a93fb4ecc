"""Prints a template with docxtpl itself, if it uses what docxtpl does after rendering: merged cells, runs.

docxtpl puts the printed parts into the package and mends the tables' columns. What it prints comes from `part_print`:
compiled in the sandbox, within the limits of time and size, each part once and only once.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.opc.part import Part
from docxtpl import DocxTemplate
from lxml import etree

from generator.errors import TemplateError
from generator.formats.docx.faults import NOT_MADE
from generator.formats.docx.opened_template import TextPart
from generator.formats.docx.part_print import CONTENTS, DECLARATION, print_part
from generator.formats.docx.printed_rows import joined
from generator.formats.docx.properties import CUSTOM_PROPERTIES
from generator.formats.docx.row_blocks import ROWS
from generator.formats.docx.sandbox import sandbox
from generator.formats.opc.package import in_order, read_parts
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element, parse_xml, to_xml
from generator.formats.opc.zip_writer import write_parts

# What docxtpl and python-docx raise where a package or a table is not as they expect.
_ODD = (AttributeError, LookupError, TypeError, ValueError, etree.LxmlError)


def print_with_docxtpl(shell: Mapping[str, bytes], texts: Mapping[str, TextPart], context: Mapping[str, Any]) -> bytes:
    """Returns the document (.docx).

    Args:
        shell: all parts of the package; those with tags as the author saved them.
        texts: the parts with tags, compiled.
        context: the fields' values.

    Raises:
        TemplateError: a tag cannot be printed, or docxtpl cannot put the parts together.
        StoppedTemplateError: the template takes too long or too much memory.
    """
    whole = {CUSTOM_PROPERTIES: _NO_PROPERTIES, **shell}
    template = _PreparedTemplate(write_parts((name, (whole[name],)) for name in in_order(whole)), texts)
    made = BytesIO()
    try:
        template.render(dict(context), sandbox(), autoescape=True)
        template.save(made)
    except _ODD as error:
        raise TemplateError(*NOT_MADE, said=str(error) or type(error).__name__) from error
    parts = read_parts(made.getvalue())  # python-docx writes the time into the package
    return write_parts((name, (parts[name],)) for name in in_order(parts))


class _PreparedTemplate(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template whose tags are prepared, and whose parts are printed by us.

    docxtpl would print notes once for each section, and so print what officers wrote as tags; it would fill the
    template's properties, which a report has of its own; and it would read `{_{` in officers' words as `{{`.
    """

    def __init__(self, package: bytes, texts: Mapping[str, TextPart]) -> None:
        super().__init__(BytesIO(package))
        self._texts = texts

    def build_xml(self, context: Mapping[str, Any], jinja_env: object = None) -> str:
        return self.render_xml_part(self.get_xml(), self.docx.part, context, jinja_env)

    def patch_xml(self, src_xml: str) -> str:
        return src_xml

    def render_xml_part(self, src_xml: str, part: Part, context: Mapping[str, Any], jinja_env: object = None) -> str:
        text = self._texts.get(str(part.partname).lstrip("/"))
        if text is None:
            return src_xml
        printed = (piece if isinstance(piece, bytes) else joined(piece) for piece in print_part(text, context))
        whole = b"".join(printed)  # the list of contents is known only after that
        return whole.replace(CONTENTS, context[ROWS].parts[text.name].contents).decode().removeprefix(DECLARATION)

    def map_tree(self, tree: Element) -> None:
        _order_cell_properties(tree)
        super().map_tree(tree if tree.tag == w("body") else tree.find(w("body")))

    def map_headers_footers_xml(self, relKey: str, xml: bytes) -> None:  # noqa: N803 - docxtpl's name
        root = parse_xml(xml)
        _order_cell_properties(root)
        super().map_headers_footers_xml(relKey, to_xml(root))

    def fix_docpr_ids(self, tree: Element) -> None:
        """The printer has numbered what it prints."""

    def render_properties(self, context: Mapping[str, Any], jinja_env: object = None) -> None:
        """A report has properties of its own."""

    def render_footnotes(self, context: Mapping[str, Any], jinja_env: object = None) -> None:
        """Prints footnotes and endnotes, each part once."""
        for part in self.docx.part.package.iter_parts():
            name = str(part.partname).lstrip("/")
            if name in self._texts and name.endswith("notes.xml"):
                part._blob = f"{DECLARATION}{self.render_xml_part('', part, context)}".encode()


def _order_cell_properties(root: Element) -> None:
    """docxtpl puts the properties of a cell that it adds before all others, where the schema does not have them."""
    for properties in root.iter(w("tcPr")):
        properties[:] = sorted(properties, key=_place_of_property)


def _place_of_property(child: Element) -> int:
    return _ORDER.index(str(child.tag)) if child.tag in _ORDER else len(_ORDER)


# Source: ISO/IEC 29500-1, 17.4.69, the order of what a cell's properties hold.
_ORDER = tuple(
    map(
        w,
        (
            *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar"),
            *("textDirection", "tcFitText", "vAlign", "hideMark"),
        ),
    )
)
_NO_PROPERTIES = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"/>'
)
