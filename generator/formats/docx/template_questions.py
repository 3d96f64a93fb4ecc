"""Finds questions to a template's author: things that may be intended and do not stop a report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.domain.base.heading import Field
from generator.domain.base.rule import N_
from generator.domain.output.report import Report, ReportRow
from generator.errors import TemplateError
from generator.formats.docx.document_language import one_line
from generator.formats.docx.forbidden_content import changing_fields
from generator.formats.docx.forbidden_parts import part_questions
from generator.formats.docx.list_numbering import numbering_questions, read_numbering
from generator.formats.docx.package import parse_text_part, read_package
from generator.formats.docx.printed_values import DocumentText
from generator.formats.docx.required_content import prints_changes
from generator.formats.docx.written_text import unprinted_texts
from generator.formats.opc.package import parts_of_type
from generator.formats.opc.wordml import TEXT_TYPES, part_stem, value_bookmark


def find_questions(template: bytes) -> tuple[TemplateError, ...]:
    """Returns questions about fields that change and about tags in comments or properties.

    Raises:
        TemplateError: it is no Word document.
    """
    parts = read_package(template)
    names = parts_of_type(parts, *TEXT_TYPES)
    roots = {part_stem(name): parse_text_part(parts[name]) for name in names}
    fields = (each for part, root in roots.items() for each in changing_fields(root, part))
    lists = read_numbering(parts)
    numbers = (each for part, root in roots.items() for each in numbering_questions(root, part, lists))
    return (*fields, *numbers, *part_questions(parts))


def unprinted_fields(documents: Iterable[tuple[DocumentText, Report]]) -> tuple[TemplateError, ...]:
    """Returns a question for each field of the goals that some document does not print in each row.

    Args:
        documents: what each says, and the report that it was made of. Titles and officers are found anywhere: where no
            list behind the summary has a row, and each title and officer is another, they stand in the goals' own rows.
    """
    read = tuple(documents)
    known = tuple((_PrintedTexts(text), report) for text, report in read)
    lacking = (
        (field, [row for found, report in known for row in report.rows if not field.is_printed(row, found)])
        for field in _FIELDS
    )
    fields = tuple(question for field, rows in lacking if (question := field.question(rows)))
    has_changes = all(prints_changes(text, report) for text, report in read)
    lost = dict.fromkeys(field for text, report in read for field in unprinted_texts(text, report))
    texts = tuple(TemplateError(*UNPRINTED_TEXT, name=name, tag=f"{{{{p {name} }}}}") for name in lost)
    return (*fields, *texts) if has_changes else (*fields, *texts, TemplateError(*UNPRINTED_CHANGES))


class _PrintedTexts:
    """The texts of a document: values by their bookmarks, and the rest as one text."""

    def __init__(self, text: DocumentText) -> None:
        self._values = frozenset(value.name for value in text.values if value.text)
        self._rest = "\n".join(map(one_line, text.others))

    def value(self, row: ReportRow, field: str) -> bool:
        return value_bookmark(row.goal.code, field) in self._values

    def words(self, words: str) -> bool:
        return one_line(words) in self._rest


@dataclass(frozen=True, slots=True)
class _ExpectedField:
    """A field that each goal should print: its names in rows and of council-term goals, and how it is looked up.

    `start` is what a tag for it begins with: `{{p` for whole paragraphs, else `{{`.
    """

    name: str
    section_name: str
    start: str
    is_printed: Callable[[ReportRow, _PrintedTexts], bool]

    def question(self, lacking: list[ReportRow]) -> TemplateError | None:
        """The question about the rows that lack the field: all goals, or the council-term goals alone."""
        if not lacking:
            return None
        is_below = any(row.goal.level > 1 for row in lacking)
        name = self.name if is_below else self.section_name
        message = UNPRINTED if is_below else UNPRINTED_OF_COUNCIL_TERM_GOALS
        return TemplateError(*message, name=name, tag=f"{self.start} {name} }}}}")


def _has_title(row: ReportRow, found: _PrintedTexts) -> bool:
    return found.value(row, "title") or found.words(row.goal.title)


def _has_officer(row: ReportRow, found: _PrintedTexts) -> bool:
    return found.value(row, Field.OFFICER) or all(map(found.words, row.goal.officers))


def _has_status(row: ReportRow, found: _PrintedTexts) -> bool:
    return found.value(row, Field.OVERALL_STATUS)


def _has_degree(row: ReportRow, found: _PrintedTexts) -> bool:
    return found.value(row, Field.DEGREE)


_FIELDS = (
    _ExpectedField("row.title", "section.heading", "{{", _has_title),
    _ExpectedField("row.overall_status", "section.goal.overall_status", "{{p", _has_status),
    _ExpectedField("row.degree", "section.goal.degree", "{{p", _has_degree),
    _ExpectedField("row.officer", "section.goal.officer", "{{p", _has_officer),
)
UNPRINTED = (
    N_("The goals’ rows do not print {name}."),
    N_("If that is not meant, write {tag} in the rows of the goals."),
)
UNPRINTED_OF_COUNCIL_TERM_GOALS = (
    N_("The council-term goals do not print {name}; the goals below them do."),
    N_("If that is not meant, write {tag} where the council-term goal is printed."),
)
UNPRINTED_TEXT = (
    N_("The template does not print {name}, which is written on the sheet Texts."),
    N_("If that is not meant, write {tag} in a paragraph of its own. Without it no such text can be printed."),
)
UNPRINTED_CHANGES = (
    N_("The template does not print the changes to the programme: programme.rows."),
    N_(
        "If that is not meant, print {{{{ labels.programme }}}} and a table with a row between "
        "{{%tr for item in programme.rows %}} and {{%tr endfor %}}."
    ),
)
