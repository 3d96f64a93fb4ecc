"""A final report that somebody edited is told everywhere, with the words before and after."""

from pathlib import Path

import pytest
from docx import Document

from generator.app.finalize import Finalized, make_final
from generator.app.run import run as run_once
from generator.disk.digests import sha256_of
from generator.workspace.folders import Workspace
from tests.flow.test_next_period import REASON, save
from tests.flow.test_pass import clock
from tests.flow.test_periods import OPTIONS
from tests.workspaces import command, make_workspace_with_forms

OURS, HERS = "Työ etenee suunnitellusti.", "Työ on myöhässä."
LINE = f"01.01 Eteneminen: ”{OURS}” → ”{HERS}”"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, languages=("fi", "sv"), extracts=["division", "officer"])
    save(made, g01_01=3, g01_10=2)
    assert isinstance(make_final(made, REASON), Finalized)
    return made


def published(workspace: Workspace) -> Path:
    return workspace.outbox / "lopulliset" / "2026-1" / "julkaistavat"


def whole(workspace: Workspace) -> Path:
    return published(workspace) / "seurantaraportti-2026-1.docx"


def edit(path: Path, before: str = OURS, after: str = HERS) -> bytes:
    """Writes another text over the first one of a document's tables that reads so; returns the bytes before."""
    data, document = path.read_bytes(), Document(str(path))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    run = next(r for cell in cells for p in cell.paragraphs for r in p.runs if r.text == before)
    run.text = after
    document.save(str(path))
    return data


def add_paragraph(path: Path, text: str) -> None:
    document = Document(str(path))
    document.paragraphs[1].insert_paragraph_before(text)
    document.save(str(path))


def told(workspace: Workspace) -> list[str]:
    """What `run`, `status` and tilanne.html say."""
    ran = command(workspace.root, "run").out
    stand = command(workspace.root, "status").out
    return [ran, stand, (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")]


def test_it_is_told_everywhere_with_the_words_before_and_after(workspace: Workspace) -> None:
    edit(whole(workspace))
    add_paragraph(whole(workspace), "Arvoisa valtuusto!")
    for said in told(workspace):
        assert said.count(LINE) == 1 and "muu teksti" in said and "Arvoisa valtuusto!" in said
        assert "Erot, ensin alkuperäinen teksti:" in said
    for form in (command(workspace.root, name, "--json").json for name in ("run", "status")):
        (problem,) = (each for each in form["problems"] if each["where"].endswith(whole(workspace).name))
        wanted = {"code": "01.01", "field": "narrative", "ours": OURS, "edited": HERS}
        assert problem["differences"][0] == wanted and problem["differences"][1]["edited"] == "Arvoisa valtuusto!"


@pytest.mark.parametrize("pattern", ["julkaistavat/*-sv.docx", "otteet/*.docx"])
def test_other_languages_and_extracts_of_a_final_are_told_too(workspace: Workspace, pattern: str) -> None:
    path = next(each for each in sorted(published(workspace).rglob("*.docx")) if each.match(pattern))
    edit(path)
    for said in told(workspace):
        assert said.count(f"”{OURS}” → ”{HERS}”") == 1 and path.name in said


def test_a_final_whose_bytes_are_not_held_is_compared_by_its_values(workspace: Workspace) -> None:
    digest = sha256_of(edit(whole(workspace)))
    held = next((workspace.state / "archive").rglob(f"{digest}.bin"))
    for damage in (lambda: held.write_bytes(b"?"), held.unlink):
        damage()
        assert all(LINE in said for said in told(workspace))


def test_a_final_with_the_same_words_and_one_that_is_no_document_are_told_so(workspace: Workspace) -> None:
    document = Document(str(whole(workspace)))
    document.core_properties.comments = "Luettu."
    document.save(str(whole(workspace)))
    assert all("Sanat ovat samat" in said for said in told(workspace))
    whole(workspace).write_bytes(b"PK")
    assert all("Eroja ei voida luetella." in said for said in told(workspace))
    digests = next(published(workspace).glob("*SHA256SUMS.txt"))
    digests.write_text("", encoding="utf-8")
    assert all(digests.name in said and said.count("Eroja ei voida luetella.") == 1 for said in told(workspace))


def test_many_differences_are_counted(workspace: Workspace) -> None:
    for number in range(45):
        add_paragraph(whole(workspace), f"Kappale {number}")
    for said in told(workspace):
        assert said.count("Kappale") == 40 and "+ 5" in said


def test_a_closed_periods_final_is_told_too_until_it_is_put_back(workspace: Workspace) -> None:
    assert command(workspace.root, "period", "open", "2026-2", *OPTIONS).code == 0
    run_once(workspace.root, clock())
    data = edit(whole(workspace))
    assert all(LINE in said for said in told(workspace))
    whole(workspace).write_bytes(data)
    assert all(LINE not in said for said in told(workspace))


def test_status_asks_what_the_run_before_it_asked(workspace: Workspace) -> None:
    assert all("names.sv.municipality" in said for said in told(workspace))
    save(workspace, g01_10=4)
    path = next((workspace.outbox / "otteet").glob("*Konsernipalvelut*.docx"))
    edit(path)
    save(workspace, g01_10=5)
    assert all(f"{path.name}: asiakirjaa on muokattu" in said for said in told(workspace))
