"""A Word document for the checks: paragraphs, tables and objects in order, each text with its format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.formats.docx_accessibility.faults import DocumentFault
from generator.formats.docx_accessibility.run_format import DocumentStyles, RunFormat
from generator.formats.docx_accessibility.text import DocumentObject
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.xml import Element, parse_xml

LONGEST_VALUE = 200  # characters
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*")


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a document; `in_margin`: in a header or footer, which is not read aloud with the text."""

    part: str
    place: str | None = None
    in_margin: bool = False
    in_cell: bool = False

    def fault(self, rule: str, value: str = "") -> DocumentFault:
        return DocumentFault(rule, self.part, self.place, _shortened(value))


@dataclass(frozen=True, slots=True)
class Run:
    """A text in one format; `background` is the colour behind it, None if unknown.

    `is_own` if it is an officer's own words, printed as written.
    """

    text: str
    is_own: bool
    colour: str
    background: str | None
    is_large: bool


@dataclass(frozen=True, slots=True)
class DocumentParagraph:
    """A paragraph; `style` is the style's name in lower case.

    `may_be_blank` where Word does not let the paragraph be removed, an officer wrote it so, or its text is hidden.
    """

    location: Location
    style: str
    text_format: RunFormat
    runs: tuple[Run, ...]
    links: tuple[str, ...]
    is_text_only: bool
    may_be_blank: bool

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])

    @property
    def is_blank(self) -> bool:
        return self.is_text_only and is_blank(self.text)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell; `is_continued` if the merged cell above or before covers it."""

    location: Location
    text: str
    is_blank: bool
    is_merged: bool
    is_continued: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `is_tag` if a template's row has only a tag and disappears when the tag is read."""

    cells: tuple[TableCell, ...]
    is_header: bool
    is_tag: bool


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table; `is_described` if it has an alternative text."""

    location: Location
    rows: tuple[Row, ...]
    is_nested: bool
    is_floating: bool
    is_described: bool

    @property
    def beginning(self) -> str:
        """The text of the table's first row."""
        return " ".join(cell.text for row in self.rows[:1] for cell in row.cells)


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """The whole document; `parts` are its unchanged parts by name."""

    paragraphs: tuple[DocumentParagraph, ...]
    tables: tuple[DocumentTable, ...]
    objects: tuple[tuple[Location, DocumentObject], ...]
    styles: DocumentStyles
    parts: Mapping[str, bytes]
    is_template: bool

    @property
    def body(self) -> tuple[DocumentParagraph, ...]:
        """Returns the paragraphs that are read aloud as the document."""
        return tuple(paragraph for paragraph in self.paragraphs if not paragraph.location.in_margin)


def _shortened(value: str) -> str:
    """Returns a value on one line, at most `LONGEST_VALUE` characters."""
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def is_blank(text: str) -> bool:
    """True if nothing of a text is visible."""
    return _INVISIBLE.fullmatch(text) is not None


def root_of(parts: Mapping[str, bytes], kind: str) -> Element | None:
    """Returns the root of the first part of a content type; None if there is none."""
    return next((parse_xml(parts[name]) for name in parts_of_type(parts, kind)), None)
