"""The notes of one worksheet: a person's own are kept, ours stand behind them and can be taken back.

Ours begins with a line such as `Virhe 3` and ends with `— Seuranta`, whereby it is known again in any language and
whatever row it has moved to. Threaded comments lie in parts of their own, which nobody touches here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from generator.domain.base.rule import Severity
from generator.domain.base.settings import Language
from generator.domain.submission.feedback import NOTE_END
from generator.formats.opc.editing import Package
from generator.formats.opc.xml import Element, add_element, children, make_root
from generator.formats.xlsx.book import require_cell
from generator.formats.xlsx.note_boxes import Boxes, new_boxes, parse_boxes
from generator.formats.xlsx.sheet_xml import LINK_ID, SPACE, M, add_in_order, first_child
from generator.i18n.words import Words

AUTHOR = "Seuranta"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
# ECMA-376 part 1, §18.3.1.99: what stands before a worksheet's link to the boxes of its notes.
_BEFORE_DRAWING = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """What we say on a cell: the number of a line of the feedback, its kind in words, and its sentences."""

    number: int
    kind: str
    text: str

    @property
    def heading(self) -> str:
        return f"{self.kind} {self.number}"


class Notes:
    """The notes of a worksheet's part."""

    def __init__(self, package: Package, sheet: str) -> None:
        self._package, self._sheet = package, sheet
        self._part = next((link.target for link in package.links(sheet) if link.kind == "comments"), None)
        root = package.root(self._part) if self._part else _no_comments()
        self._root, self._listed = root, first_child(root, f"{M}commentList")
        self._by_cell = {comment.get("ref", ""): comment for comment in children(self._listed, f"{M}comment")}

    def take_back(self) -> dict[str, int]:
        """Removes what we said before; the cells it stood on, with the numbers of their lines."""
        ours = {cell: blocks for cell, comment in self._by_cell.items() if (blocks := _our_blocks(_text(comment)))}
        for cell, blocks in ours.items():
            self._package.change(self._part or "")
            for block in reversed(blocks):
                _cut(self._by_cell[cell], block)
            self._remove_if_empty(cell)
        return {cell: blocks[0].number for cell, blocks in ours.items()}

    def add(self, cell: str, notes: Iterable[Note]) -> None:
        """Says something on a cell (`F12`), behind what is said there already."""
        comment = self._by_cell[cell] if cell in self._by_cell else self._new_comment(cell)
        self._package.change(self._part or "")
        text = first_child(comment, f"{M}text")
        for note in notes:
            _say(text, note)
        place = require_cell(cell)
        self._boxes.ensure(place.row, place.column, _text(comment))

    def _remove_if_empty(self, cell: str) -> None:
        if not _text(self._by_cell[cell]).strip():
            self._listed.remove(self._by_cell.pop(cell))
            place = require_cell(cell)
            self._boxes.remove(place.row, place.column)

    def _new_comment(self, cell: str) -> Element:
        if self._part is None:
            self._part = self._package.free_name("xl/comments", ".xml")
            self._package.add(self._part, self._root, _COMMENTS_TYPE)
            self._package.link(self._sheet, "comments", self._part)
        made = add_element(self._listed, f"{M}comment", {"ref": cell, "authorId": str(_author(self._root))})
        add_element(made, f"{M}text")
        self._by_cell[cell] = made
        return made

    @cached_property
    def _boxes(self) -> Boxes:
        """The sheet's drawing, which holds its buttons too and may be there without a note."""
        sheet = self._package.root(self._sheet)
        for drawing in children(sheet, f"{M}legacyDrawing"):
            targets = {link.id: link.target for link in self._package.links(self._sheet)}
            part = targets.get(drawing.get(LINK_ID, ""), "")
            return Boxes(self._package.change(part, parse_boxes), sheet)
        part = self._package.free_name("xl/drawings/vmlDrawing", ".vml")
        self._package.add(part, new_boxes(), _DRAWING_TYPE)
        link_id = self._package.link(self._sheet, "vmlDrawing", part)
        add_in_order(self._package.change(self._sheet), f"{M}legacyDrawing", _BEFORE_DRAWING).set(LINK_ID, link_id)
        return Boxes(self._package.root(part), sheet)


@dataclass(frozen=True, slots=True)
class _OurText:
    """Where in a note's text we speak, from the blank line before it on, and of which line of the feedback."""

    start: int
    end: int
    number: int


def _our_blocks(text: str) -> list[_OurText]:
    blocks: list[_OurText] = []
    at = 0
    while heading := _heading().search(text, at):
        end = text.find(f"\n{NOTE_END}", heading.end())
        if end < 0:
            break
        at = end + 1 + len(NOTE_END)
        blocks.append(_OurText(heading.start(), at, int(heading["number"])))
    return blocks


@cache
def _heading() -> re.Pattern[str]:
    asked = (Severity.ERROR, Severity.QUESTION)
    kinds = sorted({Words(language)(kind).capitalize() for language in Language for kind in asked})
    return re.compile(rf"(?:^|\n\n?)(?:{'|'.join(map(re.escape, kinds))}) (?P<number>[0-9]{{1,6}})(?=\r?\n)")


def _no_comments() -> Element:
    root = make_root(f"{M}comments")
    add_element(root, f"{M}authors")
    add_element(root, f"{M}commentList")
    return root


def _author(root: Element) -> int:
    authors = first_child(root, f"{M}authors")
    names = [author.text for author in children(authors, f"{M}author")]
    if AUTHOR not in names:
        add_element(authors, f"{M}author", text=AUTHOR)
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _texts(comment: Element) -> list[Element]:
    """The text elements of a note, run by run, without how it is pronounced."""
    text = first_child(comment, f"{M}text")
    return [one for run in (text, *children(text, f"{M}r")) for one in children(run, f"{M}t")]


def _text(comment: Element) -> str:
    return "".join(one.text or "" for one in _texts(comment))


def _say(text: Element, note: Note) -> None:
    for plain in children(text, f"{M}t"):  # text and runs do not stand side by side
        run = make_root(f"{M}r")
        text.insert(0, run)
        run.append(plain)
    before = "\n\n" if children(text, f"{M}r") else ""
    _add_run(text, f"{before}{note.heading}", is_bold=True)
    _add_run(text, f"\n{note.text}\n{NOTE_END}", is_bold=False)


def _add_run(text: Element, words: str, *, is_bold: bool) -> None:
    run = make_root(f"{M}r")
    look = add_element(run, f"{M}rPr")
    if is_bold:
        add_element(look, f"{M}b")
    for name, value in (("sz", "9"), ("color", "81"), ("rFont", "Tahoma"), ("family", "2")):
        add_element(look, f"{M}{name}", {"indexed" if name == "color" else "val": value})
    add_element(run, f"{M}t", {SPACE: "preserve"}, words)
    later = [*children(text, f"{M}rPh"), *children(text, f"{M}phoneticPr")]
    text.insert(text.index(later[0]) if later else len(text), run)


def _cut(comment: Element, block: _OurText) -> None:
    """Takes letters out of a note's text, and the runs that are empty then."""
    at = 0
    for one in _texts(comment):
        words = one.text or ""
        one.text = words[: max(block.start - at, 0)] + words[max(block.end - at, 0) :]
        at += len(words)
        run = one.getparent()
        if not one.text and run is not None and run.tag == f"{M}r":
            first_child(comment, f"{M}text").remove(run)
