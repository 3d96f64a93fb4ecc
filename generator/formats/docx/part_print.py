"""Prints a part of a document within limits, and checks on its way that Word can open it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any
from xml.parsers import expat

from generator.errors import TemplateError
from generator.formats.docx.faults import NOT_WELL_FORMED, stopped_at
from generator.formats.docx.opened_template import TextPart
from generator.formats.docx.printed_rows import CONTENTS_MARK, ROW_MARK, PrintedRow, RowRun
from generator.formats.docx.printer import Printer
from generator.formats.docx.row_blocks import ROWS
from generator.formats.docx.tags import PRINTER
from generator.formats.opc.part_labels import part_label

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENTS = CONTENTS_MARK.encode()
_MARKED = re.compile(rf"({re.escape(ROW_MARK)}\d+\?>|{re.escape(CONTENTS_MARK)})".encode())
_ROW_NUMBER = slice(len(ROW_MARK), -len("?>"))
_PIECES_AT_ONCE = 4_000
_MOST_PRINTED = 2**28  # bytes of one part: a report of 10,000 goals has some 70 million


def print_part(text: TextPart, context: Mapping[str, Any]) -> Iterator[bytes | RowRun]:
    """Yields a part's XML in pieces, each checked: no document may be published that Word cannot open.

    Consecutive rows that are printed one by one come together as one run. `CONTENTS` marks the place of the list of
    contents, which is known when all is printed: then it is the `contents` of the `PrintedPart`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    printer: Printer = context[PRINTER]
    printed, size = text.print(context), 0
    printer.place_reached = partial(text.place_reached, printed)
    part = context[ROWS].begin_part(text.name, text.source.text, text.plans)
    try:
        for piece in _in_runs(_parsed(_in_batches(printed), parser), context[ROWS].rows):
            size += len(piece) if isinstance(piece, bytes) else sum(row.size for row in piece)
            if size > _MOST_PRINTED:
                raise stopped_at(printer.place_reached())
            part.add(piece)
            yield piece
        parser.Parse(b"", True)
        part.contents = printer.take_contents().encode()
        expat.ParserCreate().Parse(b"<contents>%b</contents>" % part.contents, True)
    except expat.ExpatError as error:
        raise TemplateError(*NOT_WELL_FORMED, part=part_label(text.source.part), said=str(error)) from error


def _in_batches(pieces: Iterable[str]) -> Iterator[str]:
    yield DECLARATION
    remaining = iter(pieces)
    while batch := list(islice(remaining, _PIECES_AT_ONCE)):
        yield "".join(batch)


def _parsed(pieces: Iterable[str], parser: expat.XMLParserType) -> Iterator[bytes]:
    for piece in pieces:
        encoded = piece.encode()
        parser.Parse(encoded)
        yield encoded


def _in_runs(pieces: Iterable[bytes], rows: Sequence[PrintedRow]) -> Iterator[bytes | RowRun]:
    """Replaces each row's mark by the row, and yields rows that follow each other as one run."""
    run: list[PrintedRow] = []
    for piece in _with_rows(pieces, rows):
        if isinstance(piece, PrintedRow):
            run.append(piece)
            continue
        if run:
            yield tuple(run)
            run = []
        yield piece
    if run:
        yield tuple(run)


def _with_rows(pieces: Iterable[bytes], rows: Sequence[PrintedRow]) -> Iterator[bytes | PrintedRow]:
    for piece in pieces:
        for index, token in enumerate(_MARKED.split(piece)):
            if index % 2 and token != CONTENTS:
                yield rows[int(token[_ROW_NUMBER])]
            elif token:
                yield token
