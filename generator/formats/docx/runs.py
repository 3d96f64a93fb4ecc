"""Makes WordprocessingML: a cell's value as paragraphs with the format of their tag, in a bookmark.

Every character of a value stays as given: `&`, `<`, line ends, tabs, blanks and `{{ }}` alike.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

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


class CellParagraph(NamedTuple):
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
    """A cell or another text: its value, and the remarks below it.

    A bookmark of this goal's code and field encloses the value.
    """

    value: tuple[CellParagraph, ...]
    remarks: tuple[CellParagraph, ...] = ()
    bookmark: tuple[str, str] | None = None

    def __bool__(self) -> bool:
        """False if nothing is printed, so that a template can leave out the heading too."""
        return bool(self.value or self.remarks)


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


# One end of a bookmark: markup, words in it, markup.
_Mark: TypeAlias = tuple[str, str, str]
# The start and the end of a bookmark.
BookmarkPieces: TypeAlias = tuple[_Mark, _Mark]
_NO_MARK: _Mark = ("", "", "")
UNMARKED: BookmarkPieces = (_NO_MARK, _NO_MARK)
PLAIN = TagFormat(dict.fromkeys(Role, ""))


def paragraphs_xml(cell: Paragraphs, tag_format: TagFormat) -> str:
    """Makes the cell as w:p elements, without its bookmark."""
    return "".join(cell_pieces(clean_cell(cell), tag_format, UNMARKED))


def clean_cell(cell: Paragraphs) -> Paragraphs:
    """Returns the cell without characters that XML cannot hold."""
    for line in (*cell.value, *cell.remarks):
        if not line.text.isprintable():  # quick test, which most texts pass
            return Paragraphs(_clean_lines(cell.value), _clean_lines(cell.remarks), cell.bookmark)
    return cell


def _clean_lines(lines: tuple[CellParagraph, ...]) -> tuple[CellParagraph, ...]:
    return tuple(line._replace(text=clean_text(line.text)) for line in lines)


def cell_pieces(cell: Paragraphs, tag_format: TagFormat, marks: BookmarkPieces) -> list[str]:
    """Returns a clean cell as w:p elements in pieces; markup and words alternate.

    The bookmark starts in the value's first and ends in its last paragraph.
    """
    styles, properties = tag_format.paragraphs, tag_format.run.properties
    (before, end), pieces, last = marks, list[str](), len(cell.value) - 1
    for index, (text, role, colour, language) in enumerate((*cell.value, *cell.remarks)):
        after = end if index == last else _NO_MARK
        run = f"<w:r>{properties(colour, language)}{_TEXT_START}"
        pieces += (f"<w:p>{styles[role]}{before[0]}", before[1], f"{before[2]}{run}", *_words(text))
        pieces += (f"</w:t></w:r>{after[0]}", after[1], f"{after[2]}</w:p>", "")
        before = _NO_MARK
    return pieces


def runs_xml(cell: Paragraphs, look: TagFormat, marks: BookmarkPieces) -> str:
    """Returns a clean cell as runs, for a paragraph that has other text too; each text starts on a new line."""
    value, remarks = (tuple(_run(line, look) for line in lines) for lines in (cell.value, cell.remarks))
    start, end = map("".join, marks)
    return _LINE_BREAK.join((f"{start}{_LINE_BREAK.join(value)}{end}", *remarks))


def bookmark_pieces(name: str, number: int) -> BookmarkPieces:
    """Makes the start and the end of a bookmark; its number and name are words."""
    start = ('<w:bookmarkStart w:id="', f'{number}" w:name="{name}', '"/>')
    return start, ('<w:bookmarkEnd w:id="', str(number), '"/>')


def escape_text(text: str) -> str:
    """Escapes the text for XML elements and attributes, without characters that XML cannot hold."""
    return _escaped(printed_text(text))


def printed_text(text: str) -> str:
    """Returns the text as it can be read back from a document, without characters that XML cannot hold."""
    return text if text.isprintable() else clean_text(text)


def _escaped(clean: str) -> str:
    if "&" in clean:  # much quicker than a replace that finds nothing
        clean = clean.replace("&", "&amp;")
    if "<" in clean:
        clean = clean.replace("<", "&lt;")
    if ">" in clean:
        clean = clean.replace(">", "&gt;")
    return clean.replace('"', "&quot;") if '"' in clean else clean


def _run(line: CellParagraph, tag_format: TagFormat) -> str:
    run = tag_format.run.properties(line.colour, line.language)
    return f"<w:r>{run}{_TEXT_START}{''.join(_words(line.text))}</w:t></w:r>"


def _words(clean: str) -> Sequence[str]:
    """Returns a text in pieces, its line ends and tabs as markup: words and markup alternate."""
    words = _escaped(clean)
    if "\n" not in words and "\t" not in words:
        return (words,)
    return [_BREAKS.get(piece, piece) for piece in _BREAK.split(words)]


_BREAKS = {"\n": _LINE_END, "\t": _TAB}
_BREAK = re.compile("([\n\t])")
