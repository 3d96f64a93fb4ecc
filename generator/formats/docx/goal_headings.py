"""Puts the bookmark of a council-term goal's title into its heading, so that its row need not repeat the title."""

import re
from collections.abc import Mapping

from generator.formats.docx.table_safety import put_before
from generator.formats.docx.tags import Tag
from generator.formats.opc.wordml import w
from generator.formats.opc.xml import Element

# The filters that print the two ends of the bookmark; they are given what a loop over `sections` goes over.
TITLE_START, TITLE_END = "_title_start", "_title_end"
_HEADING = re.compile(r"(\w+)\.heading")


def mark_goal_headings(tags: tuple[Tag, ...], levels: Mapping[str, int]) -> bool:
    """Encloses each run of a heading that prints a section's heading; True if there is one.

    `levels` are those of the styles, by id.
    """
    has_heading = False
    for tag in tags:
        found = _HEADING.fullmatch(tag.words) if tag.is_value and not tag.letters else None
        if found and _is_heading(tag.element, levels):
            for run in _runs_with(tag):
                has_heading = True
                put_before(run, f"{{{{ {found[1]}|{TITLE_START} }}}}")
                run.tail = f"{{{{ {found[1]}|{TITLE_END} }}}}{run.tail or ''}"
    return has_heading


def _is_heading(paragraph: Element, levels: Mapping[str, int]) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and str(style.get(w("val"))) in levels


def _runs_with(tag: Tag) -> list[Element]:
    """Returns the run that prints the tag, as a list that is empty if the tag is in no run."""
    texts = (text for text in tag.element.iter(w("t")) if tag.text in (text.text or ""))
    return [run for text in texts for run in text.iterancestors(w("r"))][:1]
