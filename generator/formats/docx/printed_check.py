"""The guard while printing: what a document says, known without reading again the rows that were read by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.domain.output.report import Report
from generator.formats.docx.forbidden_content import forbidden_faults
from generator.formats.docx.printed_rows import PrintedPart, PrintedRow
from generator.formats.docx.printed_values import read_text
from generator.formats.docx.required_content import missing_content, programme_faults, tag_faults
from generator.formats.docx.written_text import lost_texts
from generator.formats.opc.xml import parse_xml


@dataclass(frozen=True, slots=True)
class PrintedText:
    """The main part as printed, all values by their bookmarks' names, and the rows that were printed by themselves."""

    main: PrintedPart
    values: Mapping[str, str]
    rows: tuple[PrintedRow, ...]


def says_all(text: PrintedText, report: Report, hidden: frozenset[str]) -> bool:
    """True if the document certainly contains everything in its report, and nothing that may not be published.

    Of rows that stand one after the other the first is read where it stands: what hides it there hides the others too.
    Where anything is unusual the answer is False, and `required_content` reads the whole document.

    Args:
        text: what was printed.
        report: what it was printed of.
        hidden: the ids of the styles that hide text.
    """
    if not all(row.checked.is_clean for row in text.rows):
        return False
    root = parse_xml(text.main.shortened)
    read = read_text(root, hidden)
    seen = dict(read.values)
    names = seen.keys() | {name for row in text.rows for name in row.values}
    told = {row.key.source for row in text.rows if row.checked.is_told}
    is_as_printed = names == text.values.keys() and all(text.values[name] == said for name, said in seen.items())
    return is_as_printed and not (
        any(missing_content(text.values, [row for row in report.rows if row.digest not in told], report.frame.names))
        or any(tag_faults(read, report))
        or any(programme_faults(read, report))
        or any(lost_texts(read, report))
        or forbidden_faults(root, "document")
    )
