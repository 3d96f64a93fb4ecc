"""The draft as other programs and settings of Word save it: what is not read is said, and what to do then."""

from collections.abc import Callable

import pytest
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.formats.opc.package import CONTENT_TYPES, in_order, read_parts
from generator.formats.opc.wordml import MAIN_TYPE
from generator.formats.opc.zip_writer import write_parts
from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import (
    HERS,
    NARRATIVE,
    OFFICERS,
    archived,
    aside,
    draft,
    edit,
    printed,
    replacing,
    run,
    workspace,
)
from tests.flow.test_retyped_cells import found

__all__ = ["workspace"]

TRACKED = 'w:id="9" w:author="S" w:date="2026-08-01T10:00:00Z"'
CUSTOM = "docProps/custom.xml"
MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
Parts = dict[str, bytes]


def rewritten(workspace: Workspace, change: Callable[[Parts], None]) -> bytes:
    """The edited draft with its parts changed."""
    parts = read_parts(edit(workspace, replacing(OFFICERS, HERS)))
    change(parts)
    data = write_parts((name, (parts[name],)) for name in in_order(parts))
    draft(workspace).write_bytes(data)
    return data


def page(workspace: Workspace) -> str:
    return (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def renamed_property(parts: Parts) -> None:
    parts[CUSTOM] = parts[CUSTOM].replace(b"seuranta_values", b"jotakin")


def no_properties(parts: Parts) -> None:
    parts[CUSTOM] = parts[CUSTOM][: parts[CUSTOM].index(b"<property")] + b"</Properties>"


def another_mark(parts: Parts) -> None:
    start = parts[CUSTOM].index(b"seuranta_values")
    at = parts[CUSTOM].index(b"</vt:", start) - 64
    parts[CUSTOM] = parts[CUSTOM][:at] + b"0" * 64 + parts[CUSTOM][at + 64 :]


@pytest.mark.parametrize("change", [renamed_property, no_properties, another_mark])
def test_a_draft_that_lost_its_mark_stays_and_nobody_says_that_its_texts_are_carried_on(
    workspace: Workspace, change: Callable[[Parts], None]
) -> None:
    hers = rewritten(workspace, change)
    run(workspace)
    assert draft(workspace).read_bytes() == hers and printed(workspace, aside(workspace))[NARRATIVE] == OFFICERS
    told = page(workspace)
    assert "mitään ei siirretä" in told and HERS in told and "ovat myös uudessa luonnoksessa" not in told


def with_macros(parts: Parts) -> None:
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(MAIN_TYPE.encode(), MACROS)


def strict(parts: Parts) -> None:
    for name in [name for name in parts if name.startswith("word/") and name.endswith(".xml")]:
        old, new = b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml"
        parts[name] = parts[name].replace(old, new)


def damaged(parts: Parts) -> None:
    parts["word/document.xml"] = parts["word/document.xml"][:-20]


@pytest.mark.parametrize("change", [with_macros, strict, damaged])
def test_a_draft_that_cannot_be_read_stays_and_the_page_says_how_to_save_it(
    workspace: Workspace, change: Callable[[Parts], None]
) -> None:
    hers = rewritten(workspace, change)
    run(workspace)
    assert draft(workspace).read_bytes() == hers and aside(workspace).exists()
    assert "mutta eroja ei voi lukea. Sulje se, ja tallenna se Word-asiakirjana" in page(workspace)


def row_deleted(document: Docx) -> None:
    row = found(document, OFFICERS)._p.getparent().getparent()
    row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} {TRACKED}/>"))


def row_and_words_deleted(document: Docx) -> None:
    row = found(document, OFFICERS)._p.getparent().getparent()
    row_deleted(document)
    for run_ in [*row.iter(qn("w:r"))]:
        deleted = parse_xml(f"<w:del {nsdecls('w')} {TRACKED}/>")
        run_.addprevious(deleted)
        deleted.append(run_)
        for text in run_.iter(qn("w:t")):
            text.tag = qn("w:delText")


def cell_deleted(document: Docx) -> None:
    cell = found(document, OFFICERS)._p.getparent()
    cell.get_or_add_tcPr().append(parse_xml(f"<w:cellDel {nsdecls('w')} {TRACKED}/>"))


@pytest.mark.parametrize("change", [row_deleted, row_and_words_deleted, cell_deleted])
def test_a_row_or_cell_deleted_with_tracked_changes_keeps_the_file(
    workspace: Workspace, change: Callable[[Docx], None]
) -> None:
    hers = edit(workspace, change)
    run(workspace)
    assert draft(workspace).read_bytes() == hers and archived(workspace, hers)
    assert printed(workspace, aside(workspace))[NARRATIVE] == OFFICERS
    assert "01.01 Eteneminen, ei muokatussa" in page(workspace)
