"""PDFs in the background: the newest document of an edition counts, and an older one's PDF is given up."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

import pytest

from generator.app.documents import Draft, whole_draft
from generator.app.pdf_maker import PdfMaker, PdfOrder
from generator.app.plans import read_current_plan
from generator.app.publish import Published
from generator.app.session import open_session
from generator.app.snapshot import make_snapshot
from generator.formats.pdf.conversion import NoPdf
from tests.workspaces import make_workspace

PATIENCE = 60.0


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    workspace = make_workspace(tmp_path / "ws")
    with open_session(workspace, datetime.now(UTC)) as session:
        return whole_draft(make_snapshot(session, read_current_plan(session)))


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place that tells that it has begun, and then waits until somebody writes to `wait`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(
        f"#!{sys.executable}\nimport pathlib\nhere = pathlib.Path({str(folder)!r})\n"
        "with (here / 'begun').open('a') as told:\n    told.write('x')\n"
        "(here / 'wait').read_bytes()\nraise SystemExit(3)\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    os.mkfifo(folder / "wait")
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return folder


@pytest.fixture
def done() -> SimpleQueue[None]:
    return SimpleQueue()


@pytest.fixture
def maker(done: SimpleQueue[None]) -> Iterator[PdfMaker]:
    made = PdfMaker(lambda: done.put(None))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def impatient(done: SimpleQueue[None]) -> Iterator[PdfMaker]:
    """A maker that gives up no PDF after another."""
    made = PdfMaker(lambda: done.put(None), longest_cancelling=0.0)
    made.start()
    yield made
    made.stop()


def order(draft: Draft, digest: str) -> PdfOrder:
    return PdfOrder(draft, Published(draft.edition, Path("x.docx"), digest, changed=True), draft.document())


def test_a_newer_document_gives_up_the_pdf_of_an_older_one(
    draft: Draft, begun: Path, maker: PdfMaker, done: SimpleQueue[None]
) -> None:
    maker.order(order(draft, "one"))
    while not (begun / "begun").exists():
        assert maker.finished() == []
    maker.order(order(draft, "one"))  # asked twice for the same, it goes on
    maker.order(order(draft, "two"))
    while (begun / "begun").stat().st_size < 2:
        assert maker.finished() == []
    assert not maker.must_finish(draft.edition.draft_name)
    (begun / "wait").write_bytes(b"go on")
    done.get(timeout=PATIENCE)
    (finished,) = maker.finished()
    assert finished.order.published.sha256 == "two"
    assert isinstance(finished.pdf, NoPdf) and finished.pdf.value == "3"


def test_after_a_minute_of_giving_up_one_is_finished_before_its_document_changes(
    draft: Draft, begun: Path, impatient: PdfMaker, done: SimpleQueue[None]
) -> None:
    maker = impatient
    maker.order(order(draft, "one"))
    while not (begun / "begun").exists():
        assert maker.finished() == []
    assert not maker.must_finish(draft.edition.draft_name)
    maker.order(order(draft, "two"))
    while not maker.must_finish(draft.edition.draft_name) or (begun / "begun").stat().st_size < 2:
        assert maker.finished() == []
    (begun / "wait").write_bytes(b"go on")
    done.get(timeout=PATIENCE)
    assert not maker.must_finish(draft.edition.draft_name)


def test_a_maker_that_is_stopped_leaves_nothing_running(draft: Draft, begun: Path) -> None:
    maker = PdfMaker(lambda: None)
    maker.start()
    maker.order(order(draft, "one"))
    while not (begun / "begun").exists():
        assert maker.finished() == []
    maker.stop()
    assert maker.finished() == []


def test_a_fault_of_ours_is_logged_once_and_the_next_pdf_is_made(
    draft: Draft, begun: Path, maker: PdfMaker, caplog: pytest.LogCaptureFixture
) -> None:
    """A document that is no bytes cannot happen but by a fault of ours."""
    maker.order(replace(order(draft, "faulty"), docx=None))  # type: ignore[arg-type]
    while not caplog.records:
        assert maker.finished() == []
    maker.order(order(draft, "good"))
    (begun / "wait").write_bytes(b"go on")
    latest = monotonic() + PATIENCE
    while not (finished := maker.finished()):
        assert monotonic() < latest
    assert [each.order.published.sha256 for each in finished] == ["good"]
    assert [record.exc_info is not None for record in caplog.records] == [True]
