"""Prints the texts that the report's maker wrote, and finds those that a finished document lacks."""

from collections.abc import Iterator

from generator.domain.base.rule import N_
from generator.domain.base.text import clean_text
from generator.domain.output.report import Report
from generator.domain.output.written_texts import ASSESSMENT, CLOSING, FOREWORD
from generator.errors import TemplateError
from generator.formats.docx.document_language import one_line
from generator.formats.docx.printed_values import DocumentText
from generator.formats.docx.runs import CellParagraph, Paragraphs

# The field that prints each text of the whole report; a remark on a council-term goal is a field of its section.
_FIELDS = {FOREWORD: "foreword", ASSESSMENT: "assessment", CLOSING: "closing_words"}
_REMARK = "section.remark"


def written_text(report: Report, place: str) -> Paragraphs:
    """Returns the text of a place of the report, a paragraph for each of its lines; empty if there is none."""
    return Paragraphs(tuple(map(CellParagraph, _lines(report.texts.of_place(place)))))


def lost_texts(text: DocumentText, report: Report) -> Iterator[TemplateError]:
    """Yields an error for each field that a document does not print, though a text is written for it."""
    for field in unprinted_texts(text, report):
        yield TemplateError(*LOST_TEXT, tag=f"{{{{p {field} }}}}")


def unprinted_texts(text: DocumentText, report: Report) -> tuple[str, ...]:
    """Returns the fields whose texts cannot be found in a document, in the document's order."""
    own = report.texts.texts
    if not own:
        return ()
    printed = "\n".join(map(one_line, text.others))
    lost = {_FIELDS.get(each.place, _REMARK) for each in own if not all(map(printed.__contains__, _lines(each.text)))}
    return tuple(field for field in (*_FIELDS.values(), _REMARK) if field in lost)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(found for line in clean_text(text).split("\n") if (found := one_line(line)))


LOST_TEXT = (
    N_("A text of the sheet Texts would be lost: the template does not print {tag}."),
    N_("Write {tag} in the template as a paragraph of its own, or clear the text on the sheet."),
)
