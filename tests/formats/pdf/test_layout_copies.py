"""The copies of a document that LibreOffice lays out."""

from docx.oxml.ns import qn

from generator.formats.pdf.layout_copies import with_breaking_rows
from tests.formats.docx.reports import opened, report, write


def test_only_the_first_row_under_each_heading_may_break() -> None:
    before, after = write(report()), with_breaking_rows(write(report()))
    for old, new in zip(opened(before).tables, opened(after).tables, strict=True):
        marks = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") for row in new.rows]
        assert [cell.text for row in old.rows for cell in row.cells] == [c.text for row in new.rows for c in row.cells]
        breaks = [place for place, mark in enumerate(marks) if mark is not None and mark.get(qn("w:val")) == "0"]
        assert breaks == [1][: marks[1] is not None]
    assert with_breaking_rows(b"junk") == b"junk"
