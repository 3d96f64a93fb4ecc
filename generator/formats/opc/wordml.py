"""Names and texts of WordprocessingML that everything that reads a Word document needs."""

import re

from generator.formats.opc.xml import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN_TYPE = f"{_TYPE}document.main+xml"
STYLES_TYPE = f"{_TYPE}styles+xml"
SETTINGS_TYPE = f"{_TYPE}settings+xml"
TEXT_TYPES = (MAIN_TYPE, *(f"{_TYPE}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes")))
# A tag of a template.
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def w(name: str) -> str:
    """The tag of a WordprocessingML element or attribute: `w("p")` is `{http://…}p`."""
    return f"{{{W}}}{name}"


def own_text(paragraph: Element) -> str:
    """A paragraph's text, without that of paragraphs in a text box of its own."""
    return "".join(
        text.text or "" for text in paragraph.iter(w("t")) if next(text.iterancestors(w("p")), None) is paragraph
    )
