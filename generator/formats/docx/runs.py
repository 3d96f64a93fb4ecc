"""Makes WordprocessingML: a cell's value as paragraphs with the format of their tag, in a bookmark.

Every character of a value stays as given: `&`, `<`, line ends, tabs, blanks and `{{ }}` alike.
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
    """The role of a line in its cell; the value is the name of its paragraph style in the template."""

    TEXT = ""  # the style of the tag itself
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
    """A cell: its value, enclosed by the bookmark (None: none), and the remarks below it."""

    value: tuple[CellParagraph, ...]
    remarks: tuple[CellParagraph, ...] = ()
    bookmark: str | None = None

    @property
    def longest(self) -> int:
        """The cell's length in characters; each line end counts as a whole line."""
        return sum(len(line.text) + _LINE * (1 + line.text.count("\n")) for line in (*self.value, *self.remarks))


@dataclass(frozen=True, slots=True)
class TagRunFormat:
    """The direct formatting of a tag's run (children of w:rPr), split where the schema has colour and language."""

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
    """The format of a tag: its paragraph's w:pPr in each role, and its run's formatting."""

    paragraphs: Mapping[Role, str]
    run: TagRunFormat = TagRunFormat()


PLAIN = TagFormat(dict.fromkeys(Role, ""))


def paragraphs_xml(cell: Paragraphs, tag_format: TagFormat, bookmark: tuple[str, str] = ("", "")) -> str:
    """Makes the cell as w:p elements; the bookmark starts in the value's first and ends in its last paragraph."""
    runs = [_run(line, tag_format) for line in cell.value]
    runs[0] = bookmark[0] + runs[0]
    runs[-1] += bookmark[1]
    runs += [_run(line, tag_format) for line in cell.remarks]
    styles = tag_format.paragraphs
    lines = (*cell.value, *cell.remarks)
    return "".join([f"<w:p>{styles[line.role]}{run}</w:p>" for line, run in zip(lines, runs, strict=True)])


def runs_xml(cell: Paragraphs, look: TagFormat, bookmark: tuple[str, str] = ("", "")) -> str:
    """The cell as runs of a paragraph that has other text too, each of its lines on a line of its own."""
    value, remarks = (tuple(_run(line, look) for line in lines) for lines in (cell.value, cell.remarks))
    return _LINE_BREAK.join((f"{bookmark[0]}{_LINE_BREAK.join(value)}{bookmark[1]}", *remarks))


def escape_text(text: str) -> str:
    """Escapes the text for XML elements and attributes, without characters that XML cannot hold."""
    clean = printed_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return clean.replace('"', "&quot;")


def printed_text(text: str) -> str:
    """Returns the text as it can be read back from a document, without characters that XML cannot hold."""
    return text if text.isprintable() else clean_text(text)  # most are, and looking at each character takes long


def _run(line: CellParagraph, tag_format: TagFormat) -> str:
    text = escape_text(line.text).replace("\n", _LINE_END).replace("\t", _TAB)
    return f"<w:r>{tag_format.run.properties(line.colour, line.language)}{_TEXT_START}{text}</w:t></w:r>"


_LINE = 40
