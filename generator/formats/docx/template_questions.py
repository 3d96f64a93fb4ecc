"""What a template's author is asked: nothing is lost by it, and it may be meant."""

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.output.report import Report, ReportRow
from generator.errors import TemplateError
from generator.formats.docx.document_language import one_line
from generator.formats.docx.forbidden_content import passing_fields
from generator.formats.docx.forbidden_parts import part_questions
from generator.formats.docx.package import parse_text_part, read_package
from generator.formats.docx.printed_values import DocumentText
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import TEXT_TYPES, part_stem, value_bookmark


def find_questions(template: bytes) -> tuple[TemplateError, ...]:
    """What a template holds that its author may not have meant.

    Raises:
        TemplateError: it is no Word document.
    """
    parts = read_package(template)
    names = parts_of_type(parts, *TEXT_TYPES)
    fields = (each for name in names for each in passing_fields(parse_text_part(parts[name]), part_stem(name)))
    return (*fields, *part_questions(parts))


def unprinted_fields(text: DocumentText, report: Report) -> tuple[TemplateError, ...]:
    """The fields of goals' rows that a document does not print in each of them.

    Args:
        text: what a document says.
        report: what it was made of. Titles and officers are found anywhere; where no list behind the summary has a
            row, and every title and officer is another, they stand in the goals' own rows.
    """
    found = _PrintedTexts(text)
    checks = (
        ("row.council_term_goal", _has_title),
        ("row.overall_status", lambda row, found: found.value(row, Field.OVERALL_STATUS)),
        ("row.degree", lambda row, found: found.value(row, Field.DEGREE)),
        ("row.officer", _has_officer),
    )
    return tuple(
        TemplateError(*UNPRINTED, name=name, tag=f"{{{{p {name} }}}}")
        for name, is_there in checks
        if not all(is_there(row, found) for row in report.rows)
    )


class _PrintedTexts:
    """What stands in a document: values by their bookmarks, and the rest as one text."""

    def __init__(self, text: DocumentText) -> None:
        self._values = frozenset(value.name for value in text.values if value.text)
        self._rest = "\n".join(map(one_line, text.others))

    def value(self, row: ReportRow, field: str) -> bool:
        return value_bookmark(row.goal.code, field) in self._values

    def words(self, words: str) -> bool:
        return one_line(words) in self._rest


def _has_title(row: ReportRow, found: _PrintedTexts) -> bool:
    return found.value(row, "title") or found.words(row.goal.title)


def _has_officer(row: ReportRow, found: _PrintedTexts) -> bool:
    return found.value(row, Field.OFFICER) or all(map(found.words, row.goal.officers))


UNPRINTED = (
    N_("The goals’ rows do not print {name}."),
    N_("If that is not meant, write {tag} in the rows of the goals."),
)
