"""Checks whether a Word document is accessible: a report of ours, an edited one, or a template."""

from collections.abc import Callable, Iterator

from generator.formats.docx_accessibility.faults import DOCUMENT_RULES, DescribedFault, DocumentFault, describe
from generator.formats.docx_accessibility.lists import check_bullets
from generator.formats.docx_accessibility.model import DocumentContent
from generator.formats.docx_accessibility.package import (
    check_case_number,
    check_language,
    check_properties,
    check_title,
    check_title_style,
)
from generator.formats.docx_accessibility.reading import read_document
from generator.formats.docx_accessibility.structure import (
    check_alternative_texts,
    check_cells,
    check_floating,
    check_heading_rows,
    check_headings,
    check_tables,
)
from generator.formats.docx_accessibility.wording import (
    check_blanks,
    check_colour_alone,
    check_contrast,
    check_empty_paragraphs,
    check_links,
)
from generator.formats.opc.package import part_of_type, read_parts
from generator.formats.opc.wordml import MAIN_TYPE

__all__ = ["DOCUMENT_RULES", "DescribedFault", "DocumentFault", "check_document", "describe"]

CHECKS: tuple[Callable[[DocumentContent], Iterator[DocumentFault]], ...] = (
    check_title,
    check_language,
    check_properties,
    check_case_number,
    check_headings,
    check_heading_rows,
    check_cells,
    check_tables,
    check_alternative_texts,
    check_floating,
    check_empty_paragraphs,
    check_blanks,
    check_contrast,
    check_colour_alone,
    check_links,
    check_bullets,
    check_title_style,
)


def check_document(docx: bytes) -> tuple[DocumentFault, ...]:
    """Finds everything that makes a Word document hard to read for somebody; nothing if it is accessible.

    A document with tags and without bookmarks of a report is a template: tags count as text, and properties, which
    each report gets of its own, are not asked for. Officers' own words (bookmarks `g_…_narrative`, `g_…_main_risks`)
    answer for no blanks. In headers and footers, which are not read with the text, tables, tabs and floating
    pictures do no harm.

    Args:
        docx: the bytes of a .docx, from anywhere: it is read within bounds, without entities and network.

    Raises:
        PackageError: it is no .docx, it is damaged or protected, or it is too large.

    Source: act 306/2019, EN 301 549 clause 10, WCAG 2.1 AA; PDF/UA for what a PDF made of it takes over. DESIGN 5.
    """
    parts = read_parts(docx)
    part_of_type(parts, MAIN_TYPE)  # raises an error where it is no Word document
    reading = read_document(parts)
    return tuple(fault for check in CHECKS for fault in check(reading))
