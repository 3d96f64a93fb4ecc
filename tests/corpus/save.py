"""One save of an officer's workbook, as the corpus spoils it: through openpyxl, else in the file's own XML."""

import pickle
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook as Book

from generator.domain.base.heading import TITLE_FIELDS, Field
from generator.domain.base.settings import Language
from generator.domain.plan.form import Identity, make_form
from generator.domain.submission.check_rules import CheckRules, read_sender
from generator.domain.submission.checks import Checked, check
from generator.domain.submission.issued_form import IssuedForm, issued_form
from generator.domain.submission.workbook import Workbook
from generator.formats.xlsx.feedback_sheet import feedback_headings
from generator.formats.xlsx.form_file import HEADING_ROW, form_bytes
from generator.formats.xlsx.reader import read_workbook
from generator.i18n.words import Words
from tests import builders
from tests.builders import CLERK, SETTINGS
from tests.corpus.office import FILE, KEY, LETTERS, PLAN, PREVIOUS, ROWS, SHEET, good_value

CODE = "01.02"
OWN_IDENTITY = Identity(SETTINGS.period.id, CLERK, PLAN.digest, base=7)
FIRST_SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, bytes]


class Save:
    """A workbook that is being filled in and saved: what it holds, under which name, and what it is held against.

    `own_xml` are cells by address whose XML is written as it stands here; `edits` change the parts of the saved zip;
    `data` are bytes that are saved in the workbook's place; `before` is who signed the last save at the same path;
    `expected_notes` are rules that say nothing of a mistake.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet = self.book[SHEET]
        self.file = FILE
        self.own_xml: dict[str, str] = {}
        self.edits: list[Callable[[Parts], object]] = []
        self.data: bytes | None = None
        self.before: str | None = None
        self.expected_notes: frozenset[str] = frozenset()
        self.rules: dict[str, Any] = {"plan": PLAN, "previous": PREVIOUS, "feedback_headings": feedback_headings()}

    def cell(self, field: Field, code: str = CODE) -> Cell:
        found = self.sheet[f"{LETTERS[field]}{ROWS[code]}"]
        assert isinstance(found, Cell)
        return found

    def put(self, field: Field, value: object, code: str = CODE, number_format: str | None = None) -> None:
        """Types a value into a cell; without a format the cell keeps its own."""
        cell = self.cell(field, code)
        self.own_xml.pop(cell.coordinate, None)
        cell.value = value  # type: ignore[assignment]
        if number_format is not None:
            cell.number_format = number_format

    def put_xml(self, field: Field, kind: str, content: str, code: str = CODE) -> None:
        """Gives a cell its type and its content as XML, as other programs may write it."""
        self.own_xml[self.cell(field, code).coordinate] = f't="{kind}">{content}</c>'

    def restore(self, field: Field, code: str = CODE) -> None:
        """Writes the good answer back, in a cell that has no format of its own."""
        self.put(field, good_value(code, field) or given_value(code, field), code, "General")

    def saved(self) -> bytes:
        if self.data is not None:
            return self.data
        stream = BytesIO()
        self.book.save(stream)
        if not self.own_xml and not self.edits:
            return stream.getvalue()
        parts = unzipped(stream.getvalue())
        for address, xml in self.own_xml.items():
            parts[FIRST_SHEET] = with_cell(parts[FIRST_SHEET], address, xml)
        for edit in self.edits:
            edit(parts)
        return zipped(parts)

    def checked(self) -> Checked:
        workbook = read_workbook(self.saved())
        rules: CheckRules = builders.rules(**self.rules)
        sender = replace(read_sender(workbook, self.file, KEY), before=self.before)
        return check(workbook, replace(sender, issued=_issued()) if sender.claim else sender, rules)


def signed_save() -> Save:
    """The officer's own form, filled in well."""
    return Save(_copy(_filled_form()))


def unsigned_save() -> Save:
    """The same table, filled in well, in a workbook that the officer made."""
    save = Save(_copy(_filled_own_workbook()))
    save.expected_notes = frozenset({"unsigned", "unsigned-in-folder"})
    return save


@cache
def _issued() -> tuple[IssuedForm, ...]:
    workbook = read_workbook(_form())
    assert isinstance(workbook, Workbook)
    return (issued_form(workbook, SETTINGS.headings),)


@cache
def _form() -> bytes:
    made = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=PREVIOUS)
    return form_bytes(made, OWN_IDENTITY.pairs(KEY), SETTINGS, Words(Language.FINNISH))


@cache
def _filled_form() -> bytes:
    """The form, read and filled in once; a copy of it takes a tenth of the time."""
    return _filled(_form())


def _filled(blank: bytes) -> bytes:
    return pickle.dumps(fill(Save(openpyxl.load_workbook(BytesIO(blank)))).book)


def _copy(pickled: bytes) -> Book:
    """The workbook; pickle forgets what openpyxl makes a row or a column with that is asked for the first time."""
    book: Book = pickle.loads(pickled)
    for sheet in book.worksheets:
        sheet.row_dimensions.default_factory = sheet._add_row  # type: ignore[attr-defined]
        sheet.column_dimensions.default_factory = sheet._add_column  # type: ignore[attr-defined]
    return book


@cache
def _filled_own_workbook() -> bytes:
    book = Book()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for field, letter in LETTERS.items():
        sheet[f"{letter}{HEADING_ROW}"] = SETTINGS.headings.label(field, "fi")
        for code, row in ROWS.items():
            sheet[f"{letter}{row}"] = given_value(code, field)
    stream = BytesIO()
    book.save(stream)
    return _filled(stream.getvalue())


def given_value(code: str, field: Field) -> str | None:
    """What a form gives in a cell."""
    goal = PLAN.by_code[code]
    if field is TITLE_FIELDS[goal.level - 1]:
        return f"{goal.code} {goal.title}"
    return {Field.MAIN_RISKS: goal.main_risks or None, Field.OFFICER: CLERK}.get(field)


def fill(save: Save) -> Save:
    """Writes every good answer into its cell."""
    for code in ROWS:
        for field in (Field.OVERALL_STATUS, Field.DEGREE, Field.NARRATIVE):
            save.put(field, good_value(code, field), code)
    return save


def unzipped(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_cell(sheet: bytes, address: str, xml: str) -> bytes:
    """A sheet's XML with one cell's type and content written as they stand here; its style stays."""
    pattern = rf'<c r="{address}"(?P<style>(?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)'
    text, count = re.subn(
        pattern, lambda found: f'<c r="{address}"{found["style"]} {xml}', sheet.decode(), count=1, flags=re.DOTALL
    )
    assert count == 1, f"no cell {address}"
    return text.encode()
