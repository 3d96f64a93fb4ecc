"""Writes the follow-up document: the report's values in the municipality's Word template."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from generator.disk.digests import sha256_of
from generator.disk.user_cache import UserCache
from generator.domain.base.heading import Headings
from generator.domain.output.report import Report
from generator.formats.docx.chart import ChartPlace
from generator.formats.docx.chart_parts import CHART_RELATION, with_chart
from generator.formats.docx.document_language import document_language, language_tag
from generator.formats.docx.faults import stopped_at
from generator.formats.docx.fields import DocumentFields
from generator.formats.docx.kept_templates import open_kept
from generator.formats.docx.measured_tables import TABLES, PrintedTables
from generator.formats.docx.opened_template import Template, TextPart
from generator.formats.docx.package import read_package
from generator.formats.docx.part_print import CONTENTS, print_part
from generator.formats.docx.printed_check import PrintedText, says_all
from generator.formats.docx.printed_rows import KeptRows, RowRun, RowSetting
from generator.formats.docx.printed_values import printed_values, values_digest, values_record
from generator.formats.docx.printer import Printer
from generator.formats.docx.properties import CUSTOM_PROPERTIES, Properties, custom_properties, with_properties
from generator.formats.docx.rendering import CheckedPrint
from generator.formats.docx.required_content import require_content
from generator.formats.docx.row_blocks import ROWS
from generator.formats.docx.row_printer import RowPrinter, RowSource
from generator.formats.docx.rows import RowOnDemand
from generator.formats.docx.tags import PRINTER
from generator.formats.docx.values import make_fields
from generator.formats.docx.working_time import TooSlowError
from generator.formats.opc.package import in_order, parts_of_type
from generator.formats.opc.wordml import MAIN_TYPE
from generator.formats.opc.zip_writer import Deflated, write_parts
from generator.i18n.words import Words


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A finished .docx; `text` is None if the document must be read to know what it says."""

    docx: bytes
    record: bytes = b""
    text: PrintedText | None = None

    def says_all_of(self, report: Report, hidden: frozenset[str]) -> bool:
        """True if it is certain that the document says all that the report says, and no more than may be published."""
        return self.text is not None and says_all(self.text, report, hidden)

    @property
    def runs(self) -> tuple[RowRun, ...]:
        """The runs of consecutive rows in its main part."""
        return tuple(self.text.main.runs) if self.text else ()


def render(
    report: Report, template: bytes, headings: Headings, words: Words, *, cache: UserCache | None = None
) -> bytes:
    """Makes the finished .docx. The same arguments give the same bytes: no clock, path or digest enters it.

    Args:
        report: what the document says; its frame says draft or final, its scope the whole or an extract.
        template: the bytes of report.docx, in docxtpl's syntax; see `fields` for what it may print.
        headings: the eight columns' headings.
        words: the language of the document.
        cache: where the opened template is kept.

    Raises:
        TemplateError: the template is no .docx, or a tag in it is broken, misspelt or forbidden; the message names
            the part and the paragraph or cell.
        StoppedTemplateError: the template takes too long or too much memory; only in the child, see `rendering`.

    Source: DESIGN 5.
    """
    return print_document(open_kept(template, cache), report, headings, words, kept=KeptRows()).docx


def render_checked(
    report: Report, template: bytes, headings: Headings, words: Words, *, kept: KeptRows
) -> CheckedPrint:
    """Renders the document and checks that it says everything in the report; rows in `kept` are not printed again.

    Raises:
        TemplateError, StoppedTemplateError: as `render`; the document does not say all that the report says, or holds
            what may not be published.
    """
    opened = open_kept(template, kept.cache)
    printed = print_document(opened, report, headings, words, kept=kept)
    if printed.says_all_of(report, opened.hidden):
        kept.save(_row_setting(opened, report, words), printed.runs)
        return CheckedPrint(printed.docx, printed.record)
    return CheckedPrint(printed.docx, values_record(require_content(printed.docx, report).values))


def print_document(
    opened: Template, report: Report, headings: Headings, words: Words, *, kept: KeptRows
) -> PrintedDocument:
    """What `render` does, with a template that is open already."""
    values = make_fields(report, headings, words)
    printer = Printer(opened.formats, opened.first_id, ChartPlace(opened.width, CHART_RELATION))
    printer.last_rows = frozenset(section.goal.code for section in values.sections if not section.rows)
    setting = _row_setting(opened, report, words)
    kept.load(setting)
    rows = RowPrinter(printer, RowSource(kept, setting, opened.hidden))
    context = {field.name: getattr(values, field.name) for field in fields(values)}
    context |= {PRINTER: printer, ROWS: rows, TABLES: _tables(opened, values)}
    charted = with_chart(opened.parts, opened.charted, values.summary.chart, opened.font)
    properties = _properties(report, values, words)
    parts, texts = with_properties(charted, properties), {text.name: text for text in opened.texts}
    try:
        if opened.needs_docxtpl:
            from generator.formats.docx.docxtpl_print import print_with_docxtpl  # slow to import

            docx = print_with_docxtpl({**opened.shells, **parts}, texts, context)
            return PrintedDocument(_with_values_read(docx, properties))
        whole: dict[str, bytes | TextPart] = {**parts, **texts}
        members = [(name, _member(whole[name], context, kept)) for name in in_order(whole)]
    except TooSlowError as error:
        raise stopped_at(printer.place_reached()) from error
    record = values_record(printer.values.items())
    docx = write_parts([*members, (CUSTOM_PROPERTIES, [custom_properties(properties, sha256_of(record))])])
    main = rows.parts.get(parts_of_type({**parts, **dict.fromkeys(texts, b"")}, MAIN_TYPE)[0])
    if main is None or main.bookmarks != len(printer.values):
        return PrintedDocument(_with_values_read(docx, properties))
    return PrintedDocument(docx, record, PrintedText(main, printer.values, tuple(rows.rows)))


def _tables(opened: Template, values: DocumentFields) -> PrintedTables:
    rows = [row for section in values.sections for row in section.all_rows if isinstance(row, RowOnDemand)]
    return PrintedTables(opened.measured, rows, values.headings)


def _row_setting(opened: Template, report: Report, words: Words) -> RowSetting:
    lang = document_language(report.frame, words)
    degrees = tuple(lang.degrees.items())
    return RowSetting(report.frame.municipality, opened.digest, lang.language, lang.own, degrees, lang.names.posts)


def _member(part: bytes | TextPart, context: Mapping[str, Any], kept: KeptRows) -> list[bytes | Deflated]:
    """Returns a member of the package in pieces; runs of rows are deflated."""
    if isinstance(part, bytes):
        return [part]
    pieces = [each if isinstance(each, bytes) else kept.deflated(each) for each in print_part(part, context)]
    contents = context[ROWS].parts[part.name].contents
    return [contents if piece == CONTENTS else piece for piece in pieces]


def _with_values_read(docx: bytes, properties: Properties) -> bytes:
    """Adds to the document the digest of the values that are read from it.

    They differ from those that were printed if the template has bookmarks of values itself, prints values in a footer,
    or keeps what it prints (`{% set %}`) to print it twice or never.
    """
    custom = custom_properties(properties, values_digest(printed_values(docx)))
    parts = {**read_package(docx), CUSTOM_PROPERTIES: custom}
    return write_parts((name, (part,)) for name, part in parts.items())


def _properties(report: Report, values: DocumentFields, words: Words) -> Properties:
    return Properties(
        title=values.title,
        subject=values.extract or values.period,
        creator=values.municipality,
        case_number=values.case_number,
        category=words("Follow-up report"),
        language=language_tag(words.language),
        state=values.state,
        day=report.frame.period.report_date,
    )
