"""Pieces of WordprocessingML: a cell's value as paragraphs that look like their tag, in a bookmark of their own.

Every character of a value stands as it was given: `&`, `<`, line ends, tabs, blanks and `{{ }}` alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.domain.base.text import clean_text

_TEXT_START = '<w:t xml:space="preserve">'
_LINE_END = f"</w:t><w:br/>{_TEXT_START}"
_LINE_BREAK = "<w:r><w:br/></w:r>"
_TAB = f"</w:t><w:tab/>{_TEXT_START}"


class Role(StrEnum):
    """What a line is in its cell; the value is the name of the paragraph style that it takes in the template."""

    TEXT = ""  # the style in which the tag itself stands
    SPEAKER = "Puhuja"
    NOTE = "Huomautus"
    REMARK = "Selite"
    CHANGE = "Muutos"
    ANCESTOR = "Ylempi tavoite"
    CONTENTS_2 = "toc 2"
    CONTENTS_3 = "toc 3"


@dataclass(frozen=True, slots=True)
class CellParagraph:
    """One paragraph of a cell.

    `colour` is six hex digits, None for the style's own; `language` is a BCP 47 tag (fi-FI), or an empty
    string for the document's own.
    """

    text: str
    role: Role = Role.TEXT
    colour: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A cell: its value, which the bookmark (None: none) encloses, and the remarks below it."""

    value: tuple[CellParagraph, ...]
    remarks: tuple[CellParagraph, ...] = ()
    bookmark: str | None = None

    @property
    def longest(self) -> int:
        """The cell's length in characters, a line end being counted as a line of its own."""
        return sum(len(line.text) + _LINE * (1 + line.text.count("\n")) for line in (*self.value, *self.remarks))


@dataclass(frozen=True, slots=True)
class TagRunFormat:
    """The direct formatting of a tag's run (children of w:rPr), parted where the schema puts colour and language."""

    before: str = ""
    colour: str = ""
    after: str = ""
    language: str = ""
    last: str = ""

    def properties(self, colour: str | None = None, language: str = "") -> str:
        own_colour = f'<w:color w:val="{colour}"/>' if colour else self.colour
        own_language = f'<w:lang w:val="{language}"/>' if language else self.language
        inner = f"{self.before}{own_colour}{self.after}{own_language}{self.last}"
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""


@dataclass(frozen=True, slots=True)
class TagFormat:
    """How a tag stands in the template: its paragraph's w:pPr in each role, and its run's formatting."""

    paragraphs: Mapping[Role, str]
    run: TagRunFormat = TagRunFormat()


PLAIN = TagFormat(dict.fromkeys(Role, ""))


def paragraphs_xml(cell: Paragraphs, look: TagFormat, bookmark: tuple[str, str] = ("", "")) -> str:
    """The cell as w:p elements; the bookmark's start and end stand in the value's first and last paragraph."""
    runs = [_run(line, look) for line in cell.value]
    runs[0] = bookmark[0] + runs[0]
    runs[-1] += bookmark[1]
    runs += [_run(line, look) for line in cell.remarks]
    styles = look.paragraphs
    lines = (*cell.value, *cell.remarks)
    return "".join([f"<w:p>{styles[line.role]}{run}</w:p>" for line, run in zip(lines, runs, strict=True)])


def runs_xml(cell: Paragraphs, look: TagFormat, bookmark: tuple[str, str] = ("", "")) -> str:
    """The cell as runs of a paragraph that has other text too, each of its lines on a line of its own."""
    value, remarks = (tuple(_run(line, look) for line in lines) for lines in (cell.value, cell.remarks))
    return _LINE_BREAK.join((f"{bookmark[0]}{_LINE_BREAK.join(value)}{bookmark[1]}", *remarks))


def escape_text(text: str) -> str:
    """The text as XML holds it, in an element or an attribute; characters that XML cannot hold are left out."""
    clean = printed_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return clean.replace('"', "&quot;")


def printed_text(text: str) -> str:
    """The text as it can be read back from a document: without characters that XML cannot hold."""
    return text if text.isprintable() else clean_text(text)  # most are, and looking at each character takes long


def _run(line: CellParagraph, look: TagFormat) -> str:
    text = escape_text(line.text).replace("\n", _LINE_END).replace("\t", _TAB)
    return f"<w:r>{look.run.properties(line.colour, line.language)}{_TEXT_START}{text}</w:t></w:r>"


_LINE = 40
