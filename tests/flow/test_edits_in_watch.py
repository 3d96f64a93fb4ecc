"""An edited draft beside a running watch: what is saved while a round runs is read, and officers' saves with it."""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

import pytest
from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.flow.test_draft_edits import DEGREE, NARRATIVE, aside, draft, foreword, paragraphs
from tests.flow.test_watch import REPORT, Watching, wait_until
from tests.settlement_sheets import rows_of
from tests.workspaces import bookmarks, fill, make_workspace_with_forms

START = "Kaava oli nähtävillä."


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = make_workspace_with_forms(tmp_path, quiet_seconds=0.3, rescan_seconds=1, extracts=[])
    answer(made, 1)
    return made


@pytest.fixture
def watching(workspace: Workspace) -> Iterator[Watching]:
    started = Watching(workspace.root)
    started.said_until(REPORT)
    wait_until(lambda: values(draft(workspace)).get(NARRATIVE) == START)  # the first report may be older than the save
    yield started
    started.stop()


def answer(workspace: Workspace, degree: int) -> None:
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": degree, "narrative": START}})


def type_over(path: Path, text: str, *, also_foreword: bool = False) -> None:
    """Types a text over the narrative of 01.01, whatever stands there now."""
    document = Document(str(path))
    (paragraph,) = [each for each in paragraphs(document) if each.text in (START, *map(hers, range(9)))]
    paragraph.runs[0].text = text
    for run in paragraph.runs[1:]:
        run.text = ""
    if also_foreword:
        foreword(document)
    document.save(str(path))


def hers(number: int) -> str:
    return f"Oma teksti, muokkaus {number}."


def values(path: Path) -> dict[str, str]:
    """The values of a draft; nothing while it is being replaced."""
    try:
        return bookmarks(path)
    except (OSError, BadZipFile, KeyError, PackageNotFoundError):
        return {}


def newest(workspace: Workspace) -> dict[str, str]:
    files = sorted(workspace.outbox.glob("*LUONNOS*.docx"), key=lambda path: path.stat().st_mtime)
    return values(files[-1]) if files else {}


def is_kept(workspace: Workspace, text: str) -> bool:
    return any(path.read_bytes() == text.encode() for path in (workspace.state / "archive").rglob("*.bin"))


def test_edits_saved_while_rounds_run_are_all_read(workspace: Workspace, watching: Watching) -> None:
    for number in range(4):
        answer(workspace, 2 + number % 3)
        type_over(draft(workspace), hers(number))
        wait_until(lambda number=number: is_kept(workspace, hers(number)))  # type: ignore[misc]
        degree = str(2 + number % 3)
        wait_until(lambda degree=degree: values(draft(workspace)).get(DEGREE, "")[:1] == degree)  # type: ignore[misc]
    answer(workspace, 5)
    wait_until(lambda: values(draft(workspace)).get(DEGREE, "")[:1] == "5")
    assert values(draft(workspace))[NARRATIVE] == hers(3) and not aside(workspace).exists()
    rows = rows_of(workspace.outbox / "ratkaistavat.xlsx")
    assert not [row for row in rows if row["Concerns"].startswith("01.01 ")]


def test_a_draft_that_stays_and_the_one_beside_it_are_both_read(workspace: Workspace, watching: Watching) -> None:
    type_over(draft(workspace), hers(0), also_foreword=True)
    wait_until(lambda: values(aside(workspace)).get(NARRATIVE) == hers(0))
    answer(workspace, 4)
    type_over(aside(workspace), hers(1))
    wait_until(lambda: newest(workspace).get(NARRATIVE) == hers(1) and newest(workspace)[DEGREE][:1] == "4")
    type_over(draft(workspace), hers(2))
    wait_until(lambda: is_kept(workspace, hers(2)))
    book = workspace.outbox / "ratkaistavat.xlsx"
    wait_until(lambda: any(hers(2) in row["Details"] for row in rows_of(book)))
    assert values(aside(workspace))[NARRATIVE] == hers(1)


def test_a_draft_that_is_open_is_read_when_it_is_closed(workspace: Workspace, watching: Watching) -> None:
    lock = workspace.outbox / f".~lock.{REPORT}#"
    lock.touch()
    type_over(draft(workspace), hers(0))
    answer(workspace, 3)
    wait_until(lambda: values(aside(workspace)).get(DEGREE, "")[:1] == "3")
    assert values(draft(workspace))[NARRATIVE] == hers(0) and not is_kept(workspace, hers(0))
    lock.unlink()
    wait_until(lambda: values(draft(workspace)).get(DEGREE, "")[:1] == "3" and not aside(workspace).exists())
    assert values(draft(workspace))[NARRATIVE] == hers(0)
    journal = (workspace.state / "archive/journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["record"] for line in journal].count("edited-draft") == 1
