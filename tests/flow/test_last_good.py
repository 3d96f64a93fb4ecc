"""The last good documents stay where they are while a newer one cannot be placed."""

import os
from pathlib import Path

import pytest
from docx import Document

from generator.app.run import RunResult
from generator.domain.base.rule import Severity
from generator.domain.follow_up.status import Problem
from generator.errors import FolderError
from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.flow.test_faults import told
from tests.flow.test_pass import form, run
from tests.formats.docx.reports import edited as edited_template
from tests.workspaces import command, fill, make_workspace_with_forms

REPORT = "seurantaraportti-2026-1-LUONNOS.docx"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace_with_forms(tmp_path)


def beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-uusi.docx")


def further(aside: Path) -> Path:
    return aside.with_name(f"{aside.stem}-2.docx")


def save(workspace: Workspace, text: str) -> None:
    fill(form(workspace), {"01.01": {"degree": 4, "narrative": text}})


@pytest.fixture
def edited(workspace: Workspace) -> Workspace:
    """Somebody has edited the report and an extract, so ours lie beside them."""
    run(workspace)
    extract = next(workspace.outbox.glob(f"otteet/*-{CLERK}-*.docx"))
    for path in (workspace.outbox / REPORT, extract):
        document = Document(str(path))
        document.add_paragraph("Lisäys.")
        document.save(str(path))
    save(workspace, "Ensimmäinen.")
    run(workspace)
    assert beside(extract).exists() and beside(workspace.outbox / REPORT).exists()
    return workspace


def documents(workspace: Workspace) -> dict[str, bytes]:
    files = (path for path in workspace.outbox.rglob("*") if path.suffix in (".docx", ".json"))
    return {path.relative_to(workspace.outbox).as_posix(): path.read_bytes() for path in files}


def errors(result: RunResult) -> list[Problem]:
    """The problems without the question about the edited extract."""
    return [problem for problem in result.problems if problem.severity is Severity.ERROR]


def test_a_full_disk_takes_no_document_away(edited: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = documents(edited)
    replace, link = os.replace, os.link

    def full(real: object) -> object:
        def refuse(source: object, target: object, *given: object, **named: object) -> object:
            if str(target).endswith(".docx"):
                raise OSError(28, "No space left on device", str(target))
            return real(source, target, *given, **named)  # type: ignore[operator]

        return refuse

    save(edited, "Toinen.")
    with monkeypatch.context() as disk:
        disk.setattr(os, "replace", full(replace))
        disk.setattr(os, "link", full(link))
        with pytest.raises(FolderError, match="disk is full"):
            run(edited)
    after = documents(edited)
    assert {name: after.get(name) for name in before if name.endswith(".docx")} == {
        name: data for name, data in before.items() if name.endswith(".docx")
    }
    assert "levy on täynnä" in told(edited)
    assert errors(run(edited)) == []


def test_somebodys_file_in_the_place_of_the_proof_stays(edited: Workspace) -> None:
    aside = beside(edited.outbox / REPORT)
    aside.with_suffix(".json").write_bytes(b"{}")
    save(edited, "Toinen.")
    assert command(edited.root, "run").code == 0
    assert aside.with_suffix(".json").read_bytes() == b"{}"
    assert further(aside).exists() and further(aside).with_suffix(".json").exists()


def test_an_open_report_keeps_its_proof(edited: Workspace) -> None:
    aside = beside(edited.outbox / REPORT)
    before, proof = aside.read_bytes(), aside.with_suffix(".json").read_bytes()
    lock = aside.with_name(f".~lock.{aside.name}#")
    lock.touch()
    save(edited, "Toinen.")
    assert command(edited.root, "run").code == 0 and further(aside).exists()
    assert (aside.read_bytes(), aside.with_suffix(".json").read_bytes()) == (before, proof)
    lock.unlink()
    assert errors(run(edited)) == [] and aside.read_bytes() != before and not further(aside).exists()


def test_an_extract_folder_that_cannot_be_written_stops_no_report(
    edited: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a folder that was mounted read-only: nothing in it can be written or removed."""
    save(edited, "Toinen.")
    report = beside(edited.outbox / REPORT)
    before = report.read_bytes()
    os_open, unlink, replace = os.open, os.unlink, os.replace

    def refused(real: object) -> object:
        def refuse(path: object, *given: object, **named: object) -> object:
            is_written = real is not os_open or (given and int(str(given[0])) & os.O_CREAT)
            if "otteet" in str(path) and is_written:
                raise OSError(30, "Read-only file system", str(path))
            return real(path, *given, **named)  # type: ignore[operator]

        return refuse

    with monkeypatch.context() as mounted:
        for name, real in (("open", os_open), ("unlink", unlink), ("replace", replace)):
            mounted.setattr(os, name, refused(real))
        result = run(edited)
    assert result.published.error is None and report.read_bytes() != before
    assert "Read-only file system" in told(edited)


@pytest.mark.parametrize("kind", ["link to nowhere", "folder"])
def test_what_is_no_document_in_the_place_sends_ours_beside_it(workspace: Workspace, kind: str) -> None:
    run(workspace)
    extract = next(workspace.outbox.glob(f"otteet/*-{CLERK}-*.docx"))
    extract.unlink()
    if kind == "folder":
        extract.mkdir()
    else:
        extract.symlink_to("/nowhere/at-all.docx")
    save(workspace, "Ensimmäinen.")
    result = run(workspace)
    assert beside(extract).is_file() and result.problems == ()
    assert not any(document.changed for document in run(workspace).documents)


def test_a_template_that_hangs_stops_documents_and_nothing_else(workspace: Workspace) -> None:
    """The officer is answered, the last good report stays, and only the first document waits for the limit."""
    run(workspace)
    before = documents(workspace)
    sound = workspace.template.read_bytes()
    workspace.template.write_bytes(edited_template(TITLE, HANGS + TITLE, template=sound))
    save(workspace, "Toinen.")
    start = process_time_of_children()
    ended = command(workspace.root, "run")
    assert ended.code == 3 and "kestää liian kauan" in ended.err
    assert process_time_of_children() - start < 15
    assert documents(workspace) == before
    assert "Otettu vastaan" in form(workspace).with_name(f"{form(workspace).stem}.kuittaus.html").read_text("utf-8")
    assert "kestää liian kauan" in told(workspace)
    workspace.template.write_bytes(sound)
    assert run(workspace).problems == ()
    assert documents(workspace) != before


TITLE = "{{ title }}"
HANGS = "{% for a in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}" * 10 + "x" + "{% endfor %}" * 10


def process_time_of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system
