"""Finds what an officer wrote where nobody reads it: one note lists the places and the first words of each.

A word is the officer's where the form did not have it when it was issued, and the plan does not have it. Where the form
is not known, its grey cells are known from the previous period's answers.

Source: DESIGN, section 4, Submission: "Everything an officer wrote is read, refused with a reason, or named as not
    read".
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice

from generator.domain.base.cells import CellRef, split_address
from generator.domain.base.finding import Finding, Place, shown
from generator.domain.base.heading import TITLE_FIELDS, Field
from generator.domain.base.settings import IdentityPolicy
from generator.domain.base.text import heading_key, is_blank, same_name, text_key
from generator.domain.plan.goals import split_officers
from generator.domain.submission.answers import Submission
from generator.domain.submission.check_context import CheckContext
from generator.domain.submission.feedback import NOTE_END, feedback_sheets, unread_feedback_cells
from generator.domain.submission.issued_form import IssuedForm
from generator.domain.submission.layout import find_block
from generator.domain.submission.row_checks import CheckedRow
from generator.domain.submission.shown_values import shown_cell
from generator.domain.submission.workbook import Cell, CellFill, CellKind, CellNote, Sheet, SheetState, Workbook

# How many places the note lists, how many characters of each, and how many are counted.
MOST_PLACES, MOST_CHARACTERS, MOST_COUNTED = 20, 60, 10_000
_OUR_NOTE = re.compile(rf"(?:^|\n\n?)\S+ [0-9]{{1,6}}\r?\n.*?\n{re.escape(NOTE_END)}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was not read: its message template of `UnreadWords`, its place and its words."""

    template: str
    place: Place
    found: Cell | CellNote | None = None


def not_read(
    workbook: Workbook, rows: tuple[CheckedRow, ...], context: CheckContext, coded: tuple[Place, ...]
) -> Finding | None:
    """Makes the note on everything in a workbook that was not read; None if all was read.

    Args:
        workbook: as it was saved.
        rows: the rows of its table, as checked; cells in one of their findings are left out.
        case: the submission, its sender with the form as issued, and the rules.
        coded: the cells that have a finding about a personal identity code in them or in their notes.
    """
    told = {finding.place for row in rows for finding in row.findings}
    search = _Search(workbook, rows, context)
    cells = (each for each in _find_cells(search) if each.place not in told)
    unread = (each for each in chain(cells, _notes(search), _colours(search)) if each.place not in coded)
    found = tuple(islice(unread, MOST_COUNTED))
    if not found:
        return None
    listed = tuple(_listed(each, context) for each in found[:MOST_PLACES])
    return Finding("not-read", found[0].place, None, str(len(found)), listed)


@dataclass(frozen=True)
class _Search:
    """A workbook that is searched for unread words, and the texts that are no officer's words."""

    workbook: Workbook
    rows: tuple[CheckedRow, ...]
    context: CheckContext

    @property
    def submission(self) -> Submission:
        """Its table of progress."""
        return self.context.submission

    @cached_property
    def table(self) -> Sheet:
        """The sheet with the table of progress."""
        visible_sheets = (sheet for sheet in self.workbook.sheets if sheet.state is SheetState.VISIBLE)
        return next(sheet for sheet in visible_sheets if sheet.name == self.submission.sheet)

    @cached_property
    def feedback(self) -> tuple[str, ...]:
        """The sheets that we wrote into an answer workbook."""
        return feedback_sheets(self.workbook, self.context.rules.feedback_headings)

    @cached_property
    def others(self) -> tuple[Sheet, ...]:
        """The other sheets that a person sees."""
        known = {self.submission.sheet, *self.feedback, *(place.sheet for place in self.submission.other_tables)}
        sheets = (sheet for sheet in self.workbook.sheets if sheet.state is SheetState.VISIBLE)
        return tuple(sheet for sheet in sheets if sheet.name not in known)

    @cached_property
    def issued(self) -> tuple[IssuedForm, ...]:
        """The form as it was issued; () if it is not known."""
        return self.context.sender.issued

    @property
    def is_unknown_form(self) -> bool:
        """True for a form, ours or another workspace's, of which it is not known what stood in it."""
        names = {sheet.name for sheet in self.workbook.sheets}
        is_form = self.context.sender.claim is not None or not names.isdisjoint(self.context.rules.guide_names)
        return is_form and not self.issued

    @cached_property
    def fields(self) -> Mapping[int, Field]:
        """The fields of the table's columns, by column number."""
        return {found.column: found.field for found in self.submission.columns}

    @cached_property
    def columns_beside(self) -> frozenset[int]:
        """The columns, also ours, that have something on the table's rows."""
        return frozenset(cell.column for cell in self.table.cells if cell.row in self.rows_by_number)

    def is_silent(self, row: CheckedRow) -> bool:
        """True for a row without an answer, a finding, a withdrawal or merged cells."""
        return (
            row.entry is None
            and not row.findings
            and not row.withdraws
            and find_block(self.context.blocks, row.row) is None
        )

    def is_of_other_table(self, cell: Cell) -> bool:
        """True for a cell in another table of the sheet, headings included; a separate finding names that table."""
        places = (place for place in self.submission.other_tables if place.sheet == self.submission.sheet)
        tops = [top[0] for place in places if (top := split_address(place.cell or ""))]
        return any(
            top <= cell.row and (top > self.submission.heading_row or cell.row < self.submission.heading_row)
            for top in tops
        )

    @cached_property
    def rows_by_number(self) -> Mapping[int, CheckedRow]:
        """The table's rows by their numbers in the sheet."""
        return {row.row: row for row in self.rows}

    @property
    def titles(self) -> frozenset[str]:
        """The goals' titles and codes in comparable form: they are also expected beside the table."""
        return self.context.rules.plan.title_keys

    def is_known(self, text: str) -> bool:
        """True if a text in comparable form is one of the plan's, or of the form as issued."""
        return text in self.context.rules.plan.text_keys or any(text in form.texts for form in self.issued)


def _find_cells(search: _Search) -> Iterator[Unread]:
    words = search.context.rules.unread_words
    beside = {(cell.row, cell.column) for cell in _written_beside(search)}
    # For speed: most cells are answers and titles, which have been read.
    read_rows = frozenset(row.row for row in search.rows if not search.is_silent(row))
    read_columns = frozenset(column for column, field in search.fields.items() if field is not Field.OFFICER)
    for cell in search.table.cells:
        if cell.column in read_columns and cell.row in read_rows and cell.row != search.submission.heading_row:
            continue
        if (cell.row, cell.column) in beside or (_is_words(cell) and _is_unread(cell, search)):
            yield Unread(words.cell, _place(search.table.name, cell), cell)
    for name, cell in unread_feedback_cells(search.workbook, search.context.rules.feedback_headings):
        yield Unread(words.cell, _place(name, cell), cell)
    for sheet in () if search.is_unknown_form else search.others:
        for cell in sheet.cells:
            if _is_words(cell) and not search.is_known(text_key(cell.raw)):
                yield Unread(words.cell, _place(sheet.name, cell), cell)


def _is_words(cell: Cell) -> bool:
    """True for a cell that a person wrote or computed; an error value says nothing."""
    return cell.kind is not CellKind.ERROR and not is_blank(cell.raw)


def _is_unread(cell: Cell, search: _Search) -> bool:
    """True if a cell of the table's sheet was not read; cells beside the table's rows are searched elsewhere."""
    submission = search.submission
    field = search.fields.get(cell.column)
    if cell.row == submission.heading_row:
        # Headings of other columns are left out: the cells below them are reported.
        is_remark = field is None and cell.column not in search.columns_beside
        return is_remark and bool(search.issued) and not search.is_known(text_key(cell.raw))
    row = search.rows_by_number.get(cell.row)
    if row is None and search.is_of_other_table(cell):
        return False
    if row is None:
        # Above the headings the form has words of its own, which are not known here.
        is_given = search.is_unknown_form and cell.row < submission.heading_row and cell.column == 1
        return not is_given and not search.is_known(text_key(cell.raw))
    if field is None:
        return False
    if field is Field.OFFICER:
        return _is_more_than_officer(cell, row, search)
    return search.is_silent(row) and _is_word_of_silent_row(cell, field, row, search)


def _is_word_of_silent_row(cell: Cell, field: Field, row: CheckedRow, search: _Search) -> bool:
    """True for words on a row that reports nothing, except titles of goals (of a known form, only its own)."""
    if field in TITLE_FIELDS and row.code is not None and not search.issued:
        return False
    return bool(heading_key(cell.raw)) and not search.is_known(text_key(cell.raw))


def _is_more_than_officer(cell: Cell, row: CheckedRow, search: _Search) -> bool:
    """True if an officer's cell that is not needed (signature or folder name the officer) has more than names."""
    signer, rules = search.context.sender.signer, search.context.rules
    is_read = signer is None and rules.identity is not IdentityPolicy.FOLDER
    if cell.raw == signer or (is_read and not search.is_silent(row)) or not heading_key(cell.raw):
        return False
    goal = rules.plan.by_code.get(row.code or "")
    expected = (*(goal.officers if goal else ()), *filter(None, (signer, rules.unowned_reporter)))
    names = split_officers(cell.raw)
    if signer is None:
        return not all(rules.known(name) for name in names)
    present = map(rules.plan.post_names.of, names)
    return not all(any(same_name(name, other) for other in expected) for name in present)


def _written_beside(search: _Search) -> Iterator[Cell]:
    """Returns the cells beside the table, on its rows, with another text than the form had there.

    Rows may have been sorted without the grey columns: a text of the form on another row is not the officer's.
    """
    given = _given_beside(search)
    spare = Counter(text for texts in given.values() for text in texts)
    strange: list[Cell] = []
    for cell, code in _beside(search):
        key = text_key(cell.raw)
        if key in given.get(code or "", ()):
            spare[key] -= 1
        elif not (key in search.titles if search.issued else search.is_known(key)):
            strange.append(cell)
    for cell in strange:
        if spare[text_key(cell.raw)] > 0 and search.issued:
            spare[text_key(cell.raw)] -= 1
        else:
            yield cell


def _beside(search: _Search) -> Iterator[tuple[Cell, str | None]]:
    """Returns the filled cells on the table's rows in columns that are not ours, with the goal of the row."""
    ours = {found.column for found in search.submission.columns}
    for cell in search.table.cells:
        if cell.column not in ours and (row := search.rows_by_number.get(cell.row)) and _is_words(cell):
            yield cell, row.code


def _given_beside(search: _Search) -> Mapping[str, tuple[str, ...]]:
    """Returns, by a goal's code, the texts that its form had beside the table, as `text_key` gives them."""
    if not search.issued:
        return _previous_texts(search)
    given: dict[str, tuple[str, ...]] = {}
    for form in search.issued:
        given |= {code: (*given.get(code, ()), *texts) for code, texts in form.beside.items()}
    return given


def _previous_texts(search: _Search) -> Mapping[str, tuple[str, ...]]:
    rules = search.context.rules
    given: dict[str, tuple[str, ...]] = {}
    for answer in rules.previous:
        degrees = (
            _degree_texts(answer.degree, search) if answer.degree is not None else rules.degree_words.not_assessable
        )
        given[answer.code] = (*given.get(answer.code, ()), *map(text_key, (*degrees, answer.narrative)))
    return given


def _degree_texts(degree: int, search: _Search) -> tuple[str, ...]:
    scale = search.context.rules.scale
    known = any(step.value == degree for step in scale.degrees)
    labels = (scale.full_label(degree, language) for language in ("fi", "sv", "en")) if known else ()
    return str(degree), *labels


def _notes(search: _Search) -> Iterator[Unread]:
    """Returns the notes on cells of visible sheets, without our own words in them."""
    words = search.context.rules.unread_words
    for sheet in (search.table, *search.others):
        for note in sheet.notes:
            text = without_our_words(note.text)
            if text:
                yield Unread(words.note, _place(sheet.name, note), replace(note, text=text))


def _colours(search: _Search) -> Iterator[Unread]:
    """Returns a place for each reporting row with a colour that the form did not have, but no overall status."""
    column = search.submission.column(Field.OVERALL_STATUS)
    if column is None:
        return
    rows = {row.row: row for row in search.submission.rows}
    given = _given_colours(search, column)
    seen: set[int] = set()
    for fill in search.table.fills:
        row = rows.get(fill.row)
        if row is None or row.overall_status or fill.row in seen or fill.colour in given:
            continue
        if search.issued or fill.column == column:
            seen.add(fill.row)
            yield Unread(search.context.rules.unread_words.colour, _place(search.table.name, fill))


def _given_colours(search: _Search, column: int) -> frozenset[str]:
    """Returns the form's own colours and ours; for an unknown form, the most common colour of the statuses' column."""
    own = frozenset(search.context.rules.own_colours)
    if search.issued:
        return own | frozenset[str]().union(*(form.colours for form in search.issued))
    rows = {row.row for row in search.submission.rows}
    fills = [fill for fill in search.table.fills if fill.row in rows and fill.colour not in own]
    counts = Counter(fill.colour for fill in fills if fill.column == column)
    elsewhere = {fill.colour for fill in fills if fill.column != column}
    marked = {fill.row for fill in search.table.fills if fill.column == column and fill.colour in own}
    most = (len(rows) - len(marked)) / 2
    return own | {colour for colour, count in counts.items() if count >= most and (count > 1 or colour in elsewhere)}


def without_our_words(note: str) -> str:
    """Returns a note's text without the words of an answer workbook in it."""
    return _OUR_NOTE.sub("", note).strip() if NOTE_END in note else note


def _place(sheet: str, found: Cell | CellNote | CellFill) -> Place:
    return Place(sheet, str(CellRef(found.row, found.column)))


def _listed(unread: Unread, context: CheckContext) -> str:
    """Returns a place and its first words, as the note lists them."""
    place = unread.place
    name = place.cell or "" if place.sheet == context.submission.sheet else f"{place.sheet}!{place.cell}"
    found = unread.found
    text = shown_cell(found, context.rules.language) if isinstance(found, Cell) else shown(found.text) if found else ""
    return unread.template.format(place=name, text=_first_words(text))


def _first_words(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1].rstrip() + "…"
