"""Prints a part of a document within limits, and checks on its way that Word can open it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any
from xml.parsers import expat

from generator.errors import TemplateError
from generator.formats.docx.faults import NOT_WELL_FORMED, stopped_at
from generator.formats.docx.printer import Printer
from generator.formats.docx.tags import PRINTER
from generator.formats.docx.template import TextPart
from generator.formats.opc.part_labels import part_label
from generator.formats.opc.wordml import BOOKMARK_START

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIECES_AT_ONCE = 4_000
_MOST_PRINTED = 2**28  # bytes of one part: a report of 10,000 goals has some 70 million


def print_part(text: TextPart, context: Mapping[str, Any]) -> Iterator[bytes]:
    """A part's XML in pieces, each checked on its way: a document that Word cannot open must not leave the house."""
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
        raise TemplateError(*NOT_WELL_FORMED, part=part_label(text.source.part), said=str(error)) from error


def _in_batches(pieces: Iterable[str]) -> Iterator[str]:
    yield DECLARATION
    remaining = iter(pieces)
    while batch := list(islice(remaining, _PIECES_AT_ONCE)):
        yield "".join(batch)
