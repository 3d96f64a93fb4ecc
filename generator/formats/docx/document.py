"""Writes the follow-up document: the report's values in the municipality's Word template."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from itertools import islice
from typing import Any
from xml.parsers import expat

from generator.domain.base.heading import Headings
from generator.domain.output.report import Report
from generator.errors import TemplateError
from generator.formats.docx.chart import ChartPlace
from generator.formats.docx.chart_parts import CHART_RELATION, with_chart
from generator.formats.docx.document_language import language_tag
from generator.formats.docx.faults import NOT_WELL_FORMED, stopped_at
from generator.formats.docx.fields import DocumentFields
from generator.formats.docx.package import read_package
from generator.formats.docx.printed_values import printed_values, values_digest
from generator.formats.docx.printer import Printer
from generator.formats.docx.properties import CUSTOM_PROPERTIES, Properties, custom_properties, with_properties
from generator.formats.docx.tags import PRINTER
from generator.formats.docx.template import TextPart, open_template
from generator.formats.docx.values import make_fields
from generator.formats.docx.working_time import TooSlowError
from generator.formats.opc.package import in_order, parts_of_type, write_parts
from generator.formats.opc.part_labels import part_label
from generator.formats.opc.wordml import BOOKMARK_START, MAIN_TYPE
from generator.i18n.words import Words

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIECES_AT_ONCE = 4_000
_MOST_PRINTED = 2**28  # bytes of one part: a report of 10,000 goals has some 70 million


def render(report: Report, template: bytes, headings: Headings, words: Words) -> bytes:
    """Makes the finished .docx. The same arguments give the same bytes: no clock, path or digest enters it.

    Args:
        report: what the document says; its frame says draft or final, its scope the whole or an extract.
        template: the bytes of report.docx, in docxtpl's syntax; see `fields` for what it may print.
        headings: the eight columns' headings.
        words: the language of the document.

    Raises:
        TemplateError: the template is no .docx, or a tag in it is broken, misspelt or forbidden; the message names
            the part and the paragraph or cell.
        StoppedTemplateError: the template takes too long or too much memory; only in the child, see `rendering`.

    Source: DESIGN 5.
    """
    opened = open_template(template)
    values = make_fields(report, headings, words)
    printer = Printer(opened.formats, opened.first_id, ChartPlace(opened.width, CHART_RELATION))
    context = {**{field.name: getattr(values, field.name) for field in fields(values)}, PRINTER: printer}
    charted = with_chart(opened.parts, opened.charted, values.summary.chart, opened.font)
    properties = _properties(report, values, words)
    parts, texts = with_properties(charted, properties), {text.name: text for text in opened.texts}
    try:
        docx = write_parts(_members(parts, texts, context, properties))
    except TooSlowError as error:
        raise stopped_at(printer.place_reached()) from error
    main = parts_of_type({**parts, **dict.fromkeys(texts, b"")}, MAIN_TYPE)[0]
    return docx if printer.bookmarks.get(main) == len(printer.values) else _with_values_read(docx, properties)


def _members(
    parts: Mapping[str, bytes], texts: Mapping[str, TextPart], context: Mapping[str, Any], properties: Properties
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yields the package's members; the last one has the digest of the values that the others printed."""
    printer: Printer = context[PRINTER]
    for name in in_order((*parts, *texts)):
        yield name, _print(texts[name], context) if name in texts else (parts[name],)
    yield CUSTOM_PROPERTIES, (custom_properties(properties, values_digest(printer.values.items())),)


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


def _print(text: TextPart, context: Mapping[str, Any]) -> Iterator[bytes]:
    """Yields a part's XML in pieces and checks each: a document that Word cannot open must never be published."""
    parser = expat.ParserCreate(namespace_separator=" ")
    printer: Printer = context[PRINTER]
    printed, size = text.print(context), 0
    printer.place_reached = partial(text.place_reached, printed)
    try:
        for piece in printer.with_contents(_in_batches(printed)):
            printer.bookmarks[text.name] += piece.count(BOOKMARK_START)
            encoded = piece.encode()
            size += len(encoded)
            if size > _MOST_PRINTED:
                raise stopped_at(printer.place_reached())
            parser.Parse(encoded)
            yield encoded
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise TemplateError(*NOT_WELL_FORMED, part=part_label(text.source.part), reason=str(error)) from error


def _in_batches(pieces: Iterable[str]) -> Iterator[str]:
    yield _DECLARATION
    remaining = iter(pieces)
    while batch := list(islice(remaining, _PIECES_AT_ONCE)):
        yield "".join(batch)
