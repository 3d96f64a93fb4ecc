"""The list of contents: a real Word field that is written with its entries, so Word need not update it.

Page numbers are left out (`\\n`): only the program that lays the pages out knows them, and a wrong one helps nobody.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.formats.docx.runs import Role, TagFormat
from generator.formats.docx.tags import Tag
from generator.formats.opc.wordml import own_text, w
from generator.formats.opc.xml import Element

HEADING = "_heading"
_ROLES = {2: Role.CONTENTS_2, 3: Role.CONTENTS_3}
_LANGUAGE = re.compile(r'<w:lang w:val="([^"]+)"')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:br|tab)(?: [^>]*)?/>")


@dataclass(frozen=True, slots=True)
class Contents:
    """The value of the field that prints the list of contents."""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading as printed: its text as XML holds it, its level (2, 3) and its bookmark."""

    text: str
    level: int
    anchor: str
    language: str = ""


def mark_headings(root: Element, tags: tuple[Tag, ...], levels: Mapping[str, int]) -> None:
    """Makes each heading give its text to the printer when it is printed; `levels` by the styles' ids."""
    whole = {tag.element for tag in tags if tag.letters == "p"} | _half_blocks(tags)
    for paragraph in root.iter(w("p")):
        properties = paragraph.find(w("pPr"))
        style = None if properties is None else properties.find(w("pStyle"))
        level = 0 if style is None else levels.get(str(style.get(w("val"))), 0)
        if level in (1, *_ROLES) and paragraph not in whole and own_text(paragraph) and properties is not None:
            properties.tail = f"{{% set {HEADING}_ %}}"
            paragraph[-1].tail = f"{{% endset %}}{{{{ {HEADING}_|{HEADING}({level}) }}}}"


def _half_blocks(tags: tuple[Tag, ...]) -> set[Element]:
    """The paragraphs in which a block begins or ends that does not end or begin there: what they print has no end."""
    depths: dict[Element, int] = {}
    for tag in tags:
        depths[tag.element] = depths.get(tag.element, 0) + tag.opens - tag.keyword.startswith("end")
    return {element for element, depth in depths.items() if depth}


def text_of_runs(runs: str) -> str:
    """Returns the text of printed runs, as XML has it, on one line."""
    return " ".join("".join(match[1] or " " for match in _TEXT.finditer(runs)).split())


def language_of_runs(runs: str) -> str:
    """Returns the language of printed runs; an empty string if it is the document's."""
    found = _LANGUAGE.search(runs)
    return found[1] if found else ""


def contents_xml(headings: Sequence[ContentsEntry], tag_format: TagFormat) -> str:
    """Makes the list as paragraphs, each with a link to its heading; empty if there is no heading."""
    paragraphs = [_entry(heading, tag_format) for heading in headings]
    if not paragraphs:
        return ""
    paragraphs[0] = paragraphs[0].replace("<w:hyperlink", f"{_BEGIN}<w:hyperlink", 1)
    paragraphs[-1] = paragraphs[-1].removesuffix("</w:p>") + f"{_END}</w:p>"
    return "".join(paragraphs)


_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "2-3" \\n \\h \\z '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _entry(heading: ContentsEntry, tag_format: TagFormat) -> str:
    properties = tag_format.run.properties(language=heading.language)
    run = f'<w:r>{properties}<w:t xml:space="preserve">{heading.text}</w:t></w:r>'
    link = f'<w:hyperlink w:anchor="{heading.anchor}" w:history="1">{run}</w:hyperlink>'
    return f"<w:p>{tag_format.paragraphs[_ROLES[heading.level]]}{link}</w:p>"
