"""The answer to a save with errors or questions: the officer's own workbook, with each of them marked in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import TypeAlias

from generator.domain.base.finding import Finding
from generator.domain.base.rule import Severity
from generator.domain.base.text import clean_text
from generator.domain.submission.feedback import Feedback, FeedbackRow, feedback_rows, feedback_sheets
from generator.domain.submission.identity_codes import places_of_codes
from generator.domain.submission.workbook import Unreadable
from generator.formats.opc.editing import FAULTS, Package
from generator.formats.opc.xml import Element
from generator.formats.xlsx.book import PatchedBook, SheetCells, Tab
from generator.formats.xlsx.cell_marks import StyleTable
from generator.formats.xlsx.feedback_sheet import (
    HEADING_ROW,
    SHEET,
    advice_words,
    feedback_headings,
    feedback_sheet,
    kind_words,
)
from generator.formats.xlsx.masking import mask_codes
from generator.formats.xlsx.notes import Note, Notes
from generator.formats.xlsx.reader import read_workbook
from generator.formats.xlsx.workbook_mark import marked_bytes
from generator.i18n.advice import advice
from generator.i18n.words import Words

_Numbered: TypeAlias = tuple[int, Finding]


def answer_workbook(data: bytes, feedback: Feedback, words: Words, *, stamp: str) -> bytes | None:
    """Returns the officer's workbook with every error and question marked, explained and listed.

    Each cell gets our fill and keeps the rest of its look; a note on it, after a person's own, says what is wrong.
    A first sheet, on which the workbook opens, lists all with links and a column for replies. What an earlier answer of
    ours put in is taken out first: its sheet, its notes, its fills (the cell's own comes back). All other parts are
    copied byte for byte, so that drop-downs, conditional formats, drawings, tables, protection, macros and hidden
    sheets stay. Properties stay too, and our mark joins them. Only a digital signature goes: it would be broken. Where
    a personal identity code stands, it is masked.

    Args:
        data: a workbook that `read_workbook` reads; not trusted.
        feedback: what `make_feedback` gave; places as the reader names them (sheet, `F12`).
        stamp: which save is answered, signed, as `AnswerStamp.text` writes it.

    Returns:
        The workbook's bytes, the same for the same arguments; or None where it cannot be changed safely (strict, shared
        with a log of changes, a part larger than 8 MiB, parts missing or broken).

    Source: ECMA-376 part 1, §18.2 (workbook), §18.3 (worksheets), §18.7 (comments), §18.8 (styles); part 2, §6 and §10
        (packages, digital signatures); part 4, §14 (VML).
    """
    workbook = read_workbook(data)
    if isinstance(workbook, Unreadable):
        return None
    headings = feedback_headings()
    earlier = feedback_sheets(workbook, headings)
    kept = _read_marks(feedback_rows(workbook, headings))
    try:
        book = PatchedBook(Package(data))
        if places_of_codes(workbook):
            mask_codes(book)
        return _patched(book, feedback, words, earlier=earlier, kept=kept, stamp=stamp)
    except FAULTS:
        return None


@dataclass(frozen=True, slots=True)
class _Mark:
    """The data that the hidden column keeps of a marked cell, so that its own fill can be restored."""

    cell: str
    fill: str
    sheet: str

    def __str__(self) -> str:
        return f"{self.cell}|{self.fill}|{self.sheet}"


def _patched(
    book: PatchedBook,
    feedback: Feedback,
    words: Words,
    *,
    earlier: tuple[str, ...],
    kept: Mapping[str, _Mark],
    stamp: str,
) -> bytes:
    """Makes the answer workbook.

    Args:
        earlier: the names of the sheets that an earlier answer of ours left in the workbook.
        kept: what it kept of the cells that it marked, by the number of its line.
    """
    package = book.package
    styles = StyleTable(package.change(book.styles))
    own_tabs = tuple(tab for tab in book.worksheets if tab.name not in earlier)
    marked = styles.marked()
    for tab in own_tabs:
        _take_back(package, tab, styles, marked=marked, kept=kept)
    marks: dict[int, str] = {}
    for tab in own_tabs:
        if items := _items_of(tab, feedback):
            marks |= _mark_sheet(package, tab, styles, items, words=words)
    sheet = feedback_sheet(feedback, marks, styles, words, stamp=stamp)
    book.put_first(_free_name(book, words(SHEET), earlier), sheet, HEADING_ROW, instead_of=earlier)
    _drop_signatures(package)
    return marked_bytes(package)


def _items_of(tab: Tab, feedback: Feedback) -> tuple[_Numbered, ...]:
    """Returns the items about cells of a sheet, with their line numbers."""
    numbered = enumerate(feedback.items, start=1)
    return tuple(item for item in numbered if item[1].place.sheet == tab.name and item[1].place.cell)


def _take_back(
    package: Package, tab: Tab, styles: StyleTable, *, marked: frozenset[int], kept: Mapping[str, _Mark]
) -> None:
    """Removes the notes and fills of an earlier answer from a sheet, even if its rows were moved.

    Args:
        marked: the styles that have our fill.
        kept: what that answer kept of the cells that it marked, by the number of its line.
    """
    fills = {mark.cell: mark.fill for mark in kept.values() if mark.sheet == tab.name}
    notes = Notes(package, tab.part).take_back()
    fills |= {cell: kept[str(number)].fill for cell, number in notes.items() if str(number) in kept}
    if not marked:
        return
    for name, cell in SheetCells(package.root(tab.part)).cells():
        style = int(cell.get("s", "0"))
        if style in marked:
            package.change(tab.part)
            cell.set("s", str(styles.refill(style, fills.get(name, ""))))


def _read_marks(rows: Iterable[FeedbackRow]) -> dict[str, _Mark]:
    parts = ((row.number, row.mark.split("|", 2)) for row in rows)
    return {number: _Mark(*own) for number, own in parts if len(own) == 3}


def _mark_sheet(
    package: Package, tab: Tab, styles: StyleTable, items: Iterable[_Numbered], *, words: Words
) -> dict[int, str]:
    """Marks the cells of one worksheet; returns the data to keep of each, by line number."""
    grid, notes = SheetCells(package.change(tab.part)), Notes(package, tab.part)
    by_cell: dict[str, list[_Numbered]] = {}
    for number, finding in items:
        by_cell.setdefault(grid.shown_in(finding.place.cell or ""), []).append((number, finding))
    marks: dict[int, str] = {}
    for name, found in by_cell.items():
        fill = _mark_cell(grid.cell(name), styles, {finding.severity for _, finding in found})
        notes.add(name, tuple(_note(number, finding, words) for number, finding in found))
        marks |= {number: str(_Mark(name, fill, tab.name)) for number, _ in found}
    return marks


def _mark_cell(cell: Element, styles: StyleTable, severities: set[Severity]) -> str:
    """Gives a cell our fill, the error's rather than the question's; returns the fill that it had."""
    style = int(cell.get("s", "0"))
    severity = Severity.ERROR if Severity.ERROR in severities else Severity.QUESTION
    cell.set("s", str(styles.mark(style, severity)))
    return styles.fill_of(style)


def _note(number: int, finding: Finding, words: Words) -> Note:
    text = f"{words.finding(finding)}\n{advice_words(advice(finding, words))}"
    return Note(number, kind_words(finding, words).capitalize(), clean_text(text))


def _free_name(book: PatchedBook, wanted: str, ours: tuple[str, ...]) -> str:
    """Returns the sheet's name, with a number if a person's sheet has it, in whatever case."""
    taken = {tab.name.casefold() for tab in book.tabs if tab.name not in ours}
    names = chain((wanted,), (f"{wanted} ({number})" for number in count(2)))
    return next(name for name in names if name.casefold() not in taken)


def _drop_signatures(package: Package) -> None:
    for link in package.links(""):
        if link.kind == "origin":
            package.unlink("", link.id)
            package.drop(link.target)
