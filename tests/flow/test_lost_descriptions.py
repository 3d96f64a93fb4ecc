"""`finalize --from FILE` of a file that LibreOffice saved: what it lost of alternative texts is put back, and told."""

import json
import re
from collections.abc import Callable, Mapping

import pytest

from generator.app.run import run as round_of
from generator.formats.opc.package import in_order, read_parts
from generator.formats.opc.zip_writer import write_parts
from generator.workspace.folders import Workspace
from tests.flow.test_draft_edits import HERS, NARRATIVE, OFFICERS, draft, edit, printed, replacing, save
from tests.flow.test_final_from_file import workspace
from tests.flow.test_pass import clock
from tests.workspaces import command

__all__ = ["workspace"]

MAIN = "word/document.xml"
CHART = "Tavoitteiden määrät etenemisasteittain ja tasoittain"
TABLE = "Tavoitteen 01"


def without_descriptions(parts: dict[str, bytes]) -> None:
    """What LibreOffice loses: the descriptions of tables and charts."""
    xml = re.sub(rb"<w:tbl(Caption|Description) [^>]*/>", b"", parts[MAIN])
    parts[MAIN] = re.sub(rb'(<wp:docPr [^>]*?) descr="[^"]*"( title="[^"]*")?', rb"\1", xml)


def rewrite(workspace: Workspace, *changes: Callable[[dict[str, bytes]], None]) -> bytes:
    parts = read_parts(draft(workspace).read_bytes())
    for change in changes:
        change(parts)
    data = write_parts((name, (parts[name],)) for name in in_order(parts))
    draft(workspace).write_bytes(data)
    return data


def finalize(workspace: Workspace) -> tuple[int, str]:
    said = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(draft(workspace)))
    return said.code, said.out + said.err


def descriptions(docx: bytes) -> Mapping[str, list[bytes]]:
    xml = read_parts(docx)[MAIN]
    return {
        "tables": re.findall(rb"<w:tbl(?:Caption|Description) [^>]*/>", xml),
        "charts": re.findall(rb' descr="[^"]*"', xml),
    }


def test_the_lost_texts_are_put_back_and_told_to_her_and_in_the_provenance(workspace: Workspace) -> None:
    ours = descriptions(draft(workspace).read_bytes())
    edit(workspace, replacing(OFFICERS, HERS))
    rewrite(workspace, without_descriptions)
    code, said = finalize(workspace)
    assert code == 0 and "palautettiin luonnoksesta:" in said and CHART in said and TABLE in said
    final = workspace.outbox / "lopulliset/2026-1/julkaistavat/seurantaraportti-2026-1.docx"
    assert descriptions(final.read_bytes()) == ours and printed(workspace, final)[NARRATIVE] == HERS
    proof = json.loads((final.parent.parent / "sisaiset/seurantaraportti-2026-1.json").read_text(encoding="utf-8"))
    assert CHART in proof["final"]["restored"] and len(proof["final"]["restored"]) > 1


def test_nothing_is_told_where_nothing_was_lost(workspace: Workspace) -> None:
    edit(workspace, replacing(OFFICERS, HERS))
    code, said = finalize(workspace)
    assert code == 0 and "palautettiin" not in said
    proof = workspace.outbox / "lopulliset/2026-1/sisaiset/seurantaraportti-2026-1.json"
    assert "restored" not in json.loads(proof.read_text(encoding="utf-8"))["final"]


def test_the_draft_is_known_after_later_saves_made_other_tables(workspace: Workspace) -> None:
    """The tables of the summary are those of the draft that she edited, not of the present one."""
    edit(workspace, replacing(OFFICERS, HERS))
    rewrite(workspace, without_descriptions)
    save(workspace, OFFICERS, **{"degree": 4})
    round_of(workspace.root, clock())
    _, said = finalize(workspace)
    assert "vaihtoehtoista tekstiä" not in said


def without_a_row(parts: dict[str, bytes]) -> None:
    start = parts[MAIN].rindex(b"<w:tr>")
    parts[MAIN] = parts[MAIN][:start] + parts[MAIN][parts[MAIN].index(b"</w:tr>", start) + len(b"</w:tr>") :]


def with_rows_exchanged(parts: dict[str, bytes]) -> None:
    table = next(each for each in parts[MAIN].split(b"<w:tbl>") if b"g_01_01_degree" in each)
    head, *rows = table[: table.index(b"</w:tbl>")].split(b"<w:tr>")
    moved = b"<w:tr>".join([head, rows[0], *reversed(rows[1:])])
    parts[MAIN] = parts[MAIN].replace(b"<w:tr>".join([head, *rows]), moved)


def with_another_number_in_the_chart(parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if name.startswith("word/charts/chart"))
    parts[name] = re.sub(rb"<c:v>\d+</c:v>", b"<c:v>77</c:v>", parts[name])


@pytest.mark.parametrize(
    "change", [without_a_row, with_rows_exchanged, with_another_number_in_the_chart], ids=["removed", "moved", "chart"]
)
def test_what_is_not_the_same_gets_no_text_of_ours(
    workspace: Workspace, change: Callable[[dict[str, bytes]], None]
) -> None:
    rewrite(workspace, without_descriptions, change)
    code, said = finalize(workspace)
    assert code == 1 and "vaihtoehtoista tekstiä" in said and not (workspace.outbox / "lopulliset").exists()
