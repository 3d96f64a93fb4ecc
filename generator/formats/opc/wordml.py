"""WordprocessingML names and texts for all code that reads or writes a Word document."""

import re
from pathlib import PurePosixPath

from generator.formats.opc.xml import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{_TYPE}document.main+xml"
MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
STYLES_TYPE = f"{_TYPE}styles+xml"
NUMBERING_TYPE = f"{_TYPE}numbering+xml"
SETTINGS_TYPE = f"{_TYPE}settings+xml"
TEXT_TYPES = (MAIN_TYPE, *(f"{_TYPE}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes")))
# A tag of a template. None begins inside another: so a thousand half ones are not each looked for to the end.
TAG = re.compile(r"\{\{(?:(?!\{[{%#]).)*?\}\}|\{%(?:(?!\{[{%#]).)*?%\}|\{#(?:(?!\{[{%#]).)*?#\}", re.DOTALL)
# How the bookmark of a report's value starts in a part's XML. No text holds it: there a quotation mark is escaped.
BOOKMARK_START = ' w:name="g_'
_VALUE_BOOKMARK = re.compile(r"g_(\d{1,2}(?:_\d{1,2}){0,2})_([a-z_]+)")


def w(name: str) -> str:
    """Returns the tag of a WordprocessingML element or attribute: `w("p")` is `{http://…}p`."""
    return f"{{{W}}}{name}"


def part_stem(name: str) -> str:
    """How places name a part: `header1` of `word/header1.xml`."""
    return PurePosixPath(name).stem


def own_text(paragraph: Element) -> str:
    """A paragraph's text, without that of paragraphs in a text box of its own."""
    return "".join(text.text or "" for text in own_texts(paragraph))


def own_texts(paragraph: Element) -> list[Element]:
    """The w:t elements of a paragraph, without those of paragraphs in a text box of its own."""
    return [text for text in paragraph.iter(w("t")) if next(text.iterancestors(w("p")), None) is paragraph]


def value_bookmark(code: str, field: str) -> str:
    """Returns the name of the bookmark that encloses a goal's value: `g_01_02_degree` for the degree of 01.02."""
    return f"g_{code.replace('.', '_')}_{field}"


def read_value_bookmark(name: str) -> tuple[str, str] | None:
    """Returns the goal's code and the field of a bookmark; None if it encloses no value of a report."""
    match = _VALUE_BOOKMARK.fullmatch(name)
    return (match[1].replace("_", "."), match[2]) if match else None
