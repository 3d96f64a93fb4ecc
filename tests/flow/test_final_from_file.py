"""`finalize --from FILE`: a draft that a person edited becomes the report, if it says what the report says."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Docx

from generator.app.finalize import Finalized, make_final
from generator.errors import RefusedFileError
from generator.formats.xlsx.plan_writer import plan_bytes
from generator.i18n.words import Words
from generator.workspace.folders import Workspace, open_workspace
from tests.builders import CLERK, DIRECTOR, PLAN, SETTINGS
from tests.flow.test_draft_edits import (
    DEGREE,
    HERS,
    NARRATIVE,
    OFFICERS,
    OTHERS,
    SECRETARY,
    aside,
    draft,
    edit,
    foreword,
    printed,
    replacing,
    run,
    save,
)
from tests.flow.test_retyped_cells import MORE, added_below, retyped
from tests.workspaces import command, fill, make_workspace_with_forms

DIRECTORS, SHARED_NARRATIVE = "Sivistyksen teksti.", "g_01_10_narrative"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the first bytes of old Word files, and of those with a password
FOREWORD = "Kunnanjohtajan alkusanat."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, languages=("fi", "sv"))
    save(made, OFFICERS)
    return made


def words(path: Path) -> str:
    document = Document(str(path))
    header = [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]
    return "\n".join([*header, *(paragraph.text for paragraph in document.paragraphs)])


def both(document: Docx) -> None:
    foreword(document)
    replacing(OFFICERS, HERS)(document)


def finalize(workspace: Workspace, path: Path) -> Finalized:
    made = make_final(open_workspace(workspace.root), SECRETARY, source=path)
    assert isinstance(made, Finalized)
    return made


@pytest.mark.parametrize("is_run", [True, False])
def test_the_edited_draft_becomes_the_report_with_her_words_and_the_finals(
    workspace: Workspace, *, is_run: bool
) -> None:
    edit(workspace, both)
    if is_run:
        run(workspace)
    made = finalize(workspace, draft(workspace))
    said = words(made.docx)
    assert FOREWORD in said and "Lopullinen raportti." in said and "LUONNOS" not in said
    assert printed(workspace, made.docx)[NARRATIVE] == HERS
    proof = json.loads((made.docx.parent.parent / "sisaiset/seurantaraportti-2026-1.json").read_text(encoding="utf-8"))
    (goal,) = [goal for goal in proof["goals"] if goal["code"] == "01.01"]
    assert any(value.get("edited", {}).get("value") == HERS for value in goal["values"])
    properties = Document(str(made.docx)).core_properties
    assert {properties.last_modified_by, properties.author} == {workspace.settings.municipality}


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        (retyped(OFFICERS, HERS), NARRATIVE, HERS),
        (added_below(OFFICERS, MORE), NARRATIVE, f"{OFFICERS}\n{MORE}"),
        (replacing(DIRECTORS, HERS), SHARED_NARRATIVE, f"{CLERK}\nJohdon teksti.\n{DIRECTOR}\n{HERS}"),
        (retyped(DIRECTORS, HERS), SHARED_NARRATIVE, f"{CLERK}\nJohdon teksti.\n{DIRECTOR}\n{HERS}"),
        (added_below(DIRECTORS, MORE), SHARED_NARRATIVE, f"{CLERK}\nJohdon teksti.\n{DIRECTOR}\n{DIRECTORS}\n{MORE}"),
    ],
    ids=["typed anew", "gone on in", "one of several", "one of several anew", "several gone on in"],
)
def test_a_cell_typed_anew_or_gone_on_in_is_whole_in_the_final(
    workspace: Workspace, change: Callable[[Docx], None], name: str, expected: str
) -> None:
    fill(workspace.inbox / f"{DIRECTOR}.xlsx", {"01.10": {"degree": 2, "narrative": DIRECTORS}})
    run(workspace)
    edit(workspace, change)
    made = finalize(workspace, draft(workspace))
    assert printed(workspace, made.docx)[name] == expected


def test_other_languages_and_extracts_come_from_the_data_and_say_so(workspace: Workspace) -> None:
    edit(workspace, both)
    made = finalize(workspace, draft(workspace))
    swedish = made.docx.with_name("seurantaraportti-2026-1-sv.docx")
    assert "redigerat" in words(swedish) and printed(workspace, swedish)[NARRATIVE] == HERS
    extract = next(made.docx.parent.glob("otteet/*.docx"))
    assert "muokannut" in words(extract) and "muokannut" not in words(made.docx)


def test_a_late_save_is_in_the_final_beside_her_words_or_refuses_it(workspace: Workspace) -> None:
    edit(workspace, both)
    save(workspace, OFFICERS, degree=5)
    with pytest.raises(RefusedFileError, match=r"01\.01 Etenemisaste"):
        make_final(open_workspace(workspace.root), SECRETARY, source=draft(workspace))
    assert not (workspace.outbox / "lopulliset").exists()


@pytest.mark.parametrize("fault", ["degree", "row", "comment", "picture", "no draft", "no document"])
def test_a_document_that_says_something_else_is_refused_with_what_it_is(workspace: Workspace, fault: str) -> None:
    label = workspace.settings.degree_scale.full_label
    own = printed(workspace)[DEGREE]

    def change(document: Docx) -> None:
        if fault == "degree":
            replacing(own, label(5, "fi"))(document)
        elif fault == "row":
            table = [table for table in document.tables if len(table.columns) == 8][-1]
            table._tbl.remove(table.rows[-1]._tr)
        elif fault in OTHERS:
            OTHERS[fault](document)

    edit(workspace, change)
    path = draft(workspace)
    if fault == "no draft":
        Document().save(str(path))
    elif fault == "no document":
        path.write_bytes(b"teksti")
    refused = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(path))
    assert refused.code == 1 and path.name in refused.err
    assert not (workspace.outbox / "lopulliset").exists()


def without_column(at: int) -> Callable[[Docx], None]:
    def change(document: Docx) -> None:
        for row in [row for table in document.tables if len(table.columns) == 8 for row in table.rows]:
            row._tr.remove(row.cells[at]._tc)

    return change


@pytest.mark.parametrize(("column", "name"), [(5, "Etenemisaste"), (4, "Kokonaistilanne"), (7, "Vastuuhenkilö")])
def test_a_column_that_is_gone_is_refused_with_what_is_missing(workspace: Workspace, column: int, name: str) -> None:
    edit(workspace, without_column(column))
    refused = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(draft(workspace)))
    assert refused.code == 1 and f"01.01 {name}, ei muokatussa" in refused.err
    assert not (workspace.outbox / "lopulliset").exists()


@pytest.mark.parametrize(
    "data",
    [b"teksti", OLE + b"\0" * 600, OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600],
    ids=["text", "old Word", "password"],
)
def test_what_is_no_readable_document_is_told_so(workspace: Workspace, data: bytes) -> None:
    path = workspace.root / "liite.docx"
    path.write_bytes(data)
    refused = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(path))
    assert refused.code == 1 and "ei ole Word-asiakirja" in refused.err and "ilman salasanaa" in refused.err


def test_a_copy_elsewhere_may_be_given_and_the_same_file_makes_no_second_version(workspace: Workspace) -> None:
    edit(workspace, both)
    copy = workspace.root / "esityslistalle.docx"
    draft(workspace).rename(copy)
    run(workspace)
    made = finalize(workspace, copy)
    assert FOREWORD in words(made.docx)
    again = command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(copy))
    assert again.code == 0 and len(list(made.docx.parent.glob("seurantaraportti-2026-1*.docx"))) == 2


@pytest.mark.parametrize(
    ("code", "is_run"),
    [("01.01", False), ("01.01", True), ("01.01.02", True)],
    ids=["no run yet", "a run", "an action"],
)
def test_a_file_with_a_goal_that_has_left_the_plan_is_refused(workspace: Workspace, code: str, *, is_run: bool) -> None:
    edit(workspace, both)
    run(workspace)
    goals = tuple(goal for goal in PLAN.goals if not goal.code.startswith(code))
    workspace.plan.write_bytes(plan_bytes(replace(PLAN, goals=goals), SETTINGS.headings, Words(SETTINGS.language)))
    if is_run:
        run(workspace)
    with pytest.raises(RefusedFileError) as refused:
        make_final(open_workspace(workspace.root), SECRETARY, source=draft(workspace))
    assert f"Toteutusohjelmassa ei ole tavoitetta, jonka koodi on {code}." in str(refused.value.values["faults"])
    assert not (workspace.outbox / "lopulliset").exists()


def test_the_refusal_beside_an_edited_draft_says_that_it_can_be_the_report_itself(workspace: Workspace) -> None:
    edit(workspace, both)
    refused = command(workspace.root, "finalize", "--because", "Kokous.")
    assert refused.code == 1 and "--from TIEDOSTO" in refused.out and draft(workspace).name in refused.out


def test_the_edited_draft_stays_until_it_is_moved(workspace: Workspace) -> None:
    hers = edit(workspace, both)
    finalize(workspace, draft(workspace))
    run(workspace)
    assert draft(workspace).read_bytes() == hers and not aside(workspace).exists()
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "on muokattu, ja se on lopullisen raportin rinnalla" in page and FOREWORD not in page


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
def test_an_open_draft_that_was_refused_is_named_until_it_is_closed(workspace: Workspace, lock: str) -> None:
    """It was read, so that it counts as ours, and the new draft lies beside it."""
    label = workspace.settings.degree_scale.full_label
    own = printed(workspace)[DEGREE]
    hers = edit(workspace, replacing(own, label(5, "fi")))
    path = draft(workspace)
    sign = workspace.outbox / lock.format(path.name)
    sign.touch()
    assert command(workspace.root, "finalize", "--because", "Kokous.", "--from", str(path)).code == 1
    run(workspace)
    assert path.read_bytes() == hers and aside(workspace).exists()
    assert f"{path.name} on muokattu" in page_of(workspace)
    assert path.name in command(workspace.root, "status").out
    sign.unlink()
    run(workspace)
    assert path.read_bytes() != hers and not aside(workspace).exists()
    assert "on muokattu" not in page_of(workspace)


def test_an_open_draft_that_became_the_final_is_named_until_it_is_closed(workspace: Workspace) -> None:
    hers = edit(workspace, replacing(OFFICERS, HERS))
    path = draft(workspace)
    sign = workspace.outbox / f".~lock.{path.name}#"
    sign.touch()
    finalize(workspace, path)
    run(workspace)
    assert path.read_bytes() == hers and path.name in page_of(workspace)
    sign.unlink()
    run(workspace)
    assert not path.exists() and path.name not in page_of(workspace)


def page_of(workspace: Workspace) -> str:
    return (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
