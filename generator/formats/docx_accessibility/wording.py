"""Checks a document's text: empty paragraphs, blanks for layout, colours, links.

Officers' own words are printed as written, blanks included.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from generator.formats.docx_accessibility.colours import AUTO, contrast, is_grey
from generator.formats.docx_accessibility.faults import LEAST_CONTRAST, LEAST_CONTRAST_LARGE, DocumentFault
from generator.formats.docx_accessibility.model import DocumentContent, DocumentParagraph, Run, is_blank
from generator.formats.opc.wordml import TAG

# In a header, the usual way to the margin is a tab.
_REPEATED_IN_MARGIN = re.compile(r"[^\S\n\t]{2,}|\n[^\S\n]*\n")
_REPEATED = re.compile(r"[^\S\n]{2,}|\n[^\S\n]*\n")
# A tab before the text, or more than one in a line: indents and columns made by typing.
_TYPED_TABS = re.compile(r"^\t|\t[^\n]*\t", re.MULTILINE)
_STYLES_WITH_TABS = ("toc ", "table of figures", "index ", "footnote", "endnote")
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_EMPTY_WORDS = frozenset(
    (
        *("tästä", "tässä", "täältä", "täällä", "klikkaa", "klikkaa tästä", "klikkaa tätä", "lue lisää", "linkki"),
        *("här", "klicka här", "läs mer", "länk", "länken", "here", "click here", "read more", "more", "link"),
    )
)
_COLOURED_SIGNS = re.compile("[\U0001f534\U0001f535\U0001f7e0-\U0001f7eb]")
_SIGNS = ("So", "Sm", "Sk", "Co")
_BULLETS = "•·"


def check_empty_paragraphs(reading: DocumentContent) -> Iterator[DocumentFault]:
    before = ""
    for paragraph in reading.body:
        if not paragraph.is_blank:
            before = paragraph.text or before
        elif not paragraph.may_be_blank:
            yield paragraph.location.fault("paragraph-empty", before)


def check_blanks(reading: DocumentContent) -> Iterator[DocumentFault]:
    for paragraph in reading.paragraphs:
        text = _loose_text(paragraph, reading)
        repeated = _REPEATED_IN_MARGIN if paragraph.location.in_margin else _REPEATED
        if repeated.search(text) or _has_typed_tabs(text, paragraph):
            yield paragraph.location.fault("blanks-repeated", paragraph.text)


def check_contrast(reading: DocumentContent) -> Iterator[DocumentFault]:
    """Checks contrast; each pair of colours is reported once per style, since one change corrects them all."""
    seen: set[tuple[str, str, str, str | None]] = set()
    for paragraph in reading.paragraphs:
        for run in paragraph.runs:
            text_format = (paragraph.location.part, paragraph.style, run.colour, run.background)
            if text_format not in seen and _is_faint(run) and not is_blank(_loose_text(paragraph, reading)):
                seen.add(text_format)
                yield paragraph.location.fault("contrast-low", _contrast_text(run))


def check_colour_alone(reading: DocumentContent) -> Iterator[DocumentFault]:
    for paragraph in reading.body:
        if paragraph.location.in_cell and any(map(_is_coloured, paragraph.runs)) and _is_sign(paragraph.text):
            yield paragraph.location.fault("colour-alone", paragraph.text)


def check_links(reading: DocumentContent) -> Iterator[DocumentFault]:
    for paragraph in reading.paragraphs:
        for link in paragraph.links:
            words = link.strip(" .:>»→\u00a0").casefold()
            if is_blank(link) or words in _EMPTY_WORDS or _ADDRESS.fullmatch(link.strip()):
                yield paragraph.location.fault("link-without-words", link)


def _loose_text(paragraph: DocumentParagraph, reading: DocumentContent) -> str:
    """Returns the text whose blanks matter: an officer's words and a tag's value count as one letter."""
    runs = groupby(paragraph.runs, key=lambda run: run.is_own)
    text = "".join("x" if is_own else "".join(run.text for run in own) for is_own, own in runs)
    return TAG.sub(lambda tag: "x" if tag[0].startswith("{{") else "", text) if reading.is_template else text


def _has_typed_tabs(text: str, paragraph: DocumentParagraph) -> bool:
    """True if a line has typed tabs; in a table of contents or a note, the tab beside the number is usual."""
    if "\t" not in text or paragraph.location.in_margin or paragraph.style.startswith(_STYLES_WITH_TABS):
        return False
    return not paragraph.text_format.has_tab_stop or _TYPED_TABS.search(text) is not None


def _is_faint(run: Run) -> bool:
    if run.background is None or run.colour == AUTO or is_blank(run.text):
        return False
    return contrast(run.colour, run.background) < (LEAST_CONTRAST_LARGE if run.is_large else LEAST_CONTRAST)


def _contrast_text(run: Run) -> str:
    ratio = int(contrast(run.colour, run.background or "") * 10) / 10  # 4.49 must not be shown as 4.5
    return f"#{run.colour} / #{run.background}, {ratio} : 1, {run.text}"


def _is_coloured(run: Run) -> bool:
    return not is_blank(run.text) and (not is_grey(run.colour) or _COLOURED_SIGNS.search(run.text) is not None)


def _is_sign(text: str) -> bool:
    if any(character.isalnum() for character in text):
        return False
    return any(character in _BULLETS or unicodedata.category(character) in _SIGNS for character in text)
