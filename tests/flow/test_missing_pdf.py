"""What is wrong with the PDF of the present report is told by every command, in each process, until it is made."""

import json
import os
from pathlib import Path

import pikepdf
import pytest

from generator.app.nothing_new import kept_answer
from generator.app.rounds import Rounds
from generator.app.run import make_keeper, opened, settle
from generator.formats.pdf.libreoffice import CRASHED
from generator.formats.pdf.outcome import NOT_HYPHENATED, Conformance, Pdf
from generator.hosted.round import make_pdf, make_round
from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.flow.test_pass import clock
from tests.flow.test_watch import Watching
from tests.formats.pdf.pdfs import add_table, makes, small_pdf, stand_in
from tests.workspaces import change_settings, command, fill, make_workspace_with_forms

REPORT = "seurantaraportti-2026-1-LUONNOS.docx"
FAILED = "LibreOffice ei tehnyt PDF-tiedostoa"
NOT_ACCESSIBLE = "PDF ei täytä PDF/UA-1-standardia eikä ole saavutettava"  # the stand-in's PDFs never are
FAILED_IN_SWEDISH = "LibreOffice skapade ingen PDF-fil och avslutades med felkoden"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path / "kunta", extracts=[], pdf=True)
    answer(made, 2)
    return made


@pytest.fixture
def libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a program in LibreOffice's place that fails, and writes a byte into `starts` each time."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "starts").touch()
    stand_in(folder, f"open({str(folder / 'starts')!r}, 'a').write('x')\nraise SystemExit(3)")
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder


def answer(workspace: Workspace, degree: int) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": degree, "narrative": "Alkoi."}})


def add_tables(pdf: pikepdf.Pdf) -> None:
    """Adds more tables than the report has: a PDF that lacks some is not given out."""
    for _ in range(12):
        add_table(pdf, rows=12, columns=10)


def page(workspace: Workspace) -> str:
    return (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")


def told(workspace: Workspace, *arguments: str) -> list[str]:
    """What the JSON form of a command says of the report, each up to its colon."""
    problems = command(workspace.root, *arguments, "--json").json["problems"]
    return [problem["what"].partition(":")[0] for problem in problems if problem["where"] == f"outbox/{REPORT}"]


def test_a_pdf_that_failed_is_told_by_every_later_run_and_status(workspace: Workspace, libreoffice: Path) -> None:
    for _ in range(4):
        assert FAILED in command(workspace.root, "run").out
        assert FAILED in command(workspace.root, "status").out and FAILED in page(workspace)
        assert len(told(workspace, "run")) == len(told(workspace, "status")) == 1
        assert FAILED_IN_SWEDISH in command(workspace.root, "run", "--lang", "sv").out
    assert (libreoffice / "starts").read_bytes() == b"x", "the same would come of it"
    kept = json.loads((workspace.outbox / REPORT).with_suffix(".json").read_bytes())["pdf"]["faults"]
    assert kept == [{"message": CRASHED[0], "advice": CRASHED[1], "value": "3"}]


def test_a_run_with_nothing_new_says_at_once_that_the_pdf_failed(workspace: Workspace, libreoffice: Path) -> None:
    for _ in range(3):
        command(workspace.root, "run")
    for asked in ("run --lang  ", "status --lang  "):
        assert FAILED in str(kept_answer(workspace.root, asked))


def test_a_watch_that_is_started_again_says_it(workspace: Workspace, libreoffice: Path) -> None:
    command(workspace.root, "run")
    watching = Watching(workspace.root)
    try:
        assert any(FAILED in line for line in watching.said_until(REPORT))
    finally:
        watching.stop()
    assert FAILED in page(workspace)


def test_the_hosted_rounds_after_the_pdfs_job_say_it(workspace: Workspace, libreoffice: Path) -> None:
    (wanted,) = make_round(workspace.root).pdfs
    make_pdf(workspace.root, wanted)
    assert FAILED in page(workspace)
    assert make_round(workspace.root).pdfs == ()
    assert FAILED in page(workspace) and FAILED in command(workspace.root, "status").out


def test_it_is_told_only_while_a_pdf_is_wanted_and_until_the_report_changes(
    workspace: Workspace, libreoffice: Path
) -> None:
    command(workspace.root, "run")
    change_settings(workspace.root, pdf=False)
    assert told(workspace, "run") == told(workspace, "status") == []
    change_settings(workspace.root, pdf=True)
    assert len(told(workspace, "run")) == 1
    makes(libreoffice, small_pdf(add_tables))
    answer(workspace, 3)
    assert told(workspace, "run") == told(workspace, "status") == [NOT_ACCESSIBLE]
    assert (workspace.outbox / REPORT).with_suffix(".pdf").exists() and FAILED not in page(workspace)


def test_a_libreoffice_at_another_place_is_tried(
    workspace: Workspace, libreoffice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(workspace.root, "run")
    (tmp_path / "opt").mkdir()
    makes(tmp_path / "opt", small_pdf(add_tables))
    monkeypatch.setenv("PATH", str(tmp_path / "opt"), prepend=os.pathsep)
    assert told(workspace, "run") == told(workspace, "status") == [NOT_ACCESSIBLE]
    assert (workspace.outbox / REPORT).with_suffix(".pdf").exists()


def test_a_failure_that_an_earlier_version_did_not_explain_is_tried_again(
    workspace: Workspace, libreoffice: Path
) -> None:
    command(workspace.root, "run")
    proof = (workspace.outbox / REPORT).with_suffix(".json")
    proof.unlink()
    assert len(told(workspace, "run")) == 1
    assert (libreoffice / "starts").read_bytes() == b"xx"


def test_a_pdf_without_hyphens_is_asked_about_until_it_is_made_again(workspace: Workspace, libreoffice: Path) -> None:
    makes(libreoffice, small_pdf(add_tables))
    publish_with(workspace, Pdf(small_pdf(), (Conformance.UA_1,), (), lacks_hyphens=True))
    for asked in ("run", "status", "run"):
        problems = command(workspace.root, asked, "--json").json["problems"]
        assert [problem["severity"] for problem in problems] == ["question"]
        assert len(told(workspace, asked)) == 1
        assert NOT_HYPHENATED[0] in command(workspace.root, asked, "--lang", "en").out
    (workspace.outbox / REPORT).with_suffix(".pdf").unlink()
    assert told(workspace, "run") == told(workspace, "status") == [NOT_ACCESSIBLE]


def publish_with(workspace: Workspace, pdf: Pdf) -> None:
    """Makes a round whose report gets this PDF."""
    keeper = make_keeper(workspace.root, clock())
    settle(keeper, clock())
    with opened(workspace.root, keeper, clock()) as (session, _):
        rounds = Rounds(session, clock().now)
        rounds.take()
        edition = rounds.editions()[0]
        (published,) = rounds.publish(edition)
        rounds.add_pdf(edition, published, pdf)
        rounds.finish()


def test_somebodys_own_file_in_the_pdfs_place_is_told_until_it_is_moved(
    workspace: Workspace, libreoffice: Path
) -> None:
    makes(libreoffice, small_pdf(add_tables))
    pdf = (workspace.outbox / REPORT).with_suffix(".pdf")
    pdf.write_bytes(b"somebody's")
    for asked in ("run", "status", "run"):
        (said,) = told(workspace, asked)
        assert pdf.name in said and pdf.name in page(workspace)
    assert pdf.read_bytes() == b"somebody's"
    pdf.unlink()
    assert told(workspace, "run") == told(workspace, "status") == [NOT_ACCESSIBLE]
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_final_without_its_pdf_is_told_until_one_lies_beside_it(workspace: Workspace, libreoffice: Path) -> None:
    command(workspace.root, "run")
    made = command(workspace.root, "finalize", "--because", "Valtuusto kokoontuu.")
    assert made.code == 0 and FAILED in made.out
    (document,) = workspace.outbox.glob("lopulliset/2026-1/julkaistavat/*.docx")
    for asked in ("run", "status", "run"):
        (problem,) = command(workspace.root, asked, "--json").json["problems"]
        assert FAILED in problem["what"] and problem["where"].endswith(f"/{document.name}")
    document.with_suffix(".pdf").write_bytes(b"%PDF-1.7 from Word")
    for asked in ("run", "status"):
        assert command(workspace.root, asked, "--json").json["problems"] == []


def test_a_pdf_made_by_hand_where_libreoffice_fails_hides_nothing(workspace: Workspace, libreoffice: Path) -> None:
    command(workspace.root, "run")
    (workspace.outbox / REPORT).with_suffix(".pdf").write_bytes(b"from Word")
    for asked in ("run", "status", "run"):
        (said,) = told(workspace, asked)
        assert FAILED in said
    assert (libreoffice / "starts").read_bytes() == b"x"
