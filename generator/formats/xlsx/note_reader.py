"""Reads the notes on a worksheet's cells."""

from operator import attrgetter

from generator.domain.base.cells import split_address
from generator.domain.submission.workbook import CellNote, cell_note
from generator.formats.opc.meter import Meter
from generator.formats.xlsx.elements import Elements, is_inside
from generator.formats.xlsx.escapes import unescaped


def read_notes(found: Elements, meter: Meter) -> tuple[CellNote, ...]:
    """Reads the notes by row and column; one without a cell, which no program shows, is left out."""
    authors: list[str] = []
    notes: list[CellNote] = []
    for name, element in found:
        if name == "author":
            authors.append(element.text or "")
        elif name == "comment":
            meter.add("cells", 1)
            place = split_address(element.get("ref", "").partition(":")[0].upper())
            words = [text.text or "" for text in element.iter("{*}t") if not is_inside(text, "rPh")]
            number, text = int(element.get("authorId", "0")), meter.text(unescaped(words))
            author = authors[number] if 0 <= number < len(authors) else ""
            notes += [cell_note(*place, text, author)] if place else []
    return tuple(sorted(notes, key=attrgetter("row", "column")))
