"""Documents of the example and of changed templates, as a council gets them: valid, accessible, PDF/UA and PDF/A."""

import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from generator.app import maintenance
from generator.app.finalize import Finalized, make_final
from generator.app.run import run as run_once
from generator.app.run import system_clock
from generator.domain.follow_up.open_items import Signature
from generator.formats.pdf.conversion import Pdf, find_soffice, make_pdf
from tests.formats.docx.broken_templates import mangled
from tests.formats.docx.test_right_templates import (
    RIGHT,
    footnote,
    letterhead,
    logo,
    other_column,
    portrait_cover,
    printed,
)
from tests.formats.pdf.pdfs import FACTS, structure
from tests.workspaces import change_settings
from tools.judge_documents import document_faults, documents_to_judge, heading_scope

pytestmark = pytest.mark.libreoffice


def test_nothing_is_found_in_any_document_of_the_example_draft_or_final(tmp_path: Path) -> None:
    maintenance.init_example(tmp_path)
    workspace = change_settings(tmp_path, section="85 §", attachment="3", quiet_seconds=0)
    run_once(workspace.root, system_clock())
    drafts = judged(workspace.outbox, {".": 1, "otteet": 2})
    assert sum(path.with_suffix(".pdf").exists() for path in drafts) == 1
    workspace = change_settings(tmp_path, languages=["fi", "sv", "en"])
    final = make_final(workspace, Signature("sihteeri", "2026-08-24T09:00:00+03:00", "Valtuusto kokoontuu."))
    assert isinstance(final, Finalized)
    finals = judged(workspace.outbox / "lopulliset" / "2026-1" / "julkaistavat", {".": 3, "otteet": 2})
    assert sum(path.with_suffix(".pdf").exists() for path in finals) == 3


def judged(outbox: Path, counts: dict[str, int]) -> tuple[Path, ...]:
    """The judged documents of a folder, so many in each folder; nothing is found in them, and rows have their names."""
    paths = documents_to_judge(outbox)
    assert Counter(str(path.parent.relative_to(outbox)) for path in paths) == counts
    assert [fault for path in paths for fault in document_faults(path)] == []
    for path in (path for path in paths if path.with_suffix(".pdf").exists()):
        assert rows_by_name(path) == rows_of_goals(path)
        assert all(re.search(r": \d", text) for text in charts_in_words(path)) and charts_in_words(path)
    return paths


def charts_in_words(path: Path) -> list[str]:
    """What a screen reader says of each picture of the PDF beside the document; the example has charts alone."""
    with pikepdf.open(path.with_suffix(".pdf")) as pdf:
        return [str(figure.get("/Alt", "")) for figure in structure(pdf, "Figure")]


def rows_of_goals(path: Path) -> int:
    """Counts the rows below the headings of the document's tables, each of which is about something that it names."""
    return sum(len(table.rows) - 1 for table in Document(str(path)).tables)


def rows_by_name(path: Path) -> int:
    """Counts the heading cells of rows in the PDF beside the document."""
    with pikepdf.open(path.with_suffix(".pdf")) as pdf:
        return sum(heading_scope(item) == "/Row" for item in pdf.objects)


def test_nothing_is_found_in_reports_of_changed_templates(tmp_path: Path) -> None:
    together = mangled(portrait_cover, template=mangled(other_column, template=logo(letterhead(footnote()))))
    names = ("content control", "column added", "footnote", "letterhead", "logo with alternative text")
    for name, template in {**{name: RIGHT[name]() for name in names}, "together": together}.items():
        (tmp_path / f"{name}.docx").write_bytes(printed(template))
    pdf = make_pdf((tmp_path / "together.docx").read_bytes(), FACTS, soffice=find_soffice())
    assert isinstance(pdf, Pdf)
    (tmp_path / "together.pdf").write_bytes(pdf.data)
    assert [fault for path in sorted(tmp_path.glob("*.docx")) for fault in document_faults(path)] == []
