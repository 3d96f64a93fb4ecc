"""An inbox as its officers use it: they save forms and answer workbooks, a run takes them, and receipts tell."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from generator.domain.base.rules import RULES
from generator.domain.base.settings import Language
from generator.domain.output.receipt import answer_name, receipt_name
from generator.domain.plan.goals import Plan
from generator.domain.submission.feedback import FeedbackColumn
from generator.i18n.words import Words
from tests.builders import CLERK, PLAN
from tests.workspaces import COLUMNS, bookmarks, command, form_rows, make_workspace_with_forms

FORM = f"{CLERK}.xlsx"
FINNISH = Words(Language.FINNISH)
NOTHING_TO_DO = FINNISH("You need not do anything.")
REPORT = "seurantaraportti-2026-1-LUONNOS.docx"
# A question about the narrative, so that there is an answer workbook: `said(3, "")`.
Answer = dict[str, object]


def said(degree: object, narrative: str = "Työ etenee suunnitellusti.") -> Answer:
    """What is typed on a row."""
    return {"degree": degree, "narrative": narrative or None}


class Inbox:
    """The inbox of a new workspace with its forms; paths are relative to it, and `FORM` is the first officer's."""

    def __init__(self, root: Path, plan: Plan = PLAN, languages: tuple[str, ...] = ("fi",), **settings: object) -> None:
        self.workspace = make_workspace_with_forms(root, plan, languages, extracts=[], **settings)
        self.folder = self.workspace.inbox
        self.blank = (self.folder / FORM).read_bytes()

    def save(self, path: str = FORM, /, **answers: Answer) -> bytes:
        """Types into the workbook at the path, or into a blank form where there is none; codes as `g01_01=…`."""
        place = self.folder / path
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.blank)
        _type(place, 0, answers)
        return place.read_bytes()

    def put(self, path: str, data: bytes) -> None:
        """Copies a file to a path."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)

    def move(self, path: str, to: str) -> None:
        """Moves a file within the inbox."""
        (self.folder / to).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).rename(self.folder / to)

    def remove(self, path: str) -> None:
        """Removes a file."""
        (self.folder / path).unlink()

    def answer_workbook(self, path: str = FORM) -> Path:
        """The latest answer workbook to a file."""
        found = (self.folder / answer_name(path, number) for number in range(20, 0, -1))
        return next(file for file in found if file.exists())

    def correct(self, path: str = FORM, /, **answers: Answer) -> None:
        """Types into the latest answer workbook, below the feedback."""
        _type(self.answer_workbook(path), 1, answers)

    def reply(self, text: str, path: str = FORM, code: str | None = None) -> None:
        """Answers all questions of the latest answer workbook, or those about a goal, in the column Vastaus."""
        file = self.answer_workbook(path)
        book = openpyxl.load_workbook(file)
        sheet = book.worksheets[0]
        columns = _feedback_columns(sheet)
        asked = [row for row in range(1, sheet.max_row + 1) if _is_asked(sheet, row, columns, code)]
        assert asked, "nothing is asked"
        for row in asked:
            sheet.cell(row, columns[FeedbackColumn.REPLY]).value = text
        book.save(file)

    def run(self) -> None:
        """One run of the command."""
        done = command(self.workspace.root, "run")
        assert done.code == 0, done.out + done.err

    def forget_ledger(self) -> None:
        """Removes the ledger, which the next run makes anew from the journal."""
        (self.workspace.state / "ledger.sqlite3").unlink(missing_ok=True)

    def degrees(self) -> dict[str, str]:
        """The degrees in the report by the goals' codes, without those that nobody reported."""
        shown = {code: text.strip() for code, text in self.printed("degree").items()}
        return {code: text[0] for code, text in shown.items() if text[:1].isdigit() and "(laskettu)" not in text}

    def printed(self, field: str) -> dict[str, str]:
        """A column of the report, by the goals' codes."""
        values = bookmarks(self.workspace.outbox / REPORT)
        ending = f"_{field}"
        own = {name.removesuffix(ending): text for name, text in values.items() if name.endswith(ending)}
        return {name.removeprefix("g_").replace("_", "."): text for name, text in own.items() if name.startswith("g_")}

    def receipt(self, path: str = FORM) -> str:
        """The words of a file's receipt, on one line."""
        return _words(self._page(path).partition("<body")[2])

    def told(self, path: str = FORM) -> list[str]:
        """The rules of the findings that a file's receipt shows, in the order of the page."""
        messages = map(_words, re.findall(r'<p class="message">(.*?)</p>', self._page(path), re.DOTALL))
        return [next(rule for rule, said in _SAID.items() if said.fullmatch(message)) for message in messages]

    def _page(self, path: str) -> str:
        return (self.folder / receipt_name(path)).read_text(encoding="utf-8")

    def status(self) -> Any:
        """What `status --json` says."""
        return command(self.workspace.root, "status", "--json").json

    def state(self) -> tuple[dict[str, str], dict[str, str]]:
        """All that the report prints and all receipts say, without the numbers that tell one question from another."""
        receipts = {path.name: path.read_text(encoding="utf-8") for path in self.folder.rglob("*.kuittaus.html")}
        return bookmarks(self.workspace.outbox / REPORT), receipts


def _type(path: Path, number: int, answers: dict[str, Answer]) -> None:
    """Types on a sheet (0-based) of a workbook; None empties a cell."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[number]
    rows = dict(form_rows(sheet))
    for name, answer in answers.items():
        for field, value in answer.items():
            sheet.cell(rows[name.removeprefix("g").replace("_", ".")], COLUMNS[field]).value = value
    book.save(path)


def _feedback_columns(sheet: Worksheet) -> dict[FeedbackColumn, int]:
    names = {FINNISH(column): column for column in FeedbackColumn}
    return {names[cell.value]: cell.column for row in sheet.iter_rows() for cell in row if cell.value in names}


def _is_asked(sheet: Worksheet, row: int, columns: dict[FeedbackColumn, int], code: str | None) -> bool:
    is_question = len(str(sheet.cell(row, columns[FeedbackColumn.KEY]).value or "")) == 12
    return is_question and code in (None, sheet.cell(row, columns[FeedbackColumn.CODE]).value)


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _pattern(message: str) -> re.Pattern[str]:
    """The Finnish message, whatever stands in its places."""
    return re.compile(".*?".join(map(re.escape, re.split(r"\{\w+\}", FINNISH(message)))))


_SAID = {name: _pattern(rule.message) for name, rule in RULES.items()}
