"""The draft after a person edited it in LibreOffice: no difference that nobody made, and each kind of edit is found."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from generator.formats.docx.document_difference import differences
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR
from tests.flow.test_draft_edits import DEGREE, HERS, NARRATIVE, OFFICERS, archived, aside, draft, printed, run
from tests.office.conftest import Writer
from tests.settlement_sheets import rows_of
from tests.workspaces import command, files_in, fill, make_workspace_with_forms, put_files

pytestmark = pytest.mark.libreoffice

RISKS, MORE_RISKS, MORE = "Rahoitus on auki.", "Rahoitus on vielä auki.", "Lausuntoja tuli viisi."
DIRECTORS, SHARED = "Sivistyksen teksti.", "g_01_10_narrative"
FOREWORD = "Kunnanjohtajan alkusanat."
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500000040002016cd8a1"
    "ae0000000049454e44ae426082"
)


@cache
def answered() -> dict[str, bytes | None]:
    """A workspace after a run; made once, and copied."""
    with TemporaryDirectory() as folder:
        made = make_workspace_with_forms(Path(folder), extracts=[])
        answer = {"degree": 3, "narrative": OFFICERS, "main_risks": RISKS}
        both = {"01.01": answer, "01.10": {"degree": 2, "narrative": "Johdon teksti."}}
        fill(made.inbox / f"{CLERK}.xlsx", both)
        fill(made.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 2, "narrative": DIRECTORS}})
        run(made)
        return files_in(made.root)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    put_files(tmp_path, answered())
    (tmp_path / "kuva.png").write_bytes(PICTURE)
    return open_workspace(tmp_path)


def finalize(workspace: Workspace, data: bytes) -> tuple[int, str]:
    hers = workspace.root / "esityslistalle.docx"
    hers.write_bytes(data)
    said = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(hers))
    return said.code, said.out + said.err


def final(workspace: Workspace) -> Path:
    return workspace.outbox / "lopulliset/2026-1/julkaistavat/seurantaraportti-2026-1.docx"


def test_a_draft_that_was_only_saved_differs_in_nothing_and_can_be_the_final(
    writer: Writer, workspace: Workspace
) -> None:
    ours = draft(workspace).read_bytes()
    hers = writer.save(draft(workspace))
    assert hers != ours and differences(hers, ours) == ()
    run(workspace)
    assert draft(workspace).read_bytes() != hers and not aside(workspace).exists()
    code, said = finalize(workspace, hers)
    assert code == 0 and "palautettiin luonnoksesta:" in said
    assert b"tblCaption" not in hers and "Tavoitteiden määrät etenemisasteittain" in said


def test_a_heading_into_which_libreoffice_writes_its_style_is_no_difference(
    writer: Writer, workspace: Workspace
) -> None:
    path = workspace.outbox / "ratkaistavat.xlsx"
    book = openpyxl.load_workbook(path)
    book["Tekstit"]["C5"] = "Alkusanat."
    book.save(path)
    run(workspace)
    ours = draft(workspace).read_bytes()
    hers = writer.save(draft(workspace))
    assert hers != ours and differences(hers, ours) == ()


def test_hyphens_that_libreoffice_writes_as_elements_are_no_difference(writer: Writer, workspace: Workspace) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"narrative": "EU\u2011rahaa on han\u00adkittu."}})
    run(workspace)
    ours = draft(workspace).read_bytes()
    hers = writer.save(draft(workspace))
    assert hers != ours and differences(hers, ours) == ()


@pytest.mark.parametrize(
    ("act", "name", "expected"),
    [
        (("type", OFFICERS, HERS), NARRATIVE, HERS),
        (("cell", OFFICERS, HERS), NARRATIVE, HERS),
        (("go on", OFFICERS, MORE), NARRATIVE, f"{OFFICERS}\n{MORE}"),
        (("track", OFFICERS, HERS), NARRATIVE, HERS),
        (("type", RISKS, MORE_RISKS), "g_01_01_main_risks", MORE_RISKS),
        (("type", DIRECTORS, HERS), SHARED, f"{CLERK}\nJohdon teksti.\n{DIRECTOR}\n{HERS}"),
        (("go on", DIRECTORS, MORE), SHARED, f"{CLERK}\nJohdon teksti.\n{DIRECTOR}\n{DIRECTORS}\n{MORE}"),
    ],
    ids=["typed over", "cell typed anew", "gone on in", "tracked", "risks", "one of several", "several gone on in"],
)
def test_an_edited_text_is_carried_on_and_is_in_the_final_of_her_file(
    writer: Writer, workspace: Workspace, *, act: tuple[str, ...], name: str, expected: str
) -> None:
    ours = draft(workspace).read_bytes()
    hers = writer.save(draft(workspace), act)
    (difference,) = differences(hers, ours) or ()
    assert difference.theirs == expected
    run(workspace)
    assert printed(workspace)[name] == expected and archived(workspace, hers) and not aside(workspace).exists()
    code, said = finalize(workspace, hers)
    if act[0] == "track":
        assert code == 1 and "jäljitetty muutos" in said
    else:
        assert code == 0 and printed(workspace, final(workspace))[name] == expected


OTHERS: dict[str, tuple[tuple[str, ...], str]] = {
    "foreword": (("foreword", FOREWORD), ""),
    "header": (("header", " Liite"), "siinä lukee yhä luonnos"),
    "footer": (("footer", " Liite"), ""),
    "picture": (("picture", "kuva.png"), "vaihtoehtoista tekstiä: Image1"),
    "comment": (("comment", "Tarkista tämä."), "kommentti: ”Tarkista tämä.”"),
    "row added": (("add row", OFFICERS), "rivi 4, solu 2: Solu on tyhjä"),
    "row removed": (("remove row", OFFICERS), "rivejä: 01.01"),
    "row moved": (("move row", OFFICERS), "rivejä: 01.01"),
}


@pytest.mark.parametrize("kind", [*OTHERS])
def test_anything_else_keeps_the_file_and_the_final_takes_it_or_says_why_not(
    writer: Writer, workspace: Workspace, kind: str
) -> None:
    ours, ((name, *texts), reason) = draft(workspace).read_bytes(), OTHERS[kind]
    act = (name, str(workspace.root / texts[0])) if name == "picture" else (name, *texts)
    hers = writer.save(draft(workspace), act)
    found = differences(hers, ours)
    assert found and not [each for each in found if each.code not in ("", "01.01")]
    run(workspace)
    assert draft(workspace).read_bytes() == hers and archived(workspace, hers) and aside(workspace).exists()
    assert printed(workspace, aside(workspace))[NARRATIVE] == OFFICERS
    draft(workspace).unlink()
    code, said = finalize(workspace, hers)
    assert (code, reason in said) == (1 if reason else 0, True)


def test_a_degree_is_an_open_matter_and_no_final(writer: Writer, workspace: Workspace) -> None:
    own, other = printed(workspace)[DEGREE], workspace.settings.degree_scale.full_label(5, "fi")
    hers = writer.save(draft(workspace), ("type", own, other))
    run(workspace)
    assert printed(workspace)[DEGREE] == own and archived(workspace, hers)
    (row,) = [row for row in rows_of(workspace.outbox / "ratkaistavat.xlsx") if row["Concerns"].startswith("01.01 ")]
    assert other in row["Details"]
    code, said = finalize(workspace, hers)
    assert code == 1 and other in said
