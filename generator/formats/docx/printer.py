"""Prints the values of `{{p …}}` tags in the format of each tag, and gives out unique numbers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from markupsafe import Markup

from generator.formats.docx.chart import Chart, ChartPlace, drawing_xml
from generator.formats.docx.contents import Contents, ContentsEntry, contents_xml, language_of_runs, text_of_runs
from generator.formats.docx.faults import TemplatePlace
from generator.formats.docx.printed_rows import CONTENTS_MARK
from generator.formats.docx.runs import (
    UNMARKED,
    BookmarkPieces,
    CellParagraph,
    Paragraphs,
    TagFormat,
    bookmark_pieces,
    cell_pieces,
    clean_cell,
    runs_xml,
)
from generator.formats.docx.value_marks import TITLE, value_mark

# Numbers below are for headings and drawings. Three levels of 101 codes and nine fields make less than ten million.
_FIRST_VALUE_ID = 2**24
_KEEP_WITH_NEXT = "<w:keepNext/>"


@dataclass(slots=True)
class Apart:
    """The values of a row that is printed by itself, by bookmark, and whether other documents can use the row."""

    values: dict[str, str] = field(default_factory=dict)
    is_repeatable: bool = True


class Printer:
    """Makes the WordprocessingML of one document's tags: with unique ids, and with its headings for the contents.

    `values` are the texts that bookmarks enclose, by the bookmarks' names, in all parts. `last_rows` are the codes of
    council-term goals without goals below: their row is the last of its table, and need not stay with what follows.
    """

    def __init__(self, formats: tuple[TagFormat, ...], first_id: int, page: ChartPlace) -> None:
        self._formats = formats
        self._ids = count(first_id)
        self._first_value_id = max(_FIRST_VALUE_ID, first_id + _FIRST_VALUE_ID // 16)
        self._page = page
        self.values: dict[str, str] = {}
        self.last_rows: frozenset[str] = frozenset()
        self._apart: Apart | None = None
        self.place_reached: Callable[[], TemplatePlace] = lambda: TemplatePlace("document")
        self._headings: list[ContentsEntry] = []
        self._titled: set[str] = set()
        self._title_end = Markup("")
        self._contents: int | None = None

    @contextmanager
    def apart(self) -> Iterator[Apart]:
        """Collects the values that are printed inside the `with` block, instead of adding them to the document's."""
        self._apart = Apart()
        try:
            yield self._apart
        finally:
            self._apart = None

    def __call__(self, value: Paragraphs | Chart | Contents | str, tag_number: int) -> Markup:
        """Makes the paragraphs of a `{{p …}}` tag; `tag_number` is the tag's number."""
        if isinstance(value, Contents):
            return self._hold_place(tag_number)
        if isinstance(value, Chart):
            return Markup(drawing_xml(value, self._formats[tag_number], self._page, self._next_id()))
        return Markup("".join(self.cell_pieces(value, tag_number)))

    def cell_pieces(self, value: Paragraphs | str, tag_number: int) -> list[str]:
        """Returns the paragraphs of a `{{p …}}` tag as pieces: markup and words alternate."""
        clean = _clean(value)
        cell = self._under_heading(clean)
        pieces = cell_pieces(cell, self._formats[tag_number], self._bookmark(cell))
        if clean.bookmark and clean.bookmark[0] in self.last_rows and self._apart is None:
            return [piece.replace(_KEEP_WITH_NEXT, "") for piece in pieces]
        return pieces

    def runs(self, value: object, tag_number: int) -> Markup:
        """Makes the runs of a `{{r …}}` tag; raises TypeError for a value that is no text."""
        if isinstance(value, Chart | Contents | tuple):
            raise TypeError("whole paragraphs" if not isinstance(value, tuple) else "a list or a group of fields")
        cell = self._under_heading(_clean(value))
        return Markup(runs_xml(cell, self._formats[tag_number], self._bookmark(cell)))

    def start_title(self, code: str, title: str) -> Markup:
        """Starts the bookmark of a goal's title in its heading; the goal's own row then prints the code alone."""
        if code in self._titled:
            return Markup("")
        self._titled.add(code)
        start, end = (
            "".join(mark) for mark in self._bookmark(_clean(Paragraphs((CellParagraph(title),), (), (code, TITLE))))
        )
        self._title_end = Markup(end)
        return Markup(start)

    def end_title(self) -> Markup:
        """Ends the bookmark that `start_title` has started last, if it has started one."""
        end, self._title_end = self._title_end, Markup("")
        return end

    def heading(self, runs: str, level: int) -> Markup:
        """Makes a heading's runs in a bookmark for the contents' link; level 1 is the title, which has no link."""
        text = text_of_runs(runs)
        if level == 1 or not text:
            return Markup(runs)
        number = self._next_id()
        heading = ContentsEntry(text, level, f"_Toc{len(self._headings) + 1:09d}", language_of_runs(runs))
        self._headings.append(heading)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{heading.anchor}"/>'
        return Markup(f'{start}{runs}<w:bookmarkEnd w:id="{number}"/>')

    def take_contents(self) -> str:
        """Returns the list of contents of the part that was just printed; empty if the part has no place for it."""
        if self._contents is None:
            return ""
        contents = contents_xml(self._headings, self._formats[self._contents])
        self._contents = None
        return contents

    def _under_heading(self, cell: Paragraphs) -> Paragraphs:
        """Returns the cell of a goal's title as its code alone, if the title was printed in a heading."""
        code, field = cell.bookmark or ("", "")
        if field != TITLE or code not in self._titled:
            return cell
        if self._apart:
            self._apart.is_repeatable = False
        return Paragraphs((CellParagraph(code),))

    def _hold_place(self, tag_number: int) -> Markup:
        """Marks the place of the contents; a second list of contents prints nothing."""
        if self._contents is not None:
            return Markup("")
        self._contents = tag_number
        return Markup(CONTENTS_MARK)

    def _bookmark(self, cell: Paragraphs) -> BookmarkPieces:
        if cell.bookmark is None:
            return UNMARKED
        name, number = value_mark(*cell.bookmark)
        if name in self.values:
            if self._apart:
                self._apart.is_repeatable = False
            return UNMARKED
        values = self._apart.values if self._apart else self.values
        if name in values:
            return UNMARKED
        values[name] = "\n".join([line.text for line in cell.value])
        return bookmark_pieces(name, self._next_id() if number is None else self._first_value_id + number)

    def _next_id(self) -> int:
        if self._apart:
            self._apart.is_repeatable = False
        return next(self._ids)


def _clean(value: object) -> Paragraphs:
    return clean_cell(value if isinstance(value, Paragraphs) else Paragraphs((CellParagraph(str(value)),)))
