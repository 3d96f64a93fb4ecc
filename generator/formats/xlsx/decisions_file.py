"""The secretary's workbook: what is open, the texts of the report, what was settled, and the final report."""

from dataclasses import dataclass

from openpyxl import Workbook

from generator.domain.base.settings import Settings
from generator.formats.xlsx.choice_lists import ChoiceLists
from generator.formats.xlsx.final_sheet import FinalQuestion, write_final_sheet
from generator.formats.xlsx.open_items_sheet import OPEN_SHEET, AskedItems, write_open_items
from generator.formats.xlsx.settlements_sheet import SettlementsMade, write_settlements
from generator.formats.xlsx.texts_sheet import NO_TEXTS_ASKED, AskedTexts, write_texts
from generator.formats.xlsx.written_book import marked_workbook_bytes
from generator.i18n.words import Words


@dataclass(frozen=True, slots=True)
class WorkbookContent:
    """What the workbook asks and tells, sheet by sheet."""

    asked: AskedItems
    made: SettlementsMade
    final: FinalQuestion
    texts: AskedTexts = NO_TEXTS_ASKED


def decisions_bytes(content: WorkbookContent, settings: Settings, words: Words) -> bytes:
    """Returns the workbook, the same bytes for the same content.

    Source: DESIGN, section 5, Draft until a person says final; section 6, Several officers on one goal.
    """
    book = Workbook()
    lists = ChoiceLists(book, words)
    write_open_items(book.worksheets[0], content.asked, lists, settings=settings, words=words)
    write_texts(book.create_sheet(), content.texts, settings=settings, words=words)
    write_settlements(book.create_sheet(), content.made, lists, settings=settings, words=words)
    write_final_sheet(book.create_sheet(), content.final, settings, words)
    lists.write_hidden_sheet()
    book.properties.title = f"{words(OPEN_SHEET)}, {settings.period.label}"
    book.properties.creator = settings.municipality
    book.properties.language = words.language.value
    return marked_workbook_bytes(book, settings.period.end)
