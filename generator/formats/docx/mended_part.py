"""Reads a part of the template: repairs what can be repaired safely, and finds what is forbidden in it."""

from dataclasses import dataclass

from generator.errors import TemplateError
from generator.formats.docx.forbidden_content import forbidden_faults, remove_unread_text
from generator.formats.docx.loose_braces import brace_faults
from generator.formats.docx.package import parse_text_part
from generator.formats.docx.places import number_paragraphs
from generator.formats.docx.template_repair import mend_tags, remove_comment_marks
from generator.formats.opc.xml import Element, to_xml


@dataclass(frozen=True, slots=True)
class MendedPart:
    """A repaired part whose tags can be read; its paragraphs have the numbers of the author's file, see `places`."""

    root: Element
    is_changed: bool
    faults: tuple[TemplateError, ...]


def mended_part(content: bytes, part: str) -> MendedPart:
    """Parses and repairs a part (`document`, `header1`).

    Raises:
        TemplateError: it is not well-formed, or too large.
    """
    root = parse_text_part(content)
    number_paragraphs(root)
    before = to_xml(root)
    remove_comment_marks(root)
    faults = forbidden_faults(root, part)
    remove_unread_text(root)
    mend_tags(root)
    return MendedPart(root, to_xml(root) != before, (*faults, *brace_faults(root, part)))
